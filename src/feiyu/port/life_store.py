"""Rows of the lifecycle: incidents, feeds, reminders, reports done, days of law, what was determined anew."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update

from feiyu.base.ids import PartyId
from feiyu.port.tables import (
    basis_facts,
    calendar_done,
    calendar_feed,
    incident,
    law_day,
    redetermination,
    reminder,
)
from feiyu.store import Scope, Tx, owned


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A data security incident, as far as its clocks need it."""

    id: str
    owner_party: PartyId
    title: str
    role: str
    persons: int | None
    discovered_at: datetime
    entered_by: str
    entered_at: datetime
    closed_at: datetime | None
    closed_note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A reminder that was made once for a clock at a stage."""

    owner_party: PartyId
    clock_id: str
    stage: str
    title: dict[str, str]
    day: date
    path: str
    made_at: datetime
    seen_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anew:
    """What a filing or a grant was, and what it is by the law of a day."""

    day: date
    kind: str
    ref: str
    owner_party: PartyId
    before_route: str
    before_rule: str
    after_route: str
    after_rule: str
    changed: bool
    at: datetime
    seen_at: datetime | None


def _values(row: object) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).__slots__}  # type: ignore[attr-defined]


def add_incident(tx: Tx, new: Incident) -> None:
    """Insert an incident."""
    tx.execute(insert(incident).values(**_values(new)))


def incidents(tx: Tx, scope: Scope) -> list[Incident]:
    """The incidents inside the scope, newest first."""
    query = select(incident).where(owned(scope, incident)).order_by(incident.c.id.desc()).limit(500)
    return [Incident(**row) for row in tx.execute(query).mappings()]


def incident_of(tx: Tx, scope: Scope, ident: str) -> Incident | None:
    """One incident inside the scope."""
    row = (
        tx.execute(select(incident).where(incident.c.id == ident, owned(scope, incident))).mappings().first()
    )
    return Incident(**row) if row else None


def close_incident(tx: Tx, ident: str, *, at: datetime, note: str) -> None:
    """Close an incident."""
    tx.execute(update(incident).where(incident.c.id == ident).values(closed_at=at, closed_note=note))


def add_feed(tx: Tx, *, digest: bytes, owner: str, principal: str, at: datetime) -> None:
    """Remember a feed's token by its digest; the one before of the same principal ends."""
    tx.execute(
        update(calendar_feed)
        .where(calendar_feed.c.principal_id == principal, calendar_feed.c.ended_at.is_(None))
        .values(ended_at=at)
    )
    tx.execute(
        insert(calendar_feed).values(digest=digest, owner_party=owner, principal_id=principal, made_at=at)
    )


def feed_principal(tx: Tx, digest: bytes) -> str | None:
    """Whose feed a token opens."""
    where = (calendar_feed.c.digest == digest, calendar_feed.c.ended_at.is_(None))
    return tx.execute(select(calendar_feed.c.principal_id).where(*where)).scalar()


def add_done(tx: Tx, *, owner: str, what: str, day: date, by: str, at: datetime) -> None:
    """Record that a yearly report was made."""
    tx.execute(insert(calendar_done).values(owner_party=owner, what=what, day=day, by=by, at=at))


def done_days(tx: Tx, owner: str, what: str) -> set[str]:
    """The days of a yearly report that were met."""
    where = (calendar_done.c.owner_party == owner, calendar_done.c.what == what)
    return {day.isoformat() for day in tx.execute(select(calendar_done.c.day).where(*where)).scalars()}


def add_reminder(tx: Tx, new: Reminder) -> bool:
    """Make a reminder once for a clock and a stage; whether it is new."""
    key = (
        reminder.c.owner_party == new.owner_party, reminder.c.clock_id == new.clock_id, reminder.c.stage == new.stage,
    )  # fmt: skip
    if tx.execute(select(reminder.c.stage).where(*key)).first() is not None:
        return False
    tx.execute(insert(reminder).values(**_values(new)))
    return True


def reminders(tx: Tx, scope: Scope, *, unseen: bool = False) -> list[Reminder]:
    """The reminders inside the scope, newest first."""
    query = select(reminder).where(owned(scope, reminder)).order_by(reminder.c.made_at.desc()).limit(200)
    if unseen:
        query = query.where(reminder.c.seen_at.is_(None))
    return [Reminder(**row) for row in tx.execute(query).mappings()]


def see_reminders(tx: Tx, owner: str, *, at: datetime) -> None:
    """All reminders of a party were seen."""
    tx.execute(
        update(reminder)
        .where(reminder.c.owner_party == owner, reminder.c.seen_at.is_(None))
        .values(seen_at=at)
    )


def keep_facts(tx: Tx, *, basis_id: str, owner: str, route: str, rule: str, facts: dict[str, Any]) -> None:
    """Keep the facts of an exemption, so that it can be determined anew."""
    values = {"basis_id": basis_id, "owner_party": owner, "route": route, "rule": rule, "facts": facts}
    tx.execute(insert(basis_facts).values(**values))


def facts_of(tx: Tx, basis_id: str) -> tuple[str, str, dict[str, Any]] | None:
    """The route, the rule and the facts an exemption rests on."""
    columns = (basis_facts.c.route, basis_facts.c.rule, basis_facts.c.facts)
    row = tx.execute(select(*columns).where(basis_facts.c.basis_id == basis_id)).first()
    return (row[0], row[1], row[2]) if row else None


def law_days(tx: Tx) -> set[date]:
    """The days of effect that were worked through."""
    return set(tx.execute(select(law_day.c.day)).scalars())


def add_law_day(tx: Tx, day: date, *, filings: int, grants: int, changed: int, at: datetime) -> None:
    """Remember that a day of effect was worked through."""
    values = {"day": day, "filings": filings, "grants": grants, "changed": changed, "at": at}
    tx.execute(insert(law_day).values(**values))


def add_anew(tx: Tx, new: Anew) -> None:
    """Insert what was determined anew."""
    tx.execute(insert(redetermination).values(**_values(new)))


def anew(tx: Tx, scope: Scope, *, changed: bool = False) -> list[Anew]:
    """What was determined anew inside the scope, newest first."""
    query = select(redetermination).where(owned(scope, redetermination))
    if changed:
        query = query.where(redetermination.c.changed, redetermination.c.seen_at.is_(None))
    rows = tx.execute(
        query.order_by(redetermination.c.day.desc(), redetermination.c.ref).limit(500)
    ).mappings()
    return [Anew(**row) for row in rows]
