"""A gate over a folder: the wire's checks without a port, for tests and benches.

It implements the whole contract of ``feiyu.wire.gate``: one token, segments in ``<folder>/<transfer>/<n>.seg``, a
revocation that stops the next piece. ``python -m feiyu.testing.wire FOLDER`` serves one in its own process.
"""

import sys
import threading
from pathlib import Path

from feiyu.base import nouns
from feiyu.base.errors import Conflict, NotFound, Unauthenticated
from feiyu.base.text import Text
from feiyu.wire import DownloadSource, Limits, SegmentDigest, UploadTarget, WireServer, promise_of

TOKEN = "loopback-token"  # noqa: S105 (a test's token)


class GrantRevoked(Conflict):
    """The grant was revoked while bytes were crossing."""

    code = "TEST-0001"
    message = Text("授权已撤销。", "The grant was revoked.")
    hint = Text("请联系授权人。", "Ask whoever granted it.")


class FolderGate:
    """Accepts and releases whatever the token asks for, until revoked."""

    def __init__(self, folder: Path, *, max_bytes: int = 64 << 20, size_bytes: int | None = None) -> None:
        self.folder = folder
        self.max_bytes = max_bytes
        self.size_bytes = size_bytes
        self.revoked = threading.Event()
        self.revoke_after_bytes: int | None = None
        self.authorized = 0
        self.accepted: list[tuple[int, int, int]] = []
        self.released: list[tuple[int, int, int]] = []
        self.completed: dict[int, SegmentDigest] = {}
        self._lock = threading.Lock()

    def path(self, transfer_id: str, segment: int) -> Path:
        """Where a segment lies."""
        return self.folder / transfer_id / f"{segment:06d}.seg"

    def authorize_upload(self, token: str, transfer_id: str, segment: int) -> UploadTarget:
        """Check the token."""
        self._check(token)
        path = self.path(transfer_id, segment)
        return UploadTarget(path=path, max_bytes=self.max_bytes, size_bytes=self.size_bytes)

    def before_accept(self, transfer_id: str, segment: int, offset: int, length: int) -> None:  # noqa: ARG002
        """Refuse once revoked."""
        self._count(self.accepted, segment, offset, length)

    def segment_complete(self, transfer_id: str, segment: int, digest: SegmentDigest) -> None:  # noqa: ARG002
        """Remember what the server computed."""
        self.completed[segment] = digest

    def authorize_download(self, token: str, transfer_id: str, segment: int) -> DownloadSource:
        """Check the token; only complete segments are there to be read."""
        self._check(token)
        path = self.path(transfer_id, segment)
        promise = promise_of(path)
        if not promise.complete:
            raise NotFound(what=nouns.SEGMENT, ident=segment)
        return DownloadSource(path=path, size_bytes=promise.offset, root=promise.root)

    def before_release(
        self, source: DownloadSource, transfer_id: str, segment: int, offset: int, length: int  # noqa: ARG002
    ) -> None:  # fmt: skip
        """Refuse once revoked."""
        self._count(self.released, segment, offset, length)

    def _check(self, token: str) -> None:
        if token != TOKEN:
            raise Unauthenticated
        if self.revoked.is_set():
            raise GrantRevoked(reason=Text("已撤销", "revoked"))
        self.authorized += 1

    def _count(self, seen: list[tuple[int, int, int]], segment: int, offset: int, length: int) -> None:
        with self._lock:
            if self.revoke_after_bytes is not None and sum(n for *_, n in seen) >= self.revoke_after_bytes:
                self.revoked.set()
            if self.revoked.is_set():
                raise GrantRevoked(reason=Text("已撤销", "revoked"))
            seen.append((segment, offset, length))


def main() -> None:
    """Serve FOLDER [SYNC_BYTES]; the port is the first line of output; ends when standard input is closed."""
    limits = Limits(sync_bytes=int(sys.argv[2])) if sys.argv[2:] else Limits()
    with WireServer(FolderGate(Path(sys.argv[1])), limits=limits) as server:
        sys.stdout.write(f"{server.address[1]}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
