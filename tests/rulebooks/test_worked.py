"""The worked examples of the rulebook come out as they say; every rule has an example for and one against."""

from collections import defaultdict

import pytest

from feiyu.rules import Mark, load
from feiyu.rules.worked import worked_cases

BOOKS = load()
WORKED = tuple(worked_cases(BOOKS))


def determine(case):
    return BOOKS.determine(case.facts, at=case.at, switches=case.switches)


@pytest.mark.parametrize("case", WORKED, ids=[case.id for case in WORKED])
def test_example(case):
    assert case.differs(determine(case)) is None


@pytest.mark.parametrize("case", WORKED, ids=[case.id for case in WORKED])
def test_example_cites_texts_in_force(case):
    assert all(cite.in_force(case.at) for cite in case.cites if cite.citation.kind != "foreign")
    assert all(cite.source.in_force(case.at) for cite in case.cites)


def test_the_given_cases_are_all_among_them():
    assert sum(case.id.startswith("RC-") for case in WORKED) == 69
    assert len({case.id for case in WORKED}) == len(WORKED)


def test_every_rule_has_a_positive_and_a_negative_example():
    hits, others = defaultdict(int), defaultdict(int)
    for case in WORKED:
        hit = {step.rule for step in determine(case).trace if step.mark is Mark.HIT}
        for rule in BOOKS.book().rules:
            if rule.applies(case.at):
                (hits if rule.id in hit else others)[rule.id] += 1
    assert [rule.id for rule in BOOKS.book().rules if not hits[rule.id] or not others[rule.id]] == []


def test_every_switch_position_is_tried():
    tried = {(name, position) for case in WORKED for name, position in case.switches.items()}
    for name, switch in BOOKS.book().switches.items():
        others = set(switch.positions) - {switch.default}
        assert any((name, position) in tried for position in others), name


def test_the_trace_changes_nothing():
    for case in WORKED:
        one = BOOKS.determine(case.facts, at=case.at, switches=case.switches, trace=True).as_dict()
        two = BOOKS.determine(case.facts, at=case.at, switches=case.switches, trace=False).as_dict()
        assert two.pop("trace") == []
        one.pop("trace")
        assert one == two
