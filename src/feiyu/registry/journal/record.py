"""Write an event beside the change it tells of.

``record`` is called inside the transaction of the change. If the transaction commits, both stand; if not,
neither.

Rules this module keeps:
 * each source numbers its events without a gap and names the hash of the one before: a missing or reordered
   event shows in the public log alone;
 * the public entry holds a pseudonym, a number, an hour and a salted commitment, and nothing else; type,
   parties, ids and figures are in the body, which is encrypted at rest and disclosed by its owner with the
   receipt;
 * what an event may hold is declared by its type.

Source: DESIGN.md, what must always hold, 3 and 4.
"""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from struct import Struct
from typing import Any

from feiyu.base.ids import RANDOM_BYTES, PartyId, new_id
from feiyu.evidence.entry import FIRST_PREVIOUS, SALT_BYTES, Entry, commitment, event_body, hour_of
from feiyu.evidence.receipt import PartySignature
from feiyu.registry.journal.cipher import NONCE_BYTES, BodyCipher
from feiyu.registry.journal.errors import BadEvent
from feiyu.registry.journal.model import EventId, EventRef, event_type
from feiyu.registry.journal.store import events
from feiyu.store import Tx, announce

TOPIC = "journal"
Signing = Callable[[bytes], PartySignature]
"""Signs a finished body, as ``feiyu.evidence.receipt.sign_body`` does."""
_IDS = re.compile(r"[a-z]{3}_")
_PARTS = Struct(f"{RANDOM_BYTES}s{SALT_BYTES}s{NONCE_BYTES}s{NONCE_BYTES}s")
_DRAWN = _PARTS.size
"""What one event draws from the operating system: for its id, its salt, and the nonces of body and salt."""


def record(
    tx: Tx,
    *,
    keys: BodyCipher,
    source: str,
    type: str,  # noqa: A002 - the word of the event's own field
    at: datetime,
    owner: PartyId,
    refs: Mapping[str, str],
    data: Mapping[str, object],
    signatures: Sequence[PartySignature | Mapping[str, object]] = (),
    sign: Sequence[Signing] = (),
) -> EventRef:
    """Record one event of ``source`` (a pseudonym) about ``owner``; refused when its type does not allow it.

    ``at`` is when it is recorded: a source's hours never go back. ``signatures`` were made beforehand over
    statements; ``sign`` makes signatures over the body.
    """
    if _IDS.match(source):
        raise BadEvent(type=type, reason="the source is an id, not a pseudonym")
    end = events.end_of_chain(tx, source)
    seq, previous = end or (0, FIRST_PREVIOUS)
    row = _row(
        keys=keys, source=source, type=type, at=at, owner=owner, refs=refs, data=data,
        seq=seq, previous=previous, drawn=os.urandom(_DRAWN),
    )  # fmt: skip
    row["signatures"] = [_as_dict(each) for each in (*signatures, *(make(row["plain"]) for make in sign))]
    del row["plain"]
    events.add_event(tx, row, list(refs.items()))
    events.move_chain(tx, source, next_seq=seq + 1, last_hash=sha256(row["entry"]).digest(), new=end is None)
    announce(tx, TOPIC)
    return EventRef(event_id=row["event_id"], source=source, seq=seq)


def record_many(
    tx: Tx,
    *,
    keys: BodyCipher,
    source: str,
    type: str,  # noqa: A002 - the word of the event's own field
    at: datetime,
    owner: PartyId,
    refs: Mapping[str, str],
    data: Sequence[Mapping[str, object]],
) -> list[EventRef]:
    """Record several events of one source and one type, as ``record`` would one after another, in a third of the time."""
    end = events.end_of_chain(tx, source)
    seq, previous = end or (0, FIRST_PREVIOUS)
    rows: list[dict[str, Any]] = []
    # At once, because each single call gives the interpreter lock away, and may wait for it longer than the event takes.
    drawn = os.urandom(_DRAWN * len(data))
    for number, said in enumerate(data):
        row = _row(
            keys=keys, source=source, type=type, at=at, owner=owner, refs=refs, data=said,
            seq=seq + number, previous=previous, drawn=drawn[number * _DRAWN : (number + 1) * _DRAWN],
        )  # fmt: skip
        del row["plain"]
        rows.append(row)
        previous = sha256(row["entry"]).digest()
    events.add_events(tx, rows, list(refs.items()))
    events.move_chain(tx, source, next_seq=seq + len(rows), last_hash=previous, new=end is None)
    announce(tx, TOPIC)
    return [EventRef(event_id=row["event_id"], source=source, seq=row["seq"]) for row in rows]


def _row(
    *, keys: BodyCipher, source: str, type: str, at: datetime, owner: PartyId,  # noqa: A002
    refs: Mapping[str, str], data: Mapping[str, object], seq: int, previous: bytes,
    drawn: bytes,
) -> dict[str, Any]:  # fmt: skip
    """The row of an event, with its body in plain beside it for whoever signs it."""
    event_type(type).check(refs, data)
    body = event_body(type=type, at=at, party=owner, refs=refs, data=data)
    chance, salt, body_nonce, salt_nonce = _PARTS.unpack(drawn)
    entry = Entry(
        source=source, seq=seq, previous=previous, hour=hour_of(at), commitment=commitment(salt, body)
    ).encode()
    event_id = EventId(new_id("event", at, drawn=chance))
    return {
        "event_id": event_id,
        "owner_party": owner,
        "source": source,
        "seq": seq,
        "type": type,
        "at": at,
        "key_id": keys.current,
        "body": keys.seal(body, nonce=body_nonce, event_id=event_id, part="body"),
        "salt": keys.seal(salt, nonce=salt_nonce, event_id=event_id, part="salt"),
        "signatures": [],
        "entry": entry,
        "plain": body,
    }


def _as_dict(signature: PartySignature | Mapping[str, object]) -> dict[str, object]:
    return signature.as_dict() if isinstance(signature, PartySignature) else dict(signature)
