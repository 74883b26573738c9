"""Make the log's tiles again from the journal, after a disk was lost or a copy was restored.

Rules this module keeps:
 * every tile follows from the entries; one that is there must be the same bytes, or it is ``LogDamaged``;
 * nothing is signed and the head does not move: the result must lead to the stored head, entry by entry.
"""

from feiyu.base.text import Text
from feiyu.evidence.edge import Edge
from feiyu.evidence.errors import LogDamaged
from feiyu.evidence.log import Head, TileStore
from feiyu.evidence.tree import tree_of
from feiyu.registry.journal.head import SqlHead
from feiyu.registry.journal.store import events
from feiyu.store import Database, Scope

_SCOPE = Scope.all("rebuilding the log's tiles")
AT_ONCE = 16 * 256


def rebuild_tiles(db: Database, tiles: TileStore, origin: str) -> Head | None:
    """Write the tiles of the log up to its stored head; gives that head, None when nothing was logged yet."""
    head = SqlHead(db, origin).load()
    if head is None:
        return None
    edge = Edge(tree=tree_of(origin))
    while edge.size < head.size:
        with db.read(scope=_SCOPE) as tx:
            entries = events.placed_entries(tx, edge.size, min(AT_ONCE, head.size - edge.size))
        if not entries:
            raise LogDamaged(
                reason=Text(
                    f"日记账只有 {edge.size} 条，日志头为 {head.size} 条",
                    f"the journal has {edge.size} of {head.size} entries",
                )
            )
        edge, files = edge.grow(entries)
        tiles.put(files)
    tiles.put(edge.unfinished())
    if edge.root != head.root:
        raise LogDamaged(
            reason=Text(
                f"日记账推不出大小为 {head.size} 的已存根哈希",
                f"the journal does not lead to the stored root of size {head.size}",
            )
        )
    return head
