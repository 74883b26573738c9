"""All rulebooks, loaded once: ask them.

Rules this module keeps:
 * a question earlier than what was formalised is refused, not answered from later law;
 * between two days on which anything changes, one compiled program answers; programs are made when first needed.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable

from feiyu.base.calendar import WorkCalendar
from feiyu.base.text import Text
from feiyu.rules.check import all_cites
from feiyu.rules.conditions import Condition, days_in
from feiyu.rules.errors import NotFormalised, UnknownName
from feiyu.rules.load import load_calendar, load_rulebook, load_sources, packaged
from feiyu.rules.model import Determination
from feiyu.rules.program import Program
from feiyu.rules.rulebook import Choice, Duty, Rule, Rulebook
from feiyu.rules.sources import Source, change_days

PATHWAY = "cn/export-pathway"
MAX_DAYS = 4_096

ZONE_CODES = {
    "shanghai": "sh", "beijing": "bj", "tianjin": "tj", "guangdong": "gd", "hainan": "hn", "zhejiang": "zj",
    "guangxi": "gx", "jiangsu": "js", "chongqing": "cq", "fujian": "fj",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebooks:
    """The registry of texts, the calendar and the rulebooks. Safe to share between threads."""

    root: Traversable
    sources: Mapping[str, Source]
    calendar: WorkCalendar
    books: Mapping[str, Rulebook]
    _days: Mapping[str, tuple[date, ...]] = field(repr=False)
    _programs: dict[tuple[str, date, tuple[tuple[str, str], ...]], Program] = field(
        default_factory=dict, repr=False
    )
    _known: dict[tuple[str, date], Program] = field(default_factory=dict, repr=False)

    def book(self, name: str = PATHWAY) -> Rulebook:
        """One rulebook."""
        if name not in self.books:
            raise UnknownName(what=Text("规则库", "rulebook"), name=name, allowed=", ".join(self.books))
        return self.books[name]

    def program(
        self, at: date, *, rulebook: str = PATHWAY, switches: Mapping[str, str] | None = None
    ) -> Program:
        """The compiled program for a date."""
        if not switches and (known := self._known.get((rulebook, at))):
            return known
        book = self.book(rulebook)
        if at < book.formalised_from:
            raise NotFormalised(rulebook=book.name, first=book.formalised_from, at=at)
        days = self._days[rulebook]
        since = days[bisect_right(days, at) - 1]
        chosen = tuple(sorted((switches or {}).items()))
        key = (rulebook, since, chosen)
        found = self._programs.get(key)
        if found is None:
            _check_switches(book, chosen)
            found = Program(book, since=since, calendar=self.calendar, switches=dict(chosen))
            self._programs[key] = found
        if not chosen and len(self._known) < MAX_DAYS:
            self._known[rulebook, at] = found
        return found

    def determine(
        self,
        facts: Mapping[str, object],
        *,
        at: date,
        trace: bool = True,
        switches: Mapping[str, str] | None = None,
    ) -> Determination:
        """Determine the pathway for a set of facts at a date."""
        return self.program(at, switches=switches).determine(facts, at=at, trace=trace)

    def list_source(self, list_id: str) -> Source | None:
        """The registered text of a zone's list named ``zone-year``, such as ``beijing-2024``."""
        zone, _, year = list_id.strip().lower().rpartition("-")
        code = ZONE_CODES.get(zone)
        return self.sources.get(f"cn/{code}-nl-{year}") if code else None


def _check_switches(book: Rulebook, chosen: Iterable[tuple[str, str]]) -> None:
    for name, position in chosen:
        switch = book.switches.get(name)
        if switch is None:
            raise UnknownName(what=Text("开关", "switch"), name=name, allowed=", ".join(book.switches))
        if position not in switch.positions:
            what = Text(f"开关 {name} 的选项", f"position of {name}")
            raise UnknownName(what=what, name=position, allowed=", ".join(switch.positions))


def load(root: Traversable | None = None) -> Rulebooks:
    """Read and check the rulebooks shipped with Feiyu, which do not change while a program runs, or those below another folder."""
    return _shipped() if root is None else _load(root)


@cache
def _shipped() -> Rulebooks:
    return _load(packaged())


def _load(place: Traversable) -> Rulebooks:
    sources = load_sources(place)
    calendar = load_calendar(place, sources)
    books = {PATHWAY: load_rulebook(place, PATHWAY, sources)}
    days = {name: tuple(sorted(change_points(book))) for name, book in books.items()}
    return Rulebooks(root=place, sources=sources, calendar=calendar, books=books, _days=days)


def change_points(book: Rulebook) -> set[date]:
    """The days on which anything in a rulebook changes, from the first day it answers for."""
    days = {book.formalised_from}
    for parameter in book.parameters.values():
        for value in parameter.values:
            days |= {value.since} | change_days(value.cites)
    for item in book.definitions:
        if isinstance(item.form, Condition):
            days |= days_in(item.form)
    for rule in book.rules:
        days |= _rule_days(rule)
    others: tuple[Choice | Duty, ...] = (*book.options, *book.actions, *book.duties)
    for other in others:
        days |= _other_days(other)
    return {day for day in days if day >= book.formalised_from}


def _rule_days(rule: Rule) -> set[date]:
    tests = [rule.when, rule.unless, *(branch.when for branch in rule.branches)]
    found = {rule.since} | ({rule.until} if rule.until else set()) | change_days(all_cites(rule))
    return found.union(*(days_in(test) for test in tests if test))


def _other_days(item: Choice | Duty) -> set[date]:
    return change_days(item.cites) | (days_in(item.when) if item.when else set())
