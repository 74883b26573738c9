"""Parquet, Arrow IPC and ORC, with their own types.

Rules this module keeps:
 * row groups are drawn in batches sized by their bytes, so that memory does not follow the size of a row group;
 * a text column of few values comes as a dictionary, so that each value is looked at once;
 * structs become fields of their own, named by their path (``address.city``); lists and maps keep their type;
 * offsets and text of a file are checked before anything native walks over them: a lying file is damaged.

Sources: Apache Parquet and Arrow IPC format documents; Apache ORC specification v1.
"""

import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.scan import native
from feiyu.scan.dialect import unique_names
from feiyu.scan.errors_sources import Damaged, NestedTooDeep, TooManyColumns
from feiyu.scan.limits import Limits
from feiyu.scan.readers.apart import lend
from feiyu.scan.readers.arrow_messages import Messages
from feiyu.scan.readers.avro_values import BadValue
from feiyu.scan.readers.orc_child import NUMBER
from feiyu.scan.readers.orc_child import REFUSES as CHILD_REFUSES
from feiyu.scan.readers.parquet_footer import chunks_of, repeated_text
from feiyu.scan.readers.parquet_pages import Pages
from feiyu.scan.table import BATCH_ROWS, Input, Meter, Piece, Pieces, Table, pieces_between, sliced

_BATCH_BYTES = 4 << 20
_HANDED_BYTES = 64 << 20
_CELL_BYTES = 16
"""So many bytes of long values count as one more cell."""
_SPAN_BATCHES = 8
_INDEX_BYTES = 3
"""A text column that takes no more for a value is stored as numbers of a dictionary, and is read as that."""


def parquet_table(source: Input, limits: Limits) -> Table:
    """The table of a Parquet file."""
    from pyarrow import parquet

    with _honest(source), closing(source.open(Meter())) as file:
        meta = parquet.ParquetFile(file, pre_buffer=False).metadata
        chunks = chunks_of(file)
        repeated = repeated_text(chunks, _INDEX_BYTES)
        schema = parquet.ParquetFile(
            file, metadata=meta, read_dictionary=repeated, pre_buffer=False
        ).schema_arrow
        groups = [meta.row_group(i) for i in range(meta.num_row_groups)]
        group_rows, sizes = [one.num_rows for one in groups], [one.total_byte_size for one in groups]
    rows, size = sum(group_rows), sum(sizes)
    with _honest(source):
        flat = _Flat(source.name, schema, limits)
    batch_rows = _batch_rows(rows, size)

    def drawn(meter: Meter, begin: int, end: int) -> Iterator[pa.RecordBatch]:
        with closing(source.open(Meter())) as file:
            pages = Pages(source.name, file, chunks, repeated, limits)
            reader = parquet.ParquetFile(
                pages, metadata=meta, read_dictionary=repeated, pre_buffer=False, buffer_size=1 << 18
            )

            def some(span: list[int]) -> Iterator[pa.RecordBatch]:
                return pages.batches(
                    lambda rows: reader.iter_batches(rows, row_groups=span, use_threads=False), batch_rows
                )

            spans = _spans(group_rows, range(begin, end), _SPAN_BATCHES * batch_rows)
            yield from _progress(
                source, rows, meter, (batch for span in spans for batch in some(span)), flat, limits
            )

    count = len(group_rows)
    return Table(
        name=source.name,
        schema=flat.schema,
        draw=lambda meter, _warnings: drawn(meter, 0, count),
        ceiling=source.size_bytes,
        pieces=Pieces(
            lambda wanted: _groups(count, source.size_bytes, wanted),
            lambda piece, meter: drawn(meter, piece.begin, piece.end),
        ),
    )


def _groups(count: int, size_bytes: int, wanted: int) -> list[Piece]:
    """So many row groups or batches, as alike in size as they are in number, in pieces of about so many bytes."""
    pieces = max(1, min(count, round(size_bytes / max(1, wanted))))
    return pieces_between([count * i // pieces for i in range(pieces + 1)])


def _spans(group_rows: list[int], groups: range, least: int) -> Iterator[list[int]]:
    """Row groups together that have at least so many rows, so that a batch may hold the rows of many small ones."""
    span: list[int] = []
    rows = 0
    for index in groups:
        span.append(index)
        rows += group_rows[index]
        if rows >= least:
            yield span
            span, rows = [], 0
    if span:
        yield span


def arrow_table(source: Input, limits: Limits) -> Table:
    """The table of an Arrow file or stream."""
    with _honest(source), closing(source.open(Meter())) as file:
        schema, _, count = _ipc(source, file, limits)
    with _honest(source):
        flat = _Flat(source.name, schema, limits)

    def drawn(meter: Meter, begin: int, end: int | None) -> Iterator[pa.RecordBatch]:
        with closing(source.open(meter)) as file:
            for batch in _guarded(source, _ipc(source, file, limits, begin, end)[1], limits):
                yield from flat.of(batch)

    return Table(
        name=source.name,
        schema=flat.schema,
        draw=lambda meter, _warnings: drawn(meter, 0, None),
        ceiling=source.size_bytes,
        pieces=Pieces(
            lambda wanted: _groups(count, source.size_bytes, wanted),
            lambda piece, meter: drawn(meter, piece.begin, piece.end),
        )
        if count
        else None,
    )


def orc_table(source: Input, limits: Limits) -> Table:
    """The table of an ORC source, a few rows at a time: a stripe may hold gigabytes of repeated values.

    A process apart, which may not swell, reads footer and rows; this one only ever sees its Arrow stream.
    """
    with _honest(source), closing(_orc_stream(source)) as parts:
        schema = next(parts)
    assert isinstance(schema, pa.Schema)
    rows = int(schema.metadata[NUMBER])
    with _honest(source):
        flat = _Flat(source.name, schema, limits)
    limits.check_cells(source.name, rows * max(1, len(flat.schema)), source.size_bytes)

    def draw(meter: Meter, _warnings: list[Text]) -> Iterator[pa.RecordBatch]:
        with closing(_orc_stream(source)) as parts:
            next(parts)
            yield from _progress(source, rows, meter, cast("Iterator[pa.RecordBatch]", parts), flat, limits)

    return Table(name=source.name, schema=flat.schema, draw=draw, ceiling=source.size_bytes)


def _orc_stream(source: Input) -> Generator[pa.Schema | pa.RecordBatch, None, None]:
    """The schema, then the batches, from a process apart."""
    command = [sys.executable, "-I", "-m", "feiyu.scan.readers.orc_child"]
    with (
        lend(source) as (line, refused),
        subprocess.Popen(
            [*command, str(line), str(source.size_bytes)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, pass_fds=(line,),
        ) as child,
    ):  # fmt: skip
        assert child.stdout is not None
        assert child.stderr is not None
        try:
            stream = pa.ipc.open_stream(child.stdout)
            yield stream.schema
            yield from stream
            failed = child.wait()
        except (pa.ArrowException, OSError):
            failed = child.wait()
        finally:
            child.kill()
        if failed:
            said = child.stderr.read().decode("utf-8", "replace").strip()
            raise (
                refused[0]
                if refused
                else OSError(
                    said
                    if failed == CHILD_REFUSES and said
                    else "its footer or a stripe does not fit into the memory that it may take"
                )
            )


def _in_known_zone(kind: pa.DataType) -> pa.DataType:
    """The type of a time stamp in a zone that this machine does not know becomes that of UTC, in which its values are kept."""
    if pa.types.is_timestamp(kind) and kind.tz:
        try:
            pc.cast(pa.array([0], kind), pa.string())
        except pa.ArrowInvalid:
            return pa.timestamp(kind.unit, "UTC")
    return kind


class _Flat:
    """How a schema is laid flat: which path leads to which field."""

    def __init__(self, name: str, schema: pa.Schema, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._paths: list[tuple[int, ...]] = []
        names: list[str] = []
        types: list[pa.DataType] = []
        for index, one in enumerate(schema):
            self._walk(one, (index,), one.name, names, types)
        if len(names) > limits.columns:
            raise TooManyColumns(name=name, columns=len(names), limit=limits.columns)
        unique = unique_names(names, len(names))
        known = [_in_known_zone(one) for one in types]
        self._moved = [i for i, one in enumerate(types) if one != known[i]]
        self.schema = pa.schema(list(zip(unique, known, strict=True)))
        self._plain = all(len(path) == 1 for path in self._paths)

    def _walk(
        self, one: pa.Field, path: tuple[int, ...], name: str, names: list[str], types: list[pa.DataType]
    ) -> None:
        if len(path) > self._limits.nesting:
            raise NestedTooDeep(name=self._name, row=0, limit=self._limits.nesting)
        if pa.types.is_struct(one.type) and one.type.num_fields:
            for index in range(one.type.num_fields):
                child = one.type.field(index)
                self._walk(child, (*path, index), f"{name}.{child.name}", names, types)
            return
        self._paths.append(path)
        names.append(name)
        types.append(one.type)

    def of(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        """The batch laid flat, checked, in parts of bounded length."""
        try:
            batch.validate()
            for column in batch.columns:
                if not _sound(column):
                    column.validate(full=True)
        except (pa.ArrowInvalid, ValueError) as error:
            raise Damaged(name=self._name, reason=said(error)) from error
        columns = [_reach(batch, path) for path in self._paths]
        for i in self._moved:
            columns[i] = columns[i].cast(self.schema.field(i).type)
        yield from sliced(pa.RecordBatch.from_arrays(columns, schema=self.schema), self._rows(batch, columns))

    def _rows(self, batch: pa.RecordBatch, columns: list[pa.Array]) -> int:
        """How many rows may be handed on at once, so that what is made of them stays small: also where a dictionary holds long values."""
        each: int = batch.nbytes // max(1, batch.num_rows)
        for column in columns:
            if (
                pa.types.is_dictionary(column.type)
                and _is_text(column.type.value_type)
                and len(column.dictionary)
            ):
                each += int(pc.max(pc.binary_length(column.dictionary)).as_py() or 0)
        return max(1, min(BATCH_ROWS, _HANDED_BYTES // max(1, each)))


def _sound(column: pa.Array) -> bool:
    """Whether the lane finds a column sound; of a dictionary, whether every number stands for a value."""
    if not pa.types.is_dictionary(column.type):
        return native.sound(column)
    ends = pc.min_max(column.indices).as_py()
    low, high = ends["min"], ends["max"]
    return (low is None or 0 <= low <= high < len(column.dictionary)) and native.sound(column.dictionary)


def _is_text(kind: pa.DataType) -> bool:
    return any(
        one(kind)
        for one in (
            pa.types.is_string,
            pa.types.is_large_string,
            pa.types.is_binary,
            pa.types.is_large_binary,
        )
    )


def _reach(batch: pa.RecordBatch, path: tuple[int, ...]) -> pa.Array:
    """The column at a path; a null struct makes its children null."""
    column = batch.column(path[0])
    for index in path[1:]:
        column = column.flatten()[index]
    return column


def _ipc(
    source: Input, file: Any, limits: Limits, begin: int = 0, end: int | None = None
) -> tuple[pa.Schema, Iterator[pa.RecordBatch], int]:
    """Schema and batches of a file with a footer, or of a stream; how many a footer names, some of which may be asked for.

    None is unpacked before its size was looked at.
    """
    magic = file.read(6)
    file.seek(0)
    look = Messages(source, file, limits)
    if magic != b"ARROW1":
        stream = pa.ipc.open_stream(file)
        return stream.schema, look.stream(stream), 0
    reader = pa.ipc.open_file(file)
    count = reader.num_record_batches
    return reader.schema, look.file(reader, range(begin, count if end is None else end)), count


def _batch_rows(rows: int, size_bytes: int) -> int:
    return max(1, min(BATCH_ROWS, _BATCH_BYTES * rows // size_bytes if size_bytes > 0 else BATCH_ROWS))


def _progress(
    source: Input, rows: int, meter: Meter, batches: Iterator[pa.RecordBatch], flat: _Flat, limits: Limits
) -> Iterator[pa.RecordBatch]:
    """Batches laid flat; progress is the share of rows, since a columnar file is not read front to back."""
    done = 0
    for batch in _guarded(source, batches, limits):
        done += batch.num_rows
        meter.bytes = source.size_bytes * done // max(rows, done)
        yield from flat.of(batch)
    meter.bytes = source.size_bytes


def _guarded(source: Input, batches: Iterator[pa.RecordBatch], limits: Limits) -> Iterator[pa.RecordBatch]:
    """The batches; what the library stumbles over is damage of the file, and rows without end are refused."""
    cells = 0
    while True:
        with _honest(source):
            batch = next(batches, None)
            if batch is not None:
                batch.validate()  # before its sizes are asked for, which follow its offsets wherever they lead
        if batch is None:
            return
        cells += batch.num_rows * max(1, batch.num_columns) + batch.nbytes // _CELL_BYTES
        limits.check_cells(source.name, cells, source.size_bytes)
        yield batch


class _honest:  # noqa: N801  reads as a word in ``with``
    """Turn what the libraries raise on a bad file into ``Damaged``."""

    def __init__(self, source: Input) -> None:
        self._source = source

    def __enter__(self) -> None:
        return None

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, (pa.ArrowException, OSError, ValueError, EOFError, MemoryError, BadValue)):
            raise Damaged(name=self._source.name, reason=said(error)) from error


READERS: dict[str, Callable[[Input, Limits], Table]] = {
    "parquet": parquet_table,
    "arrow": arrow_table,
    "orc": orc_table,
}
