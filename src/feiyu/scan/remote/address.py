"""Open a source by its address: a path, a folder, a database, an object or a prefix in S3.

Rules this module keeps:
 * an address with a password in it is refused: argument lists, logs and reports are read by others;
 * what is shown of an address is scheme, user, host, port and path; parameters are never shown.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from feiyu.base.text import Text
from feiyu.scan.errors_sources import NoSuchSource
from feiyu.scan.limits import Limits
from feiyu.scan.one_table import one_table_source, only_table
from feiyu.scan.remote.errors import BadAddress, PasswordInAddress
from feiyu.scan.source import open_folder, open_source
from feiyu.scan.table import Source

PASSWORD = "FEIYU_SOURCE_PASSWORD"  # noqa: S105 - the name of a variable
_POSTGRES = ("postgresql", "postgres")
_MYSQL = ("mysql", "mariadb")
_DEFAULT = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where a database is. The password is no part of it."""

    scheme: str
    user: str
    host: str
    port: int | None
    database: str
    options: Mapping[str, str]

    @property
    def shown(self) -> str:
        """The address as it may be shown."""
        user = f"{self.user}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{user}{self.host}{port}/{self.database}"

    @property
    def is_here(self) -> bool:
        """Whether the server is on this machine."""
        return self.host in ("", "localhost", "::1") or self.host.startswith(("127.", "/"))


def is_remote(address: str) -> bool:
    """Whether an address is no path of this machine."""
    return address.partition("://")[0] in (*_POSTGRES, *_MYSQL, "s3") and "://" in address


def open_address(
    address: str,
    *,
    table: str | None = None,
    query: str | None = None,
    password: str | None = None,
    limits: Limits = _DEFAULT,
) -> Source:
    """Open whatever an address names.

    ``table`` chooses one table (of a database, a workbook, a folder …), ``query`` what of a database is read. ``password``: by default the variable
    ``FEIYU_SOURCE_PASSWORD``. Close the source when done: a database keeps one connection.

    Raises:
        PasswordInAddress, BadAddress, SourceUnreachable, MissingExtra, NoSuchTable: nothing was read.
    """
    scheme = address.partition("://")[0] if "://" in address else ""
    if not is_remote(address):
        if query is not None or scheme:
            raise BadAddress(address=shown(address), reason=Text("没有这种来源", "no such kind of source"))
        if not address:
            raise NoSuchSource(name='""', ident=address)
        source = _open_local(Path(address), limits)
        return source if table is None else one_table_source(source, only_table(source, table))
    if scheme == "s3":
        if query is not None:
            raise BadAddress(address=shown(address), reason=Text("对象存储没有查询", "objects have no query"))
        from feiyu.scan.remote.s3 import open_s3

        source = open_s3(address, limits=limits)
        return source if table is None else one_table_source(source, only_table(source, table))
    if table is not None and query is not None:
        raise BadAddress(
            address=shown(address), reason=Text("表与查询只能给出一个", "a table or a query, not both")
        )
    server = server_of(address)
    secret = password if password is not None else os.environ.get(PASSWORD)
    if scheme in _POSTGRES:
        from feiyu.scan.remote.postgres import open_postgres

        return open_postgres(server, secret, table=table, query=query, limits=limits)
    from feiyu.scan.remote.mysql import open_mysql

    return open_mysql(server, secret, table=table, query=query, limits=limits)


def _open_local(path: Path, limits: Limits) -> Source:
    """A folder, a pattern such as ``data/**/*.csv``, or a file; what nobody can read is opened as an inventory."""
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except PermissionError:  # a folder above it is closed, which the opening tells
        is_folder, exists = False, True
    if is_folder:
        return open_folder(path, limits=limits, look=True)
    if exists or not set("*?[") & set(str(path)):
        return open_source(path, limits=limits, look=True)
    first = next(i for i, part in enumerate(path.parts) if set("*?[") & set(part))
    return open_folder(Path(*path.parts[:first]), "/".join(path.parts[first:]), limits=limits, look=True)


def server_of(address: str) -> Server:
    """The parts of a database's address; one with a password is refused."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise BadAddress(address=shown(address), reason=Text("主机或端口", "host or port")) from None
    options = dict(parse_qsl(parts.query))
    server = Server(
        scheme=parts.scheme, user=unquote(parts.username or ""), host=parts.hostname or "", port=port,
        database=unquote(parts.path.lstrip("/")), options=options,
    )  # fmt: skip
    if parts.password is not None or any("pass" in name.lower() for name in options):
        raise PasswordInAddress(address=server.shown)
    if not server.database:
        raise BadAddress(address=server.shown, reason=Text("缺少库名", "the database is missing"))
    return server


def shown(address: str) -> str:
    """An address of any kind as it may be shown: without what could be a password, and without parameters."""
    scheme, mark, rest = address.partition("://")
    if not mark:
        return address[:300]
    place, slash, path = rest.partition("/")
    user, at, host = place.rpartition("@")
    return f"{scheme}://{user.partition(':')[0]}{at}{host}{slash}{path.partition('?')[0]}"[:300]
