"""An electronic seal's value, taken apart and verified: who sealed, with whose seal, and that its maker gave it to them.

A seal (``SESeal``) is a picture with a name, signed by its maker, who lists the certificates that may use it. Sealing (``SES_Signature``) is
a signature by one of these certificates over the seal and over the digest of what is sealed.

Rules this module keeps:
 * SM2 with SM3 alone; versions other than 4 are refused by name;
 * the signature is over this description, by the certificate that it names; that certificate is one of the seal's; the seal is its maker's;
 * whose certificates these are, and whether they may be trusted, is not judged here.

Sources: GB/T 38540-2020 clauses 6 (seal) and 7 (seal signature); GM/T 0009-2012 (the identifier of SM2 signatures).
"""

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from feiyu.evidence import certificates, der
from feiyu.evidence.errors import BadSeal, PaperSignatureFails, SealOverOther, because
from feiyu.evidence.scheme import Scheme
from feiyu.evidence.tree import SM3

VERSION = 4
MAX_BYTES = 4 << 20
_SM2_WITH_SM3 = der.oid(certificates.SM2_WITH_SM3)
_BITS, _TEXT, _ASCII = 0x03, 0x0C, 0x16
_CERTIFICATES, _DIGESTS = 1, 2


class Seal:
    """A seal's value taken apart. ``certificate`` sealed, ``maker`` made the seal; it is valid from ``since`` to ``until``."""

    def __init__(self, data: bytes) -> None:
        to_sign, cert, method, signature, *more = der.read(data, limit=MAX_BYTES).of(der.SEQUENCE).parts()
        self._to_sign = to_sign.whole
        self.certificate = x509.load_der_x509_certificate(cert.of(der.OCTETS).body)
        self.signature = _signed(method, signature)
        self.stamp = _bits(more[0].of(0xA0).parts()[0]) if more else None
        version, seal, claimed, digest, *_ = to_sign.of(der.SEQUENCE).parts()
        _is_version(version)
        self.claimed_at: datetime | None = der.instant(claimed)
        self._digest = _bits(digest)
        info, maker, method, signature = seal.of(der.SEQUENCE).parts()
        self._info, self._made = info.whole, _signed(method, signature)
        self.maker = x509.load_der_x509_certificate(maker.of(der.OCTETS).body)
        head, number, told, *_ = info.of(der.SEQUENCE).parts()
        mark, version, _ = head.of(der.SEQUENCE).parts()
        _is_version(version)
        if mark.of(_ASCII).body != b"ES":
            raise because(BadSeal, "不是电子印章", "it is no e-seal")
        _, name, kind, users, _, since, until = told.of(der.SEQUENCE).parts()
        self.name = name.of(_TEXT).body.decode()[:200]
        self.number = number.of(_ASCII).body.decode("ascii")[:64]
        self.since, self.until = der.instant(since), der.instant(until)
        self._users = kind.number(), users.of(der.SEQUENCE).parts()

    def verify(self, description: bytes) -> None:
        """Raise where it is over another description, or the seal is not its maker's, or not given to who sealed."""
        found = SM3.hash(description)
        if self._digest != found:
            raise SealOverOther(told=self._digest.hex()[:16], found=found.hex()[:16])
        if not certificates.holds(self.maker, Scheme(None), self._info, self._made):
            raise PaperSignatureFails(subject=self.maker.subject.rfc4514_string()[:200])
        if not self._given():
            raise because(
                BadSeal,
                "盖章的证书不在印章所列的签章人之中",
                "who sealed is none of those whom the seal was made for",
            )
        if not certificates.holds(self.certificate, Scheme(None), self._to_sign, self.signature):
            raise PaperSignatureFails(subject=self.certificate.subject.rfc4514_string()[:200])

    def _given(self) -> bool:
        """Whether the seal lists the certificate that sealed, whole or by its SM3."""
        kind, users = self._users
        mine = self.certificate.public_bytes(Encoding.DER)
        if kind == _CERTIFICATES:
            return mine in [one.of(der.OCTETS).body for one in users]
        if kind == _DIGESTS:
            return SM3.hash(mine) in [one.of(der.SEQUENCE).parts()[1].of(der.OCTETS).body for one in users]
        raise because(BadSeal, "签章人列表的种类未知", "a list of users of an unknown kind")


def _is_version(value: der.Value) -> None:
    if value.number() != VERSION:
        raise because(
            BadSeal,
            f"版本为 {value.number()}，此处只核验第 {VERSION} 版（GB/T 38540）",
            f"version {value.number()}; version {VERSION} alone is checked here (GB/T 38540)",
        )


def _signed(method: der.Value, signature: der.Value) -> bytes:
    if method.whole != _SM2_WITH_SM3:
        raise because(BadSeal, "签名算法不是 SM2 与 SM3", "a signature other than SM2 with SM3")
    return _bits(signature)


def _bits(value: der.Value) -> bytes:
    """A BIT STRING of whole bytes."""
    body = value.of(_BITS).body
    if body[:1] != b"\0":
        raise because(BadSeal, "位串不是整字节", "a bit string that is not of whole bytes")
    return body[1:]
