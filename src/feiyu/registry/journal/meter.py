"""What was used, counted once and for ever: the only source of bills.

Rules this module keeps:
 * a quantity is a positive integer of a named unit (``bytes``, ``persons``, ``transfers``), never a float;
 * a record names the event that proves it;
 * nothing is changed or removed, the database itself refuses it; a correction is a reversing record that
   names the first.
"""

from collections.abc import Mapping
from datetime import datetime

from feiyu.base import nouns
from feiyu.base.errors import NotFound
from feiyu.base.ids import PartyId, new_id
from feiyu.registry.journal.errors import NotPositive
from feiyu.registry.journal.model import EventId
from feiyu.registry.journal.store import meters
from feiyu.store import Tx, clock_of, scope_of


def record(tx: Tx, party: PartyId, unit: str, quantity: int, event_id: EventId) -> str:
    """Count ``quantity`` of ``unit`` for a party; gives the record's id."""
    if isinstance(quantity, bool) or quantity <= 0:
        raise NotPositive(unit=unit, quantity=quantity)
    return _add(tx, party, unit, quantity, event_id, reverses=None)


def reverse(tx: Tx, meter_id: str, event_id: EventId) -> str:
    """Take a record back by its opposite, proven by an event of its own; once only."""
    row = meters.meter_row(tx, scope_of(tx), meter_id)
    if row is None:
        raise NotFound(what=nouns.METER_RECORD, ident=meter_id)
    return _add(tx, row["owner_party"], row["unit"], -row["quantity"], event_id, reverses=meter_id)


def totals(tx: Tx, party: PartyId, *, since: datetime, until: datetime) -> Mapping[str, int]:
    """What a party used from ``since`` to before ``until``, by unit."""
    return meters.sums(tx, scope_of(tx), party, since=since, until=until)


def _add(tx: Tx, party: str, unit: str, quantity: int, event_id: str, *, reverses: str | None) -> str:
    now = clock_of(tx).now()
    meter_id = new_id("meter", now)
    row = {
        "meter_id": meter_id,
        "owner_party": party,
        "unit": unit,
        "quantity": quantity,
        "event_id": event_id,
    }
    meters.add_meter(tx, {**row, "reverses": reverses, "at": now})
    return meter_id
