"""PostgreSQL: each write a serialisable transaction of its own in the caller's thread.

Rules this module keeps:
 * a first attempt runs beside others; one that loses a conflict runs again alone, so it cannot lose twice: first attempts
   hold the table ``store_turn`` shared, a second one takes it whole. ``LOCK TABLE`` comes before the transaction's
   snapshot, so whoever waited sees what the others made;
 * who may see which rows is told to the server with each transaction (``feiyu.scope``, ``feiyu.party``), for the policies
   that ``feiyu.store.migrate`` made;
 * a role that row-level security does not bind is refused;
 * a write prefers indexes: a sequential scan of a small table would have the server believe that the whole table was
   read, and every other write a conflict.

Sources: https://www.postgresql.org/docs/current/sql-lock.html; .../transaction-iso.html#XACT-SERIALIZABLE.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import URL, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from feiyu.base.clock import Clock
from feiyu.store.errors import RoleTooStrong, TooBusy
from feiyu.store.outages import opening, running
from feiyu.store.scope import Scope
from feiyu.store.transaction import BUSY_S, SPARE, Aftermath, Tx, prepare, refuse_nul

T = TypeVar("T")
ATTEMPTS = 6
_COLLIDED = {"40001", "40P01"}
_STRONG = "SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)"
_MIGRATION = 0x6665697975


class Postgres:
    """Each write its own serialisable transaction in the caller's thread."""

    def __init__(self, url: URL, clock: Clock, *, echo: bool, pool_size: int) -> None:
        self.pool_size = pool_size
        self._clock = clock
        with opening():
            self.engine = create_engine(
                url,
                echo=echo,
                pool_size=pool_size,
                max_overflow=pool_size
                + SPARE,  # a thread that reads may write inside; background work comes on top
                pool_timeout=BUSY_S,
                pool_pre_ping=True,
                isolation_level="SERIALIZABLE",
                connect_args={
                    "options": "-c timezone=UTC -c lock_timeout=60s -c idle_in_transaction_session_timeout=300s"
                },
            )
            event.listen(self.engine, "before_cursor_execute", refuse_nul)
            with self.engine.connect() as connection:
                role = connection.exec_driver_sql(_STRONG).scalar()
        if role is not None:
            self.engine.dispose()
            raise RoleTooStrong(role=role)

    def write(self, fn: Callable[[Tx], T], scope: Scope, *, row_locks: bool = False) -> tuple[T, Aftermath]:
        """Attempt beside others, then alone; the result and what is to happen after the commit."""
        level = "READ COMMITTED" if row_locks else None
        for attempt in range(ATTEMPTS):
            after = Aftermath()
            try:
                return self._attempt(fn, scope, after, alone=attempt > 0, level=level), after
            except DBAPIError as failure:
                # Two that insert the same key at once see a broken constraint; alone, the second sees the first's row.
                collided = getattr(failure.orig, "sqlstate", None) in _COLLIDED
                if not collided and (attempt > 0 or not isinstance(failure, IntegrityError)):
                    with running():
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
            prepare(connection, scope=scope, clock=self._clock, aftermath=after)
            with connection.begin():
                connection.exec_driver_sql(
                    f"LOCK TABLE store_turn IN {mode} MODE; SET LOCAL enable_seqscan = off; {_set_scope(scope)}"
                )
                return fn(connection)

    @contextmanager
    def read(self, scope: Scope) -> Iterator[Tx]:
        """A snapshot that cannot write."""
        with running(), self.engine.connect() as connection:
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            prepare(connection, scope=scope, clock=self._clock)
            with connection.begin():
                connection.exec_driver_sql(_set_scope(scope))
                yield connection

    def alone(self, fn: Callable[[Tx], T], scope: Scope) -> tuple[T, Aftermath]:
        """Run ``fn`` while no other migration runs."""
        after = Aftermath()
        with running(), self.engine.connect() as connection:
            # READ COMMITTED: after waiting for its turn it must see what the one before it made.
            connection.execution_options(isolation_level="READ COMMITTED")
            prepare(connection, scope=scope, clock=self._clock, aftermath=after)
            with connection.begin():
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION})")
                connection.exec_driver_sql(_set_scope(scope))
                return fn(connection), after

    def close(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()


def _set_scope(scope: Scope) -> str:
    # A party id has a closed alphabet (Scope refuses the rest), so it can stand in the statement.
    kind = "all" if scope.party is None else "party"
    return f"SET LOCAL feiyu.scope = '{kind}'; SET LOCAL feiyu.party = '{scope.party or ''}'"
