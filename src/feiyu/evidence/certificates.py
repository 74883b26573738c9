"""Certificates of people and organisations: their keys, the way up to a trusted authority, and what they may do.

Rules this module keeps:
 * a way up ends at an authority that was named apart from what a file brings along;
 * an extension marked critical that is not known here refuses the certificate (RFC 5280 section 4.2);
 * SHA-1 and RSA under 2,048 bits are refused; RSA-PSS is taken as ``scheme`` says.

Sources: RFC 5280 sections 4.2 and 6.1; GM/T 0015 (where a certificate holds the unified social credit code).
"""

import re
from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, NameOID, SignatureAlgorithmOID

from feiyu.evidence import der, sm2
from feiyu.evidence.errors import BadCms, SignerExpired, SignerUntrusted, because
from feiyu.evidence.scheme import Scheme, keeps, pss_of

MAX_CHAIN = 5
MIN_RSA_BITS = 2048
SM2_WITH_SM3 = "1.2.156.10197.1.501"
Key = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | bytes
"""A public key; SM2's as its uncompressed point."""
_SM2_CURVE = der.oid("1.2.156.10197.1.301")
_HASHES = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
_KNOWN_CRITICAL = {
    ExtensionOID.BASIC_CONSTRAINTS, ExtensionOID.KEY_USAGE, ExtensionOID.EXTENDED_KEY_USAGE,
    ExtensionOID.SUBJECT_ALTERNATIVE_NAME, ExtensionOID.CERTIFICATE_POLICIES,
}  # fmt: skip
_CREDIT_CODE_PLACES = ("1.2.156.10260.4.1.4", "1.2.156.10260.4.4", "1.2.86.11.7.4")
_CREDIT_CODE = re.compile(rb"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])")


def inside(certificate: x509.Certificate) -> list[der.Value]:
    """Serial number, algorithm, issuer, validity, subject, public key … as they stand in the certificate."""
    parts = der.read(certificate.tbs_certificate_bytes).parts()
    return parts[1:] if parts[0].tag == 0xA0 else parts


def identifier(certificate: x509.Certificate) -> bytes | None:
    """Its subject key identifier."""
    try:
        return certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except (x509.ExtensionNotFound, ValueError):
        return None


def key_of(certificate: x509.Certificate) -> Key:
    """Its public key; raises for a kind that is not taken."""
    algorithm, point = inside(certificate)[5].parts()
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
    raise because(
        BadCms,
        "密钥不是 SM2、ECDSA 或 2048 位以上的 RSA",
        "a key other than SM2, ECDSA, or RSA of 2048 bits and more",
    )


def holds(by: x509.Certificate, scheme: Scheme, data: bytes, signature: bytes) -> bool:
    """Whether ``signature`` is one over ``data`` by this certificate's key, of a kind that the key allows."""
    key = key_of(by)
    if isinstance(key, bytes):
        return scheme == Scheme(None) and sm2.verifies(key, data, signature)
    if not isinstance(scheme.hash, _HASHES) or not keeps(scheme, inside(by)[5].parts()[0]):
        return False
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, _padding(scheme), scheme.hash)
        else:
            key.verify(signature, data, ec.ECDSA(scheme.hash))
    except InvalidSignature:
        return False
    return isinstance(key, rsa.RSAPublicKey) or scheme.salt_bytes is None


def _padding(scheme: Scheme) -> padding.PSS | padding.PKCS1v15:
    if scheme.salt_bytes is None:
        return padding.PKCS1v15()
    assert scheme.hash is not None
    return padding.PSS(padding.MGF1(scheme.hash), scheme.salt_bytes)


def scheme_of(signed: x509.Certificate | x509.CertificateRevocationList) -> Scheme:
    """How an issuer signed. Raises ``UnsupportedAlgorithm`` for the unknown, ``BadCms`` for RSA-PSS of a kind that is not taken."""
    if signed.signature_algorithm_oid.dotted_string == SM2_WITH_SM3:
        return Scheme(None)
    if signed.signature_algorithm_oid == SignatureAlgorithmOID.RSASSA_PSS:
        return pss_of(_stated(signed))
    if signed.signature_hash_algorithm is None:
        raise UnsupportedAlgorithm("not RSA, nor ECDSA")
    return Scheme(signed.signature_hash_algorithm)


def _stated(signed: x509.Certificate | x509.CertificateRevocationList) -> der.Value:
    """The identifier of the algorithm within what was signed."""
    if isinstance(signed, x509.Certificate):
        return inside(signed)[1]
    within = signed.tbs_certlist_bytes
    first, second, *_ = der.read(within, limit=len(within)).parts()
    return second if first.tag == der.INTEGER else first


def path(
    certificate: x509.Certificate, sent: Sequence[x509.Certificate], trusted: Sequence[x509.Certificate], at: datetime
) -> tuple[x509.Certificate, ...]:  # fmt: skip
    """From the certificate up to the trusted authority that it leads to, all of them valid at that moment."""
    one, subject, found = certificate, certificate.subject.rfc4514_string()[:200], list[x509.Certificate]()
    for depth in range(MAX_CHAIN):
        _usable(one, subject, at)
        found.append(one)
        if one in trusted:
            return tuple(found)
        above = [by for by in (*trusted, *sent) if by != one and _issued(one, by, depth)]
        if not above:
            break
        one = above[0]  # trusted ones come first
    raise SignerUntrusted(subject=subject)


def _usable(one: x509.Certificate, subject: str, at: datetime) -> None:
    if not one.not_valid_before_utc <= at <= one.not_valid_after_utc:
        raise SignerExpired(
            subject=subject, at=f"{at:%Y-%m-%d}",
            since=f"{one.not_valid_before_utc:%Y-%m-%d}", until=f"{one.not_valid_after_utc:%Y-%m-%d}",
        )  # fmt: skip
    critical = {each.oid for each in one.extensions if each.critical}
    if critical - _KNOWN_CRITICAL:
        raise because(
            BadCms,
            "某张证书含有此处未知的关键扩展",
            "a certificate has a critical extension that is not known here",
        )


def _issued(one: x509.Certificate, by: x509.Certificate, depth: int) -> bool:
    """Whether ``by`` is an authority that may, and did, sign ``one``; ``depth`` authorities stand below it."""
    if inside(one)[2].whole != inside(by)[4].whole:
        return False
    try:
        basic = by.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    usage = usage_of(by)
    if not basic.ca or (basic.path_length is not None and basic.path_length < depth):
        return False
    if usage is not None and not usage.key_cert_sign:
        return False
    try:
        if not isinstance(key_of(by), bytes):
            one.verify_directly_issued_by(by)  # refuses also where the algorithm is told in two ways
        return holds(by, scheme_of(one), one.tbs_certificate_bytes, one.signature)
    except (BadCms, UnsupportedAlgorithm, ValueError, TypeError, InvalidSignature):
        return False


def usage_of(certificate: x509.Certificate) -> x509.KeyUsage | None:
    """What its key may be used for, where it says."""
    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None


def may_sign(certificate: x509.Certificate) -> None:
    """Raise where the certificate is not one for signing."""
    usage = usage_of(certificate)
    if usage is None or not (usage.digital_signature or usage.content_commitment):
        raise because(BadCms, "该证书不用于签名", "the certificate is not one for signing")


def may_stamp(certificate: x509.Certificate) -> None:
    """Raise where the certificate is not one for time stamps, and for nothing else (RFC 3161 section 2.3)."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        found = None
    if found is None or not found.critical or list(found.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise because(
            BadCms,
            "时间戳的证书不是专用于时间戳",
            "the certificate of the time stamp is not one for time stamps alone",
        )


def organisation_of(certificate: x509.Certificate) -> str | None:
    """The organisation's name in its subject."""
    named = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return str(named[0].value) if named else None


def credit_code_of(certificate: x509.Certificate) -> str | None:
    """The unified social credit code, where the certificate holds one."""
    places = [
        each.value.value for each in certificate.extensions
        if each.oid.dotted_string in _CREDIT_CODE_PLACES and isinstance(each.value, x509.UnrecognizedExtension)
    ]  # fmt: skip
    named = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_IDENTIFIER)
    places += [str(each.value).encode() for each in named]
    codes = {match.group().decode() for place in places if (match := _CREDIT_CODE.search(place))}
    return codes.pop() if len(codes) == 1 else None
