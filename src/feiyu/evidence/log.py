"""The evidence log: append, prove, publish.

Entries come from the journal of the business database, already durable and in order; the log turns them into tiles,
a head and a checkpoint.

Rules this module keeps:
 * the order of writing is tiles and bundles, then the head, then the signature: a head is signed only after it is
   stored, and stored only after everything under it is durable;
 * a batch may be repeated after a crash at any point: what is there already must be the same bytes, and then counts
   as done; a gap is refused;
 * a tile once written never changes, and a smaller or different head is never signed: on contradiction the log
   stops and says so;
 * a proof is checked before it is handed out;
 * a process that only reads takes in what the writer stored by ``refresh``; it judges that as it would its own.

Trust and durability: ``TileStore.put`` and ``HeadStore.swap`` return only when nothing can be lost any more. The head
store is what keeps a second writer or a restored copy from signing; witnesses are the last line behind it.

Sources: C2SP tlog-tiles, tlog-checkpoint; RFC 9162 section 2.1.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from feiyu.base import merkle
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence import note as notes
from feiyu.evidence import tiles
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.edge import Edge, load_edge
from feiyu.evidence.errors import BadTile, EntryChanged, EntryGap, LogDamaged, NotYetProven
from feiyu.evidence.keys import Algorithm, Signer, SigningKey, VerifierKey
from feiyu.evidence.proof import Proof
from feiyu.evidence.reader import TileReader
from feiyu.evidence.tree import tree_of


@dataclass(frozen=True, slots=True)
class Head:
    """How far the log reaches, and its root there."""

    size: int
    root: bytes


class TileStore(Protocol):
    """Where tiles lie: a directory, or an object store."""

    def get(self, path: str, /) -> bytes | None:
        """The file, or None when there is none."""
        ...

    def put(self, files: Mapping[str, bytes], /) -> None:
        """Write files once, durably. One that exists with other bytes is ``LogDamaged``; with the same, it is done."""
        ...

    def replace(self, path: str, data: bytes, /) -> None:
        """Replace one small file at once (the checkpoint); after a crash the one or the other is there, whole."""
        ...

    def discard(self, prefix: str, /) -> None:
        """Remove all files under a prefix (partial tiles that a full one has replaced)."""
        ...


class HeadStore(Protocol):
    """The lock: who extends the log from a head that is no longer the stored one is refused."""

    def load(self) -> Head | None:
        """The stored head; None before the first entry."""
        ...

    def swap(self, old: Head | None, new: Head, /) -> None:
        """Store ``new`` durably if ``old`` is what is stored; raise otherwise."""
        ...


@dataclass(frozen=True, slots=True)
class Published:
    """A checkpoint as it was published, with all signatures."""

    checkpoint: Checkpoint
    note: bytes


class Log:
    """One log: one origin, one key, one writer.

    Proofs may be asked for from any thread; one thread may append while another publishes.
    """

    def __init__(
        self,
        tiles: TileStore,
        head: HeadStore,
        origin: str,
        signer: Signer,
        *,
        algorithm: Algorithm = Algorithm.ED25519,
        cache_tiles: int = 2048,
    ) -> None:
        """Open the log and check that its parts agree; nothing is written. Its origin tells the hash of its tree."""
        self._store = tiles
        self._heads = head
        self.key = SigningKey(origin, algorithm, signer)
        self._tree = tree_of(origin)
        self._lock = threading.RLock()
        self._publishing = threading.Lock()
        self._reader = TileReader(tiles.get, cache_tiles=cache_tiles, tree=self._tree)
        self._edge: Edge | None = None
        self._head: Head | None = None
        self._published: Published | None = None
        self._open()

    @property
    def origin(self) -> str:
        """The name of the log."""
        return self.key.name

    @property
    def verifier(self) -> VerifierKey:
        """The key under which its checkpoints verify."""
        return self.key.verifier

    @property
    def head(self) -> Head:
        """Everything stored so far, published or not."""
        with self._lock:
            self._open()
            return self._head or Head(0, self._tree.empty)

    @property
    def published(self) -> Published | None:
        """The last checkpoint that was published."""
        return self._published

    def refresh(self) -> bool:
        """Take in what another process has stored and published since; whether that is anything new.

        The checkpoint is read before the head: whatever it says was stored by then.
        """
        data = self._store.get(tiles.CHECKPOINT)
        with self._lock:
            head = self._heads.load()
            moved = head != self._head
            if moved:
                self._edge = None
            self._open()
            return self._take_published(data) or moved

    def _take_published(self, data: bytes | None) -> bool:
        """Believe a checkpoint that somebody else published, unless it lies behind ours."""
        ours = self._published
        if data is None or (ours is not None and data == ours.note):
            return False
        seen = self._judge(data)
        if ours is not None and seen.size < ours.checkpoint.size:
            return False  # read before our own last publication
        self._published = Published(seen, data)
        return True

    def append(self, entries: Sequence[bytes], first_index: int) -> Head:
        """Store entries that begin at ``first_index``; returns when they are durable and part of the head.

        Safe to repeat, also with a longer batch: entries that the log holds are compared and skipped.
        """
        with self._lock:
            edge = self._open()
            if first_index > edge.size:
                raise EntryGap(size=edge.size, first=first_index)
            known = min(len(entries), edge.size - first_index)
            self._compare(entries[:known], first_index)
            fresh = entries[known:]
            return self.extend(*edge.grow(fresh)) if fresh else self.head

    @property
    def edge(self) -> Edge:
        """The edge of everything stored."""
        with self._lock:
            return self._open()

    def extend(self, grown: Edge, files: Mapping[str, bytes]) -> Head:
        """Store an edge that grew from ours, with the files that became full on the way; returns when both are durable."""
        head = Head(grown.size, grown.root)
        with self._lock:
            before = self._open().size
            self._edge = None  # whatever fails from here on, the next call reads the stored truth again
            self._store.put({**files, **grown.unfinished(before)})
            self._heads.swap(self._head, head)
            self._edge, self._head = grown, head
            self._reader.grow(head.size)
            return head

    def _compare(self, entries: Sequence[bytes], first_index: int) -> None:
        for index, entry in enumerate(entries, first_index):
            if self._reader.node(0, index) != tiles.leaf_hashes([entry], self._tree):
                raise EntryChanged(index=index)

    def _open(self) -> Edge:
        """The edge in memory, or read back from the stores and checked against the stored head."""
        if self._edge is not None:
            return self._edge
        head = self._heads.load()
        self._reader.grow(head.size if head else 0)
        try:
            edge = load_edge(self._reader)
        except BadTile as bad:
            raise LogDamaged(reason=said(bad)) from None
        if head and (edge.size != head.size or edge.root != head.root):
            raise LogDamaged(
                reason=Text(
                    f"分块推不出大小为 {head.size} 的已存根哈希",
                    f"the tiles do not lead to the stored root of size {head.size}",
                )
            )
        if self._published is None:
            self._published = self._load_published()
        self._edge, self._head = edge, head
        return edge

    def _load_published(self) -> Published | None:
        data = self._store.get(tiles.CHECKPOINT)
        if data is None:
            return None
        seen = self._judge(data)
        return Published(seen, data)

    def _judge(self, data: bytes) -> Checkpoint:
        """A checkpoint of this log, by its own signature, that its tiles bear out."""
        note = notes.parse(data)
        notes.verify(note, [self.verifier])
        seen = Checkpoint.parse(note.text)
        if seen.origin != self.origin:
            raise LogDamaged(
                reason=Text(
                    f"检查点属于 {seen.origin}，却由 {self.origin} 的密钥签名",
                    f"a checkpoint of {seen.origin} under the key of {self.origin}",
                )
            )
        if seen.size > self._reader.size or self._reader.root(seen.size) != seen.root:
            raise LogDamaged(
                reason=Text(
                    f"大小为 {seen.size} 的已签检查点与所存条目不符",
                    f"the signed checkpoint of size {seen.size} does not fit the stored entries",
                )
            )
        return seen

    def checkpoint(self) -> bytes:
        """The present head as a note with the log's own signature; not yet published."""
        head = self.head
        return notes.sign(Checkpoint(self.origin, head.size, head.root).text, self.key).encode()

    def publish(self, note: bytes) -> Published:
        """Make a checkpoint (with the cosignatures it has) the public one, and tidy what it made superfluous.

        Another thread may go on appending meanwhile.
        """
        with self._publishing:
            with self._lock:
                self._open()
                seen = self._judge(note)
            before = self._published.checkpoint.size if self._published else 0
            if seen.size < before:
                raise LogDamaged(
                    reason=Text(
                        f"大小 {seen.size} 晚于已公布的大小 {before}",
                        f"size {seen.size} after size {before} was published",
                    )
                )
            self._store.replace(tiles.CHECKPOINT, note)
            self._published = Published(seen, note)
            self._tidy(before, seen.size)
            return self._published

    def _tidy(self, before: int, now: int) -> None:
        """Drop the partial forms of tiles that became full; readers fall back to the full ones."""
        level = 0
        while now >> (8 * level):
            for index in range(before >> (8 * level + 8), now >> (8 * level + 8)):
                self._store.discard(tiles.tile_path(level, index) + ".p")
                if level == 0:
                    self._store.discard(tiles.bundle_path(index) + ".p")
            level += 1

    def entry(self, index: int) -> bytes:
        """One entry as it was logged."""
        try:
            return self._reader.entry(index)
        except BadTile as bad:
            raise LogDamaged(reason=said(bad)) from None

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The proof between two sizes; empty from size 0."""
        return self._reader.consistency(old, new) if old else []

    def prove(self, index: int) -> Proof:
        """The proof of one entry under the published checkpoint."""
        published = self._published
        if published is None or index >= published.checkpoint.size:
            raise NotYetProven(index=index, size=published.checkpoint.size if published else 0)
        return self._prove(published, index)

    def prove_under(self, note: bytes, index: int) -> Proof:
        """The proof of one entry under an earlier checkpoint of this log that was kept (for its time stamp)."""
        with self._lock:
            self._open()
            seen = self._judge(note)
        if index >= seen.size:
            raise NotYetProven(index=index, size=seen.size)
        return self._prove(Published(seen, note), index)

    def _prove(self, published: Published, index: int) -> Proof:
        seen = published.checkpoint
        try:
            path, leaf = self._reader.inclusion(index, seen.size), self._reader.node(0, index)
        except BadTile as bad:
            raise LogDamaged(reason=said(bad)) from None
        if merkle.root_from_inclusion(leaf, index, seen.size, path, hasher=self._tree.hash) != seen.root:
            raise LogDamaged(
                reason=Text(f"分块给不出第 {index} 条的证明", f"the tiles give no proof of entry {index}")
            )
        return Proof(index, tuple(path), published.note)
