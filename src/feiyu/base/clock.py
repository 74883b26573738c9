"""One clock, injected.

Rules this module keeps:
 * instants are aware UTC ``datetime``; legal dates are ``date`` in Asia/Shanghai;
 * nobody else in Feiyu asks the machine for the time (``tests/tidy``).
"""

import time
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Protocol

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has kept UTC+8 without summer time since 1991; no time-zone database is needed for dates after that."""


class Clock(Protocol):
    """Where the time comes from: the machine, or a test's hand."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved; for replays and tests."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.at

    def advance(self, by: timedelta) -> None:
        """Move it on."""
        self.at += by


def legal_date(at: datetime) -> date:
    """The day on which an instant falls in Chinese law (Asia/Shanghai)."""
    return at.astimezone(SHANGHAI).date()


def shown(at: datetime) -> str:
    """An instant as people here read it, to the minute: ``2026-11-29 16:27 UTC+8``."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} UTC+8"


@lru_cache(maxsize=64)  # rows that are written together carry one instant
def to_text(at: datetime) -> str:
    """An instant as RFC 3339 with milliseconds and ``Z``; sorts as text."""
    utc = at.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def from_text(text: str) -> datetime:
    """Read RFC 3339; an instant without a zone is refused."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        message = f"an instant needs a time zone: {text!r}"
        raise ValueError(message)
    return at.astimezone(UTC)


def monotonic_s() -> float:
    """Seconds on a clock that never goes back, for throughput and deadlines inside one process."""
    return time.monotonic()
