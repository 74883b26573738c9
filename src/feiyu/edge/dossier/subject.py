"""What a dossier is about, and every value that papers print, each with where it came from.

Rules this module keeps:
 * a value comes from the scan, the signed determination, the scenario, the person ledger, the directory of parties, the
   whole-process assessment, a person's answer or the clock, and says which; nothing is invented;
 * persons are the determination's facts: *counted* is what the law counts, lower and upper stand beside it;
 * what the exporter did not answer has no value: its place stays blank.

Sources: DESIGN invariants 5 and 7.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from feiyu.base.text import Text, number_of
from feiyu.edge.dossier.templates import Question, library
from feiyu.registry.scenarios.countries import country
from feiyu.registry.scenarios.templates import type_name
from feiyu.rules.model import ROUTE_NAMES, Route

Json = Mapping[str, Any]


class From(StrEnum):
    """Where a value came from."""

    PARTY = "party"
    SCENARIO = "scenario"
    PROFILE = "profile"
    DETERMINATION = "determination"
    LEDGER = "ledger"
    ANSWER = "answer"
    ASSESSMENT = "assessment"
    CLOCK = "clock"


ORIGINS = {
    From.PARTY: Text("主体目录", "directory of parties"), From.SCENARIO: Text("出境场景登记", "scenario in the register"),
    From.PROFILE: Text("扫描记录", "scan"), From.DETERMINATION: Text("路径判定", "determination"),
    From.LEDGER: Text("人数台账", "person ledger"), From.ANSWER: Text("填报回答", "answer"),
    From.ASSESSMENT: Text("全流程评估", "whole-process assessment"), From.CLOCK: Text("编制日期", "day of making"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """Words in both languages, and their source: kind and reference."""

    text: Text
    source: From
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation as papers print it."""

    id: str
    name: Text
    country: str
    uscc: str | None = None
    lei: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Everything a dossier is made from. ``determination`` is the signed document's content, with its ``id``."""

    exporter: Party
    recipients: tuple[Party, ...]
    scenario: Json
    profile: Json
    profile_id: str
    determination: Json
    determination_id: str
    answers: Mapping[str, str]
    capability: Json | None
    filing_due: date | None
    today: date

    @property
    def facts(self) -> Json:
        """The facts of the determination."""
        found: Json = self.determination["facts"]
        return found

    def condition(self, name: str) -> bool | None:
        """Whether a condition of the templates holds; ``None`` while the answer that decides is missing."""
        match name:
            case "personal":
                return self.facts.get("contains_pi") != "no"
            case "sensitive":
                counted = self.determination["counts"]["sensitive"]
                return bool(counted["upper"]) or any(one["sensitive"] for one in fields_of(self))
            case "under14":
                return any(
                    table["persons"].get("under14", {}).get("upper", 0) for table in self.profile["tables"]
                )
            case "consent":
                ground = self.answers.get("legal_ground")
                return None if not ground else ground == "consent"
            case "important":
                return self.facts.get("important_status") == "notified_or_published"
            case _:
                assert name == "automotive", name
                return str(self.scenario.get("sector", "")).lower() in {
                    "auto",
                    "automotive",
                    "icv",
                    "vehicle",
                }


def fields_of(subject: Subject) -> list[Json]:
    """What crosses: the determination's fields, with what the scan and the scenario say of each."""
    seen = {one["name"]: one for table in subject.profile["tables"] for one in table["fields"]}
    items = {one["name"]: one for one in subject.scenario["items"]}
    found: list[Json] = []
    for one in subject.determination["fields"]:
        name = one["name"]
        scanned = seen.get(name, {})
        found.append({
            "name": name, "type": one["type"], "personal": scanned.get("personal", False), "sensitive": scanned.get("sensitive", False),
            "level": scanned.get("level", ""), "samples": scanned.get("samples", []), "need": items.get(name, {}).get("need"),
            "in_scenario": name in items,
        })  # fmt: skip
    return found


def values_of(subject: Subject) -> dict[str, Value]:
    """Every value by the name that templates use."""
    found: dict[str, Value] = {}
    found |= _parties(subject) | _scenario(subject) | _profile(subject) | _persons(subject)
    found |= _determination(subject) | _answers(subject)
    found["today"] = Value(day_text(subject.today), From.CLOCK, subject.today.isoformat())
    found["year"] = Value(
        Text(str(subject.today.year), str(subject.today.year)), From.CLOCK, subject.today.isoformat()
    )
    if subject.filing_due:
        found["filing.due"] = Value(day_text(subject.filing_due), From.ANSWER, "contract_effective + 10")
    return found


NAMES = {
    "exporter.uscc": Text("统一社会信用代码（由运维登记在主体中）", "Unified social credit code (the operator enters it with the party)"),
    "filing.due": Text("备案期限（依合同生效日）", "Last day to file (by the day the contract takes effect)"),
    "dispute.number": Text("争议解决方式", "Way of settling disputes"),
}  # fmt: skip
"""What a paper calls a value that it lacks and that no question asks for."""


def same(text: object) -> Text:
    """The same words in both languages."""
    return Text(str(text), str(text))


def day_text(day: date) -> Text:
    """A day, written out."""
    return Text(f"{day.year}年{day.month}月{day.day}日", day.isoformat())


def number(value: int) -> Text:
    """A number with separators."""
    return same(f"{value:,}")


def _parties(subject: Subject) -> dict[str, Value]:
    exporter, recipients = subject.exporter, subject.recipients
    found = {"exporter.name": Value(exporter.name, From.PARTY, exporter.id)}
    if exporter.uscc:
        found["exporter.uscc"] = Value(same(exporter.uscc), From.PARTY, exporter.id)
    if recipients:
        refs = ", ".join(one.id for one in recipients)
        names = Text(
            "、".join(one.name.zh for one in recipients), "; ".join(one.name.en for one in recipients)
        )
        codes = list(dict.fromkeys(one.country for one in recipients))
        places = Text(
            "、".join(country(code).zh for code in codes), ", ".join(country(code).en for code in codes)
        )
        found |= {
            "recipient.name": Value(names, From.PARTY, refs),
            "recipient.country": Value(places, From.PARTY, refs),
        }
    return found


def _scenario(subject: Subject) -> dict[str, Value]:
    scenario = subject.scenario
    ref = scenario["id"]
    return {
        "scenario.title": Value(Text.of(scenario["title"]), From.SCENARIO, ref),
        "scenario.purpose": Value(same(scenario["purpose"]), From.SCENARIO, ref),
        "retention.days": Value(number(scenario["retention_days"]), From.SCENARIO, ref),
    }


def _profile(subject: Subject) -> dict[str, Value]:
    ref, fields = subject.profile_id, fields_of(subject)
    rows = sum(table["rows"] for table in subject.profile["tables"])
    found = {
        "profile.id": Value(same(ref), From.PROFILE, ref),
        "profile.rows": Value(number(rows), From.PROFILE, ref),
        "fields.count": Value(number(len(fields)), From.DETERMINATION, subject.determination_id),
    }
    for name, mark in (("personal", "personal"), ("sensitive", "sensitive")):
        kinds = list(dict.fromkeys(one["type"] for one in fields if one[mark]))
        texts = [type_name(kind) for kind in kinds]
        words = Text(
            "、".join(text.zh for text in texts) or "无", ", ".join(text.en for text in texts) or "none"
        )
        found[f"fields.{name}"] = Value(words, From.PROFILE, ref)
    return found


def _persons(subject: Subject) -> dict[str, Value]:
    ref = subject.determination_id
    persons, sensitive = (subject.determination["counts"][name] for name in ("persons", "sensitive"))
    found = {
        "persons.counted": Value(number(persons["counted"]), From.DETERMINATION, ref),
        "persons.sensitive": Value(number(sensitive["counted"]), From.DETERMINATION, ref),
        "persons.upper": Value(number(persons["upper"]), From.DETERMINATION, ref),
    }
    year = year_persons(subject.facts)
    if year is not None:
        total, sensitive_total = year
        found["persons.year"] = Value(number(total), From.LEDGER, ref)
        found["persons.year_sensitive"] = Value(number(sensitive_total), From.LEDGER, ref)
        found["persons.scale"] = Value(Text(
            f"自然人{persons['counted']:,}人（去重），其中敏感个人信息涉及{sensitive['counted']:,}人；当年累计{total:,}人，其中敏感{sensitive_total:,}人",
            f"{number_of(persons['counted'], 'natural person')} (de-duplicated), {sensitive['counted']:,} of them with sensitive information; "
            f"{total:,} this year, {sensitive_total:,} sensitive",
        ), From.DETERMINATION, ref)  # fmt: skip
    return found


def year_persons(facts: Json) -> tuple[int, int] | None:
    """Persons of the calendar year with this export, all and sensitive; ``None`` where a part is unknown."""
    totals = []
    for kind in ("general", "sensitive"):
        before, now = facts.get(f"{kind}_before"), facts.get(f"{kind}_in")
        if not isinstance(before, int) or not isinstance(now, int):
            return None
        totals.append(before + now - int(facts.get(f"{kind}_overlap", 0) or 0))
    return totals[0] + totals[1], totals[1]


_YES_NO = {"yes": Text("是", "yes"), "no": Text("否", "no")}
_IMPORTANT = {
    "none": Text("不含", "none"), "self_suspected": Text("疑似，待识别申报", "suspected, to be identified and reported"),
    "notified_or_published": Text("含已告知或者公开发布的重要数据", "notified or published important data"),
}  # fmt: skip
_MODES = {
    "transfer": Text("传输至境外", "sent abroad"), "store_abroad": Text("存储至境外", "stored abroad"),
    "remote_access_from_abroad": Text("境内存储、境外远程访问", "stored in China, accessed from abroad"),
}  # fmt: skip


def _determination(subject: Subject) -> dict[str, Value]:
    ref, facts = subject.determination_id, subject.facts
    made = subject.determination["determination"]
    found = {
        "determination.route": Value(ROUTE_NAMES[Route(made["route"])], From.DETERMINATION, ref),
        "determination.reason": Value(Text.of(made["reason"]), From.DETERMINATION, ref),
        "determination.rulebook": Value(same(made["rulebook"]), From.DETERMINATION, ref),
        "determination.at": Value(day_text(date.fromisoformat(made["at"])), From.DETERMINATION, ref),
    }
    for name, words in (("ciio", _YES_NO), ("important_status", _IMPORTANT), ("mode", _MODES)):
        if (told := str(facts.get(name))) in words:
            found[f"facts.{name}"] = Value(words[told], From.DETERMINATION, ref)
    return found


def _answers(subject: Subject) -> dict[str, Value]:
    found = {}
    questions = library().questions
    for name, told in subject.answers.items():
        if name in questions and told.strip():
            found[f"q.{name}"] = Value(_told(questions[name], told.strip()), From.ANSWER, name)
    if way := subject.answers.get("dispute_way"):
        found["dispute.number"] = Value(same(way), From.ANSWER, "dispute_way")
    return found


def _told(question: Question, told: str) -> Text:
    match question.kind:
        case "choice":
            return question.options.get(told, same(told))
        case "date":
            return day_text(date.fromisoformat(told))
        case "number":
            return number(int(told))
    return same(told)
