"""Routes of scenarios and flows."""

from datetime import datetime
from functools import cache
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from feiyu.base import nouns
from feiyu.base.errors import NotFound
from feiyu.base.ids import FlowId, PartyId, ScenarioId
from feiyu.base.text import Lang
from feiyu.registry.access import Caller
from feiyu.registry.house import House
from feiyu.registry.identity.http import CallerDep, HouseDep, TextOut
from feiyu.registry.looks.http import Shown, room_router
from feiyu.registry.looks.model import How, Thing
from feiyu.registry.scenarios import change, service, store
from feiyu.registry.scenarios.model import Cadence, Direction, Flow, Item, Mode, Origin, Scenario, Tier
from feiyu.registry.scenarios.templates import (
    GROUNDS,
    ScenarioTemplate,
    scenario_template,
    scenario_templates,
)


class ItemIn(BaseModel):
    """A data item: a field, what it holds, why it is needed."""

    name: str = Field(min_length=1, max_length=200)
    type: str = Field(min_length=1, max_length=64)
    need: TextOut


class ScenarioIn(BaseModel):
    """A scenario to enter."""

    title: TextOut
    purpose: str = Field(min_length=2, max_length=200)
    ground: str = Field(min_length=2, max_length=64)
    sector: str = Field(default="general", max_length=32)
    recipients: list[str] = Field(min_length=1, max_length=100)
    country: str = Field(pattern="^[A-Z]{2}$")
    items: list[ItemIn] = Field(min_length=1, max_length=service.ITEMS_MAX)
    retention_days: int = Field(ge=1, le=36600)
    direction: Direction = Direction.OUTBOUND
    origin: Origin = Origin.DOMESTIC
    tier: Tier = Tier.CENTRE
    outside: bool = False


class ScenarioOut(ScenarioIn):
    """A scenario."""

    id: str
    owner_party: str
    created_at: datetime

    @classmethod
    def of(cls, scenario: Scenario) -> "ScenarioOut":
        """From the inside."""
        return cls(
            id=scenario.id, owner_party=scenario.owner_party, title=TextOut.of(scenario.title),
            purpose=scenario.purpose, ground=scenario.ground, sector=scenario.sector,
            recipients=list(scenario.recipients), country=scenario.country,
            items=[ItemIn(name=i.name, type=i.type, need=TextOut.of(i.need)) for i in scenario.items],
            retention_days=scenario.retention_days, direction=scenario.direction, origin=scenario.origin,
            tier=scenario.tier, outside=scenario.outside, created_at=scenario.created_at,
        )  # fmt: skip


class ScenarioChangeOut(BaseModel):
    """A change of a scenario, and what it was before."""

    scenario_id: str
    owner_party: str
    number: int
    changed: list[str]
    before: dict[str, Any]
    by: str
    at: datetime

    def looked(self) -> Thing:
        """The scenario: all its changes are told at once."""
        return Thing(self.owner_party, self.scenario_id, how=How.OPENED)


class ScenarioChangedOut(BaseModel):
    """A scenario as it is now, and in which respects it changed; what that asks for stands in the calendar."""

    scenario: ScenarioOut
    changed: list[str]


class FlowIn(BaseModel):
    """A flow to enter."""

    scenario_id: str
    recipient: str
    mode: Mode
    cadence: Cadence = Cadence.BATCH
    derived_from: str | None = None
    also_key_ids: list[str] = Field(default=[], max_length=7)


class FlowOut(BaseModel):
    """A flow."""

    id: str
    owner_party: str
    scenario_id: str
    recipient: str
    recipient_key_id: str
    mode: Mode
    cadence: Cadence
    direction: Direction
    origin: Origin
    derived_from: str | None
    created_at: datetime
    also_key_ids: list[str]

    @classmethod
    def of(cls, flow: Flow) -> "FlowOut":
        """From the inside."""
        return cls(
            **{name: getattr(flow, name) for name in cls.model_fields}
            | {"also_key_ids": list(flow.also_key_ids)}
        )


class TemplateItemOut(BaseModel):
    """A data item that usually goes out."""

    name: str
    type: str
    title: TextOut
    need: TextOut


class ScenarioTemplateOut(BaseModel):
    """A scenario template: a starting point that decides nothing."""

    id: str
    sector: str
    sector_title: TextOut
    title: TextOut
    purpose: TextOut
    ground: str
    ground_name: TextOut
    route: TextOut
    retention_days: int
    items: list[TemplateItemOut]
    materials: TextOut
    pitfalls: list[TextOut]
    cite: list[str]
    confidence: str

    @classmethod
    def of(cls, one: ScenarioTemplate) -> "ScenarioTemplateOut":
        """From the inside."""
        return cls(
            id=one.id, sector=one.sector, sector_title=TextOut.of(one.sector_title), title=TextOut.of(one.title),
            purpose=TextOut.of(one.purpose), ground=one.ground, ground_name=TextOut.of(GROUNDS[one.ground]),
            route=TextOut.of(one.route), retention_days=one.retention_days,
            items=[TemplateItemOut(name=i.name, type=i.type, title=TextOut.of(i.title), need=TextOut.of(i.need)) for i in one.items],
            materials=TextOut.of(one.materials), pitfalls=[TextOut.of(p) for p in one.pitfalls], cite=list(one.cite),
            confidence=one.confidence,
        )  # fmt: skip


@cache
def router() -> APIRouter:
    """The routes, made once: they hold nothing of one application."""
    routes = room_router(prefix="/api/v1", tags=["register"])

    @routes.get("/scenario-templates", operation_id="list_scenario_templates")
    def list_scenario_templates(caller: CallerDep, house: HouseDep) -> list[ScenarioTemplateOut]:
        """The scenario templates of all sectors."""
        house.access.demand(caller, "scenario.read")
        return [ScenarioTemplateOut.of(one) for one in scenario_templates().values()]

    @routes.get("/scenario-templates/{name}/guide", operation_id="get_operating_guide", response_class=Response,
                responses={200: {"content": {"application/pdf": {}}}})  # fmt: skip
    def get_operating_guide(name: str, caller: CallerDep, house: HouseDep, lang: Lang = Lang.ZH) -> Response:
        """A template's operating guide as PDF."""
        from feiyu.papers.typeset import set_pdf
        from feiyu.registry.scenarios.guide import guide

        house.access.demand(caller, "scenario.read")
        one = scenario_template(name)
        content = set_pdf(guide(one, lang, house.rulebooks.sources))
        disposition = f'attachment; filename="guide-{one.id}-{lang.value}.pdf"'
        return Shown(content, [], media_type="application/pdf", headers={"Content-Disposition": disposition})

    @routes.get("/scenarios", operation_id="list_scenarios")
    def list_scenarios(caller: CallerDep, house: HouseDep) -> list[ScenarioOut]:
        """The register: every scenario one may see, newest first."""
        house.access.demand(caller, "scenario.read")
        scope = caller.scope(house.access, "scenario.read")
        with house.db.read(scope=scope) as tx:
            seen = store.scenarios(tx, scope, viewer=service.viewer(house, caller))
            return [ScenarioOut.of(scenario) for scenario in seen]

    @routes.post("/scenarios", operation_id="enter_scenario", status_code=201)
    def enter_scenario(body: ScenarioIn, caller: CallerDep, house: HouseDep) -> ScenarioOut:
        """Enter a scenario into the register."""
        house.access.demand(caller, "scenario.write", caller.party_id)
        draft = _draft(body, caller, house)
        entered = house.db.write(
            lambda tx: service.enter_scenario(house, tx, draft),
            scope=caller.scope(house.access, "scenario.write"),
        )
        return ScenarioOut.of(entered)

    @routes.get("/scenarios/{scenario_id}", operation_id="get_scenario")
    def get_scenario(scenario_id: str, caller: CallerDep, house: HouseDep) -> ScenarioOut:
        """One scenario."""
        house.access.demand(caller, "scenario.read")
        scope = caller.scope(house.access, "scenario.read")
        with house.db.read(scope=scope) as tx:
            scenario = store.scenario_of(tx, scope, scenario_id, viewer=service.viewer(house, caller))
        if scenario is None:
            raise NotFound(what=nouns.SCENARIO, ident=scenario_id)
        return ScenarioOut.of(scenario)

    @routes.post("/scenarios/{scenario_id}/changes", operation_id="change_scenario", status_code=201)
    def change_scenario(
        scenario_id: str, body: ScenarioIn, caller: CallerDep, house: HouseDep
    ) -> ScenarioChangedOut:
        """Put a new version of a scenario into the register; the old one stays with the change."""
        house.access.demand(caller, "scenario.write", caller.party_id)
        draft = _draft(body, caller, house)
        after, made = house.db.write(
            lambda tx: change.change(house, tx, caller, scenario_id=scenario_id, draft=draft),
            scope=caller.scope(house.access, "scenario.write"),
        )
        return ScenarioChangedOut(scenario=ScenarioOut.of(after), changed=list(made.changed))

    @routes.get("/scenarios/{scenario_id}/changes", operation_id="scenario_changes")
    def scenario_changes(scenario_id: str, caller: CallerDep, house: HouseDep) -> list[ScenarioChangeOut]:
        """The changes of a scenario, oldest first."""
        house.access.demand(caller, "scenario.read")
        scope = caller.scope(house.access, "scenario.read")
        with house.db.read(scope=scope) as tx:
            if store.scenario_of(tx, scope, scenario_id, viewer=service.viewer(house, caller)) is None:
                raise NotFound(what=nouns.SCENARIO, ident=scenario_id)
            return [
                ScenarioChangeOut(
                    scenario_id=c.scenario_id,
                    owner_party=c.owner_party,
                    number=c.number,
                    changed=list(c.changed),
                    before=c.before,
                    by=c.by,
                    at=c.at,
                )
                for c in store.changes_of(tx, scenario_id)
            ]

    @routes.get("/flows", operation_id="list_flows")
    def list_flows(caller: CallerDep, house: HouseDep) -> list[FlowOut]:
        """The flows one may see, newest first."""
        house.access.demand(caller, "flow.read")
        scope = caller.scope(house.access, "flow.read")
        with house.db.read(scope=scope) as tx:
            return [FlowOut.of(flow) for flow in store.flows(tx, scope)]

    @routes.post("/flows", operation_id="enter_flow", status_code=201)
    def enter_flow(body: FlowIn, caller: CallerDep, house: HouseDep) -> FlowOut:
        """Enter a flow; it pins the recipient's confirmed key."""
        house.access.demand(caller, "scenario.write", caller.party_id)
        flow = house.db.write(
            lambda tx: service.enter_flow(
                house, tx, owner=caller.party_id, scenario_id=body.scenario_id, recipient=PartyId(body.recipient),
                mode=body.mode, cadence=body.cadence,
                derived_from=FlowId(body.derived_from) if body.derived_from else None,
                also_key_ids=tuple(body.also_key_ids),
            ),
            scope=caller.scope(house.access, "scenario.write"),
        )  # fmt: skip
        return FlowOut.of(flow)

    return routes


def _draft(body: ScenarioIn, caller: Caller, house: House) -> Scenario:
    return Scenario(
        id=ScenarioId(""), owner_party=caller.party_id, title=body.title.text(), purpose=body.purpose,
        ground=body.ground, sector=body.sector, recipients=tuple(PartyId(r) for r in body.recipients),
        country=body.country, items=tuple(Item(name=i.name, type=i.type, need=i.need.text()) for i in body.items),
        retention_days=body.retention_days, direction=body.direction, origin=body.origin, tier=body.tier,
        outside=body.outside, created_at=house.clock.now(),
    )  # fmt: skip
