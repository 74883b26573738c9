"""The messages of an Arrow file or stream, looked at before pyarrow unpacks them.

A packed buffer says in its first eight bytes how much it unpacks to, and pyarrow sets that aside; a batch that is not packed is held as it is.

Rules this module keeps:
 * a batch, together with the dictionaries that it needs, stays within ``held_bytes``, by what the bytes say that pyarrow will believe;
 * what cannot be understood is damaged.

Sources: Arrow columnar format, "Serialization and IPC" (encapsulated messages, body compression), ``Message.fbs``, ``File.fbs``; FlatBuffers
internals (tables, vectors).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import pyarrow as pa

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.scan.errors_sources import Damaged
from feiyu.scan.limits import Limits
from feiyu.scan.table import Input

_CONTINUES = b"\xff\xff\xff\xff"
_DICTIONARY, _RECORDS = 2, 3
_BLOCK = struct.Struct("<qixxxxq")
_BUFFER = struct.Struct("<qq")


@dataclass(slots=True)
class Messages:
    """Looks at messages through the file that pyarrow reads; it leaves the file where it stood."""

    source: Input
    data: BinaryIO
    limits: Limits
    dictionaries: dict[int, int] = field(default_factory=dict)
    batch: int = 0

    def stream(self, reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
        """The batches of a stream, which stands behind its schema."""
        while True:
            place = start = self.data.tell()
            while (told := self._message(place)) is not None and told[0] != _RECORDS:
                place = told[1]
            self.data.seek(start)
            batch = next(reader, None)
            if batch is None:
                return
            yield batch

    def file(self, reader: pa.ipc.RecordBatchFileReader, wanted: range) -> Iterator[pa.RecordBatch]:
        """Some batches of a file, numbered in the order of its footer."""
        dictionaries, batches = self._footer()
        for place in dictionaries:
            self._message(place)
        for index in wanted:
            self.batch = index
            if index < len(batches):
                self._message(batches[index])
            yield reader.get_batch(index)

    def _message(self, place: int) -> tuple[int, int] | None:
        """Look at the message that stands there: its kind, and where the next one stands; None at the end."""
        try:
            return self._looked_at(place)
        except (struct.error, IndexError) as error:
            raise Damaged(
                name=self.source.name,
                reason=Text("第 {batch} 批：{error}", "batch {batch}: {error}").format(
                    batch=self.batch + 1, error=said(error)
                ),
            ) from error

    def _looked_at(self, place: int) -> tuple[int, int] | None:
        prefix = self._read(place, 8)
        if len(prefix) < 4:
            return None
        at = place + (8 if prefix[:4] == _CONTINUES else 4)
        (length,) = struct.unpack("<i", prefix[4:] if prefix[:4] == _CONTINUES else prefix[:4])
        if length == 0:
            return None
        if not 0 < length <= self.limits.document_bytes:
            raise IndexError("a message of impossible size")
        table = _Table.root(self._read(at, length))
        body, kind, size = at + length, table.number(1, "<B"), table.number(3, "<q")
        if size < 0:
            raise IndexError("a message of impossible size")
        header = table.table(2)
        if header is not None and kind in (_DICTIONARY, _RECORDS):
            self._held(kind, header, body, size)
        return kind, body + size

    def _held(self, kind: int, header: "_Table", body: int, size: int) -> None:
        batch = header.table(1) if kind == _DICTIONARY else header
        if batch is None:
            raise IndexError("a dictionary without its values")
        packed = batch.table(3) is not None
        size = (
            max(size, sum(self._unpacked(body, *one) for one in batch.structs(2, _BUFFER)))
            if packed
            else size
        )
        if kind == _DICTIONARY:
            ident = header.number(0, "<q")
            self.dictionaries[ident] = size + (
                self.dictionaries.get(ident, 0) if header.number(2, "<B") else 0
            )
            size = 0
        else:
            self.batch += 1
        self.limits.check_held(
            self.source.name, size + sum(self.dictionaries.values()), part=Text(f"第 {max(1, self.batch)} 个批次", f"batch {max(1, self.batch)}")
        )  # fmt: skip

    def _unpacked(self, body: int, offset: int, length: int) -> int:
        """How much a packed buffer unpacks to; one that says -1 is not packed."""
        if length < 8:
            return 0
        (size,) = struct.unpack("<q", self._read(body + offset, 8))
        return int(size) if size >= 0 else length

    def _footer(self) -> tuple[list[int], list[int]]:
        try:
            end = self.data.seek(0, 2)
            (length,) = struct.unpack("<i", self._read(end - 10, 4))
            size = min(max(0, length), end - 10, self.limits.document_bytes)
            footer = _Table.root(self._read(end - 10 - size, size))
            return tuple([place for place, _, _ in footer.structs(index, _BLOCK)] for index in (2, 3))  # type: ignore[return-value]
        except (struct.error, IndexError, OSError) as error:
            raise Damaged(
                name=self.source.name,
                reason=Text("文件尾：{error}", "footer: {error}").format(error=said(error)),
            ) from error

    def _read(self, place: int, count: int) -> bytes:
        if place < 0:
            raise IndexError("a place before the beginning")
        self.data.seek(place)
        data = b""
        while len(data) < count and (more := self.data.read(count - len(data))):
            data += more
        return data


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of a FlatBuffer: its fields by number."""

    data: bytes
    at: int

    @classmethod
    def root(cls, data: bytes) -> "_Table":
        return cls(data, _of(data, "<I", 0))

    def _field(self, number: int) -> int:
        """Where a field stands; 0 where it is left out."""
        shape = self.at - _of(self.data, "<i", self.at)
        place = 4 + 2 * number
        offset = _of(self.data, "<H", shape + place) if place + 2 <= _of(self.data, "<H", shape) else 0
        return self.at + offset if offset else 0

    def number(self, number: int, form: str) -> int:
        place = self._field(number)
        return _of(self.data, form, place) if place else 0

    def table(self, number: int) -> "_Table | None":
        place = self._field(number)
        return _Table(self.data, place + _of(self.data, "<I", place)) if place else None

    def structs(self, number: int, form: struct.Struct) -> Iterator[tuple[int, ...]]:
        place = self._field(number)
        if not place:
            return
        place += _of(self.data, "<I", place)
        count = _of(self.data, "<I", place)
        if count * form.size > len(self.data):
            raise IndexError("a vector longer than its message")
        for index in range(count):
            yield form.unpack_from(self.data, place + 4 + index * form.size)


def _of(data: bytes, form: str, place: int) -> int:
    if place < 0:
        raise IndexError("an offset before the beginning")
    return int(struct.unpack_from(form, data, place)[0])
