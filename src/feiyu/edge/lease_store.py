"""Rows of leases and break-glass at the edge."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from feiyu.base.ids import PartyId
from feiyu.edge.tables import breakglass, lease
from feiyu.store import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseRow:
    """A lease as the port signed it. ``state``: held, used, over."""

    id: str
    owner_party: PartyId
    grant_id: str
    document: bytes
    key_id: str
    signature: bytes
    state: str
    run_id: str | None
    got_at: datetime
    grant: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlassRow:
    """A break-glass. ``state``: asked, open, used, out (handed out), reported, over."""

    id: str
    owner_party: PartyId
    grant_id: str
    transfer_id: str
    ground: str
    persons: int
    size_bytes: int
    state: str
    asked_by: str
    asked_at: datetime
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    not_after: datetime | None = None
    run_id: str | None = None
    bundle: str | None = None
    reported_at: datetime | None = None


def add_lease(tx: Tx, new: LeaseRow) -> None:
    """Keep a lease."""
    tx.execute(insert(lease).values(**{name: getattr(new, name) for name in LeaseRow.__slots__}))


def leases(tx: Tx, *, grant_id: str | None = None, state: str | None = None) -> list[LeaseRow]:
    """The leases of this edge, oldest first."""
    query = select(lease).order_by(lease.c.id)
    if grant_id is not None:
        query = query.where(lease.c.grant_id == grant_id)
    if state is not None:
        query = query.where(lease.c.state == state)
    return [LeaseRow(**row) for row in tx.execute(query.limit(500)).mappings()]


def lease_of(tx: Tx, lease_id: str) -> LeaseRow | None:
    """One lease."""
    row = tx.execute(select(lease).where(lease.c.id == lease_id)).mappings().first()
    return LeaseRow(**row) if row else None


def set_lease(tx: Tx, lease_id: str, **values: Any) -> None:
    """Change the state of a lease."""
    tx.execute(update(lease).where(lease.c.id == lease_id).values(**values))


def add_glass(tx: Tx, new: GlassRow) -> None:
    """Keep a break-glass."""
    tx.execute(insert(breakglass).values(**{name: getattr(new, name) for name in GlassRow.__slots__}))


def glasses(tx: Tx, *, grant_id: str | None = None, state: str | None = None) -> list[GlassRow]:
    """The break-glass records of this edge, oldest first."""
    query = select(breakglass).order_by(breakglass.c.id)
    if grant_id is not None:
        query = query.where(breakglass.c.grant_id == grant_id)
    if state is not None:
        query = query.where(breakglass.c.state == state)
    return [GlassRow(**row) for row in tx.execute(query.limit(500)).mappings()]


def glass_of(tx: Tx, glass_id: str) -> GlassRow | None:
    """One break-glass."""
    row = tx.execute(select(breakglass).where(breakglass.c.id == glass_id)).mappings().first()
    return GlassRow(**row) if row else None


def set_glass(tx: Tx, glass_id: str, **values: Any) -> None:
    """Change a break-glass."""
    tx.execute(update(breakglass).where(breakglass.c.id == glass_id).values(**values))
