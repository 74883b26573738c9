"""Statements that run for every event, at the driver's own speed.

SQLAlchemy looks at each row of an ``executemany`` several times; for the events of a busy port that costs as much as the insert.
Here the statement is compiled once for an engine, a table and its columns. On SQLite it goes to the driver's connection, past SQLAlchemy's
context and result, which cost 20 microseconds a statement where a small one takes five.

Rules this module keeps:
 * a driver's failure is raised as SQLAlchemy would raise it, and a NUL is refused, whichever way a statement goes;
 * values pass the column types' own processors, as they would by ``tx.execute(insert(table), rows)``;
 * names come from the table, values are bound: nothing of a row becomes text of the statement.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ClauseElement, Dialect, LargeBinary, Table, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

from feiyu.store.transaction import Tx, check_nul

_Process = Callable[[Any], Any]


def insert_rows(
    tx: Tx, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]], *, same: Mapping[str, Any]
) -> None:
    """Insert rows with the values of ``names``, in their order, and what all have the ``same``.

    No default of a column is filled in.
    """
    if not rows:
        return
    shared, processors = _processors(tx.dialect, table, tuple(same), tuple(names))
    values = tuple(
        process(value) if process else value for process, value in zip(shared, same.values(), strict=True)
    )
    if any(processors):
        rows = [
            tuple(
                process(value) if process else value for process, value in zip(processors, row, strict=True)
            )
            for row in rows
        ]
    if tx.dialect.name == "sqlite":
        text = _by_place(tx.dialect, table, (*same, *names))
        for row in rows:
            _straight(tx, text, (*values, *row))
        return
    shared_values = dict(zip(same, values, strict=True))
    text = _one(tx.dialect, table, (*same, *names))
    tx.exec_driver_sql(text, [shared_values | dict(zip(names, row, strict=True)) for row in rows])


def run_prepared(tx: Tx, statement: ClauseElement, **values: object) -> int:
    """Run a statement that a module keeps, compiled once for an engine; how many rows it changed.

    Values and columns are of kinds that the driver takes and gives as they are: text, integers, bytes.
    """
    text, given = _prepared(tx, statement, values)
    if isinstance(given, tuple):
        return _straight(tx, text, given).rowcount
    return tx.exec_driver_sql(text, given).rowcount


def fetch_prepared(tx: Tx, statement: ClauseElement, **values: object) -> Sequence[Sequence[Any]]:
    """As ``run_prepared``, for a query: all its rows."""
    text, given = _prepared(tx, statement, values)
    if isinstance(given, tuple):
        return _straight(tx, text, given).fetchall()
    return tx.exec_driver_sql(text, given).all()


def _prepared(
    tx: Tx, statement: ClauseElement, values: dict[str, object]
) -> tuple[str, tuple[object, ...] | dict[str, object]]:
    """The text and its parameters: by place on SQLite, by name on PostgreSQL."""
    text, order, own = _compiled(tx.dialect, statement)
    values = own | values
    return text, values if order is None else tuple([values[name] for name in order])


def _straight(tx: Tx, text: str, values: tuple[object, ...]) -> sqlite3.Cursor:
    """Run a statement on SQLite's own connection."""
    check_nul(values)
    driver = tx.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    try:
        return driver.execute(text, values)
    except sqlite3.Error as failure:
        raise DBAPIError.instance(text, values, failure, sqlite3.Error, dialect=tx.dialect) from failure


@lru_cache(maxsize=64)
def _compiled(dialect: Dialect, statement: ClauseElement) -> tuple[str, Sequence[str] | None, dict[str, Any]]:
    """The text, the order of parameters where they go by place, and the values that stand in the statement."""
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    return compiled.string, compiled.positiontup if compiled.positional else None, compiled.params


@lru_cache(maxsize=64)
def _processors(
    dialect: Dialect, table: Table, same: tuple[str, ...], names: tuple[str, ...]
) -> tuple[tuple[_Process | None, ...], tuple[_Process | None, ...]]:
    def of(columns: tuple[str, ...]) -> tuple[_Process | None, ...]:
        kinds = [table.c[name].type for name in columns]
        # Both drivers take bytes as they are; SQLAlchemy would wrap each.
        return tuple(
            None if isinstance(kind, LargeBinary) else kind.dialect_impl(dialect).bind_processor(dialect)
            for kind in kinds
        )

    return of(same), of(names)


@lru_cache(maxsize=64)
def _by_place(dialect: Dialect, table: Table, names: tuple[str, ...]) -> str:
    spell = dialect.identifier_preparer
    columns = ", ".join(spell.format_column(table.c[name]) for name in names)
    return f"INSERT INTO {spell.format_table(table)} ({columns}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608 - names of the table's own columns


@lru_cache(maxsize=64)
def _one(dialect: Dialect, table: Table, names: tuple[str, ...]) -> str:
    return insert(table).compile(dialect=dialect, column_keys=list(names)).string
