"""Scan every case through its file and compare with the truth."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from messy.frame import Case, Column
from messy.tables import HANDS, SEED, cases


@dataclass
class Score:
    """What a run over all cases gave."""

    columns: int = 0
    best: int = 0
    acceptable: int = 0
    wrong: list[str] = field(default_factory=list)
    second: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    unfound: list[str] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)


def pairs(case: Case, fields: Any) -> Iterator[tuple[Column, Any]]:
    """Each column with its field: by place, or by the end of its path in nested data."""
    if len(fields) == len(case.columns) and case.suffix not in (".json", ".jsonl"):
        yield from zip(case.columns, fields, strict=True)
        return
    for column in case.columns:
        found = [one for one in fields if f".{one.name.replace('[]', '')}".endswith(f".{column.header}")]
        yield column, (found[0] if found else None)


def measure(
    profile: Callable[[Path], Any],
    folder: Path,
    *,
    seed: int = SEED,
    hands: Sequence[str] = HANDS,
    refused: type[Exception],
) -> Score:
    """Write, scan and compare."""
    score = Score()
    for case in cases(seed, hands):
        path = folder / f"{case.name}{case.suffix}"
        case.writer(case, path)
        try:
            found = profile(path)
        except refused as error:
            score.wrong.append(f"{case.name}: {error}")
            score.columns += len(case.columns)
            continue
        table = max((t for t in found.tables if t.rows), key=lambda t: len(t.fields), default=None)
        if table is None:
            score.wrong.append(f"{case.name}: no table")
            score.columns += len(case.columns)
            continue
        for column, one in pairs(case, table.fields):
            _column(score, case, column, one)
        _persons(score, case, table)
    return score


def _column(score: Score, case: Case, column: Column, one: Any) -> None:
    score.columns += 1
    place = f"{case.name}.{column.header or column.label[0]}"
    if one is None:
        score.wrong.append(f"{place}: no such field")
        return
    score.best += one.type == column.label[0]
    score.acceptable += one.type in column.label
    told = f"{place}: {one.type} also {one.also} embedded {one.embedded} {one.confidence}% wanted {column.label} {one.samples[:2]} {one.reason.en}"
    if one.type not in column.label:
        score.wrong.append(told)
    elif one.type != column.label[0]:
        score.second.append(told)
    if one.personal and column.personal is False:
        score.alarms.append(told)
    if not one.personal and column.personal:
        score.missed.append(told)
    if not set(column.embedded) <= {one.type, *one.embedded, *one.also}:
        score.unfound.append(told)


def _persons(score: Score, case: Case, table: Any) -> None:
    counts = table.persons
    if counts.exact != case.exact:
        score.counts.append(f"{case.name}: exact {counts.exact}")
    if table.rows not in (case.rows, case.rows + case.footer):
        score.counts.append(f"{case.name}: {table.rows} rows, not {case.rows}")
    if not case.count:
        return
    truth = case.persons()
    if not case.order:
        if counts.counted and all(one.personal is False for one in case.columns):
            score.counts.append(f"{case.name}: counted {counts.counted} by {dict(counts.by)} where nobody is")
        return
    for what in ("counted", "linked", "by"):
        if getattr(counts, what) != truth[what]:
            score.counts.append(f"{case.name}: {what} {getattr(counts, what)} wanted {truth[what]}")
