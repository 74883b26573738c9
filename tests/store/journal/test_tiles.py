"""The log in both object stores."""

import pytest

from feiyu.evidence.errors import LogDamaged
from feiyu.evidence.fsck import check_tiles
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.log import Head, Log
from feiyu.registry.journal.tiles import ObjectTiles
from feiyu.store import ObjectStore

pytestmark = pytest.mark.slow


class Heads:
    """A head in memory."""

    def __init__(self) -> None:
        self.head: Head | None = None

    def load(self) -> Head | None:
        return self.head

    def swap(self, old: Head | None, new: Head) -> None:
        assert old == self.head
        self.head = new


def test_a_log_in_an_object_store(objects: ObjectStore):
    tiles, heads = ObjectTiles(objects, "log/one"), Heads()
    log = Log(tiles, heads, "demo.log.example/objects", Ed25519Signer(bytes(32)))
    entries = [f"entry {n}".encode() for n in range(700)]
    for first in (0, 5, 300, 600):
        log.append(entries[first : {0: 5, 5: 300, 300: 600, 600: 700}[first]], first)
        log.publish(log.checkpoint())
    again = Log(tiles, heads, log.origin, Ed25519Signer(bytes(32)))
    assert again.head == log.head
    assert again.entry(699) == b"entry 699"
    assert again.prove(300).check(entries[300]).size == 700
    assert check_tiles(tiles.get, log.verifier, head=log.head, chains=False).findings == ()
    names = {each.key for each in objects.list("log/one")}
    assert "log/one/checkpoint" in names
    replaced = ("log/one/tile/0/000.p/", "log/one/tile/entries/000.p/")
    assert not any(name.startswith(replaced) for name in names)  # what a full tile replaced is gone


def test_a_tile_is_written_once(objects: ObjectStore):
    tiles = ObjectTiles(objects)
    tiles.put({"tile/0/000.p/1": b"a" * 32, "tile/entries/000.p/1": b"x"})
    tiles.put({"tile/0/000.p/1": b"a" * 32})
    with pytest.raises(LogDamaged):
        tiles.put({"tile/0/000.p/1": b"b" * 32})
    assert tiles.get("tile/0/000.p/1") == b"a" * 32
    assert tiles.get("tile/0/001") is None
