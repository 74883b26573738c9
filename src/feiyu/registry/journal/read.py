"""Read events back, decrypted, inside the transaction's scope; and make receipts of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import RowMapping

from feiyu.base import canonical
from feiyu.base.text import Text
from feiyu.evidence.entry import SALT_BYTES
from feiyu.evidence.errors import NotYetProven
from feiyu.evidence.log import Log
from feiyu.evidence.proof import Proof
from feiyu.evidence.receipt import build_erased, build_receipt, with_stamps, with_twin
from feiyu.registry.journal.block import Part, parts, row_of
from feiyu.registry.journal.cipher import BodyCipher
from feiyu.registry.journal.errors import JournalBroken
from feiyu.registry.journal.model import Event
from feiyu.registry.journal.store import events, stamps
from feiyu.store import Tx, scope_of

PAGE = 200


def event_of(tx: Tx, keys: BodyCipher, event_id: str) -> Event | None:
    """One event."""
    row = events.event_row(tx, scope_of(tx), event_id)
    if row is None:
        return None
    return next(_event(row, part) for part in parts(row, keys) if part.event_id == event_id)


def events_about(
    tx: Tx, keys: BodyCipher, kind: str, ident: str, *, types: Sequence[str] = (), limit: int = PAGE
) -> tuple[Event, ...]:
    """The events (of some types) that refer to a thing (``kind`` ``transfer``, ``grant`` …), oldest first."""
    rows = events.rows_about(tx, scope_of(tx), kind, ident, types=types, limit=limit)
    return tuple(islice(_events(rows, keys), limit))


def newest_events(
    tx: Tx, keys: BodyCipher, *, before: int | None = None, kind: str | None = None, limit: int = PAGE
) -> tuple[Event, ...]:
    """A page of events of the type ``kind``, newest first; ``before`` is the last ordinal of the page before."""
    upto = None if before is None else row_of(before)
    rows = events.rows_before(tx, scope_of(tx), upto=upto, type_=kind, limit=limit + 1)
    told = ((row, part) for row in rows for part in reversed(parts(row, keys)))
    older = (_event(row, part) for row, part in told if before is None or part.ordinal < before)
    return tuple(islice(older, limit))


def events_of_types(
    tx: Tx, keys: BodyCipher, types: Sequence[str], *, since: datetime, before: datetime, limit: int
) -> tuple[Event, ...]:
    """Events of some types in a time, oldest first; erased ones are left out. For the port's own work: no scope is asked."""
    rows = events.rows_of_types(tx, types, since=since, before=before, limit=limit)
    return tuple(islice((event for event in _events(rows, keys) if event.body), limit))


def every_event(tx: Tx, keys: BodyCipher) -> Iterator[Event]:
    """All events in the order of the log, a few at a time; for those who may read every body."""
    yield from _events(events.rows_in_order(tx), keys)


def receipt_of(
    tx: Tx,
    keys: BodyCipher,
    log: Log,
    event_id: str,
    *,
    manifest: bytes | None = None,
    manifest_signature: bytes | None = None,
    twin: Log | None = None,
) -> bytes | None:
    """The receipt of an event; None as long as no published checkpoint covers it, or when there is no such event.

    With the log's SM3 twin it carries the twin's proof too, once the twin has followed so far.
    """
    event = event_of(tx, keys, event_id)
    if event is None or event.log_index is None:
        return None
    proof, tokens = _stamped(tx, log, event.log_index) or (_proof(log, event.log_index), [])
    if proof is None:
        return None
    if event.erased:
        erasure = events.erasure_of(tx, event_id)
        told = receipt_of(tx, keys, log, erasure, twin=twin) if erasure else None
        if told is None:
            return None
        made = build_erased(entry=event.entry, proof=proof, erasure=told)
    else:
        made = build_receipt(
            entry=event.entry, salt=event.salt, body=event.body, proof=proof, signatures=event.signatures,
            manifest=manifest, manifest_signature=manifest_signature,
        )  # fmt: skip
    also = _proof(twin, event.log_index) if twin else None
    return with_stamps(with_twin(made, also) if also else made, tokens)


def _stamped(tx: Tx, log: Log, index: int) -> tuple[Proof, list[bytes]] | None:
    """The proof of an entry under the earliest checkpoint that an authority stamped, and the token; None without one."""
    row = stamps.stamp_covering(tx, log.origin, index)
    return (log.prove_under(row["note"], index), [row["token"]]) if row else None


def _proof(log: Log, index: int) -> Proof | None:
    """The proof of an entry; where our own checkpoint does not reach, another process may have published since."""
    try:
        return log.prove(index)
    except NotYetProven:
        log.refresh()
    try:
        return log.prove(index)
    except NotYetProven:
        return None


def _events(rows: Iterable[RowMapping], keys: BodyCipher) -> Iterator[Event]:
    return (_event(row, part) for row in rows for part in parts(row, keys))


def _event(row: RowMapping, part: Part) -> Event:
    salted = part.salted
    values: dict[str, Any] = {name: row[name] for name in ("owner_party", "source", "type", "at")}
    values |= {name: getattr(part, name) for name in ("event_id", "seq", "entry", "log_index", "ordinal")}
    if not salted:
        return Event(**values, refs={}, data={}, signatures=(), body=b"", salt=b"")
    salt, body = salted[:SALT_BYTES], salted[SALT_BYTES:]
    said = canonical.loads_object(body)
    refs, data = said["refs"], said["data"]
    if not (isinstance(refs, dict) and isinstance(data, dict)):
        ident = part.event_id
        raise JournalBroken(
            reason=Text(f"事件 {ident} 的正文格式已被破坏", f"the body of event {ident} has lost its form")
        )
    return Event(**values, refs=refs, data=data, signatures=tuple(row["signatures"]), body=body, salt=salt)
