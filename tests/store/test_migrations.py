"""Revisions and tables say the same on both engines, and PostgreSQL itself keeps parties' rows apart."""

import importlib
import pkgutil
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, column, insert, inspect, table, text

import feiyu
from feiyu.base.clock import FixedClock
from feiyu.base.ids import PartyId
from feiyu.registry import journal
from feiyu.store import Database, Scope, migrate
from feiyu.store.errors import NotMigrated, RoleTooStrong
from feiyu.store.migrate import check_migrated, heads, scripts
from feiyu.store.revision import difference, metadata_of, render, write
from feiyu.store.transaction import Tx

pytestmark = pytest.mark.slow
ALL = Scope.all("test")


def rooms() -> list[str]:
    """Every package that has revisions, by looking; a room that is added is tested by itself."""
    packages = [module.name for module in pkgutil.walk_packages(feiyu.__path__, "feiyu.") if module.ispkg]
    return sorted(name.removesuffix(".migrations") for name in packages if name.endswith(".migrations"))


ROOMS = rooms()
LOCATIONS = [f"{room}.migrations" for room in ROOMS]


@pytest.fixture(scope="module")
def locations() -> list[str]:
    return LOCATIONS


def test_rooms_are_found():
    assert "feiyu.registry.journal" in ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_tables_are_what_the_revisions_make(db: Database, room: str):
    missing = difference(db, metadata_of(room))
    assert missing.is_empty(), render(missing)


def test_migrating_again_does_nothing(db: Database):
    assert migrate(db, LOCATIONS) == migrate(db, LOCATIONS)
    check_migrated(db, LOCATIONS)


def test_where_revisions_end_is_read_as_alembic_reads_it(room):
    for name in LOCATIONS:
        assert heads([name]) == set(scripts([name]).get_heads())
    assert heads(LOCATIONS) == set(scripts(LOCATIONS).get_heads())
    otherwise = f"{room('room_that_says_it_otherwise', '', SHARED)}.migrations"
    assert heads([otherwise, *LOCATIONS]) == {"shared_0001", *heads(LOCATIONS)}


def test_alembic_is_not_loaded_where_nothing_is_pending(db: Database):
    url = db.url.render_as_string(hide_password=False)
    script = f"""
import sys
from feiyu.base.clock import SystemClock
from feiyu.store import Database, migrate
with Database.open({url!r}, clock=SystemClock()) as db:
    print(*migrate(db, {LOCATIONS!r}), "alembic" in sys.modules)
"""
    ran = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=60
    )
    assert ran.stdout.split() == [*migrate(db, LOCATIONS), "False"]


def test_every_owned_table_is_protected(db: Database):
    if db.kind != "postgresql":
        return
    query = text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    with db.read(scope=ALL) as tx:
        protected = set(tx.execute(query).scalars())
    for room in ROOMS:
        for metadata in metadata_of(room):
            owned = {name for name, table in metadata.tables.items() if "owner_party" in table.c}
            assert owned <= protected, f"{room}: {owned - protected} are not protected"


def test_every_table_has_its_party_or_a_reason(db: Database):
    """DESIGN, what must always hold, 11. What belongs to nobody is listed here."""
    nobodys = {"alembic_version", "store_turn", "journal_source", "log_stamp", "log_head", "outbox_cursor"}
    for metadata in metadata_of("feiyu.registry.journal"):
        without = {name for name, table in metadata.tables.items() if "owner_party" not in table.c}
        assert without <= nobodys
    assert nobodys - {"store_turn"} <= set(inspect(db.engine).get_table_names())


def test_a_ground_of_one_line_stands_in_both_halves_afterwards(database_url_fresh: str, clock: FixedClock):
    with Database.open(database_url_fresh, clock=clock) as db:
        migrate(db, LOCATIONS)
        blank = dict.fromkeys(("grant_id", "path"), "x") | dict.fromkeys(
            ("started_at", "changed_at"), "2026-11-22T00:00:00.000Z"
        )
        blank |= dict.fromkeys(("grant", "dropped", "masked_from"), "{}")
        counts = dict.fromkeys(("rows", "plain_bytes", "cipher_bytes"), 0)
        known = blank | counts | {"state": "cut", "owner_party": "pty_A"}
        runs = table("edge_run", *(column(name) for name in ("id", "ground", *known)))
        back = text("UPDATE alembic_version SET version_num = 'edge_0009' WHERE version_num LIKE 'edge%'")

        def before(tx: Tx) -> None:
            for ident, ground in (("run_A", "stopped"), ("run_B", None)):
                tx.execute(insert(runs).values(known | {"id": ident, "ground": ground}))
            tx.execute(back)

        db.alone(before, scope=ALL)
        migrate(db, LOCATIONS)
        with db.read(scope=ALL) as tx:
            found = {row.id: row.ground for row in tx.execute(text("SELECT id, ground FROM edge_run"))}
        assert found == {"run_A": '{"en":"stopped","zh":"stopped"}', "run_B": None}


def insert_reply(party: str):
    statement = text(
        "INSERT INTO reply (owner_party, key, request, status, digest, body, at) VALUES (:p, 'k', '', 200, '', '', :at)"
    )
    return lambda tx: tx.execute(statement, {"p": party, "at": "2026-11-22T00:00:00.000Z"})


def test_a_forgotten_where_clause_shows_nothing_of_others(postgres_server, clock: FixedClock):
    url = postgres_server.create_database()
    with Database.open(url, clock=clock) as db:
        migrate(db, [journal.MIGRATIONS])
        mine, theirs = Scope.of(PartyId("pty_A")), Scope.of(PartyId("pty_B"))
        db.write(insert_reply("pty_A"), scope=mine)
        db.write(insert_reply("pty_B"), scope=theirs)
        everything = text("SELECT owner_party FROM reply ORDER BY owner_party")

        def seen(scope: Scope) -> list[str]:
            with db.read(scope=scope) as tx:
                return list(tx.execute(everything).scalars())

        assert seen(mine) == ["pty_A"]
        assert seen(theirs) == ["pty_B"]
        assert seen(ALL) == ["pty_A", "pty_B"]
        assert db.write(lambda tx: tx.execute(text("DELETE FROM reply")).rowcount, scope=mine) == 1
        assert seen(ALL) == ["pty_B"]
        with pytest.raises(Exception, match="row-level security"):
            db.write(insert_reply("pty_B2"), scope=mine)
        with db.engine.connect() as bare:  # no scope at all: nothing
            assert bare.execute(everything).all() == []
            role = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
            assert bare.execute(role).scalar_one() is False
    postgres_server.drop_database(url)


def test_a_role_that_no_policy_binds_is_refused(postgres_server, clock: FixedClock):
    with pytest.raises(RoleTooStrong, match="postgres"):
        Database.open(postgres_server.admin_url(), clock=clock)


SHARED = """
from alembic import op
import sqlalchemy as sa
from feiyu.store.migrate import protect_rows
revision, down_revision, branch_labels, depends_on = "shared_0001", None, ("shared",), None

def upgrade():
    for name in ("alone", "shared", "directory"):
        op.create_table(name, sa.Column("owner_party", sa.String(32)), sa.Column("recipient", sa.String(32)))
    protect_rows("alone")
    protect_rows("shared", counterparty="recipient")
    protect_rows("directory", directory=True)
"""


def test_a_counterparty_reads_and_does_not_write(postgres_server, clock: FixedClock, room):
    url = postgres_server.create_database()
    mine, theirs, third = (Scope.of(PartyId(f"pty_{name}")) for name in "ABC")
    with Database.open(url, clock=clock) as db:
        migrate(db, [f"{room('room_that_shares', '', SHARED)}.migrations"])
        for table in ("alone", "shared", "directory"):
            db.write(
                lambda tx, t=table: tx.execute(text(f"INSERT INTO {t} VALUES ('pty_A', 'pty_B')")), scope=mine
            )

        def reach(scope: Scope, table: str) -> tuple[int, int]:
            with db.read(scope=scope) as tx:
                seen = tx.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            update = text(f"UPDATE {table} SET recipient = recipient")
            return seen, db.write(lambda tx: tx.execute(update).rowcount, scope=scope)

        assert [reach(mine, t) for t in ("alone", "shared", "directory")] == [(1, 1), (1, 1), (1, 1)]
        assert [reach(theirs, t) for t in ("alone", "shared", "directory")] == [(0, 0), (1, 0), (1, 0)]
        assert [reach(third, t) for t in ("alone", "shared", "directory")] == [(0, 0), (0, 0), (1, 0)]
    postgres_server.drop_database(url)


def test_an_empty_or_newer_database_is_refused(database_url_fresh: str, clock: FixedClock):
    with Database.open(database_url_fresh, clock=clock) as db:
        with pytest.raises(NotMigrated):
            check_migrated(db, LOCATIONS)
        migrate(db, LOCATIONS)
        newer = text(
            "UPDATE alembic_version SET version_num = 'journal_9999' WHERE version_num LIKE 'journal%'"
        )
        db.alone(lambda tx: tx.execute(newer), scope=ALL)
        with pytest.raises(NotMigrated):
            check_migrated(db, LOCATIONS)
        with pytest.raises(NotMigrated, match="journal_9999"):
            migrate(db, LOCATIONS)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url_fresh(request: pytest.FixtureRequest, tmp_path: Path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/fresh.db"
        return
    server = request.getfixturevalue("postgres_server")
    url = server.create_database()
    yield url
    server.drop_database(url)


FAILING = '''"""A revision that fails half way."""
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "broken_0001", None, ("broken",), None

def upgrade():
    op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))
    raise KeyError("half way")
'''


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Make a package of a room on the fly."""

    def make(name: str, tables: str, revision: str | None = None) -> str:
        name = f"{name}_{secrets.token_hex(4)}"  # Python remembers modules by name
        folder = tmp_path / "path" / name / "migrations"
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text('"""Revisions."""\n')
        (folder.parent / "__init__.py").write_text('"""A room."""\n')
        (folder.parent / "tables.py").write_text(tables)
        if revision:
            (folder / "0001_first.py").write_text(revision)
        importlib.invalidate_caches()
        return name

    (tmp_path / "path").mkdir()
    monkeypatch.syspath_prepend(tmp_path / "path")
    return make


def test_a_revision_that_fails_leaves_no_half_made_table(database_url_fresh: str, clock: FixedClock, room):
    name = room("room_that_breaks", "", FAILING)
    with Database.open(database_url_fresh, clock=clock) as db:
        with pytest.raises(KeyError, match="half way"):
            migrate(db, [journal.MIGRATIONS, f"{name}.migrations"])
        assert set(inspect(db.engine).get_table_names()) <= {"store_turn", "alembic_version"}
        migrate(db, [journal.MIGRATIONS])
        check_migrated(db, [journal.MIGRATIONS])


TABLES = '''"""Tables of a made-up room."""
from sqlalchemy import Column, MetaData, String, Table
from feiyu.store import Document, Instant, ident, metadata_convention, owner

metadata = MetaData(naming_convention=metadata_convention)
crate = Table(
    "crate", metadata, Column("id", ident(), primary_key=True), owner(), Column("at", Instant), Column("what", Document)
)
'''


def test_the_command_writes_a_revision_that_gives_the_tables(
    database_url_fresh: str, clock: FixedClock, room
):
    name = room("room_that_grows", TABLES)
    path = write(name, "first tables")
    assert path is not None
    assert path.name == "0001_first_tables.py"
    assert 'protect_rows("crate")' in path.read_text()
    assert write(name, "nothing new") is None
    with Database.open(database_url_fresh, clock=clock) as db:
        migrate(db, [f"{name}.migrations"])
        assert difference(db, metadata_of(name)).is_empty()
        table = importlib.import_module(f"{name}.tables").crate
        table.append_column(Column("weight", Integer, nullable=False, server_default="0"))
        second = write(name, "weight of crates")
        assert second is not None
        assert second.name == "0002_weight_of_crates.py"
        assert f'down_revision = "{name}_0001"' in second.read_text().replace("'", '"')
        assert migrate(db, [f"{name}.migrations"]) == (f"{name}_0002",)
        assert difference(db, metadata_of(name)).is_empty()
