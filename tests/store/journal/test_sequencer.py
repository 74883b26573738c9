"""From the journal to the log and to receipts, also when it stops half way."""

import json
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from feiyu.base.ids import PartyId
from feiyu.evidence import note as notes
from feiyu.evidence.directory import DirectoryTiles
from feiyu.evidence.errors import HeadMoved, LogDamaged
from feiyu.evidence.fsck import check_tiles
from feiyu.evidence.keys import Algorithm, Ed25519Signer, SigningKey
from feiyu.evidence.log import Head, Log
from feiyu.evidence.policy import Policy, simple_policy
from feiyu.evidence.proof import Proof
from feiyu.evidence.witness_client import WitnessClient
from feiyu.evidence.witness_server import listen
from feiyu.registry import journal
from feiyu.registry.journal.audit import audit
from feiyu.registry.journal.errors import JournalBroken
from feiyu.registry.journal.head import SqlHead
from feiyu.registry.journal.rebuild import rebuild_tiles
from feiyu.registry.journal.sequencer import Sequencer
from feiyu.store import Database, Scope
from feiyu.store.lead import leadership

pytestmark = pytest.mark.slow
ALL = Scope.all("test")
MINE = Scope.of(PartyId("pty_A"))


def receipt(
    db: Database, keys: journal.BodyCipher, log: Log, event_id: str, scope: Scope = MINE
) -> bytes | None:
    with db.read(scope=scope) as tx:
        return journal.receipt_of(tx, keys, log, event_id)


def agree(db: Database, log: Log, keys: journal.BodyCipher) -> int:
    """Journal, chains, head and tiles tell one story; gives how many entries the log has."""
    found = audit(db, log, keys)
    assert found.findings == ()
    return found.logged


def test_an_event_is_proven_after_a_round_and_not_before(
    db: Database, made: Callable, keys, sequencer: Sequencer
):
    ref = db.write(made(7), scope=MINE)
    assert receipt(db, keys, sequencer.log, ref.event_id) is None
    assert not sequencer.covers(ref.event_id)
    sequencer.run_once()
    assert sequencer.covers(ref.event_id)
    file = receipt(db, keys, sequencer.log, ref.event_id)
    assert file is not None
    found = json.loads(file)
    assert found["format"] == "feiyu-receipt/1"
    assert found["demo"] is True  # the origin says so
    assert receipt(db, keys, sequencer.log, ref.event_id, Scope.of(PartyId("pty_B"))) is None
    assert receipt(db, keys, sequencer.log, "evt_unknown") is None
    agree(db, sequencer.log, keys)


def test_a_round_without_news_changes_nothing(db: Database, sequencer: Sequencer):
    sequencer.run_once()
    before = sequencer.log.published
    assert sequencer.run_once() is False
    assert sequencer.log.published is before


def test_its_standing_tells_how_far_it_is(db: Database, made: Callable, sequencer: Sequencer):
    sequencer.run_once()
    before = sequencer.standing()
    assert (before.waiting, before.broken, before.trouble) == (0, None, ())
    assert before.logged == before.published
    for n in range(3):
        db.write(made(n), scope=MINE)
    assert sequencer.standing().waiting == 3
    sequencer.run_once()
    after = sequencer.standing()
    assert (after.waiting, after.logged, after.published) == (0, before.logged + 3, before.logged + 3)


def test_each_source_stays_in_order_and_nothing_is_lost(
    db: Database, made: Callable, keys, sequencer: Sequencer
):
    start = sequencer.log.head.size
    sources = [f"{n:016x}" for n in range(900, 904)]
    sequencer.start()
    with ThreadPoolExecutor(8) as pool:
        done = [pool.submit(db.write, made(n, by=sources[n % 4]), scope=MINE) for n in range(120)]
        refs = [each.result() for each in done]
    assert all(sequencer.wait_for(ref.event_id, 30) for ref in refs)
    sequencer.stop()
    assert agree(db, sequencer.log, keys) == start + 120
    with db.read(scope=ALL) as tx:
        query = text("SELECT seq FROM journal_event WHERE source = :s ORDER BY log_index")
        for source in sources:
            assert list(tx.execute(query, {"s": source}).scalars()) == list(range(30))


def test_who_records_without_a_pause_does_not_put_publishing_off(
    db: Database, made: Callable, sequencer: Sequencer, monkeypatch: pytest.MonkeyPatch
):
    def meanwhile(entries: list[bytes], first: int) -> Head:
        batches.append(entries)
        assert len(batches) < 3, "a round takes in what comes during the round"
        db.write(made(), scope=MINE)
        return original(entries, first)

    batches, original = [], sequencer.log.append
    monkeypatch.setattr(sequencer.log, "append", meanwhile)
    ref = db.write(made(), scope=MINE)
    sequencer.run_once()
    assert sequencer.covers(ref.event_id)
    assert len(batches) == 1


def test_waiting_ends_when_the_time_is_over(db: Database, made: Callable, sequencer: Sequencer):
    ref = db.write(made(), scope=MINE)
    assert sequencer.wait_for(ref.event_id, 0.05) is False
    sequencer.run_once()
    assert sequencer.wait_for(ref.event_id, 0) is True


class Stop(Exception):
    """The process dies here."""


POINTS = [
    "after numbering",
    "before the tiles",
    "after the tiles",
    "after the head",
    "before publishing",
    "after publishing",
]


@pytest.mark.parametrize("point", POINTS)
def test_a_stop_at_any_point_is_made_good(
    db: Database,
    made: Callable,
    keys,
    open_log: Callable,
    feed: Callable,
    point: str,
    monkeypatch: pytest.MonkeyPatch,
):
    log = open_log()
    sequencer = feed(log)
    refs = (
        db.write(lambda tx: [made(n)(tx) for n in range(300)], scope=MINE)
        if point == POINTS[2]
        else [db.write(made(), scope=MINE)]
    )

    def stop(where: str, original: Callable) -> Callable:
        def call(*given: object) -> object:
            if where.startswith("before"):
                raise Stop
            original(*given)
            raise Stop

        return call

    targets = {
        "after numbering": (sequencer, "_append", "before"),
        "before the tiles": (log._store, "put", "before"),
        "after the tiles": (log._store, "put", "after"),
        "after the head": (log._heads, "swap", "after"),
        "before publishing": (log._store, "replace", "before"),
        "after publishing": (log._store, "replace", "after"),
    }
    owner, name, where = targets[point]
    monkeypatch.setattr(owner, name, stop(where, getattr(owner, name)))
    with pytest.raises(Stop):
        sequencer.run_once()
    sequencer.stop()
    monkeypatch.undo()

    later = db.write(made(5), scope=MINE)  # the batch that is repeated is longer now
    log = open_log()
    again = feed(log)
    again.run_once()
    assert all(again.covers(ref.event_id) for ref in (*refs, later))
    agree(db, log, keys)


def test_two_sequencers_do_not_feed_one_log(
    db: Database, made: Callable, open_log: Callable, feed: Callable, sequencer: Sequencer
):
    db.write(made(), scope=MINE)
    sequencer.run_once()
    other = feed(open_log())
    ref = db.write(made(), scope=MINE)
    assert other.run_once() is False
    assert not other.covers(ref.event_id)
    sequencer.stop()
    other.run_once()
    assert other.covers(ref.event_id)


def test_a_process_that_does_not_lead_hands_out_fresh_receipts_and_can_take_over(
    db: Database, made: Callable, keys, open_log: Callable, feed: Callable, sequencer: Sequencer
):
    db.write(made(), scope=MINE)
    sequencer.run_once()
    follower = feed(open_log())
    assert follower.run_once() is False
    for n in range(3):
        ref = db.write(lambda tx, n=n: [made(n)(tx) for _ in range(200)][-1], scope=MINE)
        sequencer.run_once()
        assert receipt(db, keys, follower.log, ref.event_id)  # asked before it had heard of anything
        assert follower.log.published == sequencer.log.published
    ref = db.write(made(), scope=MINE)
    sequencer.run_once()
    assert follower.wait_for(ref.event_id, 0)
    sequencer.stop()
    late = db.write(made(), scope=MINE)
    follower.run_once()  # it leads now, from the stored head
    assert follower.broken is None
    assert follower.covers(late.event_id)
    agree(db, follower.log, keys)
    late = db.write(made(), scope=MINE)
    follower.run_once()
    assert sequencer.covers(late.event_id)


def test_a_leader_whose_head_was_moved_meanwhile_steps_back(
    db: Database, made: Callable, keys, open_log: Callable, feed: Callable, sequencer: Sequencer, monkeypatch
):
    """As after a lost connection to PostgreSQL: the lock is gone, another process feeds, and we learn of it late."""
    db.write(made(), scope=MINE)
    sequencer.run_once()
    other = feed(open_log())
    monkeypatch.setattr(other._lead, "held", lambda: True)

    def overtaken() -> None:
        ref.append(db.write(made(), scope=MINE))
        other.run_once()
        db.write(made(), scope=MINE)
        original()

    ref, original = [], sequencer._append
    monkeypatch.setattr(sequencer, "_append", overtaken)
    db.write(made(), scope=MINE)
    monkeypatch.setattr(sequencer.log, "refresh", lambda: False)
    assert sequencer.run_once() is False
    assert sequencer.broken is None
    monkeypatch.undo()
    sequencer.run_once()
    assert other.covers(ref[0].event_id)
    agree(db, sequencer.log, keys)


def test_a_head_moves_only_from_where_it_is(db: Database):
    head = SqlHead(db, "head.example/test")
    one, two = Head(1, bytes([1]) * 32), Head(2, bytes([2]) * 32)
    assert head.load() is None
    head.swap(None, one)
    with pytest.raises(HeadMoved):
        head.swap(None, two)
    with pytest.raises(HeadMoved):
        head.swap(Head(1, bytes(32)), two)
    head.swap(one, two)
    assert head.load() == two
    with pytest.raises(HeadMoved):
        head.swap(one, Head(3, bytes(32)))


def test_of_many_that_swap_one_wins(db: Database):
    head = SqlHead(db, "race.example/test")

    def swap(n: int) -> bool:
        try:
            head.swap(None, Head(1, bytes([n]) * 32))
        except HeadMoved:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(swap, range(8)))
    assert sum(won) == 1
    assert head.load() == Head(1, bytes([won.index(True)]) * 32)


def test_leadership_passes_on(database_url: str, db: Database):
    one, two = leadership(db, "a"), leadership(db, "a")
    assert one.held()
    assert one.held()
    assert not two.held()
    another = leadership(db, "b")
    assert another.held()
    another.release()
    one.release()
    one.release()
    assert two.held()
    two.release()


@pytest.fixture
def witness(tmp_path: Path, clock, open_log: Callable):
    """A real witness behind HTTP on a free port."""
    key = SigningKey("witness.example/w1", Algorithm.COSIGNATURE_ED25519, Ed25519Signer(bytes([7]) * 32))
    listener = listen(("127.0.0.1", 0), tmp_path / "witness", key, [open_log().verifier], clock=clock)
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.bound[1]}", key.verifier
    listener.shutdown()
    listener.server_close()
    thread.join()


def test_witnesses_cosign_what_is_published(
    db: Database, made: Callable, keys, open_log: Callable, feed: Callable, witness
):
    url, key = witness
    log = open_log()
    policy = Policy.parse(simple_policy([log.verifier], [key], needed=1))
    sequencer = feed(log, policy=policy, witnesses=[WitnessClient(url, key)])
    ref = db.write(made(), scope=MINE)
    sequencer.run_once()
    file = receipt(db, keys, log, ref.event_id)
    assert file is not None
    note = Proof.parse(json.loads(file)["proof"]).checkpoint
    assert b"witness.example/w1" in note
    assert sequencer.trouble == ()
    sequencer.stop()


def test_an_absent_witness_delays_publishing_and_loses_nothing(
    db: Database, made: Callable, keys, open_log: Callable, feed: Callable, witness
):
    url, key = witness
    log = open_log()
    policy = Policy.parse(simple_policy([log.verifier], [key], needed=1))
    away = feed(log, policy=policy, witnesses=[WitnessClient("http://127.0.0.1:1", key, timeout_s=2)])
    ref = db.write(made(), scope=MINE)
    with pytest.raises(Exception, match="LOG-"):
        away.run_once()
    assert not away.covers(ref.event_id)
    assert away.broken is None
    away.stop()
    back = feed(log, policy=policy, witnesses=[WitnessClient(url, key)])
    back.run_once()
    assert back.covers(ref.event_id)


def test_a_witness_that_saw_another_history_stops_the_feeding(
    db: Database, made: Callable, open_log: Callable, feed: Callable, witness, tmp_path: Path
):
    url, key = witness
    log = open_log()
    other_tiles = DirectoryTiles(tmp_path / "other")
    other = Log(other_tiles, SqlHead(db, f"{log.origin}-shadow"), log.origin, Ed25519Signer(bytes(32)))
    other.append([f"another history {n}".encode() for n in range(log.head.size + 5)], 0)
    WitnessClient(url, key).cosign(notes.parse(other.checkpoint()), other.consistency)
    sequencer = feed(log, witnesses=[WitnessClient(url, key)])
    db.write(made(), scope=MINE)
    with pytest.raises(JournalBroken, match="LOG-"):
        sequencer.run_once()
    with pytest.raises(JournalBroken):
        sequencer.run_once()
    db.write(made(), scope=MINE)  # recording goes on
    sequencer.stop()


def test_tiles_that_went_back_are_noticed(
    db: Database, made: Callable, open_log: Callable, tiles: Path, sequencer, tmp_path
):
    db.write(made(), scope=MINE)
    sequencer.run_once()
    shutil.copytree(tiles, tmp_path / "backup")
    db.write(made(), scope=MINE)
    sequencer.run_once()
    sequencer.stop()
    shutil.move(tiles, tmp_path / "present")
    shutil.copytree(tmp_path / "backup", tiles)
    with pytest.raises(Exception, match="LOG-"):
        open_log()
    shutil.rmtree(tiles)
    shutil.move(tmp_path / "present", tiles)
    open_log()


def test_a_database_that_went_back_is_noticed_before_anything_is_signed(
    db: Database, made: Callable, open_log: Callable, keys, sequencer: Sequencer
):
    """The last events and the head are cut off, as an old backup would; the log on disk is longer and must win."""
    for n in range(3):
        db.write(made(n), scope=MINE)
    sequencer.run_once()
    sequencer.stop()
    log = open_log()
    size = log.head.size
    cut = text("UPDATE log_head SET size = size - 1 WHERE origin = :o")
    db.write(lambda tx: tx.execute(cut, {"o": log.origin}), scope=ALL)
    with pytest.raises(Exception, match="LOG-"):
        open_log()
    db.write(
        lambda tx: tx.execute(
            text("UPDATE log_head SET size = :s WHERE origin = :o"), {"s": size, "o": log.origin}
        ),
        scope=ALL,
    )
    assert open_log().head.size == size


def test_the_log_passes_its_own_examination(db: Database, sequencer: Sequencer, tiles: Path):
    sequencer.run_once()
    assert check_tiles(DirectoryTiles(tiles).get, sequencer.log.verifier).findings == ()


def test_the_audit_finds_what_was_altered(
    db: Database, made: Callable, keys, sequencer: Sequencer, source: str
):
    db.write(made(1), scope=MINE)
    ref = db.write(made(2), scope=MINE)
    sequencer.run_once()
    assert audit(db, sequencer.log, keys).findings == ()
    swap = text("UPDATE journal_source SET next_seq = next_seq + 1 WHERE source = :s")
    db.write(lambda tx: tx.execute(swap, {"s": source}), scope=ALL)
    assert any(source in each for each in audit(db, sequencer.log, keys).findings)
    db.write(
        lambda tx: tx.execute(
            text("UPDATE journal_source SET next_seq = next_seq - 1 WHERE source = :s"), {"s": source}
        ),
        scope=ALL,
    )
    wrong = journal.BodyCipher({"jrn-1": bytes(32)}, "jrn-1")
    assert any(ref.event_id in each for each in audit(db, sequencer.log, wrong).findings)
    assert audit(db, sequencer.log, keys).findings == ()


def test_lost_tiles_are_made_again_from_the_journal(
    db: Database, made: Callable, keys, open_log: Callable, feed: Callable, tiles: Path, tmp_path: Path
):
    def many(tx):
        return [made(n)(tx) for n in range(600)][-1]

    last = db.write(many, scope=MINE)
    feed(log := open_log()).run_once()
    origin, whole = log.origin, tmp_path / "made again"
    assert rebuild_tiles(db, DirectoryTiles(whole), "never.example/used") is None
    assert rebuild_tiles(db, DirectoryTiles(whole), origin) == log.head
    assert rebuild_tiles(db, DirectoryTiles(tiles), origin) == log.head  # what is there is the same
    again = Log(DirectoryTiles(whole), SqlHead(db, origin), origin, Ed25519Signer(bytes(32)))
    again.publish(again.checkpoint())
    assert receipt(db, keys, again, last.event_id)
    assert agree(db, again, keys) == log.head.size
    damaged = next(path for path in whole.rglob("tile/0/000*") if path.is_file())
    damaged.write_bytes(bytes(len(damaged.read_bytes())))
    with pytest.raises(LogDamaged):
        rebuild_tiles(db, DirectoryTiles(whole), origin)
