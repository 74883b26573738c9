"""The verifier as its own tiny distribution: one module that imports nothing of Feiyu."""

import runpy
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
SCRIPT = Path(__file__).parents[3] / "scripts" / "verifier.py"


def test_the_wheel_holds_one_module_that_verifies_by_itself(tmp_path, world):
    assert runpy.run_path(str(SCRIPT))["build"](tmp_path) == 0
    (wheel,) = tmp_path.glob("feiyu_verify-*.whl")
    assert wheel.stat().st_size < 64 * 1024
    with zipfile.ZipFile(wheel) as found:
        modules = [name for name in found.namelist() if ".dist-info/" not in name]
        wanted = found.read(next(name for name in found.namelist() if name.endswith("METADATA"))).decode()
        found.extract("feiyu_verify.py", tmp_path / "apart")
    assert modules == ["feiyu_verify.py"]
    assert [line for line in wanted.splitlines() if line.startswith("Requires-Dist")] == [
        "Requires-Dist: cryptography>=47"
    ]
    receipt, trust = tmp_path / "receipt.json", tmp_path / "trust.json"
    receipt.write_bytes(world.sealed())
    trust.write_bytes(world.trust())
    program = "import sys; sys.path.insert(0, sys.argv.pop(1)); import feiyu_verify as v; code = v.main(sys.argv[1:]); assert 'feiyu' not in sys.modules; sys.exit(code)"

    def run(*words: object) -> int:
        command = [sys.executable, "-I", "-c", program, str(tmp_path / "apart"), *map(str, words)]
        return subprocess.run(command, check=False, capture_output=True).returncode

    assert run(receipt, "--trust", trust) == 0
    assert run(receipt) == 3
    receipt.write_bytes(receipt.read_bytes().replace(b'"demo": false', b'"demo": true'))
    assert run(receipt, "--trust", trust) == 1
