"""Every complete set of facts has exactly one outcome; more persons or fewer known facts never make it easier."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feiyu.rules import Mark, Route, load
from feiyu.rules.model import FREE

BOOKS = load()
BOOK = BOOKS.book()
FIRST = BOOK.formalised_from
SPAN = (date(2027, 6, 30) - FIRST).days
PERSONS = st.one_of(
    st.integers(0, 3), st.integers(9_998, 10_001), st.integers(99_998, 100_002), st.integers(999_998, 1_000_002),
    st.integers(0, 3_000_000),
)  # fmt: skip
SMALL = st.sampled_from([0, 0, 0, 1, 5_000])
YES_NO = st.sampled_from(["yes", "no"])
WORDS = {
    "sector": ["general", "auto", "retail", "reinsurance"], "zone": ["none", "shanghai", "beijing", "tianjin"],
    "general_list": ["none", "lingang-icv-2024"], "negative_list": ["none", "shanghai-2024", "beijing-2025"],
    "recipient_country": ["DE", "HK", "MO"], "exporter_city": ["none", "shanghai", "shenzhen"],
}  # fmt: skip
BURDEN = {
    Route.EXEMPT: 0, Route.FTZ_GENERAL_LIST: 0, Route.FTZ_OFF_LIST: 0, Route.SCC_OR_CERT: 1, Route.HUMAN_REVIEW: 2,
    Route.SA: 3,
}  # fmt: skip


def value_of(fact):
    if fact.kind == "truth":
        return YES_NO
    if fact.kind == "choice":
        return st.sampled_from(fact.values)
    if fact.kind == "word":
        return st.sampled_from(WORDS[fact.id])
    if fact.kind == "date":
        return st.integers(0, 1500).map(lambda n: date(2022, 9, 1) + timedelta(n))
    return SMALL if fact.id.endswith(("overlap", "exempt", "growth")) else PERSONS


CLOSED = {name: value_of(fact) for name, fact in BOOK.facts.items() if not name.endswith("_upper")}
COMPLETE = st.fixed_dictionaries(CLOSED)
DAYS = st.integers(0, SPAN).map(lambda n: FIRST + timedelta(n))
# The first gates refuse most random facts; these let the later rules be reached as often.
CALM = {
    "mode": "transfer", "state_secret_or_core": "no", "foreign_judicial_request": "no", "recipient_restricted": "no",
    "licence_required": "none", "contains_pi": "yes",
}  # fmt: skip
NOBODY_TWICE = {"general_overlap": 0, "sensitive_overlap": 0, "general_exempt": 0, "sensitive_exempt": 0}


def contradicts(facts):
    """More persons counted twice or exempt than there are: such facts are no state of the world."""
    return any(
        facts[f"{kind}_{part}"] > facts[f"{kind}_{whole}"]
        for kind in ("general", "sensitive")
        for part, whole in (("overlap", "in"), ("overlap", "before"), ("exempt", "in"))
    )


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(COMPLETE, DAYS, st.booleans())
def test_complete_facts_have_exactly_one_outcome(facts, day, calm):
    facts = {**facts, **CALM} if calm else facts
    found = BOOKS.determine(facts, at=day)
    hits = [step.rule for step in found.trace if step.mark is Mark.HIT]
    ending = [rule.id for rule in BOOK.rules if rule.terminal and rule.applies(day) and rule.id in hits]
    assert ending == [found.rule]
    assert all(step.mark is not Mark.UNKNOWN or step.rule != found.rule for step in found.trace)
    if found.route is Route.NEEDS_INFO:
        # With everything told only a contradiction or a list that cannot be used asks for more.
        assert found.rule in {"R14", "R50", "R94", "R43"}, found.reason


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(
    COMPLETE,
    DAYS,
    st.sampled_from(["general_in", "sensitive_in", "general_before", "sensitive_before"]),
    PERSONS,
)
def test_more_persons_never_lighten(facts, day, name, more):
    facts = {
        **facts,
        **CALM,
        "general_overlap": 0,
        "sensitive_overlap": 0,
        "general_exempt": 0,
        "sensitive_exempt": 0,
    }
    less = BOOKS.determine(facts, at=day, trace=False)
    found = BOOKS.determine({**facts, name: facts[name] + more}, at=day, trace=False)
    if less.route in BURDEN and found.route in BURDEN and less.route is not Route.HUMAN_REVIEW:
        # R49 stands before the sensitive line by design, so a person may be asked where an assessment was certain.
        assert BURDEN[found.route] >= BURDEN[less.route] or found.route is Route.HUMAN_REVIEW


@pytest.mark.slow
@settings(max_examples=350, deadline=None)
@given(COMPLETE, DAYS, st.sets(st.sampled_from(sorted(CLOSED)), min_size=1, max_size=6), st.data())
def test_unknown_never_becomes_permission(facts, day, hidden, data):
    facts = {**facts, **CALM}
    told = {name: ("unknown" if name in hidden else value) for name, value in facts.items()}
    found = BOOKS.determine(told, at=day, trace=False)
    if found.route not in FREE | {Route.NOT_OUTBOUND}:
        return
    # Whatever the hidden facts turn out to be, the answer stays a free one.
    other = {name: data.draw(CLOSED[name]) for name in sorted(hidden)}
    for completion in (facts, {**facts, **other}):
        full = BOOKS.determine(completion, at=day, trace=False)
        if full.rule not in {"R14", "R50", "R94"} and not contradicts(completion):
            assert full.route in FREE | {Route.NOT_OUTBOUND}, (found.rule, full.rule)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(COMPLETE, DAYS, PERSONS)
def test_an_upper_count_only_asks(facts, day, more):
    facts = {**facts, **CALM, **NOBODY_TWICE}
    exact = BOOKS.determine(facts, at=day, trace=False)
    wide = BOOKS.determine({**facts, "general_in_upper": facts["general_in"] + more}, at=day, trace=False)
    kinds = ({exact.route} | (FREE if exact.route in FREE else set())) | {Route.NEEDS_INFO}
    assert wide.route in kinds


@given(DAYS)
@settings(max_examples=60, deadline=None)
def test_nothing_told_is_never_a_permission(day):
    assert BOOKS.determine({}, at=day, trace=False).route is Route.NEEDS_INFO


# What has to be shown is not shown while unknown, so these change an answer that no longer says "possible".
SHOWN = {"ground_conditions", "approval_obtained", "licence_obtained"}


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(
    COMPLETE, DAYS, st.sets(st.sampled_from(sorted(set(CLOSED) - SHOWN)), min_size=1, max_size=6), st.data()
)
def test_the_routes_left_open_hold_every_completion(facts, day, hidden, data):
    facts = {**facts, **NOBODY_TWICE, **{name: value for name, value in CALM.items() if name not in hidden}}
    told = {name: ("unknown" if name in hidden else value) for name, value in facts.items()}
    found = BOOKS.determine(told, at=day, trace=False)
    if found.route is not Route.NEEDS_INFO or not found.possible:
        return
    drawn = {name: data.draw(CLOSED[name]) for name in sorted(hidden)}
    for completion in (facts, {**facts, **drawn}):
        full = BOOKS.determine(completion, at=day, trace=False)
        assert full.route in {*found.possible, Route.NEEDS_INFO}, (found.rule, full.rule)
