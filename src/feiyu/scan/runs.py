"""A run on disk: the digests of one pass, who heads rows, who stands beside whom.

Layout: one line of canonical JSON (version, fingerprint of the key, types, counts), then nodes, ties, mates, then SHA-256 of all before.
A node is 16 bytes digest, place of its type (u16), rows it heads in all, sensitive, under 14 (u32 each); ties and mates are pairs of
node numbers (u32 each). Everything is little-endian, nodes are sorted by digest.

Rules this module keeps:
 * a file that is cut, changed or of another version is refused; nothing is read past its stated counts;
 * a run is written whole under another name and then renamed.

Trust and durability: the checksum finds accidents, not forgery; the edge's ledger signs what must not be forged.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from feiyu.base import canonical
from feiyu.scan.errors import BadRun, OtherKey
from feiyu.scan.links import NODE, PAIR, Exported

FORMAT = "feiyu-persons/1"
HEADER_LIMIT = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A graph with the fingerprint of the key it was made under, the types its places mean, and the fields with damaged values."""

    mark: bytes
    types: tuple[str, ...]
    graph: Exported
    damaged: dict[str, int]

    def places(self, names: tuple[str, ...]) -> tuple[int, ...]:
        """Its places in the order of ``names`` (another version may order types otherwise)."""
        place = {name: i for i, name in enumerate(names)}
        return tuple(place[name] for name in self.types)


def write(path: Path, run: Run) -> None:
    """Write a run."""
    graph = run.graph
    head = canonical.dumps(
        {
            "format": FORMAT,
            "key": run.mark.hex(),
            "types": list(run.types),
            "nodes": len(graph.nodes) // NODE.size,
            "ties": len(graph.ties) // PAIR.size,
            "mates": len(graph.mates) // PAIR.size,
            "loose": list(graph.loose),
            "damaged": run.damaged,
        }
    )
    digest = hashlib.sha256()
    temporary = path.with_name(path.name + ".part")
    with temporary.open("wb") as stream:
        for part in (head + b"\n", graph.nodes, graph.ties, graph.mates):
            digest.update(part)
            stream.write(part)
        stream.write(digest.digest())
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)


def mark_of(path: Path) -> bytes:
    """The fingerprint of the key a run was made under, from its first line alone; nothing else is checked."""
    with path.open("rb") as stream:
        line = stream.readline(HEADER_LIMIT)
    try:
        return bytes.fromhex(json.loads(line)["key"])
    except (ValueError, KeyError, TypeError) as cause:
        raise BadRun(name=path.name, reason=f"header: {type(cause).__name__}") from cause


def read(path: Path, *, mark: bytes | None = None) -> Run:
    """Read a run; one under another key than ``mark`` is refused."""
    data = path.read_bytes()
    body, end = memoryview(data)[:-32], data[-32:]
    if len(data) < 32 or hashlib.sha256(body).digest() != end:
        raise BadRun(name=path.name, reason="checksum")
    cut = data.find(b"\n", 0, HEADER_LIMIT)
    try:
        head = json.loads(data[: max(cut, 0)])
        key, kinds = bytes.fromhex(head["key"]), tuple(str(one) for one in head["types"])
        sizes = head["nodes"] * NODE.size, head["ties"] * PAIR.size, head["mates"] * PAIR.size
        loose = head["loose"][0], head["loose"][1], head["loose"][2]
        damaged = dict(head["damaged"])
        version = head["format"]
    except (ValueError, KeyError, TypeError, IndexError) as cause:
        raise BadRun(name=path.name, reason=f"header: {type(cause).__name__}") from cause
    if version != FORMAT:
        raise BadRun(name=path.name, reason=f"version {version}")
    if mark is not None and key != mark:
        raise OtherKey(name=path.name)
    if cut + 1 + sum(sizes) != len(body):
        raise BadRun(name=path.name, reason="size")
    a = cut + 1
    b, c = a + sizes[0], a + sizes[0] + sizes[1]
    graph = Exported(data[a:b], data[b:c], data[c : c + sizes[2]], loose)
    return Run(mark=key, types=kinds, graph=graph, damaged=damaged)
