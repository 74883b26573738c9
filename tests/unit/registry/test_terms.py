"""The one comparison of a request with a grant, at every edge of every limit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feiyu.base import canonical
from feiyu.base.ids import BasisId, FlowId, GrantId, PartyId, ScenarioId, TransferId
from feiyu.base.persons import Three
from feiyu.registry.scenarios.model import Mode
from feiyu.registry.terms import Decision, FieldTerm, Grant, Request, Signed, Usage, authorize

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
FIELDS = (FieldTerm(name="vin", type="vin"), FieldTerm(name="城市", type="category"))
GRANT = Grant(
    id=GrantId("grt_1"), basis_id=BasisId("bas_1"), agreement_id=None, scenario_id=ScenarioId("scn_1"),
    flow_id=FlowId("flw_1"), exporter=PartyId("pty_a"), recipient=PartyId("pty_b"), recipient_key_id="k" * 64,
    recipient_key=b"\x01" * 32, country="DE", fields=FIELDS, persons_max=100, sensitive_max=10, bytes_max=1000,
    not_before=NOW - timedelta(hours=1), not_after=NOW + timedelta(hours=1), retain_until=NOW + timedelta(days=30),
    mode=Mode.HOLD, demo=False,
)  # fmt: skip
REQUEST = Request(
    transfer_id=TransferId("trf_1"), exporter=PartyId("pty_a"), recipient=PartyId("pty_b"),
    recipient_key_id="k" * 64, country="DE", fields=FIELDS, usage_after=Usage(persons=100, sensitive=10, size_bytes=1000),
)  # fmt: skip


def failing(decision: Decision) -> list[str]:
    return [check.name for check in decision.reasons]


def test_what_lies_wholly_inside_is_allowed_and_says_why() -> None:
    decision = authorize(GRANT, REQUEST, NOW, revoked=False)
    assert decision.allowed
    assert len(decision.trace) == 9
    assert all(check.text.zh and check.text.en for check in decision.trace)
    assert decision.as_dict()["allowed"] is True


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"exporter": PartyId("pty_c")}, "exporter"),
        ({"recipient": PartyId("pty_c")}, "recipient"),
        ({"country": "FR"}, "recipient"),
        ({"recipient_key_id": "x" * 64}, "recipient_key"),
        ({"fields": (*FIELDS, FieldTerm(name="mobile", type="mobile_cn"))}, "fields"),
        ({"fields": (FieldTerm(name="vin", type="mobile_cn"),)}, "fields"),
        ({"usage_after": Usage(persons=101, sensitive=10, size_bytes=1000)}, "persons"),
        ({"usage_after": Usage(persons=100, sensitive=11, size_bytes=1000)}, "sensitive"),
        ({"usage_after": Usage(persons=100, sensitive=10, size_bytes=1001)}, "bytes"),
    ],
)
def test_one_step_outside_is_refused_by_name(change: dict[str, object], name: str) -> None:
    assert failing(authorize(GRANT, replace(REQUEST, **change), NOW, revoked=False)) == [name]  # type: ignore[arg-type]


def test_the_window_includes_its_beginning_and_not_its_end() -> None:
    assert authorize(GRANT, REQUEST, GRANT.not_before, revoked=False).allowed
    assert failing(authorize(GRANT, REQUEST, GRANT.not_after, revoked=False)) == ["window"]
    assert failing(authorize(GRANT, REQUEST, GRANT.not_before - timedelta(seconds=1), revoked=False)) == [
        "window"
    ]


def test_every_failing_test_is_told_not_only_the_first() -> None:
    bad = replace(REQUEST, country="FR", usage_after=Usage(persons=101, sensitive=11, size_bytes=1001))
    assert failing(authorize(GRANT, bad, NOW, revoked=True)) == [
        "not_revoked",
        "recipient",
        "persons",
        "sensitive",
        "bytes",
    ]


@given(st.integers(0, 300), st.integers(0, 30), st.integers(0, 3000))
def test_more_is_never_allowed_where_less_was_not(persons: int, sensitive: int, size: int) -> None:
    less = replace(REQUEST, usage_after=Usage(persons=persons, sensitive=sensitive, size_bytes=size))
    more = replace(
        REQUEST, usage_after=Usage(persons=persons + 1, sensitive=sensitive + 1, size_bytes=size + 1)
    )
    if not authorize(GRANT, less, NOW, revoked=False).allowed:
        assert not authorize(GRANT, more, NOW, revoked=False).allowed


def test_a_grant_is_read_as_it_was_signed() -> None:
    assert Grant.of_bytes(GRANT.to_bytes()) == GRANT


@pytest.mark.parametrize(
    "damage",
    [
        b"{}",
        b"[]",
        b'{"format":"feiyu-grant/1"}',
        GRANT.to_bytes()[:-1],
        GRANT.to_bytes().replace(b'"hold"', b'"free"'),
    ],
)
def test_what_is_no_grant_is_refused(damage: bytes) -> None:
    with pytest.raises(canonical.NotCanonical):
        Grant.of_bytes(damage)


def test_signed_documents_keep_their_bytes() -> None:
    signed = Signed(document=b'{"b":1, "a":2}', key_id="k", signature=b"\x00\xff")
    assert Signed.of(signed.as_dict()) == signed


@pytest.mark.parametrize("raw", [(2, 1, 3), (0, 2, 1), (-1, 0, 0)])
def test_persons_are_ordered(raw: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="lower"):
        Three.of(dict(zip(("lower", "counted", "upper"), raw, strict=True)))
