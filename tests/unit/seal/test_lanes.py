"""The native lanes give the bytes of hashlib, for every length, prefix, number of blocks and place in memory."""

import hashlib
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feiyu._native import build, leaves

WIDTHS = [width for width in (8, 16) if leaves.can(width)] or [0]
SEED = hashlib.shake_128(b"lanes").digest(1 << 20)


def by_hand(data: bytes, prefix: bytes, block: int) -> bytes:
    return b"".join(
        hashlib.sha256(prefix + data[at : at + block]).digest() for at in range(0, len(data), block)
    )


@pytest.mark.parametrize("width", WIDTHS)
@given(
    block=st.integers(1, 700),
    blocks=st.integers(0, 40),
    rest=st.integers(0, 699),
    prefixed=st.integers(0, 70),
    start=st.integers(0, 130),
)
@settings(max_examples=300)
def test_lanes_equal_hashlib(
    width: int, block: int, blocks: int, rest: int, prefixed: int, start: int
) -> None:
    size = blocks * block + rest % block
    data, prefix = bytearray(SEED[start : start + size]), SEED[:prefixed]
    given_view = memoryview(bytearray(7) + data)[7:]  # at an odd place
    found = leaves.leaf_hashes(given_view, prefix, block_bytes=block, width=width)
    assert found == by_hand(bytes(data), prefix, block)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("prefix", [b"\x00", b"\x00" + bytes(range(32)), b""], ids=["leaf", "salted", "bare"])
@pytest.mark.parametrize("size", [1 << 20, (1 << 20) - 1, 9 * 65536, 65536 + 1, 5 * 65536, 65536, 1, 0])
def test_real_blocks(width: int, prefix: bytes, size: int) -> None:
    data = SEED[:size]
    expected = by_hand(data, prefix, leaves.BLOCK_BYTES)
    assert leaves.leaf_hashes(data, prefix, width=width) == expected
    assert leaves.leaf_hashes(bytearray(data), prefix, width=width) == expected
    assert leaves.leaf_hashes(memoryview(data), prefix, width=width) == expected
    assert leaves.leaf_hashes(data, prefix) == expected


def test_the_padding_boundaries_are_all_met() -> None:
    """Every length modulo 64 with every prefix that a leaf has."""
    for length in range(128, 128 + 65):
        for prefix in (b"", b"\x00", b"\x00" * 33):
            data = SEED[: 16 * length]
            for width in WIDTHS:
                found = leaves.leaf_hashes(data, prefix, block_bytes=length, width=width)
                assert found == by_hand(data, prefix, length), (length, len(prefix), width)


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
def test_compiles_for_every_machine_of_the_wheels(target: str, tmp_path: object) -> None:
    source = build.HERE / "hash_lanes.c"
    to = ["-target", target, *build.FLAGS, "-Werror", str(source), "-o", f"{tmp_path}/out.so"]
    subprocess.run([sys.executable, "-m", "ziglang", "cc", *to], check=True)
