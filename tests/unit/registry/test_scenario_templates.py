"""Scenario templates: Lingang's four first, every type known, every citation resolved, each a guide in both languages."""

import pytest

from feiyu.base.errors import NotFound
from feiyu.base.text import Lang
from feiyu.papers.typeset import set_pdf
from feiyu.registry.scenarios.guide import guide
from feiyu.registry.scenarios.templates import scenario_template, scenario_templates
from feiyu.rules import load
from feiyu.scan.catalogue import GENERIC, by_id


@pytest.fixture(scope="module")
def sources():
    return load().sources


def test_lingangs_four_connected_vehicle_scenarios_come_first():
    assert list(scenario_templates())[:4] == [
        "icv-manufacturing",
        "icv-research",
        "icv-aftersales",
        "icv-used-cars",
    ]
    assert {one.sector for one in scenario_templates().values()} >= {
        "auto", "biomedicine", "finance", "shipping", "retail", "consulting", "culture", "science", "weather", "general",
    }  # fmt: skip


def test_every_type_is_one_that_the_scan_knows():
    unknown = (
        {i.type for one in scenario_templates().values() for i in one.items} - set(by_id()) - set(GENERIC)
    )
    assert unknown == set()


def test_every_citation_resolves(sources):
    cited = {cite for one in scenario_templates().values() for cite in one.cite}
    missing = [
        c
        for c in sorted(cited)
        if c.partition("#")[2] not in getattr(sources.get(c.partition("#")[0]), "articles", ())
    ]
    assert missing == []


@pytest.mark.parametrize("lang", list(Lang))
def test_each_template_prints_as_an_operating_guide(lang, sources):
    for one in scenario_templates().values():
        text = str(guide(one, lang, sources))
        assert one.title[lang] in text
        assert all(pitfall[lang] in text for pitfall in one.pitfalls)
        assert "[cn/" in text
    assert set_pdf(guide(one, lang, sources)).startswith(b"%PDF")


def test_an_unknown_template_is_refused():
    with pytest.raises(NotFound):
        scenario_template("nobody-wrote-this")
