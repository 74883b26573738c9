"""The scan as a stream: feed batches, ask what the fields hold; or look at one batch against what was declared.

The edge uses both while data cross: ``Inspector`` for the picture so far, ``inspect_batch`` for the decision about one batch.

Rules this module keeps:
 * every value of every batch is seen before the answer;
 * in one batch already a single identifier with a good check is enough to speak, whatever the header says;
 * where a field was declared, a form that many things share needs some rows before it speaks against the declaration;
 * examples are masked before they leave this module.

Sources: DESIGN invariant 1 (inspection works on record batches).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from feiyu.base.text import Text
from feiyu.scan import beside, detect, header, kernel
from feiyu.scan.catalogue import by_id, name_of
from feiyu.scan.errors import OtherFields
from feiyu.scan.kernel import ColumnStats, Sums
from feiyu.scan.look import Look
from feiyu.scan.model import Field, Level, Mismatch, Strength
from feiyu.scan.normalize import masked
from feiyu.scan.own import OwnColumns, OwnTypes
from feiyu.scan.own.columns import Hits
from feiyu.scan.own.decide import decide as own_decide
from feiyu.scan.own.decide import mismatches
from feiyu.scan.remember import Remembered, beginning

SAMPLES = 3
PHONES = ("mobile_cn", "phone_intl", "landline_cn")
FEW = 20
"""Fewer values do not refute a declaration by a common form."""
WIDE = 1000
"""Tables with more fields do without a memory of values per field."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What an inspector took in, for one that puts parts together: here or in another process."""

    names: tuple[str, ...]
    rows: int
    sums: tuple[Sums, ...]
    kept: tuple[Remembered, ...]
    own: tuple[Hits, ...] | None


class Inspector:
    """What the fields of a growing table hold. ``behind``: the rows to come stand behind the beginning of their table."""

    def __init__(self, fields: Sequence[str], *, own: OwnTypes | None = None, behind: bool = False) -> None:
        self.names = tuple(fields)
        self._own = OwnColumns(own, fields) if own is not None else None
        self.stats = tuple(kernel.new_stats(memo=len(self.names) <= WIDE) for _ in self.names)
        self.rows = 0
        begins = 0 if behind else beginning(len(self.names))
        self._kept = tuple(Remembered(begins) for _ in self.names)
        self._looks = tuple(kept.look() for kept in self._kept)

    def feed(self, batch: pa.RecordBatch) -> None:
        """Take in one batch."""
        if tuple(batch.schema.names) != self.names:
            raise OtherFields(got=", ".join(batch.schema.names), expected=", ".join(self.names))
        kernel.add_batch(self.stats, batch.columns)
        for column, kept in zip(batch.columns, self._kept, strict=True):
            kept.feed(column)
        if self._own is not None:
            self._own.feed(batch)
        self.rows += batch.num_rows

    def seen(self) -> Seen:
        """Everything so far."""
        return Seen(
            names=self.names,
            rows=self.rows,
            sums=tuple(one.sums() for one in self.stats),
            kept=self._kept,
            own=tuple(self._own.hits()) if self._own is not None else None,
        )

    def merge(self, seen: Seen) -> None:
        """Take in what another saw of the rows that follow; the first part holds the beginning of the table whole."""
        if seen.names != self.names:
            raise OtherFields(got=", ".join(seen.names), expected=", ".join(self.names))
        for stats, sums in zip(self.stats, seen.sums, strict=True):
            stats.merge(sums)
        for mine, kept in zip(self._kept, seen.kept, strict=True):
            mine.merge(kept)
        if self._own is not None and seen.own is not None:
            self._own.merge(seen.own, seen.rows)
        self.rows += seen.rows

    def fields(self) -> tuple[Field, ...]:
        """The decision so far."""
        # Behind the beginning of a table nothing is kept any more, and what was found out about the values holds for every later decision.
        fresh = (kept.look() for kept in self._kept)
        self._looks = looks = tuple(
            old if old == new else new for old, new in zip(self._looks, fresh, strict=True)
        )
        found = beside.in_context(
            [
                detect.decide(i, name, stats, _samples(seen), seen, said)
                for i, (name, said, stats, seen) in enumerate(
                    zip(self.names, header.in_tongue(self.names), self.stats, looks, strict=True)
                )
            ],
            looks,
        )
        return found if self._own is None else own_decide(found, self._own.hits(), self._own.own)

    def own_mismatches(
        self, batch: pa.RecordBatch, fields: Sequence[Field], expected: Mapping[str, str]
    ) -> tuple[Mismatch, ...]:
        """Own types in the one batch that was fed, where they were not declared."""
        if self._own is None:
            return ()
        return mismatches(batch, fields, self._own.hits(), self._own.own, expected)


def _samples(seen: Look) -> list[str]:
    """A few masked values that differ."""
    out: list[str] = []
    for value in (*seen.rows, *seen.later):
        if value and value.strip() and (shown := masked(value)) not in out:
            out.append(shown)
            if len(out) == SAMPLES:
                break
    return out


def inspect_batch(
    batch: pa.RecordBatch, expected: Mapping[str, str], *, own: OwnTypes | None = None
) -> tuple[Mismatch, ...]:
    """Which fields of one batch hold a personal, sensitive or more than general type that ``expected`` does not name for them.

    ``expected``: field name → semantic type id (or a generic one). A field that is not in it may hold nothing personal.
    """
    return inspect_batches([batch], expected, own=own)


def inspect_batches(
    batches: Sequence[pa.RecordBatch], expected: Mapping[str, str], *, own: OwnTypes | None = None
) -> tuple[Mismatch, ...]:
    """The same of batches of one schema that are decided about together; rows are counted from the first batch's first."""
    inspector = Inspector(batches[0].schema.names, own=own)
    for batch in batches:
        inspector.feed(batch)
    fields = inspector.fields()
    declared = {name: _built_in(kind, own) for name, kind in expected.items()}
    out: list[Mismatch] = []
    for field, stats in zip(fields, inspector.stats, strict=True):
        kind = declared.get(field.name, "")
        found = [
            one
            for one in field.holds
            if _matters(field, one)
            and not _covered(one, kind)
            and not (field.name in declared and stats.values < FEW and by_id()[one].kind == "shape")
        ]
        if found:
            column = pa.concat_arrays([batch.column(field.index) for batch in batches])
            out += [_mismatch(field, one, kind, stats, column) for one in found]
    if own is not None:
        out += inspector.own_mismatches(pa.concat_batches(batches), fields, expected)
    return tuple(out)


def _built_in(kind: str, own: OwnTypes | None) -> str:
    """What a declared own type is among the built-in ones: the identifier in whose place it counts."""
    one = own.by_id.get(kind) if own is not None else None
    return one.counts_as or kind if one is not None else kind


def _matters(field: Field, found: str) -> bool:
    one = by_id().get(found)
    return one is not None and (
        one.personal
        or one.level is not Level.GENERAL
        or one.category == "credential"
        or (field.type == found and field.personal)
    )


def _covered(found: str, expected: str) -> bool:
    """Whether what was declared for the field includes what was found."""
    if found == expected:
        return True
    one, other = by_id()[found], by_id().get(expected)
    if other is None:
        return False
    if one.fold == other.fold:
        return True
    if other.id == "trajectory" and found in beside.PLACES:
        return True
    if (
        one.strength is other.strength is Strength.STRONG
        and one.category == other.category
        and one.sensitive is None
    ):
        return True  # a column of papers holds papers of several kinds
    if found in PHONES and expected in PHONES:
        return True
    weaker = (
        other.personal and one.strength is not Strength.STRONG and one.sensitive in (None, other.sensitive)
    )
    return weaker and one.kind == "shape" and one.category == other.category


def _mismatch(field: Field, found: str, expected: str, stats: ColumnStats, column: pa.Array) -> Mismatch:
    one = by_id()[found]
    whole = found not in field.embedded or found in (field.type, *field.also)
    counts, firsts = (stats.hits, stats.first) if whole else (stats.inside, stats.first_inside)
    hits = max((counts[bit] for bit, _ in one.detectors), default=0)
    row = min((firsts[bit] for bit, _ in one.detectors if firsts[bit] >= 0), default=0)
    value = kernel.as_text(column.slice(row, 1)).to_pylist()[0] or ""
    meant = name_of(expected) if expected else Text("未申报", "nothing")
    return Mismatch(
        field=field.name,
        found=found,
        expected=expected,
        row=row,
        example=masked(value),
        hits=hits or stats.values,
        reason=Text(
            f"字段“{field.name}”申报为“{meant.zh}”，实际含有“{one.names.zh}”。",
            f"Field {field.name} was declared as {meant.en} and holds {one.names.en}.",
        ),
    )
