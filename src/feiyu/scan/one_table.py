"""Choose one table of a source."""

from dataclasses import replace

from feiyu.scan.remote.errors import NoSuchTable, WantsOneTable
from feiyu.scan.table import Source, Table


def only_table(source: Source, name: str | None) -> Table:
    """The table of a source that has one, or the one that is named."""
    names = []
    for one in source.tables():
        if name is not None and one.name == name:
            return one
        names.append(one.name)
    if name is None and len(names) == 1:
        return next(iter(source.tables()))
    if name is not None:
        raise NoSuchTable(address=source.name, table=name, known=", ".join(names[:50]) or "—")
    raise WantsOneTable(name=source.name, tables=", ".join(names[:50]))


def one_table_source(source: Source, table: Table) -> Source:
    """The source as if it had this table alone."""
    return replace(source, find=lambda: iter((table,)))
