"""Routes of completeness: alarms, egress counters, heartbeats, erasure, batch roots."""

from datetime import UTC, datetime

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from feiyu.base import nouns
from feiyu.base.errors import BadInput, FeiyuError, NotFound
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence.chain import Finding, Kind
from feiyu.evidence.egress import Counted, Window
from feiyu.evidence.misbehaviour import Misbehaviour
from feiyu.registry import journal
from feiyu.registry.evidence import alarms, batches, egress, erasure
from feiyu.registry.evidence.errors import BadAlarm
from feiyu.registry.evidence.watch import EDGE_HEARTBEAT, Watch
from feiyu.registry.identity import store as identities
from feiyu.registry.identity.http import CallerDep, HouseDep, TextOut
from feiyu.registry.journal.sequencer import Sequencer
from feiyu.registry.looks.http import Shown, room_router
from feiyu.store import Scope, Tx

SYSTEM = Scope.all("completeness of the port's own log")
PROOF_MAX = 4 * 1024 * 1024


class AlarmOut(BaseModel):
    """Something that a person of the authority should look at."""

    alarm_id: str
    kind: str
    subject: str
    text: TextOut
    reported_by: str
    at: datetime
    event_id: str
    has_proof: bool
    closed_at: datetime | None
    closed_by: str | None
    ground: str | None

    @classmethod
    def of(cls, one: alarms.Alarm) -> "AlarmOut":
        """From the inside."""
        return cls(
            alarm_id=one.alarm_id, kind=one.kind.value, subject=one.subject, text=TextOut.of(one.text),
            reported_by=one.reported_by, at=one.at, event_id=one.event_id, has_proof=one.has_proof,
            closed_at=one.closed_at, closed_by=one.closed_by, ground=one.ground,
        )  # fmt: skip


class AlarmIn(BaseModel):
    """What a monitor found; ``proof`` is its portable proof of two histories."""

    kind: Kind
    subject: str = Field(min_length=1, max_length=200)
    text: TextOut
    proof: str | None = Field(default=None, max_length=PROOF_MAX)


class CloseIn(BaseModel):
    """Why an alarm is closed."""

    ground: str = Field(min_length=1, max_length=500)


class EgressIn(BaseModel):
    """What one network edge counted on its way abroad in one interval."""

    source: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")
    start: datetime
    end: datetime
    size_bytes: int = Field(ge=0, lt=2**62)
    final: bool = False


class LoggedOut(BaseModel):
    """The event that was recorded."""

    event_id: str


class WindowOut(BaseModel):
    """Counters and log over one stretch of time; ``finding`` says what does not fit."""

    start: datetime
    end: datetime
    counted: int
    most: int
    least: int
    finding: TextOut | None

    @classmethod
    def of(cls, one: Window) -> "WindowOut":
        """From the inside."""
        return cls(
            start=one.start, end=one.end, counted=one.counted, most=one.most, least=one.least,
            finding=TextOut.of(one.text) if one.text else None,
        )  # fmt: skip


class HeartbeatIn(BaseModel):
    """An edge says that it is there, and how many runs are under way."""

    runs: int = Field(default=0, ge=0, le=1_000_000)


class EraseIn(BaseModel):
    """Why a body is erased."""

    ground: str = Field(min_length=1, max_length=500)


class BatchIn(BaseModel):
    """The root over events that the caller keeps."""

    kind: str = Field(pattern=r"^[a-z][a-z0-9._-]{0,79}$")
    root: str = Field(pattern=r"^[0-9a-f]{64}$")
    count: int = Field(gt=0, lt=2**40)

    def inside(self) -> batches.Root:
        """To the inside."""
        return batches.Root(self.kind, bytes.fromhex(self.root), self.count)


def router(watch: Watch, sequencer: Sequencer) -> APIRouter:
    """The routes."""
    routes = room_router(prefix="/api/v1", tags=["completeness"])
    log = sequencer.log

    @routes.get("/alarms", operation_id="list_alarms")
    def list_alarms(caller: CallerDep, house: HouseDep, *, closed: bool = False) -> list[AlarmOut]:
        """Alarms that wait for a person, newest first; with ``closed``, those that were looked at stand behind them."""
        house.access.demand(caller, "alarm.read")
        with house.db.read(scope=SYSTEM) as tx:
            return [AlarmOut.of(one) for one in alarms.listed(tx, open_only=not closed)]

    @routes.post("/alarms", operation_id="report_alarm", status_code=201)
    def report_alarm(body: AlarmIn, caller: CallerDep, house: HouseDep) -> AlarmOut | None:
        """Report what an outside monitor found; null when it was raised before."""
        house.access.demand(caller, "alarm.report")
        proof = body.proof.encode() if body.proof else None
        if proof is not None:
            try:
                Misbehaviour.parse(proof).check(log.verifier)
            except FeiyuError as bad:
                raise BadAlarm(reason=said(bad)) from None
        found = Finding(kind=body.kind, where=body.subject, text=body.text.text())

        def act(tx: Tx) -> AlarmOut | None:
            alarm_id = alarms.raise_alarm(
                house, tx, found, source=watch.source, by=caller.principal_id, proof=proof
            )
            return AlarmOut.of(alarms.alarm_of(tx, alarm_id)) if alarm_id else None

        return house.db.write(act, scope=SYSTEM)

    @routes.get("/alarms/{alarm_id}/proof", operation_id="get_alarm_proof")
    def get_alarm_proof(alarm_id: str, caller: CallerDep, house: HouseDep) -> Response:
        """The portable proof that came with an alarm; ``feiyu log proof`` checks it anywhere."""
        house.access.demand(caller, "alarm.read")
        with house.db.read(scope=SYSTEM) as tx:
            proof = alarms.proof_of(tx, alarm_id)
        if proof is None:
            raise NotFound(what=nouns.PROOF, ident=alarm_id)
        return Shown(proof, [], media_type="application/json")

    @routes.post("/alarms/{alarm_id}/close", operation_id="close_alarm")
    def close_alarm(alarm_id: str, body: CloseIn, caller: CallerDep, house: HouseDep) -> AlarmOut:
        """Close an alarm after looking, naming the ground."""
        house.access.demand(caller, "alarm.close")
        closed = house.db.write(
            lambda tx: alarms.close(
                house, tx, alarm_id, source=watch.source, by=caller.principal_id, ground=body.ground
            ),
            scope=SYSTEM,
        )
        return AlarmOut.of(closed)

    @routes.post("/egress", operation_id="report_egress", status_code=201)
    def report_egress(body: EgressIn, caller: CallerDep, house: HouseDep) -> LoggedOut:
        """Hand in what a network edge counted; intervals follow one another without gap."""
        house.access.demand(caller, "egress.write")
        count = Counted(
            source=body.source,
            start=_utc(body.start),
            end=_utc(body.end),
            size_bytes=body.size_bytes,
            final=body.final,
        )
        event = house.db.write(lambda tx: egress.take(house, tx, count, source=watch.source), scope=SYSTEM)
        return LoggedOut(event_id=event)

    @routes.get("/egress", operation_id="list_egress")
    def list_egress(caller: CallerDep, house: HouseDep) -> list[WindowOut]:
        """Counters against the log, window by window, over the last weeks."""
        house.access.demand(caller, "egress.read")
        with house.db.read(scope=SYSTEM) as tx:
            found = egress.compare(tx, house.cipher, house.clock.now(), watch.limits.tolerance)
        return [WindowOut.of(one) for one in found]

    @routes.post("/heartbeats", operation_id="heartbeat", status_code=201)
    def heartbeat(body: HeartbeatIn, caller: CallerDep, house: HouseDep) -> LoggedOut:
        """An edge says that it is there; from then on its silence is an alarm."""
        house.access.demand(caller, "heartbeat.write")

        def act(tx: Tx) -> str:
            return journal.record(
                tx, keys=house.cipher, source=identities.pseudonym_of(tx, caller.party_id) or "", type=EDGE_HEARTBEAT,
                at=house.clock.now(), owner=caller.party_id, refs={"party": caller.party_id}, data={"runs": body.runs},
            ).event_id  # fmt: skip

        return LoggedOut(event_id=house.db.write(act, scope=Scope.of(caller.party_id)))

    @routes.post("/batches", operation_id="record_batch", status_code=201)
    def record_batch(body: BatchIn, caller: CallerDep, house: HouseDep) -> LoggedOut:
        """Log the root over many events that the caller keeps; its receipt proves each of them. A flood of these goes through ``api.gateway``."""
        house.access.demand(caller, "batch.write")

        def act(tx: Tx) -> str:
            source = identities.pseudonym_of(tx, caller.party_id) or ""
            return batches.record_batches(house, tx, caller, [body.inside()], source=source)[0].event_id

        return LoggedOut(event_id=house.db.write(act, scope=Scope.of(caller.party_id)))

    @routes.post("/events/{event_id}/erase", operation_id="erase_event")
    def erase_event(event_id: str, body: EraseIn, caller: CallerDep, house: HouseDep) -> LoggedOut:
        """Destroy an event's body and salt once it need not be kept; its entry stays, and its receipt says so."""
        house.access.demand(caller, "event.erase")
        ref = house.db.write(
            lambda tx: erasure.erase(house, tx, caller, event_id, log=log, ground=body.ground),
            scope=caller.scope(house.access, "event.erase"),
        )
        return LoggedOut(event_id=ref.event_id)

    return routes


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise BadInput(reason=Text("时刻须带时区", "an instant names its zone"))
    return at.astimezone(UTC).replace(microsecond=0)  # counters speak in whole seconds
