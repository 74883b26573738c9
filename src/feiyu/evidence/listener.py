"""A small HTTP listener for text and tiles: a witness, or a log without a web server in front of it.

Rules this module keeps:
 * bounded: connections, size of a body, time for a request;
 * it knows no path itself: one function turns a request into an answer; a fault there answers 500 without detail.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from typing import Any

_logger = logging.getLogger(__name__)
TEXT_TYPE = "text/plain; charset=utf-8"
MAX_CONNECTIONS = 64
REQUEST_TIMEOUT_S = 10
CONNECTION_TIMEOUT_S = 60.0
LINGER_S = 0.2


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer."""

    status: int
    body: bytes = b""
    content_type: str = TEXT_TYPE
    cache: str = "no-store"

    @classmethod
    def refusal(cls, status: int, reason: str) -> "Answer":
        """A refusal that says why."""
        return cls(status, f"{reason}\n".encode())


Answerer = Callable[[str, str, bytes], Answer]
"""Takes method, path and body."""


class Listener(ThreadingHTTPServer):
    """Answers with ``answer(method, path, body)``, one thread a connection, at most ``MAX_CONNECTIONS``."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self,
        address: tuple[str, int],
        answer: Answerer,
        *,
        max_body: int,
        closing: Callable[[], None] | None = None,
    ) -> None:
        """``closing`` is called once the listener is closed."""
        self.answer = answer
        self.max_body = max_body
        self._closing = closing
        self._places = threading.BoundedSemaphore(MAX_CONNECTIONS)
        super().__init__(address, _Handler)

    @property
    def bound(self) -> tuple[str, int]:
        """Where it listens."""
        host, port = self.server_address[:2]
        return str(host), int(port)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Take the connection if a place is free; else close it at once."""
        if not self._places.acquire(timeout=LINGER_S):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve one connection, for a limited time, and give its place back."""
        end = threading.Timer(CONNECTION_TIMEOUT_S, _hang_up, (request,))
        end.daemon = True
        end.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            end.cancel()
            self._places.release()

    def server_close(self) -> None:
        """Stop listening."""
        super().server_close()
        if self._closing:
            self._closing()

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: Any) -> None:
        """A peer that hangs up is no news."""


def _hang_up(connection: socket) -> None:
    with suppress(OSError):
        connection.shutdown(SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = REQUEST_TIMEOUT_S
    server_version = "Feiyu"
    sys_version = ""
    server: Listener

    def do_GET(self) -> None:
        self._reply(b"")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit() and len(length) <= 12):
            self._send(Answer.refusal(411, "a Content-Length is wanted"), close=True)
        elif int(length) > self.server.max_body:
            self._send(Answer.refusal(413, f"over {self.server.max_body} bytes"), close=True)
        else:
            self._reply(self.rfile.read(int(length)))

    def _reply(self, body: bytes) -> None:
        try:
            answer = self.server.answer(self.command, self.path, body)
        except Exception:
            _logger.exception("no answer to %s", self.command)
            self._send(Answer.refusal(500, "internal error"), close=True)
            return
        self._send(answer)

    def _send(self, answer: Answer, *, close: bool = False) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", answer.cache)
        if close:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: who asks a witness for what is nobody's business."""
