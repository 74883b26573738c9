"""The right edge of a tiled tree: takes a batch and says which files that makes.

Rules this module keeps:
 * it computes and holds no file: the same edge and the same entries give the same files, so a batch can be repeated;
 * its memory is one unfinished tile a level and one unfinished bundle, whatever the size of the log.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from feiyu.evidence import tiles
from feiyu.evidence.reader import TileReader


@dataclass(frozen=True, slots=True)
class Edge:
    """The unfinished tile of each level (packed, may be empty) and the unfinished bundle."""

    size: int = 0
    levels: tuple[bytes, ...] = ()
    bundle: bytes = b""

    @property
    def root(self) -> bytes:
        """The root of the whole tree."""
        node = b""
        for packed in self.levels:
            row = packed + node
            node = tiles.fold(row) if row else b""
        return node or tiles.EMPTY_ROOT

    def grow(self, entries: Sequence[bytes]) -> "tuple[Edge, dict[str, bytes]]":
        """The edge after a batch, and every tile and bundle that is new, by path."""
        files: dict[str, bytes] = {}
        bundle = self._bundles(entries, files)
        levels: list[bytes] = []
        risen = tiles.leaf_hashes(entries)
        while risen or len(levels) < len(self.levels):
            rest, risen = self._level(len(levels), risen, files)
            levels.append(rest)
        return Edge(self.size + len(entries), tuple(levels), bundle), files

    def _bundles(self, entries: Sequence[bytes], files: dict[str, bytes]) -> bytes:
        index, filled = divmod(self.size, tiles.WIDTH)
        packed, at = self.bundle, 0
        while at < len(entries):
            part = entries[at : at + tiles.WIDTH - filled]
            packed += tiles.encode_bundle(part)
            at, filled = at + len(part), filled + len(part)
            files[tiles.bundle_path(index, filled)] = packed
            if filled == tiles.WIDTH:
                index, filled, packed = index + 1, 0, b""
        return packed

    def _level(self, level: int, risen: bytes, files: dict[str, bytes]) -> tuple[bytes, bytes]:
        """Put ``risen`` hashes on a level; what stays unfinished there, and what rises from it."""
        before = self.levels[level] if level < len(self.levels) else b""
        if not risen:
            return before, b""
        packed = before + risen
        index = self.size >> (8 * level + 8)
        roots = []
        while len(packed) >= tiles.TILE_BYTES:
            full, packed = packed[: tiles.TILE_BYTES], packed[tiles.TILE_BYTES :]
            files[tiles.tile_path(level, index)] = full
            roots.append(tiles.fold(full))
            index += 1
        if packed:
            files[tiles.tile_path(level, index, len(packed) // tiles.HASH_BYTES)] = packed
        return packed, b"".join(roots)


def load_edge(reader: TileReader) -> Edge:
    """Read the edge back from the tiles of ``reader.size`` entries."""
    size = reader.size
    levels: list[bytes] = []
    while size >> (8 * len(levels)):
        level = len(levels)
        index, width = divmod(size >> (8 * level), tiles.WIDTH)
        levels.append(reader.tile(level, index, width) if width else b"")
    index, width = divmod(size, tiles.WIDTH)
    bundle = tiles.encode_bundle(reader.bundle(index, width)) if width else b""
    return Edge(size, tuple(levels), bundle)
