"""Tiles and bundles: how a log lies in files that any static server can hand out.

Rules this module keeps:
 * a full tile has 256 hashes, a full bundle 256 entries; both never change;
 * the tile ``n`` of level ``l`` holds the roots of full subtrees of ``256**l`` entries; levels inside a tile are
   computed, not stored;
 * a path has one spelling, and only such a path is ever looked up.

Source: C2SP tlog-tiles.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from feiyu._native import leaves as lanes
from feiyu.base.text import Text
from feiyu.evidence.errors import BadTile
from feiyu.evidence.tree import SHA256, Tree

WIDTH = 256
HASH_BYTES = 32
TILE_BYTES = WIDTH * HASH_BYTES
_FULL_ROW = 8  # WIDTH is 2**8
_LANES_PAY = 16  # from so many hashes on
MAX_ENTRY_BYTES = 65_535
MAX_BUNDLE_BYTES = WIDTH * (2 + MAX_ENTRY_BYTES)
CHECKPOINT = "checkpoint"
ENTRIES = "tile/entries/"

_PATH = re.compile(
    r"tile/(?P<level>entries|[0-9]|[1-5][0-9]|6[0-3])/(?P<index>(?:x[0-9]{3}/){0,6}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)
EMPTY_ROOT = SHA256.empty


@dataclass(frozen=True, slots=True)
class Place:
    """What a path names: a hash tile of ``level``, or an entry bundle when ``level`` is None."""

    level: int | None
    index: int
    width: int

    @property
    def path(self) -> str:
        """The one spelling of the path."""
        return _path("entries" if self.level is None else str(self.level), self.index, self.width)


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """Where a hash tile lies."""
    return _path(str(level), index, width)


def bundle_path(index: int, width: int = WIDTH) -> str:
    """Where an entry bundle lies."""
    return _path("entries", index, width)


def _path(kind: str, index: int, width: int) -> str:
    groups = [f"{index % 1000:03d}"]
    while index >= 1000:
        index //= 1000
        groups.append(f"x{index % 1000:03d}")
    path = f"tile/{kind}/{'/'.join(reversed(groups))}"
    return path if width == WIDTH else f"{path}.p/{width}"


def parse_path(path: str) -> Place:
    """Read a path; anything but the one spelling is refused."""
    match = _PATH.fullmatch(path) if len(path) <= 80 else None
    if match is None:
        raise BadTile(reason=Text(f"{path[:80]!r} 不是分块路径", f"{path[:80]!r} is no tile path"))
    index = int(match["index"].replace("x", "").replace("/", ""))
    level = None if match["level"] == "entries" else int(match["level"])
    place = Place(level, index, int(match["width"] or WIDTH))
    if place.path != path or (match["width"] and place.width >= WIDTH):
        raise BadTile(
            reason=Text(f"{path!r} 不是该路径的规范写法", f"{path!r} is not how this path is spelled")
        )
    return place


def width_at(level: int, index: int, size: int) -> int:
    """How many hashes tile ``index`` of ``level`` has in a tree of ``size`` entries (0: there is no such tile)."""
    return max(0, min(WIDTH, (size >> (8 * level)) - index * WIDTH))


def places(size: int) -> Iterator[Place]:
    """Every tile and bundle of a tree of ``size`` entries, bundles first, then level by level."""
    for index in range(-(-size // WIDTH)):
        yield Place(None, index, width_at(0, index, size))
    level = 0
    while size >> (8 * level):
        count = size >> (8 * level)
        for index in range(-(-count // WIDTH)):
            yield Place(level, index, width_at(level, index, size))
        level += 1


def join(left: bytes, right: bytes, tree: Tree = SHA256) -> bytes:
    """The hash of an interior node."""
    return tree.new(b"\x01" + left + right).digest()


def raised(rows: tuple[bytes, ...], fresh: bytes, tree: Tree = SHA256) -> tuple[bytes, ...]:
    """The complete subtrees over neighbouring hashes after more of them came.

    Row ``r`` packs the roots over ``2**r`` hashes each; rows end with that of a full tile, row 8. Only what is new is hashed.
    """
    grown = [rows[0] + fresh if rows else fresh]
    while len(grown) <= _FULL_ROW and len(grown[-1]) >= 2 * HASH_BYTES:
        below, known = grown[-1], rows[len(grown)] if len(grown) < len(rows) else b""
        grown.append(known + _row_above(below[2 * len(known) : len(below) // 64 * 64], tree))
    return tuple(grown)


def pyramid(packed: bytes, tree: Tree = SHA256) -> tuple[bytes, ...]:
    """The complete subtrees inside one tile, as ``raised`` gives them."""
    return raised((), packed, tree)


def _row_above(packed: bytes, tree: Tree) -> bytes:
    if len(packed) >= _LANES_PAY * 2 * HASH_BYTES:
        return lanes.leaf_hashes(packed, b"\x01", block_bytes=2 * HASH_BYTES, name=tree.name)
    new = tree.new
    return b"".join([new(b"\x01" + packed[at : at + 64]).digest() for at in range(0, len(packed), 64)])


def leaf_hashes(entries: Sequence[bytes], tree: Tree = SHA256) -> bytes:
    """The packed leaf hashes of entries."""
    return lanes.hash_each(entries, b"\x00", name=tree.name)


def check_entries(entries: Iterable[bytes]) -> None:
    """Refuse an entry that no bundle can hold."""
    longest = max(map(len, entries), default=0)
    if longest > MAX_ENTRY_BYTES:
        raise BadTile(
            reason=Text(
                f"有条目为 {longest} 字节，超过 {MAX_ENTRY_BYTES}",
                f"an entry of {longest} bytes, over {MAX_ENTRY_BYTES}",
            )
        )


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """Pack entries, each behind its length."""
    check_entries(entries)
    return b"".join([len(entry).to_bytes(2, "big") + entry for entry in entries])


def decode_bundle(data: bytes, width: int) -> tuple[bytes, ...]:
    """Unpack exactly ``width`` entries."""
    if len(data) > MAX_BUNDLE_BYTES:
        raise BadTile(
            reason=Text("条目包大于 256 条所能达到的大小", "the bundle is larger than 256 entries can be")
        )
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if at + 2 > len(data) or end > len(data):
            raise BadTile(reason=Text("条目包不完整", "the bundle is cut short"))
        if len(entries) == width:
            raise BadTile(
                reason=Text(f"条目包超过 {width} 条", f"the bundle holds more than {width} entries")
            )
        entries.append(data[at + 2 : end])
        at = end
    if len(entries) != width:
        raise BadTile(
            reason=Text(
                f"条目包有 {len(entries)} 条，应为 {width} 条",
                f"the bundle holds {len(entries)} entries, wanted {width}",
            )
        )
    return tuple(entries)


def check_tile(data: bytes, width: int) -> bytes:
    """Refuse a hash tile of the wrong length."""
    if len(data) != width * HASH_BYTES:
        raise BadTile(
            reason=Text(
                f"分块为 {len(data)} 字节，应为 {width} 个哈希",
                f"a tile of {len(data)} bytes, wanted {width} hashes",
            )
        )
    return data
