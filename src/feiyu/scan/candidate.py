"""How much speaks for a type in a column, and which types may be meant at all.

Per type the evidence adds up in log-odds: how likely its share of hits is for a column of this type against a foreign column (chance rate),
bounded by what values of its form may say at all, plus what the header says.

Rules this module keeps:
 * a header alone or a check digit alone never decides;
 * a type whose form many things share needs its header; a header that names something else speaks against.

Sources: chance rates measured by the project (``data/types.yaml``).
"""

import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from feiyu.scan import header
from feiyu.scan.catalogue import SemanticType, types
from feiyu.scan.headwords import persons, vague
from feiyu.scan.kernel import ColumnStats
from feiyu.scan.look import AMOUNTS, NOTHING, Look
from feiyu.scan.objections import MOST, Case, doubted, refused
from feiyu.scan.reference import INDEX
from feiyu.scan.untyped import ALL
from feiyu.scan.vocabulary import MATCHED

PRIOR = -4.0
FORM_CHANCE = 0.02
"""The share of foreign values that have one of the writings of a type (``forms``), where the header agrees."""
EXPECTED = 0.95
"""Share of values of its own that a column of a type shows; the rest is dirt."""
ENOUGH = 50.0
"""So many values speak; more of the same kind do not make it surer."""
DAMAGED = (INDEX["prc_damaged"], INDEX["mobile_damaged"])
"""Detectors of numbers that a spreadsheet has rounded."""
TEXT, HANDLE = INDEX["text"], INDEX["handle"]
AMOUNT = 1 << INDEX["amount"]
SINGLE = (HANDLE, INDEX["code"], INDEX["token"])
"""What words of several parts, or beyond ASCII, are; and what passes for a single word of ASCII."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its own header and values.

    ``said`` is what the header says for each type, in order; ``words`` are its words, ``worded`` the types of words that it surely names.
    """

    name: str
    stats: ColumnStats
    seen: Look
    said: tuple[float, ...]
    words: Collection[str]
    worded: Collection[str]

    @classmethod
    def of(cls, name: str, stats: ColumnStats, seen: Look = NOTHING) -> "Column":
        """A column under this header."""
        return cls(name, stats, seen, header.evidence(name), header.said_words(name), header.of_words(name))

    def says(self, one: SemanticType) -> float:
        """What the header says for a type."""
        return self.said[one.order]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A type that may be meant, with its evidence."""

    type: SemanticType
    share: float
    values: float
    header: float
    sampled: int = 0

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


def hits(one: SemanticType, stats: ColumnStats, said: float = 0.0) -> tuple[int, float]:
    """How many values pass the type's detectors, and the chance rate of the detector that counts most."""
    if not one.detectors and one.vocabulary is None:
        return 0, FORM_CHANCE
    if one.vocabulary is not None:
        return stats.listed[one.vocabulary], LISTED_CHANCE
    counts = [
        (stats.hits[bit], chance)
        for bit, chance in one.detectors
        if one.kind != "check" or chance < LOOSE or said >= header.HINT
    ]
    total, chance = min(stats.values, sum(c for c, _ in counts)), max(counts)[1]
    if one.kind == "shape" and len(counts) > 1:
        # detectors of one shape overlap, but for words of several parts and those of a single one
        parted = next((stats.hits[bit] for bit, _ in one.detectors if bit == TEXT), 0)
        single = max((stats.hits[bit] for bit, _ in one.detectors if bit in SINGLE), default=0)
        total = min(stats.values, max(max(counts)[0], parted + single))
    if one.lengths:
        low, high = one.lengths
        total = min(
            total,
            sum(stats.lengths[low : high + 1]) + (stats.lengths[-1] if high >= len(stats.lengths) else 0),
        )
    return total, chance


def likelihood(count: int, values: int, chance: float) -> float:
    """The log-odds of a share of hits, for a column of the type against a foreign one."""
    weight = min(values, ENOUGH) / values
    yes, no = math.log(EXPECTED / chance), math.log((1 - EXPECTED) / (1 - chance))
    return weight * (count * yes + (values - count) * no)


def _may_be_written(one: SemanticType, column: Column) -> bool:
    """Whether the writings of a type are worth a look under this header."""
    said, words = column.says(one), column.words
    if one.forms_with:
        named = one.id == "name_latin" and (
            (said >= header.EXACT and vague().isdisjoint(words))
            or (said >= header.TAIL and not persons().isdisjoint(words))
        )
        return (
            said >= header.SURE or named or (said >= header.HINT and any(_ends(word, one) for word in words))
        )
    return one.forms_alone or said >= header.HINT


def _ends(word: str, one: SemanticType) -> bool:
    """Whether a word of a header is, or a Chinese one ends with, one that calls for the writings of a type."""
    return word in one.forms_with or (
        not word.isascii() and any(word.endswith(end) for end in one.forms_with if not end.isascii())
    )


def candidate(one: SemanticType, column: Column) -> Candidate | None:
    """The evidence for one type, None where nothing speaks for it."""
    stats, seen, said = column.stats, column.seen, column.says(one)
    count, chance = hits(one, stats, said)
    sampled = 0
    for share, at_least, rate in _second_looks(one, column) if count < ALL * stats.values else ():
        if count < ALL * stats.values and share >= at_least and share * stats.values > count:
            count, chance, sampled = round(share * stats.values), rate or chance, len(seen.values)
    if count < ALL * stats.values and _any_words(one, column):
        return Candidate(one, 1.0, min(WORD_CAP, likelihood(stats.values, stats.values, WORD_CHANCE)), said)
    case = Case(one, count, stats, said, seen, column.words)
    if count == 0 or (one.needs_header and case.untold) or refused(case):
        return None
    cap = one.cap + _many_words(one, count, stats)
    if one.id == "ipv4" and seen.share(HOSTS) >= MOST:
        cap += 2.0  # versions do not count so far
    value = min(cap, likelihood(count, stats.values, chance)) - doubted(case)
    if one.id == "name_latin" and said == 0.0 and stats.distinct() >= NAMES and _all_named(one, case):
        value = min(LATIN_CAP, likelihood(count, stats.values, chance))
    return Candidate(one, count / stats.values, value, said, sampled)


def _second_looks(one: SemanticType, column: Column) -> Iterator[tuple[float, float, float | None]]:
    """Shares of the sample that look like a type otherwise than to its detectors: each with the least that counts, and its chance rate."""
    seen, said = column.seen, column.says(one)
    if one.forms is not None and _may_be_written(one, column):
        days = seen.loose_days if one.id == "birth_date" else 0.0
        yield max(seen.form_share(one), days), MOST, FORM_CHANCE
    if one.vocabulary is not None and may_be_listed(column.stats):
        yield seen.listed[one.vocabulary], NEARLY if said < header.HINT else MOST, LISTED_CHANCE
    if one.bits & AMOUNT and said >= header.HINT:
        yield seen.share(AMOUNTS), 0.0, None  # numbers with their unit or currency


def _any_words(one: SemanticType, column: Column) -> bool:
    """Whether the header surely names a type of words, and the values are words that are of nothing else."""
    stats, seen = column.stats, column.seen
    return (
        one.id in column.worded
        and not _in_another(one, stats)
        and not (one.unlike is not None and seen.share(one.unlike.pattern) >= MOST)
        and (_worded(column, column.says(one)) or (one.id == "medical_text" and seen.share(SIGNS) >= ALL))
    )


WORD_CHANCE, WORD_CAP = 0.3, 0.5
"""How often a foreign column is of words, and how much it says that one is, under a header that names a type of words surely."""


def _worded(column: Column, said: float) -> bool:
    """Whether nearly all values are words, several different ones, and not sentences, names of persons or addresses."""
    stats, seen = column.stats, column.seen
    named = max(stats.hits[INDEX[one]] for one in ("name_cn", "name_latin", "address_cn"))
    if stats.distinct() < DIFFERENT - (said >= header.EXACT) or named >= 0.5 * stats.values:
        return False
    return stats.hits[TEXT] + stats.hits[HANDLE] >= ALL * stats.values and seen.share(TERMS) >= ALL


def _in_another(one: SemanticType, stats: ColumnStats) -> bool:
    """Whether half of the values stand in a list of another type."""
    return one.kind == "vocab" and any(
        count >= 0.5 * stats.values
        for position, count in enumerate(stats.listed)
        if position not in (one.vocabulary, COUNTRIES)
    )


COUNTRIES = MATCHED.index("country")
SIGNS = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]{1,20}")
"""Words of any length in the script of the header: eggs are one character of an allergy."""
TERMS, DIFFERENT = re.compile(r"[^\W\d_][^。！？；;!?\n\t]{1,59}"), 3
"""Words that are no sentences; fewer different ones say nothing of what they are; two do under a header
that is a word for the type as a whole."""


HOSTS = re.compile(r"(?=.*[0-9]{3})[0-9]{1,3}(?:\.[0-9]{1,3}){3}", re.ASCII)
"""Addresses with a number of three digits in them."""


def _many_words(one: SemanticType, count: int, stats: ColumnStats) -> float:
    """What it adds that many different words stand in a list and hardly any besides."""
    if one.kind != "vocab" or count < ALL * stats.values:
        return 0.0
    return max(0.0, min(4.0, 0.6 * (stats.distinct() - 3)))


def passing(stats: ColumnStats) -> list[SemanticType]:
    """The types of which any value passes a detector or stands in the list."""
    passed = sum(1 << bit for bit, count in enumerate(stats.hits) if count)
    return [
        one
        for one in types()
        if (one.bits & passed if one.vocabulary is None else stats.listed[one.vocabulary])
    ]


def may_be_listed(stats: ColumnStats) -> bool:
    """Whether values may be of a list in another language: few differ, and they are neither numbers nor days."""
    numbers = max(stats.hits[INDEX["number"]], stats.hits[INDEX["date"]])
    return numbers < 0.5 * stats.values and stats.distinct() <= max(FEW_WORDS, 0.5 * stats.values)


FEW_WORDS = 32
"""So many different values may be of one list however few rows there are."""
NEARLY = 0.9
"""So many do where the header says nothing: neighbours and others take parcels in."""
LISTED_CHANCE = 0.02
"""The share of foreign values that stand in a list."""


def possible(column: Column) -> list[SemanticType]:
    """The types of which values pass, may be written, may be words, or stand in lists of other languages, under the header."""
    passed = {one.order for one in passing(column.stats)}
    listed = column.seen.listed if may_be_listed(column.stats) else ()
    return [
        one
        for one in types()
        if one.order in passed
        or one.id in column.worded
        or (listed and one.vocabulary is not None and listed[one.vocabulary] >= MOST)
        or (one.forms is not None and (one.forms_alone or column.says(one) >= header.HINT))
    ]


def _all_named(one: SemanticType, case: Case) -> bool:
    """Whether all values hold a known Latin name, or most do and the others are written alike."""
    return case.share >= ALL or (case.share >= 0.8 and case.seen.form_share(one) >= ALL)


NAMES, LATIN_CAP = 12, 4.6
"""So many different values that all hold a known Latin name are names, whatever a header that says nothing."""
LOOSE = 0.25
"""A detector of a checked type that so many foreign values pass counts only under a header that agrees."""
