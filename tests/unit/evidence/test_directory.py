"""The directory stores: durable or not at all, and silent after a failed flush."""

import os
from pathlib import Path

import pytest

from feiyu.evidence import directory
from feiyu.evidence.directory import DirectoryHead, DirectoryTiles
from feiyu.evidence.errors import HeadMoved, LogBusy, LogDamaged, StorageFailed
from feiyu.evidence.log import Head

ONE, TWO = Head(1, b"1" * 32), Head(2, b"2" * 32)


@pytest.fixture
def head(tmp_path):
    head = DirectoryHead(tmp_path / "head")
    yield head
    head.close()


def test_head_is_swapped_only_from_what_is_stored(head):
    assert head.load() is None
    with pytest.raises(HeadMoved):
        head.swap(ONE, TWO)
    head.swap(None, ONE)
    assert head.load() == ONE
    with pytest.raises(HeadMoved):
        head.swap(None, TWO)
    head.swap(ONE, TWO)
    assert head.load() == TWO


def test_a_second_process_cannot_hold_the_head(tmp_path, head):
    with pytest.raises(LogBusy):
        DirectoryHead(tmp_path / "head")
    head.close()
    other = DirectoryHead(tmp_path / "head")
    other.close()
    head._lock = os.open(tmp_path / "head" / ".lock", os.O_RDWR)


@pytest.mark.parametrize("text", ["", "junk", "feiyu-head/1 1 1 00 00\n", "\0" * 1024])
def test_a_damaged_head_is_not_guessed_at(head, text):
    head._path.write_text(text)
    with pytest.raises(LogDamaged):
        head.load()


def test_a_torn_head_is_the_one_before_it(head):
    """At whatever byte the newest slot was cut or flipped, the head is either the new one or the old one."""
    heads = [Head(n, bytes([n]) * 32) for n in range(1, 5)]
    for old, new in zip([None, *heads], heads, strict=False):
        before = head._path.read_bytes() if old else b""
        head.swap(old, new)
        after = head._path.read_bytes()
        assert len(after) == 1024
        if old is None:
            continue
        changed = [at for at in range(1024) if before[at] != after[at]]
        for at in changed:
            head._path.write_bytes(after[:at] + before[at:])
            assert head.load() in {old, new}
        head._path.write_bytes(after)
        assert head.load() == new


def test_a_failed_head_is_the_last_thing_done(head, monkeypatch):
    head.swap(None, ONE)

    def fail(_):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(directory.os, "fdatasync", fail)
        with pytest.raises(StorageFailed):
            head.swap(ONE, TWO)
    with pytest.raises(StorageFailed):
        head.swap(head.load(), Head(3, b"3" * 32))


def test_files_are_written_once(tmp_path):
    store = DirectoryTiles(tmp_path)
    store.put({"tile/0/000": b"a", "tile/entries/x001/000": b"b"})
    assert store.get("tile/0/000") == b"a"
    assert store.get("tile/entries/x001/000") == b"b"
    store.put({"tile/0/000": b"a"})
    with pytest.raises(LogDamaged, match="tile/0/000"):
        store.put({"tile/0/001": b"c", "tile/0/000": b"changed"})
    assert store.get("tile/0/001") is None
    assert store.get("tile/0/000/deeper") is None
    store.replace("checkpoint", b"1")
    store.replace("checkpoint", b"2")
    assert store.get("checkpoint") == b"2"
    store.discard("tile/0")
    store.discard("tile/0")
    assert store.get("tile/0/000") is None


def test_order_of_writing(tmp_path, monkeypatch):
    """Files are flushed before they are renamed, directories after, through handles opened before."""
    done = []
    real_fsync, real_rename = os.fsync, Path.rename

    def fsync(handle):
        name = str(Path(f"/proc/self/fd/{handle}").readlink()).removeprefix(f"{tmp_path}/")
        done.append(("flush", name))
        real_fsync(handle)

    def rename(self, target):
        done.append(("rename", str(target.relative_to(tmp_path))))
        return real_rename(self, target)

    monkeypatch.setattr(directory.os, "fsync", fsync)
    monkeypatch.setattr(Path, "rename", rename)
    store = DirectoryTiles(tmp_path)
    store.put({"tile/0/000": b"a", "tile/1/000.p/1": b"b"})
    at = {what: n for n, what in enumerate(done)}
    for name in ("tile/0/000", "tile/1/000.p/1"):
        assert at["flush", name + ".tmp"] < at["rename", name]
        parent = str(Path(name).parent)
        assert at["rename", name] < at["flush", parent]
    for made in ("tile", "tile/1", str(tmp_path)):  # a new directory's name lies in the one above it
        assert ("flush", made) in at
    done.clear()
    store.put({"tile/0/001": b"c"})
    assert sorted(done) == [("flush", "tile/0"), ("flush", "tile/0/001.tmp"), ("rename", "tile/0/001")]


def test_what_exists_already_is_flushed_along(tmp_path, monkeypatch):
    """A file that a killed process renamed may not be durable yet: repeating the batch makes it so."""
    DirectoryTiles(tmp_path).put({"tile/0/000": b"a"})
    flushed = []
    real = os.fsync
    monkeypatch.setattr(
        directory.os, "fsync", lambda h: (flushed.append(str(Path(f"/proc/self/fd/{h}").readlink())), real(h))
    )
    DirectoryTiles(tmp_path).put({"tile/0/000": b"a"})
    assert str(tmp_path / "tile/0") in flushed


@pytest.mark.parametrize("call", ["open", "write", "fsync", "rename"])
def test_after_a_failed_step_nothing_more_is_written(tmp_path, monkeypatch, call):
    store = DirectoryTiles(tmp_path)
    store.put({"tile/0/000": b"a"})

    def fail(*_, **__):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(*((Path, "rename", fail) if call == "rename" else (directory.os, call, fail)))
        with pytest.raises(StorageFailed):
            store.put({"tile/0/001": b"b", "tile/0/002": b"c"})
    with pytest.raises(StorageFailed, match="failed to read or write"):
        store.put({"tile/0/003": b"d"})
    with pytest.raises(StorageFailed):
        store.replace("checkpoint", b"x")
    again = DirectoryTiles(tmp_path)
    again.put({"tile/0/001": b"b", "tile/0/002": b"c"})
    assert [again.get(f"tile/0/00{n}") for n in range(3)] == [b"a", b"b", b"c"]


def test_short_writes_are_finished(tmp_path, monkeypatch):
    real = os.write
    monkeypatch.setattr(directory.os, "write", lambda handle, data: real(handle, data[:3]))
    store = DirectoryTiles(tmp_path)
    store.put({"tile/0/000": b"0123456789"})
    assert store.get("tile/0/000") == b"0123456789"


def test_a_planted_link_is_not_followed(tmp_path):
    outside = tmp_path / "outside"
    outside.write_bytes(b"keep")
    root = tmp_path / "log"
    (root / "tile/0").mkdir(parents=True)
    (root / "tile/0/000.tmp").symlink_to(outside)
    with pytest.raises(StorageFailed):
        DirectoryTiles(root).put({"tile/0/000": b"a"})
    assert outside.read_bytes() == b"keep"


def test_what_cannot_be_read_is_not_taken_for_missing(tmp_path, monkeypatch):
    store = DirectoryTiles(tmp_path)
    store.put({"tile/0/000": b"a"})

    def fail(_):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(directory.Path, "read_bytes", fail)
        with pytest.raises(StorageFailed, match="failed to read or write"):
            store.get("tile/0/000")
    assert store.get("tile/0/000") == b"a"


def test_a_short_write_of_the_head_is_finished(head, monkeypatch):
    head.swap(None, ONE)
    real = os.pwrite
    monkeypatch.setattr(directory.os, "pwrite", lambda handle, data, at: real(handle, data[:100], at))
    head.swap(ONE, TWO)
    assert head.load() == TWO
