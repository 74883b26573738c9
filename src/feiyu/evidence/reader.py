"""Read a tiled log: nodes, roots, proofs and entries of any size it ever had.

Rules this module keeps:
 * only tiles are read, never more of them than a proof needs; the levels inside a tile are computed once and kept
   up to a stated number of tiles;
 * where a partial tile was tidied away, the full tile that replaced it answers, cut to the width asked for;
 * nothing read is believed by itself: a caller compares roots with a checkpoint.

Source: RFC 9162 sections 2.1.3.1 and 2.1.4.1; C2SP tlog-tiles.
"""

import threading
from collections.abc import Callable

from feiyu.base.text import Text
from feiyu.evidence import tiles
from feiyu.evidence.errors import BadTile, NoSuchEntry
from feiyu.evidence.tree import SHA256, Tree

Get = Callable[[str], bytes | None]


class TileReader:
    """Reads tiles through ``get``; ``size`` is up to where they are known to exist.

    Safe to share between threads. A cached tile takes 16 KiB; a full tile is cached for good, a partial one until
    it has grown.
    """

    def __init__(self, get: Get, size: int = 0, *, cache_tiles: int = 2048, tree: Tree = SHA256) -> None:
        self.size = size
        self.tree = tree
        self._get = get
        self._cache_tiles = cache_tiles
        self._cache: dict[tuple[int, int], tuple[bytes, ...]] = {}
        self._ragged: dict[tuple[int, int], bytes] = {}
        self._lock = threading.Lock()

    def grow(self, size: int) -> None:
        """Tiles now exist up to ``size``."""
        self.size = max(size, self.size)

    def node(self, height: int, index: int) -> bytes:
        """The root of the complete subtree ``index`` of ``2**height`` entries."""
        level, row = divmod(height, 8)
        first = index << row
        tile, at = first >> 8, ((first & 255) >> row) * 32
        try:
            found = self._cache[level, tile][row][at : at + 32]
        except (KeyError, IndexError):
            found = b""
        if not found:
            found = self._load(level, tile)[row][at : at + 32]
        return found

    def _load(self, level: int, tile: int) -> tuple[bytes, ...]:
        rows = tiles.pyramid(self.tile(level, tile, tiles.width_at(level, tile, self.size)), self.tree)
        with self._lock:
            while len(self._cache) >= self._cache_tiles:
                del self._cache[next(iter(self._cache))]
            self._cache[level, tile] = rows
        return rows

    def tile(self, level: int, index: int, width: int) -> bytes:
        """The first ``width`` hashes of a tile."""
        data = self._get(tiles.tile_path(level, index, width))
        if data is None and width < tiles.WIDTH:
            data = (self._get(tiles.tile_path(level, index)) or b"")[: width * tiles.HASH_BYTES] or None
        if data is None:
            raise BadTile(
                reason=Text(
                    f"缺少 {tiles.tile_path(level, index, width)}",
                    f"{tiles.tile_path(level, index, width)} is missing",
                )
            )
        return tiles.check_tile(data, width)

    def bundle(self, index: int, width: int) -> tuple[bytes, ...]:
        """The first ``width`` entries of a bundle."""
        data = self._get(tiles.bundle_path(index, width))
        if data is not None:
            return tiles.decode_bundle(data, width)
        data = self._get(tiles.bundle_path(index)) if width < tiles.WIDTH else None
        if data is None:
            raise BadTile(
                reason=Text(
                    f"缺少 {tiles.bundle_path(index, width)}", f"{tiles.bundle_path(index, width)} is missing"
                )
            )
        return tiles.decode_bundle(data, tiles.WIDTH)[:width]

    def entry(self, index: int) -> bytes:
        """One entry, checked against its leaf hash in the tile."""
        if not 0 <= index < self.size:
            raise NoSuchEntry(index=index, size=self.size)
        number, at = divmod(index, tiles.WIDTH)
        entry = self.bundle(number, tiles.width_at(0, number, self.size))[at]
        if tiles.leaf_hashes([entry], self.tree) != self.node(0, index):
            raise BadTile(
                reason=Text(
                    f"第 {number} 个条目包与第 {number} 个分块在第 {index} 条上不一致",
                    f"bundle {number} and tile {number} disagree about entry {index}",
                )
            )
        return entry

    def root(self, size: int) -> bytes:
        """The root of the first ``size`` entries."""
        self._check(size)
        return self._span(0, size) if size else self.tree.empty

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """The audit path of entry ``index`` in the tree of ``size`` entries."""
        self._check(size)
        if not 0 <= index < size:
            raise NoSuchEntry(index=index, size=size)
        node = self.node
        inner = (index ^ (size - 1)).bit_length()
        path = [node(height, (index >> height) ^ 1) for height in range(inner - 1)]
        if inner:
            first = ((index >> (inner - 1)) ^ 1) << (inner - 1)
            path.append(self._tail(first, size))
        left = index >> inner
        while left:
            if left & 1:
                path.append(node(inner, left ^ 1))
            left, inner = left >> 1, inner + 1
        return path

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The proof that the tree of ``new`` entries begins with the one of ``old`` (0 < old <= new)."""
        self._check(new)
        if not 0 < old <= new:
            raise NoSuchEntry(index=old, size=new)
        path: list[bytes] = []
        low, high, whole = 0, new, True
        while old != high:
            middle = low + _split(high - low)
            if old <= middle:
                path.append(self._span(middle, high))
                high = middle
            else:
                path.append(self._span(low, middle))
                low, whole = middle, False
        if not whole:
            path.append(self._span(low, high))
        return path[::-1]

    def _check(self, size: int) -> None:
        if not 0 <= size <= self.size:
            raise NoSuchEntry(index=size, size=self.size)

    def _tail(self, low: int, size: int) -> bytes:
        """The hash of ``[low, size)``; all proofs against one checkpoint share a few of these."""
        found = self._ragged.get((low, size))
        if found is None:
            found = self._span(low, size)
            if len(self._ragged) > 4096:
                self._ragged = {}
            self._ragged[low, size] = found
        return found

    def _span(self, low: int, high: int) -> bytes:
        """The hash of ``[low, high)``, where ``low`` is a multiple of the smallest power of two that covers it."""
        parts = []
        while low < high:
            height = (high - low).bit_length() - 1
            parts.append(self.node(height, low >> height))
            low += 1 << height
        found = parts.pop()
        while parts:
            found = tiles.join(parts.pop(), found, self.tree)
        return found


def _split(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)
