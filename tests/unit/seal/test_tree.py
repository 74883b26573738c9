"""The content tree: the same root however the bytes come, and whatever the machine computes it with."""

import hashlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feiyu.base import merkle
from feiyu.base.content import BLOCK_BYTES, ContentTree, part_root

BLOCK = BLOCK_BYTES


def plain_root(data: bytes, salt: bytes = b"") -> bytes:
    """The root in ten lines of hashlib, as anybody can write them."""
    blocks = [data[at : at + BLOCK] for at in range(0, len(data), BLOCK)]
    level = [hashlib.sha256(b"\x00" + salt + block).digest() for block in blocks]
    if not level:
        return hashlib.sha256(b"").digest()

    def tree(leaves: list[bytes]) -> bytes:
        if len(leaves) == 1:
            return leaves[0]
        middle = 1 << ((len(leaves) - 1).bit_length() - 1)
        return hashlib.sha256(b"\x01" + tree(leaves[:middle]) + tree(leaves[middle:])).digest()

    return tree(level)


def sample(size: int) -> bytes:
    return hashlib.shake_128(size.to_bytes(8)).digest(size)


SIZES = [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 5 * BLOCK + 17, 16 * BLOCK]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("salt", [b"", bytes(range(32))], ids=["public", "salted"])
def test_root_is_the_one_anybody_computes(size: int, salt: bytes) -> None:
    data = sample(size)
    tree = ContentTree(salt=salt)
    tree.update(data)
    assert tree.root() == part_root(data, salt=salt) == plain_root(data, salt)


@given(cuts=st.lists(st.integers(0, 4 * BLOCK + 99), max_size=6))
def test_root_does_not_depend_on_the_pieces(cuts: list[int]) -> None:
    data = sample(4 * BLOCK + 99)
    tree = ContentTree()
    edges = [0, *sorted(cuts), len(data)]
    for start, end in itertools.pairwise(edges):
        tree.update(data[start:end])
    assert tree.root() == plain_root(data)


@given(at=st.integers(0, 6 * BLOCK))
def test_a_kept_state_goes_on_to_the_same_root(at: int) -> None:
    data = sample(6 * BLOCK)
    first = ContentTree()
    first.update(data[:at])
    again = ContentTree.restore(at, first.state(), data[at - first.tail_bytes : at])
    again.update(data[at:])
    assert again.root() == plain_root(data)


@pytest.mark.parametrize(("size", "tail"), [(BLOCK, b"x"), (2 * BLOCK, b""), (BLOCK + 5, b"1234")])
def test_a_state_of_another_size_is_refused(size: int, tail: bytes) -> None:
    one = ContentTree()
    one.update(bytes(BLOCK))
    stack = one.state() if size != 2 * BLOCK else ()
    with pytest.raises(ValueError, match="kept state"):
        ContentTree.restore(size, stack, tail)


@given(blocks=st.integers(1, 40), width=st.sampled_from([1, 2, 4, 8, 16]))
def test_roots_of_aligned_parts_combine_to_the_root_of_the_whole(blocks: int, width: int) -> None:
    leaves = [hashlib.sha256(bytes([n])).digest() for n in range(blocks)]
    parts = [merkle.root(leaves[at : at + width]) for at in range(0, blocks, width)]
    assert merkle.root(parts) == merkle.root(leaves)
