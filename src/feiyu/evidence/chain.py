"""Completeness, source by source: a Merkle tree shows what was altered, the chains show what is missing.

Rules this module keeps:
 * each source's numbers run from 0 without gap, each entry names the bytes of the one before, hours never go back;
 * a finding names the place and is a value, not an exception: a monitor goes on looking.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from feiyu.base.said import said
from feiyu.base.text import Text, number_of
from feiyu.evidence.entry import FIRST_PREVIOUS, Entry
from feiyu.evidence.errors import BadEntry


class Kind(StrEnum):
    """What can be wrong with a log, or with what stands in it."""

    MALFORMED = "malformed"
    GAP = "gap"
    DUPLICATE = "duplicate"
    BACK_LINK = "back-link"
    HOUR_BACK = "hour-back"
    SILENCE = "silence"
    MISSING = "missing"
    TILE = "tile"
    ROOT = "root"
    CHECKPOINT = "checkpoint"
    SPLIT_VIEW = "split-view"
    STALL = "stall"
    RECEIPT = "receipt-missing"
    EGRESS = "egress-mismatch"
    BODY = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, and where."""

    kind: Kind
    where: str
    text: Text


@dataclass(slots=True)
class _End:
    """The last entry of one source."""

    seq: int
    digest: bytes
    hour: str


class SourceChains:
    """Follows every source through the log, in the log's order. Memory: one small record a source."""

    def __init__(self, *, max_sources: int = 1_000_000) -> None:
        self._ends: dict[str, _End] = {}
        self._max_sources = max_sources

    def add(self, index: int, data: bytes) -> tuple[Finding, ...]:
        """Take the entry at ``index``; what is wrong with it."""
        where = f"entry {index}"
        try:
            entry = Entry.parse(data)
        except BadEntry as bad:
            reason = said(bad)
            return (
                _finding(
                    Kind.MALFORMED,
                    where,
                    f"条目格式不正确：{reason.zh}",
                    f"the entry is malformed: {reason.en}",
                ),
            )
        found = tuple(self._judge(entry, self._ends.get(entry.source), where))
        if entry.source in self._ends or len(self._ends) < self._max_sources:
            self._ends[entry.source] = _End(entry.seq, hashlib.sha256(data).digest(), entry.hour)
        return found

    def _judge(self, entry: Entry, last: _End | None, where: str) -> Iterable[Finding]:
        source, expected = entry.source, last.seq + 1 if last else 0
        if entry.seq > expected:
            count = entry.seq - expected
            yield _finding(
                Kind.GAP,
                where,
                f"{source} 缺少 {count} 条（序号 {expected} 至 {entry.seq - 1}）",
                f"{source} lacks {number_of(count, 'entry', 'entries')}, numbers {expected} to {entry.seq - 1}",
            )
        elif entry.seq < expected:
            yield _finding(
                Kind.DUPLICATE,
                where,
                f"{source} 的序号 {entry.seq} 重复出现（应为 {expected}）",
                f"{source} repeats number {entry.seq}, wanted {expected}",
            )
        elif entry.previous != (last.digest if last else FIRST_PREVIOUS):
            yield _finding(
                Kind.BACK_LINK,
                where,
                f"{source} 的第 {entry.seq} 条未指向其前一条",
                f"entry {entry.seq} of {source} does not name the one before it",
            )
        if last and entry.hour < last.hour:
            yield _finding(
                Kind.HOUR_BACK,
                where,
                f"{source} 的时间倒退（{last.hour} 之后出现 {entry.hour}）",
                f"the clock of {source} went back: {entry.hour} after {last.hour}",
            )

    def silent(self, now: datetime, *, longest: timedelta) -> tuple[Finding, ...]:
        """The sources that have said nothing for longer than they should (heartbeats make this a sharp alarm)."""
        bound = f"{(now - longest).astimezone(UTC):%Y-%m-%dT%H}Z"
        return tuple(
            _finding(
                Kind.SILENCE,
                source,
                f"{source} 自 {end.hour} 起没有新条目",
                f"{source} is silent since {end.hour}",
            )
            for source, end in sorted(self._ends.items())
            if end.hour < bound
        )

    def position(self, source: str) -> int | None:
        """The last number seen of a source."""
        end = self._ends.get(source)
        return end.seq if end else None


def _finding(kind: Kind, where: str, zh: str, en: str) -> Finding:
    return Finding(kind=kind, where=where, text=Text(zh, en))
