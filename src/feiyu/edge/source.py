"""Open what is to be sent: inside the folders this edge may read, one table, with the fields that may go.

Rules this module keeps:
 * a path is resolved before it is compared, so no link leads out of the folders;
 * a source that no reader understands is refused: *unread* is never *general*.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feiyu.edge.errors import FieldMissing, ManyTables, NothingLeft, OutsideSources, TooManyFiles
from feiyu.registry.terms import Grant
from feiyu.scan import Source, Table, open_source

MAX_FILES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which columns of a table go, and which are stripped."""

    source: Source
    table: Table
    kept: tuple[str, ...]
    stripped: tuple[str, ...]
    expected: dict[str, str]


def allowed_path(path: str, folders: tuple[Path, ...]) -> Path:
    """The real path of a file inside one of the folders."""
    real = Path(path).resolve()
    if not any(real.is_relative_to(folder.resolve()) for folder in folders):
        raise OutsideSources(path=path[:300], folder=", ".join(str(f) for f in folders))
    return real


def files_of(path: str, folders: tuple[Path, ...]) -> list[Path]:
    """The regular files below a folder, by name; links and hidden files are passed over."""
    real = allowed_path(path, folders)
    found: list[Path] = []
    for at, names, files in os.walk(real):
        names[:] = sorted(name for name in names if not name.startswith("."))
        found += [Path(at, name) for name in files if not name.startswith(".")]
        if len(found) > MAX_FILES:
            raise TooManyFiles(path=path[:300], size=len(found), limit=MAX_FILES)
    return sorted(one for one in found if one.is_file() and not one.is_symlink())


def one_table(path: Path) -> tuple[Source, Table]:
    """The only table of a source."""
    source = open_source(path)
    tables = source.tables()
    first = next(tables)
    if next(tables, None) is not None:
        raise ManyTables(name=source.name)
    source = open_source(path)
    first = next(source.tables())
    return source, first


def plan(path: Path, grant: Grant, dropped: tuple[str, ...]) -> Plan:
    """What of a file may go under a grant."""
    source, table = one_table(path)
    granted = {term.name: term.type for term in grant.fields if term.name not in dropped}
    if missing := [name for name in granted if name not in table.fields]:
        raise FieldMissing(fields=", ".join(missing))
    kept = tuple(name for name in table.fields if name in granted)
    if not kept:
        raise NothingLeft
    stripped = tuple(name for name in table.fields if name not in granted)
    return Plan(
        source=source, table=table, kept=kept, stripped=stripped, expected={n: granted[n] for n in kept}
    )


def select(batch: Any, kept: tuple[str, ...]) -> Any:
    """A record batch with only the columns that may go, in the source's order."""
    return batch.select(list(kept))
