"""What the scan keeps of a column to look at again: a few values, chosen by where they stand and not by how the rows were drawn.

The first rows as they stand; of the rest of the beginning, values that are spread evenly; and where those are too few, the first values behind it.

Rules this module keeps:
 * the choice depends on the rows alone, not on batches: a column that is fed in one piece, in batches or in parts that are merged keeps the same;
 * a part behind the beginning is told so; it keeps its first values, and what stands before it decides how many are wanted;
 * at most 192 values of a column are held.
"""

from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from feiyu.scan import kernel
from feiyu.scan.look import ROWS, VALUES, Look

LATER = VALUES - ROWS
BEGINNING = 1 << 14
_CELLS = 1 << 20
_EMPTY = kernel.strings([""])[0]
"""A scalar made without ``pa.scalar``, which would look for pandas and load it."""


def beginning(fields: int) -> int:
    """How many rows of a table of so many fields are its beginning."""
    return max(2 * VALUES, min(BEGINNING, _CELLS // max(1, fields)))


@dataclass(slots=True)
class Remembered:
    """One column. ``begins``: so many rows are the beginning, none where others stand before; ``spread`` every ``stride``-th value of it."""

    begins: int
    count: int = 0
    rows: list[str | None] = field(default_factory=list)
    spread: list[str] = field(default_factory=list)
    stride: int = 1
    held: int = 0
    later: list[str] = field(default_factory=list)

    def feed(self, column: pa.Array) -> None:
        """Take in a column of one batch."""
        at, size = self.count, len(column)
        self.count += size
        first = min(size, max(0, min(ROWS, self.begins) - at))
        stop = min(size, max(0, self.begins - at))
        if first:
            self.rows += kernel.as_text(column.slice(0, first)).to_pylist()
        if stop > first:
            self._spread(_filled(column.slice(first, stop - first)))
        missing = self._missing()
        if stop < size and missing > 0:
            self.later += _filled(column.slice(stop)).slice(0, missing).to_pylist()

    def merge(self, other: "Remembered") -> None:
        """Take in what was kept of rows behind these; an empty one becomes what the other is."""
        if not self.count and self.begins == other.begins:
            self.rows, self.spread, self.later = [*other.rows], [*other.spread], [*other.later]
            self.stride, self.held = other.stride, other.held
        elif other.begins or self.count < self.begins:
            raise ValueError("the first part is shorter than the beginning of the table")
        else:
            self.later += other.later[: max(0, self._missing())]
        self.count += other.count

    def look(self) -> Look:
        """The values, for a decision."""
        have = len(self.spread)
        chosen = self.spread if have <= LATER else [self.spread[i * have // LATER] for i in range(LATER)]
        return Look(tuple(self.rows), (*chosen, *self.later)[:LATER])

    def _missing(self) -> int:
        return LATER - len(self.spread) - len(self.later)

    def _spread(self, filled: pa.Array) -> None:
        total = self.held + len(filled)
        while (total + self.stride - 1) // self.stride > 2 * LATER:
            self.spread, self.stride = self.spread[::2], 2 * self.stride
        for i in range(-self.held % self.stride, len(filled), self.stride):
            self.spread.append(filled[i].as_py())
        self.held = total


def _filled(column: pa.Array) -> pa.Array:
    """The values that are not empty."""
    text = kernel.as_text(column)
    if pa.types.is_string_view(text.type):
        text = pc.cast(text, pa.large_string())  # Arrow compares no views
    return text.filter(pc.not_equal(text, _EMPTY))
