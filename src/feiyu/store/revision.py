"""Write a room's next revision from its tables.

    python -m feiyu.store.revision feiyu.registry "first tables"

The room has modules ``tables`` with a ``metadata`` and a package ``<room>.migrations``. Everything all given
rooms' revisions make so far is built in an empty SQLite file, compared with ``metadata``, and the difference
is written as a new revision file. A person reads it before it is committed.
"""

import argparse
import importlib
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import CreateTableOp, MigrateOperation, OpContainer, UpgradeOps
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData
from sqlalchemy.types import TypeEngine

from feiyu.base.clock import SystemClock
from feiyu.store.database import Database
from feiyu.store.migrate import folder_of, migrate, scripts

_FILE = '''"""{title}."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import protect_rows
from feiyu.store.types import Document, Instant

revision = "{revision}"
down_revision = {down!r}
branch_labels = {labels!r}
depends_on = None


def upgrade() -> None:
{body}
'''


def metadata_of(room: str) -> tuple[MetaData, ...]:
    """The tables of a room, from all its modules called ``tables``; rooms inside it with own revisions left aside."""
    package = importlib.import_module(room)
    found: dict[int, MetaData] = {}
    for module in _table_modules(room, Path(package.__path__[0])):
        metadata = importlib.import_module(module).metadata
        assert isinstance(metadata, MetaData)
        found[id(metadata)] = metadata
    return tuple(found.values())


def _table_modules(room: str, folder: Path) -> list[str]:
    found = [f"{room}.tables"] if (folder / "tables.py").exists() else []
    for inner in sorted(path for path in folder.iterdir() if (path / "__init__.py").exists()):
        if not (inner / "migrations").exists():
            found += _table_modules(f"{room}.{inner.name}", inner)
    return found


def difference(db: Database, metadata: Sequence[MetaData]) -> UpgradeOps:
    """What is missing in the database of what ``metadata`` says. Tables of other rooms are left aside."""
    names = {name for each in metadata for name in each.tables}

    def ours(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or name in names

    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": ours, "render_as_batch": True}
        )
        upgrade = produce_migrations(context, metadata).upgrade_ops  # type: ignore[arg-type]
    assert upgrade is not None
    return upgrade


def _render_type(kind: str, value: object, _context: AutogenContext) -> str | Literal[False]:
    if kind == "type" and isinstance(value, TypeEngine) and type(value).__module__ == "feiyu.store.types":
        return f"{type(value).__name__}()"
    return False


def _protected(operations: OpContainer) -> list[str]:
    made = [each for each in _flat(operations) if isinstance(each, CreateTableOp)]
    owned = [
        each.table_name for each in made if any(getattr(c, "name", "") == "owner_party" for c in each.columns)
    ]
    return [f'    protect_rows("{name}")' for name in owned]


def _flat(operations: OpContainer) -> list[MigrateOperation]:
    found: list[MigrateOperation] = []
    for each in operations.ops:
        found += _flat(each) if isinstance(each, OpContainer) else [each]
    return found


def render(operations: UpgradeOps) -> str:
    """The body of ``upgrade()``."""
    code = render_python_code(operations, render_item=_render_type)
    lines = [line if line.startswith("    ") or not line else f"    {line}" for line in code.splitlines()]
    kept = [line for line in lines if "### " not in line]
    return "\n".join([*kept, *_protected(operations)])


def write(room: str, title: str, *, others: tuple[str, ...] = ()) -> Path | None:
    """Write the next revision of ``room`` and give its path, or None when tables and revisions agree."""
    locations = [f"{name}.migrations" for name in (room, *others)]
    script = scripts(locations)
    with tempfile.TemporaryDirectory() as folder:
        db = Database.open(f"sqlite:///{folder}/revision.db", clock=SystemClock())
        with db:
            if script.get_heads():
                migrate(db, locations)
            operations = difference(db, metadata_of(room))
    if operations.is_empty():
        return None
    path, text = _file(room, title, operations)
    path.write_text(text)
    return path


def _file(room: str, title: str, operations: UpgradeOps) -> tuple[Path, str]:
    label = room.rpartition(".")[2]
    folder = folder_of(f"{room}.migrations")
    made = sorted(path.stem for path in folder.glob("[0-9]*.py"))
    number = f"{len(made) + 1:04d}"
    down = f"{label}_{made[-1][:4]}" if made else None
    text = _FILE.format(
        title=title.rstrip(".").capitalize(),
        revision=f"{label}_{number}",
        down=down,
        labels=None if down else (label,),
        body=render(operations),
    )
    slug = "_".join(title.lower().split())
    return folder / f"{number}_{slug}.py", text


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Write a room's next revision from its tables.")
    parser.add_argument("room", help="dotted name, such as feiyu.registry")
    parser.add_argument("title", help="what changes, such as 'first tables'")
    parser.add_argument(
        "--with", dest="others", action="append", default=[], help="another room it refers to"
    )
    arguments = parser.parse_args()
    path = write(arguments.room, arguments.title, others=tuple(arguments.others))
    sys.stdout.write(f"{path or 'nothing to do: tables and revisions agree'}\n")


if __name__ == "__main__":
    main()
