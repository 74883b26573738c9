"""Routes of leases and break-glass at the edge."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from feiyu.edge import lease_store, leave
from feiyu.edge.lease_store import GlassRow, LeaseRow
from feiyu.edge.model import SCOPE, Edge
from feiyu.registry.identity.http import CallerDep, HouseDep
from feiyu.registry.leases import Lease
from feiyu.registry.terms import Usage
from feiyu.store import Tx

Id = Annotated[str, Field(max_length=32)]
PERSONS_MAX = 2_000_000_000


class AskLeaseIn(BaseModel):
    """A lease to obtain from the port."""

    grant_id: str = Field(max_length=32)
    persons: int = Field(ge=0, le=PERSONS_MAX)
    sensitive: int = Field(default=0, ge=0, le=PERSONS_MAX)
    size_bytes: int = Field(gt=0, le=1 << 50)
    hours: int = Field(ge=1, le=72)


class HeldLeaseOut(BaseModel):
    """A lease that this edge holds: held, used by a run, or over."""

    id: str
    grant_id: str
    transfer_id: str
    state: str
    run_id: str | None
    persons: int
    sensitive: int
    size_bytes: int
    not_before: datetime
    not_after: datetime

    @classmethod
    def of(cls, row: LeaseRow) -> "HeldLeaseOut":
        """From the inside."""
        lease = Lease.of_bytes(row.document)
        return cls(
            id=row.id, grant_id=row.grant_id, transfer_id=lease.transfer_id, state=row.state, run_id=row.run_id,
            persons=lease.persons, sensitive=lease.sensitive, size_bytes=lease.size_bytes, not_before=lease.not_before,
            not_after=lease.not_after,
        )  # fmt: skip


class BreakGlassIn(BaseModel):
    """A break-glass to ask for: one transfer, its limits, and why it cannot wait for the port."""

    grant_id: str = Field(max_length=32)
    ground: str = Field(min_length=10, max_length=500)
    persons: int = Field(ge=0, le=PERSONS_MAX)
    size_bytes: int = Field(gt=0, le=1 << 50)


class BreakGlassOut(BaseModel):
    """A break-glass: asked, open (confirmed by a second person), used, out (handed out), reported, over."""

    id: str
    grant_id: str
    transfer_id: str
    ground: str
    persons: int
    size_bytes: int
    state: str
    asked_by: str
    asked_by_name: str | None
    asked_at: datetime
    confirmed_by: str | None
    confirmed_by_name: str | None
    confirmed_at: datetime | None
    not_after: datetime | None
    run_id: str | None
    bundle: str | None
    reported_at: datetime | None

    @classmethod
    def of(cls, tx: Tx, row: GlassRow) -> "BreakGlassOut":
        """From the inside."""
        names = {"asked_by_name", "confirmed_by_name"}
        return cls(
            **{name: getattr(row, name) for name in cls.model_fields.keys() - names},
            asked_by_name=leave.name_of(tx, row.asked_by), confirmed_by_name=leave.name_of(tx, row.confirmed_by),
        )  # fmt: skip


def router(edge: Edge) -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/api/v1/leave", tags=["leave"])
    own = edge.house.party_id

    @routes.post("/leases", operation_id="obtain_lease", status_code=201)
    def obtain(body: AskLeaseIn, caller: CallerDep, house: HouseDep) -> HeldLeaseOut:
        """Obtain a lease from the port, for when it will be out of reach."""
        house.access.demand(caller, "edge.send", own)
        usage = Usage(persons=body.persons, sensitive=body.sensitive, size_bytes=body.size_bytes)
        return HeldLeaseOut.of(leave.ask(edge, grant_id=body.grant_id, usage=usage, hours=body.hours))

    @routes.get("/leases", operation_id="held_leases")
    def held(caller: CallerDep, house: HouseDep) -> list[HeldLeaseOut]:
        """The leases of this edge, newest first."""
        house.access.demand(caller, "edge.read", own)
        with house.db.read(scope=SCOPE) as tx:
            return [HeldLeaseOut.of(row) for row in reversed(lease_store.leases(tx))]

    @routes.post("/breakglass", operation_id="break_glass", status_code=201)
    def ask(body: BreakGlassIn, caller: CallerDep, house: HouseDep) -> BreakGlassOut:
        """Ask for a break-glass; another person of this exporter confirms."""
        house.access.demand(caller, "breakglass.write", own)
        row = leave.break_glass(
            edge, grant_id=body.grant_id, ground=body.ground, persons=body.persons, size_bytes=body.size_bytes,
            by=caller.principal_id,
        )  # fmt: skip
        with house.db.read(scope=SCOPE) as tx:
            return BreakGlassOut.of(tx, row)

    @routes.post("/breakglass/{breakglass_id}/confirm", operation_id="confirm_breakglass")
    def confirm(breakglass_id: Id, caller: CallerDep, house: HouseDep) -> BreakGlassOut:
        """As the second person, confirm a break-glass."""
        house.access.demand(caller, "breakglass.write", own)
        row = leave.confirm_glass(edge, glass_id=breakglass_id, by=caller.principal_id)
        with house.db.read(scope=SCOPE) as tx:
            return BreakGlassOut.of(tx, row)

    @routes.get("/breakglass", operation_id="edge_breakglass")
    def glasses(caller: CallerDep, house: HouseDep) -> list[BreakGlassOut]:
        """The break-glasses of this edge, newest first."""
        house.access.demand(caller, "edge.read", own)
        with house.db.read(scope=SCOPE) as tx:
            return [BreakGlassOut.of(tx, row) for row in reversed(lease_store.glasses(tx))]

    return routes
