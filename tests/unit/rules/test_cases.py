"""The adapter beyond the given cases: other words, nulls, contradictions, units, windows, editions of lists."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feiyu.rules import Route, load
from feiyu.rules.cases import answer_case

BOOKS = load()

FIRST = json.loads(
    (Path(__file__).parents[2] / "rulebooks" / "route-cases.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()[0]
)


def case(**changes):
    """RC-001 with dotted paths changed."""
    found = copy.deepcopy(FIRST)
    found["title"] = "a case"
    for path, value in changes.items():
        place = found["facts"]
        *steps, last = path.split("__")
        for step in steps:
            place = place[step]
        place[last] = value
    return found


def answer(books, **changes):
    found = answer_case(books, case(**changes))
    return found["route"], found["rule"], found["options"], found["action"]


GENERAL = {"counts__general_in_shipment": 300_000}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # thresholds
        ({"counts__general_in_shipment": 999_999}, ("SCC_OR_CERT", "R52", ["SCC", "CERT"], None)),
        ({"counts__general_in_shipment": 1_000_000}, ("SA", "R51", [], None)),
        (
            {"counts__general_ytd_before": 95_000, "counts__general_in_shipment": 5_000},
            ("SCC_OR_CERT", "R52", ["SCC", "CERT"], None),
        ),
        ({"counts__sensitive_in_shipment": 1}, ("SCC_OR_CERT", "R52", ["SCC", "CERT"], None)),
        ({"counts__general_in_shipment": 100_000.0}, ("SCC_OR_CERT", "R52", ["SCC", "CERT"], None)),
        # modes
        ({"mode": "domestic_only"}, ("NOT_OUTBOUND", "R00", [], None)),
        ({"mode": "carrier pigeon", **GENERAL}, ("SCC_OR_CERT", "R52", ["SCC", "CERT"], None)),
        ({"mode": None}, ("NEEDS_INFO", "R00", [], None)),
        ({"mode": "overseas_direct_processing", **GENERAL}, ("SCC_OR_CERT", "R52", ["CERT"], None)),
        # gates
        ({"state_secret_or_core": None}, ("NEEDS_INFO", "R01", [], None)),
        ({"flags__foreign_judicial_request": True}, ("PROHIBITED", "R02", [], None)),
        ({"recipient__on_pipl42_list": True}, ("PROHIBITED", "R03", [], None)),
        ({"recipient__on_pipl42_list": None}, ("NEEDS_INFO", "R03", [], None)),
        ({"flags__licence_required": "export control"}, ("HOLD", "R04", [], None)),
        ({"flags__licence_required": "CITES", "flags__licence_obtained": None}, ("HOLD", "R04", [], None)),
        ({"flags__licence_required": "HGR", "flags__licence_obtained": True}, ("EXEMPT", "R53", [], None)),
        # basic facts
        ({"important_data": None}, ("NEEDS_INFO", "R13", [], None)),
        ({"important_data": "self_suspected"}, ("EXEMPT", "R53", [], None)),
        ({"contains_pi": "unknown"}, ("NEEDS_INFO", "R13", [], None)),
        ({"contains_pi": "no"}, ("NEEDS_INFO", "R14", [], None)),
        ({"data_origin": "overseas_only", **GENERAL}, ("EXEMPT", "R21", [], None)),
        ({"data_origin": "from the moon", **GENERAL}, ("SCC_OR_CERT", "R52", ["SCC", "CERT"], None)),
        (
            {"data_origin": "overseas_plus_prc_pi", **GENERAL},
            ("SCC_OR_CERT", "R52", ["SCC", "CERT"], "OFFER_REMEDIATION_STRIP_PRC_PI"),
        ),
        ({"exporter__ciio": None}, ("NEEDS_INFO", "R40", [], None)),
        # counts
        ({"counts__general_in_shipment": None}, ("NEEDS_INFO", "R50", [], None)),
        ({"counts__general_overlap_with_ytd": 5}, ("NEEDS_INFO", "R50", [], None)),
        ({"counts__unit": "records"}, ("NEEDS_INFO", "R50", [], None)),
        ({"counts__window": "rolling_12_months"}, ("NEEDS_INFO", "R50", [], None)),
        ({"as_of": "2023-10-01", "counts__window": "since_previous_year"}, ("SCC_OR_CERT", "R92", ["SCC", "CERT"], None)),
        # sectors
        ({"exporter__sector": "Automotive", **GENERAL}, ("HUMAN_REVIEW", "R49", [], None)),
        # history
        ({"as_of": "2024-03-21"}, ("SCC_OR_CERT", "R92", ["SCC", "CERT"], None)),
        ({"as_of": "2024-03-22"}, ("EXEMPT", "R53", [], None)),
        ({"as_of": "2023-10-01", "exporter__handles_persons_total": 1_000_000}, ("SA", "R90", [], None)),
        ({"as_of": "2023-10-01", "counts__general_in_shipment": 100_000}, ("SA", "R91", [], None)),
    ],
)  # fmt: skip
def test_answer(books, changes, expected):
    assert answer(books, **changes) == expected


def claimed(**changes):
    exemption = {"claim": "contract", "conditions_met": True, "scope": "all"}
    counts = {"counts__general_in_shipment": 300_000, "counts__general_exempt_in_shipment": 300_000}
    return {"exemption": exemption | changes.pop("exemption", {}), **counts, **changes}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("EXEMPT", "R34")),
        ({"exemption": {"conditions_met": False}}, ("SCC_OR_CERT", "R52")),
        ({"exemption": {"conditions_met": None}}, ("NEEDS_INFO", "R30")),
        ({"exemption": {"claim": "hr", "conditions_met": None}}, ("NEEDS_INFO", "R31")),
        ({"exemption": {"claim": "whim"}}, ("SCC_OR_CERT", "R52")),
        ({"exemption": {"scope": None}}, ("EXEMPT", "R34")),
        ({"exemption": {"scope": None}, "counts__general_exempt_in_shipment": 250_000}, ("EXEMPT", "R53")),
        (
            {"exemption": {"scope": "some_fields"}, "counts__general_exempt_in_shipment": 100_000},
            ("SCC_OR_CERT", "R52"),
        ),
        (
            {"exemption": {"scope": "all"}, "counts__general_exempt_in_shipment": 100_000},
            ("SCC_OR_CERT", "R52"),
        ),
        ({"exemption": {"scope": "none"}, "counts__general_exempt_in_shipment": 0}, ("SCC_OR_CERT", "R52")),
        ({"exporter__ciio": "yes"}, ("EXEMPT", "R34")),
        ({"exemption": {"claim": "statutory_duty"}, "as_of": "2024-12-31"}, ("SCC_OR_CERT", "R52")),
        ({"important_data": "notified_or_published"}, ("SA", "R11")),
        ({"counts__general_ytd_before": 2_000_000}, ("EXEMPT", "R34")),
    ],
)
def test_claims(books, changes, expected):
    assert answer(books, **claimed(**changes))[:2] == expected


def listed(**changes):
    negative = {"list_id": "shanghai-2025", "covered": True, "on_list": False} | changes.pop("list", {})
    base = {
        "exporter__zone": "shanghai", "exporter__registered_in_zone": True, "exporter__export_activity_in_zone": True,
        "lists": {"general_list": None, "negative_list": negative}, **GENERAL,
    }  # fmt: skip
    return base | changes


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("FTZ_OFF_LIST", "R44")),
        (
            {"exporter__registered_in_zone": False, "exporter__export_activity_in_zone": False},
            ("FTZ_OFF_LIST", "R44"),
        ),
        ({"exporter__export_activity_in_zone": False}, ("SCC_OR_CERT", "R52")),
        ({"exporter__ciio": "yes"}, ("SA", "R41")),
        ({"list": {"covered": False}}, ("SCC_OR_CERT", "R52")),
        ({"list": {"covered": None}}, ("NEEDS_INFO", "R44")),
        ({"list": {"on_list": None}}, ("NEEDS_INFO", "R43")),
        ({"list": {"on_list": True}}, ("NEEDS_INFO", "R43")),
        ({"list": {"on_list": True, "kind": "important"}}, ("SA", "R11")),
        ({"list": {"on_list": True, "consequence": "SA"}}, ("SA", "R43")),
        (
            {"list": {"on_list": True, "sa_general_from": 5_000_000, "scc_general_from": 500_000}},
            ("EXEMPT", "R43"),
        ),
        ({"list": {"on_list": True, "sa_general_from": 5_000_000}}, ("SCC_OR_CERT", "R43")),
        ({"list": {"on_list": True, "sa_general_from": 200_000}}, ("SA", "R43")),
        ({"list": {"list_id": "shanghai-2024"}}, ("SCC_OR_CERT", "R52")),
        ({"as_of": "2026-04-20"}, ("SCC_OR_CERT", "R52")),
        ({"list": {"list_id": "shanghai-2024"}, "as_of": "2026-04-20"}, ("FTZ_OFF_LIST", "R44")),
        ({"list": {"list_id": "beijing-2025"}}, ("FTZ_OFF_LIST", "R44")),
        ({"list": {"list_id": "beijing-2024(borrowed)"}, "as_of": "2025-04-08"}, ("SCC_OR_CERT", "R52")),
        ({"list": {"list_id": "hubei-2027"}}, ("FTZ_OFF_LIST", "R44")),
        ({"exporter__zone": None}, ("SCC_OR_CERT", "R52")),
    ],
)
def test_lists(books, changes, expected):
    assert answer(books, **listed(**changes))[:2] == expected


@pytest.mark.parametrize(
    ("prior", "expected"),
    [
        (
            {"mechanism": "SA", "issued": "2024-01-15", "unchanged": True, "growth_pct": 20.0},
            "APPLY_EXTENSION",
        ),
        ({"mechanism": "SA", "issued": "2024-01-15", "unchanged": True, "growth_pct": 20.01}, "REDECLARE"),
        ({"mechanism": "SA", "issued": "2024-01-15", "unchanged": True, "growth_pct": -5}, "APPLY_EXTENSION"),
        ({"mechanism": "SA", "issued": "2025-06-01", "unchanged": True}, "CONTINUE_UNTIL_2028-06-01"),
        ({"mechanism": "SA", "issued": "2023-11-22", "unchanged": True}, "APPLY_EXTENSION"),
        ({"mechanism": "SA", "issued": "2023-11-21", "unchanged": True}, "REDECLARE"),
        (
            {"mechanism": "SA", "issued": "2025-06-01", "unchanged": True, "valid_to": "2026-01-01"},
            "REDECLARE",
        ),
        ({"mechanism": "SA", "issued": "2025-06-01", "unchanged": True, "major_incident": True}, "REDECLARE"),
        ({"mechanism": "SCC", "valid": True}, "DECLARE_SA_INCLUDING_PRIOR_VOLUME"),
        ({"mechanism": "exemption"}, None),
        ({"mechanism": "something else"}, None),
    ],
)
def test_a_basis_beside_an_assessment(books, prior, expected):
    assert answer(books, counts__general_in_shipment=1_500_000, prior=prior)[3] == expected


@pytest.mark.parametrize(
    ("prior", "options", "action"),
    [
        ({"mechanism": "SCC", "effective": "2026-11-06", "unchanged": True}, ["SCC"], "LATE_FILING_FINDING"),
        ({"mechanism": "SCC", "effective": "2026-11-09", "unchanged": True}, ["SCC"], "FILE_BY_2026-11-23"),
        (
            {"mechanism": "SCC", "effective": "2026-11-02", "filed": "2026-11-16", "unchanged": True},
            ["SCC"],
            None,
        ),
        (
            {"mechanism": "SCC", "effective": "2026-11-02", "filed": "2026-11-17", "unchanged": True},
            ["SCC"],
            "LATE_FILING_FINDING",
        ),
        ({"mechanism": "SCC", "valid": True, "unchanged": True}, ["SCC"], None),
        ({"mechanism": "SCC", "valid": False}, ["SCC", "CERT"], None),
        ({"mechanism": "CERT", "issued": "2026-03-01", "unchanged": False}, ["CERT"], "RECERTIFY"),
    ],
)
def test_a_basis_beside_a_contract(books, prior, options, action):
    assert answer(books, **GENERAL, prior=prior)[2:] == (options, action)


@pytest.mark.parametrize(
    ("city", "country", "onward", "offered"),
    [
        ("Shenzhen", "HK", False, True), ("广州市", "HK", False, True), ("Zhuhai City", "Macao", False, True),
        ("Shenzhen", "HK", None, False), ("Shenzhen", "SG", False, False), ("Shanghai", "HK", False, False),
    ],
)  # fmt: skip
def test_the_bay_area_contract(books, city, country, onward, offered):
    recipient = {
        "country": country,
        "on_pipl42_list": False,
        "onward_outside_gba": onward,
        "exporter_city": city,
    }
    assert ("GBA_SCC" in answer(books, **GENERAL, recipient=recipient)[2]) is offered


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"as_of": "2022-08-31"}, "RULES-0003"), ({"as_of": None}, "RULES-0002"),
        ({"counts__general_in_shipment": -1}, "RULES-0002"), ({"counts__general_in_shipment": 1.5}, "RULES-0002"),
        ({"counts": [1]}, "RULES-0002"), ({"contains_pi": "perhaps"}, "RULES-0002"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_answered_and_never_permits(books, changes, code):
    found = answer_case(books, case(**changes))
    assert (found["route"], found["error"]) == ("NEEDS_INFO", code)
    assert found["warnings"][0]["zh"]


def test_missing_facts_are_named_as_the_form_names_them(books):
    found = answer_case(books, case(exporter__ciio="unknown"))
    assert found["missing"] == ["exporter.ciio"]
    found = answer_case(books, case(**claimed(exemption={"conditions_met": None})))
    assert found["missing"] == ["exemption.conditions_met"]


def test_facts_may_stand_without_a_wrapper(books):
    assert answer_case(books, FIRST["facts"])["rule"] == "R53"


def test_stating_in_words_that_it_already_happens_stops_it(books):
    told = case(counts__general_in_shipment=1_500_000)
    told["title"] = "Exports PI without the required SA"
    assert answer_case(books, told)["action"] == "STOP_UNTIL_SA"
    told = case(counts__general_in_shipment=1_500_000, flags__exporting_without_basis=True)
    assert answer_case(books, told)["action"] == "STOP_UNTIL_SA"


def paths(node, before=()):
    for name, value in node.items():
        yield (*before, name)
        if isinstance(value, dict):
            yield from paths(value, (*before, name))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2_000_000) | st.floats(allow_nan=False) | st.text(max_size=6)
    | st.sampled_from(["yes", "no", "unknown", "SA", "SCC", "CERT", "all", "contract", "2024-01-15", "shanghai-2025"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip
SHAPES = [
    {
        "list_id": "shanghai-2025",
        "covered": True,
        "on_list": False,
        "sa_general_from": 5,
        "consequence": "SA",
    },
    {"list_id": "lingang-icv-2024", "in_force": True, "scenario_match": True, "conditions_met": True},
    {
        "mechanism": "SA",
        "issued": "2024-01-15",
        "unchanged": True,
        "growth_pct": 3.5,
        "valid_to": "2027-01-15",
    },
]
PATHS = sorted(paths(FIRST["facts"]))


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(st.sampled_from(PATHS), st.one_of(JSON, st.sampled_from(SHAPES)), st.sampled_from(PATHS), JSON)
def test_no_json_breaks_the_adapter(path, value, other, second):
    told = copy.deepcopy(FIRST)
    for steps, put in ((path, value), (other, second)):
        place = told["facts"]
        for step in steps[:-1]:
            place = place[step] if isinstance(place.get(step), dict) else {}
        place[steps[-1]] = put
    found = answer_case(BOOKS, told)
    assert found["route"] in set(Route)
    json.dumps(found)


@pytest.mark.parametrize(
    "told", [{}, {"facts": None}, {"facts": []}, {"id": 1, "facts": {"as_of": "2026-11-22"}}, [], 5, None]
)
def test_a_line_that_is_no_case_is_answered(told):
    assert answer_case(BOOKS, told)["route"] == "NEEDS_INFO"


def test_the_line_is_json(books):
    assert json.loads(json.dumps(answer_case(books, FIRST)))["id"] == "RC-001"


def test_a_certificate_of_before_the_measures_of_2026(books):
    prior = {"mechanism": "CERT", "issued": "2024-06-01", "unchanged": True}
    found = answer(books, **GENERAL, as_of="2025-06-01", prior=prior)
    assert found == ("SCC_OR_CERT", "R52", ["CERT"], "CONTINUE_UNTIL_2027-06-01")


def test_growth_before_the_third_edition_of_the_guide_is_not_tested(books):
    prior = {"mechanism": "SA", "issued": "2024-01-15", "unchanged": True, "growth_pct": 50}
    found = answer(books, counts__general_in_shipment=1_500_000, as_of="2025-06-26", prior=prior)
    assert found[3] == "CONTINUE_UNTIL_2027-01-15"
    found = answer(books, counts__general_in_shipment=1_500_000, as_of="2025-06-27", prior=prior)
    assert found[3] == "REDECLARE"
