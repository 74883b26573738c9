"""When a client tries again, how long it waits, and when it gives up.

Rules this module keeps:
 * a refusal of the server surfaces with the server's code and texts; a broken line is tried again with growing pauses;
 * tries count anew whenever bytes were confirmed: a slow line is not an unreachable server.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from feiyu.base import canonical
from feiyu.base.clock import monotonic_s
from feiyu.base.errors import FeiyuError
from feiyu.base.said import said
from feiyu.base.text import Lang, Text
from feiyu.wire.errors import Cancelled, Stopped, Unreachable

RETRY_STATUS = frozenset({408, 429, 500, 502, 503, 504, 507})
RETRY_CODES = frozenset({"WIRE-0004", "WIRE-0005"})
MAX_PROBLEM_BYTES = 64 * 1024
LASTING_TRIES = 3
"""One broken connection is no server that is away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often and how long a client tries; as it stands here it bridges a server that is away for about a minute.

    ``tries`` count only while nothing is confirmed.
    """

    tries: int = 12
    first_pause_s: float = 0.1
    longest_pause_s: float = 10.0
    connect_timeout_s: float = 10.0
    answer_timeout_s: float = 130.0
    trouble: Callable[[Exception | None], None] | None = None
    """Told what is wrong once that lasts for more than a moment, and None when bytes are confirmed again."""


class Tries:
    """The tries of one piece of work."""

    def __init__(self, patience: Patience, cancel: threading.Event, endpoint: object) -> None:
        self._patience = patience
        self._cancel = cancel
        self._endpoint = endpoint
        self._failed = 0

    def progressed(self) -> None:
        """Something was confirmed: count anew."""
        if self._failed >= LASTING_TRIES and self._patience.trouble is not None:
            self._patience.trouble(None)
        self._failed = 0

    def failed(self, why: Exception) -> None:
        """Pause before the next try, or give up."""
        self._failed += 1
        if self._failed >= self._patience.tries:
            if isinstance(why, FeiyuError):
                raise why
            raise Unreachable(endpoint=self._endpoint, reason=said(why))
        if self._failed >= LASTING_TRIES and self._patience.trouble is not None:
            self._patience.trouble(why)
        pause = min(self._patience.first_pause_s * 2 ** (self._failed - 1), self._patience.longest_pause_s)
        if self._cancel.wait(pause):
            raise Cancelled


class Throttle:
    """A bandwidth limit that the connections of one transfer share."""

    def __init__(self, bytes_per_s: float | None) -> None:
        self._rate = bytes_per_s
        self._free_at = monotonic_s()
        self._lock = threading.Lock()

    def take(self, size: int, cancel: threading.Event) -> None:
        """Wait until ``size`` bytes may go."""
        if cancel.is_set():
            raise Cancelled
        if self._rate is None:
            return
        with self._lock:
            now = monotonic_s()
            start = max(self._free_at, now)
            self._free_at = start + size / self._rate
        if cancel.wait(max(0.0, start - now)):
            raise Cancelled


def stopped(status: int, body: Mapping[str, object]) -> Stopped:
    """The server's refusal as an exception on this side: its code, its texts in both languages, its status."""
    code = str(body.get("code", f"HTTP-{status}"))[:40]
    refusal = Stopped(
        remote_code=code,
        reason=_text(body.get("message"), Text(f"服务端返回 {status}。", f"the server answered {status}.")),
        remedy=_text(body.get("hint"), Text("请查看服务端日志。", "See the server's log.")),
    )
    refusal.remote_code = code
    refusal.remote_status = status
    return refusal


def problem(status: int, body: bytes) -> Stopped:
    """The refusal in an answer's body, also when the body is not the problem document it should be."""
    try:
        read = canonical.loads_object(body, max_bytes=MAX_PROBLEM_BYTES)
    except canonical.NotCanonical:
        read = {}
    return stopped(status, read)


def is_worth_a_try(refusal: Stopped) -> bool:
    """Whether the same request may succeed later."""
    return refusal.remote_status in RETRY_STATUS or refusal.remote_code in RETRY_CODES


def _text(told: object, else_: Text) -> Text:
    """A text of the server's, or ``else_`` where it lacks a half."""
    zh, en = (str(told.get(lang, ""))[:2000] if isinstance(told, dict) else "" for lang in Lang)
    return Text(zh, en) if zh.strip() and en.strip() else else_
