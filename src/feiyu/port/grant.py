"""Issue and revoke grants.

Rules this module keeps:
 * a grant that lies wholly inside an effective basis issues by itself; one that does not is refused with every reason;
 * it pins the recipient's keys as its flow pinned them, and each must still be confirmed;
 * the document that the grant key signs is kept verbatim; revocation names its ground and stops the next chunk.
"""

from datetime import datetime, timedelta

from feiyu.base import nouns
from feiyu.base.clock import legal_date
from feiyu.base.errors import BadInput, Conflict, NotFound
from feiyu.base.ids import GrantId, new_id
from feiyu.base.text import Text, listed
from feiyu.port import store
from feiyu.port.errors import NoBasis, OutsideBasis
from feiyu.port.model import Basis, BasisState, Wish, covers
from feiyu.port.store import GrantRow
from feiyu.registry import journal
from feiyu.registry.access import Caller
from feiyu.registry.house import House
from feiyu.registry.identity import store as identities
from feiyu.registry.identity.model import KeyUse
from feiyu.registry.identity.service import confirmed_key
from feiyu.registry.scenarios import store as scenarios
from feiyu.registry.terms import GRANT_SIGNED, Decision, Grant, KeyTerm, Signed
from feiyu.seal import Signer
from feiyu.store import Scope, Tx


def issue(house: House, tx: Tx, caller: Caller, signer: Signer, wish: Wish) -> GrantRow:
    """Issue a grant for a flow under the first basis of its scenario that covers it wholly."""
    own = Scope.of(caller.party_id)
    flow = scenarios.flow_of(tx, own, wish.flow_id)
    scenario = scenarios.scenario_of(tx, own, flow.scenario_id) if flow else None
    if flow is None or scenario is None or flow.owner_party != caller.party_id:
        raise NotFound(what=nouns.FLOW, ident=wish.flow_id)
    now = house.clock.now()
    if not now < wish.not_after <= now + timedelta(days=3 * 366):
        raise BadInput(
            reason=Text("授权的期限自今日起不超过三年", "a grant ends within three years from now")
        )
    if min(wish.persons_max, wish.sensitive_max, wish.bytes_max) < 0 or not wish.fields:
        raise BadInput(
            reason=Text("授权须写明字段，各上限不得小于零", "a grant names fields and limits of zero or more")
        )
    tried = [
        (basis, covers(basis, wish, recipient=flow.recipient, country=scenario.country, today=legal_date(now),
                       until=legal_date(wish.not_after)))
        for basis in store.bases(tx, own, scenario_id=scenario.id)
        if basis.state is not BasisState.REVOKED
    ]  # fmt: skip
    basis = _choose(scenario.id, tried)
    key = confirmed_key(tx, flow.recipient, KeyUse.RECIPIENT, key_id=flow.recipient_key_id)
    also = tuple(
        KeyTerm(party=flow.recipient, key_id=ident, key=confirmed_key(tx, flow.recipient, KeyUse.RECIPIENT, key_id=ident).public)
        for ident in flow.also_key_ids
    )  # fmt: skip
    grant = Grant(
        id=GrantId(new_id("grant", now)), basis_id=basis.id, agreement_id=None, scenario_id=scenario.id,
        flow_id=flow.id, exporter=caller.party_id, recipient=flow.recipient, recipient_key_id=key.id,
        recipient_key=key.public, country=scenario.country, fields=wish.fields, persons_max=wish.persons_max,
        sensitive_max=wish.sensitive_max, bytes_max=wish.bytes_max, not_before=now, not_after=wish.not_after,
        retain_until=wish.not_after + timedelta(days=scenario.retention_days), mode=flow.mode, demo=house.demo,
        also=also,
    )  # fmt: skip
    document = grant.to_bytes()
    signed = Signed(document=document, key_id=signer.key_id, signature=signer.sign(GRANT_SIGNED + document))
    store.add_grant(tx, grant, signed, at=now)
    _event(house, tx, grant, "grant.issued", {
        "basis": basis.id, "persons_max": grant.persons_max, "sensitive_max": grant.sensitive_max,
        "bytes_max": grant.bytes_max, "recipient_key_id": grant.recipient_key_id, "mode": grant.mode.value,
        **({"also_key_ids": list(flow.also_key_ids)} if flow.also_key_ids else {}),
    })  # fmt: skip
    return GrantRow(grant=grant, signed=signed, issued_at=now, revoked_at=None, revoked_ground=None)


def _choose(scenario_id: str, tried: list[tuple[Basis, Decision]]) -> Basis:
    for basis, decision in tried:
        if decision.allowed:
            return basis
    if not tried:
        raise NoBasis(scenario=scenario_id)
    reasons = min((decision.reasons for _, decision in tried), key=len)
    raise OutsideBasis(
        reasons=listed(one.text for one in reasons),
    )


def revoke(house: House, tx: Tx, caller: Caller, *, grant_id: str, ground: str) -> GrantRow:
    """Revoke a grant; the next chunk of any transfer under it is refused."""
    row = store.grant_of(tx, caller.scope(house.access, "grant.revoke"), grant_id)
    if row is None:
        raise NotFound(what=nouns.GRANT, ident=grant_id)
    house.access.demand(caller, "grant.revoke", row.grant.exporter)
    if row.revoked_at is not None:
        raise Conflict(reason=Text(f"授权 {grant_id} 已被撤销", f"grant {grant_id} is revoked already"))
    if not 4 <= len(ground.strip()) <= 2000:
        raise BadInput(
            reason=Text(
                "中止须以 4 至 2,000 个字写明事由", "a cut-off names its ground in 4 to 2,000 characters"
            )
        )
    now: datetime = house.clock.now()
    store.revoke_grant(tx, grant_id, at=now, ground=ground)
    _event(house, tx, row.grant, "grant.revoked", {"by": caller.principal_id})
    return GrantRow(
        grant=row.grant, signed=row.signed, issued_at=row.issued_at, revoked_at=now, revoked_ground=ground
    )


def _event(house: House, tx: Tx, grant: Grant, type_: str, data: dict[str, object]) -> None:
    journal.record(
        tx, keys=house.cipher, source=identities.pseudonym_of(tx, grant.exporter) or "", type=type_,
        at=house.clock.now(), owner=grant.exporter, refs={"grant": grant.id, "basis": grant.basis_id, "flow": grant.flow_id},
        data=data,
    )  # fmt: skip
