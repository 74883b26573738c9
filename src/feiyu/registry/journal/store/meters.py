"""Rows of metered quantities."""

from datetime import datetime

from sqlalchemy import RowMapping, func, insert, select

from feiyu.registry.journal.tables import meter_record
from feiyu.store import Scope, Tx, owned


def add_meter(tx: Tx, row: dict[str, object]) -> None:
    """Insert a record; the table takes no change and no removal."""
    tx.execute(insert(meter_record), row)


def meter_row(tx: Tx, scope: Scope, meter_id: str) -> RowMapping | None:
    """One record."""
    query = select(meter_record).where(meter_record.c.meter_id == meter_id, owned(scope, meter_record))
    return tx.execute(query).mappings().first()


def sums(tx: Tx, scope: Scope, party: str, *, since: datetime, until: datetime) -> dict[str, int]:
    """The total of each unit of a party from ``since`` to before ``until``."""
    query = (
        select(meter_record.c.unit, func.sum(meter_record.c.quantity))
        .where(meter_record.c.owner_party == party, owned(scope, meter_record))
        .where(meter_record.c.at >= since, meter_record.c.at < until)
        .group_by(meter_record.c.unit)
        .order_by(meter_record.c.unit)
    )
    return {unit: int(total) for unit, total in tx.execute(query)}


def rows_of_event(tx: Tx, scope: Scope, event_id: str) -> list[RowMapping]:
    """What an event metered."""
    query = select(meter_record).where(meter_record.c.event_id == event_id, owned(scope, meter_record))
    return list(tx.execute(query.order_by(meter_record.c.ordinal)).mappings())
