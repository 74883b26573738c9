"""Rows of remembered replies."""

from datetime import datetime

from sqlalchemy import RowMapping, insert, select

from feiyu.registry.journal.tables import reply
from feiyu.store import Scope, Tx, owned


def reply_row(tx: Tx, owner: str, key: str) -> RowMapping | None:
    """What was answered to a key."""
    return (
        tx.execute(select(reply).where(reply.c.owner_party == owner, reply.c.key == key)).mappings().first()
    )


def add_reply(tx: Tx, row: dict[str, object]) -> None:
    """Remember an answer."""
    tx.execute(insert(reply), row)


def remove_replies(tx: Tx, scope: Scope, *, before: datetime) -> int:
    """Forget answers given before an instant; how many there were."""
    return tx.execute(reply.delete().where(reply.c.at < before, owned(scope, reply))).rowcount
