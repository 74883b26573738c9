"""Routes of counts and spot checks."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from feiyu.port import spot, spot_store, transfer
from feiyu.port.http import SignedIn
from feiyu.port.spot_store import ChallengeRow, CountRow
from feiyu.registry.identity import store as identities
from feiyu.registry.identity.http import DIRECTORY, CallerDep, HouseDep, TextOut
from feiyu.registry.looks.http import room_router
from feiyu.registry.terms import Signed
from feiyu.scan.commit import SAMPLE_MAX
from feiyu.seal import Signer
from feiyu.store import Scope, Tx

Id = Annotated[str, Field(max_length=32)]


class CountOut(BaseModel):
    """A count that its edge vouches for: natural persons, each once, with the root over their digests."""

    id: str
    owner_party: str
    exporter_name: TextOut | None
    entry_id: str
    transfer_id: str | None
    day: date
    level: str
    persons: int
    sensitive: int
    commitment: str
    identifiers: int
    handed_in_at: datetime
    drawn: int
    """How many of its places were drawn so far."""


class DrawIn(BaseModel):
    """What to draw, and why."""

    counts_id: str = Field(max_length=32)
    places: int = Field(ge=1, le=SAMPLE_MAX)
    ground: str = Field(min_length=2, max_length=500)


class SpotCheckOut(BaseModel):
    """A spot check; ``standing``: drawn, overdue, passed, failed. ``challenge`` is there once it is logged."""

    id: str
    owner_party: str
    exporter_name: TextOut | None
    counts_id: str
    entry_id: str
    places: int
    ground: str
    drawn_by: str
    drawn_at: datetime
    answer_by: datetime
    event_id: str
    proven: bool
    standing: str
    answered_at: datetime | None
    reason: str | None
    challenge: SignedIn | None


def router(signer: Signer, receipt_of: Callable[[str], bytes | None]) -> APIRouter:
    """The routes."""
    routes = room_router(prefix="/api/v1", tags=["spot checks"])

    def proven(event_id: str) -> bool:
        return receipt_of(event_id) is not None

    def shown(tx: Tx, row: ChallengeRow, now: datetime) -> SpotCheckOut:
        known = {name: getattr(row, name) for name in SpotCheckOut.model_fields if hasattr(row, name)}
        logged = proven(row.event_id)
        signed = Signed(document=row.document, key_id=row.key_id, signature=row.signature)
        return SpotCheckOut(
            **known, exporter_name=_name(tx, row.owner_party), proven=logged, standing=spot.standing(row, now),
            challenge=SignedIn.of(signed) if logged else None,
        )  # fmt: skip

    @routes.post("/counts", operation_id="hand_in_count", status_code=201)
    def hand_in(body: SignedIn, caller: CallerDep, house: HouseDep) -> CountOut:
        """Hand in the signed count of a ledger entry with its commitment; asked again, it answers the same."""
        house.access.demand(caller, "count.write", caller.party_id)
        return house.db.write(
            lambda tx: _count(tx, spot.hand_in(house, tx, caller, body.signed())), scope=transfer.SYSTEM
        )

    @routes.get("/counts", operation_id="list_counts")
    def list_counts(caller: CallerDep, house: HouseDep) -> list[CountOut]:
        """The counts that may be checked, newest first."""
        house.access.demand(caller, "spot.read")
        scope = caller.scope(house.access, "spot.read")
        with house.db.read(scope=scope) as tx:
            rows = [
                (row, spot_store.challenged_places(tx, row.id)) for row in spot_store.all_counts(tx, scope)
            ]
        with house.db.read(scope=DIRECTORY) as tx:
            return [_count(tx, row, drawn) for row, drawn in rows]

    @routes.post("/spotchecks", operation_id="draw_spot_check", status_code=201)
    def draw(body: DrawIn, caller: CallerDep, house: HouseDep) -> SpotCheckOut:
        """Draw places of a count; the challenge is logged, then the exporter's edge obtains and answers it."""
        house.access.demand(caller, "spot.draw")
        now = house.clock.now()
        made = house.db.write(
            lambda tx: spot.draw(
                house, tx, caller, signer, counts_id=body.counts_id, places=body.places, ground=body.ground
            ),
            scope=transfer.SYSTEM,
        )
        with house.db.read(scope=DIRECTORY) as tx:
            return shown(tx, made, now)

    @routes.get("/spotchecks", operation_id="list_spot_checks")
    def list_checks(
        caller: CallerDep, house: HouseDep, state: Annotated[str | None, Query(max_length=16)] = None
    ) -> list[SpotCheckOut]:
        """The spot checks one may see, newest first."""
        house.access.demand(caller, "spot.read")
        scope, now = caller.scope(house.access, "spot.read"), house.clock.now()
        with house.db.read(scope=scope) as tx:
            rows = spot_store.challenges(tx, scope, state=state)
        with house.db.read(scope=DIRECTORY) as tx:
            return [shown(tx, row, now) for row in rows]

    @routes.post("/spotchecks/{challenge_id}/answer", operation_id="answer_spot_check")
    def answer(challenge_id: Id, body: SignedIn, caller: CallerDep, house: HouseDep) -> SpotCheckOut:
        """Hand in the opened places, signed by the edge; one answer counts."""
        house.access.demand(caller, "spot.answer", caller.party_id)
        now, signed = house.clock.now(), body.signed()
        with house.db.read(scope=Scope.of(caller.party_id)) as tx:
            row = spot_store.challenge_of(tx, Scope.of(caller.party_id), challenge_id)
        logged = row is not None and proven(row.event_id)
        done = house.db.write(
            lambda tx: spot.answer(house, tx, caller, signed, challenge_id=challenge_id, proven=logged),
            scope=transfer.SYSTEM,
        )
        with house.db.read(scope=DIRECTORY) as tx:
            return shown(tx, done, now)

    return routes


def _count(tx: Tx, row: CountRow, drawn: int = 0) -> CountOut:
    known = {name: getattr(row, name) for name in CountOut.model_fields if hasattr(row, name)}
    return CountOut(**known, exporter_name=_name(tx, row.owner_party), drawn=drawn)


def _name(tx: Tx, party_id: str) -> TextOut | None:
    party = identities.party_of(tx, party_id)
    return TextOut.of(party.name) if party else None
