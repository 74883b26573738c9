"""The log's own listener for entries: ``POST /add`` answers an entry's index once it is durable and part of the tree.

For sources that keep no journal of their own: a device hall, another language. What comes at once goes into one batch.

Rules this module keeps:
 * an index is answered only after tiles and head are flushed; a failure answers every waiting request with 503 and
   ends the intake, for nobody knows what the disk holds;
 * limits come before reading: the request head, the entry, how many connections and how many entries may wait; what
   exceeds them is refused by name and nothing is kept;
 * one thread appends; a second publishes what was appended, without holding it up;
 * entries are taken as they are. Who may send them is the caller's affair: it listens on loopback or behind a proxy.

Source: C2SP tlog-tiles (an entry has at most 65,535 bytes).
"""

import asyncio
import re
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from feiyu.base.errors import FeiyuError
from feiyu.evidence.log import Log
from feiyu.evidence.tiles import MAX_ENTRY_BYTES

_log = structlog.get_logger("feiyu.intake")
MAX_HEAD = 8192
MAX_WAITING = 65_536
MAX_CONNECTIONS = 4096
AT_ONCE = 4096
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


@dataclass(slots=True)
class _Waiting:
    """An entry and the connection that waits for its index."""

    entry: bytes
    connection: "_Connection"


class Intake:
    """Appends what connections hand in; ``publish`` makes the head public (sign, take to witnesses, replace)."""

    def __init__(self, log: Log, publish: Callable[[Log], object], *, every_s: float = 1.0) -> None:
        self._log = log
        self._publish = publish
        self._every_s = every_s
        self._queue: deque[_Waiting] = deque()
        self._wake = threading.Event()
        self._over = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.connections = 0
        self.failed = False
        self._ended = asyncio.Event()

    def take(self, entry: bytes, connection: "_Connection") -> bool:
        """Queue an entry; whether there was room."""
        if self.failed or len(self._queue) >= MAX_WAITING:
            return False
        self._queue.append(_Waiting(entry, connection))
        if not self._wake.is_set():
            self._wake.set()
        return True

    async def serve(self, host: str, port: int, ready: Callable[[tuple[str, int]], None]) -> None:
        """Listen until cancelled, or until the log fails."""
        loop = self._loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Connection(self), host, port, backlog=1024)
        threads = [threading.Thread(target=work, daemon=True) for work in (self._appending, self._publishing)]
        for thread in threads:
            thread.start()
        bound = server.sockets[0].getsockname()
        ready((bound[0], bound[1]))
        try:
            await self._ended.wait()
        finally:
            self._over.set()
            self._wake.set()
            server.close()
            for thread in threads:
                await asyncio.to_thread(thread.join)

    def _appending(self) -> None:
        assert self._loop is not None
        size = self._log.head.size
        while not self._over.is_set():
            self._wake.wait(1)
            self._wake.clear()
            while self._queue:
                batch = [self._queue.popleft() for _ in range(min(AT_ONCE, len(self._queue)))]
                try:
                    self._log.append([one.entry for one in batch], size)
                except FeiyuError as bad:
                    _log.critical("the log failed", reason=str(bad))
                    self.failed = True
                    self._loop.call_soon_threadsafe(_refuse_all, [*batch, *self._queue])
                    self._loop.call_soon_threadsafe(self._ended.set)
                    return
                self._loop.call_soon_threadsafe(_answer_all, batch, size)
                size += len(batch)

    def _publishing(self) -> None:
        while not self._over.wait(self._every_s):
            published = self._log.published
            if self._log.head.size == (published.checkpoint.size if published else 0):
                continue
            try:
                self._publish(self._log)
            except FeiyuError as bad:
                _log.warning("not published", reason=str(bad))


def _answer_all(batch: list[_Waiting], first: int) -> None:
    for index, one in enumerate(batch, first):
        one.connection.answer(index)


def _refuse_all(batch: list[_Waiting]) -> None:
    for one in batch:
        one.connection.refuse(503)


class _Connection(asyncio.Protocol):
    """One connection: requests one after another, kept alive."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._transport: asyncio.Transport | None = None
        self._data = b""
        self._waits = False
        self._since = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._intake.connections += 1
        self._since = asyncio.get_running_loop().time()
        if self._intake.connections > MAX_CONNECTIONS:
            self.refuse(503)
        self._linger()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the name is the base class's
        self._intake.connections -= 1
        self._transport = None
        if self._timer is not None:
            self._timer.cancel()

    def _linger(self) -> None:
        """Hang up on whoever has not finished a request within ``IDLE_S`` of the answer before."""
        loop = asyncio.get_running_loop()
        if self._transport is not None and not self._waits and loop.time() - self._since >= IDLE_S:
            self._transport.close()
            return
        self._timer = loop.call_later(IDLE_S, self._linger)

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
        self._waits = False
        if self._transport is None:
            return
        self._since = asyncio.get_running_loop().time()
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


def serve_intake(
    address: tuple[str, int],
    log: Log,
    publish: Callable[[Log], object],
    *,
    ready: Callable[[tuple[str, int]], None],
    every_s: float = 1.0,
) -> None:
    """Take entries until interrupted."""
    asyncio.run(Intake(log, publish, every_s=every_s).serve(*address, ready))
