"""Erase what an event says: body, salt and signatures go, the entry in the log stays and opens to nothing.

Rules this module keeps:
 * the owner's protection officer erases, naming the ground; it is a logged event with the entry's commitment, so that
   a receipt can still prove that the entry existed and that its content was erased, when and by whom;
 * nothing is erased before a published checkpoint covers it, nor before its records need not be kept any longer;
 * erasures, alarms and counters themselves keep their bodies: they hold nothing personal and prove the rest.

Trust and durability: copies live on in backups and in receipts that parties hold. The keys of old backups have to be
destroyed for the erasure to reach them (docs, backup and restore).

Sources: cn/pipl-2021#47 (erasure), cn/pipl-2021#56 (records are kept three years at least).
"""

import hashlib
from datetime import timedelta

from feiyu.base import nouns
from feiyu.base.clock import to_text
from feiyu.base.errors import BadInput, NotFound
from feiyu.base.text import Text
from feiyu.evidence.entry import Entry
from feiyu.evidence.log import Log
from feiyu.registry import journal
from feiyu.registry.access import Caller
from feiyu.registry.evidence.errors import AlreadyErased, CannotErase
from feiyu.registry.house import House
from feiyu.registry.journal.block import without
from feiyu.registry.journal.store import events
from feiyu.registry.looks import store as looks
from feiyu.store import Tx, scope_of

KEPT = timedelta(days=3 * 366)
KEEP_FOR_GOOD = ("event.", "alarm.", "egress.", "log.", "edge.")
ERASED = "event.erased"


def erase(house: House, tx: Tx, caller: Caller, event_id: str, *, log: Log, ground: str) -> journal.EventRef:
    """Destroy body, salt and signatures of an event and log that."""
    event = journal.event_of(tx, house.cipher, event_id)
    if event is None:
        raise NotFound(what=nouns.EVENT, ident=event_id)
    house.access.demand(caller, "event.erase", event.owner_party)
    if event.erased:
        raise AlreadyErased(event=event_id)
    if not 4 <= len(ground.strip()) <= 500:
        raise BadInput(
            reason=Text("销毁须以 4 至 500 个字写明事由", "erasing names its ground in 4 to 500 characters")
        )
    now = house.clock.now()
    if event.type.startswith(KEEP_FOR_GOOD):
        raise CannotErase(event=event_id, reason=Text("该种事件的正文须保留", "its kind keeps its body"))
    if now < event.at + KEPT:
        raise CannotErase(
            event=event_id,
            reason=Text(
                f"须保留至 {to_text(event.at + KEPT)}", f"it is kept until {to_text(event.at + KEPT)}"
            ),
        )
    published = log.published
    if event.log_index is None or published is None or event.log_index >= published.checkpoint.size:
        raise CannotErase(
            event=event_id,
            reason=Text("尚无已公布的检查点覆盖该事件", "no published checkpoint covers it yet"),
        )
    entry = Entry.parse(event.entry)
    row = events.event_row(tx, scope_of(tx), event_id)
    assert row is not None
    events.empty(tx, row["event_id"], without(row, house.cipher, event_id))
    looks.forget(tx, event_id)
    return journal.record(
        tx, keys=house.cipher, source=event.source, type=ERASED, at=now, owner=event.owner_party,
        refs={"event": event_id},
        data={
            "entry_sha256": hashlib.sha256(event.entry).hexdigest(), "commitment": entry.commitment.hex(),
            "ground": ground.strip(), "by": caller.principal_id,
        },
    )  # fmt: skip
