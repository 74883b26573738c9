"""Build hook: native lanes and the built console go into the wheel; installing needs neither compiler nor Node.

The wheel is made for one machine: this one, or the one named in ``FEIYU_WHEEL_TARGET`` (a key of ``TARGETS``; ``any``
leaves the lanes out, and their pure-Python references do the work). The sdist carries the built console, and
the lanes as C.
"""

import importlib.util
import os
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TARGETS = {
    "x86_64": ("x86_64-linux-gnu.2.28", "py3-none-manylinux_2_28_x86_64"),
    "aarch64": ("aarch64-linux-gnu.2.28", "py3-none-manylinux_2_28_aarch64"),
}


class Hook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling around each build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add what is built to what is packed. An editable install packs nothing: ``make setup`` builds in place."""
        if version == "editable":
            return
        self._console(Path(self.root))
        if self.target_name == "wheel":
            self._lanes(Path(self.root), build_data)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the lanes compiled for this build."""
        del version, artifact_path
        for folder in {str(Path(made).parent) for made in build_data.get("force_include", {})}:
            if Path(folder).name.startswith("feiyu-lanes-"):
                shutil.rmtree(folder)

    def _lanes(self, root: Path, build_data: dict[str, Any]) -> None:
        machine = platform.machine().lower() if platform.system() == "Linux" else "any"
        wanted = os.environ.get("FEIYU_WHEEL_TARGET", machine)
        if wanted not in TARGETS:
            return
        target, build_data["tag"] = TARGETS[wanted]
        build_data["pure_python"] = False
        folder = Path(tempfile.mkdtemp(prefix="feiyu-lanes-"))
        for library in _builder(root).build(target, into=folder):
            build_data["force_include"][str(library)] = f"feiyu/_native/{library.name}"

    def _console(self, root: Path) -> None:
        if (root / "src/feiyu/api/console/index.html").exists() or not (
            root / "console/package-lock.json"
        ).exists():
            return
        for command in (["npm", "ci", "--no-audit", "--no-fund"], ["npm", "run", "build"]):
            subprocess.run(command, cwd=root / "console", check=True)


def _builder(root: Path) -> Any:
    spec = importlib.util.spec_from_file_location("feiyu_native_build", root / "src/feiyu/_native/build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
