"""A copy of the records while they are in use.

Rules this module keeps:
 * the copy is one snapshot, as of the moment it began, and whole: it is examined before it gets its name;
 * an existing file is never overwritten, and the copy is its owner's alone;
 * the log's tiles can be made again from the records (``feiyu.registry.journal.rebuild``), never the other way round.

What was published after the copy was made is not in it: a log that is taken up again from an old copy is found out by its
witnesses and refuses to sign. It then needs a new origin; the receipts given out stay good.

PostgreSQL has tools of its own (``pg_dump``, continuous archiving), which know more than we do.

Source: https://www.sqlite.org/backup.html.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from feiyu.base.said import said
from feiyu.store.database import Database
from feiyu.store.errors import CopyDamaged, ObjectExists, StoreUnreachable, UseOwnTools


def backup(db: Database, target: Path) -> int:
    """Copy the records to ``target``, durably; gives the size of the copy in bytes."""
    if db.kind != "sqlite":
        raise UseOwnTools(kind=db.kind)
    assert db.url.database is not None
    source = Path(db.url.database).resolve()
    temporary = target.with_name(f".{target.name}.part")
    try:
        _copy(source, temporary)
        _examine(temporary)
        _name(temporary, target)
    except (OSError, sqlite3.Error) as failure:
        raise StoreUnreachable(reason=said(failure)) from failure
    finally:
        temporary.unlink(missing_ok=True)
    return target.stat().st_size


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    original = closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True))
    with original as records, closing(sqlite3.connect(target)) as copy:
        records.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a WAL beside it


def _examine(path: Path) -> None:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy:
        found = [row[0] for row in copy.execute("PRAGMA integrity_check(5)")]
    if found != ["ok"]:
        raise CopyDamaged(reason=said("; ".join(found)))


def _name(temporary: Path, target: Path) -> None:
    _flush(temporary)
    try:
        os.link(temporary, target)  # unlike a rename it refuses an existing name
    except FileExistsError:
        raise ObjectExists(key=target.name) from None
    _flush(target.parent)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
