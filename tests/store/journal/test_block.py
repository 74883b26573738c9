"""Events that share a row of the journal: each is found, proven and erased by itself."""

import itertools
import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import column, insert, table, text

from feiyu.base.clock import FixedClock, to_text
from feiyu.base.ids import PartyId, new_id
from feiyu.evidence.directory import DirectoryHead, DirectoryTiles
from feiyu.evidence.entry import FIRST_PREVIOUS, chained, hour_of, packed
from feiyu.evidence.errors import BadEntry
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.log import Log
from feiyu.registry import journal
from feiyu.registry.journal.audit import audit
from feiyu.registry.journal.block import MOST, without
from feiyu.registry.journal.errors import BodyUnreadable
from feiyu.registry.journal.read import every_event
from feiyu.registry.journal.sequencer import Sequencer
from feiyu.registry.journal.store import events
from feiyu.registry.journal.tables import journal_source
from feiyu.store import Database, Scope, Tx, migrate
from feiyu.store.migrate import folder_of

pytestmark = pytest.mark.slow
ALL = Scope.all("test")
MINE = Scope.of(PartyId("pty_A"))
Recorded = list[journal.EventRef]


@pytest.fixture
def many(
    keys: journal.BodyCipher, clock: FixedClock, source: str
) -> Callable[[int], Callable[[Tx], Recorded]]:
    """Record some events at once."""
    return lambda count: lambda tx: journal.record_many(
        tx, keys=keys, source=source, type="test.made", at=clock.now(), owner=PartyId("pty_A"),
        refs={"grant": "grt_1"}, data=[{"count": n} for n in range(count)],
    )  # fmt: skip


def test_rows_are_filled_and_every_event_keeps_its_own_name_number_and_place(
    db: Database, many: Callable, made: Callable, keys, sequencer: Sequencer, source: str
):
    start = sequencer.log.head.size
    refs = [
        *db.write(many(2 * MOST + 3), scope=MINE),
        db.write(made(7), scope=MINE),
        *db.write(many(MOST), scope=MINE),
    ]
    with db.read(scope=ALL) as tx:
        query = text("SELECT events FROM journal_event WHERE source = :s ORDER BY seq")
        assert list(tx.execute(query, {"s": source}).scalars()) == [MOST, MOST, 3, 1, MOST]
    assert len({ref.event_id for ref in refs}) == len(refs)
    assert sequencer.standing().waiting == len(refs)
    while sequencer.run_once():
        pass
    assert audit(db, sequencer.log, keys).findings == ()
    with db.read(scope=MINE) as tx:
        told = [journal.event_of(tx, keys, ref.event_id) for ref in refs]
        assert [(one.event_id, one.source, one.seq) for one in told] == refs
        assert [one.log_index for one in told] == list(range(start, start + len(refs)))
        assert [one.data["count"] for one in told] == [*range(2 * MOST + 3), 7, *range(MOST)]
        assert [sequencer.log.entry(one.log_index) for one in told] == [one.entry for one in told]
        assert [events.place_of(tx, ref.event_id) for ref in refs] == [one.log_index for one in told]
        for ref in (refs[0], refs[MOST - 1], refs[MOST], refs[-1]):
            assert json.loads(journal.receipt_of(tx, keys, sequencer.log, ref.event_id))["entry"]
        beside = refs[2 * MOST].event_id[:-2]  # a row of three: 00, 01, 02
        for nobodys in (f"{beside}03", f"{beside}ZZ", f"{beside}0I", beside, "x", ""):
            assert journal.event_of(tx, keys, nobodys) is None
            assert events.place_of(tx, nobodys) is None
    with db.read(scope=Scope.of(PartyId("pty_B"))) as tx:
        assert journal.event_of(tx, keys, refs[1].event_id) is None


def test_pages_and_limits_cut_inside_rows(
    db: Database, many: Callable, made: Callable, keys, source: str, sequencer: Sequencer
):
    for count in (5, 1, 1, 70):
        db.write(many(count), scope=MINE)
    while sequencer.run_once():
        pass
    with db.read(scope=MINE) as tx:
        whole = [one.event_id for one in journal.newest_events(tx, keys, limit=77)]
        pages: list[str] = []
        before = None
        while len(pages) < 77:
            page = journal.newest_events(tx, keys, limit=4, before=before)
            assert len(page) == 4 or len(pages) + len(page) >= 77
            pages += [one.event_id for one in page]
            before = page[-1].ordinal
        assert pages[:77] == whole
        ours = [
            one
            for one in journal.events_about(tx, keys, "grant", "grt_1", limit=10**6)
            if one.source == source
        ]
        assert [one.event_id for one in ours] == whole[::-1]
        assert len(journal.events_about(tx, keys, "grant", "grt_1", limit=3)) == 3
        assert [one.seq for one in every_event(tx, keys) if one.source == source] == list(range(77))
        end = events.next_index(tx)
        entries = list(events.all_entries(tx))
        assert len(entries) == end
        for first, limit in itertools.product(range(max(0, end - 80), end + 1), (1, 3, 64, 100)):
            assert events.placed_entries(tx, first, limit) == entries[first : first + limit]


def test_one_of_a_row_is_erased_and_the_others_stay(
    db: Database, many: Callable, keys, sequencer: Sequencer, source: str
):
    refs = db.write(many(4), scope=MINE)
    while sequencer.run_once():
        pass

    def erase(tx: Tx) -> None:
        row = events.event_row(tx, ALL, refs[2].event_id)
        events.empty(tx, row["event_id"], without(row, keys, refs[2].event_id))

    db.write(erase, scope=ALL)
    with db.read(scope=ALL) as tx:
        told = [journal.event_of(tx, keys, ref.event_id) for ref in refs]
        row = events.event_row(tx, ALL, refs[0].event_id)
    assert [one.erased for one in told] == [False, False, True, False]
    assert [one.data for one in told if not one.erased] == [{"count": 0}, {"count": 1}, {"count": 3}]
    assert all(one.log_index is not None for one in told)
    (finding,) = audit(db, sequencer.log, keys).findings
    assert refs[2].event_id in finding
    assert "erasure" in finding
    change = text("UPDATE journal_event SET body = :b WHERE event_id = :e")
    for other in (row["body"], row["body"][:-1] + b"x", row["body"] + b"x"):
        with pytest.raises(Exception, match="append only"):
            db.write(
                lambda tx, other=other: tx.execute(change, {"b": other, "e": row["event_id"]}), scope=ALL
            )


def test_rows_of_another_count_or_another_row_do_not_open(db: Database, many: Callable, keys):
    one, two = (db.write(many(3), scope=MINE)[0].event_id for _ in range(2))
    with db.read(scope=ALL) as tx:
        rows = [dict(events.event_row(tx, ALL, ident)) for ident in (one, two)]
    for lie in ({"body": rows[1]["body"]}, {"events": 2}, {"entry": rows[0]["entry"][:-1]}):
        with pytest.raises((BodyUnreadable, BadEntry)):
            without(rows[0] | lie, keys, one)


def test_rows_from_before_are_rows_of_one(
    tmp_path: Path, clock: FixedClock, keys, many: Callable, source: str, monkeypatch: pytest.MonkeyPatch
):
    """Recorded before there was a count in a row; the next event goes on from it, and more may share one."""
    old = tmp_path / "old_revisions"
    old.mkdir()
    for each in [
        *folder_of(journal.MIGRATIONS).glob("000[123]_*.py"),
        folder_of(journal.MIGRATIONS) / "__init__.py",
    ]:
        shutil.copy(each, old)
    monkeypatch.syspath_prepend(str(tmp_path))
    at, ident, salted = clock.now(), new_id("event", clock.now()), bytes(range(32)) + b'{"data":{},"refs":{}}'
    entry, last = chained(
        source=source, seq=0, previous=FIRST_PREVIOUS, hour=hour_of(at), salted=packed([salted]), count=1
    )
    row = {
        "event_id": ident, "owner_party": "pty_A", "source": source, "seq": 0, "type": "test.made", "at": to_text(at),
        "key_id": "jrn-1", "body": keys.seal(salted, event_id=ident, part="salt and body"), "salt": b"",
        "signatures": "[]", "entry": entry[4:], "log_index": 0,
    }  # fmt: skip

    def record(tx: Tx) -> None:
        tx.execute(insert(table("journal_event", *map(column, row))), row)
        tx.execute(insert(journal_source), {"source": source, "next_seq": 1, "last_hash": last})

    with Database.open(f"sqlite:///{tmp_path}/old.db", clock=clock) as db:
        migrate(db, ["old_revisions"])
        db.write(record, scope=ALL)
        migrate(db, [journal.MIGRATIONS])
        db.write(many(3), scope=MINE)
        with db.read(scope=MINE) as tx:
            assert journal.event_of(tx, keys, ident).body == salted[32:]
            assert [each.log_index for each in every_event(tx, keys)] == [0, 1, 2, 3]
        origin = "demo.log.example/old"
        with closing(DirectoryHead(tmp_path / "head")) as head:
            log = Log(DirectoryTiles(tmp_path / "tiles"), head, origin, Ed25519Signer(bytes(32)))
            assert audit(db, log, keys).findings == ()
