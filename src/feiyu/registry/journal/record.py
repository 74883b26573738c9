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

import base64
import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from feiyu.base import canonical
from feiyu.base.clock import to_text
from feiyu.base.ids import PartyId, new_id
from feiyu.registry.journal.cipher import BodyCipher
from feiyu.registry.journal.errors import BadEvent
from feiyu.registry.journal.model import EventId, EventRef, event_type
from feiyu.registry.journal.store import events
from feiyu.store import Tx, announce

COMMITMENT = b"feiyu/event/v1\n"
SALT_BYTES = 32
NO_PREVIOUS = bytes(32)
TOPIC = "journal"
_PSEUDONYM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{7,63}")
_NOT_PSEUDONYMS = ("pty_", "prn_")


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
    signatures: Sequence[object] = (),
) -> EventRef:
    """Record one event of ``source`` (a pseudonym) about ``owner``; refused when its type does not allow it."""
    event_type(type).check(refs, data)
    if not _PSEUDONYM.fullmatch(source) or source.startswith(_NOT_PSEUDONYMS):
        raise BadEvent(type=type, reason="the source is not a pseudonym")
    end = events.end_of_chain(tx, source)
    seq, previous = end or (0, NO_PREVIOUS)
    body = body_bytes(kind=type, at=at, party=owner, refs=refs, data=data)
    salt = secrets.token_bytes(SALT_BYTES)
    entry = entry_bytes(source=source, seq=seq, previous=previous, at=at, commitment=commitment(salt, body))
    event_id = EventId(new_id("event", at))
    row = {
        "event_id": event_id,
        "owner_party": owner,
        "source": source,
        "seq": seq,
        "type": type,
        "at": at,
        "key_id": keys.current,
        "body": keys.seal(body, event_id=event_id, part="body"),
        "salt": keys.seal(salt, event_id=event_id, part="salt"),
        "signatures": list(signatures),
        "entry": entry,
    }
    events.add_event(tx, row, list(refs.items()))
    digest = hashlib.sha256(entry).digest()
    events.move_chain(tx, source, next_seq=seq + 1, last_hash=digest, new=end is None)
    announce(tx, TOPIC)
    return EventRef(event_id=event_id, source=source, seq=seq)


def body_bytes(
    *, kind: str, at: datetime, party: PartyId, refs: Mapping[str, str], data: Mapping[str, object]
) -> bytes:
    """The canonical body: what the event says, disclosed with its receipt."""
    return canonical.dumps(
        {"v": 1, "type": kind, "at": to_text(at), "party": party, "refs": dict(refs), "data": dict(data)}
    )


def commitment(salt: bytes, body: bytes) -> bytes:
    """The hash that binds the public entry to the body without telling anything of it."""
    return hashlib.sha256(COMMITMENT + salt + body).digest()


def entry_bytes(*, source: str, seq: int, previous: bytes, at: datetime, commitment: bytes) -> bytes:
    """The canonical public entry, the leaf of the log."""
    return canonical.dumps(
        {
            "v": 1,
            "src": source,
            "seq": seq,
            "prev": base64.b64encode(previous).decode(),
            "hour": f"{at.astimezone(UTC):%Y-%m-%dT%H}Z",
            "c": base64.b64encode(commitment).decode(),
        }
    )
