"""Names, key ids and key texts of signed notes, and the signers behind them.

Rules this module keeps:
 * a key id is the first four bytes of ``SHA-256(name || LF || type byte || public key)``: a key moved to another name
   or read as another algorithm has another id;
 * a key text whose id does not fit its content is refused;
 * secrets stay behind ``Signer``: an HSM or a keystore can stand where the file key stands.

Sources: C2SP signed-note, tlog-cosignature; RFC 8032; FIPS 204.
"""

import base64
import binascii
import hashlib
import os
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from feiyu.base.errors import FeiyuError
from feiyu.base.text import Text
from feiyu.evidence import sm2
from feiyu.evidence.errors import BadKey

MAX_NAME_BYTES = 255
MAX_KEY_TEXT = 4096


class Algorithm(IntEnum):
    """Type byte of a key in a signed note."""

    ED25519 = 0x01
    COSIGNATURE_ED25519 = 0x04
    COSIGNATURE_MLDSA44 = 0x06
    SM2_SM3 = 0xFF


SM2_IDENTIFIER = b"feiyu/sm2-with-sm3-note-signature/v1\n"
"""0xff is C2SP's type byte for what has none of its own: a long unique identifier follows it. This one is ours."""


_PUBLIC_BYTES = {
    Algorithm.ED25519: 32,
    Algorithm.COSIGNATURE_ED25519: 32,
    Algorithm.COSIGNATURE_MLDSA44: 1312,
    Algorithm.SM2_SM3: sm2.PUBLIC_BYTES,
}


class Signer(Protocol):
    """Whatever holds a secret key: a seed in memory, the keystore, an HSM."""

    @property
    def public(self) -> bytes:
        """The raw public key."""
        ...

    def sign(self, data: bytes, /) -> bytes:
        """The raw signature over ``data``."""
        ...


class Ed25519Signer:
    """An Ed25519 seed in memory."""

    __slots__ = ("_key", "public")

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw()

    def sign(self, data: bytes, /) -> bytes:
        """Sign as RFC 8032 says: the same bytes each time."""
        return self._key.sign(data)


class MlDsa44Signer:
    """An ML-DSA-44 seed in memory."""

    __slots__ = ("_key", "public")

    def __init__(self, seed: bytes) -> None:
        self._key = MLDSA44PrivateKey.from_seed_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw()

    def sign(self, data: bytes, /) -> bytes:
        """Sign as FIPS 204 says, with an empty context; randomised."""
        return self._key.sign(data)


def verify_raw(algorithm: Algorithm, public: bytes, data: bytes, signature: bytes) -> bool:
    """Whether ``signature`` is one over ``data`` under the raw public key."""
    if algorithm is Algorithm.SM2_SM3:
        return sm2.verifies(public, data, signature)
    try:
        if algorithm is Algorithm.COSIGNATURE_MLDSA44:
            MLDSA44PublicKey.from_public_bytes(public).verify(signature, data)
        else:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


A_HASH = Text("哈希", "a hash")


def unbase64(text: str, error: type[FeiyuError], what: Text) -> bytes:
    """Decode base64 that is written in its one canonical way (RFC 4648 section 4); ``error`` names ``what`` else."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise error(reason=Text("{what}不是 base64", "{what} is not base64").format(what=what)) from None
    if base64.b64encode(data).decode() != text:
        raise error(
            reason=Text("{what}不是规范的 base64", "{what} is not in canonical base64").format(what=what)
        )
    return data


def to_base64(data: bytes) -> str:
    """Encode as RFC 4648 section 4."""
    return base64.b64encode(data).decode()


def check_name(name: str) -> str:
    """Refuse a key name that a signature line could not carry."""
    if not name or "+" in name or any(c.isspace() or ord(c) < 0x20 for c in name):
        raise BadKey(
            reason=Text(
                f"密钥名称 {name[:80]!r} 为空，或含有空格或加号",
                f"the key name {name[:80]!r} is empty or holds a space or a plus sign",
            )
        )
    if len(name.encode()) > MAX_NAME_BYTES:
        raise BadKey(
            reason=Text(
                f"密钥名称超过 {MAX_NAME_BYTES} 字节", f"the key name is longer than {MAX_NAME_BYTES} bytes"
            )
        )
    return name


def type_bytes(algorithm: Algorithm) -> bytes:
    """What stands before a public key in a vkey and in a key id."""
    return bytes([algorithm]) + (SM2_IDENTIFIER if algorithm is Algorithm.SM2_SM3 else b"")


def can_verify(algorithm: Algorithm) -> bool:
    """Whether signatures of this kind can be checked here."""
    return algorithm is not Algorithm.SM2_SM3 or sm2.available()


def key_id(name: str, algorithm: Algorithm, public: bytes) -> bytes:
    """The four bytes that tie a name, an algorithm and a public key together."""
    return hashlib.sha256(name.encode() + b"\n" + type_bytes(algorithm) + public).digest()[:4]


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key under its name, as policies and trust files hold it."""

    name: str
    algorithm: Algorithm
    public: bytes
    id: bytes = field(init=False)

    def __post_init__(self) -> None:
        """Check name and length, and derive the id."""
        check_name(self.name)
        if len(self.public) != _PUBLIC_BYTES[self.algorithm]:
            raise BadKey(
                reason=Text(
                    f"{len(self.public)} 字节的公钥与 {self.algorithm.name} 不符",
                    f"a public key of {len(self.public)} bytes does not fit {self.algorithm.name}",
                )
            )
        object.__setattr__(self, "id", key_id(self.name, self.algorithm, self.public))

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read ``name+id+base64`` (a *vkey*)."""
        name, shown, algorithm, public = _split(text, "")
        key = cls(name, algorithm, public)
        if key.id.hex() != shown:
            raise BadKey(
                reason=Text(
                    f"编号 {shown[:16]} 不属于 {name} 的这把密钥",
                    f"the id {shown[:16]} does not belong to this key of {name}",
                )
            )
        return key

    @property
    def text(self) -> str:
        """The vkey text."""
        return f"{self.name}+{self.id.hex()}+{to_base64(type_bytes(self.algorithm) + self.public)}"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A signer under its name."""

    name: str
    algorithm: Algorithm
    signer: Signer

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self.algorithm, self.signer.public)

    @classmethod
    def parse(cls, text: str) -> "SigningKey":
        """Read ``PRIVATE+KEY+name+id+base64`` (an *skey*: type byte and 32-byte seed)."""
        name, shown, algorithm, seed = _split(text, "PRIVATE+KEY+")
        if len(seed) != 32:
            raise BadKey(reason=Text("种子须为 32 字节", "a seed has 32 bytes"))
        key = cls(name, algorithm, _signer(algorithm, seed))
        if key.verifier.id.hex() != shown:
            raise BadKey(
                reason=Text(f"编号不属于 {name} 的这把密钥", f"the id does not belong to this key of {name}")
            )
        return key


def generate_skey(name: str, algorithm: Algorithm, *, seed: bytes | None = None) -> str:
    """Make a new private key text; ``seed`` is for tests and for keys derived elsewhere."""
    seed = os.urandom(32) if seed is None else seed
    shown = key_id(check_name(name), algorithm, _signer(algorithm, seed).public).hex()
    return f"PRIVATE+KEY+{name}+{shown}+{to_base64(type_bytes(algorithm) + seed)}"


def _signer(algorithm: Algorithm, seed: bytes) -> Signer:
    if algorithm is Algorithm.SM2_SM3:
        return sm2.Sm2Signer(seed)
    return MlDsa44Signer(seed) if algorithm is Algorithm.COSIGNATURE_MLDSA44 else Ed25519Signer(seed)


def _split(text: str, prefix: str) -> tuple[str, str, Algorithm, bytes]:
    if len(text) > MAX_KEY_TEXT:
        raise BadKey(reason=Text(f"超过 {MAX_KEY_TEXT} 个字符", f"longer than {MAX_KEY_TEXT} characters"))
    parts = text.removeprefix(prefix).split("+", 2)
    if not text.startswith(prefix) or len(parts) != 3:
        raise BadKey(reason=Text(f"应为 {prefix}name+id+base64", f"wanted {prefix}name+id+base64"))
    name, shown, encoded = parts
    data = unbase64(encoded, BadKey, Text(f"{name[:80]} 的密钥", f"the key of {name[:80]}"))
    try:
        algorithm = Algorithm(data[0])
    except (ValueError, IndexError):
        known = ", ".join(f"0x{a:02x}" for a in Algorithm)
        raise BadKey(
            reason=Text(
                f"{name[:80]} 的密钥算法不在 {known} 之列",
                f"the key of {name[:80]} has an algorithm other than {known}",
            )
        ) from None
    start = type_bytes(algorithm)
    if not data.startswith(start):
        raise BadKey(
            reason=Text(
                f"{name[:80]} 的密钥种类未知", f"the key of {name[:80]} is of a kind that is not known here"
            )
        )
    return name, shown, algorithm, data[len(start) :]
