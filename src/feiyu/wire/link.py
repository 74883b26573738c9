"""A client's connection: connect, ask, read answers.

Rules this module keeps:
 * an answer counts only when its head arrived whole: a line cut in the middle of a number is a break, not a number;
 * the token goes into the Authorization header only, never into a path or an error;
 * heads and problem bodies have limits.
"""

import base64
import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from feiyu.base.errors import BadInput
from feiyu.base.text import Text
from feiyu.wire.errors import BadAnswer
from feiyu.wire.retry import MAX_PROBLEM_BYTES, Patience, problem
from feiyu.wire.tls import client_context

BROKEN = (OSError,)
_MAX_HEAD_BYTES = 32 * 1024
_STATUS = re.compile(rb"HTTP/1\.1 ([1-5][0-9]{2})(?: [^\r\n]*)?")
_SOCKET_BUFFER = 4 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a server's data plane is."""

    host: str
    port: int
    tls: ssl.SSLContext | None = field(default=None, repr=False)
    prefix: str = ""

    @classmethod
    def of(cls, url: str, *, tls: ssl.SSLContext | None = None) -> "Endpoint":
        """Read ``http://host:port`` or ``https://…``; for the latter the system's trust store, unless one is given."""
        try:
            parts = urlsplit(url)
            port, fits = parts.port, parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            fits = False
        if not fits:
            raise BadInput(
                reason=Text(
                    f"不是 http 或 https 地址：{url[:200]}", f"not an http or https address: {url[:200]}"
                )
            )
        secure = parts.scheme == "https"
        return cls(
            host=parts.hostname or "",
            port=port or (443 if secure else 80),
            tls=(tls or client_context()) if secure else None,
            prefix=parts.path.rstrip("/"),
        )

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's head."""

    status: int
    headers: Mapping[str, str]

    def number(self, name: str) -> int:
        """A header's whole number."""
        value = self.headers.get(name, "")
        if not (value.isascii() and value.isdigit() and len(value) <= 15):
            raise BadAnswer(reason=Text(f"缺少 {name}", f"no {name}"))
        return int(value)

    def offset(self) -> int:
        """The promised offset."""
        return self.number("upload-offset")

    def complete(self) -> bool:
        """Whether the segment is complete."""
        return self.headers.get("upload-complete") == "?1"

    def root(self) -> bytes | None:
        """The root of the segment's subtree, as the server computed it."""
        return self.blob("feiyu-segment-root")

    def blob(self, name: str) -> bytes | None:
        """A header's bytes, ``:base64:``; None when it is absent."""
        value = self.headers.get(name)
        if value is None:
            return None
        try:
            return base64.b64decode(value.strip(":"), validate=True)
        except ValueError:
            raise BadAnswer(reason=Text(f"{name} 不是 base64", f"{name} is not base64")) from None


def _parse(head: bytes) -> Answer:
    lines = head.split(b"\r\n")
    match = _STATUS.fullmatch(lines[0])
    if not match:
        raise BadAnswer(reason=Text("应答不是 HTTP/1.1", "it does not speak HTTP/1.1"))
    headers: dict[str, str] = {}
    for line in lines[1:]:
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon or name.lower() in headers:
            raise BadAnswer(reason=Text("有请求头格式不符或重复", "a header is malformed or doubled"))
        headers[name.lower()] = value.strip(" \t")
    return Answer(int(match[1]), headers)


class Link:
    """One connection to the server, made when first needed and again after it broke."""

    def __init__(self, endpoint: Endpoint, token: str, patience: Patience) -> None:
        if not token.isascii() or not token.isprintable() or " " in token:
            raise BadInput(
                reason=Text(
                    "令牌须为不含空格的可打印 ASCII 字符", "a token is printable ASCII without spaces"
                )
            )
        self._endpoint = endpoint
        self._token = token
        self._patience = patience
        self._sock: socket.socket | None = None
        self._ahead = b""

    @property
    def sock(self) -> socket.socket:
        """The connected socket."""
        if self._sock is None:
            where, patience = self._endpoint, self._patience
            sock = socket.create_connection((where.host, where.port), timeout=patience.connect_timeout_s)
            try:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SOCKET_BUFFER)
                if where.tls:
                    sock = where.tls.wrap_socket(sock, server_hostname=where.host)
                sock.settimeout(patience.answer_timeout_s)
            except BaseException:
                sock.close()
                raise
            self._sock, self._ahead = sock, b""
        return self._sock

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None) -> None:
        """Send a request's head."""
        shown = {
            "Host": str(self._endpoint),
            "Authorization": f"Bearer {self._token}",
            **(headers or {}),
        }
        lines = [
            f"{method} {self._endpoint.prefix}{path} HTTP/1.1",
            *(f"{name}: {shown[name]}" for name in shown),
        ]
        self.sock.sendall("\r\n".join((*lines, "", "")).encode("latin-1"))

    def answer(self, *, body: bool = True) -> Answer:
        """Read an answer's head; ``body`` tells whether one follows (none does after ``HEAD``).

        Raises:
            Stopped: the server refused.
            OSError: the line broke; the next ``ask`` connects anew.
        """
        head = self._ahead
        while (end := head.find(b"\r\n\r\n")) < 0:
            if len(head) > _MAX_HEAD_BYTES:
                raise BadAnswer(reason=Text("应答头过长", "its head is too long"))
            more = self.sock.recv(16 * 1024)
            if not more:
                raise ConnectionResetError("the connection ended inside an answer")
            head += more
        self._ahead = head[end + 4 :]
        answer = _parse(head[:end])
        if answer.status >= 300 or answer.status < 200:
            said = answer.blob("feiyu-problem") or (self._said(answer) if body else b"")
            self.close()
            raise problem(answer.status, said)
        return answer

    def _said(self, answer: Answer) -> bytes:
        """The body of a refusal."""
        said = bytearray(min(answer.number("content-length"), MAX_PROBLEM_BYTES))
        got = 0
        while got < len(said):
            got += self.read_some(memoryview(said)[got:])
        return bytes(said)

    def read_some(self, view: memoryview) -> int:
        """Read the next bytes of the answer's body into ``view``; a connection that ends here is a break."""
        got = min(len(self._ahead), len(view))
        if got:
            view[:got] = self._ahead[:got]
            self._ahead = self._ahead[got:]
            return got
        got = self.sock.recv_into(view)
        if not got:
            raise ConnectionResetError("the connection ended inside a body")
        return got

    def close(self) -> None:
        """Drop the connection; the next ``ask`` makes a new one."""
        if self._sock is not None:
            self._sock.close()
            self._sock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
