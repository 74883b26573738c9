"""Enter, check and revoke legal bases; record exemptions.

Rules this module keeps:
 * what the competent body issued is entered by one person and checked by another, who says how; only then is it effective;
 * an exemption is the handler's own signed record: it needs no officer, and it covers exactly what was determined;
 * revoking a basis revokes every grant under it, with its ground, in the same transaction.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from feiyu.base import nouns
from feiyu.base.calendar import Rounding, add_months
from feiyu.base.clock import legal_date
from feiyu.base.errors import BadInput, Conflict, NotFound
from feiyu.base.ids import BasisId, new_id
from feiyu.base.text import Text
from feiyu.port import life_store, store
from feiyu.port.errors import SecondPersonWanted, WrongRoute
from feiyu.port.filing import read_determination, statement
from feiyu.port.model import Basis, BasisKind, BasisState, Cover
from feiyu.registry import journal
from feiyu.registry.access import Caller
from feiyu.registry.house import House
from feiyu.registry.identity import store as identities
from feiyu.registry.scenarios import store as scenarios
from feiyu.registry.terms import FieldTerm, Signed
from feiyu.store import Scope, Tx

EXEMPT_MONTHS = 12


def enter(house: House, tx: Tx, caller: Caller, draft: Basis) -> Basis:
    """Enter what the competent body issued. It carries nothing until a second person has checked it."""
    scope = caller.scope(house.access, "basis.enter")
    scenario = scenarios.scenario_of(tx, scope, draft.scenario_id)
    if scenario is None:
        raise NotFound(what=nouns.SCENARIO, ident=draft.scenario_id)
    if draft.kind is BasisKind.EXEMPTION:
        raise BadInput(reason=Text("豁免由出境方自行记录", "an exemption is recorded by the exporter itself"))
    if draft.issued_on > draft.valid_until:
        raise BadInput(reason=Text("依据的失效日须晚于生效日", "a basis ends after it begins"))
    if not set(draft.cover.recipients) <= set(scenario.recipients) or draft.cover.country != scenario.country:
        raise BadInput(
            reason=Text(
                "依据写明的接收方或国家不在其场景之内",
                "the basis names a recipient or country that its scenario does not",
            )
        )
    now = house.clock.now()
    basis = replace(
        draft, id=BasisId(new_id("basis", now)), owner_party=scenario.owner_party, state=BasisState.ENTERED,
        entered_by=caller.principal_id, entered_at=now, checked_by=None, checked_at=None, check_method=None,
        revoked_ground=None, fictional=draft.fictional or house.demo,
    )  # fmt: skip
    store.add_basis(tx, basis)
    _event(house, tx, basis, "basis.entered")
    return basis


def check(house: House, tx: Tx, caller: Caller, *, basis_id: str, method: str) -> Basis:
    """Record that a second person compared the basis with what the issuer published or confirmed."""
    basis = _find(house, tx, caller, basis_id, "basis.check")
    if basis.state is not BasisState.ENTERED:
        raise Conflict(
            reason=Text(f"依据 {basis.id} 的状态为 {basis.state}", f"basis {basis.id} is {basis.state}")
        )
    if caller.principal_id == basis.entered_by:
        raise SecondPersonWanted
    if not 4 <= len(method.strip()) <= 2000:
        raise BadInput(
            reason=Text(
                "须以 4 至 2,000 个字说明如何核对该依据",
                "say in 4 to 2,000 characters how the basis was checked",
            )
        )
    now = house.clock.now()
    store.set_basis(
        tx,
        basis.id,
        state=BasisState.EFFECTIVE,
        checked_by=caller.principal_id,
        checked_at=now,
        check_method=method,
    )
    checked = replace(
        basis, state=BasisState.EFFECTIVE, checked_by=caller.principal_id, checked_at=now, check_method=method
    )
    _event(house, tx, checked, "basis.checked")
    return checked


def revoke(house: House, tx: Tx, caller: Caller, *, basis_id: str, ground: str) -> Basis:
    """End a basis and every grant under it."""
    basis = _find(house, tx, caller, basis_id, "basis.revoke")
    if basis.state is BasisState.REVOKED:
        raise Conflict(reason=Text(f"依据 {basis.id} 已被撤销", f"basis {basis.id} is revoked already"))
    if not 4 <= len(ground.strip()) <= 2000:
        raise BadInput(
            reason=Text(
                "中止须以 4 至 2,000 个字写明事由", "a cut-off names its ground in 4 to 2,000 characters"
            )
        )
    now = house.clock.now()
    store.set_basis(tx, basis.id, state=BasisState.REVOKED, revoked_ground=ground)
    for row in store.grants(tx, Scope.all("grants under a revoked basis"), basis_id=basis.id):
        if row.revoked_at is None:
            store.revoke_grant(tx, row.grant.id, at=now, ground=ground)
    revoked = replace(basis, state=BasisState.REVOKED, revoked_ground=ground)
    _event(house, tx, revoked, "basis.revoked")
    return revoked


def exempt(house: House, tx: Tx, caller: Caller, *, scenario_id: str, signed: Signed) -> Basis:
    """Take in the exporter's own signed exemption record: effective at once, covering exactly what was determined."""
    scenario = scenarios.scenario_of(tx, Scope.of(caller.party_id), scenario_id)
    if scenario is None:
        raise NotFound(what=nouns.SCENARIO, ident=scenario_id)
    raw = read_determination(house, tx, caller.party_id, signed)
    if raw["determination"]["route"] != "EXEMPT":
        raise WrongRoute(route=raw["determination"]["route"], wanted="exemption")
    now = house.clock.now()
    today = legal_date(now)
    basis = Basis(
        id=BasisId(new_id("basis", now)), owner_party=caller.party_id, scenario_id=scenario.id, filing_id=None,
        kind=BasisKind.EXEMPTION, issuer=caller.party_id, number=raw["determination"]["rule"], issued_on=today,
        valid_until=min(add_months(today, EXEMPT_MONTHS, rounding=Rounding.DOWN), date(today.year, 12, 31))
        if raw["counts"]["persons"]["counted"] else add_months(today, EXEMPT_MONTHS, rounding=Rounding.DOWN),
        cover=_exempt_cover(raw, scenario.recipients, scenario.country), proof_sha256=raw["profile_sha256"],
        check_method=None, fictional=house.demo, state=BasisState.EFFECTIVE, entered_by=caller.principal_id,
        entered_at=now, checked_by=None, checked_at=None, revoked_ground=None,
    )  # fmt: skip
    store.add_basis(tx, basis)
    life_store.keep_facts(
        tx, basis_id=basis.id, owner=basis.owner_party, route=raw["determination"]["route"],
        rule=raw["determination"]["rule"], facts=raw["facts"],
    )  # fmt: skip
    digest = hashlib.sha256(signed.document).hexdigest()
    _event(
        house, tx, basis, "basis.exempt", signatures=[statement("edge", signed)], determination_sha256=digest
    )
    return basis


def _exempt_cover(raw: dict[str, Any], recipients: tuple[Any, ...], country: str) -> Cover:
    return Cover(
        fields=tuple(FieldTerm(name=f["name"], type=f["type"]) for f in raw["fields"]),
        persons_max=raw["counts"]["persons"]["counted"], sensitive_max=raw["counts"]["sensitive"]["counted"],
        recipients=recipients, country=country,
    )  # fmt: skip


def _find(house: House, tx: Tx, caller: Caller, basis_id: str, action: str) -> Basis:
    basis = store.basis_of(tx, caller.scope(house.access, action), basis_id)
    if basis is None:
        raise NotFound(what=nouns.BASIS, ident=basis_id)
    house.access.demand(caller, action, basis.owner_party)
    return basis


def _event(
    house: House,
    tx: Tx,
    basis: Basis,
    type_: str,
    *,
    signatures: Sequence[Mapping[str, object]] = (),
    **more: object,
) -> None:
    journal.record(
        tx, keys=house.cipher, source=identities.pseudonym_of(tx, basis.owner_party) or "", type=type_,
        at=house.clock.now(), owner=basis.owner_party, refs={"basis": basis.id, "scenario": basis.scenario_id},
        data={
            "kind": basis.kind.value, "issuer": basis.issuer, "number": basis.number,
            "issued_on": basis.issued_on.isoformat(), "valid_until": basis.valid_until.isoformat(),
            "persons_max": basis.cover.persons_max, "sensitive_max": basis.cover.sensitive_max,
            "proof_sha256": basis.proof_sha256, "fictional": basis.fictional, "state": basis.state.value,
        } | more,
        signatures=signatures,
    )  # fmt: skip
