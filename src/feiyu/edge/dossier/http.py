"""Routes of the dossiers."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Response, UploadFile
from pydantic import BaseModel, Field

from feiyu.base.text import Lang
from feiyu.edge.dossier import capability, outside, service
from feiyu.edge.dossier.package import FORMS, packages
from feiyu.edge.dossier.service import Opened
from feiyu.edge.dossier.store import DossierRow, VersionRow
from feiyu.edge.dossier.templates import GROUPS, Question, library
from feiyu.edge.model import Edge
from feiyu.papers.reading import FILE_MAX
from feiyu.registry.identity.http import CallerDep, HouseDep, TextOut

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}


class PaperKind(StrEnum):
    """What a paper made elsewhere is."""

    CONTRACT = "contract"
    FORM = "form"
    REPORT = "report"
    ANNEX = "annex"
    LEDGER = "ledger"
    OTHER = "other"


class BeginIn(BaseModel):
    """A dossier to begin; without a procedure the one that the determination's route leads to."""

    scenario_id: str = Field(max_length=32)
    procedure: str | None = Field(default=None, max_length=64)
    determination_id: str | None = Field(default=None, max_length=32)


class AnswersIn(BaseModel):
    """Answers by question, and by control of the whole-process assessment; an empty one takes back what was told."""

    answers: dict[str, str] = Field(default={}, max_length=400)
    stages: dict[str, str] = Field(default={}, max_length=200)


class HandInIn(BaseModel):
    """A filing of the port to hand the papers to."""

    filing_id: str = Field(max_length=32)
    incomplete: bool = False


class QuestionOut(BaseModel):
    """A question, and what was answered."""

    id: str
    group: str
    group_name: TextOut
    kind: str
    text: TextOut
    optional: bool
    secret: bool
    options: dict[str, TextOut]
    answer: str
    open: bool


class FindingOut(BaseModel):
    """Something missing or inconsistent."""

    kind: str
    code: str
    place: str
    text: TextOut
    questions: list[str]


class PaperOut(BaseModel):
    """A paper of a dossier: how much of it is still open."""

    id: str
    title: TextOut
    tier: str
    confidence: str
    note: TextOut | None
    cite: list[str]
    open: int


class MaterialItemOut(BaseModel):
    """One thing that is handed in."""

    id: str
    name: TextOut
    form: TextOut
    required: bool
    paper: str | None
    attached: str | None


class VersionOut(BaseModel):
    """A version that was made."""

    number: int
    at: datetime
    by: str
    findings: int
    papers: dict[str, str]

    @classmethod
    def of(cls, row: VersionRow) -> "VersionOut":
        """From the inside."""
        return cls(number=row.number, at=row.at, by=row.by, findings=len(row.findings), papers=row.papers)


class DossierLineOut(BaseModel):
    """A dossier as a line of a list."""

    id: str
    scenario_id: str
    scenario_title: TextOut
    procedure: str
    procedure_name: TextOut
    determination_id: str
    filing_id: str | None
    made_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, row: DossierRow) -> "DossierLineOut":
        """From the inside."""
        return cls(
            id=row.id, scenario_id=row.scenario_id, scenario_title=TextOut(**row.scenario["title"]), procedure=row.procedure,
            procedure_name=TextOut.of(packages()[row.procedure].title), determination_id=row.determination_id,
            filing_id=row.filing_id, made_at=row.made_at, changed_at=row.changed_at,
        )  # fmt: skip


class DossierOut(DossierLineOut):
    """A dossier with its papers, materials, questions, findings and versions."""

    route: str
    clock: TextOut
    filing_due: date | None
    papers: list[PaperOut]
    materials: list[MaterialItemOut]
    questions: list[QuestionOut]
    findings: list[FindingOut]
    capability: dict[str, Any]
    versions: list[VersionOut]


class ChangeOut(BaseModel):
    """A value that differs between two versions."""

    name: str
    before: TextOut | None
    after: TextOut | None
    source: str
    ref: str


class HandedOut(BaseModel):
    """What the port now has."""

    id: str
    material: str
    name: str
    sha256: str


class DifferenceOut(BaseModel):
    """A place where a contract is not the official text."""

    kind: str
    kind_name: TextOut
    article: str
    official: str
    found: str
    place: TextOut


class WordForWordOut(BaseModel):
    """How a contract compares with the official text, and what stands in its blanks."""

    title: TextOut
    sha256: str
    confidence: str
    read_from: TextOut
    fixed: int
    kept: int
    fills: dict[str, str]
    differences: list[DifferenceOut]


class MismatchOut(BaseModel):
    """A statement that does not fit the dossier, or is not found."""

    kind: str
    what: TextOut
    expected: TextOut | None
    found: str
    place: TextOut


class OutsidePaperOut(BaseModel):
    """What was found in a paper made elsewhere."""

    name: str
    kind: str
    warnings: list[TextOut]
    mismatches: list[MismatchOut]
    official: WordForWordOut | None


class ProcedurePapersOut(BaseModel):
    """What a procedure wants, told before anyone starts."""

    procedure: str
    title: TextOut
    route: str
    clock: TextOut
    cite: list[str]
    items: list[dict[str, Any]]


def _question(question: Question, one: Opened, wanted: set[str]) -> QuestionOut:
    return QuestionOut(
        id=question.id, group=question.group, group_name=TextOut.of(GROUPS[question.group]), kind=question.kind,
        text=TextOut.of(question.text), optional=question.optional, secret=question.secret,
        options={key: TextOut.of(text) for key, text in question.options.items()},
        answer=one.row.answers.get(question.id, ""), open=question.id in wanted,
    )  # fmt: skip


def _detail(one: Opened) -> DossierOut:
    built = one.built(Lang.ZH)
    wanted = {question.id for question in service.open_questions(one)}
    attached = {item.material: item.name for item in one.attached}
    asked = [
        q
        for q in library().questions.values()
        if q.when is None or one.subject.condition(q.when) is not False
    ]
    return DossierOut(
        **DossierLineOut.of(one.row).model_dump(), route=one.subject.determination["determination"]["route"],
        clock=TextOut.of(one.package.clock), filing_due=one.subject.filing_due,
        papers=[PaperOut(
            id=b.template.id, title=TextOut.of(b.template.title), tier=b.template.tier, confidence=b.template.confidence,
            note=TextOut.of(b.template.note) if b.template.note else None, cite=list(b.template.cite), open=len(b.open),
        ) for b in built],
        materials=[MaterialItemOut(
            id=item.id, name=TextOut.of(item.name), form=TextOut.of(FORMS[item.form]), required=item.required, paper=item.paper,
            attached=attached.get(item.id),
        ) for item in one.package.items],
        questions=[_question(question, one, wanted) for question in asked],
        findings=[FindingOut(**found.as_dict()) for found in one.findings],
        capability=capability.scored(one.row.capability), versions=[VersionOut.of(row) for row in one.versions],
    )  # fmt: skip


class SubjectOut(BaseModel):
    """A scenario for which a dossier can be begun."""

    scenario_id: str
    title: TextOut


def router(edge: Edge) -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/api/v1", tags=["dossiers"])

    @routes.get("/dossier-packages", operation_id="list_dossier_packages")
    def list_packages(caller: CallerDep, house: HouseDep) -> list[ProcedurePapersOut]:
        """What each procedure wants, in the order of handing in."""
        house.access.demand(caller, "dossier.read", house.party_id)
        return [ProcedurePapersOut(
            procedure=name, title=TextOut.of(one.title), route=one.route, clock=TextOut.of(one.clock), cite=list(one.cite),
            items=[{"id": i.id, "name": i.name.as_dict(), "form": FORMS[i.form].as_dict(), "required": i.required,
                    "paper": i.paper} for i in one.items],
        ) for name, one in packages().items()]  # fmt: skip

    @routes.get("/dossiers", operation_id="list_dossiers")
    def list_dossiers(caller: CallerDep, house: HouseDep) -> list[DossierLineOut]:
        """All dossiers, newest first."""
        house.access.demand(caller, "dossier.read", house.party_id)
        return [DossierLineOut.of(row) for row in service.dossiers(edge)]

    @routes.get("/dossier-subjects", operation_id="list_dossier_subjects")
    def list_subjects(caller: CallerDep, house: HouseDep) -> list[SubjectOut]:
        """The scenarios with a signed determination, for which a dossier can be begun."""
        house.access.demand(caller, "dossier.read", house.party_id)
        return [SubjectOut(scenario_id=one, title=TextOut.of(title)) for one, title in service.subjects(edge)]

    @routes.post("/dossiers", operation_id="begin_dossier", status_code=201)
    def begin(body: BeginIn, caller: CallerDep, house: HouseDep) -> DossierOut:
        """Begin a dossier from a scenario's signed determination."""
        house.access.demand(caller, "dossier.write", house.party_id)
        return _detail(service.begin(
            edge, scenario_id=body.scenario_id, procedure=body.procedure, determination_id=body.determination_id
        ))  # fmt: skip

    @routes.get("/dossiers/{dossier_id}", operation_id="get_dossier")
    def get(dossier_id: str, caller: CallerDep, house: HouseDep) -> DossierOut:
        """One dossier: papers, materials, questions, findings, versions."""
        house.access.demand(caller, "dossier.read", house.party_id)
        return _detail(service.opened(edge, dossier_id))

    @routes.put("/dossiers/{dossier_id}/answers", operation_id="answer_dossier")
    def answer(dossier_id: str, body: AnswersIn, caller: CallerDep, house: HouseDep) -> DossierOut:
        """Keep answers."""
        house.access.demand(caller, "dossier.write", house.party_id)
        return _detail(service.answer(edge, dossier_id, body.answers, stages=body.stages))

    @routes.get("/dossiers/{dossier_id}/papers/{paper}", operation_id="get_dossier_paper",
                response_class=Response, responses={200: {"content": {TYPES["pdf"]: {}, TYPES["docx"]: {}}}})  # fmt: skip
    def paper(
        dossier_id: str, paper: str, caller: CallerDep, house: HouseDep, lang: Lang = Lang.ZH, form: str = "pdf"
    ) -> Response:  # fmt: skip
        """One paper as PDF or DOCX; ``materials``, ``questions`` and ``trace`` are the papers about the papers."""
        house.access.demand(caller, "dossier.read", house.party_id)
        form = form if form in service.FORMATS else "pdf"
        content = service.set_paper(edge, service.paper(edge, dossier_id, paper, lang), form)
        return _file(content, form, f"{paper}-{lang.value}.{form}")

    @routes.post("/dossiers/{dossier_id}/versions", operation_id="make_dossier",
                 response_class=Response, responses={200: {"content": {TYPES["zip"]: {}}}})  # fmt: skip
    def make(dossier_id: str, caller: CallerDep, house: HouseDep) -> Response:
        """Make every paper in both languages as PDF and DOCX, keep a version, and answer with a ZIP."""
        house.access.demand(caller, "dossier.write", house.party_id)
        version, content = service.make(
            edge, dossier_id, by=caller.principal_id, langs=list(Lang), forms=service.FORMATS
        )
        return _file(content, "zip", f"{dossier_id}-{version.number}.zip")

    @routes.get("/dossiers/{dossier_id}/diff", operation_id="diff_dossier")
    def difference(
        dossier_id: str, before: int, after: int, caller: CallerDep, house: HouseDep
    ) -> list[ChangeOut]:
        """What differs between two versions."""
        house.access.demand(caller, "dossier.read", house.party_id)
        return [
            ChangeOut(**change.as_dict()) for change in service.difference(edge, dossier_id, before, after)
        ]

    @routes.post("/dossiers/{dossier_id}/attachments", operation_id="attach_to_dossier", status_code=201)
    def attach(
        dossier_id: str, caller: CallerDep, house: HouseDep, material: Annotated[str, Form(max_length=32)],
        file: Annotated[UploadFile, File()],
    ) -> DossierOut:  # fmt: skip
        """Put a file beside a dossier: a scan, a signed paper."""
        house.access.demand(caller, "dossier.write", house.party_id)
        content = file.file.read(service.ATTACHMENT_MAX + 1)
        return _detail(
            service.attach(edge, dossier_id, material=material, name=file.filename or "file", content=content)
        )

    @routes.post("/dossiers/{dossier_id}/hand-in", operation_id="hand_in_dossier")
    def hand_in(dossier_id: str, body: HandInIn, caller: CallerDep, house: HouseDep) -> list[HandedOut]:
        """Hand the papers to a filing of the port."""
        house.access.demand(caller, "dossier.write", house.party_id)
        handed = service.hand_in(
            edge, dossier_id, filing_id=body.filing_id, incomplete=body.incomplete, by=caller.principal_id
        )
        return [HandedOut(**{name: one[name] for name in HandedOut.model_fields}) for one in handed]

    @routes.post("/dossiers/{dossier_id}/outside", operation_id="check_outside_paper")
    def outside_paper(
        dossier_id: str, caller: CallerDep, house: HouseDep, kind: Annotated[PaperKind, Form()],
        file: Annotated[UploadFile, File()],
    ) -> OutsidePaperOut:  # fmt: skip
        """Check a paper made elsewhere: a contract word for word, and persons, fields, recipients and dates."""
        house.access.demand(caller, "dossier.read", house.party_id)
        content = file.file.read(FILE_MAX + 1)
        found = outside.check_paper(
            service.opened(edge, dossier_id).subject,
            name=file.filename or "paper",
            content=content,
            kind=kind.value,
        )
        return OutsidePaperOut(**found)

    return routes


def _file(content: bytes, form: str, name: str) -> Response:
    disposition = f'attachment; filename="{"".join(c for c in name if c.isalnum() or c in "._-")}"'
    return Response(content, media_type=TYPES[form], headers={"Content-Disposition": disposition})
