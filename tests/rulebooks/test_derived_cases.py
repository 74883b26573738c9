"""Cases derived from the text of the law, row by row of its decision table, before the rule files were read.

Each line changes a plain export (50,000 general persons, nothing special) at the named places, and says what must come
out. ``rule: null``: any rule may say so. They stand beside the 69 given cases, whose form they have.
"""

import copy
import json
from pathlib import Path

import pytest

from feiyu.rules.cases import answer_case

HERE = Path(__file__).parent
LINES = (HERE / "derived-cases.jsonl").read_text(encoding="utf-8").splitlines()
CASES = [json.loads(line) for line in LINES]
PLAIN = {
    "as_of": "2026-11-22",
    "exporter": {
        "ciio": "no", "zone": None, "registered_in_zone": False, "export_activity_in_zone": False, "sector": "general",
        "handles_persons_total": None,
    },
    "mode": "transfer", "data_origin": "prc", "purpose": "", "contains_pi": "yes", "important_data": "none",
    "state_secret_or_core": False, "exemption": {"claim": None, "conditions_met": None, "scope": None},
    "counts": {
        "unit": "natural_persons", "window": "calendar_year", "general_ytd_before": 0, "general_in_shipment": 50000,
        "general_overlap_with_ytd": 0, "general_exempt_in_shipment": 0, "sensitive_ytd_before": 0,
        "sensitive_in_shipment": 0, "sensitive_overlap_with_ytd": 0, "sensitive_exempt_in_shipment": 0,
    },
    "lists": {"general_list": None, "negative_list": None},
    "recipient": {"country": "DE", "on_pipl42_list": False, "onward_outside_gba": None},
    "flags": {
        "splitting_indicated": False, "foreign_judicial_request": False, "approval_obtained": None,
        "licence_required": None, "licence_obtained": None,
    },
    "prior": None,
}  # fmt: skip
ANSWER = ("id", "route", "rule", "options", "action", "obligations", "missing", "citations")


def facts_of(case: dict) -> dict:
    facts = copy.deepcopy(PLAIN)
    for path, value in case["set"].items():
        *way, last = path.split(".")
        part = facts
        for step in way:
            part = part[step]
        part[last] = value
    return facts


def test_there_are_many():
    assert len({case["id"] for case in CASES}) == len(CASES) >= 150


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_derived_case_is_answered_exactly(books, case):
    answer = answer_case(books, {"id": case["id"], "title": case["title"], "facts": facts_of(case)})
    assert set(ANSWER) <= set(answer)
    expected = case["expect"]
    names = [
        name
        for name in ("route", "rule", "options", "action")
        if expected[name] is not None or name != "rule"
    ]
    assert {name: answer[name] for name in names} == {name: expected[name] for name in names}, answer[
        "reason"
    ]
    assert set(expected["also"]) <= set(answer["obligations"])
    if answer["route"] == "NEEDS_INFO" and answer["rule"] not in {"R14", "R50", None}:
        assert answer["missing"]


BURDEN = {
    "NOT_OUTBOUND": 0, "EXEMPT": 0, "FTZ_GENERAL_LIST": 0, "FTZ_OFF_LIST": 0, "SCC_OR_CERT": 1, "HUMAN_REVIEW": 2,
    "SA": 3, "HOLD": 4, "PROHIBITED": 5, "NEEDS_INFO": 9,
}  # fmt: skip
NO_FACTS = {"as_of", "purpose", "list_id", "unit", "window"}
NONE_MEANS_NONE = {("flags", "licence_required"), ("exporter", "handles_persons_total")}
GIVEN = [json.loads(line) for line in (HERE / "route-cases.jsonl").read_text(encoding="utf-8").splitlines()]
ALL = [(case, case["facts"]) for case in GIVEN] + [(case, facts_of(case)) for case in CASES]


def leaves(part: dict, way: tuple[str, ...] = ()):
    for name, value in part.items():
        if isinstance(value, dict):
            yield from leaves(value, (*way, name))
        elif name not in NO_FACTS:
            yield (*way, name)


@pytest.mark.slow
@pytest.mark.parametrize("hidden", ["unknown", None], ids=["unknown", "null"])
def test_hiding_any_single_fact_of_any_case_never_makes_it_milder(books, hidden):
    tried = 0
    # Every third case with null: the form says none by it in places, and those are told apart above.
    for case, facts in ALL if hidden else ALL[::3]:
        route = answer_case(books, {"id": case["id"], "title": case["title"], "facts": facts})["route"]
        for way in leaves(facts):
            if hidden is None and way in NONE_MEANS_NONE:
                continue
            other = copy.deepcopy(facts)
            part = other
            for step in way[:-1]:
                part = part[step]
            part[way[-1]] = hidden
            answer = answer_case(books, {"id": case["id"], "title": case["title"], "facts": other})
            tried += 1
            assert BURDEN[answer["route"]] >= BURDEN[route] or route == "NEEDS_INFO", (case["id"], way)
    assert tried > 2_000
