"""One table scanned in pieces, by whoever: what each gives, and the profile they add up to.

Rules this module keeps:
 * the profile is that of one pass, to the byte, however the table was cut; where that cannot be proven there is none, and one pass is made;
 * fields are decided once, on the sums of all pieces; persons are counted piece by piece under a plan made from the first rows, and once
   more where the sums say otherwise;
 * the pieces of one table count under one key, so that their runs are united exactly.

Sources: ADR 0168.
"""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from feiyu.base.clock import Clock
from feiyu.base.errors import FeiyuError
from feiyu.scan.inspect import Inspector, Seen
from feiyu.scan.model import PersonCounts, TableProfile
from feiyu.scan.own import OwnTypes
from feiyu.scan.persons import count_runs
from feiyu.scan.remember import beginning
from feiyu.scan.survey import AHEAD_ROWS, Plan, unread_fields
from feiyu.scan.table import Meter, NotApart, Piece, Table

LEAST_BYTES = 32 << 20
"""A piece is no smaller: opening the source once more must be worth it."""
MOST_BYTES = 1 << 30
"""Nor larger, so that none waits long for the last; otherwise each worker gets one, for each piece counts persons for itself."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a table is cut, and what persons are counted by until all is seen."""

    pieces: tuple[Piece, ...]
    plan: Plan


def cut(table: Table, workers: int, *, own: OwnTypes | None = None) -> Cut | None:
    """Cut a table for so many workers; None where it is too small, or does not come apart. Its first rows are read."""
    if table.pieces is None or workers < 2 or table.ceiling < 2 * LEAST_BYTES:
        return None
    inspector = Inspector(table.fields, own=own)
    try:
        with closing(table.views()) as batches:  # type: ignore[type-var]  # every reader's batches are a generator
            for batch in batches:
                inspector.feed(batch)
                if inspector.rows >= AHEAD_ROWS:
                    break
            else:
                return None
        first = 2 * beginning(len(table.fields)) * table.bytes_read // inspector.rows
        fair = min(MOST_BYTES, table.ceiling // workers)
        pieces = table.pieces.cut(max(LEAST_BYTES, first, fair))
    except FeiyuError:
        return None  # one pass says what is wrong, and where
    if len(pieces) < 2 or table.warnings:
        return None
    return Cut(tuple(pieces), Plan.of(inspector.fields()))


def scan_piece(
    table: Table,
    piece: Piece,
    plan: Plan,
    *,
    key: bytes,
    clock: Clock,
    run: Path,
    look: bool = True,
    own: OwnTypes | None = None,
) -> Seen | None:
    """Scan one piece: what was seen, if ``look``; the run of its persons is written where the plan has any.

    Raises:
        NotApart: the piece is no such thing; the table must be read in one.
    """
    if table.pieces is None:
        raise NotApart
    inspector = Inspector(table.fields, own=own, behind=not piece.first) if look else None
    counter = plan.counter(key, clock=clock) if plan.personal else None
    for batch in table.pieces.draw(piece, Meter()):
        if inspector is not None:
            inspector.feed(batch)
        if counter is not None:
            counter.add(batch)
    if counter is not None:
        counter.write_run(run, lasting=False)
    if inspector is None:
        return None
    if piece.first and inspector.rows < beginning(len(table.fields)):
        raise NotApart
    return inspector.seen()


class Together:
    """The pieces of one table, put together in their order."""

    def __init__(self, table: Table, pieces: Iterable[Seen], *, own: OwnTypes | None = None) -> None:
        self._table = table
        inspector = Inspector(table.fields, own=own)
        for seen in pieces:
            inspector.merge(seen)
        self._rows, self._fields = inspector.rows, inspector.fields()
        self.plan = Plan.of(self._fields)
        """What persons are counted by; where pieces counted by another they must count again."""

    def profile(self, runs: Sequence[Path]) -> TableProfile:
        """The profile, with the runs of all pieces."""
        return TableProfile(
            name=self._table.name,
            rows=self._rows,
            fields=unread_fields(self._fields, self._table),
            persons=count_runs(runs) if self.plan.personal else PersonCounts(),
        )
