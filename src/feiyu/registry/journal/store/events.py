"""Rows of events and of the ends of their chains."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import accumulate, islice

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    RowMapping,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from feiyu.base.ids import place_in_run
from feiyu.base.text import Text
from feiyu.registry.journal.block import MOST, unpack
from feiyu.registry.journal.errors import JournalBroken
from feiyu.registry.journal.tables import journal_event, journal_ref, journal_source
from feiyu.store import Scope, Tx, fetch_prepared, insert_rows, owned, run_prepared

# Built once: making these statements anew would cost as much as running them.
_WAITING = (
    select(
        journal_event.c.ordinal,
        (func.sum(journal_event.c.events).over(order_by=journal_event.c.ordinal) - 1).label("nth"),
    )
    .where(journal_event.c.log_index.is_(None))
    .order_by(journal_event.c.ordinal)
    .limit(bindparam("most"))
    .subquery()
)
_NUMBER = (
    update(journal_event)
    .where(journal_event.c.ordinal == _WAITING.c.ordinal)
    .values(log_index=_WAITING.c.nth + bindparam("first", type_=BigInteger))
)
_END = (
    select(journal_source.c.next_seq, journal_source.c.last_hash)
    .where(journal_source.c.source == bindparam("of"))
    .with_for_update()
)
_MOVE = (
    update(journal_source)
    .where(journal_source.c.source == bindparam("of"))
    .values(next_seq=bindparam("seq"), last_hash=bindparam("hash"))
)
_BEGIN = insert(journal_source).values(
    source=bindparam("of"), next_seq=bindparam("seq"), last_hash=bindparam("hash")
)
_LAST = select(func.max(journal_event.c.log_index))
_HAS_WAITING = select(exists().where(journal_event.c.log_index.is_(None)))
_LAST_AND_WAITING = select(_LAST.scalar_subquery(), _HAS_WAITING.scalar_subquery())
_ALL = 1 << 62
_PLACED = (
    select(journal_event.c.entry, journal_event.c.events, journal_event.c.log_index)
    .where(journal_event.c.log_index >= bindparam("first"), journal_event.c.log_index < bindparam("behind"))
    .order_by(journal_event.c.log_index)
)


def end_of_chain(tx: Tx, source: str) -> tuple[int, bytes] | None:
    """The next number of a source and the hash of its last entry, locked until the commit; None for a new source."""
    for next_seq, last_hash in fetch_prepared(tx, _END, of=source):
        return next_seq, last_hash
    return None


def move_chain(tx: Tx, source: str, *, next_seq: int, last_hash: bytes, new: bool) -> None:
    """Set the end of a source's chain."""
    run_prepared(tx, _BEGIN if new else _MOVE, of=source, seq=next_seq, hash=last_hash)


def add_events(
    tx: Tx,
    rows: Sequence[tuple[str, int, int, bytes, bytes]],
    refs: Sequence[tuple[str, str]],
    *,
    same: Mapping[str, object],
) -> None:
    """Insert rows of events (id, how many, last number, bodies, entries) that share the rest and refer to the same things."""
    names, place = ("event_id", "events", "seq", "body", "entry"), _place_now(tx)
    if place is None:
        insert_rows(tx, journal_event, names, rows, same=same)
    else:
        lasts = accumulate((row[1] for row in rows), initial=place - 1)
        placed = [(*row, last) for row, last in zip(rows, islice(lasts, 1, None), strict=True)]
        insert_rows(tx, journal_event, (*names, "log_index"), placed, same=same)
    for kind, value in refs:
        shared = {"owner_party": same["owner_party"], "kind": kind, "value": value}
        insert_rows(tx, journal_ref, ("event_id",), [(row[0],) for row in rows], same=shared)


def _place_now(tx: Tx) -> int | None:
    """The next place in the log, where the writer has the database to itself; None where a later change may commit first.

    An event that was recorded before places were given here takes its own first.
    """
    if tx.dialect.name != "sqlite":
        return None
    ((last, waiting),) = fetch_prepared(tx, _LAST_AND_WAITING)
    if waiting:
        number_waiting(tx, _ALL)
        return next_index(tx)
    return _after(last)


def _after(last: int | None) -> int:
    return 0 if last is None else last + 1


def event_row(tx: Tx, scope: Scope, event_id: str) -> RowMapping | None:
    """The row in which an event is."""
    query = select(journal_event).where(_holds(event_id), owned(scope, journal_event))
    return tx.execute(query).mappings().first()


def _holds(event_id: str) -> ColumnElement[bool]:
    first, place = place_in_run(event_id)
    return or_(
        journal_event.c.event_id == event_id,
        and_(journal_event.c.event_id == first, journal_event.c.events > place),
    )


def rows_about(
    tx: Tx, scope: Scope, kind: str, value: str, *, types: Sequence[str] = (), limit: int
) -> list[RowMapping]:
    """The rows of events (of some types) that refer to a thing, oldest first."""
    about = select(journal_ref.c.event_id).where(journal_ref.c.kind == kind, journal_ref.c.value == value)
    query = select(journal_event).where(journal_event.c.event_id.in_(about), owned(scope, journal_event))
    if types:
        query = query.where(journal_event.c.type.in_(types))
    return list(tx.execute(query.order_by(journal_event.c.ordinal).limit(limit)).mappings())


def rows_before(tx: Tx, scope: Scope, *, upto: int | None, type_: str | None, limit: int) -> list[RowMapping]:
    """Rows of events, newest first, up to the one with the ordinal ``upto``."""
    query = select(journal_event).where(owned(scope, journal_event))
    if upto is not None:
        query = query.where(journal_event.c.ordinal <= upto)
    if type_ is not None:
        query = query.where(journal_event.c.type == type_)
    return list(tx.execute(query.order_by(journal_event.c.ordinal.desc()).limit(limit)).mappings())


def number_waiting(tx: Tx, limit: int) -> int:
    """Give the oldest rows without a place in the log the next places; how many got theirs.

    Within a source the ordinals follow the chain, because the chain's row is locked from the number to the
    commit.
    """
    return run_prepared(tx, _NUMBER, first=next_index(tx), most=limit)


def place_of(tx: Tx, event_id: str) -> int | None:
    """The place of an event in the log, if it has one."""
    query = select(journal_event.c.event_id, journal_event.c.log_index, journal_event.c.events)
    found = tx.execute(query.where(_holds(event_id))).first()
    if found is None or found.log_index is None:
        return None
    before: int = found.log_index - found.events
    return before + 1 + (0 if found.event_id == event_id else place_in_run(event_id)[1])


def next_index(tx: Tx) -> int:
    """The first place in the log that no event has."""
    return _after(fetch_prepared(tx, _LAST)[0][0])


def has_waiting(tx: Tx) -> bool:
    """Whether an event has no place in the log yet."""
    return bool(fetch_prepared(tx, _HAS_WAITING)[0][0])


def count_waiting(tx: Tx) -> int:
    """How many events have no place in the log yet."""
    waiting = select(func.sum(journal_event.c.events)).where(journal_event.c.log_index.is_(None))
    return tx.execute(waiting).scalar_one() or 0


def placed_entries(tx: Tx, first: int, limit: int) -> list[bytes]:
    """The entries at the places from ``first`` on, in their order; raises ``JournalBroken`` where a place is nobody's."""
    found: list[bytes] = []
    # The last row may reach beyond what is asked for, and the first begin before it.
    for entry, count, last in fetch_prepared(tx, _PLACED, first=first, behind=first + limit + MOST):
        begins, here = last - count + 1, first + len(found)
        if begins > here or (found and begins != here):
            raise JournalBroken(reason=Text(f"位置 {here} 上没有事件", f"no event is at place {here}"))
        found += unpack(entry, count)[here - begins :]
    return found[:limit]


def all_entries(tx: Tx) -> Iterator[bytes]:
    """All placed entries in the order of the log, a few at a time; to check the log against the journal."""
    rows = tx.execution_options(yield_per=1000).execute(_PLACED, {"first": 0, "behind": _ALL})
    for entry, count, _ in rows:
        yield from unpack(entry, count)


def rows_by_chain(tx: Tx) -> Iterator[RowMapping]:
    """All rows, source by source in the order of their chains, a few at a time."""
    query = select(journal_event).order_by(journal_event.c.source, journal_event.c.seq)
    yield from tx.execution_options(yield_per=1000).execute(query).mappings()


def rows_in_order(tx: Tx) -> Iterator[RowMapping]:
    """All rows that have a place in the log, in its order, then those that wait."""
    placed, waiting = journal_event.c.log_index.is_not(None), journal_event.c.log_index.is_(None)
    for which, order in ((placed, journal_event.c.log_index), (waiting, journal_event.c.ordinal)):
        query = select(journal_event).where(which).order_by(order)
        yield from tx.execution_options(yield_per=1000).execute(query).mappings()


def chain_ends(tx: Tx) -> list[tuple[str, int, bytes]]:
    """The stored end of each source's chain."""
    query = select(journal_source.c.source, journal_source.c.next_seq, journal_source.c.last_hash)
    return [(row.source, row.next_seq, row.last_hash) for row in tx.execute(query)]


def oldest_beyond(tx: Tx, published: int) -> datetime | None:
    """When the oldest event happened that no published checkpoint of that size covers."""
    placed = select(journal_event.c.at).where(journal_event.c.log_index >= published)
    waiting = select(journal_event.c.at).where(journal_event.c.log_index.is_(None))
    found = [
        tx.execute(placed.order_by(journal_event.c.log_index).limit(1)).scalar(),
        tx.execute(waiting.order_by(journal_event.c.ordinal).limit(1)).scalar(),
    ]
    return min((at for at in found if at is not None), default=None)


def last_by_source(tx: Tx, type_: str, *, since: datetime) -> list[tuple[str, str, datetime]]:
    """Source, party and instant of the newest event of every source that sent one of ``type_`` since then."""
    talking = (
        select(journal_event.c.source, journal_event.c.owner_party)
        .where(journal_event.c.type == type_, journal_event.c.at >= since)
        .distinct()
    )
    found = []
    for source, owner in list(tx.execute(talking)):
        newest = select(journal_event.c.at).where(journal_event.c.source == source)
        at = tx.execute(newest.order_by(journal_event.c.seq.desc()).limit(1)).scalar_one()
        found.append((source, owner, at))
    return found


def last_of_type(tx: Tx, source: str, type_: str) -> datetime | None:
    """When a source last sent an event of a type, among its newest thousand rows."""
    newest = (
        select(journal_event.c.type, journal_event.c.at)
        .where(journal_event.c.source == source)
        .order_by(journal_event.c.seq.desc())
        .limit(1000)
        .subquery()
    )
    return tx.execute(select(func.max(newest.c.at)).where(newest.c.type == type_)).scalar()


def unanswered(
    tx: Tx, type_: str, answers: str, ref: str, *, since: datetime, before: datetime, limit: int
) -> list[tuple[str, str, datetime]]:
    """Things that an event of ``type_`` speaks of and none of ``answers``: the thing's id, its owner, and since when."""
    answer, named = journal_event.alias(), journal_ref.alias()
    answered = (
        select(named.c.value)
        .join(answer, answer.c.event_id == named.c.event_id)
        .where(answer.c.type == answers, named.c.kind == ref, named.c.value == journal_ref.c.value)
    )
    query = (
        select(journal_ref.c.value, journal_event.c.owner_party, journal_event.c.at)
        .join(journal_ref, journal_ref.c.event_id == journal_event.c.event_id)
        .where(journal_event.c.type == type_, journal_ref.c.kind == ref)
        .where(journal_event.c.at >= since, journal_event.c.at < before, ~answered.exists())
        .order_by(journal_event.c.ordinal)
        .limit(limit)
    )
    return [(row.value, row.owner_party, row.at) for row in tx.execute(query)]


def rows_of_types(
    tx: Tx, types: Sequence[str], *, since: datetime, before: datetime, limit: int
) -> list[RowMapping]:
    """Rows of events of some types in a time, oldest first."""
    query = select(journal_event).where(
        journal_event.c.type.in_(types), journal_event.c.at >= since, journal_event.c.at < before
    )
    return list(tx.execute(query.order_by(journal_event.c.ordinal).limit(limit)).mappings())


def empty(tx: Tx, row_id: str, body: bytes) -> None:
    """Leave of a row's bodies what is given; salt and signatures go."""
    values = {"body": body, "salt": b"", "signatures": []}
    tx.execute(update(journal_event).where(journal_event.c.event_id == row_id).values(values))


def erasure_of(tx: Tx, event_id: str) -> str | None:
    """The event that tells of the erasure of another."""
    query = (
        select(journal_event.c.event_id)
        .join(journal_ref, journal_ref.c.event_id == journal_event.c.event_id)
        .where(
            journal_event.c.type == "event.erased",
            journal_ref.c.kind == "event",
            journal_ref.c.value == event_id,
        )
    )
    return tx.execute(query.order_by(journal_event.c.ordinal).limit(1)).scalar()
