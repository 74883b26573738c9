"""Rows of time-stamped checkpoints."""

from datetime import datetime

from sqlalchemy import RowMapping, func, insert, select

from feiyu.registry.journal.tables import log_stamp
from feiyu.store import Tx


def add_stamp(tx: Tx, origin: str, size: int, *, note: bytes, token: bytes, at: datetime) -> None:
    """Keep a token with the checkpoint it is over."""
    tx.execute(insert(log_stamp), {"origin": origin, "size": size, "note": note, "token": token, "at": at})


def stamp_covering(tx: Tx, origin: str, index: int) -> RowMapping | None:
    """The earliest stamped checkpoint that holds an entry."""
    query = select(log_stamp).where(log_stamp.c.origin == origin, log_stamp.c.size > index)
    return tx.execute(query.order_by(log_stamp.c.size).limit(1)).mappings().first()


def last_stamp(tx: Tx, origin: str) -> tuple[int, datetime] | None:
    """Size and instant of the newest stamp."""
    newest = select(func.max(log_stamp.c.size)).where(log_stamp.c.origin == origin).scalar_subquery()
    query = select(log_stamp.c.size, log_stamp.c.at).where(
        log_stamp.c.origin == origin, log_stamp.c.size == newest
    )
    row = tx.execute(query).first()
    return (row.size, row.at) if row else None
