"""A signature over a paper by a certificate: detached CMS (PKCS #7) with RSA, ECDSA or SM2.

A legal act (declaration, undertaking, contract) is signed by a person of an organisation with a certificate of a licensed
authority; machine keys sign machine events. What is checked, in this order:

1. the file is one CMS signature by one signer, and holds no other content than the paper;
2. its message digest is the paper's;
3. the signature is by the certificate that it names;
4. certificate by certificate, issuers lead to one of the trusted authorities, all valid at the given moment;
5. the certificate may sign.

Rules this module keeps:
 * what a file brings along vouches for nothing: it ends at an authority that was named apart from it;
 * an extension marked critical that is not known here refuses the certificate (RFC 5280 section 4.2);
 * SHA-1, RSA under 2,048 bits, BER of indefinite length, several signers and RSA-PSS are refused by name;
 * whether a certificate was revoked is *not* asked: that needs a network, and whoever shows the result says so.

Sources: RFC 5652 sections 5.1 to 5.6; RFC 5280 sections 4.2 and 6.1; GB/T 35275-2017 (its content types, for SM2);
GM/T 0015 (where a certificate holds the unified social credit code).
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtensionOID, NameOID

from feiyu.evidence import der, sm2
from feiyu.evidence.errors import (
    BadCms,
    BadTimeStamp,
    PaperDiffers,
    PaperSignatureFails,
    SignerExpired,
    SignerUntrusted,
)
from feiyu.evidence.tree import SM3

MAX_CHAIN = 5
MIN_RSA_BITS = 2048
_SIGNED = {der.oid("1.2.840.113549.1.7.2"), der.oid("1.2.156.10197.6.1.4.2.2")}
_DATA = {der.oid("1.2.840.113549.1.7.1"), der.oid("1.2.156.10197.6.1.4.2.1")}
_CONTENT_TYPE, _MESSAGE_DIGEST = der.oid("1.2.840.113549.1.9.3"), der.oid("1.2.840.113549.1.9.4")
_RSA_PSS = der.oid("1.2.840.113549.1.1.10")
_SM2_CURVE = der.oid("1.2.156.10197.1.301")
_SM2_WITH_SM3 = "1.2.156.10197.1.501"
_SHA2: dict[bytes, tuple[str, hashes.HashAlgorithm]] = {
    der.oid("2.16.840.1.101.3.4.2.1"): ("sha256", hashes.SHA256()),
    der.oid("2.16.840.1.101.3.4.2.2"): ("sha384", hashes.SHA384()),
    der.oid("2.16.840.1.101.3.4.2.3"): ("sha512", hashes.SHA512()),
}
_SM3 = der.oid("1.2.156.10197.1.401")
_KNOWN_CRITICAL = {
    ExtensionOID.BASIC_CONSTRAINTS, ExtensionOID.KEY_USAGE, ExtensionOID.EXTENDED_KEY_USAGE,
    ExtensionOID.SUBJECT_ALTERNATIVE_NAME, ExtensionOID.CERTIFICATE_POLICIES,
}  # fmt: skip
_UNREADABLE = (
    ValueError, IndexError, KeyError, TypeError, x509.InvalidVersion, x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)  # fmt: skip
_CREDIT_CODE_PLACES = ("1.2.156.10260.4.1.4", "1.2.156.10260.4.4", "1.2.86.11.7.4")
_CREDIT_CODE = re.compile(rb"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])")


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


def check(
    paper: bytes, signature: bytes, *, trusted: Sequence[x509.Certificate], at: datetime
) -> PaperSigner:
    """Who signed the paper; raises by name where that does not hold at ``at``."""
    try:
        return _judge(paper, signature, trusted, at)
    except BadTimeStamp as bad:  # of the DER reader
        raise BadCms(reason=bad.values["reason"]) from None
    except _UNREADABLE:
        raise BadCms(reason="not the structure of RFC 5652, or of RFC 5280") from None


def _judge(paper: bytes, signature: bytes, trusted: Sequence[x509.Certificate], at: datetime) -> PaperSigner:
    found = _Signature(signature, paper)
    if found.digest is not None and found.digest != found.wanted:
        raise PaperDiffers(found=found.digest.hex()[:16], paper=found.wanted.hex()[:16])
    certificate, subject = found.certificate, found.certificate.subject.rfc4514_string()
    key = _key(certificate)
    if not _signed(key, found.hashing, found.signed, found.signature):
        raise PaperSignatureFails(subject=subject[:200])
    authority = _chain(certificate, found.certificates, trusted, at)
    _may_sign(certificate)
    named = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return PaperSigner(
        subject=subject[:500], organisation=str(named[0].value) if named else None, credit_code=_credit_code(certificate),
        authority=authority.subject.rfc4514_string()[:500],
        algorithm="SM2" if isinstance(key, bytes) else "RSA" if isinstance(key, rsa.RSAPublicKey) else "ECDSA",
        certificate_sha256=hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest(),
        not_after=certificate.not_valid_after_utc,
    )  # fmt: skip


def load_authorities(pem: bytes) -> tuple[x509.Certificate, ...]:
    """The trusted authorities of a PEM file; ``ValueError`` when it holds none or something else."""
    return tuple(x509.load_pem_x509_certificates(pem))


# --- 1 to 3: the file and its signature ----------------------------------------------------------------------------


class _Signature:
    """A CMS file taken apart: one signer over one content."""

    def __init__(self, data: bytes, paper: bytes) -> None:
        kind, content = der.read(data).of(der.SEQUENCE).parts()
        if kind.whole not in _SIGNED:
            raise BadCms(reason="not signed data")
        _, _, encapsulated, *rest = content.of(0xA0).parts()[0].of(der.SEQUENCE).parts()
        content_type, *held = encapsulated.of(der.SEQUENCE).parts()
        if content_type.whole not in _DATA or len(held) > 1:
            raise BadCms(reason="what was signed is not a file")
        if held and held[0].of(0xA0).parts()[0].of(der.OCTETS).body != paper:
            raise BadCms(reason="it holds another content than the paper")
        signers = rest[-1].of(der.SET).parts()
        if len(signers) != 1:
            raise BadCms(reason=f"{len(signers)} signers, one is wanted")
        self.certificates = [
            x509.load_der_x509_certificate(one.whole)
            for part in rest[:-1] if part.tag == 0xA0 for one in part.parts()
        ]  # fmt: skip
        _, who, hashing, *more = signers[0].of(der.SEQUENCE).parts()
        attributes = more.pop(0) if more[0].tag == 0xA0 else None
        algorithm, signature = more[0].of(der.SEQUENCE), more[1].of(der.OCTETS)
        if algorithm.parts()[0].whole == _RSA_PSS:
            raise BadCms(reason="RSA-PSS is not read here")
        self.hashing, self.signature = hashing.parts()[0].whole, signature.body
        self.certificate = self._named(who)
        self.wanted = _digest(self.hashing, paper)
        self.digest, self.signed = None, paper
        if attributes is not None:
            self.digest = self._told(attributes, content_type.whole)
            self.signed = b"\x31" + attributes.whole[1:]

    def _named(self, who: der.Value) -> x509.Certificate:
        """The certificate that the signer names, by issuer and number or by key identifier."""
        for one in self.certificates:
            inside = _inside(one)
            if who.tag == der.SEQUENCE and [part.whole for part in who.parts()] == [
                inside[2].whole,
                inside[0].whole,
            ]:
                return one
            if who.tag == 0x80 and who.body == _identifier(one):
                return one
        raise BadCms(reason="the signer's certificate is not in it")

    @staticmethod
    def _told(attributes: der.Value, content_type: bytes) -> bytes:
        """The message digest among the signed attributes, each of which stands there once."""
        pairs = [one.of(der.SEQUENCE).parts() for one in attributes.parts()]
        found = {name.whole: values.of(der.SET).parts() for name, values in pairs}
        if len(found) != len(pairs):
            raise BadCms(reason="a signed attribute stands twice")
        (kind,), (digest,) = found[_CONTENT_TYPE], found[_MESSAGE_DIGEST]
        if kind.whole != content_type:
            raise BadCms(reason="the signed attributes are of another kind of content")
        return digest.of(der.OCTETS).body


def _digest(hashing: bytes, data: bytes) -> bytes:
    if hashing == _SM3:
        return SM3.hash(data)
    if hashing not in _SHA2:
        raise BadCms(reason="a hash other than SHA-256, SHA-384, SHA-512, SM3")
    return hashlib.new(_SHA2[hashing][0], data).digest()


def _inside(certificate: x509.Certificate) -> list[der.Value]:
    """Serial number, algorithm, issuer, validity, subject, public key … as they stand in the certificate."""
    parts = der.read(certificate.tbs_certificate_bytes).parts()
    return parts[1:] if parts[0].tag == 0xA0 else parts


def _identifier(certificate: x509.Certificate) -> bytes | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except (x509.ExtensionNotFound, ValueError):
        return None


_Key = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | bytes
"""A public key; SM2's as its uncompressed point."""


def _key(certificate: x509.Certificate) -> _Key:
    algorithm, point = _inside(certificate)[5].parts()
    if _SM2_CURVE in [part.whole for part in algorithm.parts()]:
        return point.body[1:]
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= MIN_RSA_BITS:
        return key
    if isinstance(key, ec.EllipticCurvePublicKey):
        return key
    raise BadCms(reason="a key other than SM2, ECDSA, or RSA of 2048 bits and more")


def _signed(key: _Key, hashing: bytes, data: bytes, signature: bytes) -> bool:
    if isinstance(key, bytes):
        return hashing == _SM3 and sm2.verifies(key, data, signature)
    if hashing not in _SHA2:
        return False
    algorithm = _SHA2[hashing][1]
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), algorithm)
        else:
            key.verify(signature, data, ec.ECDSA(algorithm))
    except InvalidSignature:
        return False
    return True


# --- 4 and 5: whose certificate it is ------------------------------------------------------------------------------


def _chain(
    certificate: x509.Certificate, sent: Sequence[x509.Certificate], trusted: Sequence[x509.Certificate], at: datetime
) -> x509.Certificate:  # fmt: skip
    """The trusted authority that the certificate leads to."""
    one, subject = certificate, certificate.subject.rfc4514_string()[:200]
    for depth in range(MAX_CHAIN):
        _usable(one, subject, at)
        if one in trusted:
            return one
        above = [by for by in (*trusted, *sent) if by != one and _issued(one, by, depth)]
        if not above:
            break
        one = above[0]  # trusted ones come first
    raise SignerUntrusted(subject=subject)


def _usable(one: x509.Certificate, subject: str, at: datetime) -> None:
    if not one.not_valid_before_utc <= at <= one.not_valid_after_utc:
        raise SignerExpired(
            subject=subject, since=f"{one.not_valid_before_utc:%Y-%m-%d}", until=f"{one.not_valid_after_utc:%Y-%m-%d}"
        )  # fmt: skip
    critical = {str(each.oid.dotted_string) for each in one.extensions if each.critical}
    if critical - {oid.dotted_string for oid in _KNOWN_CRITICAL}:
        raise BadCms(reason="a certificate has a critical extension that is not known here")


def _issued(one: x509.Certificate, by: x509.Certificate, depth: int) -> bool:
    """Whether ``by`` is an authority that may, and did, sign ``one``; ``depth`` authorities stand below it."""
    if _inside(one)[2].whole != _inside(by)[4].whole:
        return False
    try:
        basic = by.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    usage = _usage(by)
    if not basic.ca or (basic.path_length is not None and basic.path_length < depth):
        return False
    if usage is not None and not usage.key_cert_sign:
        return False
    try:
        key = _key(by)
    except BadCms:
        return False
    if isinstance(key, bytes):
        named = one.signature_algorithm_oid.dotted_string == _SM2_WITH_SM3
        return named and sm2.verifies(key, one.tbs_certificate_bytes, one.signature)
    try:
        if type(one.signature_hash_algorithm) not in {type(each) for _, each in _SHA2.values()}:
            return False
        one.verify_directly_issued_by(by)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _usage(certificate: x509.Certificate) -> x509.KeyUsage | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None


def _may_sign(certificate: x509.Certificate) -> None:
    usage = _usage(certificate)
    if usage is None or not (usage.digital_signature or usage.content_commitment):
        raise BadCms(reason="the certificate is not one for signing")


def _credit_code(certificate: x509.Certificate) -> str | None:
    """The unified social credit code, where the certificate holds one."""
    places = [
        each.value.value for each in certificate.extensions
        if each.oid.dotted_string in _CREDIT_CODE_PLACES and isinstance(each.value, x509.UnrecognizedExtension)
    ]  # fmt: skip
    named = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_IDENTIFIER)
    places += [str(each.value).encode() for each in named]
    codes = {match.group().decode() for place in places if (match := _CREDIT_CODE.search(place))}
    return codes.pop() if len(codes) == 1 else None
