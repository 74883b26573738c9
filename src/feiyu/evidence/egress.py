"""Hold what network edges counted against what the log says was released: bytes that nobody logged show here.

A Merkle log proves that nothing was altered; it cannot know what was never handed to it. Counters on the way abroad can.

Rules this module keeps:
 * a source counts in intervals that follow one another without gap and without overlap;
 * a window is compared once all sources have counted it, from one common boundary to the next;
 * more than was released and not yet received, beyond the stated tolerance, is an excess; less than what recipients
   signed for is a shortfall (it went another way, or the counter does not count);
 * a transfer that is fetched twice counts twice at the network edge: that is an excess too, and a person looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from feiyu.base.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One interval of one source."""

    source: str
    start: datetime
    end: datetime
    size_bytes: int
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A transfer as logged: its sealed bytes, when its key was released, when its recipient signed (None: not yet)."""

    transfer: str
    size_bytes: int
    released: datetime
    received: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """How far counters and log may differ: headers, retries, control traffic."""

    permille: int = 20
    slack_bytes: int = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One comparison: what was counted, the most and the least that the log explains."""

    start: datetime
    end: datetime
    counted: int
    most: int
    least: int

    @property
    def excess(self) -> int:
        """Bytes that no logged transfer explains."""
        return max(0, self.counted - self.most)

    @property
    def shortfall(self) -> int:
        """Bytes that recipients signed for and nobody counted."""
        return max(0, self.least - self.counted)

    @property
    def text(self) -> Text | None:
        """What is wrong, if anything."""
        if self.excess:
            return Text(
                f"网络边界计得 {self.counted:,} 字节出境，已登记的传输至多能解释 {self.most:,} 字节",
                f"the network edge counted {self.counted:,} bytes abroad, logged transfers explain at most {self.most:,}",
            )
        if self.shortfall:
            return Text(
                f"接收方已签收至少 {self.least:,} 字节，网络边界只计得 {self.counted:,} 字节",
                f"recipients signed for at least {self.least:,} bytes, the network edge counted {self.counted:,}",
            )
        return None


def windows(counts: Sequence[Counted]) -> list[tuple[datetime, datetime, int]]:
    """Start, end and total of each stretch between two boundaries that all sources share."""
    by_source: dict[str, list[Counted]] = {}
    for one in sorted(counts, key=lambda one: one.start):
        by_source.setdefault(one.source, []).append(one)
    if not by_source:
        return []
    open_ends = [row[-1].end for row in by_source.values() if not row[-1].final]
    until = min(open_ends, default=max(row[-1].end for row in by_source.values()))
    edges = sorted(
        {at for row in by_source.values() for one in row for at in (one.start, one.end) if at <= until}
    )
    shared = [at for at in edges if all(_is_boundary(row, at) for row in by_source.values())]
    return [
        (start, end, sum(one.size_bytes for one in counts if start <= one.start and one.end <= end))
        for start, end in pairwise(shared)
    ]


def _is_boundary(row: Sequence[Counted], at: datetime) -> bool:
    """Whether no interval of a source goes across an instant (before it began and after it ended none does)."""
    return not any(one.start < at < one.end for one in row)


def reconcile(
    counts: Sequence[Counted], crossings: Sequence[Crossing], tolerance: Tolerance
) -> tuple[Window, ...]:
    """Compare every window with the log."""
    found: list[Window] = []
    stretches = windows(counts)
    for number, (start, end, counted) in enumerate(stretches):
        alive = [c for c in crossings if c.released < end and (c.received is None or c.received >= start)]
        most = sum(c.size_bytes for c in alive)
        signed = [c for c in alive if c.received is not None and start <= c.received < end]
        since = min((c.released for c in signed), default=start)
        reach = [total for begin, until, total in stretches[: number + 1] if until > since]
        covered = [c for c in signed if c.released >= stretches[0][0]]
        least = sum(c.size_bytes for c in covered) - (sum(reach) - counted)
        found.append(
            Window(
                start=start, end=end, counted=counted,
                most=most + most * tolerance.permille // 1000 + tolerance.slack_bytes,
                least=max(0, least - least * tolerance.permille // 1000 - tolerance.slack_bytes),
            )
        )  # fmt: skip
    return tuple(found)
