"""Who signed a paper: a signature beside or inside it by a certificate under a trusted authority, and what is known of that certificate.

A legal act (declaration, undertaking, contract) is signed by a person of an organisation with a certificate of a licensed
authority; machine keys sign machine events. What is checked, in this order:

1. the file is one CMS signature by one signer, and holds no other content than the paper (``cms``);
2. its message digest is the paper's, and the signature is by the certificate that it names;
3. when it was signed: a time stamp under a trusted authority, over the signature or later over the whole PDF, tells, else the moment of asking is taken (``moment``);
4. certificate by certificate, issuers lead to one of the trusted authorities, all valid at that moment (``certificates``);
5. the certificate may sign;
6. what the lists of revoked certificates at hand say of it (``crl``).

A seal in an OFD is asked the same of, with the file's own rules (``ofd``) in place of 1 and ``eseal`` of 2; its maker leads to a trusted authority
as who sealed does, and it was valid when it was used.

Rules this module keeps:
 * what a file brings along vouches for nothing: it ends at an authority that was named apart from it;
 * the time that a signer claims counts for nothing; it is told as claimed;
 * nothing is fetched: what the lists do not say is unknown, and whoever shows the result says so.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from feiyu.base.said import said
from feiyu.evidence import certificates, cms, crl, eseal, moment, ofd, pdf
from feiyu.evidence.errors import BadCms, BadSeal, BadTimeStamp, PdfGoesOn, SealExpired, because


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSigner:
    """Who signed, as the certificate says; ``authority`` is the trusted one that it leads to."""

    subject: str
    organisation: str | None
    credit_code: str | None
    authority: str
    algorithm: str
    certificate_sha256: str
    not_after: datetime
    moment: moment.Moment
    claimed_at: datetime | None
    revocation: crl.Revocation
    seal: str | None = None
    """Name and number of the e-seal, where it was one."""


@dataclass(frozen=True, slots=True)
class Trusted:
    """Under whom signatures over papers hold, and where the lists of revoked certificates lie."""

    authorities: tuple[x509.Certificate, ...] = ()
    folder: Path | None = None
    _kept: crl.Kept = field(default_factory=dict, compare=False, repr=False)

    def lists(self) -> list[crl.RevocationList]:
        """The lists as they lie there now."""
        return crl.read_folder(self.folder, self._kept) if self.folder else []


def load_authorities(pem: bytes) -> tuple[x509.Certificate, ...]:
    """The trusted authorities of a PEM file; ``ValueError`` when it holds none or something else."""
    return tuple(x509.load_pem_x509_certificates(pem))


def check(
    paper: bytes, signature: bytes, *, trusted: Sequence[x509.Certificate], at: datetime,
    lists: Iterable[crl.RevocationList] = (), received: datetime | None = None,
) -> PaperSigner:  # fmt: skip
    """Who signed the paper; raises by name where that does not hold. ``at`` is now; ``received`` when it came, if before."""
    with _named():
        return _judge(cms.Signed(signature, cms.DATA, paper), trusted, at, list(lists), received=received)


def refuse_additions(file: bytes, end: int) -> None:
    """Take nothing behind the last signature."""
    raise PdfGoesOn(signed=end, size=len(file), more=len(file) - end)


def check_pdf(
    file: bytes, *, trusted: Sequence[x509.Certificate], at: datetime, lists: Iterable[crl.RevocationList] = (),
    additions: Callable[[bytes, int], None] = refuse_additions, received: datetime | None = None,
) -> list[PaperSigner]:  # fmt: skip
    """Who signed the PDF, in order; raises by name where one does not hold.

    The last one signed all of it, or only time stamps over the whole document follow: each must be over all before it, and
    ``additions`` raises where more than them, and proofs of signatures, stands behind the last signature.
    """
    known = list(lists)
    with _named():
        found = pdf.signatures(file)
        last = max(number for number, one in enumerate(found) if not one.is_stamp)
        for one in found[last + 1 :]:
            moment.check(moment.Stamped(one.signed(file), one.cms))
        if found[last + 1 :]:
            additions(file, found[last].end)
        return [
            _judge(_signed(one, file), trusted, at, known, _stamps(found[number + 1 :], file), received)
            for number, one in enumerate(found)
            if not one.is_stamp
        ]


def check_ofd(
    file: bytes, *, trusted: Sequence[x509.Certificate], at: datetime, lists: Iterable[crl.RevocationList] = (),
    received: datetime | None = None,
) -> list[PaperSigner]:  # fmt: skip
    """Who sealed the OFD, in the order of its lists; raises by name where a seal does not hold, or is not over all of it."""
    known = list(lists)
    return [_sealed(one, trusted, at, known, received) for one in ofd.seals(file)]


def _sealed(
    one: ofd.Inside, trusted: Sequence[x509.Certificate], now: datetime, lists: list[crl.RevocationList],
    received: datetime | None,
) -> PaperSigner:  # fmt: skip
    try:
        found = eseal.Seal(one.value)
        found.verify(one.description)
        when = moment.of(found, trusted=trusted, lists=lists, now=now, received=received)
        if not found.since <= when.at <= found.until:
            raise SealExpired(
                seal=found.name,
                at=f"{when.at:%Y-%m-%d}",
                since=f"{found.since:%Y-%m-%d}",
                until=f"{found.until:%Y-%m-%d}",
            )
        made = certificates.path(found.maker, (), trusted, when.at)
        crl.ask(made, lists, at=when.at, now=now)  # raises where it was revoked by then
        told = _told(found.certificate, (), trusted, now, lists, when, found.claimed_at)
    except (BadTimeStamp, BadCms) as bad:  # of the DER reader, and of certificates
        raise BadSeal(reason=said(bad)) from None
    except cms.UNREADABLE:
        raise because(BadSeal, "不符合 GB/T 38540 的结构", "not the structure of GB/T 38540") from None
    return replace(told, seal=f"{found.name} ({found.number})")


def _signed(one: pdf.Inside, file: bytes) -> cms.Signed:
    return cms.Signed(one.cms, cms.DATA, one.signed(file), limit=pdf.MAX_CONTENTS)


def _stamps(later: Sequence[pdf.Inside], file: bytes) -> Iterator[moment.Stamped]:
    """The time stamps over the document that holds a signature, made one by one as they are asked for."""
    return (moment.Stamped(one.signed(file), one.cms) for one in later if one.is_stamp)


@contextmanager
def _named() -> Iterator[None]:
    try:
        yield
    except BadTimeStamp as bad:  # of the DER reader
        raise BadCms(reason=said(bad)) from None
    except cms.UNREADABLE:
        raise because(
            BadCms, "不符合 RFC 5652 或 RFC 5280 的结构", "not the structure of RFC 5652, or of RFC 5280"
        ) from None


def _judge(
    found: cms.Signed, trusted: Sequence[x509.Certificate], now: datetime, lists: list[crl.RevocationList],
    later: Iterable[moment.Stamped] = (), received: datetime | None = None,
) -> PaperSigner:  # fmt: skip
    found.verify()
    when = moment.of(found, trusted=trusted, lists=lists, now=now, later=later, received=received)
    return _told(found.certificate, found.certificates, trusted, now, lists, when, found.claimed_at)


def _told(
    certificate: x509.Certificate, sent: Sequence[x509.Certificate], trusted: Sequence[x509.Certificate], now: datetime,
    lists: list[crl.RevocationList], when: moment.Moment, claimed_at: datetime | None,
) -> PaperSigner:  # fmt: skip
    """Who holds the certificate, once it leads to a trusted authority and may sign."""
    way = certificates.path(certificate, sent, trusted, when.at)
    certificates.may_sign(certificate)
    key = certificates.key_of(certificate)
    return PaperSigner(
        subject=certificate.subject.rfc4514_string()[:500], organisation=certificates.organisation_of(certificate),
        credit_code=certificates.credit_code_of(certificate), authority=way[-1].subject.rfc4514_string()[:500],
        algorithm="SM2" if isinstance(key, bytes) else "RSA" if isinstance(key, rsa.RSAPublicKey) else "ECDSA",
        certificate_sha256=hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest(),
        not_after=certificate.not_valid_after_utc, moment=when, claimed_at=claimed_at,
        revocation=crl.ask(way, lists, at=when.at, now=now),
    )  # fmt: skip
