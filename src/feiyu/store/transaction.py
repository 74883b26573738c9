"""What a running transaction knows: its scope, its clock, and what is to happen once it is durable."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection

from feiyu.base.clock import Clock
from feiyu.base.errors import NulCharacter
from feiyu.store.scope import Scope

Tx = Connection
"""A running transaction: what every store function takes first."""

BUSY_S = 30
"""How long anybody waits for a connection or a lock."""


SPARE = 8
"""Connections beyond those of the callers, for background work."""


class Aftermath:
    """What is to happen once a transaction is durable: callbacks, and topics whose listeners are woken once."""

    __slots__ = ("callbacks", "topics")

    def __init__(self) -> None:
        self.callbacks: list[Callable[[], None]] = []
        self.topics: set[str] = set()

    def clear(self) -> None:
        """Forget it all, when the transaction was undone."""
        self.callbacks.clear()
        self.topics.clear()


def prepare(tx: Tx, *, scope: Scope, clock: Clock, aftermath: Aftermath | None = None) -> None:
    """Tell a connection whose transaction it carries now."""
    tx.info.update(scope=scope, clock=clock, after_commit=aftermath)


def scope_of(tx: Tx) -> Scope:
    """The scope under which a transaction was opened."""
    scope = tx.info["scope"]
    assert isinstance(scope, Scope)
    return scope


def after_commit(tx: Tx, callback: Callable[[], None]) -> None:
    """Call ``callback`` in the writing thread once the change is durable; never when it is undone."""
    _aftermath(tx).callbacks.append(callback)


def announce(tx: Tx, topic: str) -> None:
    """Wake once the change is durable whoever listens to ``topic`` in this process (``Database.listen``)."""
    _aftermath(tx).topics.add(topic)


def clock_of(tx: Tx) -> Clock:
    """The clock of the database that a transaction belongs to."""
    clock: Clock = tx.info["clock"]
    return clock


def refuse_nul(
    _connection: object, _cursor: object, _statement: str, parameters: Any, _context: object, many: bool,  # noqa: FBT001 - the event's own form
) -> None:  # fmt: skip
    """Refuse a text with a NUL on both engines alike: SQLite would keep it, PostgreSQL fault on it."""
    for row in parameters if many else (parameters,):
        check_nul(row.values() if isinstance(row, dict) else row)


def check_nul(values: Iterable[object]) -> None:
    """Refuse values of which one is a text with a NUL."""
    for value in values:
        if isinstance(value, str) and "\x00" in value:
            raise NulCharacter(place=repr(value[:40]))


def _aftermath(tx: Tx) -> Aftermath:
    aftermath = tx.info["after_commit"]
    assert isinstance(aftermath, Aftermath)
    return aftermath
