"""Routes of the person ledger: totals with their parts, entries, tables in and out, related handlers, the edge's own chain."""

import base64
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Query, Response, UploadFile
from pydantic import BaseModel, Field

from feiyu.base.clock import legal_date
from feiyu.base.errors import BadInput
from feiyu.base.persons import Three
from feiyu.base.text import Text
from feiyu.edge import entries, group, ledger, ledger_sheet, sheets, store
from feiyu.edge.entries import Draft
from feiyu.edge.ledger import Persons
from feiyu.edge.model import SCOPE, Edge
from feiyu.edge.source import allowed_path
from feiyu.edge.store import LedgerRow
from feiyu.edge.trail import tell
from feiyu.registry import journal
from feiyu.registry.identity.http import CallerDep, HouseDep, TextOut
from feiyu.rules.lifecycle import project

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Id = Annotated[str, Field(max_length=32)]
DAY_MIN = date(2000, 1, 1)


class ThreeOut(BaseModel):
    """Natural persons, in three numbers; ``counted`` is the one that law uses."""

    lower: int
    counted: int
    upper: int

    @classmethod
    def of(cls, three: Three) -> "ThreeOut":
        """From the inside."""
        return cls(lower=three.lower, counted=three.counted, upper=three.upper)


class PartOut(BaseModel):
    """A part of a total."""

    persons: ThreeOut
    sensitive: ThreeOut
    entries: int

    @classmethod
    def of(cls, one: Persons) -> "PartOut":
        """From the inside."""
        return cls(
            persons=ThreeOut.of(one.persons), sensitive=ThreeOut.of(one.sensitive), entries=one.entries
        )


class LineOut(BaseModel):
    """A line of the law, how far the year has come toward it, and the day it is reached at this pace."""

    id: str
    name: TextOut
    kind: str
    persons: int
    so_far: int
    upper: int
    day: date | None
    reached: bool


class WindowOut(BaseModel):
    """A total over another window or for another handler than the year's own."""

    id: str
    since: date
    total: PartOut


class GroupOut(BaseModel):
    """The group of related handlers that this edge counts for too."""

    name: str
    year: int


class LedgerOut(BaseModel):
    """The totals of this calendar year, their parts by evidence level (D, L, M, S), and the other windows."""

    since: date
    as_of: date
    persons: ThreeOut
    sensitive: ThreeOut
    exempt_persons: int
    entries: int
    exact: bool
    parts: dict[str, PartOut]
    lines: list[LineOut]
    bases: list[WindowOut]
    entrusted: list[WindowOut]
    group: GroupOut | None


class EntryIn(BaseModel):
    """An entry: natural persons, each once; never records."""

    kind: str = Field(pattern="^(opening|outside)$")
    day: date
    source: str = Field(min_length=2, max_length=200)
    level: str = Field(default="D", pattern="^[DLM]$")
    persons: int | None = Field(default=None, ge=0, le=entries.PERSONS_MAX)
    persons_upper: int | None = Field(default=None, ge=0, le=entries.PERSONS_MAX)
    sensitive: int = Field(default=0, ge=0, le=entries.PERSONS_MAX)
    sensitive_upper: int | None = Field(default=None, ge=0, le=entries.PERSONS_MAX)
    branch: str | None = Field(default=None, max_length=100)
    handler: str | None = Field(default=None, max_length=32, pattern=r"^[A-Za-z0-9_.:-]*$")
    basis_id: str | None = Field(default=None, max_length=32, pattern=r"^[A-Za-z0-9_.:-]*$")
    exempt_rule: str | None = Field(default=None, max_length=16)

    def draft(self) -> Draft:
        """To the inside."""
        return Draft(**self.model_dump())


class FileEntryIn(BaseModel):
    """An entry whose persons are in a file that lies with this edge."""

    entry: EntryIn
    path: str = Field(min_length=1, max_length=4096)


class ReverseIn(BaseModel):
    """Why an entry is taken back."""

    ground: str = Field(min_length=4, max_length=500)


class EntryOut(BaseModel):
    """An entry of the ledger."""

    id: str
    kind: str
    level: str
    day: date
    persons: int
    persons_upper: int | None
    sensitive: int
    sensitive_upper: int | None
    source: str
    title: str | None
    branch: str | None
    handler: str | None
    basis_id: str | None
    grant_id: str | None
    exempt_rule: str | None
    reverses: str | None
    reversed: bool
    ground: str | None
    by: str | None
    commitment: str | None
    identifiers: int | None
    digests: bool
    at: datetime


class SpotIn(BaseModel):
    """A spot check: a nonce that the checker chose (base64 of 16 to 64 bytes), and how many places to open."""

    nonce: str = Field(max_length=100)
    count: int = Field(ge=1, le=64)


class SpotOut(BaseModel):
    """What was committed, and the drawn places opened: each leaf with its path to the root."""

    commitment: str
    identifiers: int
    opened: list[dict[str, Any]]


class JoinIn(BaseModel):
    """A group's counting key of this year, as it was handed over apart from the network."""

    name: str = Field(pattern=r"^[A-Za-z0-9-]{2,40}$")
    secret: str = Field(max_length=64, description="base64 of 32 bytes")


class ShareOut(BaseModel):
    """The file for the group's other members."""

    path: str
    sha256: str


class CountIn(BaseModel):
    """The files of the group's other members, as they lie with this edge."""

    paths: list[str] = Field(max_length=group.MEMBERS_MAX)


class UnionOut(BaseModel):
    """The group's persons, each once. ``added`` had no digests."""

    group: str
    year: int
    members: list[str]
    persons: ThreeOut
    sensitive: ThreeOut
    added: int
    lines: list[LineOut]


class ChainOut(BaseModel):
    """An event of this edge's own chain."""

    event_id: str
    seq: int
    type: str
    name: TextOut
    at: datetime
    refs: dict[str, str]
    data: dict[str, Any]


def router(edge: Edge) -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/api/v1", tags=["ledger"])
    own = edge.house.party_id

    @routes.get("/ledger", operation_id="ledger")
    def totals(caller: CallerDep, house: HouseDep) -> LedgerOut:
        """The person ledger's totals of this calendar year, with every part."""
        house.access.demand(caller, "edge.read", own)
        return _totals(edge)

    @routes.get("/ledger/entries", operation_id="ledger_entries")
    def list_entries(
        caller: CallerDep, house: HouseDep, since: Annotated[date | None, Query()] = None
    ) -> list[EntryOut]:
        """The entries from a day on (1 January by default), newest first; reversed ones too."""
        house.access.demand(caller, "edge.read", own)
        return [_entry(row, gone=gone) for row, gone in _rows(edge, since)]

    @routes.post("/ledger/entries", operation_id="declare_persons", status_code=201)
    def declare(body: list[EntryIn], caller: CallerDep, house: HouseDep) -> list[EntryOut]:
        """Enter declared numbers; all or none."""
        house.access.demand(caller, "ledger.write", own)
        made = entries.declare(
            edge, [one.draft() for one in body[: entries.BATCH_MAX + 1]], by=caller.principal_id
        )
        return [_entry(row) for row in made]

    @routes.post("/ledger/extracts", operation_id="enter_extract", status_code=201)
    def extract(body: FileEntryIn, caller: CallerDep, house: HouseDep) -> EntryOut:
        """Scan a file that holds the persons now, and keep only the run of digests."""
        house.access.demand(caller, "ledger.write", own)
        return _entry(entries.extract(edge, body.entry.draft(), path=body.path, by=caller.principal_id))

    @routes.post("/ledger/digests", operation_id="enter_digests", status_code=201)
    def digests(body: FileEntryIn, caller: CallerDep, house: HouseDep) -> EntryOut:
        """Take in a digest file that was made elsewhere under this handler's counting key."""
        house.access.demand(caller, "ledger.write", own)
        return _entry(entries.digests(edge, body.entry.draft(), path=body.path, by=caller.principal_id))

    @routes.post("/ledger/entries/{entry_id}/reverse", operation_id="reverse_entry", status_code=201)
    def reverse(entry_id: Id, body: ReverseIn, caller: CallerDep, house: HouseDep) -> EntryOut:
        """Take an entry back by a signed entry that names it."""
        house.access.demand(caller, "ledger.write", own)
        return _entry(entries.reverse(edge, entry_id=entry_id, ground=body.ground, by=caller.principal_id))

    @routes.post("/ledger/entries/{entry_id}/open", operation_id="spot_check")
    def spot_check(entry_id: Id, body: SpotIn, caller: CallerDep, house: HouseDep) -> SpotOut:
        """Open an entry's commitment at the places that a spot check draws, and nowhere else."""
        house.access.demand(caller, "ledger.write", own)
        try:
            nonce = base64.b64decode(body.nonce, validate=True)
        except ValueError:
            raise BadInput(reason=Text("nonce 须为 base64", "nonce: base64 is wanted")) from None
        row, opened = entries.open_commitment(
            edge, entry_id=entry_id, nonce=nonce, count=body.count, by=caller.principal_id
        )
        return SpotOut(commitment=row.commitment or "", identifiers=row.identifiers or 0, opened=opened)

    @routes.get("/ledger/template", operation_id="ledger_template", response_class=Response)
    def template(caller: CallerDep, house: HouseDep) -> Response:
        """An empty table to fill."""
        house.access.demand(caller, "edge.read", own)
        return _sheet(ledger_sheet.export([]), "feiyu-ledger-template.xlsx")

    @routes.get("/ledger/export", operation_id="ledger_export", response_class=Response)
    def export(caller: CallerDep, house: HouseDep) -> Response:
        """All entries of this year as a table; the export is an event."""
        house.access.demand(caller, "edge.read", own)
        rows = [row for row, _ in _rows(edge, None)]
        data = ledger_sheet.export(rows)
        said = {"entries": len(rows), "sha256": _sha(data), "by": caller.principal_id}
        house.db.write(lambda tx: tell(edge, tx, "ledger.exported", said), scope=SCOPE)
        return _sheet(data, f"feiyu-ledger-{legal_date(house.clock.now())}.xlsx")

    @routes.post("/ledger/import", operation_id="ledger_import", status_code=201)
    def import_(caller: CallerDep, house: HouseDep, file: Annotated[UploadFile, File()]) -> list[EntryOut]:
        """Enter the new lines of a filled table; refused with every wrong cell."""
        house.access.demand(caller, "ledger.write", own)
        data = file.file.read(sheets.FILE_MAX + 1)
        drafts = ledger_sheet.parse(edge, data, name=(file.filename or "xlsx")[:100])
        return [_entry(row) for row in entries.declare(edge, drafts, by=caller.principal_id)]

    @routes.post("/ledger/group", operation_id="join_group", status_code=201)
    def join(body: JoinIn, caller: CallerDep, house: HouseDep) -> GroupOut:
        """Keep the counting key of a group of related handlers at this edge."""
        house.access.demand(caller, "ledger.write", own)
        try:
            secret = base64.b64decode(body.secret, validate=True)
        except ValueError:
            raise BadInput(reason=Text("secret 须为 base64", "secret: base64 is wanted")) from None
        if len(secret) != 32:
            raise BadInput(reason=Text("secret 须为 32 字节", "secret: 32 bytes are wanted"))
        made = group.join(edge, body.name, secret, by=caller.principal_id)
        return GroupOut(name=made.name, year=made.year)

    @routes.post("/ledger/group/share", operation_id="share_with_group", status_code=201)
    def share(caller: CallerDep, house: HouseDep) -> ShareOut:
        """Write this handler's file for the other members; only their edges can open it."""
        house.access.demand(caller, "ledger.write", own)
        folder = house.folder / "shares"
        folder.mkdir(exist_ok=True)
        to = folder / f"{own}-{legal_date(house.clock.now()):%Y%m%d}.feiyu-group"
        return ShareOut(path=str(to), sha256=group.write_share(edge, to, by=caller.principal_id))

    @routes.post("/ledger/group/count", operation_id="count_group")
    def count(body: CountIn, caller: CallerDep, house: HouseDep) -> UnionOut:
        """Count this handler and the members whose files are given, each person once; only the total comes out."""
        house.access.demand(caller, "ledger.write", own)
        paths: list[Path] = [allowed_path(path, edge.sources) for path in body.paths]
        found = group.count(edge, paths, by=caller.principal_id)
        return UnionOut(
            group=found.group, year=found.year, members=list(found.members), persons=ThreeOut.of(found.persons),
            sensitive=ThreeOut.of(found.sensitive), added=found.added, lines=_lines(edge, found.persons, found.sensitive),
        )  # fmt: skip

    @routes.get("/chain", operation_id="edge_chain")
    def chain(
        caller: CallerDep, house: HouseDep, kind: Annotated[str | None, Query(max_length=60)] = None
    ) -> list[ChainOut]:
        """The newest events of this edge's own evidence chain."""
        house.access.demand(caller, "edge.read", own)
        with house.db.read(scope=SCOPE) as tx:
            found = journal.newest_events(tx, house.cipher, kind=kind, limit=100)
        return [
            ChainOut(
                event_id=one.event_id, seq=one.seq, type=one.type, at=one.at, refs=dict(one.refs), data=dict(one.data),
                name=TextOut.of(journal.event_type(one.type).title),
            )
            for one in found
        ]  # fmt: skip

    return routes


def _totals(edge: Edge) -> LedgerOut:
    today = legal_date(edge.house.clock.now())
    since = date(today.year, 1, 1)
    with edge.house.db.read(scope=SCOPE) as tx:
        found = ledger.total(tx, edge.runs_folder, since=since)
        of_bases = []
        for basis_id in ledger.bases(tx, since=DAY_MIN):
            rows = ledger.entries(tx, since=DAY_MIN, basis_id=basis_id)
            if rows:
                of_bases.append(
                    (basis_id, min(row.day for row in rows), ledger.measure(edge.runs_folder, rows))
                )
        of_others = [
            (
                handler,
                since,
                ledger.measure(edge.runs_folder, ledger.entries(tx, since=since, handler=handler)),
            )
            for handler in ledger.others(tx, since=since)
        ]
    key = edge.keys.counting.group(edge.house.clock.now())
    return LedgerOut(
        since=since, as_of=today, persons=ThreeOut.of(found.persons), sensitive=ThreeOut.of(found.sensitive),
        exempt_persons=found.exempt_persons, entries=found.entries, exact=found.exact,
        parts={level: PartOut.of(one) for level, one in found.parts.items()},
        lines=_lines(edge, found.persons, found.sensitive),
        bases=[WindowOut(id=i, since=s, total=PartOut.of(one)) for i, s, one in of_bases],
        entrusted=[WindowOut(id=i, since=s, total=PartOut.of(one)) for i, s, one in of_others],
        group=GroupOut(name=key.name, year=key.year) if key else None,
    )  # fmt: skip


def _lines(edge: Edge, persons: Three, sensitive: Three) -> list[LineOut]:
    """General persons are those without sensitive information: each line of the law counts its own kind."""
    today = legal_date(edge.house.clock.now())
    rulebooks = edge.house.rulebooks
    so_far = {"general": max(0, persons.counted - sensitive.counted), "sensitive": sensitive.counted}
    upper = {"general": max(0, persons.upper - sensitive.counted), "sensitive": sensitive.upper}
    found = []
    for line in project(rulebooks, so_far, at=today):
        kind = "sensitive" if line.line.endswith("sensitive") else "general"
        found.append(LineOut(
            id=line.line, name=TextOut.of(rulebooks.book().parameters[line.line].title), kind=kind, persons=line.persons,
            so_far=line.so_far, upper=upper[kind], day=line.day, reached=line.so_far >= line.persons,
        ))  # fmt: skip
    return found


def _rows(edge: Edge, since: date | None) -> list[tuple[LedgerRow, bool]]:
    first = since or date(legal_date(edge.house.clock.now()).year, 1, 1)
    with edge.house.db.read(scope=SCOPE) as tx:
        rows = store.ledger_rows(tx, since=first)
    gone = {row.reverses for row in rows if row.reverses}
    return [(row, row.id in gone) for row in reversed(rows)]


def _entry(row: LedgerRow, *, gone: bool = False) -> EntryOut:
    known = {name: getattr(row, name) for name in EntryOut.model_fields if hasattr(row, name)}
    return EntryOut(**known, reversed=gone, digests=row.file is not None)


def _sha(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def _sheet(data: bytes, name: str) -> Response:
    return Response(data, media_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
