"""Take entries ahead of a log's tiles: durable at once, written as tiles behind.

``append`` flushes one record of the write-ahead log and is done: the index is final, the entry is a leaf of the tree in memory,
and its root is known. ``settle`` writes what came since as tiles and moves the head, while others go on appending; only
what is settled can be signed and read. For sources without a journal of their own; the port's journal is itself ahead of
its log, and appends to it directly.

Rules this module keeps:
 * publication knows nothing of it: the order of tiles, head, signature stays that of ``feiyu.evidence.log``;
 * a place in the write-ahead log is freed only after the head over its entries is stored;
 * opening replays what was durable and not settled, and compares each record's root with the tree's; on contradiction it stops;
 * memory is bounded by the write-ahead log: when that is full, an append waits for ``settle``;
 * what could not be settled stays, and is settled with what came since; after a failed flush the stores refuse for good.
"""

import threading
from collections.abc import Sequence

from feiyu.base.text import Text
from feiyu.evidence.edge import Edge
from feiyu.evidence.errors import LogDamaged
from feiyu.evidence.log import Head, Log
from feiyu.evidence.wal import Wal


class Ahead:
    """The one writer of a log; one thread may append while another settles and publishes."""

    def __init__(self, log: Log, wal: Wal) -> None:
        """Replay what is durable and not yet in tiles; nothing is written."""
        self.log = log
        self._wal = wal
        self._lock = threading.Lock()  # the two below, and the write-ahead log
        self._edge = log.edge
        self._files: dict[str, bytes] = {}
        self._settling = threading.Lock()
        for record in wal.replay(self._edge.size):
            self._take(*self._edge.grow(record.entries))
            if self._edge.root != record.root:
                raise LogDamaged(
                    reason=Text(
                        f"预写日志自第 {record.first} 条起延续，但出自另一棵树",
                        f"the write-ahead log goes on from entry {record.first}, but from another tree",
                    )
                )

    @property
    def size(self) -> int:
        """How many entries are durable."""
        return self._edge.size

    @property
    def head(self) -> Head:
        """Everything that is durable, settled or not."""
        edge = self._edge
        return Head(edge.size, edge.root)

    @property
    def crowded(self) -> bool:
        """Whether it is time to settle, lest an append must wait for it."""
        return self._wal.crowded

    @property
    def max_bytes(self) -> int:
        """How much one batch may hold, each entry with two bytes more than its own."""
        return self._wal.max_bytes

    def append(self, entries: Sequence[bytes]) -> int:
        """Make entries durable and part of the tree; the index of the first."""
        while True:
            with self._lock:
                first = self._write(entries)
            if first is not None:
                return first
            self.settle()

    def _write(self, entries: Sequence[bytes]) -> int | None:
        first, (grown, files) = self._edge.size, self._edge.grow(entries)
        if not self._wal.write(first, entries, grown.root):
            return None
        self._take(grown, files)
        return first

    def _take(self, grown: Edge, files: dict[str, bytes]) -> None:
        self._edge = grown
        self._files |= files

    def settle(self) -> Head:
        """Write everything taken so far as tiles, store the head over it, and free its place; returns that head."""
        with self._settling:
            with self._lock:
                edge, files, self._files = self._edge, self._files, {}
            try:
                head = self.log.extend(edge, files) if edge.size > self.log.head.size else self.log.head
            except BaseException:
                with self._lock:
                    self._files = files | self._files
                raise
            with self._lock:
                self._wal.free(head.size)
            return head
