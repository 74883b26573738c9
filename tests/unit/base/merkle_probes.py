"""The probes of transparency-dev/merkle, made by its rule: true proofs, and each of the ways in which it spoils them.

The nine proofs are of trees over the eight published leaves. ``tests/interop`` holds what is made here against the files
of that project, bit for bit.
"""

from collections.abc import Iterator
from typing import NamedTuple

from feiyu.base import merkle

INPUTS = [bytes.fromhex(h) for h in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
LEAVES = [merkle.leaf_hash(data) for data in INPUTS]
EMPTY = merkle.root([])
SOME = bytes.fromhex("abacaba000000000000000000000000000000000000000000060061e00123456")
ONE, TWO = b"don't care 1", b"don't care 2"
INCLUSIONS = ((0, 1), (0, 8), (5, 8), (2, 3), (1, 5))
CONSISTENCIES = ((1, 1), (1, 8), (6, 8), (2, 5), (6, 7))
WORD = (1 << 64) - 1
"""Numbers are of 64 bits there: one before the first place is the last."""


class Inclusion(NamedTuple):
    """Whether the leaf stands at the place."""

    index: int
    size: int
    root: bytes
    leaf: bytes
    path: tuple[bytes, ...]
    holds: bool = False


class Consistency(NamedTuple):
    """Whether the second tree begins with the first."""

    first: int
    second: int
    first_root: bytes
    second_root: bytes
    path: tuple[bytes, ...]
    holds: bool = False


def flipped(path: tuple[bytes, ...], bit: int) -> Iterator[tuple[bytes, ...]]:
    """The path with one bit of one hash changed, hash by hash."""
    for at, step in enumerate(path):
        yield (*path[:at], bytes([step[0] ^ bit]) + step[1:], *path[at + 1 :])


def inclusions() -> Iterator[Inclusion]:
    """All 98 inclusion probes."""
    for index, size in INCLUSIONS:
        root, path = merkle.root(LEAVES[:size]), tuple(merkle.inclusion_path(LEAVES[:size], index))
        true = Inclusion(index, size, root, LEAVES[index], path)
        yield true._replace(holds=True)
        for other in (index - 1 & WORD, index + 1, index ^ 2):
            yield true._replace(index=other)
        for other in (size * 2, size // 2):
            yield true._replace(size=other)
        yield true._replace(leaf=b"WrongLeaf")
        for no_root in (EMPTY, SOME):
            yield true._replace(root=no_root)
        for junk in (b"", root):
            yield true._replace(path=(*path, junk))
            yield true._replace(path=(junk, *path))
        for wrong in flipped(path, 8):
            yield true._replace(path=wrong)
        if path:
            yield true._replace(path=path[:-1])
        if len(path) > 1:
            yield true._replace(path=(path[0], SOME, *path[1:]))
    for index, size in ((0, 0), (0, 1), (1, 0), (2, 1)):
        for root, leaf in ((b"", SOME), (EMPTY, b""), (EMPTY, SOME)):
            yield Inclusion(index, size, root, leaf, ())
    data = merkle.leaf_hash(b"data")
    for root, leaf in ((data, data), (data, b""), (b"", data), (b"", b"")):
        yield Inclusion(0, 1, root, leaf, (), holds=bool(root and leaf))


def consistencies() -> Iterator[Consistency]:
    """All 98 consistency probes."""
    for first, second in CONSISTENCIES:
        old, new = merkle.root(LEAVES[:first]), merkle.root(LEAVES[:second])
        path = tuple(merkle.consistency_path(LEAVES[:second], first))
        true = Consistency(first, second, old, new, path)
        yield true._replace(holds=True)
        if not path:
            continue
        for other in (first - 1, first + 1, first ^ 2):
            yield true._replace(first=other)
        for other in (second * 2, second // 2):
            yield true._replace(second=other)
        yield true._replace(first_root=b"WrongRoot")
        yield true._replace(second_root=b"WrongRoot")
        yield true._replace(first_root=new, second_root=old)
        for wrong in ((), path[:-1], (path[0], *path)):
            yield true._replace(path=wrong)
        for junk in (b"", old, new):
            yield true._replace(path=(*path, junk))
            yield true._replace(path=(junk, *path))
        for wrong in flipped(path, 16):
            yield true._replace(path=wrong)
    for first, second in ((0, 0), (0, 1), (1, 1)):
        yield Consistency(first, second, EMPTY, EMPTY, (EMPTY,))
        yield Consistency(first, second, EMPTY, TWO, ())
    for first, second in ((0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 1)):
        yield Consistency(first, second, ONE, TWO, ())
    yield Consistency(0, 0, ONE, ONE, ())
    yield Consistency(1, 1, TWO, TWO, (), holds=True)
