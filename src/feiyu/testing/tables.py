"""Whole sources as plain Python, for tests of what reads or writes tables."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from feiyu.scan import Limits, Source, Table, open_source


def rows_of(table: Table) -> list[tuple[Any, ...]]:
    """Every row of a table, as tuples in the order of its fields; its views, where it has them, must show the same."""
    rows = _rows(table.batches())
    if table.draw_views is not None and _rows(table.views()) != rows:
        raise AssertionError("the views of a table differ from its batches")
    return rows


def _rows(batches: Iterable[pa.RecordBatch]) -> list[tuple[Any, ...]]:
    return [row for batch in batches for row in zip(*[c.to_pylist() for c in batch.columns], strict=True)]


def read(
    path: Path, data: bytes | str | None = None, *, limits: Limits | None = None
) -> tuple[Source, list[Table]]:
    """Write ``data`` to ``path``, where given, and open it."""
    if data is not None:
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    source = open_source(path, limits=limits or Limits())
    return source, list(source.tables())


def table_of(path: Path, data: bytes | str | None = None, *, limits: Limits | None = None) -> Table:
    """The only table of a source."""
    (table,) = read(path, data, limits=limits)[1]
    return table
