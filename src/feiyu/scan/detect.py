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
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from feiyu.base.text import Text, number_of
from feiyu.scan import header, headtext, identity, reference, untyped, vocabulary
from feiyu.scan.catalogue import Forms, SemanticType, by_id, types
from feiyu.scan.headwords import persons, vague
from feiyu.scan.kernel import ColumnStats, scan_values
from feiyu.scan.look import AMOUNTS, NOTHING, Look
from feiyu.scan.model import Field, Level, Strength, worst
from feiyu.scan.objections import (
    MOST,
    Case,
    begun_otherwise,
    by_scheme,
    doubted,
    moments,
    refused,
    written_otherwise,
)
from feiyu.scan.reference import INDEX
from feiyu.scan.untyped import ALL, LONG
from feiyu.scan.vocabulary import MATCHED

PRIOR = -4.0
FORM_CHANCE = 0.02
"""The share of foreign values that have one of the writings of a type (``forms``), where the header agrees."""
EXPECTED = 0.95
"""Share of values of its own that a column of a type shows; the rest is dirt."""
ENOUGH = 50.0
"""So many values speak; more of the same kind do not make it surer."""
DAMAGED = (INDEX["prc_damaged"], INDEX["mobile_damaged"])
TEXT, HANDLE = INDEX["text"], INDEX["handle"]
AMOUNT = 1 << INDEX["amount"]
SINGLE = (HANDLE, INDEX["code"], INDEX["token"])
"""What words of several parts, or beyond ASCII, are; and what passes for a single word of ASCII."""


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


def may_be_written(one: SemanticType, said: float, words: Collection[str]) -> bool:
    """Whether the writings of a type are worth a look under this header."""
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


def candidate(
    one: SemanticType,
    stats: ColumnStats,
    said: float,
    seen: Look = NOTHING,
    words: Collection[str] = (),
    worded: Collection[str] = (),
) -> Candidate | None:
    """The evidence for one type, None where nothing speaks for it."""
    count, chance = hits(one, stats, said)
    sampled = 0
    if one.forms is not None and count < ALL * stats.values and may_be_written(one, said, words):
        share = max(seen.form_share(one), seen.loose_days if one.id == "birth_date" else 0.0)
        if share >= MOST and share * stats.values > count:
            count, chance, sampled = round(share * stats.values), FORM_CHANCE, len(seen.values)
    if one.vocabulary is not None and count < ALL * stats.values and may_be_listed(stats):
        share = seen.listed[one.vocabulary]
        if share >= (NEARLY if said < header.HINT else MOST) and share * stats.values > count:
            count, chance, sampled = round(share * stats.values), LISTED_CHANCE, len(seen.values)
    if one.bits & AMOUNT and said >= header.HINT and count < ALL * stats.values:
        share = seen.share(AMOUNTS)  # numbers with their unit or currency
        if share * stats.values > count:
            count, sampled = round(share * stats.values), len(seen.values)
    if (
        one.id in worded
        and count < ALL * stats.values
        and not _in_another(one, stats)
        and not (one.unlike is not None and seen.share(one.unlike.pattern) >= MOST)
        and (_worded(stats, seen, said) or (one.id == "medical_text" and seen.share(SIGNS) >= ALL))
    ):
        count, chance, sampled = stats.values, WORD_CHANCE, 0
        return Candidate(one, 1.0, min(WORD_CAP, likelihood(count, stats.values, chance)), said)
    case = Case(one, count, stats, said, seen, words)
    if count == 0 or (one.needs_header and case.untold) or refused(case):
        return None
    cap = one.cap + _many_words(one, count, stats)
    if one.id == "ipv4" and seen.share(HOSTS) >= MOST:
        cap += 2.0  # versions do not count so far
    value = min(cap, likelihood(count, stats.values, chance)) - doubted(case)
    if one.id == "name_latin" and said == 0.0 and stats.distinct() >= NAMES and _all_named(one, case):
        value = min(LATIN_CAP, likelihood(count, stats.values, chance))
    return Candidate(one, count / stats.values, value, said, sampled)


WORD_CHANCE, WORD_CAP = 0.3, 0.5
"""How often a foreign column is of words, and how much it says that one is, under a header that names a type of words surely."""


def _worded(stats: ColumnStats, seen: Look, said: float) -> bool:
    """Whether nearly all values are words, several different ones, and not sentences, names of persons or addresses."""
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


def possible(
    stats: ColumnStats, said: Sequence[float], worded: Collection[str], seen: Look = NOTHING
) -> list[SemanticType]:
    """These, and the types of which values may be written, may be words, or stand in lists of other languages, under the header."""
    passed = {one.order for one in passing(stats)}
    listed = seen.listed if may_be_listed(stats) else ()
    return [
        one
        for one in types()
        if one.order in passed
        or one.id in worded
        or (listed and one.vocabulary is not None and listed[one.vocabulary] >= MOST)
        or (one.forms is not None and (one.forms_alone or said[one.order] >= header.HINT))
    ]


def choose(
    name: str, stats: ColumnStats, seen: Look = NOTHING, *, bare: bool = False
) -> tuple[Candidate | None, list[Candidate]]:
    """The best type, and all that stand above nought; ``bare``: what stood around the values was taken away."""
    said, words = header.evidence(name), header.said_words(name)
    worded = header.of_words(name)
    found = [
        c
        for one in possible(stats, said, worded, seen)
        if (c := candidate(one, stats, said[one.order], seen, words, worded)) is not None and c.total > 0
    ]
    if not found:
        telephones = _telephones(stats, said) or _local_numbers(name, stats, said, seen)
        persons = _names(seen, said, words) or _parties(stats, said) or _called(stats, seen, said, words)
        best = telephones or persons or _accounts(stats, seen, said, words)
        return best or (None if bare else _unwrapped(name, seen)), []
    decisive = [c for c in found if c.decisive]
    named = [c for c in found if c.header >= header.TAIL and c.type.kind != "shape"]
    best = max(named or decisive or found, key=lambda c: (c.total, -c.type.order))
    if best.type.category == "generic" or best.type.id == "order_no":
        best = max((c for c in found if _meant(c)), key=lambda c: (c.header, c.total), default=best)
    if best.type.id == "camera_media":
        pictures = (c for c in found if c.type.id in PICTURES and c.header >= header.TAIL > best.header)
        best = max(pictures, key=lambda c: c.header, default=best)
    if best.type.id == "password" and seen.share(INDIAN) >= ALL:
        best = next((c for c in found if c.type.id == "postcode_intl" and c.header >= best.header), best)
    if best.type.id == "phone_intl":
        best = _telephones(stats, said) or best
    if best.type.id == "org_name":
        best = _parties(stats, said) or _customers(stats, seen, said, words) or best
    return best, found


def _telephones(stats: ColumnStats, said: Sequence[float]) -> Candidate | None:
    """The commonest kind of telephone where a header says telephones and nearly all values are of one kind or another."""
    kinds = [by_id()[one] for one in PHONES]
    counts = [stats.hits[INDEX[one.id]] for one in kinds]
    most = kinds[counts.index(max(counts))]
    if said[most.order] < header.TAIL or sum(counts) < MIXED * stats.values:
        return None
    return Candidate(most, sum(counts) / stats.values, 0.0, said[most.order])


def _local_numbers(name: str, stats: ColumnStats, said: Sequence[float], seen: Look) -> Candidate | None:
    """Telephones where a header surely says so and nearly all values are digits, as many as these have, divided anyhow: each state has its own forms.

    Under a header in Chinese characters they are those of China, whose forms are known.
    """
    one = by_id()["phone_intl"]
    if said[one.order] < header.TAIL or seen.counts_up or headtext.ONLY_HAN.search(name):
        return None
    share = seen.share(DIALLED)
    if share < MIXED or stats.hits[INDEX["date"]] >= SOME * stats.values:
        return None
    return Candidate(one, share, 0.0, said[one.order], len(seen.values))


DIALLED = re.compile(
    r"(?=(?:[^0-9]*[0-9]){7,12}[^0-9]*$)\+?\(?[0-9]{1,12}(?:[ ()./-]{1,3}[0-9]{1,9}){0,6}", re.ASCII
)
"""Seven to twelve digits; with its country a number may have more, and then begins with it."""


def _own(one: SemanticType) -> int:
    """The detectors of a personal type, or one with a check, that few other values pass; days are meant where a header says birth."""
    loose = sum(
        1 << bit for bit, chance in one.detectors
        if reference.NAMES[bit] in MANY or (chance >= LOOSE and reference.NAMES[bit] != "date")
    )  # fmt: skip
    return one.bits & ~loose if one.personal or one.kind == "check" else 0


MANY = (
    "digits3_4", "digits5", "digits6", "digits8", "digits12", "digits_any", "amount", "code", "handle", "token", "text", "integer", "number", "name_latin",
)  # fmt: skip
"""Detectors that many things pass."""


def _named(said: Sequence[float]) -> list[SemanticType]:
    """The types of persons that a header names surely, and that have a form of their own."""
    return [one for one in types() if said[one.order] >= header.TAIL and _own(one)]


def _unwrapped(name: str, seen: Look) -> Candidate | None:
    """What a header names surely and nearly all values are but for the brackets or quotes around them, or the blanks in them."""
    for closed, values in seen.unwrapped():
        stats = ColumnStats()
        scan_values(values, stats)
        best = choose(name, stats, Look(rows=values), bare=True)[0] if stats.values else None
        if best is None or best.header < header.TAIL or best.type.canon in AS_WRITTEN:
            continue
        if not closed or (_own(best.type) and not best.sampled):  # two words are no code
            return replace(best, sampled=len(values))
    return None


AS_WRITTEN = ("mobile", "email")
"""Identifiers that count as they are written: signs around them are not left out, and they are found inside instead."""


def _names(seen: Look, said: Sequence[float], words: Collection[str]) -> Candidate | None:
    """The commonest kind of name where a header says names of persons and nearly all values are names in Chinese or in Latin letters."""
    chinese, latin = by_id()["name_cn"], by_id()["name_latin"]
    if min(said[chinese.order], said[latin.order]) < header.TAIL or not vague().isdisjoint(words):
        return None
    ours = sum(map(reference.name_cn, seen.values))
    others = sum(_written(latin.forms, v) and not _written(latin.unlike, v) for v in seen.values)
    if not ours or not others or ours + others < MIXED * len(seen.values):
        return None
    one = chinese if ours >= others else latin
    return Candidate(one, max(ours, others) / len(seen.values), 0.0, said[one.order], len(seen.values))


def _written(forms: Forms | None, value: str) -> bool:
    return forms is not None and forms.pattern.fullmatch(value) is not None


def _called(
    stats: ColumnStats, seen: Look, said: Sequence[float], words: Collection[str]
) -> Candidate | None:
    """Names in Latin letters, whatever their capitals and whatever stands behind them, where a header says names and most hold a known one."""
    whole, part = by_id()["name_latin"], by_id()["name_part"]
    if max(said[whole.order], said[part.order]) < header.TAIL or stats.distinct() < DIFFERENT:
        return None
    values = [BEHIND.sub("", value) for value in seen.values]
    called = [CALLED.findall(value.casefold()) for value in values]
    known = vocabulary.words("latin_name")
    share = sum(not known.isdisjoint(one) for one in called) / max(1, len(called))
    written = sum(WRITTEN_AS.fullmatch(value) is not None for value in values)
    if share < (HALF if vague().isdisjoint(words) else MOST) or written < ALL * len(called):
        return None
    kind = whole if sum(len(one) > 1 for one in called) >= 0.5 * len(called) else part
    return Candidate(kind, share, 0.0, max(said[whole.order], said[part.order]), len(called))


HALF = 0.5
"""The list holds so many of the names of a mixed company at least."""
CALLED = re.compile(r"[^\W\d_]+")
BEHIND = re.compile(r" ?\([^\d()]{2,20}\)$")
"""Who somebody is, in brackets behind his name."""
WRITTEN_AS = re.compile(r"[^\W\d_]{2,20}(?:(?:[ ,.'’^_&/-]| and ){1,3}[^\W\d_]{1,20}){0,5}\.?")


def _accounts(
    stats: ColumnStats, seen: Look, said: Sequence[float], words: Collection[str]
) -> Candidate | None:
    """Accounts of those who did something, where a header says by whom and the values are short words of many."""
    named, one = by_id()["name_latin"], by_id()["social_account"]
    if said[named.order] < header.TAIL or BY.isdisjoint(words) or stats.distinct() < ACCOUNTS:
        return None
    share = seen.share(ACCOUNT)
    return Candidate(one, share, 0.0, said[named.order], len(seen.values)) if share >= ALL else None


BY = frozenset(["user", "by", "assigned", "assignee", "login", "operator", "creator", "owner", "updater", "modifier", "submitter", "approver", "requester"])  # fmt: skip
ACCOUNT, ACCOUNTS = (
    re.compile(r"(?:[A-Za-z0-9-]{2,15}\\)?[a-z][a-z0-9]{0,20}(?:[._-][a-z0-9]{1,20}){0,2}", re.ASCII),
    8,
)
"""Names of accounts, with their domain or without; so many different ones are no kinds of something."""


def _parties(stats: ColumnStats, said: Sequence[float]) -> Candidate | None:
    """Names of persons where a header says parties and nearly all values are names of persons or of organisations."""
    one, other = by_id()["name_cn"], by_id()["org_name"]
    persons, firms = stats.hits[INDEX["name_cn"]], stats.hits[INDEX["org_name"]]
    both = (
        min(said[one.order], said[other.order]) >= header.HINT
        or said[one.order] >= header.TAIL
        or (said[one.order] >= 0 and firms >= SOME * stats.values)
    )
    if not both or persons + firms < MIXED * stats.values:
        return None
    return (
        Candidate(one, persons / stats.values, 0.0, said[one.order])
        if persons >= SOME * stats.values
        else None
    )


def _customers(
    stats: ColumnStats, seen: Look, said: Sequence[float], words: Collection[str]
) -> Candidate | None:
    """Latin names of persons under a header of customers, who are persons or firms: some are known names, all are written like names, hardly any ends like a firm."""
    one = by_id()["name_latin"]
    persons, firms = stats.hits[INDEX["name_latin"]], stats.hits[INDEX["org_name"]]
    if PARTIES.isdisjoint(words) or persons < SOME * stats.values or firms > (1 - ALL) * stats.values:
        return None
    if seen.form_share(one) < ALL or (one.unlike is not None and seen.share(one.unlike.pattern) > 0):
        return None
    return Candidate(one, seen.form_share(one), 0.0, max(0.0, said[one.order]), len(seen.values))


PARTIES = frozenset(
    ["client", "customer", "cliente", "kunde", "klant", "klient", "musteri", "buyer", "seller"]
)
INDIAN = re.compile(r"[1-9][0-9]{5}", re.ASCII)
"""Pin codes of India, which never begin with nought; one in ten of those that people choose does."""
PICTURES = ("id_photo", "face_image")
"""Of whom or what a picture is only its header says."""
SOME = 0.2
"""So many names of persons among those of organisations are no chance."""
PHONES, MIXED = ("mobile_cn", "landline_cn", "tollfree_cn"), 0.9
CODES = ("generic", "commerce")
"""Classes whose types only say what kind of code something is."""


def _meant(one: Candidate) -> bool:
    """Whether a header names surely what its values alone would only show to be some code."""
    return one.header >= header.TAIL and one.share >= ALL and one.type.category not in CODES


def others(
    best: Candidate | None, stats: ColumnStats, seen: Look = NOTHING, name: str = ""
) -> tuple[str, ...]:
    """Types that a minority of whole values has, beyond chance; or that the header of papers of persons has beside the commonest."""
    said, words = header.evidence(name), header.said_words(name)
    papers = best is not None and best.type.strength is Strength.STRONG
    return tuple(
        one.id
        for one in passing(stats)
        if one.detectors
        and (best is None or one is not best.type)
        and (
            (papers and said[one.order] >= header.HINT and _another_paper(one, stats))
            or _minority(one, best, stats, seen, words)
        )
    )


def _another_paper(one: SemanticType, stats: ColumnStats) -> bool:
    """Whether several values have the form of another paper of persons that has a form of its own."""
    count = max(stats.hits[bit] for bit, _ in one.detectors)
    return one.id in PAPERS and PAPERS_LEAST <= count < stats.values


PAPERS, PAPERS_LEAST = ("passport_cn", "home_return_permit", "exit_entry_permit", "hkid", "macao_bir", "taiwan_id", "residence_permit_hmt", "foreign_permanent_resident"), 2  # fmt: skip
"""Papers whose numbers begin with letters, or hold a check or a district of their own."""


def _minority(
    one: SemanticType, best: Candidate | None, stats: ColumnStats, seen: Look, words: Collection[str]
) -> bool:
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


def _all_named(one: SemanticType, case: Case) -> bool:
    """Whether all values hold a known Latin name, or most do and the others are written alike."""
    return case.share >= ALL or (case.share >= 0.8 and case.seen.form_share(one) >= ALL)


NAMES, LATIN_CAP = 12, 4.6
"""So many different values that all hold a known Latin name are names, whatever a header that says nothing."""
LOOSE = 0.25
"""A detector of a checked type that so many foreign values pass counts only under a header that agrees."""
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


def decide(
    index: int,
    name: str,
    stats: ColumnStats,
    samples: Sequence[str] = (),
    seen: Look = NOTHING,
    said: str = "",
) -> Field:
    """What one column holds, from its own values and header; ``said``: the header in other words, where they say more."""
    best, found = choose(said or name, stats, seen) if stats.values else (None, [])
    if (
        best is not None
        and best.type.id in WRITTEN
        and (seen.pieces or (best.header < header.HINT and seen.prose))
    ):
        best = None  # a text of names and values, or of sentences, only looks like an address
    kind, reason = (
        (best.type.id, why(best, stats)) if best is not None else untyped.answer(said or name, stats, seen)
    )
    if kind == "datetime" and seen.share(MIDNIGHT) >= ALL:
        kind, reason, best = "date", untyped.of_sample("日期（零点）", "days, at midnight", seen), None
    elif best is not None and kind == "datetime" and seen.days >= ALL and not seen.moments:
        kind, reason, best = "date", untyped.of_sample("日期", "days", seen), None
    if kind == "birth_date" and stats.hits[INDEX["date"]] < MOST * stats.values:
        reason = Text(f"{reason.zh}{UNCOUNTED.zh}", f"{reason.en} {UNCOUNTED.en}")
    rounded = best is not None and best.sampled > 0 and seen.share(identity.ROUNDED) >= MOST
    if rounded:
        reason = Text(f"{reason.zh}{ROUNDED.zh}", f"{reason.en} {ROUNDED.en}")
    also = list(others(best, stats, seen, said or name)) if stats.values else []
    also += [
        c.type.id
        for c in found
        if best
        and c.type is not best.type
        and c.type.sensitive
        and c.header >= header.TAIL
        and c.type.id not in also
    ]
    embedded = inside(stats, seen)
    if kind in IN_ADDRESSES:
        embedded = tuple(one for one in embedded if one != IN_ADDRESSES[kind])
    more: tuple[str, ...] = ()
    if (kind in ("text", "category") and longest(stats) >= PROSE) or kind in FREE:
        more = seen.inside
    if kind in ("text", "category") and seen.names_first and header.of_names(said or name):
        more = tuple(dict.fromkeys(("name_cn", *more)))
    if best is None and not embedded:
        named = _named(header.evidence(said or name))
        more = tuple(dict.fromkeys((*more, *(one.id for one in named if seen.holding(_own(one)) >= MOST))))
    more = tuple(one for one in more if one not in (*embedded, *also))
    if kind in ("category", "order_no", "number") and (more or (embedded and kind == "category")):
        kind, reason = "text", Text("含有标识的文本。", "Text that holds identifiers.")
    if more:
        embedded, reason = embedded + more, _told_inside(reason, more, seen)
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
            damaged=rounded
            or bool(best and any(stats.hits[bit] for bit, _ in best.type.detectors if bit in DAMAGED)),
        )
    )


UNCOUNTED = Text(
    "这种写法没有换算成日期，未据此统计谁不满十四周岁。",
    "Days written so are not converted, so nobody under 14 is told by them.",
)
"""What is said of birth dates that the count of persons cannot read (``identity.day_of``)."""
ROUNDED = Text(
    "电子表格已将其转成数字，末尾几位丢失，无法还原。",
    "A spreadsheet made them numbers, so that the last digits are lost.",
)
"""What is said of numbers in scientific notation that their header names."""
IN_ADDRESSES = {"url": "uscc", "url_password": "email"}
"""What only looks like an identifier there: eighteen digits of a message, a user of a database at its host."""
PROSE = 12
"""Texts of so many bytes may hold names and addresses."""
FREE = ("medical_text", "search_history", "diagnosis", "cargo_name")


def longest(stats: ColumnStats) -> int:
    """The length of the longest value, as far as lengths are kept."""
    return max((size for size, count in enumerate(stats.lengths) if count), default=0)


def _told_inside(reason: Text, kinds: Sequence[str], seen: Look) -> Text:
    size = len(seen.values)
    zh = "、".join(by_id()[one].names.zh for one in kinds)
    en = ", ".join(by_id()[one].names.en for one in kinds)
    return Text(
        f"{reason.zh}抽看 {size} 个值，其中有{zh}。",
        f"{reason.en} A sample of {number_of(size, 'value')} holds {en} inside texts.",
    )


MIDNIGHT = re.compile(r".{6,40}[ T]0?0:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?", re.ASCII)
WRITTEN = ("address_cn", "address_latin", "address_text", "org_name", "name_latin", "lonlat")


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
    if one.kind == "check" and not best.sampled:
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
    if best.sampled:
        zh.append(f"据抽看的 {best.sampled} 个值")
        en.append(f"by a sample of {number_of(best.sampled, 'value')}")
    damaged = sum(stats.hits[bit] for bit, _ in one.detectors if bit in DAMAGED)
    if damaged:
        zh.append(f"其中 {damaged} 个值被电子表格转成数字而损坏，无法还原")
        en.append(
            f"{damaged} of them were damaged by a spreadsheet that made them numbers and cannot be restored"
        )
    return Text("，".join(zh) + "。", "; ".join(en) + ".")
