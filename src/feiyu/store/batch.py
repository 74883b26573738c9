"""Group commit: one writer thread for SQLite.

SQLite takes one writer at a time, and a commit costs one flush of the disk whether it carries one change or
five hundred. So all functions that wait run one after another, each inside a savepoint, and one commit
answers them all.

Rules this module keeps:
 * a caller is answered only after the commit that holds its change is on disk (``synchronous=FULL``);
 * a function that raises undoes its own savepoint and nothing of its neighbours;
 * when the commit itself fails, nobody is told that their change was made;
 * a group ends after ``MAX_FUNCTIONS`` or ``MAX_S``, so that the first one never waits for an endless stream
   of others.

A function must be short, touch nothing but its transaction, and never call ``Database.write`` itself.

Source: DESIGN.md, stack (``store.batch``).
"""

import queue
import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine

from feiyu.base.clock import Clock, monotonic_s
from feiyu.base.text import Text
from feiyu.store.errors import StoreClosed, StoreUnreachable
from feiyu.store.scope import Scope
from feiyu.store.transaction import Aftermath, Tx, prepare

T = TypeVar("T")
MAX_FUNCTIONS = 512
MAX_S = 0.05


class Waiting(Generic[T]):
    """One function, its caller asleep, and later its answer."""

    __slots__ = ("after", "error", "fn", "ready", "result", "scope")

    def __init__(self, fn: Callable[[Tx], T], scope: Scope) -> None:
        self.fn = fn
        self.scope = scope
        self.after = Aftermath()
        self.error: BaseException | None = None
        self.result: T | None = None
        self.ready = threading.Lock()  # a bare lock held until the answer: half the cost of an Event
        self.ready.acquire()


class Batch:
    """The writer thread over one connection."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._queue: queue.SimpleQueue[Waiting[Any] | None] = queue.SimpleQueue()
        self._door = threading.Lock()
        self._closed = False
        self._ended = False
        self._thread = threading.Thread(target=self._loop, name="feiyu-store-writer", daemon=True)
        self._thread.start()

    def run(self, fn: Callable[[Tx], T], scope: Scope) -> Waiting[T]:
        """Hand ``fn`` to the writer and wait for the commit. The answer stands in what is returned."""
        assert threading.current_thread() is not self._thread, "a write inside a write would wait for itself"
        waiting = Waiting(fn, scope)
        with self._door:
            if self._closed:
                raise StoreClosed
            self._queue.put(waiting)
        waiting.ready.acquire()
        return waiting

    def close(self) -> None:
        """Finish what waits, then stop."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _loop(self) -> None:
        while not self._ended:
            first = self._queue.get()
            if first is None:
                return
            group: list[Waiting[Any]] = [first]
            try:
                self._commit_group(group)
            except BaseException as failure:  # noqa: BLE001 - it is handed to every caller of the group
                for waiting in group:
                    waiting.error = waiting.error or failure
            for waiting in group:
                waiting.ready.release()

    def _commit_group(self, group: list[Waiting[Any]]) -> None:
        """Run ``group[0]`` and whatever else waits, and commit."""
        with self._engine.connect() as connection:
            connection.begin()
            until = monotonic_s() + MAX_S
            waiting: Waiting[Any] | None = group[0]
            while waiting is not None:
                self._run_in_savepoint(connection, waiting)
                waiting = self._next() if len(group) < MAX_FUNCTIONS and monotonic_s() < until else None
                if waiting is not None:
                    group.append(waiting)
            connection.commit()

    def _next(self) -> Waiting[Any] | None:
        """Whoever else waits already; None when nobody does, or after the last one."""
        try:
            waiting = self._queue.get_nowait()
        except queue.Empty:
            return None
        self._ended = waiting is None
        return waiting

    def _run_in_savepoint(self, connection: Connection, waiting: Waiting[Any]) -> None:
        # The driver's own calls: savepoints through SQLAlchemy would cost as much as the insert they guard.
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("SAVEPOINT change")
        prepare(connection, scope=waiting.scope, clock=self._clock, aftermath=waiting.after)
        try:
            waiting.result = waiting.fn(connection)
        except BaseException as error:  # noqa: BLE001 - it belongs to the caller, who gets it
            waiting.error = error
            waiting.after.clear()
        if not driver.in_transaction:
            # SQLite gave the whole transaction up (disk full, I/O error): no neighbour may be told that it was kept.
            raise StoreUnreachable(
                reason=Text("SQLite 放弃了该事务", "SQLite gave the transaction up")
            ) from waiting.error
        if waiting.error is not None:
            driver.execute("ROLLBACK TO change")
        driver.execute("RELEASE change")
