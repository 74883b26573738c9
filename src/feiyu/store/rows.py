"""Insert many rows of one shape at the driver's own speed.

SQLAlchemy looks at each row of an ``executemany`` several times; for the events of a busy port that costs as much as the insert.
Here the statement is compiled once for an engine, a table and its columns, and a row is only put in order.

Rules this module keeps:
 * values pass the column types' own processors, as they would by ``tx.execute(insert(table), rows)``;
 * names come from the table, values are bound: nothing of a row becomes text of the statement.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect, Table, insert
from sqlalchemy.sql.compiler import SQLCompiler

from feiyu.store.transaction import Tx


def insert_rows(tx: Tx, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the names of the first, at least two of them; no default of a column is filled in."""
    if not rows:
        return
    text, order, positional, processors = _prepared(tx.dialect, table, tuple(rows[0]))
    in_order = itemgetter(*order)
    found: list[Any] = []
    for row in rows:
        values = list(in_order(row))
        for place, process in processors:
            values[place] = process(values[place])
        found.append(tuple(values) if positional else dict(zip(order, values, strict=True)))
    tx.exec_driver_sql(text, found)


@lru_cache(maxsize=64)
def _prepared(
    dialect: Dialect, table: Table, names: tuple[str, ...]
) -> tuple[str, tuple[str, ...], bool, tuple[tuple[int, Callable[[Any], Any]], ...]]:
    """The statement, its parameters in order, whether they go by place, and the processors by place."""
    compiled = insert(table).compile(dialect=dialect, column_keys=list(names))
    assert isinstance(compiled, SQLCompiler)
    order = tuple(compiled.positiontup or names)
    assert set(order) == set(names), "a column has a default of its own"
    made = (
        (place, table.c[name].type.dialect_impl(dialect).bind_processor(dialect))
        for place, name in enumerate(order)
    )
    return (
        compiled.string,
        order,
        compiled.positional,
        tuple((place, one) for place, one in made if one is not None),
    )
