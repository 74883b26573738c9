"""What a scan answers: fields, persons, profile.

Rules this module keeps:
 * a profile holds no clear value: samples are masked before they get here;
 * ``lower <= counted <= upper`` for every count of persons;
 * ``as_dict`` and ``of`` are inverses, and ``format`` names the version of the shape.

Sources: DESIGN invariant 5 (three numbers); GB/T 43697-2024 (levels).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from feiyu.base.persons import NOBODY, Three
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.scan.errors import BadProfile

FORMAT = "feiyu-profile/1"
UNDECIDED = Text("未判定。", "Not decided.")


class Strength(StrEnum):
    """How surely a value points at one natural person."""

    STRONG = "strong"
    WEAK = "weak"
    NONE = "none"


class Level(StrEnum):
    """The suspected level of GB/T 43697; only a signed human finding sets it."""

    GENERAL = "general"
    IMPORTANT = "important"
    CORE = "core"


class State(StrEnum):
    """Whether the content of a field was understood by a reader."""

    READ = "read"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCounts:
    """How many natural persons a table, or a union of runs, is about.

    ``linked`` is the number of plain connected components over all identifiers. ``by`` counts distinct identifiers
    by semantic type. ``exact`` is False when damaged identifiers make an exact number impossible; ``damaged``
    then names the fields.
    """

    lower: int = 0
    counted: int = 0
    upper: int = 0
    linked: int = 0
    by: Mapping[str, int] = field(default_factory=dict)
    sensitive: Three = NOBODY
    under14: Three = NOBODY
    exact: bool = True
    damaged: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The wire form."""
        return {
            "linked": self.linked,
            "counted": self.counted,
            "lower": self.lower,
            "upper": self.upper,
            "by": dict(self.by),
            "exact": self.exact,
            "damaged": list(self.damaged),
            "sensitive": self.sensitive.as_dict(),
            "under14": self.under14.as_dict(),
        }

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> "PersonCounts":
        """Read the wire form."""
        return cls(
            lower=value["lower"],
            counted=value["counted"],
            upper=value["upper"],
            linked=value["linked"],
            by=dict(value["by"]),
            exact=value["exact"],
            damaged=tuple(value.get("damaged", ())),
            sensitive=Three.of(value["sensitive"]),
            under14=Three.of(value["under14"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column and what it holds.

    ``type`` is a semantic type id or ``text|number|date|boolean|category|empty|unknown``; ``also`` are types that a
    minority of whole values has; ``embedded`` are types found inside text; ``distinct`` is exact up to 4,096 and an
    estimate above. ``sensitive`` names nothing: it only says whether a sensitive type is among them. ``counts_as``: the built-in identifier
    in whose place a user's own type, or a driving licence of another state, counts persons; with a plus behind it, another numbering of the same person.
    """

    index: int
    name: str
    type: str
    also: tuple[str, ...] = ()
    embedded: tuple[str, ...] = ()
    confidence: int = 0
    level: Level = Level.GENERAL
    category: str = "other"
    personal: bool = False
    sensitive: bool = False
    state: State = State.READ
    nulls: int = 0
    distinct: int = 0
    samples: tuple[str, ...] = ()
    reason: Text = UNDECIDED
    damaged: bool = False
    counts_as: str | None = None

    @property
    def holds(self) -> tuple[str, ...]:
        """Every type found in the field, the main one first."""
        return (self.type, *self.also, *self.embedded)

    def as_dict(self) -> dict[str, object]:
        """The wire form."""
        return {
            "index": self.index,
            "name": self.name,
            "type": self.type,
            "also": list(self.also),
            "embedded": list(self.embedded),
            "confidence": self.confidence,
            "level": self.level.value,
            "category": self.category,
            "personal": self.personal,
            "sensitive": self.sensitive,
            "state": self.state.value,
            "nulls": self.nulls,
            "distinct": self.distinct,
            "samples": list(self.samples),
            "reason": self.reason.as_dict(),
            "damaged": self.damaged,
            **({"counts_as": self.counts_as} if self.counts_as else {}),
        }

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> "Field":
        """Read the wire form."""
        return cls(
            index=value["index"],
            name=value["name"],
            type=value["type"],
            also=tuple(value["also"]),
            embedded=tuple(value["embedded"]),
            confidence=value["confidence"],
            level=Level(value["level"]),
            category=value["category"],
            personal=value["personal"],
            sensitive=value["sensitive"],
            state=State(value["state"]),
            nulls=value["nulls"],
            distinct=value["distinct"],
            samples=tuple(value["samples"]),
            reason=Text.of(value["reason"]),
            damaged=value.get("damaged", False),
            counts_as=value.get("counts_as"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TableProfile:
    """One table: its fields and its persons."""

    name: str
    rows: int
    fields: tuple[Field, ...]
    persons: PersonCounts = PersonCounts()

    def as_dict(self) -> dict[str, object]:
        """The wire form."""
        return {
            "name": self.name,
            "rows": self.rows,
            "fields": [one.as_dict() for one in self.fields],
            "persons": self.persons.as_dict(),
        }

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> "TableProfile":
        """Read the wire form."""
        return cls(
            name=value["name"],
            rows=value["rows"],
            fields=tuple(Field.of(one) for one in value["fields"]),
            persons=PersonCounts.of(value["persons"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInfo:
    """Where the data came from: a name without folder, a format, a size."""

    name: str
    format: str
    size_bytes: int

    def as_dict(self) -> dict[str, object]:
        """The wire form."""
        return {"name": self.name, "format": self.format, "size_bytes": self.size_bytes}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The answer of a scan."""

    source: SourceInfo
    tables: tuple[TableProfile, ...]
    partial: bool = False
    warnings: tuple[Text, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of all tables, in order."""
        return tuple(one for table in self.tables for one in table.fields)

    def as_dict(self) -> dict[str, object]:
        """The wire form."""
        return {
            "format": FORMAT,
            "source": self.source.as_dict(),
            "partial": self.partial,
            "warnings": [one.as_dict() for one in self.warnings],
            "tables": [one.as_dict() for one in self.tables],
        }

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> "Profile":
        """Read the wire form; a shape that is not ours is refused with the place that is missing."""
        if value.get("format") != FORMAT:
            raise BadProfile(
                reason=Text(f"格式为 {value.get('format')!r}", f"format {value.get('format')!r}")
            )
        try:
            source = value["source"]
            return cls(
                source=SourceInfo(
                    name=source["name"], format=source["format"], size_bytes=source["size_bytes"]
                ),
                tables=tuple(TableProfile.of(one) for one in value["tables"]),
                partial=value["partial"],
                warnings=tuple(Text.of(one) for one in value["warnings"]),
            )
        except (KeyError, TypeError, ValueError) as cause:
            raise BadProfile(reason=said(cause)) from cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """A field of one batch holds what was not expected there; ``row`` counts from 0 inside the batch."""

    field: str
    found: str
    expected: str
    row: int
    example: str
    hits: int
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a scan is; ``total_bytes`` is 0 when unknown."""

    table: str
    rows: int
    bytes_read: int
    total_bytes: int
    seconds: float


def worst(levels: Sequence[Level]) -> Level:
    """The highest of some levels (the stricter governs, GB/T 43697)."""
    order = list(Level)
    return max(levels, key=order.index, default=Level.GENERAL)
