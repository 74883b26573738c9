"""DuckDB databases (extra ``analysis``).

Rules this module keeps:
 * the file is opened read-only, without access to anything beside it and without extensions being loaded or fetched;
 * views are not run; they are told as unread;
 * plain types come as they are, all others as DuckDB writes them;
 * a sound file that cannot be read here (encrypted, of another version, open elsewhere) is called what it is, not damaged.

Sources: DuckDB documentation, "Securing DuckDB", configuration, "Storage Versions and Format", "Concurrency".
"""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from feiyu.base.errors import BadInput
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.scan.dialect import unique_names
from feiyu.scan.errors_sources import (
    Damaged,
    OpenElsewhere,
    OtherVersion,
    TooManyColumns,
    TooManyMembers,
    Unread,
)
from feiyu.scan.limits import Limits
from feiyu.scan.remote.errors import MissingExtra
from feiyu.scan.table import BATCH_ROWS, Input, Meter, Table

if TYPE_CHECKING:
    import duckdb

PLAIN = frozenset({"BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "FLOAT",
                   "DOUBLE", "VARCHAR", "BLOB", "DATE", "TIMESTAMP"})  # fmt: skip
_BATCH_BYTES = 2 << 20
_LOCKED = "Could not set lock on file"
_ENCRYPTED = "encrypted database"
_VERSION = re.compile(r"Trying to read a database file with (?:storage )?version number (\d+)")


def duck_tables(source: Input, limits: Limits) -> Iterator[Table]:
    """Every table, in the order of schema and name."""
    with _honest(source), closing(_connect(source)) as database:
        found = database.execute(
            "SELECT schema_name, table_name, estimated_size FROM duckdb_tables() WHERE NOT internal ORDER BY 1, 2"
        ).fetchall()
    if len(found) > limits.members:
        raise TooManyMembers(name=source.name, limit=limits.members)
    for schema, name, _ in found:
        yield _table(source, schema, name, limits, share=source.size_bytes // len(found))


def duck_unread(source: Input) -> tuple[str, ...]:
    """The views."""
    with _honest(source), closing(_connect(source)) as database:
        return tuple(
            name for (name,) in database.execute(
                "SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY schema_name, view_name"
            ).fetchall()
        )  # fmt: skip


def _table(source: Input, schema: str, name: str, limits: Limits, *, share: int) -> Table:
    label = name if schema == "main" else f"{schema}.{name}"
    with _honest(source), closing(_connect(source)) as database:
        columns = database.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = ? AND table_name = ? ORDER BY column_index",
            [schema, name],
        ).fetchall()
    if len(columns) > limits.columns:
        raise TooManyColumns(name=f"{source.name} [{label}]", columns=len(columns), limit=limits.columns)
    names = unique_names([column for column, _ in columns], len(columns))
    shown = ", ".join(
        f"{_quoted(column)}{'' if kind in PLAIN else '::VARCHAR'} AS {_quoted(new)}"
        for (column, kind), new in zip(columns, names, strict=True)
    )
    statement = f"SELECT {shown} FROM {_quoted(schema)}.{_quoted(name)}"  # noqa: S608 quoted
    rows = max(1, min(BATCH_ROWS, _BATCH_BYTES // (16 * max(1, len(columns)))))
    with _honest(source), closing(_connect(source)) as database:
        kinds = _reader(database, f"{statement} LIMIT 0", rows).schema

    def draw(meter: Meter, _warnings: list[Text]) -> Iterator[pa.RecordBatch]:
        with closing(_connect(source)) as database:
            with _honest(source):
                reader = _reader(database, statement, rows)
            while True:
                with _honest(source):
                    batch = next(reader, None)
                if batch is None:
                    break
                meter.bytes = min(share, meter.bytes + batch.nbytes)
                if batch.num_rows:
                    yield batch
        meter.bytes = share

    return Table(name=label, schema=kinds, draw=draw, ceiling=share)


def _reader(database: "duckdb.DuckDBPyConnection", statement: str, rows: int) -> pa.RecordBatchReader:
    return database.sql(statement).to_arrow_reader(rows)


def _connect(source: Input) -> "duckdb.DuckDBPyConnection":
    path: Path | None = getattr(source, "path", None)
    if path is None:
        raise Unread(
            name=source.name, looks=Text("压缩包或对象存储中的 DuckDB 数据库", "a DuckDB database that is no file of its own"),
            kind="duckdb",
        )  # fmt: skip
    try:
        import duckdb
    except ImportError:
        raise MissingExtra(name="DuckDB", extra="analysis") from None
    with _honest(source):
        return duckdb.connect(
            str(path), read_only=True,
            config={"enable_external_access": False, "autoload_known_extensions": False, "autoinstall_known_extensions": False,
                    "threads": 1, "memory_limit": "512MB"},
        )  # fmt: skip


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def _honest(source: Input) -> Iterator[None]:
    """Turn what DuckDB raises on a file that it does not read into a refusal that says why."""
    try:
        import duckdb
    except ImportError:
        raise MissingExtra(name="DuckDB", extra="analysis") from None
    try:
        yield
    except duckdb.Error as error:
        raise _refusal(source.name, str(error)) from None


def _refusal(name: str, told: str) -> BadInput:
    """What DuckDB's words mean: its exceptions have one kind for all of these."""
    if _LOCKED in told:
        who = re.search(r"held in (.+? \(PID \d+\))", told)
        return OpenElsewhere(name=name, who=who[1][:200] if who else "?")
    if version := _VERSION.search(told):
        known = re.search(r"between (\d+) and (\d+)", told)
        return OtherVersion(name=name, found=version[1], known="–".join(known.groups()) if known else "?")
    if _ENCRYPTED in told:
        return Unread(
            name=name,
            looks=Text("加密的 DuckDB 数据库", "an encrypted DuckDB database"),
            kind="encrypted",
        )
    return Damaged(name=name, reason=said(told))
