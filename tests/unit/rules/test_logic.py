"""Three truth values, intervals, computed dates: the small parts, each against its definition."""

from datetime import date
from itertools import product

import pytest

from feiyu.base.calendar import WorkCalendar
from feiyu.base.text import Text
from feiyu.rules.closures import compile_condition
from feiyu.rules.conditions import Condition, Scope, exclusive, parse_condition
from feiyu.rules.derived import compile_count, parse_count, working_days_after
from feiyu.rules.errors import BadFact, BadRulebook
from feiyu.rules.facts import Env, Fact, as_given, parse_facts, span
from feiyu.rules.model import ENDLESS
from feiyu.rules.strict_yaml import parse

TRUTHS = (True, False, None)


def fact(name, kind):
    return Fact(
        id=name, kind=kind, question=Text("问", "ask"), values=("x", "y") if kind == "choice" else (), names={},
        suggest={}, absent=None, upper=None, place="t",
    )  # fmt: skip


FACTS = {
    name: fact(name, kind)
    for name, kind in [
        ("a", "truth"),
        ("b", "truth"),
        ("c", "choice"),
        ("n", "count"),
        ("m", "count"),
        ("d", "date"),
    ]
}
SCOPE = Scope(
    facts=FACTS, counts=frozenset({"n", "m"}), dates=frozenset({"end"}), parameters={"line": 10}, definitions={},
    switches={"s": "on"}, since=date(2026, 1, 1),
)  # fmt: skip


def condition(text):
    return parse_condition(parse(text.encode(), "t"), SCOPE)


def ask(text, **values):
    env = Env({"a": None, "b": None, "c": None, "n": None, "m": None, "d": None, "end": None, **values}, {})
    return compile_condition(condition(text), SCOPE)(env)


@pytest.mark.parametrize(("a", "b"), list(product(TRUTHS, TRUTHS)))
@pytest.mark.parametrize("size", [2, 3])
def test_kleene(a, b, size):
    parts = '{is: {a: "yes"}}, {is: {b: "yes"}}' + ', {is: {b: "yes"}}' * (size - 2)
    both = False if False in (a, b) else None if None in (a, b) else True
    either = True if True in (a, b) else None if None in (a, b) else False
    assert ask(f"all: [{parts}]", a=a, b=b) is both
    assert ask(f"any: [{parts}]", a=a, b=b) is either
    assert ask(f"not: {{all: [{parts}]}}", a=a, b=b) is (None if both is None else not both)


@pytest.mark.parametrize(
    ("a", "known", "shown", "is_no"),
    [(True, True, True, False), (False, True, False, True), (None, False, False, None)],
)
def test_known_and_shown_are_never_unknown(a, known, shown, is_no):
    assert ask("known: a", a=a) is known
    assert ask("not: {known: a}", a=a) is not known
    assert ask("shown: a", a=a) is shown
    assert ask('is: {a: "no"}', a=a) is is_no
    assert ask('not: {is: {a: "no"}}', a=a) is (None if is_no is None else not is_no)


@pytest.mark.parametrize(("c", "expected"), [("x", True), ("y", False), (None, None)])
def test_in(c, expected):
    assert ask("in: {c: [x]}", c=c) is expected


@pytest.mark.parametrize(
    ("n", "at_least", "more_than", "less_than"),
    [
        ((9, 9), False, False, True), ((10, 10), True, False, False), ((11, 11), True, True, False),
        ((9, 10), None, False, None), ((10, 11), True, None, False), ((0, ENDLESS), None, None, None),
        (None, None, None, None),
    ],
)  # fmt: skip
def test_lines(n, at_least, more_than, less_than):
    for line in ("10", "{parameter: line}"):
        assert ask(f"at_least: {{n: {line}}}", n=n) is at_least
        assert ask(f"more_than: {{n: {line}}}", n=n) is more_than
        assert ask(f"less_than: {{n: {line}}}", n=n) is less_than


@pytest.mark.parametrize(
    ("n", "m", "reaches", "exceeds"),
    [
        ((5, 5), (5, 5), True, False), ((6, 6), (5, 5), True, True), ((4, 4), (5, 5), False, False),
        ((4, 6), (5, 5), None, False), ((5, 7), (4, 6), None, False), (None, (5, 5), None, False),
    ],
)  # fmt: skip
def test_two_counts(n, m, reaches, exceeds):
    assert ask("reaches: {n: m}", n=n, m=m) is reaches
    assert ask("exceeds: {n: m}", n=n, m=m) is exceeds


@pytest.mark.parametrize(
    ("day", "reached", "past"),
    [(1, False, False), (2, None, False), (3, None, None), (4, True, None), (5, True, True)],
)
def test_a_computed_date_is_a_pair(day, reached, past):
    values = {"end": (date(2026, 1, 2), date(2026, 1, 4)), "at": date(2026, 1, day)}
    assert ask("reached: end", **values) is reached
    assert ask("past: end", **values) is past
    assert ask("later: {d: end}", d=date(2026, 1, day), **values) is past
    assert ask("later: {d: end}", **values) is None
    assert ask("past: end", end=None, at=date(2026, 1, 1)) is None
    assert ask("reached: end", end=None, at=date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("day", "expected"), [("2025-12-31", True), ("2026-01-01", True), ("2026-01-02", False)]
)
def test_since_and_setting_are_fixed(day, expected):
    assert ask(f"since: {day}") is expected
    assert ask(f"all: [{{since: {day}}}, {{known: a}}]", a=True) is expected
    assert ask(f"any: [{{since: {day}}}, {{setting: {{s: on2}}}}]") is expected
    assert ask(f"not: {{since: {day}}}") is not expected
    assert ask('setting: {s: "on"}') is True


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ('is: {a: "yes"}', 'is: {a: "no"}', True),
        ('is: {a: "yes"}', 'is: {a: "yes"}', False),
        ("in: {c: [x]}", "in: {c: [y]}", True),
        ("in: {c: [x, y]}", "is: {c: y}", False),
        ('not: {is: {a: "yes"}}', 'is: {a: "yes"}', True),
        ('all: [{is: {b: "yes"}}, {is: {a: "yes"}}]', 'all: [{is: {a: "no"}}]', True),
        ('any: [{is: {a: "yes"}}, {is: {b: "yes"}}]', 'is: {a: "no"}', False),
        ("at_least: {n: 5}", "less_than: {n: 5}", False),
    ],
)
def test_exclusion_is_seen_only_where_it_is_plain(one, two, expected):
    assert exclusive(condition(one), condition(two)) is expected
    assert exclusive(condition(two), condition(one)) is expected


def count(text, **values):
    form = parse_count(parse(f"is: {text}".encode(), "t").mapping()["is"], SCOPE)
    return compile_count(form, SCOPE)(Env({"a": None, "n": None, "m": None, **values}, {}))


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("{sum: [n, m]}", {"n": (1, 2), "m": (10, 20)}, (11, 22)),
        ("{minus: [n, m]}", {"n": (10, 20), "m": (1, 15)}, (0, 19)),
        ("{minus: [n, 5]}", {"n": (3, 3)}, (0, 0)),
        ("{sum: [n, m]}", {"n": (1, 1)}, (1, ENDLESS)),
        ("{parameter: line}", {}, (10, 10)),
        ('{cases: [{when: {is: {a: "yes"}}, take: 0}, {else: n}]}', {"a": True, "n": (7, 7)}, (0, 0)),
        ('{cases: [{when: {is: {a: "yes"}}, take: 0}, {else: n}]}', {"a": False, "n": (7, 7)}, (7, 7)),
        ('{cases: [{when: {is: {a: "yes"}}, take: 0}, {else: n}]}', {"a": None, "n": (7, 7)}, (0, 7)),
    ],
)
def test_counts(text, values, expected):
    assert count(text, **values) == expected


@pytest.mark.parametrize(
    "text", ["{times: [n, m]}", "{sum: [q]}", "{sum: [n], minus: [m]}", "{parameter: none}"]
)
def test_a_count_of_another_form_is_refused(text):
    with pytest.raises(BadRulebook):
        count(text)


CALENDAR = WorkCalendar.of([2026], [date(2026, 10, day) for day in range(1, 8)], [date(2026, 10, 10)])


def test_working_days_inside_the_table_are_exact():
    assert working_days_after(CALENDAR, date(2026, 9, 30), 1) == (date(2026, 10, 8), date(2026, 10, 8))
    assert working_days_after(CALENDAR, date(2026, 9, 30), 3) == (date(2026, 10, 10), date(2026, 10, 10))
    assert working_days_after(CALENDAR, date(2026, 10, 8), -1) == (date(2026, 9, 30), date(2026, 9, 30))


def test_working_days_beyond_the_table_are_a_pair_as_wide_as_what_is_not_known():
    first, last = working_days_after(CALENDAR, date(2026, 12, 31), 10)
    assert first == date(2027, 1, 10)
    assert last > date(2027, 12, 31)
    first, last = working_days_after(CALENDAR, date(2027, 1, 15), -60)
    assert first < last <= date(2026, 11, 5)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (
            "truth",
            [("yes", True), ("no", False), (True, True), (None, None), ("unknown", None)],
            [1, 0, "y", 1.0, []],
        ),
        ("choice", [("x", "x"), ("unknown", None), (None, None)], ["z", 1, True, ["x"]]),
        ("word", [("anything", "anything"), (None, None)], ["", "w" * 201, 5]),
        ("count", [(0, (0, 0)), (7, (7, 7)), ("unknown", None)], [-1, 1.5, "7", True, 2**52]),
        (
            "date",
            [("2026-01-02", date(2026, 1, 2)), (date(2026, 1, 2), date(2026, 1, 2))],
            ["2026-1-2", 20260102, "x"],
        ),
    ],
)
def test_facts_are_typed(kind, good, bad):
    read = fact("f", kind).reader()
    for value, expected in good:
        assert read(value) == expected
    for value in bad:
        with pytest.raises(BadFact, match="The fact f"):
            read(value)


@pytest.mark.parametrize(
    "text",
    [
        "f: {kind: choice, question: {zh: 问, en: ask}}",
        "f: {kind: truth, values: {x: {zh: 甲, en: x}}, question: {zh: 问, en: ask}}",
        "assumed: {kind: truth, question: {zh: 问, en: ask}}",
        "f: {kind: count, upper: g, question: {zh: 问, en: ask}}",
    ],
)
def test_a_badly_described_fact_is_refused(text):
    with pytest.raises(BadRulebook):
        parse_facts(parse(text.encode(), "t"))


@pytest.mark.parametrize(
    ("value", "given"),
    [
        (None, "unknown"),
        (True, "yes"),
        (False, "no"),
        ((3, 3), 3),
        ((3, 4), [3, 4]),
        ("x", "x"),
        (date(2026, 1, 2), "2026-01-02"),
    ],
)
def test_read_values_go_back_to_json(value, given):
    assert as_given(value) == given


def test_span_of_the_unknown_is_everything():
    assert span(None) == (0, ENDLESS)
    assert span((1, 2)) == (1, 2)


def test_conditions_compare_by_content():
    assert condition("known: a") == Condition("known", "t:1", (), "a")
