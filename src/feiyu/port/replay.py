"""Compute the port's state again from what its events say, and compare: for those who may read bodies.

The log alone proves that no event was altered; this shows that the tables say nothing that the events do not.

Rules this module keeps:
 * it changes nothing and trusts neither side: a difference is a finding that names the thing;
 * an event whose body was erased is counted by its type alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from feiyu.port import store
from feiyu.registry.journal import Event
from feiyu.registry.journal.store import meters
from feiyu.store import Scope, Tx

SCOPE = Scope.all("state computed again from events")
EVERY = 10_000_000
_TRANSFER = {
    "transfer.opened": "open", "transfer.held": "held", "transfer.resumed": "open", "transfer.cut": "cut",
    "transfer.sealed": "sealed", "transfer.released": "released", "transfer.received": "received",
}  # fmt: skip


@dataclass(slots=True)
class _State:
    """What events have said so far. Memory: a word a transfer, an id a revoked grant."""

    transfers: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)
    sealed: dict[str, Event] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)

    def take(self, event: Event) -> None:
        """Go on by one event."""
        if event.type == "event.erased":
            self.erased.add(event.refs.get("event", ""))
        if event.erased:
            return
        transfer = event.refs.get("transfer", "")
        if event.type in _TRANSFER:
            self.transfers[transfer] = _TRANSFER[event.type]
        if event.type == "transfer.sealed":
            size = event.data.get("counted_bytes", event.data.get("bytes"))
            self.sizes[transfer] = size if isinstance(size, int) else -1
            self.sealed[event.event_id] = event
        if event.type == "grant.revoked":
            self.revoked.add(event.refs.get("grant", ""))


def replay(tx: Tx, events: Iterable[Event]) -> tuple[str, ...]:
    """Everything in which tables and events differ."""
    state = _State()
    holes = 0
    for event in events:
        state.take(event)
        holes += event.erased
    return tuple(_differences(tx, state, whole=holes == 0))


def _differences(tx: Tx, state: _State, *, whole: bool) -> Iterator[str]:
    rows = {one.id: one for one in store.transfers(tx, SCOPE, limit=EVERY)}
    for ident, row in rows.items():
        said = state.transfers.pop(ident, None)
        if said is None and whole:
            yield f"transfer {ident}: no event speaks of it"
        elif said is not None and said != row.state.value:
            yield f"transfer {ident}: it is {row.state.value}, its events say {said}"
        if ident in state.sizes and state.sizes[ident] != row.size_bytes:
            yield f"transfer {ident}: {row.size_bytes} bytes, its sealing says {state.sizes[ident]}"
    yield from (f"transfer {ident}: events speak of it, the table does not" for ident in state.transfers)
    for grant in store.grants(tx, SCOPE):
        if (grant.revoked_at is not None) != (grant.grant.id in state.revoked) and (
            whole or grant.revoked_at is None
        ):
            yield f"grant {grant.grant.id}: revocation in the table and in the events differ"
    for event_id, event in state.sealed.items():
        yield from _metered(tx, event_id, event)


def _metered(tx: Tx, ident: str, event: Event) -> Iterator[str]:
    """What was metered for a sealing is what the sealing says."""
    wanted = {"transfers": 1, "bytes": event.data["bytes"], "persons": event.data["persons"]}
    found = {row["unit"]: row["quantity"] for row in meters.rows_of_event(tx, SCOPE, ident)}
    if found != {unit: count for unit, count in wanted.items() if count}:
        yield f"event {ident}: metered {found}, the sealing says {wanted}"
