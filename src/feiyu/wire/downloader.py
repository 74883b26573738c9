"""Fetch segments, several at a time, and come back after any break.

Rules this module keeps:
 * bytes come in order within a segment, in pieces of 1 MiB (the last may be shorter), each exactly once;
 * what is stored is verified: a segment counts only when the root of its subtree is the manifest's;
 * on disk the same sync points as on the server's side make a fetch go on after a crash.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from feiyu.base.content import SHA256, ContentTree
from feiyu.base.text import Text
from feiyu.wire.errors import BadAnswer, Cancelled, DigestMismatch, Stopped, UploadBusy
from feiyu.wire.limits import PIECE_BYTES, SEGMENT_BYTES
from feiyu.wire.link import BROKEN, Endpoint, Link
from feiyu.wire.pace import Pace
from feiyu.wire.retry import Patience, Tries, is_worth_a_try
from feiyu.wire.segment import SegmentWriter, discard, storage_refusal

_SYNC_BYTES = 16 * PIECE_BYTES
_NOTHING = memoryview(b"")
Sink = Callable[[int, memoryview], None]
"""Gets (offset in the segment, the bytes there)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSegment:
    """A segment as the manifest describes it; ``tree`` names the hash under its root."""

    no: int
    size_bytes: int
    root: bytes
    tree: str = SHA256


class Downloader:
    """Fetches one transfer. ``progress`` gets the number of bytes just received, from the receiving threads."""

    def __init__(
        self,
        endpoint: Endpoint,
        transfer_id: str,
        *,
        token: str,
        connections: int = 2,
        patience: Patience | None = None,
        pace: Pace | None = None,
        progress: Callable[[int], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._base = f"/v1/transfers/{transfer_id}/segments/"
        self._token = token
        self._connections = connections
        self._patience = patience or Patience()
        self._pace = pace or Pace()
        self._progress = progress
        self.cancel = cancel or threading.Event()

    def read_segment(
        self,
        no: int,
        size_bytes: int,
        sink: Sink,
        *,
        first: int = 0,
        end: int | None = None,
        buffer: bytearray | None = None,
    ) -> None:
        """Hand the bytes from ``first`` to ``end`` of a segment to ``sink``, in order, each once.

        ``buffer`` (at least 1 MiB) is where pieces are received, at its front; a sink that needs room behind the
        bytes gives a longer one.
        """
        tries = Tries(self._patience, self.cancel, self._endpoint)
        view = memoryview(buffer if buffer is not None else bytearray(PIECE_BYTES))
        stop = size_bytes if end is None else min(end, size_bytes)
        at, have = first, 0
        with Link(self._endpoint, self._token, self._patience) as link:
            while at < stop:
                try:
                    if self._pace.waits():
                        link.close()
                        self._pace.wait_for_window(self.cancel)
                    self._ask(link, no, at + have, stop)
                    while at < stop:
                        piece = view[: min(PIECE_BYTES, stop - at)]
                        self._pace.take(len(piece), self.cancel)
                        while have < len(piece):
                            have += link.read_some(piece[have:])
                            tries.progressed()
                        self._count(have)
                        _hand_over(sink, at, piece)
                        at, have = at + have, 0
                except Stopped as refusal:
                    if not is_worth_a_try(refusal):
                        raise
                    tries.failed(refusal)
                except BROKEN as broken:
                    link.close()
                    tries.failed(broken)

    def _ask(self, link: Link, no: int, at: int, stop: int) -> None:
        link.ask("GET", f"{self._base}{no}", {"Range": f"bytes={at}-{stop - 1}"})
        answer = link.answer()
        served = answer.headers.get("content-range", f"bytes {at}-{stop - 1}/")
        if answer.number("content-length") != stop - at or not served.startswith(f"bytes {at}-{stop - 1}/"):
            raise BadAnswer(reason=Text("没有给出所请求的范围", "it does not serve the range asked for"))

    def _count(self, size: int) -> None:
        if self._progress:
            self._progress(size)

    def read_range(self, first: int, end: int, *, segment_bytes: int = SEGMENT_BYTES) -> bytes:
        """Bytes of the whole ciphertext, across segments; for its trailer."""
        found = bytearray()
        while first < end:
            no, at = divmod(first, segment_bytes)
            stop = min(segment_bytes, at + end - first)
            self.read_segment(no, segment_bytes, lambda _, view: found.extend(view), first=at, end=stop)
            first += stop - at
        return bytes(found)

    def each(self, wanted: Sequence[WantedSegment], work: Callable[[WantedSegment], None]) -> None:
        """Do ``work`` for each segment on this downloader's threads; the first failure stops the others."""
        with ThreadPoolExecutor(self._connections, thread_name_prefix="wire-down") as pool:
            tasks = [pool.submit(self._unless_cancelled, work, segment) for segment in wanted]
            done, _ = wait(tasks, return_when=FIRST_EXCEPTION)
            failed = [task for task in done if task.exception()]
            if failed:
                self.cancel.set()
        for task in failed or tasks:
            task.result()

    def _unless_cancelled(self, work: Callable[[WantedSegment], None], segment: WantedSegment) -> None:
        if self.cancel.is_set():
            raise Cancelled
        work(segment)

    def fetch(self, wanted: Sequence[WantedSegment], folder: Path) -> tuple[Path, ...]:
        """Store the segments in a folder, verified, durable; what an earlier run confirmed is not fetched again."""
        folder.mkdir(parents=True, exist_ok=True)
        self.each(wanted, lambda segment: self._store(segment, folder / f"{segment.no:06d}.seg"))
        return tuple(folder / f"{segment.no:06d}.seg" for segment in wanted)

    def _store(self, segment: WantedSegment, path: Path) -> None:
        try:
            writer = SegmentWriter(path, tree=segment.tree)
        except BlockingIOError:
            raise UploadBusy(segment=segment.no) from None
        except OSError as bad:
            raise storage_refusal(bad) from None
        try:
            if not writer.complete:
                first = writer.offset
                self.read_segment(
                    segment.no, segment.size_bytes, lambda _, view: _put(writer, view), first=first
                )
            fits = writer.offset == segment.size_bytes and writer.tree.root() == segment.root
            if fits:
                _put(writer, complete=True)
        finally:
            writer.close()
        if not fits:
            discard(path)
            raise DigestMismatch(segment=segment.no)


def _hand_over(sink: Sink, at: int, piece: memoryview) -> None:
    """Call the sink; an error of its disk is no error of the line, and is not tried again."""
    try:
        sink(at, piece)
    except OSError as bad:
        raise storage_refusal(bad) from None


def _put(writer: SegmentWriter, view: memoryview = _NOTHING, *, complete: bool = False) -> None:
    try:
        writer.write(view)
        if complete or writer.offset - writer.synced >= _SYNC_BYTES:
            writer.sync(complete=complete)
    except OSError as bad:
        raise storage_refusal(bad) from None


def verify_segment(path: Path, segment: WantedSegment) -> None:
    """Check a stored segment against the manifest, reading it once."""
    tree, piece = ContentTree(name=segment.tree), bytearray(PIECE_BYTES)
    with path.open("rb", buffering=0) as file:
        while got := file.readinto(piece):
            tree.update(memoryview(piece)[:got])
    if tree.size_bytes != segment.size_bytes or tree.root() != segment.root:
        raise DigestMismatch(segment=segment.no)
