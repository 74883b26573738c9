"""What speaks against a type although values pass its detectors.

An objection takes a type away from a column, a doubt makes it less sure. Each names the types of which it may be raised and says when it holds;
what a type has to fear is put together once.

Rules this module keeps:
 * an objection looks at the column's own values and header only; what stands beside it is weighed in ``context`` and ``beside``;
 * where a header names the type, hardly any objection is heard.

Sources: the numbering plans and calendars that the constants name; shares and weights measured on the labelled tables of the tests.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache

from feiyu.scan import header
from feiyu.scan.catalogue import SemanticType, by_id
from feiyu.scan.kernel import ColumnStats
from feiyu.scan.look import Look
from feiyu.scan.model import Strength
from feiyu.scan.reference import INDEX
from feiyu.scan.untyped import ALL, SERIALS
from feiyu.scan.vocabulary import known

MOST = 0.7
"""From this share of values on they may be of a type."""


@dataclass(frozen=True, slots=True)
class Case:
    """A column of which ``count`` values pass the detectors of a type; ``said``: what its header says of the type, in log-odds."""

    type: SemanticType
    count: int
    stats: ColumnStats
    said: float
    seen: Look
    words: Collection[str]

    @property
    def untold(self) -> bool:
        """Whether the header says nothing of the type."""
        return self.said < header.HINT

    @property
    def share(self) -> float:
        """The share of values that pass."""
        return self.count / self.stats.values


Of = Callable[[SemanticType], bool]
Holds = Callable[[Case], bool]
OBJECTIONS: list[tuple[Of, Holds]] = []
DOUBTS: list[tuple[Of, Holds, float]] = []


def against(of: Of) -> Callable[[Holds], Holds]:
    """Note an objection to some types."""

    def noted(holds: Holds) -> Holds:
        OBJECTIONS.append((of, holds))
        return holds

    return noted


def doubt(of: Of, weight: float) -> Callable[[Holds], Holds]:
    """Note a doubt about some types, and how much of the log-odds it takes."""

    def noted(holds: Holds) -> Holds:
        DOUBTS.append((of, holds, weight))
        return holds

    return noted


@cache
def _of(type_id: str) -> tuple[Sequence[Holds], Sequence[tuple[Holds, float]]]:
    one = by_id()[type_id]
    return [holds for of, holds in OBJECTIONS if of(one)], [(holds, w) for of, holds, w in DOUBTS if of(one)]


def refused(case: Case) -> bool:
    """Whether any objection to the type holds."""
    return any(holds(case) for holds in _of(case.type.id)[0])


def doubted(case: Case) -> float:
    """How much all doubts about the type take away."""
    return sum(weight for holds, weight in _of(case.type.id)[1] if holds(case))


def _called(*ids: str) -> Of:
    return lambda one: one.id in ids


def _numbering_shape(one: SemanticType) -> bool:
    return one.kind == "shape" and one.strength is not Strength.NONE


# --- objections ---
@against(lambda one: one.unlike is not None)
def written_otherwise(case: Case) -> bool:
    """Most of the sample is written as values of the type are not."""
    return case.type.unlike is not None and case.seen.share(case.type.unlike.pattern) >= MOST


@against(lambda one: bool(one.begins))
def begun_otherwise(case: Case) -> bool:
    """Most of the sample begins as values of the type do not."""
    return bool(case.type.begins) and case.untold and case.seen.begin(case.type.begins) < MOST


@against(_numbering_shape)
def numbers_with_a_point(case: Case) -> bool:
    """Nobody has a decimal number for an identifier."""
    hits = case.stats.hits
    whole = max(hits[INDEX["integer"]], hits[INDEX["digits_any"]])
    return hits[INDEX["number"]] - whole >= 0.5 * case.stats.values


SEXES = 12
"""So many numbers stand for sexes at most, unknown and undisclosed ones among them."""
DIGITS = re.compile(r"[0-9]{1,12}", re.ASCII)
OLD = re.compile(r"1[01][0-9]{8}", re.ASCII)
"""Seconds of the years before 2008, of which hardly any table is; numbers of things begin so."""
FAR = re.compile(r"19[0-9]{8}", re.ASCII)
"""Seconds of the years from 2030 on: no table has these and the old ones, numbers that all begin with one do."""


@against(_called("timestamp"))
def seconds_of_other_years(case: Case) -> bool:
    """Ten digits that are not all seconds, or are seconds of years long ago, or of years so far apart."""
    apart = all(any(map(years.fullmatch, case.seen.values)) for years in (OLD, FAR))
    return case.untold and (
        case.share < ALL or case.seen.share(OLD) >= MOST or apart or _years_alike(case.seen.values)
    )


def _years_alike(values: Collection[str]) -> bool:
    """Whether numbers of many years all have the same digit where days of one year differ: a scheme made them."""
    return (
        len(values) >= SERIALS
        and len({v[:2] for v in values}) > 1
        and any(len({v[place : place + 1] for v in values}) == 1 for place in (2, 3))
    )


@against(_called("prc_resident_id"))
def some_rounded(case: Case) -> bool:
    """Of numbers that a spreadsheet has rounded a third begins like a province."""
    return case.untold and case.share < ALL and case.stats.hits[INDEX["prc_damaged"]] >= ALL * case.count


@against(_called("bank_card_masked", "mobile_masked", "prc_resident_id_masked"))
def some_masked(case: Case) -> bool:
    """So does half of some samples of masks."""
    return case.untold and case.share < MOST


DAYS = ("birth_date", "card_secret")
DAY = re.compile(
    r"(?:0?[1-9]|[12][0-9]|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}([./-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12][0-9]|3[01])",
    re.ASCII,
)


@against(lambda one: one.kind == "shape" and one.id not in DAYS)
def days(case: Case) -> bool:
    """Days with signs between their parts number nothing."""
    return case.seen.share(DAY) >= ALL


@against(_called("phone_intl"))
def days_as_telephones(case: Case) -> bool:
    """Days may be written as numbers of telephones are."""
    return case.stats.hits[INDEX["date"]] >= ALL * case.stats.values


STAMP = re.compile(
    r"20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?",
    re.ASCII,
)
"""A moment to the minute in twelve digits, or to the second in fourteen."""


@against(lambda one: one.strength is not Strength.NONE and one.kind in ("shape", "check"))
def moments(case: Case) -> bool:
    """A moment numbers nobody."""
    return case.seen.share(STAMP) >= ALL


RELEASES = re.compile(r"(?!10\.)[0-9]{1,2}(?:\.[0-9]{1,2}){3}|[0-9](?:\.[0-9]{1,3}){3}", re.ASCII)
"""Four numbers below a hundred, or of which the first has one digit, as releases are counted; of addresses one in forty is such, but in the network
that begins with ten."""


@against(_called("ipv4"))
def releases(case: Case) -> bool:
    """Versions of programs are written like addresses."""
    return case.untold and case.seen.share(RELEASES) >= ALL


@against(_called("vat_eu"))
def codes_of_one_maker(case: Case) -> bool:
    """Codes that all begin with the same two letters are of one maker sooner than of one country."""
    return case.untold and len({value[:2] for value in case.seen.values}) == 1


@against(lambda one: one.kind == "vocab")
def some_words(case: Case) -> bool:
    """Half of some words stands in any list."""
    return case.said < header.TAIL and case.share < MOST


@against(lambda one: one.kind == "form" and not one.personal)
def some_codes(case: Case) -> bool:
    """So do half of some words in capitals look like codes of things."""
    return case.untold and case.share < MOST


@against(_called("country"))
def two_letters(case: Case) -> bool:
    """Two letters stand for states, regions and grades as well."""
    return case.untold and sum(case.stats.lengths[:3]) >= 0.5 * case.stats.values


@against(_called("gender"))
def many_kinds(case: Case) -> bool:
    """There are more genres than sexes, and ``genre`` is French for both."""
    return case.stats.distinct() > SEXES and case.seen.share(DIGITS) >= ALL


@against(_called("social_account"))
def lines_of_a_document(case: Case) -> bool:
    """A line that has a number is one of an order; accounts at LINE have names."""
    return {"line", "id"} <= set(case.words) and case.seen.share(DIGITS) >= ALL


# --- doubts ---
@doubt(lambda one: one.strength is not Strength.NONE, 6.0)
def numbers_of_things(case: Case) -> bool:
    """Numbers that count up, or are made by a scheme, are numbers of things."""
    return case.untold and (case.seen.counts_up or by_scheme(case.type, case.said, case.seen, case.words))


@doubt(lambda one: one.kind == "vocab", 2.0)
def one_word(case: Case) -> bool:
    """A single word says little."""
    return case.stats.distinct() < 2 and case.said < header.TAIL


@doubt(_called("gender"), 3.0)
def one_sex(case: Case) -> bool:
    """One letter is that of sizes, or of anything."""
    position = case.type.vocabulary
    listed = {value for value in case.seen.values if position is not None and known(value) >> position & 1}
    return case.untold and len(listed) < 2


@doubt(_called("name_cn"), 3.0)
def few_names(case: Case) -> bool:
    """Where hardly any differ they are kinds of something."""
    distinct = case.stats.distinct()
    return case.untold and (distinct < 5 or (distinct < 40 and distinct < 0.3 * case.stats.values))


# --- numbers made by a scheme ---
MOBILE = 11
LOTS = ("批次", "批号", "批次号", "序列号", "lot", "batch", "serial")
"""What goods are numbered by; an order may well go by the telephone number of who placed it."""
OPERATORS = 3
"""People have their numbers from more operators, under whatever header."""
PREFIX, BLOCK, SCHEME = 5, 7, 0.15
"""So many first digits name an operator's numbers of a region, and a block of ten thousand: in a list of customers most differ, in numbers
made by a scheme hardly any do; a firm has its numbers from several blocks of one operator, not from like ones of several."""


def by_scheme(one: SemanticType, said: float, seen: Look, words: Collection[str]) -> bool:
    """Whether like numbers under a header that means something else go on alike behind beginnings that differ, as batches of one year do."""
    if one.id != "mobile_cn" or len(seen.values) < SERIALS:
        return False
    if _same_place(set(seen.values)):
        return True
    if said >= 0:
        return False
    lots = any(word.endswith(LOTS) for word in words)
    if (not lots) < len({v[:3] for v in seen.values}) <= OPERATORS:
        return True
    few = SCHEME * len(seen.values)
    beginnings = {v[:PREFIX] for v in seen.values}
    return (len(beginnings) <= few and len({v[:3] for v in beginnings}) > 1) or len(
        {v[:BLOCK] for v in seen.values}
    ) <= few


def _same_place(values: Collection[str]) -> bool:
    """Whether so many different numbers all have the same digit in one of their last six places."""
    plain = [v for v in values if len(v) == MOBILE and v.isdigit()]
    return len(plain) >= max(SERIALS, ALL * len(values)) and any(
        len({v[place] for v in plain}) == 1 for place in range(5, MOBILE)
    )
