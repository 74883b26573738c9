"""Compile every lane with the C compiler of the ``ziglang`` wheel, so that no system compiler is needed.

``python -m feiyu._native.build [--target x86_64-linux-gnu.2.28]``
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
# The plainest processor of each family, as wheels are built: what is quicker elsewhere is chosen when the lane is loaded.
FLAGS = [
    "-mcpu=baseline",
    "-O3",
    "-shared",
    "-fPIC",
    "-std=c11",
    "-Wall",
    "-Wextra",
    "-fno-sanitize=all",
    "-g0",
]


def build(target: str | None = None, *, into: Path = HERE) -> list[Path]:
    """Compile what is older than its source, or everything for a ``target`` machine; the path of every library."""
    built = []
    for source in sorted(HERE.glob("*.c")):
        library = into / f"{source.stem}.so"
        sources = [source, *HERE.glob("*.h")]
        if (
            target
            or not library.exists()
            or library.stat().st_mtime < max(s.stat().st_mtime for s in sources)
        ):
            # Written beside and renamed: a process that has the old library mapped keeps it whole.
            fresh = library.with_suffix(f".{os.getpid()}.tmp")
            to = ["-target", target] if target else []
            command = [sys.executable, "-m", "ziglang", "cc", *to, *FLAGS, str(source), "-o", str(fresh)]
            subprocess.run(command, check=True)
            fresh.replace(library)
        built.append(library)
    return built


if __name__ == "__main__":
    for path in build(sys.argv[2] if sys.argv[1:2] == ["--target"] else None):
        sys.stdout.write(f"{path.name}\n")
