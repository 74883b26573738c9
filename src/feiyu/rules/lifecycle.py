"""After the determination: how long a basis lasts, when to act on it, and when the year's counts will cross a line.

Rules this module keeps:
 * years are calendar years to the same day (cn/civil-code-2020#201, #202); working days come from the published
   tables, and where a table is not yet published the earliest possible day is given and marked as provisional;
 * a reminder never comes later than it must;
 * a projection is a straight line from 1 January and says so; it is a warning, never a count.

Sources: cn/flow-provisions-2024#9; cn/scc-measures-2023#7; cn/cert-measures-2026#validity; cn/sa-guide-v3#extension.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from feiyu.base.calendar import Rounding, add_months
from feiyu.base.text import Text
from feiyu.rules.books import Rulebooks
from feiyu.rules.derived import working_days_after
from feiyu.rules.errors import UnknownName
from feiyu.rules.model import Citation
from feiyu.rules.rulebook import Rulebook

MECHANISMS = ("SA", "SCC", "GBA_SCC", "CERT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A day on which something begins or ends. ``provisional``: a holiday table it needs is not published yet."""

    id: str
    title: Text
    day: date
    provisional: bool
    citations: tuple[Citation, ...]

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {
            "id": self.id,
            "title": self.title.as_dict(),
            "day": self.day.isoformat(),
            "provisional": self.provisional,
            "citations": [cite.as_dict() for cite in self.citations],
        }


def reminders(rulebooks: Rulebooks, mechanism: str, issued: date) -> tuple[Reminder, ...]:
    """The days to watch for a basis issued (a contract: effective) on a day, in order."""
    if mechanism not in MECHANISMS:
        raise UnknownName(what=Text("机制", "mechanism"), name=mechanism, allowed=", ".join(MECHANISMS))
    book = rulebooks.book()
    if mechanism in {"SCC", "GBA_SCC"}:
        days, cites = _parameter(book, "filing_working_days", issued)
        due, latest = working_days_after(rulebooks.calendar, issued, days)
        title = Text("标准合同备案截止日", "last day to file the standard contract")
        return (Reminder(id="file", title=title, day=due, provisional=due != latest, citations=cites),)
    name = "assessment_validity_years" if mechanism == "SA" else "certificate_validity_years"
    # The validity of results that were issued under earlier rules follows the rules now in force.
    years, cites = _parameter(book, name, max(issued, _first(book, name)))
    ends = add_months(issued, 12 * years, rounding=Rounding.DOWN)
    last = Reminder(
        id="ends",
        title=Text("有效期届满日", "last day of validity"),
        day=ends,
        provisional=False,
        citations=cites,
    )
    return (_opens(rulebooks, mechanism, ends), last)


def _opens(rulebooks: Rulebooks, mechanism: str, ends: date) -> Reminder:
    if mechanism == "CERT":
        day = add_months(ends, -6, rounding=Rounding.DOWN)
        cite = rulebooks.sources["cn/cert-measures-2026"].citation("validity")
        title = Text("可申请换证（届满前六个月）", "renewal can be applied for (six months before the end)")
        return Reminder(id="renew", title=title, day=day, provisional=False, citations=(cite,))
    days, cites = _parameter(rulebooks.book(), "extension_window_working_days", ends)
    first, latest = working_days_after(rulebooks.calendar, ends, -days)
    title = Text("可申请延长有效期", "an extension can be applied for")
    # The window opens between the two days; whoever comes on the later one is inside it for certain.
    return Reminder(id="extend", title=title, day=latest, provisional=first != latest, citations=cites)


def _first(book: Rulebook, name: str) -> date:
    return book.parameters[name].values[-1].since


def _parameter(book: Rulebook, name: str, at: date) -> tuple[int, tuple[Citation, ...]]:
    parameter = book.parameters[name]
    value = parameter.at(at) or parameter.values[0]
    return value.value, tuple(cite.citation for cite in value.cites)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """The day on which, at the pace of this year, a line is reached; ``None``: not this year."""

    line: str
    title: Text
    persons: int
    so_far: int
    day: date | None

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {
            "line": self.line,
            "title": self.title.as_dict(),
            "persons": self.persons,
            "so_far": self.so_far,
            "day": self.day.isoformat() if self.day else None,
            "kind": "straight line from 1 January",
        }


_LINES = (
    ("contract_general", "general"), ("assessment_general", "general"), ("contract_sensitive", "sensitive"),
    ("assessment_sensitive", "sensitive"),
)  # fmt: skip


def project(rulebooks: Rulebooks, totals: Mapping[str, int], *, at: date) -> tuple[Crossing, ...]:
    """When this year's persons, at the pace so far, reach each line of the law.

    ``totals`` holds ``general`` and ``sensitive``: persons since 1 January, exempt persons left out.
    """
    found = []
    for name, kind in _LINES:
        parameter = rulebooks.book().parameters[name]
        value = parameter.at(at)
        if value is not None:
            so_far = totals[kind]
            day = _crossing(so_far, value.value, at)
            found.append(
                Crossing(line=name, title=parameter.title, persons=value.value, so_far=so_far, day=day)
            )
    return tuple(found)


def _crossing(so_far: int, line: int, at: date) -> date | None:
    if so_far >= line:
        return at
    if so_far <= 0:
        return None
    start = date(at.year, 1, 1)
    passed = (at - start).days + 1
    # Ceiling division: the first day by whose end the straight line has reached the number.
    needed = -(-line * passed // so_far)
    days = (date(at.year, 12, 31) - start).days + 1
    return start + timedelta(needed - 1) if needed <= days else None


def to_ics(items: tuple[Reminder, ...], *, uid: str, stamp: str) -> str:
    """The reminders as an iCalendar file (RFC 5545), both languages in each summary.

    ``stamp`` is the instant of making it as ``YYYYMMDDTHHMMSSZ``; ``uid`` tells apart the bases.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Feiyu//rules//ZH", "CALSCALE:GREGORIAN"]
    for item in items:
        summary = f"{item.title.zh} / {item.title.en}"
        lines += [
            "BEGIN:VEVENT", f"UID:{uid}-{item.id}@feiyu", f"DTSTAMP:{stamp}", f"DTSTART;VALUE=DATE:{item.day:%Y%m%d}",
            f"SUMMARY:{_escaped(summary)}", "END:VEVENT",
        ]  # fmt: skip
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text


def _folded(line: str) -> list[str]:
    """RFC 5545 section 3.1: at most 75 octets a line, continued lines begin with a space, no character is cut."""
    parts, current = [], ""
    for sign in line:
        if len((current + sign).encode()) > 74:
            parts.append(current)
            current = " "
        current += sign
    return [*parts, current]
