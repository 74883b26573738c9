"""A sink that seals what is written to it, in constant memory: behind the edge's writers, before the wire.

Rules this module keeps:
 * ciphertext is emitted in order, and only after the journal's rows for it are durable;
 * at most ``window_bytes`` wait for one sync, so that durability costs a few per cent and not a sync per chunk.
"""

import io
from collections.abc import Callable

from feiyu.base.content import Bytes
from feiyu.seal.resume import SealJournal
from feiyu.seal.sealer import Sealed, SealedChunk, Sealer
from feiyu.seal.suites import TAG_BYTES

Emit = Callable[[Bytes], object]
WINDOW_BYTES = 8 << 20


class SealingWriter(io.RawIOBase):
    """Seal a stream of plaintext; ``emit`` gets the ciphertext's bytes in order.

    ``sealer`` must know the chunks of ``journal`` already (``Sealer(sealed=journal.chunks)``); their rows are not
    written twice. ``close`` does not finish: a stream that ends by an error must not look complete. Call ``finish``.
    """

    def __init__(
        self,
        sealer: Sealer,
        emit: Emit,
        *,
        journal: SealJournal | None = None,
        window_bytes: int = WINDOW_BYTES,
    ) -> None:
        super().__init__()
        self._sealer = sealer
        self._emit = emit
        self._journal = journal
        self._known = {chunk.no for chunk in journal.chunks} if journal else set()
        self._begun = False
        self._plain = bytearray(sealer.geometry.chunk_bytes)
        self._fill = 0
        self._next = 0
        size = sealer.geometry.chunk_bytes + TAG_BYTES
        window = max(1, window_bytes // sealer.geometry.chunk_bytes)
        self._free = [bytearray(size) for _ in range(window if journal else 1)]
        self._sealed: list[tuple[SealedChunk, bytearray]] = []

    def writable(self) -> bool:
        """It is a sink."""
        return True

    def write(self, data: Bytes) -> int:  # type: ignore[override]  # any buffer, as the standard library means it
        """Take plaintext of any size; whole chunks of a large writable buffer are sealed where they lie."""
        view = memoryview(data).cast("B")
        given, chunk = len(view), len(self._plain)
        while len(view):
            if self._fill == chunk:
                self._seal(memoryview(self._plain), last=False)
            if (
                not self._fill and len(view) > chunk and not view.readonly
            ):  # there is more, so it is not the last
                self._seal(view[:chunk], last=False)
                view = view[chunk:]
                continue
            take = min(len(self._plain) - self._fill, len(view))
            self._plain[self._fill : self._fill + take] = view[:take]
            self._fill += take
            view = view[take:]
        return given

    def _seal(self, plain: memoryview, *, last: bool) -> None:
        if not self._free:
            self._release()
        out = self._free.pop()
        chunk = self._sealer.seal(self._next, plain, out, last=last)
        self._sealed.append((chunk, out))
        self._next += 1
        self._fill = 0

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
            self._free.append(out)
        self._sealed.clear()

    def finish(self) -> Sealed:
        """Seal the last chunk, emit it and the trailer; what the manifest says about the content."""
        self._seal(memoryview(self._plain)[: self._fill], last=True)
        self._release()
        sealed = self._sealer.finish()
        if sealed.trailer:
            self._emit(sealed.trailer)
        return sealed
