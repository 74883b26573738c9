"""The data plane's listener: a thread per connection, bounded, no web framework.

``/v1/transfers/{id}/segments/{n}``: ``HEAD`` and ``PATCH`` as IETF resumable uploads have them, ``GET`` with ``Range``.
It decides nothing itself; every byte is asked of its ``Gate``.

Rules this module keeps:
 * connections, heads, pieces and waiting times have limits; above the number of connections the answer is 503;
 * every refusal is an RFC 9457 body in both languages, and ends the connection;
 * a fault answers 500 without detail and is logged with its trace.

Why threads: ``recv_into`` and ``pwrite`` release the interpreter lock, and a byte costs a tenth of what it does
through an event loop (docs/adr/0040).
"""

import logging
import re
import socket
import ssl
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

from feiyu.base.errors import FeiyuError
from feiyu.base.text import Text
from feiyu.wire.downloads import Downloads
from feiyu.wire.errors import BadRequest, MethodNotAllowed, NoSuchPath, NoToken, TooManyConnections
from feiyu.wire.gate import Gate
from feiyu.wire.limits import PIECE_BYTES, Limits
from feiyu.wire.message import Address, Closed, Connection, Request
from feiyu.wire.uploads import Refused, Uploads

_PATH = re.compile(r"/v1/transfers/([A-Za-z0-9][A-Za-z0-9_-]{0,63})/segments/(0|[1-9][0-9]{0,8})")
_SOCKET_BUFFER = 4 << 20
_log = logging.getLogger(__name__)


class WireServer:
    """Serves until ``close``. ``address`` is known after construction; port 0 takes a free one."""

    def __init__(
        self,
        gate: Gate,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        limits: Limits | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._uploads = Uploads(gate, self.limits)
        self._downloads = Downloads(gate)
        self._tls = tls
        self._places = threading.BoundedSemaphore(self.limits.connections)
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._listener = socket.create_server((host, port), backlog=128, reuse_port=False)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SOCKET_BUFFER)
        self.address: tuple[str, int] = self._listener.getsockname()[:2]
        self._acceptor = threading.Thread(target=self._accept, name="wire-accept", daemon=True)

    @property
    def url(self) -> str:
        """Where clients reach it."""
        scheme = "https" if self._tls else "http"
        return f"{scheme}://{self.address[0]}:{self.address[1]}"

    def start(self) -> Self:
        """Begin to accept."""
        self._acceptor.start()
        return self

    def close(self) -> None:
        """Stop accepting and end every connection; what was received is kept and promised."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for sock in self._open:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
        if self._acceptor.is_alive():
            self._acceptor.join(timeout=5)
        for _ in range(self.limits.connections):
            if not self._places.acquire(timeout=5):
                _log.warning("a connection did not end in time")
                break

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                if self._stopping.is_set():
                    return
                _log.warning("accept failed", exc_info=True)
                self._stopping.wait(0.1)  # out of descriptors: wait for some to come back
                continue
            if not self._places.acquire(blocking=False):
                self._turn_away(sock)
                continue
            with self._lock:
                self._open.add(sock)
            threading.Thread(target=self._connection, args=(sock,), name="wire", daemon=True).start()

    def _turn_away(self, sock: socket.socket) -> None:
        """Say 503 to one client too many; without waiting for anything it sends."""
        with suppress(OSError), sock:
            if not self._tls:
                sock.settimeout(0.5)
                Connection(sock, self.limits).refuse(TooManyConnections(), {"Retry-After": "1"})

    def _connection(self, plain: socket.socket) -> None:
        sock = plain
        try:
            with suppress(OSError):
                plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                plain.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SOCKET_BUFFER)
                if self._tls:
                    plain.settimeout(self.limits.head_timeout_s)
                    sock = self._tls.wrap_socket(plain, server_side=True)
                self._serve(Connection(sock, self.limits))
        finally:
            with self._lock:
                self._open.discard(plain)
            with suppress(OSError):
                sock.close()
            self._places.release()

    def _serve(self, link: Connection) -> None:
        piece = bytearray()
        while not self._stopping.is_set():
            request = None
            try:
                request = link.read_request()
                if request is None:
                    return
                if request.method in ("PATCH", "GET") and not piece:
                    piece = bytearray(PIECE_BYTES)
                self._dispatch(link, request, piece)
                if link.unread or not request.keep_alive:
                    return
            except Closed:
                return
            except Refused as refused:
                if refused.error is not None:
                    self._refuse(link, request, refused.error, refused.headers)
                return
            except FeiyuError as error:
                self._refuse(link, request, error, {})
                return
            except OSError:
                return  # the client has gone while we were answering
            except Exception:  # noqa: BLE001 (a fault: answered 500 and logged with its trace)
                _log.exception("a fault in the data plane")
                link.answer(500, {"Connection": "close"})
                return

    def _refuse(
        self, link: Connection, request: Request | None, error: FeiyuError, headers: dict[str, str]
    ) -> None:
        link.refuse(error, headers, head_only=request is not None and request.method == "HEAD")
        link.linger()

    def _dispatch(self, link: Connection, request: Request, piece: bytearray) -> None:
        match = _PATH.fullmatch(request.path)
        if not match:
            raise NoSuchPath(ident=request.path[:80])
        if request.method not in ("HEAD", "GET", "PATCH"):
            raise MethodNotAllowed(method=request.method[:20])
        token = request.token()
        if token is None:
            raise NoToken
        if request.method != "PATCH" and link.unread:
            raise BadRequest(reason=Text(f"{request.method} 请求没有内容", f"{request.method} has no body"))
        address = Address(match[1], int(match[2]), token)
        if request.method == "HEAD":
            self._uploads.head(link, address)
        elif request.method == "PATCH":
            self._uploads.patch(link, request, address, piece)
        else:
            self._downloads.get(link, request, address, piece)
