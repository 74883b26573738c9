"""One event for many: a party logs the root of a tree over its own events and keeps the events.

Rules this module keeps:
 * the port never sees the events; it logs their number and their root, hashed as RFC 6962 says;
 * whoever holds the events proves one of them with the batch's receipt and an audit path (``feiyu.evidence.batch``).
"""

from feiyu.base.errors import BadInput
from feiyu.registry import journal
from feiyu.registry.access import Caller
from feiyu.registry.house import House
from feiyu.store import Tx

RECORDED = "batch.recorded"
MAX_EVENTS = 1 << 40


def record_batch(
    house: House, tx: Tx, caller: Caller, *, kind: str, root: bytes, count: int, source: str
) -> journal.EventRef:
    """Log the root of ``count`` events of a ``kind`` that the caller's party keeps."""
    if len(root) != 32 or not 0 < count <= MAX_EVENTS:
        raise BadInput(reason="a batch has a root of 32 bytes over at least one event")
    return journal.record(
        tx, keys=house.cipher, source=source, type=RECORDED, at=house.clock.now(), owner=caller.party_id,
        refs={"party": caller.party_id}, data={"kind": kind, "root": root.hex(), "count": count},
    )  # fmt: skip
