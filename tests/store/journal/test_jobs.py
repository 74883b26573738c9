"""Jobs: with the change, one worker at a time, again after a failure or a death, never dropped."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from feiyu.base.clock import FixedClock
from feiyu.base.ids import PartyId
from feiyu.registry.journal import jobs
from feiyu.registry.journal.jobs import MAX_ATTEMPTS, Job, Worker
from feiyu.store import Database, Scope, Tx

pytestmark = pytest.mark.slow
A = PartyId("pty_A")
MINE = Scope.of(A)
ALL = Scope.all("test")


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """A kind of job that no other test uses."""
    return request.node.originalname[5:60]


@pytest.fixture
def worker(db: Database) -> Iterator[Callable[..., Worker]]:
    made: list[Worker] = []

    def make(kind: str, handler: Callable[[Job], None], **options: float) -> Worker:
        made.append(Worker(db, {kind: handler}, every_s=0.05, **options))
        return made[-1]

    yield make
    for each in made:
        each.stop()


def ask(db: Database, kind: str, n: int = 0, run_at=None) -> str:
    return db.write(lambda tx: jobs.enqueue(tx, kind, {"n": n}, run_at, A), scope=MINE)


def state(db: Database, job_id: str) -> Job:
    with db.read(scope=MINE) as tx:
        found = jobs.job_of(tx, job_id)
    assert found is not None
    return found


def test_a_job_runs_once_and_is_done(db: Database, kind: str, worker):
    seen: list[Job] = []
    job_id = ask(db, kind, 7)
    each = worker(kind, seen.append)
    assert each.run_once() is True
    assert each.run_once() is False
    assert [(job.job_id, job.owner_party, job.payload, job.attempts) for job in seen] == [
        (job_id, A, {"n": 7}, 1)
    ]
    assert state(db, job_id).state == "done"
    with db.read(scope=Scope.of(PartyId("pty_B"))) as tx:
        assert jobs.job_of(tx, job_id) is None


def test_an_undone_change_asks_for_nothing(db: Database, kind: str, worker):
    def fails(tx: Tx) -> None:
        jobs.enqueue(tx, kind, {}, None, A)
        raise KeyError

    with pytest.raises(KeyError):
        db.write(fails, scope=MINE)
    assert worker(kind, print).run_once() is False


def test_a_job_waits_for_its_time_and_the_most_overdue_comes_first(
    db: Database, clock: FixedClock, kind: str, worker
):
    order: list[int] = []
    now = clock.now()
    for n, minutes in enumerate((3, 1, 2)):
        ask(db, kind, n, now + timedelta(minutes=minutes))
    each = worker(kind, lambda job: order.append(job.payload["n"]))
    assert each.run_once() is False
    clock.advance(timedelta(minutes=5))
    while each.run_once():
        pass
    assert order == [1, 2, 0]


def test_a_failing_job_is_tried_again_later_and_at_last_waits_for_a_person(
    db: Database, clock: FixedClock, kind: str, worker
):
    healthy = False

    def handler(_job: Job) -> None:
        if not healthy:
            raise ValueError("cannot reach")

    job_id = ask(db, kind)
    each = worker(kind, handler)
    pauses = []
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert each.run_once() is True
        assert each.run_once() is False  # its pause is not over
        found = state(db, job_id)
        assert (found.attempts, found.last_error) == (attempt, "ValueError: cannot reach")
        pauses.append(found.run_at - clock.now())
        clock.advance(timedelta(hours=2))
    assert pauses[:3] == [timedelta(seconds=s) for s in (2, 4, 8)]
    assert state(db, job_id).state == "failed"
    assert each.run_once() is False
    with db.read(scope=MINE) as tx:
        assert jobs.counts(tx)[(kind, "failed")] == 1
        assert [one.job_id for one in jobs.failed(tx) if one.kind == kind] == [job_id]
    with db.read(scope=Scope.of(PartyId("pty_B"))) as tx:
        assert jobs.failed(tx) == ()
    healthy = True
    assert db.write(lambda tx: jobs.retry(tx, job_id), scope=Scope.of(PartyId("pty_B"))) is False
    assert db.write(lambda tx: jobs.retry(tx, job_id), scope=MINE) is True
    assert db.write(lambda tx: jobs.retry(tx, job_id), scope=MINE) is False
    assert each.run_once() is True
    assert state(db, job_id).state == "done"
    with db.read(scope=MINE) as tx:
        assert kind not in {one.kind for one in jobs.failed(tx)}


def test_many_workers_share_the_work_and_no_job_runs_twice(db: Database, kind: str, worker):
    for n in range(40):
        ask(db, kind, n)
    seen: list[int] = []

    def work() -> None:
        each = worker(kind, lambda job: seen.append(job.payload["n"]))
        while each.run_once():
            pass

    with ThreadPoolExecutor(5) as pool:
        for done in [pool.submit(work) for _ in range(5)]:
            done.result()
    assert sorted(seen) == list(range(40))


def test_the_job_of_a_dead_worker_is_taken_over_and_the_dead_ones_word_counts_no_more(
    db: Database, clock: FixedClock, kind: str, worker
):
    started, go = threading.Event(), threading.Event()

    def stuck(_job: Job) -> None:
        started.set()
        go.wait(20)

    job_id = ask(db, kind)
    slow, quick = worker(kind, stuck, lease_s=3600), worker(kind, lambda _job: None)
    with ThreadPoolExecutor(1) as pool:
        stalled = pool.submit(slow.run_once)
        assert started.wait(20)
        assert quick.run_once() is False
        clock.advance(timedelta(seconds=3601))
        assert quick.run_once() is True
        assert state(db, job_id).state == "done"
        ended = state(db, job_id)
        go.set()
        stalled.result()
    assert state(db, job_id) == ended
    assert ended.attempts == 2


def test_a_lease_is_renewed_while_the_handler_works(db: Database, clock: FixedClock, kind: str, worker):
    started, go = threading.Event(), threading.Event()

    def long(_job: Job) -> None:
        started.set()
        go.wait(20)

    job_id = ask(db, kind)
    query = text("SELECT lease_until FROM job WHERE job_id = :j")

    def lease() -> object:
        with db.read(scope=ALL) as tx:
            return tx.execute(query, {"j": job_id}).scalar_one()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(worker(kind, long, lease_s=0.3).run_once)
        assert started.wait(20)
        before = lease()
        clock.advance(timedelta(seconds=100))
        renewed = threading.Event()
        for _ in range(200):
            if lease() != before:
                renewed.set()
                break
            threading.Event().wait(0.05)
        assert renewed.is_set()
        assert worker(kind, print).run_once() is False
        go.set()
        running.result()
    assert state(db, job_id).state == "done"


def test_it_is_woken_by_the_commit_and_stops_when_told(db: Database, kind: str, worker):
    arrived = threading.Event()
    each = worker(kind, lambda _job: arrived.set(), threads=2)
    each.start()
    ask(db, kind)
    assert arrived.wait(20)
    each.stop()
    job_id = ask(db, kind)
    assert state(db, job_id).state == "waiting"


def test_a_worker_leaves_alone_what_it_cannot_do(db: Database, kind: str, worker):
    ask(db, f"{kind}-other")
    assert worker(kind, print).run_once() is False


def test_done_jobs_are_forgotten_in_time_and_failed_ones_stay(
    db: Database, clock: FixedClock, kind: str, worker
):
    done = ask(db, kind)
    worker(kind, lambda _job: None).run_once()
    waiting = ask(db, kind)
    clock.advance(timedelta(days=2))
    db.write(lambda tx: jobs.forget(tx, before=clock.now() - timedelta(days=3)), scope=MINE)
    assert state(db, done).state == "done"
    db.write(lambda tx: jobs.forget(tx, before=clock.now()), scope=MINE)
    with db.read(scope=MINE) as tx:
        assert jobs.job_of(tx, done) is None
        assert jobs.job_of(tx, waiting) is not None
