"""Tables and queries of MySQL and MariaDB through an unbuffered cursor.

Rules this module keeps:
 * one connection, one transaction, read only, on one snapshot;
 * the server takes one statement at a time (multi-statements stay off), no local file is ever sent (``local_infile`` off);
 * every column comes as MySQL writes it; binary columns stay bytes;
 * beyond this machine the connection is encrypted and the server's certificate checked, unless ``?tls=off`` says otherwise.

Sources: MySQL 8.4 reference manual, START TRANSACTION, client/server protocol; PyMySQL (pure Python, MIT).
"""

import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.scan.errors_sources import LineTooLong, NoTable, TooManyMembers
from feiyu.scan.limits import Limits
from feiyu.scan.remote.address import Server
from feiyu.scan.remote.errors import BadAddress, MissingExtra, NoSuchTable, SourceUnreachable
from feiyu.scan.remote.rows import Fetcher, Row, Wanted, row_table
from feiyu.scan.table import CURSOR_ROWS, Source, Table

if TYPE_CHECKING:
    from pymysql.connections import Connection
    from pymysql.cursors import SSCursor

BINARY_CHARSET = 63
BYTES = frozenset({249, 250, 251, 252, 253, 254, 15, 16, 255})
"""Column types (blobs, strings, bit, geometry) that hold bytes when their character set is ``binary``."""
CONNECT_S, READ_S = 15, 600
OPTIONS = ("tls", "ssl_ca")
_TABLES = (
    "SELECT table_name, COALESCE(data_length, 0) FROM information_schema.tables"
    " WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name"
)
_VIEWS = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type LIKE '%VIEW' ORDER BY 1"


def open_mysql(
    server: Server, password: str | None, *, table: str | None, query: str | None, limits: Limits
) -> Source:
    """Connect, find out what there is, and give it as a source; its ``close`` ends the connection."""
    try:
        import pymysql
        import pymysql.converters
        import pymysql.cursors
    except ImportError:
        raise MissingExtra(name="MySQL", extra="mysql") from None
    tls = _tls(server)
    as_written = {
        kind: to for kind, to in pymysql.converters.conversions.items() if not isinstance(kind, int)
    }
    with _honest(server):
        connection = _bounded(limits.document_bytes)(
            host=server.host or "localhost", port=server.port or 3306, user=server.user or None, password=password or "",
            database=server.database, charset="utf8mb4", cursorclass=pymysql.cursors.SSCursor, conv=as_written, ssl=tls,
            ssl_disabled=tls is None, connect_timeout=CONNECT_S, read_timeout=READ_S, local_infile=False,
        )  # fmt: skip
    try:
        with _honest(server):
            _run(connection, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            _run(connection, "START TRANSACTION WITH CONSISTENT SNAPSHOT")
            wanted, unread = _wanted(connection, server, table, query, limits)
    except BaseException:
        connection.close()
        raise
    fetcher = _Cursor(connection, server, limits.document_bytes)

    def find() -> Iterator[Table]:
        return (row_table(one, Fetcher(fetcher.begin, fetcher.end), limits) for one in wanted)

    warnings: tuple[Text, ...] = ()
    if tls is None and not server.is_here:
        warnings = (
            Text(f"与 {server.host} 的连接未加密，数据以明文经过网络。",
                 f"The connection to {server.host} is not encrypted and data cross the network in clear."),
        )  # fmt: skip
    return Source(
        name=server.shown, format="mysql", size_bytes=sum(one.size_bytes for one in wanted), unread=tuple(unread),
        warnings=warnings, find=find, close=fetcher.close,
    )  # fmt: skip


class _LongRow(Exception):
    """A row over the limit."""


def _bounded(most: int) -> "type[Connection[Any]]":
    """A connection that does not gather more of one row than may be: long ones come in pieces of ``MAX_PACKET_LEN``."""
    from pymysql.connections import MAX_PACKET_LEN, Connection

    class Bounded(Connection[Any] if TYPE_CHECKING else Connection):  # type: ignore[misc]
        pieces = 0

        def _read_bytes(self, num_bytes: int) -> bytes:
            if num_bytes == MAX_PACKET_LEN:
                self.pieces += 1
                if self.pieces * MAX_PACKET_LEN > most:
                    self._force_close()
                    raise _LongRow
            elif num_bytes != 4:  # the head of a piece
                self.pieces = 0
            data: bytes = super()._read_bytes(num_bytes)
            return data

    return Bounded


def _tls(server: Server) -> ssl.SSLContext | None:
    if wrong := [name for name in server.options if name not in OPTIONS]:
        raise BadAddress(
            address=server.shown, reason=Text(f"未知的参数 {wrong[0]}；可用：{', '.join(OPTIONS)}", f"unknown option {wrong[0]}; known: {', '.join(OPTIONS)}"),
        )  # fmt: skip
    wish = server.options.get("tls", "off" if server.is_here else "verify")
    if wish not in ("off", "verify"):
        raise BadAddress(
            address=server.shown, reason=Text("tls 只能是 off 或 verify", "tls is off or verify")
        )
    if wish == "off":
        return None
    try:
        return ssl.create_default_context(cafile=server.options.get("ssl_ca"))
    except OSError as error:
        raise BadAddress(address=server.shown, reason=said(error, at="ssl_ca")) from None


def _run(connection: "Connection[Any]", statement: str) -> list[tuple[str | None, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def _wanted(
    connection: "Connection[Any]", server: Server, table: str | None, query: str | None, limits: Limits
) -> tuple[list[Wanted], list[str]]:
    if query is not None:
        return [_described(connection, "query", query.strip().rstrip(";"))], []
    named = {str(name): int(size or 0) for name, size in _run(connection, _TABLES)}
    unread = [] if table else [str(name) for (name,) in _run(connection, _VIEWS)]
    chosen = list(named) if table is None else [one for one in named if one == table]
    if table is not None and not chosen:
        raise NoSuchTable(address=server.shown, table=table, known=", ".join(list(named)[:50]) or "—")
    if not chosen:
        raise NoTable(name=server.shown)
    if len(chosen) > limits.members:
        raise TooManyMembers(name=server.shown, limit=limits.members)
    quoted = {one: "`" + one.replace("`", "``") + "`" for one in chosen}
    return [_described(connection, one, f"SELECT * FROM {quoted[one]}", named[one]) for one in chosen], unread  # noqa: S608 quoted


def _described(connection: "Connection[Any]", name: str, statement: str, size: int = 0) -> Wanted:
    """Ask for no rows, to learn the columns; a subquery cannot be anything but a reading statement."""
    with connection.cursor() as cursor:
        inner = f"(\n{statement}\n) AS feiyu" if name == "query" else statement.removeprefix("SELECT * FROM ")
        cursor.execute(f"SELECT * FROM {inner} LIMIT 0")  # noqa: S608 quoted, or a subquery
        fields = cursor._result.fields  # noqa: SLF001 - the description leaves out the character set
        cursor.fetchall()
    return Wanted(
        name=name, statement=statement, columns=tuple(one.name for one in fields), size_bytes=size,
        binary=tuple(one.charsetnr == BINARY_CHARSET and one.type_code in BYTES for one in fields),
    )  # fmt: skip


class _Cursor:
    """The one cursor that is open at a time."""

    def __init__(self, connection: "Connection[Any]", server: Server, most: int) -> None:
        self._connection, self._server, self._most = connection, server, most
        self._open: SSCursor | None = None

    def begin(self, wanted: Wanted) -> Iterator[Sequence[Row]]:
        """Run a statement; its rows wait at the server."""
        self.end()
        with _honest(self._server):
            cursor = self._open = self._connection.cursor()
            cursor.execute(wanted.statement)
        done = 0
        while True:
            group: list[Row] = []
            with _honest(self._server):
                try:
                    group.extend(islice(iter(cursor.fetchone, None), CURSOR_ROWS))
                except _LongRow:
                    self.close()  # the rest of the row still stands in it
                    raise LineTooLong(name=wanted.name, row=done + len(group) + 1, limit=self._most) from None
            if not group:
                return
            yield group
            done += len(group)

    def end(self) -> None:
        """Draw what is left, for the protocol knows no other end that keeps the transaction."""
        if self._open is not None:
            held, self._open = self._open, None
            with _honest(self._server):
                held.close()

    def close(self) -> None:
        """End the connection, whatever rows still wait."""
        if self._open is not None:
            held, self._open = self._open, None
            if held._result is not None:  # noqa: SLF001 - else it would draw all rows first
                held._result.unbuffered_active = False  # noqa: SLF001
            held.connection = None
        import pymysql

        with suppress(pymysql.Error):  # closed before
            self._connection.close()


@contextmanager
def _honest(server: Server) -> Iterator[None]:
    """Turn the driver's errors into a refusal: the server's own words, which name no secret."""
    import pymysql

    try:
        yield
    except (pymysql.Error, OSError) as error:
        told = str(error.args[1] if len(error.args) > 1 else error)
        raise SourceUnreachable(address=server.shown, reason=said(told)) from None
