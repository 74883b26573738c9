"""The graph behind a count of persons: identifiers, who stands first in a row, who stands beside whom.

Every row has *heads*: its identifiers of the surest type. An identifier of a lesser type is tied to the heads it stands beside. The count
follows from these ties alone, so neither the order of rows nor their split over files changes it.

Rules this module keeps (DESIGN invariant 5):
 * two identifiers of one type never merge, nor do two strong ones through a weak one;
 * an identifier that stands beside the identifiers of two persons links nothing; where it heads a row it stands for itself;
 * *counted* are the persons that heads resolve to;
 * *lower* lets every link hold: a component counts once, or as often as it has heads of one strong type that stand for different persons;
 * *upper* takes each unlinked weak head for itself, each row of a shared weak head for itself, and each row without identifier;
 * *linked* is the number of plain components and serves for comparison only.

Sources: DESIGN invariant 5; ADR 0012.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from feiyu.base.persons import Three
from feiyu.scan import identity, vocabulary
from feiyu.scan.normalize import normal
from feiyu.scan.runs import Run

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


@dataclass(frozen=True, slots=True)
class Numbers:
    """The three numbers for all persons, the sensitive and those under 14, plain components, distinct identifiers by type."""

    everyone: Three
    sensitive: Three
    minors: Three
    linked: int
    by: dict[int, int]


@dataclass(frozen=True, slots=True)
class Column:
    """A field that identifies: its place among the types, how its values are written, its digest key."""

    name: str
    order: int
    canon: str
    key: bytes


PARTS = 256
HEADS, TIES, MATES = range(3)
NODE = struct.Struct("<16sIIIHxx")
NODE_BYTES = 400
"""What one identifier costs in the reference."""


def in_order(digest: bytes) -> tuple[int, int]:
    """By what digests are sorted in a run: two numbers of eight bytes."""
    low, high = struct.unpack("<QQ", digest)
    return low, high


class Links:
    """The graph in plain Python: reference and slow fallback of the native lane."""

    def __init__(self) -> None:
        self.nodes: dict[bytes, Node] = {}
        self.mates: set[tuple[bytes, bytes]] = set()
        self.loose = Loose()

    @property
    def memory_bytes(self) -> int:
        """About what it occupies."""
        return len(self.nodes) * NODE_BYTES

    def add_batch(
        self,
        columns: Sequence[tuple[Column, pa.Array]],
        *,
        sensitive: Sequence[pa.Array],
        births: Sequence[pa.Array],
        told: Sequence[pa.Array] | None,
        rows: int,
        adult: date,
    ) -> dict[str, int]:
        """Take in the rows of one batch, given as strings; how many values of which field are damaged.

        A row without identifier counts when one of the fields ``told`` says something; without such fields every row does.
        """
        flags = row_flags(sensitive, births, rows, adult)
        others = None if told is None else [column.to_pylist() for column in told]
        texts = [(column, values.to_pylist()) for column, values in columns]
        damaged: dict[str, int] = {}
        for row in range(rows):
            found = []
            for column, values in texts:
                value = values[row]
                key = identity.canonical(value, column.canon) if value else b""
                if key:
                    found.append(
                        (
                            column.order,
                            identity.siphash128(column.key, key),
                            own_flag(key, column.canon, adult),
                        )
                    )
                elif value and identity.damaged(value):
                    damaged[column.name] = damaged.get(column.name, 0) + 1
            if found or flags[row] or others is None or any(filled(values[row]) for values in others):
                self.add(found, flags[row])
        return damaged

    def add(self, found: Sequence[tuple[int, bytes, int]], flags: int) -> None:
        """Take in one row: ``found`` are (order of the type, digest, flags of this identifier), ``flags`` hold for the whole row."""
        if not found:
            self._count(self.loose, flags)
            return
        first = min(order for order, _, _ in found)
        heads: dict[bytes, int] = {}
        for order, digest, own in found:
            if digest not in self.nodes:
                self.nodes[digest] = Node(order)
            if order == first:
                heads[digest] = heads.get(digest, 0) | own
        for digest, own in heads.items():
            self._count(self.nodes[digest], flags | own)
        for order, digest, _ in found:
            if order != first:
                self.nodes[digest].parents.update(heads)
        one = next(iter(heads))
        for other in heads:
            if other != one:
                self.mates.add((one, other) if in_order(one) < in_order(other) else (other, one))

    @staticmethod
    def _count(to: Node | Loose, flags: int) -> None:
        to.rows += 1
        to.sensitive += bool(flags & (SENSITIVE | MINOR))
        to.minor += bool(flags & MINOR)

    def spill(self, folder: Path | None) -> None:
        """The reference keeps everything in memory."""

    def loose_rows(self) -> tuple[int, int, int]:
        """Rows without an identifier: in all, sensitive, under 14."""
        return self.loose.rows, self.loose.sensitive, self.loose.minor

    def put(self, stream: BinaryIO, weak_from: int) -> tuple[list[int], Numbers]:
        """Write everything in the form of a run, at the place of a stream: where its sections begin, and what it counts."""
        parts: list[tuple[list[bytes], list[bytes], list[bytes]]] = [([], [], []) for _ in range(PARTS)]
        for digest in sorted(self.nodes, key=in_order):
            node = self.nodes[digest]
            nodes, ties, _ = parts[digest[7]]
            if node.rows:
                nodes.append(NODE.pack(digest, node.rows, node.sensitive, node.minor, node.order))
            own = digest[:7] + bytes([node.order]) + digest[8:]  # its part is that of the section
            ties += [own + parent for parent in sorted(node.parents, key=in_order)]
        for a, b in sorted(self.mates, key=lambda pair: (in_order(pair[0]), in_order(pair[1]))):
            parts[a[7]][2].append(a + b)
        at = [0]
        for part in parts:
            for records in part:
                stream.writelines(records)
                at.append(at[-1] + len(records))
        return at, self.counts(weak_from)

    def take_in(self, run: Run, places: Sequence[int]) -> None:
        """Take in a run under the same key; ``places`` translates its types. One that lies raises ValueError."""
        for kind in range(3):
            for part in range(PARTS):
                for record in run.records(3 * part + kind):
                    if kind == TIES:
                        self._take_tie(
                            record[:7] + bytes([part]) + record[8:16], record[16:], record[7], places
                        )
                    elif record[7] != part:
                        raise ValueError("a record of another part")
                    elif kind == HEADS:
                        self._take_head(record, places)
                    else:
                        self._take_mates(record[:16], record[16:])
        self.loose.rows += run.loose[0]
        self.loose.sensitive += run.loose[1]
        self.loose.minor += run.loose[2]

    def _take_head(self, record: bytes, places: Sequence[int]) -> None:
        digest, rows, sensitive, minor, order = NODE.unpack(record)
        if order >= len(places):
            raise ValueError("a type beyond the list")
        node = self.nodes.setdefault(digest, Node(places[order]))
        if not rows or node.order != places[order]:
            raise ValueError("a head of no row, or of two types")
        node.rows += rows
        node.sensitive += sensitive
        node.minor += minor

    def _take_tie(self, digest: bytes, parent: bytes, order: int, places: Sequence[int]) -> None:
        if order >= len(places):
            raise ValueError("a type beyond the list")
        head = self.nodes.get(parent)
        if head is None or not head.rows or head.order >= places[order]:
            raise ValueError("a tie to what heads no row, or is less sure")
        node = self.nodes.setdefault(digest, Node(places[order]))
        if node.order != places[order]:
            raise ValueError("an identifier of two types")
        node.parents.add(parent)

    def _take_mates(self, one: bytes, other: bytes) -> None:
        if any(digest not in self.nodes or not self.nodes[digest].rows for digest in (one, other)):
            raise ValueError("a mate that heads no row")
        self.mates.add((one, other))

    def counts(self, weak_from: int) -> Numbers:
        """What the graph says; types from place ``weak_from`` on are weak."""
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
            strong = [(digest, node.order) for digest, node, _ in heads if node.order < weak_from]
            weak = sum(
                rows if digest in shared else 1 for digest, node, rows in heads if node.order >= weak_from
            )
            loose = getattr(self.loose, flag)
            of_type: dict[tuple[bytes, int], set[bytes]] = {
                (component[digest], -1): {digest} for digest, _, _ in heads
            }
            for digest, order in strong:
                if digest not in shared:
                    of_type.setdefault((component[digest], order), set()).add(person[digest])
            most: dict[bytes, int] = {}
            for (where, order), those in of_type.items():
                most[where] = max(most.get(where, 0), 1 if order < 0 else len(those))
            lower = sum(most.values()) or min(1, loose)
            counted = max(len({person[digest] for digest, _, _ in heads}), lower)
            upper = len({person[digest] for digest, _ in strong}) + weak + loose
            threes.append(Three(lower=lower, counted=counted, upper=upper))
        return Numbers(threes[0], threes[1], threes[2], len(set(component.values())), by)

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


def row_flags(sensitive: Sequence[pa.Array], births: Sequence[pa.Array], rows: int, adult: date) -> list[int]:
    """What holds for whole rows: a sensitive field has a value, a birth date is after ``adult``."""
    flags = [0] * rows
    for column in sensitive:
        for row, value in enumerate(column.to_pylist()):
            if filled(value):
                flags[row] |= SENSITIVE
    for column in births:
        for row, value in enumerate(column.to_pylist()):
            days = identity.days_of(value) if value else None
            if days is not None and days[1] > adult:
                flags[row] |= MINOR
    return flags


def filled(value: str | None) -> bool:
    """Whether a cell says anything."""
    plain = normal(value) if value is not None else ""
    return bool(plain) and not vocabulary.matches(plain) & vocabulary.NULL_BIT


def own_flag(key: bytes, canon: str, adult: date) -> int:
    """Whether an identifier itself says that its person is under 14."""
    day = identity.birth(key) if canon in ("prc", "student") else None
    return MINOR if day is not None and day > adult else 0
