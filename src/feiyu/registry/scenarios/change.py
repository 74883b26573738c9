"""Change a scenario: the register keeps what it was, and says in which respects it changed.

Rules this module keeps:
 * the version before stays, append-only, with who changed it and when;
 * what changed is named by closed words (``rules.lasting``), so that law as data can say what the change asks for;
 * fewer fields, fewer recipients or a shorter retention are no change that asks for anything.
"""

from dataclasses import replace
from datetime import datetime

from feiyu.base import nouns
from feiyu.base.errors import BadInput, NotFound
from feiyu.base.ids import PartyId
from feiyu.base.text import Text
from feiyu.registry import journal
from feiyu.registry.access import Caller
from feiyu.registry.house import House
from feiyu.registry.identity import store as identities
from feiyu.registry.journal import outbox
from feiyu.registry.scenarios import store
from feiyu.registry.scenarios.model import Scenario
from feiyu.registry.scenarios.service import check_draft
from feiyu.registry.scenarios.store import Change
from feiyu.store import Scope, Tx


def changes(before: Scenario, after: Scenario) -> tuple[str, ...]:
    """In which respects a scenario changed, in the words of ``rules.lasting``."""
    types = {item.name: item.type for item in before.items}
    new = {item.name: item.type for item in after.items}
    tests = {
        "purpose": before.purpose != after.purpose,
        "ground": before.ground != after.ground,
        "sector": before.sector != after.sector,
        "items_added": bool(new.keys() - types.keys()),
        "item_type": any(types.get(name, kind) != kind for name, kind in new.items()),
        "recipients": bool(set(after.recipients) - set(before.recipients)),
        "country": before.country != after.country,
        "origin": (before.origin, before.direction) != (after.origin, after.direction),
        "retention_longer": after.retention_days > before.retention_days,
    }
    return tuple(name for name, changed in tests.items() if changed)


def change(
    house: House, tx: Tx, caller: Caller, *, scenario_id: str, draft: Scenario
) -> tuple[Scenario, Change]:
    """Put a new version of a scenario into the register."""
    before = store.scenario_of(tx, Scope.of(caller.party_id), scenario_id)
    if before is None:
        raise NotFound(what=nouns.SCENARIO, ident=scenario_id)
    after = replace(draft, id=before.id, owner_party=before.owner_party, created_at=before.created_at)
    if after == before:
        raise BadInput(reason=Text("没有任何改动", "nothing changed"))
    check_draft(tx, after)
    now: datetime = house.clock.now()
    made = Change(
        scenario_id=before.id, number=len(store.changes_of(tx, before.id)) + 1, owner_party=PartyId(before.owner_party),
        changed=changes(before, after), before=store.values_of(before), by=caller.principal_id, at=now,
    )  # fmt: skip
    store.change_scenario(tx, after, made)
    journal.record(
        tx, keys=house.cipher, source=identities.pseudonym_of(tx, caller.party_id) or "", type="scenario.changed", at=now,
        owner=caller.party_id, refs={"scenario": before.id}, data={"changed": list(made.changed), "by": caller.principal_id},
    )  # fmt: skip
    outbox.publish(
        tx, "scenario.changed", {"scenario": before.id, "changed": list(made.changed)}, caller.party_id
    )
    return after, made
