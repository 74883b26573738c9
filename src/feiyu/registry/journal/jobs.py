"""Work that follows a change and may take long or fail, run by a worker under a lease.

States of a job::

    waiting ──(claim)──▶ running ──(done)──▶ done
       ▲                   │  │
       └──(again, later)───┘  └──(attempts used up)──▶ failed ──(retry, by a person)──▶ waiting

Rules this module keeps:
 * a job exists exactly if the change that asked for it was committed;
 * one worker at a time runs it; the lease is renewed while it works, and a worker that died is replaced when
   it runs out;
 * a job may run again after a crash: its handler looks at what is done already;
 * after ``MAX_ATTEMPTS`` it is failed and waits for a person; nothing is dropped.
"""

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import RowMapping

from feiyu.base.ids import PartyId, new_id
from feiyu.registry.journal.background import Background
from feiyu.registry.journal.errors import UnknownJob
from feiyu.registry.journal.store import jobs
from feiyu.store import Database, Scope, Tx, announce, clock_of, scope_of

_log = structlog.get_logger("feiyu.jobs")
_SCOPE = Scope.all("job worker")
TOPIC = "jobs"
MAX_ATTEMPTS = 10
LONGEST_PAUSE_S = 3600
LISTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job as its handler receives it; ``attempts`` counts this one."""

    job_id: str
    owner_party: PartyId
    kind: str
    payload: Mapping[str, object]
    state: str
    run_at: datetime
    attempts: int
    last_error: str | None


Handler = Callable[[Job], None]


def enqueue(tx: Tx, kind: str, payload: Mapping[str, object], run_at: datetime | None, owner: PartyId) -> str:
    """Ask with this transaction for a job, not before ``run_at`` (None: as soon as may be); gives its id."""
    now = clock_of(tx).now()
    job_id = new_id("job", now)
    row = {"job_id": job_id, "owner_party": owner, "kind": kind, "payload": dict(payload)}
    jobs.add_job(tx, {**row, "run_at": run_at or now, "made_at": now})
    announce(tx, TOPIC)
    return job_id


def job_of(tx: Tx, job_id: str) -> Job | None:
    """One job, inside the transaction's scope."""
    row = jobs.job_row(tx, scope_of(tx), job_id)
    return _job(row) if row else None


def failed(tx: Tx) -> tuple[Job, ...]:
    """The jobs that wait for a person, the oldest first, so many at most as are listed."""
    return tuple(_job(row) for row in jobs.failed_rows(tx, scope_of(tx), limit=LISTED))


def retry(tx: Tx, job_id: str) -> bool:
    """Let a failed job run again; whether it was failed."""
    again = jobs.retry_failed(tx, scope_of(tx), job_id, run_at=clock_of(tx).now())
    announce(tx, TOPIC)
    return again


def counts(tx: Tx) -> dict[tuple[str, str], int]:
    """How many jobs there are by kind and state, for the operator's page."""
    return jobs.count_states(tx, scope_of(tx))


def forget(tx: Tx, *, before: datetime) -> int:
    """Delete jobs that were done before an instant; how many there were. Failed ones stay."""
    return jobs.remove_done(tx, scope_of(tx), before=before)


class Worker:
    """Runs jobs of the kinds it has handlers for; many may run, in threads and in processes."""

    def __init__(
        self,
        db: Database,
        handlers: Mapping[str, Handler],
        *,
        threads: int = 1,
        lease_s: float = 60.0,
        every_s: float = 1.0,
    ) -> None:
        self._db = db
        self._handlers = dict(handlers)
        self._lease_s = lease_s
        self._name = f"worker-{secrets.token_hex(6)}"
        self._threads = [
            Background(f"feiyu-{self._name}-{n}", self.run_once, every_s=every_s) for n in range(threads)
        ]
        for each in self._threads:
            db.listen(TOPIC, each.wake)

    def start(self) -> None:
        """Work in the background."""
        for each in self._threads:
            each.start()

    def stop(self) -> None:
        """Finish the jobs at hand and end."""
        for each in self._threads:
            each.stop()

    def run_once(self) -> bool:
        """Claim one job and run it; whether there was one."""
        job = self._claim()
        if job is None:
            return False
        with _Lease(self._db, job, worker=self._name, lease_s=self._lease_s):
            error = self._run(job)
        if not self._settle(job, error):
            _log.warning("the lease of a job was lost", job=job.job_id, kind=job.kind)
        return True

    def _claim(self) -> Job | None:
        now = self._db.clock.now()
        until = now + timedelta(seconds=self._lease_s)
        row = self._db.write(
            lambda tx: jobs.claim_job(tx, self._handlers, worker=self._name, now=now, lease_until=until),
            scope=_SCOPE,
            row_locks=True,
        )
        return _job(row) if row else None

    def _run(self, job: Job) -> str | None:
        handler = self._handlers.get(job.kind)
        if handler is None:
            raise UnknownJob(kind=job.kind)
        try:
            handler(job)
        except Exception as failure:  # noqa: BLE001 - kept with the job, logged, and tried again
            _log.exception("a job failed", job=job.job_id, kind=job.kind, attempt=job.attempts)
            return f"{type(failure).__name__}: {failure}"[:2000]
        return None

    def _settle(self, job: Job, error: str | None) -> bool:
        now = self._db.clock.now()
        values: dict[str, object] = {"leased_by": None, "lease_until": None, "last_error": error}
        if error is None:
            values |= {"state": jobs.DONE, "ended_at": now}
        elif job.attempts >= MAX_ATTEMPTS:
            values |= {"state": jobs.FAILED, "ended_at": now}
        else:
            pause = timedelta(seconds=min(LONGEST_PAUSE_S, 2**job.attempts))
            values |= {"state": jobs.WAITING, "run_at": now + pause}
        return self._db.write(
            lambda tx: jobs.change_leased(tx, job.job_id, worker=self._name, attempt=job.attempts, **values),
            scope=_SCOPE,
            row_locks=True,
        )


class _Lease:
    """Renews a job's lease three times within its length, for as long as the handler works."""

    def __init__(self, db: Database, job: Job, *, worker: str, lease_s: float) -> None:
        self._db = db
        self._job = job
        self._worker = worker
        self._lease_s = lease_s
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._renew, name=f"feiyu-lease-{job.job_id}", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _renew(self) -> None:
        while not self._over.wait(self._lease_s / 3):
            self._db.write(self._extend, scope=_SCOPE, row_locks=True)

    def _extend(self, tx: Tx) -> bool:
        until = self._db.clock.now() + timedelta(seconds=self._lease_s)
        job = self._job
        return jobs.change_leased(
            tx, job.job_id, worker=self._worker, attempt=job.attempts, lease_until=until
        )


def _job(row: RowMapping) -> Job:
    names = ("job_id", "owner_party", "kind", "payload", "state", "run_at", "attempts", "last_error")
    return Job(**{name: row[name] for name in names})
