"""Procedures as data: the packaged ones hold, broken ones are refused."""

import pytest

from feiyu.port.filing import PROCEDURES
from feiyu.port.part import ACCESS
from feiyu.registry.cases.procedure import BadProcedure, load_procedure, parse_procedure
from feiyu.registry.registry_part import registry_part
from feiyu.rules import load

NAMES = ("pi-standard-contract", "pi-certification", "security-assessment")
GOOD = """
id: x
version: "1"
name: {zh: 甲, en: a}
issuer: {zh: 乙, en: b}
cite: []
start: draft
states:
  draft: {zh: 草稿, en: Draft}
  done: {zh: 完, en: Done, ends: true}
transitions:
  - {letter: a, id: go, zh: 走, en: Go, from: [draft], to: done, action: x.y}
materials: []
"""


@pytest.mark.parametrize("name", NAMES)
def test_packaged_procedures_hold(name: str) -> None:
    procedure = load_procedure(name)
    actions = {rule.action for rule in ACCESS}
    assert {step.action for step in procedure.transitions} <= actions
    assert any(state.outside for state in procedure.states.values()), (
        "the competent body decides, not the port"
    )
    texts = [t for s in procedure.states.values() for t in (s.name.zh, s.name.en)]
    texts += [t for s in procedure.transitions for t in (s.name.zh, s.name.en)]
    assert not any(word in text for text in texts for word in ("审批", "许可", "批准", "approv"))


@pytest.mark.parametrize("name", NAMES)
def test_what_a_procedure_cites_is_registered(name: str) -> None:
    sources = load().sources
    procedure = load_procedure(name)
    for cite in (*procedure.cite, *(c for m in procedure.materials for c in m.cite)):
        assert cite.partition("#")[0] in sources, cite


def test_every_procedure_is_reached_by_a_route() -> None:
    assert (
        {name for names in PROCEDURES.values() for name in names}
        == set(NAMES)
        == set(registry_part().procedures)
    )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("to: done", "to: gone", "unknown state"),
        ("start: draft", "", "start"),
        (", ends: true", "", "must either end"),
        ("materials: []", "materials: [{id: m}]", "zh"),
        (
            "  done: {zh: 完, en: Done, ends: true}",
            "  done: {zh: 完, en: Done, ends: true}\n  lost: {zh: 失, en: Lost, ends: true}",
            "leads to",
        ),
        (
            "action: x.y}",
            "action: x.y}\n  - {letter: a, id: no, zh: 否, en: Nay, from: [draft], to: done, action: x.y}",
            "twice",
        ),
        ("zh: 草稿, ", "", "zh"),
        ("to: done,", "to: done, colour: red,", "colour"),
        ("id: x", "id: x\nspeed: 1", "speed"),
        ("version:", "version: [", "version"),
    ],
)
def test_a_broken_procedure_is_refused(old: str, new: str, reason: str) -> None:
    assert parse_procedure("x", GOOD).start == "draft"
    with pytest.raises(BadProcedure) as refused:
        parse_procedure("x", GOOD.replace(old, new))
    if reason != "version":
        assert reason in str(refused.value)
