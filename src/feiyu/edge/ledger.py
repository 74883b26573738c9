"""The person ledger 人数台账: append-only runs, one per transfer, and totals that are queries over runs.

Rules this module keeps:
 * digests stay in files of this edge under the counting key; only totals leave, signed;
 * an entry is never altered; a correction is a reversing entry that names the first;
 * every total shows its parts by evidence level: D declared, L logs, M metered, S sealed;
 * entries with a run file are counted exactly over their union; declared numbers without one are added, for nobody
   can say that two of them are the same person.

Source: DESIGN invariant 5.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from feiyu.base.persons import Three
from feiyu.edge import store
from feiyu.edge.store import LedgerRow
from feiyu.scan import PersonCounts, count_runs
from feiyu.store import Tx

NOBODY = PersonCounts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Persons over some entries: all, and those of whom sensitive information crossed; parts by evidence level."""

    persons: Three
    sensitive: Three
    exempt_persons: int
    parts: dict[str, int]


def union(folder: Path, rows: Iterable[LedgerRow], *more: Path) -> PersonCounts:
    """Exact persons over the union of the run files of some entries."""
    files = [folder / row.file for row in rows if row.file]
    return count_runs([*files, *more]) if files or more else NOBODY


def live(rows: Sequence[LedgerRow]) -> list[LedgerRow]:
    """The entries that no later entry reverses."""
    reversed_ = {row.reverses for row in rows if row.reverses}
    return [row for row in rows if row.id not in reversed_ and not row.reverses]


def total(tx: Tx, folder: Path, *, since: date, run: Path | None = None) -> Total:
    """Everything from a day on, exempt persons apart; with the persons of a ``run`` as if it had been sent too."""
    rows = live(store.ledger_rows(tx, since=since))
    counted = [row for row in rows if row.exempt_rule not in _PERSON_EXEMPT]
    met = union(folder, counted, *([run] if run else []))
    declared = [row for row in counted if not row.file]
    more, more_sensitive = sum(r.persons for r in declared), sum(r.sensitive for r in declared)
    parts: dict[str, int] = {}
    for row in rows:
        parts[row.level] = parts.get(row.level, 0) + row.persons
    return Total(
        persons=Three(lower=met.lower + more, counted=met.counted + more, upper=met.upper + more),
        sensitive=Three(
            lower=met.sensitive.lower + more_sensitive, counted=met.sensitive.counted + more_sensitive,
            upper=met.sensitive.upper + more_sensitive,
        ),
        exempt_persons=sum(row.persons for row in rows if row.exempt_rule in _PERSON_EXEMPT),
        parts=parts,
    )  # fmt: skip


_PERSON_EXEMPT = frozenset({"R30", "R31", "R32", "R33", "R34"})
"""Rules whose persons are left out of the calendar-year count (cn/flow-provisions-2024#7, #8, second paragraphs)."""
