"""Rows of cases. A step is never altered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from feiyu.base.ids import PartyId
from feiyu.registry.cases.tables import case, case_step
from feiyu.store import Scope, Tx, owned


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Work on its way through a procedure, pinned to the version it was opened under."""

    id: str
    owner_party: PartyId
    procedure: str
    version: str
    state: str
    opened_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One transition that was made."""

    number: int
    transition: str
    from_state: str
    to_state: str
    by: str
    at: datetime
    note: str


def add_case(tx: Tx, new: Case) -> None:
    """Insert a case."""
    tx.execute(insert(case).values(
        id=new.id, owner_party=new.owner_party, procedure=new.procedure, version=new.version, state=new.state,
        opened_at=new.opened_at, changed_at=new.changed_at,
    ))  # fmt: skip


def case_of(tx: Tx, scope: Scope, case_id: str) -> Case | None:
    """One case inside the scope."""
    row = tx.execute(select(case).where(case.c.id == case_id, owned(scope, case))).mappings().first()
    return Case(**row) if row else None


def steps_of(tx: Tx, case_id: str) -> list[Step]:
    """The steps of a case in order."""
    columns = [c for c in case_step.c if c.name not in {"case_id", "owner_party"}]
    rows = tx.execute(select(*columns).where(case_step.c.case_id == case_id).order_by(case_step.c.number))
    return [Step(**row) for row in rows.mappings()]


def move(tx: Tx, moved: Case, step: Step) -> None:
    """Put a case into a new state and append the step."""
    tx.execute(update(case).where(case.c.id == moved.id).values(state=step.to_state, changed_at=step.at))
    tx.execute(insert(case_step).values(
        case_id=moved.id, owner_party=moved.owner_party, number=step.number, transition=step.transition,
        from_state=step.from_state, to_state=step.to_state, by=step.by, at=step.at, note=step.note,
    ))  # fmt: skip
