"""Requests and answers on one socket: the small part of HTTP/1.1 that the data plane speaks.

Rules this module keeps:
 * a head has a size, a number of headers and a deadline; whoever trickles it in is cut off;
 * a body has a stated length; chunked bodies, folded headers and doubled lengths are refused, so no two readers of the
   same bytes can disagree about where a request ends;
 * after an early answer the rest of the body is drained for a moment, so that the client reads the answer and not a
   broken connection.

Sources: RFC 9112; RFC 9457; RFC 9651 (booleans ``?0`` and ``?1``).
"""

import base64
import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

from feiyu.base import canonical
from feiyu.base.clock import monotonic_s
from feiyu.base.content import HASHES, SHA256
from feiyu.base.errors import FeiyuError
from feiyu.base.text import Lang, Text
from feiyu.wire.errors import BadRequest, HeadTooLarge, Timeout
from feiyu.wire.limits import Limits

_TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_DIGITS = re.compile(r"[0-9]{1,15}")
_REASONS = {
    200: "OK", 204: "No Content", 206: "Partial Content", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
    404: "Not Found", 405: "Method Not Allowed", 408: "Request Timeout", 409: "Conflict", 410: "Gone",
    413: "Content Too Large", 416: "Range Not Satisfiable", 422: "Unprocessable Content", 429: "Too Many Requests",
    431: "Request Header Fields Too Large", 500: "Internal Server Error", 503: "Service Unavailable",
    507: "Insufficient Storage",
}  # fmt: skip


class Closed(Exception):
    """The connection ended where more was due."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request's head."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def number(self, name: str) -> int | None:
        """A header's whole number, None when it is absent."""
        value = self.headers.get(name)
        if value is None:
            return None
        if not _DIGITS.fullmatch(value):
            raise BadRequest(reason=Text(f"{name} 不是整数", f"{name} is not a whole number"))
        return int(value)

    def flag(self, name: str) -> bool | None:
        """A header's structured boolean, None when it is absent."""
        value = self.headers.get(name)
        if value not in (None, "?0", "?1"):
            raise BadRequest(reason=Text(f"{name} 须为 ?0 或 ?1", f"{name} is neither ?0 nor ?1"))
        return None if value is None else value == "?1"

    def token(self) -> str | None:
        """The bearer token."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() or None if scheme.lower() == "bearer" else None

    def sha256(self) -> bytes | None:
        """The sha-256 of ``Content-Digest``, None when it is absent."""
        for item in self.headers.get("content-digest", "").split(","):
            name, _, value = item.strip().partition("=")
            if name == "sha-256":
                try:
                    digest = base64.b64decode(value.strip(":"), validate=True)
                except ValueError:
                    digest = b""
                if len(digest) != 32:
                    raise BadRequest(
                        reason=Text("Content-Digest 中没有 SHA-256", "Content-Digest holds no SHA-256")
                    )
                return digest
        return None

    def tree(self) -> str:
        """The hash of the content tree that the sealer built: ``Feiyu-Tree``, SHA-256 when it is absent."""
        name = self.headers.get("feiyu-tree", SHA256)
        if name not in HASHES:
            raise BadRequest(
                reason=Text(
                    f"Feiyu-Tree 可选：{', '.join(HASHES)}", f"Feiyu-Tree is one of {', '.join(HASHES)}"
                )
            )
        return name

    @property
    def keep_alive(self) -> bool:
        """Whether the client wants to go on with this connection."""
        return self.headers.get("connection", "").lower() != "close"


@dataclass(frozen=True, slots=True)
class Address:
    """What a request is about, and who asks."""

    transfer_id: str
    segment: int
    token: str = field(repr=False)


def parse_head(head: bytes, limits: Limits) -> Request:
    """Read a request's head, without its final empty line."""
    lines = head.split(b"\r\n")
    if len(lines) - 1 > limits.headers:
        raise HeadTooLarge(what=Text("请求头的数量", "headers"), size=len(lines) - 1, limit=limits.headers)
    parts = lines[0].split(b" ")
    if (
        len(parts) != 3
        or parts[2] != b"HTTP/1.1"
        or not _TOKEN.fullmatch(parts[0])
        or b"\n" in head.replace(b"\r\n", b"")
    ):
        raise BadRequest(reason=Text("请求行不是 HTTP/1.1", "the request line is not HTTP/1.1"))
    headers: dict[str, str] = {}
    for line in lines[1:]:
        name, colon, value = line.partition(b":")
        key = name.decode("latin-1").lower()
        if not colon or not _TOKEN.fullmatch(name):
            raise BadRequest(reason=Text("有请求头格式不符", "a header line is malformed"))
        if key in headers:
            raise BadRequest(
                reason=Text(f"请求头 {key[:40]} 重复出现", f"the header {key[:40]} stands twice")
            )
        headers[key] = value.strip(b" \t").decode("latin-1")
    if "transfer-encoding" in headers:
        raise BadRequest(
            reason=Text(
                "须使用 Content-Length，不能使用 Transfer-Encoding",
                "a Content-Length is wanted, not Transfer-Encoding",
            )
        )
    return Request(parts[0].decode(), parts[1].decode("latin-1"), headers)


class Connection:
    """A client's socket with what was read ahead of it."""

    def __init__(self, sock: socket.socket, limits: Limits) -> None:
        self.sock = sock
        self.limits = limits
        self.unread = 0
        self._ahead = b""
        self._served = False

    def read_request(self) -> Request | None:
        """The next request; None when the client has closed between two requests."""
        head = self._ahead
        waited_for = self.limits.idle_timeout_s if self._served and not head else self.limits.head_timeout_s
        deadline = monotonic_s() + waited_for
        while (end := head.find(b"\r\n\r\n")) < 0:
            if len(head) > self.limits.head_bytes:
                raise HeadTooLarge(
                    what=Text("请求头的字节数", "bytes"), size=len(head), limit=self.limits.head_bytes
                )
            more = self._recv(deadline)
            if not more:
                if head:
                    raise Closed
                return None
            if not head:
                deadline = monotonic_s() + self.limits.head_timeout_s
            head += more
        if end > self.limits.head_bytes:
            raise HeadTooLarge(what=Text("请求头的字节数", "bytes"), size=end, limit=self.limits.head_bytes)
        self._ahead = head[end + 4 :]
        self.unread = 0
        self._served = True
        request = parse_head(head[:end], self.limits)
        self.unread = request.number("content-length") or 0
        if request.headers.get("expect", "").lower() == "100-continue":
            self.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        return request

    def _recv(self, deadline: float) -> bytes:
        left = deadline - monotonic_s()
        if left <= 0:
            raise Timeout(what=Text("请求头", "head"))
        self.sock.settimeout(left)
        try:
            return self.sock.recv(16 * 1024)
        except TimeoutError:
            raise Timeout(what=Text("请求头", "head")) from None
        except (ConnectionError, ssl.SSLError):
            return b""

    def read_piece(self, view: memoryview) -> int:
        """Fill ``view`` from the body; less when the client is gone or too slow (then ``unread`` tells)."""
        want = min(len(view), self.unread)
        got = min(len(self._ahead), want)
        view[:got] = self._ahead[:got]
        self._ahead = self._ahead[got:]
        deadline = monotonic_s() + self.limits.piece_timeout_s
        while got < want and (left := deadline - monotonic_s()) > 0:
            self.sock.settimeout(left)
            try:
                n = self.sock.recv_into(view[got:want])
            except (TimeoutError, ConnectionError, ssl.SSLError):
                n = 0
            if n == 0:
                break
            got += n
        self.unread -= got
        return got

    def answer(
        self,
        status: int,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        *,
        length: int | None = None,
    ) -> None:
        """Send an answer's head and, when given, its body; ``length`` where the body follows (or is only described)."""
        lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'Refused')}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        if status != 204:
            lines.append(f"Content-Length: {len(body) if length is None else length}")
        self.sock.settimeout(self.limits.piece_timeout_s)
        self.sock.sendall("\r\n".join((*lines, "", "")).encode("latin-1") + body)

    def refuse(
        self, error: FeiyuError, headers: Mapping[str, str] | None = None, *, head_only: bool = False
    ) -> None:
        """Answer with the problem's body (both languages in it) and say that the connection ends."""
        body = canonical.dumps(error.problem(Lang.EN))
        shown = {
            "Content-Type": "application/problem+json",
            "Content-Language": "en, zh",
            "Connection": "close",
            **(headers or {}),
        }
        if head_only:  # an answer to HEAD has no body, and the client is to learn all the same why
            shown["Feiyu-Problem"] = f":{base64.b64encode(body).decode()}:"
        if error.http_status == 401:
            shown["WWW-Authenticate"] = "Bearer"
        self.answer(error.http_status, shown, b"" if head_only else body, length=len(body))

    def linger(self) -> None:
        """Drain for a moment what the client is still sending, so that it gets to read the answer."""
        deadline = monotonic_s() + self.limits.linger_s
        try:
            self.sock.shutdown(socket.SHUT_WR)
            while (left := deadline - monotonic_s()) > 0:
                self.sock.settimeout(left)
                if not self.sock.recv(1 << 16):
                    break
        except OSError:
            return
