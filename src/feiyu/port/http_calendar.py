"""Routes of the calendar: clocks, the private feed, reminders, yearly reports, incidents, extension test, what law changed."""

import hashlib
import secrets
from datetime import date, datetime
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, BaseModel, Field

from feiyu.base import nouns
from feiyu.base.clock import legal_date
from feiyu.base.errors import BadInput, NotFound, Unauthenticated
from feiyu.base.text import Text
from feiyu.port import calendar, incident, life_store, store
from feiyu.port.calendar import MECHANISM, Clock
from feiyu.port.life_store import Incident
from feiyu.port.model import BasisKind, BasisState
from feiyu.registry.access import Caller
from feiyu.registry.house import House
from feiyu.registry.identity import store as identities
from feiyu.registry.identity.http import DIRECTORY, CallerDep, HouseDep, TextOut
from feiyu.registry.looks.http import Shown, room_router
from feiyu.registry.looks.model import How, Thing
from feiyu.registry.scenarios import store as scenarios
from feiyu.registry.scenarios.service import viewer
from feiyu.rules.lasting import extension, triggers, yearly
from feiyu.rules.lifecycle import Reminder, to_ics
from feiyu.rules.model import Citation
from feiyu.store import Scope, Tx

Id = Annotated[str, Field(max_length=32)]
FEEDS = Scope.all("a private calendar feed")


class CiteOut(BaseModel):
    """A text and its article."""

    ref: str
    title: TextOut


class ClockOut(BaseModel):
    """A clock. ``state``: overdue, due (within two weeks), later; for what opens: open or later."""

    id: str
    kind: str
    title: TextOut
    day: date
    at: datetime | None
    provisional: bool
    state: str
    path: str
    owner_party: str
    owner_name: TextOut | None
    citations: list[CiteOut]

    def looked(self) -> Thing:
        """What the clock is of."""
        return _thing(self.owner_party, self.id)


class CalendarOut(BaseModel):
    """All clocks, nearest first; the years whose holidays are published."""

    as_of: date
    clocks: list[ClockOut]
    holidays_published: list[int]


class FeedOut(BaseModel):
    """The address of a private calendar feed; shown once, an earlier one ends."""

    path: str


class ReminderOut(BaseModel):
    """A reminder that was made for a clock."""

    clock_id: str
    stage: str
    title: TextOut
    day: date
    path: str
    made_at: datetime
    seen_at: datetime | None


class DoneIn(BaseModel):
    """A yearly report that was made, for the day it was due."""

    report: str = Field(max_length=64)
    day: date


class IncidentIn(BaseModel):
    """An incident. ``role``: cii, central_organ, bank_insurer, other; ``persons`` left out: not known yet."""

    title: str = Field(min_length=2, max_length=200)
    role: str = Field(max_length=16)
    persons: int | None = Field(default=None, ge=0, le=2_000_000_000)
    discovered_at: AwareDatetime


class NoteIn(BaseModel):
    """How it was closed."""

    note: str = Field(min_length=4, max_length=2000)


class IncidentOut(BaseModel):
    """An incident and its clocks."""

    id: str
    owner_party: str
    title: str
    role: str
    persons: int | None
    discovered_at: datetime
    closed_at: datetime | None
    closed_note: str | None
    clocks: list[ClockOut]


class ExtensionIn(BaseModel):
    """What the next three years need, beside what was assessed."""

    persons_next: int | None = Field(default=None, ge=0, le=2_000_000_000)
    volume_assessed: int | None = Field(default=None, ge=0)
    volume_next: int | None = Field(default=None, ge=0)
    important: bool = False


class ExtensionOut(BaseModel):
    """Whether the validity can be extended, test by test; growth in hundredths of a percent, None where a fact is missing."""

    opens: date
    surely_opens: date
    ends: date
    basis_id: str
    owner_party: str
    in_window: bool | None
    persons_growth: int | None
    volume_growth: int | None
    growth_max: int
    unchanged: bool
    possible: bool | None
    citations: list[CiteOut]

    def looked(self) -> Thing:
        """The basis that was tested."""
        return Thing(self.owner_party, self.basis_id)


class AnewOut(BaseModel):
    """What a filing or a grant was, and what it is by the law of a day."""

    day: date
    kind: str
    ref: str
    owner_party: str
    before_route: str
    before_rule: str
    after_route: str
    after_rule: str
    changed: bool

    def looked(self) -> Thing:
        """The filing or the grant."""
        return Thing(self.owner_party, self.ref)


@cache
def router() -> APIRouter:
    """The routes, made once: they hold nothing of one application."""
    routes = room_router(prefix="/api/v1", tags=["calendar"])

    @routes.get("/calendar", operation_id="calendar")
    def list_clocks(caller: CallerDep, house: HouseDep) -> CalendarOut:
        """Every clock one may see."""
        house.access.demand(caller, "calendar.read")
        return CalendarOut(
            as_of=legal_date(house.clock.now()), clocks=_clocks(house, caller),
            holidays_published=sorted(house.rulebooks.calendar.covers),
        )  # fmt: skip

    @routes.post("/calendar/feed", operation_id="calendar_feed", status_code=201)
    def feed(caller: CallerDep, house: HouseDep) -> FeedOut:
        """Make the address of a private calendar feed; the one before ends."""
        house.access.demand(caller, "calendar.read")
        token = secrets.token_urlsafe(32)
        now = house.clock.now()
        house.db.write(
            lambda tx: life_store.add_feed(
                tx, digest=_digest(token), owner=caller.party_id, principal=caller.principal_id, at=now
            ),
            scope=FEEDS,
        )
        return FeedOut(path=f"/api/v1/calendar.ics?token={token}")

    @routes.get("/calendar.ics", operation_id="calendar_ics", response_class=Response)
    def ics(house: HouseDep, token: Annotated[str, Query(max_length=100)] = "") -> Response:
        """The calendar as a feed (RFC 5545); whoever has the address sees what its maker may see now."""
        with house.db.read(scope=FEEDS) as tx:
            ident = life_store.feed_principal(tx, _digest(token))
            principal = identities.principal_of(tx, ident) if ident else None
        if principal is None:
            raise Unauthenticated
        now = house.clock.now()
        caller = Caller(
            principal_id=principal.id,
            party_id=principal.party_id,
            name=principal.name,
            roles=principal.roles_at(now),
        )
        house.access.demand(caller, "calendar.read")
        scope = caller.scope(house.access, "calendar.read")
        with house.db.read(scope=scope) as tx:
            clocks = calendar.clocks(house, tx, scope, viewer=viewer(house, caller))
        text = to_ics(tuple(_reminder(one) for one in clocks), uid="clock", stamp=f"{now:%Y%m%dT%H%M%SZ}")
        return Shown(
            text,
            [_thing(one.owner, one.id) for one in clocks],
            how=How.LISTED,
            caller=caller,
            media_type="text/calendar; charset=utf-8",
            headers={"Cache-Control": "no-store"},
        )

    @routes.get("/reminders", operation_id="list_reminders")
    def list_reminders(caller: CallerDep, house: HouseDep) -> list[ReminderOut]:
        """The reminders of one's own party, newest first."""
        house.access.demand(caller, "calendar.read")
        scope = Scope.of(caller.party_id)
        with house.db.read(scope=scope) as tx:
            rows = life_store.reminders(tx, scope)
        return [
            ReminderOut(
                clock_id=r.clock_id, stage=r.stage, title=TextOut(**r.title), day=r.day, path=r.path, made_at=r.made_at,
                seen_at=r.seen_at,
            )
            for r in rows
        ]  # fmt: skip

    @routes.post("/reminders/seen", operation_id="see_reminders", status_code=204)
    def see(caller: CallerDep, house: HouseDep) -> Response:
        """All reminders of one's own party were seen."""
        house.access.demand(caller, "calendar.read")
        now = house.clock.now()
        house.db.write(
            lambda tx: life_store.see_reminders(tx, caller.party_id, at=now), scope=Scope.of(caller.party_id)
        )
        return Response(status_code=204)

    @routes.post("/calendar/done", operation_id="report_done", status_code=201)
    def done(body: DoneIn, caller: CallerDep, house: HouseDep) -> DoneIn:
        """Record that a yearly report was made."""
        house.access.demand(caller, "filing.submit", caller.party_id)
        at = legal_date(house.clock.now())
        known = {one.id: one for one in yearly(house.rulebooks, sectors=["auto"], important=True, at=at)}
        if body.report not in known or known[body.report].due(body.day.year) != body.day:
            raise BadInput(
                reason=Text(
                    f"report 可选：{', '.join(known)}，并须给出到期日",
                    f"report: one of {', '.join(known)}, with the day it is due",
                )
            )

        def act(tx: Tx) -> None:
            if body.day.isoformat() not in life_store.done_days(tx, caller.party_id, body.report):
                life_store.add_done(
                    tx, owner=caller.party_id, what=body.report, day=body.day, by=caller.principal_id,
                    at=house.clock.now(),
                )  # fmt: skip

        house.db.write(act, scope=Scope.of(caller.party_id))
        return body

    @routes.get("/incidents", operation_id="list_incidents")
    def list_incidents(caller: CallerDep, house: HouseDep) -> list[IncidentOut]:
        """The incidents one may see, newest first."""
        house.access.demand(caller, "incident.read")
        scope = caller.scope(house.access, "incident.read")
        with house.db.read(scope=scope) as tx:
            rows = life_store.incidents(tx, scope)
        return [_incident(house, row) for row in rows]

    @routes.post("/incidents", operation_id="enter_incident", status_code=201)
    def enter(body: IncidentIn, caller: CallerDep, house: HouseDep) -> IncidentOut:
        """Enter an incident; the clocks of the law start from its discovery."""
        house.access.demand(caller, "incident.write", caller.party_id)
        made = house.db.write(
            lambda tx: incident.enter(
                house, tx, caller, title=body.title, role=body.role, persons=body.persons,
                discovered_at=body.discovered_at,
            ),
            scope=Scope.of(caller.party_id),
        )  # fmt: skip
        return _incident(house, made)

    @routes.post("/incidents/{incident_id}/close", operation_id="close_incident")
    def close(incident_id: Id, body: NoteIn, caller: CallerDep, house: HouseDep) -> IncidentOut:
        """Close an incident; its clocks stop."""
        house.access.demand(caller, "incident.write", caller.party_id)
        made = house.db.write(
            lambda tx: incident.close(house, tx, caller, incident_id=incident_id, note=body.note),
            scope=Scope.of(caller.party_id),
        )
        return _incident(house, made)

    @routes.post("/bases/{basis_id}/extension", operation_id="test_extension")
    def test_extension(basis_id: Id, body: ExtensionIn, caller: CallerDep, house: HouseDep) -> ExtensionOut:
        """Test whether the validity of an assessment result can be extended."""
        house.access.demand(caller, "basis.read")
        scope = caller.scope(house.access, "basis.read")
        today = legal_date(house.clock.now())
        with house.db.read(scope=scope) as tx:
            basis = store.basis_of(tx, scope, basis_id)
            if basis is None:
                raise NotFound(what=nouns.BASIS, ident=basis_id)
            changed = [c for c in scenarios.changes_of(tx, basis.scenario_id) if c.at >= basis.entered_at]
        if basis.kind is not BasisKind.SECURITY_ASSESSMENT or basis.state is not BasisState.EFFECTIVE:
            raise BadInput(
                reason=Text(
                    "只有有效的评估结果可以延长", "only an assessment result in force can be extended"
                )
            )
        asked = {
            one.id for c in changed for one in triggers(house.rulebooks, MECHANISM[basis.kind], c.changed, today)
        }  # fmt: skip
        found = extension(
            house.rulebooks, ends=basis.valid_until, today=today, important=body.important, unchanged=not asked,
            persons=None if body.persons_next is None else (basis.cover.persons_max, body.persons_next),
            volume=None if body.volume_assessed is None or body.volume_next is None
            else (body.volume_assessed, body.volume_next),
        )  # fmt: skip
        named = {
            name: getattr(found, name)
            for name in ExtensionOut.model_fields
            if hasattr(found, name) and name != "citations"
        }
        return ExtensionOut(
            **named,
            basis_id=basis.id,
            owner_party=basis.owner_party,
            citations=[_cite(one) for one in found.citations],
        )

    @routes.get("/law/redetermined", operation_id="redetermined")
    def redetermined(caller: CallerDep, house: HouseDep) -> list[AnewOut]:
        """What was determined anew when a text took effect, newest first."""
        house.access.demand(caller, "calendar.read")
        scope = caller.scope(house.access, "calendar.read")
        with house.db.read(scope=scope) as tx:
            rows = life_store.anew(tx, scope)
        return [AnewOut(**{name: getattr(row, name) for name in AnewOut.model_fields}) for row in rows]

    return routes


def _clocks(house: House, caller: Caller) -> list[ClockOut]:
    scope = caller.scope(house.access, "calendar.read")
    now = house.clock.now()
    with house.db.read(scope=scope) as tx:
        rows = calendar.clocks(house, tx, scope, viewer=viewer(house, caller))
    with house.db.read(scope=DIRECTORY) as tx:
        names = {party.id: party.name for party in identities.parties(tx)}
    return [_clock(row, now, names.get(row.owner)) for row in rows]  # type: ignore[call-overload]


def _clock(row: Clock, now: datetime, name: Text | None) -> ClockOut:
    return ClockOut(
        id=row.id, kind=row.kind, title=TextOut.of(row.title), day=row.day, at=row.at, provisional=row.provisional,
        state=row.state(now), path=row.path, owner_party=row.owner, owner_name=TextOut.of(name) if name else None,
        citations=[_cite(one) for one in row.citations],
    )  # fmt: skip


def _thing(owner: str, clock_id: str) -> Thing:
    return Thing(owner, clock_id.partition(":")[0])


def _cite(one: Citation) -> CiteOut:
    return CiteOut(ref=one.ref, title=TextOut.of(one.title))


def _reminder(clock: Clock) -> Reminder:
    title = clock.title
    if clock.provisional:
        title = Text(f"{title.zh}（暂定）", f"{title.en} (provisional)")
    return Reminder(
        id=clock.id, title=title, day=clock.day, provisional=clock.provisional, citations=clock.citations
    )


def _incident(house: House, row: Incident) -> IncidentOut:
    now = house.clock.now()
    own = [] if row.closed_at else list(calendar.incident_clocks(house, row))
    return IncidentOut(
        id=row.id, owner_party=row.owner_party, title=row.title, role=row.role, persons=row.persons,
        discovered_at=row.discovered_at, closed_at=row.closed_at, closed_note=row.closed_note,
        clocks=[_clock(one, now, None) for one in own],
    )  # fmt: skip


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
