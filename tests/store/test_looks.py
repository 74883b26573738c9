"""Rows of looks: one a bucket, durable at the first, added to by several processes, guarded by the database; on both engines."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from feiyu.base.clock import FixedClock
from feiyu.base.ids import PartyId, PrincipalId
from feiyu.registry import journal
from feiyu.registry.access import Caller, Role
from feiyu.registry.looks import store
from feiyu.registry.looks.model import How, Look, Thing, kind_of
from feiyu.registry.looks.service import KNOWN_MAX, Looks
from feiyu.store import Database, Scope

ALL = Scope.all("test")
OWNER, PORT = PartyId("pty_owner"), PartyId("pty_port")
CENTRE = Caller(
    principal_id=PrincipalId("prn_1"), party_id=PartyId("pty_centre"), name="SC-1", roles=(Role.CENTRE,)
)


@pytest.fixture(scope="module")
def locations() -> list[str]:
    return [journal.MIGRATIONS, "feiyu.registry.migrations"]


@pytest.fixture
def looks(db: Database, clock: FixedClock) -> Iterator[Looks]:
    made = Looks(db, clock, PORT)
    yield made
    made.stop()


def kept(db: Database, thing: str, scope: Scope = ALL) -> list[Look]:
    with db.read(scope=scope) as tx:
        return store.looks(tx, scope, thing=thing, lists=True, before=None, limit=100)


def opened(thing: str, owner: str = OWNER) -> list[tuple[Thing, How]]:
    return [(Thing(owner, thing), How.OPENED)]


def test_the_first_is_durable_at_once_and_repeats_with_the_next_flush(
    db: Database, clock: FixedClock, looks: Looks
) -> None:
    start = clock.now()
    for _ in range(5):
        looks.record(CENTRE, opened("trf_a"))
        clock.advance(timedelta(seconds=7))
    (one,) = kept(db, "trf_a")
    assert (one.times, one.first_at, one.last_at) == (1, start, start)
    looks.flush()
    (one,) = kept(db, "trf_a")
    assert (one.times, one.first_at, one.last_at) == (5, start, start + timedelta(seconds=28))
    looks.flush()
    assert kept(db, "trf_a") == [one]


def test_a_process_that_ends_without_a_word_loses_repeats_and_nothing_else(
    db: Database, clock: FixedClock
) -> None:
    crashed = Looks(db, clock, PORT)
    for _ in range(3):
        crashed.record(CENTRE, opened("trf_crash"))
    after = Looks(db, clock, PORT)
    after.record(CENTRE, opened("trf_crash"))
    (one,) = kept(db, "trf_crash")
    assert one.times == 2  # the first of each process; who, what, how and from when are whole


def test_opened_counts_by_the_hour_and_lists_by_the_day_in_shanghai(
    db: Database, clock: FixedClock, looks: Looks
) -> None:
    clock.advance(timedelta(hours=1) - (clock.now() - clock.now().replace(minute=0, second=0)))
    for _ in range(4):
        looks.record(CENTRE, [(Thing(OWNER, "trf_b"), How.LISTED), (Thing(OWNER, "trf_b"), How.OPENED)])
        clock.advance(timedelta(minutes=30))
    looks.flush()
    times = {(one.how, one.times) for one in kept(db, "trf_b")}
    assert times == {(How.LISTED, 4), (How.OPENED, 2)}
    assert len(kept(db, "trf_b")) == 3
    midnight = clock.now().replace(hour=16, minute=0)  # in Shanghai
    clock.advance(midnight - clock.now() - timedelta(minutes=1))
    for _ in range(2):
        looks.record(CENTRE, [(Thing(OWNER, "trf_c"), How.LISTED)])
        clock.advance(timedelta(minutes=2))
    assert len(kept(db, "trf_c")) == 2


def test_processes_add_to_the_same_row_at_once(db: Database, clock: FixedClock) -> None:
    several = [Looks(db, clock, PORT) for _ in range(4)]
    start = threading.Barrier(len(several))

    def work(one: Looks) -> None:
        start.wait()
        for number in range(25):
            one.record(CENTRE, opened(f"trf_{number % 5}"))
        one.stop()

    threads = [threading.Thread(target=work, args=(one,)) for one in several]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [[look.times for look in kept(db, f"trf_{number}")] for number in range(5)] == [[20]] * 5


def test_only_staff_is_recorded_and_not_at_their_own_or_the_ports(db: Database, looks: Looks) -> None:
    for roles in ((Role.OFFICER,), (Role.RECIPIENT,), (Role.EDGE,), ()):
        other = Caller(principal_id=PrincipalId("prn_2"), party_id=PartyId("pty_x"), name="x", roles=roles)
        looks.record(other, opened("trf_none"))
    looks.record(CENTRE, opened("trf_none", CENTRE.party_id))
    looks.record(CENTRE, opened("trf_none", PORT))
    assert kept(db, "trf_none") == []
    both = Caller(
        principal_id=PrincipalId("prn_3"), party_id=PartyId("pty_x"), name="x", roles=(Role.AUDITOR, Role.AUTHORITY)
    )  # fmt: skip
    looks.record(both, opened("trf_none"))
    assert kept(db, "trf_none")[0].seats == (Role.AUTHORITY, Role.AUDITOR)


def test_another_party_sees_nothing(db: Database, looks: Looks) -> None:
    looks.record(CENTRE, opened("trf_mine"))
    assert kept(db, "trf_mine", Scope.of(OWNER))
    other = Scope.of(PartyId("pty_other"))
    assert kept(db, "trf_mine", other) == []
    if db.kind == "postgresql":  # a forgotten clause shows nothing either
        with db.read(scope=other) as tx:
            assert tx.execute(text("SELECT count(*) FROM look")).scalar() == 0


@pytest.mark.parametrize("column", ["principal_id", "thing_id", "owner_party", "first_at", "bucket"])
def test_the_database_refuses_to_change_who_saw_what(db: Database, looks: Looks, column: str) -> None:
    looks.record(CENTRE, opened("trf_kept"))
    value = "'2020-01-01T00:00:00.000Z'" if column == "first_at" else "'x'"
    statement = text(f"UPDATE look SET {column} = {value} WHERE thing_id = 'trf_kept'")
    with pytest.raises(DBAPIError, match="append only"):
        db.write(lambda tx: tx.execute(statement), scope=ALL)


def test_what_could_not_be_written_is_kept_for_the_next_time(db: Database, looks: Looks) -> None:
    looks.record(CENTRE, opened("trf_later"))
    looks.record(CENTRE, opened("trf_later"))
    away, back = "ALTER TABLE look RENAME TO look_away", "ALTER TABLE look_away RENAME TO look"
    db.alone(lambda tx: tx.execute(text(away)), scope=ALL)
    try:
        with pytest.raises(DBAPIError):
            looks.flush()
        with pytest.raises(DBAPIError):
            looks.record(CENTRE, opened("trf_unseen"))
    finally:
        db.alone(lambda tx: tx.execute(text(back)), scope=ALL)
    looks.flush()
    assert [one.times for one in kept(db, "trf_later")] == [2]
    assert kept(db, "trf_unseen") == []
    looks.record(CENTRE, opened("trf_unseen"))
    assert [one.times for one in kept(db, "trf_unseen")] == [1]


def test_the_memory_of_rows_has_a_limit(db: Database, clock: FixedClock, looks: Looks) -> None:
    looks.record(CENTRE, [(Thing(OWNER, f"trf_{number}"), How.LISTED) for number in range(KNOWN_MAX + 1)])
    looks.record(CENTRE, [(Thing(OWNER, "trf_0"), How.LISTED)])
    assert len(looks) == KNOWN_MAX + 1
    looks.tidy()
    assert len(looks) == 0
    looks.record(CENTRE, [(Thing(OWNER, "trf_0"), How.LISTED)])
    assert len(looks) == 1
    clock.advance(timedelta(days=1))
    looks.tidy()
    assert len(looks) == 0
    assert [one.times for one in kept(db, "trf_0") if one.how is How.LISTED] == [3]


def test_looks_go_with_the_thing_that_is_erased(db: Database, looks: Looks) -> None:
    looks.record(CENTRE, [*opened("evt_gone"), *opened("evt_stays")])
    db.write(lambda tx: store.forget(tx, "evt_gone"), scope=Scope.of(OWNER))
    assert kept(db, "evt_gone") == []
    assert len(kept(db, "evt_stays")) == 1


@pytest.mark.parametrize(
    ("ident", "kind"), [("trf_1", "transfer"), ("brk_1", "breakglass"), ("3f9c", "key"), ("key_1", "key")]
)
def test_an_id_says_its_kind(ident: str, kind: str) -> None:
    assert kind_of(ident) == kind
