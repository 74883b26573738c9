"""Rows of counts that edges vouch for, and of spot checks on them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from feiyu.base.ids import PartyId
from feiyu.port.tables import challenge, counts
from feiyu.store import Scope, Tx, owned

LIST_MAX = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """A count as handed in."""

    id: str
    owner_party: PartyId
    entry_id: str
    transfer_id: str | None
    day: date
    level: str
    persons: int
    sensitive: int
    commitment: str
    identifiers: int
    handed_in_at: datetime
    document: bytes
    key_id: str
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeRow:
    """A spot check: drawn, passed or failed."""

    id: str
    owner_party: PartyId
    counts_id: str
    entry_id: str
    places: int
    ground: str
    drawn_by: str
    drawn_at: datetime
    answer_by: datetime
    event_id: str
    document: bytes
    key_id: str
    signature: bytes
    state: str
    answered_at: datetime | None
    answer_sha256: str | None
    reason: str | None


def add_count(tx: Tx, new: CountRow) -> None:
    """Insert a count."""
    tx.execute(insert(counts).values(**{name: getattr(new, name) for name in CountRow.__slots__}))


def count_of(tx: Tx, scope: Scope, counts_id: str) -> CountRow | None:
    """One count inside the scope."""
    row = tx.execute(select(counts).where(counts.c.id == counts_id, owned(scope, counts))).mappings().first()
    return CountRow(**row) if row else None


def count_of_entry(tx: Tx, scope: Scope, entry_id: str) -> CountRow | None:
    """The count of a ledger entry."""
    where = (counts.c.entry_id == entry_id, owned(scope, counts))
    row = tx.execute(select(counts).where(*where)).mappings().first()
    return CountRow(**row) if row else None


def all_counts(tx: Tx, scope: Scope) -> list[CountRow]:
    """The counts inside the scope, newest first."""
    query = select(counts).where(owned(scope, counts)).order_by(counts.c.id.desc()).limit(LIST_MAX)
    return [CountRow(**row) for row in tx.execute(query).mappings()]


def add_challenge(tx: Tx, new: ChallengeRow) -> None:
    """Insert a spot check."""
    tx.execute(insert(challenge).values(**{name: getattr(new, name) for name in ChallengeRow.__slots__}))


def challenge_of(tx: Tx, scope: Scope, challenge_id: str) -> ChallengeRow | None:
    """One spot check inside the scope."""
    where = (challenge.c.id == challenge_id, owned(scope, challenge))
    row = tx.execute(select(challenge).where(*where)).mappings().first()
    return ChallengeRow(**row) if row else None


def challenges(tx: Tx, scope: Scope, *, state: str | None = None) -> list[ChallengeRow]:
    """The spot checks inside the scope, newest first."""
    query = select(challenge).where(owned(scope, challenge)).order_by(challenge.c.id.desc()).limit(LIST_MAX)
    if state is not None:
        query = query.where(challenge.c.state == state)
    return [ChallengeRow(**row) for row in tx.execute(query).mappings()]


def challenged_places(tx: Tx, counts_id: str) -> int:
    """How many places of a count were ever drawn."""
    query = select(func.coalesce(func.sum(challenge.c.places), 0)).where(challenge.c.counts_id == counts_id)
    return int(tx.execute(query).scalar_one())


def set_challenge(tx: Tx, challenge_id: str, **values: Any) -> None:
    """Keep the outcome."""
    tx.execute(update(challenge).where(challenge.c.id == challenge_id).values(**values))
