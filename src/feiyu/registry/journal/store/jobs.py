"""Rows of jobs."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import RowMapping, and_, func, insert, or_, select, update

from feiyu.registry.journal.tables import job
from feiyu.store import Scope, Tx, owned

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"


def add_job(tx: Tx, row: dict[str, object]) -> None:
    """Insert a job."""
    tx.execute(insert(job), {**row, "state": WAITING, "attempts": 0})


def claim_job(
    tx: Tx, kinds: Collection[str], *, worker: str, now: datetime, lease_until: datetime
) -> RowMapping | None:
    """Lease the most overdue job of some kinds that waits or whose lease ran out; None when there is none."""
    due = or_(
        and_(job.c.state == WAITING, job.c.run_at <= now),
        and_(job.c.state == RUNNING, job.c.lease_until < now),
    )
    query = select(job).where(job.c.kind.in_(kinds), due).order_by(job.c.run_at, job.c.job_id).limit(1)
    row = tx.execute(query.with_for_update(skip_locked=True)).mappings().first()
    if row is None:
        return None
    lease = {
        "state": RUNNING,
        "leased_by": worker,
        "lease_until": lease_until,
        "attempts": row["attempts"] + 1,
    }
    tx.execute(update(job).where(job.c.job_id == row["job_id"]).values(lease))
    return tx.execute(select(job).where(job.c.job_id == row["job_id"])).mappings().one()


def change_leased(tx: Tx, job_id: str, *, worker: str, attempt: int, **values: object) -> bool:
    """Change a job if this worker still holds the lease of this attempt; whether it did."""
    leased = (
        job.c.job_id == job_id,
        job.c.leased_by == worker,
        job.c.attempts == attempt,
        job.c.state == RUNNING,
    )
    return tx.execute(update(job).where(*leased).values(**values)).rowcount == 1


def job_row(tx: Tx, scope: Scope, job_id: str) -> RowMapping | None:
    """One job."""
    return tx.execute(select(job).where(job.c.job_id == job_id, owned(scope, job))).mappings().first()


def retry_failed(tx: Tx, scope: Scope, job_id: str, *, run_at: datetime) -> bool:
    """Give a failed job a new set of attempts; whether it was failed."""
    failed = (job.c.job_id == job_id, job.c.state == FAILED, owned(scope, job))
    values = {"state": WAITING, "attempts": 0, "run_at": run_at, "ended_at": None}
    return tx.execute(update(job).where(*failed).values(values)).rowcount == 1


def failed_rows(tx: Tx, scope: Scope, *, limit: int) -> list[RowMapping]:
    """The failed jobs, the oldest first."""
    query = select(job).where(job.c.state == FAILED, owned(scope, job)).order_by(job.c.ended_at, job.c.job_id)
    return list(tx.execute(query.limit(limit)).mappings())


def count_states(tx: Tx, scope: Scope) -> dict[tuple[str, str], int]:
    """How many jobs there are of each kind in each state."""
    query = (
        select(job.c.kind, job.c.state, func.count())
        .where(owned(scope, job))
        .group_by(job.c.kind, job.c.state)
    )
    return {(kind, state): count for kind, state, count in tx.execute(query)}


def remove_done(tx: Tx, scope: Scope, *, before: datetime) -> int:
    """Delete jobs that were done before an instant; failed ones stay until a person has seen them."""
    old = (job.c.state == DONE, job.c.ended_at < before, owned(scope, job))
    return tx.execute(job.delete().where(*old)).rowcount
