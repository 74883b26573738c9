"""PostgreSQL breaks connections off; nothing is half done, and the next try works."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text

from feiyu.base.clock import SystemClock
from feiyu.registry import journal
from feiyu.store import Database, Scope, Tx, migrate
from feiyu.store.errors import StoreUnreachable, TooBusy
from feiyu.store.lead import leadership

pytestmark = pytest.mark.slow
ALL = Scope.all("test")


@pytest.fixture
def db(postgres_server) -> Iterator[Database]:
    url = postgres_server.create_database()
    with Database.open(url, clock=SystemClock(), pool_size=2) as database:
        migrate(database, [journal.MIGRATIONS])
        database.alone(lambda tx: tx.execute(text("CREATE TABLE note (n INTEGER)")), scope=ALL)
        yield database
    postgres_server.drop_database(url)


@pytest.fixture
def break_off(postgres_server, db: Database):
    """End every connection to the database from the server's side."""
    url = postgres_server.admin_url().replace("+psycopg", "")
    query = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"

    def act() -> None:
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(query, [db.url.database])

    return act


def count(db: Database) -> int:
    with db.read(scope=ALL) as tx:
        return tx.execute(text("SELECT count(*) FROM note")).scalar_one()


def note(tx: Tx) -> None:
    tx.execute(text("INSERT INTO note VALUES (1)"))


def test_idle_connections_that_were_ended_are_replaced(db: Database, break_off):
    db.write(note, scope=ALL)
    break_off()
    db.write(note, scope=ALL)
    break_off()
    assert count(db) == 2


def test_a_transaction_that_is_broken_off_is_undone_and_told(db: Database, break_off):
    def broken(tx: Tx) -> None:
        note(tx)
        break_off()
        note(tx)

    with pytest.raises(StoreUnreachable):
        db.write(broken, scope=ALL)

    def read() -> None:
        with db.read(scope=ALL) as tx:
            break_off()
            tx.execute(text("SELECT 1"))

    with pytest.raises(StoreUnreachable):
        read()
    assert count(db) == 0
    db.write(note, scope=ALL)
    assert count(db) == 1


def test_a_lead_whose_connection_was_ended_is_taken_up_again(db: Database, break_off):
    lead, other = leadership(db, "log"), leadership(db, "log")
    assert lead.held()
    break_off()
    assert other.held()
    assert not lead.held()
    break_off()
    other.release()
    assert lead.held()
    lead.release()


def test_who_waits_too_long_for_its_turn_is_told(postgres_server, db: Database):
    url = postgres_server.admin_url(db.url.database or "").replace("+psycopg", "")
    impatient = text("SET LOCAL lock_timeout = '50ms'")

    def fn(tx: Tx) -> None:
        tx.execute(impatient)
        tx.execute(text("LOCK TABLE note IN EXCLUSIVE MODE"))

    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE note IN EXCLUSIVE MODE")
        with pytest.raises(TooBusy):
            db.write(fn, scope=ALL)
    db.write(fn, scope=ALL)
