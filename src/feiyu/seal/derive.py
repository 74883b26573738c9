"""From one random secret per transfer: the AEAD key, the base nonce and the commitment.

Rules this module keeps:
 * a secret serves one transfer; the transfer's id and the suite are part of the derivation;
 * the commitment is checked before the first chunk is opened, so that no file opens under two keys;
 * chunk n has the nonce ``base XOR n`` and the associated data ``transfer id || suite || n || last``.

Sources: RFC 5869; C2SP chunked-encryption.
"""

import os
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from feiyu.base.content import HASH_BYTES
from feiyu.base.text import Text
from feiyu.seal import age
from feiyu.seal.errors import WrongKey
from feiyu.seal.keys import same
from feiyu.seal.suites import AGE, INTL, NONCE_BYTES, Aead, Suite

SECRET_BYTES = 32
MAX_CHUNKS = 1 << 40


@dataclass(frozen=True, slots=True)
class TransferSecret:
    """What is wrapped: the secret all keys follow from, and the salt of the plaintext tree."""

    secret: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Both are 32 bytes."""
        if len(self.secret) != SECRET_BYTES or len(self.salt) != SECRET_BYTES:
            raise WrongKey(
                reason=Text("密钥与盐须各为 32 字节", "a secret and a salt of 32 bytes each are wanted")
            )

    @classmethod
    def generate(cls) -> "TransferSecret":
        """Fresh from the operating system."""
        return cls(os.urandom(SECRET_BYTES), os.urandom(SECRET_BYTES))


class TransferKeys:
    """What follows from the secret for one transfer under one suite."""

    __slots__ = ("_aad", "_base", "aead", "commitment")

    def __init__(self, secret: TransferSecret, *, transfer_id: str, suite: Suite = INTL) -> None:
        context = suite.id.encode() + b"\n" + transfer_id.encode()
        derive = HKDF(
            algorithm=suite.kdf_hash(),
            length=suite.key_bytes + NONCE_BYTES + HASH_BYTES,
            salt=b"feiyu/seal/v1",
            info=context,
        )
        stream = derive.derive(secret.secret)
        key, nonce = stream[: suite.key_bytes], stream[suite.key_bytes : suite.key_bytes + NONCE_BYTES]
        self.aead: Aead = suite.cipher(key)
        self._base = int.from_bytes(nonce)
        self.commitment = stream[suite.key_bytes + NONCE_BYTES :]
        self._aad = len(context).to_bytes(4) + context

    def nonce(self, chunk: int, *, last: bool = False) -> bytes:  # noqa: ARG002 (an age payload's says whether it is the last)
        """The nonce of a chunk."""
        return (self._base ^ chunk).to_bytes(NONCE_BYTES)

    def aad(self, chunk: int, *, last: bool) -> bytes | None:
        """What the tag of a chunk vouches for besides its bytes."""
        return self._aad + chunk.to_bytes(8) + (b"\x01" if last else b"\x00")

    def check(self, commitment: bytes) -> None:
        """Refuse to go on when the manifest commits to another key."""
        if not same(self.commitment, commitment):
            raise WrongKey(reason=Text("传输清单所承诺的是另一把密钥", "the manifest commits to another key"))


class AgeKeys:
    """What an age payload is sealed with. The file key follows from the secret, or is what a recipient finds in the header.

    The commitment follows from the file key, so that who has only that can check it too.
    """

    __slots__ = ("aead", "commitment", "file_key", "head")

    def __init__(self, file_key: bytes, head: bytes) -> None:
        self.file_key = file_key
        self.head = head
        """The payload's first bytes: its nonce."""
        self.aead: Aead = AGE.cipher(age.payload_key(file_key, head))
        derive = HKDF(algorithm=AGE.kdf_hash(), length=HASH_BYTES, salt=head, info=b"feiyu/age/commitment/v1")
        self.commitment = derive.derive(file_key)

    @classmethod
    def of(cls, secret: TransferSecret, *, transfer_id: str) -> "AgeKeys":
        """The keys of one transfer."""
        derive = HKDF(
            algorithm=AGE.kdf_hash(), length=age.FILE_KEY_BYTES + age.NONCE_BYTES, salt=b"feiyu/seal/v1",
            info=AGE.id.encode() + b"\n" + transfer_id.encode(),
        )  # fmt: skip
        stream = derive.derive(secret.secret)
        return cls(stream[: age.FILE_KEY_BYTES], stream[age.FILE_KEY_BYTES :])

    def nonce(self, chunk: int, *, last: bool = False) -> bytes:
        """The nonce of a chunk."""
        return age.chunk_nonce(chunk, last=last)

    def aad(self, chunk: int, *, last: bool) -> bytes | None:  # noqa: ARG002 (the format has none)
        """Nothing: number and end are in the nonce, the transfer in the file key."""
        return None

    def check(self, commitment: bytes) -> None:
        """Refuse to go on when the manifest commits to another key."""
        if not same(self.commitment, commitment):
            raise WrongKey(reason=Text("传输清单所承诺的是另一把密钥", "the manifest commits to another key"))
