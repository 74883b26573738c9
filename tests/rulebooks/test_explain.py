"""Explanations are golden files in both languages. ``python tests/rulebooks/test_explain.py`` writes them anew."""

from pathlib import Path

import pytest

from feiyu.rules import Mark, load
from feiyu.rules.explain import explain_trace
from feiyu.rules.worked import worked_cases

GOLDEN = Path(__file__).with_name("golden")
CHOSEN = ("RC-001", "RC-012", "RC-034", "RC-064", "RC-086", "RC-107", "RC-130", "FC-017", "FC-024", "FC-030")
BOOKS = load()
WORKED = {case.id: case for case in worked_cases(BOOKS)}


def text_of(name: str, lang: str) -> str:
    case = WORKED[name]
    found = BOOKS.determine(case.facts, at=case.at, switches=case.switches)
    return "\n".join([case.title[lang], "", *found.explain(lang), "", *explain_trace(found, lang), ""])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", CHOSEN)
def test_explanation_is_as_reviewed(name, lang):
    assert text_of(name, lang) == (GOLDEN / f"{name}.{lang}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CHOSEN)
def test_both_languages_say_the_same_number_of_things(name):
    case = WORKED[name]
    found = BOOKS.determine(case.facts, at=case.at, switches=case.switches)
    assert len(found.explain("zh")) == len(found.explain("en"))


def test_no_text_of_the_rulebook_shouts_or_is_left_unfilled():
    for case in WORKED.values():
        found = BOOKS.determine(case.facts, at=case.at, switches=case.switches)
        for lang in ("zh", "en"):
            for line in found.explain(lang):
                assert "!" not in line
                assert "！" not in line
                assert "{" not in line


def test_the_trace_ends_with_the_rule_that_answered():
    for case in WORKED.values():
        found = BOOKS.determine(case.facts, at=case.at, switches=case.switches)
        if found.trace[-1].mark is Mark.HIT:
            assert found.trace[-1].rule == found.rule or not found.reason.en.startswith("Since")


if __name__ == "__main__":
    for one in CHOSEN:
        for tongue in ("zh", "en"):
            (GOLDEN / f"{one}.{tongue}.txt").write_text(text_of(one, tongue), encoding="utf-8")
