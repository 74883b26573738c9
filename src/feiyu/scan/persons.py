"""Count natural persons exactly, by the stated rule, without keeping an identifier.

Rules this module keeps:
 * only keyed digests are held or written, never an identifier (``identity``); runs under another key are refused;
 * the rule of ``links``: strong identifiers never merge through weak ones, shared ones link nothing, rows without identifier count above;
 * runs of any number of files, machines and days give together what one pass over all rows would give;
 * damaged identifiers make a count not exact, and the fields are named;
 * memory is bounded: what binds persons to each other is held together, all else goes to disk and is counted, written and united part
   by part (the reference without the lane keeps everything).

Trust and durability: a run is personal data (pseudonyms); it belongs into the edge's ledger, never beside the counting key.

Sources: DESIGN invariant 5; PIPL article 28 (under 14, cn/pipl-2021#28); CBDF provisions (cn/flow-provisions-2024#7).
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from feiyu.base.clock import Clock, SystemClock, legal_date
from feiyu.base.said import said
from feiyu.scan import identity, kernel, runs
from feiyu.scan.catalogue import SemanticType, get, types
from feiyu.scan.errors import BadRun
from feiyu.scan.links import Column, Numbers
from feiyu.scan.links_native import inside, new_links
from feiyu.scan.model import PersonCounts, Strength

MEMORY_BYTES = 256 << 20
"""A graph that has grown beyond this goes to disk, and a new one is begun."""


FURTHER = "+"
"""Behind a type's id, as what another numbering of the same person counts (``numberings``)."""


def type_of(name: str) -> SemanticType:
    """The type that a place is of."""
    return get(name.removesuffix(FURTHER))


@cache
def orders() -> Mapping[str, int]:
    """The place of each identifying type, the surest first; a type that folds into another shares its place, further numbers have the next."""
    ranked = sorted((one for one in types() if one.strength is not Strength.NONE), key=_place)
    own = [
        name
        for one in ranked
        if one.fold == one.id
        for name in ((one.id, one.id + FURTHER) if one.further else (one.id,))
    ]
    place = {name: i for i, name in enumerate(own)}
    return place | {one.id: place[one.fold] for one in ranked}


def _place(one: SemanticType) -> tuple[bool, int, int]:
    return (one.strength is Strength.WEAK, one.rank, one.order)


@cache
def weak_from() -> int:
    """The first place of a weak type."""
    return min(place for name, place in orders().items() if type_of(name).strength is Strength.WEAK)


@cache
def names() -> tuple[str, ...]:
    """What each place is called: by its type's id."""
    out = {
        place: name for name, place in orders().items() if name.endswith(FURTHER) or get(name).fold == name
    }
    return tuple(out[place] for place in range(len(out)))


class PersonCounter:
    """Counts the persons of a table, batch by batch.

    ``fields``: field name → semantic type id; types that identify nobody are passed over, ``birth_date`` and ``age`` tell who is under 14, in
    doubt who may be: a month or a year of birth by its last day.
    ``sensitive``: fields of which a value makes the persons of its row sensitive. ``inside``: text fields → the types to
    look for inside their values. ``told``: the fields that say something about a person; a row without identifier in
    which all of them are empty counts for nobody (by default every such row counts above). ``spill``: the folder in which files without a
    name are opened when the graph has grown beyond ``memory_bytes`` (by default that of the system).
    """

    def __init__(
        self,
        key: bytes,
        *,
        fields: Mapping[str, str],
        sensitive: Collection[str] = (),
        inside: Mapping[str, Collection[str]] | None = None,
        told: Collection[str] | None = None,
        spill: Path | None = None,
        memory_bytes: int = MEMORY_BYTES,
        clock: Clock | None = None,
    ) -> None:
        self.key = key
        self.mark = identity.fingerprint(key)
        self.columns = tuple(
            self._column(name, type_id) for name, type_id in fields.items() if type_id in orders()
        )
        self.inside = tuple(
            (name, get(type_id).bits, self._column(name, type_id))
            for name, kinds in (inside or {}).items()
            for type_id in sorted(kinds)
            if type_id in orders()
        )
        self.births = tuple(name for name, type_id in fields.items() if type_id == "birth_date")
        self.ages = tuple(name for name, type_id in fields.items() if type_id == "age")
        self.sensitive = tuple(sensitive)
        self.told = None if told is None else tuple(told)
        self._wanted = {
            *(one.name for one in self.columns), *(name for name, _, _ in self.inside),
            *self.sensitive, *self.births, *self.ages, *(self.told or ()),
        }  # fmt: skip
        today = legal_date((clock or SystemClock()).now())
        self.adult = _years_before(today, 14)
        self.damaged: dict[str, int] = {}
        self.links = new_links(len(self.columns))
        self._spill = spill
        self._limit = memory_bytes

    def add(self, batch: pa.RecordBatch) -> None:
        """Take in the rows of one batch."""
        text = {name: kernel.as_text(batch.column(name)) for name in self._wanted}  # each is unfolded once
        found = self.links.add_batch(
            [(one, text[one.name]) for one in self.columns] + self._found_inside(text),
            sensitive=[text[name] for name in self.sensitive],
            births=[text[name] for name in self.births] + [_births(text[name]) for name in self.ages],
            told=None if self.told is None else [text[name] for name in self.told],
            rows=batch.num_rows,
            adult=self.adult,
        )
        for name, count in found.items():
            self.damaged[name] = self.damaged.get(name, 0) + count
        if self.links.memory_bytes > self._limit:
            self.links.spill(self._spill)

    def _column(self, name: str, type_id: str) -> Column:
        place = orders()[type_id]
        return Column(name, place, type_of(type_id).canon, identity.type_key(self.key, names()[place]))

    def _found_inside(self, text: Mapping[str, pa.Array]) -> list[tuple[Column, pa.Array]]:
        """The identifiers inside texts as columns of their own: the first of each row, the second, and so on."""
        out = []
        for name, bits, column in self.inside:
            columns, more = inside(text[name], bits)
            out += [(column, values) for values in columns]
            if more:
                self.damaged[name] = self.damaged.get(name, 0) + 1
        return out

    def counts(self) -> PersonCounts:
        """The count of everything taken in so far."""
        return _counts(self.links.counts(weak_from()), self.damaged)

    def write_run(self, path: Path, *, lasting: bool = True) -> PersonCounts:
        """Write everything taken in so far as one run that ``count_runs`` reads; what it counts. ``lasting``: it outlives a crash."""
        head = runs.Head(
            mark=self.mark, types=names(), loose=self.links.loose_rows(), damaged=dict(self.damaged)
        )
        found = runs.write(path, head, lambda stream: self.links.put(stream, weak_from()), lasting=lasting)
        return _counts(found, self.damaged)


_YOUNG = pa.scalar("20491231", pa.large_string())


def _births(ages: pa.Array) -> pa.Array:
    """A birthday that nobody has had yet for who is under 14 by age, none for everybody else."""
    young = pc.match_substring_regex(pc.cast(ages, pa.large_string()), identity.UNDER_14)
    return pc.if_else(young, _YOUNG, None)


def _years_before(day: date, years: int) -> date:
    """The same day that many years before; who was born after it is younger."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _counts(found: Numbers, damaged: Mapping[str, int]) -> PersonCounts:
    by: dict[str, int] = {}
    for place in sorted(found.by):
        kind = type_of(names()[place]).id
        by[kind] = by.get(kind, 0) + found.by[place]
    return PersonCounts(
        lower=found.everyone.lower,
        counted=found.everyone.counted,
        upper=found.everyone.upper,
        linked=found.linked,
        by=by,
        sensitive=found.sensitive,
        under14=found.minors,
        exact=not damaged,
        damaged=tuple(sorted(damaged)),
    )


def count_runs(
    paths: Iterable[Path], *, spill: Path | None = None, memory_bytes: int = MEMORY_BYTES
) -> PersonCounts:
    """The persons of any union of runs made under one counting key, exactly; ``spill`` and ``memory_bytes`` as for ``PersonCounter``."""
    links, damaged, mark, taken = new_links(), dict[str, int](), None, list[str]()
    try:
        for path in paths:
            taken = [*taken[-7:], path.name]
            with runs.opened(path, mark=mark) as run:
                mark = run.mark
                links.take_in(run, run.places(names()))
                for name, count in run.damaged.items():
                    damaged[name] = damaged.get(name, 0) + count
            if links.memory_bytes > memory_bytes:
                links.spill(spill)
        return _counts(links.counts(weak_from()), damaged)
    except (KeyError, ValueError) as cause:
        raise BadRun(name=", ".join(taken), reason=said(cause)) from cause
