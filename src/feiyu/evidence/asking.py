"""Ask another server over HTTP, within limits: a size, and one time for the whole answer, however slowly it comes.

What the library calls a timeout is for one piece. A witness, an authority or a log that sends a byte now and then would hold
publishing, or a monitor, for as long as it likes.
"""

import http.client
import io
import socket
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, Request, build_opener

from feiyu.base.clock import monotonic_s

NO_ANSWER = (OSError, ValueError, http.client.HTTPException)
"""What is raised where an answer does not come, is none, or ends early."""


class Reply(NamedTuple):
    """What was answered: the body up to one byte beyond its limit."""

    status: int
    type: str
    body: bytes


def ask(
    url: str,
    method: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    *,
    limit: int,
    timeout_s: float,
) -> Reply:
    """One request to the address itself: no redirection is followed. Raises one of ``NO_ANSWER``."""
    place = urlsplit(url)
    kind = _Secure if place.scheme == "https" else _Plain
    connection = kind(place.hostname or "", place.port, timeout=timeout_s)
    target = (place.path or "/") + (f"?{place.query}" if place.query else "")
    try:
        connection.request(method, target, body, dict(headers or {}))
        answer = connection.getresponse()
        return Reply(answer.status, answer.getheader("Content-Type", "") or "", whole(answer, limit))
    finally:
        connection.close()


def whole(answer: Any, limit: int) -> bytes:
    """The body of an answer, up to one byte beyond its limit."""
    data: bytes = answer.read(limit + 1)
    if answer.length and len(data) <= limit:
        raise http.client.IncompleteRead(data, answer.length)
    return data


class _Pieces(io.RawIOBase):
    """What comes from a socket until its time is over."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._file = sock, sock.makefile("rb", buffering=0)
        self._end = monotonic_s() + (sock.gettimeout() or 0)

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int | None:
        left = self._end - monotonic_s()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)
        return self._file.readinto(into)

    def close(self) -> None:
        self._file.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **named: Any) -> None:
        super().__init__(sock, *args, **named)
        self.fp.close()
        self.fp = io.BufferedReader(_Pieces(sock))


class _Plain(http.client.HTTPConnection):
    response_class = _Answer


class _Secure(http.client.HTTPSConnection):
    response_class = _Answer


class _OpenPlain(HTTPHandler):
    def http_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(_Plain, req)


class _OpenSecure(HTTPSHandler):
    def https_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(_Secure, req)


urlopen = build_opener(_OpenPlain, _OpenSecure).open
"""As the library's: through the proxy of the environment, after redirections; each answer has its time."""
