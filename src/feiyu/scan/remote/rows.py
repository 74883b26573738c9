"""Rows of a database as record batches of strings.

Rules this module keeps:
 * a value is the text in which the database itself writes it, so that no id loses a digit; bytes stay bytes;
 * batches are bounded in rows and in bytes, whatever the rows hold; a value over the limit of a line is refused with its place;
 * one connection, one read-only transaction on one snapshot: a second pass sees the same rows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

import pyarrow as pa

from feiyu.base.text import Text
from feiyu.scan.dialect import unique_names
from feiyu.scan.errors_sources import LineTooLong, TooManyColumns
from feiyu.scan.limits import Limits
from feiyu.scan.table import CURSOR_BYTES, Meter, Table, gathered

FETCH_ROWS = 2_048
Row = Sequence[str | bytes | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One table or query: what it is called, the statement, its columns and which of them hold bytes."""

    name: str
    statement: str
    columns: tuple[str, ...]
    binary: tuple[bool, ...]
    size_bytes: int = 0


@dataclass(slots=True)
class Fetcher:
    """Draws the rows of a statement: ``begin`` gives them a few at a time, since what they hold is only known afterwards."""

    begin: Callable[[Wanted], Iterator[Sequence[Row]]]
    end: Callable[[], None] = field(default=lambda: None)


def row_table(wanted: Wanted, fetcher: Fetcher, limits: Limits) -> Table:
    """The table of a statement."""
    if len(wanted.columns) > limits.columns:
        raise TooManyColumns(name=wanted.name, columns=len(wanted.columns), limit=limits.columns)
    names = unique_names(list(wanted.columns), len(wanted.columns))
    kinds = [pa.large_binary() if binary else pa.large_string() for binary in wanted.binary]
    schema = pa.schema(list(zip(names, kinds, strict=True)))

    def draw(meter: Meter, _warnings: list[Text]) -> Iterator[pa.RecordBatch]:
        done = 0
        try:
            for held in gathered(fetcher.begin(wanted), rows=FETCH_ROWS, size_bytes=CURSOR_BYTES):
                batch = _batch(cast("list[Row]", held), schema, wanted.name, done, limits)
                done += len(held)
                meter.bytes += batch.nbytes
                yield batch
        finally:
            fetcher.end()

    return Table(name=wanted.name, schema=schema, draw=draw, ceiling=wanted.size_bytes or 1 << 62)


def _batch(held: Sequence[Row], schema: pa.Schema, name: str, done: int, limits: Limits) -> pa.RecordBatch:
    columns = []
    for at, column in enumerate(zip(*held, strict=True)):
        kind = schema.field(at).type
        if max((len(value) for value in column if value is not None), default=0) > limits.line_bytes:
            row = next(
                i for i, value in enumerate(column) if value is not None and len(value) > limits.line_bytes
            )
            raise LineTooLong(name=f"{name}, {schema.names[at]}", row=done + row + 1, limit=limits.line_bytes)
        columns.append(pa.array([_as(kind, value) for value in column], kind))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _as(kind: pa.DataType, value: str | bytes | None) -> str | bytes | None:
    if value is None:
        return None
    if pa.types.is_large_binary(kind):
        return value.encode() if isinstance(value, str) else bytes(value)
    return value.decode("utf-8", "replace") if isinstance(value, bytes | bytearray) else value
