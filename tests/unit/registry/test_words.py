"""Events in words: no name without one, and no code that a person could not read."""

import re
from datetime import UTC, datetime

import pytest

from feiyu.base.ids import PartyId
from feiyu.edge.trail import EVENTS as EDGE
from feiyu.port.part import EVENTS as PORT
from feiyu.port.words import PROCEDURES
from feiyu.registry import journal
from feiyu.registry.cases.procedure import load_procedure
from feiyu.registry.journal import Event, EventId, EventType, Kind, words
from feiyu.registry.registry_part import EVENTS as REGISTRY

EVERY = (*REGISTRY, *PORT, *EDGE)
IDS = frozenset({
    "algorithm", "also_key_ids", "basis", "by", "code", "edge_key_id", "key_id", "recipient_key_id", "rule",
})  # fmt: skip
"""Words that are ids or the names of things that have no other name."""


def event(type_: str, **data: object) -> Event:
    """One of a type, with these data."""
    return Event(
        event_id=EventId("evt_1"), owner_party=PartyId("pty_1"), source="s", seq=0, type=type_, at=datetime(2026, 11, 22, tzinfo=UTC),
        refs={"filing": "fil_1"}, data=data, signatures=(), entry=b"", body=b"x", salt=b"", log_index=None, ordinal=0,
    )  # fmt: skip


def told(type_: str, name: str, value: object) -> str:
    """What a datum means, in both languages."""
    (fact,) = words.facts_of(event(type_, **{name: value}))
    assert fact.means is not None, (type_, name, value)
    return f"{fact.means.zh} / {fact.means.en}"


@pytest.fixture(autouse=True, scope="module")
def known() -> None:
    """As the system does when it starts."""
    journal.register(EVERY)


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.name)
def test_each_name_that_an_event_may_hold_has_words(kind: EventType) -> None:
    assert not (kind.refs | set(kind.data)) - set(words.NAMES)


@pytest.mark.parametrize("kind", PORT, ids=lambda kind: kind.name)
def test_each_code_of_the_port_is_explained(kind: EventType) -> None:
    codes = {name for name, one in kind.data.items() if one in {Kind.WORD, Kind.WORDS, Kind.COUNTS}}
    assert not codes - IDS - set(kind.words)


def test_materials_steps_and_states_of_every_procedure_are_told_by_their_titles() -> None:
    assert told("filing.document", "material", "undertaking") == "承诺书 / Undertaking"
    assert told("filing.moved", "to", "submitted") == "已提交服务中心 / With the service centre"
    assert told("filing.opened", "procedure", "pi-certification").startswith("个人信息")
    for name in PROCEDURES:
        one = load_procedure(name)
        for key, state in one.states.items():
            assert told("filing.moved", "from", key)
            assert state.name.zh
        assert all(told("filing.document", "material", each.id) for each in one.materials)
        assert all(told("filing.moved", "step", each.id) for each in one.transitions)


def test_one_kind_means_what_its_event_says() -> None:
    assert told("basis.entered", "kind", "exemption") == "免予申报的自行记录 / Self-recorded exemption"
    assert told("filing.original", "kind", "scan") == "盖章原件扫描件 / Scan of the stamped original"
    assert told("grant.issued", "mode", "hold") == "待核 / Hold"
    assert told("filing.opened", "route", "EXEMPT").startswith("免予申报")
    assert told("filing.original", "revocation", "no-list").startswith("不明")


def test_lists_and_counts_are_told_in_one_line() -> None:
    assert told("transfer.opened", "fields", ["vin", "text"]).endswith(", Text")
    said = told("transfer.held", "found", {"mobile_cn": 3})
    assert re.search(r" 3 / .* 3$", said)
    assert "mobile_cn" not in said


def test_what_nobody_explains_is_left_as_it_stands() -> None:
    for fact in words.facts_of(event("filing.document", material="of-a-later-version", sha256="ab" * 16)):
        assert fact.means is None
