"""Take a snapshot of a remote source into the edge's own folder: a query, an object, a file behind HTTP.

    address ─allowed?─▶ read as a stream ─▶ taken/<id>.<ext> ─▶ scan, determine, strip, count, send like any file

Rules this module keeps:
 * only what stands under one of the allowed addresses is read (``FEIYU_REMOTES``); without any, nothing;
 * what was scanned is what is sent: a database answers the same query differently a minute later, a file does not;
 * a snapshot appears under its name only when all of it was read; it is readable by the edge alone, has a limit of size,
   and is removed once a transfer of it is sealed;
 * no redirect is followed: an allowed address does not lead to another one.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from feiyu.base.ids import new_id
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.edge.errors import ManyTables, RemoteNotAllowed, TakeFailed, TakeTooLarge
from feiyu.edge.model import Edge
from feiyu.scan import open_writer
from feiyu.scan.remote.address import PASSWORD, open_address, server_of
from feiyu.scan.remote.s3 import object_input
from feiyu.scan.table import Meter
from feiyu.seal.files import sync_folder

PIECE_BYTES = 1 << 20
MAX_BYTES = 256 << 30
CONNECT_S, READ_S = 10.0, 120.0
_EXTENSIONS = {
    ".csv",
    ".tsv",
    ".txt",
    ".json",
    ".jsonl",
    ".ndjson",
    ".parquet",
    ".arrow",
    ".orc",
    ".avro",
    ".xlsx",
    ".gz",
    ".zst",
}


def take(edge: Edge, address: str, *, table: str | None = None, query: str | None = None) -> Path:
    """Read a remote source into a file of the edge; the file's path."""
    scheme = demand_allowed(address, edge.remotes)
    ident = new_id("taken", edge.house.clock.now())
    if scheme in ("http", "https"):
        with _file(edge, ident, _extension(urlsplit(address).path)) as (path, out):
            _copy(_http(address), out, address)
    elif scheme == "s3":
        with _file(edge, ident, _extension(urlsplit(address).path)) as (path, out):
            _copy(_object(address), out, address)
    else:
        with _file(edge, ident, ".parquet") as (path, out):
            _rows(address, out, table=table, query=query)
    return path


def demand_allowed(address: str, allowed: tuple[str, ...]) -> str:
    """The scheme of an address that stands under one of the allowed ones; refused otherwise."""
    shown = _shown(address)
    if not any(_under(shown, _shown(one)) for one in allowed):
        raise RemoteNotAllowed(address=shown[:300])
    return shown.partition("://")[0]


def _shown(address: str) -> str:
    """An address without what may not be shown; dots and escapes that would climb out are refused."""
    scheme = address.partition("://")[0]
    if scheme in ("http", "https", "s3"):
        parts = urlsplit(address)
        path = unquote(parts.path)
        if (
            parts.username
            or parts.password
            or ".." in PurePosixPath(path).parts
            or "\\" in path
            or "%" in path
        ):
            raise RemoteNotAllowed(address=f"{scheme}://{parts.hostname}"[:300])
        return f"{scheme}://{parts.netloc}{path}"
    return server_of(address).shown


def _under(address: str, allowed: str) -> bool:
    return address == allowed or (allowed.endswith("/") and address.startswith(allowed))


def _extension(path: str) -> str:
    found = PurePosixPath(path).suffix.lower()
    return found if found in _EXTENSIONS else ".bin"


@contextmanager
def _file(edge: Edge, ident: str, extension: str) -> "Iterator[tuple[Path, BinaryIO]]":
    """A file that appears under its name when the block ends well, and is gone when it does not."""
    edge.taken_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = edge.taken_folder / f"{ident}{extension}"
    draft = path.with_name(path.name + ".part")
    try:
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb"
        ) as out:
            yield path, out
            out.flush()
            os.fsync(out.fileno())
        draft.rename(path)
        sync_folder(edge.taken_folder)
    except OSError as bad:
        raise TakeFailed(address=path.name, reason=said(bad)) from None
    finally:
        draft.unlink(missing_ok=True)


def _copy(pieces: Iterator[bytes], out: BinaryIO, address: str) -> None:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MAX_BYTES:
            raise TakeTooLarge(address=_shown(address)[:300], size=size, limit=MAX_BYTES)
        out.write(piece)


def _http(address: str) -> Iterator[bytes]:
    """The body behind an address; the token, where one is wanted, comes from the environment."""
    import httpx2 as httpx

    token = os.environ.get(PASSWORD)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    limit = httpx.Timeout(READ_S, connect=CONNECT_S)
    try:
        with (
            httpx.Client(timeout=limit, follow_redirects=False) as client,
            client.stream("GET", address, headers=headers) as answer,
        ):
            if answer.status_code != 200:
                raise TakeFailed(
                    address=_shown(address)[:300],
                    reason=Text(f"对方应答 HTTP {answer.status_code}", f"HTTP {answer.status_code}"),
                )
            yield from answer.iter_bytes(PIECE_BYTES)
    except httpx.TransportError as bad:
        raise TakeFailed(address=_shown(address)[:300], reason=said(bad)) from None


def _object(address: str) -> Iterator[bytes]:
    with closing(object_input(address).open(Meter())) as stream:
        while piece := stream.read(PIECE_BYTES):
            yield piece


def _rows(address: str, out: BinaryIO, *, table: str | None, query: str | None) -> None:
    """One table of a database, or the answer to a query, as Parquet."""
    source = open_address(address, table=table, query=query)
    with closing(source):
        tables = source.tables()
        only = next(tables)
        writer = open_writer("parquet", only.schema, out)
        for batch in only.batches():
            writer.write(batch)
            if out.tell() > MAX_BYTES:
                raise TakeTooLarge(address=_shown(address)[:300], size=out.tell(), limit=MAX_BYTES)
        writer.close()
        if next(tables, None) is not None:
            raise ManyTables(name=source.name)


def forget(edge: Edge, path: Path) -> None:
    """Remove a snapshot once it was sent; a file that is none stays."""
    if path.is_relative_to(edge.taken_folder):
        path.unlink(missing_ok=True)
