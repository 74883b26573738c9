"""The commitment of a run: one root over the sorted digests that head its rows, opened at random places on a challenge.

Every row with an identifier is headed by its surest one, so that whoever stands in the source stands under the root. What is tied to a head is
not: it would be drawn as often as a table has columns, and says no more of a person.

The port holds signed counts and this root, never the digests. A spot check draws places by a nonce that it alone chose; the edge
opens exactly these, each with its path to the root.

Rules this module keeps:
 * a leaf is ``salt || head``, the head as it stands in the run; its salt of 32 bytes is the key stream of AES-256 in counter mode under a
   key of the run's own, so that the neighbours which a path shows as hashes tell nothing;
 * the places follow from root, size and nonce alone: neither side can choose them;
 * verifying needs no digest but those that were opened, and no key.

Trust and durability: a root binds the edge to what it counted; that each digest stands for a row of the source is what the person
who holds the spot check compares on the spot.

Sources: DESIGN invariant 5; RFC 6962 section 2.1; NIST SP 800-38A section 6.5; ADR 0163.
"""

import base64
import hashlib
import hmac
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR

from feiyu._native.leaves import leaf_hashes
from feiyu.base.errors import BadInput
from feiyu.base.merkle import leaf_hash, root_from_inclusion
from feiyu.base.text import Text
from feiyu.scan import runs

HEAD_BYTES, SALT_BYTES, HASH_BYTES = runs.RECORD, 32, 32
LEAF_BYTES = SALT_BYTES + HEAD_BYTES
AT_ONCE = 1 << 15
"""So many leaves are hashed together: a power of two, so that they are a subtree."""
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
    """What the port holds of a run: the root over the identifiers that head rows, and how many there are."""

    root: bytes
    size: int


def commit(path: Path, secret: bytes) -> Commitment:
    """The commitment of a run on disk. ``secret`` salts its leaves: the counting key or one derived from it."""
    return _Tree(path, secret).commitment


def places(of: Commitment, nonce: bytes, count: int) -> tuple[int, ...]:
    """The places that a challenge asks for: distinct, ascending, fixed by root, size and nonce."""
    if not NONCE_BYTES[0] <= len(nonce) <= NONCE_BYTES[1] or not 1 <= count <= SAMPLE_MAX:
        raise BadOpening(
            reason=Text(
                f"须有 16 至 64 字节的随机数和 1 至 {SAMPLE_MAX} 个位置",
                f"a nonce of 16 to 64 bytes and 1 to {SAMPLE_MAX} places are wanted",
            )
        )
    found: set[int] = set()
    turn = 0
    while len(found) < min(count, of.size):
        seed = hashlib.sha256(b"feiyu/spot/v1\n" + of.root + nonce + turn.to_bytes(8, "big")).digest()
        found.add(int.from_bytes(seed[:16], "big") % of.size)
        turn += 1
    return tuple(sorted(found))


def open_places(path: Path, secret: bytes, nonce: bytes, count: int) -> list[dict[str, Any]]:
    """Open the places of a challenge: leaf, and the hashes beside its path; nothing else of the run."""
    of = _Tree(path, secret).commitment
    wanted = places(of, nonce, count)
    tree = _Tree(path, secret, wanted)
    return [
        {"place": place, "leaf": _b64(tree.leaves[place]), "path": [_b64(one) for one in tree.path(place)]}
        for place in wanted
    ]


def check_opening(of: Commitment, nonce: bytes, count: int, opened: list[Mapping[str, Any]]) -> int:
    """Verify an opening against a commitment; how many places it opened.

    Raises:
        BadOpening: other places, or a leaf that is not under the root.
    """
    wanted = places(of, nonce, count)
    try:
        given = [_given(**one) for one in opened]
    except (KeyError, TypeError, ValueError):
        raise BadOpening(reason=Text("答复的格式不符", "the answer has another form")) from None
    if tuple(place for place, _, _ in given) != wanted:
        raise BadOpening(reason=Text("开启的不是抽中的位置", "it opens other places than were drawn"))
    for place, leaf, path in given:
        if len(leaf) != LEAF_BYTES or any(len(step) != HASH_BYTES for step in path):
            raise BadOpening(reason=Text(f"位置 {place} 的格式不符", f"place {place} has another form"))
        found = root_from_inclusion(leaf_hash(leaf), place, of.size, path)
        if found is None or not hmac.compare_digest(found, of.root):
            raise BadOpening(
                reason=Text(f"位置 {place} 不在根哈希之下", f"place {place} is not under the root")
            )
    return len(given)


def _given(place: object, leaf: object, path: object) -> tuple[int, bytes, list[bytes]]:
    """One place of an answer, which has these three fields and no other."""
    if type(place) is not int or not isinstance(path, list):
        raise TypeError
    return place, _bytes(leaf), [_bytes(step) for step in path]


class _Tree:
    """The tree of RFC 6962 over a run's leaves, drawn once from the disk; of the leaves and hashes below its subtrees only what is wanted stays."""

    def __init__(self, path: Path, secret: bytes, wanted: Sequence[int] = ()) -> None:
        self.leaves: dict[int, bytes] = {}
        self._paths: dict[int, list[bytes]] = {}
        subtrees, size = bytearray(), 0
        with runs.opened(path) as run:
            for leaves in _leaves(run, secret):
                levels = _levels(leaf_hashes(leaves, b"\x00", block_bytes=LEAF_BYTES))
                count = len(leaves) // LEAF_BYTES
                for place in (place for place in wanted if size <= place < size + count):
                    at = place - size
                    self.leaves[place] = leaves[at * LEAF_BYTES : (at + 1) * LEAF_BYTES]
                    self._paths[place] = _path(levels, at)
                subtrees += levels[-1]
                size += count
        self._levels = _levels(bytes(subtrees))
        root = self._levels[-1] if size else hashlib.sha256().digest()
        self.commitment = Commitment(root=root, size=size)

    def path(self, place: int) -> list[bytes]:
        """The audit path of a wanted place."""
        return self._paths[place] + _path(self._levels, place // AT_ONCE)


def _levels(hashes: bytes) -> list[bytes]:
    """The hashes of each level of a tree, from its leaves to its root; a lonely one moves up as it is."""
    levels = [hashes]
    while len(levels[-1]) > HASH_BYTES:
        below = levels[-1]
        even = len(below) & ~(2 * HASH_BYTES - 1)
        levels.append(leaf_hashes(below[:even], b"\x01", block_bytes=2 * HASH_BYTES) + below[even:])
    return levels


def _path(levels: Sequence[bytes], place: int) -> list[bytes]:
    """The hashes beside the way from a place to the root."""
    beside = ((level, HASH_BYTES * (place >> height ^ 1)) for height, level in enumerate(levels))
    return [level[at : at + HASH_BYTES] for level, at in beside if at < len(level)]


def _leaves(run: runs.Run, secret: bytes) -> Iterator[bytes]:
    """The leaves, ``AT_ONCE`` at a time."""
    key = hmac.digest(secret, b"feiyu/commit/v2\n" + run.checksum, "sha256")
    stream = Cipher(AES256(key), CTR(bytes(16))).encryptor()
    held = bytearray()
    for section in range(0, runs.SECTIONS, 3):
        for piece in run.pieces(section):
            held += piece
            while len(held) >= AT_ONCE * HEAD_BYTES:
                yield _salted(bytes(held[: AT_ONCE * HEAD_BYTES]), stream)
                del held[: AT_ONCE * HEAD_BYTES]
    if held:
        yield _salted(bytes(held), stream)


def _salted(heads: bytes, stream: CipherContext) -> bytes:
    """Each head behind its salt."""
    from pyarrow import compute as pc

    salts = stream.update(bytes(SALT_BYTES * (len(heads) // HEAD_BYTES)))
    leaves = pc.binary_join_element_wise(_column(salts, SALT_BYTES), _column(heads, HEAD_BYTES), b"")
    return bytes(leaves.buffers()[2].to_pybytes()[: len(salts) + len(heads)])


def _column(data: bytes, width: int) -> Any:
    import pyarrow as pa

    count = len(data) // width
    return pa.Array.from_buffers(
        pa.binary(), count, [None, pa.py_buffer(_steps(count, width)), pa.py_buffer(data)]
    )


@lru_cache(maxsize=4)
def _steps(count: int, width: int) -> "array[int]":
    return array("i", range(0, count * width + 1, width))


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: Any) -> bytes:
    return base64.b64decode(text, validate=True)
