"""What one row of the journal holds: an event, or up to ``MOST`` that were recorded together.

A row costs its share of seven indexes, however little is in it; events that differ in their data only share one.

Rules this module keeps:
 * ``event_id`` is the row's first event's, and the others' count on from it; ``seq`` and ``log_index`` are the last one's, so
   that the largest in the index is the largest there is;
 * bodies and entries are packed: the lengths first, then one behind the other; what is alone in its row stands bare;
 * a body of no length was erased.
"""

from typing import NamedTuple

from sqlalchemy import RowMapping

from feiyu.base.ids import run_of
from feiyu.evidence.entry import packed, unpacked
from feiyu.registry.journal.cipher import BodyCipher

MOST = 64
_ORDINALS = 1024


class Part(NamedTuple):
    """One event of a row: what it does not share with its neighbours. ``salted`` is the salt and behind it the body."""

    event_id: str
    seq: int
    log_index: int | None
    ordinal: int
    entry: bytes
    salted: bytes


def parts(row: RowMapping, keys: BodyCipher) -> list[Part]:
    """The events of a row, in their order; raises ``BodyUnreadable`` where the row does not open."""
    count, place = row["events"], row["log_index"]
    bodies = unpack(open_row(row, keys), count)
    entries = unpack(row["entry"], count)
    idents = [row["event_id"]] if count == 1 else run_of(row["event_id"], count)
    return [
        Part(
            idents[n], row["seq"] - count + 1 + n, None if place is None else place - count + 1 + n,
            row["ordinal"] * _ORDINALS + n, entries[n], bodies[n],
        )
        for n in range(count)
    ]  # fmt: skip


def without(row: RowMapping, keys: BodyCipher, event_id: str) -> bytes:
    """What is left of a row's bodies when one of its events is erased; nothing of what stood alone."""
    if row["events"] == 1:
        return b""
    kept = [b"" if part.event_id == event_id else part.salted for part in parts(row, keys)]
    return keys.seal(packed(kept), event_id=row["event_id"], part=whole(row["events"]), key_id=row["key_id"])


def open_row(row: RowMapping, keys: BodyCipher) -> bytes:
    """The packed bodies of a row; nothing where all there is was erased."""
    named = {"key_id": row["key_id"], "event_id": row["event_id"]}
    if row["salt"]:
        return b"".join(keys.open(row[part], **named, part=part) for part in ("salt", "body"))
    return keys.open(row["body"], **named, part=whole(row["events"])) if row["body"] else b""


def whole(count: int) -> str:
    """What the ciphertext of a row with so many events is bound to."""
    return "salt and body" if count == 1 else f"salt and body of {count}"


def row_of(ordinal: int) -> int:
    """The ordinal of the row in which the event with this ordinal is."""
    return ordinal // _ORDINALS


def bare(packed: bytes, count: int) -> bytes:
    """As it lies in a row: what is alone there needs no length."""
    return packed[4:] if count == 1 else packed


def unpack(bare: bytes, count: int) -> list[bytes]:
    """What lies in a row, one by one; raises ``BadEntry`` where it is not so many."""
    return [bare] if count == 1 else unpacked(bare, count)
