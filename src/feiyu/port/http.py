"""Routes of filings, bases and grants. Transfers have their own file (``http_transfers``)."""

import base64
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Response, UploadFile
from pydantic import BaseModel, Field

from feiyu.base import nouns
from feiyu.base.errors import BadInput, NotFound
from feiyu.base.ids import BasisId, FlowId, PartyId, PrincipalId, ScenarioId
from feiyu.base.text import Text
from feiyu.port import basis as bases
from feiyu.port import clocks, original_store, store
from feiyu.port import filing as filings
from feiyu.port import grant as grants
from feiyu.port.http_originals import OriginalOut
from feiyu.port.model import BASIS_NAMES, Basis, BasisKind, BasisState, Cover, Wish
from feiyu.port.original_store import SignedOriginal
from feiyu.port.store import FilingDocument, GrantRow
from feiyu.registry.access import Caller
from feiyu.registry.cases import store as cases
from feiyu.registry.cases.procedure import load_procedure
from feiyu.registry.house import House
from feiyu.registry.identity.http import CallerDep, HouseDep, TextOut
from feiyu.registry.looks.http import Shown, as_file, room_router
from feiyu.registry.looks.model import Thing
from feiyu.registry.scenarios import store as scenarios
from feiyu.registry.scenarios.service import viewer
from feiyu.registry.terms import FieldTerm, Signed
from feiyu.seal import Signer
from feiyu.store import Scope, Tx


class SignedIn(BaseModel):
    """A signed document: base64 of the bytes, the signer's key id, base64 of the signature."""

    document: str = Field(max_length=24_000_000)
    key_id: str = Field(max_length=64)
    signature: str = Field(max_length=200)

    def signed(self) -> Signed:
        """To the inside."""
        try:
            return Signed.of(self.model_dump())
        except ValueError:
            raise BadInput(
                reason=Text("document 或 signature 不是 base64", "document or signature is not base64")
            ) from None

    @classmethod
    def of(cls, signed: Signed) -> "SignedIn":
        """From the inside."""
        return cls(**signed.as_dict())


class FieldTermIO(BaseModel):
    """A field by name and by what it holds."""

    name: str = Field(min_length=1, max_length=200)
    type: str = Field(min_length=1, max_length=64)

    def term(self) -> FieldTerm:
        """To the inside."""
        return FieldTerm(name=self.name, type=self.type)


class FilingIn(BaseModel):
    """A determination to file, under a procedure that its route leads to."""

    scenario_id: str
    determination: SignedIn
    procedure: str | None = Field(default=None, max_length=64)


class StepOut(BaseModel):
    """A step that was made."""

    number: int
    transition: str
    name: TextOut
    from_state: str
    to_state: str
    to_name: TextOut
    by: str
    at: datetime
    note: str
    working_days: int | None


class OpenStepOut(BaseModel):
    """A step that may be made now."""

    id: str
    letter: str
    name: TextOut
    action: str
    needs_note: bool
    working_days: int | None
    due: date | None


class MaterialOut(BaseModel):
    """A paper that the procedure asks for.

    ``signed``: a legal act, which a person signs; ``original_missing``: it is here, and nothing shows yet that it was signed.
    """

    id: str
    name: TextOut
    required: bool
    cite: list[str]
    documents: list["DocumentOut"]
    signed: bool
    original_missing: bool


class DocumentOut(BaseModel):
    """A paper of a filing."""

    id: str
    material: str
    name: str
    size_bytes: int
    sha256: str
    added_at: datetime
    originals: list[OriginalOut]

    @classmethod
    def of(cls, paper: FilingDocument, originals: Sequence[SignedOriginal] = ()) -> "DocumentOut":
        """From the inside; of the filing's originals it takes its own."""
        same = set(cls.model_fields) - {"originals"}
        own = [OriginalOut.of(one) for one in originals if one.document_id == paper.id]
        return cls(**{name: getattr(paper, name) for name in same}, originals=own)


class FilingOut(BaseModel):
    """A filing as a line of a list."""

    id: str
    owner_party: str
    scenario_id: str
    scenario_title: TextOut | None
    route: str
    procedure: str
    procedure_name: TextOut
    state: str
    state_name: TextOut
    persons: int
    sensitive: int
    filed_at: datetime
    changed_at: datetime


class FilingDetailOut(FilingOut):
    """A filing with everything that belongs to it."""

    determination: dict[str, Any]
    facts: dict[str, Any]
    counts: dict[str, Any]
    digest: str
    issuer: TextOut
    version: str
    cite: list[str]
    steps: list[StepOut]
    open_steps: list[OpenStepOut]
    materials: list[MaterialOut]


class MoveIn(BaseModel):
    """A step to make."""

    transition: str = Field(max_length=32)
    note: str = Field(default="", max_length=10_000)


class BasisIn(BaseModel):
    """What the competent body issued."""

    scenario_id: str
    filing_id: str | None = None
    kind: BasisKind
    issuer: str = Field(min_length=2, max_length=200)
    number: str = Field(min_length=1, max_length=100)
    issued_on: date
    valid_until: date
    fields: list[FieldTermIO] = Field(min_length=1, max_length=20_000)
    persons_max: int = Field(ge=0)
    sensitive_max: int = Field(ge=0)
    recipients: list[str] = Field(min_length=1, max_length=100)
    country: str = Field(pattern="^[A-Z]{2}$")
    proof_sha256: str = Field(pattern="^[0-9a-f]{64}$")
    fictional: bool = False


class BasisOut(BaseModel):
    """A legal basis as entered here."""

    id: str
    owner_party: str
    scenario_id: str
    filing_id: str | None
    kind: BasisKind
    kind_name: TextOut
    issuer: str
    number: str
    issued_on: date
    valid_until: date
    fields: list[FieldTermIO]
    persons_max: int
    sensitive_max: int
    recipients: list[str]
    country: str
    proof_sha256: str
    fictional: bool
    state: BasisState
    entered_by: str
    entered_at: datetime
    checked_by: str | None
    checked_at: datetime | None
    check_method: str | None
    revoked_ground: str | None

    @classmethod
    def of(cls, basis: Basis) -> "BasisOut":
        """From the inside."""
        cover = basis.cover
        named = {
            name: getattr(basis, name)
            for name in cls.model_fields
            if name not in {"kind_name", "fields", "persons_max", "sensitive_max", "recipients", "country"}
        }
        return cls(
            **named, kind_name=TextOut.of(BASIS_NAMES[basis.kind]),
            fields=[FieldTermIO(name=term.name, type=term.type) for term in cover.fields],
            persons_max=cover.persons_max, sensitive_max=cover.sensitive_max, recipients=list(cover.recipients),
            country=cover.country,
        )  # fmt: skip


class CheckIn(BaseModel):
    """How a basis was checked."""

    method: str = Field(min_length=4, max_length=2000)


class GroundIn(BaseModel):
    """Why something is ended."""

    ground: str = Field(min_length=4, max_length=2000)


class ExemptionIn(BaseModel):
    """The exporter's own signed exemption record."""

    scenario_id: str
    determination: SignedIn


class GrantIn(BaseModel):
    """What a grant should allow."""

    flow_id: str
    fields: list[FieldTermIO] = Field(min_length=1, max_length=20_000)
    persons_max: int = Field(ge=0)
    sensitive_max: int = Field(ge=0)
    bytes_max: int = Field(ge=0)
    not_after: datetime


class UsageIO(BaseModel):
    """Persons, sensitive persons and bytes."""

    persons: int = Field(ge=0)
    sensitive: int = Field(ge=0)
    size_bytes: int = Field(ge=0)


class GrantOut(BaseModel):
    """A grant: its terms, its signed document, and what is used of it."""

    id: str
    basis_id: str
    scenario_id: str
    flow_id: str
    exporter: str
    recipient: str
    recipient_key_id: str
    country: str
    fields: list[FieldTermIO]
    persons_max: int
    sensitive_max: int
    bytes_max: int
    not_before: datetime
    not_after: datetime
    mode: str
    demo: bool
    issued_at: datetime
    revoked_at: datetime | None
    revoked_ground: str | None
    also_key_ids: list[str]
    used: UsageIO
    signed: SignedIn

    def looked(self) -> Thing:
        """Its owner is called the exporter."""
        return Thing(self.exporter, self.id)


def grant_out(tx: Tx, row: GrantRow) -> GrantOut:
    """A grant with its use."""
    grant, used = row.grant, store.usage_of(tx, row.grant.id)
    named = {
        name: getattr(grant, name)
        for name in GrantOut.model_fields
        if hasattr(grant, name) and name not in {"fields", "mode"}
    }
    return GrantOut(
        **named, mode=grant.mode.value, fields=[FieldTermIO(name=t.name, type=t.type) for t in grant.fields],
        issued_at=row.issued_at, revoked_at=row.revoked_at, revoked_ground=row.revoked_ground,
        used=UsageIO(persons=used.persons, sensitive=used.sensitive, size_bytes=used.size_bytes),
        signed=SignedIn.of(row.signed), also_key_ids=[one.key_id for one in grant.also],
    )  # fmt: skip


def _filing_out(house: House, tx: Tx, caller: Caller, scope: Scope, filing: store.Filing) -> FilingOut:
    case = cases.case_of(tx, scope, filing.id)
    assert case is not None, "a filing has its case"
    procedure = load_procedure(case.procedure)
    scenario = scenarios.scenario_of(tx, scope, filing.scenario_id, viewer=viewer(house, caller))
    return FilingOut(
        id=filing.id, owner_party=filing.owner_party, scenario_id=filing.scenario_id,
        scenario_title=TextOut.of(scenario.title) if scenario else None, route=filing.route,
        procedure=case.procedure, procedure_name=TextOut.of(procedure.name), state=case.state,
        state_name=TextOut.of(procedure.states[case.state].name), persons=filing.counts["persons"]["counted"],
        sensitive=filing.counts["sensitive"]["counted"], filed_at=filing.filed_at, changed_at=case.changed_at,
    )  # fmt: skip


def _filing_detail(
    house: House, tx: Tx, caller: Caller, scope: Scope, filing: store.Filing
) -> FilingDetailOut:
    case = cases.case_of(tx, scope, filing.id)
    assert case is not None, "a filing has its case"
    procedure = load_procedure(case.procedure)
    papers, kept = store.documents_of(tx, scope, filing.id), original_store.of_filing(tx, scope, filing.id)
    shown = {one.document_id for one in kept}
    names = {step.id: step.name for step in procedure.transitions}
    steps, calendar = cases.steps_of(tx, filing.id), house.rulebooks.calendar
    before = [filing.filed_at, *(step.at for step in steps)]
    return FilingDetailOut(
        **_filing_out(house, tx, caller, scope, filing).model_dump(),
        determination=filing.determination, facts=filing.facts, counts=filing.counts, digest=filing.digest,
        issuer=TextOut.of(procedure.issuer), version=procedure.version, cite=list(procedure.cite),
        steps=[
            StepOut(
                number=s.number, transition=s.transition, name=TextOut.of(names[s.transition]),
                from_state=s.from_state, to_state=s.to_state, to_name=TextOut.of(procedure.states[s.to_state].name),
                by=s.by, at=s.at, note=s.note, working_days=clocks.used(calendar, begun, s.at),
            )
            for s, begun in zip(steps, before, strict=False)
        ],
        open_steps=[
            OpenStepOut(
                id=s.id, letter=s.letter, name=TextOut.of(s.name), action=s.action, needs_note=s.needs_note,
                working_days=s.working_days,
                due=clocks.due(calendar, case.changed_at, s.working_days) if s.working_days else None,
            )
            for s in procedure.steps_from(case.state)
            if house.access.may(caller, s.action, filing.owner_party).allowed
        ],
        materials=[
            MaterialOut(
                id=m.id, name=TextOut.of(m.name), required=m.required, cite=list(m.cite),
                documents=[DocumentOut.of(p, kept) for p in papers if p.material == m.id], signed=m.signed,
                original_missing=m.signed and any(p.material == m.id for p in papers)
                and not any(p.id in shown for p in papers if p.material == m.id),
            )
            for m in procedure.materials
        ],
    )  # fmt: skip


def router(signer: Signer) -> APIRouter:
    """The routes; ``signer`` holds the port's grant key."""
    routes = room_router(prefix="/api/v1", tags=["port"])

    @routes.get("/filings", operation_id="list_filings")
    def list_filings(caller: CallerDep, house: HouseDep) -> list[FilingOut]:
        """The filings one may see, newest first."""
        house.access.demand(caller, "filing.read")
        scope = caller.scope(house.access, "filing.read")
        with house.db.read(scope=scope) as tx:
            return [_filing_out(house, tx, caller, scope, filing) for filing in store.filings(tx, scope)]

    @routes.post("/filings", operation_id="file", status_code=201)
    def file(body: FilingIn, caller: CallerDep, house: HouseDep) -> FilingDetailOut:
        """File a determination; a case opens in the procedure that its route leads to."""
        house.access.demand(caller, "filing.write", caller.party_id)
        scope = Scope.of(caller.party_id)

        def act(tx: Tx) -> FilingDetailOut:
            filing = filings.file(
                house, tx, caller, scenario_id=body.scenario_id, signed=body.determination.signed(),
                procedure=body.procedure,
            )  # fmt: skip
            return _filing_detail(house, tx, caller, scope, filing)

        return house.db.write(act, scope=scope)

    @routes.get("/filings/{filing_id}", operation_id="get_filing")
    def get_filing(filing_id: str, caller: CallerDep, house: HouseDep) -> FilingDetailOut:
        """One filing with its steps, its materials and the steps open to the caller."""
        house.access.demand(caller, "filing.read")
        scope = caller.scope(house.access, "filing.read")
        with house.db.read(scope=scope) as tx:
            filing = store.filing_of(tx, scope, filing_id)
            if filing is None:
                raise NotFound(what=nouns.FILING, ident=filing_id)
            return _filing_detail(house, tx, caller, scope, filing)

    @routes.post("/filings/{filing_id}/steps", operation_id="move_filing")
    def move_filing(filing_id: str, body: MoveIn, caller: CallerDep, house: HouseDep) -> FilingDetailOut:
        """Make one step of the procedure."""
        scope = caller.scope(house.access, "filing.read")

        def act(tx: Tx) -> FilingDetailOut:
            filing = filings.step(
                house, tx, caller, filing_id=filing_id, transition=body.transition, note=body.note
            )
            return _filing_detail(house, tx, caller, scope, filing)

        return house.db.write(act, scope=scope)

    @routes.post("/filings/{filing_id}/documents", operation_id="add_document", status_code=201)
    def add_document(
        filing_id: str, caller: CallerDep, house: HouseDep, material: Annotated[str, Form(max_length=32)],
        file: Annotated[UploadFile, File()],
    ) -> DocumentOut:  # fmt: skip
        """Add a paper to a filing."""
        house.access.demand(caller, "filing.write", caller.party_id)
        content = file.file.read(filings.DOCUMENT_MAX + 1)
        paper = house.db.write(
            lambda tx: filings.add_document(
                house, tx, caller, filing_id=filing_id, material=material, name=file.filename or "document",
                content=content,
            ),
            scope=Scope.of(caller.party_id),
        )  # fmt: skip
        return DocumentOut.of(paper)

    @routes.get(
        "/filings/{filing_id}/documents/{document_id}", operation_id="get_document", response_class=Response
    )
    def get_document(filing_id: str, document_id: str, caller: CallerDep, house: HouseDep) -> Response:
        """The file of a paper, as it came; that it was read by another party is told to its owner."""
        house.access.demand(caller, "filing.read")
        scope = caller.scope(house.access, "filing.read")
        found, content = house.db.write(
            lambda tx: filings.read_document(house, tx, caller, filing_id=filing_id, document_id=document_id),
            scope=scope,
        )
        thing = Thing(found.owner_party, found.id, within=found.filing_id)
        return Shown(content, [thing], media_type="application/octet-stream", headers=as_file(found.name))

    @routes.get("/bases", operation_id="list_bases")
    def list_bases(caller: CallerDep, house: HouseDep) -> list[BasisOut]:
        """The bases one may see, newest first."""
        house.access.demand(caller, "basis.read")
        scope = caller.scope(house.access, "basis.read")
        with house.db.read(scope=scope) as tx:
            return [BasisOut.of(basis) for basis in store.bases(tx, scope)]

    @routes.post("/bases", operation_id="enter_basis", status_code=201)
    def enter_basis(body: BasisIn, caller: CallerDep, house: HouseDep) -> BasisOut:
        """Enter what the competent body issued; a second person must check it before it carries anything."""
        house.access.demand(caller, "basis.enter")
        cover = Cover(
            fields=tuple(term.term() for term in body.fields), persons_max=body.persons_max,
            sensitive_max=body.sensitive_max, recipients=tuple(PartyId(r) for r in body.recipients),
            country=body.country,
        )  # fmt: skip
        draft = Basis(
            id=BasisId(""), owner_party=PartyId(""), scenario_id=ScenarioId(body.scenario_id),
            filing_id=body.filing_id, kind=body.kind, issuer=body.issuer, number=body.number,
            issued_on=body.issued_on, valid_until=body.valid_until, cover=cover, proof_sha256=body.proof_sha256,
            check_method=None, fictional=body.fictional, state=BasisState.ENTERED, entered_by=PrincipalId(""),
            entered_at=house.clock.now(), checked_by=None, checked_at=None, revoked_ground=None,
        )  # fmt: skip
        basis = house.db.write(
            lambda tx: bases.enter(house, tx, caller, draft), scope=caller.scope(house.access, "basis.enter")
        )
        return BasisOut.of(basis)

    @routes.get("/bases/{basis_id}", operation_id="get_basis")
    def get_basis(basis_id: str, caller: CallerDep, house: HouseDep) -> BasisOut:
        """One basis."""
        house.access.demand(caller, "basis.read")
        scope = caller.scope(house.access, "basis.read")
        with house.db.read(scope=scope) as tx:
            basis = store.basis_of(tx, scope, basis_id)
        if basis is None:
            raise NotFound(what=nouns.BASIS, ident=basis_id)
        return BasisOut.of(basis)

    @routes.post("/bases/{basis_id}/check", operation_id="check_basis")
    def check_basis(basis_id: str, body: CheckIn, caller: CallerDep, house: HouseDep) -> BasisOut:
        """Record how a second person checked a basis; it is effective from then on."""
        house.access.demand(caller, "basis.check")
        basis = house.db.write(
            lambda tx: bases.check(house, tx, caller, basis_id=basis_id, method=body.method),
            scope=caller.scope(house.access, "basis.check"),
        )
        return BasisOut.of(basis)

    @routes.post("/bases/{basis_id}/revoke", operation_id="revoke_basis")
    def revoke_basis(basis_id: str, body: GroundIn, caller: CallerDep, house: HouseDep) -> BasisOut:
        """End a basis and every grant under it, naming the ground."""
        house.access.demand(caller, "basis.revoke")
        basis = house.db.write(
            lambda tx: bases.revoke(house, tx, caller, basis_id=basis_id, ground=body.ground),
            scope=caller.scope(house.access, "basis.revoke"),
        )
        return BasisOut.of(basis)

    @routes.post("/exemptions", operation_id="record_exemption", status_code=201)
    def record_exemption(body: ExemptionIn, caller: CallerDep, house: HouseDep) -> BasisOut:
        """Record the exporter's own exemption: no officer takes part."""
        house.access.demand(caller, "exemption.write", caller.party_id)
        basis = house.db.write(
            lambda tx: bases.exempt(
                house, tx, caller, scenario_id=body.scenario_id, signed=body.determination.signed()
            ),
            scope=Scope.of(caller.party_id),
        )
        return BasisOut.of(basis)

    @routes.get("/grants", operation_id="list_grants")
    def list_grants(caller: CallerDep, house: HouseDep) -> list[GrantOut]:
        """The grants one may see, newest first."""
        house.access.demand(caller, "grant.read")
        scope = caller.scope(house.access, "grant.read")
        with house.db.read(scope=scope) as tx:
            return [grant_out(tx, row) for row in store.grants(tx, scope)]

    @routes.post("/grants", operation_id="issue_grant", status_code=201)
    def issue_grant(body: GrantIn, caller: CallerDep, house: HouseDep) -> GrantOut:
        """Ask for a grant; it issues by itself when it lies wholly inside an effective basis."""
        house.access.demand(caller, "grant.write", caller.party_id)
        if body.not_after.tzinfo is None:
            raise BadInput(reason=Text("not_after 须带时区", "not_after needs a time zone"))
        wish = Wish(
            flow_id=FlowId(body.flow_id), fields=tuple(term.term() for term in body.fields),
            persons_max=body.persons_max, sensitive_max=body.sensitive_max, bytes_max=body.bytes_max,
            not_after=body.not_after,
        )  # fmt: skip

        def act(tx: Tx) -> GrantOut:
            return grant_out(tx, grants.issue(house, tx, caller, signer, wish))

        return house.db.write(act, scope=Scope.of(caller.party_id))

    @routes.get("/grants/{grant_id}", operation_id="get_grant")
    def get_grant(grant_id: str, caller: CallerDep, house: HouseDep) -> GrantOut:
        """One grant."""
        house.access.demand(caller, "grant.read")
        scope = caller.scope(house.access, "grant.read")
        with house.db.read(scope=scope) as tx:
            row = store.grant_of(tx, scope, grant_id)
            if row is None:
                raise NotFound(what=nouns.GRANT, ident=grant_id)
            return grant_out(tx, row)

    @routes.post("/grants/{grant_id}/revoke", operation_id="revoke_grant")
    def revoke_grant(grant_id: str, body: GroundIn, caller: CallerDep, house: HouseDep) -> GrantOut:
        """Revoke a grant, naming the ground; the next chunk of any transfer under it is refused."""
        house.access.demand(caller, "grant.revoke")

        def act(tx: Tx) -> GrantOut:
            return grant_out(tx, grants.revoke(house, tx, caller, grant_id=grant_id, ground=body.ground))

        return house.db.write(act, scope=caller.scope(house.access, "grant.revoke"))

    return routes


def signed_bytes(text: str) -> bytes:
    """Base64 of a request, or a refusal."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise BadInput(reason=Text("上传内容不是 base64", "the content is not base64")) from None
