"""A log, keys and event types for the journal's suites."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from feiyu.base.clock import FixedClock
from feiyu.base.ids import PartyId
from feiyu.base.text import Text
from feiyu.evidence.directory import DirectoryTiles
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.log import Log
from feiyu.evidence.policy import Policy, simple_policy
from feiyu.evidence.witness_client import WitnessClient
from feiyu.registry import journal
from feiyu.registry.journal.head import SqlHead
from feiyu.registry.journal.sequencer import Sequencer
from feiyu.store import Database, Tx

MADE = journal.EventType(
    name="test.made",
    title=Text("测试事件", "A test event"),
    refs=frozenset({"transfer", "grant"}),
    data={"count": journal.Kind.COUNT, "digest": journal.Kind.DIGEST},
    optional=frozenset({"digest"}),
)
journal.register([MADE])
Recording = Callable[[Tx], journal.EventRef]


@pytest.fixture(scope="session")
def keys() -> journal.BodyCipher:
    return journal.BodyCipher({"jrn-1": bytes(range(32))}, "jrn-1")


@pytest.fixture
def source() -> str:
    """A pseudonym that no other test uses."""
    return secrets.token_hex(8)


@pytest.fixture
def made(keys: journal.BodyCipher, clock: FixedClock, source: str) -> Callable[..., Recording]:
    """Give functions that record ``test.made``."""

    def make(count: int = 1, *, owner: str = "pty_A", by: str = source, **refs: str) -> Recording:
        return lambda tx: journal.record(
            tx, keys=keys, source=by, type="test.made", at=clock.now(), owner=PartyId(owner), refs=refs,
            data={"count": count},
        )  # fmt: skip

    return make


@pytest.fixture(scope="module")
def tiles(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Path:
    """Where the log of this module's database lies, anew for each engine."""
    return tmp_path_factory.mktemp("tiles")


@pytest.fixture
def open_log(db: Database, tiles: Path) -> Callable[[], Log]:
    """Open the module's log anew, as after a restart."""
    origin = "demo.log.example/test"
    return lambda: Log(DirectoryTiles(tiles), SqlHead(db, origin), origin, Ed25519Signer(bytes(32)))


@pytest.fixture
def feed(db: Database) -> Iterator[Callable[..., Sequencer]]:
    """Make sequencers, not started; each lets go of its lead at the end of the test."""
    made: list[Sequencer] = []

    def make(log: Log, *, policy: Policy | None = None, witnesses: Sequence[WitnessClient] = ()) -> Sequencer:
        policy = policy or Policy.parse(simple_policy([log.verifier], [], needed=0))
        made.append(Sequencer(db, log, policy=policy, witnesses=witnesses, every_s=0.05))
        return made[-1]

    yield make
    for each in made:
        each.stop()


@pytest.fixture
def sequencer(feed: Callable[..., Sequencer], open_log: Callable[[], Log]) -> Sequencer:
    """A sequencer of the module's log without witnesses, not started."""
    return feed(open_log())
