"""SQLite: one writer thread with group commit, readers on connections of their own.

Rules this module keeps:
 * WAL and ``synchronous=FULL``: an answered write survives the loss of power, as far as the disk keeps its word;
 * a new file is its owner's alone;
 * the driver opens no transaction of its own: ours begin with ``BEGIN IMMEDIATE`` (the writer) or ``BEGIN`` (a reader,
   which cannot write).

Source: https://www.sqlite.org/pragma.html.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event

from feiyu.base.clock import Clock
from feiyu.base.said import said
from feiyu.store.batch import Batch
from feiyu.store.errors import StoreUnreachable
from feiyu.store.outages import opening, running
from feiyu.store.scope import Scope
from feiyu.store.transaction import BUSY_S, SPARE, Aftermath, Tx, prepare, refuse_nul

T = TypeVar("T")
STATEMENTS = 512
"""Prepared statements that a connection keeps: ``feiyu.store.rows`` has one for each number of rows."""


class Sqlite:
    """One writer thread with group commit; readers on their own connections."""

    def __init__(self, url: URL, clock: Clock, *, echo: bool, pool_size: int) -> None:
        assert url.database is not None
        self.pool_size = pool_size
        with opening():
            _make_file(Path(url.database))
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
        """Hand ``fn`` to the writer; the result and what is to happen after the commit."""
        waiting = self._batch.run(fn, scope)
        if waiting.error is not None:
            with running():
                raise waiting.error
        return waiting.result, waiting.after  # type: ignore[return-value]

    @contextmanager
    def read(self, scope: Scope) -> Iterator[Tx]:
        """A snapshot that cannot write."""
        with running(), self.engine.connect() as connection, connection.begin():
            prepare(connection, scope=scope, clock=self._clock)
            yield connection

    def alone(self, fn: Callable[[Tx], T], scope: Scope) -> tuple[T, Aftermath]:
        """Run ``fn`` as any other write: there is one writer."""
        return self.write(fn, scope)

    def close(self) -> None:
        """Finish what waits and let go of the connections."""
        self._batch.close()
        self.engine.dispose()
        self._writer.dispose()


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # SQLite gives its WAL the same rights
    except OSError as failure:
        raise StoreUnreachable(reason=said(failure, at=str(path))) from failure


def _sqlite_engine(url: URL, *, echo: bool, pool_size: int, writing: bool) -> Engine:
    engine = create_engine(
        url,
        echo=echo,
        pool_size=pool_size,
        max_overflow=0 if writing else SPARE,
        pool_timeout=BUSY_S,
        connect_args={"timeout": BUSY_S, "cached_statements": STATEMENTS},
    )

    @event.listens_for(engine, "connect")
    def set_up(driver: Any, _record: object) -> None:
        driver.isolation_level = None  # the driver opens no transactions of its own; BEGIN is ours
        # The last: what is removed is overwritten, also where SQLite was not built to do so by itself.
        pragmas = [
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "secure_delete=ON",
        ]
        for pragma in [*pragmas, *([] if writing else ["query_only=ON"])]:
            driver.execute(f"PRAGMA {pragma}").close()

    event.listen(engine, "before_cursor_execute", refuse_nul)

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine
