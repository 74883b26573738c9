"""Rows of leases and break-glass reports."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from feiyu.base.ids import PartyId
from feiyu.port.tables import breakglass, lease
from feiyu.registry.terms import Usage
from feiyu.store import Scope, Tx, owned


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseRow:
    """A lease as issued, and how it stands."""

    id: str
    owner_party: PartyId
    grant_id: str
    transfer_id: str
    document: bytes
    key_id: str
    signature: bytes
    persons: int
    sensitive: int
    size_bytes: int
    not_after: datetime
    settle_until: datetime
    state: str
    issued_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GlassRow:
    """A reported break-glass."""

    id: str
    owner_party: PartyId
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
    document: bytes
    key_id: str
    signature: bytes


def add_lease(tx: Tx, new: LeaseRow) -> None:
    """Insert a lease."""
    tx.execute(insert(lease).values(**{name: getattr(new, name) for name in LeaseRow.__slots__}))


def lease_of(tx: Tx, scope: Scope, lease_id: str) -> LeaseRow | None:
    """One lease inside the scope."""
    row = tx.execute(select(lease).where(lease.c.id == lease_id, owned(scope, lease))).mappings().first()
    return LeaseRow(**row) if row else None


def leases(tx: Tx, scope: Scope) -> list[LeaseRow]:
    """The leases inside the scope, newest first."""
    query = select(lease).where(owned(scope, lease)).order_by(lease.c.id.desc()).limit(200)
    return [LeaseRow(**row) for row in tx.execute(query).mappings()]


def open_leases(tx: Tx, grant_id: str, *, after: datetime) -> list[LeaseRow]:
    """The leases of a grant that still reserve something."""
    where = (lease.c.grant_id == grant_id, lease.c.state == "open", lease.c.settle_until > after)
    return [LeaseRow(**row) for row in tx.execute(select(lease).where(*where)).mappings()]


def reserved(tx: Tx, grant_id: str, *, after: datetime) -> Usage:
    """What open leases of a grant reserve."""
    sums = [func.coalesce(func.sum(lease.c[name]), 0) for name in ("persons", "sensitive", "size_bytes")]
    where = (lease.c.grant_id == grant_id, lease.c.state == "open", lease.c.settle_until > after)
    persons, sensitive, size_bytes = tx.execute(select(*sums).where(*where)).one()
    return Usage(persons=int(persons), sensitive=int(sensitive), size_bytes=int(size_bytes))


def set_lease(tx: Tx, lease_id: str, **values: Any) -> None:
    """Change the state of a lease."""
    tx.execute(update(lease).where(lease.c.id == lease_id).values(**values))


def add_glass(tx: Tx, new: GlassRow) -> None:
    """Insert a report."""
    tx.execute(insert(breakglass).values(**{name: getattr(new, name) for name in GlassRow.__slots__}))


def glass_of(tx: Tx, scope: Scope, glass_id: str) -> GlassRow | None:
    """One report inside the scope."""
    where = (breakglass.c.id == glass_id, owned(scope, breakglass))
    row = tx.execute(select(breakglass).where(*where)).mappings().first()
    return GlassRow(**row) if row else None


def glasses(tx: Tx, scope: Scope, *, unnoted: bool = False) -> list[GlassRow]:
    """The reports inside the scope, newest first."""
    query = select(breakglass).where(owned(scope, breakglass)).order_by(breakglass.c.id.desc()).limit(200)
    if unnoted:
        query = query.where(breakglass.c.noted_at.is_(None))
    return [GlassRow(**row) for row in tx.execute(query).mappings()]


def set_glass(tx: Tx, glass_id: str, **values: Any) -> None:
    """Note a report."""
    tx.execute(update(breakglass).where(breakglass.c.id == glass_id).values(**values))
