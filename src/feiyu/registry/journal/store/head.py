"""The row that says how far the log reaches."""

from sqlalchemy import insert, select, update

from feiyu.registry.journal.tables import log_head
from feiyu.store import Tx


def head_row(tx: Tx, origin: str) -> tuple[int, bytes] | None:
    """Size and root of a log; None before its first entry."""
    row = tx.execute(select(log_head.c.size, log_head.c.root).where(log_head.c.origin == origin)).first()
    return (row.size, row.root) if row else None


def swap_head(tx: Tx, origin: str, old: tuple[int, bytes] | None, new: tuple[int, bytes]) -> bool:
    """Store ``new`` if ``old`` is what is stored; whether it was."""
    values = {"size": new[0], "root": new[1]}
    if old is None:
        if head_row(tx, origin) is not None:
            return False
        tx.execute(insert(log_head), {"origin": origin, **values})
        return True
    stored = (log_head.c.origin == origin, log_head.c.size == old[0], log_head.c.root == old[1])
    return tx.execute(update(log_head).where(*stored).values(values)).rowcount == 1
