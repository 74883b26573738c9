"""Scenario templates as data: per sector what usually goes out, on which ground, with which papers and pitfalls.

Rules this module keeps:
 * a template is a starting point: its items are typical, its route is told in words and decides nothing;
 * each item is of a known semantic type and says why it is needed; each citation resolves (``tests/unit/registry``);
 * what is uncertain says so: a list whose official annex was not read gives no numbers here.

Sources: plan items 15 and 16; ``rulebooks/scenarios``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from feiyu.base.errors import NotFound
from feiyu.base.text import Text
from feiyu.rules.load import packaged, yaml_files
from feiyu.rules.strict_yaml import Node, parse
from feiyu.scan.catalogue import name_of

GROUNDS = {
    "none": Text("不主张豁免", "no exemption claimed"),
    "contract": Text("个人为当事人的合同所必需", "needed for the person's own contract"),
    "hr": Text("跨境人力资源管理所必需", "needed for cross-border human resources"),
    "statutory_duty": Text("我国法定职责或者法定义务所必需", "needed for a statutory duty under Chinese law"),
    "emergency": Text("紧急情况所必需", "needed in an emergency"),
}
CONFIDENCE = {
    "high": Text("高", "high"), "medium": Text("中（部分内容未见官方全文）", "medium (parts of the official text were not seen)"),
    "low": Text("低（内容以官方文本为准）", "low (the official text prevails)"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateItem:
    """A data item that usually goes out."""

    name: str
    type: str
    title: Text
    need: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioTemplate:
    """One scenario of a sector."""

    id: str
    sector: str
    sector_title: Text
    title: Text
    purpose: Text
    ground: str
    route: Text
    retention_days: int
    items: tuple[TemplateItem, ...]
    materials: Text
    pitfalls: tuple[Text, ...]
    cite: tuple[str, ...]
    confidence: str


@cache
def scenario_templates() -> Mapping[str, ScenarioTemplate]:
    """All templates; Lingang's four connected-vehicle scenarios first."""
    found: dict[str, ScenarioTemplate] = {}
    files = sorted(
        yaml_files(packaged(), "scenarios"), key=lambda one: (not one[0].endswith("/icv.yaml"), one[0])
    )
    for path, data in files:
        part = parse(data, path).record("sector", "title", "templates")
        sector, title = part["sector"].text(), part["title"].bilingual()
        for name, node in part["templates"].mapping().items():
            if name in found:
                node.fail(f"the template {name!r} stands twice", f"模板 {name!r} 重复")
            found[name] = _template(name, node, sector, title)
    return found


def scenario_template(name: str) -> ScenarioTemplate:
    """One template."""
    found = scenario_templates().get(name)
    if found is None:
        raise NotFound(what=Text("场景模板", "scenario template"), ident=name[:60])
    return found


def _template(name: str, node: Node, sector: str, title: Text) -> ScenarioTemplate:
    part = node.record(
        "title", "purpose", "ground", "route", "retention_days", "items", "materials", "pitfalls", "cite", "confidence",
        optional=("sector",),
    )  # fmt: skip
    return ScenarioTemplate(
        id=name, sector=part["sector"].text() if "sector" in part else sector, sector_title=title, title=part["title"].bilingual(),
        purpose=part["purpose"].bilingual(), ground=part["ground"].choice(*GROUNDS), route=part["route"].bilingual(),
        retention_days=part["retention_days"].integer(), items=tuple(_item(one) for one in part["items"].items()),
        materials=part["materials"].bilingual(), pitfalls=tuple(one.bilingual() for one in part["pitfalls"].items()),
        cite=part["cite"].texts(), confidence=part["confidence"].choice(*CONFIDENCE),
    )  # fmt: skip


def _item(node: Node) -> TemplateItem:
    part = node.record("name", "type", "zh", "en", "need_zh", "need_en")
    return TemplateItem(
        name=part["name"].text(), type=part["type"].text(), title=Text(part["zh"].text(), part["en"].text()),
        need=Text(part["need_zh"].text(), part["need_en"].text()),
    )  # fmt: skip


def type_name(type_id: str) -> Text:
    """A semantic type's name, also of what is no identifier of anything."""
    return name_of(type_id)
