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
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc

from feiyu.base.text import Text
from feiyu.scan import beside, detect, kernel, look
from feiyu.scan.catalogue import by_id
from feiyu.scan.errors import OtherFields
from feiyu.scan.kernel import ColumnStats
from feiyu.scan.look import Look
from feiyu.scan.model import Field, Level, Mismatch, Strength
from feiyu.scan.normalize import masked
from feiyu.scan.own import OwnColumns, OwnTypes
from feiyu.scan.own.decide import decide as own_decide
from feiyu.scan.own.decide import mismatches

SAMPLES = 3
PHONES = ("mobile_cn", "phone_intl", "landline_cn")
FEW = 20
"""Fewer values do not refute a declaration by a common form."""
AHEAD = 1 << 16
"""So many rows of a batch are gone through for values to look at again."""
WIDE = 1000
"""Tables with more fields do without a memory of values per field."""


class Inspector:
    """What the fields of a growing table hold."""

    def __init__(self, fields: Sequence[str], *, own: OwnTypes | None = None) -> None:
        self.names = tuple(fields)
        self._own = OwnColumns(own, fields) if own is not None else None
        self.stats = tuple(kernel.new_stats(memo=len(self.names) <= WIDE) for _ in self.names)
        self.rows = 0
        self._samples: list[list[str]] = [[] for _ in self.names]
        self._looks = tuple(Look([], []) for _ in self.names)

    def feed(self, batch: pa.RecordBatch) -> None:
        """Take in one batch."""
        if tuple(batch.schema.names) != self.names:
            raise OtherFields(got=", ".join(batch.schema.names), expected=", ".join(self.names))
        kernel.add_batch(self.stats, batch.columns)
        for column, samples, seen in zip(batch.columns, self._samples, self._looks, strict=True):
            if len(samples) < SAMPLES:
                _sample(column, samples)
            if len(seen.rows) + len(seen.later) < look.VALUES:
                _remember(column, seen)
        if self._own is not None:
            self._own.feed(batch)
        self.rows += batch.num_rows

    def fields(self) -> tuple[Field, ...]:
        """The decision so far."""
        looks = tuple(Look(tuple(seen.rows), tuple(seen.later)) for seen in self._looks)
        found = beside.in_context(
            [
                detect.decide(i, name, stats, samples, seen)
                for i, (name, stats, samples, seen) in enumerate(
                    zip(self.names, self.stats, self._samples, looks, strict=True)
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


def _remember(column: pa.Array, seen: Look) -> None:
    """Keep the first rows as they stand, and values of later rows where those were empty or few."""
    rows, later = cast("list[str | None]", seen.rows), cast("list[str]", seen.later)
    take = look.ROWS - len(rows)
    if take > 0:
        rows += kernel.as_text(column.slice(0, take)).to_pylist()
    missing = look.VALUES - len(rows) - len(later)
    rest = column.slice(max(0, take), AHEAD)
    if missing <= 0 or not len(rest):
        return
    text = kernel.as_text(rest)
    if pa.types.is_string_view(text.type):
        text = pc.cast(text, pa.large_string())  # Arrow compares no views
    held = text.filter(pc.fill_null(pc.not_equal(text, ""), fill_value=False))
    step = max(1, len(held) // missing)
    for i in range(0, min(len(held), step * missing), step):
        later += held.slice(i, 1).to_pylist()


def _sample(column: pa.Array, samples: list[str]) -> None:
    """Fill up with masked values from the first rows."""
    for value in kernel.as_text(column.slice(0, 64)).to_pylist():
        if value and value.strip() and (shown := masked(value)) not in samples:
            samples.append(shown)
            if len(samples) == SAMPLES:
                return


def inspect_batch(
    batch: pa.RecordBatch, expected: Mapping[str, str], *, own: OwnTypes | None = None
) -> tuple[Mismatch, ...]:
    """Which fields of one batch hold a personal, sensitive or more than general type that ``expected`` does not name for them.

    ``expected``: field name → semantic type id (or a generic one). A field that is not in it may hold nothing personal.
    """
    inspector = Inspector(batch.schema.names, own=own)
    inspector.feed(batch)
    fields = inspector.fields()
    declared = {name: _built_in(kind, own) for name, kind in expected.items()}
    out: list[Mismatch] = []
    for field, stats in zip(fields, inspector.stats, strict=True):
        column = batch.column(field.index)
        out += [
            _mismatch(field, found, declared.get(field.name, ""), stats, column)
            for found in field.holds
            if _matters(field, found)
            and not _covered(found, declared.get(field.name, ""))
            and not (field.name in declared and stats.values < FEW and by_id()[found].kind == "shape")
        ]
    return (*out, *inspector.own_mismatches(batch, fields, expected))


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
    meant = (
        by_id()[expected].names
        if expected in by_id()
        else Text("未申报", "nothing")
        if not expected
        else Text(expected, expected)
    )
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
