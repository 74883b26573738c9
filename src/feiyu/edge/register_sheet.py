"""The register as a table: scenarios and their items out to XLSX, and in again with each wrong cell named.

Rules this module keeps:
 * one row is one data item; rows with the same label are one scenario, and what they say of it must agree;
 * nothing is entered while a cell is wrong: the whole table is read first and every fault is named by its cell;
 * a semantic type is one that the scan knows; a recipient is one of the directory, in the country that is named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from feiyu.base.text import Text
from feiyu.edge import sheets
from feiyu.edge.sheets import Cell, Wrong
from feiyu.registry.scenarios.templates import GROUNDS, ScenarioTemplate
from feiyu.scan.catalogue import GENERIC, by_id

HEAD = (
    Text("场景标签", "Scenario label"), Text("场景名称（中文）", "Title (Chinese)"), Text("场景名称（英文）", "Title (English)"),
    Text("目的", "Purpose"), Text("豁免依据", "Ground"), Text("行业", "Sector"), Text("国家或地区", "Country"),
    Text("接收方主体编号", "Recipient party ids"), Text("保存天数", "Retention days"), Text("数据项名称", "Item"),
    Text("识别类型", "Type"), Text("必要性（中文）", "Need (Chinese)"), Text("必要性（英文）", "Need (English)"),
)  # fmt: skip
SCENARIO_COLUMNS = 9
NOTES = (
    "一行一个数据项；同一标签的行属于同一场景，场景各列须一致。", "One row is one data item; rows of one label are one scenario and must agree.",
    f"豁免依据 Ground: {', '.join(GROUNDS)}", "多个接收方以空格分隔。 Several recipients are separated by spaces.",
)  # fmt: skip
Json = dict[str, Any]


@dataclass(slots=True)
class Draft:
    """A scenario as a table states it."""

    label: str
    body: Json
    row: int
    items: list[Json] = field(default_factory=list)


def export(scenarios: Iterable[Mapping[str, Any]]) -> bytes:
    """The register as a workbook that can be read again."""
    rows: list[Sequence[Cell]] = []
    for one in scenarios:
        head = (
            one["id"], one["title"]["zh"], one["title"]["en"], one["purpose"], one["ground"], one["sector"], one["country"],
            " ".join(one["recipients"]), one["retention_days"],
        )  # fmt: skip
        rows += [
            (*head, item["name"], item["type"], item["need"]["zh"], item["need"]["en"])
            for item in one["items"]
        ]
    return sheets.write(HEAD, rows, title="场景 Scenarios", notes=NOTES)


def blank(template: ScenarioTemplate | None = None) -> bytes:
    """An empty table, or one with a template's items."""
    rows: list[Sequence[Cell]] = []
    if template is not None:
        head = (template.id, template.title.zh, template.title.en, template.purpose.zh, template.ground, template.sector, "", "",
                template.retention_days)  # fmt: skip
        rows = [(*head, item.name, item.type, item.need.zh, item.need.en) for item in template.items]
    return sheets.write(HEAD, rows, title="场景 Scenarios", notes=NOTES)


def parse(
    data: bytes, *, name: str, parties: Mapping[str, Mapping[str, Any]]
) -> tuple[list[Json], list[Wrong]]:
    """The scenarios of a table, and every cell that is wrong."""
    reader = _Reader(parties)
    for at, row in enumerate(sheets.read(data, name=name), 1):
        if at > 1 and any(cell not in {None, ""} for cell in row):
            reader.row(at, [*row, *([None] * (len(HEAD) - len(row)))])
    return [draft.body | {"items": draft.items} for draft in reader.drafts.values()], reader.wrong


class _Reader:
    def __init__(self, parties: Mapping[str, Mapping[str, Any]]) -> None:
        self.parties = parties
        self.drafts: dict[str, Draft] = {}
        self.wrong: list[Wrong] = []

    def row(self, at: int, row: Sequence[Cell]) -> None:
        told = ["" if cell is None else str(cell).strip() for cell in row[: len(HEAD)]]
        label = told[0] or told[1]
        if not label:
            self.bad(at, 1, "缺少场景标签", "a label is missing")
            return
        body = self._scenario(at, told)
        draft = self.drafts.setdefault(label, Draft(label, body, at))
        if draft.row != at and draft.body != body:
            column = next((c for c in range(1, SCENARIO_COLUMNS) if self._cell(draft, c, body)), 1)
            self.bad(
                at,
                column + 1,
                f"与第{draft.row}行同一场景的内容不一致",
                f"it differs from row {draft.row} of the same scenario",
            )
        item = self._item(at, told)
        if any(one["name"] == item["name"] for one in draft.items):
            self.bad(at, 10, "同一场景的数据项重复", "the item stands twice in the scenario")
        draft.items.append(item)

    def _cell(self, draft: Draft, column: int, body: Json) -> bool:
        names = (
            "",
            "title",
            "title",
            "purpose",
            "ground",
            "sector",
            "country",
            "recipients",
            "retention_days",
        )
        return bool(draft.body[names[column]] != body[names[column]])

    def _scenario(self, at: int, told: Sequence[str]) -> Json:
        for column, what in ((2, "中文名称"), (3, "英文名称"), (4, "目的")):
            if len(told[column - 1]) < 2:
                self.bad(at, column, f"缺少{what}", f"{HEAD[column - 1].en.lower()} is missing")
        ground = told[4] or "none"
        if ground not in GROUNDS:
            self.bad(at, 5, f"可选：{'、'.join(GROUNDS)}", f"one of {', '.join(GROUNDS)}")
        country = told[6].upper()
        if len(country) != 2 or not country.isalpha():
            self.bad(at, 7, "应为两位国家或地区代码", "two letters of a country are wanted")
        recipients = told[7].split()
        if not recipients:
            self.bad(at, 8, "缺少接收方", "a recipient is missing")
        for one in recipients:
            party = self.parties.get(one)
            if party is None:
                self.bad(at, 8, f"主体目录中没有 {one[:40]}", f"{one[:40]} is not in the directory")
            elif party["country"] != country:
                self.bad(
                    at,
                    7,
                    f"接收方 {one[:40]} 位于 {party['country']}",
                    f"recipient {one[:40]} is in {party['country']}",
                )
        days = told[8].removesuffix(".0")
        if not days.isascii() or not days.isdigit() or not 1 <= int(days) <= 36_600:
            self.bad(at, 9, "应为1至36600的整数", "a whole number from 1 to 36600 is wanted")
            days = "1"
        return {
            "title": {"zh": told[1], "en": told[2]}, "purpose": told[3], "ground": ground, "sector": told[5] or "general",
            "country": country, "recipients": recipients, "retention_days": int(days),
        }  # fmt: skip

    def _item(self, at: int, told: Sequence[str]) -> Json:
        name, kind, zh, en = told[9:13]
        if not name:
            self.bad(at, 10, "缺少数据项名称", "the item's name is missing")
        if kind not in by_id() and kind not in GENERIC:
            self.bad(
                at,
                11,
                f"没有识别类型“{kind[:40]}”，见 feiyu types",
                f"no type {kind[:40]!r}; see feiyu types",
            )
        if not zh:
            self.bad(at, 12, "缺少必要性", "why it is needed is missing")
        return {"name": name, "type": kind, "need": {"zh": zh or "-", "en": en or zh or "-"}}

    def bad(self, row: int, column: int, zh: str, en: str) -> None:
        if len(self.wrong) < 500:
            self.wrong.append(Wrong(sheets.place(row, column), Text(zh, en)))
