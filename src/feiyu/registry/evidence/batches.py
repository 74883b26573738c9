"""One event for many: a party logs the root of a tree over its own events and keeps the events.

Rules this module keeps:
 * the port never sees the events; it logs their number and their root, hashed as RFC 6962 says;
 * whoever holds the events proves one of them with the batch's receipt and an audit path (``feiyu.evidence.batch``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from feiyu.base.errors import BadInput
from feiyu.base.text import Text
from feiyu.registry import journal
from feiyu.registry.access import Caller
from feiyu.registry.house import House
from feiyu.store import Tx

RECORDED = "batch.recorded"
MAX_EVENTS = 1 << 40


@dataclass(frozen=True, slots=True)
class Root:
    """What a batch says of itself."""

    kind: str
    root: bytes
    count: int

    @property
    def data(self) -> dict[str, object]:
        """The event's data."""
        if len(self.root) != 32 or not 0 < self.count <= MAX_EVENTS:
            raise BadInput(
                reason=Text(
                    "批次须有 32 字节的根哈希，且至少含一个事件",
                    "a batch has a root of 32 bytes over at least one event",
                )
            )
        return {"kind": self.kind, "root": self.root.hex(), "count": self.count}


def record_batches(
    house: House, tx: Tx, caller: Caller, roots: Sequence[Root], *, source: str
) -> list[journal.EventRef]:
    """Log the roots over events that the caller's party keeps, in their order."""
    return journal.record_many(
        tx, keys=house.cipher, source=source, type=RECORDED, at=house.clock.now(), owner=caller.party_id,
        refs={"party": caller.party_id}, data=[root.data for root in roots],
    )  # fmt: skip
