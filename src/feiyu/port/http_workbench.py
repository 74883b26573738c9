"""Routes of the workbench: what waits for me, what runs, what is done; and the live stream's snapshot."""

from datetime import timedelta
from functools import cache

from fastapi import APIRouter
from pydantic import BaseModel

from feiyu.base.clock import legal_date
from feiyu.base.text import Text
from feiyu.port import calendar, lease_store, life_store, original_store, store
from feiyu.port.signed import CHECKED
from feiyu.registry.evidence import alarms
from feiyu.registry.identity.http import CallerDep, HouseDep, TextOut
from feiyu.registry.looks.http import room_router
from feiyu.registry.scenarios.service import viewer
from feiyu.scan import types
from feiyu.store import Scope

DUE = timedelta(days=90)
ALARMS = Scope.all("open alarms on the workbench")


class NumberOut(BaseModel):
    """A number with the list behind it."""

    id: str
    name: TextOut
    value: int
    path: str


class TodoOut(BaseModel):
    """Something that waits for the caller."""

    name: TextOut
    path: str
    count: int
    loud: bool = False


class WorkbenchOut(BaseModel):
    """The first page after signing in."""

    numbers: list[NumberOut]
    todo: list[TodoOut]


class SemanticTypeOut(BaseModel):
    """A semantic type and its names."""

    id: str
    name: TextOut
    personal: bool
    sensitive: bool


_NUMBERS = (
    ("filings", Text("办件", "Filings"), "/filings"),
    ("bases_effective", Text("有效出境依据", "Effective bases"), "/bases?state=effective"),
    ("grants", Text("有效传输授权", "Grants in force"), "/grants"),
    ("transfers_open", Text("传输中", "Transfers running"), "/transfers?state=open"),
    ("transfers_held", Text("待核", "Held"), "/transfers?state=held"),
    ("transfers_to_fetch", Text("待接收方签收", "Awaiting the recipient"), "/transfers?state=sealed"),
    ("transfers", Text("全部传输批次", "All transfers"), "/transfers"),
)


@cache
def router() -> APIRouter:
    """The routes, made once: they hold nothing of one application."""
    routes = room_router(prefix="/api/v1", tags=["workbench"])

    @routes.get("/workbench", operation_id="workbench")
    def workbench(caller: CallerDep, house: HouseDep) -> WorkbenchOut:
        """Numbers with their lists, and what waits for the caller."""
        wide = house.access.reach(caller, "transfer.read")
        scope = caller.scope(house.access, "transfer.read") if wide else Scope.of(caller.party_id)
        today = legal_date(house.clock.now())
        with house.db.read(scope=scope) as tx:
            found = store.numbers(tx, scope)
            due = store.bases_due(tx, scope, today + DUE)
            mine = Scope.of(caller.party_id)
            dated = house.access.reach(caller, "calendar.read") is not None
            near = (
                [
                    one.state(house.clock.now())
                    for one in calendar.clocks(house, tx, scope, viewer=viewer(house, caller))
                ]
                if dated
                else []
            )
            changed = life_store.anew(tx, scope, changed=True)
            fresh = life_store.reminders(tx, mine, unseen=True)
            glass = lease_store.glasses(tx, scope, unnoted=True)
            failing = (
                original_store.failing(tx, scope, CHECKED)
                if house.access.reach(caller, "filing.read")
                else []
            )
        todo = []
        if failing:
            todo.append(TodoOut(name=TextOut(zh="签署原件的签名不再成立的办件", en="Filings with a signed original that no longer holds"),
                                path=f"/filings/{failing[0]}" if len(failing) == 1 else "/filings", count=len(failing), loud=True))  # fmt: skip
        if glass and house.access.reach(caller, "breakglass.note"):
            todo.append(TodoOut(name=TextOut(zh="紧急放行待阅：未经数据港放行的传输", en="Break-glass to be noted: transfers that crossed without the port"),
                                path="/breakglass", count=len(glass), loud=True))  # fmt: skip
        if house.access.reach(caller, "basis.check") and found["bases_to_check"]:
            todo.append(TodoOut(name=TextOut(zh="待第二人复核的出境依据", en="Bases waiting for a second person"),
                                path="/bases?state=entered", count=found["bases_to_check"]))  # fmt: skip
        if house.access.reach(caller, "transfer.fetch") and found["transfers_to_fetch"]:
            todo.append(TodoOut(name=TextOut(zh="待接收的传输", en="Transfers to fetch"),
                                path="/transfers?state=sealed", count=found["transfers_to_fetch"]))  # fmt: skip
        if found["transfers_held"]:
            todo.append(TodoOut(name=TextOut(zh="内容待核的传输", en="Transfers held for a person"),
                                path="/transfers?state=held", count=found["transfers_held"]))  # fmt: skip
        if due and house.access.reach(caller, "basis.read"):
            todo.append(TodoOut(name=TextOut(zh="90 日内到期的出境依据", en="Bases that end within 90 days"),
                                path="/bases?due=90", count=len(due)))  # fmt: skip
        if house.access.reach(caller, "alarm.read"):
            with house.db.read(scope=ALARMS) as tx:
                if count := alarms.waiting(tx):
                    todo.insert(
                        0,
                        TodoOut(
                            name=TextOut(zh="未关闭的告警", en="Open alarms"), path="/alarms", count=count
                        ),
                    )
        if dated:
            for state, zh, en in (
                ("overdue", "已逾期的期限", "Clocks overdue"),
                ("due", "两周内到期的期限", "Clocks due within two weeks"),
            ):
                if count := near.count(state):
                    todo.append(TodoOut(name=TextOut(zh=zh, en=en), path=f"/calendar?state={state}", count=count,
                                        loud=state == "overdue"))  # fmt: skip
            if changed:
                todo.append(TodoOut(name=TextOut(zh="法规生效后路径有变化的办件与授权", en="Filings and grants whose pathway changed with the law"),
                                    path="/calendar#law", count=len(changed), loud=True))  # fmt: skip
            if fresh:
                todo.append(TodoOut(name=TextOut(zh="未读提醒", en="Unread reminders"), path="/calendar#reminders",
                                    count=len(fresh)))  # fmt: skip
        numbers = [
            NumberOut(id=name, name=TextOut.of(text), value=found[name], path=path)
            for name, text, path in _NUMBERS
        ]
        return WorkbenchOut(numbers=numbers, todo=todo)

    @routes.get("/types", operation_id="list_types")
    def list_types() -> list[SemanticTypeOut]:
        """Every semantic type that the scan knows; public."""
        return [
            SemanticTypeOut(
                id=one.id,
                name=TextOut.of(one.names),
                personal=bool(one.personal),
                sensitive=bool(one.sensitive),
            )
            for one in types()
        ]

    return routes
