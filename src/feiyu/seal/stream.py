"""Sinks that seal what is written to them, in constant memory: behind the edge's writers, before the wire.

Rules this module keeps:
 * ciphertext is emitted in order, and only after the journal's rows for it are durable;
 * at most ``window_bytes`` wait for one sync, so that durability costs a few per cent and not a sync per chunk;
 * packed content is remembered by what it is made of: the salted roots of its bodies, and which bytes of which of them lie in
   a chunk. So a chunk that holds other bytes than before a crash is refused before it is encrypted, as it is without packing,
   and no byte is hashed once more for it.
"""

import io
from collections.abc import Callable

from feiyu.base import merkle
from feiyu.base.content import Bytes
from feiyu.seal.packing import ENTRY, Packer, closing
from feiyu.seal.resume import SealJournal
from feiyu.seal.sealer import Content, Sealed, SealedChunk, Sealer
from feiyu.seal.suites import TAG_BYTES

Emit = Callable[[Bytes], object]
Room = Callable[[int, int], memoryview | None]
"""Where ``size`` bytes may be put that will be emitted after ``ahead`` others; None where there is no such place."""
WINDOW_BYTES = 8 << 20
RECIPE = b"feiyu/packed/v1\n"


class SealingWriter(io.RawIOBase):
    """Seal a stream of plaintext; ``emit`` gets the ciphertext's bytes in order.

    ``sealer`` must know the chunks of ``journal`` already (``Sealer(sealed=journal.chunks)``); their rows are not
    written twice. ``close`` does not finish: a stream that ends by an error must not look complete. Call ``finish``.
    With ``room`` a chunk is encrypted where whoever takes it wants it, and what is emitted is that place.
    """

    def __init__(
        self,
        sealer: Sealer,
        emit: Emit,
        *,
        journal: SealJournal | None = None,
        room: Room | None = None,
        window_bytes: int = WINDOW_BYTES,
    ) -> None:
        super().__init__()
        self._sealer = sealer
        self._emit = emit
        self._room = room or (lambda _ahead, _size: None)
        self._journal = journal
        self._known = {chunk.no for chunk in journal.chunks} if journal else set()
        self._begun = False
        self._plain = bytearray(sealer.geometry.chunk_bytes)
        self._fill = 0
        self._next = 0
        self._out_bytes = sealer.geometry.chunk_bytes + TAG_BYTES
        self._window = max(1, window_bytes // sealer.geometry.chunk_bytes) if journal else 1
        self._free: list[bytearray] = []
        self._sealed: list[tuple[SealedChunk, bytearray | memoryview]] = []
        self._waiting_bytes = len(sealer.head)
        self.sealed_bytes = len(sealer.head)
        """How many bytes of ciphertext there are so far; the trailer comes on top."""
        self.taken_bytes = 0
        """How many bytes of content they hold, or will."""

    def writable(self) -> bool:
        """It is a sink."""
        return True

    def write(self, data: Bytes) -> int:  # type: ignore[override]  # any buffer, as the standard library means it
        """Take plaintext of any size; whole chunks of a large writable buffer are sealed where they lie."""
        view = memoryview(data).cast("B")
        given, chunk = len(view), len(self._plain)
        while len(view):
            if self._fill == chunk:
                self._end_chunk(memoryview(self._plain), last=False)
            if (
                not self._fill and len(view) > chunk and not view.readonly
            ):  # there is more, so it is not the last
                self._end_chunk(view[:chunk], last=False)
                view = view[chunk:]
                continue
            take = min(len(self._plain) - self._fill, len(view))
            self._plain[self._fill : self._fill + take] = view[:take]
            self._fill += take
            view = view[take:]
        return given

    def _end_chunk(self, plain: memoryview, *, last: bool) -> None:
        """A chunk of what is written is whole."""
        self._seal(plain, last=last)
        self._taken(plain)

    def _taken(self, plain: memoryview) -> None:
        self.taken_bytes += len(plain)
        self._fill = 0

    def _seal(self, data: memoryview, *, last: bool, root: bytes | None = None) -> None:
        if len(self._sealed) == self._window:
            self._release()
        out = self._place()
        chunk = self._sealer.seal(self._next, data, out, last=last, root=root)
        self._sealed.append((chunk, out))
        self._waiting_bytes += self._sealer.sent(chunk)
        self.sealed_bytes += self._sealer.sent(chunk)
        self._next += 1

    def _place(self) -> bytearray | memoryview:
        """Where the next chunk is encrypted. The tag behind it is overwritten by what is emitted next."""
        there = self._room(self._waiting_bytes, self._out_bytes)
        if there is not None:
            return there
        return self._free.pop() if self._free else bytearray(self._out_bytes)

    def _release(self) -> None:
        """Make the waiting chunks' rows durable, then let their ciphertext go."""
        fresh = [chunk for chunk, _ in self._sealed if chunk.no not in self._known]
        if self._journal and fresh:
            self._journal.append(*fresh)
            self._journal.sync()
        if not self._begun and self._sealer.head:
            self._emit(self._sealer.head)
        self._begun = True
        for chunk, out in self._sealed:
            self._emit(memoryview(out)[: self._sealer.sent(chunk)])
            if isinstance(out, bytearray):
                self._free.append(out)
        self._sealed.clear()
        self._waiting_bytes = 0

    def finish(self) -> Sealed:
        """Seal the last chunk, emit it and the trailer; what the manifest says about the content."""
        self._end_chunk(memoryview(self._plain)[: self._fill], last=True)
        self._release()
        sealed = self._sealer.finish(self._content())
        if sealed.trailer:
            self._emit(sealed.trailer)
        return sealed

    def _content(self) -> Content | None:
        """What was packed into what was sealed."""
        return None


class PackingWriter(SealingWriter):
    """Seal a stream of plaintext, its chunks packed where that pays. Until the first is, all is as without packing."""

    def __init__(
        self,
        sealer: Sealer,
        emit: Emit,
        *,
        packer: Packer,
        journal: SealJournal | None = None,
        room: Room | None = None,
        window_bytes: int = WINDOW_BYTES,
    ) -> None:
        super().__init__(sealer, emit, journal=journal, room=room, window_bytes=window_bytes)
        self._packer = packer
        self._tree = merkle.Frontier(hasher=sealer.suite.hasher)
        self._entries = bytearray()
        self._bodies_bytes = self._held = 0
        self._body = bytearray()
        self._recipe = bytearray()

    def _end_chunk(self, plain: memoryview, *, last: bool) -> None:
        root, frame = self._sealer.root_of(plain), self._packer.pack(plain)
        if frame is not None:
            self._entries += ENTRY.pack(self._tree.size, len(frame))
            self._put(memoryview(frame), self._sealer.root_of(frame))
        elif self._entries:
            self._put(plain, root)
        else:
            self._seal(plain, last=last, root=root)
        self._bodies_bytes += len(plain) if frame is None else len(frame)
        self._tree.add(root)
        self._taken(plain)
        if last and self._entries:
            end = closing(self._bodies_bytes, self._entries)
            self._put(memoryview(end), self._sealer.root_of(end))
            self._seal_body(last=True)

    def _put(self, data: memoryview, root: bytes) -> None:
        """Append to what lies under the AEAD; ``root`` stands for ``data``."""
        if not self._body:
            self._body = bytearray(len(self._plain))
        at = 0
        while at < len(data):
            if self._held == len(self._body):
                self._seal_body(last=False)
            take = min(len(self._body) - self._held, len(data) - at)
            self._body[self._held : self._held + take] = data[at : at + take]
            self._recipe += root + at.to_bytes(8) + take.to_bytes(8)
            self._held, at = self._held + take, at + take

    def _seal_body(self, *, last: bool) -> None:
        root = self._sealer.suite.hasher(RECIPE + self._recipe)
        self._seal(memoryview(self._body)[: self._held], last=last, root=root)
        self._held = 0
        self._recipe.clear()

    def _content(self) -> Content | None:
        if not self._entries:
            return None
        return Content(root=self._tree.root(), size_bytes=self.taken_bytes)
