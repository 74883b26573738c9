"""The recipient's file: complete under its name or not there."""

import errno
import hashlib
import io
import os
from pathlib import Path

import pytest

from feiyu.base.content import BLOCK_BYTES
from feiyu.seal import Geometry, Opener, ReceivedFile, Sealed, Sealer, SealingWriter, TransferSecret
from feiyu.seal.errors import BadChunk, CannotStore, ContentMismatch, DiskFull

SMALL = Geometry(chunk_bytes=BLOCK_BYTES, segment_bytes=4 * BLOCK_BYTES)
CHUNK = SMALL.chunk_bytes
SECRET = TransferSecret(bytes(range(32)), bytes(range(32, 64)))
PLAIN = hashlib.shake_128(b"r").digest(40 * CHUNK + 99)


def seal(plain: bytes) -> tuple[bytes, Sealed]:
    out = io.BytesIO()
    writer = SealingWriter(Sealer(SECRET, transfer_id="t", geometry=SMALL), out.write)
    writer.write(plain)
    sealed = writer.finish()
    return out.getvalue(), sealed


CIPHER, SEALED = seal(PLAIN)


def receive(path: Path, cipher: bytes = CIPHER, sealed: Sealed = SEALED) -> ReceivedFile:
    opener = Opener(
        SECRET, transfer_id="t", commitment=sealed.commitment, plain_bytes=sealed.plain_bytes,
        trailer=cipher[sealed.plain_bytes :], geometry=SMALL,
    )  # fmt: skip
    return ReceivedFile(path, opener, commitment=sealed.commitment)


def take(file: ReceivedFile, no: int, cipher: bytes = CIPHER) -> None:
    piece = cipher[no * CHUNK : (no + 1) * CHUNK]
    file.take(no * CHUNK, bytearray(piece) + bytes(CHUNK + 16 - len(piece)), len(piece))


def fill(file: ReceivedFile) -> None:
    for no in file.missing():
        take(file, no)


@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_is_there_once_it_is_whole(tmp_path: Path, size: int) -> None:
    cipher, sealed = seal(PLAIN[:size])
    path = tmp_path / "out.csv"
    with receive(path, cipher, sealed) as file:
        for no in range(-(-len(cipher) // CHUNK)):
            take(file, no, cipher)
        if size == 0:
            take(file, 0, cipher)
        assert not path.exists()
        file.finish(sealed.plain_root)
    assert path.read_bytes() == PLAIN[:size]
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]
    assert path.stat().st_mode & 0o077 == 0


def test_goes_on_where_it_was_noted(tmp_path: Path) -> None:
    path = tmp_path / "out"
    with receive(path) as file:
        for no in range(39, -1, -1):
            take(file, no)
    with receive(path) as file:
        missing = file.missing()
        assert missing == [*range(8), 40]
        for no in missing:
            take(file, no)
        file.finish(SEALED.plain_root)
    assert path.read_bytes() == PLAIN


def test_a_torn_log_costs_only_its_tail(tmp_path: Path) -> None:
    path = tmp_path / "out"
    with receive(path) as file:
        for no in range(32):
            take(file, no)
    log = tmp_path / "out.part.log"
    log.write_bytes(log.read_bytes()[:-3])
    with receive(path) as file:
        assert file.missing() == list(range(31, 41))


@pytest.mark.parametrize("left", [0, 5 * CHUNK, 32 * CHUNK - 1])
def test_notes_without_their_bytes_count_for_nothing(tmp_path: Path, left: int) -> None:
    """Killed after the file took its name and before the notes were removed, or with a part that was cut since."""
    path, part = tmp_path / "out", tmp_path / "out.part"
    with receive(path) as file:
        for no in range(32):
            take(file, no)
    if left:
        os.truncate(part, left)
    else:
        part.rename(path)
    with receive(path) as file:
        assert file.missing() == list(range(left // CHUNK, 41))
        fill(file)
        file.finish(SEALED.plain_root)
    assert path.read_bytes() == PLAIN


def test_another_contents_part_is_not_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "out"
    with receive(path) as file:
        for no in range(32):
            take(file, no)
    other = TransferSecret(bytes(32), bytes(32))
    out = io.BytesIO()
    writer = SealingWriter(Sealer(other, transfer_id="t", geometry=SMALL), out.write)
    writer.write(PLAIN)
    sealed = writer.finish()
    opener = Opener(
        other, transfer_id="t", commitment=sealed.commitment, plain_bytes=len(PLAIN),
        trailer=sealed.trailer, geometry=SMALL,
    )  # fmt: skip
    with ReceivedFile(path, opener, commitment=sealed.commitment) as file:
        assert len(file.missing()) == 41


def test_a_wrong_whole_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "out"
    with receive(path) as file:
        for no in range(41):
            take(file, no)
        with pytest.raises(ContentMismatch):
            file.finish(bytes(32))
    assert list(tmp_path.iterdir()) == []


def test_an_incomplete_whole_stays_for_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "out"
    with receive(path) as file:
        take(file, 0)
        with pytest.raises(BadChunk):
            file.finish(SEALED.plain_root)
    assert (tmp_path / "out.part").exists()


@pytest.mark.parametrize(("at", "size"), [(1, CHUNK), (CHUNK, CHUNK - 1), (40 * CHUNK, 98)])
def test_what_is_no_chunk_is_refused(tmp_path: Path, at: int, size: int) -> None:
    with receive(tmp_path / "out") as file, pytest.raises(BadChunk):
        file.take(at, bytearray(CHUNK + 16), size)


def test_a_full_disk_is_named_and_what_was_noted_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out"
    real, calls = os.pwrite, []

    def pwrite(fd: int, data: memoryview, at: int) -> int:
        calls.append(at)
        if len(calls) > 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(fd, data[: len(data) // 2 + 1], at)

    with receive(path) as file, monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", pwrite)
        with pytest.raises(DiskFull) as refused:
            fill(file)
    assert str(path) in refused.value.text("zh")
    with receive(path) as file:
        for no in file.missing():
            take(file, no)
        file.finish(SEALED.plain_root)
    assert path.read_bytes() == PLAIN


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotStore):
        receive(tmp_path / "none" / "out")
