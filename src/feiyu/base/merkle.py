"""Merkle hashing of RFC 6962, shared by the evidence log and by the content tree of a transfer.

Rules this module keeps:
 * leaf ``H(0x00 || data)``, interior ``H(0x01 || left || right)``, a lonely node is never doubled;
 * a tree of n leaves splits at the largest power of two smaller than n;
 * nothing is proven about size 0: the caller handles it (a consistency proof from 0 must be empty);
 * a hash has 32 bytes: where hashes stand one behind the other, nothing else says where one ends.

Source: RFC 6962 section 2.1; RFC 9162 sections 2.1.3.2 and 2.1.4.2.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

HASH_BYTES = 32
_sha256 = hashlib.sha256
Hasher = Callable[[bytes], bytes]


def sha256(data: bytes) -> bytes:
    """SHA-256, the hash of the default suite."""
    return _sha256(data).digest()


def leaf_hash(data: bytes, *, hasher: Hasher = sha256) -> bytes:
    """The hash of one leaf."""
    return hasher(b"\x00" + data)


def node_hash(left: bytes, right: bytes, *, hasher: Hasher = sha256) -> bytes:
    """The hash of an interior node."""
    return hasher(b"\x01" + left + right)


class Frontier:
    """The right edge of a growing tree: at most 64 hashes, from which the root of any size follows.

    ``stack`` holds the roots of the full subtrees from the largest (leftmost) to the smallest.
    """

    __slots__ = ("hasher", "size", "stack")

    def __init__(self, *, hasher: Hasher = sha256) -> None:
        self.size = 0
        self.stack: list[bytes] = []
        self.hasher = hasher

    def add(self, leaf: bytes) -> None:
        """Append one leaf hash."""
        size, stack = self.size, self.stack
        while size & 1:
            leaf = self.hasher(b"\x01" + stack.pop() + leaf)
            size >>= 1
        stack.append(leaf)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Append leaf hashes in order."""
        for leaf in leaves:
            self.add(leaf)

    def root(self) -> bytes:
        """The root of everything added so far."""
        if not self.stack:
            return self.hasher(b"")
        node = self.stack[-1]
        for left in reversed(self.stack[:-1]):
            node = self.hasher(b"\x01" + left + node)
        return node


def root(leaves: Iterable[bytes], *, hasher: Hasher = sha256) -> bytes:
    """The root over leaf hashes."""
    tree = Frontier(hasher=hasher)
    tree.extend(leaves)
    return tree.root()


def _split(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_path(leaves: Sequence[bytes], index: int, *, hasher: Hasher = sha256) -> list[bytes]:
    """The audit path of one leaf, leaf's sibling first. For trees in memory; the log reads its tiles instead."""
    size = len(leaves)
    if not 0 <= index < size:
        raise IndexError(index)
    if size == 1:
        return []
    middle = _split(size)
    if index < middle:
        return [*inclusion_path(leaves[:middle], index, hasher=hasher), root(leaves[middle:], hasher=hasher)]
    path = inclusion_path(leaves[middle:], index - middle, hasher=hasher)
    return [*path, root(leaves[:middle], hasher=hasher)]


def consistency_path(leaves: Sequence[bytes], first: int, *, hasher: Hasher = sha256) -> list[bytes]:
    """The proof that the tree over all leaves begins with the one over ``first`` of them; for trees in memory."""
    if not 0 < first <= len(leaves):
        raise IndexError(first)
    return _consistency(leaves, first, whole=True, hasher=hasher)


def _consistency(leaves: Sequence[bytes], first: int, *, whole: bool, hasher: Hasher) -> list[bytes]:
    """SUB of RFC 9162 section 2.1.4.1; ``whole`` while the beginning is a subtree that the verifier knows."""
    if first == len(leaves):
        return [] if whole else [root(leaves, hasher=hasher)]
    middle = _split(len(leaves))
    if first <= middle:
        path = _consistency(leaves[:middle], first, whole=whole, hasher=hasher)
        return [*path, root(leaves[middle:], hasher=hasher)]
    path = _consistency(leaves[middle:], first - middle, whole=False, hasher=hasher)
    return [*path, root(leaves[:middle], hasher=hasher)]


def root_from_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], *, hasher: Hasher = sha256
) -> bytes | None:
    """The root that an inclusion proof leads to, or None when the proof has the wrong shape."""
    if len(leaf) != HASH_BYTES or not 0 <= index < size:
        return None
    # Up to where the ways of this leaf and the last one part, each step is a sibling; from there on only what lies left of us.
    inner = (index ^ (size - 1)).bit_length()
    if len(path) != inner + (index >> inner).bit_count():
        return None
    node, left = leaf, index
    for step in path[:inner]:
        node = hasher(b"\x01" + step + node if left & 1 else b"\x01" + node + step)
        left >>= 1
    for step in path[inner:]:
        node = hasher(b"\x01" + step + node)
    return node


def verify_consistency(
    first: int,
    second: int,
    first_root: bytes,
    second_root: bytes,
    path: Sequence[bytes],
    *,
    hasher: Hasher = sha256,
) -> bool:
    """Whether the tree of ``second`` leaves extends the tree of ``first`` leaves (0 < first <= second)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    # Hashes of other lengths, one behind the other, could be the bytes of two true ones cut elsewhere.
    if any(len(each) != HASH_BYTES for each in (first_root, *path)):
        return False
    steps = list(path)
    if first & (first - 1) == 0:
        steps.insert(0, first_root)
    if not steps:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    left = right = steps[0]
    for step in steps[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            left = hasher(b"\x01" + step + left)
            right = hasher(b"\x01" + step + right)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            right = hasher(b"\x01" + right + step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and left == first_root and right == second_root
