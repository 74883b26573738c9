"""Check a whole log offline: rebuild it from its bundles and compare every tile, the root and the chains.

Rules this module keeps:
 * nothing stored is believed: tiles are computed again from entries and must be the same bytes;
 * memory does not grow with the log;
 * it goes on after a finding, up to a stated number, so that one run tells the extent of the damage.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from feiyu.base.errors import FeiyuError
from feiyu.base.text import Text
from feiyu.evidence import note as notes
from feiyu.evidence import tiles
from feiyu.evidence.chain import Finding, Kind, SourceChains
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.edge import Edge
from feiyu.evidence.keys import VerifierKey
from feiyu.evidence.log import Head
from feiyu.evidence.reader import Get, TileReader
from feiyu.evidence.tree import tree_of
from feiyu.evidence.twin import twin_get, twin_path

MAX_FINDINGS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check found; ``size`` entries were read."""

    size: int
    root: bytes
    findings: tuple[Finding, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def check_tiles(
    get: Get,
    key: VerifierKey,
    *,
    head: Head | None = None,
    take: Callable[[int, bytes], None] | None = None,
    chains: bool = True,
) -> Report:
    """Rebuild the log that ``get`` brings and compare it with its checkpoint, and with ``head`` where one is given.

    ``take`` is handed every entry (to compare with the journal); ``chains`` asks for the completeness of sources.
    """
    return _Check(get, key, take=take, chains=chains).run(head)


def check_twin(get: Get, key: VerifierKey, log: Report, *, head: Head | None = None) -> Report:
    """Compare the twin's tiles and roots with the log's own entries, out of the log's files; ``log`` is what those came to."""
    found = check_tiles(twin_get(get), key, head=head, chains=False)
    findings = [replace(one, where=twin_path(one.where)) for one in found.findings]
    if found.size > log.size:
        text = Text("孪生树超过其日志", "the twin reaches beyond its log")
        findings.append(Finding(kind=Kind.CHECKPOINT, where=twin_path(tiles.CHECKPOINT), text=text))
    return replace(found, findings=tuple(findings))


class _Check:
    def __init__(
        self, get: Get, key: VerifierKey, *, take: Callable[[int, bytes], None] | None, chains: bool
    ) -> None:
        self._get = get
        self._key = key
        self._take = take
        self._chains = SourceChains() if chains else None
        self._findings: list[Finding] = []

    def run(self, head: Head | None) -> Report:
        published = self._checkpoint()
        size = max(published.size if published else 0, head.size if head else 0)
        tree = tree_of(self._key.name)
        edge = Edge(tree=tree)
        reader = TileReader(self._get, size, tree=tree)
        for number in range(-(-size // tiles.WIDTH)):
            if published and published.size // tiles.WIDTH == number:
                self._compare_root(edge, reader, published, number)
            grown = self._bundle(edge, reader, number)
            if grown is None:
                return Report(size=edge.size, root=edge.root, findings=tuple(self._findings))
            edge = grown
        self._unfinished(edge, reader)
        if published and published.size == edge.size and published.root != edge.root:
            self._found(
                Kind.ROOT,
                "checkpoint",
                "条目得不出检查点的根",
                "the entries do not give the checkpoint's root",
            )
        if head and edge.root != head.root:
            self._found(
                Kind.ROOT, "head", "条目得不出存储的日志头", "the entries do not give the stored head"
            )
        if head and published and published.size > head.size:
            self._found(
                Kind.CHECKPOINT,
                "head",
                "已发布的检查点超过存储的日志头",
                "the published checkpoint is beyond the head",
            )
        return Report(size=edge.size, root=edge.root, findings=tuple(self._findings))

    def _compare_root(self, edge: Edge, reader: TileReader, published: Checkpoint, number: int) -> None:
        """Where the head is beyond the checkpoint: the checkpoint's root, from the entries up to it."""
        if published.size in {0, reader.size}:
            return
        try:
            entries = reader.bundle(number, tiles.width_at(0, number, reader.size))
        except FeiyuError:
            return  # the same bundle is reported in its turn
        if edge.grow(entries[: published.size - edge.size])[0].root != published.root:
            self._found(
                Kind.ROOT,
                "checkpoint",
                "条目得不出检查点的根",
                "the entries do not give the checkpoint's root",
            )

    def _checkpoint(self) -> Checkpoint | None:
        data = self._get(tiles.CHECKPOINT)
        if data is None:
            return None
        try:
            note = notes.parse(data)
            notes.verify(note, [self._key])
            return Checkpoint.parse(note.text)
        except FeiyuError as bad:
            self._found(Kind.CHECKPOINT, "checkpoint", bad.text("zh"), bad.text("en"))
            return None

    def _bundle(self, edge: Edge, reader: TileReader, number: int) -> Edge | None:
        """Read one bundle, check its entries, and compare the tiles that it completes."""
        width = tiles.width_at(0, number, reader.size)
        try:
            entries = reader.bundle(number, width)
        except FeiyuError as bad:
            self._found(Kind.MISSING, tiles.bundle_path(number, width), bad.text("zh"), bad.text("en"))
            return None
        for index, entry in enumerate(entries, edge.size):
            self._entry(index, entry)
        grown, files = edge.grow(entries)
        for path, data in files.items():
            place = tiles.parse_path(path)
            if place.level is not None:
                self._tile(reader, place, data)
        return grown

    def _unfinished(self, edge: Edge, reader: TileReader) -> None:
        """Compare the partial tile at the end of each level."""
        for path, data in edge.unfinished().items():
            place = tiles.parse_path(path)
            if place.level is not None:
                self._tile(reader, place, data)

    def _entry(self, index: int, entry: bytes) -> None:
        if self._chains:
            self._findings += self._chains.add(index, entry)[: MAX_FINDINGS - len(self._findings)]
        if self._take:
            self._take(index, entry)

    def _tile(self, reader: TileReader, place: tiles.Place, data: bytes) -> None:
        try:
            found = reader.tile(place.level or 0, place.index, place.width)
        except FeiyuError as bad:
            self._found(Kind.MISSING, place.path, bad.text("zh"), bad.text("en"))
            return
        if found != data:
            self._found(Kind.TILE, place.path, "分块与条目不符", "the tile is not what the entries give")

    def _found(self, kind: Kind, where: str, zh: str, en: str) -> None:
        if len(self._findings) < MAX_FINDINGS:
            self._findings.append(Finding(kind=kind, where=where, text=Text(zh, en)))
