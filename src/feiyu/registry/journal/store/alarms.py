"""Rows of alarms."""

from sqlalchemy import RowMapping, func, insert, select, update

from feiyu.registry.journal.tables import alarm
from feiyu.store import Tx


def known(tx: Tx, kind: str, subject: str) -> bool:
    """Whether this was ever raised, open or closed."""
    query = select(alarm.c.alarm_id).where(alarm.c.kind == kind, alarm.c.subject == subject)
    return tx.execute(query).first() is not None


def add_alarm(tx: Tx, row: dict[str, object]) -> None:
    """Insert an alarm."""
    tx.execute(insert(alarm), row)


def alarm_row(tx: Tx, alarm_id: str) -> RowMapping | None:
    """One alarm."""
    return tx.execute(select(alarm).where(alarm.c.alarm_id == alarm_id)).mappings().first()


def alarm_rows(tx: Tx, *, open_only: bool, limit: int) -> list[RowMapping]:
    """Alarms: those that wait for a person before those that were looked at, the newest first."""
    order = (alarm.c.closed_at.is_not(None), alarm.c.at.desc(), alarm.c.alarm_id.desc())
    query = select(alarm).order_by(*order).limit(limit)
    return list(tx.execute(query.where(alarm.c.closed_at.is_(None)) if open_only else query).mappings())


def count_open(tx: Tx) -> int:
    """How many alarms wait for a person."""
    return tx.execute(select(func.count()).select_from(alarm).where(alarm.c.closed_at.is_(None))).scalar_one()


def close_alarm(tx: Tx, alarm_id: str, **values: object) -> bool:
    """Close an open alarm; whether it was open."""
    still = (alarm.c.alarm_id == alarm_id, alarm.c.closed_at.is_(None))
    return tx.execute(update(alarm).where(*still).values(**values)).rowcount == 1
