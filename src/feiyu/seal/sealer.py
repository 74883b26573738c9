"""Seal: chunk in, ciphertext out, both trees kept.

Rules this module keeps:
 * the same key and nonce only ever see the same plaintext: what was sealed once is remembered by the root of its
   plaintext, and a chunk that comes back with other bytes, or as another kind of last chunk, is refused before it is
   encrypted (``SourceChanged``); where the content is packed (``packing``), what stands for the bytes under the AEAD says
   which they are too, so that another packer's bytes are refused alike;
 * the caller makes a chunk's ``SealedChunk`` durable (``resume.SealJournal``) before its ciphertext leaves the machine;
 * the plaintext tree is salted: its root says nothing to who lacks the salt.

Chunks may be sealed in any order and on several threads at once; each number once at a time.
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from feiyu.base import merkle
from feiyu.base.content import HASH_BYTES, Bytes, ContentTree, part_root
from feiyu.base.text import Text
from feiyu.seal.derive import MAX_CHUNKS, AgeKeys, TransferKeys, TransferSecret
from feiyu.seal.errors import BadChunk, BadResumeState, SourceChanged
from feiyu.seal.packing import ZSTD, Packing
from feiyu.seal.suites import INTL, STREAM, TAG_BYTES, Geometry, Suite


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedChunk:
    """What is remembered of a sealed chunk; nothing in it opens the chunk.

    ``plain_root`` is the salted root of what was sealed, or what stands for it in packed content (``stream.PackingWriter``).
    """

    no: int
    size_bytes: int
    last: bool
    plain_root: bytes
    cipher_root: bytes
    tag: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentSeal:
    """A segment's place in the ciphertext: number, size, and the root of its subtree."""

    no: int
    size_bytes: int
    root: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The content, where something else lies under the AEAD: its salted root and its size."""

    root: bytes
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """The whole, once the last chunk is sealed. ``trailer`` is what follows the bodies: all tags in order."""

    plain_root: bytes
    cipher_root: bytes
    plain_bytes: int
    cipher_bytes: int
    segments: tuple[SegmentSeal, ...]
    commitment: bytes
    trailer: bytes
    packing: Packing | None = None


class Sealer:
    """Seals one transfer. ``sealed`` holds the records of chunks sealed before a crash."""

    def __init__(
        self,
        secret: TransferSecret,
        *,
        transfer_id: str,
        suite: Suite = INTL,
        geometry: Geometry | None = None,
        sealed: Iterable[SealedChunk] = (),
    ) -> None:
        self.geometry = geometry or suite.geometry()
        self.keys = self._keys(secret, transfer_id, suite)
        self.suite = suite
        self._salt = secret.salt
        self._chunks = {chunk.no: chunk for chunk in sealed}
        self._done: set[int] = set()
        self._short_body: bytes = b""
        self._lock = threading.Lock()

    head = b""
    """What goes before the first chunk."""

    @staticmethod
    def _keys(secret: TransferSecret, transfer_id: str, suite: Suite) -> TransferKeys | AgeKeys:
        return TransferKeys(secret, transfer_id=transfer_id, suite=suite)

    def sent(self, chunk: SealedChunk) -> int:
        """How many bytes of what ``seal`` wrote go out at the chunk's place."""
        return chunk.size_bytes

    def root_of(self, plain: Bytes) -> bytes:
        """The salted root over some bytes alone."""
        return part_root(plain, salt=self._salt, name=self.suite.hash)

    def seal(
        self,
        no: int,
        plain: Bytes,
        out: bytearray | memoryview,
        *,
        last: bool = False,
        root: bytes | None = None,
    ) -> SealedChunk:
        """Seal chunk ``no`` into ``out`` (which takes the body and, behind it, the tag).

        ``root`` is what the chunk is remembered by, where the caller knows it: equal ones are those of equal bytes.

        Raises:
            SourceChanged: this number was sealed before with other bytes.
            BadChunk: the size does not fit its place.
        """
        size = len(plain)
        full = size == self.geometry.chunk_bytes
        short_end = last and size < self.geometry.chunk_bytes and (size > 0 or no == 0)
        if not 0 <= no < MAX_CHUNKS or not (full or short_end):
            raise BadChunk(
                chunk=no, reason=Text(f"{size} 字节与其位置不符", f"{size} bytes do not fit its place")
            )
        plain_root = self.root_of(plain) if root is None else root
        known = self._admit(no, size=size, last=last, plain_root=plain_root)
        view = memoryview(out)[: size + TAG_BYTES]
        self.keys.aead.encrypt_into(self.keys.nonce(no, last=last), plain, self.keys.aad(no, last=last), view)
        body, tag = view[:size], bytes(view[size:])
        if known:
            cipher_root = known.cipher_root
            assert tag == known.tag, "one key, nonce and plaintext gave two ciphertexts"
        else:
            cipher_root = self._cipher_root(body)
        chunk = SealedChunk(
            no=no, size_bytes=size, last=last, plain_root=plain_root, cipher_root=cipher_root, tag=tag
        )
        with self._lock:
            self._chunks[no] = chunk
            self._done.add(no)
            if size < self.geometry.chunk_bytes:
                self._short_body = bytes(body)
        return chunk

    def _cipher_root(self, body: memoryview) -> bytes:
        return part_root(body, name=self.suite.hash)

    def _admit(self, no: int, *, size: int, last: bool, plain_root: bytes) -> SealedChunk | None:
        """Remember the plaintext of ``no`` before it is encrypted, or refuse it when another is remembered."""
        with self._lock:
            known = self._chunks.get(no)
            if known is None:
                self._chunks[no] = SealedChunk(
                    no=no, size_bytes=size, last=last, plain_root=plain_root, cipher_root=b"", tag=b""
                )
                return None
        if (known.size_bytes, known.last, known.plain_root) != (size, last, plain_root):
            raise SourceChanged(chunk=no)
        return known if known.tag else None

    def finish(self, content: Content | None = None) -> Sealed:
        """Both roots, the segments and the trailer. Every chunk must have been sealed (or sealed again) by now.

        ``content`` is what was packed into what was sealed, where it was.

        Raises:
            SourceChanged: chunks remembered from before a crash did not come again.
            BadResumeState: a chunk is missing, or none was the last.
        """
        chunks = [self._chunks[no] for no in sorted(self._chunks)]
        if len(self._done) < len(chunks):
            raise SourceChanged(chunk=min(set(self._chunks) - self._done))
        if [chunk.no for chunk in chunks if chunk.last] != [len(chunks) - 1]:
            raise BadResumeState(
                reason=Text("分片未自 0 起连续到最后一个", "the chunks do not run from 0 to one last chunk")
            )
        plain_bytes = sum(chunk.size_bytes for chunk in chunks)
        sizes = self.geometry.segment_sizes(plain_bytes)
        segments, trailer = self._laid_out(chunks, sizes)
        content_root = (
            content.root if content else self._root(chunk.plain_root for chunk in chunks if chunk.size_bytes)
        )
        return Sealed(
            plain_root=content_root,
            cipher_root=self._root(segment.root for segment in segments),
            plain_bytes=content.size_bytes if content else plain_bytes,
            cipher_bytes=sum(sizes),
            segments=segments,
            commitment=self.keys.commitment,
            trailer=trailer,
            packing=Packing(method=ZSTD, size_bytes=plain_bytes) if content else None,
        )

    def _laid_out(
        self, chunks: Sequence[SealedChunk], sizes: Sequence[int]
    ) -> tuple[tuple[SegmentSeal, ...], bytes]:
        """The segments, and what follows the bodies."""
        tags = b"".join(chunk.tag for chunk in chunks)
        roots = self._cipher_roots(chunks, self._short_body + tags)
        return self._segments(roots, sizes), tags

    def _root(self, roots: Iterable[bytes]) -> bytes:
        return merkle.root(roots, hasher=self.suite.hasher)

    def _cipher_roots(self, chunks: Sequence[SealedChunk], tail: bytes) -> list[bytes]:
        """The subtree roots of the ciphertext, one per chunk's length of it; ``tail`` is what no full chunk covers."""
        step = self.geometry.chunk_bytes
        roots = [chunk.cipher_root for chunk in chunks if chunk.size_bytes == step]
        return roots + [
            part_root(tail[at : at + step], name=self.suite.hash) for at in range(0, len(tail), step)
        ]

    def _segments(self, roots: Sequence[bytes], sizes: Sequence[int]) -> tuple[SegmentSeal, ...]:
        width = self.geometry.segment_bytes // self.geometry.chunk_bytes
        return tuple(
            SegmentSeal(no=no, size_bytes=size, root=self._root(roots[no * width : (no + 1) * width]))
            for no, size in enumerate(sizes)
        )


class StreamSealer(Sealer):
    """Seals an age payload: chunks in order, each with its tag behind it. Everything else is as in ``Sealer``."""

    keys: AgeKeys

    def __init__(
        self,
        secret: TransferSecret,
        *,
        transfer_id: str,
        suite: Suite,
        geometry: Geometry | None = None,
        sealed: Iterable[SealedChunk] = (),
    ) -> None:
        super().__init__(secret, transfer_id=transfer_id, suite=suite, geometry=geometry, sealed=sealed)
        self.head = self.keys.head
        self._tree = ContentTree(name=suite.hash)
        self._ended: list[bytes] = []
        self._total = 0
        self._take(memoryview(self.head))

    @staticmethod
    def _keys(secret: TransferSecret, transfer_id: str, suite: Suite) -> AgeKeys:  # noqa: ARG004 (there is one)
        return AgeKeys.of(secret, transfer_id=transfer_id)

    def sent(self, chunk: SealedChunk) -> int:
        """Body and tag."""
        return chunk.size_bytes + TAG_BYTES

    def seal(
        self,
        no: int,
        plain: Bytes,
        out: bytearray | memoryview,
        *,
        last: bool = False,
        root: bytes | None = None,
    ) -> SealedChunk:
        """Seal the next chunk."""
        if no != len(self._done):
            raise BadChunk(
                chunk=no,
                reason=Text(f"接下来应为第 {len(self._done)} 个分片", f"chunk {len(self._done)} comes next"),
            )
        chunk = super().seal(no, plain, out, last=last, root=root)
        self._take(memoryview(out)[: self.sent(chunk)])
        return chunk

    def _cipher_root(self, body: memoryview) -> bytes:  # noqa: ARG002 (a chunk is no subtree here)
        return bytes(HASH_BYTES)

    def _take(self, view: memoryview) -> None:
        """Go on with the trees over the bytes as they lie."""
        while len(view):
            part = view[: self.geometry.segment_bytes - self._tree.size_bytes]
            self._tree.update(part)
            self._total += len(part)
            view = view[len(part) :]
            if self._tree.size_bytes == self.geometry.segment_bytes:
                self._end_segment()

    def _end_segment(self) -> None:
        self._ended.append(self._tree.root())
        self._tree = ContentTree(name=self.suite.hash)

    def _laid_out(
        self,
        chunks: Sequence[SealedChunk],  # noqa: ARG002 (the trees were kept while they were sealed)
        sizes: Sequence[int],
    ) -> tuple[tuple[SegmentSeal, ...], bytes]:
        if self._tree.size_bytes:
            self._end_segment()
        assert self._total == sum(sizes), "the bytes that were sealed are those of the geometry"
        named = zip(sizes, self._ended, strict=True)
        return tuple(
            SegmentSeal(no=no, size_bytes=size, root=root) for no, (size, root) in enumerate(named)
        ), b""


def sealer_of(
    secret: TransferSecret,
    *,
    transfer_id: str,
    suite: Suite,
    geometry: Geometry | None = None,
    sealed: Iterable[SealedChunk] = (),
) -> Sealer:
    """The sealer of a suite."""
    kind = StreamSealer if suite.aead == STREAM else Sealer
    return kind(secret, transfer_id=transfer_id, suite=suite, geometry=geometry, sealed=sealed)
