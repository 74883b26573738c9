"""Open: ciphertext in, plaintext out, nothing shown that was not sealed.

Rules this module keeps:
 * the commitment is checked first; no chunk is opened under a key the manifest does not commit to;
 * a chunk's plaintext is handed out only after its tag has verified;
 * the content counts as received only when ``finish`` has compared the root of the whole plaintext.

Chunks may be opened in any order and on several threads at once.
"""

import threading

from cryptography.exceptions import InvalidTag

from feiyu.base import merkle
from feiyu.base.content import Bytes, part_root
from feiyu.seal.derive import TransferKeys, TransferSecret
from feiyu.seal.errors import BadChunk, ContentMismatch
from feiyu.seal.suites import INTL, TAG_BYTES, Geometry, Suite


class Opener:
    """Opens one transfer of ``plain_bytes`` bytes. ``trailer`` is the end of the ciphertext: the tags."""

    def __init__(
        self,
        secret: TransferSecret,
        *,
        transfer_id: str,
        commitment: bytes,
        plain_bytes: int,
        trailer: bytes,
        suite: Suite = INTL,
        geometry: Geometry | None = None,
    ) -> None:
        self.geometry = geometry or suite.geometry()
        self.keys = TransferKeys(secret, transfer_id=transfer_id, suite=suite)
        self.keys.check(commitment)
        self.suite = suite
        self.plain_bytes = plain_bytes
        self.chunks = self.geometry.chunks(plain_bytes)
        if len(trailer) != self.chunks * TAG_BYTES:
            raise ContentMismatch(what="trailer")
        self._trailer = trailer
        self._salt = secret.salt
        self._roots: dict[int, bytes] = {}
        self._lock = threading.Lock()

    def size_of(self, no: int) -> int:
        """How many bytes chunk ``no`` holds."""
        return min(self.geometry.chunk_bytes, self.plain_bytes - no * self.geometry.chunk_bytes)

    def end_of(self, no: int) -> int:
        """Where the plaintext of chunk ``no`` ends."""
        return min((no + 1) * self.geometry.chunk_bytes, self.plain_bytes)

    def open(self, no: int, body: bytearray | memoryview, out: bytearray | memoryview) -> memoryview:
        """Open chunk ``no``; the plaintext's view inside ``out``.

        ``body`` has room for the tag behind the chunk's bytes: it is copied there, so that bytes and tag lie together
        as the cipher wants them, without copying the bytes.

        Raises:
            BadChunk: it was altered, swapped, truncated, extended, or comes from another transfer.
        """
        if not 0 <= no < self.chunks:
            raise BadChunk(chunk=no, reason=f"there are {self.chunks} chunks")
        size = self.size_of(no)
        if len(body) != size + TAG_BYTES:
            raise BadChunk(chunk=no, reason=f"{len(body) - TAG_BYTES} bytes instead of {size}")
        body[size:] = self._trailer[no * TAG_BYTES : (no + 1) * TAG_BYTES]
        plain = memoryview(out)[:size]
        aad = self.keys.aad(no, last=no == self.chunks - 1)
        try:
            self.keys.aead.decrypt_into(self.keys.nonce(no), body, aad, plain)
        except InvalidTag:
            raise BadChunk(chunk=no, reason="its tag does not verify") from None
        self.note(no, part_root(plain, salt=self._salt, name=self.suite.hash))
        return plain

    def note(self, no: int, plain_root: bytes) -> None:
        """Count chunk ``no`` as opened with that root; also used on resume, from the record of an earlier run."""
        with self._lock:
            self._roots[no] = plain_root

    def root_of(self, no: int) -> bytes | None:
        """The plaintext root of chunk ``no``, once opened."""
        return self._roots.get(no)

    def missing(self) -> list[int]:
        """The chunks not opened yet."""
        return [no for no in range(self.chunks) if no not in self._roots]

    def finish(self, plain_root: bytes) -> None:
        """Compare the whole with the root that the exporter wrapped together with the key."""
        missing = self.missing()
        if missing:
            raise BadChunk(chunk=missing[0], reason="it was not received")
        roots = (self._roots[no] for no in range(self.chunks) if self.plain_bytes)
        if merkle.root(roots, hasher=self.suite.hasher) != plain_root:
            raise ContentMismatch(what="plain_root")


def with_room_for_tag(data: Bytes) -> bytearray:
    """A chunk's bytes with room for its tag behind them, as ``Opener.open`` wants them."""
    return bytearray(bytes(data) + bytes(TAG_BYTES))
