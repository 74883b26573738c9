"""A grant lies wholly inside its basis, or is refused with every reason."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from feiyu.base.ids import BasisId, FlowId, PartyId, PrincipalId, ScenarioId
from feiyu.port.model import BASIS_NAMES, Basis, BasisKind, BasisState, Cover, Wish, covers
from feiyu.registry.terms import Decision, FieldTerm

FIELDS = (FieldTerm(name="vin", type="vin"),)
BASIS = Basis(
    id=BasisId("bas_1"), owner_party=PartyId("pty_a"), scenario_id=ScenarioId("scn_1"), filing_id=None,
    kind=BasisKind.STANDARD_CONTRACT, issuer="x", number="1", issued_on=date(2026, 1, 1), valid_until=date(2026, 12, 31),
    cover=Cover(fields=FIELDS, persons_max=10, sensitive_max=2, recipients=(PartyId("pty_b"),), country="DE"),
    proof_sha256="0" * 64, check_method="x", fictional=True, state=BasisState.EFFECTIVE,
    entered_by=PrincipalId("prn_1"), entered_at=datetime(2026, 1, 1, tzinfo=UTC), checked_by=PrincipalId("prn_2"),
    checked_at=datetime(2026, 1, 2, tzinfo=UTC), revoked_ground=None,
)  # fmt: skip
WISH = Wish(
    flow_id=FlowId("flw_1"), fields=FIELDS, persons_max=10, sensitive_max=2, bytes_max=1,
    not_after=datetime(2026, 12, 1, tzinfo=UTC),
)  # fmt: skip


def judge(
    basis: Basis = BASIS, wish: Wish = WISH, *, until: date = date(2026, 12, 31), country: str = "DE"
) -> Decision:
    return covers(
        basis, wish, recipient=PartyId("pty_b"), country=country, today=date(2026, 11, 22), until=until
    )


def test_the_limits_themselves_are_inside() -> None:
    assert judge().allowed


@pytest.mark.parametrize("state", [BasisState.ENTERED, BasisState.REVOKED])
def test_only_a_checked_basis_carries(state: BasisState) -> None:
    assert [c.name for c in judge(replace(BASIS, state=state)).reasons] == ["effective"]


def test_one_step_outside() -> None:
    assert [c.name for c in judge(until=date(2027, 1, 1)).reasons] == ["dates"]
    assert [c.name for c in judge(country="FR").reasons] == ["recipient"]
    assert [c.name for c in judge(wish=replace(WISH, persons_max=11)).reasons] == ["persons"]
    assert [c.name for c in judge(wish=replace(WISH, sensitive_max=3)).reasons] == ["sensitive"]
    other = (FieldTerm(name="vin", type="mobile_cn"),)
    assert [c.name for c in judge(wish=replace(WISH, fields=other)).reasons] == ["fields"]


def test_every_kind_has_a_name_and_none_is_an_approval() -> None:
    assert set(BASIS_NAMES) == set(BasisKind)
    for text in BASIS_NAMES.values():
        assert not any(
            word in f"{text.zh} {text.en.lower()}" for word in ("审批", "许可", "批准", "approval")
        )
