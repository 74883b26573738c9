"""Tiles and head in a directory, for one machine.

Rules this module keeps:
 * a file appears whole or not at all: written beside its place, flushed, renamed, and the directory flushed through a
   handle opened before the rename (an error of write-back is lost otherwise);
 * after a failed flush nobody knows what the disk holds: the store refuses all further writing until restart;
 * one writer: the head's directory is locked for the life of the process.

Trust and durability: whoever can write the directory can destroy the log but not alter it unnoticed. A lost tile is
rebuilt from the journal; a lost head is restored only by an operator who compared it with the witnesses.
"""

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence.errors import HeadMoved, LogBusy, LogDamaged, StorageFailed
from feiyu.evidence.log import Head

_T = TypeVar("_T")
_TEMPORARY = ".tmp"
SLOT_BYTES = 512
_SLOT = re.compile(rb"(feiyu-head/1 ([0-9]{1,19}) ([0-9]{1,19}) ([0-9a-f]{64}) )([0-9a-f]{64})\n\0*")
_FLUSHES_AT_ONCE = 8  # the file system's journal commits what waits together


class DurableFiles:
    """Writes whole files below one directory; what ``write`` returned from is never lost."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._failed: Text | None = None
        self._anchored: set[Path] = set()  # directories whose own name is known to be durable
        self._pool = ThreadPoolExecutor(_FLUSHES_AT_ONCE, thread_name_prefix="log-flush")

    def read(self, name: str) -> bytes | None:
        """The file, or None when there is none; one that cannot be read is not taken for one that is missing."""
        try:
            return (self.root / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as bad:
            raise StorageFailed(reason=_told(bad)) from bad

    def write(self, files: Iterable[tuple[Path, bytes]], existing: Iterable[Path] = ()) -> None:
        """Write files durably, replacing; the directories of ``existing`` files are flushed along."""
        with self.guard():
            self._write(list(files), list(existing))

    def swap_in(self, path: Path, data: bytes) -> None:
        """Replace one file at once; after a power cut the one or the other is there, whole."""
        with self.guard():
            _write_temporary((path, data))
            _temporary(path).rename(path)

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Any failure in here is the last thing this store did."""
        if self._failed:
            raise StorageFailed(reason=self._failed)
        try:
            yield
        except OSError as bad:
            self._failed = _told(bad)
            raise StorageFailed(reason=self._failed) from bad

    def _write(self, files: list[tuple[Path, bytes]], existing: list[Path]) -> None:
        parents = dict.fromkeys([path.parent for path, _ in files] + [path.parent for path in existing])
        to_flush = dict.fromkeys(parents)
        for parent in parents:
            to_flush.update(dict.fromkeys(self._make(parent)))
        handles = [os.open(directory, os.O_RDONLY | os.O_DIRECTORY) for directory in to_flush]
        try:
            self._each(_write_temporary, files)
            for path, _ in files:
                _temporary(path).rename(path)
            self._each(os.fsync, handles)
        finally:
            for handle in handles:
                os.close(handle)
        self._anchored.update(parents)

    def _make(self, directory: Path) -> list[Path]:
        """Create a directory; the parents that must be flushed for its name to last."""
        directory.mkdir(parents=True, exist_ok=True)
        above = []
        while directory != self.root and directory not in self._anchored:
            directory = directory.parent
            above.append(directory)
        return above

    def _each(self, work: Callable[[_T], None], items: Sequence[_T]) -> None:
        """Do all of them, a few side by side, each hand its share; the first error is raised after all have ended."""
        if len(items) == 1:
            work(items[0])
            return

        def share(first: int) -> None:
            for item in items[first::_FLUSHES_AT_ONCE]:
                work(item)

        waiting = [self._pool.submit(share, first) for first in range(min(len(items), _FLUSHES_AT_ONCE))]
        wait(waiting)
        for done in waiting:
            done.result()


def _told(bad: OSError) -> Text:
    return said(bad, at=bad.filename)


def write_at(handle: int, data: bytes, at: int) -> None:
    """Write all of it from a place on, also where the system takes less at once."""
    rest = memoryview(data)
    while rest:
        done = os.pwrite(handle, rest, at)
        at, rest = at + done, rest[done:]


def _temporary(path: Path) -> Path:
    return path.with_name(path.name + _TEMPORARY)


def _write_temporary(item: tuple[Path, bytes]) -> None:
    path, data = item
    handle = os.open(
        _temporary(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644
    )
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def lock_directory(root: Path) -> int:
    """Make the directory and lock it for this process; the handle keeps the lock until it is closed."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        handle = os.open(root / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            raise
    except BlockingIOError:
        raise LogBusy(where=str(root)) from None
    except OSError as bad:
        raise StorageFailed(reason=_told(bad)) from bad
    return handle


class DirectoryTiles:
    """A ``TileStore`` in a directory that any static web server can hand out."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files = DurableFiles(root)
        with self._files.guard():
            root.mkdir(parents=True, exist_ok=True)

    def get(self, path: str, /) -> bytes | None:
        """The file, or None when there is none."""
        return self._files.read(path)

    def put(self, files: Mapping[str, bytes], /) -> None:
        """Write what is not there yet; what is there must be the same bytes."""
        fresh, existing = [], []
        for name, data in files.items():
            path = self.root / name
            found = self.get(name)
            if found is None:
                fresh.append((path, data))
            elif found == data:
                existing.append(path)
            else:
                raise LogDamaged(reason=Text(f"{name} 已存在且内容不同", f"{name} exists with other bytes"))
        self._files.write(fresh, existing)

    def replace(self, path: str, data: bytes, /) -> None:
        """Replace one file at once; the head is what must not be lost, and this can be made again from it."""
        self._files.swap_in(self.root / path, data)

    def discard(self, prefix: str, /) -> None:
        """Remove a directory of partial tiles; one that stays behind after a crash does no harm."""
        place = f"{self.root}/{prefix}"
        if not os.path.isdir(place):  # noqa: PTH112 - asked of every tile that became full, most of which never were partial
            return
        with suppress(OSError):  # a failed fstat of what it opened comes through in spite of ignore_errors
            shutil.rmtree(place, ignore_errors=True)


class DirectoryHead:
    """A ``HeadStore`` in one file of two slots, written in turn; the directory is locked as long as this object lives.

    A slot is one sector, so it is there whole or not at all; the other one still holds the head before it. Writing in
    place needs one flush, where renaming needs two.
    """

    def __init__(self, root: Path) -> None:
        self._lock = lock_directory(root)
        self._path = root / "head"
        self._files = DurableFiles(root)

    def close(self) -> None:
        """Give the lock back."""
        os.close(self._lock)

    def load(self) -> Head | None:
        """The stored head."""
        found = self._newest()
        return found[1] if found else None

    def swap(self, old: Head | None, new: Head, /) -> None:
        """Store ``new`` if ``old`` is what is stored."""
        newest = self._newest()
        turn, found = newest or (0, None)
        if found != old:
            raise HeadMoved(expected=old.size if old else 0, found=found.size if found else 0)
        slot = _slot(turn + 1, new)
        if found is None:
            self._files.write([(self._path, slot + bytes(SLOT_BYTES))])
            return
        with self._files.guard():
            handle = os.open(self._path, os.O_WRONLY | os.O_CLOEXEC)
            try:
                write_at(handle, slot, turn % 2 * SLOT_BYTES)
                os.fdatasync(handle)
            finally:
                os.close(handle)

    def _newest(self) -> tuple[int, Head] | None:
        """The newer of the two slots, with its turn; a file without any readable one is damaged."""
        data = self._files.read(self._path.name)
        if data is None:
            return None
        slots = (_read_slot(data[at : at + SLOT_BYTES]) for at in (0, SLOT_BYTES))
        found = [slot for slot in slots if slot is not None]
        if not found or len(data) != 2 * SLOT_BYTES:
            raise LogDamaged(reason=Text(f"{self._path} 不是日志头文件", f"{self._path} is no head"))
        return max(found, key=lambda slot: slot[0])


def _slot(turn: int, head: Head) -> bytes:
    text = f"feiyu-head/1 {turn} {head.size} {head.root.hex()} ".encode()
    return (text + hashlib.sha256(text).hexdigest().encode() + b"\n").ljust(SLOT_BYTES, b"\0")


def _read_slot(data: bytes) -> tuple[int, Head] | None:
    match = _SLOT.fullmatch(data)
    if match is None or hashlib.sha256(match[1]).hexdigest().encode() != match[5]:
        return None
    return int(match[2]), Head(int(match[3]), bytes.fromhex(match[4].decode()))
