"""Zone lists, foreign regimes, incident clocks and the stress test: complete, cited, and fixtures refused."""

from datetime import date

import pytest

from feiyu.base.errors import TooLarge
from feiyu.rules import Route
from feiyu.rules.errors import BadRulebook, FixtureRefused, UnknownName
from feiyu.rules.reference import (
    AGREEMENTS,
    destination_notes,
    incident_duties,
    regimes,
    reverse_flow,
    stress_test,
)
from feiyu.rules.strict_yaml import MAX_BYTES
from feiyu.rules.zones import import_list, lists_for, zone_lists

DAY = date(2026, 11, 22)
ANNEX = """\
id: shanghai-2025
zone: shanghai
kind: negative
source: cn/sh-nl-2025
issued: 2026-04-24
city_wide: true
excludes_ciio: true
sectors:
  reinsurance: {zh: 再保险, en: reinsurance}
size: {zh: 样例, en: sample}
complete: true
fixture: false
scenarios:
  - id: life
    sector: reinsurance
    title: {zh: 人身险再保险, en: life reinsurance}
    items:
      - id: health
        title: {zh: 健康告知, en: health declarations}
        important: false
        consequence: by_quantity
        lines: {assessment_sensitive: 20000, contract_sensitive: 1000}
      - id: mortality
        title: {zh: 全国死亡率, en: national mortality}
        important: true
        consequence: SA
"""


@pytest.fixture
def annex(tmp_path):
    file = tmp_path / "annex.yaml"
    file.write_text(ANNEX, encoding="utf-8")
    return file


def test_every_shipped_list_is_dated_cited_and_without_figures(books):
    found = list(zone_lists(books))
    assert len(found) == 16
    for one in found:
        assert one.source.kind == "list"
        assert one.posted is None or one.posted >= one.issued
        assert one.complete is False
        assert bool(one.scenarios) == one.fixture


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("shanghai", date(2026, 4, 23), "shanghai-2024"), ("shanghai", date(2026, 4, 24), "shanghai-2025"),
        ("beijing", date(2026, 5, 10), "beijing-2024"), ("beijing", date(2026, 5, 11), "beijing-2025"),
        ("guangdong", date(2026, 5, 15), "guangdong-2025"),
    ],
)  # fmt: skip
def test_one_edition_is_in_force(books, zone, day, expected):
    found = [one.id for one in lists_for(books, zone, day) if one.kind == "negative" and not one.fixture]
    assert found == [expected]


def test_a_list_without_its_annex_answers_nothing(books):
    shanghai = next(one for one in lists_for(books, "shanghai", DAY) if one.kind == "negative")
    facts = shanghai.facts(sector="reinsurance", scenario="life", item=None)
    assert facts["negative_list_covered"] == "unknown"
    assert shanghai.covers("reinsurance") is None
    assert shanghai.covers("fishing") is False


def test_a_fixture_is_refused_in_real_use(books, plain_facts):
    fixture = next(one for one in zone_lists(books) if one.fixture)
    with pytest.raises(FixtureRefused, match="fixture-beijing-2024"):
        fixture.facts(sector="pharma", scenario="clinical-trial", item="subject-records")
    facts = fixture.facts(sector="pharma", scenario="clinical-trial", item="subject-records", real=False)
    told = {
        **plain_facts, **facts, "zone": "beijing", "registered_in": "zone", "exports_from": "zone", "sector": "pharma",
        "sensitive_in": 30_000,
    }  # fmt: skip
    day = date(2025, 1, 15)
    assert books.determine(told, at=day, switches={"fixture_lists": "accept"}).rule == "R43"
    assert books.determine(told, at=day, switches={"fixture_lists": "accept"}).route == "SCC_OR_CERT"
    assert books.determine(told, at=day).route == "NEEDS_INFO"


@pytest.mark.parametrize(
    ("item", "sensitive", "expected"),
    [
        ("health", 999, ("EXEMPT", "R43")), ("health", 1_000, ("SCC_OR_CERT", "R43")),
        ("health", 19_999, ("SCC_OR_CERT", "R43")), ("health", 20_000, ("SA", "R43")), ("mortality", 0, ("SA", "R11")),
        (None, 30_000, ("FTZ_OFF_LIST", "R44")),
    ],
)  # fmt: skip
def test_an_imported_annex_decides(books, plain_facts, annex, item, sensitive, expected):
    facts = import_list(books, annex).facts(sector="reinsurance", scenario="life", item=item, real=False)
    told = {
        **plain_facts, **facts, "zone": "shanghai", "registered_in": "city", "exports_from": "city",
        "sensitive_in": sensitive, "general_in": 0,
    }  # fmt: skip
    found = books.determine(told, at=DAY)
    assert (found.route, found.rule) == expected


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("cn/sh-nl-2025", "cn/nowhere", r"annex\.yaml:4.*no such registered text"),
        ("complete: true", "complete: false", "scenarios stand exactly"),
        ("id: mortality", "id: health", "stands twice"),
        ("consequence: SA", "consequence: by_quantity", "quantities stand with by_quantity"),
        ("assessment_sensitive", "assessment_secret", "unknown key"),
        ("20000", "20k", "whole number"),
        ("kind: negative", "kind: positive", "not one of: negative, general"),
    ],
)
def test_a_faulty_annex_is_refused_with_its_line(books, annex, old, new, match):
    annex.write_text(ANNEX.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadRulebook, match=match):
        import_list(books, annex)


def test_an_annex_over_the_limit_is_refused(books, tmp_path):
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(TooLarge):
        import_list(books, big)


def test_scenarios_and_items_are_named(books, annex):
    found = import_list(books, annex)
    with pytest.raises(UnknownName, match="life"):
        found.facts(sector="reinsurance", scenario="death", item=None, real=False)
    with pytest.raises(UnknownName, match="health, mortality"):
        found.facts(sector="reinsurance", scenario="life", item="wealth", real=False)
    assert (
        found.facts(sector="fishing", scenario=None, item=None, real=False)["negative_list_covered"] == "no"
    )


def test_foreign_regimes_are_cited_and_bilingual(books):
    found = regimes(books)
    assert {"DE", "GB", "SG", "JP", "KR", "HK", "MO", "IN", "VN", "US"} <= {
        c for one in found for c in one.countries
    }
    for one in found:
        assert one.notes
        assert one.cites
        assert one.as_dict()["title"]["zh"]


def test_the_thresholds_of_28_cfr_202(books):
    (us,) = destination_notes(books, "us", DAY)
    assert [line.more_than for line in us.lines] == [100, 1_000, 1_000, 1_000, 10_000, 10_000, 100_000]
    assert destination_notes(books, "US", date(2025, 4, 7)) == ()
    assert destination_notes(books, "ZZ", DAY) == ()


@pytest.mark.parametrize(
    ("role", "persons", "hours"),
    [
        ("cii", 1_000_000, [None, None, None, 1, 24]), ("other", 1_000_000, [None, None, None, 4, 24]),
        ("other", 999_999, [None, None, None, 24]), ("other", None, [None, None, None, 4, 24]),
        ("bank_insurer", 10, [None, None, None, 2, 24]), ("central_organ", 2_000_000, [None, None, None, 2, 24]),
    ],
)  # fmt: skip
def test_incident_clocks(books, role, persons, hours):
    assert [duty.first_hours for duty in incident_duties(books, role=role, persons=persons, at=DAY)] == hours


def test_incident_clocks_before_the_national_measures(books):
    found = incident_duties(books, role="cii", persons=5_000_000, at=date(2025, 10, 31))
    assert "incident-cii" not in [duty.id for duty in found]


def test_the_stress_test_names_every_rule_that_burdens_a_flow(books):
    named = {rule for row in stress_test(books) for rule in row.rules}
    rules = {rule.id: rule for rule in books.book().rules}
    assert named <= rules.keys()
    burdens = {Route.SA, Route.SCC_OR_CERT, Route.HOLD, Route.PROHIBITED, Route.HUMAN_REVIEW}
    burdening = {rule.id for rule in rules.values() if any(one.route in burdens for one in rule.branches)}
    assert burdening <= named


def test_the_stress_test_has_a_reason_and_articles_for_each_agreement(books):
    rows = stress_test(books)
    assert len(rows) >= 8
    for row in rows:
        assert [verdict.agreement for verdict in row.verdicts] == list(AGREEMENTS)
        assert all(verdict.citations and verdict.reason.zh for verdict in row.verdicts)
        assert row.as_dict()["kind"] == "analysis"
    verdicts = {(row.id, v.agreement): v.verdict for row in rows for v in row.verdicts}
    assert verdicts["ciio-localisation", "RCEP"] == "passes_by_exception"
    assert verdicts["ciio-localisation", "CPTPP"] == "exposed"
    assert verdicts["standard-contract", "CPTPP"] == "passes"


@pytest.mark.parametrize(
    ("persons", "deal", "government", "verdict"),
    [
        ({"genomic": 100}, "vendor", False, "below"), ({"genomic": 101}, "vendor", False, "prohibited"),
        ({"health": 10_000}, "vendor", False, "below"), ({"health": 10_001}, "vendor", False, "restricted"),
        ({"health": 10_001}, "brokerage", False, "prohibited"), ({"identifiers": 100_000}, "brokerage", False, "below"),
        ({"identifiers": 100_001}, "employment", False, "restricted"), ({"geolocation": 1_001}, "investment", False, "restricted"),
        ({}, "vendor", True, "restricted"), ({}, "brokerage", True, "prohibited"), ({"financial": None}, "vendor", False, "unknown"),
        ({"financial": None, "genomic": 500}, "vendor", False, "prohibited"),
        ({"omic": 1_000}, "vendor", False, "below"), ({"omic": 1_001}, "vendor", False, "prohibited"),
        # Several together: the lowest line for all, but 'omic data are bulk by their own.
        ({"health": 5_000, "geolocation": 10}, "vendor", False, "restricted"), ({"health": 5_000, "geolocation": 0}, "vendor", False, "below"),
        ({"genomic": 50, "health": 101}, "vendor", False, "restricted"), ({"genomic": 50, "omic": 101}, "vendor", False, "restricted"),
        ({"identifiers": 900, "biometric": 900}, "brokerage", False, "below"), ({"identifiers": 1_001, "biometric": 1}, "brokerage", False, "prohibited"),
    ],
)  # fmt: skip
def test_what_american_law_says_to_data_coming_here(books, persons, deal, government, verdict):
    (regime,) = destination_notes(books, "US", DAY)
    answer = reverse_flow(regime, persons=persons, deal=deal, government=government)
    assert answer.verdict == verdict
    assert answer.citations


def test_a_reverse_flow_is_asked_in_known_words(books):
    (regime,) = destination_notes(books, "US", DAY)
    with pytest.raises(UnknownName, match="vendor"):
        reverse_flow(regime, persons={}, deal="gift")
    with pytest.raises(UnknownName, match="genomic"):
        reverse_flow(regime, persons={"shoes": 1}, deal="vendor")
