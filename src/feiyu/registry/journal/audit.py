"""Whether journal, chains and log tell one story; for tests, ``feiyu doctor`` and after a restore.

Rules this module keeps:
 * it changes nothing and trusts nothing: commitments, chains and every entry of the log are computed again;
 * a finding is a value: all of them are listed.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import RowMapping

from feiyu.base.errors import FeiyuError
from feiyu.evidence.entry import Entry, commitment
from feiyu.evidence.log import Log
from feiyu.registry.journal.cipher import BodyCipher
from feiyu.registry.journal.store import events
from feiyu.store import Database, Scope

_SCOPE = Scope.all("audit of the journal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What was looked at and what is wrong. ``logged`` counts the entries that the log holds."""

    events: int
    logged: int
    findings: tuple[str, ...]


def audit(db: Database, log: Log, keys: BodyCipher) -> Audit:
    """Compare every event with its chain, its commitment and its place in the log."""
    findings: list[str] = []
    count = 0
    size = log.head.size
    ends: dict[str, tuple[int, bytes]] = {}
    erased: list[str] = []
    with db.read(scope=_SCOPE) as tx:
        for row in events.rows_by_chain(tx):
            count += 1
            findings += _judge(row, keys, ends)
            if not row["body"]:
                erased.append(row["event_id"])
        findings += [
            f"{ident}: body and salt are gone, and no event tells of an erasure"
            for ident in erased if events.erasure_of(tx, ident) is None
        ]  # fmt: skip
        findings += [
            f"source {source} ends at {ends.get(source)}, its row says {end}"
            for source, *end_of in events.chain_ends(tx)
            if ends.get(source) != (end := (end_of[0], end_of[1]))
        ]
        places = 0
        for index, entry in enumerate(events.all_entries(tx)):
            places += 1
            if index < size and log.entry(index) != entry:
                findings.append(f"entry {index} of the log is not the journal's")
        if events.next_index(tx) != places:
            findings.append(f"{places} events have places up to {events.next_index(tx)}")
    if size > places:
        findings.append(f"the log has {size} entries, the journal {places}")
    return Audit(events=count, logged=size, findings=tuple(findings))


def _judge(row: RowMapping, keys: BodyCipher, ends: dict[str, tuple[int, bytes]]) -> Iterator[str]:
    ident, data = row["event_id"], row["entry"]
    try:
        entry = Entry.parse(data)
        opens = _opens(row, entry, keys)
    except FeiyuError as bad:
        yield f"{ident}: {bad}"
        return
    if not opens:
        yield f"{ident}: salt and body do not give the entry's commitment"
    seq, previous = ends.get(entry.source, (0, bytes(32)))
    if (entry.source, entry.seq) != (row["source"], row["seq"]):
        yield f"{ident}: the entry is of {entry.source} {entry.seq}, the row of {row['source']} {row['seq']}"
    if entry.seq != seq or entry.previous != previous:
        yield f"{ident}: {entry.source} {entry.seq} does not follow {seq - 1}"
    ends[entry.source] = (entry.seq + 1, hashlib.sha256(data).digest())


def _opens(row: RowMapping, entry: Entry, keys: BodyCipher) -> bool:
    """Whether salt and body give the commitment; where both were erased there is nothing to compare."""
    if not row["body"]:
        return not row["salt"]
    opened = keys.open_event(row["body"], row["salt"], key_id=row["key_id"], event_id=row["event_id"])
    return entry.commitment == commitment(*opened)
