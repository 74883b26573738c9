"""SM2 signatures with SM3 by Tongsuo (extra ``sm``), as further lines under a checkpoint.

Rules this module keeps:
 * the library's arithmetic is used, never our own;
 * the distinguishing identifier is the default of GM/T 0009 (``1234567812345678``), the signature its ASN.1;
 * without the extra nothing can be signed or checked, and whoever asks is told so: nothing is taken for good.

Sources: GB/T 32918.2 (signature), GM/T 0009-2012.
"""

import importlib
from typing import Any

from feiyu.evidence.errors import SmMissing

PUBLIC_BYTES = 65
_ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123


def available() -> bool:
    """Whether SM2 can be signed and checked here."""
    try:
        _tongsuo()
    except SmMissing:
        return False
    return True


class Sm2Signer:
    """An SM2 private key in memory, from a 32-byte seed."""

    __slots__ = ("_key", "public")

    def __init__(self, seed: bytes) -> None:
        ec, _ = _tongsuo()
        self._key = ec.derive_private_key(int.from_bytes(seed) % (_ORDER - 2) + 1, ec.SM2())
        numbers = self._key.public_key().public_numbers()
        self.public = b"\x04" + int(numbers.x).to_bytes(32) + int(numbers.y).to_bytes(32)

    def sign(self, data: bytes, /) -> bytes:
        """Sign; randomised."""
        ec, hashes = _tongsuo()
        signature: bytes = self._key.sign(data, ec.ECDSA(hashes.SM3()))
        return signature


def verifies(public: bytes, data: bytes, signature: bytes) -> bool:
    """Whether ``signature`` is one over ``data`` under the uncompressed point ``public``."""
    ec, hashes = _tongsuo()
    errors = importlib.import_module("tongsuopy.crypto.exceptions")
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SM2(), public)
        key.verify(signature, data, ec.ECDSA(hashes.SM3()))
    except (errors.InvalidSignature, errors.InternalError, ValueError):  # the second where it is no DER
        return False
    return True


def _tongsuo() -> tuple[Any, Any]:
    try:
        ec = importlib.import_module("tongsuopy.crypto.asymciphers.ec")
        return ec, importlib.import_module("tongsuopy.crypto.hashes")
    except ImportError:
        raise SmMissing from None
