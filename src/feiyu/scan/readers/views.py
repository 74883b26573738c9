"""Plain delimited text as string views over the bytes as they were read, by the native lane.

No cell is copied: a column is a list of sixteen bytes a cell, which hold a short cell or say where a longer one stands. What is not plain
(an escaped quotation mark, a line break in a cell, a row of another width, a byte that is no UTF-8) is left to ``delimited``.

Rules this module keeps:
 * the cells are those that both tokenisers of ``delimited`` give, fuzzed against them;
 * only whole rows are read, and reading stops before the first row that is not plain;
 * the text under the views of a batch is exactly that of its rows, from the first to the last.

Sources: Apache Arrow columnar format, variable-size binary view layout.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

import pyarrow as pa

from feiyu.scan import native
from feiyu.scan.dialect import Dialect

_VIEW = 16
_ROWS = 1 << 15
_NO_QUOTE = 256
_NOT_PLAIN, _FULL = 1, 2


@dataclass(slots=True)
class Views:
    """The lane, and the dialect as it wants it.

    ``taken``: bytes of the last block that were read; ``short``: what is left of it is no whole row, and not known to be anything but plain.
    """

    lane: Any
    delimiter: int
    quote: int
    schema: pa.Schema
    taken: int = 0
    short: bool = True

    @classmethod
    def of(cls, dialect: Dialect, names: list[str]) -> Self | None:
        """For a dialect that can be plain, where the lane is there."""
        lane = native.lane()
        quote = dialect.quote or ""
        if lane is None or dialect.starts or dialect.escape or not names:
            return None
        if not dialect.delimiter.isascii() or not quote.isascii() or dialect.delimiter == quote:
            return None
        schema = pa.schema([(name, pa.string_view()) for name in names])
        return cls(lane, ord(dialect.delimiter), ord(quote) if quote else _NO_QUOTE, schema)

    def rows(self, data: bytes | memoryview, *, final: bool) -> Iterator[pa.RecordBatch]:
        """The plain rows from the beginning of ``data``."""
        columns = len(self.schema)
        text = pa.py_buffer(data)
        out = (ctypes.c_int64 * 3)()
        self.taken, self.short = 0, True
        while self.taken < len(data):
            stride = min(_ROWS, (len(data) - self.taken) // columns + 1)
            cells = pa.allocate_buffer(stride * columns * _VIEW)
            rest = text.slice(self.taken)
            self.lane.scan_csv(
                rest.address, rest.size, self.delimiter, self.quote, columns, cells.address, stride, stride,
                int(final), out,
            )  # fmt: skip
            rows, taken, why = out
            self.taken += taken
            if rows:
                yield self._batch(cells, rest.slice(0, taken), rows, stride)
            if why != _FULL:
                self.short = why != _NOT_PLAIN
                return

    def _batch(self, cells: pa.Buffer, text: pa.Buffer, rows: int, stride: int) -> pa.RecordBatch:
        kind, step = pa.string_view(), stride * _VIEW
        columns = [
            pa.Array.from_buffers(kind, rows, [None, cells.slice(i * step, rows * _VIEW), text])
            for i in range(len(self.schema))
        ]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)
