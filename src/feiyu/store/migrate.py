"""Bring the tables up to date: Alembic in process, one branch of revisions per room.

A room keeps its revisions in its package ``migrations``; the app hands in the names of those packages. All
pending revisions of all rooms run in one transaction, on both engines: either the new program finds all its
tables, or the old ones are untouched.

Rules this module keeps:
 * a revision says what it does in full (``op.create_table`` …) and stays true when the tables change later;
   it is written once by ``python -m feiyu.store.revision`` and read by a person;
 * every table with ``owner_party`` is protected by row-level security on PostgreSQL in the revision that
   creates it;
 * a database that is newer than the program is refused, never guessed at.

Alembic is loaded where something is pending, not to find that nothing is: it is a third of the start.
"""

import importlib.util
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from feiyu.store.database import Database
from feiyu.store.errors import NotMigrated
from feiyu.store.scope import Scope
from feiyu.store.transaction import Tx

if TYPE_CHECKING:
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

_REFUSE = """
CREATE OR REPLACE FUNCTION feiyu_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append only' USING ERRCODE = 'restrict_violation'; END $$
"""
_STEP = re.compile(r'^revision = "(\w+)"\ndown_revision = (?:None|"(\w+)")$', re.MULTILINE)
ABORT = "BEGIN SELECT RAISE(ABORT, 'append only'); END"


def scripts(locations: Sequence[str]) -> "ScriptDirectory":
    """The revisions of some rooms, by the names of their ``migrations`` packages."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(
        str(Path(__file__).parent), version_locations=[str(folder_of(name)) for name in locations]
    )


def heads(locations: Sequence[str]) -> frozenset[str]:
    """Where the revisions of some rooms end, as their files say in their first lines; alembic is asked where one says it otherwise."""
    files = [file for name in locations for file in folder_of(name).glob("[!_]*.py")]
    steps = [_STEP.search(file.read_text(encoding="utf-8")) for file in files]
    if not steps or None in steps:
        return frozenset(scripts(locations).get_heads())
    return frozenset(step[1] for step in steps if step) - {step[2] for step in steps if step}


def folder_of(package: str) -> Path:
    """The folder of a package of revisions."""
    spec = importlib.util.find_spec(package)
    assert spec is not None, f"there is no package {package}"
    assert spec.submodule_search_locations, f"{package} is not a package"
    return Path(spec.submodule_search_locations[0])


def migrate(db: Database, locations: Sequence[str]) -> tuple[str, ...]:
    """Run every pending revision of ``locations`` and give the heads the database stands at."""
    if (found := _found(db)) == heads(locations):
        return tuple(sorted(found))
    return _migrate(db, locations)


def _migrate(db: Database, locations: Sequence[str]) -> tuple[str, ...]:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script.revision import ResolutionError
    from alembic.util import CommandError

    script = scripts(locations)

    def upgrade(tx: Tx) -> tuple[str, ...]:
        if db.kind == "postgresql":
            tx.exec_driver_sql("CREATE TABLE IF NOT EXISTS store_turn ()")

        def pending(current: object, _context: "MigrationContext") -> object:
            return script._upgrade_revs("heads", current)  # type: ignore[arg-type] # noqa: SLF001 - as alembic's own command does

        with EnvironmentContext(Config(), script, fn=pending, as_sql=False) as environment:
            environment.configure(connection=tx, transactional_ddl=True)
            environment.run_migrations()
        return _heads(tx)

    try:
        return db.alone(upgrade, scope=Scope.all("migration"))
    except (CommandError, ResolutionError) as failure:
        raise NotMigrated(
            found=", ".join(sorted(_found(db))), wanted=", ".join(script.get_heads())
        ) from failure


def check_migrated(db: Database, locations: Sequence[str]) -> None:
    """Refuse to work on tables of another version."""
    wanted, found = heads(locations), _found(db)
    if found != wanted:
        raise NotMigrated(found=", ".join(sorted(found)) or "-", wanted=", ".join(sorted(wanted)))


def _found(db: Database) -> frozenset[str]:
    with db.read(scope=Scope.all("version check")) as tx:
        return frozenset(_heads(tx))


def _heads(tx: Tx) -> tuple[str, ...]:
    if not inspect(tx).has_table("alembic_version"):
        return ()
    return tuple(sorted(tx.execute(text("SELECT version_num FROM alembic_version")).scalars()))


def append_only(
    table: str, columns: Sequence[str], *, once: Sequence[str] = (), erasable: bool = False
) -> None:
    """Have the database itself refuse to remove rows of ``table`` or change ``columns``; ``once`` may be set once.

    Rows of an ``erasable`` table go with the thing that they are about.
    """
    from alembic import op

    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        op.execute(_REFUSE)
    refuse = "EXECUTE FUNCTION feiyu_append_only()" if postgresql else ABORT
    guarded = [] if erasable else [("DELETE", "")]
    guarded += [(f"UPDATE OF {', '.join(columns)}", "")]
    guarded += [(f"UPDATE OF {name}", f"WHEN (OLD.{name} IS NOT NULL)") for name in once]
    for number, (change, when) in enumerate(guarded):
        name = f"{table}_append_only_{number}"
        op.execute(f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW {when} {refuse}")


def protect_rows(table: str, *, counterparty: str | None = None, directory: bool = False) -> None:
    """Let PostgreSQL itself keep each party's rows of ``table`` apart, also from their owner.

    ``counterparty`` names a column whose party reads the row too (a transfer's recipient). A ``directory`` is read by
    everybody and written by its owner.
    """
    from alembic import op

    if op.get_bind().dialect.name != "postgresql":
        return
    party = "current_setting('feiyu.party', true)"
    inside = f"current_setting('feiyu.scope', true) = 'all' OR owner_party = {party}"
    seen = "true" if directory else f"{inside} OR {counterparty} = {party}" if counterparty else None
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY whose_row ON {table} USING ({inside}) WITH CHECK ({inside})")
    if seen is not None:
        op.execute(f"CREATE POLICY who_sees ON {table} FOR SELECT USING ({seen})")
