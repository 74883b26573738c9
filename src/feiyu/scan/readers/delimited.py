"""Delimited text of any dialect and encoding, as string columns.

A block of whole rows goes to pyarrow's tokeniser. Whatever it refuses (a short row, a quoted line break on the edge
of the block, a bad byte) goes through ``csv`` of the standard library, which names the place; then pyarrow goes on.
So a plain file costs what pyarrow's own streaming reader costs, and a messy one is still read or refused by name.

Rules this module keeps:
 * both tokenisers give the same cells (tests compare them on generated text), so the path taken never shows;
 * memory is one block and one unfinished row, and a row is no longer than the limit;
 * a file that was ASCII so far and then is not UTF-8 is read in the older encoding that fits, if exactly one does;
 * a row that is too short is filled up and named in a warning; one that is too long is refused;
 * a piece is cut behind a line end, and is one only if its rows end there: a line end inside a quotation shows in the piece before it.

Trust: a wrong cut inside a quoted cell shows as a row of other width, or as a last cell that ends in a line break;
both send the block to the slow path, which knows where the row ends.

Sources: RFC 4180.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import BinaryIO, Final, cast

import pyarrow as pa
from pyarrow import csv as pacsv

from feiyu.base.said import said
from feiyu.base.text import Text, number_of
from feiyu.scan import native
from feiyu.scan.dialect import Dialect, sniff
from feiyu.scan.encoding import detect, legacy
from feiyu.scan.errors_sources import BadEncoding, Damaged, LineTooLong, OpenQuote, RaggedRow, TooManyColumns
from feiyu.scan.fixed import split
from feiyu.scan.limits import Limits
from feiyu.scan.readers.views import Views
from feiyu.scan.table import (
    BLOCK_BYTES,
    Input,
    Meter,
    NotApart,
    Piece,
    Pieces,
    Table,
    cut_lines,
    sliced,
)

_HEAD_BYTES: Final = 1 << 16
_WIDE_HEAD_BYTES: Final = 4 << 20
_GUESS_BYTES: Final = 1 << 18
_WARNINGS: Final = 20


Buffer = bytes | memoryview


class _BadBytes(Exception):
    """The next bytes of a stream are not text in its encoding."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class _OtherEncoding(Exception):
    """All so far was ASCII, and what follows is in this older encoding."""

    def __init__(self, rest: bytes, encoding: str) -> None:
        super().__init__(encoding)
        self.rest = rest
        self.encoding = encoding


def delimited_table(source: Input, limits: Limits) -> tuple[Table, str]:
    """The one table of a delimited text, and its format: ``csv``, ``fixed`` or ``text``."""
    head, whole = read_head(source, limits)
    found = detect(head[:_GUESS_BYTES], whole=whole and len(head) <= _GUESS_BYTES, wanted=limits.encoding)
    if found is None:
        place = next((i for i, byte in enumerate(head) if byte > 127), 0)
        row = head.count(b"\n", 0, place) + 1
        raise BadEncoding(name=source.name, row=row, offset=place, encoding="UTF-8, UTF-16, GB18030, Big5")
    encoding, mark = found
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(head[mark:], final=whole)
    except UnicodeDecodeError as error:
        row = head.count(b"\n", 0, mark + error.start) + 1
        raise BadEncoding(
            name=source.name, row=row, offset=mark + error.start, encoding=encoding.upper()
        ) from error
    dialect = sniff(text, whole=whole)
    if len(dialect.names) > limits.columns:
        raise TooManyColumns(name=source.name, columns=len(dialect.names), limit=limits.columns)
    start = _skip_bytes(text, dialect)
    schema = pa.schema([(name, pa.string()) for name in dialect.names])

    def drawing(*, views: bool) -> Callable[[Meter, list[Text]], Iterator[pa.RecordBatch]]:
        def draw(meter: Meter, warnings: list[Text]) -> Iterator[pa.RecordBatch]:
            with closing(source.open(meter)) as stream:
                run = _Run(source.name, dialect, schema, limits, warnings, views=views)
                run.ascii = text.isascii()
                yield from run.batches(stream, encoding, mark, start)

        return draw

    def draw_piece(piece: Piece, meter: Meter) -> Iterator[pa.RecordBatch]:
        warnings: list[Text] = []
        with closing(source.open(meter)) as stream:
            run = _Run(source.name, dialect, schema, limits, warnings, views=True)
            run.ascii = text.isascii()
            yield from run.piece(stream, piece)
        if warnings:  # they name rows by numbers that nobody knows here
            raise NotApart

    apart = encoding == "utf-8" and source.seekable and not dialect.starts
    table = Table(
        name=source.name,
        schema=schema,
        draw=drawing(views=False),
        draw_views=drawing(views=True),
        pieces=Pieces(lambda size: cut_lines(source, mark + start, size, limits.line_bytes), draw_piece)
        if apart
        else None,
        first_row=dialect.skip + 1,
        ceiling=source.size_bytes,
    )
    return table, "text" if dialect.single else "fixed" if dialect.starts else "csv"


def read_head(source: Input, limits: Limits) -> tuple[bytes, bool]:
    """The first 64 KiB or, where rows are long, as much as holds a few of them; and whether that is all."""
    head = bytearray()
    with closing(source.open(Meter())) as stream:
        want = _HEAD_BYTES
        while True:
            while len(head) < want:
                data = stream.read(want - len(head))
                if not data:
                    return bytes(head), True
                head += data
            lines = max(head.count(b"\n"), head.count(b"\r"))
            if lines >= 8 or (lines and len(head) >= min(_WIDE_HEAD_BYTES, limits.line_bytes)):
                return bytes(head), False
            if len(head) > limits.line_bytes:
                raise LineTooLong(name=source.name, row=1, limit=limits.line_bytes)
            want = min(4 * want, limits.line_bytes + 1)


def _skip_bytes(text: str, dialect: Dialect) -> int:
    """Where the first data row begins, in bytes of UTF-8."""
    if not dialect.skip:
        return 0
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    lines = _Lines(text)
    seen = 0
    for row in _reader(lines, dialect):
        seen += bool(row)
        if seen == dialect.skip:
            break
    return len(text[: lines.given].encode())


class _Lines:
    """The lines of a text, and how many characters of it were given out."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.given = 0
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._lines.readline()
        if not line:
            self.ended = True
            raise StopIteration
        self.given += len(line)
        return line


def _reader(lines: Iterator[str], dialect: Dialect) -> Iterator[list[str]]:
    if dialect.starts:
        return (split(line, dialect.starts) for line in lines)
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        doublequote=dialect.escape is None,
        escapechar=dialect.escape,
    )


class _Run:
    """One pass over the rows. ``row`` counts records, ``offset`` the bytes before the buffer in hand."""

    def __init__(
        self,
        name: str,
        dialect: Dialect,
        schema: pa.Schema,
        limits: Limits,
        warnings: list[Text],
        *,
        views: bool = False,
    ) -> None:
        csv.field_size_limit(max(csv.field_size_limit(), limits.line_bytes + BLOCK_BYTES))
        self.name, self.dialect, self.schema, self.limits, self.warnings = (
            name,
            dialect,
            schema,
            limits,
            warnings,
        )
        self.row = dialect.skip
        self.offset = 0
        self.ascii = True
        self.padded = 0
        names = list(schema.names)
        self.block_bytes = BLOCK_BYTES if len(names) <= 256 else 4 * BLOCK_BYTES
        self._read = pacsv.ReadOptions(
            use_threads=False, column_names=names, block_size=limits.line_bytes + 2 * self.block_bytes
        )
        self._plain = dialect.delimiter.isascii() and not dialect.starts  # pyarrow's delimiter is one byte
        self._parse = pacsv.ParseOptions(
            delimiter=dialect.delimiter if self._plain else ",",
            quote_char=dialect.quote or False,
            double_quote=dialect.escape is None,
            escape_char=dialect.escape or False,
            newlines_in_values=dialect.quote is not None,
        )
        self._views = Views.of(dialect, names) if views else None
        if self._views is not None:
            self.block_bytes = 4 * BLOCK_BYTES
        self._convert = pacsv.ConvertOptions(
            column_types=schema, strings_can_be_null=False, quoted_strings_can_be_null=False, null_values=[]
        )

    def batches(self, stream: BinaryIO, encoding: str, mark: int, start: int) -> Iterator[pa.RecordBatch]:
        """Draw the whole stream; ``mark`` bytes of byte order mark and ``start`` bytes of header are left out."""
        stream.read(mark)
        self.offset = mark
        raw = iter(lambda: stream.read(self.block_bytes), b"")
        straight = encoding == "utf-8"
        try:
            blocks = _Straight(stream, self.block_bytes) if straight else _Decoded(raw, encoding, mark)
            yield from self._rows(blocks, encoding, start)
        except _OtherEncoding as other:
            blocks = _Decoded(_chain(other.rest, raw), other.encoding, self.offset)
            yield from self._rows(blocks, other.encoding, 0)
        if self.padded > _WARNINGS:
            self.warnings.append(
                Text(
                    f"共有 {self.padded} 行列数不足，以上只列出前 {_WARNINGS} 行。",
                    f"{self.padded} rows in all had too few columns; only the first {_WARNINGS} are named.",
                )
            )

    def piece(self, stream: BinaryIO, piece: Piece) -> Iterator[pa.RecordBatch]:
        """Draw a piece of a text in UTF-8."""
        try:
            stream.seek(piece.begin)
            blocks = _Straight(stream, self.block_bytes, piece.end - piece.begin)
            yield from self._rows(blocks, "utf-8", 0, last=piece.last)
        except _OtherEncoding:
            raise NotApart from None

    def _rows(
        self, blocks: "_Straight | _Decoded", encoding: str, start: int, *, last: bool = True
    ) -> Iterator[pa.RecordBatch]:
        carry = b""
        final = False
        while not final:
            try:
                text = blocks.behind(carry)
            except _BadBytes as bad:
                row = self.row + 1 + self._count(carry)
                raise BadEncoding(
                    name=self.name, row=row, offset=bad.offset, encoding=encoding.upper()
                ) from None
            final = len(text) == len(carry)
            if final and not last:
                if carry:
                    raise NotApart
                return
            if start:  # still in the header, with nothing carried
                passed = min(start, len(text))
                self.offset += passed
                text, start = text[passed:], start - passed
            if self.ascii and encoding == "utf-8" and not bytes(text[len(carry) :]).isascii():
                self._look_again(text, final=final)
            if self._views is not None:
                for batch in self._views.rows(text, final=final):
                    self.row += batch.num_rows
                    yield batch
                self.offset += self._views.taken
                text = text[self._views.taken :]
            buffer = bytes(text)
            cut = len(buffer) if final else _last_end(buffer)
            if cut and self._views is not None and self._views.short:
                cut = 0  # a row that goes on in the next block
            batch = self._fast(buffer, cut, final=final) if cut and self._plain else None
            if batch is None:
                rows, cut = self._slow(buffer, cut, final=final) if cut else ([], 0)
                batch = self._batch(rows) if rows else None
            carry = buffer[cut:]
            if len(carry) > self.limits.line_bytes:
                raise LineTooLong(name=self.name, row=self.row + 1, limit=self.limits.line_bytes)
            self.offset += cut
            if batch is not None:
                yield from sliced(batch)

    def _look_again(self, text: Buffer, *, final: bool) -> None:
        """The first byte beyond ASCII came only now: is the rest UTF-8 after all?"""
        self.ascii = False
        if native.utf8(text):
            return
        buffer = bytes(text)
        try:
            codecs.getincrementaldecoder("utf-8")("strict").decode(buffer, final=final)
        except UnicodeDecodeError:
            other = legacy(buffer, whole=final)
            if other is not None:
                raise _OtherEncoding(buffer, other) from None

    def _fast(self, buffer: bytes, cut: int, *, final: bool) -> pa.RecordBatch | None:
        """The rows of ``buffer[:cut]`` through pyarrow, or None where it cannot be sure."""
        quote = (self.dialect.quote or "").encode()
        if final and quote and buffer.count(quote) % 2:
            return None
        try:
            table = pacsv.read_csv(
                pa.BufferReader(memoryview(buffer)[:cut]),
                read_options=self._read,
                parse_options=self._parse,
                convert_options=self._convert,
            )
        except pa.ArrowInvalid:
            return None
        if not table.num_rows or (quote and table.column(-1)[-1].as_py()[-1:] in ("\n", "\r")):
            return None
        parts = table.to_batches()
        self.row += table.num_rows
        return parts[0] if len(parts) == 1 else table.combine_chunks().to_batches()[0]

    def _slow(self, buffer: bytes, cut: int, *, final: bool) -> tuple[list[list[str]], int]:
        """The complete rows of ``buffer`` through ``csv``, and where they end."""
        try:
            text = buffer[:cut].decode("utf-8")
        except UnicodeDecodeError as error:
            place = self.row + 1 + self._count(buffer[: error.start])
            raise BadEncoding(
                name=self.name, row=place, offset=self.offset + error.start, encoding="UTF-8"
            ) from error
        lines = _Lines(text)
        rows: list[list[str]] = []
        ends = 0
        for row in self._csv_rows(lines):
            if lines.ended:
                if final:
                    raise OpenQuote(name=self.name, row=self.row + 1)
                break
            ends = lines.given
            if row:
                self.row += 1
                self._fit(row)
                if len(row) == len(self.schema):
                    rows.append(row)
        return rows, len(text[:ends].encode())

    def _batch(self, rows: list[list[str]]) -> pa.RecordBatch:
        columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def _csv_rows(self, lines: _Lines) -> Iterator[list[str]]:
        try:
            yield from _reader(lines, self.dialect)
        except csv.Error as error:
            raise Damaged(
                name=self.name,
                reason=Text("第 {row} 行：{error}", "row {row}: {error}").format(
                    row=self.row + 1, error=said(error)
                ),
            ) from error

    def _fit(self, row: list[str]) -> None:
        """Bring a row to the width of the header, in place, or refuse it; a blank one is emptied."""
        found, expected = len(row), len(self.schema)
        if found == expected:
            return
        if found == 1 and not row[0].strip(" \t\x1a\ufeff"):
            row.clear()
        elif found > expected and not any(cell.strip() for cell in row[expected:]):
            del row[expected:]
        elif found > expected or not self.limits.pad_short_rows:
            raise RaggedRow(name=self.name, row=self.row, expected=expected, found=found)
        else:
            row.extend([""] * (expected - found))
            self.padded += 1
            if self.padded <= _WARNINGS:
                self.warnings.append(
                    Text(
                        f"第 {self.row} 行只有 {found} 列，缺少的 {expected - found} 列按空值读取。",
                        f"Row {self.row} has only {number_of(found, 'column')}; {number_of(expected - found, 'missing one was', 'missing ones were')} read as empty.",
                    )
                )

    def _count(self, data: bytes) -> int:
        """How many records end in ``data``."""
        text = data.decode("utf-8", "replace")
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
        return sum(bool(row) for row in _reader(_Lines(text), self.dialect))


def _last_end(buffer: bytes) -> int:
    """Behind the last line end; a carriage return counts only in a text that has no line feed."""
    return buffer.rfind(b"\n") + 1 or buffer.rfind(b"\r", 0, len(buffer) - 1) + 1


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


class _Straight:
    """A stream as it is, all of it or ``left`` bytes: read to where it is wanted, so that no block is copied for the few bytes before it."""

    def __init__(self, stream: BinaryIO, size: int, left: int | None = None) -> None:
        self._into = cast("io.RawIOBase", stream).readinto
        self._size = size
        self._left = left

    def behind(self, carry: bytes) -> Buffer:
        """The next block; ``NotApart`` where the stream ends before the piece."""
        size = self._size if self._left is None else min(self._size, self._left)
        if not size:
            return carry
        room = memoryview(pa.allocate_buffer(len(carry) + size)).cast("B")
        room[: len(carry)] = carry
        read = self._into(room[len(carry) :]) or 0
        if self._left is not None:
            if not read:
                raise NotApart
            self._left -= read
        return room[: len(carry) + read]


class _Decoded:
    """Blocks in another encoding, which begin ``offset`` bytes behind the beginning."""

    def __init__(self, raw: Iterator[bytes], encoding: str, offset: int) -> None:
        self._blocks = _as_utf8(raw, encoding, offset)

    def behind(self, carry: bytes) -> Buffer:
        """The next block; after a bad byte, what came before it and then ``_BadBytes``."""
        block = next(self._blocks, b"")
        return carry + block if carry else block


def _as_utf8(raw: Iterator[bytes], encoding: str, offset: int) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    for block in _chain_end(raw):
        pending = len(decoder.getstate()[0])
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            good = error.object[: error.start].decode(encoding, "ignore")
            if good:
                yield good.encode()
            raise _BadBytes(offset - pending + error.start) from error
        offset += len(block)
        if text:
            yield text.encode()


def _chain_end(raw: Iterator[bytes]) -> Iterator[bytes]:
    """The blocks and an empty one, which tells the decoder that nothing follows."""
    yield from raw
    yield b""
