"""The right edge of a tiled tree: takes a batch and says which files that makes.

Rules this module keeps:
 * it computes and holds no file: the same edge and the same entries give the same files, so a batch can be repeated;
 * its memory is one unfinished tile a level and one unfinished bundle, whatever the size of the log;
 * a node is hashed once: the subtrees inside an unfinished tile are kept, so that the root of any size costs a hash a level
   of the tree.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from feiyu.evidence import tiles
from feiyu.evidence.reader import TileReader
from feiyu.evidence.tree import SHA256, Tree


@dataclass(frozen=True, slots=True)
class Edge:
    """The unfinished tile of each level as the rows of ``tiles.raised``, and the entries of the unfinished bundle."""

    size: int = 0
    levels: tuple[tuple[bytes, ...], ...] = ()
    bundle: tuple[bytes, ...] = ()
    tree: Tree = SHA256

    @property
    def root(self) -> bytes:
        """The root of the whole tree: the last subtree of every row that is odd, joined from the smallest to the largest."""
        node = b""
        for rows in self.levels:
            for row in rows:
                if len(row) & tiles.HASH_BYTES:
                    peak = row[-tiles.HASH_BYTES :]
                    node = tiles.join(peak, node, self.tree) if node else peak
        return node or self.tree.empty

    def grow(self, entries: Sequence[bytes]) -> "tuple[Edge, dict[str, bytes]]":
        """The edge after a batch, and every tile and bundle that became full, by path."""
        files: dict[str, bytes] = {}
        bundle = self._bundles(entries, files)
        levels: list[tuple[bytes, ...]] = []
        risen = tiles.leaf_hashes(entries, self.tree)
        while risen or len(levels) < len(self.levels):
            rows, risen = self._level(len(levels), risen, files)
            levels.append(rows)
        return Edge(self.size + len(entries), tuple(levels), bundle, self.tree), files

    def unfinished(self, since: int = 0) -> dict[str, bytes]:
        """The partial tiles and the partial bundle that differ from those of an earlier size, by path."""
        files: dict[str, bytes] = {}
        if self.bundle and self.size != since:
            path = tiles.bundle_path(self.size // tiles.WIDTH, len(self.bundle))
            files[path] = tiles.encode_bundle(self.bundle)
        for level, rows in enumerate(self.levels):
            if rows and rows[0] and self.size >> (8 * level) != since >> (8 * level):
                index, width = self.size >> (8 * level + 8), len(rows[0]) // tiles.HASH_BYTES
                files[tiles.tile_path(level, index, width)] = rows[0]
        return files

    def _bundles(self, entries: Sequence[bytes], files: dict[str, bytes]) -> tuple[bytes, ...]:
        tiles.check_entries(entries)
        index, unfinished, at = self.size // tiles.WIDTH, self.bundle, 0
        while at < len(entries):
            part = entries[at : at + tiles.WIDTH - len(unfinished)]
            unfinished, at = (*unfinished, *part), at + len(part)
            if len(unfinished) == tiles.WIDTH:
                files[tiles.bundle_path(index)] = tiles.encode_bundle(unfinished)
                index, unfinished = index + 1, ()
        return unfinished

    def _level(self, level: int, risen: bytes, files: dict[str, bytes]) -> tuple[tuple[bytes, ...], bytes]:
        """Put ``risen`` hashes on a level; what stays unfinished there, and what rises from it."""
        before = self.levels[level] if level < len(self.levels) else ()
        if not risen:
            return before, b""
        rows = tiles.raised(before, risen, self.tree)
        full, index = len(rows[0]) // tiles.TILE_BYTES, self.size >> (8 * level + 8)
        if not full:
            return rows, b""
        for number in range(full):
            at = number * tiles.TILE_BYTES
            files[tiles.tile_path(level, index + number)] = rows[0][at : at + tiles.TILE_BYTES]
        *inner, roots = rows
        rest = tuple(row[full * tiles.TILE_BYTES >> height :] for height, row in enumerate(inner))
        return tuple(row for row in rest if row), roots


def load_edge(reader: TileReader) -> Edge:
    """Read the edge back from the tiles of ``reader.size`` entries."""
    size = reader.size
    levels: list[tuple[bytes, ...]] = []
    while size >> (8 * len(levels)):
        level = len(levels)
        index, width = divmod(size >> (8 * level), tiles.WIDTH)
        levels.append(tiles.pyramid(reader.tile(level, index, width), reader.tree) if width else ())
    index, width = divmod(size, tiles.WIDTH)
    return Edge(size, tuple(levels), reader.bundle(index, width) if width else (), reader.tree)
