"""The files of a folder, as inputs.

Rules this module keeps:
 * links are resolved; one that leaves the folder is refused, by name, before anything is read;
 * a file or a folder below that may not be read is an input too, which says so: what is left out unseen would be taken for nothing;
 * the order is that of the names, so that two runs read alike.
"""

import os
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import BinaryIO

from feiyu.scan.errors_sources import LeavesFolder, MayNotRead, TooManyMembers
from feiyu.scan.limits import Limits
from feiyu.scan.table import FileInput, Input, Meter, name_of, printable


def file_inputs(root: Path, pattern: str, limits: Limits) -> list[Input]:
    """Every regular file below ``root`` that fits ``pattern``; its name is the path below the folder's name."""
    home, wanted = root.resolve(), PurePath(pattern).parts
    found: list[Input] = []
    closed: list[str] = []
    for folder, folders, files in os.walk(root, onerror=lambda error: closed.append(str(error.filename))):
        below = Path(folder).relative_to(root).parts
        links = [one for one in folders if (Path(folder) / one).is_symlink()]
        folders[:] = sorted(one for one in folders if _leads((*below, one), wanted))
        for name in sorted([*files, *links]):
            path = Path(folder) / name
            if path.is_symlink() and not path.resolve().is_relative_to(home):
                raise LeavesFolder(name=printable(str(path.relative_to(root))))
            if fits((*below, name), wanted) and path.is_file():
                found.append(_input(path, root))
            if len(found) > limits.members:
                raise TooManyMembers(name=name_of(root), limit=limits.members)
    return [*found, *(MayNotReadInput(_label(Path(one), root)) for one in closed)]


def _input(path: Path, root: Path) -> Input:
    if not os.access(path, os.R_OK):
        return MayNotReadInput(_label(path, root))
    one = FileInput(path)
    one.name = _label(path, root)
    return one


def _label(path: Path, root: Path) -> str:
    return printable(str(PurePath(name_of(root)) / path.relative_to(root)))


class MayNotReadInput(Input):
    """What stands in a folder, but without permission to read it."""

    size_bytes = 1

    def __init__(self, name: str) -> None:
        self.name = name

    def open(self, meter: Meter) -> BinaryIO:  # noqa: ARG002
        """Refuse."""
        raise MayNotRead(name=self.name)


def fits(path: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether a path fits a pattern, part by part; ``**`` stands for any folders, none included."""
    if not wanted:
        return not path
    if wanted[0] == "**":
        return fits(path, wanted[1:]) or (bool(path) and fits(path[1:], wanted))
    return bool(path) and fnmatchcase(path[0], wanted[0]) and fits(path[1:], wanted[1:])


def _leads(path: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether what fits the pattern may stand below a folder."""
    if not path or wanted[:1] == ("**",):
        return len(wanted) > 0
    return len(wanted) > 1 and fnmatchcase(path[0], wanted[0]) and _leads(path[1:], wanted[1:])
