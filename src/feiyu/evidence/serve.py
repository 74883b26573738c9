"""Hand out a log's checkpoint, tiles and bundles over HTTP where no static web server stands in front."""

from collections.abc import Callable

from feiyu.evidence import tiles
from feiyu.evidence.errors import BadTile
from feiyu.evidence.listener import Answer, Listener
from feiyu.evidence.log import TileStore

TILE_TYPE = "application/octet-stream"
FOREVER = "public, max-age=31536000, immutable"


def answer(store: TileStore, method: str, path: str) -> Answer:
    """One file of the log; only well-spelled paths are looked up."""
    if method != "GET":
        return Answer.refusal(405, "GET is wanted")
    name = path[1:]
    if name == tiles.CHECKPOINT:
        data = store.get(name)
        return Answer(200, data, cache="max-age=2") if data else Answer.refusal(404, "nothing published yet")
    try:
        place = tiles.parse_path(name)
    except BadTile as bad:
        return Answer.refusal(404, str(bad.values["reason"]))
    data = store.get(place.path)
    return Answer(200, data, TILE_TYPE, FOREVER) if data is not None else Answer.refusal(404, "no such tile")


def serve_log(
    address: tuple[str, int], store: TileStore, *, ready: Callable[[tuple[str, int]], None] | None = None
) -> None:
    """Serve until interrupted."""
    with Listener(address, lambda method, path, _: answer(store, method, path), max_body=0) as listener:
        if ready:
            ready(listener.bound)
        listener.serve_forever()
