"""Build ``feiyu-client``: what a recipient needs, without Arrow and without a server, for any Python 3.11 or newer.

    python scripts/client.py           dist/feiyu_client-….whl

It holds the SDK and the engines that the SDK may use (an import contract says which), under the same names and the same
version as Feiyu; whoever has Feiyu installed needs no client.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("feiyu/base", "feiyu/seal", "feiyu/evidence", "feiyu/wire", "feiyu_sdk")
NATIVE = (
    "__init__.py", "build.py", "leaves.py", "sm4.py", "hash_lanes.c", "sm4_gcm.c", "cpu.h", "lanes.h", "sm4_lanes.h",
)  # fmt: skip
DEPENDENCIES = ("backports.zstd", "cryptography", "httpx2")
EXTRAS = ("sm", "hsm")

PROJECT = """\
[build-system]
requires = {requires}
build-backend = "hatchling.build"

[project]
name = "feiyu-client"
version = "{version}"
description = "Fetch, open and verify what comes through a Feiyu port, and its receipts."
requires-python = ">=3.11"
license = "Apache-2.0"
license-files = ["LICENSE"]
dependencies = {dependencies}

[project.optional-dependencies]
{extras}

[project.scripts]
feiyu-client = "feiyu_sdk.command:main"
feiyu-verify = "feiyu.evidence.verify:main"

[tool.hatch.build.hooks.custom]

[tool.hatch.build.targets.wheel]
packages = ["src/feiyu", "src/feiyu_sdk"]
"""


def stage(folder: Path) -> None:
    """Lay out a project of its own in ``folder``."""
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [line for line in whole["project"]["dependencies"] if line.split(">")[0] in DEPENDENCIES]
    source = folder / "src"
    for package in PACKAGES:
        shutil.copytree(
            ROOT / "src" / package, source / package, ignore=shutil.ignore_patterns("__pycache__", "*.so")
        )
    (source / "feiyu/_native").mkdir()
    for name in NATIVE:
        shutil.copy(ROOT / "src/feiyu/_native" / name, source / "feiyu/_native")
    shutil.copy(ROOT / "src/feiyu/__init__.py", source / "feiyu")
    for name in ("LICENSE", "hatch_build.py"):
        shutil.copy(ROOT / name, folder)
    extras = {name: whole["project"]["optional-dependencies"][name] for name in EXTRAS}
    extras["s3"] = [line for line in whole["project"]["dependencies"] if line.startswith("obstore")]
    project = PROJECT.format(
        extras="\n".join(f"{name} = {lines}" for name, lines in extras.items()),
        requires=whole["build-system"]["requires"],
        version=whole["project"]["version"],
        dependencies=wanted,
    )
    (folder / "pyproject.toml").write_text(project, encoding="utf-8")


def main() -> int:
    """Build the wheel into ``dist/``."""
    with tempfile.TemporaryDirectory() as folder:
        stage(Path(folder))
        builder = [Path(sys.executable).with_name("hatchling"), "build", "-t", "wheel", "-d", ROOT / "dist"]
        return subprocess.run(builder, cwd=folder, env=dict(os.environ), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
