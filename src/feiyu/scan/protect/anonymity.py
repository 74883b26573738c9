"""k-anonymity by Mondrian: cut the table along its quasi-identifiers as finely as k allows, then tell what was lost.

The different combinations are counted first (memory follows their number, not the rows), the groups are cut in memory, and a second
pass over the rows writes each with the description of its group.

Rules this module keeps:
 * every group has at least k rows, or its rows are left out; both are counted;
 * a cut is taken at the median of the field with the widest spread, and only if both halves have k rows (strict partitioning);
 * numbers become ``[min, max]``, other values a list of at most eight, or ``*``;
 * rows in which a quasi-identifier is empty are grouped apart by which ones are, for an empty value cannot be ordered.

Sources: LeFevre, DeWitt, Ramakrishnan, "Mondrian Multidimensional k-Anonymity" (ICDE 2006); Xu et al., "Utility-Based
Anonymization Using Local Recoding" (KDD 2006) for NCP; Bayardo and Agrawal (ICDE 2005) for discernibility; GB/T 37964-2019.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from feiyu.scan import kernel
from feiyu.scan.protect.errors import TooFewRows, TooManyGroups
from feiyu.scan.protect.generalise import number_of
from feiyu.scan.protect.plan import Anonymity

MAX_COMBINATIONS = 2_000_000
LISTED = 8
MUCH = 0.5
"""A group that lost more than this of any field may be left out while the plan's share of rows lasts."""

Combination = tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What k-anonymity took away.

    ``ncp`` (normalised certainty penalty) by field and in all: 0 nothing was lost, 1 everything. ``discernibility``: the sum over rows
    of how many rows each can no longer be told apart from. ``suppressed``: rows left out.
    """

    k: int
    rows: int
    suppressed: int
    groups: int
    smallest: int
    average: float
    discernibility: int
    ncp: float
    by_field: tuple[tuple[str, float], ...]

    def as_dict(self) -> dict[str, object]:
        """The wire form."""
        return {
            "k": self.k, "rows": self.rows, "suppressed": self.suppressed, "groups": self.groups,
            "smallest": self.smallest, "average": round(self.average, 2), "discernibility": self.discernibility,
            "ncp": round(self.ncp, 4), "by_field": {name: round(value, 4) for name, value in self.by_field},
        }  # fmt: skip


class Groups:
    """The groups of one table: feed all rows, ``cut``, then ``rewrite`` the rows."""

    def __init__(self, wanted: Anonymity, name: str) -> None:
        self.wanted, self.name = wanted, name
        self.counts: dict[Combination, int] = defaultdict(int)
        self.written: dict[Combination, tuple[str | None, ...] | None] = {}

    def feed(self, batch: pa.RecordBatch) -> None:
        """Count the combinations of one batch."""
        for row in self._rows(batch):
            self.counts[row] += 1
        if len(self.counts) > MAX_COMBINATIONS:
            raise TooManyGroups(limit=MAX_COMBINATIONS)

    def _rows(self, batch: pa.RecordBatch) -> Iterable[Combination]:
        columns = [kernel.as_text(batch.column(name)).to_pylist() for name in self.wanted.quasi]
        return zip(*([value or None for value in column] for column in columns), strict=True)

    def cut(self) -> Loss:
        """Make the groups."""
        k, rows = self.wanted.k, sum(self.counts.values())
        if rows < k:
            raise TooFewRows(name=self.name, rows=rows, k=k)
        combos = sorted(
            self.counts, key=lambda combo: tuple((value is not None, value or "") for value in combo)
        )
        axes = [_Axis([combo[i] for combo in combos]) for i in range(len(self.wanted.quasi))]
        weights = [self.counts[combo] for combo in combos]
        by_empty: dict[tuple[bool, ...], list[int]] = defaultdict(list)
        for at, combo in enumerate(combos):
            by_empty[tuple(value is None for value in combo)].append(at)
        leaves = [leaf for part in by_empty.values() for leaf in _mondrian(part, axes, weights, k)]
        small = [leaf for leaf in leaves if sum(weights[at] for at in leaf) < k]
        whole = [leaf for leaf in leaves if sum(weights[at] for at in leaf) >= k]
        whole, left_out = self._without_the_worst(whole, axes, weights, rows)
        for leaf in (*small, *left_out):
            for at in leaf:
                self.written[combos[at]] = None
        for leaf in whole:
            told = tuple(axis.told(leaf) for axis in axes)
            for at in leaf:
                self.written[combos[at]] = told
        return self._loss(whole, axes, weights, rows)

    def _without_the_worst(
        self, leaves: list[list[int]], axes: Sequence["_Axis"], weights: Sequence[int], rows: int
    ) -> tuple[list[list[int]], list[list[int]]]:
        budget = rows * self.wanted.suppress_percent // 100
        kept, out = [], []
        for leaf in sorted(leaves, key=lambda leaf: -max(axis.lost(leaf) for axis in axes)):
            size = sum(weights[at] for at in leaf)
            if size <= budget and max(axis.lost(leaf) for axis in axes) > MUCH:
                out.append(leaf)
                budget -= size
            else:
                kept.append(leaf)
        return kept, out

    def _loss(
        self, leaves: list[list[int]], axes: Sequence["_Axis"], weights: Sequence[int], rows: int
    ) -> Loss:
        sizes = [sum(weights[at] for at in leaf) for leaf in leaves]
        kept = sum(sizes)
        by_field = tuple(
            (
                name,
                sum(axis.lost(leaf) * size for leaf, size in zip(leaves, sizes, strict=True)) / max(1, kept),
            )
            for name, axis in zip(self.wanted.quasi, axes, strict=True)
        )
        return Loss(
            k=self.wanted.k, rows=rows, suppressed=rows - kept, groups=len(leaves), smallest=min(sizes, default=0),
            average=kept / max(1, len(leaves)), discernibility=sum(size * size for size in sizes) + (rows - kept) * rows,
            ncp=sum(value for _, value in by_field) / len(by_field), by_field=by_field,
        )  # fmt: skip

    def rewrite(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """One batch with its groups' descriptions, without the rows that are left out."""
        told = [self.written[row] for row in self._rows(batch)]
        keep = pa.array([one is not None for one in told], pa.bool_())
        batch = batch.filter(keep)
        kept = [one for one in told if one is not None]
        columns = list(batch.columns)
        for i, name in enumerate(self.wanted.quasi):
            columns[batch.schema.names.index(name)] = kernel.strings([one[i] for one in kept])
        return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


class _Axis:
    """One quasi-identifier: the order of its values, and how a set of them is told."""

    def __init__(self, values: Sequence[str | None]) -> None:
        self.values = values
        found = {value for value in values if value is not None}
        numbers = {value: number for value in found if (number := number_of(value)) is not None}
        self.numeric = bool(found) and len(numbers) == len(found)
        self.numbers = {value: float(number) for value, number in numbers.items()} if self.numeric else {}
        ordered = sorted(
            found, key=(lambda v: (self.numbers[v], v)) if self.numeric else (lambda v: (0.0, v))
        )
        rank = {value: i for i, value in enumerate(ordered)}
        self.ranks = [-1 if value is None else rank[value] for value in values]
        self.size = len(ordered)
        spread = [self.numbers[ordered[0]], self.numbers[ordered[-1]]] if self.numeric else [0.0, 0.0]
        self.width = spread[1] - spread[0]

    def spread(self, part: Sequence[int]) -> float:
        """How wide a part is, of the whole."""
        if self.size < 2 or self.ranks[part[0]] < 0:  # empty in one row of a part, empty in all
            return 0.0
        low, high = _ends(self.ranks, part)
        if self.numeric and self.width:
            return (self.numbers[str(self.values[high])] - self.numbers[str(self.values[low])]) / self.width
        return (self.ranks[high] - self.ranks[low]) / (self.size - 1)

    def lost(self, part: Sequence[int]) -> float:
        """The certainty penalty of a part, 0 to 1."""
        if self.numeric and self.width:
            return self.spread(part)
        different = len({self.ranks[at] for at in part})
        return 0.0 if different <= 1 or self.size < 2 else (different - 1) / (self.size - 1)

    def told(self, part: Sequence[int]) -> str | None:
        """A part in words."""
        different = sorted({self.ranks[at]: self.values[at] for at in part}.items())
        if len(different) == 1:
            return different[0][1]
        if self.numeric:
            return f"[{different[0][1]}, {different[-1][1]}]"
        return "|".join(str(value) for _, value in different) if len(different) <= LISTED else "*"


def _ends(ranks: Sequence[int], part: Sequence[int]) -> tuple[int, int]:
    return min(part, key=ranks.__getitem__), max(part, key=ranks.__getitem__)


def _mondrian(part: list[int], axes: Sequence[_Axis], weights: Sequence[int], k: int) -> list[list[int]]:
    """Cut a part as often as k allows."""
    leaves, open_ = [], [part]
    while open_:
        part = open_.pop()
        halves = None
        if sum(weights[at] for at in part) >= 2 * k:
            for axis in sorted(axes, key=lambda axis: -axis.spread(part)):
                halves = _halved(part, axis, weights, k)
                if halves is not None:
                    break
        if halves is None:
            leaves.append(part)
        else:
            open_ += halves
    return leaves


def _halved(
    part: list[int], axis: _Axis, weights: Sequence[int], k: int
) -> tuple[list[int], list[int]] | None:
    """Both sides of the median, if each has k rows."""
    by_rank: dict[int, int] = defaultdict(int)
    for at in part:
        by_rank[axis.ranks[at]] += weights[at]
    if len(by_rank) < 2:
        return None
    total, below, best = sum(by_rank.values()), 0, None
    for rank in sorted(by_rank)[:-1]:
        below += by_rank[rank]
        if below >= k and total - below >= k and (best is None or abs(2 * below - total) < best[0]):
            best = (abs(2 * below - total), rank)
    if best is None:
        return None
    return [at for at in part if axis.ranks[at] <= best[1]], [at for at in part if axis.ranks[at] > best[1]]
