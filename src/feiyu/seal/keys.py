"""Keys of recipients and signers, their ids and the fingerprints people compare.

Rules this module keeps:
 * a key's id is the fingerprint of its public half, so that nobody can hand out another key under the same id;
 * the algorithm is part of the id: the same bytes under another algorithm are another key;
 * the hybrid MLKEM768-X25519 is made where nothing else is asked for and the library has it, X25519 elsewhere;
 * private halves leave only as bytes for a keystore, and never in ``repr``.

How each algorithm encrypts stands in ``kems``.

Sources: RFC 9180 (HPKE); FIPS 203; RFC 8032.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Protocol

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ed25519

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.seal import age
from feiyu.seal.errors import BadKey, BadSignature
from feiyu.seal.kems import AGE, HYBRID, KEMS, PLAIN, kem_of
from feiyu.seal.mistaken import refuse_private

ED25519 = "Ed25519"
ED25519_BYTES = 32
MAX_PUBLIC_TEXT = 4096
_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P
_ORDER_EIGHT = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_SMALL_ORDER = (0, 1, _P - 1, _ORDER_EIGHT, _P - _ORDER_EIGHT)
"""The y of all points of order 1, 2, 4 and 8."""


def key_id(algorithm: str, public: bytes) -> str:
    """The id of a public key: 64 hex digits over the algorithm's name and the bytes."""
    return hashlib.sha256(b"feiyu/key/v1\n" + algorithm.encode() + b"\n" + public).hexdigest()


def fingerprint(ident: str) -> str:
    """A key's id as twelve groups of five digits, to be read out over a second channel in any language."""
    digest = bytes.fromhex(ident)
    groups = (int.from_bytes(digest[at : at + 5]) % 100_000 for at in range(0, 30, 5))
    more = hashlib.sha256(b"feiyu/fingerprint/v1\n" + digest).digest()
    rest = (int.from_bytes(more[at : at + 5]) % 100_000 for at in range(0, 30, 5))
    return " ".join(f"{group:05d}" for group in (*groups, *rest))


def grouped(digits: str) -> str:
    """The digits of a fingerprint in groups of five, as ``fingerprint`` gives them."""
    return " ".join(digits[at : at + 5] for at in range(0, len(digits), 5))


def said_fingerprint(text: str) -> str:
    """The sixty digits of a fingerprint as it was read out; whoever has only ``age`` reads out the ``age1…`` line itself."""
    said = RecipientPublic.decode(text).fingerprint if text.strip().startswith("age1") else text
    return "".join(said.split())


def algorithm_of(public: bytes, ident: str) -> str:
    """The algorithm under which these bytes have that id."""
    for algorithm in KEMS:
        if key_id(algorithm, public) == ident:
            return algorithm
    raise BadKey(
        reason=Text(
            "以任何已知算法，该密钥的字节都推不出其编号",
            "the key's bytes do not give its id under any known algorithm",
        )
    )


class OpeningKey(Protocol):
    """The private half of a recipient's key, wherever it lives: in a keystore (``RecipientKey``) or in an HSM."""

    @property
    def public(self) -> "RecipientPublic":
        """The half that may be shown."""
        ...

    @property
    def key_id(self) -> str:
        """The id of the public half."""
        ...

    def decrypt(self, box: bytes, *, info: bytes) -> bytes:
        """Open what ``RecipientPublic.encrypt`` made; ``InvalidTag`` or ``ValueError`` when it does not open."""
        ...


@dataclass(frozen=True, slots=True)
class RecipientPublic:
    """What is pinned in a grant: the public half of a recipient's (or the edge's custody) key."""

    algorithm: str
    raw: bytes

    def __post_init__(self) -> None:
        """Refuse what is no such key."""
        try:
            kem_of(self.algorithm).check_public(self.raw)
        except (ValueError, UnsupportedAlgorithm) as bad:
            raise BadKey(reason=said(bad)) from None

    @property
    def key_id(self) -> str:
        """The fingerprint that names the key."""
        return key_id(self.algorithm, self.raw)

    @property
    def fingerprint(self) -> str:
        """The same for people."""
        return fingerprint(self.key_id)

    def encode(self) -> str:
        """One line of text: ``feiyu-key:<algorithm>:<base64url>``, or ``age1…``."""
        if self.algorithm == AGE:
            return age.recipient_text(self.raw)
        return f"feiyu-key:{self.algorithm}:{base64.urlsafe_b64encode(self.raw).decode().rstrip('=')}"

    @classmethod
    def decode(cls, text: str) -> "RecipientPublic":
        """Read that line."""
        if text.strip().startswith("age1"):
            try:
                return cls(AGE, age.recipient_bytes(text))
            except ValueError as bad:
                raise BadKey(reason=said(bad)) from None
        kind, _, rest = text.strip().partition(":")
        algorithm, _, raw = rest.partition(":")
        if kind != "feiyu-key" or len(raw) > MAX_PUBLIC_TEXT:
            raise BadKey(
                reason=Text(
                    "应为一行 feiyu-key:<算法>:<base64url>",
                    "a line feiyu-key:<algorithm>:<base64url> is wanted",
                )
            )
        try:
            return cls(
                algorithm, base64.b64decode(raw + "=" * (-len(raw) % 4), altchars=b"-_", validate=True)
            )
        except ValueError:
            raise BadKey(reason=Text("base64url 部分已损坏", "the base64url part is damaged")) from None

    def encrypt(self, plain: bytes, *, info: bytes) -> bytes:
        """Encrypt to this key, bound to ``info``."""
        try:
            return kem_of(self.algorithm).encrypt(self.raw, plain, info)
        except (ValueError, UnsupportedAlgorithm) as bad:
            raise BadKey(reason=said(bad)) from None


@dataclass(frozen=True, slots=True)
class RecipientKey:
    """The private half as bytes: opens what was wrapped to ``public``."""

    algorithm: str
    private: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what is no such key."""
        try:
            kem_of(self.algorithm).public_of(self.private)
        except ValueError as bad:
            raise BadKey(reason=said(bad)) from None

    @classmethod
    def generate(cls, algorithm: str | None = None) -> "RecipientKey":
        """A new key, hybrid where nothing is asked for and the library can."""
        try:
            wanted = algorithm or HYBRID
            return cls(wanted, kem_of(wanted).generate())
        except BadKey:
            if algorithm is not None:
                raise
            return cls(PLAIN, kem_of(PLAIN).generate())

    @property
    def public(self) -> RecipientPublic:
        """The half that may be shown."""
        return RecipientPublic(self.algorithm, kem_of(self.algorithm).public_of(self.private))

    @property
    def key_id(self) -> str:
        """The id of the public half."""
        return self.public.key_id

    def decrypt(self, box: bytes, *, info: bytes) -> bytes:
        """Open what ``RecipientPublic.encrypt`` made; raises ``cryptography.exceptions.InvalidTag`` otherwise."""
        return kem_of(self.algorithm).decrypt(self.private, box, info)


@dataclass(frozen=True, slots=True)
class Signer:
    """An Ed25519 key that signs: the edge's, the log's, the grant office's."""

    private: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what is no such key."""
        _sized(self.private)

    @classmethod
    def generate(cls) -> "Signer":
        """A new key."""
        return cls(ed25519.Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def public(self) -> bytes:
        """The 32 bytes that verify."""
        return self._native().public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        """The id of the public half."""
        return key_id(ED25519, self.public)

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature."""
        return self._native().sign(message)

    def _native(self) -> ed25519.Ed25519PrivateKey:
        return ed25519.Ed25519PrivateKey.from_private_bytes(self.private)


def _sized(raw: bytes) -> bytes:
    if len(raw) != ED25519_BYTES:
        raise BadKey(
            reason=Text(
                f"{ED25519} 应为 {ED25519_BYTES} 字节，而不是 {len(raw)}",
                f"{ED25519} wants {ED25519_BYTES} bytes, not {len(raw)}",
            )
        )
    return raw


def check_public(algorithm: str, public: bytes) -> None:
    """Refuse what is no public half of the algorithm that it is said to be of, a recipient's or a signer's.

    Raises:
        PrivateKeyGiven: it is a private half.
        BadKey: it is of another algorithm, size or curve, cut off, or a point of small order.
    """
    refuse_private(algorithm, public)
    if algorithm == ED25519:
        _check_point(_sized(public))
    else:
        RecipientPublic(algorithm, public)


def _check_point(public: bytes) -> None:
    """A point of Ed25519 under which one signature cannot pass for any message (RFC 8032 section 5.1.3)."""
    y = int.from_bytes(public, "little") & ((1 << 255) - 1)
    if y >= _P or y in _SMALL_ORDER:
        raise BadKey(
            reason=Text(
                f"{ED25519} 公钥为小阶点，或编码不规范",
                f"{ED25519}: it is a point of small order, or in no valid form",
            )
        )
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    if pow(square, (_P - 1) // 2, _P) != 1:
        raise BadKey(reason=Text(f"{ED25519} 公钥不是曲线上的点", f"{ED25519}: it is no point of the curve"))


def verify(public: bytes, message: bytes, signature: bytes, *, what: Text) -> None:
    """Check an Ed25519 signature; ``what`` names the thing in the refusal."""
    try:
        key = ed25519.Ed25519PublicKey.from_public_bytes(_sized(public))
        key.verify(signature, message)
    except (InvalidSignature, ValueError):
        raise BadSignature(what=what) from None


def same(left: bytes, right: bytes) -> bool:
    """Whether two secrets or commitments are equal, in constant time."""
    return hmac.compare_digest(left, right)
