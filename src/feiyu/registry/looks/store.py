"""Rows of looks."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from feiyu.registry.access import Role
from feiyu.registry.looks.model import How, Look
from feiyu.registry.looks.tables import look
from feiyu.store import Scope, Tx, owned

_KEY = ("owner_party", "thing_id", "principal_id", "seats", "how", "bucket")


def add(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """Insert looks; where the bucket has its row, count on in it."""
    make = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    new = make(look)
    later = case((new.excluded.last_at > look.c.last_at, new.excluded.last_at), else_=look.c.last_at)
    told = {"times": look.c.times + new.excluded.times, "last_at": later}
    tx.execute(new.on_conflict_do_update(index_elements=_KEY, set_=told), list(rows))


def looks(
    tx: Tx, scope: Scope, *, thing: str | None, lists: bool, before: int | None, limit: int
) -> list[Look]:
    """The looks inside the scope, newest first: at one ``thing`` and what is part of it, or at all; ``before`` an ordinal."""
    query = select(look).where(owned(scope, look)).order_by(look.c.ordinal.desc()).limit(limit)
    if thing is not None:
        query = query.where(or_(look.c.thing_id == thing, look.c.within_id == thing))
    if not lists:
        query = query.where(look.c.how != How.LISTED.value)
    if before is not None:
        query = query.where(look.c.ordinal < before)
    rows = tx.execute(query).mappings()
    return [
        Look(**{name: row[name] for name in Look.__slots__} | {
            "how": How(row["how"]), "seats": tuple(Role(seat) for seat in row["seats"].split(",")),
        })
        for row in rows
    ]  # fmt: skip


def forget(tx: Tx, thing_id: str) -> None:
    """Remove the looks at a thing that is erased."""
    tx.execute(delete(look).where(look.c.thing_id == thing_id))
