"""Cipher suites as data, and the sizes a transfer is cut into.

A suite is one row: which hash, which AEAD, which key encapsulations in order of preference. ``intl`` is the one of
this release; ``kms`` and ``gm`` will be further rows, and the manifest names the row, so old transfers stay readable.

Rules this module keeps:
 * an unknown suite is refused by name, with the list of the known ones;
 * chunks are a power of two of blocks and segments a power of two of chunks, so that every chunk and every segment of
   the ciphertext is a subtree of the content tree.
"""

from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from feiyu.base.content import BLOCK_BYTES
from feiyu.seal.errors import BadManifest, UnknownSuite

TAG_BYTES = 16
NONCE_BYTES = 12
KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """One row: names are those written into manifests and wraps."""

    id: str
    hash: str
    aead: str
    kems: tuple[str, ...]

    def cipher(self, key: bytes) -> AESGCM:
        """The AEAD under a key."""
        return AESGCM(key)


INTL = Suite(id="intl", hash="SHA-256", aead="AES-256-GCM", kems=("MLKEM768-X25519", "X25519"))
SUITES = {suite.id: suite for suite in (INTL,)}


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
                field="chunk_size", reason="a power of two of blocks, at most 64 MiB, is wanted"
            )
        if not (chunks.is_integer() and _is_power_of_two(int(chunks)) and self.segment_bytes <= 1 << 32):
            raise BadManifest(
                field="segment_size", reason="a power of two of chunks, at most 4 GiB, is wanted"
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
