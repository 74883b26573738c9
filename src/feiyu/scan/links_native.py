"""The graph behind a count of persons in the native lane; ``links`` is its reference and states the rule.

Rules this module keeps:
 * the same numbers and the same runs to the byte as the reference, fuzzed against it;
 * digests are wiped when the graph is let go.
"""

import ctypes
import io
import os
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyarrow as pa

from feiyu.base.persons import Three
from feiyu.scan import kernel, native, reference, spilled
from feiyu.scan.identity import CANONS
from feiyu.scan.links import Column, Links, Numbers
from feiyu.scan.normalize import normal
from feiyu.scan.runs import Run

ORDERS = 256
IN_PLACE_BYTES, IN_PLACE = 8 << 20, 256
"""Runs from this size on are counted where they stand, so many of them at most; others come into memory one after the other."""
_FILLED, _BORN = 0, 1
COLUMNS = 256
"""So many identifying fields of one table the lane takes."""


_Out = ctypes.c_uint64 * (10 + ORDERS)


def _numbers(out: "ctypes.Array[ctypes.c_uint64]") -> Numbers:
    threes = [Three(lower=out[i], counted=out[i + 1], upper=out[i + 2]) for i in (0, 3, 6)]
    by = {i: out[10 + i] for i in range(ORDERS) if out[10 + i]}
    return Numbers(threes[0], threes[1], threes[2], out[9], by)


class NativeLinks:
    """The graph in the lane's memory."""

    def __init__(self, lane: Any) -> None:
        self._lane = lane
        self._graph = lane.persons_new()
        if not self._graph:
            raise MemoryError
        self._file: BinaryIO | None = None
        self._spills: list[native.Spill] = []
        self._held: list[Any] = []
        self._runs: list[int] = []

    def __del__(self) -> None:
        if getattr(self, "_graph", None):
            self._lane.persons_free(self._graph)
            self._close()

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
        for values in sensitive:
            if not self._lane.persons_flags(ctypes.byref(_source(values)), rows, _FILLED, limit, flags):
                break  # every row is flagged
        for values in births:
            self._lane.persons_flags(ctypes.byref(_source(values)), rows, _BORN, limit, flags)
        held = [_source(values, column) for column, values in columns]
        others = [_source(values) for values in told or ()]
        sources = (native.Source * len(held))(*held)
        fields = (native.Source * len(others))(*others)
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
        out = _Out()
        if self._spills:
            spilled.count(self._lane, self._all_spills(), self.loose_rows(), weak_from, out)
        else:
            native.check(self._lane.persons_counts(self._graph, weak_from, out))
        return _numbers(out)

    def spill(self, folder: Path | None) -> None:
        """Put the graph into a file that has no name, and go on with an empty one."""
        if self._file is None:
            self._file = cast("BinaryIO", tempfile.TemporaryFile(dir=folder, buffering=0))  # noqa: SIM115 - closed with the graph
        start = self._file.seek(0, io.SEEK_END)
        self._spills.append(self._write(self._file.fileno(), start))
        self._lane.persons_empty(self._graph)

    def _write(self, fd: int, start: int) -> native.Spill:
        index = native.Spill()
        native.check(self._lane.persons_write(self._graph, fd, start, ctypes.byref(index)))
        return index

    def _all_spills(self) -> Any:
        """Where everything stands that was taken in, with nothing left in memory."""
        if self._lane.persons_held(self._graph):
            self.spill(None)
        return (native.Spill * len(self._spills))(*self._spills)

    def loose_rows(self) -> tuple[int, int, int]:
        """Rows without an identifier: in all, sensitive, under 14."""
        found = (ctypes.c_uint64 * 3)()
        self._lane.persons_loose(self._graph, found)
        return found[0], found[1], found[2]

    def put(self, stream: BinaryIO, weak_from: int) -> tuple[list[int], Numbers]:
        """Write everything in the form of a run, at the place of a stream: where its sections begin, and what it counts.

        Nothing more comes into memory.
        """
        stream.flush()
        fd, start = stream.fileno(), stream.tell()
        if self._spills:
            out = _Out()
            at = spilled.count(
                self._lane, self._all_spills(), self.loose_rows(), weak_from, out, fd=fd, start=start
            )
            counted = _numbers(out)
        else:
            at = list(self._write(fd, start).at)
            counted = self.counts(weak_from)
        stream.seek(0, io.SEEK_END)
        return at, counted

    def take_in(self, run: Run, places: Sequence[int]) -> None:
        """Take in a run under the same key; ``places`` translates its types. One that lies raises ValueError, here or in the count."""
        orders = (ctypes.c_uint16 * len(places))(*places)
        index = native.Spill(
            fd=run.file.fileno(), start=run.start, order_count=len(places), orders=ctypes.addressof(orders),
            at=(ctypes.c_uint64 * (native.SECTIONS + 1))(*run.at),
        )  # fmt: skip
        if run.size_bytes < IN_PLACE_BYTES or len(self._runs) >= IN_PLACE:
            native.check(self._lane.persons_take_in(self._graph, ctypes.byref(index)))
        else:
            index.fd = os.dup(run.file.fileno())
            self._runs.append(index.fd)
            self._held.append(orders)
            self._spills.append(index)
        self._lane.persons_add_loose(self._graph, (ctypes.c_uint64 * 3)(*run.loose))

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
        for fd in self._runs:
            os.close(fd)


def _source(values: pa.Array, column: Column | None = None) -> native.Source:
    found = native.buffers(values)
    source = native.Source(
        offsets=found.offsets, data=found.data, valid=found.valid, offset=values.offset, wide=found.kind
    )
    source.keep = found.keep  # a list of buffers lives as long as what points to it
    if column is not None:
        source.order, source.canon = column.order, CANONS.index(column.canon)
        source.k0, source.k1 = (
            int.from_bytes(column.key[:8], "little"),
            int.from_bytes(column.key[8:], "little"),
        )
    return source


INSIDE = 32
"""So many identifiers of one type inside one text are counted."""


def inside(values: pa.Array, bits: int) -> tuple[list[pa.Array], bool]:
    """The identifiers that stand inside texts, as columns: the first of each row, the second, and so on; and whether a row had more than are taken."""
    lane = native.lane()
    if lane is None:
        return _inside_reference(values, bits)
    found = native.Insides()
    want = (ctypes.c_uint64 * 2)(bits & (1 << 64) - 1, bits >> 64)
    try:
        native.check(
            lane.persons_inside(ctypes.byref(_source(values)), len(values), want, ctypes.byref(found))
        )
        return [_inside_column(lane, found, nth, len(values)) for nth in range(found.width)], bool(found.over)
    finally:
        lane.insides_free(ctypes.byref(found))


def _inside_column(lane: Any, found: native.Insides, nth: int, rows: int) -> pa.Array:
    offsets = (ctypes.c_int64 * (rows + 1))()
    data = ctypes.create_string_buffer(found.size)
    lane.insides_column(ctypes.byref(found), nth, rows, offsets, data)
    return pa.Array.from_buffers(pa.large_string(), rows, [None, pa.py_buffer(offsets), pa.py_buffer(data)])


def _inside_reference(values: pa.Array, bits: int) -> tuple[list[pa.Array], bool]:
    rows = [_pieces(normal(value), bits) if value else [] for value in values.to_pylist()]
    width = max(map(len, rows), default=0)
    columns = [
        kernel.strings([row[nth] if nth < len(row) else None for row in rows])
        for nth in range(min(INSIDE, width))
    ]
    return columns, width > INSIDE


def _pieces(plain: str, bits: int) -> list[str]:
    """The distinct pieces of a text that pass one of the wanted detectors, in their order."""
    if len(plain.encode("utf-8", "surrogateescape")) < 6:
        return []
    whole = reference.detect(plain)
    if not bits & whole and not reference.searched(plain, whole):
        return []
    return list(dict.fromkeys(piece for found, piece in reference.found_inside(plain) if found & bits))


def new_links(columns: int = 0) -> Links | NativeLinks:
    """An empty graph, in the native lane where it is there and takes so many fields."""
    lane = native.lane()
    return Links() if lane is None or columns > COLUMNS else NativeLinks(lane)
