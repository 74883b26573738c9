"""Open SQLite or PostgreSQL, and run transactions in them.

Rules this module keeps:
 * every transaction has a scope (``feiyu.store.scope``) and is serialisable: on SQLite because there is one
   writer, on PostgreSQL because it is asked for; so a service function that checks and then acts needs no
   lock of its own;
 * a function given to ``write`` may run more than once on PostgreSQL: it touches nothing but its transaction,
   and what must happen once the change is durable goes through ``after_commit``;
 * a read is one snapshot and cannot write.

Trust and durability: SQLite runs in WAL with ``synchronous=FULL``, an answered write survives power loss as
far as the disk keeps its word; PostgreSQL with its own ``synchronous_commit``. Losing the file loses the
records, not the receipts given out.

Source: DESIGN.md, embedded by default.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, Self, TypeVar

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError

from feiyu.base.clock import Clock
from feiyu.store.errors import UnknownDatabase
from feiyu.store.postgres import Postgres
from feiyu.store.scope import Scope
from feiyu.store.sqlite import Sqlite
from feiyu.store.transaction import Aftermath, Tx

T = TypeVar("T")


class _Engine(Protocol):
    """The two ways to write."""

    pool_size: int
    engine: Engine

    def write(
        self, fn: Callable[[Tx], T], scope: Scope, *, row_locks: bool = False
    ) -> tuple[T, Aftermath]: ...

    def read(self, scope: Scope) -> AbstractContextManager[Tx]: ...

    def alone(self, fn: Callable[[Tx], T], scope: Scope) -> tuple[T, Aftermath]: ...

    def close(self) -> None: ...


class Database:
    """A store of records; made by ``Database.open``, closed by ``close`` or as a context manager."""

    def __init__(self, backend: _Engine, *, url: URL, clock: Clock) -> None:
        self._backend = backend
        self._listeners: dict[str, list[Callable[[], None]]] = {}
        self.url = url
        self.clock = clock

    @classmethod
    def open(cls, url: str, *, clock: Clock, echo: bool = False, pool_size: int = 16) -> "Database":
        """Open ``sqlite:///path`` or ``postgresql+psycopg://…``; at most ``pool_size`` at once."""
        parsed = _parse(url)
        backend: _Engine = (
            Sqlite(parsed, clock, echo=echo, pool_size=pool_size)
            if parsed.get_backend_name() == "sqlite"
            else Postgres(parsed, clock, echo=echo, pool_size=pool_size)
        )
        return cls(backend, url=parsed, clock=clock)

    @property
    def kind(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.url.get_backend_name()

    @property
    def pool_size(self) -> int:
        """How many transactions may be open at once; an HTTP server caps its threads at this."""
        return self._backend.pool_size

    @property
    def engine(self) -> Engine:
        """The reading engine, for introspection (``feiyu.store.migrate``, tests)."""
        return self._backend.engine

    def write(self, fn: Callable[[Tx], T], *, scope: Scope, row_locks: bool = False) -> T:
        """Run ``fn(tx)`` in a transaction, commit durably, then run its ``after_commit`` callbacks.

        ``row_locks`` says that ``fn`` itself locks every row it decides on (a queue with ``SKIP LOCKED``):
        then PostgreSQL need not watch what it reads.
        """
        return self._finish(*self._backend.write(fn, scope, row_locks=row_locks))

    def listen(self, topic: str, wake: Callable[[], None]) -> None:
        """Have ``wake`` called after each commit that announced ``topic``; it must only set a flag."""
        self._listeners.setdefault(topic, []).append(wake)

    def _finish(self, result: T, aftermath: Aftermath) -> T:
        for callback in aftermath.callbacks:
            callback()
        for topic in aftermath.topics:
            for wake in self._listeners.get(topic, ()):
                wake()
        return result

    @contextmanager
    def read(self, *, scope: Scope) -> Iterator[Tx]:
        """A snapshot to read from."""
        with self._backend.read(scope) as tx:
            yield tx

    def alone(self, fn: Callable[[Tx], T], *, scope: Scope) -> T:
        """Run ``fn(tx)`` in a transaction that no second migration runs beside; for changes of the tables."""
        return self._finish(*self._backend.alone(fn, scope))

    def close(self) -> None:
        """Finish waiting writes and let go of the connections."""
        self._backend.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise UnknownDatabase(url=url[:80]) from None
    known = {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}
    in_memory = parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}
    if parsed.drivername not in known or in_memory:
        raise UnknownDatabase(url=parsed.render_as_string(hide_password=True))
    return parsed
