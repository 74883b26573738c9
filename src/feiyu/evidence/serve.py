"""A log over HTTP: hand it out where no static web server stands in front, and read it from outside."""

import re
from collections.abc import Callable
from http import HTTPStatus
from urllib.error import HTTPError

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence import tiles
from feiyu.evidence.asking import NO_ANSWER, urlopen, whole
from feiyu.evidence.errors import BadLogAddress, BadTile, LogUnreachable
from feiyu.evidence.listener import Answer, Listener
from feiyu.evidence.log import TileStore
from feiyu.evidence.reader import Get
from feiyu.evidence.twin import FOLDER, twin_path

TILE_TYPE = "application/octet-stream"
FOREVER = "public, max-age=31536000, immutable"
NO_LOG = Text(
    "该地址及其后加 /log 处均没有已发布的存证日志",
    "no log has published anything there, nor at that address with /log behind it",
)


def answer(store: TileStore, method: str, path: str) -> Answer:
    """One file of the log, or under ``sm3/`` of its twin; only well-spelled paths are looked up."""
    if method != "GET":
        return Answer.refusal(405, "GET is wanted")
    name = path[1:]
    where = twin_path if name.startswith(FOLDER) else str
    name = name.removeprefix(FOLDER)
    if name == tiles.CHECKPOINT:
        data = store.get(where(name))
        return Answer(200, data, cache="max-age=2") if data else Answer.refusal(404, "nothing published yet")
    try:
        place = tiles.parse_path(name)
    except BadTile as bad:
        return Answer.refusal(404, said(bad).en)
    data = store.get(where(place.path))
    return Answer(200, data, TILE_TYPE, FOREVER) if data is not None else Answer.refusal(404, "no such tile")


def serve_log(
    address: tuple[str, int], store: TileStore, *, ready: Callable[[tuple[str, int]], None] | None = None
) -> None:
    """Serve until interrupted."""
    with Listener(address, lambda method, path, _: answer(store, method, path), max_body=0) as listener:
        if ready:
            ready(listener.bound)
        listener.serve_forever()


def log_at(url: str) -> Get:
    """A ``get`` of the log that lies at an address, or of that of the port whose address it is.

    Raises:
        LogUnreachable: nothing answers there, or there is no log at either place.
    """
    for base in (url, f"{url.rstrip('/')}/log"):
        get = http_get(base)
        try:
            if get(tiles.CHECKPOINT) is not None:
                return get
        except LogUnreachable as bad:
            if bad.values["reason"] is not NO_LOG:
                raise
    raise LogUnreachable(url=url, reason=NO_LOG)


def http_get(base_url: str, *, timeout_s: float = 10) -> Get:
    """A ``get`` for readers and monitors that fetches from a served log; what is absent is None."""
    base = base_url.rstrip("/")
    if not re.match("https?://", base):
        raise BadLogAddress(address=repr(base[:80]))

    def get(path: str) -> bytes | None:
        try:
            with urlopen(f"{base}/{path}", timeout=timeout_s) as reply:
                data = whole(reply, tiles.MAX_BUNDLE_BYTES)
                page = reply.headers.get_content_type() == "text/html"
        except HTTPError as bad:
            bad.close()
            if bad.code == HTTPStatus.NOT_FOUND:
                return None
            raise LogUnreachable(url=base, reason=said(bad)) from bad
        except NO_ANSWER as bad:
            raise LogUnreachable(url=base, reason=said(bad)) from bad
        if page:  # a port answers any address of its console with a page
            raise LogUnreachable(url=base, reason=NO_LOG)
        return data

    return get
