"""SQLite databases, every table as strings.

Rules this module keeps:
 * the file is opened read-only and immutable: nothing is written beside it, no journal is replayed;
 * a value is the text it was stored as; numbers keep SQLite's own spelling, blobs stay bytes where the column is
   declared as such and are hexadecimal elsewhere;
 * a batch ends at a number of bytes, whatever the rows hold; a value over the limit of a line is refused with its row;
 * views and virtual tables are not run; they, and a write-ahead log beside the file, are told as unread.

Sources: SQLite file format 3; sqlite.org "Defense Against The Dark Arts".
"""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

import pyarrow as pa

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.scan.dialect import unique_names
from feiyu.scan.errors_sources import BadEncoding, Damaged, LineTooLong, TooManyColumns, TooManyMembers
from feiyu.scan.limits import Limits
from feiyu.scan.table import CURSOR_BYTES, CURSOR_ROWS, Input, Meter, Table, gathered

_BATCH_ROWS = 8_192


def sqlite_tables(source: Input, limits: Limits) -> Iterator[Table]:
    """Every plain table, in the order they were made."""
    with _honest(source), closing(_connect(source, limits)) as database:
        names = [
            name
            for name, kind, root in database.execute(
                "SELECT name, type, rootpage FROM sqlite_master ORDER BY rowid"
            )
            if kind == "table" and root and not name.startswith("sqlite_")
        ]
    if len(names) > limits.members:
        raise TooManyMembers(name=source.name, limit=limits.members)
    for name in names:
        yield _table(source, name, limits, share=source.size_bytes // len(names))


def sqlite_unread(source: Input) -> tuple[str, ...]:
    """Views, virtual tables, and what stands in a log that was not yet folded into the file."""
    with _honest(source), closing(_connect(source, Limits())) as database:
        query = "SELECT name FROM sqlite_master WHERE type = 'view' OR (type = 'table' AND rootpage = 0) ORDER BY rowid"
        names = [name for (name,) in database.execute(query)]
    path: Path | None = getattr(source, "path", None)
    log = path.with_name(f"{path.name}-wal") if path else None
    if log is not None and log.is_file() and log.stat().st_size:
        names.append(log.name)
    return tuple(names)


def _table(source: Input, name: str, limits: Limits, *, share: int) -> Table:
    full = f"{source.name} [{name}]"
    with _honest(source), closing(_connect(source, limits)) as database:
        columns = database.execute(f"PRAGMA table_info({_quoted(name)})").fetchall()
        (rows,) = database.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()  # noqa: S608  quoted
    if len(columns) > limits.columns:
        raise TooManyColumns(name=full, columns=len(columns), limit=limits.columns)
    names = unique_names([column[1] for column in columns], len(columns))
    kinds = [pa.binary() if "BLOB" in column[2].upper() else pa.string() for column in columns]
    schema = pa.schema(list(zip(names, kinds, strict=True)))
    wanted = ", ".join(_quoted(column[1]) for column in columns)

    def draw(meter: Meter, _warnings: list[Text]) -> Iterator[pa.RecordBatch]:
        done = 0
        with closing(_connect(source, limits)) as database:
            database.text_factory = bytearray  # decoded here, so that a bad byte can be named
            statement = f"SELECT {wanted} FROM {_quoted(name)}"  # noqa: S608  quoted
            groups = _groups(source, database, statement, full, limits)
            for held in gathered(groups, rows=_BATCH_ROWS, size_bytes=CURSOR_BYTES):
                yield _batch(held, schema, full, done)
                done += len(held)
                meter.bytes = share * done // max(rows, done)
        meter.bytes = share

    return Table(name=name, schema=schema, draw=draw, ceiling=share)


def _groups(
    source: Input, database: sqlite3.Connection, statement: str, name: str, limits: Limits
) -> Iterator[list[tuple[object, ...]]]:
    """A few rows at a time; a value over the limit of a line is refused with its row."""
    done, ahead = 0, 0
    try:
        with _honest(source, sqlite3.DataError):
            cursor = database.execute(statement)
        ahead = 1  # ``sqlite3`` goes on to the next row before it hands one out, which is lost with it
        while True:
            group: list[tuple[object, ...]] = []
            with _honest(source, sqlite3.DataError):
                for row in islice(cursor, CURSOR_ROWS):
                    group.append(row)
                    done += 1
            if not group:
                return
            yield group
    except sqlite3.DataError:  # SQLITE_TOOBIG
        raise LineTooLong(name=name, row=done + ahead + 1, limit=limits.line_bytes) from None


def _batch(held: Sequence[Sequence[object]], schema: pa.Schema, name: str, done: int) -> pa.RecordBatch:
    arrays = []
    for field, column in zip(schema, zip(*held, strict=True), strict=True):
        read = _bytes if field.type == pa.binary() else _text
        values: list[str | bytes | None] = []
        try:
            for value in column:
                values.append(read(value))  # noqa: PERF401  how far it came tells the row
        except UnicodeDecodeError as error:
            row = done + len(values) + 1
            raise BadEncoding(
                name=f"{name}, {field.name}", row=row, offset=error.start, encoding="UTF-8"
            ) from error
        arrays.append(pa.array(values, field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytearray):
        return value.decode("utf-8")
    return value.hex() if isinstance(value, bytes) else repr(value)


def _bytes(value: object) -> bytes | None:
    if value is None or isinstance(value, bytes):
        return value
    return bytes(value) if isinstance(value, bytearray) else str(value).encode()


def _connect(source: Input, limits: Limits) -> sqlite3.Connection:
    path: Path | None = getattr(source, "path", None)
    if path is not None:
        database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    else:
        database = sqlite3.connect(":memory:")
        with closing(source.open(Meter())) as file:
            database.deserialize(file.read())
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.line_bytes)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "query_only = ON"):
        database.execute(f"PRAGMA {pragma}")
    return database


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextlib.contextmanager
def _honest(source: Input, *passed: type[Exception]) -> Iterator[None]:
    """Turn what SQLite raises on a bad file into ``Damaged``; what is to be ``passed`` on stays."""
    try:
        yield
    except passed:
        raise
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise Damaged(name=source.name, reason=said(error)) from error
