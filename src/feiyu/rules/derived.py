"""Computed counts, dates and named conditions: what follows from facts before any rule is tried.

Rules this module keeps:
 * a computed count is an interval; where a condition is unknown it spans both readings;
 * a computed date is a pair of days (earliest, latest): working days of a year whose holiday table is not yet
   published are never guessed, so the pair is as wide as that ignorance;
 * definitions may use earlier definitions only, so none can refer to itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from feiyu.base.calendar import Rounding, WorkCalendar, add_months
from feiyu.rules.closures import compile_condition
from feiyu.rules.conditions import Condition, Scope, Test, parse_condition
from feiyu.rules.facts import Env
from feiyu.rules.model import ENDLESS, Span
from feiyu.rules.strict_yaml import Node

Count = Callable[[Env], Span]
Days = tuple[date, date]
When = Callable[[Env], Days | None]


@dataclass(frozen=True, slots=True)
class CountForm:
    """How a count is computed: a name, a number, a sum, a difference (never below 0) or a choice of cases."""

    word: str
    name: str = ""
    number: int = 0
    parts: "tuple[CountForm, ...]" = ()
    tests: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class DateForm:
    """How a date is computed: a date fact or an earlier computed date, shifted by a parameter."""

    word: str
    start: str
    parameter: str


def parse_count(node: Node, scope: Scope) -> CountForm:
    """Read how a count is computed."""
    if isinstance(node.raw, str):
        if node.raw in scope.counts:
            return CountForm("name", name=node.raw)
        return CountForm("number", number=node.integer())
    part = node.mapping()
    if len(part) != 1:
        node.fail("exactly one of sum, minus, cases", "此处只能是 sum、minus、cases 之一")
    word, inner = next(iter(part.items()))
    if word in {"sum", "minus"}:
        return CountForm(word, parts=tuple(parse_count(item, scope) for item in inner.items()))
    if word == "parameter":
        if inner.text() not in scope.parameters:
            inner.fail(f"no parameter {inner.raw!r}", f"没有参数 {inner.raw!r}")
        return CountForm("parameter", name=inner.text())
    if word != "cases":
        node.fail(f"unknown word {word!r}", f"未知的词 {word!r}")
    return _parse_cases(inner, scope)


def _parse_cases(node: Node, scope: Scope) -> CountForm:
    *rows, last = node.items()
    tests, parts = [], []
    for row in rows:
        pair = row.record("when", "take")
        tests.append(parse_condition(pair["when"], scope))
        parts.append(parse_count(pair["take"], scope))
    parts.append(parse_count(last.record("else")["else"], scope))
    return CountForm("cases", parts=tuple(parts), tests=tuple(tests))


def compile_count(form: CountForm, scope: Scope) -> Count:
    """Turn the form into a closure."""
    if form.word == "name":
        return _compile_name(form.name)
    if form.word in {"number", "parameter"}:
        number = form.number if form.word == "number" else scope.parameters.get(form.name)
        fixed = (0, ENDLESS) if number is None else (number, number)
        return lambda _env: fixed
    parts = tuple(compile_count(part, scope) for part in form.parts)
    if form.word == "sum":
        return _compile_sum(parts)
    if form.word == "minus":
        return _compile_minus(parts)
    tests = tuple(compile_condition(test, scope) for test in form.tests)
    return _compile_cases(tests, parts)


def _compile_name(name: str) -> Count:
    def count(env: Env) -> Span:
        found = env[name]
        return found if found is not None else (0, ENDLESS)

    return count


def _compile_sum(parts: tuple[Count, ...]) -> Count:
    def count(env: Env) -> Span:
        low = high = 0
        for part in parts:
            one, two = part(env)
            low, high = low + one, high + two
        return low, min(high, ENDLESS)

    return count


def _compile_minus(parts: tuple[Count, ...]) -> Count:
    first, *rest = parts

    def count(env: Env) -> Span:
        low, high = first(env)
        for part in rest:
            one, two = part(env)
            low, high = low - two, high - one
        return max(low, 0), max(high, 0)

    return count


def _compile_cases(tests: tuple[Test, ...], parts: tuple[Count, ...]) -> Count:
    otherwise = parts[-1]

    def count(env: Env) -> Span:
        spans: list[Span] = []
        for test, part in zip(tests, parts, strict=False):
            found = test(env)
            if found is False:
                continue
            spans.append(part(env))
            if found:
                break
        else:
            if not spans:
                return otherwise(env)
            spans.append(otherwise(env))
        return min(one for one, _ in spans), max(two for _, two in spans)

    return count


def count_names(form: CountForm) -> frozenset[str]:
    """The counts that a form looks at directly."""
    own = {form.name} if form.word == "name" else set()
    return frozenset(own.union(*(count_names(part) for part in form.parts)))


def parse_date(node: Node, scope: Scope) -> DateForm:
    """Read how a date is computed."""
    part = node.record("from", "add", "parameter")
    start = part["from"].text()
    if start not in scope.dates and (start not in scope.facts or scope.facts[start].kind != "date"):
        part["from"].fail(f"no date {start!r}", f"没有日期 {start!r}")
    parameter = part["parameter"].text()
    if parameter not in scope.parameters:
        part["parameter"].fail(f"no parameter {parameter!r}", f"没有参数 {parameter!r}")
    return DateForm(part["add"].choice(*_SHIFTS), start, parameter)


def working_days_after(calendar: WorkCalendar, day: date, days: int) -> Days:
    """The ``days``-th working day after ``day`` (before it, when negative), as a pair (earliest, latest)."""
    ends = [_walk(calendar, day, days, unknown_works=flag) for flag in (True, False)]
    return min(ends), max(ends)


def _walk(calendar: WorkCalendar, day: date, days: int, *, unknown_works: bool) -> date:
    # Within one year next to the published tables every day may or may not work; further off nothing useful can be
    # said, so every day counts there in both readings and the walk ends.
    step = timedelta(days=1 if days >= 0 else -1)
    covered = calendar.covers
    near = {year + side for year in covered for side in (-1, 1)}
    left = abs(days)
    while left:
        day += step
        if day.year in covered:
            left -= calendar.is_working(day)
        else:
            left -= unknown_works or day.year not in near
    return day


def _years(_calendar: WorkCalendar, day: date, years: int) -> Days:
    end = add_months(day, 12 * years, rounding=Rounding.DOWN)
    return end, end


_SHIFTS: Mapping[str, Callable[[WorkCalendar, date, int], Days]] = {
    "years": _years,
    "working_days": working_days_after,
    "working_days_back": lambda calendar, day, days: working_days_after(calendar, day, -days),
}


def compile_date(form: DateForm, scope: Scope, calendar: WorkCalendar) -> When:
    """Turn the form into a closure."""
    shift, start = _SHIFTS[form.word], form.start
    number = scope.parameters.get(form.parameter)
    if number is None:
        return lambda _env: None

    def when(env: Env) -> Days | None:
        found = env[start]
        if found is None:
            return None
        if isinstance(found, date):
            return shift(calendar, found, number)
        first, last = found
        return shift(calendar, first, number)[0], shift(calendar, last, number)[1]

    return when
