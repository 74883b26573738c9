"""Open: ciphertext in, plaintext out, nothing shown that was not sealed.

Rules this module keeps:
 * the commitment is checked first; no chunk is opened under a key the manifest does not commit to;
 * a chunk's plaintext is handed out only after its tag has verified;
 * the content counts as received only when ``finish`` has compared the root of the whole plaintext; packed content is
   unpacked first, and its root compared then (``received``).

Chunks may be opened in any order and on several threads at once.
"""

import threading

from cryptography.exceptions import InvalidTag

from feiyu.base import merkle
from feiyu.base.content import HASH_BYTES, Bytes, part_root
from feiyu.base.text import Text
from feiyu.seal.derive import TransferKeys, TransferSecret
from feiyu.seal.errors import BadChunk, ContentMismatch
from feiyu.seal.manifest import Manifest
from feiyu.seal.suites import INTL, TAG_BYTES, Geometry, Suite, suite_of


class Opener:
    """Opens one transfer of ``plain_bytes`` bytes. ``trailer`` is the end of the ciphertext: the tags.

    ``content_bytes`` is the size of the content that was packed into them, where it was.
    """

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
        content_bytes: int | None = None,
    ) -> None:
        self.content_bytes = content_bytes
        self.geometry = geometry or suite.geometry()
        self.keys = TransferKeys(secret, transfer_id=transfer_id, suite=suite)
        self.keys.check(commitment)
        self.suite = suite
        self.plain_bytes = plain_bytes
        self.chunks = self.geometry.chunks(plain_bytes)
        if len(trailer) != self.chunks * TAG_BYTES:
            raise ContentMismatch(field="trailer")
        self._trailer = trailer
        self._salt = secret.salt
        self._roots: dict[int, bytes] = {}
        self._lock = threading.Lock()

    @classmethod
    def of(cls, manifest: Manifest, secret: TransferSecret, trailer: bytes) -> "Opener":
        """Opens what a manifest speaks of."""
        return cls(
            secret,
            transfer_id=manifest.transfer_id,
            commitment=manifest.key_commitment,
            plain_bytes=manifest.sealed_size,
            trailer=trailer,
            suite=suite_of(manifest.suite),
            geometry=manifest.geometry,
            content_bytes=manifest.plain_size if manifest.packing else None,
        )

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
            raise BadChunk(
                chunk=no, reason=Text(f"共有 {self.chunks} 个分片", f"there are {self.chunks} chunks")
            )
        size = self.size_of(no)
        if len(body) != size + TAG_BYTES:
            raise BadChunk(
                chunk=no,
                reason=Text(
                    f"长度为 {len(body) - TAG_BYTES} 字节，应为 {size}",
                    f"{len(body) - TAG_BYTES} bytes instead of {size}",
                ),
            )
        body[size:] = self._trailer[no * TAG_BYTES : (no + 1) * TAG_BYTES]
        plain = memoryview(out)[:size]
        aad = self.keys.aad(no, last=no == self.chunks - 1)
        try:
            self.keys.aead.decrypt_into(self.keys.nonce(no), body, aad, plain)
        except InvalidTag:
            raise BadChunk(chunk=no, reason=Text("验证标签不通过", "its tag does not verify")) from None
        self.note(no, bytes(HASH_BYTES) if self.content_bytes is not None else self.part(plain))
        return plain

    def part(self, plain: Bytes) -> bytes:
        """The salted root over a chunk of the content."""
        return part_root(plain, salt=self._salt, name=self.suite.hash)

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
        self.whole()
        roots = (self._roots[no] for no in range(self.chunks) if self.plain_bytes)
        if merkle.root(roots, hasher=self.suite.hasher) != plain_root:
            raise ContentMismatch(field="plain_root")

    def whole(self) -> None:
        """Refuse to go on while a chunk is missing."""
        missing = self.missing()
        if missing:
            raise BadChunk(chunk=missing[0], reason=Text("尚未收到", "it was not received"))
