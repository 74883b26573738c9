"""RFC 3161 time stamps over a checkpoint: ask an authority, or be a small one where no network leads out.

What is stamped is the SHA-256 of the checkpoint's text (origin, size, root). ``verify`` checks tokens and shares no code
with this module; any RFC 3161 tool checks them too (``openssl ts -verify``).

Rules this module keeps:
 * a token is believed only for the very text and nonce that were sent, and only under the certificate one knows;
 * an authority signs nothing but time: its certificate says so, and it takes SHA-256 imprints only;
 * what is stamped is a hash: the authority learns nothing of the log.

Sources: RFC 3161; RFC 5816 (signing certificate v2); RFC 5652 (SignedData).
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from feiyu.base.clock import Clock
from feiyu.base.errors import FeiyuError
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence import der
from feiyu.evidence.asking import NO_ANSWER, ask
from feiyu.evidence.cms import UNREADABLE, Signed
from feiyu.evidence.errors import BadTimeStamp, StampRefused, because
from feiyu.evidence.listener import Answer

QUERY_TYPE, REPLY_TYPE = "application/timestamp-query", "application/timestamp-reply"
MAX_REPLY = der.MAX_BYTES
POLICY = "2.25.311942806493710438650239147285073918461"
"""The policy of the small authority, a UUID arc: nothing is promised but the clock of the machine it runs on."""
_SHA256 = der.sequence(der.oid("2.16.840.1.101.3.4.2.1"))
_ECDSA = der.sequence(der.oid("1.2.840.10045.4.3.2"))
_DATA, _INFO = der.oid("1.2.840.113549.1.7.2"), der.oid("1.2.840.113549.1.9.16.1.4")
_TYPE, _DIGEST = der.oid("1.2.840.113549.1.9.3"), der.oid("1.2.840.113549.1.9.4")
_CERTIFICATE = der.oid("1.2.840.113549.1.9.16.2.47")


@dataclass(frozen=True, slots=True)
class Request:
    """A query: the hash to stamp, and a nonce that the answer must bring back."""

    digest: bytes
    nonce: int

    @classmethod
    def over(cls, text: bytes) -> "Request":
        """Over a checkpoint's text."""
        return cls(hashlib.sha256(text).digest(), secrets.randbits(63))

    def encode(self) -> bytes:
        """The query's bytes; the authority is asked to send its certificate along."""
        imprint = der.sequence(_SHA256, der.tagged(der.OCTETS, self.digest))
        return der.sequence(
            der.integer(1), imprint, der.integer(self.nonce), der.tagged(der.BOOLEAN, b"\xff")
        )

    @classmethod
    def parse(cls, data: bytes) -> "Request":
        """Read a query."""
        parts = der.read(data).of(der.SEQUENCE).parts()
        if len(parts) < 2 or parts[0].number() != 1:
            raise because(BadTimeStamp, "不是第 1 版的时间戳请求", "not a time-stamp query of version 1")
        digest = _imprint(parts[1])
        numbers = [part for part in parts[2:] if part.tag == der.INTEGER]
        return cls(digest, numbers[0].number() if numbers else 0)


def _imprint(value: der.Value) -> bytes:
    parts = value.of(der.SEQUENCE).parts()
    algorithm = parts[0].of(der.SEQUENCE).parts() if parts else []
    known = bool(algorithm) and algorithm[0].whole == _SHA256[2:]
    if len(parts) != 2 or not known or len(parts[1].of(der.OCTETS).body) != 32:
        raise because(BadTimeStamp, "所盖摘要须为 SHA-256", "an imprint is a SHA-256")
    return parts[1].body


class Authority:
    """Signs what time it is here, under one certificate that may do nothing else."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate, clock: Clock) -> None:
        self._key = key
        self.certificate = certificate
        self._clock = clock

    def answer(self, method: str, path: str, body: bytes) -> Answer:
        """One HTTP request."""
        if method != "POST" or path not in {"/", "/tsa"}:
            return Answer.refusal(405, "POST a time-stamp query")
        try:
            return Answer(200, self.reply(body), REPLY_TYPE)
        except BadTimeStamp:
            return Answer(200, der.sequence(der.sequence(der.integer(2))), REPLY_TYPE)  # rejection

    def reply(self, query: bytes) -> bytes:
        """The response to a query: granted, with its token."""
        return der.sequence(der.sequence(der.integer(0)), self.token(Request.parse(query)))

    def token(self, request: Request) -> bytes:
        """A signed token."""
        imprint = der.sequence(_SHA256, der.tagged(der.OCTETS, request.digest))
        nonce = der.integer(request.nonce) if request.nonce else b""
        info = der.sequence(
            der.integer(1), der.oid(POLICY), imprint, der.integer(secrets.randbits(63)),
            der.generalized(self._clock.now()), nonce,
        )  # fmt: skip
        certificate = self.certificate.public_bytes(Encoding.DER)
        hashed = der.sequence(der.tagged(der.OCTETS, hashlib.sha256(certificate).digest()))
        attributes = [
            der.sequence(_TYPE, der.set_of([_INFO])),
            der.sequence(_DIGEST, der.set_of([der.tagged(der.OCTETS, hashlib.sha256(info).digest())])),
            der.sequence(_CERTIFICATE, der.set_of([der.sequence(der.sequence(hashed))])),
        ]
        signed = der.set_of(attributes)
        signature = self._key.sign(signed, ec.ECDSA(SHA256()))
        issuer = der.sequence(
            self.certificate.issuer.public_bytes(), der.integer(self.certificate.serial_number)
        )
        signer = der.sequence(
            der.integer(1), issuer, _SHA256, b"\xa0" + signed[1:], _ECDSA, der.tagged(der.OCTETS, signature)
        )
        content = der.sequence(_INFO, der.tagged(0xA0, der.tagged(der.OCTETS, info)))
        data = der.sequence(
            der.integer(3),
            der.set_of([_SHA256]),
            content,
            der.tagged(0xA0, certificate),
            der.set_of([signer]),
        )
        return der.sequence(_DATA, der.tagged(0xA0, data))


def new_authority(
    name: str, *, at: datetime, years: int = 10
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """A key and a self-signed certificate for stamping time and nothing else."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(at).not_valid_after(at + timedelta(days=366 * years))
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    builder = builder.add_extension(usage, critical=True).add_extension(identifier, critical=False)
    return key, builder.sign(key, SHA256())


def stamp(url: str, text: bytes, certificate: x509.Certificate, *, timeout_s: float = 20) -> bytes:
    """Ask the authority at ``url`` to stamp a checkpoint's text; the token, checked under its ``certificate``'s issuer or itself."""
    request = Request.over(text)
    try:
        answer = ask(
            url, "POST", request.encode(), {"Content-Type": QUERY_TYPE}, limit=MAX_REPLY, timeout_s=timeout_s
        )
    except NO_ANSWER as bad:
        raise StampRefused(url=url, reason=said(bad)) from bad
    if answer.status != 200:
        raise StampRefused(url=url, reason=Text(f"对方应答 HTTP {answer.status}", f"HTTP {answer.status}"))
    return checked(answer.body, request, certificate)


def checked(reply: bytes, request: Request, certificate: x509.Certificate) -> bytes:
    """The token of a reply, if it is one over our request by whom we know."""
    try:
        parts = der.read(reply).of(der.SEQUENCE).parts()
        status = parts[0].of(der.SEQUENCE).parts() if parts else []
        if not status or status[0].number() not in {0, 1} or len(parts) != 2:
            raise because(BadTimeStamp, "该机构未签发时间戳", "the authority has not granted a token")
        signed = Signed(parts[1].whole, frozenset({_INFO}), limit=MAX_REPLY)
        signed.verify()
        info = der.read(signed.content or b"").of(der.SEQUENCE).parts()
        digest = _imprint(info[2])
    except FeiyuError as bad:
        raise BadTimeStamp(reason=said(bad)) from None
    except UNREADABLE:
        raise because(
            BadTimeStamp, "时间戳不符合 RFC 3161 的结构", "the time stamp is not the structure of RFC 3161"
        ) from None
    if digest != request.digest:
        raise because(BadTimeStamp, "时间戳针对其他内容", "the token is over something else")
    if request.nonce not in [part.number() for part in info[4:] if part.tag == der.INTEGER]:
        raise because(BadTimeStamp, "时间戳未带回请求中的随机数", "the token does not bring back our nonce")
    if signed.certificate != certificate and not _issued(signed.certificate, certificate):
        raise because(
            BadTimeStamp,
            "时间戳的签名证书不是已知的证书",
            "the token is signed under a certificate that we do not know",
        )
    return parts[1].whole


def _issued(one: x509.Certificate, by: x509.Certificate) -> bool:
    try:
        one.verify_directly_issued_by(by)
    except (*UNREADABLE, InvalidSignature):
        return False
    return True
