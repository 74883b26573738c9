"""The pages of a Parquet file, looked at while pyarrow reads them.

A page says in a header of a few bytes how much it unpacks to, and pyarrow sets that much aside before it unpacks. A value in a dictionary
costs a file a bit or two each time it is repeated, and all its bytes in memory. So the reader is given a file that looks at what passes
through it, and stops it in time.

Rules this module keeps:
 * what pyarrow reads is known beforehand (``parquet_footer``): a read outside of a column chunk, or out of its order, is refused;
 * the pages and dictionaries that are open at once stay within ``held_bytes``, and so does whatever one batch can unfold to: batches are made
   smaller until it fits, and a row that does not fit is refused with its row group and column.

Sources: Apache Parquet format, ``parquet.thrift`` (PageHeader), Encodings.md.
"""

import io
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import pyarrow as pa

from feiyu import _native
from feiyu.base.errors import FeiyuError
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.scan.errors_sources import Damaged
from feiyu.scan.limits import Limits
from feiyu.scan.readers.avro_values import BadValue
from feiyu.scan.readers.parquet_footer import BYTE_ARRAY, Chunk, Compact, struct

_HEADER_BYTES = 1 << 20
_FIXED = 7
_DICTIONARY_PAGE, _DATA_PAGES = 2, (0, 3)
_BY_DICTIONARY, _DELTA_BYTE_ARRAY = (2, 8), 7
_CODECS = {0: "", 1: "snappy", 2: "gzip", 4: "brotli", 6: "zstd", 7: "lz4_raw"}
_VALUE_BYTES = 16
_AIM = 16
"""What a batch of several rows may unfold to, as a part of what may be held: it is copied more than once on its way."""
_LISTED = 4
"""Rows of lists cannot be made smaller, and are told by their number of values only: so many times the limit is let pass."""


class _Short(BadValue):
    """The header goes on behind what was read."""


class _Header(Compact):
    """The beginning of a page."""

    def take(self, count: int) -> bytes:
        if count >= 0 and self.place + count > len(self.data):
            raise _Short("the header goes on")
        return super().take(count)

    def byte(self) -> int:
        if self.place >= len(self.data):
            raise _Short("the header goes on")
        self.place += 1
        return self.data[self.place - 1]

    def long(self) -> int:
        value = shift = 0
        while shift < 70:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return (value >> 1) ^ -(value & 1)
            shift += 7
        raise BadValue(Text("有整数没有结束", "an integer does not end"))

    def count(self) -> int:
        value = shift = 0
        while shift < 35:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80 and value <= _HEADER_BYTES:
                return value
            shift += 7
        raise BadValue(Text("页头的长度不成立", "a length of no header"))


@dataclass(slots=True)
class _State:
    """How far a chunk was read."""

    at: int
    header: int
    carry: bytes = b""
    dictionary: int = 0
    longest: int = 0
    pending: bytearray | None = None
    wanted: int = 0
    packed: int = 0


class _Stop(OSError):
    """Ends a read of pyarrow; why stands in the watch."""


class Pages(io.RawIOBase):
    """A file over another that looks at the pages of a Parquet file as they are read."""

    def __init__(
        self, name: str, file: BinaryIO, chunks: Sequence[Chunk], folded: Sequence[str], limits: Limits
    ) -> None:
        """``folded``: the columns that come as dictionaries, whose repeated values take no memory."""
        self._name, self._file, self._limits, self._folded = name, file, limits, frozenset(folded)
        self._chunks, self._starts = chunks, [one.start for one in chunks]
        self._states: dict[int, _State] = {}
        self._held: dict[int, int] = {}
        self._worst: dict[int, int] = {}
        self._sum_held = self._sum_worst = self._since = 0
        self._rows = 1
        self._why: FeiyuError | int | None = None

    def batches(self, draw: Callable[[int], Iterator[pa.RecordBatch]], rows: int) -> Iterator[pa.RecordBatch]:
        """The batches that ``draw`` gives for a number of rows, which is lowered where they would unfold to too much."""
        done = 0
        while True:
            self._rows, self._why, skip = rows, None, done
            self._states.clear()
            self._held.clear()
            self._worst.clear()
            self._sum_held = self._sum_worst = self._since = 0
            try:
                for batch in draw(rows):
                    self._since = 0
                    if skip < batch.num_rows:
                        done += batch.num_rows - skip
                        yield batch.slice(skip) if skip else batch
                    skip = max(0, skip - batch.num_rows)
            except (OSError, pa.ArrowException):
                if isinstance(self._why, FeiyuError):
                    raise self._why from None
                if self._why is None:
                    raise
                rows = self._why
            else:
                return

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place of the file."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Where it stands."""
        return self._file.tell()

    def read(self, size: int | None = -1, /) -> bytes:
        """As much as is asked for, or all there is; looked at before it is handed on."""
        place, data = self._file.tell(), self._file.read(-1 if size is None else size)
        while size is not None and len(data) < size and (more := self._file.read(size - len(data))):
            data += more
        if data:
            try:
                self._look(place, data)
            except FeiyuError as refusal:
                self._why = refusal
                raise _Stop(str(refusal)) from None
            except BadValue as error:
                self._why = Damaged(name=self._name, reason=said(error))
                raise _Stop(str(error)) from None
        return data

    def _look(self, place: int, data: bytes) -> None:
        index = bisect_right(self._starts, place) - 1
        if index < 0 or place >= self._chunks[index].end:
            raise BadValue(
                Text(
                    f"位置 {place} 处的读取不在任何列块之内",
                    f"a read at {place} outside of every column chunk",
                )
            )
        chunk = self._chunks[index]
        if place == chunk.start:
            self._states[index] = _State(at=place, header=place)
        state = self._states.get(index)
        if state is None or state.at != place:
            raise BadValue(Text(f"位置 {place} 处的读取次序不对", f"a read at {place} out of its order"))
        data = data[: chunk.end - place]
        state.at = place + len(data)
        if state.pending is not None:
            self._collect(chunk, state, data)
        if state.at <= state.header:
            return
        base = place - len(state.carry)
        data = state.carry + data if state.carry else data
        state.carry = b""
        while state.header < state.at:
            view = memoryview(data)[state.header - base :]
            reader = _Header(view[:_HEADER_BYTES])  # type: ignore[arg-type]
            try:
                header = struct(reader)
            except _Short:
                if len(view) >= _HEADER_BYTES or state.at == chunk.end:
                    raise BadValue(
                        Text(
                            f"{self._of(chunk).zh}的页头没有结束",
                            f"{self._of(chunk).en}: a page header does not end",
                        )
                    ) from None
                state.carry = bytes(view)
                return
            body = state.header + reader.place
            state.header = body + _size(header, 3)
            if state.header > chunk.end:
                raise BadValue(
                    Text(
                        f"{self._of(chunk).zh}的页超出其列块",
                        f"{self._of(chunk).en}: a page goes on behind its column chunk",
                    )
                )
            self._page(chunk, state, header, view[reader.place :])

    def _page(self, chunk: Chunk, state: _State, header: dict[int, Any], body: memoryview) -> None:
        size, kind = _size(header, 2), header.get(1)
        if kind == _DICTIONARY_PAGE:
            state.dictionary = state.longest = size
            self._hold(chunk, state, 0)
            if chunk.kind == BYTE_ARRAY and chunk.name not in self._folded and chunk.codec in _CODECS:
                state.pending, state.wanted, state.packed = bytearray(), size, _size(header, 3)
                self._collect(chunk, state, body)
            return
        if kind not in _DATA_PAGES:
            return
        self._hold(chunk, state, size)
        told = header.get(8 if kind else 5)
        if not isinstance(told, dict):
            raise BadValue(
                Text(
                    f"{self._of(chunk).zh}的数据页没有页头",
                    f"{self._of(chunk).en}: a data page without its header",
                )
            )
        worst = self._worst_value(chunk, state, told.get(4 if kind else 2), size)
        if chunk.listed:
            values = _size(told, 1) * max(_VALUE_BYTES, worst)
            self._limits.check_held(self._name, values // _LISTED, part=self._of(chunk))
            return
        self._since += size
        self._sum_worst += worst - self._worst.get(chunk.column, 0)
        self._worst[chunk.column] = worst
        self._fit(chunk)

    def _worst_value(self, chunk: Chunk, state: _State, encoding: object, size: int) -> int:
        """How many bytes a value can take that costs the page next to none."""
        if chunk.name in self._folded:
            return 0
        if encoding in _BY_DICTIONARY:
            return {BYTE_ARRAY: state.longest, _FIXED: max(0, chunk.width)}.get(chunk.kind, 0)
        return size if encoding == _DELTA_BYTE_ARRAY else 0

    def _hold(self, chunk: Chunk, state: _State, page: int) -> None:
        held = state.dictionary + page
        self._sum_held += held - self._held.get(chunk.column, 0)
        self._held[chunk.column] = held
        self._limits.check_held(self._name, self._sum_held, part=self._of(chunk))

    def _fit(self, chunk: Chunk) -> None:
        """Ask for fewer rows where a batch could unfold to more than may be held."""
        most = self._limits.held_bytes
        aim = most // _AIM
        if self._since <= most and (self._sum_worst * self._rows <= aim or self._rows == 1):
            self._limits.check_held(self._name, self._sum_worst, part=self._of(chunk))
            return
        if self._rows == 1:
            self._limits.check_held(self._name, self._since, part=self._of(chunk))
        self._why = max(1, min(self._rows // 4, aim // max(1, self._sum_worst)))
        raise _Stop("fewer rows")

    def _collect(self, chunk: Chunk, state: _State, data: bytes | memoryview) -> None:
        """Gather a dictionary until it is whole, and learn its longest value."""
        assert state.pending is not None
        state.pending += data[: state.packed - len(state.pending)]
        if len(state.pending) < state.packed:
            return
        packed, state.pending = bytes(state.pending), None
        codec = _CODECS[chunk.codec]
        try:
            plain = pa.decompress(packed, state.wanted, codec=codec, asbytes=True) if codec else packed
        except (pa.ArrowException, OSError) as error:
            raise BadValue(f"{self._of(chunk).en}: {error}") from error
        state.longest = longest(plain)
        if state.longest < 0:
            raise BadValue(
                Text(
                    f"{self._of(chunk).zh}的值超出其字典",
                    f"{self._of(chunk).en}: a value goes on behind its dictionary",
                )
            )

    def _of(self, chunk: Chunk) -> Text:
        return Text(
            f"第 {chunk.group + 1} 个行组“{chunk.name}”列",
            f"row group {chunk.group + 1}, column {chunk.name!r}",
        )


def longest(plain: bytes) -> int:
    """The longest of byte arrays in the PLAIN encoding; -1 where one goes on behind the end."""
    lane = _native.load("parquet_plain")
    if lane is not None:
        from ctypes import c_char_p, c_int64

        lane.parquet_longest.restype, lane.parquet_longest.argtypes = c_int64, (c_char_p, c_int64)
        return int(lane.parquet_longest(plain, len(plain)))
    most = at = 0
    while at < len(plain):
        size = int.from_bytes(plain[at : at + 4], "little")
        at += 4 + size
        most = max(most, size)
    return most if at == len(plain) else -1


def _size(fields: dict[int, Any], number: int) -> int:
    value = fields.get(number)
    if not isinstance(value, int) or not 0 <= value < 1 << 31:
        raise BadValue(Text("有页的大小不可能", "a page of impossible size"))
    return value
