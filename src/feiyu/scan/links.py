"""The graph behind a count of persons: identifiers, who stands first in a row, who stands beside whom.

Every row has *heads*: its identifiers of the surest type. An identifier of a lesser type is tied to the heads it stands beside. The count
follows from these ties alone, so neither the order of rows nor their split over files changes it.

Rules this module keeps (DESIGN invariant 5):
 * two identifiers of one type never merge, nor do two strong ones through a weak one;
 * an identifier that stands beside the identifiers of two persons links nothing; where it heads a row it stands for itself;
 * *counted* are the persons that heads resolve to; *lower* are the plain components; *upper* takes each unlinked weak head for itself,
   each row of a shared weak head for itself, and each row without identifier.

Sources: DESIGN invariant 5; ADR 0012.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from feiyu.scan.model import Three

SENSITIVE, MINOR = 1, 2


@dataclass(slots=True)
class Node:
    """One identifier: the place of its type in the order, rows it heads in all and by flag, the heads it stands beside."""

    order: int
    rows: int = 0
    sensitive: int = 0
    minor: int = 0
    parents: set[bytes] = field(default_factory=set)


@dataclass(slots=True)
class Loose:
    """Rows without an identifier, in all and by flag."""

    rows: int = 0
    sensitive: int = 0
    minor: int = 0


class Links:
    """The graph in plain Python: reference and slow fallback of the native lane."""

    def __init__(self) -> None:
        self.nodes: dict[bytes, Node] = {}
        self.mates: set[tuple[bytes, bytes]] = set()
        self.loose = Loose()

    def add(self, found: Sequence[tuple[int, bytes, int]], flags: int) -> None:
        """Take in one row: ``found`` are (order of the type, digest, flags of this identifier), ``flags`` hold for the whole row."""
        if not found:
            self._count(self.loose, flags)
            return
        first = min(order for order, _, _ in found)
        heads: dict[bytes, int] = {}
        for order, digest, own in found:
            node = self.nodes.get(digest)
            if node is None:
                node = self.nodes[digest] = Node(order)
            if order == first:
                heads[digest] = heads.get(digest, 0) | own
        for digest, own in heads.items():
            self._count(self.nodes[digest], flags | own)
        for order, digest, _ in found:
            if order != first:
                self.nodes[digest].parents.update(heads)
        ordered = sorted(heads)
        self.mates.update(zip(ordered, ordered[1:], strict=False))

    @staticmethod
    def _count(to: Node | Loose, flags: int) -> None:
        to.rows += 1
        to.sensitive += bool(flags & (SENSITIVE | MINOR))
        to.minor += bool(flags & MINOR)

    def merge(self, other: "Links") -> None:
        """Take in another graph under the same key."""
        for digest, theirs in other.nodes.items():
            node = self.nodes.get(digest)
            if node is None:
                node = self.nodes[digest] = Node(theirs.order)
            node.rows += theirs.rows
            node.sensitive += theirs.sensitive
            node.minor += theirs.minor
            node.parents |= theirs.parents
        self.mates |= other.mates
        self.loose.rows += other.loose.rows
        self.loose.sensitive += other.loose.sensitive
        self.loose.minor += other.loose.minor

    def counts(self, weak_from: int) -> tuple[Three, Three, Three, dict[int, int]]:
        """All persons, the sensitive, those under 14, and distinct identifiers by type; types from ``weak_from`` on are weak."""
        person, shared = self._resolve()
        component = self._components()
        by: dict[int, int] = {}
        for node in self.nodes.values():
            by[node.order] = by.get(node.order, 0) + 1
        threes = []
        for flag in ("rows", "sensitive", "minor"):
            heads = [
                (digest, node, getattr(node, flag))
                for digest, node in self.nodes.items()
                if getattr(node, flag)
            ]
            counted = {person[digest] for digest, _, _ in heads}
            strong = {person[digest] for digest, node, _ in heads if node.order < weak_from}
            weak = sum(
                rows if digest in shared else 1 for digest, node, rows in heads if node.order >= weak_from
            )
            loose = getattr(self.loose, flag)
            least = len({component[digest] for digest, _, _ in heads}) or min(1, loose)
            threes.append(
                Three(lower=least, counted=max(len(counted), least), upper=len(strong) + weak + loose)
            )
        return threes[0], threes[1], threes[2], by

    def _resolve(self) -> tuple[dict[bytes, bytes], set[bytes]]:
        """Whom each identifier stands for, and which are shared."""
        person: dict[bytes, bytes] = {}
        shared: set[bytes] = set()
        for digest, node in sorted(self.nodes.items(), key=lambda item: item[1].order):
            meant = {person[parent] for parent in node.parents}
            person[digest] = meant.pop() if len(meant) == 1 else digest
            if meant and person[digest] == digest:
                shared.add(digest)
        return person, shared

    def _components(self) -> dict[bytes, bytes]:
        """The root of each identifier's component."""
        root: dict[bytes, bytes] = {digest: digest for digest in self.nodes}

        def find(one: bytes) -> bytes:
            while root[one] != one:
                root[one] = root[root[one]]
                one = root[one]
            return one

        def union(pairs: Iterable[tuple[bytes, bytes]]) -> None:
            for a, b in pairs:
                root[find(a)] = find(b)

        union((digest, parent) for digest, node in self.nodes.items() for parent in node.parents)
        union(self.mates)
        return {digest: find(digest) for digest in self.nodes}
