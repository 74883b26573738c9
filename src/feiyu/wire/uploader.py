"""Send a stream of ciphertext as segments, several at a time, and come back after any break.

Rules this module keeps:
 * a segment's bytes are kept in memory until the server has promised all of them; so the source is never asked twice;
 * a resume goes on from the server's promise: promised bytes are not sent again;
 * what the server computed over each segment is compared with what the sealer says (``finish(roots)``);
 * a refusal by the server stops all segments and surfaces once, as ``Stopped`` with the server's code.

Memory: one segment per connection, and one being filled.
"""

import select
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from feiyu.base.clock import monotonic_s
from feiyu.base.content import SHA256, Bytes
from feiyu.base.text import Text
from feiyu.wire.errors import BadAnswer, Cancelled, DigestMismatch, Stopped
from feiyu.wire.limits import PIECE_BYTES, SEGMENT_BYTES
from feiyu.wire.link import BROKEN, Answer, Endpoint, Link
from feiyu.wire.pace import Pace
from feiyu.wire.retry import Patience, Tries, is_worth_a_try

PATCH_BYTES = 16 << 20
FLUSH_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Bytes handed to the network and bytes the server has promised, over all segments so far."""

    sent_bytes: int
    confirmed_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentSegment:
    """A segment that the server holds, durable and complete."""

    no: int
    size_bytes: int
    root: bytes


@dataclass(slots=True)
class _Segment:
    """A segment being filled by the caller and read by a connection's thread."""

    data: bytearray
    no: int = 0
    filled: int = 0
    ended: bool = False
    changed: threading.Condition = field(default_factory=threading.Condition)

    def begin(self, no: int) -> None:
        self.no, self.filled, self.ended = no, 0, False

    def put(self, view: memoryview) -> int:
        take = min(len(self.data) - self.filled, len(view))
        if view.obj is not self.data:  # else it was filled where it lies (``Uploader.room``)
            self.data[self.filled : self.filled + take] = view[:take]
        with self.changed:
            self.filled += take
            self.changed.notify()
        return take

    def end(self) -> None:
        with self.changed:
            self.ended = True
            self.changed.notify()

    def wait(self, upto: int, cancel: threading.Event, *, beyond: int | None = None) -> tuple[int, bool]:
        """How far it is filled, and whether that is the end; waits until ``upto`` is there or nothing more comes.

        With ``beyond``, waits for ``upto`` a second at most once there is anything behind ``beyond``: what a slow
        source has given is not held back.
        """
        enough_at = monotonic_s() + FLUSH_S
        with self.changed:
            while self.filled < upto and not self.ended and not cancel.is_set():
                if beyond is not None and self.filled > beyond and monotonic_s() >= enough_at:
                    break
                self.changed.wait(0.2)
            if cancel.is_set():
                raise Cancelled  # also where it has ended: nobody is to take what was broken off for the whole
            return self.filled, self.ended


class Uploader:
    """Sends one transfer. Use as a context manager; leaving it by an error cancels what is under way.

    ``tree`` names the hash of the sealer's content tree. ``cancel`` may be set from any thread. ``progress`` is called from the sending threads.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        transfer_id: str,
        *,
        token: str,
        segment_bytes: int = SEGMENT_BYTES,
        tree: str = SHA256,
        connections: int = 2,
        patience: Patience | None = None,
        pace: Pace | None = None,
        progress: Callable[[Progress], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._base = f"/v1/transfers/{transfer_id}/segments/"
        self._token = token
        self._tree = tree
        self._patience = patience or Patience()
        self._pace = pace or Pace()
        self._progress = progress
        self.cancel = cancel or threading.Event()
        self._segment_bytes = segment_bytes
        self._free: SimpleQueue[_Segment] = SimpleQueue()
        self._ready: SimpleQueue[_Segment | None] = SimpleQueue()
        self._unmade = connections + 1
        self._filling: _Segment | None = None
        self._next = 0
        self._sent: dict[int, SentSegment] = {}
        self._failure: Exception | None = None
        self._lock = threading.Lock()
        self._sent_bytes = self._confirmed_bytes = 0
        self._threads = [
            threading.Thread(target=self._work, name=f"wire-up-{n}", daemon=True) for n in range(connections)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def failure(self) -> Exception | None:
        """What ended the upload, if anything did."""
        return self._failure

    def write(self, data: Bytes) -> int:
        """Take ciphertext in order; waits while all segments are on their way.

        Raises:
            Stopped: the server refused; nothing more will be sent.
        """
        self._raise()
        view = memoryview(data)
        while view:
            segment = self._filling or self._begin()
            view = view[segment.put(view) :]
            if segment.filled == self._segment_bytes:
                segment.end()
                self._filling = None
        return len(data)

    def room(self, ahead: int, size: int) -> memoryview | None:
        """The place of the ``size`` bytes that come ``ahead`` bytes after the next; None where they do not lie in one piece.

        Who fills it and then writes that very view spares the copy. Nothing of it leaves before it is written.
        """
        self._raise()
        segment = self._filling or self._begin()
        at = segment.filled + ahead
        return memoryview(segment.data)[at : at + size] if at + size <= self._segment_bytes else None

    def finish(self, roots: Sequence[bytes] | None = None) -> tuple[SentSegment, ...]:
        """Wait until the server holds everything; what it computed over each segment.

        Raises:
            DigestMismatch: a segment is not the one whose root the sealer names in ``roots``.
        """
        if self._filling:
            self._filling.end()
            self._filling = None
        for _ in self._threads:
            self._ready.put(None)
        for thread in self._threads:
            thread.join()
        self._raise()
        sent = tuple(self._sent[no] for no in range(self._next))
        if roots is not None and [segment.root for segment in sent] != list(roots):
            wrong = [no for no, segment in enumerate(sent) if list(roots)[no : no + 1] != [segment.root]]
            raise DigestMismatch(segment=wrong[0] if wrong else len(sent))
        return sent

    def _begin(self) -> _Segment:
        segment = self._free_segment()
        segment.begin(self._next)
        self._next += 1
        self._filling = segment
        self._ready.put(segment)
        return segment

    def _free_segment(self) -> _Segment:
        self._raise()
        if self._free.empty() and self._unmade:
            self._unmade -= 1
            return _Segment(bytearray(self._segment_bytes))
        segment = self._free.get()
        self._raise()
        return segment

    def _raise(self) -> None:
        if self._failure:
            raise self._failure
        if self.cancel.is_set():
            raise Cancelled

    def _work(self) -> None:
        with Link(self._endpoint, self._token, self._patience) as link:
            while (segment := self._ready.get()) is not None:
                try:
                    if self._failure is None:
                        sent = self._send(link, segment)
                        with self._lock:
                            self._sent[sent.no] = sent
                except Exception as failure:  # noqa: BLE001 (handed to the caller's thread, which raises it)
                    self._fail(failure)
                self._free.put(segment)

    def _fail(self, failure: Exception) -> None:
        with self._lock:
            if self._failure is None:
                self._failure = failure
        self.cancel.set()

    def _send(self, link: Link, segment: _Segment) -> SentSegment:
        tries = Tries(self._patience, self.cancel, self._endpoint)
        path = f"{self._base}{segment.no}"
        known = 0
        while True:
            try:
                self._pause(link)
                answer = self._ask_offset(link, path)
                known = self._confirm(answer, known, tries)
                while not answer.complete():
                    if self._pause(link):
                        answer = self._ask_offset(link, path)
                        known = self._confirm(answer, known, tries)
                        continue
                    answer = self._patch(link, path, segment, known)
                    known = self._confirm(answer, known, tries)
                return self._check(segment, answer)
            except Stopped as refusal:
                if not is_worth_a_try(refusal):
                    raise
                link.close()
                tries.failed(refusal)
            except BROKEN as broken:
                link.close()
                tries.failed(broken)

    def _pause(self, link: Link) -> bool:
        """Outside the window, wait without a connection; whether there was a wait."""
        if not self._pace.waits():
            return False
        link.close()
        self._pace.wait_for_window(self.cancel)
        return True

    def _ask_offset(self, link: Link, path: str) -> Answer:
        link.ask("HEAD", path)
        return link.answer(body=False)

    def _confirm(self, answer: Answer, known: int, tries: Tries) -> int:
        offset = answer.offset()
        if offset < known:
            raise BadAnswer(
                reason=Text(
                    f"它收回了已确认的内容：先为 {known}，后为 {offset}",
                    f"it takes back its promise: {offset} after {known}",
                )
            )
        if offset > known:
            tries.progressed()
            self._count(confirmed=offset - known)
        return offset

    def _patch(self, link: Link, path: str, segment: _Segment, offset: int) -> Answer:
        filled, ended = segment.wait(
            min(offset + PATCH_BYTES, self._segment_bytes), self.cancel, beyond=offset
        )
        if offset > filled:
            raise BadAnswer(reason=Text("它持有的多于已发送的", "it holds more than was sent"))
        end = min(filled, offset + PATCH_BYTES)
        complete = ended and end == filled
        headers: Mapping[str, str] = {
            "Content-Type": "application/partial-upload",
            "Content-Length": str(end - offset),
            "Upload-Offset": str(offset),
            "Upload-Complete": "?1" if complete else "?0",
            "Feiyu-Tree": self._tree,
        }
        link.ask("PATCH", path, headers)
        self._send_body(link, memoryview(segment.data)[offset:end])
        return link.answer()

    def _send_body(self, link: Link, view: memoryview) -> None:
        """Send; stop as soon as the server says something, for that is a refusal."""
        sock = link.sock
        while len(view):
            piece = view[:PIECE_BYTES]
            self._pace.take(len(piece), self.cancel)
            if select.select([sock], [], [], 0)[0]:
                return
            try:
                sock.sendall(piece)
            except OSError:
                return  # the answer, if one came before the break, says why
            self._count(sent=len(piece))
            view = view[len(piece) :]

    def _check(self, segment: _Segment, answer: Answer) -> SentSegment:
        filled, _ = segment.wait(self._segment_bytes, self.cancel)
        if answer.offset() != filled:
            raise DigestMismatch(segment=segment.no)
        root = answer.root()
        if root is None:
            raise BadAnswer(reason=Text("它没有给出根哈希", "it tells no root"))
        return SentSegment(no=segment.no, size_bytes=filled, root=root)

    def _count(self, *, sent: int = 0, confirmed: int = 0) -> None:
        with self._lock:
            self._sent_bytes += sent
            self._confirmed_bytes += confirmed
            now = Progress(sent_bytes=self._sent_bytes, confirmed_bytes=self._confirmed_bytes)
        if self._progress:
            self._progress(now)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.cancel.set()
        if self._filling:
            self._filling.end()
        for _ in self._threads:
            self._ready.put(None)
        for thread in self._threads:
            thread.join()
