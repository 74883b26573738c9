"""Events that share a row of the journal: each is found, proven and erased by itself."""

import itertools
import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from feiyu.base.clock import FixedClock
from feiyu.base.ids import PartyId, new_id
from feiyu.evidence.directory import DirectoryTiles
from feiyu.evidence.entry import FIRST_PREVIOUS, chained, hour_of, packed, unpacked
from feiyu.evidence.errors import BadEntry
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.log import Log
from feiyu.evidence.policy import Policy, simple_policy
from feiyu.registry import journal
from feiyu.registry.journal.audit import audit
from feiyu.registry.journal.block import MOST, without
from feiyu.registry.journal.errors import BodyUnreadable, JournalBroken
from feiyu.registry.journal.head import SqlHead
from feiyu.registry.journal.read import every_event
from feiyu.registry.journal.sequencer import Sequencer
from feiyu.registry.journal.store import events
from feiyu.registry.journal.tables import journal_event, journal_source
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


def test_two_that_erase_in_one_row_at_once_both_do(db: Database, many: Callable, keys):
    """On PostgreSQL both have read the row before either writes: the second reads again, and brings nothing back."""
    refs = db.write(many(6), scope=MINE)
    gate = threading.Barrier(2)

    def erase(ident: str) -> None:
        def fn(tx: Tx) -> None:
            left = without(row := events.event_row(tx, ALL, ident), keys, ident)
            if db.kind != "sqlite" and not met.get(ident):
                met[ident] = True
                gate.wait(20)
            events.empty(tx, row["event_id"], left)

        db.write(fn, scope=ALL)

    met: dict[str, bool] = {}
    gone = [refs[1].event_id, refs[4].event_id]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(erase, gone))
    with db.read(scope=ALL) as tx:
        told = [journal.event_of(tx, keys, ref.event_id) for ref in refs]
    assert [one.event_id for one in told if one.erased] == gone


def test_what_was_erased_of_a_row_is_not_in_its_database_any_more(
    tmp_path: Path, clock: FixedClock, many: Callable, keys
):
    """SQLite's file and its write-ahead log, once that was taken in; the old ciphertext was long enough for pages of its own."""
    path = tmp_path / "feiyu.db"
    with Database.open(f"sqlite:///{path}", clock=clock) as db:
        migrate(db, [journal.MIGRATIONS])
        ref = db.write(many(MOST), scope=MINE)[7]
        with db.read(scope=ALL) as tx:
            row = events.event_row(tx, ALL, ref.event_id)
        pieces = [row["body"][at : at + 64] for at in range(0, len(row["body"]) - 64, 1000)]
        assert len(pieces) > 4
        on_disk(path, pieces, held=True)
        db.write(lambda tx: events.empty(tx, row["event_id"], without(row, keys, ref.event_id)), scope=ALL)
        on_disk(path, pieces, held=False)


def on_disk(path: Path, pieces: list[bytes], *, held: bool) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    files = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    assert all((piece in files) is held for piece in pieces)


def test_a_place_that_is_nobodys_stops_the_feeding(
    tmp_path: Path, clock: FixedClock, many: Callable, made: Callable, keys
):
    """A row is gone, or says that it holds fewer than it does: nothing is logged at a place that is another's."""
    for change in (
        "DELETE FROM journal_event WHERE log_index = 3",
        "UPDATE journal_event SET events = 2 WHERE events = 3",
    ):
        with Database.open(f"sqlite:///{tmp_path}/{change[:6]}.db", clock=clock) as db:
            migrate(db, [journal.MIGRATIONS])
            for each in (many(3), made(3), made(4)):
                db.write(each, scope=MINE)
            drop = text(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal_event'"
            )
            with db.read(scope=ALL) as tx:
                names = list(tx.execute(drop).scalars())
            db.write(
                lambda tx, names=names: [tx.execute(text(f"DROP TRIGGER {name}")) for name in names],
                scope=ALL,
            )
            db.write(lambda tx, change=change: tx.execute(text(change)), scope=ALL)
            origin = "demo.log.example/gap"
            log = Log(
                DirectoryTiles(tmp_path / change[:6]), SqlHead(db, origin), origin, Ed25519Signer(bytes(32))
            )
            sequencer = Sequencer(db, log, policy=Policy.parse(simple_policy([log.verifier], [], needed=0)))
            for _ in range(2):
                with pytest.raises(JournalBroken):
                    sequencer.run_once()
            assert sequencer.broken is not None
            assert (log.head.size, log.published) == (0, None)
            db.write(made(5), scope=MINE)  # recording goes on
            sequencer.stop()


def test_rows_of_another_count_or_another_row_do_not_open(db: Database, many: Callable, keys):
    one, two = (db.write(many(3), scope=MINE)[0].event_id for _ in range(2))
    with db.read(scope=ALL) as tx:
        rows = [dict(events.event_row(tx, ALL, ident)) for ident in (one, two)]
    for lie in ({"body": rows[1]["body"]}, {"events": 2}, {"entry": rows[0]["entry"][:-1]}):
        with pytest.raises((BodyUnreadable, BadEntry)):
            without(rows[0] | lie, keys, one)


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/old.db"
        return
    server = request.getfixturevalue("postgres_server")
    yield (url := server.create_database())
    server.drop_database(url)


@pytest.mark.parametrize("placed", [2, 1, 0])
def test_rows_from_before_are_rows_of_one(
    empty_url: str, tmp_path: Path, clock: FixedClock, keys, many: Callable, source: str, monkeypatch: pytest.MonkeyPatch,
    placed: int,
):  # fmt: skip
    """Recorded before there was a count in a row, with or without a place; what follows may share a row, and places go on."""
    old = tmp_path / "old_revisions"
    old.mkdir()
    for each in [
        *folder_of(journal.MIGRATIONS).glob("000[123]_*.py"),
        folder_of(journal.MIGRATIONS) / "__init__.py",
    ]:
        shutil.copy(each, old)
    monkeypatch.syspath_prepend(str(tmp_path))
    at = clock.now()
    idents = [new_id("event", at) for _ in range(2)]
    salted = [bytes(range(32)) + b'{"data":{},"refs":{"grant":"grt_%d"}}' % n for n in range(2)]
    entries, last = chained(
        source=source, seq=0, previous=FIRST_PREVIOUS, hour=hour_of(at), salted=packed(salted), count=2
    )
    rows = [
        {
            "event_id": idents[n], "owner_party": "pty_A", "source": source, "seq": n, "type": "test.made", "at": at,
            "key_id": "jrn-1", "body": keys.seal(salted[n], event_id=idents[n], part="salt and body"), "salt": b"",
            "signatures": [], "entry": entry, "log_index": n if n < placed else None,
        }
        for n, entry in enumerate(unpacked(entries, 2))
    ]  # fmt: skip

    def record(tx: Tx) -> None:
        tx.execute(insert(journal_event), rows)
        tx.execute(insert(journal_source), {"source": source, "next_seq": 2, "last_hash": last})

    with Database.open(empty_url, clock=clock) as db:
        migrate(db, ["old_revisions"])
        db.write(record, scope=ALL)
        migrate(db, [journal.MIGRATIONS])
        db.write(many(3), scope=MINE)
        origin = "demo.log.example/old"
        log = Log(DirectoryTiles(tmp_path / "tiles"), SqlHead(db, origin), origin, Ed25519Signer(bytes(32)))
        sequencer = Sequencer(db, log, policy=Policy.parse(simple_policy([log.verifier], [], needed=0)))
        sequencer.run_once()
        sequencer.stop()
        with db.read(scope=MINE) as tx:
            assert [journal.event_of(tx, keys, ident).body for ident in idents] == [
                one[32:] for one in salted
            ]
            assert [each.log_index for each in every_event(tx, keys)] == [0, 1, 2, 3, 4]
        assert audit(db, log, keys).findings == ()
        assert log.head.size == 5
