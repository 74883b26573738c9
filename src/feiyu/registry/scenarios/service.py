"""Enter scenarios and flows into the register."""

from dataclasses import replace

from feiyu.base import nouns
from feiyu.base.errors import BadInput, NotFound
from feiyu.base.ids import FlowId, PartyId, ScenarioId, new_id
from feiyu.base.text import Text
from feiyu.registry.access import Caller, Reach, Role
from feiyu.registry.house import House
from feiyu.registry.identity import store as identities
from feiyu.registry.identity.model import KeyUse
from feiyu.registry.identity.service import confirmed_key
from feiyu.registry.scenarios import store
from feiyu.registry.scenarios.model import Cadence, Flow, Mode, Scenario, Tier
from feiyu.registry.scenarios.store import Viewer
from feiyu.seal.suites import suite_for
from feiyu.store import Scope, Tx

ITEMS_MAX = 20_000
KEYS_MAX = 7


SHOWN_TO = {
    Role.CENTRE: frozenset({Tier.CENTRE}),
    Role.AUTHORITY: frozenset({Tier.CENTRE, Tier.AUTHORITY}),
}
"""The scenarios of others that a seat of the port may know of; no seat those that stay with their exporter or only count."""


def viewer(house: House, caller: Caller) -> Viewer | None:
    """Through whose eyes the register is read; None for who sees its own party's scenarios only (DESIGN invariant 8)."""
    if house.access.reach(caller, "scenario.read") is not Reach.ANY:
        return None
    shown = (SHOWN_TO.get(role, frozenset[Tier]()) for role in caller.roles)
    return Viewer(party=caller.party_id, tiers=frozenset().union(*shown))


def check_draft(tx: Tx, draft: Scenario) -> None:
    """Refuse a scenario without recipients or items, or whose recipients are unknown or lie elsewhere."""
    if not draft.recipients or not draft.items or len(draft.items) > ITEMS_MAX:
        raise BadInput(
            reason=Text(
                f"场景须写明至少一个接收方和 1 至 {ITEMS_MAX} 个数据项",
                f"a scenario names at least one recipient and 1 to {ITEMS_MAX} data items",
            )
        )
    for recipient in draft.recipients:
        party = identities.party_of(tx, recipient)
        if party is None:
            raise NotFound(what=nouns.RECIPIENT, ident=recipient)
        if party.country != draft.country:
            raise BadInput(
                reason=Text(
                    f"接收方 {recipient} 位于 {party.country}，场景写明的是 {draft.country}",
                    f"recipient {recipient} is in {party.country}, the scenario names {draft.country}",
                )
            )


def enter_scenario(house: House, tx: Tx, draft: Scenario) -> Scenario:
    """Add a scenario; its recipients must be registered and lie in the country it names."""
    check_draft(tx, draft)
    now = house.clock.now()
    scenario = replace(draft, id=ScenarioId(new_id("scenario", now)), created_at=now)
    store.add_scenario(tx, scenario)
    return scenario


def enter_flow(
    house: House, tx: Tx, *, owner: PartyId, scenario_id: str, recipient: PartyId, mode: Mode,
    cadence: Cadence = Cadence.BATCH, derived_from: FlowId | None = None, also_key_ids: tuple[str, ...] = (),
) -> Flow:  # fmt: skip
    """Add a flow; it pins the recipient's key, which a second channel must have confirmed, and further keys of it likewise.

    All keys are of one cipher suite: whoever is obliged to commercial cryptography is so for every copy.
    """
    scenario = store.scenario_of(tx, Scope.of(owner), scenario_id)
    if scenario is None or recipient not in scenario.recipients:
        raise NotFound(what=Text("含该接收方的场景", "scenario with that recipient"), ident=scenario_id)
    key = confirmed_key(tx, recipient, KeyUse.RECIPIENT)
    if len(also_key_ids) > KEYS_MAX or len({key.id, *also_key_ids}) != len(also_key_ids) + 1:
        raise BadInput(
            reason=Text(
                f"另加的密钥至多 {KEYS_MAX} 把，且不得重复",
                f"at most {KEYS_MAX} further keys, each once, are wanted",
            )
        )
    for ident in also_key_ids:
        further = confirmed_key(tx, recipient, KeyUse.RECIPIENT, key_id=ident)
        if suite_for(further.algorithm) != suite_for(key.algorithm):
            raise BadInput(
                reason=Text(
                    f"密钥 {ident} 为 {further.algorithm}，与 {key.algorithm} 不属于同一加密套件",
                    f"key {ident} is {further.algorithm}: of another cipher suite than {key.algorithm}",
                )
            )
    now = house.clock.now()
    flow = Flow(
        id=FlowId(new_id("flow", now)), owner_party=owner, scenario_id=scenario.id, recipient=recipient,
        recipient_key_id=key.id, cadence=cadence, mode=mode, direction=scenario.direction, origin=scenario.origin,
        derived_from=derived_from, created_at=now, also_key_ids=also_key_ids,
    )  # fmt: skip
    store.add_flow(tx, flow)
    return flow


def title_of(scenario: Scenario | None) -> Text:
    """A name to show for a scenario that may be gone, or not be shown to who asks."""
    return scenario.title if scenario else Text("（未披露的场景）", "(undisclosed scenario)")
