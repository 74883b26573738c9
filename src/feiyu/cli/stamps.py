"""The files of a small time-stamp authority, and its listener."""

import os
from collections.abc import Callable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from feiyu.base.clock import SystemClock
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.cli.client import BadFile
from feiyu.evidence.listener import Listener
from feiyu.evidence.timestamp import Authority, new_authority

KEY, CERTIFICATE = "tsa.key", "tsa.pem"
MAX_QUERY = 4096


def make_authority(folder: Path, name: str) -> Path:
    """Write a new key, readable by its owner alone, and its certificate; gives the certificate's file."""
    key, certificate = new_authority(name, at=SystemClock().now())
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file, data in ((KEY, secret), (CERTIFICATE, certificate.public_bytes(Encoding.PEM))):
            handle = os.open(folder / file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(handle)
    except OSError as bad:
        raise BadFile(path=folder, reason=said(bad)) from None
    return folder / CERTIFICATE


def serve_authority(folder: Path, address: tuple[str, int], ready: Callable[[tuple[str, int]], None]) -> None:
    """Stamp until interrupted."""
    try:
        key = load_pem_private_key((folder / KEY).read_bytes(), None)
        certificate = x509.load_pem_x509_certificate((folder / CERTIFICATE).read_bytes())
    except (OSError, ValueError, TypeError) as bad:
        raise BadFile(path=folder, reason=said(bad)) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise BadFile(path=folder / KEY, reason=Text("应为椭圆曲线密钥", "an elliptic-curve key is wanted"))
    authority = Authority(key, certificate, SystemClock())
    with Listener(address, authority.answer, max_body=MAX_QUERY) as listener:
        ready(listener.bound)
        listener.serve_forever()
