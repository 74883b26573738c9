"""Nothing is left out unnoticed: heartbeats, silence, stalls, missing receipts, egress counters; and erasure."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from feiyu.base.errors import BadInput, Forbidden, NotFound
from feiyu.base.ids import PartyId, PrincipalId
from feiyu.base.text import Text
from feiyu.evidence.chain import Finding, Kind
from feiyu.evidence.egress import Counted, Tolerance
from feiyu.registry import journal
from feiyu.registry.access import Access, Caller, Role
from feiyu.registry.evidence import alarms, egress, erasure
from feiyu.registry.evidence.errors import AlarmClosed, AlreadyErased, BadInterval, CannotErase
from feiyu.registry.evidence.part import ACCESS, EVENTS
from feiyu.registry.evidence.watch import Limits, Watch
from feiyu.registry.identity import store as identities
from feiyu.registry.identity.model import Party, PartyKind
from feiyu.registry.journal.audit import audit
from feiyu.registry.journal.sequencer import Sequencer
from feiyu.registry.looks.model import How, Thing
from feiyu.registry.looks.service import Looks
from feiyu.registry.looks.store import looks as stored
from feiyu.store import Database, Scope

pytestmark = pytest.mark.slow
ALL = Scope.all("test")
HOUR = timedelta(hours=1)
PORT = PartyId("pty_operator")
A = PartyId("pty_A")
LINE = [
    journal.EventType(
        name=name, title=Text("传输", "A transfer"), refs=frozenset({"transfer"}), data={"bytes": journal.Kind.COUNT},
        optional=frozenset({"bytes"}),
    )
    for name in ("transfer.sealed", "transfer.released", "transfer.received")
]  # fmt: skip
journal.register(EVENTS)


@pytest.fixture(scope="module")
def locations() -> list[str]:
    """Erasing reaches the looks, which are the registry's."""
    return [journal.MIGRATIONS, "feiyu.registry.migrations"]


@pytest.fixture(autouse=True)
def line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line's event types, in a small form, for these tests alone."""
    from feiyu.registry.journal import model

    known = dict(model._TYPES)
    for each in LINE:
        known[each.name] = each
    monkeypatch.setattr(model, "_TYPES", known)


@pytest.fixture
def house(db: Database, clock, keys) -> SimpleNamespace:
    return SimpleNamespace(db=db, clock=clock, cipher=keys, access=Access(ACCESS), party_id=PORT)


@pytest.fixture
def watch(house, sequencer: Sequencer):
    limits = Limits(
        receipt_within=72 * HOUR,
        silence=2 * HOUR,
        stall=10 * HOUR,
        tolerance=Tolerance(permille=0, slack_bytes=0),
    )
    made = Watch(house, sequencer, limits)
    yield made
    made.stop()


@pytest.fixture
def happen(db: Database, clock, keys, source: str) -> Callable[..., str]:
    """Record one event of the line."""

    def record(type_: str, transfer: str, **data: object) -> str:
        ref = db.write(
            lambda tx: journal.record(
                tx,
                keys=keys,
                source=source,
                type=type_,
                at=clock.now(),
                owner=A,
                refs={"transfer": transfer},
                data=data,
            ),
            scope=ALL,
        )
        return ref.event_id

    return record


def open_alarms(db: Database) -> list[alarms.Alarm]:
    with db.read(scope=ALL) as tx:
        return list(alarms.listed(tx, open_only=True))


def kinds(findings: list[Finding]) -> set[Kind]:
    return {one.kind for one in findings}


def test_the_port_says_hourly_that_it_is_there(db: Database, watch: Watch, sequencer: Sequencer, clock):
    def beats() -> int:
        with db.read(scope=ALL) as tx:
            query = text("SELECT count(*) FROM journal_event WHERE type = 'log.heartbeat' AND source = :s")
            return tx.execute(query, {"s": watch.source}).scalar_one()

    watch.run_once()
    before = beats()
    watch.run_once()
    assert beats() == before
    clock.advance(HOUR)
    watch.run_once()
    assert beats() == before + 1
    sequencer.run_once()


def test_a_heartbeat_does_not_wait_in_its_transaction_for_a_log_that_waits_for_one(
    db: Database, watch: Watch, sequencer: Sequencer, monkeypatch: pytest.MonkeyPatch
):
    """The log holds its head and waits for the database's one writer: who writes must not wait for the head."""
    keep, writing, moving = watch._keep, threading.Event(), threading.Event()

    def kept(*given):
        writing.set()
        return keep(*given)

    def move_the_head() -> None:
        with sequencer.log._lock:
            moving.set()
            writing.wait(0.5)  # gives the heartbeat the time to be wrong
            db.write(lambda _: None, scope=ALL)

    monkeypatch.setattr(watch, "_keep", kept)
    threads = [threading.Thread(target=one, daemon=True) for one in (move_the_head, watch.run_once)]
    threads[0].start()
    assert moving.wait(10)
    threads[1].start()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
    assert writing.is_set()


def test_one_process_watches(house, watch: Watch, sequencer: Sequencer, db: Database):
    watch.run_once()
    other = Watch(house, sequencer, Limits())
    assert other.run_once() == ()
    watch.stop()
    other.run_once()
    other.stop()


def test_a_log_that_is_not_published_stalls(db: Database, watch: Watch, sequencer: Sequencer, happen, clock):
    sequencer.run_once()
    assert Kind.STALL not in kinds(watch.findings())
    happen("transfer.sealed", "trf_stall")
    clock.advance(9 * HOUR)
    assert Kind.STALL not in kinds(watch.findings())
    clock.advance(2 * HOUR)
    assert Kind.STALL in kinds(watch.findings())
    sequencer.run_once()
    assert Kind.STALL not in kinds(watch.findings())


def test_an_edge_that_falls_silent_is_told_once(db: Database, watch: Watch, keys, clock, source: str):
    def beat() -> None:
        db.write(
            lambda tx: journal.record(
                tx,
                keys=keys,
                source=source,
                type="edge.heartbeat",
                at=clock.now(),
                owner=A,
                refs={},
                data={"runs": 1},
            ),
            scope=ALL,
        )

    def mine() -> list[Finding]:
        return [one for one in watch.findings() if one.kind is Kind.SILENCE and source in one.where]

    beat()
    clock.advance(2 * HOUR)
    assert mine() == []
    clock.advance(HOUR)
    (told,) = mine()
    assert "pty_A" in told.text.en
    db.write(
        lambda tx: identities.add_party(
            tx,
            Party(id=A, kind=PartyKind.EXPORTER, name=Text("甲公司", "Alpha Co."), country="CN"),
            pseudonym=f"alpha-{source}"[:16],
            at=clock.now(),
        ),
        scope=ALL,
    )
    (told,) = mine()
    assert told.text.zh.startswith("甲公司的出境侧自 ")
    assert told.text.en.startswith("the edge of Alpha Co. is silent since ")
    assert told.text.en.endswith(" UTC+8")
    raised = watch.run_once()
    assert raised
    assert watch.run_once() == ()
    beat()
    assert mine() == []
    clock.advance(3 * HOUR)
    assert mine() != [told]  # a new silence is a new alarm


def test_a_receipt_that_does_not_come_is_an_alarm(db: Database, watch: Watch, happen, clock, house):
    happen("transfer.released", "trf_signed")
    happen("transfer.released", "trf_overdue")
    clock.advance(HOUR)
    happen("transfer.received", "trf_signed")
    clock.advance(71 * HOUR)
    assert not [one for one in watch.findings() if one.kind is Kind.RECEIPT]
    clock.advance(HOUR)
    late = [one for one in watch.findings() if one.kind is Kind.RECEIPT]
    assert [one.where for one in late] == ["trf_overdue"]
    watch.run_once()
    (alarm,) = [one for one in open_alarms(db) if one.subject == "trf_overdue"]
    assert (alarm.kind, alarm.reported_by) == (Kind.RECEIPT, "watch")
    with pytest.raises(BadInput):
        db.write(
            lambda tx: alarms.close(house, tx, alarm.alarm_id, source=watch.source, by="prn_1", ground=" x "),
            scope=ALL,
        )

    def close(tx: object) -> alarms.Alarm:
        return alarms.close(
            house, tx, alarm.alarm_id, source=watch.source, by="prn_1", ground="the recipient called"
        )

    assert db.write(close, scope=ALL).closed_by == "prn_1"
    with pytest.raises(AlarmClosed):
        db.write(close, scope=ALL)
    assert watch.run_once() == ()  # what a person has closed does not come back
    assert not [one for one in open_alarms(db) if one.subject == "trf_overdue"]
    with db.read(scope=ALL) as tx:
        assert journal.events_about(tx, house.cipher, "alarm", alarm.alarm_id)[-1].type == "alarm.closed"


def test_egress_is_held_against_the_log(db: Database, watch: Watch, happen, clock, house):
    def take(source: str, start, end, size: int, *, final: bool = False) -> str:
        counted = Counted(source=source, start=start, end=end, size_bytes=size, final=final)
        return db.write(lambda tx: egress.take(house, tx, counted, source=watch.source), scope=ALL)

    def windows():
        with db.read(scope=ALL) as tx:
            return egress.compare(tx, house.cipher, clock.now(), watch.limits.tolerance)

    start = clock.now()
    happen("transfer.sealed", "trf_out", bytes=1000)
    happen("transfer.released", "trf_out")
    clock.advance(HOUR)
    take("gw-1", start, clock.now(), 600)
    take("gw-2", start, clock.now(), 400)
    assert windows()[-1].text is None
    happen("transfer.received", "trf_out")
    clock.advance(HOUR)
    at = clock.now()
    take("gw-1", at - HOUR, at, 0)
    for first, last, size in ((start, at, 1), (at - HOUR, at, 1), (at, at, 1), (at, at + HOUR, 1)):
        with pytest.raises(BadInterval):
            take("gw-1", first, last, size)
    assert len(windows()) == 1  # gw-2 has not counted the second hour yet
    take("gw-2", at - HOUR, at, 1, final=True)
    assert windows()[-1].text is None  # the transfer was signed for in this hour
    clock.advance(HOUR)
    take("gw-1", at, clock.now(), 5)
    last = windows()[-1]
    assert last.excess == 5
    with pytest.raises(BadInterval):
        take("gw-2", at, clock.now(), 1)
    assert [one.kind for one in watch.findings() if one.kind is Kind.EGRESS] == [Kind.EGRESS]
    watch.run_once()
    assert any(one.kind is Kind.EGRESS for one in open_alarms(db))
    clock.advance(30 * HOUR)
    silent = [one.where for one in watch.findings() if one.where.startswith("egress ")]
    assert len(silent) == 1  # gw-1; gw-2 had said that it ends
    assert "gw-1" in silent[0]


def caller(*roles: Role, party: PartyId = A) -> Caller:
    return Caller(principal_id=PrincipalId("prn_officer"), party_id=party, name="x", roles=roles)


def test_erasing_destroys_body_and_salt_and_the_receipt_says_so(
    db: Database, watch: Watch, sequencer: Sequencer, happen, clock, house, keys
):
    event = happen("transfer.sealed", "trf_old", bytes=7)
    officer = caller(Role.OFFICER)
    log = sequencer.log

    def erase(who: Caller = officer, ident: str = event, ground: str = "kept for three years"):
        return db.write(
            lambda tx: erasure.erase(house, tx, who, ident, log=log, ground=ground),
            scope=Scope.of(who.party_id),
        )

    with pytest.raises(CannotErase):
        erase()
    clock.advance(timedelta(days=3 * 366))
    with pytest.raises(CannotErase, match="checkpoint"):
        erase()
    sequencer.run_once()
    with pytest.raises(BadInput):
        erase(ground="  ")
    with pytest.raises(Forbidden):
        erase(caller(Role.AUTHORITY))
    with pytest.raises(NotFound):
        erase(caller(Role.OFFICER, party=PartyId("pty_B")))
    with db.read(scope=ALL) as tx:
        query = text("SELECT event_id FROM journal_event WHERE type = 'egress.counted'")
        beat = tx.execute(query).scalars().first()
    with pytest.raises(CannotErase, match="kind"):
        erase(caller(Role.OFFICER, party=PORT), beat)
    with db.read(scope=ALL) as tx:
        whole = journal.receipt_of(tx, keys, log, event)
    auditor = caller(Role.AUDITOR, party=PartyId("pty_audit"))
    Looks(db, clock, PORT).record(
        auditor, [(Thing(A, event), How.OPENED), (Thing(A, "evt_other"), How.OPENED)]
    )
    told = erase()
    with db.read(scope=ALL) as tx:
        assert [one.thing_id for one in stored(tx, ALL, thing=None, lists=True, before=None, limit=9)] == [
            "evt_other"
        ]
    with pytest.raises(AlreadyErased):
        erase()
    with db.read(scope=ALL) as tx:
        row = tx.execute(text("SELECT body, salt FROM journal_event WHERE event_id = :e"), {"e": event}).one()
        assert (bytes(row.body), bytes(row.salt)) == (b"", b"")
        assert journal.receipt_of(tx, keys, log, event) is None  # the erasure itself is not published yet
    sequencer.run_once()
    with db.read(scope=ALL) as tx:
        now = journal.receipt_of(tx, keys, log, event)
        assert journal.receipt_of(tx, keys, log, told.event_id)
    assert now is not None
    from feiyu.evidence.trust import NoteKey, Trust
    from feiyu.evidence.verify import TRUSTED, verify_receipt

    trust = Trust(logs=[NoteKey(key=log.verifier)], policy=f"log {log.verifier.text}\nquorum none\n").encode()
    verdict = verify_receipt(now, trust=trust)
    assert verdict.outcome == TRUSTED
    assert "erased" in verdict.proves[0].en
    assert verify_receipt(whole, trust=trust).outcome == TRUSTED  # who kept the old one still has all of it
    assert json.loads(now)["entry"] == json.loads(whole)["entry"]
    assert audit(db, log, keys).findings == ()


def test_the_database_lets_bodies_be_emptied_and_never_changed(db: Database, happen):
    event = happen("transfer.sealed", "trf_x")
    none = "CAST('' AS BLOB)" if db.kind == "sqlite" else "''::bytea"
    other = "CAST('x' AS BLOB)" if db.kind == "sqlite" else "'x'::bytea"
    for change in (
        f"body = {other}", f"salt = {other}", f"body = {other}, salt = {none}", "signatures = '[1]'", f"entry = {none}",
    ):  # fmt: skip
        query = text(f"UPDATE journal_event SET {change} WHERE event_id = '{event}'")
        with pytest.raises(Exception, match="append only"):
            db.write(lambda tx, query=query: tx.execute(query), scope=ALL)


def test_an_erasure_without_its_event_is_found_out(db: Database, sequencer: Sequencer, happen, keys):
    event = happen("transfer.sealed", "trf_y")
    sequencer.run_once()
    empty = text("UPDATE journal_event SET body = :n, salt = :n WHERE event_id = :e")
    db.write(lambda tx: tx.execute(empty, {"n": b"", "e": event}), scope=ALL)
    assert any(event in told and "erasure" in told for told in audit(db, sequencer.log, keys).findings)
