"""Open SQLite or PostgreSQL, and run transactions in them.

Rules this module keeps:
 * every transaction has a scope (``feiyu.store.scope``) and is serialisable: on SQLite because there is one
   writer, on PostgreSQL because it is asked for; so a service function that checks and then acts needs no
   lock of its own;
 * a function given to ``write`` may run more than once on PostgreSQL: it touches nothing but its transaction,
   and what must happen once the change is durable goes through ``after_commit``;
 * a read is one snapshot and cannot write.

Turns on PostgreSQL: a first attempt runs beside others. One that loses a serialisation conflict runs its next
attempt alone (an exclusive lock on the table ``store_turn`` that first attempts hold shared), so a second
attempt cannot lose again.

Trust and durability: SQLite runs in WAL with ``synchronous=FULL``, an answered write survives power loss as
far as the disk keeps its word; PostgreSQL with its own ``synchronous_commit``. Losing the file loses the
records, not the receipts given out.

Source: DESIGN.md, embedded by default; https://www.postgresql.org/docs/current/sql-lock.html (LOCK TABLE
takes no snapshot).
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from feiyu.base.clock import Clock
from feiyu.store.batch import Aftermath, Batch
from feiyu.store.errors import StoreUnreachable, TooBusy, UnknownDatabase
from feiyu.store.scope import Scope

T = TypeVar("T")
Tx = Connection
"""A running transaction: what every store function takes first."""

ATTEMPTS = 6
BUSY_S = 30
_COLLIDED = {"40001", "40P01"}
_MIGRATION = 0x6665697975


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


def _aftermath(tx: Tx) -> Aftermath:
    aftermath = tx.info["after_commit"]
    assert isinstance(aftermath, Aftermath)
    return aftermath


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
            _Sqlite(parsed, clock, echo=echo, pool_size=pool_size)
            if parsed.get_backend_name() == "sqlite"
            else _Postgres(parsed, clock, echo=echo, pool_size=pool_size)
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


_SQLITE_OUTAGES = ("SQLITE_BUSY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_CORRUPT")
_POSTGRES_OUTAGES = ("08", "53", "57", "58")
_LOCK_TIMEOUT = "55P03"


@contextmanager
def _unreachable() -> Iterator[None]:
    """Tell an outage as a refusal; every other failure of a statement is a fault and stays what it is."""
    try:
        yield
    except DBAPIError as failure:
        if getattr(failure.orig, "sqlstate", None) == _LOCK_TIMEOUT:
            raise TooBusy from failure
        if not _is_outage(failure):
            raise
        raise StoreUnreachable(reason=str(failure.orig).strip()[:200]) from failure
    except NoFreeConnection as failure:
        raise TooBusy from failure


@contextmanager
def _opening() -> Iterator[None]:
    """While opening every failure is an outage: no file, no database, no rights, no driver."""
    try:
        yield
    except (DBAPIError, NoSuchModuleError, ModuleNotFoundError) as failure:
        reason = str(getattr(failure, "orig", failure)).strip()
        raise StoreUnreachable(reason=reason[:200]) from failure


def _is_outage(failure: DBAPIError) -> bool:
    name = getattr(failure.orig, "sqlite_errorname", None)
    if name is not None:
        return str(name).startswith(_SQLITE_OUTAGES)
    state = getattr(failure.orig, "sqlstate", None)
    if state is None:
        return isinstance(failure, OperationalError)
    return str(state).startswith(_POSTGRES_OUTAGES)


class _Sqlite:
    """One writer thread with group commit; readers on their own connections."""

    def __init__(self, url: URL, clock: Clock, *, echo: bool, pool_size: int) -> None:
        assert url.database is not None
        self.pool_size = pool_size
        with _opening():
            _make_folder(Path(url.database).parent)
            self._writer = _sqlite_engine(url, echo=echo, pool_size=1, writing=True)
            with self._writer.connect():
                pass  # creates the file and its WAL before the first reader comes
            self.engine = _sqlite_engine(url, echo=echo, pool_size=pool_size, writing=False)
        self._batch = Batch(self._writer, clock)
        self._clock = clock

    def write(
        self,
        fn: Callable[[Tx], T],
        scope: Scope,
        *,
        row_locks: bool = False,  # noqa: ARG002 - there is one writer
    ) -> tuple[T, Aftermath]:
        waiting = self._batch.run(fn, scope)
        if waiting.error is not None:
            with _unreachable():
                raise waiting.error
        return waiting.result, waiting.after  # type: ignore[return-value]

    @contextmanager
    def read(self, scope: Scope) -> Iterator[Tx]:
        with _unreachable(), self.engine.connect() as connection, connection.begin():
            connection.info.update(scope=scope, clock=self._clock)
            yield connection

    def alone(self, fn: Callable[[Tx], T], scope: Scope) -> tuple[T, Aftermath]:
        return self.write(fn, scope)

    def close(self) -> None:
        self._batch.close()
        self.engine.dispose()
        self._writer.dispose()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise StoreUnreachable(reason=f"{folder}: {failure.strerror}") from failure


def _sqlite_engine(url: URL, *, echo: bool, pool_size: int, writing: bool) -> Engine:
    engine = create_engine(
        url,
        echo=echo,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=BUSY_S,
        connect_args={"timeout": BUSY_S},
    )

    @event.listens_for(engine, "connect")
    def prepare(driver: Any, _record: object) -> None:
        driver.isolation_level = None  # the driver opens no transactions of its own; BEGIN is ours
        pragmas = ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF"]
        for pragma in [*pragmas, *([] if writing else ["query_only=ON"])]:
            driver.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


class _Postgres:
    """Each write its own serialisable transaction in the caller's thread."""

    def __init__(self, url: URL, clock: Clock, *, echo: bool, pool_size: int) -> None:
        self.pool_size = pool_size
        self._clock = clock
        with _opening():
            self.engine = create_engine(
                url,
                echo=echo,
                pool_size=pool_size,
                max_overflow=0,
                pool_timeout=BUSY_S,
                pool_pre_ping=True,
                isolation_level="SERIALIZABLE",
                connect_args={
                    "options": "-c timezone=UTC -c lock_timeout=60s -c idle_in_transaction_session_timeout=300s"
                },
            )
            with self.engine.connect():
                pass

    def write(self, fn: Callable[[Tx], T], scope: Scope, *, row_locks: bool = False) -> tuple[T, Aftermath]:
        level = "READ COMMITTED" if row_locks else None
        for attempt in range(ATTEMPTS):
            after = Aftermath()
            try:
                return self._attempt(fn, scope, after, alone=attempt > 0, level=level), after
            except DBAPIError as failure:
                # Two that insert the same key at once see a broken constraint; alone, the second sees the first's row.
                collided = getattr(failure.orig, "sqlstate", None) in _COLLIDED
                if not collided and (attempt > 0 or not isinstance(failure, IntegrityError)):
                    with _unreachable():
                        raise
            except NoFreeConnection as failure:
                raise TooBusy from failure
        raise TooBusy

    def _attempt(
        self, fn: Callable[[Tx], T], scope: Scope, after: Aftermath, *, alone: bool, level: str | None
    ) -> T:
        mode = "EXCLUSIVE" if alone else "ROW SHARE"
        with self.engine.connect() as connection:
            if level is not None:
                connection.execution_options(isolation_level=level)
            connection.info.update(scope=scope, clock=self._clock, after_commit=after)
            with connection.begin():
                connection.exec_driver_sql(f"LOCK TABLE store_turn IN {mode} MODE; {_set_scope(scope)}")
                return fn(connection)

    @contextmanager
    def read(self, scope: Scope) -> Iterator[Tx]:
        with _unreachable(), self.engine.connect() as connection:
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            connection.info.update(scope=scope, clock=self._clock)
            with connection.begin():
                connection.exec_driver_sql(_set_scope(scope))
                yield connection

    def alone(self, fn: Callable[[Tx], T], scope: Scope) -> tuple[T, Aftermath]:
        after = Aftermath()
        with _unreachable(), self.engine.connect() as connection:
            # READ COMMITTED: after waiting for its turn it must see what the one before it made.
            connection.execution_options(isolation_level="READ COMMITTED")
            connection.info.update(scope=scope, clock=self._clock, after_commit=after)
            with connection.begin():
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION})")
                connection.exec_driver_sql(_set_scope(scope))
                return fn(connection), after

    def close(self) -> None:
        self.engine.dispose()


def _set_scope(scope: Scope) -> str:
    # A party id has a closed alphabet (Scope refuses the rest), so it can stand in the statement.
    kind = "all" if scope.party is None else "party"
    return f"SET LOCAL feiyu.scope = '{kind}'; SET LOCAL feiyu.party = '{scope.party or ''}'"
