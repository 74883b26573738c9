"""Nothing is uncited; every boundary holds at n-1, n, n+1 and on the day before, on and after."""

from datetime import date, timedelta

import pytest

from feiyu.rules import PATHWAY, Route, load
from feiyu.rules.books import change_points
from feiyu.rules.check import all_cites

BOOKS = load()
BOOK = BOOKS.book()
DAY = date(2026, 11, 22)
PLAIN = {
    "mode": "transfer", "state_secret_or_core": "no", "foreign_judicial_request": "no", "recipient_restricted": "no",
    "licence_required": "none", "important_status": "none", "contains_pi": "yes", "origin": "prc",
    "sector": "retail", "ciio": "no", "general_before": 0, "general_in": 0, "sensitive_before": 0, "sensitive_in": 0,
}  # fmt: skip
LAST = date(2027, 12, 31)


def route(at=DAY, switches=None, **facts):
    found = BOOKS.determine({**PLAIN, **facts}, at=at, switches=switches)
    return found.route.value, found.rule


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_rule_is_cited_by_texts_in_force_on_each_of_its_days(rule):
    assert rule.cites
    end = min(rule.until or LAST, LAST)
    for day in sorted(
        day for day in change_points(BOOK) | {rule.since, end - timedelta(1)} if rule.since <= day < end
    ):
        assert any(cite.in_force(day) for cite in rule.cites), day
    for cite in all_cites(rule):
        assert cite.citation.article in BOOKS.sources[cite.citation.source].articles


@pytest.mark.parametrize("name", BOOK.parameters)
def test_value_is_cited_by_a_text_in_force_on_its_day(name):
    for value in BOOK.parameters[name].values:
        assert any(cite.in_force(value.since) for cite in value.cites), value.since


def test_every_answer_cites_a_text_in_force():
    for day in sorted(change_points(BOOK)):
        for facts in (
            {},
            {"general_in": 150_000},
            {"sensitive_in": 10_000},
            {"ciio": "yes", "general_in": 1},
        ):
            found = BOOKS.determine({**PLAIN, **facts}, at=day)
            assert found.citations
            assert all(BOOKS.sources[cite.source].in_force(day) for cite in found.citations)
            for duty in found.obligations:
                assert duty.citations
                assert all(BOOKS.sources[cite.source].in_force(day) for cite in duty.citations)


def test_sources_say_where_they_come_from():
    for source in BOOKS.sources.values():
        assert source.articles, source.id
        assert source.promulgated is None or source.promulgated <= source.effective_from, source.id


@pytest.mark.parametrize(
    ("general", "expected"),
    [
        (0, ("EXEMPT", "R53")), (99_999, ("EXEMPT", "R53")), (100_000, ("SCC_OR_CERT", "R52")),
        (100_001, ("SCC_OR_CERT", "R52")), (999_999, ("SCC_OR_CERT", "R52")), (1_000_000, ("SA", "R51")),
        (1_000_001, ("SA", "R51")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", [0, 1, 60_000])
def test_general_persons(general, expected, before):
    if general >= before:
        assert route(general_in=general - before, general_before=before) == expected
        assert route(
            general_in=general - before + 1, general_before=before, general_overlap=min(1, before)
        ) == (expected if before else route(general_in=general + 1))


@pytest.mark.parametrize(
    ("sensitive", "expected"),
    [
        (0, ("EXEMPT", "R53")), (1, ("SCC_OR_CERT", "R52")), (2, ("SCC_OR_CERT", "R52")),
        (9_999, ("SCC_OR_CERT", "R52")), (10_000, ("SA", "R51")), (10_001, ("SA", "R51")),
    ],
)  # fmt: skip
def test_sensitive_persons(sensitive, expected):
    assert route(sensitive_in=sensitive) == expected
    assert route(sensitive_before=sensitive) == expected


@pytest.mark.parametrize("strict", ["off", "on"])
@pytest.mark.parametrize(
    ("general", "sensitive", "expected"),
    [
        (99_999, 0, ("EXEMPT", "R53")), (99_999, 1, ("SCC_OR_CERT", "R52")), (999_999, 9_999, ("SCC_OR_CERT", "R52")),
        (1_000_000, 9_999, ("SA", "R51")), (999_999, 10_000, ("SA", "R51")),
    ],
)  # fmt: skip
def test_mixed_persons_take_the_stricter_route_under_both_readings(strict, general, sensitive, expected):
    assert route(general_in=general, sensitive_in=sensitive, switches={"strict_mixed": strict}) == expected


def test_the_two_readings_of_mixed_data_are_told_apart():
    facts = {**PLAIN, "general_in": 500, "sensitive_in": 5}
    said = [
        " ".join(
            warning.en
            for warning in BOOKS.determine(facts, at=DAY, switches={"strict_mixed": position}).warnings
        )
        for position in ("off", "on")
    ]
    assert "500 general persons stay exempt" in said[0]
    assert "500 general persons lose the volume exemption" in said[1]


@pytest.mark.parametrize(
    ("persons", "expected"),
    [
        (99_999, ("EXEMPT", "R53")), (100_000, ("SCC_OR_CERT", "R52")), (100_001, ("HUMAN_REVIEW", "R49")),
        (999_999, ("HUMAN_REVIEW", "R49")), (1_000_000, ("SA", "R51")),
    ],
)  # fmt: skip
def test_automotive_persons(persons, expected):
    assert route(sector="auto", general_in=persons) == expected


@pytest.mark.parametrize(
    ("day", "facts", "before", "on"),
    [
        (date(2024, 3, 22), {"general_in": 5_000}, ("SCC_OR_CERT", "R92"), ("EXEMPT", "R53")),
        (
            date(2025, 1, 1),
            {"general_in": 200_000, "ground": "statutory_duty", "ground_conditions": "yes", "ground_scope": "all"},
            ("SCC_OR_CERT", "R52"),
            ("EXEMPT", "R34"),
        ),
        (
            date(2026, 2, 3),
            {
                "important_status": "notified_or_published", "sector": "auto", "ground": "auto_guide",
                "ground_conditions": "yes", "contains_pi": "no",
            },
            ("SA", "R11"),
            ("EXEMPT", "R10"),
        ),
        (
            date(2026, 4, 24),
            {
                "zone": "shanghai", "registered_in": "city", "exports_from": "city", "negative_list": "shanghai",
                "negative_list_covered": "yes", "negative_list_on_list": "no", "general_in": 200_000,
            },
            ("SCC_OR_CERT", "R52"),
            ("FTZ_OFF_LIST", "R44"),
        ),
        (
            date(2026, 5, 11),
            {
                "zone": "beijing", "registered_in": "city", "exports_from": "city", "negative_list": "beijing",
                "negative_list_covered": "yes", "negative_list_on_list": "no", "general_in": 200_000,
            },
            ("SCC_OR_CERT", "R52"),
            ("FTZ_OFF_LIST", "R44"),
        ),
        (
            date(2025, 4, 9),
            {
                "zone": "shanghai", "registered_in": "zone", "exports_from": "zone", "negative_list": "beijing",
                "negative_list_borrowed": "yes", "negative_list_covered": "yes", "negative_list_on_list": "no",
                "general_in": 200_000,
            },
            ("SCC_OR_CERT", "R52"),
            ("FTZ_OFF_LIST", "R44"),
        ),
    ],
)  # fmt: skip
def test_a_date_changes_the_answer_on_its_day_and_not_before(day, facts, before, on):
    assert route(at=day - timedelta(1), **facts) == before
    assert route(at=day, **facts) == on
    assert route(at=day + timedelta(1), **facts) == on


@pytest.mark.parametrize(
    ("day", "offered"), [("2024-09-09", False), ("2024-09-10", True), ("2024-09-11", True)]
)
def test_the_macao_contract_is_offered_from_its_day(day, offered):
    facts = {
        "exporter_city": "zhuhai",
        "recipient_country": "MO",
        "onward_outside_gba": "no",
        "general_in": 200_000,
    }
    found = BOOKS.determine({**PLAIN, **facts}, at=date.fromisoformat(day))
    assert ("GBA_SCC" in found.options) is offered


def test_the_first_day_answers_and_the_day_before_is_refused():
    from feiyu.rules.errors import NotFormalised

    assert route(at=BOOK.formalised_from, general_in=1) == ("SCC_OR_CERT", "R92")
    with pytest.raises(NotFormalised, match="2022-09-01"):
        BOOKS.determine(PLAIN, at=BOOK.formalised_from - timedelta(1))


def test_every_route_is_reachable_or_named_by_no_rule():
    named = {branch.route for rule in BOOK.rules for branch in rule.branches if branch.route}
    assert named == set(Route)
    assert BOOK.name.startswith(f"{PATHWAY}@")
