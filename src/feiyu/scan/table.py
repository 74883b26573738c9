"""What a source is made of: an input of bytes, tables of record batches.

An ``Input`` is the one seam below the readers: a named thing that can be opened from its start. A file is one; an
object in a store or an HTTP body becomes one by writing ``open``.

Rules this module keeps:
 * a table yields its rows once, in their order, in batches of at most 64 Ki rows and a few MiB;
 * text formats yield strings, exactly the characters that were there: nothing is guessed that could damage an id;
   a cell with nothing in it is an empty string, null stands only where the format itself knows null;
 * ``bytes_read`` only rises, and never beyond the size of the source.
"""

import io
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyarrow as pa

from feiyu.base.text import Text

BATCH_ROWS = 1 << 16
BLOCK_BYTES = 1 << 20
CURSOR_ROWS = 8
"""Rows that are drawn from a database at a time: what they hold is only known afterwards."""
CURSOR_BYTES = 4 << 20
"""A batch of them."""


@dataclass(slots=True)
class Meter:
    """How many bytes of a source were drawn."""

    bytes: int = 0


class Input(ABC):
    """A named thing with bytes that can be opened from its start, more than once."""

    name: str
    size_bytes: int
    nested: bool = False
    """Inside an archive, where no further archive is opened."""

    @abstractmethod
    def open(self, meter: Meter) -> BinaryIO:
        """A stream over the bytes; what is drawn from the source is added to ``meter``."""

    def head(self, count: int) -> bytes:
        """The first ``count`` bytes, or all there are."""
        data = b""
        with closing(self.open(Meter())) as stream:
            while len(data) < count and (more := stream.read(count - len(data))):
                data += more
        return data

    @property
    def seekable(self) -> bool:
        """Whether the stream can go back, as formats with a footer need."""
        return False


class _MeteredFile(io.FileIO):
    """A raw file that adds what it reads to a meter."""

    def __init__(self, path: Path, meter: Meter) -> None:
        super().__init__(path, "rb")
        self._meter = meter
        self._size = os.fstat(self.fileno()).st_size

    def read(self, size: int | None = -1, /) -> bytes:
        # a damaged footer may ask for terabytes, and Python would set them aside before it reads
        data = super().read(-1 if size is None or size < 0 else min(size, self._size))
        self._meter.bytes += len(data)
        return data

    def readinto(self, buffer: Any, /) -> int:
        count = super().readinto(buffer) or 0
        self._meter.bytes += count
        return count


_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def printable(name: str) -> str:
    """A name of the file system as it can be written anywhere: strange bytes and control characters are spelt out."""
    name = os.fsencode(name).decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), name)


def name_of(path: Path) -> str:
    """How a file or a folder is called, without the folder above it; ``.`` and ``..`` by what they are."""
    return printable(path.name if path.name not in ("", "..") else path.resolve().name)


class FileInput(Input):
    """A regular file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = name_of(path)
        self.size_bytes = path.stat().st_size

    def open(self, meter: Meter) -> BinaryIO:
        """The raw file."""
        return cast("BinaryIO", _MeteredFile(self.path, meter))

    @property
    def seekable(self) -> bool:
        """A file can."""
        return True


class AtPlaces(io.RawIOBase):
    """A stream of so many bytes that can be read in any order; ``readinto`` fills from ``_at`` on and moves it."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size, self._at = size, 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """In any order."""
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place."""
        self._at = max(0, {0: 0, 1: self._at, 2: self._size}[whence] + offset)
        return self._at

    def tell(self) -> int:
        """The place."""
        return self._at

    def read(self, size: int | None = -1, /) -> bytes:
        """So many bytes. A damaged footer may ask for terabytes, and Python would set them aside before it reads."""
        left = max(0, self._size - self._at)
        return super().read(left if size is None or size < 0 else min(size, left)) or b""


class BytesInput(Input):
    """Bytes in memory under a name: an entry of an archive, a small packed document."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.data = data
        self.size_bytes = len(data)

    def open(self, meter: Meter) -> BinaryIO:
        """A stream over the bytes, counted as drawn at once."""
        meter.bytes += len(self.data)
        return io.BytesIO(self.data)

    @property
    def seekable(self) -> bool:
        """Memory can."""
        return True


_Draw = Callable[[Meter, list[Text]], Iterator[pa.RecordBatch]]


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole rows of a table that can be read by themselves: bytes of a text, row groups or batches of a columnar file."""

    begin: int
    end: int
    first: bool
    last: bool


class NotApart(Exception):
    """A piece does not begin and end with whole rows, or is not plain: only the table as a whole tells what it holds."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """How a table is read in pieces.

    ``cut`` says where, given how large a piece should be in bytes of the source. ``draw`` reads one, and raises ``NotApart`` where it
    does not end with a whole row: pieces that are drawn to their ends, from the first one on, thereby prove each other's beginnings.
    """

    cut: Callable[[int], list[Piece]]
    draw: Callable[[Piece, Meter], Iterator[pa.RecordBatch]]


@dataclass(slots=True, kw_only=True)
class Table:
    """One table of a source: named fields and a stream of record batches.

    ``first_row`` is the number of the first data row as people count them (titles and header included), so that
    row ``i`` of the stream is row ``first_row + i`` of the file. ``warnings`` fill while batches are drawn.
    """

    name: str
    schema: pa.Schema
    draw: _Draw = field(repr=False)
    first_row: int = 1
    warnings: list[Text] = field(default_factory=list)
    meter: Meter = field(default_factory=Meter, repr=False)
    ceiling: int = field(default=1 << 62, repr=False)
    draw_views: _Draw | None = field(default=None, repr=False)
    """The same rows in batches whose strings may be string views over the bytes as they were read: cheaper, for the scan."""
    pieces: Pieces | None = field(default=None, repr=False)
    """Where the table can be read in pieces."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The field names, in order."""
        return tuple(self.schema.names)

    @property
    def bytes_read(self) -> int:
        """Bytes of the source drawn so far, for progress."""
        return min(self.meter.bytes, self.ceiling)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows, in order. A second call starts over."""
        self.meter.bytes = 0
        self.warnings.clear()
        return self.draw(self.meter, self.warnings)

    def views(self) -> Iterator[pa.RecordBatch]:
        """The same rows for whoever only looks at values: strings may be string views."""
        self.meter.bytes = 0
        self.warnings.clear()
        return (self.draw_views or self.draw)(self.meter, self.warnings)


def cut_lines(source: Input, begin: int, size: int, line_bytes: int) -> list[Piece]:
    """Cut a text from byte ``begin`` on behind line ends that are about ``size`` bytes apart; one piece where a line is too long."""
    ends = []
    with closing(source.open(Meter())) as stream:
        at = begin + size
        while at < source.size_bytes - size // 2:
            stream.seek(at)
            near = stream.read(min(line_bytes, BLOCK_BYTES))
            found = near.find(b"\n") + 1
            if not found:
                break
            ends.append(at + found)
            at += found + size
    starts = [begin, *ends]
    return pieces_between([*starts, source.size_bytes])


def pieces_between(ends: Sequence[int]) -> list[Piece]:
    """The pieces between these places."""
    return [Piece(a, z, first=a == ends[0], last=z == ends[-1]) for a, z in pairwise(ends)]


def blocks_of(stream: BinaryIO, piece: Piece, size: int) -> Iterator[bytes]:
    """The bytes of a piece."""
    stream.seek(piece.begin)
    left = piece.end - piece.begin
    while left > 0 and (block := stream.read(min(size, left))):
        left -= len(block)
        yield block
    if left:
        raise NotApart


def without(table: Table, names: Collection[str]) -> Table:
    """The table as if some fields were not there: so that a count after dropping them is a re-count."""
    if not names:
        return table
    kept = [name for name in table.fields if name not in names]

    def less(whole: _Draw) -> _Draw:
        return lambda meter, warnings: (batch.select(kept) for batch in whole(meter, warnings))

    return replace(
        table,
        schema=pa.schema([table.schema.field(name) for name in kept]),
        draw=less(table.draw),
        draw_views=less(table.draw_views) if table.draw_views else None,
        pieces=None,
    )


@dataclass(slots=True, kw_only=True)
class Source:
    """Something that was opened for reading: its format is what the content is, whatever the name says."""

    name: str
    format: str
    size_bytes: int
    packing: str | None = None
    """``gzip``, ``zstd`` … where the table is wrapped."""
    unread: tuple[str, ...] = ()
    """Parts no reader understands: pictures in a workbook, other files in an archive."""
    warnings: tuple[Text, ...] = ()
    find: Callable[[], Iterator[Table]] = field(repr=False)
    listed: Callable[[], Iterator[Table]] = field(default=lambda: iter(()), repr=False)
    """An inventory of what is unread among several files; no table to be sent."""
    close: Callable[[], None] = field(default=lambda: None, repr=False)
    """Gives back what an open source holds: a database its connection; files hold nothing between batches."""

    def tables(self) -> Iterator[Table]:
        """The tables, one after the other; draw the batches of one before asking for the next."""
        return self.find()


def together(batches: Iterable[pa.RecordBatch], *, rows: int, most: int) -> Iterator[list[pa.RecordBatch]]:
    """Batches in lists that may be put together: of one schema, of so many rows or a little more, of so many batches at most."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        if held and held[0].schema != batch.schema:
            yield held
            held = []
        held.append(batch)
        if sum(one.num_rows for one in held) >= rows or len(held) >= most:
            yield held
            held = []
    if held:
        yield held


def sliced(batch: pa.RecordBatch, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
    """The batch in parts of at most ``rows`` rows."""
    if batch.num_rows <= rows:
        yield batch
        return
    for start in range(0, batch.num_rows, rows):
        yield batch.slice(start, rows)


_SIZED = (str, bytes, bytearray)


def gathered(
    groups: Iterable[Sequence[Sequence[object]]], *, rows: int, size_bytes: int
) -> Iterator[list[Sequence[object]]]:
    """Rows of a cursor, which come a few at a time, in batches that end at a number of rows or of bytes, whichever comes first."""
    held: list[Sequence[object]] = []
    weight = 0
    for group in groups:
        held += group
        weight += sum(len(value) for row in group for value in row if isinstance(value, _SIZED))
        if len(held) >= rows or weight >= size_bytes:
            yield held
            held, weight = [], 0
    if held:
        yield held
