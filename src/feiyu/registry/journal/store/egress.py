"""Rows of what network edges counted."""

from datetime import datetime

from sqlalchemy import RowMapping, insert, select

from feiyu.registry.journal.tables import egress_count
from feiyu.store import Tx


def add_count(tx: Tx, row: dict[str, object]) -> None:
    """Insert one interval of one source."""
    tx.execute(insert(egress_count), row)


def last_of(tx: Tx, source: str) -> RowMapping | None:
    """The newest interval of a source."""
    query = (
        select(egress_count).where(egress_count.c.source == source).order_by(egress_count.c.start_at.desc())
    )
    return tx.execute(query.limit(1)).mappings().first()


def counts_since(tx: Tx, since: datetime, *, limit: int) -> list[RowMapping]:
    """All intervals that end after an instant, oldest first."""
    query = select(egress_count).where(egress_count.c.end_at > since).order_by(egress_count.c.start_at)
    return list(tx.execute(query.limit(limit)).mappings())
