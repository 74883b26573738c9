"""The record of sealed chunks, kept beside the source so that a crash never leads to a reused nonce.

Rules this module keeps:
 * rows are appended and made durable (``sync``) before the ciphertext of their chunks leaves the machine;
 * a row says nothing that opens a chunk; the roots in it are salted;
 * it names the packer, where content is packed: a resume that would pack otherwise is refused before it reads anything;
 * a torn last row (a crash in the middle of a write) is cut off; a damaged row before it is refused.

Trust and durability: losing the file means the transfer cannot be resumed and starts again under a new key.
"""

import os
import struct
import zlib
from pathlib import Path
from types import TracebackType
from typing import Self

from feiyu.base.text import Text
from feiyu.seal.errors import BadResumeState, PackerChanged
from feiyu.seal.files import storing, sync_folder, write_at
from feiyu.seal.packing import NONE
from feiyu.seal.sealer import SealedChunk

_ROW = struct.Struct(">QI?32s32s16s")
_CRC = struct.Struct(">I")
ROW_BYTES = _ROW.size + _CRC.size
_MAGIC, _PACKED = b"feiyu-seal-journal/1\n", b"feiyu-seal-journal/1 packed\n"
"""Two, neither of which begins the other: rows of the one are never read as rows of the other."""


def _header(transfer_id: str, packer: str) -> bytes:
    named = transfer_id.encode() + b"\n"
    return _MAGIC + named if packer == NONE else _PACKED + named + packer.encode() + b"\n"


def _refusal(data: bytes, transfer_id: str, packer: str) -> BadResumeState | PackerChanged:
    """Why a journal with another header is not gone on with."""
    if data.startswith(_MAGIC + transfer_id.encode() + b"\n"):
        return PackerChanged(was=NONE, now=packer)
    head = _PACKED + transfer_id.encode() + b"\n"
    if data.startswith(head):
        was = data[len(head) : len(head) + 80].partition(b"\n")[0]
        return PackerChanged(was=was.decode("ascii", "replace"), now=packer)
    return BadResumeState(reason=Text("属于另一传输批次", "it belongs to another transfer"))


def _row(chunk: SealedChunk) -> bytes:
    body = _ROW.pack(chunk.no, chunk.size_bytes, chunk.last, chunk.plain_root, chunk.cipher_root, chunk.tag)
    return body + _CRC.pack(zlib.crc32(body))


class SealJournal:
    """An append-only file of sealed chunks, for one transfer. ``packer`` is the name of its packer."""

    def __init__(self, path: Path, *, transfer_id: str, packer: str = NONE) -> None:
        self.path = path
        with storing(path):
            self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            with storing(path):
                self._chunks = self._read(transfer_id, packer)
        except BaseException:
            os.close(self._fd)
            raise

    def _read(self, transfer_id: str, packer: str) -> tuple[SealedChunk, ...]:
        header = _header(transfer_id, packer)
        data = self.path.read_bytes()
        if len(data) < len(header) and header.startswith(data):
            os.pwrite(self._fd, header, 0)
            self.sync()
            sync_folder(self.path.parent)
            self._end = len(header)
            return ()
        if not data.startswith(header):
            raise _refusal(data, transfer_id, packer)
        rows = (len(data) - len(header)) // ROW_BYTES
        chunks = []
        for n in range(rows):
            at = len(header) + n * ROW_BYTES
            body, crc = data[at : at + _ROW.size], data[at + _ROW.size : at + ROW_BYTES]
            if _CRC.pack(zlib.crc32(body)) != crc:
                if any(data[at + ROW_BYTES :]):
                    raise BadResumeState(reason=Text(f"第 {n} 行已损坏", f"row {n} is damaged"))
                rows = n
                break
            no, size, last, plain, cipher, tag = _ROW.unpack(body)
            chunks.append(
                SealedChunk(no=no, size_bytes=size, last=last, plain_root=plain, cipher_root=cipher, tag=tag)
            )
        self._end = len(header) + rows * ROW_BYTES
        os.ftruncate(self._fd, self._end)
        return tuple(chunks)

    @property
    def chunks(self) -> tuple[SealedChunk, ...]:
        """What was found when the file was opened."""
        return self._chunks

    def append(self, *chunks: SealedChunk) -> None:
        """Add rows; they count only after ``sync``."""
        rows = b"".join(map(_row, chunks))
        with storing(self.path):
            write_at(self._fd, memoryview(rows), self._end)
        self._end += len(rows)

    def sync(self) -> None:
        """Make what was appended durable."""
        with storing(self.path):
            os.fdatasync(self._fd)

    def close(self) -> None:
        """Close the file."""
        os.close(self._fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
