"""Monitor: follows a log from outside, entry by entry, and keeps what it has seen.

Rules this module keeps:
 * it believes nothing but entries: it hashes every entry itself and compares roots with what the log signed;
 * every checkpoint it has ever seen, from the log, a witness or a receipt, must be a beginning of what it has read;
 * two histories end in a proof that anyone can check (``misbehaviour``), not in a log line;
 * a finding is a value; the monitor's memory advances only over what was verified;
 * a long log is read in steps of bounded size, each proven to begin the checkpoint before it is believed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

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
from feiyu.evidence.tree import Tree, tree_of

STEP_ENTRIES = 64 * tiles.WIDTH
STEP_BYTES = 16 * 1024 * 1024
MAX_FINDINGS = 1000
"""With so many or more, a look ends after the step; the next one goes on from there."""


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
        self, key: VerifierKey, get: Get, *, take: Callable[[int, bytes], None] | None = None,
        step: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        """Hand ``take`` each new entry with its index once its place is verified, and call ``step`` after each step."""
        self.key = key
        self.chains = SourceChains()
        self._get = get
        self._take, self._stepped = take, step
        self._hash = tree_of(key.name)
        self._tree = merkle.Frontier(hasher=self._hash.hash)
        self._last: tuple[Checkpoint, bytes] | None = None
        self._reader = TileReader(get, tree=self._hash)

    @property
    def size(self) -> int:
        """How many entries have been read and verified."""
        return self._tree.size

    @property
    def complete(self) -> bool:
        """Whether everything under the largest checkpoint seen has been read."""
        return self._last is not None and self._last[0].size == self.size

    def look(self) -> Seen:
        """Fetch the checkpoint, read what is new, and say what is wrong."""
        data = self._get(tiles.CHECKPOINT)
        if data is None:
            return self._wrong(Kind.MISSING, "checkpoint", "没有检查点", "there is no checkpoint")
        return self.consider(data)

    def recall(self, data: bytes) -> bool:
        """Read again what this monitor remembered under a checkpoint of its own; whether it gives that checkpoint's root.

        Nothing but entries is asked for, so the steps on the way are believed and the whole is judged; where it does not
        fit, the memory is damaged and this monitor of no use. What was found at the time is not told again.
        """
        self.consider(data, own=True)
        return self.complete

    def consider(self, data: bytes, *, own: bool = False) -> Seen:
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
        return self._advance(seen, data, own=own)

    def _compare(self, seen: Checkpoint, data: bytes) -> Seen:
        """A checkpoint of what was read already: its root must be the one that was read."""
        if seen.size == 0 and seen.root != self._hash.empty:
            return self._wrong(Kind.ROOT, "size 0", "空日志的根不正确", "the root of the empty log is wrong")
        if self._last is None or seen.size == 0:
            return Seen(size=self.size)
        last, note = self._last
        if seen == last:
            return Seen(size=self.size)
        try:
            truth = self._reader.root(seen.size)
            path = tuple(self._reader.consistency(seen.size, last.size))
        except FeiyuError as bad:
            return self._wrong(Kind.TILE, f"size {seen.size}", bad.text("zh"), bad.text("en"))
        if truth == seen.root:
            return Seen(size=self.size)
        if not _consistent(self._hash, seen.size, last.size, truth, last.root, path):
            return self._wrong(
                Kind.TILE,
                f"size {seen.size}",
                "哈希分块与已核验的条目不符",
                "the tiles do not bear out the entries read",
            )
        return self._split(Misbehaviour(older=data, newer=note, prefix_root=truth, path=path))

    def _advance(self, seen: Checkpoint, data: bytes, *, own: bool) -> Seen:
        """Read the entries up to a larger checkpoint, step by step; a step is kept only if that checkpoint proves it."""
        reader, findings = TileReader(self._get, seen.size, tree=self._hash), list[Finding]()
        while self.size < seen.size and (own or len(findings) < MAX_FINDINGS):
            tree, wrong = merkle.Frontier(hasher=self._hash.hash), None
            tree.stack, tree.size = list(self._tree.stack), self.size
            try:
                entries = _step(reader, self.size, seen.size)
                tree.extend(self._hash.hash(b"\x00" + entry) for entry in entries)
                judged = not own or tree.size == seen.size
                kept = not judged or _begins(reader, tree, seen)
            except FeiyuError as bad:
                where = f"entries {self.size}-{seen.size}"
                wrong = self._wrong(Kind.MISSING, where, bad.text("zh"), bad.text("en"))
            else:
                wrong = None if kept else self._contradiction(seen, data)
            if wrong is not None:
                return replace(wrong, findings=(*findings, *wrong.findings))
            for index, entry in enumerate(entries, self.size):
                findings += self.chains.add(index, entry)
                if self._take:
                    self._take(index, entry)
            self._tree = tree
            if judged and (self._last is None or self._last[0].size < seen.size):
                self._last = (seen, data)
            self._reader.grow(seen.size)
            if self._stepped:
                self._stepped()
        return Seen(size=self.size, findings=tuple(findings))

    def _contradiction(self, seen: Checkpoint, data: bytes) -> Seen:
        """A checkpoint does not continue what was read: a fork if its own tiles prove it, else damage."""
        both = [(seen, data), *([self._last] if self._last else [])]
        for (small, small_note), (large, large_note) in permutations(both, 2):
            if small.size > large.size:
                continue
            reader = TileReader(self._get, large.size, tree=self._hash)
            try:
                truth, path = reader.root(small.size), tuple(reader.consistency(small.size, large.size))
            except FeiyuError as bad:
                return self._wrong(Kind.TILE, f"size {seen.size}", bad.text("zh"), bad.text("en"))
            proven = _consistent(self._hash, small.size, large.size, truth, large.root, path)
            if truth != small.root and proven:
                return self._split(
                    Misbehaviour(older=small_note, newer=large_note, prefix_root=truth, path=path)
                )
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


def _step(reader: TileReader, first: int, size: int) -> list[bytes]:
    """The next entries from ``first`` on: a few whole bundles, so that memory does not grow with the log."""
    entries: list[bytes] = []
    read_bytes = 0
    for number in range(first // tiles.WIDTH, -(-size // tiles.WIDTH)):
        skip = max(0, first - number * tiles.WIDTH)
        bundle = reader.bundle(number, tiles.width_at(0, number, size))
        entries += bundle[skip:]
        read_bytes += sum(map(len, bundle))
        if len(entries) >= STEP_ENTRIES or read_bytes >= STEP_BYTES:
            break
    return entries


def _begins(reader: TileReader, tree: merkle.Frontier, seen: Checkpoint) -> bool:
    """Whether the checkpoint's tree begins with this one."""
    if tree.size == seen.size:
        return tree.root() == seen.root
    path = reader.consistency(tree.size, seen.size)
    return _consistent(reader.tree, tree.size, seen.size, tree.root(), seen.root, path)


def _consistent(
    tree: Tree, first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]
) -> bool:
    return merkle.verify_consistency(first, second, first_root, second_root, path, hasher=tree.hash)
