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
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TypeVar

from feiyu.evidence.checkpoint import parse_size
from feiyu.evidence.errors import BadCheckpoint, HeadMoved, LogBusy, LogDamaged, StorageFailed
from feiyu.evidence.keys import to_base64, unbase64
from feiyu.evidence.log import Head

_T = TypeVar("_T")
_TEMPORARY = ".tmp"
_FLUSHES_AT_ONCE = 8  # the file system's journal commits what waits together


class _Flushed:
    """Durable whole-file writing below one directory."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._failed: str | None = None
        self._anchored: set[Path] = set()  # directories whose own name is known to be durable
        self._pool = ThreadPoolExecutor(_FLUSHES_AT_ONCE, thread_name_prefix="log-flush")

    def write(self, files: Iterable[tuple[Path, bytes]], existing: Iterable[Path] = ()) -> None:
        """Write files durably, replacing; the directories of ``existing`` files are flushed along."""
        if self._failed:
            raise StorageFailed(reason=self._failed)
        try:
            self._write(list(files), list(existing))
        except OSError as bad:
            self._failed = f"{bad.strerror} ({bad.filename})" if bad.filename else str(bad.strerror)
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
        """Do all of them, side by side when there are several; the first error is raised after all have ended."""
        if len(items) == 1:
            work(items[0])
            return
        waiting = [self._pool.submit(work, item) for item in items]
        wait(waiting)
        for done in waiting:
            done.result()


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


class DirectoryTiles:
    """A ``TileStore`` in a directory that any static web server can hand out."""

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.root = root
        self._flushed = _Flushed(root)

    def get(self, path: str, /) -> bytes | None:
        """The file, or None when there is none."""
        try:
            return (self.root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

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
                raise LogDamaged(reason=f"{name} exists with other bytes")
        self._flushed.write(fresh, existing)

    def replace(self, path: str, data: bytes, /) -> None:
        """Replace one file durably."""
        self._flushed.write([(self.root / path, data)])

    def discard(self, prefix: str, /) -> None:
        """Remove a directory of partial tiles; one that stays behind after a crash does no harm."""
        shutil.rmtree(self.root / prefix, ignore_errors=True)


class DirectoryHead:
    """A ``HeadStore`` in a file; the directory is locked as long as this object lives."""

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self._path = root / "head"
        self._flushed = _Flushed(root)
        self._lock = os.open(root / "head.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            raise LogBusy(where=str(root)) from None

    def close(self) -> None:
        """Give the lock back."""
        os.close(self._lock)

    def load(self) -> Head | None:
        """The stored head."""
        try:
            text = self._path.read_text()
        except FileNotFoundError:
            return None
        lines = text.split("\n")
        if len(lines) != 3 or lines[2]:
            raise LogDamaged(reason=f"{self._path} is no head")
        try:
            return Head(parse_size(lines[0]), unbase64(lines[1], BadCheckpoint, "the root"))
        except BadCheckpoint as bad:
            raise LogDamaged(reason=f"{self._path}: {bad.values['reason']}") from None

    def swap(self, old: Head | None, new: Head, /) -> None:
        """Store ``new`` if ``old`` is what is stored."""
        found = self.load()
        if found != old:
            raise HeadMoved(expected=old.size if old else 0, found=found.size if found else 0)
        self._flushed.write([(self._path, f"{new.size}\n{to_base64(new.root)}\n".encode())])
