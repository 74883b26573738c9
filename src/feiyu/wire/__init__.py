"""Move opaque segments, resumably, between a client and a server that asks a gate about every piece. An engine."""

from feiyu.wire.downloader import Downloader, WantedSegment, verify_segment
from feiyu.wire.gate import DownloadSource, Gate, SegmentDigest, UploadTarget
from feiyu.wire.limits import PIECE_BYTES, SEGMENT_BYTES, Limits
from feiyu.wire.link import Endpoint
from feiyu.wire.pace import Pace, Road, Window, Wish
from feiyu.wire.retry import Patience
from feiyu.wire.segment import Promise, SegmentWriter, discard, promise_of
from feiyu.wire.server import WireServer
from feiyu.wire.tls import client_context, server_context
from feiyu.wire.uploader import Progress, SentSegment, Uploader

__all__ = [
    "PIECE_BYTES",
    "SEGMENT_BYTES",
    "DownloadSource",
    "Downloader",
    "Endpoint",
    "Gate",
    "Limits",
    "Pace",
    "Patience",
    "Progress",
    "Promise",
    "Road",
    "SegmentDigest",
    "SegmentWriter",
    "SentSegment",
    "UploadTarget",
    "Uploader",
    "WantedSegment",
    "Window",
    "WireServer",
    "Wish",
    "client_context",
    "discard",
    "promise_of",
    "server_context",
    "verify_segment",
]
