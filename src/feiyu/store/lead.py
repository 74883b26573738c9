"""Be the only one of several processes that does a certain work (feeding the log).

Rules this module keeps:
 * at most one process holds a leadership of a name; it ends with the process or its connection, never by
   time;
 * whoever holds it asks again before each piece of work; what the work writes must still guard itself (the
   log's head moves by compare-and-swap), for a stalled process may learn late that it lost its connection.

Source: https://www.postgresql.org/docs/current/explicit-locking.html (advisory locks); flock(2).
"""

import fcntl
import hashlib
import os
from typing import Protocol

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from feiyu.store.database import Database

_log = structlog.get_logger("feiyu.store")


class Leadership(Protocol):
    """One process's claim to a name."""

    def held(self) -> bool:
        """Whether this process leads now; takes the lead when nobody has it."""
        ...

    def release(self) -> None:
        """Give it up."""
        ...


def leadership(db: Database, name: str) -> Leadership:
    """The claim to ``name`` among all processes that work on this database."""
    return _ByFile(db, name) if db.kind == "sqlite" else _ByConnection(db, name)


class _ByFile:
    """A lock on a file beside the database."""

    def __init__(self, db: Database, name: str) -> None:
        tag = hashlib.sha256(name.encode()).hexdigest()[:16]
        self._path = f"{db.url.database}-lead-{tag}"
        self._handle: int | None = None

    def held(self) -> bool:
        if self._handle is not None:
            return True
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def release(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class _ByConnection:
    """An advisory lock on a connection of its own."""

    def __init__(self, db: Database, name: str) -> None:
        self._engine = db.engine
        self._key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        self._connection: Connection | None = None

    def held(self) -> bool:
        if self._connection is not None:
            try:
                self._connection.execute(text("SELECT 1"))
            except DBAPIError:
                self._drop()
            else:
                return True
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()  # it is ours for good and no longer one of the pool's
        if not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": self._key}).scalar():
            connection.close()
            return False
        self._connection = connection
        return True

    def release(self) -> None:
        if self._connection is not None:
            try:
                # Asked for by name, because the server ends a closed connection in its own time.
                self._connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": self._key})
            except DBAPIError as gone:
                _log.info("the lead had ended before it was given up", reason=str(gone.orig))
            self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()  # the real one, and with it the lock
            self._connection = None
