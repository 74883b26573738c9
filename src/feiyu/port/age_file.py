"""A released transfer as one age file, for a recipient who has nothing but a browser, or ``curl``, and ``age``.

Rules this module keeps:
 * nothing is handed out that was not released: the header is the wrap, and who asks is whose wrap it is;
 * the question before each piece is that of the wire: released, not revoked, in its window, still kept;
 * the file is the same whenever it is asked for, so that a download which broke goes on by a range.

Source: C2SP age; RFC 9110 section 14 (ranges).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from feiyu.base import nouns
from feiyu.base.errors import NotFound
from feiyu.port import store, transfer
from feiyu.port.copy import folder_of
from feiyu.port.errors import NoSuchRange, NotWrapped
from feiyu.port.model import Transfer
from feiyu.registry.access import Caller
from feiyu.registry.house import House
from feiyu.registry.identity.service import usable_keys
from feiyu.seal import Manifest, Wrap
from feiyu.seal.kems import AGE
from feiyu.store import Scope, Tx

PIECE_BYTES = 1 << 20
_RANGE = re.compile(r"bytes=([0-9]{1,15})-([0-9]{0,15})")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeFile:
    """What the file is made of: the header, then the segments as they lie."""

    transfer_id: str
    name: str
    header: bytes
    segments: tuple[tuple[Path, int], ...]

    @property
    def size_bytes(self) -> int:
        """The whole file."""
        return len(self.header) + sum(size for _, size in self.segments)


def age_file(house: House, tx: Tx, caller: Caller, *, transfer_id: str) -> AgeFile:
    """The file of a transfer that was released to an age key of the caller's."""
    found = store.transfer_of(tx, Scope.of(caller.party_id), transfer_id)
    if found is None or found.recipient != caller.party_id:
        raise NotFound(what=nouns.TRANSFER, ident=transfer_id)
    transfer.check_fetch(house, tx, transfer_id=transfer_id)
    for key in store.keys_of(tx, transfer_id):
        if key.party != caller.party_id or key.released_at is None or key.wrapped is None:
            continue
        wrap = Wrap.from_bytes(key.wrapped)
        if wrap.algorithm == AGE:
            usable_keys(tx, key.key_id)
            parts = store.sealed_parts(tx, transfer_id)
            assert parts is not None, "a released transfer has its manifest"
            manifest = Manifest.from_bytes(parts[0])
            folder = folder_of(house, transfer_id)
            return AgeFile(
                transfer_id=transfer_id, name=f"{transfer_id}.{manifest.content_format}.age", header=wrap.box,
                segments=tuple((folder / f"{s.no:05d}", s.size_bytes) for s in manifest.segments),
            )  # fmt: skip
    raise NotWrapped(transfer=transfer_id, key=AGE)


def is_wrapped_for_age(tx: Tx, found: Transfer, party: str) -> bool:
    """Whether a party abroad holds the transfer under an age key."""
    if found.recipient != party:
        return False
    mine = (key.wrapped for key in store.keys_of(tx, found.id) if key.party == party and key.wrapped)
    return any(Wrap.from_bytes(wrapped).algorithm == AGE for wrapped in mine)


def asked(given: str | None, size: int) -> tuple[int, int]:
    """First byte and end of what a ``Range`` asks for; the whole where it asks for nothing we serve."""
    match = _RANGE.fullmatch(given or "")
    if not match:
        return 0, size
    first, end = int(match[1]), min(int(match[2]) + 1, size) if match[2] else size
    if first >= end:
        raise NoSuchRange(size=size)
    return first, end


def pieces(house: House, of: AgeFile, first: int, end: int) -> Iterator[bytes]:
    """The bytes from ``first`` to ``end``, the gate asked before each piece."""
    at = first
    if at < len(of.header):
        yield of.header[at:end]
        at = len(of.header)
    begins = len(of.header)
    for path, size in of.segments:
        if at < begins + size and at < end:
            with path.open("rb") as file:
                file.seek(at - begins)
                while at < min(begins + size, end):
                    with house.db.read(scope=transfer.SYSTEM) as tx:
                        transfer.check_fetch(house, tx, transfer_id=of.transfer_id)
                    piece = file.read(min(PIECE_BYTES, begins + size - at, end - at))
                    if not piece:
                        return  # shorter than recorded: the client sees a body that ends early
                    yield piece
                    at += len(piece)
        begins += size
