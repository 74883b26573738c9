"""From a profile to facts: the demo's three cargoes, unread fields, several tables, findings."""

from datetime import date

import pytest

from feiyu.edge.assess import assess, assess_alone, facts_for
from feiyu.rules import Route, Rulebooks, load

DAY = date(2026, 11, 22)
SCENARIO = {"purpose": "warranty", "ground": "none", "country": "DE", "sector": "auto", "origin": "domestic"}
EXPORTER = {"ciio": "no", "important_finding": "none"}


@pytest.fixture(scope="module")
def books() -> Rulebooks:
    return load()


def three(counted, upper=None, lower=None):
    return {"lower": counted if lower is None else lower, "counted": counted, "upper": upper or counted}


def field(name, type_, *, personal=False, sensitive=False, level="general", state="read"):
    return {
        "index": 0, "name": name, "type": type_, "also": [], "embedded": [], "confidence": 99, "level": level,
        "category": "other", "personal": personal, "sensitive": sensitive, "state": state, "nulls": 0, "distinct": 1,
        "samples": [], "reason": {"zh": "样例", "en": "sample"},
    }  # fmt: skip


def table(name, persons, *fields, sensitive=None):
    counts = {**persons, "linked": 0, "by": {}, "exact": True}
    counts |= {"sensitive": sensitive or three(0), "under14": three(0)}
    return {"name": name, "rows": 1, "fields": list(fields), "persons": counts}


def profile(*tables, partial=False):
    source = {"name": "sample.csv", "format": "csv", "size_bytes": 1}
    return {
        "format": "feiyu-profile/1",
        "source": source,
        "partial": partial,
        "warnings": [],
        "tables": list(tables),
    }


VIN = field("vin", "vin", personal=True)
TRACK = field("track", "trajectory", personal=True, sensitive=True)
AFTER_SALES = profile(table("orders", three(60_000), VIN, TRACK, sensitive=three(8_000)))
WITHOUT_TRACK = profile(table("orders", three(60_000), VIN))
FLIGHTS = profile(table("flights", three(0), field("carrier", "text"), field("distance", "number")))


def test_after_sales_with_trajectories_need_a_contract_or_certificate(books):
    found = assess_alone(books, AFTER_SALES, scenario=SCENARIO, exporter=EXPORTER, at=DAY)
    assert (found.route, found.rule, found.options) == (Route.SCC_OR_CERT, "R52", ("SCC", "CERT"))


def test_without_the_trajectory_they_are_exempt(books):
    found = assess_alone(books, WITHOUT_TRACK, scenario=SCENARIO, exporter=EXPORTER, at=DAY)
    assert (found.route, found.rule) == (Route.EXEMPT, "R53")


def test_flights_with_a_finding_are_exempt(books):
    found = assess_alone(books, FLIGHTS, scenario=SCENARIO, exporter=EXPORTER, at=DAY)
    assert (found.route, found.rule) == (Route.EXEMPT, "R20")


def test_without_a_finding_the_level_is_asked_for(books):
    found = assess_alone(books, FLIGHTS, scenario=SCENARIO, exporter={"ciio": "no"}, at=DAY)
    assert found.route is Route.NEEDS_INFO
    assert {"important_status", "state_secret_or_core"} <= {item.fact for item in found.missing}


@pytest.mark.parametrize(
    ("finding", "route"),
    [
        ("none", Route.EXEMPT),
        ("suspected", Route.EXEMPT),
        ("important", Route.SA),
        ("core", Route.PROHIBITED),
    ],
)
def test_the_signed_finding_sets_the_level_and_the_scan_does_not(books, finding, route):
    suspected = profile(table("map", three(0), field("grid", "plane_coordinate", level="important")))
    given = {**EXPORTER, "important_finding": finding, "licence_required": "none"}
    assert assess_alone(books, suspected, scenario=SCENARIO, exporter=given, at=DAY).route is route


def test_the_rest_of_the_year_counts(books):
    totals = {"persons": three(45_000), "sensitive": three(0)}
    both = assess(books, WITHOUT_TRACK, scenario=SCENARIO, totals=totals, exporter=EXPORTER, at=DAY)
    assert both.alone.route is Route.EXEMPT
    # 105,000 in the automotive sector: the two lines of 2021 and 2026 disagree.
    assert (both.year.route, both.year.rule) == (Route.HUMAN_REVIEW, "R49")
    general = {**SCENARIO, "sector": "retail"}
    both = assess(books, WITHOUT_TRACK, scenario=general, totals=totals, exporter=EXPORTER, at=DAY)
    assert (both.year.route, both.year.rule) == (Route.SCC_OR_CERT, "R52")


def test_an_unknown_year_is_asked_for(books):
    facts = facts_for(WITHOUT_TRACK, SCENARIO, None, EXPORTER)
    found = books.determine(facts, at=DAY)
    assert (found.route, found.rule) == (Route.NEEDS_INFO, "R50")


def test_an_upper_count_over_a_line_asks(books):
    wide = profile(table("orders", three(99_000, upper=130_000), VIN))
    found = assess_alone(books, wide, scenario={**SCENARIO, "sector": "retail"}, exporter=EXPORTER, at=DAY)
    assert found.route is Route.NEEDS_INFO
    assert "general_in" in {item.fact for item in found.missing}


def test_several_tables_count_between_the_largest_and_the_sum(books):
    two = profile(table("a", three(60_000), VIN), table("b", three(50_000), VIN))
    facts = facts_for(two, SCENARIO, {"persons": 0, "sensitive": 0}, EXPORTER)
    assert (facts["general_in"], facts["general_in_upper"]) == (60_000, 110_000)


@pytest.mark.parametrize("unclear", [field("blob", "text", state="unread"), field("x", "unknown")])
def test_what_nobody_understood_is_never_without_persons(books, unclear):
    found = assess_alone(
        books, profile(table("t", three(0), unclear)), scenario=SCENARIO, exporter=EXPORTER, at=DAY
    )
    assert found.route is Route.NEEDS_INFO
    assert "contains_pi" in {item.fact for item in found.missing}


def test_a_profile_cut_short_has_no_count(books):
    short = profile(*WITHOUT_TRACK["tables"], partial=True)
    found = assess_alone(books, short, scenario=SCENARIO, exporter=EXPORTER, at=DAY)
    assert (found.route, found.rule) == (Route.NEEDS_INFO, "R50")


def test_assumptions_are_said(books):
    facts = facts_for(WITHOUT_TRACK, SCENARIO, {"persons": 0}, EXPORTER)
    assert facts["assumed"] == ["foreign_judicial_request", "recipient_restricted", "licence_required"]
    found = books.determine(facts, at=DAY)
    assert sum("Not declared" in warning.en for warning in found.warnings) == 3


def test_a_sector_with_licences_is_asked_about_them(books):
    facts = facts_for(WITHOUT_TRACK, {**SCENARIO, "sector": "health"}, {"persons": 0}, EXPORTER)
    assert "licence_required" not in facts
    assert books.determine(facts, at=DAY).route is Route.NEEDS_INFO


@pytest.mark.parametrize(
    ("after", "overlap", "route"),
    [(105_000, 0, Route.SCC_OR_CERT), (99_999, 5_001, Route.EXEMPT), (60_000, 45_000, Route.EXEMPT)],
)
def test_persons_already_counted_this_year_count_once(books, after, overlap, route):
    totals = {
        "persons": three(45_000),
        "sensitive": three(0),
        "after": {"persons": three(after), "sensitive": 0},
    }
    scenario = {**SCENARIO, "sector": "retail"}
    both = assess(books, WITHOUT_TRACK, scenario=scenario, totals=totals, exporter=EXPORTER, at=DAY)
    assert both.facts["general_overlap"] == overlap
    assert both.year.route is route
