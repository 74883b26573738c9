"""A clock that jumps: order is the order of writing, nothing stalls, and each step back is named by whoever reads the log."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from feiyu.base.clock import FixedClock
from feiyu.base.ids import PartyId
from feiyu.evidence.chain import Kind
from feiyu.evidence.directory import DirectoryTiles
from feiyu.evidence.entry import Entry
from feiyu.evidence.fsck import check_tiles
from feiyu.registry.journal.audit import audit
from feiyu.registry.journal.sequencer import Sequencer
from feiyu.store import Database, Scope

pytestmark = pytest.mark.slow
MINE = Scope.of(PartyId("pty_A"))
HOUR = timedelta(hours=1)
JUMPS = [
    timedelta(0), HOUR, -HOUR, timedelta(milliseconds=-1), timedelta(0),
    datetime(2039, 1, 1, tzinfo=UTC), datetime(2107, 1, 1, tzinfo=UTC), datetime(1999, 12, 31, tzinfo=UTC), timedelta(0),
]  # fmt: skip
"""Relative to the morning, or where it lands: past the end of 32-bit seconds, signed and unsigned, and before the port was."""


def test_jumps(
    db: Database, made: Callable, clock: FixedClock, sequencer: Sequencer, tiles: Path, source: str, keys
) -> None:
    morning = clock.now()
    try:
        for n, jump in enumerate(JUMPS):
            clock.at = jump if isinstance(jump, datetime) else morning + jump
            db.write(made(n), scope=MINE)
            sequencer.run_once()
            assert sequencer.log.published.checkpoint.size == n + 1
    finally:
        clock.at = morning
    assert audit(db, sequencer.log, keys).findings == ()
    entries = [Entry.parse(sequencer.log.entry(index)) for index in range(len(JUMPS))]
    assert [(entry.source, entry.seq) for entry in entries] == [(source, n) for n in range(len(JUMPS))]
    report = check_tiles(DirectoryTiles(tiles).get, sequencer.log.verifier)
    back = [n for n in range(1, len(entries)) if entries[n].hour < entries[n - 1].hour]
    assert back == [2, 7]
    assert [(found.kind, found.where) for found in report.findings] == [
        (Kind.HOUR_BACK, f"entry {n}") for n in back
    ]
    with db.read(scope=MINE) as tx:
        times = list(tx.execute(text("SELECT at FROM journal_event ORDER BY ordinal")).scalars())
    assert len(set(map(str, times))) == 7
