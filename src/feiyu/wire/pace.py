"""How fast, when, and after whom a transfer may send: a limit of bandwidth, a window of the day, a rank among others.

Rules this module keeps:
 * outside its window a transfer sends nothing and holds no connection; what was begun in the window ends with the
   request under way (at most 16 MiB);
 * while a transfer of higher rank is sending, a lower one lets a piece through now and then, so that it is not cut off;
 * whoever waits can be cancelled at once.

A window is a stretch of the day in the clock's legal zone (Asia/Shanghai); ``22:00-06:00`` runs over midnight.
"""

import re
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from feiyu.base.clock import SHANGHAI, Clock, SystemClock, monotonic_s
from feiyu.base.text import Text
from feiyu.wire.errors import BadPace, Cancelled
from feiyu.wire.retry import Throttle

_WINDOW = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])")
_DAY = timedelta(days=1)
MIN_BYTES_PER_S = 1024
RANKS = range(10)
NORMAL = 5
ACTIVE_S = 0.5
"""So long after its last piece a transfer counts as sending."""
TRICKLE_S = 2.0
"""A transfer that gives way sends a piece at least this often: longer pauses look like a dead connection."""
_LOOK_S = 30.0


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the day, in minutes from midnight; ``start`` after ``end`` runs over midnight."""

    start: int
    end: int

    @classmethod
    def of(cls, text: str) -> "Window":
        """Read ``HH:MM-HH:MM``."""
        match = _WINDOW.fullmatch(text.strip())
        if not match:
            raise BadPace(
                field="window",
                reason=Text(
                    f"应为 HH:MM-HH:MM，而不是 {text[:20]!r}", f"HH:MM-HH:MM is wanted, not {text[:20]!r}"
                ),
            )
        numbers = [int(group) for group in match.groups()]
        start, end = numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]
        if start == end:
            raise BadPace(field="window", reason=Text("开始与结束相同", "its start is its end"))
        return cls(start, end)

    def __str__(self) -> str:
        return f"{self.start // 60:02d}:{self.start % 60:02d}-{self.end // 60:02d}:{self.end % 60:02d}"

    def opens_in(self, at: datetime) -> timedelta:
        """How long until it is open; nothing when it is."""
        local = at.astimezone(SHANGHAI)
        passed = timedelta(
            hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond
        )
        start, end = timedelta(minutes=self.start), timedelta(minutes=self.end)
        inside = start <= passed < end if start < end else passed >= start or passed < end
        return timedelta() if inside else (start - passed) % _DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asks for one transfer. ``rank``: 0 goes last, 9 first."""

    bytes_per_s: int | None = None
    window: Window | None = None
    rank: int = NORMAL

    @classmethod
    def of(
        cls, *, bytes_per_s: int | None = None, window: str | None = None, rank: int | None = None
    ) -> "Wish":
        """From what a person gave; each has a limit."""
        if bytes_per_s is not None and bytes_per_s < MIN_BYTES_PER_S:
            raise BadPace(
                field="bytes_per_s",
                reason=Text(f"至少为 {MIN_BYTES_PER_S}", f"at least {MIN_BYTES_PER_S} is wanted"),
            )
        if rank is not None and rank not in RANKS:
            raise BadPace(
                field="rank",
                reason=Text(f"须为 {RANKS[0]} 至 {RANKS[-1]}", f"{RANKS[0]} to {RANKS[-1]} is wanted"),
            )
        return cls(
            bytes_per_s=bytes_per_s, window=Window.of(window) if window else None,
            rank=NORMAL if rank is None else rank,
        )  # fmt: skip

    def as_dict(self) -> dict[str, object]:
        """As it is kept."""
        return {
            "bytes_per_s": self.bytes_per_s, "window": str(self.window) if self.window else None, "rank": self.rank,
        }  # fmt: skip


class Road:
    """What all transfers of a machine share: one limit over all of them, and who goes first."""

    def __init__(self, bytes_per_s: float | None = None) -> None:
        self._throttle = Throttle(bytes_per_s)
        self._sent: dict[int, float] = {}
        self._lock = threading.Lock()

    def take(self, size: int, rank: int, cancel: threading.Event) -> None:
        """Wait for the turn of a transfer of that rank, then for the shared limit."""
        give_up = monotonic_s() + TRICKLE_S
        while self._others_first(rank) and monotonic_s() < give_up:
            if cancel.wait(0.05):
                raise Cancelled
        self._throttle.take(size, cancel)
        with self._lock:
            self._sent[rank] = monotonic_s()

    def _others_first(self, rank: int) -> bool:
        now = monotonic_s()
        with self._lock:
            return any(other > rank and now - at < ACTIVE_S for other, at in self._sent.items())


class Pace:
    """One transfer's pace on a road."""

    def __init__(
        self, wish: Wish | None = None, *, road: Road | None = None, clock: Clock | None = None
    ) -> None:
        self._wish = wish or Wish()
        self._road = road or Road()
        self._clock = clock or SystemClock()
        self._throttle = Throttle(self._wish.bytes_per_s)
        self.waits_until: datetime | None = None
        """When the window opens, while the transfer waits for that."""

    def waits(self) -> bool:
        """Whether the window is closed now."""
        return self._wish.window is not None and bool(self._wish.window.opens_in(self._clock.now()))

    def wait_for_window(self, cancel: threading.Event) -> None:
        """Wait until the window is open."""
        while self.waits():
            assert self._wish.window is not None
            now = self._clock.now()
            left = self._wish.window.opens_in(now)
            self.waits_until = now + left
            if cancel.wait(min(_LOOK_S, left.total_seconds() + 0.001)):
                raise Cancelled
        self.waits_until = None

    def take(self, size: int, cancel: threading.Event) -> None:
        """Wait until ``size`` bytes may go: this transfer's own limit, then the road's."""
        self._throttle.take(size, cancel)
        self._road.take(size, self._wish.rank, cancel)
