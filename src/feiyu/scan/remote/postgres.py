"""Tables and queries of PostgreSQL through a server-side cursor.

Rules this module keeps:
 * one connection, one transaction, read only, on one snapshot (repeatable read);
 * a query is parsed by the server as one statement before it is put into a cursor, so nothing can stand behind it;
 * every column comes as PostgreSQL writes it (``::text``); ``bytea`` stays bytes;
 * no message of the driver passes on without its parameters being left out.

Sources: PostgreSQL documentation, DECLARE, SET TRANSACTION, libpq connection parameters (sslmode, .pgpass).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.scan.errors_sources import NoTable, TooManyMembers
from feiyu.scan.limits import Limits
from feiyu.scan.remote.address import Server
from feiyu.scan.remote.errors import BadAddress, MissingExtra, NoSuchTable, SourceUnreachable
from feiyu.scan.remote.rows import FETCH_ROWS, Fetcher, Row, Wanted, row_table
from feiyu.scan.table import CURSOR_ROWS, Source, Table

if TYPE_CHECKING:
    import psycopg

OPTIONS = ("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "target_session_attrs")
BYTEA = 17
_FETCH = f"FETCH FORWARD {FETCH_ROWS} FROM feiyu_scan".encode()
CONNECT_S = 15
_TABLES = """
SELECT n.nspname, c.relname, pg_catalog.pg_table_size(c.oid)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_t%'
ORDER BY 1, 2
"""
_UNREAD = """
SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2
"""


def open_postgres(
    server: Server, password: str | None, *, table: str | None, query: str | None, limits: Limits
) -> Source:
    """Connect, find out what there is, and give it as a source; its ``close`` ends the connection."""
    try:
        import psycopg
    except ImportError:
        raise MissingExtra(name="PostgreSQL", extra="postgres") from None
    if wrong := [name for name in server.options if name not in OPTIONS]:
        raise BadAddress(
            address=server.shown, reason=Text(f"未知的参数 {wrong[0]}；可用：{', '.join(OPTIONS)}", f"unknown option {wrong[0]}; known: {', '.join(OPTIONS)}"),
        )  # fmt: skip
    with _honest(server):
        connection = psycopg.connect(
            host=server.host or None, port=server.port, user=server.user or None, password=password, dbname=server.database,
            application_name="feiyu scan", **{"connect_timeout": CONNECT_S, **server.options},  # type: ignore[arg-type]
        )  # fmt: skip
    try:
        with _honest(server):
            connection.read_only = True
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.execute(
                "SET synchronize_seqscans = off"
            )  # a second pass gives the rows in the same order
            wanted, unread = _wanted(connection, server, table, query, limits)
    except BaseException:
        connection.close()
        raise
    fetcher = _Cursor(connection, server)

    def find() -> Iterator[Table]:
        return (row_table(one, Fetcher(fetcher.begin, fetcher.end), limits) for one in wanted)

    return Source(
        name=server.shown, format="postgresql", size_bytes=sum(one.size_bytes for one in wanted), unread=tuple(unread),
        warnings=_warnings(connection, server), find=find, close=fetcher.close,
    )  # fmt: skip


def _warnings(connection: "psycopg.Connection[Any]", server: Server) -> tuple[Text, ...]:
    if server.is_here or connection.pgconn.ssl_in_use:
        return ()
    return (
        Text(
            f"与 {server.host} 的连接未加密，数据以明文经过网络；请加上 ?sslmode=verify-full。",
            f"The connection to {server.host} is not encrypted and data cross the network in clear; add ?sslmode=verify-full.",
        ),
    )


def _wanted(
    connection: "psycopg.Connection[Any]",
    server: Server,
    table: str | None,
    query: str | None,
    limits: Limits,
) -> tuple[list[Wanted], list[str]]:
    if query is not None:
        return [_described(connection, "query", query.strip().rstrip(";"), limits)], []
    there = connection.execute(_TABLES).fetchall()
    named = {_label(schema, name): (schema, name, size) for schema, name, size in there}
    unread = [] if table else [_label(*row) for row in connection.execute(_UNREAD).fetchall()]
    chosen = (
        list(named)
        if table is None
        else [one for one in named if table in (one, f"{named[one][0]}.{named[one][1]}")]
    )
    if table is not None and not chosen:
        raise NoSuchTable(address=server.shown, table=table, known=", ".join(list(named)[:50]) or "—")
    if not chosen:
        raise NoTable(name=server.shown)
    if len(chosen) > limits.members:
        raise TooManyMembers(name=server.shown, limit=limits.members)
    return [
        _described(
            connection,
            one,
            f"SELECT * FROM {_quoted(named[one][0])}.{_quoted(named[one][1])}",  # noqa: S608 quoted
            limits,
            named[one][2],
        )
        for one in chosen
    ], unread


def _label(schema: str, name: str) -> str:
    return name if schema == "public" else f"{schema}.{name}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _at_most(value: str, cut: str, limits: Limits) -> str:
    """A value as long as it may be, or one byte longer: the server keeps the rest of what will be refused."""
    most = limits.line_bytes
    return f"CASE WHEN octet_length({value}) > {most} THEN {cut.format(value, most + 1)} ELSE {value} END"


def _described(
    connection: "psycopg.Connection[Any]", name: str, statement: str, limits: Limits, size: int = 0
) -> Wanted:
    """Have the server parse the statement, which must be one, and tell its columns."""
    import psycopg

    connection.execute("SELECT 1")  # begins the transaction
    found = connection.pgconn.prepare(b"feiyu", statement.encode())
    if found.status == psycopg.pq.ExecStatus.COMMAND_OK:
        found = connection.pgconn.describe_prepared(b"feiyu")
    if found.status != psycopg.pq.ExecStatus.COMMAND_OK:
        raise psycopg.ProgrammingError(found.get_error_message("utf-8"))
    connection.execute("DEALLOCATE feiyu")
    if found.nfields == 0:
        raise psycopg.ProgrammingError("the statement gives no rows")
    columns = tuple((found.fname(i) or b"").decode() for i in range(found.nfields))
    binary = tuple(found.ftype(i) == BYTEA for i in range(found.nfields))
    aliases = [f"c{i}" for i in range(found.nfields)]
    shown = ", ".join(
        _at_most(alias, "substring({} FROM 1 FOR {})", limits)
        if raw
        else _at_most(f"{alias}::text", "left({}, {})", limits)
        for alias, raw in zip(aliases, binary, strict=True)
    )
    return Wanted(
        name=name, statement=f"SELECT {shown} FROM (\n{statement}\n) AS feiyu({', '.join(aliases)})",  # noqa: S608 parsed above
        columns=columns, binary=binary, size_bytes=size,
    )  # fmt: skip


class _Cursor:
    """The one cursor that is open at a time."""

    def __init__(self, connection: "psycopg.Connection[Any]", server: Server) -> None:
        self._connection, self._server = connection, server
        self._open: psycopg.ServerCursor[Any] | None = None

    def begin(self, wanted: Wanted) -> Iterator[Sequence[Row]]:
        """Declare a cursor for a statement, and draw its rows one answer after the other, each row as it comes."""
        import psycopg

        self.end()
        cursor = self._open = self._connection.cursor("feiyu_scan")
        try:
            with _honest(self._server):
                cursor.execute(wanted.statement.encode())
        except SourceUnreachable:
            self.end()
            raise
        size = CURSOR_ROWS if psycopg.capabilities.has_stream_chunked() else 1
        some = True
        while some:
            some = False
            rows = self._connection.cursor().stream(_FETCH, size=size)
            group: list[Row] = []
            try:
                while True:
                    with _honest(self._server):
                        group = list(islice(rows, CURSOR_ROWS))
                    if not group:
                        break
                    some = True
                    yield group
            finally:
                with suppress(psycopg.Error):
                    for _ in rows:  # leaving an answer half read would end the transaction
                        pass

    def end(self) -> None:
        """Close it."""
        import psycopg

        if self._open is not None:
            held, self._open = self._open, None
            with suppress(psycopg.Error):  # the transaction failed, and the cursor went with it
                held.close()

    def close(self) -> None:
        """End the connection."""
        self.end()
        self._connection.close()


@contextmanager
def _honest(server: Server) -> Iterator[None]:
    """Turn the driver's errors into a refusal: its first line, which names no secret."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        told = error.diag.message_primary or str(error)
        raise SourceUnreachable(address=server.shown, reason=said(told)) from None
