"""What a header surely names although no detector passes nearly all values, or another type's does: each reading is one rule.

A column may hold telephones of several kinds, names in two scripts, persons beside firms, accounts of those who did something. No single
type has them all; the header says what they have in common.

Rules this module keeps:
 * a reading needs a header that names its type, and nearly all values: neither alone decides;
 * the commonest kind stands for the column;
 * a reading has nought for what its values say: it never looks surer than its header.

Sources: shares measured on the labelled tables of the tests.
"""

import re
from collections.abc import Callable

from feiyu.scan import header, headtext, reference, vocabulary
from feiyu.scan.candidate import DIFFERENT, Candidate, Column
from feiyu.scan.catalogue import Forms, SemanticType, by_id
from feiyu.scan.headwords import vague
from feiyu.scan.objections import MOST
from feiyu.scan.reference import INDEX
from feiyu.scan.untyped import ALL

MIXED = 0.9
"""So many values are of one kind or another of what the header says."""
SOME = 0.2
"""So many names of persons among those of organisations are no chance."""
HALF = 0.5
"""The list holds so many of the names of a mixed company at least."""


def _told(one: SemanticType, share: float, column: Column, *, sampled: bool = False) -> Candidate:
    return Candidate(one, share, 0.0, column.says(one), len(column.seen.values) if sampled else 0)


PHONES = ("mobile_cn", "landline_cn", "tollfree_cn")


def telephones(column: Column) -> Candidate | None:
    """The commonest kind of Chinese telephone, where nearly all values are of one kind or another."""
    kinds = [by_id()[one] for one in PHONES]
    counts = [column.stats.hits[INDEX[one.id]] for one in kinds]
    most = kinds[counts.index(max(counts))]
    if column.says(most) < header.TAIL or sum(counts) < MIXED * column.stats.values:
        return None
    return _told(most, sum(counts) / column.stats.values, column)


DIALLED = re.compile(
    r"(?=(?:[^0-9]*[0-9]){7,12}[^0-9]*$)\+?\(?[0-9]{1,12}(?:[ ()./-]{1,3}[0-9]{1,9}){0,6}", re.ASCII
)
"""Seven to twelve digits; with its country a number may have more, and then begins with it."""


def local_numbers(column: Column) -> Candidate | None:
    """Telephones of any state, where nearly all values are as many digits as these have, divided anyhow: each state has its own forms.

    Under a header in Chinese characters they are those of China, whose forms are known.
    """
    one, stats, seen = by_id()["phone_intl"], column.stats, column.seen
    if column.says(one) < header.TAIL or seen.counts_up or headtext.ONLY_HAN.search(column.name):
        return None
    share = seen.share(DIALLED)
    if share < MIXED or stats.hits[INDEX["date"]] >= SOME * stats.values:
        return None
    return _told(one, share, column, sampled=True)


def names_in_two_scripts(column: Column) -> Candidate | None:
    """The commonest kind of name, where nearly all values are names in Chinese or in Latin letters."""
    chinese, latin = by_id()["name_cn"], by_id()["name_latin"]
    if min(column.says(chinese), column.says(latin)) < header.TAIL or not vague().isdisjoint(column.words):
        return None
    values = column.seen.values
    ours = sum(map(reference.name_cn, values))
    others = sum(_written(latin.forms, v) and not _written(latin.unlike, v) for v in values)
    if not ours or not others or ours + others < MIXED * len(values):
        return None
    return _told(chinese if ours >= others else latin, max(ours, others) / len(values), column, sampled=True)


def _written(forms: Forms | None, value: str) -> bool:
    return forms is not None and forms.pattern.fullmatch(value) is not None


def parties(column: Column) -> Candidate | None:
    """Names of persons, where nearly all values are names of persons or of organisations."""
    one, other = by_id()["name_cn"], by_id()["org_name"]
    said, values = column.says(one), column.stats.values
    persons, firms = column.stats.hits[INDEX["name_cn"]], column.stats.hits[INDEX["org_name"]]
    both = (
        min(said, column.says(other)) >= header.HINT
        or said >= header.TAIL
        or (said >= 0 and firms >= SOME * values)
    )
    if not both or persons + firms < MIXED * values or persons < SOME * values:
        return None
    return _told(one, persons / values, column)


CALLED = re.compile(r"[^\W\d_]+")
BEHIND = re.compile(r" ?\([^\d()]{2,20}\)$")
"""Who somebody is, in brackets behind his name."""
WRITTEN_AS = re.compile(r"[^\W\d_]{2,20}(?:(?:[ ,.'’^_&/-]| and ){1,3}[^\W\d_]{1,20}){0,5}\.?")


def known_names(column: Column) -> Candidate | None:
    """Names in Latin letters, whatever their capitals and whatever stands behind them, where most values hold a known one."""
    whole, part = by_id()["name_latin"], by_id()["name_part"]
    if max(column.says(whole), column.says(part)) < header.TAIL or column.stats.distinct() < DIFFERENT:
        return None
    values = [BEHIND.sub("", value) for value in column.seen.values]
    called = [CALLED.findall(value.casefold()) for value in values]
    known = vocabulary.words("latin_name")
    share = sum(not known.isdisjoint(one) for one in called) / max(1, len(called))
    written = sum(WRITTEN_AS.fullmatch(value) is not None for value in values)
    if share < (HALF if vague().isdisjoint(column.words) else MOST) or written < ALL * len(called):
        return None
    kind = whole if sum(len(one) > 1 for one in called) >= 0.5 * len(called) else part
    return Candidate(kind, share, 0.0, max(column.says(whole), column.says(part)), len(called))


BY = frozenset(["user", "by", "assigned", "assignee", "login", "operator", "creator", "owner", "updater", "modifier", "submitter", "approver", "requester"])  # fmt: skip
ACCOUNT = re.compile(r"(?:[A-Za-z0-9-]{2,15}\\)?[a-z][a-z0-9]{0,20}(?:[._-][a-z0-9]{1,20}){0,2}", re.ASCII)
MAILED = re.compile(r"[A-Za-z0-9._%+-]{1,40}@[A-Za-z0-9-]{1,40}", re.ASCII)
"""An account at a host of one's own, which has no domain."""
ACCOUNTS = 8
"""Names of accounts, with their domain or without; so many different ones are no kinds of something."""


def accounts(column: Column) -> Candidate | None:
    """Accounts of those who did something, where the header says by whom and the values are short words of many; or of their mail, at a host."""
    said, mail = column.says(by_id()["name_latin"]), column.says(by_id()["email"])
    by_whom = said >= header.TAIL and not BY.isdisjoint(column.words)
    if not (by_whom or mail >= header.TAIL) or column.stats.distinct() < ACCOUNTS:
        return None
    said = max(said, mail)
    share = column.seen.share(ACCOUNT if by_whom else MAILED)
    one = by_id()["social_account"]
    return Candidate(one, share, 0.0, said, len(column.seen.values)) if share >= ALL else None


HAILED = re.compile(
    r"(Mrs?|Ms|Miss|Mx|Dr|Prof|Mme|Mlle|M(?=\.)|Herrn?|Frau|Familie|Sra?|Srta|Sig(?=\.)|Sig\.ra|Dhr|Mevr|Shri|Smt)\.? (?:(?:Dr|Prof|Ing|Dott)\.? ?(?:med\. )?)?"
    r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ'’-]{0,20}\.?(?: (?:(?:van|von|de|der|den|da|di|du|la|le|el|al) ){0,2}[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ'’-]{0,20}\.?){0,3}"
)
"""Somebody as he is addressed."""


def hailed(column: Column) -> Candidate | None:
    """Names behind what people are addressed by, where nearly all values are, whatever their header."""
    one, seen = by_id()["name_latin"], column.seen
    if column.stats.distinct() < DIFFERENT or seen.share(HAILED) < ALL:
        return None
    if len({found[1] for found in map(HAILED.fullmatch, seen.values) if found}) < 2:
        return None  # M. may be short for anything
    return Candidate(
        one, seen.share(HAILED), header.PART, max(header.PART, column.says(one)), len(seen.values)
    )


PARTIES = frozenset(
    ["client", "customer", "cliente", "kunde", "klant", "klient", "musteri", "buyer", "seller"]
)


def customers(column: Column) -> Candidate | None:
    """Latin names of customers, who are persons or firms: some are known names, all are written like names, hardly any ends like a firm."""
    one, stats, seen = by_id()["name_latin"], column.stats, column.seen
    persons, firms = stats.hits[INDEX["name_latin"]], stats.hits[INDEX["org_name"]]
    if PARTIES.isdisjoint(column.words) or persons < SOME * stats.values or firms > (1 - ALL) * stats.values:
        return None
    if seen.form_share(one) < ALL or (one.unlike is not None and seen.share(one.unlike.pattern) > 0):
        return None
    return Candidate(one, seen.form_share(one), 0.0, max(0.0, column.says(one)), len(seen.values))


Reading = Callable[[Column], Candidate | None]
UNTOLD: tuple[Reading, ...] = (
    telephones,
    local_numbers,
    names_in_two_scripts,
    parties,
    known_names,
    hailed,
    accounts,
)
"""What is tried, in this order, where no type stands above nought."""
RATHER: dict[str, tuple[Reading, ...]] = {"phone_intl": (telephones,), "org_name": (parties, customers)}
"""What is tried before a type that stands best by itself."""


def read(readings: tuple[Reading, ...], column: Column) -> Candidate | None:
    """The first reading that holds."""
    return next((found for one in readings if (found := one(column)) is not None), None)
