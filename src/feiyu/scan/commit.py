"""The commitment of a run: one root over its sorted digests, opened at random places on a challenge.

The port holds signed counts and this root, never the digests. A spot check draws places by a nonce that it alone chose; the edge
opens exactly these, each with its path to the root.

Rules this module keeps:
 * a leaf is ``salt || node``, the node as it stands in the run; its salt is derived from the run's own secret, so
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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feiyu.base.errors import BadInput
from feiyu.base.merkle import leaf_hash, root, root_from_inclusion
from feiyu.base.text import Text
from feiyu.scan import runs

NODE_BYTES = runs.RECORD
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
    with runs.opened(path) as run:
        return Commitment(root=root(leaf_hash(leaf) for leaf in _leaves(run, secret)), size=run.identifiers)


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
    with runs.opened(path) as run:
        of = Commitment(root=root(leaf_hash(leaf) for leaf in _leaves(run, secret)), size=run.identifiers)
        wanted = places(of, nonce, count)
        shown: dict[int, bytes] = {}
        paths = _paths(_watched(_leaves(run, secret), frozenset(wanted), shown), wanted)
    return [
        {"place": place, "leaf": _b64(shown[place]), "path": [_b64(one) for one in paths[place]]}
        for place in wanted
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


def _leaves(run: runs.Run, secret: bytes) -> Iterator[bytes]:
    key = hmac.digest(secret, b"feiyu/commit/v1\n" + run.checksum, "sha256")
    for place, node in enumerate(run.nodes()):
        yield hmac.digest(key, place.to_bytes(8, "big"), "sha256") + node


def _watched(leaves: Iterable[bytes], wanted: frozenset[int], shown: dict[int, bytes]) -> Iterator[bytes]:
    """The hashes of leaves, while those that are wanted are kept."""
    for place, leaf in enumerate(leaves):
        if place in wanted:
            shown[place] = leaf
        yield leaf_hash(leaf)


def _paths(hashes: Iterable[bytes], wanted: Sequence[int]) -> dict[int, list[bytes]]:
    """The audit paths of some leaves, in one pass and with nothing kept but what they show."""
    beside = {(level, place >> level ^ 1) for place in wanted for level in range(64)}
    found: dict[tuple[int, int], bytes] = {}
    stack: list[tuple[int, int, bytes]] = []

    def put(level: int, at: int, node: bytes) -> None:
        if (level, at) in beside:
            found[level, at] = node

    for place, leaf in enumerate(hashes):
        level, at, node = 0, place, leaf
        put(level, at, node)
        while at & 1:
            _, _, left = stack.pop()
            level, at, node = level + 1, at >> 1, _above(left, node)
            put(level, at, node)
        stack.append((level, at, node))
    while len(stack) > 1:  # a lonely node moves up as it is, which is the tree of RFC 6962
        level, at, node = stack.pop()
        while level < stack[-1][0]:
            level, at = level + 1, at >> 1
            put(level, at, node)
        level, at, left = stack.pop()
        stack.append((level + 1, at >> 1, _above(left, node)))
        put(level + 1, at >> 1, stack[-1][2])
    return {
        place: [
            found[level, place >> level ^ 1] for level in range(64) if (level, place >> level ^ 1) in found
        ]
        for place in wanted
    }


def _above(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
