"""The package of a procedure: what is handed in, in order, and what is still missing or does not fit.

Rules this module keeps:
 * the list is data (``documents/packages.yaml``), in the order that the competent body wants;
 * the check names each missing item and each pair of statements that cannot both be true, with where they stand;
 * it is a check of papers; whether the export is lawful is the determination's answer and the authority's business.

Sources: cn/sa-measures-2022#6; cn/scc-measures-2023#7; cn/sa-guide-v3#materials; cn/scc-guide-v2#materials.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from feiyu.base.calendar import Rounding, add_months
from feiyu.base.text import Lang, Text, number_of
from feiyu.edge.dossier.build import Built, applies, build
from feiyu.edge.dossier.subject import NAMES, Subject, day_text, fields_of
from feiyu.edge.dossier.templates import library
from feiyu.registry.scenarios.countries import country
from feiyu.rules.load import packaged, read_one
from feiyu.rules.strict_yaml import Node

OWN_RECORDS = "own-records"
BESIDES = ("notice", "consent", "questionnaire", "annual-automotive", "annual-important")
"""Papers that a dossier has whatever its procedure, where they apply."""
FORMS = {
    "original": Text("原件", "original"), "sealed_copy": Text("影印件加盖公章", "copy with seal"), "copy": Text("影印件", "copy"),
}  # fmt: skip
_DAYS = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that is handed in."""

    id: str
    name: Text
    form: str
    required: bool
    paper: str | None
    aid: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What a procedure wants."""

    procedure: str
    title: Text
    route: str
    cite: tuple[str, ...]
    clock: Text
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something missing or inconsistent. ``place`` names the material, ``questions`` what would put it right."""

    kind: str
    code: str
    place: str
    text: Text
    questions: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Wire form."""
        return {
            "kind": self.kind, "code": self.code, "place": self.place, "text": self.text.as_dict(),
            "questions": list(self.questions),
        }  # fmt: skip


@cache
def packages() -> Mapping[str, Package]:
    """All packages."""
    return {
        name: _package(name, node)
        for name, node in read_one(packaged(), "documents/packages.yaml").mapping().items()
    }


def _package(name: str, node: Node) -> Package:
    part = node.record("title", "route", "cite", "clock", "items")
    return Package(
        procedure=name, title=part["title"].bilingual(), route=part["route"].text(), cite=part["cite"].texts(),
        clock=part["clock"].bilingual(), items=tuple(_item(one) for one in part["items"].items()),
    )  # fmt: skip


def _item(node: Node) -> Item:
    part = node.record("id", "zh", "en", "form", "required", optional=("paper", "aid"))
    known = tuple(library().templates)
    return Item(
        id=part["id"].text(), name=Text(part["zh"].text(), part["en"].text()), form=part["form"].choice(*FORMS),
        required=part["required"].flag(), paper=part["paper"].choice(*known) if "paper" in part else None,
        aid=part["aid"].choice(*known) if "aid" in part else None,
    )  # fmt: skip


def papers_of(package: Package, subject: Subject) -> tuple[str, ...]:
    """The papers of a dossier: those of the package in its order, aids, and those that every export has."""
    wanted = [name for item in package.items for name in (item.paper, item.aid) if name]
    found = (*wanted, *BESIDES)
    return tuple(dict.fromkeys(name for name in found if applies(library().templates[name], subject)))


def check(package: Package, subject: Subject, attached: Sequence[str]) -> tuple[Finding, ...]:
    """Everything that is missing or does not fit. ``attached`` are the materials for which a file lies with the dossier."""
    found = [*_missing(package, subject, attached), *_inconsistent(package, subject)]
    return tuple(found)


def _missing(package: Package, subject: Subject, attached: Sequence[str]) -> Iterator[Finding]:
    for item in package.items:
        if item.paper:
            built = build(library().templates[item.paper], subject, Lang.ZH)
            if built.open:
                yield _open(item, built)
        elif item.required and item.id not in attached:
            form = FORMS[item.form]
            yield Finding("missing", "attachment", item.id, Text(
                f"缺少材料：{item.name.zh}（{form.zh}）。", f"Missing: {item.name.en} ({form.en})."))  # fmt: skip


def _open(item: Item, built: Built) -> Finding:
    asked = [library().questions.get(name.removeprefix("q.")) for name in built.open]
    named = [question.text for question in asked if question] + [
        NAMES[name] for name in built.open if name in NAMES
    ]
    more = len(built.open)
    zh = "；".join(text.zh for text in named[:6]) or "、".join(built.open)
    en = "; ".join(text.en for text in named[:6]) or ", ".join(built.open)
    return Finding("missing", "open", item.id, Text(
        f"{item.name.zh}有{more}处未填：{zh}{'等' if more > 6 else ''}。", f"{item.name.en}: {number_of(more, 'place is', 'places are')} open: {en}{' …' if more > 6 else ''}.",
    ), tuple(question.id for question in asked if question))  # fmt: skip


def day_of(answers: Mapping[str, str], name: str) -> date | None:
    """An answered day."""
    told = answers.get(name)
    return date.fromisoformat(told) if told else None


def _inconsistent(package: Package, subject: Subject) -> Iterator[Finding]:
    yield from _route(package, subject)
    yield from _assessment_days(subject)
    yield from _contract_days(subject)
    yield from _fields(subject)
    yield from _persons(subject)
    yield from _recipients(subject)
    yield from _terms(subject)


def _clash(code: str, place: str, zh: str, en: str, *questions: str) -> Finding:
    return Finding("inconsistent", code, place, Text(zh, en), questions)


def _route(package: Package, subject: Subject) -> Iterator[Finding]:
    route = subject.determination["determination"]["route"]
    free = {"EXEMPT", "FTZ_GENERAL_LIST", "FTZ_OFF_LIST"}
    if route != package.route and not (package.route == "EXEMPT" and route in free):
        yield _clash("route", "determination", f"路径判定为 {route}，与“{package.title.zh}”不符。",
                     f"The determination is {route}; it does not lead to “{package.title.en}”.")  # fmt: skip


def _assessment_days(subject: Subject) -> Iterator[Finding]:
    first, last = day_of(subject.answers, "assess_from"), day_of(subject.answers, "assess_to")
    if first and last and first > last:
        yield _clash("assessment_days", "self_assessment", f"评估开始日期{day_text(first).zh}晚于完成日期{day_text(last).zh}。",
                     f"The assessment begins on {first} and ends before, on {last}.", "assess_from", "assess_to")  # fmt: skip
    if last and last > subject.today:
        yield _clash("assessment_future", "self_assessment", f"评估完成日期{day_text(last).zh}在今天之后。",
                     f"The assessment is said to be finished on {last}, which is yet to come.", "assess_to")  # fmt: skip
    elif last and add_months(last, 3, rounding=Rounding.DOWN) < subject.today:
        yield _clash("assessment_old", "self_assessment", f"评估于{day_text(last).zh}完成，已超过申报前三个月。",
                     f"The assessment was finished on {last}, more than three months before filing.", "assess_to")  # fmt: skip
    until = day_of(subject.answers, "agent_until")
    if until and until < subject.today:
        yield _clash("authority_expired", "authority", f"经办人授权已于{day_text(until).zh}到期。",
                     f"The authority of the person acting ended on {until}.", "agent_until")  # fmt: skip


def _contract_days(subject: Subject) -> Iterator[Finding]:
    signed, effective = (
        day_of(subject.answers, "contract_signed"),
        day_of(subject.answers, "contract_effective"),
    )
    if signed and effective and effective < signed:
        yield _clash("contract_days", "contract", f"合同生效日期{day_text(effective).zh}早于订立日期{day_text(signed).zh}。",
                     f"The contract takes effect on {effective}, before it was signed on {signed}.", "contract_signed", "contract_effective")  # fmt: skip
    if subject.filing_due and subject.filing_due < subject.today:
        yield _clash("filing_late", "contract", f"备案期限已于{day_text(subject.filing_due).zh}届满（生效之日起10个工作日）。",
                     f"The last day to file was {subject.filing_due} (10 working days from effect).", "contract_effective")  # fmt: skip


def _fields(subject: Subject) -> Iterator[Finding]:
    stray = [one["name"] for one in fields_of(subject) if not one["in_scenario"]]
    if stray:
        named = "、".join(stray[:8])
        yield _clash("fields_undeclared", "scenario", f"数据中有{len(stray)}个字段不在场景数据项内：{named}。",
                     f"{number_of(len(stray), 'field of the data is no item', 'fields of the data are no items')} of the scenario: {', '.join(stray[:8])}.")  # fmt: skip
    present = {one["name"] for one in subject.determination["fields"]}
    absent = [item["name"] for item in subject.scenario["items"] if item["name"] not in present]
    if absent:
        yield _clash("fields_absent", "scenario", f"场景列有{len(absent)}个数据项，数据中没有：{'、'.join(absent[:8])}。",
                     f"{number_of(len(absent), 'item of the scenario is', 'items of the scenario are')} not in the data: {', '.join(absent[:8])}.")  # fmt: skip


def _persons(subject: Subject) -> Iterator[Finding]:
    counted = subject.determination["counts"]["persons"]["counted"]
    first = subject.answers.get("persons_year_1")
    if first and int(first) < counted:
        yield _clash("forecast_low", "self_assessment", f"预计第一年出境{int(first):,}人，少于本次已有的{counted:,}人。",
                     f"{number_of(int(first), 'person is', 'persons are')} expected in the first year, fewer than the {counted:,} of this export.", "persons_year_1")  # fmt: skip
    totals = [subject.answers.get(f"persons_year_{n}") for n in (1, 2, 3)]
    line = 1_000_000
    if subject.determination["determination"]["route"] == "SCC_OR_CERT":
        for at, told in enumerate(totals, 1):
            if told and int(told) >= line:
                yield _clash("forecast_line", "self_assessment", f"预计第{at}年出境{int(told):,}人，将达到安全评估的人数线。",
                             f"{int(told):,} persons expected in year {at} reach the line of the security assessment.", f"persons_year_{at}")  # fmt: skip


def _recipients(subject: Subject) -> Iterator[Finding]:
    stated = subject.scenario["country"]
    for one in subject.recipients:
        if one.country != stated:
            yield _clash("recipient_country", "recipient", f"接收方{one.name.zh}位于{country(one.country).zh}，场景登记为{country(stated).zh}。",
                         f"{one.name.en} is in {country(one.country).en}; the scenario names {country(stated).en}.")  # fmt: skip


def _days_in(text: str) -> list[date]:
    """The days that a text names."""
    found = []
    for year, month, day in _DAYS.findall(text):
        with suppress(ValueError):
            found.append(date(int(year), int(month), int(day)))
    return found


def _terms(subject: Subject) -> Iterator[Finding]:
    days = _days_in(subject.answers.get("retention_abroad", ""))
    if len(days) == 2 and (days[1] - days[0]).days > subject.scenario["retention_days"]:
        span = (days[1] - days[0]).days
        yield _clash("retention", "contract", f"境外保存期限为{span}日，长于场景登记的{subject.scenario['retention_days']}日。",
                     f"Retention abroad is {number_of(span, 'day')}, longer than the scenario's {subject.scenario['retention_days']}.", "retention_abroad")  # fmt: skip
    if subject.answers.get("dispute_way") == "1" and not (
        subject.answers.get("arbitration") and subject.answers.get("arbitration_place")
    ):
        yield _clash("arbitration", "contract", "选择仲裁，但未写明仲裁机构和地点。",
                     "Arbitration is chosen, but no body and place.", "arbitration", "arbitration_place")  # fmt: skip
