"""Messages between rooms: written with the change, delivered afterwards, in order, to whoever subscribed.

Rules this module keeps:
 * a message exists exactly if the change it tells of was committed;
 * each subscriber has a durable cursor and sees every message of its topic in order; a message that its
   handler refuses is tried again, later each time, and nothing overtakes it;
 * the handler runs inside the transaction that moves the cursor: what it changes in the database happens
   exactly once. What it does outside may happen again after a crash, so a handler that must reach outside
   enqueues a job instead.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from sqlalchemy import RowMapping

from feiyu.base.ids import PartyId, new_id
from feiyu.registry.journal.background import Background
from feiyu.registry.journal.store import outbox
from feiyu.store import Database, Scope, Tx, announce, clock_of

_log = structlog.get_logger("feiyu.outbox")
_SCOPE = Scope.all("outbox delivery")
TOPIC = "outbox"
PLACED_AT_ONCE = 1000
LONGEST_PAUSE_S = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a subscriber receives."""

    message_id: str
    owner_party: PartyId
    topic: str
    payload: Mapping[str, object]
    at: datetime
    position: int


class Subscribed(Protocol):
    """What the dispatcher needs to know of a subscription."""

    @property
    def name(self) -> str:
        """The subscriber's own name; its cursor is kept under it for ever."""
        ...

    @property
    def topic(self) -> str:
        """The topic it hears."""
        ...

    @property
    def handler(self) -> Callable[[Tx, Message], None]:
        """What to call."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """How far a subscriber is behind, for the operator's page."""

    subscriber: str
    behind: int
    failures: int
    retry_at: datetime | None
    last_error: str | None


def publish(tx: Tx, topic: str, payload: Mapping[str, object], owner: PartyId) -> str:
    """Send a message with this transaction; gives its id."""
    now = clock_of(tx).now()
    message_id = new_id("message", now)
    row = {
        "message_id": message_id,
        "owner_party": owner,
        "topic": topic,
        "payload": dict(payload),
        "at": now,
    }
    outbox.add_message(tx, row)
    announce(tx, TOPIC)
    return message_id


class Dispatcher:
    """Delivers messages to subscriptions; may run in several processes at once."""

    def __init__(self, db: Database, subscriptions: Sequence[Subscribed], *, every_s: float = 1.0) -> None:
        assert len({each.name for each in subscriptions}) == len(subscriptions), "two subscribers of one name"
        self._db = db
        self._subscriptions = tuple(subscriptions)
        self._background = Background("feiyu-outbox", lambda: self.run_once() > 0, every_s=every_s)
        db.listen(TOPIC, self._background.wake)

    def start(self) -> None:
        """Deliver in the background."""
        self._background.start()

    def stop(self) -> None:
        """Finish the delivery at hand and end."""
        self._background.stop()

    def run_once(self) -> int:
        """Deliver what waits, as far as handlers take it; how many deliveries succeeded."""
        self._place()
        return sum(self._deliver_all(each) for each in self._subscriptions)

    def lags(self) -> tuple[Lag, ...]:
        """How far each subscriber is behind."""
        with self._db.read(scope=_SCOPE) as tx:
            cursors = {row["subscriber"]: row for row in outbox.cursor_rows(tx)}
            return tuple(_lag(tx, each, cursors.get(each.name)) for each in self._subscriptions)

    def forget(self, *, older_than: timedelta) -> int:
        """Delete messages older than that which every present subscriber has read; how many there were."""
        before = self._db.clock.now() - older_than
        names = {each.name for each in self._subscriptions}

        def remove(tx: Tx) -> int:
            passed = [row["position"] for row in outbox.cursor_rows(tx) if row["subscriber"] in names]
            complete = len(passed) == len(names) and bool(passed)
            return outbox.remove_read(tx, upto=min(passed), before=before) if complete else 0

        return self._db.write(remove, scope=_SCOPE)

    def _place(self) -> None:
        with self._db.read(scope=_SCOPE) as tx:
            more = outbox.has_unplaced(tx)
        while more:
            placed = self._db.write(lambda tx: outbox.place_messages(tx, PLACED_AT_ONCE), scope=_SCOPE)
            more = placed == PLACED_AT_ONCE

    def _deliver_all(self, subscription: Subscribed) -> int:
        count = 0
        while self._deliver(subscription):
            count += 1
        return count

    def _deliver(self, subscription: Subscribed) -> bool:
        def step(tx: Tx) -> bool:
            cursor = outbox.cursor_row(tx, subscription.name)
            now = self._db.clock.now()
            if cursor["retry_at"] is not None and cursor["retry_at"] > now:
                return False
            row = outbox.next_message(tx, subscription.topic, cursor["position"])
            if row is None:
                return False
            subscription.handler(tx, _message(row))
            outbox.set_cursor(
                tx, subscription.name, position=row["position"], failures=0, retry_at=None, last_error=None
            )
            return True

        try:
            return self._db.write(step, scope=_SCOPE)
        except Exception as failure:  # noqa: BLE001 - kept with the cursor, logged, and tried again
            _log.exception("a message was not taken", subscriber=subscription.name, topic=subscription.topic)
            reason = f"{type(failure).__name__}: {failure}"[:2000]
            self._db.write(lambda tx: self._note_failure(tx, subscription.name, reason), scope=_SCOPE)
            return False

    def _note_failure(self, tx: Tx, subscriber: str, reason: str) -> None:
        failures = outbox.cursor_row(tx, subscriber)["failures"] + 1
        pause = timedelta(seconds=min(LONGEST_PAUSE_S, 2 ** min(failures - 1, 20)))
        retry_at = self._db.clock.now() + pause
        outbox.set_cursor(tx, subscriber, failures=failures, retry_at=retry_at, last_error=reason)


def _message(row: RowMapping) -> Message:
    names = ("message_id", "owner_party", "topic", "payload", "at", "position")
    return Message(**{name: row[name] for name in names})


def _lag(tx: Tx, subscription: Subscribed, cursor: RowMapping | None) -> Lag:
    behind = outbox.count_behind(tx, subscription.topic, cursor["position"] if cursor else 0)
    return Lag(
        subscriber=subscription.name,
        behind=behind,
        failures=cursor["failures"] if cursor else 0,
        retry_at=cursor["retry_at"] if cursor else None,
        last_error=cursor["last_error"] if cursor else None,
    )
