"""The log: appending, proving, publishing, and repeating a batch after a crash at any point."""

import dataclasses
import importlib.util
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feiyu.base import merkle
from feiyu.evidence import note as notes
from feiyu.evidence import tiles
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.errors import (
    BadTile,
    EntryChanged,
    EntryGap,
    HeadMoved,
    LogDamaged,
    NoSuchEntry,
    NotYetProven,
    UntrustedNote,
)
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.log import Head
from feiyu.evidence.reader import TileReader

SPEC = importlib.util.spec_from_file_location("crashing", Path(__file__).with_name("crashing.py"))
crashing = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(crashing)
ENTRIES, LEAVES, SIGNER, ORIGIN = crashing.ENTRIES, crashing.LEAVES, crashing.SIGNER, crashing.ORIGIN
Crash, Stores = crashing.Crash, crashing.Stores


@pytest.fixture
def stores(tmp_path):
    stores = Stores(tmp_path)
    yield stores
    stores.head.close()


@pytest.fixture
def log(stores):
    return stores.open()


def test_an_empty_log_has_a_head_and_a_checkpoint(log):
    assert log.head == Head(0, merkle.sha256(b""))
    seen = Checkpoint.parse(notes.parse(log.checkpoint()).text)
    assert (seen.origin, seen.size) == (ORIGIN, 0)
    log.publish(log.checkpoint())
    assert log.published.checkpoint.size == 0
    with pytest.raises(NotYetProven):
        log.prove(0)
    with pytest.raises(NoSuchEntry):
        log.entry(0)


@pytest.mark.slow
def test_every_entry_is_proven_at_every_published_size(stores, log):
    done = 0
    for size in (1, 2, 3, 255, 256, 257, 511, 512, 513, 1300):
        assert log.append(ENTRIES[done:size], done) == Head(size, merkle.root(LEAVES[:size]))
        log.publish(log.checkpoint())
        done = size
        for index in {0, 1, 254, 255, 256, size // 2, size - 1} & set(range(size)):
            proof = log.prove(index)
            assert proof.check(ENTRIES[index]).size == size
            assert list(proof.path) == merkle.inclusion_path(LEAVES[:size], index)
            assert log.entry(index) == ENTRIES[index]
    again = stores.open()
    assert again.head == log.head
    assert again.published == log.published
    assert again.prove(700).text == log.prove(700).text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(data=st.data())
def test_proofs_from_tiles_are_those_of_the_rfc(data):
    size = data.draw(st.integers(1, 1400))
    reader = reader_over(size)
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    assert reader.root(old) == merkle.root(LEAVES[:old])
    assert reader.inclusion(index, size) == merkle.inclusion_path(LEAVES[:size], index)
    if index < old:
        assert reader.inclusion(index, old) == merkle.inclusion_path(LEAVES[:old], index)
    assert reader.consistency(old, size) == merkle.consistency_path(LEAVES[:size], old)


_FILES = {}


def reader_over(size, **kw):
    if size not in _FILES:
        from feiyu.evidence.edge import Edge

        edge, files = Edge().grow(ENTRIES[:size])
        _FILES[size] = files | edge.unfinished()
    return TileReader(_FILES[size].get, size, **kw)


def test_a_tiny_cache_gives_the_same_proofs():
    reader = reader_over(1400, cache_tiles=1)
    for index in range(0, 1400, 97):
        assert reader.inclusion(index, 1400) == merkle.inclusion_path(LEAVES, index)


def test_a_reader_answers_for_smaller_sizes_after_partials_were_tidied():
    files = reader_over(1400)._get.__self__
    only_full = {path: data for path, data in files.items() if ".p/" not in path}
    reader = TileReader(only_full.get, 700)
    assert reader.tile(0, 2, 700 - 512) == files["tile/0/002"][: (700 - 512) * 32]
    assert reader.bundle(2, 100) == tuple(ENTRIES[512:612])
    with pytest.raises(BadTile, match="missing"):
        reader.tile(0, 9, 256)
    with pytest.raises(BadTile, match="missing"):
        reader.bundle(9, 256)


def test_sizes_and_indexes_beyond_the_log_are_refused():
    reader = reader_over(10)
    for call in (
        lambda: reader.root(11),
        lambda: reader.inclusion(10, 10),
        lambda: reader.inclusion(-1, 10),
        lambda: reader.consistency(0, 10),
        lambda: reader.consistency(7, 6),
        lambda: reader.consistency(1, 11),
        lambda: reader.entry(10),
    ):
        with pytest.raises(NoSuchEntry):
            call()


def test_a_gap_is_refused_and_changes_nothing(log):
    log.append(ENTRIES[:10], 0)
    with pytest.raises(EntryGap):
        log.append(ENTRIES[11:12], 11)
    assert log.head.size == 10


def test_a_batch_may_be_repeated_and_extended(log):
    for end in (10, 10, 5, 300, 300, 600):
        log.append(ENTRIES[:end], 0)
    assert log.head == Head(600, merkle.root(LEAVES[:600]))
    log.append(ENTRIES[590:700], 590)
    assert log.head.size == 700
    assert log.append([], 700).size == 700


def test_another_entry_at_a_logged_index_stops(log):
    log.append(ENTRIES[:300], 0)
    with pytest.raises(EntryChanged):
        log.append([*ENTRIES[:7], b"another"], 0)
    assert log.head == Head(300, merkle.root(LEAVES[:300]))


def test_an_entry_that_is_too_large_is_refused_and_changes_nothing(log):
    log.append(ENTRIES[:3], 0)
    with pytest.raises(BadTile):
        log.append([b"x" * 65_536], 3)
    assert log.append([b"x" * 65_535], 3).size == 4


def test_proofs_wait_for_the_published_checkpoint(log):
    log.append(ENTRIES[:10], 0)
    log.publish(log.checkpoint())
    log.append(ENTRIES[10:20], 10)
    assert log.prove(9).check(ENTRIES[9]).size == 10
    with pytest.raises(NotYetProven):
        log.prove(10)


def test_partial_tiles_are_tidied_once_a_full_one_is_published(stores, log):
    for end in (10, 200, 300):
        log.append(ENTRIES[:end], 0)
        log.publish(log.checkpoint())
    assert not (stores.tiles.root / "tile/0/000.p").exists()
    assert not (stores.tiles.root / "tile/entries/000.p").exists()
    assert (stores.tiles.root / "tile/0/001.p/44").exists()
    assert stores.open().prove(5).check(ENTRIES[5])


@pytest.mark.slow
def test_a_crash_before_or_after_any_step_loses_and_doubles_nothing(tmp_path):
    plan = [(0, 5), (5, 300), (300, 530)]
    steps = run(Stores(tmp_path / "clean"), plan)
    assert {"put", "swap", "replace", "discard"} <= set(steps)
    for number in range(len(steps)):
        for side in ("before", "after"):
            stores = Stores(tmp_path / f"{number}-{side}")
            published = []
            stores.die = (number, side)
            with pytest.raises(Crash):
                run(stores, plan, published)
            stores.die = None
            log = stores.open()
            size = log.head.size
            assert log.head.root == merkle.root(LEAVES[:size])
            for note in published:
                seen = Checkpoint.parse(notes.parse(note).text)
                assert seen.root == merkle.root(LEAVES[: seen.size])
                assert seen.size <= size
            run(stores, plan)
            log = stores.open()
            assert log.head == Head(530, merkle.root(LEAVES[:530]))
            assert [log.entry(n) for n in (0, 299, 529)] == [ENTRIES[n] for n in (0, 299, 529)]
            stores.head.close()


def run(stores, plan, published=None):
    """What the sequencer does: append what the log lacks, publish."""
    stores.steps = []
    log = stores.open()
    for first, end in plan:
        if log.head.size < end:
            log.append(ENTRIES[first:end], first)
        note = log.checkpoint()
        log.publish(note)
        if published is not None:
            published.append(note)
    return stores.steps


def test_after_a_failure_in_the_middle_the_same_object_goes_on(stores, log):
    log.append(ENTRIES[:100], 0)
    stores.steps = []
    stores.die = (2, "after")  # the head was stored, but the answer never came
    with pytest.raises(Crash):
        log.append(ENTRIES[100:200], 100)
    stores.die = None
    assert log.append(ENTRIES[100:300], 100) == Head(300, merkle.root(LEAVES[:300]))


def test_a_second_writer_is_stopped_by_the_head(stores):
    first, second = stores.open(), stores.open()
    first.append(ENTRIES[:10], 0)
    with pytest.raises((HeadMoved, LogDamaged)):
        second.append([b"another history"] * 10, 0)
    with pytest.raises(HeadMoved):
        second_tries_other_width(stores)
    assert stores.open().head == Head(10, merkle.root(LEAVES[:10]))


def second_tries_other_width(stores):
    stores.swap(Head(3, b"x" * 32), Head(12, b"y" * 32))


def test_a_second_writer_that_came_late_finds_what_is_there(stores):
    first, second = stores.open(), stores.open()
    first.append(ENTRIES[:10], 0)
    with pytest.raises(HeadMoved):
        second.append(ENTRIES[:12], 0)
    assert second.append(ENTRIES[:12], 0).size == 12
    with pytest.raises(HeadMoved):
        first.append(ENTRIES[10:20], 10)


def test_damaged_tiles_stop_the_log_at_the_door(stores, log):
    log.append(ENTRIES[:300], 0)
    tile = stores.tiles.root / "tile/0/001.p/44"
    tile.write_bytes(bytes(44 * 32))
    with pytest.raises(LogDamaged, match="root"):
        stores.open()
    tile.unlink()
    with pytest.raises(LogDamaged, match="missing"):
        stores.open()


def test_a_damaged_tile_gives_no_proof(stores, log):
    log.append(ENTRIES[:700], 0)
    log.publish(log.checkpoint())
    (stores.tiles.root / "tile/0/000").write_bytes(bytes(8192))
    again = stores.open()
    with pytest.raises(LogDamaged, match="proof"):
        again.prove(3)
    with pytest.raises(LogDamaged, match="disagree"):
        again.entry(3)
    (stores.tiles.root / "tile/0/000").unlink()
    with pytest.raises(LogDamaged, match="missing"):
        stores.open().prove(3)
    assert again.prove(600)


def test_a_lost_head_does_not_let_the_log_sign_another_past(stores, log):
    log.append(ENTRIES[:300], 0)
    log.publish(log.checkpoint())
    (stores.head._path).unlink()
    with pytest.raises(LogDamaged, match="does not fit"):
        stores.open()


def test_an_older_head_than_the_published_one_is_refused(stores, log):
    log.append(ENTRIES[:10], 0)
    old = stores.head._path.read_bytes()
    log.append(ENTRIES[10:20], 10)
    log.publish(log.checkpoint())
    stores.head._path.write_bytes(old)
    with pytest.raises(LogDamaged, match="does not fit"):
        stores.open()


def test_only_own_and_growing_checkpoints_are_published(stores, log):
    log.append(ENTRIES[:10], 0)
    small = log.checkpoint()
    log.append(ENTRIES[10:20], 10)
    log.publish(log.checkpoint())
    with pytest.raises(LogDamaged, match="after size 20"):
        log.publish(small)
    forged = notes.sign(Checkpoint(ORIGIN, 20, b"x" * 32).text, log.key).encode()
    with pytest.raises(LogDamaged, match="does not fit"):
        log.publish(forged)
    beyond = notes.sign(Checkpoint(ORIGIN, 21, log.head.root).text, log.key).encode()
    with pytest.raises(LogDamaged, match="does not fit"):
        log.publish(beyond)
    foreign = notes.sign(Checkpoint("other", 20, log.head.root).text, log.key).encode()
    with pytest.raises(LogDamaged, match="other"):
        log.publish(foreign)
    stranger = dataclasses.replace(log.key, signer=Ed25519Signer(bytes(32)))
    with pytest.raises(UntrustedNote):
        log.publish(notes.sign(Checkpoint(ORIGIN, 20, log.head.root).text, stranger).encode())
    assert log.published.checkpoint.size == 20


def test_full_tiles_are_never_rewritten(stores, log):
    log.append(ENTRIES[:256], 0)
    with pytest.raises(LogDamaged, match="other bytes"):
        stores.put({tiles.tile_path(0, 0): bytes(8192)})
