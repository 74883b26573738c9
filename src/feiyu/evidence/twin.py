"""The SM3 twin of a log: where its files lie, and how it follows.

A twin is a ``Log`` like any other whose origin ends in ``/sm3``: own head, own hash tiles, own checkpoint and proofs. It lies under ``sm3/``
of the log's files and has no entries of its own: its bundles *are* the log's, so the two trees cannot be over different ones
without one of them failing against its tiles.

Order of writing: the log's tiles, head and publication come first (``feiyu.evidence.log``); then the twin takes entries up to the
published size, tiles before head before signature. A crash between any two steps leaves a twin that is behind, never one
that is ahead; the next call goes on from the twin's own stored head.

Rules this module keeps:
 * the twin never reaches beyond what the log has published;
 * what it takes is compared with what the log holds;
 * a bundle that the log lacks is written, one that differs stops the twin (``LogDamaged``).
"""

from collections.abc import Callable, Mapping, Sequence

from feiyu.base import merkle
from feiyu.base.errors import FeiyuError
from feiyu.base.text import Text
from feiyu.evidence import note as notes
from feiyu.evidence import tiles
from feiyu.evidence.chain import Finding, Kind
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.errors import BadKey, LogDamaged, SmMissing
from feiyu.evidence.keys import SigningKey, VerifierKey, can_verify
from feiyu.evidence.log import HeadStore, Log, TileStore
from feiyu.evidence.reader import Get
from feiyu.evidence.tree import TWIN, tree_of, twin_origin

FOLDER = TWIN[1:] + "/"
ENTRIES = tiles.ENTRIES


def twin_path(path: str) -> str:
    """Where a file of the twin lies among the files of its log."""
    return path if path.startswith(ENTRIES) else FOLDER + path


def twin_get(get: Get) -> Get:
    """The twin's files, out of those of its log."""
    return lambda path: get(twin_path(path))


class TwinTiles:
    """The ``TileStore`` of a twin, within that of its log."""

    def __init__(self, store: TileStore) -> None:
        self._store = store

    def get(self, path: str, /) -> bytes | None:
        """The file, or None when there is none."""
        return self._store.get(twin_path(path))

    def put(self, files: Mapping[str, bytes], /) -> None:
        """Write hash tiles; a bundle is the log's already, durable and the same, and is written only where it is not."""
        fresh = {}
        for path, data in files.items():
            found = self._store.get(path) if path.startswith(ENTRIES) else None
            if found is None:
                fresh[twin_path(path)] = data
            elif found != data:
                raise LogDamaged(
                    reason=Text(
                        f"{path} 中的条目与孪生树所取的不同",
                        f"{path} holds other entries than the twin takes",
                    )
                )
        if fresh:
            self._store.put(fresh)

    def replace(self, path: str, data: bytes, /) -> None:
        """Replace the twin's checkpoint."""
        self._store.replace(twin_path(path), data)

    def discard(self, prefix: str, /) -> None:
        """Remove partial tiles that a full one has replaced."""
        self._store.discard(twin_path(prefix))


class Twin:
    """A log's twin, and the further keys that sign for it."""

    def __init__(self, store: TileStore, head: HeadStore, keys: Sequence[SigningKey]) -> None:
        """Open it; the first key is the one under which it judges its own checkpoints."""
        first, *self._also = keys
        self.log = Log(TwinTiles(store), head, first.name, first.signer, algorithm=first.algorithm)
        self.keys = tuple(keys)

    def follow(self, log: Log, take: Callable[[int, int], Sequence[bytes]], *, at_once: int) -> bool:
        """Take up to ``at_once`` entries that ``log`` has published, by ``take(first, count)``, and publish; whether more wait."""
        size, first = _published(log), self.log.head.size
        if first > log.head.size:
            raise LogDamaged(
                reason=Text(
                    f"孪生树有 {first} 条，其日志有 {log.head.size} 条",
                    f"the twin has {first} entries, its log {log.head.size}",
                )
            )
        count = min(at_once, max(0, size - first))
        if count:
            entries = take(first, count)
            log.append(entries, first)  # the log holds them: they are compared, and nothing is written
            first = self.log.append(entries, first).size
        if _published(self.log) < first <= size:
            self._publish()
        return bool(count) and first < size

    def _publish(self) -> None:
        """Sign the stored head with every key and make it public; where a crash came before, this was the step left."""
        note = notes.parse(self.log.checkpoint())
        also = notes.sign(note.text, *self._also).signatures if self._also else ()
        self.log.publish(note.add(also).encode())


def _published(log: Log) -> int:
    return log.published.checkpoint.size if log.published else 0


def twin_key(text: str, log: VerifierKey) -> VerifierKey:
    """Read the vkey of a log's twin; SM2 wants the library that checks it."""
    key = VerifierKey.parse(text)
    if key.name != twin_origin(log.name):
        raise BadKey(
            reason=Text(
                f"应为 {twin_origin(log.name)} 的密钥，而不是 {key.name[:200]} 的",
                f"a key of {twin_origin(log.name)} is wanted, not of {key.name[:200]}",
            )
        )
    if not can_verify(key.algorithm):
        raise SmMissing
    return key


class TwinWatch:
    """Holds a twin's checkpoint against the entries that a monitor verified under its log: no file of the twin but this is asked for.

    The checkpoint is fetched before the log's, so that an honest twin is never ahead of what is read afterwards.
    """

    def __init__(self, key: VerifierKey, data: bytes | None) -> None:
        self._tree = merkle.Frontier(hasher=tree_of(key.name).hash)
        self._root = self._tree.root()
        self._seen: Checkpoint | None = None
        self._wrong: Finding | None = None
        if data is None:
            self._wrong = _finding(Kind.MISSING, "孪生树没有检查点", "the twin has no checkpoint")
            return
        try:
            note = notes.parse(data)
            notes.verify(note, [key])
            self._seen = Checkpoint.parse(note.text)
        except FeiyuError as bad:
            self._wrong = _finding(Kind.CHECKPOINT, bad.text("zh"), bad.text("en"))
            return
        if self._seen.origin != key.name:
            self._wrong = _finding(Kind.CHECKPOINT, "检查点属于其他日志", "the checkpoint is of another log")

    @property
    def size(self) -> int:
        """How far the twin says it reaches."""
        return self._seen.size if self._seen else 0

    def take(self, _: int, entry: bytes) -> None:
        """The next entry of the log, verified there."""
        if self._tree.size < self.size:
            self._tree.add(merkle.leaf_hash(entry, hasher=self._tree.hasher))
            if self._tree.size == self.size:
                self._root = self._tree.root()

    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the twin, once everything under the log's checkpoint was taken."""
        if self._wrong or self._seen is None:
            return (self._wrong,) if self._wrong else ()
        if self._tree.size < self.size:
            zh, en = "孪生树超过其日志", "the twin reaches beyond its log"
            return (_finding(Kind.CHECKPOINT, zh, en),)
        if self._root != self._seen.root:
            zh, en = "日志的条目得不出孪生树的根", "the entries of the log do not give the twin's root"
            return (_finding(Kind.ROOT, zh, en),)
        return ()


def _finding(kind: Kind, zh: str, en: str) -> Finding:
    return Finding(kind=kind, where=twin_path(tiles.CHECKPOINT), text=Text(zh, en))
