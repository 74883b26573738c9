"""The files of a folder, as inputs.

Rules this module keeps:
 * links are resolved; one that leaves the folder is refused, by name, before anything is read;
 * the order is that of the names, so that two runs read alike.
"""

import os
from pathlib import Path

from feiyu.scan.errors_sources import LeavesFolder, TooManyMembers
from feiyu.scan.limits import Limits
from feiyu.scan.table import FileInput, Input


def file_inputs(root: Path, pattern: str, limits: Limits) -> list[Input]:
    """Every regular file below ``root`` that fits ``pattern``; its name is the path below the folder's name."""
    home = root.resolve()
    found: list[Input] = []
    for folder, folders, files in os.walk(root, followlinks=False):
        folders.sort()
        for name in sorted([*files, *(one for one in folders if (Path(folder) / one).is_symlink())]):
            path = Path(folder) / name
            label = path.relative_to(root)
            if path.is_symlink() and not path.resolve().is_relative_to(home):
                raise LeavesFolder(name=str(label))
            if not path.is_file() or not fits(label, pattern):
                continue
            if len(found) == limits.members:
                raise TooManyMembers(name=root.name, limit=limits.members)
            one = FileInput(path)
            one.name = f"{root.name}/{label}"
            found.append(one)
    return found


def fits(path: Path, pattern: str) -> bool:
    """Whether a path below the folder fits a pattern; ``**/`` stands for any folders, none included."""
    return path.match(pattern.removeprefix("**/"))
