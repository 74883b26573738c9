"""Rows of scenarios and flows."""

from typing import Any

from sqlalchemy import RowMapping, insert, or_, select

from feiyu.base.text import Text
from feiyu.registry.scenarios.model import Cadence, Direction, Flow, Item, Mode, Origin, Scenario, Tier
from feiyu.registry.scenarios.tables import flow, scenario
from feiyu.store import Scope, Tx, owned


def _item(raw: dict[str, Any]) -> Item:
    return Item(name=raw["name"], type=raw["type"], need=Text.of(raw["need"]))


def _scenario(row: RowMapping) -> Scenario:
    return Scenario(**{
        **row, "title": Text.of(row["title"]), "recipients": tuple(row["recipients"]),
        "items": tuple(_item(raw) for raw in row["items"]), "direction": Direction(row["direction"]),
        "origin": Origin(row["origin"]), "tier": Tier(row["tier"]),
    })  # fmt: skip


def add_scenario(tx: Tx, new: Scenario) -> None:
    """Insert a scenario."""
    items = [{"name": i.name, "type": i.type, "need": i.need.as_dict()} for i in new.items]
    tx.execute(insert(scenario).values(
        id=new.id, owner_party=new.owner_party, title=new.title.as_dict(), purpose=new.purpose, ground=new.ground,
        sector=new.sector, recipients=list(new.recipients), country=new.country, items=items,
        retention_days=new.retention_days, direction=new.direction, origin=new.origin, tier=new.tier,
        outside=new.outside, created_at=new.created_at,
    ))  # fmt: skip


def scenario_of(tx: Tx, scope: Scope, scenario_id: str) -> Scenario | None:
    """One scenario inside the scope."""
    query = select(scenario).where(scenario.c.id == scenario_id, owned(scope, scenario))
    row = tx.execute(query).mappings().first()
    return _scenario(row) if row else None


def scenarios(tx: Tx, scope: Scope) -> list[Scenario]:
    """The scenarios inside the scope, newest first."""
    query = select(scenario).where(owned(scope, scenario)).order_by(scenario.c.id.desc())
    return [_scenario(row) for row in tx.execute(query).mappings()]


def _flow(row: RowMapping) -> Flow:
    return Flow(**{
        **row, "cadence": Cadence(row["cadence"]), "mode": Mode(row["mode"]),
        "direction": Direction(row["direction"]), "origin": Origin(row["origin"]),
    })  # fmt: skip


def add_flow(tx: Tx, new: Flow) -> None:
    """Insert a flow."""
    tx.execute(insert(flow).values(
        id=new.id, owner_party=new.owner_party, scenario_id=new.scenario_id, recipient=new.recipient,
        recipient_key_id=new.recipient_key_id, cadence=new.cadence, mode=new.mode, direction=new.direction,
        origin=new.origin, derived_from=new.derived_from, created_at=new.created_at,
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
