"""The write-ahead log: torn at every byte, damaged in the middle, written round and round, and imitated by an entry."""

import os
import random

import pytest

from feiyu.evidence import wal as module
from feiyu.evidence.errors import BadTile, LogDamaged, StorageFailed
from feiyu.evidence.wal import PAGE, Wal

CAPACITY = 32 * PAGE
BATCHES = [[b"one", b"", b"three" * 9], [b"four"], [b"five", b"six" * 2000, b"seven"], [b"eight", b"nine"]]


def root(size):
    return size.to_bytes(32, "big")


@pytest.fixture
def wal(tmp_path):
    wal = Wal(tmp_path, capacity=CAPACITY)
    yield wal
    wal.close()


def filled(wal, batches=BATCHES, first=0):
    """Write batches; the file after each."""
    pictures = [wal._path.read_bytes()]
    for batch in batches:
        assert wal.write(first, batch, root(first + len(batch)))
        first += len(batch)
        pictures.append(wal._path.read_bytes())
    return pictures


def replayed(wal, data=None, size=0):
    if data is not None:
        wal._path.write_bytes(data)
    return [(record.first, list(record.entries), record.root) for record in wal.replay(size)]


def told(batches, first=0):
    found = []
    for batch in batches:
        found.append((first, batch, root(first + len(batch))))
        first += len(batch)
    return found


def places(wal):
    """Where each record begins and ends, without the zeros behind it."""
    found = []
    for record in wal.replay(0):
        at = record.page * PAGE
        found.append((at, at + module._OVERHEAD + sum(2 + len(entry) for entry in record.entries)))
    return found


def test_what_was_written_is_read_back_in_order(wal):
    filled(wal)
    assert replayed(wal) == told(BATCHES)
    assert replayed(wal, size=4) == told(BATCHES)[2:]
    assert replayed(wal, size=9) == []


def test_a_record_torn_at_every_byte_is_dropped_and_the_rest_is_there(wal):
    """The last record cut at every byte, with nothing, zeros or the older file behind the cut."""
    before, after = filled(wal)[-2:]
    begin, end = places(wal)[-1]
    assert end - begin < PAGE
    for cut in range(begin, end):
        for torn in (after[:cut], after[:cut] + bytes(len(after) - cut), after[:cut] + before[cut:]):
            assert replayed(wal, torn) == told(BATCHES[:-1]), cut
    for cut in range(end, begin + PAGE, 97):
        assert replayed(wal, after[:cut] + before[cut:]) == told(BATCHES)


def cut_at(wal, after, places_):
    ends = [end for _, end in places(wal)]
    for cut in places_(ends):
        whole = sum(end <= cut for end in ends)
        assert replayed(wal, after[:cut]) == told(BATCHES[:whole]), cut


def test_the_whole_file_cut_at_any_byte_gives_the_longest_whole_beginning(wal):
    def near(ends):
        edges = {at + step for end in ends for at in (end, -(-end // PAGE) * PAGE) for step in range(-3, 4)}
        return sorted(edges | set(range(PAGE, max(ends) + PAGE, 211)))

    cut_at(wal, filled(wal)[-1], near)


@pytest.mark.campaign
@pytest.mark.timeout(1800)
def test_the_whole_file_cut_at_every_byte(wal):
    cut_at(wal, filled(wal)[-1], lambda ends: range(PAGE, max(ends) + PAGE))


def flipped_at(wal, after, step_of):
    for number, (begin, end) in enumerate(places(wal)):
        for at in range(begin, end, step_of(end - begin)):
            data = bytearray(after)
            data[at] ^= 1 << at % 8
            if number == len(BATCHES) - 1:
                assert replayed(wal, data) == told(BATCHES[:-1])
                continue
            with pytest.raises(LogDamaged, match="but not those from"):
                replayed(wal, data)


def test_a_flipped_bit_before_the_last_record_is_damage_with_a_name(wal):
    flipped_at(wal, filled(wal)[-1], lambda size: 3 if size < PAGE else 211)


@pytest.mark.campaign
@pytest.mark.timeout(1800)
def test_a_bit_flipped_in_every_byte(wal):
    flipped_at(wal, filled(wal)[-1], lambda _: 1)


def test_a_later_history_than_the_stored_head_is_damage(wal):
    filled(wal, first=5)
    with pytest.raises(LogDamaged, match="from 5 on, but not those from 4 on"):
        wal.replay(4)
    with pytest.raises(LogDamaged, match="but not those from 7 on"):
        wal.replay(7)  # in the middle of a record: not a head that this file was written under


@pytest.mark.parametrize(
    "data", [b"", b"junk", b"feiyu-wal/1\n", bytes(CAPACITY), b"feiyu-wal/2\n".ljust(CAPACITY, b"x")]
)
def test_what_is_no_write_ahead_log_is_not_guessed_at(tmp_path, data):
    (tmp_path / "wal").write_bytes(data)
    with pytest.raises(LogDamaged, match="no write-ahead log"):
        Wal(tmp_path, capacity=CAPACITY)


def test_written_round_and_round_it_holds_what_was_not_freed(tmp_path):
    """Any order of writing and freeing; a second reader finds exactly what is live, also once it goes on writing."""
    chance = random.Random(7)
    wal = Wal(tmp_path, capacity=CAPACITY)
    live, size, freed, refused = [], 0, 0, 0
    for step in range(400):
        if live and chance.random() < 0.15:
            first, batch, _ = chance.choice(live)
            freed = first + len(batch)
            wal.free(freed)
            live = [one for one in live if one[0] >= freed]
        batch = [chance.randbytes(chance.choice((0, 30, 400, 5000))) for _ in range(chance.randint(1, 5))]
        if wal.write(size, batch, root(size + len(batch))):
            live.append((size, batch, root(size + len(batch))))
            size += len(batch)
        else:
            refused += 1
            assert live
        if step % 5 == 0:
            wal.close()
            wal = Wal(tmp_path, capacity=CAPACITY)
            assert replayed(wal, size=freed) == live
    assert refused > 20
    assert size > 500
    wal.close()


def test_half_full_is_crowded_and_full_is_refused(wal):
    size = 0
    assert not wal.crowded
    while wal.write(size, [b"x" * 5000], root(size + 1)):
        size += 1
        assert wal.crowded == (size * 2 > 16)
    assert size == 15
    wal.free(size - 1)
    assert not wal.crowded
    assert wal.write(size, [b"y"], root(size + 1))
    assert replayed(wal, size=size - 1) == [(14, [b"x" * 5000], root(15)), (15, [b"y"], root(16))]


def test_a_batch_larger_than_a_record_is_refused(wal):
    assert wal.write(0, [b"x" * (wal.max_bytes - 2)], root(1))
    with pytest.raises(BadTile, match="over"):
        wal.write(1, [b"x" * (wal.max_bytes - 1)], root(2))


def test_an_entry_cannot_pass_for_a_record(wal):
    """An entry that holds whole records, true or made up, on every page of a torn record behind them."""
    filled(wal, BATCHES[:2])
    true = wal._path.read_bytes()[PAGE : 3 * PAGE]
    made_up = module._HEAD.pack(module._MAGIC, 4, 1, 3, root(5)) + bytes(32) + b"\x00\x01x"
    entry = bytes(PAGE - module._OVERHEAD - 2) + true + made_up.ljust(PAGE, b"\0") + true
    assert wal.write(4, [entry], root(5))
    data = bytearray(wal._path.read_bytes())
    at = 3 * PAGE + PAGE
    assert data[at : at + 8] == module._MAGIC
    assert replayed(wal) == told([*BATCHES[:2], [entry]])
    data[3 * PAGE + 20] ^= 1
    assert replayed(wal, data) == told(BATCHES[:2])


def test_after_a_failed_flush_nothing_more_is_written(wal, monkeypatch):
    filled(wal, BATCHES[:1])

    def fail(*_):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(module.os, "fdatasync", fail)
        with pytest.raises(StorageFailed):
            wal.write(3, [b"four"], root(4))
    with pytest.raises(StorageFailed, match="failed to read or write"):
        wal.write(3, [b"four"], root(4))


def test_short_writes_are_finished(wal, monkeypatch):
    real = os.pwrite
    monkeypatch.setattr(module.os, "pwrite", lambda handle, data, at: real(handle, data[:1000], at))
    filled(wal)
    assert replayed(wal) == told(BATCHES)
