"""The hash of a log's tree: SHA-256, and SM3 for a twin.

C2SP tlog-tiles fixes SHA-256. Who may rely on SM3 alone reads the *twin*: a second tree over the very entries of a log, with the
same leaves and nodes of RFC 6962 but for the hash, under an origin of its own: the log's, and ``/sm3`` behind it.

Rules this module keeps:
 * the hash follows from the origin, which a checkpoint signs and a key id covers: no reader can be told another one;
 * whoever asks for no origin gets SHA-256.

Sources: RFC 6962 section 2.1; GB/T 32905-2016 (SM3). The twin is Feiyu's own extension of C2SP tlog-tiles.
"""

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from feiyu._native import leaves
from feiyu.base import merkle

TWIN = "/sm3"


class Tree(NamedTuple):
    """A hash for trees: what the native lanes call it, a hash begun with some bytes, and the hash of some bytes."""

    name: str
    new: Callable[[bytes], leaves.Hashing]
    hash: merkle.Hasher

    @property
    def empty(self) -> bytes:
        """The root over nothing."""
        return self.hash(b"")


SHA256 = Tree(leaves.SHA256, hashlib.sha256, merkle.sha256)
SM3 = Tree(leaves.SM3, leaves.Sm3, lambda data: leaves.Sm3(data).digest())


def tree_of(origin: str) -> Tree:
    """The hash of the log with this origin."""
    return SM3 if origin.endswith(TWIN) else SHA256


def twin_origin(origin: str) -> str:
    """The name of a log's twin."""
    return origin + TWIN
