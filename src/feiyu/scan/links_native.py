"""The graph behind a count of persons in the native lane; ``links`` is its reference and states the rule.

Rules this module keeps:
 * the same numbers and the same exported bytes as the reference, fuzzed against it;
 * digests are wiped when the graph is let go.
"""

import ctypes
from collections.abc import Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from feiyu.base.persons import Three
from feiyu.scan import native, reference
from feiyu.scan.identity import CANONS
from feiyu.scan.links import NODE, PAIR, Column, Exported, Links, Numbers
from feiyu.scan.normalize import normal

ORDERS = 256
COLUMNS = 256
"""So many identifying fields of one table the lane takes."""


class NativeLinks:
    """The graph in the lane's memory."""

    def __init__(self, lane: Any) -> None:
        self._lane = lane
        self._graph = lane.persons_new()
        if not self._graph:
            raise MemoryError

    def __del__(self) -> None:
        if getattr(self, "_graph", None):
            self._lane.persons_free(self._graph)

    @property
    def memory_bytes(self) -> int:
        """What it occupies."""
        return int(self._lane.persons_memory(self._graph))

    def add_batch(
        self,
        columns: Sequence[tuple[Column, pa.Array]],
        *,
        sensitive: Sequence[pa.Array],
        births: Sequence[pa.Array],
        told: Sequence[pa.Array] | None,
        rows: int,
        adult: date,
    ) -> dict[str, int]:
        """Take in the rows of one batch, given as strings; how many values of which field are damaged."""
        limit = adult.year * 10000 + adult.month * 100 + adult.day
        flags = (ctypes.c_uint8 * rows)()
        for kind, group in enumerate((sensitive, births)):
            for values in group:
                self._lane.persons_flags(ctypes.byref(_source(values)), rows, kind, limit, flags)
        sources = (native.Source * len(columns))(*(_source(values, column) for column, values in columns))
        fields = (native.Source * len(told or ()))(*(_source(values) for values in told or ()))
        size = -1 if told is None else len(told)
        native.check(
            self._lane.persons_add(self._graph, sources, len(columns), flags, fields, size, rows, limit)
        )
        return {
            column.name: source.damaged
            for (column, _), source in zip(columns, sources, strict=True)
            if source.damaged
        }

    def counts(self, weak_from: int) -> Numbers:
        """What the graph says; types from place ``weak_from`` on are weak."""
        out = (ctypes.c_uint64 * (10 + ORDERS))()
        native.check(self._lane.persons_counts(self._graph, weak_from, out))
        threes = [Three(lower=out[i], counted=out[i + 1], upper=out[i + 2]) for i in (0, 3, 6)]
        by = {i: out[10 + i] for i in range(ORDERS) if out[10 + i]}
        return Numbers(threes[0], threes[1], threes[2], out[9], by)

    def exported(self) -> Exported:
        """The graph as bytes."""
        sizes = (ctypes.c_uint64 * 6)()
        self._lane.persons_sizes(self._graph, sizes)
        nodes = ctypes.create_string_buffer(sizes[0] * NODE.size)
        ties = ctypes.create_string_buffer(sizes[1] * PAIR.size)
        mates = ctypes.create_string_buffer(sizes[2] * PAIR.size)
        native.check(self._lane.persons_export(self._graph, nodes, ties, mates))
        return Exported(nodes.raw, ties.raw, mates.raw, (sizes[3], sizes[4], sizes[5]))

    def take_in(self, other: Exported, places: Sequence[int]) -> None:
        """Take in an exported graph under the same key; ``places`` translates its types. A broken one raises ValueError."""
        native.check(
            self._lane.persons_import(
                self._graph,
                other.nodes,
                len(other.nodes) // NODE.size,
                other.ties,
                len(other.ties) // PAIR.size,
                other.mates,
                len(other.mates) // PAIR.size,
                (ctypes.c_uint64 * 3)(*other.loose),
                (ctypes.c_uint16 * len(places))(*places),
                len(places),
            )
        )


def _source(values: pa.Array, column: Column | None = None) -> native.Source:
    offsets, data, valid, wide = native.buffers(values)
    source = native.Source(offsets=offsets, data=data, valid=valid, offset=values.offset, wide=wide)
    if column is not None:
        source.order, source.canon = column.order, CANONS.index(column.canon)
        source.k0, source.k1 = (
            int.from_bytes(column.key[:8], "little"),
            int.from_bytes(column.key[8:], "little"),
        )
    return source


def rows_with(values: pa.Array, bits: int) -> Sequence[int]:
    """The rows of a text column that hold one of the wanted detectors, as a whole or inside."""
    lane = native.lane()
    if lane is None:
        return [row for row, value in enumerate(values.to_pylist()) if value and _holds(normal(value), bits)]
    marks = (ctypes.c_uint8 * len(values))()
    want = (ctypes.c_uint64 * 2)(bits & (1 << 64) - 1, bits >> 64)
    if not lane.persons_rows(ctypes.byref(_source(values)), len(values), want, marks):
        return ()
    return [row for row, mark in enumerate(bytes(marks)) if mark]


def _holds(plain: str, bits: int) -> bool:
    if len(plain) < 6:
        return False
    whole = reference.detect(plain)
    return bool(bits & (whole | (reference.embedded(plain) if reference.searched(plain, whole) else 0)))


def new_links(columns: int = 0) -> Links | NativeLinks:
    """An empty graph, in the native lane where it is there and takes so many fields."""
    lane = native.lane()
    return Links() if lane is None or columns > COLUMNS else NativeLinks(lane)
