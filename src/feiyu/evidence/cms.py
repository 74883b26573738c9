"""A signature in CMS (PKCS #7), taken apart and verified: RSA (PKCS #1 1.5 or PSS), ECDSA or SM2.

Rules this module keeps:
 * one signer over one content, which is given or lies inside; each attribute stands once;
 * whose certificate it is, and whether it may be trusted, is not judged here;
 * several signers and hashes other than SHA-2 and SM3 are refused by name;
 * BER of indefinite length is written anew (``ber``); what was signed inside must stand there in DER, as CMS wants it.

Sources: RFC 5652 sections 5.1 to 5.6 and 11.3; RFC 3161 appendix A; GB/T 35275-2017 (its content types, for SM2).
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from feiyu.evidence import ber, certificates, der
from feiyu.evidence.errors import BadCms, PaperDiffers, PaperSignatureFails, because
from feiyu.evidence.scheme import RSA_PSS, SHA2, Scheme, pss_of
from feiyu.evidence.tree import SM3

MAX_CERTIFICATES = 32
_SIGNED = {der.oid("1.2.840.113549.1.7.2"), der.oid("1.2.156.10197.6.1.4.2.2")}
DATA = frozenset({der.oid("1.2.840.113549.1.7.1"), der.oid("1.2.156.10197.6.1.4.2.1")})
_CONTENT_TYPE, _MESSAGE_DIGEST = der.oid("1.2.840.113549.1.9.3"), der.oid("1.2.840.113549.1.9.4")
_SIGNING_TIME = der.oid("1.2.840.113549.1.9.5")
_STAMP = der.oid("1.2.840.113549.1.9.16.2.14")
_SM3 = der.oid("1.2.156.10197.1.401")
UNREADABLE = (
    ValueError, IndexError, KeyError, TypeError, x509.InvalidVersion, x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType, UnsupportedAlgorithm,
)  # fmt: skip


class Signed:
    """A CMS file taken apart: one signer over one content, which is given or lies inside."""

    def __init__(
        self, data: bytes, kinds: frozenset[bytes], paper: bytes | None = None, *, limit: int = der.MAX_BYTES
    ) -> None:
        if len(data) > limit:
            raise because(BadCms, f"共 {len(data)} 字节，超过 {limit}", f"{len(data)} bytes, over {limit}")
        whole, end = ber.definite(data)
        kind, content = der.read(whole + data[end:], limit=limit).of(der.SEQUENCE).parts()
        if kind.whole not in _SIGNED:
            raise because(BadCms, "不是签名数据", "not signed data")
        _, _, encapsulated, *rest = content.of(0xA0).parts()[0].of(der.SEQUENCE).parts()
        content_type, *held = encapsulated.of(der.SEQUENCE).parts()
        if content_type.whole not in kinds or len(held) > 1:
            raise (
                because(BadCms, "被签的不是文件", "what was signed is not a file")
                if paper
                else because(BadCms, "不是时间戳", "not a time stamp")
            )
        inside = held[0].of(0xA0).parts()[0].of(der.OCTETS).body if held else None
        if inside is not None and paper is not None and inside != paper:
            raise because(BadCms, "所含内容与材料不同", "it holds another content than the paper")
        self.content = inside if paper is None else paper
        if self.content is None:
            raise because(BadCms, "不含被签内容", "it holds no content")
        signers = rest[-1].of(der.SET).parts()
        if len(signers) != 1:
            raise because(
                BadCms, f"含 {len(signers)} 个签名人，须为一个", f"{len(signers)} signers, one is wanted"
            )
        sent = [one.whole for part in rest[:-1] if part.tag == 0xA0 for one in part.parts()]
        if len(sent) > MAX_CERTIFICATES:
            raise because(
                BadCms,
                f"含 {len(sent)} 张证书，超过 {MAX_CERTIFICATES} 张",
                f"{len(sent)} certificates, over {MAX_CERTIFICATES}",
            )
        self.certificates = [x509.load_der_x509_certificate(one) for one in sent]
        _, who, hashing, *more = signers[0].of(der.SEQUENCE).parts()
        attributes = more.pop(0) if more[0].tag == 0xA0 else None
        algorithm, signature = more[0].of(der.SEQUENCE), more[1].of(der.OCTETS)
        self.hashing, self.signature = hashing.parts()[0].whole, signature.body
        self.scheme = self._scheme(algorithm)
        self.certificate = self._named(who)
        self.told = self._told(attributes, content_type.whole) if attributes is not None else None
        self.signed = b"\x31" + attributes.whole[1:] if attributes is not None else self.content
        self.claimed_at = self._claimed(attributes)
        self.stamp = self._stamp(more[2:])

    def verify(self) -> None:
        """Raise where it is over another content, or not by the certificate that it names."""
        assert self.content is not None
        wanted = digest(self.hashing, self.content)
        if self.told is not None and self.told != wanted:
            raise PaperDiffers(found=self.told.hex()[:16], paper=wanted.hex()[:16])
        if not certificates.holds(self.certificate, self.scheme, self.signed, self.signature):
            raise PaperSignatureFails(subject=self.certificate.subject.rfc4514_string()[:200])

    def _scheme(self, algorithm: der.Value) -> Scheme:
        """How it was signed; the hash of RSA-PSS is that of the content (RFC 4056 section 3)."""
        hash_ = SHA2.get(self.hashing)
        if algorithm.parts()[0].whole != RSA_PSS:
            return Scheme(hash_)
        stated = pss_of(algorithm)
        if stated.hash is not hash_:  # both are of one table
            raise because(
                BadCms,
                "RSA-PSS 与内容所用的摘要算法不同",
                "RSA-PSS with another hash than that of the content",
            )
        return stated

    def _named(self, who: der.Value) -> x509.Certificate:
        """The certificate that the signer names, by issuer and number or by key identifier."""
        for one in self.certificates:
            inside = certificates.inside(one)
            if who.tag == der.SEQUENCE and [part.whole for part in who.parts()] == [
                inside[2].whole,
                inside[0].whole,
            ]:
                return one
            if who.tag == 0x80 and who.body == certificates.identifier(one):
                return one
        raise because(BadCms, "不含签名人的证书", "the signer's certificate is not in it")

    @staticmethod
    def _told(attributes: der.Value, content_type: bytes) -> bytes:
        """The message digest among the signed attributes, each of which stands there once."""
        found = _by_name(attributes)
        (kind,), (told,) = found[_CONTENT_TYPE], found[_MESSAGE_DIGEST]
        if kind.whole != content_type:
            raise because(
                BadCms, "签名属性所指的内容种类不符", "the signed attributes are of another kind of content"
            )
        return told.of(der.OCTETS).body

    @staticmethod
    def _claimed(attributes: der.Value | None) -> datetime | None:
        values = _by_name(attributes).get(_SIGNING_TIME) if attributes is not None else None
        return der.instant(values[0]) if values else None

    @staticmethod
    def _stamp(unsigned: Sequence[der.Value]) -> bytes | None:
        """The time stamp over the signature, where one came along."""
        values = _by_name(unsigned[0].of(0xA1)).get(_STAMP) if unsigned else None
        return values[0].whole if values else None


def _by_name(attributes: der.Value) -> dict[bytes, list[der.Value]]:
    pairs = [one.of(der.SEQUENCE).parts() for one in attributes.parts()]
    found = {name.whole: values.of(der.SET).parts() for name, values in pairs}
    if len(found) != len(pairs):
        raise because(BadCms, "某个属性重复出现", "an attribute stands twice")
    return found


def digest(hashing: bytes, data: bytes) -> bytes:
    """The hash of some bytes, by the algorithm's identifier."""
    if hashing == _SM3:
        return SM3.hash(data)
    if hashing not in SHA2:
        raise because(
            BadCms,
            "摘要算法不是 SHA-256、SHA-384、SHA-512、SM3",
            "a hash other than SHA-256, SHA-384, SHA-512, SM3",
        )
    return hashlib.new(SHA2[hashing].name, data).digest()
