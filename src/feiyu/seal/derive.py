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
from feiyu.seal.errors import WrongKey
from feiyu.seal.keys import same
from feiyu.seal.suites import INTL, NONCE_BYTES, Aead, Suite

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
            raise WrongKey(reason="a secret and a salt of 32 bytes each are wanted")

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

    def nonce(self, chunk: int) -> bytes:
        """The nonce of a chunk."""
        return (self._base ^ chunk).to_bytes(NONCE_BYTES)

    def aad(self, chunk: int, *, last: bool) -> bytes:
        """What the tag of a chunk vouches for besides its bytes."""
        return self._aad + chunk.to_bytes(8) + (b"\x01" if last else b"\x00")

    def check(self, commitment: bytes) -> None:
        """Refuse to go on when the manifest commits to another key."""
        if not same(self.commitment, commitment):
            raise WrongKey(reason="the manifest commits to another key")
