"""Downloads: in order, each byte once, resumed after drops and crashes, refused when altered."""

import errno
import hashlib
import os
import threading
from contextlib import closing
from pathlib import Path

import pytest

from feiyu.base.content import part_root
from feiyu.testing.breaker import Breaker
from feiyu.testing.wire import TOKEN, FolderGate
from feiyu.wire import (
    Downloader,
    Endpoint,
    Patience,
    SegmentWriter,
    WantedSegment,
    promise_of,
    verify_segment,
)
from feiyu.wire.errors import Cancelled, DigestMismatch, Stopped, StorageFailed, StorageFull, UploadBusy

MIB = 1 << 20
SIZES = [2 * MIB, 2 * MIB, 777]


def sample(size: int, seed: int = 0) -> bytes:
    return hashlib.shake_128(bytes([seed]) + size.to_bytes(8)).digest(size)


PARTS = [sample(size, seed) for seed, size in enumerate(SIZES)]
WANTED = [WantedSegment(no=no, size_bytes=len(part), root=part_root(part)) for no, part in enumerate(PARTS)]


@pytest.fixture(autouse=True)
def held(gate: FolderGate) -> None:
    """Three complete segments in the server's store."""
    for no, part in enumerate(PARTS):
        path = gate.path("trf_1", no)
        path.parent.mkdir(parents=True, exist_ok=True)
        writer = SegmentWriter(path)
        writer.write(memoryview(part))
        writer.sync(complete=True)
        writer.close()


@pytest.fixture
def down(endpoint: Endpoint, patience: Patience) -> Downloader:
    return Downloader(endpoint, "trf_1", token=TOKEN, patience=patience)


def through(breaker: Breaker, patience: Patience) -> Downloader:
    return Downloader(breaker.endpoint, "trf_1", token=TOKEN, patience=patience, connections=1)


def test_is_stored_verified(down: Downloader, tmp_path: Path) -> None:
    paths = down.fetch(WANTED, tmp_path / "in")
    assert [path.read_bytes() for path in paths] == PARTS
    for path, segment in zip(paths, WANTED, strict=True):
        verify_segment(path, segment)
        assert promise_of(path).complete


def test_each_byte_comes_once_and_in_order(down: Downloader) -> None:
    seen = bytearray()
    offsets = []

    def sink(at: int, view: memoryview) -> None:
        offsets.append((at, len(view)))
        seen.extend(view)

    down.read_segment(0, SIZES[0], sink)
    assert bytes(seen) == PARTS[0]
    assert offsets == [(0, MIB), (MIB, MIB)]


@pytest.mark.parametrize("percent", [0, 1, 10, 49, 50, 51, 75, 99])
def test_a_drop_at_any_point_resumes(breaker: Breaker, patience: Patience, percent: int) -> None:
    breaker.cuts_down = [150 + SIZES[0] * percent // 100, MIB // 2, 10]
    seen = bytearray()
    through(breaker, patience).read_segment(0, SIZES[0], lambda _, view: seen.extend(view))
    assert bytes(seen) == PARTS[0]


def test_a_line_that_breaks_within_every_piece_gets_there(breaker: Breaker, patience: Patience) -> None:
    breaker.cuts_down = [200_000] * 10
    seen = bytearray()
    through(breaker, patience).read_segment(0, SIZES[0], lambda _, view: seen.extend(view))
    assert bytes(seen) == PARTS[0]


def test_a_range_across_segments(down: Downloader) -> None:
    whole = b"".join(PARTS)
    assert (
        down.read_range(2 * MIB - 5, 2 * MIB + 9, segment_bytes=2 * MIB) == whole[2 * MIB - 5 : 2 * MIB + 9]
    )
    assert down.read_range(4 * MIB - 1, 4 * MIB + 777, segment_bytes=2 * MIB) == whole[4 * MIB - 1 :]
    assert down.read_range(5, 5) == b""


def test_a_fetch_goes_on_after_a_crash(
    down: Downloader, breaker: Breaker, patience: Patience, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    half = SegmentWriter(folder / "000000.seg")
    half.write(memoryview(PARTS[0])[: MIB + 5])
    half.sync()
    half.write(memoryview(PARTS[0])[MIB + 5 : MIB + 5000])
    half.close()
    got: list[int] = []
    again = Downloader(breaker.endpoint, "trf_1", token=TOKEN, patience=patience, progress=got.append)
    again.fetch(WANTED, folder)
    assert (folder / "000000.seg").read_bytes() == PARTS[0]
    assert sum(got) == sum(SIZES) - MIB - 5
    got.clear()
    again.fetch(WANTED, folder)
    assert got == []


@pytest.mark.parametrize("change", ["flip", "truncate", "extend", "swap"])
def test_an_altered_segment_is_named_and_not_kept(
    gate: FolderGate, down: Downloader, tmp_path: Path, change: str
) -> None:
    path, other = gate.path("trf_1", 0), gate.path("trf_1", 1)
    data = bytearray(path.read_bytes())
    if change == "flip":
        data[MIB] ^= 4
        path.write_bytes(data)
    elif change == "swap":
        path.write_bytes(other.read_bytes())
    elif change == "truncate":
        path.write_bytes(data[:-1])
    else:
        path.write_bytes(data + b"x")
    if change == "extend":  # the server releases what was recorded, not what was appended later
        assert down.fetch(WANTED[:1], tmp_path / "in")[0].read_bytes() == PARTS[0]
        return
    with pytest.raises((DigestMismatch, Stopped)) as refused:
        down.fetch(WANTED, tmp_path / "in")
    assert refused.value.values.get("segment", refused.value.values.get("remote_code")) in (0, "WIRE-0010")
    assert (
        not (tmp_path / "in" / "000000.seg").exists()
        or not promise_of(tmp_path / "in" / "000000.seg").complete
    )


def test_a_stored_segment_that_was_altered_later_is_named(down: Downloader, tmp_path: Path) -> None:
    path = down.fetch(WANTED, tmp_path / "in")[0]
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(DigestMismatch):
        verify_segment(path, WANTED[0])


def test_a_revocation_stops_within_one_piece(gate: FolderGate, down: Downloader) -> None:
    gate.revoke_after_bytes = MIB
    seen = bytearray()
    with pytest.raises(Stopped) as stop:
        down.read_segment(0, SIZES[0], lambda _, view: seen.extend(view))
    assert stop.value.remote_code == "TEST-0001"
    assert len(seen) <= MIB
    assert sum(length for *_, length in gate.released) == MIB


def test_one_failure_stops_the_other_segments(gate: FolderGate, down: Downloader, tmp_path: Path) -> None:
    gate.revoked.set()
    with pytest.raises(Stopped):
        down.fetch(WANTED * 20, tmp_path / "in")
    assert gate.released == []


def test_an_incomplete_or_unknown_segment_is_not_there(down: Downloader) -> None:
    with pytest.raises(Stopped) as stop:
        down.read_segment(9, 10, lambda _, __: None)
    assert stop.value.remote_status == 404


def test_cancelling_stops(endpoint: Endpoint, patience: Patience) -> None:
    cancel = threading.Event()
    down = Downloader(endpoint, "trf_1", token=TOKEN, patience=patience, cancel=cancel)
    with pytest.raises(Cancelled):
        down.read_segment(0, SIZES[0], lambda _, __: cancel.set())


def test_a_full_disk_of_the_recipient_is_named_and_not_taken_for_a_broken_line(
    breaker: Breaker, patience: Patience, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    down = through(breaker, patience)

    def pwrite(_fd: int, _data: memoryview, _offset: int) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", pwrite)
        with pytest.raises(StorageFull):
            down.fetch(WANTED[:1], tmp_path / "in")
    assert breaker.connections == 1
    again = through(breaker, patience)
    assert again.fetch(WANTED[:1], tmp_path / "in")[0].read_bytes() == PARTS[0]


def test_a_folder_that_cannot_be_written_is_named(down: Downloader, tmp_path: Path) -> None:
    (tmp_path / "in" / "000000.seg").mkdir(parents=True)
    with pytest.raises(StorageFailed):
        down.fetch(WANTED[:1], tmp_path / "in")


def test_two_fetches_into_one_folder_do_not_mix(down: Downloader, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with closing(SegmentWriter(tmp_path / "in" / "000000.seg")), pytest.raises(UploadBusy):
        down.fetch(WANTED[:1], tmp_path / "in")
