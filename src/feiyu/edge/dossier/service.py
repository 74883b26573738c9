"""What people ask of a dossier: begin, answer, make, look at a paper, attach, hand in.

Rules this module keeps:
 * papers are made at the edge; what goes to the port is the filing's documents, each with its tier;
 * a dossier rests on one signed determination; scenario and parties are kept as they were when it began;
 * making leaves a version: values, findings and the hash of every paper, never altered; two versions can be compared.

Sources: cn/sa-measures-2022#6; cn/scc-measures-2023#7; DESIGN invariants 6 and 8.
"""

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from feiyu.base import canonical, nouns
from feiyu.base.calendar import CalendarUnknown
from feiyu.base.clock import legal_date
from feiyu.base.errors import BadInput, NotFound
from feiyu.base.ids import new_id
from feiyu.base.text import Lang, Text
from feiyu.edge.dossier import capability, diff, store
from feiyu.edge.dossier.build import Built, build
from feiyu.edge.dossier.errors import (
    AttachmentTooLarge,
    BadAnswer,
    NoDetermination,
    NotReady,
    NoVersion,
    UnknownMaterial,
    UnknownPaper,
    UnknownProcedure,
    UnknownQuestion,
)
from feiyu.edge.dossier.lists import materials_list, questions_list, trace_list
from feiyu.edge.dossier.package import OWN_RECORDS, Finding, Package, check, packages, papers_of
from feiyu.edge.dossier.store import AttachmentRow, DossierRow, VersionRow
from feiyu.edge.dossier.subject import Party, Subject, values_of
from feiyu.edge.dossier.templates import Question, library
from feiyu.edge.model import SCOPE, Edge
from feiyu.edge.profiles import profile_of
from feiyu.papers import Paper
from feiyu.rules.lifecycle import reminders

Json = dict[str, Any]
LISTS = ("materials", "questions", "trace")
"""Papers about the papers; they stay with the exporter."""
ANSWER_MAX = 8_000
ATTACHMENT_MAX = 20 * 1024 * 1024
FORMATS = ("pdf", "docx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A dossier with all that belongs to it, read once."""

    row: DossierRow
    subject: Subject
    package: Package
    attached: tuple[AttachmentRow, ...]
    versions: tuple[VersionRow, ...]

    @property
    def materials(self) -> tuple[str, ...]:
        """The materials for which a file lies with the dossier."""
        return tuple(one.material for one in self.attached)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is missing or does not fit."""
        return check(self.package, self.subject, self.materials)

    @property
    def papers(self) -> tuple[str, ...]:
        """The papers of this dossier, in order."""
        return papers_of(self.package, self.subject)

    def built(self, lang: Lang) -> list[Built]:
        """All papers."""
        return [build(library().templates[name], self.subject, lang) for name in self.papers]


def subjects(edge: Edge) -> list[tuple[str, Text]]:
    """The scenarios for which a dossier can be begun, with their titles as the port has them."""
    with edge.house.db.read(scope=SCOPE) as tx:
        found = store.determined_scenarios(tx)
    titles = {one["id"]: Text.of(one["title"]) for one in edge.port.scenarios()} if found else {}
    return [(one, titles[one]) for one in found if one in titles]


def begin(
    edge: Edge, *, scenario_id: str, procedure: str | None, determination_id: str | None = None
) -> Opened:
    """Begin a dossier for a scenario, from its newest signed determination or a named one."""
    with edge.house.db.read(scope=SCOPE) as tx:
        found = (
            store.determination_of(tx, determination_id)
            if determination_id
            else store.latest_determination(tx, scenario_id)
        )
    if found is None or found.scenario_id != scenario_id:
        raise NoDetermination(scenario=scenario_id)
    document: Json = canonical.loads_object(found.document)
    route = document["determination"]["route"]
    chosen = procedure or next((name for name, one in packages().items() if one.route == route), OWN_RECORDS)
    if chosen not in packages():
        raise UnknownProcedure(name=chosen, allowed=", ".join(packages()))
    scenario = edge.port.scenario(scenario_id)
    directory = {one["id"]: one for one in edge.port.parties()}
    now = edge.house.clock.now()
    row = DossierRow(
        id=new_id("dossier", now), owner_party=edge.house.party_id, scenario_id=scenario_id, determination_id=found.id,
        procedure=chosen, exporter=_party(directory, edge.house.party_id),
        recipients=[_party(directory, one) for one in scenario["recipients"]], scenario=scenario, answers={}, capability={},
        filing_id=None, made_at=now, changed_at=now,
    )  # fmt: skip
    edge.house.db.write(lambda tx: store.add_dossier(tx, row), scope=SCOPE)
    return opened(edge, row.id)


def _party(directory: Mapping[str, Json], party_id: str) -> Json:
    found = directory.get(party_id)
    if found is None:
        raise NotFound(what=nouns.PARTY, ident=party_id)
    return {name: found.get(name) for name in ("id", "name", "country", "uscc", "lei")}


def opened(edge: Edge, dossier_id: str) -> Opened:
    """A dossier as it stands."""
    with edge.house.db.read(scope=SCOPE) as tx:
        row = store.dossier_of(tx, dossier_id)
        if row is None:
            raise NotFound(what=nouns.DOSSIER, ident=dossier_id)
        made = store.determination_of(tx, row.determination_id)
        attached, versions = store.attachments(tx, dossier_id), store.versions(tx, dossier_id)
    assert made is not None
    profile = profile_of(edge, made.profile_id)
    subject = Subject(
        exporter=_told(row.exporter), recipients=tuple(_told(one) for one in row.recipients), scenario=row.scenario,
        profile=profile.profile, profile_id=profile.id, determination=canonical.loads_object(made.document),
        determination_id=made.id, answers=row.answers, capability=capability.scored(row.capability) if row.capability else None,
        filing_due=_filing_due(edge, row.answers), today=legal_date(edge.house.clock.now()),
    )  # fmt: skip
    return Opened(
        row=row,
        subject=subject,
        package=packages()[row.procedure],
        attached=tuple(attached),
        versions=tuple(versions),
    )


def _told(party: Json) -> Party:
    return Party(
        id=party["id"],
        name=Text.of(party["name"]),
        country=party["country"],
        uscc=party["uscc"],
        lei=party["lei"],
    )


def _filing_due(edge: Edge, answers: Mapping[str, str]) -> date | None:
    if effective := answers.get("contract_effective"):
        with suppress(CalendarUnknown):
            return reminders(edge.house.rulebooks, "SCC", date.fromisoformat(effective))[0].day
    return None


def dossiers(edge: Edge) -> list[DossierRow]:
    """All dossiers, newest first."""
    with edge.house.db.read(scope=SCOPE) as tx:
        return store.dossiers(tx)


def answer(edge: Edge, dossier_id: str, answers: Mapping[str, str], *, stages: Mapping[str, str]) -> Opened:
    """Keep answers; an empty one takes back what was told. ``stages`` answer the whole-process assessment."""
    row = opened(edge, dossier_id).row
    told = row.answers | {name: checked(name, text) for name, text in answers.items()}
    process = row.capability | dict(stages)
    capability.checked(process)
    now = edge.house.clock.now()
    edge.house.db.write(lambda tx: store.set_dossier(
        tx, dossier_id, answers={name: text for name, text in told.items() if text},
        capability={name: text for name, text in process.items() if text}, changed_at=now,
    ), scope=SCOPE)  # fmt: skip
    return opened(edge, dossier_id)


def checked(name: str, text: str) -> str:
    """An answer that its question allows."""
    question = library().questions.get(name)
    if question is None:
        raise UnknownQuestion(name=name)
    text = text.strip()
    if len(text) > ANSWER_MAX:
        _refuse(question, f"超过{ANSWER_MAX}字", f"over {ANSWER_MAX} characters")
    if not text:
        return text
    match question.kind:
        case "date":
            try:
                return date.fromisoformat(text).isoformat()
            except ValueError:
                _refuse(question, f"“{text[:40]}”不是日期", f"{text[:40]!r} is not a day")
        case "number":
            if not text.isascii() or not text.isdigit() or len(text) > 15:
                _refuse(question, f"“{text[:40]}”不是整数", f"{text[:40]!r} is not a whole number")
            return str(int(text))
        case "choice":
            if text not in question.options:
                allowed = ", ".join(question.options)
                _refuse(question, f"可选：{allowed}", f"one of {allowed}")
    if any(ord(sign) < 32 and sign != "\n" for sign in text):
        _refuse(question, "含控制字符", "it holds control characters")
    return text


def _refuse(question: Question, zh: str, en: str) -> None:
    raise BadAnswer(question=question.text, reason=Text(zh, en))


def open_questions(one: Opened) -> list[Question]:
    """What people still have to answer for the papers of this dossier."""
    wanted = dict.fromkeys(name for built in one.built(Lang.ZH) for name in built.open)
    questions = library().questions
    found = [questions[name.removeprefix("q.")] for name in wanted if name.removeprefix("q.") in questions]
    if "table.forecast" in wanted:
        found += [
            questions[f"persons_year_{n}"] for n in (1, 2, 3) if f"persons_year_{n}" not in one.row.answers
        ]
    if one.subject.condition("consent") is None:
        found.append(questions["legal_ground"])
    return list({question.id: question for question in found}.values())


def paper(edge: Edge, dossier_id: str, name: str, lang: Lang) -> Paper:
    """One paper of a dossier."""
    one = opened(edge, dossier_id)
    if name in LISTS:
        return _list(one, name, lang)
    if name not in one.papers:
        raise UnknownPaper(name=name, allowed=", ".join((*one.papers, *LISTS)))
    return build(library().templates[name], one.subject, lang).paper


def _list(one: Opened, name: str, lang: Lang) -> Paper:
    match name:
        case "materials":
            return materials_list(one.package, one.subject, one.findings, one.materials, lang)
        case "questions":
            return questions_list([question.id for question in open_questions(one)], one.subject, lang)
    return trace_list(one.built(lang), one.subject, lang)


def set_paper(edge: Edge, made: Paper, form: str) -> bytes:
    """A paper as a file."""
    from feiyu.papers.typeset import set_pdf
    from feiyu.papers.word import set_docx

    return set_pdf(made) if form == "pdf" else set_docx(made, at=edge.house.clock.now())


def make(
    edge: Edge, dossier_id: str, *, by: str, langs: Sequence[Lang], forms: Sequence[str]
) -> tuple[VersionRow, bytes]:
    """Make every paper, keep a version, and give them all as one ZIP in the order of handing in."""
    one = opened(edge, dossier_id)
    now = edge.house.clock.now()
    findings = one.findings
    file = io.BytesIO()
    hashes: dict[str, str] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for lang in langs:
            built = one.built(lang)
            papers = [(LISTS[0], materials_list(one.package, one.subject, findings, one.materials, lang))]
            papers += [(made.template.id, made.paper) for made in built]
            papers.append((LISTS[1], _list(one, LISTS[1], lang)))
            papers.append((LISTS[2], trace_list(built, one.subject, lang)))
            for at, (name, made) in enumerate(papers):
                for form in forms:
                    content = set_paper(edge, made, form)
                    path = f"{lang.value}/{at:02d}-{name}.{form}"
                    hashes[path] = hashlib.sha256(content).hexdigest()
                    archive.writestr(_entry(path, one.subject.today), content)
        for attached in one.attached:
            content = edge.house.objects.get(attached.object_key)
            archive.writestr(
                _entry(f"attached/{attached.material}-{attached.name}", one.subject.today), content
            )
    made_version = VersionRow(
        dossier_id=dossier_id, number=len(one.versions) + 1, owner_party=edge.house.party_id,
        content=diff.snapshot(values_of(one.subject)), findings=[found.as_dict() for found in findings], papers=hashes,
        by=by, at=now,
    )  # fmt: skip
    edge.house.db.write(lambda tx: store.add_version(tx, made_version), scope=SCOPE)
    return made_version, file.getvalue()


def _entry(path: str, day: date) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return info


def difference(edge: Edge, dossier_id: str, before: int, after: int) -> tuple[diff.Change, ...]:
    """What differs between two versions."""
    have = {one.number: one for one in opened(edge, dossier_id).versions}
    for number in (before, after):
        if number not in have:
            raise NoVersion(number=number, have=", ".join(map(str, have)) or "-")
    return diff.changes(have[before].content, have[after].content)


def attach(edge: Edge, dossier_id: str, *, material: str, name: str, content: bytes) -> Opened:
    """Put a file beside a dossier: a scan, a signed paper; the object is durable before its row is."""
    one = opened(edge, dossier_id)
    allowed = [item.id for item in one.package.items]
    if material not in allowed:
        raise UnknownMaterial(name=material[:40], allowed=", ".join(allowed))
    if not content:
        raise BadInput(reason=Text(f"{name[:80]} 是空文件", f"{name[:80]} is empty"))
    if len(content) > ATTACHMENT_MAX:
        raise AttachmentTooLarge(name=name[:80], size=len(content), limit=ATTACHMENT_MAX)
    now = edge.house.clock.now()
    row = AttachmentRow(
        id=new_id("attachment", now), owner_party=edge.house.party_id, dossier_id=dossier_id, material=material,
        name=_plain_name(name), object_key="", size_bytes=len(content), sha256=hashlib.sha256(content).hexdigest(), at=now,
    )  # fmt: skip
    row = replace(row, object_key=f"dossiers/{dossier_id}/{row.id}")
    edge.house.objects.put(row.object_key, content)
    edge.house.db.write(lambda tx: store.add_attachment(tx, row), scope=SCOPE)
    return opened(edge, dossier_id)


def _plain_name(name: str) -> str:
    kept = "".join(sign for sign in name.replace("\\", "/").rpartition("/")[2] if sign.isprintable())
    return kept[-120:] or "file"


def hand_in(edge: Edge, dossier_id: str, *, filing_id: str, incomplete: bool, by: str) -> list[Json]:
    """Hand the package to the port's filing: a signed attachment where there is one, else the paper as PDF."""
    one = opened(edge, dossier_id)
    if one.findings and not incomplete:
        first = one.findings[0].text
        raise NotReady(count=len(one.findings), first=first)
    make(edge, dossier_id, by=by, langs=[Lang.ZH], forms=["pdf"])
    attached = {item.material: item for item in one.attached}
    wanted = {item["id"] for item in edge.port.filing(filing_id)["materials"]}
    handed = []
    for item in one.package.items:
        if item.id not in wanted:
            continue
        if item.id in attached:
            name, content = attached[item.id].name, edge.house.objects.get(attached[item.id].object_key)
        elif item.paper:
            made = build(library().templates[item.paper], one.subject, Lang.ZH)
            name, content = f"{made.paper.title}.pdf", set_paper(edge, made.paper, "pdf")
        else:
            continue
        handed.append(edge.port.add_document(filing_id, material=item.id, name=name, content=content))
    now = edge.house.clock.now()
    edge.house.db.write(
        lambda tx: store.set_dossier(tx, dossier_id, filing_id=filing_id, changed_at=now), scope=SCOPE
    )
    return handed
