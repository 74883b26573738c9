"""Whether journal, chains and log tell one story; for tests, ``feiyu doctor`` and after a restore.

Rules this module keeps:
 * it changes nothing and trusts nothing: commitments, chains and every entry of the log are computed again;
 * a finding is a value: all of them are listed.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from feiyu.base.errors import FeiyuError
from feiyu.evidence.entry import Entry, commitments
from feiyu.evidence.log import Log
from feiyu.registry.journal.block import Part, parts
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
            count += row["events"]
            try:
                found = parts(row, keys)
            except FeiyuError as bad:
                findings.append(f"{row['event_id']}: {bad}")
                continue
            for part in found:
                findings += _judge(row["source"], part, ends)
            erased += [part.event_id for part in found if not part.salted]
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


def _judge(source: str, part: Part, ends: dict[str, tuple[int, bytes]]) -> Iterator[str]:
    ident, data, salted = part.event_id, part.entry, part.salted
    try:
        entry = Entry.parse(data)
        opens = not salted or commitments([salted]) == [entry.commitment]
    except FeiyuError as bad:
        yield f"{ident}: {bad}"
        return
    if not opens:
        yield f"{ident}: salt and body do not give the entry's commitment"
    seq, previous = ends.get(entry.source, (0, bytes(32)))
    if (entry.source, entry.seq) != (source, part.seq):
        yield f"{ident}: the entry is of {entry.source} {entry.seq}, the row of {source} {part.seq}"
    if entry.seq != seq or entry.previous != previous:
        yield f"{ident}: {entry.source} {entry.seq} does not follow {seq - 1}"
    ends[entry.source] = (entry.seq + 1, hashlib.sha256(data).digest())
