"""Count natural persons exactly, by the stated rule, without keeping an identifier.

Rules this module keeps:
 * only keyed digests are held or written, never an identifier (``identity``); runs under another key are refused;
 * the rule of ``links``: strong identifiers never merge through weak ones, shared ones link nothing, rows without identifier count above;
 * runs of any number of files, machines and days give together what one pass over all rows would give;
 * damaged identifiers make a count not exact, and the fields are named.

Trust and durability: a run is personal data (pseudonyms); it belongs into the edge's ledger, never beside the counting key.

Sources: DESIGN invariant 5; PIPL article 28 (under 14, cn/pipl-2021#28); CBDF provisions (cn/flow-provisions-2024#7).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pyarrow as pa

from feiyu.base.clock import Clock, SystemClock, legal_date
from feiyu.scan import identity, kernel, runs
from feiyu.scan.catalogue import SemanticType, get, types
from feiyu.scan.links import MINOR, SENSITIVE, Links
from feiyu.scan.model import PersonCounts, Strength

MEMORY_BYTES = 512 << 20
NODE_BYTES = 400
"""What one identifier costs in the reference."""


@cache
def orders() -> Mapping[str, int]:
    """The place of each identifying type, the surest first; a type that folds into another shares its place."""
    ranked = sorted((one for one in types() if one.strength is not Strength.NONE), key=_place)
    own = {one.id: i for i, one in enumerate(one for one in ranked if one.fold == one.id)}
    return {one.id: own[one.fold] for one in ranked}


def _place(one: SemanticType) -> tuple[bool, int, int]:
    return (one.strength is Strength.WEAK, one.rank, one.order)


@cache
def weak_from() -> int:
    """The first place of a weak type."""
    return min(place for type_id, place in orders().items() if get(type_id).strength is Strength.WEAK)


@cache
def names() -> tuple[str, ...]:
    """The type behind each place."""
    out = {place: get(type_id).fold for type_id, place in orders().items()}
    return tuple(out[place] for place in range(len(out)))


@dataclass(frozen=True, slots=True)
class Column:
    """A field that identifies: its place among the types, how its values are written, its digest key."""

    name: str
    order: int
    canon: str
    key: bytes


class PersonCounter:
    """Counts the persons of a table, batch by batch.

    ``fields``: field name → semantic type id; types that identify nobody are passed over, ``birth_date`` tells who is under 14.
    ``sensitive``: fields of which a value makes the persons of its row sensitive.
    """

    def __init__(
        self,
        key: bytes,
        *,
        fields: Mapping[str, str],
        sensitive: Collection[str] = (),
        spill: Path | None = None,
        memory_bytes: int = MEMORY_BYTES,
        clock: Clock | None = None,
    ) -> None:
        self.key = key
        self.mark = identity.fingerprint(key)
        self.columns = tuple(
            Column(name, orders()[type_id], get(type_id).canon, identity.type_key(key, get(type_id).fold))
            for name, type_id in fields.items()
            if type_id in orders()
        )
        self.births = tuple(name for name, type_id in fields.items() if type_id == "birth_date")
        self.sensitive = tuple(sensitive)
        today = legal_date((clock or SystemClock()).now())
        self.adult = _years_before(today, 14)
        self.damaged: dict[str, int] = {}
        self.links = Links()
        self._spill = spill
        self._limit = memory_bytes
        self._spilled: list[Path] = []

    def add(self, batch: pa.RecordBatch) -> None:
        """Take in the rows of one batch."""
        columns = [(one, self._texts(batch, one.name)) for one in self.columns]
        flags = self._flags(batch)
        for row in range(batch.num_rows):
            found = []
            for one, texts in columns:
                value = texts[row]
                if value and (key := identity.canonical(value, one.canon)):
                    found.append(
                        (one.order, identity.siphash128(one.key, key.encode()), self._own(key, one.canon))
                    )
                elif value and identity.damaged(value):
                    self.damaged[one.name] = self.damaged.get(one.name, 0) + 1
            self.links.add(found, flags[row])
        if self._spill is not None and len(self.links.nodes) * NODE_BYTES > self._limit:
            path = self._spill / f"persons-{len(self._spilled):05d}.run"
            self.write_run(path)
            self._spilled.append(path)
            self.links = Links()

    def counts(self) -> PersonCounts:
        """The count of everything taken in so far."""
        links = self.links
        if self._spilled:
            links = Links()
            links.merge(self.links)
            for path in self._spilled:
                links.merge(runs.read(path).links)
        return _counts(links, self.damaged)

    def write_run(self, path: Path) -> None:
        """Write what was taken in since the last spill as a run that ``count_runs`` reads."""
        runs.write(
            path, runs.Run(mark=self.mark, types=names(), links=self.links, damaged=dict(self.damaged))
        )

    @staticmethod
    def _texts(batch: pa.RecordBatch, name: str) -> list[str | None]:
        texts: list[str | None] = kernel.as_text(batch.column(name)).to_pylist()
        return texts

    def _flags(self, batch: pa.RecordBatch) -> list[int]:
        flags = [0] * batch.num_rows
        for name in self.sensitive:
            for row, value in enumerate(self._texts(batch, name)):
                if value is not None and kernel.judge(value)[0]:
                    flags[row] |= SENSITIVE
        for name in self.births:
            for row, value in enumerate(self._texts(batch, name)):
                day = identity.day_of(value) if value else None
                if day is not None and day > self.adult:
                    flags[row] |= MINOR
        return flags

    def _own(self, key: str, canon: str) -> int:
        day = identity.birth(key) if canon in ("prc", "student") else None
        return MINOR if day is not None and day > self.adult else 0


def _years_before(day: date, years: int) -> date:
    """The same day that many years before; who was born after it is younger."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _counts(links: Links, damaged: Mapping[str, int]) -> PersonCounts:
    everyone, sensitive, minors, by = links.counts(weak_from())
    return PersonCounts(
        lower=everyone.lower,
        counted=everyone.counted,
        upper=everyone.upper,
        linked=everyone.lower,
        by={names()[place]: by[place] for place in sorted(by)},
        sensitive=sensitive,
        under14=minors,
        exact=not damaged,
        damaged=tuple(sorted(damaged)),
    )


def count_runs(paths: Iterable[Path]) -> PersonCounts:
    """The persons of any union of runs made under one counting key, exactly."""
    links, damaged, mark = Links(), dict[str, int](), b""
    for path in paths:
        run = runs.read(path, mark=mark or None)
        mark = run.mark
        links.merge(run.relabelled(names()).links)
        for name, count in run.damaged.items():
            damaged[name] = damaged.get(name, 0) + count
    return _counts(links, damaged)
