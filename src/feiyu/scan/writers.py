"""The readers' twins: write record batches as a stream, for an edge that strips columns and passes the rest on.

Rules this module keeps:
 * values come out exactly as they went in; reading the output again gives the same strings;
 * the same batches give the same bytes, so that an interrupted transfer can be resumed by writing anew;
 * a text writer holds one batch, a columnar one at most one row group; the sink is only ever appended to, and is
   left open for its owner.

Sources: RFC 4180; JSON Lines; Apache Parquet and Arrow IPC format documents.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from json.encoder import encode_basestring
from typing import Any, BinaryIO, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from feiyu.scan import native
from feiyu.scan.errors_sources import UnknownFormat

_ROW_GROUP_ROWS = 1 << 16
_ROW_GROUP_BYTES = 32 << 20
_AS = {
    **dict.fromkeys(("csv", "text", "fixed", "xlsx", "xlsb", "xls", "ods", "zip", "folder"), "csv"),
    **dict.fromkeys(("json", "jsonl"), "jsonl"),
    **dict.fromkeys(("parquet", "orc", "avro", "sqlite", "duckdb", "postgresql", "mysql"), "parquet"),
    "arrow": "arrow",
}


class Writer(Protocol):
    """What every writer does. Nothing is complete before ``close``."""

    def write(self, batch: pa.RecordBatch) -> None:
        """Append the rows of a batch that has the writer's schema."""

    def pass_on(self, batch: pa.RecordBatch) -> bool:
        """Append the bytes that a batch of views was read from, where they are what ``write`` would write; whether they were."""

    def close(self) -> None:
        """Write what is held back and the footer; the sink stays open."""


def written_as(format_: str) -> str:
    """The format in which a source of ``format_`` is passed on: workbooks as CSV, ORC, Avro, SQLite as Parquet."""
    if format_ not in _AS:
        raise UnknownFormat(format=format_, allowed=", ".join(sorted(_AS)))
    return _AS[format_]


def open_writer(format_: str, schema: pa.Schema, sink: BinaryIO) -> Writer:
    """A writer of ``csv``, ``jsonl``, ``parquet`` or ``arrow`` (or of what another source format is passed on as)."""
    return _WRITERS[written_as(format_)](schema, sink)


class _CsvWriter:
    """Comma, double quote only around cells that need it, line feed, UTF-8 without mark; a null is an empty cell."""

    def __init__(self, schema: pa.Schema, sink: BinaryIO) -> None:
        self._sink = sink
        # a lone empty cell without quotation marks would be a blank line, and readers skip those
        self._alone = len(schema) == 1
        line = io.StringIO()
        quoting: Any = csv.QUOTE_ALL if self._alone else csv.QUOTE_MINIMAL
        csv.writer(line, lineterminator="\n", quoting=quoting).writerow(schema.names)
        sink.write(line.getvalue().encode())

    def write(self, batch: pa.RecordBatch) -> None:
        if not batch.num_rows:
            return
        columns = [_csv_cells(_as_text(column), always=self._alone) for column in batch.columns]
        columns[-1] = pc.binary_join_element_wise(columns[-1], "\n", "", null_handling="replace")
        rows = pc.binary_join_element_wise(*columns, ",", null_handling="replace")
        self._sink.write(_text_of(rows))

    def pass_on(self, batch: pa.RecordBatch) -> bool:
        """Only where nothing is quoted, every line is a row and has its cells between commas: then there is one way to write it."""
        text = _read_from(batch)
        rows, commas = batch.num_rows, batch.num_rows * (batch.num_columns - 1)
        if text is None or self._alone or not _unquoted(text, lines=rows, commas=commas):
            return False
        self._sink.write(text)
        return True

    def close(self) -> None:
        """Every row is out already."""


class _NoPassing:
    """A form that is always written anew."""

    def pass_on(self, batch: pa.RecordBatch) -> bool:
        del batch
        return False


class _JsonlWriter(_NoPassing):
    """One object a line, keys in the order of the schema; a null is an absent key."""

    def __init__(self, schema: pa.Schema, sink: BinaryIO) -> None:
        self._sink = sink
        self._keys = [_dump(name) + ":" for name in schema.names]
        self._formats = [_json_format(field) for field in schema]

    def write(self, batch: pa.RecordBatch) -> None:
        columns = [
            [None if value is None else key + form(value) for value in _values(column)]
            for key, form, column in zip(self._keys, self._formats, batch.columns, strict=True)
        ]
        rows = zip(*columns, strict=True)
        lines = ["{" + ",".join([cell for cell in row if cell is not None]) + "}\n" for row in rows]
        self._sink.write("".join(lines).encode())

    def close(self) -> None:
        """Every row is out already."""


class _ParquetWriter(_NoPassing):
    """Row groups of at most 64 Ki rows or 32 MiB, zstd."""

    def __init__(self, schema: pa.Schema, sink: BinaryIO) -> None:
        from pyarrow import parquet

        self._schema = _plain_schema(schema)
        self._out = parquet.ParquetWriter(_Appender(sink), self._schema, compression="zstd", version="2.6")
        self._held: list[pa.RecordBatch] = []
        self._rows = self._bytes = 0

    def write(self, batch: pa.RecordBatch) -> None:
        for part in _fill(_plain_batch(batch, self._schema), _ROW_GROUP_ROWS - self._rows):
            self._held.append(part)
            self._rows += part.num_rows
            self._bytes += part.nbytes
            if self._rows >= _ROW_GROUP_ROWS or self._bytes >= _ROW_GROUP_BYTES:
                self._flush()

    def _flush(self) -> None:
        table = pa.Table.from_batches(self._held, schema=self._schema).combine_chunks()
        self._out.write_table(table, row_group_size=_ROW_GROUP_ROWS)
        self._held, self._rows, self._bytes = [], 0, 0

    def close(self) -> None:
        if self._held:
            self._flush()
        self._out.close()


class _ArrowWriter(_NoPassing):
    """The Arrow file format, uncompressed."""

    def __init__(self, schema: pa.Schema, sink: BinaryIO) -> None:
        self._schema = _plain_schema(schema)
        self._out = pa.ipc.new_file(_Appender(sink), self._schema)

    def write(self, batch: pa.RecordBatch) -> None:
        self._out.write_batch(_plain_batch(batch, self._schema))

    def close(self) -> None:
        self._out.close()


class _Appender(io.RawIOBase):
    """The sink as Arrow sees it: it may append, and cannot close it."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self._sink.write(data)
        return len(data)


def _plain_schema(schema: pa.Schema) -> pa.Schema:
    """The schema without dictionaries, which may change from batch to batch."""
    fields = [f.with_type(f.type.value_type) if pa.types.is_dictionary(f.type) else f for f in schema]
    return pa.schema(fields, metadata=schema.metadata)


def _plain_batch(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    if batch.schema.equals(schema):
        return batch
    columns = [c.dictionary_decode() if pa.types.is_dictionary(c.type) else c for c in batch.columns]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _fill(batch: pa.RecordBatch, room: int) -> Iterator[pa.RecordBatch]:
    """The batch cut where row groups end, so that their borders do not depend on the batches."""
    start = 0
    while start < batch.num_rows:
        part = batch.slice(start, room)
        yield part
        start += part.num_rows
        room = _ROW_GROUP_ROWS


def _unquoted(text: pa.Buffer, *, lines: int, commas: int) -> bool:
    """Whether a text has so many lines, all ended, and so many commas, and nothing in quotation marks."""
    if text.slice(text.size - 1).to_pybytes() != b"\n":
        return False
    lane = native.lane()
    if lane is not None:
        return bool(lane.scan_unquoted(text.address, text.size, lines, commas))
    plain = text.to_pybytes()
    return (
        b'"' not in plain
        and b"\r" not in plain
        and (plain.count(b"\n"), plain.count(b",")) == (lines, commas)
    )


def _read_from(batch: pa.RecordBatch) -> pa.Buffer | None:
    """The text that all columns of a batch are views over, from its first row to its last."""
    texts = {}
    for column in batch.columns:
        if not pa.types.is_string_view(column.type) or column.offset or len(column) != batch.num_rows:
            return None
        buffers = column.buffers()
        if len(buffers) != 3 or buffers[0] is not None or buffers[2] is None:
            return None
        texts[buffers[2].address, buffers[2].size] = buffers[2]
    text = next(iter(texts.values())) if len(texts) == 1 else None
    return text if text is not None and text.size else None


def _csv_cells(column: pa.Array, *, always: bool) -> pa.Array:
    """The column with quotation marks where a cell needs them."""
    if always:
        column = column.fill_null("")
        quoted = pc.replace_substring(column, '"', '""')
        return pc.binary_join_element_wise('"', quoted, '"', "")
    text = _text_of(column)
    if not any(mark in text for mark in (b'"', b",", b"\n", b"\r")):
        return column
    quoted = pc.binary_join_element_wise('"', pc.replace_substring(column, '"', '""'), '"', "")
    return pc.if_else(pc.match_substring_regex(column, '[",\\r\\n]'), quoted, column)


def _text_of(column: pa.Array) -> bytes:
    """All the characters of a string column, one value behind the other."""
    _, offsets, data = column.buffers()
    if data is None:
        return b""
    places = memoryview(offsets).cast("i")
    return bytes(memoryview(data)[places[column.offset] : places[column.offset + len(column)]])


def _as_text(column: pa.Array) -> pa.Array:
    """A column as the strings a CSV cell holds; what has no cast to string is written as JSON."""
    kind = column.type
    if pa.types.is_string(kind):
        return column
    if pa.types.is_string_view(kind):
        return pc.cast(column, pa.string())
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return pa.array(
            [None if value is None else _dump(value) for value in column.to_pylist()], pa.string()
        )
    return pc.cast(column, pa.string())


def _values(column: pa.Array) -> list[Any]:
    kind = column.type
    exact = pa.types.is_temporal(kind) or pa.types.is_decimal(kind)
    values: list[Any] = (pc.cast(column, pa.string()) if exact else column).to_pylist()
    return values


def _json_format(field: pa.Field) -> Callable[[Any], str]:
    from feiyu.scan.readers.jsontext import LITERAL, is_literal

    if field.metadata and field.metadata.items() >= LITERAL.items():
        return lambda value: value if is_literal(value) else encode_basestring(value)
    if pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
        return encode_basestring
    return _dump


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    """Bytes as hexadecimal digits; dates, times and decimals as they are spelt."""
    return value.hex() if isinstance(value, bytes) else str(value)


_WRITERS: dict[str, Callable[[pa.Schema, BinaryIO], Writer]] = {
    "csv": _CsvWriter,
    "jsonl": _JsonlWriter,
    "parquet": _ParquetWriter,
    "arrow": _ArrowWriter,
}
