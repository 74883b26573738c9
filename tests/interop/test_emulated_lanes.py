"""The lanes for AVX-512 and GFNI, run on machines without them: SIMDe plays the instructions in software.

Needs SIMDe's headers (Debian: libsimde-dev), or their folder in ``FEIYU_SIMDE``; run with ``-m campaign``.
"""

import ctypes
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from feiyu import _native
from feiyu._native import build, leaves, sm4

pytestmark = [pytest.mark.campaign, pytest.mark.timeout(600)]
SEED = hashlib.shake_128(b"emulated").digest(40_000)
FLAGS = ["-O2", "-shared", "-fPIC", "-std=gnu11", "-w", "-fno-sanitize=all"]
MACHINE = ["-mavx2", "-maes", "-mpclmul", "-mvaes", "-mvpclmulqdq"]


@pytest.fixture(scope="module", autouse=True)
def emulated(tmp_path_factory):
    """Every lane of this process comes from an emulating build while the module runs."""
    folder = tmp_path_factory.mktemp("lanes")
    simde = os.environ.get("FEIYU_SIMDE", "/usr/include")
    assert (Path(simde) / "simde/x86/avx512.h").exists(), (
        "emulation needs SIMDe: apt-get install libsimde-dev"
    )
    wide = Path(__file__).parent / "emulated/wide.h"
    for name in ("hash_lanes", "sm4_gcm"):
        places = [f"-I{simde}", f"-I{build.HERE}", "-include", str(wide), str(build.HERE / f"{name}.c")]
        command = [
            sys.executable,
            "-m",
            "ziglang",
            "cc",
            *FLAGS,
            *MACHINE,
            *places,
            "-o",
            f"{folder}/{name}.so",
        ]
        subprocess.run(command, check=True)
    caches = (leaves._library, leaves.lanes, sm4._library, sm4.best)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_native, "load", lambda name, **_: ctypes.CDLL(f"{folder}/{name}.so"))
        for cached in caches:
            cached.cache_clear()
        yield
    for cached in caches:
        cached.cache_clear()


@pytest.mark.parametrize("name", [leaves.SHA256, leaves.SM3])
@pytest.mark.parametrize("block", [64, 65, 127, 128, 183, 184, 192, 500, 4096])
@pytest.mark.parametrize("prefixed", [0, 1, 33, 63])
def test_sixteen_lanes_of_a_hash(name, block, prefixed):
    assert leaves.can(16, name)
    for blocks in (2, 9, 16, 25):
        data, prefix = SEED[: blocks * block + 5], SEED[:prefixed]
        found = leaves.leaf_hashes(data, prefix, block_bytes=block, width=16, name=name)
        assert found == leaves.reference(data, prefix, block_bytes=block, name=name)


@pytest.mark.parametrize("kind", [sm4.KINDS["gfni"], sm4.KINDS["gfni-512"]])
def test_sm4_by_gfni(kind):
    assert sm4.best() == sm4.KINDS["gfni-512"]
    for size in (0, 1, 16, 511, 512, 513, 1023, 1024, 1025, 8192, 9000, 20_000):
        key, nonce, aad, data = SEED[:16], SEED[16:28], SEED[size : size + size % 50], SEED[:size]
        expected, found, back = bytearray(size + 16), bytearray(size + 16), bytearray(size)
        sm4.Reference(key).encrypt_into(nonce, data, aad, expected)
        lanes = sm4.Lanes(key, kind)
        lanes.encrypt_into(nonce, data, aad, found)
        assert found == expected
        lanes.decrypt_into(nonce, found, aad, back)
        assert back == data
