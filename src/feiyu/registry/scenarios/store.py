"""Rows of scenarios and flows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, insert, or_, select, true, update

from feiyu.base.ids import PartyId
from feiyu.base.text import Text
from feiyu.registry.scenarios.model import Cadence, Direction, Flow, Item, Mode, Origin, Scenario, Tier
from feiyu.registry.scenarios.tables import flow, scenario, scenario_change
from feiyu.store import Scope, Tx, owned


def _item(raw: dict[str, Any]) -> Item:
    return Item(name=raw["name"], type=raw["type"], need=Text.of(raw["need"]))


def _scenario(row: RowMapping) -> Scenario:
    return Scenario(**{
        **row, "title": Text.of(row["title"]), "recipients": tuple(row["recipients"]),
        "items": tuple(_item(raw) for raw in row["items"]), "direction": Direction(row["direction"]),
        "origin": Origin(row["origin"]), "tier": Tier(row["tier"]),
    })  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of a scenario: in which respects, and what it was before."""

    scenario_id: str
    number: int
    owner_party: PartyId
    changed: tuple[str, ...]
    before: dict[str, Any]
    by: str
    at: datetime


def values_of(one: Scenario) -> dict[str, Any]:
    """What a scenario says, as JSON."""
    items = [{"name": i.name, "type": i.type, "need": i.need.as_dict()} for i in one.items]
    return {
        "title": one.title.as_dict(), "purpose": one.purpose, "ground": one.ground, "sector": one.sector,
        "recipients": list(one.recipients), "country": one.country, "items": items, "retention_days": one.retention_days,
        "direction": one.direction.value, "origin": one.origin.value, "tier": one.tier.value, "outside": one.outside,
    }  # fmt: skip


def add_scenario(tx: Tx, new: Scenario) -> None:
    """Insert a scenario."""
    tx.execute(insert(scenario).values(
        id=new.id, owner_party=new.owner_party, created_at=new.created_at, **values_of(new)
    ))  # fmt: skip


def change_scenario(tx: Tx, new: Scenario, made: Change) -> None:
    """Put the new version in the place of the old one, which is kept with the change."""
    tx.execute(update(scenario).where(scenario.c.id == new.id).values(**values_of(new)))
    values = {name: getattr(made, name) for name in Change.__slots__} | {"changed": list(made.changed)}
    tx.execute(insert(scenario_change).values(**values))


def changes_of(tx: Tx, scenario_id: str) -> list[Change]:
    """The changes of a scenario, oldest first."""
    query = select(scenario_change).where(scenario_change.c.scenario_id == scenario_id)
    rows = tx.execute(query.order_by(scenario_change.c.number)).mappings()
    return [Change(**{**row, "changed": tuple(row["changed"])}) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who reads the scenarios of others: of these, those of some tiers; and its own party's. None is who reads only its own, or the house for itself."""

    party: PartyId
    tiers: frozenset[Tier]


def _shown(viewer: Viewer | None) -> ColumnElement[bool]:
    if viewer is None:
        return true()
    return or_(scenario.c.owner_party == viewer.party, scenario.c.tier.in_(sorted(viewer.tiers)))


def scenario_of(tx: Tx, scope: Scope, scenario_id: str, *, viewer: Viewer | None = None) -> Scenario | None:
    """One scenario inside the scope that the viewer may know of."""
    query = select(scenario).where(scenario.c.id == scenario_id, owned(scope, scenario), _shown(viewer))
    row = tx.execute(query).mappings().first()
    return _scenario(row) if row else None


def scenarios(tx: Tx, scope: Scope, *, viewer: Viewer | None) -> list[Scenario]:
    """The scenarios inside the scope that the viewer may know of, newest first."""
    query = select(scenario).where(owned(scope, scenario), _shown(viewer)).order_by(scenario.c.id.desc())
    return [_scenario(row) for row in tx.execute(query).mappings()]


def _flow(row: RowMapping) -> Flow:
    return Flow(**{
        **row, "cadence": Cadence(row["cadence"]), "mode": Mode(row["mode"]),
        "direction": Direction(row["direction"]), "origin": Origin(row["origin"]),
        "also_key_ids": tuple(row["also_key_ids"] or ()),
    })  # fmt: skip


def add_flow(tx: Tx, new: Flow) -> None:
    """Insert a flow."""
    tx.execute(insert(flow).values(
        id=new.id, owner_party=new.owner_party, scenario_id=new.scenario_id, recipient=new.recipient,
        recipient_key_id=new.recipient_key_id, cadence=new.cadence, mode=new.mode, direction=new.direction,
        origin=new.origin, derived_from=new.derived_from, created_at=new.created_at,
        also_key_ids=list(new.also_key_ids) or None,
    ))  # fmt: skip


def flow_of(tx: Tx, scope: Scope, flow_id: str) -> Flow | None:
    """One flow inside the scope; its recipient sees it too."""
    seen = or_(owned(scope, flow), flow.c.recipient == (scope.party or ""))
    row = tx.execute(select(flow).where(flow.c.id == flow_id, seen)).mappings().first()
    return _flow(row) if row else None


def flows(tx: Tx, scope: Scope) -> list[Flow]:
    """The flows inside the scope, newest first."""
    seen = or_(owned(scope, flow), flow.c.recipient == (scope.party or ""))
    return [_flow(row) for row in tx.execute(select(flow).where(seen).order_by(flow.c.id.desc())).mappings()]
