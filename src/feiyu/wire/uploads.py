"""Receive a segment: ``HEAD`` tells the promised offset, ``PATCH`` appends.

Rules this module keeps:
 * the gate is asked before each piece is written; when it refuses, the connection ends within that piece;
 * an answer with an offset is given only after ``sync``; one that says "complete" only after the gate was told, and it
   is told again when a crash came between;
 * whatever ends a request (a drop, a timeout, a refusal, a full disk), what was received whole is kept and promised,
   except under ``Content-Digest``, where nothing is promised before the digest has been compared.
"""

import base64
import hashlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from feiyu.base.clock import monotonic_s
from feiyu.base.errors import FeiyuError
from feiyu.base.text import Text
from feiyu.wire.errors import (
    BadRequest,
    DigestMismatch,
    OffsetMismatch,
    SegmentComplete,
    SegmentTooLarge,
    UploadBusy,
)
from feiyu.wire.gate import Gate, SegmentDigest, UploadTarget
from feiyu.wire.limits import Limits
from feiyu.wire.message import Address, Connection, Request
from feiyu.wire.segment import Promise, SegmentWriter, promise_of, storage_refusal

PARTIAL = "application/partial-upload"


@dataclass(slots=True)
class _Busy:
    """A connection that is writing."""

    sock: socket.socket
    seen: float
    ended: threading.Event = field(default_factory=threading.Event)


class Writers:
    """Who is writing what: one writer per segment in this process."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._busy: dict[Path, _Busy] = {}
        self._lock = threading.Lock()

    @contextmanager
    def claim(self, path: Path, sock: socket.socket, *, segment: int) -> Iterator[_Busy]:
        """Be the writer of ``path``; one that has stalled is shut down first."""
        mine = _Busy(sock, monotonic_s())
        self._displace_stalled(path)
        with self._lock:
            if path in self._busy:
                raise UploadBusy(segment=segment)
            self._busy[path] = mine
        try:
            yield mine
        finally:
            with self._lock:
                del self._busy[path]
            mine.ended.set()

    def settle(self, path: Path) -> None:
        """Give a writer whose client comes back the moment it needs to keep what it had received.

        Who asks for the offset has most likely lost the connection that is still being written from.
        """
        with self._lock:
            other = self._busy.get(path)
        if other:
            other.ended.wait(self._limits.settle_s)

    def _displace_stalled(self, path: Path) -> None:
        with self._lock:
            other = self._busy.get(path)
        if other and monotonic_s() - other.seen > self._limits.stall_s:
            with suppress(OSError):
                other.sock.shutdown(socket.SHUT_RDWR)
            other.ended.wait(self._limits.stall_s)


def _headers(promise: Promise) -> dict[str, str]:
    found = {"Upload-Offset": str(promise.offset), "Upload-Complete": "?1" if promise.complete else "?0"}
    if promise.root is not None:
        found["Feiyu-Segment-Root"] = f":{base64.b64encode(promise.root).decode()}:"
    return found


class Uploads:
    """The upload half of the server."""

    def __init__(self, gate: Gate, limits: Limits) -> None:
        self._gate = gate
        self._limits = limits
        self._writers = Writers(limits)

    def head(self, link: Connection, address: Address) -> None:
        """Tell what is promised."""
        target = self._gate.authorize_upload(address.token, address.transfer_id, address.segment)
        self._writers.settle(target.path)
        try:
            promise = promise_of(target.path)
        except OSError as bad:
            raise storage_refusal(bad) from None
        if promise.complete:
            _tell(self._gate, address, promise)
        link.answer(204, {**_headers(promise), "Cache-Control": "no-store"})

    def patch(self, link: Connection, request: Request, address: Address, piece: bytearray) -> None:
        """Append the body."""
        offset, complete, length, digest = _asked(request)
        target = self._gate.authorize_upload(address.token, address.transfer_id, address.segment)
        _check_size(target, address.segment, end=offset + length, complete=complete)
        with self._writers.claim(target.path, link.sock, segment=address.segment) as busy:
            writer = _open_writer(target.path, address.segment, request.tree())
            try:
                receiving = _Receiving(self._gate, self._limits, link, writer, address, busy)
                promise = receiving.run(offset, complete=complete, digest=digest, piece=piece)
            finally:
                writer.close()
        link.answer(200 if promise.complete else 204, _headers(promise))


def _open_writer(path: Path, segment: int, tree: str) -> SegmentWriter:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        writer = SegmentWriter(path, tree=tree)
    except BlockingIOError:
        raise UploadBusy(segment=segment) from None
    except OSError as bad:
        raise storage_refusal(bad) from None
    if writer.tree.name != tree:
        writer.close()
        raise BadRequest(
            reason=Text(
                f"该分段以 {writer.tree.name} 树开始，而不是 {tree}",
                f"the segment was begun with a tree of {writer.tree.name}, not {tree}",
            )
        )
    return writer


def _asked(request: Request) -> tuple[int, bool, int, bytes | None]:
    """Offset, whether this is the end, how many bytes follow, and their digest when it was announced."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != PARTIAL:
        raise BadRequest(reason=Text(f"Content-Type 须为 {PARTIAL}", f"Content-Type {PARTIAL} is wanted"))
    offset, complete, length = (
        request.number("upload-offset"),
        request.flag("upload-complete"),
        request.number("content-length"),
    )
    if offset is None or complete is None or length is None:
        raise BadRequest(
            reason=Text(
                "须有 Upload-Offset、Upload-Complete 与 Content-Length",
                "Upload-Offset, Upload-Complete and Content-Length are wanted",
            )
        )
    return offset, complete, length, request.sha256()


def _check_size(target: UploadTarget, segment: int, *, end: int, complete: bool) -> None:
    limit = target.max_bytes if target.size_bytes is None else min(target.max_bytes, target.size_bytes)
    if end > limit:
        raise SegmentTooLarge(segment=segment, size=end, limit=limit)
    if complete and target.size_bytes is not None and end != target.size_bytes:
        raise BadRequest(
            reason=Text(
                f"该分段共 {target.size_bytes} 字节，却将在 {end} 处结束",
                f"the segment has {target.size_bytes} bytes, and would be complete at {end}",
            )
        )


@dataclass(slots=True)
class _Receiving:
    """One PATCH while it runs."""

    gate: Gate
    limits: Limits
    link: Connection
    writer: SegmentWriter
    address: Address
    busy: _Busy

    def run(self, offset: int, *, complete: bool, digest: bytes | None, piece: bytearray) -> Promise:
        if self.writer.complete:
            return self._already(offset, complete=complete)
        if offset != self.writer.offset:
            raise Refused(OffsetMismatch(offset=self.writer.offset, given=offset), self.writer.sync())
        try:
            self._receive(piece, digest)
        except FeiyuError as stop:
            raise Refused(stop, self._keep(promised=digest is None)) from None
        except OSError as bad:
            raise Refused(storage_refusal(bad), self._keep(promised=digest is None)) from None
        if self.link.unread:
            raise Refused(None, self._keep(promised=digest is None))
        return self._finish(complete=complete)

    def _already(self, offset: int, *, complete: bool) -> Promise:
        promise = self.writer.sync(complete=True)
        if not (complete and offset == promise.offset and self.link.unread == 0):
            raise Refused(SegmentComplete(segment=self.address.segment), promise)
        return self._tell(promise)

    def _receive(self, piece: bytearray, digest: bytes | None) -> None:
        view = memoryview(piece)
        running = hashlib.sha256() if digest is not None else None
        while self.link.unread:
            got = self.link.read_piece(view)
            short = got < min(len(view), self.link.unread + got)
            self.busy.seen = monotonic_s()
            if got:
                self.gate.before_accept(
                    self.address.transfer_id, self.address.segment, self.writer.offset, got
                )
                self.writer.write(view[:got])
            if running:
                running.update(view[:got])
            elif self.writer.offset - self.writer.synced >= self.limits.sync_bytes:
                self.writer.sync()
            if short:
                return
        if running and running.digest() != digest:
            raise DigestMismatch(segment=self.address.segment)

    def _keep(self, *, promised: bool) -> Promise:
        """What can be promised after a request ended early."""
        try:
            return (
                self.writer.sync()
                if promised
                else Promise(offset=self.writer.synced, complete=False, root=None)
            )
        except OSError:
            return Promise(offset=self.writer.synced, complete=False, root=None)

    def _finish(self, *, complete: bool) -> Promise:
        try:
            promise = self.writer.sync(complete=complete)
        except OSError as bad:
            raise Refused(
                storage_refusal(bad), Promise(offset=self.writer.synced, complete=False, root=None)
            ) from None
        return self._tell(promise) if complete else promise

    def _tell(self, promise: Promise) -> Promise:
        try:
            _tell(self.gate, self.address, promise)
        except FeiyuError as stop:
            raise Refused(stop, promise) from None
        return promise


def _tell(gate: Gate, address: Address, promise: Promise) -> None:
    """Let the gate know of a complete segment, before any client does."""
    assert promise.root is not None, "a complete segment has a root"
    digest = SegmentDigest(size_bytes=promise.offset, root=promise.root)
    gate.segment_complete(address.transfer_id, address.segment, digest)


class Refused(Exception):
    """A request ended early: why (None when the client has gone), and what is promised all the same."""

    def __init__(self, error: FeiyuError | None, promise: Promise) -> None:
        super().__init__(error)
        self.error = error
        self.headers = _headers(promise)
