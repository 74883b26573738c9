"""Release a segment: ``GET`` with ``Range``.

Rules this module keeps:
 * the gate is asked before each piece is sent; a refusal of the first piece is an answer, a refusal later ends the
   connection, and the client meets the answer when it comes back for the rest;
 * a file that is shorter than the source says is an error, never a short body that looks whole.
"""

import base64
import os
import re

from feiyu.base.text import Text
from feiyu.wire.errors import RangeNotSatisfiable, StorageFailed
from feiyu.wire.gate import DownloadSource, Gate
from feiyu.wire.limits import PIECE_BYTES
from feiyu.wire.message import Address, Closed, Connection, Request
from feiyu.wire.segment import storage_refusal

_RANGE = re.compile(r"bytes=([0-9]{1,15})-([0-9]{0,15})")


def _asked(request: Request, size: int) -> tuple[int, int, bool]:
    """First byte, end, and whether a range was asked for. A form we do not serve means the whole (RFC 9110)."""
    match = _RANGE.fullmatch(request.headers.get("range", ""))
    if not match:
        return 0, size, False
    first = int(match[1])
    end = min(int(match[2]) + 1, size) if match[2] else size
    if first >= end:
        raise RangeNotSatisfiable(size=size)
    return first, end, True


def _headers(source: DownloadSource, first: int, end: int) -> dict[str, str]:
    found = {
        "Accept-Ranges": "bytes",
        "Content-Type": "application/octet-stream",
        "Cache-Control": "no-store",
    }
    if (first, end) != (0, source.size_bytes):
        found["Content-Range"] = f"bytes {first}-{end - 1}/{source.size_bytes}"
    if source.root is not None:
        found["Feiyu-Segment-Root"] = f":{base64.b64encode(source.root).decode()}:"
    return found


class Downloads:
    """The download half of the server."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def get(self, link: Connection, request: Request, address: Address, piece: bytearray) -> None:
        """Send the bytes asked for."""
        source = self._gate.authorize_download(address.token, address.transfer_id, address.segment)
        first, end, ranged = _asked(request, source.size_bytes)
        try:
            fd = os.open(source.path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as bad:
            raise storage_refusal(bad) from None
        try:
            if os.fstat(fd).st_size < end:
                raise StorageFailed(reason=Text("分段比记录的短", "the segment is shorter than recorded"))
            self._gate.before_release(
                source, address.transfer_id, address.segment, first, min(PIECE_BYTES, end - first)
            )
            status = 206 if ranged else 200
            link.answer(status, _headers(source, first, end), length=end - first)
            self._send(link, fd, address, source=source, first=first, end=end, piece=piece)
        finally:
            os.close(fd)

    def _send(
        self, link: Connection, fd: int, address: Address, *, source: DownloadSource, first: int, end: int,
        piece: bytearray,
    ) -> None:  # fmt: skip
        view = memoryview(piece)
        at = first
        while at < end:
            want = min(len(view), end - at)
            if at > first:
                self._gate.before_release(source, address.transfer_id, address.segment, at, want)
            got = os.preadv(fd, [view[:want]], at)
            if got < want:
                raise Closed
            link.sock.settimeout(link.limits.piece_timeout_s)
            link.sock.sendall(view[:want])
            at += want
