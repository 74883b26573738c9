"""Routes of leases and break-glass reports."""

import base64
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from feiyu.port import lease, lease_store, transfer
from feiyu.port.http import FieldTermIO, SignedIn, UsageIO
from feiyu.port.http_transfers import OpenOut, transfer_out
from feiyu.port.lease_store import GlassRow, LeaseRow
from feiyu.port.transfer import Opened
from feiyu.registry.identity import store as identities
from feiyu.registry.identity.http import DIRECTORY, CallerDep, HouseDep, TextOut
from feiyu.registry.looks.http import room_router
from feiyu.registry.terms import Usage
from feiyu.seal import Signer
from feiyu.store import Tx

Id = Annotated[str, Field(max_length=32)]


class LeaseIn(BaseModel):
    """A lease to ask for: limits of one transfer, and how long."""

    grant_id: str = Field(max_length=32)
    persons: int = Field(ge=0, le=2_000_000_000)
    sensitive: int = Field(default=0, ge=0, le=2_000_000_000)
    size_bytes: int = Field(gt=0, le=1 << 50)
    hours: int = Field(ge=1, le=lease.HOURS_MAX)


class LeaseOut(BaseModel):
    """A lease; ``standing``: open, ended (to be settled), lapsed, settled, returned, revoked."""

    id: str
    owner_party: str
    grant_id: str
    transfer_id: str
    persons: int
    sensitive: int
    size_bytes: int
    not_after: datetime
    settle_until: datetime
    issued_at: datetime
    standing: str
    signed: SignedIn

    @classmethod
    def of(cls, row: LeaseRow, standing: str) -> "LeaseOut":
        """From the inside."""
        known = {name: getattr(row, name) for name in cls.model_fields if hasattr(row, name)}
        return cls(**known, standing=standing, signed=SignedIn(
            document=base64.b64encode(row.document).decode(), key_id=row.key_id,
            signature=base64.b64encode(row.signature).decode(),
        ))  # fmt: skip


class SettleIn(BaseModel):
    """What was sealed while the port was away."""

    title: str = Field(min_length=1, max_length=200)
    fields: list[FieldTermIO] = Field(min_length=1, max_length=20_000)
    stripped: list[str] = Field(default=[], max_length=20_000)
    usage: UsageIO


class GlassOut(BaseModel):
    """A reported break-glass."""

    id: str
    owner_party: str
    exporter_name: TextOut | None
    grant_id: str
    transfer_id: str
    ground: str
    asked_by: str
    confirmed_by: str
    persons: int
    sensitive: int
    size_bytes: int
    at: datetime
    reported_at: datetime
    noted_by: str | None
    noted_at: datetime | None
    note: str | None


class NoteIn(BaseModel):
    """What the authority says to it."""

    note: str = Field(min_length=4, max_length=2000)


def router(signer: Signer, wire_url: str) -> APIRouter:
    """The routes."""
    routes = room_router(prefix="/api/v1", tags=["leases"])

    def opened_out(tx: Tx, opened: Opened) -> OpenOut:
        return OpenOut(
            transfer=transfer_out(tx, opened.transfer), upload_token=opened.upload_token, wire_url=wire_url
        )

    @routes.post("/leases", operation_id="ask_lease", status_code=201)
    def ask(body: LeaseIn, caller: CallerDep, house: HouseDep) -> LeaseOut:
        """Ask for a lease: the port's signed leave to seal one transfer while the port is out of reach."""
        house.access.demand(caller, "lease.write", caller.party_id)
        usage = Usage(persons=body.persons, sensitive=body.sensitive, size_bytes=body.size_bytes)
        made = house.db.write(
            lambda tx: lease.issue(
                house, tx, caller, signer, grant_id=body.grant_id, usage=usage, hours=body.hours
            ),
            scope=transfer.SYSTEM,
        )
        return LeaseOut.of(made, "open")

    @routes.get("/leases", operation_id="list_leases")
    def list_leases(caller: CallerDep, house: HouseDep) -> list[LeaseOut]:
        """The leases one may see, newest first."""
        house.access.demand(caller, "lease.read")
        scope = caller.scope(house.access, "lease.read")
        now = house.clock.now()
        with house.db.read(scope=scope) as tx:
            return [LeaseOut.of(row, lease.standing(tx, row, now)) for row in lease_store.leases(tx, scope)]

    @routes.get("/leases/{lease_id}", operation_id="get_lease")
    def get_lease(lease_id: Id, caller: CallerDep, house: HouseDep) -> LeaseOut:
        """One lease, and how it stands now."""
        house.access.demand(caller, "lease.read")
        scope = caller.scope(house.access, "lease.read")
        with house.db.read(scope=scope) as tx:
            return LeaseOut.of(*lease.look(house, tx, scope, lease_id))

    @routes.post("/leases/{lease_id}/settle", operation_id="settle_lease", status_code=201)
    def settle(lease_id: Id, body: SettleIn, caller: CallerDep, house: HouseDep) -> OpenOut:
        """Open the transfer that was sealed under a lease; asked again, it answers the same."""
        house.access.demand(caller, "lease.write", caller.party_id)
        usage = Usage(
            persons=body.usage.persons, sensitive=body.usage.sensitive, size_bytes=body.usage.size_bytes
        )
        return house.db.write(
            lambda tx: opened_out(tx, lease.settle(
                house, tx, caller, lease_id=lease_id, usage=usage, title=body.title,
                fields=tuple(term.term() for term in body.fields), stripped=tuple(body.stripped),
            )),
            scope=transfer.SYSTEM,
        )  # fmt: skip

    @routes.post("/leases/{lease_id}/return", operation_id="return_lease")
    def give_back(lease_id: Id, caller: CallerDep, house: HouseDep) -> LeaseOut:
        """Give back a lease that was not used."""
        house.access.demand(caller, "lease.write", caller.party_id)
        made = house.db.write(
            lambda tx: lease.give_back(house, tx, caller, lease_id=lease_id), scope=transfer.SYSTEM
        )
        return LeaseOut.of(made, made.state)

    @routes.post("/breakglass", operation_id="report_breakglass", status_code=201)
    def report(body: SignedIn, caller: CallerDep, house: HouseDep) -> GlassOut:
        """Take in the exporter's signed report of a break-glass; it is never refused for what the grant says by now."""
        house.access.demand(caller, "breakglass.report", caller.party_id)
        return house.db.write(
            lambda tx: _glass(tx, lease.report(house, tx, caller, body.signed())), scope=transfer.SYSTEM
        )

    @routes.get("/breakglass", operation_id="list_breakglass")
    def list_glass(caller: CallerDep, house: HouseDep) -> list[GlassOut]:
        """The reports one may see, newest first."""
        house.access.demand(caller, "breakglass.read")
        scope = caller.scope(house.access, "breakglass.read")
        with house.db.read(scope=scope) as tx:
            rows = lease_store.glasses(tx, scope)
        with house.db.read(scope=DIRECTORY) as tx:
            return [_glass(tx, row) for row in rows]

    @routes.post("/breakglass/{breakglass_id}/settle", operation_id="settle_breakglass", status_code=201)
    def settle_glass(breakglass_id: Id, body: SettleIn, caller: CallerDep, house: HouseDep) -> OpenOut:
        """Open the transfer of a reported break-glass, so that its bytes and its evidence come home too."""
        house.access.demand(caller, "breakglass.report", caller.party_id)
        return house.db.write(
            lambda tx: opened_out(tx, lease.settle_glass(
                house, tx, caller, glass_id=breakglass_id, title=body.title,
                fields=tuple(term.term() for term in body.fields), stripped=tuple(body.stripped),
            )),
            scope=transfer.SYSTEM,
        )  # fmt: skip

    @routes.post("/breakglass/{breakglass_id}/note", operation_id="note_breakglass")
    def note(breakglass_id: Id, body: NoteIn, caller: CallerDep, house: HouseDep) -> GlassOut:
        """Record that the authority has looked at a break-glass."""
        house.access.demand(caller, "breakglass.note")
        return house.db.write(
            lambda tx: _glass(tx, lease.note(house, tx, caller, glass_id=breakglass_id, note=body.note)),
            scope=transfer.SYSTEM,
        )

    return routes


def _glass(tx: Tx, row: GlassRow) -> GlassOut:
    party = identities.party_of(tx, row.owner_party)
    known = {name: getattr(row, name) for name in GlassOut.model_fields if hasattr(row, name)}
    return GlassOut(**known, exporter_name=TextOut.of(party.name) if party else None)
