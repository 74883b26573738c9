"""The segment file: what is promised is on disk, what is not promised is cut off."""

import hashlib
import itertools
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feiyu.base.content import part_root
from feiyu.wire import SegmentWriter, discard, promise_of, segment
from feiyu.wire.errors import StorageFailed

DATA = hashlib.shake_128(b"segment").digest(400_000)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "0.seg"


def put(path: Path, data: bytes, *, complete: bool = False) -> None:
    with closing(SegmentWriter(path)) as writer:
        writer.write(memoryview(data))
        writer.sync(complete=complete)


def test_nothing_is_promised_of_nothing(path: Path) -> None:
    assert promise_of(path).offset == 0
    assert not promise_of(path).complete


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(cuts=st.lists(st.integers(0, len(DATA)), max_size=5))
def test_the_root_survives_any_number_of_writers(path: Path, cuts: list[int]) -> None:
    discard(path)
    for first, end in itertools.pairwise([0, *sorted(cuts), len(DATA)]):
        put(path, DATA[first:end])
        assert promise_of(path).offset == end
    with closing(SegmentWriter(path)) as writer:
        assert writer.sync(complete=True).root == part_root(DATA)
    assert promise_of(path).root == part_root(DATA)
    assert path.read_bytes() == DATA


def test_what_was_not_synced_is_cut_off(path: Path) -> None:
    put(path, DATA[:1000])
    with closing(SegmentWriter(path)) as writer:
        writer.write(memoryview(DATA)[1000:2000])
    assert path.stat().st_size == 2000
    with closing(SegmentWriter(path)) as writer:
        assert writer.offset == 1000
    assert path.stat().st_size == 1000


def test_a_torn_log_goes_back_to_the_promise_before_at_every_byte(path: Path) -> None:
    put(path, DATA[:1000])
    log = path.with_name("0.seg.log")
    first = log.stat().st_size
    put(path, DATA[1000:3000])
    whole, data = log.read_bytes(), path.read_bytes()
    for end in range(len(whole) + 1):
        log.write_bytes(whole[:end])
        path.write_bytes(data)
        expected = 3000 if end == len(whole) else 1000 if end >= first else 0
        assert promise_of(path).offset == expected
        with closing(SegmentWriter(path)) as writer:
            assert writer.offset == expected
            writer.write(memoryview(DATA)[expected:5000])
            assert writer.sync(complete=True).root == part_root(DATA[:5000])


def test_a_flipped_byte_in_the_log_is_not_believed(path: Path) -> None:
    put(path, DATA[:1000])
    log = path.with_name("0.seg.log")
    data = bytearray(log.read_bytes())
    data[20] ^= 1
    log.write_bytes(data)
    assert promise_of(path).offset == 0


def test_a_file_shorter_than_its_promise_is_an_error(path: Path) -> None:
    put(path, DATA)
    os.truncate(path, len(DATA) - 1)
    with pytest.raises(StorageFailed):
        SegmentWriter(path)


def test_the_log_stays_short_however_often_it_is_synced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment, "MAX_LOG_BYTES", 2000)
    with closing(SegmentWriter(path)) as writer:
        for at in range(0, 5000, 50):
            writer.write(memoryview(DATA)[at : at + 50])
            writer.sync()
            assert promise_of(path).offset == at + 50
    assert path.with_name("0.seg.log").stat().st_size <= 2000
    with closing(SegmentWriter(path)) as writer:
        assert writer.offset == 5000
        assert writer.sync(complete=True).root == part_root(DATA[:5000])
    assert sorted(each.name for each in path.parent.iterdir()) == ["0.seg", "0.seg.log"]


def test_bytes_are_flushed_before_their_record_and_names_with_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is new, of a segment or of the log that takes another's place, is durable once its folder is."""
    flushed: list[str] = []

    def spied(flush: Callable[[int], None]) -> Callable[[int], None]:
        def spy(fd: int) -> None:
            flushed.append(Path(f"/proc/self/fd/{fd}").readlink().name)
            flush(fd)

        return spy

    for name in ("fsync", "fdatasync"):
        monkeypatch.setattr(segment.os, name, spied(getattr(os, name)))
    folder = path.parent.name
    with closing(SegmentWriter(path)) as writer:
        for most, names in (
            (2000, ["0.seg", "0.seg.log", folder]),
            (2000, ["0.seg", "0.seg.log"]),
            (10, ["0.seg", "0.seg.log.new", folder]),
            (2000, ["0.seg", "0.seg.log"]),
        ):
            monkeypatch.setattr(segment, "MAX_LOG_BYTES", most)
            writer.write(memoryview(DATA)[:50])
            writer.sync()
            assert flushed == names
            flushed.clear()
        writer.sync()
        assert flushed == []


def test_one_writer_at_a_time(path: Path) -> None:
    with closing(SegmentWriter(path)), pytest.raises(BlockingIOError):
        SegmentWriter(path)


def test_discarding_leaves_nothing(path: Path) -> None:
    put(path, DATA)
    discard(path)
    discard(path)
    assert list(path.parent.iterdir()) == []
