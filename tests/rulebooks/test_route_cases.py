"""The 69 given cases, exact: route, rule, options, action; what is also required; the texts cited."""

import json
from pathlib import Path

import pytest

from feiyu.rules.cases import answer_case

LINES = Path(__file__).with_name("route-cases.jsonl").read_text(encoding="utf-8").splitlines()
CASES = [json.loads(line) for line in LINES]
# Citations of the given cases that follow from no fact of the case: the case's text names them, its facts do not.
NOT_IN_FACTS = {"RC-079", "RC-091", "RC-099", "RC-143"}


def test_there_are_as_many_as_were_given():
    assert len(CASES) == 69


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_given_case_is_answered_exactly(books, case):
    answer = answer_case(books, case)
    expected = case["expected"]
    assert {key: answer[key] for key in ("route", "rule", "options", "action")} == {
        key: expected[key] for key in ("route", "rule", "options", "action")
    }, answer["reason"]
    assert set(expected["also_required"]) <= set(answer["obligations"])


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_given_case_cites_what_it_should(books, case):
    cited = {(cite["instrument"], cite["article"]) for cite in answer_case(books, case)["citations"]}
    wanted = {(cite["instrument"], cite["article"]) for cite in case["citations"]}
    assert bool(wanted - cited) == (case["id"] in NOT_IN_FACTS)
