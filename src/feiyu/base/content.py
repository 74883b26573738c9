"""The content tree: one root over bytes, whatever the sizes in which they were sent, sealed or stored.

It is shared by ``seal`` (the two roots of a transfer) and ``wire`` (the root of a segment, computed while it arrives).

Rules this module keeps:
 * leaves are blocks of 64 KiB, hashed ``H(0x00 || salt || block)``; interior nodes are those of RFC 6962;
 * ``H`` is SHA-256, or SM3 where a suite says so; one tree has one hash;
 * the root does not depend on how the bytes were handed in;
 * a part whose length is a power of two of blocks is a subtree: roots of such parts combine into the root of the whole;
 * no bytes at all have the root of the empty tree, ``H("")``.

Source: RFC 6962 section 2.1; GB/T 32905-2016.
"""

from collections.abc import Iterable

from feiyu._native.leaves import BLOCK_BYTES, SHA256, SM3, Bytes, begin, leaf_hashes, subtree_root
from feiyu.base import merkle
from feiyu.base.merkle import HASH_BYTES

HASHES = (SHA256, SM3)

__all__ = [
    "BLOCK_BYTES",
    "HASHES",
    "HASH_BYTES",
    "SHA256",
    "SM3",
    "Bytes",
    "ContentTree",
    "hasher",
    "part_root",
]


def _sm3(data: bytes) -> bytes:
    return begin(SM3, data).digest()


def hasher(name: str) -> merkle.Hasher:
    """The hash of interior nodes in a tree of that hash."""
    return _sm3 if name == SM3 else merkle.sha256


def _leaf_prefix(salt: bytes) -> bytes:
    return b"\x00" + salt


def _cut(hashes: bytes) -> Iterable[bytes]:
    return (hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES))


def part_root(data: Bytes, *, salt: bytes = b"", name: str = SHA256) -> bytes:
    """The root over ``data`` alone: the whole tree, or the subtree of an aligned part of it."""
    prefix = _leaf_prefix(salt)
    return subtree_root(data, prefix, name=name) or merkle.root(
        _cut(leaf_hashes(data, prefix, name=name)), hasher=hasher(name)
    )


class ContentTree:
    """The root of bytes that arrive in order, in pieces of any size. Memory: one block and at most 64 hashes."""

    __slots__ = ("_fill", "_frontier", "_prefix", "_tail", "name", "size_bytes")

    def __init__(self, *, salt: bytes = b"", name: str = SHA256) -> None:
        self.name = name
        self._prefix = _leaf_prefix(salt)
        self._frontier = merkle.Frontier(hasher=hasher(name))
        self._tail = bytearray(BLOCK_BYTES)
        self._fill = 0
        self.size_bytes = 0

    def update(self, data: Bytes) -> None:
        """Append bytes."""
        view = memoryview(data)
        self.size_bytes += len(view)
        if self._fill:
            view = self._fill_tail(view)
        whole = len(view) - len(view) % BLOCK_BYTES
        if whole:
            self._frontier.extend(self._leaves(view[:whole]))
        if whole < len(view):
            self._tail[: len(view) - whole] = view[whole:]
            self._fill = len(view) - whole

    def _fill_tail(self, view: memoryview) -> memoryview:
        take = min(BLOCK_BYTES - self._fill, len(view))
        self._tail[self._fill : self._fill + take] = view[:take]
        self._fill += take
        if self._fill == BLOCK_BYTES:
            self._frontier.extend(self._leaves(self._tail))
            self._fill = 0
        return view[take:]

    def _leaves(self, data: Bytes) -> Iterable[bytes]:
        return _cut(leaf_hashes(data, self._prefix, name=self.name))

    def root(self) -> bytes:
        """The root of everything appended so far; more may follow."""
        tree = merkle.Frontier(hasher=hasher(self.name))
        tree.stack, tree.size = list(self._frontier.stack), self._frontier.size
        if self._fill:
            tree.extend(self._leaves(memoryview(self._tail)[: self._fill]))
        return tree.root()

    @property
    def tail_bytes(self) -> int:
        """How many of the last bytes are not yet in a whole block; who restores the tree hands these in again."""
        return self._fill

    def state(self) -> tuple[bytes, ...]:
        """What to keep for resuming: the hashes of the whole blocks' subtrees, largest first."""
        return tuple(self._frontier.stack)

    @classmethod
    def restore(
        cls, size_bytes: int, stack: Iterable[bytes], tail: Bytes, *, salt: bytes = b"", name: str = SHA256
    ) -> "ContentTree":
        """The tree as it was at ``size_bytes``, from ``state()`` and the ``tail_bytes`` last bytes."""
        tree = cls(salt=salt, name=name)
        blocks = size_bytes // BLOCK_BYTES
        tree._frontier.stack, tree._frontier.size = list(stack), blocks
        if len(tree._frontier.stack) != blocks.bit_count() or len(tail) != size_bytes % BLOCK_BYTES:
            message = f"the kept state is not that of {size_bytes} bytes"
            raise ValueError(message)
        tree._tail[: len(tail)] = tail
        tree._fill = len(tail)
        tree.size_bytes = size_bytes
        return tree
