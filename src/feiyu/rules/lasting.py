"""While a basis lasts: may it be extended, does a change ask for a new one, what falls due every year.

Rules this module keeps:
 * all of it is data (``rulebooks/lifecycle``), dated by the texts it cites; what no text in force says is not asked;
 * growth is compared in whole hundredths of a percent, without rounding: 20 % itself passes, one person more does not;
 * a window that needs a holiday table not yet published is open for certain only from its later day on, and says so;
 * what is unknown about growth is unknown in the answer.

Sources: cn/flow-provisions-2024#9; cn/sa-guide-v3#extension; cn/sa-measures-2022#14; cn/scc-measures-2023#8.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from feiyu.base.text import Text
from feiyu.rules.books import Rulebooks
from feiyu.rules.derived import working_days_after
from feiyu.rules.load import CONFIDENCE, read_one
from feiyu.rules.model import Citation
from feiyu.rules.sources import Cite, parse_cites

CHANGES = (
    "purpose", "ground", "sector", "items_added", "item_type", "recipients", "country", "origin", "retention_longer",
)  # fmt: skip
MECHANISMS = ("SA", "SCC", "GBA_SCC", "CERT", "EXEMPT")
ASKS: Mapping[str, Text] = {
    "redeclare": Text("重新申报评估", "declare again"),
    "refile": Text("重新评估并备案", "assess and file again"),
    "recertify": Text("变更认证", "have the certificate changed"),
    "redetermine": Text("重新判定路径", "determine anew"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What some changes ask for while a basis of some mechanism is valid."""

    id: str
    changes: tuple[str, ...]
    mechanisms: tuple[str, ...]
    asks: str
    title: Text
    cites: tuple[Cite, ...]
    confidence: str

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What it rests on."""
        return tuple(cite.citation for cite in self.cites)


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly:
    """A report that falls due every year."""

    id: str
    title: Text
    month: int
    day: int
    stated: bool
    sectors: tuple[str, ...]
    important: bool
    cites: tuple[Cite, ...]

    def due(self, year: int) -> date:
        """Its day in a year."""
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """Whether the validity of an assessment result can be extended, test by test; None where a fact is missing."""

    opens: date
    surely_opens: date
    ends: date
    in_window: bool | None
    persons_growth: int | None
    volume_growth: int | None
    growth_max: int
    unchanged: bool
    possible: bool | None
    citations: tuple[Citation, ...]


def triggers(rulebooks: Rulebooks, mechanism: str, changed: Iterable[str], at: date) -> tuple[Trigger, ...]:
    """What changes ask for under a mechanism on a day."""
    found = set(changed)
    return tuple(
        one
        for one in all_triggers(rulebooks)
        if mechanism in one.mechanisms
        and found & set(one.changes)
        and any(cite.in_force(at) for cite in one.cites)
    )


def all_triggers(rulebooks: Rulebooks) -> tuple[Trigger, ...]:
    """Every trigger."""
    rows = []
    for item in read_one(rulebooks.root, "lifecycle/redeclare.yaml").items():
        part = item.record("id", "changes", "mechanisms", "asks", "title", "cite", "confidence")
        rows.append(Trigger(
            id=part["id"].text(), changes=tuple(one.choice(*CHANGES) for one in part["changes"].items()),
            mechanisms=tuple(one.choice(*MECHANISMS) for one in part["mechanisms"].items()),
            asks=part["asks"].choice(*ASKS), title=part["title"].bilingual(),
            cites=parse_cites(part["cite"], rulebooks.sources), confidence=part["confidence"].choice(*CONFIDENCE),
        ))  # fmt: skip
    return tuple(rows)


def yearly(rulebooks: Rulebooks, *, sectors: Iterable[str], important: bool, at: date) -> tuple[Yearly, ...]:
    """The yearly reports of a handler in some sectors, with or without important data, on a day."""
    own = set(sectors)
    found = []
    for item in read_one(rulebooks.root, "lifecycle/yearly.yaml").items():
        part = item.record(
            "id", "title", "month", "day", "stated", "sectors", "important", "cite", "confidence"
        )
        one = Yearly(
            id=part["id"].text(), title=part["title"].bilingual(), month=part["month"].integer(), day=part["day"].integer(),
            stated=part["stated"].flag(), sectors=part["sectors"].texts(), important=part["important"].flag(),
            cites=parse_cites(part["cite"], rulebooks.sources),
        )  # fmt: skip
        part["confidence"].choice(*CONFIDENCE)
        bites = bool(own & set(one.sectors)) or (one.important and important)
        if bites and any(cite.in_force(at) for cite in one.cites):
            found.append(one)
    return tuple(found)


def growth(before: int, after: int) -> int:
    """Growth in hundredths of a percent, rounded up, so that more than allowed never looks allowed."""
    if before <= 0:
        return 0 if after <= 0 else 10**9
    return max(0, -(-(after - before) * 10_000 // before))


def extension(
    rulebooks: Rulebooks,
    *,
    ends: date,
    today: date,
    persons: tuple[int, int] | None,
    volume: tuple[int, int] | None,
    important: bool,
    unchanged: bool,
) -> Extension:
    """Test an extension: the window, the growth of persons and (important data) of volume, and that nothing changed.

    ``persons`` and ``volume``: what was assessed, and what the next three years need.
    """
    window, cites = _value(rulebooks, "extension_window_working_days", ends)
    limit, more = _value(rulebooks, "extension_growth_hundredths", today)
    first, last = working_days_after(rulebooks.calendar, ends, -window)
    inside = None if first <= today < last else last <= today <= ends
    grown = growth(*persons) if persons else None
    swelled = growth(*volume) if volume else None
    tests: list[bool | None] = [inside, unchanged, None if grown is None else grown <= limit]
    if important:
        tests.append(None if swelled is None else swelled <= limit)
    possible = False if False in tests else None if None in tests else True
    return Extension(
        opens=first, surely_opens=last, ends=ends, in_window=inside, persons_growth=grown, volume_growth=swelled,
        growth_max=limit, unchanged=unchanged, possible=possible, citations=cites + more,
    )  # fmt: skip


def _value(rulebooks: Rulebooks, name: str, at: date) -> tuple[int, tuple[Citation, ...]]:
    parameter = rulebooks.book().parameters[name]
    value = parameter.at(at) or parameter.values[0]
    return value.value, tuple(cite.citation for cite in value.cites)
