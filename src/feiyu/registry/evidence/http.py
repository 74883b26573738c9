"""Routes of evidence: receipts and search for those who may, checkpoint and tiles for everybody.

The log's files (``/log/checkpoint``, ``/log/tile/…``) are what C2SP tlog-tiles says; any client can read them.
"""

import base64
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel

from feiyu.base import nouns
from feiyu.base.errors import NotFound
from feiyu.evidence.log import Log, TileStore
from feiyu.evidence.serve import answer
from feiyu.evidence.twin import Twin
from feiyu.registry import journal
from feiyu.registry.identity.http import CallerDep, HouseDep, TextOut
from feiyu.registry.journal import Event, read, words
from feiyu.registry.looks.http import Shown, room_router
from feiyu.registry.looks.model import Thing, event_thing
from feiyu.store import Scope, Tx

Manifests = Callable[[Tx, str], tuple[bytes, bytes] | None]
"""The manifest and its signature of a sealing event, for its receipt."""
Shared = Callable[[Tx, Scope, str], Sequence[str]]
"""The events about an id (or the event itself) that a scope may see as the other party, such as a transfer's recipient."""
FOUND_MAX = 100
EVERYTHING = Scope.all("events that were shared with the caller")


class StatedOut(BaseModel):
    """One thing that an event refers to or states: what it is called, its value, and what the value means where that is a code."""

    name: str
    title: TextOut
    value: Any
    means: TextOut | None

    @classmethod
    def of(cls, one: words.Stated) -> "StatedOut":
        """From the inside."""
        means = TextOut.of(one.means) if one.means else None
        return cls(name=one.name, title=TextOut.of(one.title), value=one.value, means=means)


class EvidenceOut(BaseModel):
    """One event: decoded, with its public entry as it stands in the log; ``refers`` and ``states`` are refs and data in words."""

    event_id: str
    type: str
    name: TextOut
    owner_party: str
    at: datetime
    source: str
    seq: int
    refs: dict[str, str]
    data: dict[str, Any]
    refers: list[StatedOut]
    states: list[StatedOut]
    entry: str
    log_index: int | None
    proven: bool
    erased: bool

    def looked(self) -> Thing:
        """The event, as part of what it tells of."""
        return event_thing(self.owner_party, self.event_id, self.refs)

    @classmethod
    def of(cls, event: Event, *, published: int) -> "EvidenceOut":
        """From the inside."""
        index = event.log_index
        return cls(
            event_id=event.event_id, type=event.type, name=TextOut.of(journal.event_type(event.type).title),
            owner_party=event.owner_party, at=event.at, source=event.source, seq=event.seq, refs=dict(event.refs),
            data=dict(event.data), refers=[StatedOut.of(one) for one in words.refs_of(event)],
            states=[StatedOut.of(one) for one in words.facts_of(event)], entry=event.entry.decode(), log_index=index,
            proven=index is not None and index < published, erased=event.erased,
        )  # fmt: skip


class TwinOut(BaseModel):
    """The log's SM3 twin as published; its files are under ``/log/sm3/``."""

    origin: str
    vkeys: list[str]
    size: int
    checkpoint: str | None

    @classmethod
    def of(cls, twin: Twin) -> "TwinOut":
        """From the inside."""
        now = twin.log.published
        return cls(
            origin=twin.log.origin, vkeys=[key.verifier.text for key in twin.keys],
            size=now.checkpoint.size if now else 0, checkpoint=now.note.decode() if now else None,
        )  # fmt: skip


class LogOut(BaseModel):
    """The log as published."""

    origin: str
    vkey: str
    size: int
    root: str | None
    checkpoint: str | None
    waiting: bool
    twin: TwinOut | None


def router(
    log: Log, tiles: TileStore, manifests: Manifests, shared: Shared, *, twin: Twin | None = None
) -> APIRouter:
    """The routes."""
    routes = room_router(tags=["evidence"])

    def published() -> int:
        return log.published.checkpoint.size if log.published else 0

    @routes.get("/api/v1/log", operation_id="get_log")
    def get_log() -> LogOut:
        """The log's newest checkpoint; public."""
        now = log.published
        return LogOut(
            origin=log.origin, vkey=log.verifier.text, size=now.checkpoint.size if now else 0,
            root=base64.b64encode(now.checkpoint.root).decode() if now else None,
            checkpoint=now.note.decode() if now else None, waiting=log.head.size > published(),
            twin=TwinOut.of(twin) if twin else None,
        )  # fmt: skip

    @routes.get("/log/{path:path}", operation_id="get_log_file")
    def get_log_file(path: str) -> Response:
        """The log's files for any tlog-tiles client; public."""
        found = answer(tiles, "GET", f"/{path}")
        headers = {"Cache-Control": found.cache} if found.cache else {}
        return Response(found.body, status_code=found.status, media_type=found.content_type, headers=headers)

    @routes.get("/api/v1/evidence", operation_id="search_evidence")
    def search_evidence(caller: CallerDep, house: HouseDep, query: str = "") -> list[EvidenceOut]:
        """Events by what they refer to (a transfer, grant, basis, filing …) or by their own id; newest without a query."""
        house.access.demand(caller, "evidence.read")
        wanted = query.strip()[:200]
        scope = caller.scope(house.access, "evidence.read")
        with house.db.read(scope=scope) as tx:
            found = _search(tx, house.cipher, wanted)
            others = () if found else shared(tx, scope, wanted)
        if others:
            with house.db.read(scope=EVERYTHING) as tx:
                read_ = (read.event_of(tx, house.cipher, event_id) for event_id in others)
                found = tuple(event for event in read_ if event)
        return [EvidenceOut.of(event, published=published()) for event in found]

    @routes.get("/api/v1/receipts/{event_id}", operation_id="get_receipt")
    def get_receipt(event_id: str, caller: CallerDep, house: HouseDep) -> Response:
        """The receipt file of an event; 404 while no witnessed checkpoint holds it."""
        house.access.demand(caller, "evidence.read")
        scope = caller.scope(house.access, "evidence.read")
        with house.db.read(scope=scope) as tx:
            event = read.event_of(tx, house.cipher, event_id)
            seen = event is not None or shared(tx, scope, event_id)
        if not seen:
            raise NotFound(what=nouns.RECEIPT, ident=event_id)
        with house.db.read(scope=EVERYTHING) as tx:
            manifest = manifests(tx, event_id)
            receipt = read.receipt_of(
                tx, house.cipher, log, event_id, manifest=manifest[0] if manifest else None,
                manifest_signature=manifest[1] if manifest else None, twin=twin.log if twin else None,
            )  # fmt: skip
        if receipt is None:
            raise NotFound(what=nouns.RECEIPT, ident=event_id)
        name = f'attachment; filename="{event_id}.receipt.json"'
        things = [event_thing(event.owner_party, event_id, event.refs)] if event else []
        return Shown(receipt, things, media_type="application/json", headers={"Content-Disposition": name})

    return routes


_KINDS = {
    "trf_": "transfer", "grt_": "grant", "bas_": "basis", "fil_": "filing", "flw_": "flow", "scn_": "scenario",
    "pty_": "party",
}  # fmt: skip


def _search(tx: Tx, cipher: journal.BodyCipher, wanted: str) -> tuple[Event, ...]:
    if not wanted:
        return read.newest_events(tx, cipher, limit=FOUND_MAX)
    if wanted.startswith("evt_"):
        event = read.event_of(tx, cipher, wanted)
        return (event,) if event else ()
    kind = _KINDS.get(wanted[:4])
    return read.events_about(tx, cipher, kind, wanted, limit=FOUND_MAX) if kind else ()
