"""The official annex of a zone's list: from the table somebody typed in to a list that may be used.

A shipped list knows its dates, scope and size; its items come from the annex. Whoever uses the list types the annex
into the template (one row an item), two people read it against the official text, and the import checks every cell.

Rules this module keeps:
 * every fault is reported with its cell, all of them at once, and then nothing is imported;
 * the list keeps its provenance: the table's hash, the official annex's hash, who read it, when;
 * two different readers are needed for real use, and a fixture never becomes real;
 * what is written is read back by the same strict reader before anybody may use it.

Source: cn/flow-provisions-2024#6.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from feiyu.base.text import Text, listed
from feiyu.rules.books import Rulebooks
from feiyu.rules.errors import BadCells, FixtureRefused, TwoReaders, UnknownName
from feiyu.rules.sheet import Rows, cell_name, read_rows, to_csv, to_xlsx
from feiyu.rules.strict_yaml import parse
from feiyu.rules.zones import CONSEQUENCES, LINES, ZoneList, import_list, read_list, zone_lists

SHOWN = 40
_WORD = 200
COLUMNS: Mapping[str, Text] = {
    "sector": Text("行业（代号）", "sector (id)"),
    "sector_zh": Text("行业（中文）", "sector (Chinese)"),
    "sector_en": Text("行业（英文）", "sector (English)"),
    "scenario": Text("场景（代号）", "scenario (id)"),
    "scenario_zh": Text("场景（中文）", "scenario (Chinese)"),
    "scenario_en": Text("场景（英文）", "scenario (English)"),
    "item": Text("数据项（代号）", "item (id)"),
    "item_zh": Text("数据项（中文）", "item (Chinese)"),
    "item_en": Text("数据项（英文）", "item (English)"),
    "important": Text("是否重要数据（yes/no）", "important data (yes/no)"),
    "consequence": Text(
        "管理要求（SA、SCC_OR_CERT、by_quantity）", "consequence (SA, SCC_OR_CERT, by_quantity)"
    ),
    "assessment_general": Text("评估人数（一般）", "assessment from (general persons)"),
    "assessment_sensitive": Text("评估人数（敏感）", "assessment from (sensitive persons)"),
    "contract_general": Text("合同或认证人数（一般）", "contract from (general persons)"),
    "contract_sensitive": Text("合同或认证人数（敏感）", "contract from (sensitive persons)"),
}
_TRUTHS = {"yes": True, "no": False, "是": True, "否": False}


def template(*, workbook: bool) -> bytes:
    """The empty table to type an annex into: ids in the first row, what they mean in the second."""
    rows = [list(COLUMNS), [f"{text.zh} / {text.en}" for text in COLUMNS.values()]]
    return to_xlsx(rows, sheet="清单 list") if workbook else to_csv(rows)


def import_annex(
    rulebooks: Rulebooks, path: Path, *, list_id: str, readers: Sequence[str], on: date, annex: Path | None = None
) -> ZoneList:  # fmt: skip
    """Read an annex typed into the template (XLSX, CSV) or written as YAML, for a list that is registered here.

    Args:
        rulebooks: the law; the list must be among its lists.
        path: the typed table.
        list_id: id of the shipped list that it completes.
        readers: the people who read the table against the official text; two different ones.
        on: the day of the import.
        annex: the official file itself; its hash is kept.
    """
    names = tuple(dict.fromkeys(" ".join(name.split()) for name in readers if name.strip()))
    if len(names) < 2:
        raise TwoReaders(list=list_id, readers=", ".join(names) or "-")
    known = {one.id: one for one in zone_lists(rulebooks)}
    stub = known.get(list_id)
    if stub is None:
        raise UnknownName(what=Text("清单", "list"), name=list_id, allowed=", ".join(known))
    if stub.fixture:
        raise FixtureRefused(name=list_id)
    data = path.read_bytes() if path.stat().st_size <= (1 << 22) else b""
    if path.suffix.lower() in {".yaml", ".yml"}:
        typed = import_list(rulebooks, path)
        if typed.id != list_id:
            raise UnknownName(what=Text("清单", "list"), name=typed.id, allowed=list_id)
        if typed.fixture:
            raise FixtureRefused(name=list_id)
        body = _tree(typed)
    else:
        body = _Table(path.name, read_rows(path)).scenarios()
    made = _head(stub, body) | {
        "provenance": {
            "table_sha256": hashlib.sha256(data).hexdigest(),
            "annex_sha256": hashlib.sha256(annex.read_bytes()).hexdigest() if annex else "none",
            "readers": list(names),
            "imported_on": on,
        }
    }
    text = yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=120)
    return read_list(parse(text.encode(), f"{list_id}.yaml"), rulebooks)


def dump(found: ZoneList) -> str:
    """The list as YAML, as ``import_list`` reads it."""
    return yaml.safe_dump(
        _head(found, _tree(found)) | ({"provenance": dict(found.provenance)} if found.provenance else {}),
        allow_unicode=True, sort_keys=False, width=120,
    )  # fmt: skip


def _head(stub: ZoneList, scenarios: list[dict[str, object]]) -> dict[str, object]:
    sectors = {name: text.as_dict() for name, text in stub.sectors}
    for one in scenarios:
        title = one.get("sector_title") or {"zh": one["sector"], "en": one["sector"]}
        sectors.setdefault(str(one["sector"]), title)  # type: ignore[arg-type]
    bare = [{key: value for key, value in one.items() if key != "sector_title"} for one in scenarios]
    head: dict[str, object] = {
        "id": stub.id, "zone": stub.zone, "kind": stub.kind, "source": stub.source.id, "issued": stub.issued,
        "city_wide": stub.city_wide, "excludes_ciio": stub.excludes_ciio, "sectors": sectors,
        "size": stub.size.as_dict(), "complete": True, "fixture": False, "scenarios": bare,
    }  # fmt: skip
    if stub.posted:
        head["posted"] = stub.posted
    return head


def _tree(found: ZoneList) -> list[dict[str, object]]:
    titles = dict(found.sectors)
    return [
        {
            "id": scenario.id, "sector": scenario.sector, "title": scenario.title.as_dict(),
            "sector_title": titles[scenario.sector].as_dict() if scenario.sector in titles else None,
            "items": [
                {
                    "id": item.id, "title": item.title.as_dict(), "important": item.important,
                    "consequence": item.consequence, **({"lines": dict(item.lines)} if item.lines else {}),
                }
                for item in scenario.items
            ],
        }
        for scenario in found.scenarios
    ]  # fmt: skip


@dataclass
class _Table:
    """The typed table; collects every fault with its cell."""

    name: str
    rows: Rows
    faults: list[tuple[str, Text]] = field(default_factory=list)

    def scenarios(self) -> list[dict[str, object]]:
        """The scenarios with their items, in the order of the rows."""
        places = self._places()
        found: dict[tuple[str, str], dict[str, object]] = {}
        ids: dict[tuple[str, str, str], str] = {}
        for at, row in self._body(places):
            line = _Line(self, at, row, places)
            key = line.word("sector"), line.word("scenario")
            held = found.setdefault(key, {
                "id": key[1], "sector": key[0], "title": line.bilingual("scenario"),
                "sector_title": line.bilingual("sector"), "items": [],
            })  # fmt: skip
            item = line.item()
            twice = ids.setdefault((*key, str(item["id"])), line.cell("item"))
            if twice != line.cell("item"):
                line.fault("item", f"与 {twice} 重复", f"stands already at {twice}")
            items = held["items"]
            assert isinstance(items, list)
            items.append(item)
        self._one_sector_a_scenario(found)
        if not found and not self.faults:
            self.faults.append(("A3", Text("没有数据项", "there is no item")))
        if self.faults:
            shown = self.faults[:SHOWN]
            raise BadCells(
                name=self.name, count=len(self.faults),
                cells=listed(Text(f"{cell} {text.zh}", f"{cell} {text.en}") for cell, text in shown),
            )  # fmt: skip
        return list(found.values())

    def _one_sector_a_scenario(self, found: Mapping[tuple[str, str], object]) -> None:
        seen: dict[str, str] = {}
        for sector, scenario in found:
            other = seen.setdefault(scenario, sector)
            if other != sector:
                text = Text(
                    f"场景 {scenario} 分属 {other} 与 {sector}",
                    f"scenario {scenario} is under {other} and {sector}",
                )
                self.faults.append(("D", text))

    def _places(self) -> dict[str, int]:
        head = self.rows[0] if self.rows else []
        places = {name: at for at, name in enumerate(head) if name}
        for name, at in places.items():
            if name not in COLUMNS:
                self.faults.append((cell_name(0, at), Text(f"未知的列“{name}”", f"unknown column {name}")))
        for name in COLUMNS:
            if name not in places:
                self.faults.append(
                    (cell_name(0, len(head)), Text(f"缺少列“{name}”", f"the column {name} is missing"))
                )
        if self.faults:
            raise BadCells(
                name=self.name, count=len(self.faults), cells=listed(Text(f"{c} {t.zh}", f"{c} {t.en}") for c, t in self.faults[:SHOWN]),
            )  # fmt: skip
        return places

    def _body(self, places: Mapping[str, int]) -> list[tuple[int, list[str]]]:
        first = self.rows[1] if len(self.rows) > 1 else []
        told = first and all(
            places[name] < len(first) and first[places[name]] == f"{text.zh} / {text.en}"
            for name, text in COLUMNS.items()
        )
        return [(at, row) for at, row in enumerate(self.rows) if at > (1 if told else 0) and any(row)]


@dataclass
class _Line:
    """One row of the table."""

    table: _Table
    at: int
    row: list[str]
    places: Mapping[str, int]

    def cell(self, column: str) -> str:
        """The cell's name."""
        return cell_name(self.at, self.places[column])

    def fault(self, column: str, zh: str, en: str) -> None:
        """Note a fault."""
        self.table.faults.append((self.cell(column), Text(zh, en)))

    def raw(self, column: str) -> str:
        """The cell's text."""
        at = self.places[column]
        return self.row[at] if at < len(self.row) else ""

    def word(self, column: str) -> str:
        """A needed text."""
        found = self.raw(column)
        if not found:
            self.fault(column, "未填", "empty")
        elif len(found) > _WORD:
            self.fault(column, f"超过 {_WORD} 个字符", f"over {_WORD} characters")
        return found

    def bilingual(self, name: str) -> dict[str, str]:
        """The two halves of a title."""
        return {"zh": self.word(f"{name}_zh"), "en": self.word(f"{name}_en")}

    def item(self) -> dict[str, object]:
        """The item of the row."""
        important = _TRUTHS.get(self.raw("important").lower())
        if important is None:
            self.fault("important", "应为 yes 或 no", "must be yes or no")
        consequence = self.raw("consequence")
        if consequence not in CONSEQUENCES:
            allowed = ", ".join(CONSEQUENCES)
            self.fault("consequence", f"应为 {allowed} 之一", f"must be one of {allowed}")
        lines = {name: number for name in LINES if (number := self._number(name)) is not None}
        if consequence in CONSEQUENCES and (consequence == "by_quantity") != bool(lines):
            self.fault(
                "consequence",
                "数量只用于 by_quantity，且必填",
                "quantities stand with by_quantity, and only there",
            )
        for kind in ("general", "sensitive"):
            contract, assessment = lines.get(f"contract_{kind}"), lines.get(f"assessment_{kind}")
            if contract is not None and assessment is not None and contract >= assessment:
                self.fault(f"contract_{kind}", "应低于评估人数", "must be below the line of the assessment")
        return {
            "id": self.word("item"), "title": self.bilingual("item"), "important": bool(important),
            "consequence": consequence, **({"lines": lines} if lines else {}),
        }  # fmt: skip

    def _number(self, name: str) -> int | None:
        text = self.raw(name).replace(",", "").removesuffix(".0")
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or len(text) > 12 or int(text) < 1:
            self.fault(name, f"“{text[:40]}”不是正整数", f"{text[:40]!r} is not a positive whole number")
            return None
        return int(text)
