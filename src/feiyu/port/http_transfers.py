"""Routes of transfers: the exporter's edge opens, claims, holds, cuts and seals; the recipient has released and receives."""

import base64
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from feiyu.base import nouns
from feiyu.base.errors import NotFound
from feiyu.port import age_file, copy, store, transfer
from feiyu.port.gate import PortGate
from feiyu.port.http import FieldTermIO, GroundIn, SignedIn, UsageIO, signed_bytes
from feiyu.port.model import Transfer, TransferState
from feiyu.registry import journal
from feiyu.registry.house import House
from feiyu.registry.identity import store as identities
from feiyu.registry.identity.http import DIRECTORY, CallerDep, HouseDep, TextOut
from feiyu.registry.looks.http import room_router
from feiyu.registry.scenarios import store as scenarios
from feiyu.registry.scenarios.service import viewer
from feiyu.registry.scenarios.store import Viewer
from feiyu.registry.terms import Usage
from feiyu.seal import SignedManifest
from feiyu.seal.manifest import MAX_ALSO
from feiyu.store import Tx

Receipts = Callable[[str], bytes | None]
"""The receipt of an event, or None while it is not in a witnessed checkpoint."""


class TransferOut(BaseModel):
    """One run of a flow, as the port sees it. ``arrived_bytes`` is live; ``expected_bytes`` is what the edge thought it would send."""

    id: str
    owner_party: str
    exporter_name: TextOut | None = None
    recipient: str
    recipient_name: TextOut | None = None
    scenario_id: str
    scenario_title: TextOut | None = None
    flow_id: str
    grant_id: str
    basis_id: str
    direction: str
    origin: str
    state: TransferState
    title: str
    persons: int
    sensitive: int
    size_bytes: int
    arrived_bytes: int
    stripped: list[str]
    opened_at: datetime
    changed_at: datetime
    ground: str | None
    sealed_event: str | None
    manifest_sha256: str | None
    discarded_at: datetime | None = None
    expected_bytes: int | None = None


class EventOut(BaseModel):
    """An event of a transfer; ``proven`` once a witnessed checkpoint holds it."""

    event_id: str
    type: str
    name: TextOut
    at: datetime
    detail: dict[str, object]
    proven: bool


class TransferDetailOut(TransferOut):
    """A transfer with its events. ``age_file``: the caller may download it as one file for ``age``, once it is released.

    ``kept_until``: when what is kept of it is destroyed, as its grant says.
    """

    events: list[EventOut]
    age_file: bool
    kept_until: datetime


class OpenIn(BaseModel):
    """A transfer to open."""

    grant_id: str
    title: str = Field(min_length=1, max_length=200)
    fields: list[FieldTermIO] = Field(min_length=1, max_length=20_000)
    stripped: list[str] = Field(default=[], max_length=20_000)
    expected_bytes: int | None = Field(default=None, ge=0, lt=1 << 50)


class OpenOut(BaseModel):
    """A transfer that may start; the token opens the data plane to it."""

    transfer: TransferOut
    upload_token: str
    wire_url: str


class CheckOut(BaseModel):
    """One test of a decision."""

    name: str
    passed: bool
    text: TextOut


class DecisionOut(BaseModel):
    """A decision with every test that was made."""

    allowed: bool
    trace: list[CheckOut]


class HoldIn(BaseModel):
    """What was found that the grant does not cover: semantic types and counts, no content."""

    found: dict[str, int] = Field(max_length=200)


class SealIn(BaseModel):
    """The manifest's bytes, the edge's signature, and the secret wrapped to the recipient and to further keys; all base64."""

    manifest: str = Field(max_length=12_000_000)
    signature: str = Field(max_length=200)
    wrap: str = Field(max_length=30_000)
    also: list[Annotated[str, Field(max_length=30_000)]] = Field(default=[], max_length=MAX_ALSO)


class ReleaseIn(BaseModel):
    """Which of its keys the recipient opens it with; the pinned first one where nothing is said."""

    key_id: str | None = Field(default=None, max_length=64)


class ReleaseOut(BaseModel):
    """What the recipient needs to fetch, open and verify; all binary is base64."""

    transfer: TransferOut
    manifest: str
    signature: str
    edge_key: str
    wrap: str
    download_token: str
    wire_url: str
    receipt: str


def transfer_out(tx: Tx, of: Transfer, *, live: int = 0, seen_by: Viewer | None = None) -> TransferOut:
    """A transfer with the names of who takes part, and of its scenario where the viewer may know of it."""
    exporter, recipient = identities.party_of(tx, of.owner_party), identities.party_of(tx, of.recipient)
    scenario = scenarios.scenario_of(tx, transfer.SYSTEM, of.scenario_id, viewer=seen_by)
    named = {name: getattr(of, name) for name in TransferOut.model_fields if hasattr(of, name)}
    return TransferOut(**named | {
        "stripped": list(of.stripped), "arrived_bytes": max(of.arrived_bytes, live),
        "exporter_name": TextOut.of(exporter.name) if exporter else None,
        "recipient_name": TextOut.of(recipient.name) if recipient else None,
        "scenario_title": TextOut.of(scenario.title) if scenario else None,
    })  # fmt: skip


def router(gate: PortGate, wire_url: str, receipt_of: Receipts) -> APIRouter:
    """The routes; ``wire_url`` is where the data plane listens."""
    routes = room_router(prefix="/api/v1", tags=["transfers"])

    def out(tx: Tx, of: Transfer, seen_by: Viewer | None = None) -> TransferOut:
        return transfer_out(tx, of, live=gate.live.get(of.id, 0), seen_by=seen_by)

    def handed_over(
        house: House, transfer_id: str, give: Callable[[Tx, bool], transfer.Released]
    ) -> ReleaseOut:
        """What is handed out, together with the receipt that had to be there first."""
        with house.db.read(scope=transfer.SYSTEM) as tx:
            found = store.transfer_of(tx, transfer.SYSTEM, transfer_id)
        receipt = receipt_of(found.sealed_event) if found and found.sealed_event else None

        def act(tx: Tx) -> ReleaseOut:
            given = give(tx, receipt is not None)
            return ReleaseOut(
                transfer=out(tx, given.transfer), manifest=_b64(given.manifest.body),
                signature=_b64(given.manifest.signature), edge_key=_b64(given.edge_key), wrap=_b64(given.wrap),
                download_token=given.download_token, wire_url=wire_url, receipt=_b64(receipt or b""),
            )  # fmt: skip

        return house.db.write(act, scope=transfer.SYSTEM)

    @routes.get("/transfers", operation_id="list_transfers")
    def list_transfers(caller: CallerDep, house: HouseDep) -> list[TransferOut]:
        """The transfers one may see, newest first."""
        house.access.demand(caller, "transfer.read")
        scope = caller.scope(house.access, "transfer.read")
        with house.db.read(scope=scope) as tx:
            found = store.transfers(tx, scope)
        with house.db.read(scope=DIRECTORY) as tx:
            return [out(tx, each, viewer(house, caller)) for each in found]

    @routes.get("/transfers/{transfer_id}", operation_id="get_transfer")
    def get_transfer(transfer_id: str, caller: CallerDep, house: HouseDep) -> TransferDetailOut:
        """One transfer with its events."""
        house.access.demand(caller, "transfer.read")
        scope = caller.scope(house.access, "transfer.read")
        with house.db.read(scope=scope) as tx:
            found = store.transfer_of(tx, scope, transfer_id)
            if found is None:
                raise NotFound(what=nouns.TRANSFER, ident=transfer_id)
            events = store.events_of(tx, scope, transfer_id)
        shown = [
            EventOut(
                event_id=e.event_id, type=e.type, name=TextOut.of(journal.event_type(e.type).title), at=e.at,
                detail=e.detail, proven=receipt_of(e.event_id) is not None,
            )
            for e in events
        ]  # fmt: skip
        with house.db.read(scope=DIRECTORY) as tx:
            of_age = age_file.is_wrapped_for_age(tx, found, caller.party_id)
            grant = store.grant_of(tx, transfer.SYSTEM, found.grant_id)
            assert grant is not None, "a transfer's grant exists"
            return TransferDetailOut(
                **out(tx, found, viewer(house, caller)).model_dump(),
                events=shown,
                age_file=of_age,
                kept_until=grant.grant.retain_until,
            )

    @routes.post("/transfers", operation_id="open_transfer", status_code=201)
    def open_transfer(body: OpenIn, caller: CallerDep, house: HouseDep) -> OpenOut:
        """Open a transfer under a grant."""
        house.access.demand(caller, "transfer.write", caller.party_id)

        def act(tx: Tx) -> OpenOut:
            opened = transfer.open_transfer(
                house, tx, caller, grant_id=body.grant_id, title=body.title,
                fields=tuple(term.term() for term in body.fields), stripped=tuple(body.stripped),
                expected_bytes=body.expected_bytes,
            )  # fmt: skip
            return OpenOut(
                transfer=out(tx, opened.transfer), upload_token=opened.upload_token, wire_url=wire_url
            )

        return house.db.write(act, scope=transfer.SYSTEM)

    @routes.post("/transfers/{transfer_id}/claim", operation_id="claim")
    def claim(transfer_id: str, body: UsageIO, caller: CallerDep, house: HouseDep) -> DecisionOut:
        """Reserve persons and bytes for what is sent next: totals of this transfer."""
        house.access.demand(caller, "transfer.write", caller.party_id)
        usage = Usage(persons=body.persons, sensitive=body.sensitive, size_bytes=body.size_bytes)
        decision = house.db.write(
            lambda tx: transfer.claim(house, tx, caller, transfer_id=transfer_id, usage=usage),
            scope=transfer.SYSTEM,
        )
        trace = [CheckOut(name=c.name, passed=c.passed, text=TextOut.of(c.text)) for c in decision.trace]
        return DecisionOut(allowed=decision.allowed, trace=trace)

    @routes.post("/transfers/{transfer_id}/hold", operation_id="hold")
    def hold(transfer_id: str, body: HoldIn, caller: CallerDep, house: HouseDep) -> TransferOut:
        """Stop and wait for a person at the exporter."""
        house.access.demand(caller, "transfer.write", caller.party_id)
        return house.db.write(
            lambda tx: out(tx, transfer.hold(house, tx, caller, transfer_id=transfer_id, found=body.found)),
            scope=transfer.SYSTEM,
        )

    @routes.post("/transfers/{transfer_id}/resume", operation_id="resume")
    def resume(transfer_id: str, caller: CallerDep, house: HouseDep) -> TransferOut:
        """Go on after a person looked."""
        house.access.demand(caller, "transfer.write", caller.party_id)
        return house.db.write(
            lambda tx: out(tx, transfer.resume(house, tx, caller, transfer_id=transfer_id)),
            scope=transfer.SYSTEM,
        )

    @routes.post("/transfers/{transfer_id}/cut", operation_id="cut")
    def cut(transfer_id: str, body: GroundIn, caller: CallerDep, house: HouseDep) -> TransferOut:
        """Stop for good, naming the ground."""
        house.access.demand(caller, "transfer.cut")
        return house.db.write(
            lambda tx: out(
                tx,
                transfer.cut(house, tx, caller, transfer_id=transfer_id, ground=body.ground),
                viewer(house, caller),
            ),
            scope=transfer.SYSTEM,
        )

    @routes.post("/transfers/{transfer_id}/seal", operation_id="seal")
    def seal(transfer_id: str, body: SealIn, caller: CallerDep, house: HouseDep) -> TransferOut:
        """Hand in the manifest once everything has arrived."""
        house.access.demand(caller, "transfer.write", caller.party_id)
        signed = SignedManifest(body=signed_bytes(body.manifest), signature=signed_bytes(body.signature))
        wraps = tuple(signed_bytes(one) for one in (body.wrap, *body.also))
        return house.db.write(
            lambda tx: out(
                tx, transfer.seal(house, tx, caller, transfer_id=transfer_id, signed=signed, wraps=wraps)
            ),
            scope=transfer.SYSTEM,
        )

    @routes.post("/transfers/{transfer_id}/release", operation_id="release")
    def release(
        transfer_id: str, caller: CallerDep, house: HouseDep, body: ReleaseIn | None = None
    ) -> ReleaseOut:
        """Obtain the wrapped key and a way to the bytes, once the sealing stands in a witnessed checkpoint."""
        house.access.demand(caller, "transfer.fetch")
        key_id = body.key_id if body else None
        return handed_over(house, transfer_id, lambda tx, proven: transfer.release(
            house, tx, caller, transfer_id=transfer_id, proven=proven, key_id=key_id,
        ))  # fmt: skip

    @routes.post("/transfers/{transfer_id}/copy", operation_id="release_copy")
    def release_copy(transfer_id: str, caller: CallerDep, house: HouseDep) -> ReleaseOut:
        """As the exporter: obtain the own sealed copy, while it is kept. It crosses no border and changes no state."""
        house.access.demand(caller, "transfer.copy", caller.party_id)
        return handed_over(house, transfer_id, lambda tx, proven: copy.release_copy(
            house, tx, caller, transfer_id=transfer_id, proven=proven,
        ))  # fmt: skip

    @routes.get("/transfers/{transfer_id}/age", operation_id="get_age_file", response_class=StreamingResponse,
                responses={200: {"content": {"application/octet-stream": {}}}, 206: {"description": "The range asked for"}})  # fmt: skip
    def get_age_file(
        transfer_id: str,
        caller: CallerDep,
        house: HouseDep,
        range_: Annotated[str | None, Header(alias="Range")] = None,
    ) -> StreamingResponse:
        """As a recipient with an age key: what was released to it, as one file that ``age`` opens."""
        house.access.demand(caller, "transfer.fetch")
        with house.db.read(scope=transfer.SYSTEM) as tx:
            file = age_file.age_file(house, tx, caller, transfer_id=transfer_id)
        first, end = age_file.asked(range_, file.size_bytes)
        headers = {
            "Accept-Ranges": "bytes", "Content-Length": str(end - first), "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{file.name}"',
        }  # fmt: skip
        whole = (first, end) == (0, file.size_bytes)
        if not whole:
            headers["Content-Range"] = f"bytes {first}-{end - 1}/{file.size_bytes}"
        return StreamingResponse(
            age_file.pieces(house, file, first, end), status_code=200 if whole else 206, headers=headers,
            media_type="application/octet-stream",
        )  # fmt: skip

    @routes.post("/transfers/{transfer_id}/receive", operation_id="receive")
    def receive(transfer_id: str, body: SignedIn, caller: CallerDep, house: HouseDep) -> TransferOut:
        """Hand in the recipient's signed statement that everything was opened and verified."""
        house.access.demand(caller, "transfer.fetch")
        signed = body.signed()
        return house.db.write(
            lambda tx: out(tx, transfer.receive(house, tx, caller, transfer_id=transfer_id, signed=signed)),
            scope=transfer.SYSTEM,
        )

    return routes


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
