"""Meters and remembered replies."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import exc, text

from feiyu.base.clock import FixedClock
from feiyu.base.errors import BadInput, NotFound, TooLarge
from feiyu.base.ids import PartyId
from feiyu.registry.journal import EventId, meter, replies
from feiyu.registry.journal.errors import NotPositive, ReplyMismatch
from feiyu.registry.journal.replies import Reply
from feiyu.store import Database, Scope, Tx

pytestmark = pytest.mark.slow
ALL = Scope.all("test")
EVENT = EventId("evt_1")


@pytest.fixture
def party() -> PartyId:
    return PartyId(f"pty_{secrets.token_hex(8)}")


def use(db: Database, party: PartyId, unit: str, quantity: int) -> str:
    return db.write(lambda tx: meter.record(tx, party, unit, quantity, EVENT), scope=Scope.of(party))


def totals(db: Database, party: PartyId, clock: FixedClock, **window: timedelta):
    since = clock.now() - window.get("back", timedelta(days=1))
    until = clock.now() + window.get("ahead", timedelta(milliseconds=1))
    with db.read(scope=Scope.of(party)) as tx:
        return meter.totals(tx, party, since=since, until=until)


def test_totals_are_by_unit_party_and_time(db: Database, clock: FixedClock, party: PartyId):
    use(db, party, "bytes", 2**40)
    use(db, party, "bytes", 1)
    use(db, party, "persons", 7)
    use(db, PartyId(f"{party}x"[:32]), "bytes", 5)
    assert totals(db, party, clock) == {"bytes": 2**40 + 1, "persons": 7}
    assert totals(db, party, clock, ahead=timedelta(0)) == {}
    clock.advance(timedelta(days=2))
    assert totals(db, party, clock) == {}
    with db.read(scope=Scope.of(PartyId("pty_other"))) as tx:
        assert meter.totals(tx, party, since=clock.now() - timedelta(days=9), until=clock.now()) == {}


@pytest.mark.parametrize("quantity", [0, -1, True])
def test_only_positive_integers_are_counted(db: Database, party: PartyId, quantity: int):
    with pytest.raises(NotPositive):
        use(db, party, "bytes", quantity)


def test_a_correction_is_a_record_of_its_own_and_can_be_made_once(
    db: Database, clock: FixedClock, party: PartyId
):
    wrong = use(db, party, "bytes", 10)
    use(db, party, "bytes", 3)
    mine = Scope.of(party)
    db.write(lambda tx: meter.reverse(tx, wrong, EVENT), scope=mine)
    assert totals(db, party, clock) == {"bytes": 3}
    with pytest.raises(exc.IntegrityError):
        db.write(lambda tx: meter.reverse(tx, wrong, EVENT), scope=mine)
    with pytest.raises(NotFound):
        db.write(lambda tx: meter.reverse(tx, wrong, EVENT), scope=Scope.of(PartyId("pty_other")))
    assert totals(db, party, clock) == {"bytes": 3}


@pytest.mark.parametrize("change", ["DELETE FROM meter_record", "UPDATE meter_record SET quantity = 1"])
def test_the_database_refuses_to_change_a_meter(db: Database, party: PartyId, change: str):
    meter_id = use(db, party, "bytes", 10)
    with pytest.raises(exc.DBAPIError, match="append only"):
        db.write(lambda tx: tx.execute(text(f"{change} WHERE meter_id = :m"), {"m": meter_id}), scope=ALL)


def answer(db: Database, party: PartyId, key: str, request: bytes, done: list[bytes]) -> Reply:
    """What an API handler does."""

    def fn(tx: Tx) -> Reply:
        if known := replies.recall(tx, party, key, request):
            return known
        reply = Reply(status=201, body=b"made " + request + secrets.token_bytes(8))
        replies.keep(tx, party, key, request, reply)
        return reply

    reply = db.write(fn, scope=Scope.of(party))
    done.append(reply.body)
    return reply


def test_a_repeated_request_gets_the_first_answer(db: Database, party: PartyId):
    done: list[bytes] = []
    first = answer(db, party, "k-1", b"request", done)
    again = answer(db, party, "k-1", b"request", done)
    assert first == again
    assert first.digest == again.digest
    assert answer(db, party, "k-2", b"request", done) != first
    assert answer(db, PartyId(f"{party}x"[:32]), "k-1", b"request", done) != first
    with pytest.raises(ReplyMismatch):
        answer(db, party, "k-1", b"another request", done)


def test_many_at_once_act_once(db: Database, party: PartyId):
    done: list[bytes] = []
    with ThreadPoolExecutor(8) as pool:
        for each in [pool.submit(answer, db, party, "same", b"request", done) for _ in range(8)]:
            each.result()
    assert len(done) == 8
    assert len(set(done)) == 1


@pytest.mark.parametrize("key", ["", "x" * 129, "键", "a\nb"])
def test_keys_that_are_none(db: Database, party: PartyId, key: str):
    with pytest.raises(BadInput):
        answer(db, party, key, b"request", [])


def test_a_reply_too_large_to_remember(db: Database, party: PartyId):
    reply = Reply(status=200, body=bytes(replies.MAX_BODY_BYTES + 1))
    with pytest.raises(TooLarge):
        db.write(lambda tx: replies.keep(tx, party, "k", b"", reply), scope=Scope.of(party))


def test_replies_are_forgotten_in_time(db: Database, clock: FixedClock, party: PartyId):
    done: list[bytes] = []
    first = answer(db, party, "old", b"request", done)
    clock.advance(timedelta(days=1))
    assert db.write(lambda tx: replies.forget(tx, before=clock.now()), scope=Scope.of(party)) == 1
    assert answer(db, party, "old", b"request", done) != first
