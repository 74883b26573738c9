"""The receipt of an event as a page to print: what happened, its entry, its checkpoint, where to verify it.

Rules this module keeps:
 * it shows what the receipt file holds and adds nothing; what counts is the verification of the file;
 * who may see the event may print it; for everybody else it does not exist.
"""

import base64
import json
from typing import Any

from fastapi import APIRouter, Request, Response

from feiyu.api.pages import texts
from feiyu.api.pages.render import page
from feiyu.base.errors import NotFound
from feiyu.base.text import Text
from feiyu.evidence.log import Log
from feiyu.port import store
from feiyu.registry import journal
from feiyu.registry.identity import store as identities
from feiyu.registry.identity.http import DIRECTORY, CallerDep, HouseDep
from feiyu.registry.journal import read


def add(routes: APIRouter, log: Log, twin: Log | None) -> None:
    """Add the page's route."""

    @routes.get("/documents/receipts/{event_id}", include_in_schema=False)
    def receipt(event_id: str, request: Request, caller: CallerDep, house: HouseDep) -> Response:
        """One receipt, to print."""
        house.access.demand(caller, "evidence.read")
        with house.db.read(scope=caller.scope(house.access, "evidence.read")) as tx:
            event = read.event_of(tx, house.cipher, event_id)
            if event is None:
                raise NotFound(what="event", ident=event_id)
            manifest, signature = store.manifest_of_event(tx, event_id) or (None, None)
            file = read.receipt_of(
                tx,
                house.cipher,
                log,
                event_id,
                manifest=manifest,
                manifest_signature=signature,
                twin=twin,
            )
        with house.db.read(scope=DIRECTORY) as tx:
            owner = identities.party_of(tx, event.owner_party)
        return page(
            request, "receipt.html.j2", event=event, what=journal.event_type(event.type).title,
            owner=owner.name if owner else Text(event.owner_party, event.owner_party), file=_told(file) if file else None,
            rows=[(texts.words.get(name, Text(name, name)), _shown(name, value)) for name, value in event.data.items()],
            refs=[(texts.words.get(name, Text(name, name)), ident) for name, ident in event.refs.items()],
            origin=log.origin, verify_at=f"{request.base_url}verify",
        )  # fmt: skip


def _told(file: bytes) -> dict[str, Any]:
    """What of the receipt file is printed."""
    receipt: dict[str, Any] = json.loads(file)
    _, _, checkpoint = receipt["proof"].partition("\n\n")
    _, _, twin = receipt.get("twin", "").partition("\n\n")
    return {"entry": base64.b64decode(receipt["entry"]).decode(), "checkpoint": checkpoint, "twin": twin}


def _shown(name: str, value: object) -> str | int | Text:
    if isinstance(value, str) and value in texts.values.get(name, {}):
        return texts.values[name][value]
    if isinstance(value, bool):
        return texts.yes if value else texts.no
    if isinstance(value, int | str):
        return value
    return (
        ", ".join(map(str, value))
        if isinstance(value, list | tuple)
        else json.dumps(value, ensure_ascii=False)
    )
