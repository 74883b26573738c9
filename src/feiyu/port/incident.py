"""Enter and close incidents, as far as their clocks need it.

Rules this module keeps:
 * an incident starts the clocks that the law gives it (``rules.reference.incident_duties``) from when it was discovered, not entered;
 * how many persons are concerned may be unknown: then the clocks of many run.

Source: cn/incident-measures-2025#report; cn/pipl-2021#57.
"""

from datetime import datetime, timedelta

from feiyu.base import nouns
from feiyu.base.errors import BadInput, Conflict, NotFound
from feiyu.base.ids import new_id
from feiyu.base.text import Text
from feiyu.port import life_store
from feiyu.port.life_store import Incident
from feiyu.registry import journal
from feiyu.registry.access import Caller
from feiyu.registry.house import House
from feiyu.registry.identity import store as identities
from feiyu.store import Scope, Tx

ROLES = ("cii", "central_organ", "bank_insurer", "other")


def enter(
    house: House, tx: Tx, caller: Caller, *, title: str, role: str, persons: int | None, discovered_at: datetime
) -> Incident:  # fmt: skip
    """Enter an incident of one's own party."""
    now = house.clock.now()
    if role not in ROLES:
        raise BadInput(reason=Text(f"role 可选：{', '.join(ROLES)}", f"role: one of {', '.join(ROLES)}"))
    if not now - timedelta(days=366) <= discovered_at <= now:
        raise BadInput(
            reason=Text(
                "discovered_at 须在最近一年之内，且不晚于现在",
                "discovered_at: within the last year, and not in the future",
            )
        )
    made = Incident(
        id=new_id("incident", now), owner_party=caller.party_id, title=title.strip()[:200], role=role, persons=persons,
        discovered_at=discovered_at, entered_by=caller.principal_id, entered_at=now, closed_at=None, closed_note=None,
    )  # fmt: skip
    life_store.add_incident(tx, made)
    _event(
        house,
        tx,
        made,
        "incident.entered",
        {"role": role} | ({"persons": persons} if persons is not None else {}),
    )
    return made


def close(house: House, tx: Tx, caller: Caller, *, incident_id: str, note: str) -> Incident:
    """Close an incident; its clocks stop."""
    found = life_store.incident_of(tx, Scope.of(caller.party_id), incident_id)
    if found is None:
        raise NotFound(what=nouns.INCIDENT, ident=incident_id)
    if found.closed_at is not None:
        raise Conflict(
            reason=Text(f"事件 {incident_id} 已经关闭", f"incident {incident_id} is closed already")
        )
    life_store.close_incident(tx, found.id, at=house.clock.now(), note=note.strip())
    _event(house, tx, found, "incident.closed", {"role": found.role})
    closed = life_store.incident_of(tx, Scope.of(caller.party_id), incident_id)
    assert closed is not None
    return closed


def _event(house: House, tx: Tx, of: Incident, type_: str, data: dict[str, object]) -> None:
    journal.record(
        tx, keys=house.cipher, source=identities.pseudonym_of(tx, of.owner_party) or "", type=type_, at=house.clock.now(),
        owner=of.owner_party, refs={"incident": of.id}, data=data,
    )  # fmt: skip
