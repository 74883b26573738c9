"""A proxy on loopback that breaks connections where it is told to, for tests of resuming.

Rule this module keeps: it alters nothing; what it lets through is what was sent.
"""

import socket
import threading
from contextlib import suppress

from feiyu.wire import Endpoint


class Breaker:
    """A proxy that cuts its n-th connection after so many bytes toward the server (or back)."""

    def __init__(self, to: tuple[str, int]) -> None:
        self.to = to
        self.cuts_up: list[int] = []
        self.cuts_down: list[int] = []
        self.up_bytes = 0
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.endpoint = Endpoint(host="127.0.0.1", port=self._listener.getsockname()[1])
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            up = self.cuts_up.pop(0) if self.cuts_up else None
            down = self.cuts_down.pop(0) if self.cuts_down else None
            threading.Thread(target=self._connection, args=(client, up, down), daemon=True).start()

    def _connection(self, client: socket.socket, up: int | None, down: int | None) -> None:
        with client, suppress(OSError), socket.create_connection(self.to) as server:
            back = threading.Thread(target=self._pump, args=(server, client, down), daemon=True)
            back.start()
            self._pump(client, server, up, count=True)
            back.join()

    def _pump(
        self, source: socket.socket, sink: socket.socket, left: int | None, *, count: bool = False
    ) -> None:
        with suppress(OSError):
            while left is None or left > 0:
                data = source.recv(65536 if left is None else min(65536, left))
                if not data:
                    break
                sink.sendall(data)
                if count:
                    self.up_bytes += len(data)
                if left is not None:
                    left -= len(data)
        for sock in (source, sink):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Stop accepting."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)
