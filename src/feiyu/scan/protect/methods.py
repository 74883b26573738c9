"""A step of the plan as a change of columns.

Rules this module keeps:
 * each different value of a batch is changed once, and remembered within bounds across batches;
 * an empty value, or a word for nothing (``无``, ``N/A``), becomes an empty one: a stand-in for nothing would be a person;
 * the numbers of a report are counted here: values changed, values lost;
 * memory does not follow the length of the table.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from feiyu.scan import kernel
from feiyu.scan.links import filled
from feiyu.scan.protect import generalise
from feiyu.scan.protect.keyed import FormatKept, Pseudonym
from feiyu.scan.protect.plan import KEYED, Method, ProtectPlan, Step

REMEMBERED = 200_000


@dataclass(slots=True, kw_only=True)
class Effect:
    """What a step did: values that came, that were changed, that could not be and were emptied."""

    values: int = 0
    changed: int = 0
    lost: int = 0


class Changer:
    """One field's change."""

    def __init__(self, field: str, step: Step, plan: ProtectPlan, master: bytes | None) -> None:
        self.field, self.step = field, step
        self.effect = Effect()
        self._change = _change_of(field, step, plan, master)
        self._known: dict[str, str | None] = {}

    def apply(self, column: pa.Array) -> pa.Array:
        """The changed column, as strings."""
        coded = kernel.as_text(column).dictionary_encode()
        coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
        before = coded.dictionary.to_pylist()
        after = [None if value is None else self._one(value) for value in before]
        counts = self._counts(coded, len(before))
        for old, new, count in zip(before, after, counts, strict=True):
            if not filled(old):
                continue
            self.effect.values += count
            self.effect.changed += count * (new != old)
            self.effect.lost += count * (new is None)
        made = kernel.strings(after)
        return pc.take(made, coded.indices)

    def _counts(self, coded: pa.DictionaryArray, size: int) -> list[int]:
        found = [0] * size
        for one in pc.value_counts(coded.indices).to_pylist():
            if one["values"] is not None:
                found[one["values"]] = one["counts"]
        return found

    def _one(self, value: str) -> str | None:
        if not filled(value):
            return None
        if value in self._known:
            return self._known[value]
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        found = self._known[value] = self._change(value)
        return found


def _change_of(field: str, step: Step, plan: ProtectPlan, master: bytes | None) -> generalise.Change:
    if step.method in KEYED:
        assert master is not None
        kind = Pseudonym if step.method is Method.PSEUDONYM else FormatKept
        return kind(master, purpose=plan.purpose, field=field, type_id=step.type)
    if step.method is Method.MASK:
        return generalise.mask(*step.keep)
    if step.method is Method.DATE:
        return generalise.date_to(step.to)
    if step.method is Method.AREA:
        return generalise.digits_kept(step.digits) if step.digits else generalise.area_to(step.to)
    if step.method is Method.GRID:
        return generalise.grid(step.degrees)
    assert step.method is Method.RANGE
    return generalise.range_of(step.step, step.edges)


class Changes:
    """All steps of a plan on one table: which columns go on, and how each looks then."""

    def __init__(self, schema: pa.Schema, plan: ProtectPlan, master: bytes | None) -> None:
        self.steps = {name: plan.step_of(name) for name in schema.names}
        self.kept = [name for name, step in self.steps.items() if step.method is not Method.DROP]
        self.changers = {
            name: Changer(name, step, plan, master)
            for name, step in self.steps.items()
            if step.method not in (Method.KEEP, Method.DROP)
        }
        quasi = set(plan.anonymity.quasi) if plan.anonymity else set()
        self.schema = pa.schema(
            [
                pa.field(
                    name,
                    pa.large_string() if name in self.changers or name in quasi else schema.field(name).type,
                )
                for name in self.kept
            ]
        )
        self._quasi = quasi

    def apply(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """One batch as it goes on; fields of the k-anonymity come as text."""
        columns = []
        for name in self.kept:
            column = batch.column(batch.schema.names.index(name))
            if name in self.changers:
                column = self.changers[name].apply(column)
            elif name in self._quasi:
                column = pc.cast(kernel.as_text(column), pa.large_string())
            columns.append(column)
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def stream(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """All batches, changed."""
        return (self.apply(batch) for batch in batches)
