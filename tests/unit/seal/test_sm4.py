"""SM4-GCM by native lanes gives the bytes of the library, and both those of the standard."""

import hashlib
import subprocess
import sys

import gmalg
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given, settings
from hypothesis import strategies as st

from feiyu._native import sm4

KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")
SEED = hashlib.shake_128(b"sm4").digest(1 << 20)
KINDS = [kind for kind in sm4.KINDS.values() if sm4.can(kind)]
WAYS = [sm4.Reference(KEY), *(sm4.Lanes(KEY, kind) for kind in KINDS)]


def named(way):
    return type(way).__name__ if isinstance(way, sm4.Reference) else f"lanes {way._kind}"


@pytest.fixture(params=WAYS, ids=named)
def way(request):
    return request.param


def sealed(way, nonce, data, aad):
    out = bytearray(len(data) + 16)
    assert way.encrypt_into(nonce, data, aad, out) == len(out)
    return out


def test_the_block_of_the_standard():
    """GB/T 32907-2016, appendix A: by the library behind ``Reference``, and by the program that checks its streams."""
    made = "681edf34d206965e86b3e94f536e4246"
    library = Cipher(algorithms.SM4(KEY), modes.ECB()).encryptor()
    assert library.update(KEY).hex() == made
    assert gmalg.SM4(KEY).encrypt(KEY).hex() == made


def test_the_vector_of_rfc_8998(way):
    plain = b"".join(bytes([byte]) * 8 for byte in bytes.fromhex("aabbccddeeffeeaa"))
    nonce, aad = bytes.fromhex("00001234567800000000abcd"), bytes.fromhex("feedfacedeadbeef" * 2 + "abaddad2")
    made = sealed(way, nonce, plain, aad)
    assert made[:64].hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
    )
    assert made[64:].hex() == "83de3541e4c2b58177e065a9bf7b62ec"
    back = bytearray(64)
    assert way.decrypt_into(nonce, made, aad, back) == 64
    assert back == plain


@given(
    size=st.integers(0, 20_000), aad=st.binary(max_size=300), nonce=st.binary(min_size=12, max_size=12),
    start=st.integers(0, 63), key=st.binary(min_size=16, max_size=16),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_lanes_equal_the_library(size, aad, nonce, start, key):
    data = SEED[start : start + size]
    expected = sealed(sm4.Reference(key), nonce, data, aad)
    for kind in KINDS:
        lanes = sm4.Lanes(key, kind)
        found = sealed(lanes, nonce, memoryview(bytearray(3) + data)[3:], aad)
        assert found == expected
        back = bytearray(size)
        lanes.decrypt_into(nonce, found, aad, back)
        assert back == data


def test_in_place(way):
    data = bytearray(SEED[:5000] + bytes(16))
    expected = sealed(way, bytes(12), SEED[:5000], b"")
    if isinstance(way, sm4.Lanes):
        way.encrypt_into(bytes(12), memoryview(data)[:5000], b"", data)
        assert data == expected


def test_the_counter_runs_over():
    """The 32-bit counter of GCM wraps within a batch of lanes as the library's does; here with 1 MiB of blocks."""
    for nonce in (b"\xff" * 12, bytes(12)):
        assert len({bytes(sealed(way, nonce, SEED, b"")) for way in WAYS}) == 1


@pytest.mark.parametrize("at", [0, 700, 1000, 1015, -1])
def test_a_flipped_bit_opens_nothing(way, at):
    made = sealed(way, bytes(12), SEED[:1000], b"x")
    made[at] ^= 1
    out = bytearray(1000)
    with pytest.raises(InvalidTag):
        way.decrypt_into(bytes(12), made, b"x", out)
    assert out == bytes(1000)


def test_other_circumstances_open_nothing(way):
    made, out = sealed(way, bytes(12), SEED[:100], b"x"), bytearray(100)
    for nonce, aad in ((b"\x01" + bytes(11), b"x"), (bytes(12), b"y"), (bytes(12), b"")):
        with pytest.raises(InvalidTag):
            way.decrypt_into(nonce, made, aad, out)
    with pytest.raises(InvalidTag):
        way.decrypt_into(bytes(12), bytes(15), b"x", bytearray())


def test_sizes_that_do_not_fit_are_refused(way):
    with pytest.raises(ValueError, match="12 bytes"):
        way.encrypt_into(bytes(11), b"abc", b"", bytearray(19))
    with pytest.raises(ValueError, match="writable"):
        way.encrypt_into(bytes(12), b"abc", b"", bytearray(18))
    with pytest.raises(ValueError, match="writable"):
        way.decrypt_into(bytes(12), bytes(19), b"", bytearray(4))
    with pytest.raises(ValueError, match="16 bytes"):
        sm4.sm4_gcm(bytes(32))


def test_a_machine_without_such_lanes_says_so():
    with pytest.raises(ValueError, match="no lanes of kind 9"):
        sm4.Lanes(KEY, 9)
    assert not sm4.can(9)


@pytest.mark.slow
def test_lanes_may_be_turned_off():
    code = "from feiyu._native import sm4; print(sm4.best(), type(sm4.sm4_gcm(bytes(16))).__name__)"
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, env={"FEIYU_NATIVE": "0"}, capture_output=True, check=True)
    assert ran.stdout.decode().split() == ["0", "Reference"]


def test_the_s_box_of_both_ways_is_that_of_the_standard():
    """The constants in the source, applied to all 256 bytes by slow arithmetic; the first row is the standard's."""
    from feiyu._native import HERE

    text = (HERE / "sm4_lanes.h").read_text()
    before, after = (
        int(text.split(f"#define {name} ")[1].split("0x")[1][:16], 16)
        for name in ("GFNI_BEFORE", "GFNI_AFTER")
    )
    box = [_affine(after, _inverse(_affine(before, x, 0x65)), 0xD3) for x in range(256)]
    assert sorted(box) == list(range(256))
    assert bytes(box[:16]).hex() == "d690e9fecce13db716b614c228fb2c05"


def _affine(matrix, x, plus):
    rows = [matrix >> 8 * (7 - bit) & 255 for bit in range(8)]
    return sum(((row & x).bit_count() & 1) << bit for bit, row in enumerate(rows)) ^ plus


def _inverse(x):
    result = 1
    for _ in range(254):
        result = _times(result, x)
    return result if x else 0


def _times(a, b):
    product = 0
    while b:
        product ^= a * (b & 1)
        a = a << 1 ^ 0x11B * (a >> 7)
        b >>= 1
    return product
