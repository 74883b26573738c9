"""Check a paper made elsewhere: the contract word for word, and persons, fields, recipients and dates against the dossier.

Rules this module keeps:
 * the word-for-word check is made only with an official text that is marked as verified;
 * a mismatch names the page, paragraph or cell, what the dossier says and what the paper says;
 * what a paper does not speak of is told as not found, never as fitting;
 * numbers of persons are read where the words beside them say persons; anything else is left alone.

Sources: cn/scc-measures-2023#6; issue of papers made elsewhere: cn/sa-measures-2022#6.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from feiyu.base.text import Text
from feiyu.edge.dossier.package import day_of
from feiyu.edge.dossier.subject import Subject, day_text, fields_of, year_persons
from feiyu.edge.dossier.templates import library
from feiyu.papers.compare import Comparison, Difference, normal
from feiyu.papers.errors import UnsureText
from feiyu.papers.reading import compare_paper, read_paper
from feiyu.papers.script import Line, Script
from feiyu.registry.scenarios.templates import type_name
from feiyu.rules.load import packaged

KINDS = {
    "contract": Text("标准合同", "standard contract"), "form": Text("申报表、备案表", "declaration or filing form"),
    "report": Text("评估报告", "assessment report"), "annex": Text("附录或数据项清单", "annex or list of items"),
    "ledger": Text("人数台账", "person ledger"), "other": Text("其他材料", "other paper"),
}  # fmt: skip
DIFFERENCES = {
    "changed": Text("改动", "changed"),
    "missing": Text("缺失", "missing"),
    "added": Text("增加", "added"),
}
_COUNT = re.compile(
    r"(?<![\d*])(\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d{1,4})?)\s*(万)?\s*(?:名|个(?!人信息))?(?:自然)?人(?![民员事工力机])"
)
_DAY = re.compile(r"(\d{4})\s*(?:年|-|/|\.)\s*(\d{1,2})\s*(?:月|-|/|\.)\s*(\d{1,2})日?")
_BARE = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}")
_LABELLED = re.compile(
    r"(自然人数?|人数)[^\d]{0,16}?(\d{1,3}(?:,\d{3})+|\d{1,9})(?![\d,.]|\s*(?:万|年|月|日|号|项|条|%))"
)
_DATES = (
    ("contract_effective", re.compile("生效"), Text("生效日期", "day of effect")),
    ("contract_signed", re.compile("订立|签订|签署"), Text("订立日期", "day of conclusion")),
    ("assess_to", re.compile("完成"), Text("评估完成日期", "day the assessment was finished")),
)
_CAUTIONS = (
    (re.compile("(以|按)(照)?本?附录(二)?.{0,8}为准|优先于(本合同)?正文|与正文不一致.{0,12}附录"),
     Text("附录二约定优先于正文，与第九条第一项冲突", "annex 2 claims to prevail over the text, against article 9(1)")),
    (re.compile("(责任|赔偿).{0,12}(不超过|上限|免除)|免责"),
     Text("附录二限制或者免除责任，可能与第八条冲突", "annex 2 limits or excludes liability, perhaps against article 8")),
    (re.compile("(适用|依照).{0,12}(法律|法)(管辖|解释)|governed by", re.IGNORECASE),
     Text("附录二另行约定适用法律，可能与第九条第二项冲突", "annex 2 names another governing law, perhaps against article 9(2)")),
)  # fmt: skip


_ABOUT_PERSONS = re.compile("自然人数|出境.{0,8}人数|敏感.{0,12}人数")
_NOT_EXPORTED = re.compile("员工|人员|职工|以上|不满|以下|超过")
_EXPORTED = Text("出境人数", "persons")
_SENSITIVE_PERSONS = Text("敏感个人信息涉及人数", "persons with sensitive information")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A statement of the paper that does not fit the dossier, or that is not found in it."""

    kind: str
    what: Text
    expected: Text | None
    found: str
    place: Text

    def as_dict(self) -> dict[str, Any]:
        """Wire form."""
        return {
            "kind": self.kind, "what": self.what.as_dict(), "expected": self.expected and self.expected.as_dict(),
            "found": self.found,
            "place": self.place.as_dict(),
        }  # fmt: skip


NOWHERE = Text("全文", "whole paper")


def _listed(names: Iterable[Text]) -> Text | None:
    """All of them in one line of either language; None for none."""
    known = list(names)
    return Text("、".join(one.zh for one in known), "; ".join(one.en for one in known)) if known else None


def official_text() -> str:
    """The verified official text of the standard contract."""
    official = library().officials["standard-contract"]
    if not official.verified:
        raise UnsureText(name=official.title.zh)
    return (packaged() / "documents" / "standard-contract.zh.txt").read_text(encoding="utf-8")


def check_contract(name: str, content: bytes) -> tuple[Script, Comparison]:
    """Compare a contract with the official text."""
    return compare_paper(name, content, official_text())


def check_paper(subject: Subject, *, name: str, content: bytes, kind: str) -> dict[str, Any]:
    """Check a paper against the dossier; a contract word for word as well."""
    if kind == "contract":
        script, compared = check_contract(name, content)
        found = [*_filled(subject, compared), *_against(subject, script, kind), *_cautions(compared)]
        return report(script, found, compared)
    script = read_paper(name, content)
    return report(script, list(_against(subject, script, kind)), None)


def report(script: Script, found: list[Mismatch], compared: Comparison | None) -> dict[str, Any]:
    """Everything that was found, as a wire form."""
    made: dict[str, Any] = {
        "name": script.name, "kind": script.kind, "warnings": [one.as_dict() for one in script.warnings],
        "mismatches": [one.as_dict() for one in found], "official": None,
    }  # fmt: skip
    if compared is not None:
        official = library().officials["standard-contract"]
        made["official"] = {
            "title": official.title.as_dict(), "sha256": official.sha256, "confidence": official.confidence,
            "read_from": official.read_from.as_dict(), "fixed": compared.fixed, "kept": compared.kept,
            "fills": compared.fills, "differences": [_told(one) for one in compared.differences],
        }  # fmt: skip
    return made


def _told(one: Difference) -> dict[str, Any]:
    return {
        "kind": one.kind, "kind_name": DIFFERENCES[one.kind].as_dict(), "article": one.article, "official": one.official,
        "found": one.found, "place": one.line.place.as_dict(),
    }  # fmt: skip


def _filled(subject: Subject, compared: Comparison) -> Iterator[Mismatch]:
    """The contract's blanks against the dossier."""
    wanted = {
        "exporter_name": (Text("个人信息处理者", "handler"), [subject.exporter.name]),
        "recipient_name": (Text("境外接收方", "recipient"), [one.name for one in subject.recipients]),
    }
    for slot, (what, names) in wanted.items():
        told = compared.fills.get(slot, "")
        if not told:
            yield Mismatch(
                "missing",
                what,
                _listed(names),
                "",
                Text("合同首部", "head of the contract"),
            )
        elif not any(normal(name) in told for one in names for name in (one.zh, one.en)):
            yield Mismatch(
                "differs",
                what,
                _listed(names),
                told,
                Text("合同首部", "head of the contract"),
            )
    for slot, answer, what in (
        ("annex_retention", "retention_abroad", Text("附录一（八）保存期限", "annex 1 (8) retention")),
        ("annex_place", "place_abroad", Text("附录一（九）保存地点", "annex 1 (9) place of storage")),
        ("annex_purpose", "purpose_detail", Text("附录一（一）处理目的", "annex 1 (1) purpose")),
    ):
        told, expected = compared.fills.get(slot, ""), subject.answers.get(answer, "")
        if not told:
            yield Mismatch(
                "missing", what, Text.same(expected) if expected else None, "", Text("附录一", "annex 1")
            )
        elif expected and normal(expected) != normal(told):
            yield Mismatch("differs", what, Text.same(expected), told, Text("附录一", "annex 1"))
    names_of = (type_name(one["type"]) for one in fields_of(subject) if one["personal"])
    kinds = {normal(name.zh): name for name in names_of}
    told = compared.fills.get("annex_kinds", "")
    if absent := [kind for kind in sorted(kinds) if kind not in told]:
        yield Mismatch(
            "missing",
            Text("附录一（四）个人信息种类", "annex 1 (4) kinds"),
            _listed(kinds[kind] for kind in absent),
            told[:200],
            Text("附录一", "annex 1"),
        )


def _cautions(compared: Comparison) -> Iterator[Mismatch]:
    terms = compared.fills.get("annex_terms", "")
    for pattern, what in _CAUTIONS:
        if found := pattern.search(terms):
            yield Mismatch(
                "caution",
                what,
                None,
                terms[max(0, found.start() - 20) : found.end() + 20],
                Text("附录二", "annex 2"),
            )


def _against(subject: Subject, script: Script, kind: str) -> Iterator[Mismatch]:
    lines = script.body()
    if kind in {"form", "report"}:
        yield from _names(subject, lines)
    yield from _persons(subject, lines, wanted=kind in {"form", "report", "ledger", "annex"})
    yield from _days(subject, lines)
    if kind in {"report", "annex"}:
        yield from _items(subject, lines)


def _names(subject: Subject, lines: tuple[Line, ...]) -> Iterator[Mismatch]:
    text = normal("".join(line.text for line in lines))
    for party in (subject.exporter, *subject.recipients):
        if normal(party.name.zh) not in text and normal(party.name.en) not in text:
            what = (
                Text("数据处理者", "data handler")
                if party is subject.exporter
                else Text("境外接收方", "recipient")
            )
            yield Mismatch("missing", what, party.name, "", NOWHERE)
    if subject.exporter.uscc and subject.exporter.uscc not in text:
        yield Mismatch(
            "missing",
            Text("统一社会信用代码", "unified social credit code"),
            Text.same(subject.exporter.uscc),
            "",
            NOWHERE,
        )


def _persons(subject: Subject, lines: tuple[Line, ...], *, wanted: bool) -> Iterator[Mismatch]:
    """Numbers of persons that the dossier does not know."""
    counts = subject.determination["counts"]
    year = year_persons(subject.facts) or (0, 0)
    sensitive = {counts["sensitive"][end] for end in ("lower", "counted", "upper")} | {year[1]}
    known = {counts["persons"][end] for end in ("lower", "counted", "upper")} | {year[0]} | sensitive
    known |= {int(told) for n in (1, 2, 3) if (told := subject.answers.get(f"persons_year_{n}"))}
    seen: set[int] = set()
    label = ""
    for line in lines:
        for one in _numbers(line, label):
            if one.value != int(one.value) or one.value < 2:
                continue
            seen.add(int(one.value))
            about = sensitive if "敏感" in one.before else known
            if not one.about or int(one.value) in about or _NOT_EXPORTED.search(one.before + one.after):
                continue
            expected = _listed(Text.same(f"{known_one:,}") for known_one in sorted(about) if known_one)
            what = _SENSITIVE_PERSONS if "敏感" in one.before else _EXPORTED
            yield Mismatch("differs", what, expected, one.words, line.place)
        label = line.text
    if (
        wanted
        and counts["persons"]["counted"]
        and not seen & known
        and not _stands_alone(counts["persons"]["counted"], lines)
    ):
        yield Mismatch("missing", _EXPORTED, Text.same(f"{counts['persons']['counted']:,}"), "", NOWHERE)


def _stands_alone(number: int, lines: tuple[Line, ...]) -> bool:
    """Whether a number is told without words beside it, as in a table of a PDF whose head stands elsewhere; small ones are told by chance."""
    written = re.compile(rf"(?<![\d,.*])(?:{number:,}|{number})(?![\d,.*])")
    return number >= 100 and any(written.search(line.text) for line in lines)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of a line, the words before and after it, and whether they speak of persons."""

    value: float
    words: str
    before: str
    after: str
    about: bool


def _numbers(line: Line, label: str) -> Iterator[_Number]:
    text = line.text
    for found in _COUNT.finditer(text):
        value = float(found[1].replace(",", "")) * (10_000 if found[2] else 1)
        yield _Number(
            value,
            found[0],
            text[max(0, found.start() - 14) : found.start()],
            text[found.end() : found.end() + 4],
            True,
        )
    for found in _LABELLED.finditer(text):
        before = text[max(0, found.start() - 14) : found.start(2)]
        yield _Number(
            float(found[2].replace(",", "")), found[0], before, text[found.end() : found.end() + 4], True
        )
    if bare := _BARE.fullmatch(text.strip()):
        yield _Number(float(bare[0].replace(",", "")), bare[0], label, "", bool(_ABOUT_PERSONS.search(label)))


def _days(subject: Subject, lines: tuple[Line, ...]) -> Iterator[Mismatch]:
    for name, words, what in _DATES:
        told = day_of(subject.answers, name)
        if told is None:
            continue
        for line in lines:
            for found in _DAY.finditer(line.text):
                around = _clause(line.text, found.start(), found.end())
                if words.search(around) and (day := _day(found)) and day != told:
                    yield Mismatch("differs", what, day_text(told), found[0], line.place)


def _clause(text: str, start: int, end: int) -> str:
    """The words around a place, up to the next stop or comma."""
    before = re.split("[，。；;,]", text[max(0, start - 30) : start])[-1]
    return before + re.split("[，。；;,]", text[end : end + 12])[0]


def _day(found: "re.Match[str]") -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _items(subject: Subject, lines: tuple[Line, ...]) -> Iterator[Mismatch]:
    text = normal("".join(line.text for line in lines))
    what = Text("数据项", "data item")
    for one in fields_of(subject):
        if normal(one["name"]) not in text and normal(type_name(one["type"]).zh) not in text:
            kind = type_name(one["type"])
            wanted = Text(f"{one['name']}（{kind.zh}）", f"{one['name']} ({kind.en})")
            yield Mismatch("missing", what, wanted, "", NOWHERE)
    if lines and lines[0].cell:
        yield from _stray_items(subject, lines)


def _stray_items(subject: Subject, lines: tuple[Line, ...]) -> Iterator[Mismatch]:
    """Items of a sheet's name column that the dossier does not have."""
    heads = {normal(text) for text in ("数据项名称", "字段名称", "字段", "数据项", "field", "item", "name")}
    head = next((line for line in lines if normal(line.text).lower() in heads), None)
    if head is None:
        return
    column = re.sub(r"\d+$", "", head.cell)
    known = {normal(one["name"]) for one in fields_of(subject)} | {
        normal(type_name(one["type"]).zh) for one in fields_of(subject)
    }
    for line in lines:
        if re.sub(r"\d+$", "", line.cell) == column and line is not head and normal(line.text) not in known:
            yield Mismatch(
                "differs",
                Text("清单中的数据项不在材料内", "an item of the list is not in the dossier"),
                None,
                line.text[:100],
                line.place,
            )
