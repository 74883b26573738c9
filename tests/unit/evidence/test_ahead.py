"""Entries ahead of their tiles: durable when answered, in tiles before they are signed, there again after a crash anywhere."""

import importlib.util
import threading
from pathlib import Path

import pytest

from feiyu.base import merkle
from feiyu.evidence.ahead import Ahead
from feiyu.evidence.errors import BadTile, LogDamaged, NotYetProven
from feiyu.evidence.fsck import check_tiles
from feiyu.evidence.log import Head
from feiyu.evidence.wal import Wal

SPEC = importlib.util.spec_from_file_location("crashing", Path(__file__).with_name("crashing.py"))
crashing = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(crashing)
ENTRIES, LEAVES, Crash, Stores = crashing.ENTRIES, crashing.LEAVES, crashing.Crash, crashing.Stores
CAPACITY = 256 * 1024


class Process:
    """One life of the writer: what it has in memory ends with it, what lies in the folder does not."""

    def __init__(self, folder):
        self.stores = Stores(folder)
        self.wal = Wal(folder / "head", capacity=CAPACITY)
        self.ahead = Ahead(self.stores.open(), self.wal)
        self.log = self.ahead.log

    def dies(self):
        self.wal.close()
        self.stores.head.close()

    def clean(self):
        return check_tiles(self.stores.tiles.get, self.log.verifier, head=self.log.head, chains=False).clean


@pytest.fixture
def life(tmp_path):
    lives = []

    def begin():
        if lives:
            lives[-1].dies()
        lives.append(Process(tmp_path))
        return lives[-1]

    yield begin
    lives[-1].dies()


def true_head(size):
    return Head(size, merkle.root(LEAVES[:size]))


def test_what_was_appended_is_durable_and_in_the_tree_and_settled_later(life):
    one = life()
    for first, end in ((0, 1), (1, 4), (4, 300), (300, 530)):
        assert one.ahead.append(ENTRIES[first:end]) == first
        assert one.ahead.head == true_head(end)
        assert one.ahead.size == end
    assert one.log.head.size == 0
    again = life()
    assert again.ahead.head == true_head(530)
    assert again.log.head.size == 0
    assert again.ahead.append(ENTRIES[530:531]) == 530
    assert again.ahead.settle() == again.log.head == true_head(531)
    assert again.clean()
    assert life().ahead.head == true_head(531)


def test_a_checkpoint_covers_only_what_tiles_hold(life):
    one = life()
    one.ahead.append(ENTRIES[:10])
    one.ahead.settle()
    one.ahead.append(ENTRIES[10:700])
    one.log.publish(one.log.checkpoint())
    assert one.log.published.checkpoint.size == 10
    with pytest.raises(NotYetProven):
        one.log.prove(10)
    one.ahead.settle()
    one.log.publish(one.log.checkpoint())
    assert one.log.prove(699).check(ENTRIES[699]).size == 700


def test_a_log_that_was_fed_directly_goes_on(life):
    one = life()
    one.log.append(ENTRIES[:300], 0)
    again = life()
    assert again.ahead.append(ENTRIES[300:600]) == 300
    assert again.ahead.settle() == true_head(600)


@pytest.mark.slow
def test_a_crash_before_or_after_any_step_of_settling_loses_and_doubles_nothing(tmp_path):
    clean = Process(tmp_path / "clean")
    run(clean)
    steps = clean.stores.steps
    clean.dies()
    assert {"put", "swap"} <= set(steps)
    for number in range(len(steps)):
        for side in ("before", "after"):
            one = Process(tmp_path / f"{number}-{side}")
            one.stores.die = (number, side)
            done = []
            with pytest.raises(Crash):
                run(one, done)
            one.dies()
            again = Process(tmp_path / f"{number}-{side}")
            assert again.ahead.size >= max(done)
            assert again.ahead.head == true_head(again.ahead.size)
            run(again)
            assert again.log.head == true_head(530)
            assert again.clean()
            again.dies()


def run(process, done=None):
    """Append and settle, from wherever the log is."""
    process.stores.steps = []
    for end in (5, 300, 530):
        size = process.ahead.size
        if size < end:
            process.ahead.append(ENTRIES[size:end])
        if done is not None:
            done.append(process.ahead.size)
        if end != 300:
            process.ahead.settle()


def test_what_could_not_be_settled_is_settled_with_the_next(life):
    one = life()
    one.ahead.append(ENTRIES[:300])
    one.stores.die = (1, "before")
    with pytest.raises(Crash):
        one.ahead.settle()
    one.stores.die = None
    one.ahead.append(ENTRIES[300:600])
    assert one.ahead.settle() == true_head(600)
    assert one.clean()


def test_a_full_ring_is_settled_by_whoever_appends(life):
    one, size, entry = life(), 0, b"x" * 9000
    while size < 200:
        one.ahead.append([entry])
        size += 1
    assert 100 < one.log.head.size < 200
    assert life().ahead.size == 200


def test_another_tree_under_the_same_record_is_damage(tmp_path):
    one, other = Process(tmp_path / "one"), Process(tmp_path / "other")
    one.ahead.append(ENTRIES[:10])
    one.ahead.settle()
    one.ahead.append(ENTRIES[10:20])
    other.log.append(ENTRIES[20:30], 0)
    for process in (one, other):
        process.dies()
    (tmp_path / "other/head/wal").write_bytes((tmp_path / "one/head/wal").read_bytes())
    stores, wal = Stores(tmp_path / "other"), Wal(tmp_path / "other/head", capacity=CAPACITY)
    with pytest.raises(LogDamaged, match="from another tree"):
        Ahead(stores.open(), wal)
    wal.close()
    stores.head.close()


def test_an_entry_that_is_too_large_is_refused_and_changes_nothing(life):
    one = life()
    one.ahead.append(ENTRIES[:3])
    for batch in ([b"x" * 65_536], [b"x" * 60_000] * 2):
        with pytest.raises(BadTile):
            one.ahead.append(batch)
    assert one.ahead.head == true_head(3)
    assert one.ahead.append(ENTRIES[3:4]) == 3


def test_one_appends_while_another_settles_and_publishes(life):
    one, over, trouble = life(), threading.Event(), []

    def behind():
        try:
            while not over.is_set():
                one.ahead.settle()
                one.log.publish(one.log.checkpoint())
        except Exception as bad:  # noqa: BLE001 - shown by the assertion below
            trouble.append(bad)

    thread = threading.Thread(target=behind)
    thread.start()
    for first in range(0, 1400, 7):
        one.ahead.append(ENTRIES[first : first + 7])
    over.set()
    thread.join()
    assert trouble == []
    assert one.ahead.settle() == true_head(1400)
    one.log.publish(one.log.checkpoint())
    assert one.log.prove(1000).check(ENTRIES[1000]).size == 1400
    assert one.clean()
