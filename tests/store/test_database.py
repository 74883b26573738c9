"""Transactions on both engines: what is kept, what is undone, who sees what."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, bindparam, exc, func, insert, select, update

from feiyu.base.clock import FixedClock, SystemClock
from feiyu.base.errors import NulCharacter
from feiyu.base.ids import PartyId
from feiyu.store import (
    Database,
    Document,
    Instant,
    Scope,
    Tx,
    after_commit,
    announce,
    clock_of,
    fetch_prepared,
    insert_rows,
    metadata_convention,
    ordinal,
    owned,
    owner,
    run_prepared,
    scope_of,
)
from feiyu.store.errors import BadScope, StoreClosed, StoreUnreachable, UnknownDatabase

pytestmark = pytest.mark.slow
MINE = Scope.of(PartyId("pty_A"))
ALL = Scope.all("test")

metadata = MetaData(naming_convention=metadata_convention)
thing = Table(
    "thing",
    metadata,
    ordinal(),
    owner(),
    Column("name", String(40), unique=True),
    Column("at", Instant),
    Column("said", Document),
    Column("count", Integer, server_default="0"),
)


@pytest.fixture(scope="module", autouse=True)
def tables(db: Database) -> None:
    db.alone(metadata.create_all, scope=ALL)


def add(name: str, party: str = "pty_A"):
    def fn(tx: Tx) -> str:
        tx.execute(
            insert(thing), {"owner_party": party, "name": name, "at": clock_of(tx).now(), "said": {"n": 1}}
        )
        return name

    return fn


def names(db: Database, prefix: str, scope: Scope = ALL) -> list[str]:
    with db.read(scope=scope) as tx:
        query = select(thing.c.name).where(thing.c.name.startswith(prefix), owned(scope, thing))
        return list(tx.execute(query.order_by(thing.c.ordinal)).scalars())


def test_a_write_answers_with_its_result_once_it_is_there(db: Database):
    assert db.write(add("kept"), scope=MINE) == "kept"
    assert names(db, "kept") == ["kept"]


def test_a_function_that_raises_leaves_nothing_and_its_neighbours_everything(db: Database):
    gate = threading.Barrier(8)

    def work(n: int) -> str:
        def fn(tx: Tx) -> str:
            add(f"group-{n}")(tx)
            if n % 2:
                raise KeyError(n)
            return "kept"

        gate.wait()
        try:
            return db.write(fn, scope=MINE)
        except KeyError:
            return "undone"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(work, range(8)))
    assert answers == ["kept", "undone"] * 4
    assert sorted(names(db, "group-")) == [f"group-{n}" for n in range(0, 8, 2)]


def test_a_broken_constraint_belongs_to_its_own_function(db: Database):
    db.write(add("unique"), scope=MINE)
    with pytest.raises(exc.IntegrityError):
        db.write(add("unique"), scope=MINE)
    db.write(add("unique-2"), scope=MINE)
    assert names(db, "unique") == ["unique", "unique-2"]


def test_many_threads_count_without_losing_one(db: Database):
    db.write(add("counter"), scope=MINE)

    def count(tx: Tx) -> None:
        # Read, then write what was read: right only when transactions are serialisable.
        found = tx.execute(select(thing.c.count).where(thing.c.name == "counter")).scalar_one()
        tx.execute(update(thing).where(thing.c.name == "counter").values(count=found + 1))

    with ThreadPoolExecutor(12) as pool:
        for done in [pool.submit(db.write, count, scope=MINE) for _ in range(120)]:
            done.result()
    with db.read(scope=ALL) as tx:
        assert tx.execute(select(thing.c.count).where(thing.c.name == "counter")).scalar_one() == 120


def test_two_that_each_look_before_they_act_cannot_both_act(db: Database):
    """Write skew: both see a sum below the limit, only one may use it up."""

    def reserve(n: int):
        def fn(tx: Tx) -> bool:
            used = tx.execute(select(func.count()).where(thing.c.name.startswith("quota-"))).scalar_one()
            if used >= 3:
                return False
            add(f"quota-{n}")(tx)
            return True

        return lambda: db.write(fn, scope=MINE)

    with ThreadPoolExecutor(10) as pool:
        answers = [done.result() for done in [pool.submit(reserve(n)) for n in range(20)]]
    assert sum(answers) == 3
    assert len(names(db, "quota-")) == 3


def test_a_read_is_one_snapshot(db: Database):
    db.write(add("snap-1"), scope=MINE)
    with db.read(scope=ALL) as tx:
        query = select(func.count()).where(thing.c.name.startswith("snap-"))
        before = tx.execute(query).scalar_one()
        db.write(add("snap-2"), scope=MINE)
        assert tx.execute(query).scalar_one() == before == 1
    assert names(db, "snap-") == ["snap-1", "snap-2"]


def test_a_read_cannot_write(db: Database):
    with pytest.raises(exc.DBAPIError), db.read(scope=ALL) as tx:
        add("through a read")(tx)
    assert names(db, "through") == []


def test_what_follows_a_commit_runs_after_it_and_never_when_undone(db: Database):
    seen: list[list[str]] = []

    def fn(tx: Tx, *, fails: bool = False) -> None:
        add("after-undone" if fails else "after-kept")(tx)
        after_commit(tx, lambda: seen.append(names(db, "after-")))
        if fails:
            raise KeyError

    with pytest.raises(KeyError):
        db.write(lambda tx: fn(tx, fails=True), scope=MINE)
    db.write(fn, scope=MINE)
    assert seen == [["after-kept"]]


def test_listeners_are_woken_once_for_each_commit_that_announced(db: Database):
    woken: list[str] = []
    db.listen("topic-a", lambda: woken.append("a"))
    db.listen("topic-b", lambda: woken.append("b"))

    def fn(tx: Tx) -> None:
        announce(tx, "topic-a")
        announce(tx, "topic-a")

    db.write(fn, scope=MINE)
    assert woken == ["a"]


def test_a_transaction_knows_its_scope_and_clock(db: Database, clock: FixedClock):
    assert db.write(scope_of, scope=MINE) == MINE
    assert db.write(clock_of, scope=MINE) is clock
    with db.read(scope=ALL) as tx:
        assert scope_of(tx) == ALL
        assert clock_of(tx) is clock


def test_scopes_part_the_rows(db: Database):
    db.write(add("whose-a"), scope=MINE)
    db.write(add("whose-b", party="pty_B"), scope=Scope.of(PartyId("pty_B")))
    assert names(db, "whose-", MINE) == ["whose-a"]
    assert names(db, "whose-", ALL) == ["whose-a", "whose-b"]
    assert MINE.admits("pty_A")
    assert not MINE.admits("pty_B")
    assert ALL.admits("pty_B")


@pytest.mark.parametrize("party", ["", "x" * 33, "pty_'; DROP TABLE thing --", "主体"])
def test_a_scope_takes_only_ids(party: str):
    with pytest.raises(BadScope):
        Scope.of(PartyId(party))


def test_a_scope_over_everything_needs_a_reason():
    with pytest.raises(BadScope):
        Scope.all("  ")


def test_instants_come_back_as_utc_to_the_millisecond(db: Database):
    shanghai = timezone(timedelta(hours=8))
    at = datetime(2026, 3, 1, 7, 59, 59, 123_999, tzinfo=shanghai)

    def fn(tx: Tx) -> None:
        tx.execute(
            insert(thing), {"owner_party": "pty_A", "name": "when", "at": at, "said": ["x", {"y": None}]}
        )

    db.write(fn, scope=MINE)
    with db.read(scope=ALL) as tx:
        row = tx.execute(select(thing.c.at, thing.c.said).where(thing.c.name == "when")).one()
        early = select(thing.c.name).where(
            thing.c.name == "when", thing.c.at < at + timedelta(milliseconds=1)
        )
        assert tx.execute(early).scalar() == "when"
        assert tx.execute(early.where(thing.c.at < at - timedelta(hours=1))).scalar() is None
    assert row.at == datetime(2026, 2, 28, 23, 59, 59, 123_000, tzinfo=UTC)
    assert row.at.tzinfo is UTC
    assert row.said == ["x", {"y": None}]


def test_an_instant_without_a_zone_is_refused(db: Database):
    def fn(tx: Tx) -> None:
        tx.execute(insert(thing), {"owner_party": "pty_A", "name": "naive", "at": datetime(2026, 3, 1)})  # noqa: DTZ001

    with pytest.raises(exc.StatementError, match="time zone"):
        db.write(fn, scope=MINE)


def test_a_float_never_enters_a_document(db: Database):
    def fn(tx: Tx) -> None:
        tx.execute(insert(thing), {"owner_party": "pty_A", "name": "float", "said": {"x": 0.5}})

    with pytest.raises(exc.StatementError, match="canonical JSON"):
        db.write(fn, scope=MINE)


def test_a_closed_database_refuses_and_what_waited_is_done(database_url: str, db: Database):
    other = Database.open(database_url, clock=SystemClock())
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(other.write, add(f"closing-{n}"), scope=MINE) for n in range(4)]
        [each.result() for each in waiting]
    other.close()
    assert len(names(db, "closing-")) == 4
    if other.kind == "sqlite":
        with pytest.raises(StoreClosed):
            other.write(add("too late"), scope=MINE)


def test_a_second_process_finds_what_the_first_wrote(database_url: str, db: Database):
    db.write(add("shared"), scope=MINE)
    with Database.open(database_url, clock=SystemClock()) as other:
        assert names(other, "shared") == ["shared"]
        other.write(add("shared-too"), scope=MINE)
    assert names(db, "shared") == ["shared", "shared-too"]


def test_pool_size_is_told_and_kept(db: Database):
    assert db.pool_size == 16
    inside = threading.Semaphore(0)
    go = threading.Event()

    def hold() -> int:
        with db.read(scope=ALL) as tx:
            inside.release()
            go.wait(20)
            return tx.execute(select(1)).scalar_one()

    with ThreadPoolExecutor(db.pool_size) as pool:
        held = [pool.submit(hold) for _ in range(db.pool_size)]
        for _ in held:
            assert inside.acquire(timeout=20)
        go.set()
        assert [each.result() for each in held] == [1] * db.pool_size


def test_all_who_read_may_write_inside(db: Database):
    """Every caller holds a connection and wants a second one; the pool must not wait for itself."""
    gate = threading.Barrier(db.pool_size)

    def both(n: int) -> str:
        with db.read(scope=ALL) as tx:
            tx.execute(select(1))
            gate.wait(20)
            return db.write(add(f"inside-{n}"), scope=MINE)

    with ThreadPoolExecutor(db.pool_size) as pool:
        assert len(set(pool.map(both, range(db.pool_size)))) == db.pool_size


@pytest.mark.parametrize(
    "url", ["", "mysql://x", "sqlite://", "sqlite:///:memory:", "postgresql://host/x", "oracle"]
)
def test_unknown_addresses_are_refused(url: str):
    with pytest.raises(UnknownDatabase):
        Database.open(url, clock=SystemClock())


def test_an_unreachable_database_says_so(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnreachable):
        Database.open(f"sqlite:///{tmp_path}/file/x.db", clock=SystemClock())
    (tmp_path / "not-a-database").write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(StoreUnreachable):
        Database.open(f"sqlite:///{tmp_path}/not-a-database", clock=SystemClock())
    with pytest.raises(StoreUnreachable):
        Database.open("postgresql+psycopg://nobody@127.0.0.1:1/none", clock=SystemClock())


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Database]:
    """An SQLite database that may not grow beyond a few pages."""
    with Database.open(f"sqlite:///{tmp_path}/small.db", clock=SystemClock()) as db:
        db.write(metadata.create_all, scope=ALL)
        db.write(lambda tx: tx.exec_driver_sql("PRAGMA max_page_count=24"), scope=ALL)
        yield db


def test_a_full_disk_undoes_the_group_and_the_next_write_works(small: Database):
    def big(tx: Tx) -> None:
        tx.execute(insert(thing), {"owner_party": "pty_A", "name": "big", "said": "x" * 500_000})

    with pytest.raises(StoreUnreachable):
        small.write(big, scope=MINE)
    small.write(add("after the full disk"), scope=MINE)
    assert names(small, "") == ["after the full disk"]


def test_a_full_disk_is_told_by_the_quick_way_as_by_the_other(small: Database):
    def big(tx: Tx) -> None:
        insert_rows(tx, thing, ("name",), [("x" * 500_000,)], same={"owner_party": "pty_A"})

    with pytest.raises(StoreUnreachable):
        small.write(big, scope=MINE)
    small.write(add("after the full disk"), scope=MINE)
    assert names(small, "") == ["after the full disk"]


def test_a_full_disk_leaves_neighbours_in_no_doubt(small: Database):
    """In one group with a change that fills the disk, each neighbour is kept and told so, or neither."""
    begun, go = threading.Event(), threading.Event()

    def first(tx: Tx) -> None:
        add("neighbour-0")(tx)
        begun.set()
        go.wait(20)

    def big(tx: Tx) -> None:
        tx.execute(insert(thing), {"owner_party": "pty_A", "name": "big", "said": "x" * 500_000})

    def attempt(fn) -> bool:
        try:
            small.write(fn, scope=MINE)
        except StoreUnreachable:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        group = [pool.submit(attempt, first)]
        assert begun.wait(20)
        group += [pool.submit(attempt, fn) for fn in (add("neighbour-1"), big, add("neighbour-2"))]
        while small._backend._batch._queue.qsize() < 3:
            pass
        go.set()
        answers = [each.result() for each in group]
    assert answers[2] is False
    told = {
        f"neighbour-{n}" for n, kept in zip((0, 1, None, 2), answers, strict=True) if kept and n is not None
    }
    assert set(names(small, "neighbour")) == told
    assert attempt(add("after"))


def test_closing_while_the_last_group_fails_does_not_hang(small: Database):
    begun, go = threading.Event(), threading.Event()

    def fails(tx: Tx) -> None:
        begun.set()
        go.wait(20)
        tx.connection.driver_connection.execute("ROLLBACK")

    with ThreadPoolExecutor(2) as pool:
        last = pool.submit(small.write, fails, scope=MINE)
        assert begun.wait(20)
        closing = pool.submit(small.close)
        while small._backend._batch._queue.qsize() < 1:
            pass
        go.set()
        closing.result(20)
        with pytest.raises(StoreUnreachable, match="gave the transaction up"):
            last.result()


def test_a_function_that_hides_the_loss_of_the_transaction_is_found_out(small: Database):
    def hides(tx: Tx) -> str:
        add("hidden")(tx)
        tx.connection.driver_connection.execute("ROLLBACK")
        return "all is well"

    with pytest.raises(StoreUnreachable):
        small.write(hides, scope=MINE)
    assert names(small, "hidden") == []


def test_a_write_inside_a_write_is_a_bug_that_shows(tmp_path: Path):
    with Database.open(f"sqlite:///{tmp_path}/x.db", clock=SystemClock()) as db:
        db.write(metadata.create_all, scope=ALL)
        with pytest.raises(AssertionError, match="wait for itself"):
            db.write(lambda _: db.write(add("inner"), scope=MINE), scope=MINE)


def test_a_nul_character_is_refused_on_both_engines_alike(db: Database):
    with pytest.raises(NulCharacter):
        db.write(add("nul\x00name"), scope=MINE)
    with pytest.raises(NulCharacter), db.read(scope=ALL) as tx:
        tx.execute(select(thing).where(thing.c.name == "a\x00b"))
    db.write(add("after-nul"), scope=MINE)
    assert names(db, "after-nul") == ["after-nul"]


def test_rows_inserted_at_the_drivers_speed_are_as_any_other(db: Database):
    """The same rows both ways read back alike: instants cut to milliseconds, documents canonical, nothing as text of the statement."""
    at = datetime(2026, 11, 22, 9, 30, 1, 234567, tzinfo=timezone(timedelta(hours=8)))
    same, varying = {"owner_party": "pty_A"}, ("name", "at", "said")
    rows = [
        {"name": f"{n} %(name)s ? '; --", "at": at if n else None, "said": said}
        for n, said in enumerate(
            [{"b": 1, "a": ["é"]}, [], None, *range(100)]
        )  # more than one statement takes
    ]

    def both(tx: Tx) -> None:
        insert_rows(
            tx, thing, varying, [("fast-" + row["name"], row["at"], row["said"]) for row in rows], same=same
        )
        tx.execute(insert(thing), [same | row | {"name": "plain-" + row["name"]} for row in rows])
        insert_rows(tx, thing, varying, [], same=same)

    db.write(both, scope=MINE)
    with db.read(scope=ALL) as tx:
        columns = (
            func.replace(thing.c.name, "plain-", "fast-").label("name"),
            thing.c.at,
            thing.c.said,
            thing.c.count,
        )
        found = [
            list(
                tx.execute(select(*columns).where(thing.c.name.startswith(prefix)).order_by(thing.c.ordinal))
            )
            for prefix in ("fast-", "plain-")
        ]
    assert found[0] == found[1]
    assert [row.name for row in found[0]] == ["fast-" + row["name"] for row in rows]
    assert found[0][1].at == datetime(2026, 11, 22, 1, 30, 1, 234000, tzinfo=UTC)
    with pytest.raises(NulCharacter):
        db.write(lambda tx: insert_rows(tx, thing, varying, [("nul\x00", at, 1)], same=same), scope=MINE)
    with pytest.raises(ValueError, match="time zone"):
        db.write(
            lambda tx: insert_rows(tx, thing, varying, [("n", at.replace(tzinfo=None), 1)], same=same),
            scope=MINE,
        )


RENAMED = update(thing).where(thing.c.name == bindparam("old")).values(name=bindparam("new"))
NAMED = select(thing.c.name).where(thing.c.name >= bindparam("least")).order_by(thing.c.name)


def test_prepared_statements_change_and_read_as_others_do(db: Database):
    """They see the transaction they are in, tell how many rows they changed, and leave nothing where it is undone."""

    def act(tx: Tx) -> tuple[int, int, list[str]]:
        insert_rows(tx, thing, ("name",), [("~a",), ("~b",)], same={"owner_party": "pty_A"})
        changed = run_prepared(tx, RENAMED, old="~a", new="~c"), run_prepared(tx, RENAMED, old="-", new="-")
        return *changed, [name for (name,) in fetch_prepared(tx, NAMED, least="~b")]

    assert db.write(act, scope=MINE) == (1, 0, ["~b", "~c"])
    with db.read(scope=MINE) as tx:
        assert [tuple(row) for row in fetch_prepared(tx, NAMED, least="~c")] == [("~c",)]
        assert list(fetch_prepared(tx, NAMED, least="~d")) == []

    def undone(tx: Tx) -> None:
        assert run_prepared(tx, RENAMED, old="~c", new="~d") == 1
        raise KeyError

    with pytest.raises(KeyError):
        db.write(undone, scope=MINE)
    assert sorted(names(db, "~")) == ["~b", "~c"]


def test_prepared_statements_refuse_and_fail_as_others_do(db: Database):
    db.write(add("only once"), scope=MINE)
    with pytest.raises(NulCharacter):
        db.write(lambda tx: run_prepared(tx, RENAMED, old="nul\x00", new="x"), scope=MINE)
    with pytest.raises(NulCharacter), db.read(scope=MINE) as tx:
        fetch_prepared(tx, NAMED, least="nul\x00")
    with pytest.raises(exc.IntegrityError):
        db.write(
            lambda tx: insert_rows(tx, thing, ("name",), [("only once",)], same={"owner_party": "pty_A"}),
            scope=MINE,
        )
    with pytest.raises(exc.IntegrityError):
        db.write(
            lambda tx: tx.execute(insert(thing), {"owner_party": "pty_A", "name": "only once"}), scope=MINE
        )
