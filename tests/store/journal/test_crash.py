"""Kill the real process at named points and at random ones: state, journal, messages and log agree afterwards."""

import json
import os
import random
import runpy
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from feiyu.base.clock import SystemClock
from feiyu.evidence.fsck import check_tiles, check_twin
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.log import Log
from feiyu.evidence.policy import Policy, simple_policy
from feiyu.registry import journal
from feiyu.registry.journal.audit import audit
from feiyu.registry.journal.head import SqlHead
from feiyu.registry.journal.read import every_event
from feiyu.registry.journal.sequencer import Sequencer
from feiyu.store import Database, Scope, migrate
from feiyu.testing.warm import Warm

pytestmark = pytest.mark.slow
ALL = Scope.all("crash test")
CHILD = Path(__file__).with_name("crash_child.py")
_CHILD = runpy.run_path(str(CHILD))
ORIGIN, open_tiles, open_twin, events_of = (
    _CHILD[name] for name in ("ORIGIN", "open_tiles", "open_twin", "events_of")
)
KEYS = journal.BodyCipher({"jrn-1": bytes(32)}, "jrn-1")
POINTS = ["changed", "recorded", "committed", "numbered", "tiles", "head", "published",
          "twin tiles", "twin head", "twin published"]  # fmt: skip


@pytest.fixture(scope="module")
def tiles(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> str:
    with Database.open(database_url, clock=SystemClock()) as db:
        migrate(db, [journal.MIGRATIONS])
        create = text("CREATE TABLE change (worker INTEGER, number INTEGER, PRIMARY KEY (worker, number))")
        db.alone(lambda tx: tx.execute(create), scope=ALL)
    return str(tmp_path_factory.mktemp("tiles"))


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    """Where the processes to be killed come from."""
    made = Warm(os.environ)
    yield made
    made.close()


def run_and_kill(warm: Warm, url: str, tiles: str, point: str, seconds: float | None) -> list[str]:
    """Run the child until it dies by itself or is killed; gives the events it was answered."""
    reading, writing = os.pipe()
    with (
        os.fdopen(reading, "rb") as answered,
        tempfile.TemporaryFile() as error,
        Path(os.devnull).open("rb") as nothing,
    ):
        with os.fdopen(writing, "wb") as out:
            process = warm.start([str(CHILD), url, tiles, point], os.environ, (nothing, out, error))
        first = b""
        if seconds is not None:
            first = answered.readline()  # it is under way
            time.sleep(seconds)
            os.kill(process, signal.SIGKILL)
        lines = (first + answered.read()).decode().split("\n")
        error.seek(0)
        assert warm.wait() == -signal.SIGKILL, error.read().decode()
    return [line for line in lines[:-1] if line]  # the last line may be cut short by the kill


def agree(url: str, tiles: str, answered: list[str]) -> int:
    """Before anything is repaired, and after one more round; gives how many changes there are."""
    with Database.open(url, clock=SystemClock()) as db:
        log = Log(open_tiles(tiles), SqlHead(db, ORIGIN), ORIGIN, Ed25519Signer(bytes(32)))
        assert audit(db, log, KEYS).findings == ()
        twin = open_twin(db, tiles)
        assert twin.log.head.size <= (log.published.checkpoint.size if log.published else 0)
        policy = Policy.parse(simple_policy([log.verifier], [], needed=0))
        sequencer = Sequencer(db, log, policy=policy, twin=twin)
        sequencer.run_once()
        sequencer.stop()
        found = audit(db, log, KEYS)
        assert found.findings == ()
        assert found.logged == found.events
        report = check_tiles(log._store.get, log.verifier, head=log.head)
        assert report.findings == ()
        if found.logged:
            assert twin.log.published.checkpoint.size == log.head.size
            assert check_twin(log._store.get, twin.log.verifier, report, head=twin.log.head).findings == ()
        with db.read(scope=ALL) as tx:
            changes = list(tx.execute(text("SELECT number FROM change")).scalars())
            messages = tx.execute(text("SELECT count(*) FROM outbox_message")).scalar_one()
            events = [event.event_id for event in every_event(tx, KEYS)]
            receipts = [journal.receipt_of(tx, KEYS, log, event, twin=twin.log) for event in events[-3:]]
        assert all(json.loads(one)["twin"] for one in receipts)
        assert len(events) == len(set(events)) == found.events == sum(map(events_of, changes))
        assert len(changes) == messages
        assert set(answered) <= set(events)  # what was answered is there
        return len(changes)


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_named_point(warm: Warm, database_url: str, tiles: str, point: str):
    answered = run_and_kill(warm, database_url, tiles, point, None)
    agree(database_url, tiles, answered)


def test_killed_at_random_instants(warm: Warm, database_url: str, tiles: str):
    rng = random.Random(20261122)
    before = agree(database_url, tiles, [])
    for _ in range(3):
        answered = run_and_kill(warm, database_url, tiles, "random", rng.uniform(0.01, 0.3))
        assert answered
        now = agree(database_url, tiles, answered)
        assert now > before
        before = now


@pytest.fixture(scope="module")
def s3_tiles(tiles: str, s3_server) -> str:
    """The same journal's log in an object store."""
    return f"s3 {s3_server.endpoint} {s3_server.access_key} {s3_server.secret_key} crash-{Path(tiles).parent.name}-{Path(tiles).name}"


def test_killed_while_the_tiles_go_to_s3(warm: Warm, database_url: str, s3_tiles: str, tiles: str):
    head = "DELETE FROM log_head"
    with Database.open(database_url, clock=SystemClock()) as db:
        db.write(lambda tx: tx.execute(text(head)), scope=ALL)  # a log of its own, from the first entry on
    before = agree(database_url, s3_tiles, [])
    for point, seconds in (("tiles", None), ("head", None), ("random", 0.3)):
        answered = run_and_kill(warm, database_url, s3_tiles, point, seconds)
        before, now = agree(database_url, s3_tiles, answered), before
        assert before > now
