"""Cipher suites as data, and the sizes a transfer is cut into.

A suite is one row: which hash, which AEAD, which ways to wrap a key, in order of preference. The manifest names the row,
so old transfers stay readable. Which suite a transfer has follows from the recipient's pinned key (``suite_for``).

``intl``  for everybody: SHA-256, AES-256-GCM, a hybrid with ML-KEM.
``kms``   the recipient's key stays in a cloud's key service or an HSM: the same bulk, P-256 or RSA-OAEP.
``gm``    where commercial cryptography is obliged: SM3, SM4-GCM, SM2.
``age``   for people who have nothing but ``age``: the ciphertext is an age payload, the wrap its header (``seal.age``).

Rules this module keeps:
 * an unknown suite is refused by name, with the list of the known ones;
 * chunks are a power of two of blocks and segments a power of two of chunks, so that every chunk and every segment of
   the ciphertext is a subtree of the content tree.

Sources: GB/T 32905-2016 (SM3), GB/T 32907-2016 (SM4), GB/T 32918-2016 (SM2), RFC 8998 (SM4-GCM).
"""

from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

from feiyu._native.sm4 import sm4_gcm
from feiyu.base import merkle
from feiyu.base.content import BLOCK_BYTES, SHA256, SM3, Bytes, hasher
from feiyu.base.text import Text
from feiyu.seal import age, kems
from feiyu.seal.errors import BadManifest, UnknownSuite
from feiyu.seal.kems import HYBRID, P256, PLAIN, RSA, SM2

TAG_BYTES = 16
NONCE_BYTES = 12
AES_GCM, SM4_GCM, STREAM = "AES-256-GCM", "SM4-GCM", "ChaCha20-Poly1305"


class Aead(Protocol):
    """What seals a chunk, as ``cryptography`` has it."""

    def encrypt_into(self, nonce: bytes, data: Bytes, associated_data: bytes | None, buf: Bytes, /) -> int:
        """Encrypt, and put the tag behind."""
        ...

    def decrypt_into(self, nonce: bytes, data: Bytes, associated_data: bytes | None, buf: Bytes, /) -> int:
        """Decrypt when the tag is right."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """One row: names are those written into manifests and wraps."""

    id: str
    hash: str
    aead: str
    key_bytes: int
    kems: tuple[str, ...]

    def cipher(self, key: bytes) -> Aead:
        """The AEAD under a key."""
        if self.aead == STREAM:
            return ChaCha20Poly1305(key)
        return sm4_gcm(key) if self.aead == SM4_GCM else AESGCM(key)

    def geometry(self, *, chunk_bytes: int | None = None, segment_bytes: int | None = None) -> "Geometry":
        """How its transfers are cut; what is not given is as usual."""
        kind = StreamGeometry if self.aead == STREAM else Geometry
        usual = kind()
        return kind(
            chunk_bytes=usual.chunk_bytes if chunk_bytes is None else chunk_bytes,
            segment_bytes=usual.segment_bytes if segment_bytes is None else segment_bytes,
        )

    @property
    def hasher(self) -> merkle.Hasher:
        """The hash of the trees' interior nodes."""
        return hasher(self.hash)

    def kdf_hash(self) -> hashes.HashAlgorithm:
        """The hash under HKDF."""
        return hashes.SM3() if self.hash == SM3 else hashes.SHA256()


INTL = Suite(id="intl", hash=SHA256, aead=AES_GCM, key_bytes=32, kems=(HYBRID, PLAIN))
KMS = Suite(id="kms", hash=SHA256, aead=AES_GCM, key_bytes=32, kems=(P256, RSA))
GM = Suite(id="gm", hash=SM3, aead=SM4_GCM, key_bytes=16, kems=(SM2,))
AGE = Suite(id="age", hash=SHA256, aead=STREAM, key_bytes=32, kems=(kems.AGE, HYBRID, PLAIN))
"""The exporter's own copy is wrapped by HPKE here too: an age header cannot carry the plaintext's root."""

SUITES = {suite.id: suite for suite in (INTL, KMS, GM, AGE)}


def suite_for(algorithm: str) -> Suite:
    """The suite of transfers to a recipient with such a key."""
    for suite in SUITES.values():
        if algorithm in suite.kems:
            return suite
    raise UnknownSuite(suite=algorithm[:40], known=", ".join(kem for s in SUITES.values() for kem in s.kems))


def suite_of(name: str) -> Suite:
    """The row of that name."""
    try:
        return SUITES[name]
    except KeyError:
        raise UnknownSuite(suite=name[:40], known=", ".join(SUITES)) from None


def _is_power_of_two(number: int) -> bool:
    return number > 0 and number & (number - 1) == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """How a transfer is cut.

    The ciphertext is the chunks' bodies one after the other, each as long as its plaintext, and then the chunks' tags,
    16 bytes each. So block n of the plaintext and of the ciphertext stand at the same place, a chunk never straddles
    two segments, and chunk n is found without an index.
    """

    chunk_bytes: int = 16 * BLOCK_BYTES
    segment_bytes: int = 1024 * BLOCK_BYTES

    def __post_init__(self) -> None:
        """Refuse sizes that are no subtrees, or absurd."""
        blocks, chunks = self.chunk_bytes / BLOCK_BYTES, self.segment_bytes / max(1, self.chunk_bytes)
        if not (blocks.is_integer() and _is_power_of_two(int(blocks)) and self.chunk_bytes <= 64 << 20):
            raise BadManifest(
                field="chunk_size",
                reason=Text(
                    "块数须为 2 的幂，且至多 64 MiB", "a power of two of blocks, at most 64 MiB, is wanted"
                ),
            )
        if not (chunks.is_integer() and _is_power_of_two(int(chunks)) and self.segment_bytes <= 1 << 32):
            raise BadManifest(
                field="segment_size",
                reason=Text(
                    "分片数须为 2 的幂，且至多 4 GiB", "a power of two of chunks, at most 4 GiB, is wanted"
                ),
            )

    def chunks(self, plain_bytes: int) -> int:
        """How many chunks hold so many bytes; an empty content still has one (empty, sealed) chunk."""
        return max(1, -(-plain_bytes // self.chunk_bytes))

    def cipher_bytes(self, plain_bytes: int) -> int:
        """The size of the ciphertext: bodies and tags."""
        return plain_bytes + TAG_BYTES * self.chunks(plain_bytes)

    def segment_sizes(self, plain_bytes: int) -> tuple[int, ...]:
        """The sizes of the segments that carry the ciphertext of so many bytes."""
        whole, rest = divmod(self.cipher_bytes(plain_bytes), self.segment_bytes)
        return (self.segment_bytes,) * whole + ((rest,) if rest else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamGeometry(Geometry):
    """How an age payload is cut: 16 bytes of nonce, then chunks of 64 KiB, each with its tag behind it.

    The trees are over the bytes as they lie, so a segment is still a subtree; a chunk is none.
    """

    chunk_bytes: int = age.CHUNK_BYTES

    def __post_init__(self) -> None:
        """The format allows one size of chunks."""
        if self.chunk_bytes != age.CHUNK_BYTES:
            raise BadManifest(
                field="chunk_size",
                reason=Text(
                    f"age 内容的分片须为 {age.CHUNK_BYTES} 字节",
                    f"an age payload has chunks of {age.CHUNK_BYTES}",
                ),
            )
        Geometry.__post_init__(self)

    def cipher_bytes(self, plain_bytes: int) -> int:
        """The size of the ciphertext: nonce, bodies and tags."""
        return age.NONCE_BYTES + Geometry.cipher_bytes(self, plain_bytes)
