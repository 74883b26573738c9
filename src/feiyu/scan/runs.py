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
import struct
from dataclasses import dataclass
from pathlib import Path

from feiyu.base import canonical
from feiyu.scan.errors import BadRun, OtherKey
from feiyu.scan.links import Links, Loose, Node

FORMAT = "feiyu-persons/1"
NODE = struct.Struct("<16sHIIII")
PAIR = struct.Struct("<II")
HEADER_LIMIT = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A graph with the key it was made under and the types its places mean."""

    mark: bytes
    types: tuple[str, ...]
    links: Links
    damaged: dict[str, int]

    def relabelled(self, names: tuple[str, ...]) -> "Run":
        """The run with the places of ``names`` (another version may order types otherwise)."""
        if self.types == names:
            return self
        place = {name: i for i, name in enumerate(names)}
        for node in self.links.nodes.values():
            node.order = place[self.types[node.order]]
        return Run(mark=self.mark, types=names, links=self.links, damaged=self.damaged)


def write(path: Path, run: Run) -> None:
    """Write a run."""
    digests = sorted(run.links.nodes)
    number = {digest: i for i, digest in enumerate(digests)}
    ties = [
        (number[digest], number[parent])
        for digest in digests
        for parent in sorted(run.links.nodes[digest].parents)
    ]
    mates = sorted((number[a], number[b]) for a, b in run.links.mates)
    loose = run.links.loose
    head = canonical.dumps(
        {
            "format": FORMAT,
            "key": run.mark.hex(),
            "types": list(run.types),
            "nodes": len(digests),
            "ties": len(ties),
            "mates": len(mates),
            "loose": [loose.rows, loose.sensitive, loose.minor],
            "damaged": run.damaged,
        }
    )
    body = bytearray(head + b"\n")
    for digest in digests:
        node = run.links.nodes[digest]
        body += NODE.pack(digest, node.order, node.rows, node.sensitive, node.minor, 0)
    for pair in (*ties, *mates):
        body += PAIR.pack(*pair)
    body += hashlib.sha256(body).digest()
    temporary = path.with_name(path.name + ".part")
    with temporary.open("wb") as stream:
        stream.write(body)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)


def read(path: Path, *, mark: bytes | None = None) -> Run:
    """Read a run; one under another key than ``mark`` is refused."""
    data = path.read_bytes()
    body, end = data[:-32], data[-32:]
    if hashlib.sha256(body).digest() != end:
        raise BadRun(name=path.name, reason="checksum")
    cut = body.find(b"\n", 0, HEADER_LIMIT)
    try:
        head = json.loads(body[: max(cut, 0)])
        key, kinds = bytes.fromhex(head["key"]), tuple(head["types"])
        counts = head["nodes"], head["ties"], head["mates"]
        loose = Loose(*head["loose"])
        damaged = dict(head["damaged"])
        version = head["format"]
    except (ValueError, KeyError, TypeError) as cause:
        raise BadRun(name=path.name, reason=f"header: {type(cause).__name__}") from cause
    if version != FORMAT:
        raise BadRun(name=path.name, reason=f"version {version}")
    if mark is not None and key != mark:
        raise OtherKey(name=path.name)
    if cut + 1 + counts[0] * NODE.size + (counts[1] + counts[2]) * PAIR.size != len(body):
        raise BadRun(name=path.name, reason="size")
    return Run(mark=key, types=kinds, links=_links(body, cut + 1, counts, loose), damaged=damaged)


def _links(body: bytes, at: int, counts: tuple[int, int, int], loose: Loose) -> Links:
    links = Links()
    links.loose = loose
    end = at + counts[0] * NODE.size
    for digest, order, rows, sensitive, minor, _ in NODE.iter_unpack(body[at:end]):
        links.nodes[digest] = Node(order, rows, sensitive, minor)
    digests = list(links.nodes)
    middle = end + counts[1] * PAIR.size
    for child, parent in PAIR.iter_unpack(body[end:middle]):
        links.nodes[digests[child]].parents.add(digests[parent])
    links.mates.update((digests[a], digests[b]) for a, b in PAIR.iter_unpack(body[middle:]))
    return links
