"""A walk through the questions with answers as people type them."""

from datetime import date

import pytest

from feiyu.rules import Route
from feiyu.rules.errors import BadFact
from feiyu.rules.guide import read_typed, walk

DAY = date(2026, 11, 22)
TYPED = {
    "mode": "transfer", "state_secret_or_core": "no", "foreign_judicial_request": "no", "recipient_restricted": "no",
    "licence_required": "none", "important_status": "none", "contains_pi": "yes", "sector": "retail", "origin": "prc",
    "ciio": "no", "general_before": "0", "general_in": "12万", "sensitive_before": "0", "sensitive_in": "", "ground": "none",
}  # fmt: skip


def test_a_walk_ends_with_an_answer_and_keeps_the_questions(books):
    found = walk(books, TYPED | {"sensitive_in": "1,200"}, at=DAY)
    assert found.determination.route is Route.SCC_OR_CERT
    assert found.question is None
    assert found.facts["general_in"] == 120_000
    assert [question.fact for question, _ in found.answered][:2] == ["mode", "state_secret_or_core"]


def test_what_is_not_known_stays_unknown(books):
    found = walk(books, TYPED, at=DAY)
    assert found.facts["sensitive_in"] == "unknown"
    assert found.determination.route is Route.NEEDS_INFO


def test_data_without_persons_are_not_asked_about_persons(books):
    found = walk(books, TYPED | {"contains_pi": "no"}, at=DAY)
    assert (found.determination.route, found.determination.rule) == (Route.EXEMPT, "R20")
    assert not {question.fact for question, _ in found.answered} & {"general_in", "sensitive_in"}


def test_an_answer_nobody_asks_for_is_left_out(books):
    found = walk(books, {"mode": "domestic_only", "ciio": "yes", "colour": "red"}, at=DAY)
    assert found.determination.route is Route.NOT_OUTBOUND
    assert list(found.facts) == ["mode"]


def test_what_cannot_be_read_is_asked_again(books):
    found = walk(books, TYPED | {"general_in": "many"}, at=DAY)
    assert found.question.fact == "general_in"
    assert found.refused.values["fact"] == "general_in"
    assert "general_in" not in found.facts


def test_a_sector_comes_with_the_words_that_rules_know(books):
    typed = {name: value for name, value in TYPED.items() if name != "sector"}
    question = walk(books, typed, at=DAY).question
    assert question.fact == "sector"
    words = {value for value, _ in question.suggestions}
    known = {
        value for rule in books.book().rules if rule.when.word == "in" and rule.when.name == "sector" for value in rule.when.value
    }  # fmt: skip
    assert words - {"general"} <= known
    assert question.as_dict()["suggestions"][0]["text"]["zh"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("120,000", 120_000), ("12万", 120_000), ("1.5万", 15_000), ("99，999人", 99_999), (" 7 ", 7), ("", "unknown"),
        ("0.0001万", 1),
    ],
)  # fmt: skip
def test_counts_as_people_write_them(books, typed, value):
    assert read_typed(books.book().facts["general_in"], typed) == value


@pytest.mark.parametrize("typed", ["-1", "1.5", "12 thousand", "1e5", "九", "9" * 30, "1.23456万"])
def test_what_is_no_count_is_refused(books, typed):
    with pytest.raises(BadFact):
        read_typed(books.book().facts["general_in"], typed)
