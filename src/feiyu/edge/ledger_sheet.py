"""The person ledger as an XLSX table: out as a record of what stands, in as declared numbers from a filled template.

Rules this module keeps:
 * every wrong cell is named, up to a hundred, and with one wrong cell nothing is entered;
 * rows that were exported from a ledger (they carry an entry's id) are passed over on import, so a file may go out and come back;
 * a table brings declared numbers only: digests come as files (``entries``).
"""

from collections.abc import Sequence
from datetime import date, datetime

from feiyu.base.errors import FeiyuError
from feiyu.base.text import Text, listed
from feiyu.edge import entries, ledger, sheets
from feiyu.edge.entries import Draft
from feiyu.edge.errors import BadSheet
from feiyu.edge.model import Edge
from feiyu.edge.sheets import Cell, Wrong
from feiyu.edge.store import LedgerRow

HEAD = (
    Text("记录编号（新增留空）", "Entry id (leave empty)"), Text("类别", "Kind"), Text("日期", "Day"),
    Text("自然人", "Natural persons"), Text("自然人上限", "Persons at most"),
    Text("其中敏感", "With sensitive information"), Text("敏感上限", "Sensitive at most"), Text("证据等级", "Evidence level"),
    Text("来源", "Source"), Text("分支机构", "Branch"), Text("受托处理的委托方", "Entrusting handler"),
    Text("出境依据编号", "Basis id"), Text("豁免规则", "Exempt rule"), Text("冲销的记录", "Reverses"),
)  # fmt: skip
KINDS = {
    "期初": entries.OPENING, "期初余额": entries.OPENING, "opening": entries.OPENING, "系统外": entries.OUTSIDE,
    "系统外出境": entries.OUTSIDE, "outside": entries.OUTSIDE,
}  # fmt: skip
WRONG_MAX = 100
NOTES = (
    "一行一笔，填自然人数（去重后），不是记录条数。类别：期初余额或系统外出境；证据等级：D 申报、L 日志、M 计量。任何一格有误则全部不登记。",
    (
        "One line an entry. Numbers are natural persons, each once, not records. Kind: opening or outside. Evidence level: "
        "D declared, L logs, M metered. With one wrong cell nothing is entered."
    ),
)


def export(rows: Sequence[LedgerRow]) -> bytes:
    """A workbook of the entries; of none, it is the empty template."""
    return sheets.write(HEAD, [_line(row) for row in rows], title="人数台账 Ledger", notes=NOTES)


def parse(edge: Edge, data: bytes, *, name: str) -> list[Draft]:
    """The new entries of a filled template; refused with every wrong cell."""
    rows = sheets.read(data, name=name)
    wrong: list[Wrong] = []
    drafts = []
    for number, row in enumerate(rows[1:], start=2):
        cells = [*row, *([None] * len(HEAD))][: len(HEAD)]
        if cells[0] not in (None, "") or not any(one not in (None, "") for one in cells):
            continue
        draft = _draft(cells, number, wrong)
        if draft is not None:
            try:
                entries.check(edge, draft)
            except FeiyuError as bad:
                wrong.append(Wrong(f"A{number}", bad.told))
            drafts.append(draft)
    if wrong:
        shown = wrong[:WRONG_MAX]
        places = listed(
            Text(f"{one.cell} {one.reason.zh}", f"{one.cell}: {one.reason.en}") for one in shown[:20]
        )
        raise BadSheet(name=name, count=len(wrong), cells=places)
    if not drafts:
        raise BadSheet(name=name, count=1, cells=Text("A2 起没有新的行", "A2: no new line"))
    return drafts


def _draft(cells: list[Cell], number: int, wrong: list[Wrong]) -> Draft | None:
    before = len(wrong)

    def bad(column: int, zh: str, en: str) -> None:
        wrong.append(Wrong(sheets.place(number, column), Text(zh, en)))

    def text(column: int) -> str | None:
        value = cells[column - 1]
        return str(value).strip() or None if value is not None else None

    def whole(column: int) -> int | None:
        value = cells[column - 1]
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            bad(column, "应为整数", "a whole number is wanted")
            return None
        plain = str(value).replace(",", "").strip()
        plain = plain.removesuffix(".0")
        if not plain.isascii() or not plain.isdigit() or len(plain) > 10:
            bad(column, "应为不小于零的整数", "a whole number of zero or more is wanted")
            return None
        return int(plain)

    kind = KINDS.get((text(2) or "").lower())
    if kind is None:
        bad(2, "应为期初余额或系统外出境", "opening or outside is wanted")
    day = _day(cells[2])
    if day is None:
        bad(3, "应为日期，如 2026-03-31", "a day such as 2026-03-31 is wanted")
    persons = whole(4)
    if persons is None and len(wrong) == before + (kind is None) + (day is None):
        bad(4, "缺少自然人数", "the number of persons is missing")
    level = (text(8) or "D").upper()
    if level not in ledger.LEVELS[:3]:
        bad(8, "应为 D、L 或 M", "D, L or M is wanted")
    upper, sensitive, sensitive_upper = whole(5), whole(6), whole(7)
    source = text(9)
    if source is None:
        bad(9, "缺少来源", "the source is missing")
    if len(wrong) > before or kind is None or day is None or source is None:
        return None
    return Draft(
        kind=kind, day=day, source=source, level=level, persons=persons, persons_upper=upper, sensitive=sensitive or 0,
        sensitive_upper=sensitive_upper, branch=text(10), handler=text(11), basis_id=text(12), exempt_rule=text(13),
    )  # fmt: skip


def _day(value: Cell) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        return None


def _line(row: LedgerRow) -> list[Cell]:
    return [
        row.id, row.kind, row.day.isoformat(), row.persons, row.persons_upper, row.sensitive, row.sensitive_upper, row.level,
        row.source, row.branch, row.handler, row.basis_id, row.exempt_rule, row.reverses,
    ]  # fmt: skip
