"""Rows of messages and of their subscribers' cursors."""

from datetime import datetime

from sqlalchemy import RowMapping, bindparam, func, insert, select, update

from feiyu.registry.journal.tables import outbox_cursor, outbox_message
from feiyu.store import Tx

_POSITION = (
    update(outbox_message)
    .where(outbox_message.c.ordinal == bindparam("row"))
    .values(position=bindparam("place"))
)
_UNPLACED = select(outbox_message.c.ordinal).where(outbox_message.c.position.is_(None))


def add_message(tx: Tx, row: dict[str, object]) -> None:
    """Insert a message."""
    tx.execute(insert(outbox_message), row)


def has_unplaced(tx: Tx) -> bool:
    """Whether a message has no position yet."""
    return tx.execute(_UNPLACED.limit(1)).first() is not None


def place_messages(tx: Tx, limit: int) -> int:
    """Give the oldest messages without a position the next ones; how many got one."""
    ordinals = list(tx.execute(_UNPLACED.order_by(outbox_message.c.ordinal).limit(limit)).scalars())
    last = tx.execute(select(func.max(outbox_message.c.position))).scalar() or 0
    if ordinals:
        tx.execute(_POSITION, [{"row": each, "place": last + n} for n, each in enumerate(ordinals, 1)])
    return len(ordinals)


def cursor_row(tx: Tx, subscriber: str) -> RowMapping:
    """A subscriber's cursor, made at the beginning when it has none."""
    query = select(outbox_cursor).where(outbox_cursor.c.subscriber == subscriber).with_for_update()
    row = tx.execute(query).mappings().first()
    if row is None:
        tx.execute(insert(outbox_cursor), {"subscriber": subscriber, "position": 0, "failures": 0})
        row = tx.execute(query).mappings().one()
    return row


def next_message(tx: Tx, topic: str, after: int) -> RowMapping | None:
    """The first message of a topic behind a position."""
    query = select(outbox_message).where(outbox_message.c.topic == topic, outbox_message.c.position > after)
    return tx.execute(query.order_by(outbox_message.c.position).limit(1)).mappings().first()


def set_cursor(tx: Tx, subscriber: str, **values: object) -> None:
    """Change a cursor."""
    tx.execute(update(outbox_cursor).where(outbox_cursor.c.subscriber == subscriber).values(**values))


def cursor_rows(tx: Tx) -> list[RowMapping]:
    """All cursors, by subscriber."""
    return list(tx.execute(select(outbox_cursor).order_by(outbox_cursor.c.subscriber)).mappings())


def count_behind(tx: Tx, topic: str, after: int) -> int:
    """How many messages of a topic a cursor has not passed, placed or not."""
    waiting = (outbox_message.c.position > after) | outbox_message.c.position.is_(None)
    query = select(func.count()).select_from(outbox_message).where(outbox_message.c.topic == topic, waiting)
    return tx.execute(query).scalar_one()


def remove_read(tx: Tx, *, upto: int, before: datetime) -> int:
    """Delete messages that lie before a position and an instant; how many there were."""
    old = (outbox_message.c.position <= upto) & (outbox_message.c.at < before)
    return tx.execute(outbox_message.delete().where(old)).rowcount
