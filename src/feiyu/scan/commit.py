"""The commitment of a run: one root over its sorted digests, opened at random places on a challenge.

The port holds signed counts and this root, never the digests. A spot check draws places by a nonce that it alone chose; the edge
opens exactly these, each with its path to the root.

Rules this module keeps:
 * a leaf is ``salt || digest || type place || rows || sensitive || under 14``; its salt is derived from the run's own secret, so
   that the neighbours which a path shows as hashes tell nothing;
 * the places follow from root, size and nonce alone: neither side can choose them;
 * verifying needs no digest but those that were opened, and no key.

Trust and durability: a root binds the edge to what it counted; that each digest stands for a row of the source is what the person
who holds the spot check compares on the spot.

Sources: DESIGN invariant 5; RFC 6962 section 2.1.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feiyu.base.errors import BadInput
from feiyu.base.merkle import leaf_hash, root, root_from_inclusion
from feiyu.base.text import Text
from feiyu.scan import runs

NODE_BYTES = 34
SAMPLE_MAX = 64
NONCE_BYTES = (16, 64)


class BadOpening(BadInput):
    """An opening does not lead to the root that was committed."""

    code = "SCAN-0030"
    message = Text("承诺开启未通过核验：{reason}", "The opening does not verify: {reason}")
    hint = Text(
        "请由出境侧对同一次计数重新开启；仍不一致的，应现场核查。",
        "Have the edge open the same run again; if it still differs, check on site.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What the port holds of a run: the root over its identifiers, and how many there are."""

    root: bytes
    size: int


def commit(path: Path, secret: bytes) -> Commitment:
    """The commitment of a run on disk. ``secret`` salts its leaves: the counting key or one derived from it."""
    leaves = _leaves(path, secret)
    return Commitment(root=root(leaf_hash(leaf) for leaf in leaves), size=len(leaves))


def places(of: Commitment, nonce: bytes, count: int) -> tuple[int, ...]:
    """The places that a challenge asks for: distinct, ascending, fixed by root, size and nonce."""
    if not NONCE_BYTES[0] <= len(nonce) <= NONCE_BYTES[1] or not 1 <= count <= SAMPLE_MAX:
        raise BadOpening(reason=f"a nonce of 16 to 64 bytes and 1 to {SAMPLE_MAX} places are wanted")
    found: set[int] = set()
    turn = 0
    while len(found) < min(count, of.size):
        seed = hashlib.sha256(b"feiyu/spot/v1\n" + of.root + nonce + turn.to_bytes(8, "big")).digest()
        found.add(int.from_bytes(seed[:16], "big") % of.size)
        turn += 1
    return tuple(sorted(found))


def open_places(path: Path, secret: bytes, nonce: bytes, count: int) -> list[dict[str, Any]]:
    """Open the places of a challenge: leaf, and the hashes beside its path; nothing else of the run."""
    leaves = _leaves(path, secret)
    levels = _levels([leaf_hash(leaf) for leaf in leaves])
    of = Commitment(root=levels[-1][0] if leaves else root([]), size=len(leaves))
    return [
        {"place": place, "leaf": _b64(leaves[place]), "path": [_b64(one) for one in _path(levels, place)]}
        for place in places(of, nonce, count)
    ]


def check_opening(of: Commitment, nonce: bytes, count: int, opened: list[Mapping[str, Any]]) -> int:
    """Verify an opening against a commitment; how many places it opened.

    Raises:
        BadOpening: other places, or a leaf that is not under the root.
    """
    wanted = places(of, nonce, count)
    try:
        given = [(int(one["place"]), _bytes(one["leaf"]), [_bytes(h) for h in one["path"]]) for one in opened]
    except (KeyError, TypeError, ValueError):
        raise BadOpening(reason="its form") from None
    if tuple(place for place, _, _ in given) != wanted:
        raise BadOpening(reason="it opens other places than were drawn")
    for place, leaf, path in given:
        if len(leaf) != 32 + NODE_BYTES or len(path) > 64:
            raise BadOpening(reason=f"the form of place {place}")
        found = root_from_inclusion(leaf_hash(leaf), place, of.size, path)
        if found is None or not hmac.compare_digest(found, of.root):
            raise BadOpening(reason=f"place {place} is not under the root")
    return len(given)


def _leaves(path: Path, secret: bytes) -> list[bytes]:
    data = path.read_bytes()
    nodes = runs.read(path).graph.nodes
    key = hmac.digest(secret, b"feiyu/commit/v1\n" + data[-32:], "sha256")
    cut = [nodes[at : at + NODE_BYTES] for at in range(0, len(nodes), NODE_BYTES)]
    return [hmac.digest(key, place.to_bytes(8, "big"), "sha256") + node for place, node in enumerate(cut)]


def _levels(hashes: list[bytes]) -> list[list[bytes]]:
    """All levels of the tree, leaves first; a lonely node moves up as it is, which is the tree of RFC 6962."""
    levels = [hashes]
    while len(levels[-1]) > 1:
        below = levels[-1]
        level = [
            hashlib.sha256(b"\x01" + below[at] + below[at + 1]).digest() for at in range(0, len(below) - 1, 2)
        ]
        levels.append(level + below[len(below) - len(below) % 2 :])
    return levels


def _path(levels: list[list[bytes]], place: int) -> list[bytes]:
    found = []
    for level in levels[:-1]:
        beside = place ^ 1
        if beside < len(level):
            found.append(level[beside])
        place >>= 1
    return found


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
