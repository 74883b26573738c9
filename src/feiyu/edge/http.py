"""Routes of the edge."""

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from feiyu.edge import findings, profiles, service, store
from feiyu.edge.copies import fetch_copy, kept
from feiyu.edge.http_findings import SignedFindingOut
from feiyu.edge.model import RUN_STATES, SCOPE, Control, Edge, RunState
from feiyu.edge.service import Runner
from feiyu.edge.source import files_of
from feiyu.edge.store import ProfileRow, RunRow
from feiyu.edge.take import take
from feiyu.registry.identity.http import CallerDep, HouseDep, TextOut
from feiyu.registry.identity.model import PartyKind
from feiyu.seal import fingerprint, keys
from feiyu.seal.packing import NONE
from feiyu.wire import Wish


class StatusOut(BaseModel):
    """Who this edge is."""

    party_id: str
    port_url: str
    edge_key_id: str
    edge_key_fingerprint: str
    custody_key_id: str
    demo: bool


class ScanIn(BaseModel):
    """A file that lies in a folder this edge may read."""

    path: str = Field(min_length=1, max_length=4096)
    drop: list[str] = Field(default=[], max_length=20_000)


class ProfileOut(BaseModel):
    """A kept profile."""

    id: str
    path: str
    dropped: list[str]
    profile: dict[str, Any]
    at: datetime
    found: str | None = Field(
        description="What signed findings say of it: core, important, suspected, general; none where open"
    )
    findings: list[SignedFindingOut]

    @classmethod
    def of(cls, edge: Edge, row: ProfileRow) -> "ProfileOut":
        """From the inside, with the findings in force."""
        kept = findings.about(edge, row)
        return cls(
            id=row.id, path=row.path, dropped=row.dropped, profile=row.profile, at=row.at, found=findings.settled(row.profile, kept),
            findings=[SignedFindingOut.of(one) for one in kept],
        )  # fmt: skip


class DetermineIn(BaseModel):
    """A profile, a scenario, and the answers only people can give."""

    profile_id: str
    scenario_id: str
    answers: dict[str, Any] = Field(default={}, max_length=200)
    drop: list[str] = Field(default=[], max_length=20_000)


class DetermineOut(BaseModel):
    """A determination and the document the edge signed."""

    profile_id: str
    determination: dict[str, Any]
    counts: dict[str, Any]
    fields: list[dict[str, str]]
    signed: dict[str, str]


class FileIn(BaseModel):
    """A signed determination to hand to the port."""

    scenario_id: str
    route: str = Field(max_length=24)
    signed: dict[str, str]
    procedure: str | None = Field(default=None, max_length=64)


class FiledOut(BaseModel):
    """What the port made of it: a filing, or an exemption record."""

    id: str
    kind: str


class AdviseIn(BaseModel):
    """A determination to find easier ways for."""

    profile_id: str
    scenario_id: str
    answers: dict[str, Any] = Field(default={}, max_length=200)


class AdviceKeptOut(BaseModel):
    """A suggestion, or what was taken: ``kind`` is ``suggested`` or ``taken``."""

    id: str
    profile_id: str
    scenario_id: str
    kind: str
    content: dict[str, Any]
    at: datetime


class PinIn(BaseModel):
    """A recipient's key fingerprint as it was read out over a second channel."""

    recipient: str = Field(max_length=32)
    fingerprint: str = Field(max_length=200)


class UnpinIn(PinIn):
    """A pinned fingerprint that is trusted no longer."""

    ground: str = Field(min_length=4, max_length=500)


class PinOut(BaseModel):
    """A pinned fingerprint, in twelve groups of five digits, as it is read out."""

    recipient: str
    fingerprint: str


class PinnedOut(PinOut):
    """A pinned fingerprint, with who heard it when."""

    by: str
    at: datetime


class SendIn(BaseModel):
    """A transfer to start."""

    path: str = Field(min_length=1, max_length=4096)
    grant_id: str
    drop: list[str] = Field(default=[], max_length=20_000)
    bytes_per_s: int | None = Field(default=None, description="Limit of this transfer's bandwidth")
    window: str | None = Field(default=None, max_length=20, description="When it may send: 22:00-06:00")
    rank: int | None = Field(default=None, description="0 goes last, 9 first; 5 when nothing is said")
    packing: Literal["none", "zstd"] = Field(
        default="none",
        description="zstd packs each chunk that it pays for before it is sealed; the size then says something of the content",
    )


class PaceOut(BaseModel):
    """How fast, when and after whom a transfer may send."""

    bytes_per_s: int | None = None
    window: str | None = None
    rank: int = 5


class TakeIn(BaseModel):
    """A remote source to take a snapshot of."""

    address: str = Field(min_length=6, max_length=4096)
    table: str | None = Field(default=None, max_length=200)
    query: str | None = Field(default=None, max_length=100_000)


class TakenOut(BaseModel):
    """A file that this edge may read."""

    path: str
    size_bytes: int


class DecideIn(BaseModel):
    """A person's decision: cut a run, or have a held one go on."""

    cut: bool
    ground: str = Field(min_length=4, max_length=500)


class AbroadOut(BaseModel):
    """A recipient, by the name that the port gives it."""

    id: str
    name: TextOut
    country: str


class KeptOut(BaseModel):
    """What is kept of what a run sent. ``kept``: the sealed copy is there; ``told``: the port answered just now.

    ``until``: when it is destroyed; ``opened``: where it lies opened at this edge, until ``opened_until``.
    """

    kept: bool
    told: bool
    key_id: str | None
    until: datetime
    destroyed_at: datetime | None
    opened: str | None
    opened_until: datetime | None


class RunOut(BaseModel):
    """How a transfer goes."""

    id: str
    name: str
    transfer_id: str | None
    grant_id: str
    state: RunState
    state_name: TextOut
    rows: int
    plain_bytes: int
    cipher_bytes: int
    confirmed_bytes: int
    total_bytes: int
    rate_bytes_per_s: int
    eta_s: int | None
    waits_until: datetime | None
    waits_for: TextOut | None = Field(
        description="What it waits for: the port, room on the edge's disk, or its database"
    )
    pace: PaceOut
    packing: str
    persons: dict[str, Any] | None
    held: dict[str, Any] | None
    ground: TextOut | None
    started_at: datetime
    changed_at: datetime


def _run_out(run: RunRow, control: Control | None) -> RunOut:
    state = RunState(run.state)
    live = control or Control()
    return RunOut(
        id=run.id, name=Path(run.path).name, transfer_id=run.transfer_id, grant_id=run.grant_id, state=state,
        state_name=TextOut.of(RUN_STATES[state]), rows=max(run.rows, live.rows),
        plain_bytes=max(run.plain_bytes, live.plain_bytes), cipher_bytes=max(run.cipher_bytes, live.cipher_bytes),
        confirmed_bytes=live.confirmed_bytes, total_bytes=live.total_bytes,
        rate_bytes_per_s=round(live.rate()), eta_s=live.eta_s(), waits_until=live.pace.waits_until,
        waits_for=TextOut.of(live.waits_for) if live.waits_for and state is RunState.RUNNING else None,
        pace=PaceOut.model_validate(run.pace or {}), packing=run.packing or NONE, persons=run.persons, held=run.held,
        ground=TextOut.model_validate(run.ground) if run.ground else None, started_at=run.started_at, changed_at=run.changed_at,
    )  # fmt: skip


def router(runner: Runner) -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/api/v1", tags=["edge"])
    edge = runner.edge

    @routes.get("/edge", operation_id="edge_status")
    def edge_status(caller: CallerDep, house: HouseDep) -> StatusOut:
        """Who this edge is, its keys, and the port it speaks to."""
        house.access.demand(caller, "edge.read", house.party_id)
        return StatusOut(
            party_id=house.party_id, port_url=edge.port.api.url, edge_key_id=edge.keys.signer.key_id,
            edge_key_fingerprint=fingerprint(edge.keys.signer.key_id), custody_key_id=edge.keys.custody.key_id,
            demo=house.demo,
        )  # fmt: skip

    @routes.post("/profiles", operation_id="scan", status_code=201)
    def scan(body: ScanIn, caller: CallerDep, house: HouseDep) -> ProfileOut:
        """Scan a file; the profile stays on this edge."""
        house.access.demand(caller, "edge.scan", house.party_id)
        return ProfileOut.of(edge, profiles.scan(edge, body.path, drop=tuple(body.drop)))

    @routes.get("/profiles/{profile_id}", operation_id="get_profile")
    def get_profile(profile_id: str, caller: CallerDep, house: HouseDep) -> ProfileOut:
        """One profile."""
        house.access.demand(caller, "edge.read", house.party_id)
        return ProfileOut.of(edge, profiles.profile_of(edge, profile_id))

    @routes.post("/determinations", operation_id="determine", status_code=201)
    def determine(body: DetermineIn, caller: CallerDep, house: HouseDep) -> DetermineOut:
        """Determine the pathway for a profile under a scenario; signed by the edge."""
        house.access.demand(caller, "edge.determine", house.party_id)
        found = service.determine(
            edge, profile_id=body.profile_id, scenario_id=body.scenario_id, answers=body.answers,
            drop=tuple(body.drop),
        )  # fmt: skip
        return DetermineOut(
            profile_id=found.profile_id, determination=found.determination, counts=found.counts,
            fields=found.fields, signed=found.signed.as_dict(),
        )  # fmt: skip

    @routes.post("/advice", operation_id="advise")
    def advise(body: AdviseIn, caller: CallerDep, house: HouseDep) -> list[dict[str, Any]]:
        """Least data: the smallest changes that ease the pathway, each determined anew."""
        house.access.demand(caller, "edge.determine", house.party_id)
        return service.advice(
            edge, profile_id=body.profile_id, scenario_id=body.scenario_id, answers=body.answers
        )

    @routes.get("/advice/{scenario_id}", operation_id="list_advice")
    def list_advice(scenario_id: str, caller: CallerDep, house: HouseDep) -> list[AdviceKeptOut]:
        """What least data was suggested for a scenario and what was taken, oldest first."""
        house.access.demand(caller, "edge.determine", house.party_id)
        return [AdviceKeptOut(**one) for one in service.advice_kept(edge, scenario_id)]

    @routes.post("/file", operation_id="file_with_port", status_code=201)
    def file_with_port(body: FileIn, caller: CallerDep, house: HouseDep) -> FiledOut:
        """Hand a signed determination to the port: an exemption is recorded, anything else is filed."""
        house.access.demand(caller, "edge.determine", house.party_id)
        if body.route == "EXEMPT":
            made = edge.port.record_exemption(scenario_id=body.scenario_id, determination=body.signed)
            return FiledOut(id=made["id"], kind="exemption")
        made = edge.port.file(
            scenario_id=body.scenario_id, determination=body.signed, procedure=body.procedure
        )
        return FiledOut(id=made["id"], kind="filing")

    @routes.post("/pins", operation_id="pin", status_code=201)
    def pin(body: PinIn, caller: CallerDep, house: HouseDep) -> PinOut:
        """Pin a recipient's key by the fingerprint that was compared over a second channel."""
        house.access.demand(caller, "edge.pin", house.party_id)
        digits = service.pin(
            edge, recipient=body.recipient, fingerprint=body.fingerprint, by=caller.principal_id
        )
        return PinOut(recipient=body.recipient, fingerprint=keys.grouped(digits))

    @routes.post("/pins/withdraw", operation_id="unpin", status_code=204)
    def unpin(body: UnpinIn, caller: CallerDep, house: HouseDep) -> None:
        """Trust a pinned key no longer: no run that would be sealed to it begins."""
        house.access.demand(caller, "edge.pin", house.party_id)
        service.unpin(
            edge,
            recipient=body.recipient,
            fingerprint=body.fingerprint,
            by=caller.principal_id,
            ground=body.ground,
        )

    @routes.get("/pins", operation_id="list_pins")
    def list_pins(caller: CallerDep, house: HouseDep) -> list[PinnedOut]:
        """Every fingerprint pinned here, newest first."""
        house.access.demand(caller, "edge.read", house.party_id)
        with house.db.read(scope=SCOPE) as tx:
            return [
                PinnedOut(**one | {"fingerprint": keys.grouped(one["fingerprint"])})
                for one in store.all_pins(tx)
            ]

    @routes.get("/recipients", operation_id="list_recipients")
    def list_recipients(caller: CallerDep, house: HouseDep) -> list[AbroadOut]:
        """The recipients registered at the port, for choosing whose key is pinned; their keys are not taken from there."""
        house.access.demand(caller, "edge.read", house.party_id)
        return [
            AbroadOut(id=one["id"], name=TextOut(**one["name"]), country=one["country"])
            for one in edge.port.parties()
            if one["kind"] == PartyKind.RECIPIENT
        ]

    @routes.post("/sources", operation_id="take", status_code=201)
    def take_source(body: TakeIn, caller: CallerDep, house: HouseDep) -> TakenOut:
        """Take a snapshot of a remote source; it is scanned and sent like any file."""
        house.access.demand(caller, "edge.send", house.party_id)
        path = take(edge, body.address, table=body.table, query=body.query)
        return TakenOut(path=str(path), size_bytes=path.stat().st_size)

    @routes.get("/files", operation_id="list_files")
    def list_files(caller: CallerDep, house: HouseDep, folder: str) -> list[TakenOut]:
        """The files below a folder that this edge may read, each of which is sent as a transfer of its own."""
        house.access.demand(caller, "edge.send", house.party_id)
        found = files_of(folder, edge.sources)
        return [TakenOut(path=str(one), size_bytes=one.stat().st_size) for one in found]

    @routes.post("/runs", operation_id="send", status_code=201)
    def send(body: SendIn, caller: CallerDep, house: HouseDep) -> RunOut:
        """Start a transfer; it goes on in the background."""
        house.access.demand(caller, "edge.send", house.party_id)
        wish = Wish.of(bytes_per_s=body.bytes_per_s, window=body.window, rank=body.rank)
        run = runner.start(
            path=body.path, grant_id=body.grant_id, drop=tuple(body.drop), wish=wish, packing=body.packing
        )
        return _run_out(run, runner.controls.get(run.id))

    @routes.get("/runs", operation_id="list_runs")
    def list_runs(caller: CallerDep, house: HouseDep) -> list[RunOut]:
        """All transfers of this edge, newest first."""
        house.access.demand(caller, "edge.read", house.party_id)
        return [_run_out(run, runner.controls.get(run.id)) for run in runner.runs()]

    @routes.get("/runs/{run_id}", operation_id="get_run")
    def get_run(run_id: str, caller: CallerDep, house: HouseDep) -> RunOut:
        """One transfer of this edge."""
        house.access.demand(caller, "edge.read", house.party_id)
        return _run_out(runner.run(run_id), runner.controls.get(run_id))

    @routes.get("/runs/{run_id}/copy", operation_id="get_copy")
    def get_copy(run_id: str, caller: CallerDep, house: HouseDep) -> KeptOut | None:
        """What is kept of what a run sent, until when, and whether it lies opened here; null while nothing is sealed."""
        house.access.demand(caller, "edge.read", house.party_id)
        found = kept(edge, run_id)
        if found is None:
            return None
        over = found.destroyed_at is not None or house.clock.now() >= found.until
        return KeptOut(
            kept=found.key_id is not None and not over, told=found.told, key_id=found.key_id, until=found.until,
            destroyed_at=found.destroyed_at, opened=str(found.opened) if found.opened else None, opened_until=found.opened_until,
        )  # fmt: skip

    @routes.post("/runs/{run_id}/copy", operation_id="fetch_copy", status_code=201)
    def fetch_own_copy(run_id: str, caller: CallerDep, house: HouseDep) -> TakenOut:
        """Fetch and open this exporter's own copy of what was sent; it lies with the edge for thirty days."""
        house.access.demand(caller, "edge.copy", house.party_id)
        path = fetch_copy(edge, run_id)
        return TakenOut(path=str(path), size_bytes=path.stat().st_size)

    @routes.post("/runs/{run_id}/decide", operation_id="decide")
    def decide(run_id: str, body: DecideIn, caller: CallerDep, house: HouseDep) -> RunOut:
        """Cut a run, or decide a held one: empty the offending columns from there on and go on."""
        house.access.demand(caller, "edge.decide", house.party_id)
        return _run_out(
            runner.decide(run_id, cut=body.cut, ground=body.ground, by=caller.principal_id),
            runner.controls.get(run_id),
        )

    return routes
