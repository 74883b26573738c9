"""Monitor, fsck, chains: what is missing, altered or told twice is found, named, and proven to others."""

import hashlib
import json
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest

from feiyu.base import merkle
from feiyu.evidence import monitor as monitors
from feiyu.evidence import note as notes
from feiyu.evidence import tiles
from feiyu.evidence.chain import Kind, SourceChains
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.entry import FIRST_PREVIOUS, Entry
from feiyu.evidence.errors import BadMisbehaviour
from feiyu.evidence.fsck import check_tiles
from feiyu.evidence.log import Head
from feiyu.evidence.misbehaviour import Misbehaviour
from feiyu.evidence.monitor import Monitor


def kinds(found):
    return [finding.kind for finding in found.findings]


def grow(world, *steps):
    for count in steps:
        world.record(count)
        world.publish()


# --- chains ---


def entry(seq, before=None, *, source="edge-0001", hour="2026-11-22T09Z"):
    previous = merkle.sha256(before) if before else FIRST_PREVIOUS if seq == 0 else b"?" * 32
    return Entry(source=source, seq=seq, previous=previous, hour=hour, commitment=bytes(32)).encode()


def test_an_unbroken_chain_is_silent():
    chains, before = SourceChains(), None
    for seq in range(5):
        before = entry(seq, before)
        assert chains.add(seq, before) == ()
    assert chains.position("edge-0001") == 4
    assert chains.position("edge-0002") is None


def test_gaps_repeats_and_wrong_links_are_named():
    chains = SourceChains()
    first = entry(0)
    chains.add(0, first)
    assert [f.kind for f in chains.add(1, entry(3, b"x"))] == [Kind.GAP]
    assert "1 to 2" in chains.add(1, entry(6))[0].text.en.replace("4 to 5", "1 to 2")
    assert [f.kind for f in chains.add(2, entry(2))] == [Kind.DUPLICATE]
    chains = SourceChains()
    chains.add(0, first)
    assert [f.kind for f in chains.add(1, entry(1))] == [Kind.BACK_LINK]
    assert [f.kind for f in SourceChains().add(0, entry(2))] == [Kind.GAP]
    assert [f.kind for f in SourceChains().add(9, b"junk")] == [Kind.MALFORMED]


def test_a_clock_that_goes_back_is_named():
    chains = SourceChains()
    first = entry(0)
    chains.add(0, first)
    assert [f.kind for f in chains.add(1, entry(1, first, hour="2026-11-22T08Z"))] == [Kind.HOUR_BACK]


def test_silence_is_named():
    chains = SourceChains()
    chains.add(0, entry(0))
    chains.add(1, entry(0, source="edge-0002", hour="2026-11-22T12Z"))
    now = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)
    found = chains.silent(now, longest=timedelta(hours=2))
    assert [(f.kind, f.where) for f in found] == [(Kind.SILENCE, "edge-0001")]
    assert chains.silent(now, longest=timedelta(hours=9)) == ()


def test_a_flood_of_sources_is_bounded():
    chains = SourceChains(max_sources=3)
    for n in range(10):
        chains.add(n, entry(0, source=f"edge-000{n}"))
    assert chains.position("edge-0002") == 0
    assert chains.position("edge-0003") is None


# --- monitor ---


def test_an_honest_log_is_followed(world):
    taken = []
    monitor = Monitor(
        world.log.verifier, world.tiles.get, take=lambda index, data: taken.append((index, data))
    )
    assert kinds(monitor.look()) == [Kind.MISSING]
    for count in (1, 5, 250, 300, 0):
        grow(world, count)
        assert monitor.look().clean
    assert monitor.size == 556
    assert taken == [(n, e) for n, (e, _, _) in enumerate(world.events)]
    assert monitor.chains.position("edge-0a1b2c3d") == 555


def test_old_checkpoints_from_elsewhere_are_held_against_it(world):
    monitor = Monitor(world.log.verifier, world.tiles.get)
    grow(world, 10)
    old = world.log.published.note
    grow(world, 700)
    assert monitor.consider(old).clean
    assert monitor.look().clean
    assert monitor.consider(old).clean
    assert monitor.consider(world.log.published.note).clean


def test_forged_and_foreign_checkpoints_are_named(world, forger):
    monitor = Monitor(world.log.verifier, world.tiles.get)
    text = Checkpoint(world.log.origin, 3, bytes(32)).text
    for note in (b"junk", notes.sign(text, forger.log).encode(), notes.sign("x\n", world.log.key).encode()):
        assert kinds(monitor.consider(note)) == [Kind.CHECKPOINT]
    foreign = notes.sign(Checkpoint("other", 3, bytes(32)).text, world.log.key).encode()
    assert kinds(monitor.consider(foreign)) == [Kind.CHECKPOINT]


def test_an_empty_log_has_one_root(world):
    monitor = Monitor(world.log.verifier, world.tiles.get)
    world.publish()
    assert monitor.look().clean
    wrong = notes.sign(Checkpoint(world.log.origin, 0, bytes(32)).text, world.log.key).encode()
    assert kinds(monitor.consider(wrong)) == [Kind.ROOT]
    empty = world.log.published.note
    grow(world, 3)
    assert monitor.look().clean
    assert kinds(monitor.consider(wrong)) == [Kind.ROOT]
    assert monitor.consider(empty).clean


@pytest.mark.parametrize(
    ("seen", "other"), [(300, 300), (300, 8), (300, 77), (8, 300), (77, 300), (256, 512)]
)
def test_a_split_view_ends_in_a_portable_proof(world, make_world, seen, other):
    """Two copies of one log, one key, two histories; the monitor follows the first and hears of the second."""
    grow(world, seen)
    fork = make_world("fork")
    fork.record(1, party="pty_other")
    grow(fork, other - 1)
    both = {"checkpoint": world.log.published.note}
    monitor = Monitor(world.log.verifier, lambda path: both.get(path) or side.tiles.get(path))
    side = world
    assert monitor.look().clean
    side = fork if other > seen else world
    found = monitor.consider(fork.log.published.note)
    assert kinds(found) == [Kind.SPLIT_VIEW]
    proof = Misbehaviour.parse(found.misbehaviour.encode())
    assert proof == found.misbehaviour
    older, newer = proof.check(world.log.verifier)
    assert (older.size, newer.size) == tuple(sorted((seen, other)))
    assert monitor.size == seen


def test_entries_that_do_not_give_the_root_are_named(world):
    grow(world, 10)
    monitor = Monitor(world.log.verifier, world.tiles.get)
    files = {"tile/entries/000.p/10": tiles.encode_bundle([b"x"] * 10)}
    monitor._get = lambda path: files.get(path) or world.tiles.get(path)
    assert kinds(monitor.look()) == [Kind.ROOT]
    assert monitor.size == 0
    files.clear()
    assert monitor.look().clean
    grow(world, 10)
    files["tile/entries/000.p/20"] = tiles.encode_bundle([b"x"] * 20)
    assert kinds(monitor.look()) == [Kind.ROOT]
    assert monitor.size == 10
    files["tile/0/000.p/20"] = b"short"
    assert kinds(monitor.look()) == [Kind.TILE]
    files["tile/entries/000.p/20"] = b"\0"
    assert kinds(monitor.look()) == [Kind.MISSING]


def test_tiles_that_lie_about_the_past_accuse_nobody(world):
    """A damaged mirror is not a misbehaving log."""
    grow(world, 10)
    old = world.log.published.note
    grow(world, 10)
    files = {}
    monitor = Monitor(world.log.verifier, lambda path: files.get(path) or world.tiles.get(path))
    assert monitor.look().clean
    files["tile/0/000.p/20"] = bytes(20 * 32)
    found = monitor.consider(old)
    assert kinds(found) == [Kind.TILE]
    assert found.misbehaviour is None
    files["tile/0/000.p/20"] = b"short"
    monitor._reader._cache.clear()
    assert kinds(monitor.consider(old)) == [Kind.TILE]


def test_tiles_that_lie_under_a_false_root_accuse_nobody(world):
    """The log signed a root that its entries do not give; that it told another past before is not proven by a damaged mirror."""
    grow(world, 7)
    files = {}
    monitor = Monitor(world.log.verifier, lambda path: files.get(path) or world.tiles.get(path))
    assert monitor.look().clean
    grow(world, 13)
    files["tile/0/000.p/20"] = bytes(20 * 32)
    found = monitor.consider(
        notes.sign(Checkpoint(world.log.origin, 20, bytes(32)).text, world.log.key).encode()
    )
    assert (kinds(found), found.misbehaviour, monitor.size) == ([Kind.ROOT], None, 7)


def test_a_long_log_is_read_in_steps_that_each_are_proven(world, make_world, monkeypatch):
    monkeypatch.setattr(monitors, "STEP_ENTRIES", 256)
    grow(world, 300)
    older = world.log.published.note
    grow(world, 500)
    missing, asked, taken = {"tile/entries/002"}, [], []

    def get(path):
        asked.append(path)
        return None if path in missing else world.tiles.get(path)

    monitor = Monitor(world.log.verifier, get, take=lambda index, _: taken.append(index))
    assert kinds(monitor.look()) == [Kind.MISSING]
    assert monitor.size == 512
    assert kinds(monitor.consider(older)) == []  # a stale one, behind what was read
    fork = make_world("fork")
    fork.record(1, party="pty_other")
    grow(fork, 599)
    found = monitor.consider(fork.log.published.note)  # between what was read and what was seen
    assert kinds(found) == [Kind.MISSING]
    missing.clear()
    assert kinds(monitor.consider(fork.log.published.note)) == [Kind.SPLIT_VIEW]
    assert monitor.look().clean
    assert monitor.size == 800
    assert taken == list(range(800))


def test_a_step_that_the_checkpoint_does_not_prove_is_not_believed(world, monkeypatch):
    monkeypatch.setattr(monitors, "STEP_ENTRIES", 256)
    grow(world, 700)
    files = {"tile/entries/001": tiles.encode_bundle([b"x"] * 256)}
    taken = []
    monitor = Monitor(
        world.log.verifier,
        lambda path: files.get(path) or world.tiles.get(path),
        take=lambda index, _: taken.append(index),
    )
    assert kinds(monitor.look()) == [Kind.ROOT]
    assert monitor.size == 256 == len(taken)


def test_a_log_full_of_junk_is_told_in_portions(world, monkeypatch):
    monkeypatch.setattr(monitors, "STEP_ENTRIES", 256)
    monkeypatch.setattr(monitors, "MAX_FINDINGS", 100)
    world.log.append([b"junk"] * 600, 0)
    world.publish()
    monitor = Monitor(world.log.verifier, world.tiles.get)
    assert [(len(seen.findings), seen.size) for seen in (monitor.look() for _ in range(4))] == [
        (256, 256), (256, 512), (88, 600), (0, 600),
    ]  # fmt: skip


def test_memory_does_not_grow_with_the_log(world, monkeypatch):
    monkeypatch.setattr(monitors, "STEP_BYTES", 1 << 20)
    world.log.append([bytes(4096)] * 256 * 12, 0)
    world.publish()
    monitor = Monitor(world.log.verifier, world.tiles.get)
    tracemalloc.start()
    try:
        while monitor.size < 256 * 12:
            assert len(monitor.look().findings) >= 1000  # none of them is an entry of ours
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 << 20


def test_an_event_dropped_before_logging_shows_as_a_gap(world):
    world.record(5)
    kept = world.events
    world.events = kept[:3] + kept[4:]
    other = [e for e, _, _ in world.events]
    chains = SourceChains()
    assert [f.kind for n, e in enumerate(other) for f in chains.add(n, e)] == [Kind.GAP]


# --- proof of misbehaviour ---


@pytest.fixture
def misbehaviour(world, make_world):
    grow(world, 20)
    fork = make_world("fork")
    fork.record(1, party="pty_other")
    grow(fork, 6)
    reader = world.log._reader
    return Misbehaviour(
        older=fork.log.published.note,
        newer=world.log.published.note,
        prefix_root=reader.root(7),
        path=tuple(reader.consistency(7, 20)),
    )


def test_the_proof_stands_by_itself(world, misbehaviour):
    older, newer = Misbehaviour.parse(misbehaviour.encode()).check(world.log.verifier)
    assert (older.size, newer.size) == (7, 20)


def test_what_proves_nothing_accuses_nobody(world, misbehaviour):
    older, newer, path = misbehaviour.older, misbehaviour.newer, misbehaviour.path
    fields = {name: getattr(misbehaviour, name) for name in ("older", "newer", "prefix_root", "path")}
    empty = notes.sign(
        Checkpoint(world.log.origin, 0, world.log._reader.root(0)).text, world.log.key
    ).encode()
    for change in (
        {"older": empty},
        {"older": empty, "newer": empty, "path": ()},
        {"older": newer, "newer": older},
        {"older": newer, "newer": newer, "path": (), "prefix_root": world.log.head.root},
        {"older": newer, "newer": newer, "path": (), "prefix_root": b"x" * 32},
        {"prefix_root": b"x" * 32},
        {"path": path[1:]},
        {"older": older.replace(b"\n7\n", b"\n8\n")},
        {"older": b"junk"},
    ):
        with pytest.raises(BadMisbehaviour):
            Misbehaviour(**(fields | change)).check(world.log.verifier)


def test_an_honest_pair_of_checkpoints_is_no_misbehaviour(world):
    grow(world, 7)
    older = world.log.published.note
    grow(world, 13)
    path = tuple(world.log.consistency(7, 20))
    root = world.log._reader.root(7)
    with pytest.raises(BadMisbehaviour, match="agree"):
        Misbehaviour(older=older, newer=world.log.published.note, prefix_root=root, path=path).check(
            world.log.verifier
        )


@pytest.mark.parametrize("first", [7, 8])
def test_hashes_cut_elsewhere_accuse_nobody(world, first):
    """What is hashed is one behind the other: a byte moved from one hash to its neighbour leaves every sum as it was."""
    grow(world, first)
    older = world.log.published.note
    grow(world, 20 - first)
    newer, root = world.log.published.note, world.log._reader.root(first)
    path = list(world.log.consistency(first, 20))
    if first == 8:  # a power of two: the first hash is the older root itself
        root, path[0] = root + path[0][:1], path[0][1:]
        forged = [(root, path)]
    else:
        moved = (
            [path[0] + path[1][:1], path[1][1:], *path[2:]],
            [path[1][-1:] + path[0], path[1][:-1], *path[2:]],
        )
        forged = [(left_root(first, each), each) for each in moved]
    for root, path in forged:
        with pytest.raises(BadMisbehaviour):
            Misbehaviour(older=older, newer=newer, prefix_root=root, path=tuple(path)).check(
                world.log.verifier
            )


def left_root(first: int, path: list[bytes]) -> bytes:
    """The older root that a consistency path leads to, whatever its hashes look like."""
    place, node = first - 1, path[0]
    while place & 1:
        place >>= 1
    for step in path[1:]:
        if place & 1:
            node = hashlib.sha256(b"\x01" + step + node).digest()
        place >>= 1
    return node


def test_another_key_is_not_accused(world, misbehaviour, forger):
    with pytest.raises(BadMisbehaviour):
        misbehaviour.check(forger.log.verifier)
    foreign = notes.sign(Checkpoint("other", 7, bytes(32)).text, world.log.key).encode()
    with pytest.raises(BadMisbehaviour, match="another log"):
        Misbehaviour(older=foreign, newer=misbehaviour.newer, prefix_root=bytes(32)).check(world.log.verifier)


@pytest.mark.parametrize(
    "change", [{"format": "x"}, {"more": 1}, {"older": 1}, {"newer": 1}, {"prefix_root": 1}, {"path": {}}, {"path": "x"}, {"path": [1]}, {"path": ["x"]}, {"path": ["AAAA"] * 65}]
)  # fmt: skip
def test_what_is_no_such_file_is_refused(misbehaviour, change):
    with pytest.raises(BadMisbehaviour):
        Misbehaviour.parse(json.dumps(json.loads(misbehaviour.encode()) | change).encode())
    with pytest.raises(BadMisbehaviour):
        Misbehaviour.parse(b"junk")


# --- fsck ---


def test_a_sound_log_is_clean(world):
    grow(world, 3, 300, 400)
    taken = []
    report = check_tiles(
        world.tiles.get, world.log.verifier, head=world.log.head, take=lambda n, e: taken.append((n, e))
    )
    assert report.clean
    assert (report.size, report.root) == (703, world.log.head.root)
    assert len(taken) == 703


def test_a_head_beyond_the_checkpoint_is_sound(world):
    for published, more in ((3, 300), (209, 100), (100, 7)):
        grow(world, published)
        world.record(more)
        assert check_tiles(world.tiles.get, world.log.verifier, head=world.log.head).clean


def test_an_empty_log_is_clean(world):
    assert check_tiles(world.tiles.get, world.log.verifier).clean
    world.publish()
    assert check_tiles(world.tiles.get, world.log.verifier).clean


def test_every_damaged_file_is_named(world):
    grow(world, 600)
    head = world.log.head
    for place in tiles.places(600):
        files = {place.path: b""}
        if place.level is not None:
            files[place.path] = bytes(place.width * 32)
        report = check_tiles(lambda p, f=files: f.get(p, world.tiles.get(p)), world.log.verifier, head=head)
        assert place.path in {finding.where for finding in report.findings}
        files[place.path] = None
        report = check_tiles(lambda p, f=files: f.get(p, world.tiles.get(p)), world.log.verifier, head=head)
        assert place.path in {finding.where for finding in report.findings}


def test_an_altered_entry_is_found(world):
    grow(world, 300)
    path = "tile/entries/001.p/44"
    entries = list(tiles.decode_bundle(world.tiles.get(path), 44))
    entries[7] = entries[7].replace(b'"seq":263', b'"seq":264')
    report = check_tiles(
        lambda p: tiles.encode_bundle(entries) if p == path else world.tiles.get(p),
        world.log.verifier,
        head=world.log.head,
    )
    assert {Kind.TILE, Kind.ROOT, Kind.GAP} <= set(kinds(report))
    assert {"checkpoint", "head"} <= {f.where for f in report.findings if f.kind is Kind.ROOT}


def test_a_checkpoint_that_does_not_fit_is_found(world, forger):
    grow(world, 300)
    head, get = world.log.head, world.tiles.get
    wrong_root = notes.sign(Checkpoint(world.log.origin, 200, bytes(32)).text, world.log.key).encode()
    wrong_key = notes.sign(Checkpoint(world.log.origin, 300, head.root).text, forger.log).encode()
    for note, kind in ((wrong_root, Kind.ROOT), (wrong_key, Kind.CHECKPOINT), (b"junk", Kind.CHECKPOINT)):
        report = check_tiles(
            lambda p, n=note: n if p == "checkpoint" else get(p), world.log.verifier, head=head
        )
        assert kinds(report) == [kind]
    report = check_tiles(get, world.log.verifier, head=Head(200, world.log._reader.root(200)))
    assert kinds(report) == [Kind.ROOT, Kind.CHECKPOINT]


def test_a_broken_bundle_under_the_checkpoint_is_reported_once(world):
    grow(world, 10)
    world.record(10)
    get = world.tiles.get
    report = check_tiles(
        lambda p: b"\0" if p == "tile/entries/000.p/20" else get(p), world.log.verifier, head=world.log.head
    )
    assert kinds(report) == [Kind.MISSING]
    assert report.size == 0


def test_the_number_of_findings_is_bounded(world):
    world.log.append([b"not an entry"] * 1500, 0)
    world.log.publish(world.log.checkpoint())
    report = check_tiles(world.tiles.get, world.log.verifier)
    assert len(report.findings) == 1000
    get = world.tiles.get
    report = check_tiles(
        lambda p: bytes(8192) if p.startswith("tile/0/00") and ".p" not in p else get(p), world.log.verifier
    )
    assert len(report.findings) == 1000
    assert check_tiles(world.tiles.get, world.log.verifier, chains=False).clean
