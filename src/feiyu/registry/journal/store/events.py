"""Rows of events and of the ends of their chains."""

from collections.abc import Iterator, Sequence

from sqlalchemy import RowMapping, Select, bindparam, func, insert, select, update

from feiyu.registry.journal.tables import journal_event, journal_ref, journal_source
from feiyu.store import Scope, Tx, owned

# Built once: making these statements anew would cost as much as running them.
_PLACE = (
    update(journal_event)
    .where(journal_event.c.ordinal == bindparam("row"))
    .values(log_index=bindparam("place"))
)
_END = (
    select(journal_source.c.next_seq, journal_source.c.last_hash)
    .where(journal_source.c.source == bindparam("of"))
    .with_for_update()
)
_MOVE = update(journal_source).where(journal_source.c.source == bindparam("of"))
_BEGIN, _EVENT, _REF = insert(journal_source), insert(journal_event), insert(journal_ref)


def end_of_chain(tx: Tx, source: str) -> tuple[int, bytes] | None:
    """The next number of a source and the hash of its last entry, locked until the commit; None for a new source."""
    found = tx.execute(_END, {"of": source}).first()
    return (found.next_seq, found.last_hash) if found else None


def move_chain(tx: Tx, source: str, *, next_seq: int, last_hash: bytes, new: bool) -> None:
    """Set the end of a source's chain."""
    values = {"next_seq": next_seq, "last_hash": last_hash}
    if new:
        tx.execute(_BEGIN, {"source": source, **values})
    else:
        tx.execute(_MOVE, {"of": source, **values})


def add_event(tx: Tx, row: dict[str, object], refs: Sequence[tuple[str, str]]) -> None:
    """Insert an event and what it refers to."""
    tx.execute(_EVENT, row)
    if refs:
        base = {"event_id": row["event_id"], "owner_party": row["owner_party"]}
        tx.execute(_REF, [{**base, "kind": kind, "value": value} for kind, value in refs])


def event_row(tx: Tx, scope: Scope, event_id: str) -> RowMapping | None:
    """One event."""
    query = select(journal_event).where(journal_event.c.event_id == event_id, owned(scope, journal_event))
    return tx.execute(query).mappings().first()


def rows_about(tx: Tx, scope: Scope, kind: str, value: str, *, limit: int) -> list[RowMapping]:
    """The events that refer to a thing, oldest first."""
    about = select(journal_ref.c.event_id).where(journal_ref.c.kind == kind, journal_ref.c.value == value)
    query = select(journal_event).where(journal_event.c.event_id.in_(about), owned(scope, journal_event))
    return list(tx.execute(query.order_by(journal_event.c.ordinal).limit(limit)).mappings())


def rows_before(
    tx: Tx, scope: Scope, *, before: int | None, type_: str | None, limit: int
) -> list[RowMapping]:
    """A page of events, newest first, older than the ordinal ``before``."""
    query = select(journal_event).where(owned(scope, journal_event))
    if before is not None:
        query = query.where(journal_event.c.ordinal < before)
    if type_ is not None:
        query = query.where(journal_event.c.type == type_)
    return list(tx.execute(query.order_by(journal_event.c.ordinal.desc()).limit(limit)).mappings())


def number_waiting(tx: Tx, limit: int) -> int:
    """Give the oldest events without a place in the log the next places; how many got one.

    Within a source the ordinals follow the chain, because the chain's row is locked from the number to the
    commit.
    """
    waiting = (
        select(journal_event.c.ordinal)
        .where(journal_event.c.log_index.is_(None))
        .order_by(journal_event.c.ordinal)
        .limit(limit)
    )
    ordinals = list(tx.execute(waiting).scalars())
    first = next_index(tx)
    if ordinals:
        values = [{"row": each, "place": first + n} for n, each in enumerate(ordinals)]
        tx.execute(_PLACE, values)
    return len(ordinals)


def place_of(tx: Tx, event_id: str) -> int | None:
    """The place of an event in the log, if it has one."""
    return tx.execute(select(journal_event.c.log_index).where(journal_event.c.event_id == event_id)).scalar()


def next_index(tx: Tx) -> int:
    """The first place in the log that no event has."""
    last = tx.execute(select(func.max(journal_event.c.log_index))).scalar()
    return 0 if last is None else last + 1


def has_waiting(tx: Tx) -> bool:
    """Whether an event has no place in the log yet."""
    return (
        tx.execute(
            select(journal_event.c.ordinal).where(journal_event.c.log_index.is_(None)).limit(1)
        ).first()
        is not None
    )


def count_waiting(tx: Tx) -> int:
    """How many events have no place in the log yet."""
    waiting = select(func.count()).select_from(journal_event).where(journal_event.c.log_index.is_(None))
    return tx.execute(waiting).scalar_one()


def placed_entries(tx: Tx, first: int, limit: int) -> list[bytes]:
    """The entries at the places from ``first`` on."""
    return list(tx.execute(_placed(first).limit(limit)).scalars())


def all_entries(tx: Tx) -> Iterator[bytes]:
    """All placed entries in the order of the log, a few at a time; to check the log against the journal."""
    yield from tx.execution_options(yield_per=1000).execute(_placed(0)).scalars()


def rows_by_chain(tx: Tx) -> Iterator[RowMapping]:
    """All events, source by source in the order of their chains, a few at a time."""
    query = select(journal_event).order_by(journal_event.c.source, journal_event.c.seq)
    yield from tx.execution_options(yield_per=1000).execute(query).mappings()


def chain_ends(tx: Tx) -> list[tuple[str, int, bytes]]:
    """The stored end of each source's chain."""
    query = select(journal_source.c.source, journal_source.c.next_seq, journal_source.c.last_hash)
    return [(row.source, row.next_seq, row.last_hash) for row in tx.execute(query)]


def _placed(first: int) -> Select[bytes]:
    return (
        select(journal_event.c.entry)
        .where(journal_event.c.log_index >= first)
        .order_by(journal_event.c.log_index)
    )
