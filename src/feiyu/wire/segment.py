"""A segment file while it arrives: bytes, the offset that is promised, and the tree that grows with it.

Beside ``<path>`` stands ``<path>.log``, a short append-only file of sync points.

Rules this module keeps:
 * an offset is promised only after the bytes before it are on disk and the sync point that says so is on disk;
 * the tree is part of the sync point, so nothing is read again to resume but the last unfinished block;
 * bytes behind the last sync point (of a crash) are cut off: nobody promised them, nobody knows whether they are whole;
 * one writer at a time, also across processes (a lock on the file).

Trust and durability: a failed sync promises nothing; the client sends again from the last promise.
"""

import errno
import fcntl
import json
import os
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from feiyu.base.content import BLOCK_BYTES, HASH_BYTES, SHA256, ContentTree
from feiyu.base.errors import FeiyuError
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.wire.errors import StorageFailed, StorageFull

MAX_LOG_BYTES = 1024 * 1024
"""Beyond this the log is written anew with its last record; no record is longer than a few KiB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What is durable of a segment."""

    offset: int
    complete: bool
    root: bytes | None


def _log_path(path: Path) -> Path:
    return path.with_name(path.name + ".log")


def _line(record: dict[str, object]) -> bytes:
    body = json.dumps(record, separators=(",", ":"), sort_keys=True).encode()
    return f"{zlib.crc32(body):08x} ".encode() + body + b"\n"


def _last_record(data: bytes) -> tuple[dict[str, object] | None, int]:
    """The last whole record, and where it ends."""
    found, end = None, 0
    for line in data.splitlines(keepends=True):
        crc, _, body = line.rstrip(b"\n").partition(b" ")
        if not line.endswith(b"\n") or f"{zlib.crc32(body):08x}".encode() != crc:
            break
        found, end = json.loads(body), end + len(line)
    return found, end


def promise_of(path: Path) -> Promise:
    """What is durable of the segment at ``path``; nothing when there is none."""
    try:
        data = _log_path(path).read_bytes()
    except FileNotFoundError:
        return Promise(offset=0, complete=False, root=None)
    record, _ = _last_record(data)
    if record is None:
        return Promise(offset=0, complete=False, root=None)
    complete = bool(record["complete"])
    return Promise(
        offset=int(str(record["size"])),
        complete=complete,
        root=bytes.fromhex(str(record["root"])) if complete else None,
    )


class SegmentWriter:
    """The one writer of a segment file, from open to close; ``BlockingIOError`` where there is one already.

    ``tree`` names the hash of a new segment's tree; one that was begun keeps its own.
    """

    def __init__(self, path: Path, *, tree: str = SHA256) -> None:
        self.path = path
        self._named = tree
        self._log_fd = -1
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._log_fd = os.open(_log_path(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._recover()
        except BaseException:
            self.close()
            raise

    def _recover(self) -> None:
        record, self._log_end = _last_record(os.pread(self._log_fd, 2 * MAX_LOG_BYTES, 0))
        os.ftruncate(self._log_fd, self._log_end)
        if record is None:
            self.tree, self.complete, self._fresh = ContentTree(name=self._named), False, True
        else:
            self._fresh, self.complete = False, bool(record["complete"])
            self._named = str(record.get("tree", SHA256))
            self.tree = self._restore(int(str(record["size"])), bytes.fromhex(str(record["stack"])))
        self.synced = self.tree.size_bytes
        if not self.complete:
            os.ftruncate(self._fd, self.synced)

    def _restore(self, size: int, stack: bytes) -> ContentTree:
        hashes = [stack[at : at + HASH_BYTES] for at in range(0, len(stack), HASH_BYTES)]
        tail = os.pread(self._fd, size % BLOCK_BYTES, size - size % BLOCK_BYTES)
        if os.fstat(self._fd).st_size < size:
            raise StorageFailed(
                reason=Text(
                    f"{self.path.name} 比已确认的短", f"{self.path.name} is shorter than what was confirmed"
                )
            )
        return ContentTree.restore(size, hashes, tail, name=self._named)

    @property
    def offset(self) -> int:
        """How many bytes were written, durable or not."""
        return self.tree.size_bytes

    def write(self, piece: memoryview) -> None:
        """Append bytes; a short write (a full disk) raises ``OSError`` and leaves the offset where it was."""
        at, view = self.offset, piece
        while len(view):
            done = os.pwrite(self._fd, view, at)
            at, view = at + done, view[done:]
        self.tree.update(piece)

    def sync(self, *, complete: bool = False) -> Promise:
        """Make what was written durable, and say so in the log; from then on it may be promised."""
        if self._fresh or self.synced != self.offset or complete != self.complete:
            os.fdatasync(self._fd)
            root = self.tree.root().hex() if complete else ""
            record = {
                "size": self.offset,
                "stack": b"".join(self.tree.state()).hex(),
                "complete": complete,
                "root": root,
                "tree": self._named,
            }
            self._note(_line(record))
            self._fresh, self.synced, self.complete = False, self.offset, complete
        return Promise(
            offset=self.synced, complete=self.complete, root=self.tree.root() if complete else None
        )

    def _note(self, line: bytes) -> None:
        """Append a record to the log, durably; a log that grew long is replaced by this one record."""
        if self._log_end + len(line) > MAX_LOG_BYTES:
            draft = self.path.with_name(self.path.name + ".log.new")
            fd = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            os.close(self._log_fd)
            self._log_fd, self._log_end, self._fresh = fd, 0, True
            os.pwrite(fd, line, 0)
            os.fdatasync(fd)
            draft.rename(_log_path(self.path))
        else:
            os.pwrite(self._log_fd, line, self._log_end)
            os.fdatasync(self._log_fd)
        if self._fresh:
            _sync_folder(self.path.parent)
        self._log_end += len(line)

    def close(self) -> None:
        """Close both files; what was not synced is cut off by the next writer."""
        for fd in (self._fd, self._log_fd):
            if fd >= 0:
                with suppress(OSError):
                    os.close(fd)
        self._fd = self._log_fd = -1


def storage_refusal(bad: OSError) -> FeiyuError:
    """The system's error on a segment file as a refusal."""
    if bad.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StorageFull()
    return StorageFailed(reason=said(bad))


def discard(path: Path) -> None:
    """Remove a segment and its log, e.g. when its transfer was voided."""
    for each in (_log_path(path), path):
        each.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
