"""Decide what a column holds, and why.

Per type the evidence adds up in log-odds: how likely its share of hits is for a column of this type against a foreign column (chance rate),
bounded by what values of its form may say at all, plus what the header says. The best type above nought wins.

Rules this module keeps:
 * a header alone or a check digit alone never decides;
 * a type whose form many things share needs its header; a header that names something else speaks against;
 * the minority is told: types of single whole values in ``also``, identifiers inside texts in ``embedded``;
 * every answer has a reason in both languages, and samples are masked.

Sources: chance rates measured by the project (``data/types.yaml``); GB/T 43697-2024; GB/T 45574-2025.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feiyu.base.text import Text
from feiyu.scan import header, reference
from feiyu.scan.catalogue import SemanticType, by_id, types
from feiyu.scan.kernel import ColumnStats
from feiyu.scan.model import Field, Level, Strength, worst
from feiyu.scan.vocabulary import MATCHED

PRIOR = -4.0
EXPECTED = 0.95
"""Share of values of its own that a column of a type shows; the rest is dirt."""
ENOUGH = 50.0
"""So many values speak; more of the same kind do not make it surer."""
INDEX = {name: i for i, name in enumerate(reference.NAMES)}
DAMAGED = (INDEX["prc_damaged"], INDEX["mobile_damaged"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """A type that may be meant, with its evidence."""

    type: SemanticType
    share: float
    values: float
    header: float

    @property
    def total(self) -> float:
        """The log-odds."""
        return PRIOR + self.values + self.header

    @property
    def decisive(self) -> bool:
        """Whether the values carry weight of their own."""
        return self.type.kind != "shape" and self.values > 3

    @property
    def confidence(self) -> int:
        """Percent, never 100."""
        return min(99, round(100 / (1 + math.exp(-self.total))))


def hits(one: SemanticType, stats: ColumnStats) -> tuple[int, float]:
    """How many values pass the type's detectors, and the chance rate of the detector that counts most."""
    if one.vocabulary is not None:
        return stats.listed[one.vocabulary], 0.02
    counts = [(stats.hits[bit], chance) for bit, chance in one.detectors]
    total, chance = min(stats.values, sum(c for c, _ in counts)), max(counts)[1]
    if one.kind == "shape" and len(counts) > 1:
        total = max(counts)[0]
    if one.lengths:
        low, high = one.lengths
        total = min(
            total,
            sum(list(stats.lengths)[low : high + 1])
            + (stats.lengths[-1] if high >= len(stats.lengths) else 0),
        )
    return total, chance


def likelihood(count: int, values: int, chance: float) -> float:
    """The log-odds of a share of hits, for a column of the type against a foreign one."""
    weight = min(values, ENOUGH) / values
    yes, no = math.log(EXPECTED / chance), math.log((1 - EXPECTED) / (1 - chance))
    return weight * (count * yes + (values - count) * no)


def candidate(one: SemanticType, stats: ColumnStats, said: float) -> Candidate | None:
    """The evidence for one type, None where nothing speaks for it."""
    count, chance = hits(one, stats)
    if count == 0 or (one.needs_header and said < header.HINT):
        return None
    value = min(one.cap, likelihood(count, stats.values, chance))
    if one.kind == "vocab" and stats.distinct() < 2 and said < header.TAIL:
        value -= 2
    if one.id == "name_cn" and said < header.HINT:
        distinct = stats.distinct()
        if distinct < 5 or (distinct < 40 and distinct < 0.3 * stats.values):
            value -= 3
    return Candidate(one, count / stats.values, value, said)


def possible(stats: ColumnStats) -> list[SemanticType]:
    """The types of which any value passes a detector or stands in the list."""
    passed = sum(1 << bit for bit, count in enumerate(stats.hits) if count)
    return [
        one
        for one in types()
        if (one.bits & passed if one.vocabulary is None else stats.listed[one.vocabulary])
    ]


def choose(name: str, stats: ColumnStats) -> tuple[Candidate | None, list[Candidate]]:
    """The best type, and all that stand above nought."""
    said = header.evidence(name)
    found = [
        c
        for one in possible(stats)
        if (c := candidate(one, stats, said[one.order])) is not None and c.total > 0
    ]
    if not found:
        return None, []
    decisive = [c for c in found if c.decisive]
    named = [c for c in found if c.header >= header.TAIL and c.type.kind != "shape"]
    best = max(named or decisive or found, key=lambda c: (c.total, -c.type.order))
    return best, found


def generic(stats: ColumnStats) -> tuple[str, Text]:
    """What a column is that has no semantic type."""
    n = stats.values
    if n == 0:
        return "empty", Text("没有任何值。", "There are no values.")
    dates = stats.hits[INDEX["date"]]
    numbers = stats.hits[INDEX["number"]]
    distinct = stats.distinct()
    if dates >= 0.9 * n:
        return "date", Text(f"{dates / n:.0%} 的值是日期。", f"{dates / n:.0%} of the values are dates.")
    if stats.listed[MATCHED.index("boolean")] >= 0.98 * n and distinct <= 4:
        return "boolean", Text("只有是与否两类值。", "There are only values for yes and no.")
    if numbers >= 0.95 * n:
        return "number", Text(
            f"{numbers / n:.0%} 的值是数字。", f"{numbers / n:.0%} of the values are numbers."
        )
    if n >= 8 and distinct <= min(1000, 0.5 * n) and sum(list(stats.lengths)[:49]) >= 0.95 * n:
        return "category", Text(f"只有 {distinct} 种取值。", f"There are only {distinct} different values.")
    return "text", Text("没有已知形式的文本。", "Text without a known form.")


def others(best: SemanticType | None, stats: ColumnStats) -> tuple[str, ...]:
    """Types that a minority of whole values has, beyond chance."""
    return tuple(one.id for one in possible(stats) if one is not best and _minority(one, best, stats))


def _minority(one: SemanticType, best: SemanticType | None, stats: ColumnStats) -> bool:
    sure = (
        one.embed
        or one.kind == "mark"
        or one.category == "credential"
        or (one.kind == "check" and one.cap >= 4.6)
    )
    if not sure or one.needs_header or one.vocabulary is not None:
        return False
    if not (one.personal or one.kind == "mark" or one.category == "credential"):
        return False
    if best is not None and (one.fold == best.fold or one.bits & best.bits):
        return False
    count, chance = max((stats.hits[bit], chance) for bit, chance in one.detectors if bit not in DAMAGED)
    if count == 0:
        return False
    alike = sum(stats.lengths[min(size, LONG)] for size in {len(value.encode()) for value in one.positive})
    if chance > LIKELY and alike >= 0.5 * stats.values:
        return luck(count, alike * chance) < RARE
    others_alike = max(0, stats.hits[INDEX["code"]] - count) * chance
    return count > 4 * others_alike + (3 if others_alike > 0.05 else 0)


LIKELY, RARE, LONG = 0.005, 1e-4, 65
"""Above this chance rate a column of values of the same length is judged by luck; so rare must luck be to be none; the last bucket."""


def luck(count: int, mean: float) -> float:
    """How likely so many or more hits are by chance alone (the tail of a Poisson law)."""
    if count > mean + 10 * math.sqrt(mean) + 10:
        return 0.0
    term, below = math.exp(-mean), 0.0
    for k in range(count):
        below += term
        term *= mean / (k + 1)
    return max(0.0, 1.0 - below)


def inside(stats: ColumnStats) -> tuple[str, ...]:
    """Types found inside texts."""
    return tuple(
        one.id for one in types() if one.embed and any(stats.inside[bit] for bit, _ in one.detectors)
    )


def decide(index: int, name: str, stats: ColumnStats, samples: Sequence[str] = ()) -> Field:
    """What one column holds, from its own values and header."""
    best, found = choose(name, stats) if stats.values else (None, [])
    kind, reason = generic(stats)
    if best is not None:
        kind, reason = best.type.id, why(best, stats)
    also = list(others(best.type if best else None, stats)) if stats.values else []
    also += [
        c.type.id
        for c in found
        if best
        and c.type is not best.type
        and c.type.sensitive
        and c.header >= header.TAIL
        and c.type.id not in also
    ]
    embedded = inside(stats)
    return finished(
        Field(
            index=index,
            name=name,
            type=kind,
            also=tuple(also),
            embedded=embedded,
            confidence=best.confidence if best else 0 if kind in ("empty", "unknown") else 80,
            nulls=stats.nulls,
            distinct=stats.distinct(),
            samples=tuple(samples),
            reason=reason,
            damaged=bool(best and any(stats.hits[bit] for bit, _ in best.type.detectors if bit in DAMAGED)),
        )
    )


def finished(field: Field) -> Field:
    """The field with what follows from its types: personal, sensitive, category, level."""
    held = [by_id()[one] for one in field.holds if one in by_id()]
    return replace(
        field,
        personal=field.personal or any(one.personal for one in held),
        sensitive=field.sensitive or any(one.sensitive is not None and one.personal for one in held),
        category=held[0].category if held else "other",
        level=worst([one.level for one in held]) if held else Level.GENERAL,
    )


def why(best: Candidate, stats: ColumnStats) -> Text:
    """The reason for an answer."""
    one, share = best.type, best.share
    zh, en = [], []
    if one.kind == "check":
        zh.append(f"{share:.0%} 的值通过“{one.names.zh}”的校验")
        en.append(f"{share:.0%} of the values pass the check of {one.names.en}")
    elif one.kind == "vocab":
        zh.append(f"{share:.0%} 的值在“{one.names.zh}”的取值表中")
        en.append(f"{share:.0%} of the values are in the list of {one.names.en}")
    else:
        zh.append(f"{share:.0%} 的值符合“{one.names.zh}”的形式")
        en.append(f"{share:.0%} of the values have the form of {one.names.en}")
    if best.header >= header.PART:
        zh.append("列名也这样表示")
        en.append("the header says so too")
    elif best.header >= header.HINT:
        zh.append("列名与此相符")
        en.append("the header agrees")
    elif best.header < 0:
        zh.append("尽管列名另有所指")
        en.append("although the header says otherwise")
    damaged = sum(stats.hits[bit] for bit, _ in one.detectors if bit in DAMAGED)
    if damaged:
        zh.append(f"其中 {damaged} 个值被电子表格转成数字而损坏，无法还原")
        en.append(
            f"{damaged} of them were damaged by a spreadsheet that made them numbers and cannot be restored"
        )
    return Text("，".join(zh) + "。", "; ".join(en) + ".")


PLACES = ("longitude", "latitude", "lonlat")
TIMES = ("date", "datetime", "timestamp")


def in_context(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Look at each field beside its neighbours: coordinates beside a person or vehicle are personal, with a time they are a track."""
    held = {one for field in fields for one in (field.type, *field.also)}
    reaches = any(one in by_id() and by_id()[one].strength is not Strength.NONE for one in held)
    point = "lonlat" in held or {"longitude", "latitude"} <= held
    if not reaches or not point:
        return tuple(_lonely(field, held) for field in fields)
    timed = bool(held & set(TIMES)) or any(_looks_timed(field) for field in fields)
    return tuple(_placed(field, timed=timed) if field.type in PLACES else field for field in fields)


def _looks_timed(field: Field) -> bool:
    return field.type in ("number", "category", "text") and bool(
        {"time", "ts", "hour", "时间", "时刻"} & set(header.tokens(field.name))
    )


def _placed(field: Field, *, timed: bool) -> Field:
    if timed:
        reason = Text(
            f"{field.reason.zh}与人员或车辆标识及时间同表，构成行踪轨迹。",
            f"{field.reason.en} Beside an identifier of a person or vehicle and a time it is a trajectory.",
        )
        return finished(replace(field, type="trajectory", also=(field.type, *field.also), reason=reason))
    reason = Text(
        f"{field.reason.zh}与人员或车辆标识同表，属于精准定位。",
        f"{field.reason.en} Beside an identifier of a person or vehicle it is a precise location.",
    )
    return replace(finished(field), personal=True, sensitive=True, reason=reason)


SHIPS = {"imo_number", "mmsi", "vessel_name", "voyage_no"}


def _lonely(field: Field, held: set[str]) -> Field:
    """A track of ships, in a table that identifies no person, is nobody's."""
    if field.type != "trajectory" or not held & SHIPS or any(_identifies(one) for one in held):
        return field
    reason = Text(
        f"{field.reason.zh}同表只有船舶标识，没有人员标识。",
        f"{field.reason.en} The table identifies ships and no person.",
    )
    return replace(field, personal=False, sensitive=False, reason=reason)


def _identifies(type_id: str) -> bool:
    one = by_id().get(type_id)
    return one is not None and (one.strength is not Strength.NONE or one.category == "personal_basic")
