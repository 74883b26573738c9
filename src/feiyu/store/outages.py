"""Which failures of a database are outages, to be told as refusals, and which are faults of ours.

Rules this module keeps:
 * a disk that is full, a file that is locked or broken, a server that is away or stopping is an outage: the caller hears
   that nothing was changed and what to look at;
 * every other failure of a statement is a bug and stays what it is.

Sources: https://www.sqlite.org/rescode.html; https://www.postgresql.org/docs/current/errcodes-appendix.html.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from feiyu.base.said import said
from feiyu.store.errors import StoreUnreachable, TooBusy

_SQLITE_OUTAGES = ("SQLITE_BUSY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_CORRUPT")
_POSTGRES_OUTAGES = ("08", "53", "57", "58")
_LOCK_TIMEOUT = "55P03"


@contextmanager
def running() -> Iterator[None]:
    """Around statements: tell an outage as a refusal, let a fault pass."""
    try:
        yield
    except DBAPIError as failure:
        if getattr(failure.orig, "sqlstate", None) == _LOCK_TIMEOUT:
            raise TooBusy from failure
        if not _is_outage(failure):
            raise
        raise StoreUnreachable(reason=said(str(failure.orig))) from failure
    except NoFreeConnection as failure:
        raise TooBusy from failure


@contextmanager
def opening() -> Iterator[None]:
    """Around opening, where every failure is an outage: no file, no database, no rights, no driver."""
    try:
        yield
    except (DBAPIError, NoSuchModuleError, ModuleNotFoundError) as failure:
        reason = str(getattr(failure, "orig", failure)).strip()
        raise StoreUnreachable(reason=said(reason)) from failure


def _is_outage(failure: DBAPIError) -> bool:
    name = getattr(failure.orig, "sqlite_errorname", None)
    if name is not None:
        return str(name).startswith(_SQLITE_OUTAGES)
    state = getattr(failure.orig, "sqlstate", None)
    if state is None:
        return isinstance(failure, OperationalError)
    return str(state).startswith(_POSTGRES_OUTAGES)
