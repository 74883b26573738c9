"""Monitor: follows a log from outside, entry by entry, and keeps what it has seen.

Rules this module keeps:
 * it believes nothing but entries: it hashes every entry itself and compares roots with what the log signed;
 * every checkpoint it has ever seen, from the log, a witness or a receipt, must be a beginning of what it has read;
 * two histories end in a proof that anyone can check (``misbehaviour``), not in a log line;
 * a finding is a value; the monitor's memory advances only over what was verified.
"""

from collections.abc import Callable
from dataclasses import dataclass

from feiyu.base import merkle
from feiyu.base.errors import FeiyuError
from feiyu.base.text import Text
from feiyu.evidence import note as notes
from feiyu.evidence import tiles
from feiyu.evidence.chain import Finding, Kind, SourceChains
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.keys import VerifierKey
from feiyu.evidence.misbehaviour import Misbehaviour
from feiyu.evidence.reader import Get, TileReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a look at the log brought."""

    size: int
    findings: tuple[Finding, ...] = ()
    misbehaviour: Misbehaviour | None = None

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


class Monitor:
    """Follows one log whose files ``get`` brings (a ``TileStore.get``, or an HTTP client)."""

    def __init__(
        self, key: VerifierKey, get: Get, *, take: Callable[[int, bytes], None] | None = None
    ) -> None:
        """``take`` is handed each new entry with its index, once its place in the log is verified."""
        self.key = key
        self.chains = SourceChains()
        self._get = get
        self._take = take
        self._tree = merkle.Frontier()
        self._last: tuple[Checkpoint, bytes] | None = None
        self._reader = TileReader(get)

    @property
    def size(self) -> int:
        """How many entries have been read and verified."""
        return self._tree.size

    def look(self) -> Seen:
        """Fetch the checkpoint, read what is new, and say what is wrong."""
        data = self._get(tiles.CHECKPOINT)
        if data is None:
            return self._wrong(Kind.MISSING, "checkpoint", "没有检查点", "there is no checkpoint")
        return self.consider(data)

    def consider(self, data: bytes) -> Seen:
        """Hold a checkpoint, wherever it comes from, against everything read so far, and read up to it."""
        try:
            note = notes.parse(data)
            notes.verify(note, [self.key])
            seen = Checkpoint.parse(note.text)
        except FeiyuError as bad:
            zh, en = bad.text("zh"), bad.text("en")
            return self._wrong(Kind.CHECKPOINT, "checkpoint", zh, en)
        if seen.origin != self.key.name:
            return self._wrong(
                Kind.CHECKPOINT, "checkpoint", "检查点属于其他日志", "the checkpoint is of another log"
            )
        if seen.size <= self.size:
            return self._compare(seen, data)
        return self._advance(seen, data)

    def _compare(self, seen: Checkpoint, data: bytes) -> Seen:
        """A checkpoint of what was read already: its root must be the one that was read."""
        if seen.size == 0 and seen.root != tiles.EMPTY_ROOT:
            return self._wrong(Kind.ROOT, "size 0", "空日志的根不正确", "the root of the empty log is wrong")
        if self._last is None or seen.size == 0:
            return Seen(size=self.size)
        last, note = self._last
        try:
            truth = self._reader.root(seen.size)
            path = tuple(self._reader.consistency(seen.size, last.size))
        except FeiyuError as bad:
            return self._wrong(Kind.TILE, f"size {seen.size}", bad.text("zh"), bad.text("en"))
        if truth == seen.root:
            return Seen(size=self.size)
        if not merkle.verify_consistency(seen.size, last.size, truth, last.root, path):
            return self._wrong(
                Kind.TILE,
                f"size {seen.size}",
                "哈希分块与已核验的条目不符",
                "the tiles do not bear out the entries read",
            )
        return self._split(Misbehaviour(older=data, newer=note, prefix_root=truth, path=path))

    def _advance(self, seen: Checkpoint, data: bytes) -> Seen:
        """Read the entries up to a larger checkpoint; keep them only if they give its root."""
        first, tree = self.size, merkle.Frontier()
        tree.stack, tree.size = list(self._tree.stack), first
        try:
            entries = self._fetch(first, seen.size)
        except FeiyuError as bad:
            return self._wrong(Kind.MISSING, f"entries {first}-{seen.size}", bad.text("zh"), bad.text("en"))
        tree.extend(map(merkle.leaf_hash, entries))
        if tree.root() != seen.root:
            return self._contradiction(seen, data)
        findings: list[Finding] = []
        for index, entry in enumerate(entries, first):
            findings += self.chains.add(index, entry)
            if self._take:
                self._take(index, entry)
        self._tree, self._last = tree, (seen, data)
        self._reader.grow(seen.size)
        return Seen(size=self.size, findings=tuple(findings))

    def _fetch(self, first: int, size: int) -> list[bytes]:
        reader = TileReader(self._get, size)
        entries: list[bytes] = []
        for number in range(first // tiles.WIDTH, -(-size // tiles.WIDTH)):
            skip = max(0, first - number * tiles.WIDTH)
            entries += reader.bundle(number, tiles.width_at(0, number, size))[skip:]
        return entries

    def _contradiction(self, seen: Checkpoint, data: bytes) -> Seen:
        """A larger checkpoint does not continue what was read: a fork if its own tiles prove it, else damage."""
        if self._last is not None:
            last, note = self._last
            reader = TileReader(self._get, seen.size)
            try:
                truth, path = reader.root(last.size), tuple(reader.consistency(last.size, seen.size))
            except FeiyuError as bad:
                return self._wrong(Kind.TILE, f"size {seen.size}", bad.text("zh"), bad.text("en"))
            proven = merkle.verify_consistency(last.size, seen.size, truth, seen.root, path)
            if truth != last.root and proven:
                return self._split(Misbehaviour(older=note, newer=data, prefix_root=truth, path=path))
        return self._wrong(
            Kind.ROOT,
            f"size {seen.size}",
            "条目得不出检查点的根",
            "the entries do not give the checkpoint's root",
        )

    def _split(self, proof: Misbehaviour) -> Seen:
        older, newer = proof.check(self.key)
        sizes = f"{older.size}, {newer.size}"
        text = Text(
            f"日志签署了相互矛盾的检查点（大小 {sizes}）",
            f"the log has signed contradicting checkpoints (sizes {sizes})",
        )
        finding = Finding(kind=Kind.SPLIT_VIEW, where=f"sizes {sizes}", text=text)
        return Seen(size=self.size, findings=(finding,), misbehaviour=proof)

    def _wrong(self, kind: Kind, where: str, zh: str, en: str) -> Seen:
        return Seen(size=self.size, findings=(Finding(kind=kind, where=where, text=Text(zh, en)),))
