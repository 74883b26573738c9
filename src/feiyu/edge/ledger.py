"""The person ledger 人数台账: append-only entries, and totals that are queries over them.

Rules this module keeps:
 * digests stay in files of this edge under the counting key; only totals and commitments leave, signed;
 * an entry is never altered; a correction is a reversing entry that names the first;
 * every total shows its parts by evidence level: D declared, L logs, M metered, S sealed;
 * entries with a run file are counted exactly over their union; declared numbers without one are added, for nobody
   can say that two of them are the same person: *lower* takes the greatest of them alone, *counted* and *upper* their sum;
 * runs under different keys (two years) cannot be compared: they are added, which never counts too few;
 * entries are the legal entity's: a branch counts to it; what this edge carried for another handler counts to that one.

Source: DESIGN invariant 5.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from feiyu.base.persons import NOBODY, Three
from feiyu.edge import store
from feiyu.edge.store import LedgerRow
from feiyu.scan import PersonCounts, count_runs
from feiyu.scan.runs import mark_of
from feiyu.store import Tx

LEVELS = ("D", "L", "M", "S")
EVER = date.min
PERSON_EXEMPT = frozenset({"R30", "R31", "R32", "R33", "R34"})
"""Rules whose persons are left out of the calendar-year count (cn/flow-provisions-2024#7, #8, second paragraphs)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """Natural persons over some entries: all, and those of whom sensitive information crossed."""

    persons: Three = NOBODY
    sensitive: Three = NOBODY
    entries: int = 0
    exact: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A total with all its parts; exempt persons apart."""

    persons: Three
    sensitive: Three
    exempt_persons: int
    parts: dict[str, Persons]
    entries: int
    exact: bool


def union(folder: Path, rows: Iterable[LedgerRow], *more: Path) -> PersonCounts:
    """Exact persons over the union of the run files of some entries; under several keys, the sum of the unions."""
    files = [folder / row.file for row in rows if row.file and (folder / row.file).exists()]
    return _added([count_runs(group) for group in _by_key([*files, *more])])


def _by_key(files: Iterable[Path]) -> list[list[Path]]:
    groups: dict[bytes, list[Path]] = {}
    for path in files:
        groups.setdefault(mark_of(path), []).append(path)
    return list(groups.values())


def _added(counts: Sequence[PersonCounts]) -> PersonCounts:
    if len(counts) == 1:
        return counts[0]
    return PersonCounts(
        lower=max((one.lower for one in counts), default=0), counted=sum(one.counted for one in counts),
        upper=sum(one.upper for one in counts), linked=sum(one.linked for one in counts),
        sensitive=_sum([one.sensitive for one in counts]), under14=_sum([one.under14 for one in counts]),
        exact=all(one.exact for one in counts),
        damaged=tuple(sorted({name for one in counts for name in one.damaged})),
    )  # fmt: skip


def _sum(threes: Sequence[Three]) -> Three:
    return Three(
        lower=max((one.lower for one in threes), default=0), counted=sum(one.counted for one in threes),
        upper=sum(one.upper for one in threes),
    )  # fmt: skip


def live(rows: Sequence[LedgerRow]) -> list[LedgerRow]:
    """The entries that no later entry reverses."""
    reversed_ = {row.reverses for row in rows if row.reverses}
    return [row for row in rows if row.id not in reversed_ and not row.reverses]


def measure(folder: Path, rows: Sequence[LedgerRow], *more: Path) -> Persons:
    """Persons over some entries: the exact union of those with digests, and what the others declare."""
    met = union(folder, rows, *more)
    told = [row for row in rows if not (row.file and (folder / row.file).exists())]
    persons = [Three(counted=row.persons, upper=row.persons_upper or row.persons) for row in told]
    sensitive = [Three(counted=row.sensitive, upper=row.sensitive_upper or row.sensitive) for row in told]
    at_least = max((row.persons for row in told), default=0)
    sensitive_at_least = max((row.sensitive for row in told), default=0)
    return Persons(
        persons=Three(
            lower=max(met.lower, at_least), counted=met.counted + sum(one.counted for one in persons),
            upper=met.upper + sum(one.upper for one in persons),
        ),
        sensitive=Three(
            lower=max(met.sensitive.lower, sensitive_at_least),
            counted=met.sensitive.counted + sum(one.counted for one in sensitive),
            upper=met.sensitive.upper + sum(one.upper for one in sensitive),
        ),
        entries=len(rows), exact=met.exact,
    )  # fmt: skip


def entries(
    tx: Tx, *, since: date, basis_id: str | None = None, handler: str | None = None
) -> list[LedgerRow]:
    """The entries that count from a day on, for this handler or the one it works for, under a basis where one is named."""
    rows = live(store.ledger_rows(tx, since=since))
    return [
        row
        for row in rows
        if row.handler == handler and (basis_id is None or row.basis_id == basis_id)
    ]  # fmt: skip


def total(
    tx: Tx, folder: Path, *, since: date, run: Path | None = None, basis_id: str | None = None, handler: str | None = None
) -> Total:  # fmt: skip
    """Everything from a day on, exempt persons apart; with the persons of a ``run`` as if it had been sent too."""
    rows = entries(tx, since=since, basis_id=basis_id, handler=handler)
    counted = [row for row in rows if row.exempt_rule not in PERSON_EXEMPT]
    exempt = [row for row in rows if row.exempt_rule in PERSON_EXEMPT]
    found = measure(folder, counted, *([run] if run else []))
    by_level = {level: [row for row in counted if row.level == level] for level in LEVELS}
    return Total(
        persons=found.persons, sensitive=found.sensitive,
        exempt_persons=measure(folder, exempt).persons.counted,
        parts={level: measure(folder, own) for level, own in by_level.items() if own}, entries=len(rows),
        exact=found.exact,
    )  # fmt: skip


def bases(tx: Tx, *, since: date) -> list[str]:
    """The bases that entries from a day on name."""
    return sorted({row.basis_id for row in live(store.ledger_rows(tx, since=since)) if row.basis_id})


def others(tx: Tx, *, since: date) -> list[str]:
    """The handlers for which this edge carried traffic as an entrusted operator."""
    return sorted({row.handler for row in live(store.ledger_rows(tx, since=since)) if row.handler})
