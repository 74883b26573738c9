"""Parquet, Arrow IPC and ORC, with their own types.

Rules this module keeps:
 * row groups are drawn in batches sized by their bytes, so that memory does not follow the size of a row group;
 * a text column of few values comes as a dictionary, so that each value is looked at once;
 * structs become fields of their own, named by their path (``address.city``); lists and maps keep their type;
 * offsets and text of a file are checked before anything native walks over them: a lying file is damaged.

Sources: Apache Parquet and Arrow IPC format documents; Apache ORC specification v1.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pyarrow as pa

from feiyu.base.text import Text
from feiyu.scan.dialect import unique_names
from feiyu.scan.errors_sources import Damaged, NestedTooDeep, TooManyColumns
from feiyu.scan.limits import Limits
from feiyu.scan.readers.parquet_footer import repeated_text
from feiyu.scan.table import BATCH_ROWS, Input, Meter, Piece, Pieces, Table, pieces_between, sliced

_BATCH_BYTES = 2 << 20
_INDEX_BYTES = 3
"""A text column that takes no more for a value is stored as numbers of a dictionary, and is read as that."""


def parquet_table(source: Input, limits: Limits) -> Table:
    """The table of a Parquet file."""
    from pyarrow import parquet

    with _honest(source), closing(source.open(Meter())) as file:
        meta = parquet.ParquetFile(file, pre_buffer=False).metadata
        repeated = repeated_text(file, _INDEX_BYTES)
        schema = parquet.ParquetFile(
            file, metadata=meta, read_dictionary=repeated, pre_buffer=False
        ).schema_arrow
        rows, size = meta.num_rows, sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
    with _honest(source):
        flat = _Flat(source.name, schema, limits)
    batch_rows = _batch_rows(rows, size)

    def drawn(meter: Meter, begin: int, end: int) -> Iterator[pa.RecordBatch]:
        with closing(source.open(Meter())) as file:
            reader = parquet.ParquetFile(
                file, metadata=meta, read_dictionary=repeated, pre_buffer=False, buffer_size=1 << 18
            )
            batches = reader.iter_batches(batch_rows, row_groups=range(begin, end), use_threads=False)
            yield from _progress(source, rows, meter, batches, flat)

    groups = meta.num_row_groups
    return Table(
        name=source.name,
        schema=flat.schema,
        draw=lambda meter, _warnings: drawn(meter, 0, groups),
        ceiling=source.size_bytes,
        pieces=Pieces(
            lambda wanted: _groups(groups, source.size_bytes, wanted),
            lambda piece, meter: drawn(meter, piece.begin, piece.end),
        ),
    )


def _groups(count: int, size_bytes: int, wanted: int) -> list[Piece]:
    """So many row groups or batches, as alike in size as they are in number, in pieces of about so many bytes."""
    pieces = max(1, min(count, round(size_bytes / max(1, wanted))))
    return pieces_between([count * i // pieces for i in range(pieces + 1)])


def arrow_table(source: Input, limits: Limits) -> Table:
    """The table of an Arrow file or stream."""
    with _honest(source), closing(source.open(Meter())) as file:
        schema, _, count = _ipc(file)
    with _honest(source):
        flat = _Flat(source.name, schema, limits)

    def drawn(meter: Meter, begin: int, end: int | None) -> Iterator[pa.RecordBatch]:
        with closing(source.open(meter)) as file:
            for batch in _guarded(source, _ipc(file, begin, end)[1]):
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
    """The table of an ORC file, a few rows at a time: a stripe may hold gigabytes of repeated values."""
    from pyarrow import dataset, orc

    with _honest(source), closing(source.open(Meter())) as file:
        head = orc.ORCFile(file)
        schema, rows = head.schema, head.nrows
    with _honest(source):
        flat = _Flat(source.name, schema, limits)

    def draw(meter: Meter, _warnings: list[Text]) -> Iterator[pa.RecordBatch]:
        with closing(source.open(Meter())) as file:
            part = dataset.OrcFileFormat().make_fragment(pa.PythonFile(file, mode="r"))
            read = part.scanner(
                batch_size=BATCH_ROWS // 4, use_threads=False, batch_readahead=0, fragment_readahead=0
            )
            yield from _progress(source, rows, meter, read.to_batches(), flat)

    return Table(name=source.name, schema=flat.schema, draw=draw, ceiling=source.size_bytes)


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
        self.schema = pa.schema(list(zip(unique, types, strict=True)))
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
            batch.validate(full=True)
        except (pa.ArrowInvalid, ValueError) as error:
            raise Damaged(name=self._name, reason=str(error)) from error
        columns = [_reach(batch, path) for path in self._paths]
        yield from sliced(pa.RecordBatch.from_arrays(columns, schema=self.schema), BATCH_ROWS)


def _reach(batch: pa.RecordBatch, path: tuple[int, ...]) -> pa.Array:
    """The column at a path; a null struct makes its children null."""
    column = batch.column(path[0])
    for index in path[1:]:
        column = column.flatten()[index]
    return column


def _ipc(
    file: Any, begin: int = 0, end: int | None = None
) -> tuple[pa.Schema, Iterator[pa.RecordBatch], int]:
    """Schema and batches of a file with a footer, or of a stream; how many a footer names, some of which may be asked for."""
    magic = file.read(6)
    file.seek(0)
    if magic != b"ARROW1":
        stream = pa.ipc.open_stream(file)
        return stream.schema, iter(stream), 0
    reader = pa.ipc.open_file(file)
    count = reader.num_record_batches
    some = range(begin, count if end is None else end)
    return reader.schema, (reader.get_batch(index) for index in some), count


def _batch_rows(rows: int, size_bytes: int) -> int:
    return max(1, min(BATCH_ROWS, _BATCH_BYTES * rows // size_bytes if size_bytes > 0 else BATCH_ROWS))


def _progress(
    source: Input, rows: int, meter: Meter, batches: Iterator[pa.RecordBatch], flat: _Flat
) -> Iterator[pa.RecordBatch]:
    """Batches laid flat; progress is the share of rows, since a columnar file is not read front to back."""
    done = 0
    for batch in _guarded(source, batches):
        done += batch.num_rows
        meter.bytes = source.size_bytes * done // max(rows, done)
        yield from flat.of(batch)
    meter.bytes = source.size_bytes


def _guarded(source: Input, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches; what the library stumbles over is damage of the file."""
    while True:
        with _honest(source):
            batch = next(batches, None)
        if batch is None:
            return
        yield batch


class _honest:  # noqa: N801  reads as a word in ``with``
    """Turn what the libraries raise on a bad file into ``Damaged``."""

    def __init__(self, source: Input) -> None:
        self._source = source

    def __enter__(self) -> None:
        return None

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, (pa.ArrowException, OSError, ValueError, EOFError, MemoryError)):
            reason = str(error).strip().splitlines()
            raise Damaged(name=self._source.name, reason=reason[0][:200] if reason else "") from error


READERS: dict[str, Callable[[Input, Limits], Table]] = {
    "parquet": parquet_table,
    "arrow": arrow_table,
    "orc": orc_table,
}
