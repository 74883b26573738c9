"""Take lists of revoked certificates from places that the operator named, into the folder where they are looked for.

Rules this module keeps:
 * only a named address is asked, never one that stands in a certificate; redirections are not followed;
 * what comes is read as a list before it takes the place of the old one; one that is older, of another issuer, or not by
   its issuer where that is a trusted authority, takes no place;
 * size and time are limited; after a failure the old list is where it was.

A list is signed, so it may come over plain HTTP, as authorities publish them.
"""

import hashlib
import http
import os
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509

from feiyu.base.clock import shown
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence import crl
from feiyu.evidence.asking import NO_ANSWER, ask
from feiyu.evidence.errors import BadRevocationList, ListRefused

_ODD = re.compile(r"[^A-Za-z0-9.-]+")


def refresh(
    url: str, folder: Path, *, authorities: Sequence[x509.Certificate], timeout_s: float = 60
) -> x509.CertificateRevocationList:
    """Fetch one list and put it into the folder; returns the list that lies there then."""
    data = fetch(url, timeout_s=timeout_s)
    found = crl.read(data)
    issuers = [one for one in authorities if one.subject == found.issuer]
    if issuers and not any(crl.by_issuer(found, one) for one in issuers):
        raise _no(url, "不是由其签发者签名", "it is not signed by its issuer")
    path = folder / _name(url)
    old = _old(path)
    if old is not None and old.issuer != found.issuer:
        raise _no(url, "签发者与原有列表不同", "it is of another issuer than before")
    if old is not None and crl.age(old) > crl.age(found):
        raise _no(
            url,
            f"比已有的 {shown(old.last_update_utc)} 的列表更旧",
            f"it is older than the one of {shown(old.last_update_utc)}",
        )
    _put(path, data)
    return found


def fetch(url: str, *, timeout_s: float) -> bytes:
    """The bytes at an address; raises ``ListRefused``."""
    place = urlsplit(url)
    if place.scheme not in {"http", "https"} or not place.hostname:
        raise _no(url, "须为 http 或 https 地址", "an http or https address is wanted")
    try:
        answer = ask(url, "GET", limit=crl.MAX_LIST_BYTES, timeout_s=timeout_s)
    except NO_ANSWER as bad:
        raise ListRefused(url=url, reason=said(bad)) from bad
    if answer.status != http.HTTPStatus.OK:
        raise _no(url, f"HTTP {answer.status}", f"HTTP {answer.status}")
    if len(answer.body) > crl.MAX_LIST_BYTES:
        raise _no(url, f"超过 {crl.MAX_LIST_BYTES} 字节", f"over {crl.MAX_LIST_BYTES} bytes")
    return answer.body


def _no(url: str, zh: str, en: str) -> ListRefused:
    return ListRefused(url=url, reason=Text(zh, en))


def _name(url: str) -> str:
    """A file's name that tells where it came from, one for each address."""
    told = _ODD.sub("_", url.partition("://")[2])[-80:].strip("._") or "list"
    return f"{told}.{hashlib.sha256(url.encode()).hexdigest()[:8]}.crl"


def _old(path: Path) -> x509.CertificateRevocationList | None:
    try:
        return crl.read(path.read_bytes())
    except (FileNotFoundError, BadRevocationList):
        return None


def _put(path: Path, data: bytes) -> None:
    draft = path.with_name(path.name + ".new")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
