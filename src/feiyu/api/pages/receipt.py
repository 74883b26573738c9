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
from feiyu.base import nouns
from feiyu.base.errors import NotFound
from feiyu.base.ids import PREFIXES, PartyId
from feiyu.base.text import Text
from feiyu.evidence.log import Log
from feiyu.port import store
from feiyu.registry import journal
from feiyu.registry.identity import store as identities
from feiyu.registry.identity.http import DIRECTORY, CallerDep, HouseDep
from feiyu.registry.journal import read, words
from feiyu.registry.looks.model import event_thing


def add(routes: APIRouter, log: Log, twin: Log | None) -> None:
    """Add the page's route."""

    @routes.get("/documents/receipts/{event_id}", include_in_schema=False)
    def receipt(event_id: str, request: Request, caller: CallerDep, house: HouseDep) -> Response:
        """One receipt, to print."""
        house.access.demand(caller, "evidence.read")
        with house.db.read(scope=caller.scope(house.access, "evidence.read")) as tx:
            event = read.event_of(tx, house.cipher, event_id)
            if event is None:
                raise NotFound(what=nouns.EVENT, ident=event_id)
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
            parties = {one: identities.party_of(tx, PartyId(one)) for one in _parties(event)}
        return page(
            request, "receipt.html.j2", event=event, what=journal.event_type(event.type).title,
            owner=owner.name if owner else Text(event.owner_party, event.owner_party), file=_told(file) if file else None,
            rows=[(one.title, None, _shown(one)) for one in words.facts_of(event)],
            refs=[(one.title, party.name if (party := parties.get(str(one.value))) else None, one.value) for one in words.refs_of(event)],
            things=[event_thing(event.owner_party, event_id, event.refs)], origin=log.origin, verify_at=f"{request.base_url}verify",
        )  # fmt: skip


def _parties(event: journal.Event) -> list[str]:
    """The parties among what it refers to, to be shown with their names."""
    return [ident for ident in event.refs.values() if ident.startswith(PREFIXES["party"])]


def _told(file: bytes) -> dict[str, Any]:
    """What of the receipt file is printed."""
    receipt: dict[str, Any] = json.loads(file)
    _, _, checkpoint = receipt["proof"].partition("\n\n")
    _, _, twin = receipt.get("twin", "").partition("\n\n")
    return {"entry": base64.b64decode(receipt["entry"]).decode(), "checkpoint": checkpoint, "twin": twin}


def _shown(one: words.Stated) -> str | int | Text:
    value = one.value
    if one.means is not None:
        return one.means
    if isinstance(value, bool):
        return texts.yes if value else texts.no
    if isinstance(value, int | str):
        return value
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False)
