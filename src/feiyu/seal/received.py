"""The recipient's file while it arrives: opened chunk by chunk, written in place, complete only when its root is right.

Rules this module keeps:
 * the file appears under its name only after the root of the whole plaintext has been compared; until then it is
   ``<name>.part``, readable by its owner alone;
 * a chunk counts as received after its bytes are on disk, and then its row in ``<name>.part.log``; so a crash costs at
   most the chunks since the last sync, and nothing is fetched twice that was noted;
 * a note whose bytes are not there counts for nothing, nor does any after it;
 * content that does not match the manifest is removed;
 * packed content is unpacked once all of it is there, into ``<name>.unpacked``, chunk by chunk.

Trust: the log holds salted roots only. The plaintext lies on the recipient's disk; that is its purpose.
"""

import os
import struct
import threading
import zlib
from pathlib import Path
from types import TracebackType
from typing import Self

from feiyu.base import merkle
from feiyu.base.text import Text
from feiyu.seal.errors import BadChunk, BadPacking, ContentMismatch
from feiyu.seal.files import storing, sync_folder, write_at
from feiyu.seal.opener import Opener
from feiyu.seal.packing import unpacked
from feiyu.seal.suites import TAG_BYTES

_ROW = struct.Struct(">Q32sI")
_SYNC_CHUNKS = 16


def _row(no: int, root: bytes) -> bytes:
    return _ROW.pack(no, root, zlib.crc32(no.to_bytes(8) + root))


class ReceivedFile:
    """Takes ciphertext at any place and order, also from several threads, and writes plaintext."""

    def __init__(self, path: Path, opener: Opener, *, commitment: bytes) -> None:
        self.path = path
        self._opener = opener
        self._part = path.with_name(path.name + ".part")
        self._log = path.with_name(path.name + ".part.log")
        self._lock = threading.Lock()
        self._fresh: list[int] = []
        self._own = threading.local()
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        with storing(self._part):
            self._fd = os.open(self._part, flags, 0o600)
            self._log_fd = os.open(self._log, flags, 0o600)
            self._recover(commitment)

    def _recover(self, commitment: bytes) -> None:
        """Take over what an earlier run noted for this very content; begin anew otherwise."""
        data = self._log.read_bytes()
        if not data.startswith(commitment):
            os.ftruncate(self._log_fd, 0)
            os.ftruncate(self._fd, 0)
            os.pwrite(self._log_fd, commitment, 0)
            data = commitment
        at, held = len(commitment), os.fstat(self._fd).st_size
        while at + _ROW.size <= len(data):
            no, root, _ = _ROW.unpack_from(data, at)
            if _row(no, root) != data[at : at + _ROW.size] or no >= self._opener.chunks:
                break
            if self._opener.end_of(no) > held:
                break  # the bytes are not there: killed when the file had its name and the notes were not yet removed
            self._opener.note(no, root)
            at += _ROW.size
        os.ftruncate(self._log_fd, at)
        self._log_end = at

    def missing(self) -> list[int]:
        """The chunks still to be fetched."""
        return self._opener.missing()

    def take(self, at: int, buffer: bytearray, size: int) -> None:
        """Open the chunk at ``at`` of the ciphertext, of which ``size`` bytes stand at the front of ``buffer``.

        ``buffer`` has 16 bytes more than a chunk; its content is used up. What lies behind the bodies is the trailer,
        which the opener has already: it is passed over.
        """
        no, rest = divmod(at, self._opener.geometry.chunk_bytes)
        if at >= max(self._opener.plain_bytes, 1):
            return
        want = self._opener.size_of(no)
        if rest or size < want:
            raise BadChunk(
                chunk=no,
                reason=Text(f"位置 {at} 处的 {size} 字节不构成分片", f"{size} bytes at {at} are not a chunk"),
            )
        plain = self._opener.open(no, memoryview(buffer)[: want + TAG_BYTES], self._out())
        with storing(self._part):
            write_at(self._fd, plain, at)
        with self._lock:
            self._fresh.append(no)
            if len(self._fresh) >= _SYNC_CHUNKS:
                self._sync()

    def _out(self) -> bytearray:
        if not hasattr(self._own, "out"):
            self._own.out = bytearray(self._opener.geometry.chunk_bytes)
        out: bytearray = self._own.out
        return out

    def _sync(self) -> None:
        rows = b"".join(_row(no, self._opener.root_of(no) or b"") for no in self._fresh)
        with storing(self._part):
            os.fdatasync(self._fd)
            write_at(self._log_fd, memoryview(rows), self._log_end)
            os.fdatasync(self._log_fd)
        self._log_end += len(rows)
        self._fresh.clear()

    def finish(self, plain_root: bytes) -> Path:
        """Compare the whole, make it durable, and let it appear under its name."""
        with self._lock:
            try:
                if self._opener.content_bytes is not None:
                    return self._unpack(self._opener.content_bytes, plain_root)
                self._opener.finish(plain_root)
            except (ContentMismatch, BadPacking):
                self._part.unlink()
                self._log.unlink()
                raise
            with storing(self._part):
                os.ftruncate(self._fd, self._opener.plain_bytes)
                os.fsync(self._fd)
                self._part.rename(self.path)
                self._log.unlink()
                sync_folder(self.path.parent)
        return self.path

    def _unpack(self, size: int, plain_root: bytes) -> Path:
        """Unpack into a file of its own, compare the whole, and let it appear under its name."""
        draft = self.path.with_name(self.path.name + ".unpacked")
        self._opener.whole()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        with storing(draft):
            draft.unlink(missing_ok=True)  # of a run that was killed
            fd = os.open(draft, flags, 0o600)
        try:
            self._fill(draft, fd, size, plain_root)
        except BaseException:
            draft.unlink()
            raise
        finally:
            os.close(fd)
        with storing(self.path):
            draft.rename(self.path)
            self._part.unlink()
            self._log.unlink()
            sync_folder(self.path.parent)
        return self.path

    def _fill(self, draft: Path, fd: int, size: int, plain_root: bytes) -> None:
        opener, at = self._opener, 0
        tree = merkle.Frontier(hasher=opener.suite.hasher)
        packed = {"packed_bytes": opener.plain_bytes, "content_bytes": size}
        for chunk in unpacked(self._read, **packed, geometry=opener.geometry):
            tree.add(opener.part(chunk))
            with storing(draft):
                write_at(fd, memoryview(chunk), at)
            at += len(chunk)
        if tree.root() != plain_root:
            raise ContentMismatch(field="plain_root")
        with storing(draft):
            os.fsync(fd)

    def _read(self, size: int, at: int) -> bytes:
        with storing(self._part):
            return os.pread(self._fd, size, at)

    def close(self) -> None:
        """Close; what was noted stays for the next run."""
        os.close(self._fd)
        os.close(self._log_fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
