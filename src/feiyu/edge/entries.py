"""Enter what crossed outside Feiyu into the person ledger, and reverse what was entered wrongly.

Three ways in, by what there is to show:

* a **declared** number with its source (level D);
* an **extract**: a file with the persons in it is scanned now, and only the run of digests is kept (level L, or D where the
  extract itself was put together by hand);
* a **digest file** that another machine of this handler made under the same counting key (level L or M).

Rules this module keeps:
 * digests are durable before the entry that names them; the entry and its signed event are one transaction;
 * one opening balance stands for a year and branch; to replace it, reverse it first;
 * an entry is of this year or the last three, never of the future;
 * reversing names the first entry and a ground; a reversal itself is final.
"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from feiyu.base import nouns
from feiyu.base.clock import legal_date
from feiyu.base.errors import BadInput, NotFound
from feiyu.base.ids import new_id
from feiyu.base.text import Text
from feiyu.edge import ledger, store
from feiyu.edge.errors import EntryReversed, NoCount, OpeningThere
from feiyu.edge.model import SCOPE, Edge
from feiyu.edge.source import allowed_path
from feiyu.edge.store import LedgerRow
from feiyu.edge.trail import tell
from feiyu.scan import PersonCounts, count_runs, profile
from feiyu.scan import runs as run_files
from feiyu.scan.commit import commit, open_places
from feiyu.scan.identity import fingerprint
from feiyu.store import Tx

OPENING, OUTSIDE, TRANSFER, REVERSAL = "opening", "outside", "transfer", "reversal"
PERSONS_MAX = 2_000_000_000
YEARS_BACK = 3
BATCH_MAX = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry as a person gives it. Numbers are natural persons of that part, never records."""

    kind: str
    day: date
    source: str
    level: str = "D"
    persons: int | None = None
    persons_upper: int | None = None
    sensitive: int = 0
    sensitive_upper: int | None = None
    branch: str | None = None
    handler: str | None = None
    basis_id: str | None = None
    exempt_rule: str | None = None


def declare(edge: Edge, drafts: Iterable[Draft], *, by: str) -> list[LedgerRow]:
    """Enter declared numbers; all of them or none."""
    rows = [_declared(edge, draft, by) for draft in drafts]
    if not 0 < len(rows) <= BATCH_MAX:
        raise BadInput(reason=Text(f"一次须提交 1 至 {BATCH_MAX} 条", f"1 to {BATCH_MAX} entries at once"))
    return _enter(edge, rows)


def check(edge: Edge, draft: Draft) -> None:
    """Refuse a draft that could not be entered, before anything is."""
    _declared(edge, draft, "-")


def extract(edge: Edge, draft: Draft, *, path: str, by: str) -> LedgerRow:
    """Scan a file that holds the persons, keep its digests, count them, forget the rest."""
    real = allowed_path(path, edge.sources)
    row = replace(_blank(edge, draft, by), level=_level(draft.level, "DL"))
    now = edge.house.clock.now()
    counts = _scan_into(edge, real, edge.runs_folder / f"{row.id}.persons", edge.keys.counting.secret(now))
    group = edge.keys.counting.group(now)
    if group is not None:
        _scan_into(edge, real, edge.runs_folder / f"{row.id}.group", group.secret)
    return _enter(edge, [counted(edge, row, counts)])[0]


def digests(edge: Edge, draft: Draft, *, path: str, by: str) -> LedgerRow:
    """Take in a run of digests made elsewhere under this handler's counting key of this year."""
    real = allowed_path(path, edge.sources)
    key = edge.keys.counting.secret(edge.house.clock.now())
    try:
        with run_files.opened(real, mark=fingerprint(key)):
            pass
    except FileNotFoundError:
        raise NotFound(what=nouns.FILE, ident=real.name) from None
    row = replace(_blank(edge, draft, by), level=_level(draft.level, "LM"))
    target = edge.runs_folder / f"{row.id}.persons"
    shutil.copyfile(real, target.with_suffix(".part"))
    target.with_suffix(".part").replace(target)
    counts = count_runs([target])
    if not counts.exact:
        target.unlink()
        raise NoCount(fields=", ".join(counts.damaged))
    return _enter(edge, [counted(edge, row, counts)])[0]


def reverse(edge: Edge, *, entry_id: str, ground: str, by: str) -> LedgerRow:
    """Take an entry back by a signed entry that names it."""
    if not 4 <= len(ground.strip()) <= 500:
        raise BadInput(
            reason=Text(
                "冲销须以 4 至 500 个字写明事由", "a reversal names its ground in 4 to 500 characters"
            )
        )
    now = edge.house.clock.now()

    def act(tx: Tx) -> LedgerRow:
        first = store.ledger_entry(tx, entry_id)
        if first is None:
            raise NotFound(what=nouns.LEDGER_ENTRY, ident=entry_id[:40])
        if first.reverses or any(row.reverses == first.id for row in store.ledger_rows(tx, since=first.day)):
            raise EntryReversed(entry=first.id)
        row = replace(
            first, id=new_id("entry", now), kind=REVERSAL, reverses=first.id, ground=ground.strip(), by=by, at=now,
            day=max(first.day, legal_date(now)), run_id=None, file=None, group_file=None, commitment=None, identifiers=None,
        )  # fmt: skip
        store.add_ledger(tx, row)
        tell(edge, tx, "ledger.reversal", _said(row), entry=row.id, reverses=first.id)
        return row

    return edge.house.db.write(act, scope=SCOPE)


def record_entry(edge: Edge, tx: Tx, row: LedgerRow) -> None:
    """Append an entry and its event; the one way in."""
    if row.kind == OPENING:
        for other in ledger.live(store.ledger_rows(tx, since=date(row.day.year, 1, 1))):
            if other.kind == OPENING and (other.branch, other.handler, other.day.year) == (
                row.branch, row.handler, row.day.year,
            ):  # fmt: skip
                raise OpeningThere(entry=other.id, year=row.day.year)
    store.add_ledger(tx, row)
    tell(edge, tx, "ledger.entry", _said(row), entry=row.id)


def counted(edge: Edge, row: LedgerRow, counts: PersonCounts) -> LedgerRow:
    """An entry with the counts and the commitment of its run file."""
    path = edge.runs_folder / f"{row.id}.persons"
    there = path.exists()
    made = commit(path, edge.keys.counting.secret(edge.house.clock.now())) if there else None
    group = path.with_suffix(".group")
    return replace(
        row, file=path.name if there else None, persons=counts.counted, sensitive=counts.sensitive.counted,
        persons_upper=counts.upper, sensitive_upper=counts.sensitive.upper,
        commitment=made.root.hex() if made else None, identifiers=made.size if made else None,
        group_file=group.name if group.exists() else None,
    )  # fmt: skip


def open_commitment(
    edge: Edge, *, entry_id: str, nonce: bytes, count: int, by: str
) -> tuple[LedgerRow, list[dict[str, Any]]]:
    """Open a run at the places that a spot check drew; the opening is an event."""
    with edge.house.db.read(scope=SCOPE) as tx:
        row = store.ledger_entry(tx, entry_id)
    if row is None:
        raise NotFound(what=nouns.LEDGER_ENTRY, ident=entry_id[:40])
    path = edge.runs_folder / (row.file or "-")
    if row.commitment is None or not path.exists():
        raise NotFound(what=nouns.DIGESTS, ident=row.id)
    opened = open_places(path, edge.keys.counting.secret(row.at), nonce, count)
    said = {"places": len(opened), "nonce": nonce.hex(), "by": by}
    edge.house.db.write(lambda tx: tell(edge, tx, "ledger.spot_checked", said, entry=row.id), scope=SCOPE)
    return row, opened


def _scan_into(edge: Edge, path: Path, run: Path, key: bytes) -> PersonCounts:
    try:
        found = profile(path, key=key, run=run, clock=edge.house.clock)
    except FileNotFoundError:
        raise NotFound(what=nouns.FILE, ident=path.name) from None
    if not run.exists():
        raise BadInput(
            reason=Text(
                f"{path.name} 中没有可据以计人数的标识；请改为直接申报数字",
                f"{path.name} holds no identifier by which persons could be counted; declare a number instead",
            )
        )
    counts = count_runs([run])
    if found.partial or not counts.exact:
        run.unlink()
        raise NoCount(fields=", ".join(counts.damaged) or path.name)
    return counts


def _enter(edge: Edge, rows: list[LedgerRow]) -> list[LedgerRow]:
    def act(tx: Tx) -> None:
        for row in rows:
            record_entry(edge, tx, row)

    try:
        edge.house.db.write(act, scope=SCOPE)
    except BaseException:
        for row in rows:
            for name in (row.file, row.group_file):
                if name:
                    (edge.runs_folder / name).unlink(missing_ok=True)
        raise
    return rows


def _declared(edge: Edge, draft: Draft, by: str) -> LedgerRow:
    if draft.persons is None:
        raise BadInput(reason=Text("persons 须填写数字", "persons: a number is wanted"))
    upper, sensitive_upper = draft.persons_upper, draft.sensitive_upper
    if not 0 <= draft.persons <= (upper if upper is not None else draft.persons) <= PERSONS_MAX:
        raise BadInput(
            reason=Text(
                f"persons 须为 0 至 {PERSONS_MAX}，且不大于上界",
                f"persons: 0 to {PERSONS_MAX}, and not above the upper number",
            )
        )
    if (
        not 0
        <= draft.sensitive
        <= (sensitive_upper if sensitive_upper is not None else draft.sensitive)
        <= PERSONS_MAX
    ):
        raise BadInput(
            reason=Text(
                "sensitive 不得小于零，也不得大于上界",
                "sensitive: zero or more, and not above the upper number",
            )
        )
    if draft.sensitive > draft.persons or (sensitive_upper or 0) > (upper or draft.persons):
        raise BadInput(reason=Text("sensitive 不得大于 persons", "sensitive: not more than persons"))
    row = _blank(edge, draft, by)
    return replace(
        row, level=_level(draft.level, "DLM"), persons=draft.persons, sensitive=draft.sensitive, persons_upper=upper,
        sensitive_upper=sensitive_upper,
    )  # fmt: skip


def _level(level: str, allowed: str) -> str:
    if level not in allowed:
        raise BadInput(
            reason=Text(f"level 可选：{', '.join(allowed)}", f"level: one of {', '.join(allowed)}")
        )
    return level


def _blank(edge: Edge, draft: Draft, by: str) -> LedgerRow:
    now: datetime = edge.house.clock.now()
    today = legal_date(now)
    if draft.kind not in {OPENING, OUTSIDE}:
        raise BadInput(reason=Text("kind 须为 opening 或 outside", "kind: opening or outside"))
    if not date(today.year - YEARS_BACK, 1, 1) <= draft.day <= today:
        raise BadInput(
            reason=Text(
                f"day 须在 {today.year - YEARS_BACK}-01-01 至 {today} 之间",
                f"day: {today.year - YEARS_BACK}-01-01 to {today}",
            )
        )
    if not 2 <= len(draft.source.strip()) <= 200:
        raise BadInput(
            reason=Text(
                "source 须以 2 至 200 个字说明数字的来源",
                "source: say in 2 to 200 characters where the number comes from",
            )
        )
    if draft.exempt_rule is not None and draft.exempt_rule not in ledger.PERSON_EXEMPT:
        raise BadInput(
            reason=Text(
                f"exempt_rule 可选：{', '.join(sorted(ledger.PERSON_EXEMPT))}",
                f"exempt_rule: one of {', '.join(sorted(ledger.PERSON_EXEMPT))}",
            )
        )
    own = edge.house.party_id
    return LedgerRow(
        id=new_id("entry", now), owner_party=own, run_id=None, grant_id=None, day=draft.day, level="D",
        source=draft.source.strip(), exempt_rule=draft.exempt_rule, file=None, persons=0, sensitive=0, reverses=None,
        at=now, kind=draft.kind, handler=None if draft.handler in {None, "", own} else draft.handler,
        branch=(draft.branch or "").strip()[:100] or None, basis_id=draft.basis_id or None, by=by,
    )  # fmt: skip


def _said(row: LedgerRow) -> dict[str, object]:
    return {
        "kind": row.kind, "level": row.level, "day": row.day.isoformat(), "persons": row.persons,
        "sensitive": row.sensitive, "source": row.source, "ground": row.ground, "by": row.by,
        "commitment": row.commitment, "identifiers": row.identifiers, "handler": row.handler, "basis": row.basis_id,
    }  # fmt: skip
