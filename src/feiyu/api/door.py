"""A connection of the port's server: small calls go to the gateway, everything else to uvicorn's own protocol.

A connection that brings anything but plain small calls is uvicorn's from that byte on, and stays so: no state of a parser is
ever shared between the two.

Rules this module keeps:
 * one call at a time is with the gateway; what the gateway declines is handed on whole, as it came;
 * bounded: bytes that wait, and the time in which a connection must have finished a call;
 * while the peer reads no answers, no further call of its is taken.

Source: RFC 9112 sections 2, 6 and 9.3.
"""

import secrets
from asyncio import AbstractEventLoop, TimerHandle
from typing import Any

from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from feiyu.api.gateway import MAX_BODY, MAX_HEAD, START, Gateway

IDLE_S = 30
MOST = 2 * (MAX_HEAD + MAX_BODY)
_TRACES_AT_ONCE = 512


def door(gateway: Gateway, headers: dict[str, str]) -> type[HttpToolsProtocol]:
    """The protocol for ``uvicorn.Config(http=…)``; ``headers`` stand on every answer."""
    said = "".join(f"{name.lower()}: {value}\r\n" for name, value in headers.items())
    start = f"HTTP/1.1 201 Created\r\n{said}content-type: application/json\r\n".encode()

    class Bound(Door):
        _gateway = gateway
        _start = start
        _traces: list[bytes] = []  # noqa: RUF012 - of all connections: drawn many at once

    return Bound


class Door(HttpToolsProtocol):
    """Reads plain small calls itself."""

    _gateway: Gateway
    _start: bytes
    _traces: list[bytes]

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._data = b""
        self._taken = 0  # bytes of the call that is with the gateway
        self._handed = self._ending = self._finished = False
        self._timer: TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        """Begin with a call that is here, wait for the rest of one, or hand on."""
        if self._handed:
            super().data_received(data)
            return
        self._data += data
        if self._timer is None:
            self._timer = self.loop.call_later(IDLE_S, self._linger)
        if not self._taken:
            self._next()
        if len(self._data) > MOST:
            self.flow.pause_reading()

    def _next(self) -> None:
        data = self._data
        if not data or self.flow.write_paused:
            return
        end = data.find(b"\r\n\r\n") + 4
        if end < 4:
            if len(data) > MAX_HEAD or not (data.startswith(START) or START.startswith(data)):
                self._hand_on()
            return
        head = self._gateway.head(data[:end])
        if head is None:
            self._hand_on()
            return
        whole = end + head.length
        if len(data) >= whole:
            self._taken = whole
            if not self._gateway.take(head.authorization, data[end:whole], self):
                self._hand_on()

    def _hand_on(self) -> None:
        """All that was not answered is uvicorn's, and what comes after it."""
        self._handed, data, self._data, self._taken = True, self._data, b"", 0
        self._rest()
        self.flow.resume_reading()
        super().data_received(data)

    def answer(self, event_id: str) -> None:
        """Send the event's id, and go on with what has come meanwhile."""
        self._data, self._taken, self._finished = self._data[self._taken :], 0, True
        if self.transport.is_closing():
            return
        body = b'{"event_id":"%b"}' % event_id.encode()
        said = b"".join([b"%b: %b\r\n" % pair for pair in self.server_state.default_headers])
        last = b"connection: close\r\n" if self._ending else b""
        self.transport.write(
            b"%bcontent-length: %d\r\nx-feiyu-trace: %b\r\n%b%b\r\n%b"
            % (self._start, len(body), self._trace(), said, last, body)
        )
        if self._ending:
            self.transport.close()
        elif self._data:
            self.flow.resume_reading()
            self._next()

    def decline(self) -> None:
        """Let the application answer."""
        if not self.transport.is_closing():
            self._hand_on()
            if self._ending:
                super().shutdown()

    def _trace(self) -> bytes:
        """A trace id as the application gives one."""
        if not self._traces:
            drawn = secrets.token_hex(8 * _TRACES_AT_ONCE).encode()
            self._traces.extend(drawn[at : at + 16] for at in range(0, len(drawn), 16))
        return self._traces.pop()

    def resume_writing(self) -> None:
        """The peer reads again."""
        super().resume_writing()
        if not self._handed and not self._taken:
            self.flow.resume_reading()
            self._next()

    def shutdown(self) -> None:
        """End after the answer that is under way."""
        if self._taken:
            self._ending = True
        else:
            super().shutdown()

    def connection_lost(self, exc: Exception | None) -> None:
        """The peer is gone; what is with the gateway is recorded all the same."""
        self._rest()
        super().connection_lost(exc)

    def _linger(self) -> None:
        """Hang up on whoever finished no call since the last look."""
        self._timer = None
        if self._finished or self._taken:
            self._finished = False
            self._timer = self.loop.call_later(IDLE_S, self._linger)
        else:
            self.transport.close()

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
