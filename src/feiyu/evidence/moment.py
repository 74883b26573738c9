"""When a paper was signed: what a time stamp over its signature proves, else the moment of asking.

Rules this module keeps:
 * a time stamp counts if it is over this very signature, by a certificate for time stamps alone that leads to a trusted
   authority, valid when it stamped *and* now, and not known to be revoked: whoever holds an old key could stamp an old time;
 * one that does not count is no reason to refuse the paper: it is judged as of now, which is the harder test, and told.

Sources: RFC 3161 sections 2.3 and 2.4.2, appendix A; RFC 5652 section 11.4.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cryptography import x509

from feiyu.base.errors import FeiyuError
from feiyu.evidence import certificates, crl, der
from feiyu.evidence.cms import UNREADABLE, Signed, digest
from feiyu.evidence.errors import BadCms, because

_INFO = frozenset({der.oid("1.2.840.113549.1.9.16.1.4")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When something was signed. ``stamped_by`` is the authority that proves it; without one it is the moment of asking."""

    at: datetime
    stamped_by: str | None = None
    doubt: FeiyuError | None = None
    """Why a time stamp that came along does not count."""


class Stampable(Protocol):
    """A signature, and the time stamp over it where one came along."""

    @property
    def signature(self) -> bytes:
        """What a time stamp is over."""

    @property
    def stamp(self) -> bytes | None:
        """The time stamp."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """A time stamp, and what it is over."""

    data: bytes
    token: bytes


def of(
    signed: Stampable, *, trusted: Sequence[x509.Certificate], lists: Sequence[crl.RevocationList], now: datetime,
    later: Iterable[Stamped] = (), received: datetime | None = None,
) -> Moment:  # fmt: skip
    """When it was signed: by its own time stamp, else by the first that counts of those ``later`` over the document.

    ``received`` is when it was there for sure, where it came before now: no later than that was it signed.
    """
    known = min(received, now) if received else now
    own = [Stamped(signed.signature, signed.stamp)] if signed.stamp else []
    doubt: FeiyuError | None = None
    for one in (*own, *later):
        try:
            proven = _counted(one, trusted, lists, now)
        except FeiyuError as bad:
            doubt = doubt or bad
            continue
        return proven if proven.at <= known else Moment(at=known)
    return Moment(at=known, doubt=doubt)


def check(one: Stamped) -> tuple[Signed, datetime]:
    """What a time stamp is, and when it says; raises where it is not over this, or not by the certificate that it names."""
    try:
        stamp = Signed(one.token, _INFO, limit=len(one.token))  # what it came in has a limit of its own
        stamp.verify()
        assert stamp.content is not None
        _, _, imprint, _, made, *_ = der.read(stamp.content).of(der.SEQUENCE).parts()
        hashing, told = imprint.of(der.SEQUENCE).parts()
        if told.of(der.OCTETS).body != digest(hashing.parts()[0].whole, one.data):
            raise because(BadCms, "时间戳针对其他内容", "the time stamp is over something else")
        return stamp, der.instant(made)
    except UNREADABLE:
        raise because(
            BadCms, "时间戳不符合 RFC 3161 的结构", "the time stamp is not the structure of RFC 3161"
        ) from None


def _counted(
    one: Stamped, trusted: Sequence[x509.Certificate], lists: Sequence[crl.RevocationList], now: datetime
) -> Moment:  # fmt: skip
    stamp, at = check(one)
    if at > now + crl.SKEW:
        raise because(BadCms, "时间戳的时间在未来", "the time stamp lies ahead")
    for moment in (at, now):
        way = certificates.path(stamp.certificate, stamp.certificates, trusted, moment)
    certificates.may_stamp(stamp.certificate)
    crl.ask(way, lists, at=now, now=now)
    return Moment(at=min(at, now), stamped_by=stamp.certificate.subject.rfc4514_string()[:200])
