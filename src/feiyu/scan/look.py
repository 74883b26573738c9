"""A second look at a sample of the values: forms that are too seldom, or too loose, to be worth a lane in the kernel.

The kernel sees every value and counts what passes its detectors. What remains is told from a sample: the first rows, side by side with
those of the other fields, and so many values of later rows as the first ones lack.

Rules this module keeps:
 * a sample only ever chooses between names for a whole column; what may be a needle in a haystack is the kernel's;
 * a sample is a hundred and twenty-eight values at most, in memory only, and its size stands in the reason;
 * every pattern is anchored at both ends and linear in practice: values longer than 400 characters are not tried.

Sources: the entries ``forms`` of ``data/types.yaml``; ISO 8601; RFC 7231 (dates with month names).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from feiyu.scan.catalogue import SemanticType
from feiyu.scan.normalize import normal
from feiyu.scan.vocabulary import NULL_BIT, matches

ROWS, VALUES = 64, 128
LONGEST = 400
MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)"
MONTH_LONG = f"(?:{MONTH}|january|february|march|april|june|july|august|september|october|november|december)"
YEAR = "(?:18|19|20|21)[0-9]{2}"
M, DAY = "(?:0?[1-9]|1[0-2])", "(?:0?[1-9]|[12][0-9]|3[01])"
DATES = re.compile(
    rf"{YEAR}年{M}月?|{YEAR}年{M}月{DAY}日?|{YEAR}[-/.]{M}|{M}[-/]{YEAR}|(?:{DAY}[ -]?{MONTH}[ -]?(?:{YEAR}|[0-9]{{2}}))"
    rf"|{MONTH_LONG}\.? {DAY}(?:st|nd|rd|th)?,? {YEAR}|{DAY}(?:st|nd|rd|th)? {MONTH_LONG}\.?,? {YEAR}"
    rf"|{DAY}[/.-]{M}[/.-][0-9]{{2}}|{M}/{DAY}/[0-9]{{2}}|{YEAR}[-/.]{M}[-/.]{DAY}|{YEAR} {M} {DAY}"
    rf"|[0-9]{{2}}[-/.]{M}[-/.]{DAY}|民国[0-9]{{1,3}}年{M}月{DAY}日?|{YEAR}[-/]?(?:Q[1-4]|W[0-5][0-9])|{YEAR}第[一二三四]季度",
    re.ASCII | re.IGNORECASE,
)
"""Writings of a day or a month beyond those that the kernel knows."""
AMOUNTS = re.compile(
    r"(?:[$¥￥€£₩₹]|(?:USD|CNY|RMB|EUR|HKD|JPY|GBP) ?) ?-?[0-9]{1,3}(?:[, ]?[0-9]{3})*(?:\.[0-9]+)?"
    r"|-?[0-9]{1,3}(?:[.,' ]?[0-9]{3})*(?:[.,][0-9]+)? ?(?:元|万元|亿元|[$€£%‰]|USD|CNY|RMB|EUR)"
    r"|-?[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]{1,4}|-?[0-9]+,[0-9]{1,4}|\([0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?\)",
    re.ASCII,
)
"""Amounts with a sign of currency, a unit, a decimal comma, or in brackets for minus."""
RUN = re.compile(r"[A-Za-z0-9]+", re.ASCII)
PAIRS = re.compile(r"[\w（）()/ ]{1,12}[:：=]\s?[^;；,，\n]{1,80}[;；,，\n]")
"""A piece of text made of names and values."""


@dataclass
class Look:
    """Values to look at again: ``rows`` the first rows as they stand, None where empty; ``later`` values from further down."""

    rows: Sequence[str | None] = ()
    later: Sequence[str] = field(default_factory=list)

    @cached_property
    def plain(self) -> tuple[str | None, ...]:
        """The first rows in normal form."""
        return tuple(_plain(value) for value in self.rows)

    @cached_property
    def values(self) -> tuple[str, ...]:
        """All values in normal form, without empty ones."""
        return tuple(v for v in (*self.plain, *map(_plain, self.later)) if v is not None)[:VALUES]

    def share(self, pattern: re.Pattern[str]) -> float:
        """The share of values that match as a whole."""
        values = self.values
        if not values:
            return 0.0
        return sum(len(v) <= LONGEST and pattern.fullmatch(v) is not None for v in values) / len(values)

    def form_share(self, one: SemanticType) -> float:
        """The share of values in one of the writings of a type."""
        if one.forms is None:
            return 0.0
        if one.lengths is None:
            return self.share(one.forms)
        low, high = one.lengths
        fit = [v for v in self.values if low <= len(v) <= high and one.forms.fullmatch(v)]
        return len(fit) / len(self.values) if self.values else 0.0

    @cached_property
    def counts_up(self) -> bool:
        """Whether neighbouring rows are whole numbers, of seven digits or more, that grow by the same small step."""
        numbers = [int(v) for v in self.plain if v and v.isascii() and v.isdigit() and 7 <= len(v) <= 24]
        if len(numbers) < 8 or len(numbers) < 0.9 * sum(v is not None for v in self.plain):
            return False
        steps = [after - before for before, after in pairwise(numbers)]
        return sum(0 <= step <= 9 for step in steps) >= 0.9 * len(steps) and sum(steps) > 0

    def runs(self, least: int, most: int) -> int:
        """How many values hold a run of so many letters and digits, three digits at least."""
        return sum(
            any(
                least <= len(run) <= most and sum(map(str.isdigit, run)) >= 3
                for run in RUN.findall(v[:LONGEST])
            )
            for v in self.values
        )

    @cached_property
    def pieces(self) -> bool:
        """Whether the values are texts made of names and values rather than single things."""
        values = self.values
        return bool(values) and sum(len(PAIRS.findall(v[:LONGEST] + ";")) >= 2 for v in values) > 0.5 * len(
            values
        )


def _plain(value: str | None) -> str | None:
    if value is None:
        return None
    plain = normal(value)
    return plain if plain and not matches(plain) & NULL_BIT else None


NOTHING = Look()
