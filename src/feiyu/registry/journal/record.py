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
from itertools import repeat

from feiyu.base.ids import PartyId, new_ids
from feiyu.base.text import Text
from feiyu.evidence.entry import FIRST_PREVIOUS, SALT_BYTES, chained, event_bodies, hour_of, packed
from feiyu.evidence.receipt import PartySignature
from feiyu.registry.journal.block import MOST, bare, whole
from feiyu.registry.journal.cipher import BodyCipher
from feiyu.registry.journal.errors import BadEvent
from feiyu.registry.journal.model import EventRef, event_type
from feiyu.registry.journal.store import events
from feiyu.store import Tx, announce

TOPIC = "journal"
Signing = Callable[[bytes], PartySignature]
"""Signs a finished body, as ``feiyu.evidence.receipt.sign_body`` does."""
_IDS = re.compile(r"[a-z]{3}_")


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
    return _record(
        tx, keys=keys, source=source, type=type, at=at, owner=owner, refs=refs, data=[data], signatures=signatures,
        sign=sign,
    )[0]  # fmt: skip


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
    """Record several events of one source and one type, as ``record`` would one after another, in a tenth of the time."""
    return (
        _record(tx, keys=keys, source=source, type=type, at=at, owner=owner, refs=refs, data=data)
        if data
        else []
    )


def _record(
    tx: Tx, *, keys: BodyCipher, source: str, type: str, at: datetime, owner: PartyId,  # noqa: A002
    refs: Mapping[str, str], data: Sequence[Mapping[str, object]],
    signatures: Sequence[PartySignature | Mapping[str, object]] = (), sign: Sequence[Signing] = (),
) -> list[EventRef]:  # fmt: skip
    """Bodies of all events at once; then row by row commitments, entries, ciphertext."""
    if _IDS.match(source):
        raise BadEvent(type=type, reason=Text("来源是编号，不是化名", "the source is an id, not a pseudonym"))
    kind = event_type(type)
    kind.check_refs(refs)
    for said in data:
        kind.check_data(said)
    bodies = event_bodies(data, type=type, at=at, party=owner, refs=refs)
    signed = [_as_dict(each) for each in (*signatures, *(make(body) for make in sign for body in bodies))]
    salts = os.urandom(SALT_BYTES * len(bodies))
    salted = [salts[n * SALT_BYTES : (n + 1) * SALT_BYTES] + body for n, body in enumerate(bodies)]
    end = events.end_of_chain(tx, source)
    first, last = end or (0, FIRST_PREVIOUS)
    seq, hour, rows = first, hour_of(at), []
    idents: list[str] = []
    for n in range(0, len(salted), MOST):
        together, count = packed(salted[n : n + MOST]), min(MOST, len(salted) - n)
        entries, last = chained(
            source=source, seq=seq, previous=last, hour=hour, salted=together, count=count
        )
        named = new_ids("event", at, count)
        sealed = keys.seal(bare(together, count), event_id=named[0], part=whole(count))
        seq += count
        rows.append((named[0], count, seq - 1, sealed, bare(entries, count)))
        idents += named
    events.add_events(
        tx, rows, list(refs.items()),
        same={
            "owner_party": owner, "source": source, "type": type, "at": at, "key_id": keys.current, "salt": b"",
            "signatures": signed,
        },
    )  # fmt: skip
    events.move_chain(tx, source, next_seq=seq, last_hash=last, new=end is None)
    announce(tx, TOPIC)
    return list(map(EventRef._make, zip(idents, repeat(source), range(first, seq), strict=False)))


def _as_dict(signature: PartySignature | Mapping[str, object]) -> dict[str, object]:
    return signature.as_dict() if isinstance(signature, PartySignature) else dict(signature)
