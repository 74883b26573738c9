"""Count what a graph put down on disk, and write it as one run on the way; a large one in two halves at once.

Rules this module keeps:
 * the same numbers and the same bytes, however many cores there are;
 * the second half is written behind the most that the first may take, and moved up to it afterwards.

Sources: ADR 0156, 0184.
"""

import ctypes
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from feiyu.scan import native
from feiyu.scan.links import PARTS
from feiyu.scan.runs import PIECE, RECORD

KINDS = native.SECTIONS // PARTS
LARGE = 1 << 18
"""So many records are worth a second core."""


class _Range:
    """Some of the parts: what they count, and where they are written from byte ``start`` of a file on."""

    def __init__(self, lane: Any, begin: int, end: int, start: int) -> None:
        self.begin, self.end, self.start = begin, end, start
        self.index = native.Spill()
        self.bound = lane.bound_new()
        self._lane = lane
        if not self.bound:
            raise MemoryError

    def __del__(self) -> None:
        self._lane.bound_delete(getattr(self, "bound", None))

    @property
    def records(self) -> int:
        """How many were written."""
        return int(self.index.at[KINDS * self.end])

    def count(self, spills: Any, fd: int) -> None:
        """Read the parts of all spills side by side; they are written where ``fd`` is a file."""
        index = ctypes.byref(self.index) if fd >= 0 else None
        native.check(
            self._lane.bound_count(
                self.bound, spills, len(spills), self.begin, self.end, fd, self.start, index
            )
        )


def count(
    lane: Any, spills: Any, loose: Sequence[int], weak_from: int, out: Any, *, fd: int = -1, start: int = 0
) -> list[int]:
    """Fill ``out`` with the numbers; where the sections begin that were written from byte ``start`` of a file on, if there is an ``fd``."""
    middle = PARTS // 2
    if _worth_two(sum(one.at[native.SECTIONS] for one in spills)):
        behind = start + RECORD * sum(one.at[KINDS * middle] for one in spills)
        ranges = [_Range(lane, 0, middle, start), _Range(lane, middle, PARTS, behind)]
    else:
        ranges = [_Range(lane, 0, PARTS, start)]
    with ThreadPoolExecutor(len(ranges), thread_name_prefix="count-parts") as pool:
        list(pool.map(lambda one: one.count(spills, fd), ranges))
    first, *others = ranges
    for one in others:
        native.check(lane.bound_take(first.bound, one.bound))
    rows = (ctypes.c_uint64 * 3)(*loose)
    native.check(lane.bound_resolve(first.bound, spills, len(spills), rows, weak_from, out))
    return _together(ranges, fd) if fd >= 0 else []


def _worth_two(records: int) -> bool:
    return records >= LARGE and len(os.sched_getaffinity(0)) > 1


def _together(ranges: Sequence[_Range], fd: int) -> list[int]:
    """Move each range up to the end of the one before; where all sections begin."""
    at = [0]
    for one in ranges:
        _move(fd, one.start, ranges[0].start + RECORD * at[-1], RECORD * one.records)
        at += [at[-1] + one.index.at[i] for i in range(KINDS * one.begin + 1, KINDS * one.end + 1)]
    os.ftruncate(fd, ranges[0].start + RECORD * at[-1])
    return at


def _move(fd: int, source: int, target: int, size: int) -> None:
    """Move bytes of a file towards its beginning."""
    done = 0 if target < source else size
    while done < size:
        piece = os.pread(fd, min(PIECE, size - done), source + done)
        done += os.pwrite(fd, piece, target + done)
