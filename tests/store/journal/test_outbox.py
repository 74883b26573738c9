"""Messages: with the change, in order, at least once, and what the handler writes exactly once."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select

from feiyu.base.clock import FixedClock
from feiyu.base.ids import PartyId
from feiyu.registry.journal import outbox
from feiyu.registry.journal.outbox import Dispatcher, Message
from feiyu.store import Database, Scope, Tx

pytestmark = pytest.mark.slow
A = PartyId("pty_A")
MINE = Scope.of(A)
ALL = Scope.all("test")
metadata = MetaData()
heard = Table(
    "heard",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("who", String(80)),
    Column("what", Integer),
)


@dataclass(frozen=True)
class Sub:
    name: str
    topic: str
    handler: Callable[[Tx, Message], None]


@pytest.fixture(scope="module", autouse=True)
def tables(db: Database) -> None:
    db.alone(metadata.create_all, scope=ALL)


@pytest.fixture
def topic(request: pytest.FixtureRequest) -> str:
    """A topic and a subscriber's name that no other test uses."""
    return request.node.originalname[5:60]


@pytest.fixture
def dispatch(db: Database) -> Iterator[Callable[..., Dispatcher]]:
    made: list[Dispatcher] = []

    def make(*subscriptions: Sub) -> Dispatcher:
        made.append(Dispatcher(db, subscriptions, every_s=0.05))
        return made[-1]

    yield make
    for each in made:
        each.stop()


def hear(who: str) -> Callable[[Tx, Message], None]:
    return lambda tx, message: tx.execute(insert(heard), {"who": who, "what": message.payload["n"]})


def heard_by(db: Database, who: str) -> list[int]:
    with db.read(scope=ALL) as tx:
        return list(tx.execute(select(heard.c.what).where(heard.c.who == who).order_by(heard.c.n)).scalars())


def say(db: Database, topic: str, *numbers: int) -> None:
    for n in numbers:
        db.write(lambda tx, n=n: outbox.publish(tx, topic, {"n": n}, A), scope=MINE)


def test_each_subscriber_hears_everything_in_order(db: Database, topic: str, dispatch):
    one, two = Sub(f"1{topic}", topic, hear(f"1{topic}")), Sub(f"2{topic}", topic, hear(f"2{topic}"))
    say(db, topic, 1, 2, 3)
    say(db, f"{topic}-not", 9)
    assert dispatch(one, two).run_once() == 6
    say(db, topic, 4)
    assert dispatch(one, two).run_once() == 2  # another process, the same cursors
    assert heard_by(db, one.name) == heard_by(db, two.name) == [1, 2, 3, 4]


def test_a_message_tells_whose_it_is(db: Database, clock: FixedClock, topic: str, dispatch):
    seen: list[Message] = []
    message_id = db.write(lambda tx: outbox.publish(tx, topic, {"n": 1, "text": "文"}, A), scope=MINE)
    dispatch(Sub(topic, topic, lambda _, message: seen.append(message))).run_once()
    (message,) = seen
    assert (message.message_id, message.owner_party, message.topic, message.payload, message.at) == (
        message_id, A, topic, {"n": 1, "text": "文"}, clock.now(),
    )  # fmt: skip


def test_an_undone_change_says_nothing(db: Database, topic: str, dispatch):
    def fails(tx: Tx) -> None:
        outbox.publish(tx, topic, {"n": 1}, A)
        raise KeyError

    with pytest.raises(KeyError):
        db.write(fails, scope=MINE)
    assert dispatch(Sub(topic, topic, hear(topic))).run_once() == 0


def test_a_refused_message_is_not_overtaken_and_comes_again(
    db: Database, clock: FixedClock, topic: str, dispatch
):
    tries: list[int] = []

    def handler(tx: Tx, message: Message) -> None:
        n = message.payload["n"]
        hear(topic)(tx, message)
        tries.append(n)
        if n == 2 and tries.count(2) < 3:
            raise KeyError("not yet")

    dispatcher = dispatch(Sub(topic, topic, handler), Sub(f"{topic}-calm", topic, hear(f"{topic}-calm")))
    say(db, topic, 1, 2, 3)
    dispatcher.run_once()
    assert heard_by(db, topic) == [1]  # what the failing handler wrote was undone
    assert heard_by(db, f"{topic}-calm") == [1, 2, 3]
    lag = dispatcher.lags()[0]
    assert (lag.behind, lag.failures, lag.last_error) == (2, 1, "KeyError: 'not yet'")
    dispatcher.run_once()
    assert tries == [1, 2]  # not before its pause is over
    clock.advance(timedelta(seconds=1))
    dispatcher.run_once()
    clock.advance(timedelta(seconds=1))
    dispatcher.run_once()
    assert tries == [1, 2, 2]  # the second pause is longer
    clock.advance(timedelta(seconds=1))
    dispatcher.run_once()
    assert heard_by(db, topic) == [1, 2, 3]
    assert dispatcher.lags()[0].failures == 0


def test_many_dispatchers_deliver_each_message_once(db: Database, topic: str, dispatch):
    say(db, topic, *range(30))
    subscription = Sub(topic, topic, hear(topic))
    with ThreadPoolExecutor(4) as pool:
        counts = [done.result() for done in [pool.submit(dispatch(subscription).run_once) for _ in range(4)]]
    assert sum(counts) == 30
    assert heard_by(db, topic) == list(range(30))


def test_publishers_that_commit_out_of_turn_lose_nothing(db: Database, topic: str, dispatch):
    """A slow transaction drew its number first and commits last; nobody's cursor may have passed it."""
    if db.kind == "sqlite":
        say(db, topic, 1, 2)  # there is one writer: numbers and commits cannot cross
    else:
        drawn, go = threading.Event(), threading.Event()

        def slow(tx: Tx) -> None:
            outbox.publish(tx, topic, {"n": 1}, A)
            drawn.set()
            go.wait(10)

        with ThreadPoolExecutor(1) as pool:
            first = pool.submit(db.write, slow, scope=MINE)
            drawn.wait(10)
            say(db, topic, 2)
            dispatch(Sub(topic, topic, hear(topic))).run_once()
            assert heard_by(db, topic) == [2]
            go.set()
            first.result()
    dispatch(Sub(topic, topic, hear(topic))).run_once()
    assert sorted(heard_by(db, topic)) == [1, 2]


def test_it_is_woken_by_the_commit(db: Database, topic: str, dispatch):
    arrived = threading.Event()
    dispatcher = dispatch(Sub(topic, topic, lambda _tx, _message: arrived.set()))
    dispatcher.start()
    say(db, topic, 1)
    assert arrived.wait(20)


def test_old_messages_are_forgotten_when_all_have_read_them(
    db: Database, clock: FixedClock, topic: str, dispatch
):
    say(db, topic, 1, 2)
    reader, stranger = Sub(topic, topic, hear(topic)), Sub(f"{topic}-new", topic, hear(topic))
    dispatch(reader).run_once()
    clock.advance(timedelta(days=2))
    assert dispatch(reader, stranger).forget(older_than=timedelta(days=1)) == 0  # one has not begun
    assert dispatch(reader).forget(older_than=timedelta(days=3)) == 0
    assert dispatch(reader).forget(older_than=timedelta(days=1)) >= 2
    assert dispatch(reader).lags()[0].behind == 0


def test_two_subscribers_of_one_name_are_a_bug(db: Database):
    one = SimpleNamespace(name="same", topic="t", handler=print)
    with pytest.raises(AssertionError, match="one name"):
        Dispatcher(db, [one, one])
