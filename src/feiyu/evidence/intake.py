"""The log's own listener for entries: ``POST /add`` answers an entry's index once it is durable and part of the tree.

For sources that keep no journal of their own: a device hall, another language. What has arrived is read, made durable together by
one flush of the write-ahead log (``feiyu.evidence.ahead``), and answered; what comes meanwhile is the next group.

Rules this module keeps:
 * an index is answered only after its record is flushed; a failure answers every waiting request with 503 and
   ends the intake, for nobody knows what the disk holds;
 * limits come before reading: the request head, the entry, how many connections there may be; what
   exceeds them is refused by name and nothing is kept;
 * one thread reads, appends and answers, so that no group waits for a thread to be given its turn; a second writes
   tiles behind it and publishes;
 * entries are taken as they are. Who may send them is the caller's affair: it listens on loopback or behind a proxy.

Source: C2SP tlog-tiles (an entry has at most 65,535 bytes).
"""

import asyncio
import re
import threading
from collections.abc import Callable
from typing import cast

import structlog

from feiyu.base.clock import monotonic_s
from feiyu.base.errors import FeiyuError
from feiyu.evidence.ahead import Ahead
from feiyu.evidence.log import Log
from feiyu.evidence.tiles import MAX_ENTRY_BYTES

_log = structlog.get_logger("feiyu.intake")
MAX_HEAD = 8192
MAX_CONNECTIONS = 4096
IDLE_S = 60
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,6})[ \t]*(?=\r\n)", re.IGNORECASE)
_REFUSALS = {
    400: b"not a request this listener understands", 404: b"POST /add is wanted", 411: b"a Content-Length is wanted",
    413: b"an entry has at most 65535 bytes", 503: b"the log cannot take entries now",
}  # fmt: skip
_REASONS = {
    400: b"Bad Request",
    404: b"Not Found",
    411: b"Length Required",
    413: b"Content Too Large",
    503: b"Unavailable",
}


def _refusal(status: int) -> bytes:
    text = _REFUSALS[status] + b"\n"
    head = b"HTTP/1.1 %d %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
    return head % (status, _REASONS[status], len(text)) + text


_Queued = tuple[bytes, "_Connection"]
"""An entry, and the connection that waits for its index."""


class Intake:
    """Appends what connections hand in; ``publish`` makes the head public (sign, take to witnesses, replace)."""

    def __init__(self, ahead: Ahead, publish: Callable[[Log], object], *, every_s: float = 1.0) -> None:
        assert ahead.max_bytes >= 2 + MAX_ENTRY_BYTES, "the write-ahead log is too small for an entry"
        self._ahead = ahead
        self._publish = publish
        self._every_s = every_s
        self._queue: list[_Queued] = []
        self._behind = threading.Event()
        self._over = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.connections: set[_Connection] = set()
        self.failed = False
        self._ended = asyncio.Event()

    def take(self, entry: bytes, connection: "_Connection") -> bool:
        """Queue an entry for the group that is written once all that has arrived was read; False after a failure."""
        if self.failed or self._loop is None:
            return False
        if not self._queue:
            self._loop.call_soon(self._write)
        self._queue.append((entry, connection))
        return True

    def run(self, address: tuple[str, int], ready: Callable[[tuple[str, int]], None]) -> None:
        """Listen until interrupted or stopped, or until the log fails; ``ready`` is told where."""
        import uvloop

        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(self._serve(*address, ready))

    def stop(self) -> None:
        """End, from another thread: what is being written is answered, then every connection is closed."""
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._ended.set)

    async def _serve(self, host: str, port: int, ready: Callable[[tuple[str, int]], None]) -> None:
        loop = self._loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Connection(self), host, port, backlog=1024)
        settling = threading.Thread(target=self._settling, daemon=True)
        settling.start()
        bound = server.sockets[0].getsockname()
        ready((bound[0], bound[1]))
        try:
            await self._ended.wait()
        finally:
            self._over.set()
            self._behind.set()
            server.close()
            for connection in list(self.connections):
                connection.hang_up()
            await asyncio.to_thread(settling.join)

    def _write(self) -> None:
        """Make durable what is queued, and answer it. Who sends meanwhile waits in the sockets and is the next group."""
        queue, self._queue = self._queue, []
        while queue and not self.failed:
            group, queue = self._group(queue)
            try:
                first = self._ahead.append([entry for entry, _ in group])
            except FeiyuError as bad:
                self._fail(bad)
                queue = group + queue
            else:
                for index, (_, connection) in enumerate(group, first):
                    connection.answer(index)
        for _, connection in queue:
            connection.refuse(503)
        if self._ahead.crowded:
            self._behind.set()

    def _group(self, queue: list[_Queued]) -> tuple[list[_Queued], list[_Queued]]:
        """As many as one record of the write-ahead log holds, and the rest."""
        room = self._ahead.max_bytes
        for number, (entry, _) in enumerate(queue):
            room -= 2 + len(entry)
            if room < 0:
                return queue[:number], queue[number:]
        return queue, []

    def _fail(self, bad: FeiyuError) -> None:
        _log.critical("the log failed", reason=str(bad))
        self.failed = True
        self._ended.set()

    def _settling(self) -> None:
        """Write tiles behind what was answered, and publish; whatever ends this ends the intake."""
        assert self._loop is not None
        due = monotonic_s() + self._every_s
        try:
            while not self._over.is_set():
                self._behind.wait(max(0.0, due - monotonic_s()))
                self._behind.clear()
                self._ahead.settle()
                if monotonic_s() >= due:
                    self._make_public()
                    due = monotonic_s() + self._every_s
        except FeiyuError as bad:
            self._loop.call_soon_threadsafe(self._fail, bad)
        finally:
            self._loop.call_soon_threadsafe(self._ended.set)

    def _make_public(self) -> None:
        log = self._ahead.log
        published = log.published
        if log.head.size == (published.checkpoint.size if published else 0):
            return
        try:
            self._publish(log)
        except FeiyuError as bad:
            _log.warning("not published", reason=str(bad))


class _Connection(asyncio.Protocol):
    """One connection: requests one after another, kept alive."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._transport: asyncio.Transport | None = None
        self._data = b""
        self._waits = False
        self._answered = True
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own is no subclass
        self._intake.connections.add(self)
        if len(self._intake.connections) > MAX_CONNECTIONS:
            self.refuse(503)
        self._linger()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the name is the base class's
        self._intake.connections.discard(self)
        self._transport = None
        if self._timer is not None:
            self._timer.cancel()

    def _linger(self) -> None:
        """Hang up on whoever finished no request since the last look."""
        if not self._answered and not self._waits:
            self.hang_up()
            return
        self._answered = False
        self._timer = asyncio.get_running_loop().call_later(IDLE_S, self._linger)

    def data_received(self, data: bytes) -> None:
        self._data += data
        if not self._waits:
            self._next()
        elif len(self._data) > MAX_HEAD + MAX_ENTRY_BYTES and self._transport is not None:
            self._transport.pause_reading()

    def _next(self) -> None:
        """Begin with the next request, if all of it is here."""
        data = self._data
        end = data.find(b"\r\n\r\n")
        if end < 0:
            if len(data) > MAX_HEAD:
                self.refuse(400)
            return
        head = data[: end + 2]
        if len(head) > MAX_HEAD or not head.startswith(b"POST /add HTTP/1."):
            self.refuse(404 if len(head) <= MAX_HEAD else 400)
            return
        found = _LENGTH.findall(head)
        if len(found) != 1 or b"ransfer-" in head:
            self.refuse(411)
            return
        size = int(found[0])
        if size > MAX_ENTRY_BYTES:
            self.refuse(413)
            return
        start = end + 4
        if len(data) < start + size:
            return
        entry, self._data = data[start : start + size], data[start + size :]
        self._waits = True
        if not self._intake.take(entry, self):
            self.refuse(503)

    def answer(self, index: int) -> None:
        """The entry is durable and in the tree."""
        self._waits, self._answered = False, True
        if self._transport is None:
            return
        text = b"%d\n" % index
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%b" % (len(text), text)
        )
        if self._data:
            self._transport.resume_reading()
            self._next()

    def refuse(self, status: int) -> None:
        """Say why, and hang up."""
        if self._transport is not None:
            self._transport.write(_refusal(status))
            self._transport.close()

    def hang_up(self) -> None:
        """Close, once what was written has gone out."""
        if self._transport is not None:
            self._transport.close()


def serve_intake(
    address: tuple[str, int],
    ahead: Ahead,
    publish: Callable[[Log], object],
    *,
    ready: Callable[[tuple[str, int]], None],
    every_s: float = 1.0,
) -> None:
    """Take entries until interrupted."""
    Intake(ahead, publish, every_s=every_s).run(address, ready)
