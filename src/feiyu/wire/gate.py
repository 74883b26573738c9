"""The one question the wire asks before a byte is accepted or released.

The port implements it over grants, quotas and revocations; the tests and benches over a folder.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadTarget:
    """Where a segment goes, and how long it may become. ``size_bytes``, when known, is exact."""

    path: Path
    max_bytes: int
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadSource:
    """Where a complete segment lies. ``root`` (of its subtree), when known, is told to the client.

    ``own``: who asks is who sent it. The gate that said so is told again before each piece.
    """

    path: Path
    size_bytes: int
    root: bytes | None = None
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentDigest:
    """What the server computed while the segment arrived: its size and the root of its subtree."""

    size_bytes: int
    root: bytes


class Gate(Protocol):
    """Every method runs on a connection's thread and may raise any ``FeiyuError`` to stop; it is then the answer."""

    def authorize_upload(self, token: str, transfer_id: str, segment: int) -> UploadTarget:
        """Who may write this segment, and where to."""
        ...

    def before_accept(self, transfer_id: str, segment: int, offset: int, length: int) -> None:
        """Asked before each piece of at most 1 MiB is written."""
        ...

    def segment_complete(self, transfer_id: str, segment: int, digest: SegmentDigest) -> None:
        """Told once all bytes are durable and before the client is; told again, with the same, when asked again."""
        ...

    def authorize_download(self, token: str, transfer_id: str, segment: int) -> DownloadSource:
        """Who may read this segment, and where it lies."""
        ...

    def before_release(
        self, source: DownloadSource, transfer_id: str, segment: int, offset: int, length: int
    ) -> None:
        """Asked before each piece of at most 1 MiB is sent."""
        ...
