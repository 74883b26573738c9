"""A growing table against own types: feed batches, ask for hits by column and type."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from feiyu.scan import kernel
from feiyu.scan.own import lane
from feiyu.scan.own.model import EACH, Kind, OwnType, OwnTypes
from feiyu.scan.own.reference import FOLD, ReferenceLook

ENOUGH = 1 << 14
"""So many values wait for an expression."""
MANY, FEW = 1_000, 250
"""Of so many values, if fewer differ, each different one is tried once."""


@dataclass(slots=True)
class Hits:
    """What one column gave: values, and by type hits and the row of the first."""

    values: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)

    def ordered(self, order: Sequence[str]) -> "Hits":
        """The same, its types in this order, whichever was found first."""
        return Hits(
            self.values, *({one: of[one] for one in order if one in of} for of in (self.counts, self.first))
        )

    def take(self, type_id: str, count: int, first: int) -> None:
        """Add hits of a type."""
        if count:
            self.counts[type_id] = self.counts.get(type_id, 0) + count
            self.first[type_id] = min(first, self.first.get(type_id, first))


class OwnColumns:
    """The columns of one table."""

    def __init__(self, own: OwnTypes, fields: Sequence[str]) -> None:
        self.own, self.names = own, tuple(fields)
        self.rows = 0
        self._shapes, self._words, self._regexes = own.of(Kind.SHAPE), own.of(Kind.WORDS), own.of(Kind.REGEX)
        self._order = [one.id for one in (*self._regexes, *self._shapes, *self._words)]
        self._hits = [Hits() for _ in self.names]
        self._waiting: dict[tuple[int, int], list[tuple[pa.Array, pa.Array]]] = {}
        self._repeats: dict[tuple[int, int], bool] = {}
        self._native = lane.library() is not None
        if self._native:
            self._lane = lane.LaneLook(own, len(self.names))
            self._found = [_empty() for _ in self.names]
        else:
            self._look = ReferenceLook(own)

    def feed(self, batch: pa.RecordBatch) -> None:
        """Take in one batch."""
        texts = [kernel.as_text(column) for column in batch.columns]
        if self._native:
            self._feed_native(texts)
        else:
            for at, text in enumerate(texts):
                self._feed_plain(at, text)
        self.rows += batch.num_rows

    def merge(self, hits: Sequence[Hits], rows: int) -> None:
        """Take in what so many rows gave that follow."""
        for mine, found in zip(self._hits, hits, strict=True):
            mine.values += found.values
            for type_id, count in found.counts.items():
                mine.take(type_id, count, self.rows + found.first[type_id])
        self.rows += rows

    def hits(self) -> list[Hits]:
        """What the columns gave so far."""
        for at, which in list(self._waiting):
            self._try_waiting(at, which)
        out = []
        for at, some in enumerate(self._hits):
            one = Hits(some.values, dict(some.counts), dict(some.first))
            if self._native:
                found = self._found[at]
                one.values += found.values
                for kind, types in enumerate((self._shapes, self._words)):
                    for bit, own in enumerate(types):
                        one.take(own.id, found.hits[kind][bit], found.first[kind][bit])
            out.append(one.ordered(self._order))
        return out

    def _feed_native(self, texts: Sequence[pa.Array]) -> None:
        for at, searched, by_literal in self._lane.batch(texts, self.rows, self._found):
            for which, rows in by_literal.items():
                some = searched if len(rows) == len(searched) else searched.take(rows)
                if len(some) == len(searched):
                    some = pa.concat_arrays([some, some.slice(0, 0)])  # the lane's memory is borrowed
                self._wait(at, which, some, rows)

    def _wait(self, at: int, which: int, some: pa.Array, rows: pa.Array) -> None:
        """Keep values for an expression until they are many, for each call compiles it anew."""
        held = self._waiting.setdefault((at, which), [])
        held.append((pc.cast(some, pa.large_string()), pc.add(pc.cast(rows, pa.int64()), self.rows)))
        if sum(len(some) for some, _ in held) >= ENOUGH:
            self._try_waiting(at, which)

    def _try_waiting(self, at: int, which: int) -> None:
        held = self._waiting.pop((at, which))
        some, rows = (pa.concat_arrays(part) for part in zip(*held, strict=True))
        self._tried(at, which, some, rows)

    def _feed_plain(self, at: int, text: pa.Array) -> None:
        values = text.to_pylist()
        count, rows = self._look.values(values)
        self._hits[at].values += count
        for own, found in zip((*self._shapes, *self._words), rows, strict=True):
            self._hits[at].take(own.id, len(found), self.rows + found[0] if found else -1)
        for which, found in enumerate(self._look.literals(values)):
            if found:
                some = kernel.strings([values[row].translate(FOLD) for row in found])
                self._wait(at, which, some, pa.array(found, pa.int32()))

    def _few(self, at: int, which: int, some: pa.Array) -> bool:
        """Whether the values are few that repeat; asked once of a column."""
        if (at, which) not in self._repeats:
            self._repeats[at, which] = len(some.slice(0, MANY).unique()) < FEW
        return self._repeats[at, which]

    def _tried(self, at: int, which: int, some: pa.Array, rows: pa.Array) -> None:
        """Try an expression on the values that hold its literal."""
        own = self._regexes[which]
        if len(some) > MANY and self._few(at, which, some):
            coded = some.dictionary_encode()
            fits = _fits(own, coded.dictionary).take(coded.indices)
        else:
            fits = _fits(own, some)
        count = pc.sum(fits).as_py() or 0
        if count:
            self._hits[at].take(own.id, count, rows[pc.index(fits, True).as_py()].as_py())


def _fits(own: OwnType, some: pa.Array) -> pa.Array:
    if own.inside:
        return pc.match_substring_regex(some, own.regex)
    return pc.match_substring_regex(pc.utf8_trim_whitespace(some), f"^(?:{own.regex})$")


def _empty() -> lane.Found:
    found = lane.Found()
    ctypes.memset(ctypes.byref(found.first), 0xFF, ctypes.sizeof(ctypes.c_int64) * EACH * 2)
    return found
