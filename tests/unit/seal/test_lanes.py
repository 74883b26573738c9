"""The hash lanes give the bytes of the library, for every length, prefix, number of blocks and place in memory."""

import hashlib
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feiyu._native import build, leaves
from feiyu.base import merkle
from feiyu.base.content import hasher, part_root

LANES = [
    (name, width) for name in (leaves.SHA256, leaves.SM3) for width in (4, 8, 16) if leaves.can(width, name)
] or [(leaves.SHA256, 0), (leaves.SM3, 0)]
SEED = hashlib.shake_128(b"lanes").digest(1 << 20)


def by_hand(data: bytes, prefix: bytes, block: int, name: str = leaves.SHA256) -> bytes:
    return b"".join(
        leaves.begin(name, prefix + data[at : at + block]).digest() for at in range(0, len(data), block)
    )


def test_sm3_is_that_of_the_standard() -> None:
    """GB/T 32905-2016, appendix A."""
    assert leaves.Sm3(b"abc").digest().hex() == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )
    assert leaves.Sm3(b"abcd" * 16).digest().hex() == (
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    )
    started = leaves.Sm3(b"a")
    other = started.copy()
    started.update(b"bc")
    assert started.digest() == leaves.Sm3(b"abc").digest()
    assert other.digest() == leaves.Sm3(b"a").digest()


@pytest.mark.parametrize(("name", "width"), LANES)
@given(
    block=st.integers(1, 700),
    blocks=st.integers(0, 40),
    rest=st.integers(0, 699),
    prefixed=st.integers(0, 70),
    start=st.integers(0, 130),
)
@settings(max_examples=100, deadline=None)
def test_lanes_equal_the_library(
    name: str, width: int, block: int, blocks: int, rest: int, prefixed: int, start: int
) -> None:
    size = blocks * block + rest % block
    data, prefix = bytearray(SEED[start : start + size]), SEED[:prefixed]
    given_view = memoryview(bytearray(7) + data)[7:]  # at an odd place
    found = leaves.leaf_hashes(given_view, prefix, block_bytes=block, width=width, name=name)
    assert found == by_hand(bytes(data), prefix, block, name)


@pytest.mark.parametrize(("name", "width"), LANES)
@pytest.mark.parametrize("prefix", [b"\x00", b"\x00" + bytes(range(32)), b""], ids=["leaf", "salted", "bare"])
@pytest.mark.parametrize("size", [1 << 20, (1 << 20) - 1, 9 * 65536, 65536 + 1, 5 * 65536, 65536, 1, 0])
def test_real_blocks(name: str, width: int, prefix: bytes, size: int) -> None:
    data = SEED[:size]
    expected = by_hand(data, prefix, leaves.BLOCK_BYTES, name)
    for kind in (bytes, bytearray, memoryview):
        assert leaves.leaf_hashes(kind(data), prefix, width=width, name=name) == expected
    assert leaves.leaf_hashes(data, prefix, name=name) == expected


@pytest.mark.parametrize(("name", "width"), LANES)
@pytest.mark.parametrize("blocks", [0, 1, 2, 3, 4, 8, 15, 16, 32, 64])
def test_a_subtrees_root_is_that_of_its_leaves(name: str, width: int, blocks: int) -> None:
    data, prefix = SEED * -(-blocks // 16), b"\x00" + bytes(range(32))
    data = data[: blocks * leaves.BLOCK_BYTES]
    found = leaves.subtree_root(bytearray(data), prefix, width=width, name=name)
    hashed = by_hand(data, prefix, leaves.BLOCK_BYTES, name)
    cut = [hashed[at : at + 32] for at in range(0, len(hashed), 32)]
    assert found in {None, merkle.root(cut, hasher=hasher(name))}
    pays = width // 5 if name == leaves.SM3 else width // 2
    assert (found is not None) == (width > 0 and blocks > max(1, pays) and blocks.bit_count() == 1)
    assert leaves.subtree_root(data[:-1], prefix, width=width, name=name) is None
    assert part_root(data, salt=prefix[1:], name=name) == merkle.root(cut, hasher=hasher(name))


def test_the_padding_boundaries_are_all_met() -> None:
    """Every length modulo 64 with every prefix that a leaf has."""
    for length in range(64, 64 + 129):
        for prefix in (b"", b"\x00", b"\x00" * 33):
            data = SEED[: 9 * length]
            for name, width in LANES:
                found = leaves.leaf_hashes(data, prefix, block_bytes=length, width=width, name=name)
                assert found == by_hand(data, prefix, length, name), (length, len(prefix), name, width)


def test_blocks_of_many_lengths_are_hashed_each() -> None:
    blocks = [SEED[n : n + length] for n in range(40) for length in (0, 1, 63, 64, 65, 167 + n % 2, 300)]
    for prefix in (b"", b"\x00", b"feiyu/event/v1\n"):
        expected = [hashlib.sha256(prefix + each).digest() for each in blocks]
        assert leaves.hash_each(blocks, prefix) == b"".join(expected)
        for count in (1, 23, 24, 100):
            same = [each[:63] + bytes([n]) for n, each in enumerate(blocks[3::7] * 3)][:count]
            expected = [hashlib.sha256(prefix + each).digest() for each in same]
            assert leaves.hash_each(same, prefix) == b"".join(expected)
    assert leaves.hash_each([], b"") == b""
    expected = [leaves.Sm3(b"\x00" + each).digest() for each in blocks]
    assert leaves.hash_each(blocks, b"\x00", name=leaves.SM3) == b"".join(expected)


def test_lanes_may_be_turned_off() -> None:
    code = "from feiyu._native import leaves; print(leaves.lanes(), leaves.leaf_hashes(bytes(1 << 20), bytes(1)).hex())"
    ran = subprocess.run(
        [sys.executable, "-c", code], env={"FEIYU_NATIVE": "0"}, capture_output=True, check=True
    )
    count, hashes = ran.stdout.decode().split()
    assert (count, hashes) == ("0", by_hand(bytes(1 << 20), b"\x00", 65536).hex())


def test_a_width_this_machine_lacks_falls_back() -> None:
    assert leaves.leaf_hashes(SEED, b"", width=3) == by_hand(SEED, b"", 65536)


@pytest.mark.slow
@pytest.mark.parametrize("target", ["x86_64-linux-gnu.2.28", "aarch64-linux-gnu.2.28"])
@pytest.mark.parametrize("name", ["hash_lanes", "sm4_gcm"])
def test_compiles_for_every_machine_of_the_wheels(name: str, target: str, tmp_path: object) -> None:
    source = build.HERE / f"{name}.c"
    to = ["-target", target, *build.FLAGS, "-Werror", str(source), "-o", f"{tmp_path}/out.so"]
    subprocess.run([sys.executable, "-m", "ziglang", "cc", *to], check=True)
