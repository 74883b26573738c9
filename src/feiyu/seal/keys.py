"""Keys of recipients and signers, their ids and the fingerprints people compare.

Rules this module keeps:
 * a key's id is the fingerprint of its public half, so that nobody can hand out another key under the same id;
 * the hybrid MLKEM768-X25519 is made where the library has it, X25519 elsewhere; the algorithm is part of the id;
 * private halves leave only as bytes for a keystore, and never in ``repr``.

Sources: RFC 9180 (HPKE); FIPS 203; RFC 8032.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import ed25519, mlkem, x25519

from feiyu.seal.errors import BadKey, BadSignature

HYBRID = "MLKEM768-X25519"
PLAIN = "X25519"
ED25519 = "Ed25519"
_MLKEM_PUBLIC, _MLKEM_SEED, _X25519 = 1184, 64, 32
_PUBLIC_BYTES = {HYBRID: _MLKEM_PUBLIC + _X25519, PLAIN: _X25519, ED25519: 32}
_PRIVATE_BYTES = {HYBRID: _MLKEM_SEED + _X25519, PLAIN: _X25519, ED25519: 32}
_KEMS = {HYBRID: hpke.KEM.MLKEM768_X25519, PLAIN: hpke.KEM.X25519}


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


def _checked(algorithm: str, raw: bytes, sizes: dict[str, int]) -> bytes:
    if algorithm not in sizes:
        raise BadKey(reason=f"unknown algorithm {algorithm[:40]!r}; known: {', '.join(sizes)}")
    if len(raw) != sizes[algorithm]:
        raise BadKey(reason=f"{algorithm} wants {sizes[algorithm]} bytes, not {len(raw)}")
    return raw


@dataclass(frozen=True, slots=True)
class RecipientPublic:
    """What is pinned in a grant: the public half of a recipient's (or the edge's custody) key."""

    algorithm: str
    raw: bytes

    def __post_init__(self) -> None:
        """Refuse what is no such key."""
        if self.algorithm not in _KEMS:
            raise BadKey(reason=f"{self.algorithm[:40]!r} does not encrypt; known: {', '.join(_KEMS)}")
        _checked(self.algorithm, self.raw, _PUBLIC_BYTES)

    @property
    def key_id(self) -> str:
        """The fingerprint that names the key."""
        return key_id(self.algorithm, self.raw)

    @property
    def fingerprint(self) -> str:
        """The same for people."""
        return fingerprint(self.key_id)

    def encode(self) -> str:
        """One line of text: ``feiyu-key:<algorithm>:<base64url>``."""
        return f"feiyu-key:{self.algorithm}:{base64.urlsafe_b64encode(self.raw).decode().rstrip('=')}"

    @classmethod
    def decode(cls, text: str) -> "RecipientPublic":
        """Read that line."""
        kind, _, rest = text.strip().partition(":")
        algorithm, _, raw = rest.partition(":")
        if kind != "feiyu-key" or len(raw) > 4096:
            raise BadKey(reason="a line feiyu-key:<algorithm>:<base64url> is wanted")
        try:
            return cls(
                algorithm, base64.b64decode(raw + "=" * (-len(raw) % 4), altchars=b"-_", validate=True)
            )
        except ValueError:
            raise BadKey(reason="the base64url part is damaged") from None

    def encrypt(self, plain: bytes, *, info: bytes) -> bytes:
        """HPKE to this key, bound to ``info``."""
        return _suite(self.algorithm).encrypt(plain, self._native(), info)

    def _native(self) -> x25519.X25519PublicKey | hpke.MLKEM768X25519PublicKey:
        try:
            classic = x25519.X25519PublicKey.from_public_bytes(self.raw[-_X25519:])
            if self.algorithm == PLAIN:
                return classic
            lattice = mlkem.MLKEM768PublicKey.from_public_bytes(self.raw[:_MLKEM_PUBLIC])
            return hpke.MLKEM768X25519PublicKey(lattice, classic)
        except (ValueError, UnsupportedAlgorithm) as bad:
            raise BadKey(reason=str(bad)) from None


@dataclass(frozen=True, slots=True)
class RecipientKey:
    """The private half: opens what was wrapped to ``public``."""

    algorithm: str
    private: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what is no such key."""
        if self.algorithm not in _KEMS:
            raise BadKey(reason=f"{self.algorithm[:40]!r} does not decrypt; known: {', '.join(_KEMS)}")
        _checked(self.algorithm, self.private, _PRIVATE_BYTES)

    @classmethod
    def generate(cls, algorithm: str | None = None) -> "RecipientKey":
        """A new key, hybrid where the library can."""
        classic = x25519.X25519PrivateKey.generate().private_bytes_raw()
        if algorithm == PLAIN:
            return cls(PLAIN, classic)
        try:
            return cls(HYBRID, mlkem.MLKEM768PrivateKey.generate().private_bytes_raw() + classic)
        except UnsupportedAlgorithm:
            if algorithm == HYBRID:
                raise BadKey(reason=f"{HYBRID} is not available in this installation") from None
            return cls(PLAIN, classic)

    @property
    def public(self) -> RecipientPublic:
        """The half that may be shown."""
        classic = x25519.X25519PrivateKey.from_private_bytes(self.private[-_X25519:])
        raw = classic.public_key().public_bytes_raw()
        if self.algorithm == HYBRID:
            raw = self._lattice().public_key().public_bytes_raw() + raw
        return RecipientPublic(self.algorithm, raw)

    @property
    def key_id(self) -> str:
        """The id of the public half."""
        return self.public.key_id

    def decrypt(self, box: bytes, *, info: bytes) -> bytes:
        """Open what ``RecipientPublic.encrypt`` made; raises ``cryptography.exceptions.InvalidTag`` otherwise."""
        classic = x25519.X25519PrivateKey.from_private_bytes(self.private[-_X25519:])
        key = hpke.MLKEM768X25519PrivateKey(self._lattice(), classic) if self.algorithm == HYBRID else classic
        return _suite(self.algorithm).decrypt(box, key, info)

    def _lattice(self) -> mlkem.MLKEM768PrivateKey:
        try:
            return mlkem.MLKEM768PrivateKey.from_seed_bytes(self.private[:_MLKEM_SEED])
        except UnsupportedAlgorithm:
            raise BadKey(reason=f"{HYBRID} is not available in this installation") from None


def _suite(algorithm: str) -> hpke.Suite:
    return hpke.Suite(_KEMS[algorithm], hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class Signer:
    """An Ed25519 key that signs: the edge's, the log's, the grant office's."""

    private: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what is no such key."""
        _checked(ED25519, self.private, _PRIVATE_BYTES)

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


def verify(public: bytes, message: bytes, signature: bytes, *, what: str) -> None:
    """Check an Ed25519 signature; ``what`` names the thing in the refusal."""
    try:
        key = ed25519.Ed25519PublicKey.from_public_bytes(_checked(ED25519, public, _PUBLIC_BYTES))
        key.verify(signature, message)
    except (InvalidSignature, ValueError):
        raise BadSignature(what=what) from None


def same(left: bytes, right: bytes) -> bool:
    """Whether two secrets or commitments are equal, in constant time."""
    return hmac.compare_digest(left, right)
