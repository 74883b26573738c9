"""Build ``feiyu-verify``: the verifier of receipts alone, one module, the standard library and ``cryptography``.

    python scripts/verifier.py           dist/feiyu_verify-….whl

The module is ``feiyu/evidence/verify.py`` as it stands, under the name ``feiyu_verify``; it can also be copied by hand.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROJECT = """\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "feiyu-verify"
version = "{version}"
description = "Check a receipt of a Feiyu port offline: one readable module, the standard library and cryptography."
requires-python = ">=3.11"
license = "Apache-2.0"
license-files = ["LICENSE"]
dependencies = {dependencies}

[project.scripts]
feiyu-verify = "feiyu_verify:main"

[tool.hatch.build.targets.wheel]
only-include = ["feiyu_verify.py"]
"""


def stage(folder: Path) -> None:
    """Lay out a project of its own in ``folder``."""
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [line for line in whole["project"]["dependencies"] if line.startswith("cryptography")]
    shutil.copy(ROOT / "src/feiyu/evidence/verify.py", folder / "feiyu_verify.py")
    shutil.copy(ROOT / "LICENSE", folder)
    project = PROJECT.format(version=whole["project"]["version"], dependencies=wanted)
    (folder / "pyproject.toml").write_text(project, encoding="utf-8")


def build(target: Path) -> int:
    """Build the wheel into ``target``."""
    with tempfile.TemporaryDirectory() as folder:
        stage(Path(folder))
        builder = [Path(sys.executable).with_name("hatchling"), "build", "-t", "wheel", "-d", target]
        return subprocess.run(builder, cwd=folder, env=dict(os.environ), check=False).returncode


if __name__ == "__main__":
    sys.exit(build(ROOT / "dist"))
