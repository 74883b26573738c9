"""What a column holds besides what it is: single values of another type, and identifiers inside texts.

Rules this module keeps:
 * the minority is told: types of single whole values in ``also``, identifiers inside texts in ``embedded``;
 * of many like numbers a few pass a check by chance: only what luck does not explain is told (the tail of a Poisson law);
 * better a person too many is told than one too few: texts are doubted less than numbers of things.

Sources: chance rates measured by the project (``data/types.yaml``).
"""

import math
import re

from feiyu.scan import header, reference
from feiyu.scan.candidate import DAMAGED, LOOSE, Candidate, Column, passing
from feiyu.scan.catalogue import SemanticType, types
from feiyu.scan.kernel import ColumnStats
from feiyu.scan.look import NOTHING, Look
from feiyu.scan.model import Strength
from feiyu.scan.objections import MOST, Case, begun_otherwise, by_scheme, moments, written_otherwise
from feiyu.scan.reference import INDEX
from feiyu.scan.untyped import ALL, LONG


def others(best: Candidate | None, column: Column) -> tuple[str, ...]:
    """Types that a minority of whole values has, beyond chance; or that the header of papers of persons has beside the commonest."""
    papers = best is not None and best.type.strength is Strength.STRONG
    return tuple(
        one.id
        for one in passing(column.stats)
        if one.detectors
        and (best is None or one is not best.type)
        and (
            (papers and column.says(one) >= header.HINT and _another_paper(one, column.stats))
            or _minority(one, best, column)
        )
    )


def _another_paper(one: SemanticType, stats: ColumnStats) -> bool:
    """Whether several values have the form of another paper of persons that has a form of its own."""
    count = max(stats.hits[bit] for bit, _ in one.detectors)
    return one.id in PAPERS and PAPERS_LEAST <= count < stats.values


PAPERS, PAPERS_LEAST = ("passport_cn", "home_return_permit", "exit_entry_permit", "hkid", "macao_bir", "taiwan_id", "residence_permit_hmt", "foreign_permanent_resident"), 2  # fmt: skip
"""Papers whose numbers begin with letters, or hold a check or a district of their own."""


def _minority(one: SemanticType, best: Candidate | None, column: Column) -> bool:
    """Whether more values have a type than chance gives it, and nothing else explains them."""
    stats, seen, words = column.stats, column.seen, column.words
    sure = (
        one.embed
        or one.kind == "mark"
        or one.category == "credential"
        or (one.kind == "check" and one.cap >= 4.6)
    )
    if not sure or one.kind == "shape" or one.needs_header or one.vocabulary is not None:
        return False
    if not (one.personal or one.kind == "mark" or one.category == "credential" or one.id == "uscc"):
        return False
    if best is not None and best.header >= header.TAIL and by_scheme(one, header.OTHERWISE, seen, words):
        return False
    if best is not None and (one.fold == best.type.fold or one.bits & best.type.bits):
        return False
    count, chance, bit = max(
        (stats.hits[bit], chance, bit)
        for bit, chance in one.detectors
        if bit not in DAMAGED and (one.kind != "check" or chance < LOOSE)
    )
    case = Case(one, count, stats, 0.0, seen, words)
    if (
        count == 0
        or moments(case)
        or (case.share >= MOST and (written_otherwise(case) or begun_otherwise(case)))
    ):
        return False
    if one.id == "bank_card" and count < MOST * stats.values and seen.luhn >= ALL:
        return False  # numbers of another issuer that all carry the same check digit
    if chance > LIKELY and (
        seen.counts_up or (best is not None and best.share >= ALL and best.type.kind == "check")
    ):
        return False
    _, least, most, _, _ = reference.DETECTORS[bit]
    alike = min(
        sum(stats.lengths[least : min(most, LONG - 1) + 1]), stats.hits[INDEX["code"]] or stats.values
    )
    if bit == INDEX["prc15"] and alike >= 0.5 * stats.values:
        return False  # in a column of fifteen digits some hold a day
    if bit == INDEX["prc18"] and seen.share(CENTURY) >= MOST:
        return luck(count, alike * DATED) < RARE
    if chance > LIKELY and alike >= 0.5 * stats.values:
        return luck(count, alike * _digit_chance(one, chance)) < RARE
    others_alike = max(0, alike - count) * chance
    return count > 4 * others_alike + (3 if others_alike > 0.05 else 0)


CENTURY, DATED = re.compile(r"[1-8][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx]", re.ASCII), 0.004
"""Eighteen digits with a district and a century where identity numbers have them, and how many of these hold a day and its check by chance."""
CHECK_DIGIT, FAMILY = 0.1, 0.02
"""The share of like numbers that pass a check modulo 10 or 11, and from which chance rate on a type is of that family: its rate also counts
numbers that do not begin like it, and a column may hold only such that do."""


def _digit_chance(one: SemanticType, chance: float) -> float:
    return max(chance, CHECK_DIGIT) if one.kind == "check" and chance >= FAMILY else chance


LIKELY, RARE = 0.005, 1e-4
"""Above this chance rate a column of values of the same length is judged by luck; so rare must luck be to be none."""


def luck(count: int, mean: float) -> float:
    """How likely so many or more hits are by chance alone (the tail of a Poisson law)."""
    if count > mean + 10 * math.sqrt(mean) + 10:
        return 0.0
    term, below = math.exp(-mean), 0.0
    for k in range(count):
        below += term
        term *= mean / (k + 1)
    return max(0.0, 1.0 - below)


def inside(stats: ColumnStats, seen: Look = NOTHING) -> tuple[str, ...]:
    """Types found inside texts."""
    return tuple(
        one.id
        for one in types()
        if one.embed and any(stats.inside[bit] for bit, _ in one.detectors) and not _by_luck(one, stats, seen)
    )


def _by_luck(one: SemanticType, stats: ColumnStats, seen: Look) -> bool:
    """Whether so many of the texts hold runs of the same shape that a few pass the check by chance."""
    chance = max(_digit_chance(one, chance) for _, chance in one.detectors if chance < LOOSE)
    if one.kind != "check" or (chance <= LIKELY and one.personal):
        return False  # better a person too many is told than one too few
    bit = max(one.detectors, key=lambda pair: stats.inside[pair[0]])[0]
    _, least, most, _, _ = reference.DETECTORS[bit]
    with_run = seen.runs(least, most, reference.NO_CARD if one.id == "bank_card" else ())
    if with_run < FEW_RUNS:
        return False
    return luck(stats.inside[bit], chance * with_run / max(1, len(seen.values)) * stats.values) > RARE


FEW_RUNS = 8
"""With fewer such runs in the sample each of them counts as it is."""
