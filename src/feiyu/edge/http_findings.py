"""Routes of findings."""

import base64
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from feiyu.edge import findings, levels, store
from feiyu.edge.findings import Basis, Finding, Said
from feiyu.edge.model import SCOPE, Edge
from feiyu.edge.profiles import profile_of
from feiyu.edge.store import ProfileRow
from feiyu.registry.identity.http import CallerDep, HouseDep, TextOut
from feiyu.scan.catalogue import by_id
from feiyu.scan.model import Level, worst

LISTED = 100
Line = Annotated[str, Field(max_length=200)]


class FindingIn(BaseModel):
    """What a person finds about the file of a profile, or about all files of its folder."""

    field: str = Field(default="", max_length=1000, description="One field; empty for all")
    folder: bool = Field(default=False, description="All files of its folder, later ones too")
    level: Level
    basis: Basis
    item: Line = Field(default="", description="Item of the catalogue")
    number: Line = Field(default="", description="Number of the notice or catalogue")
    issuer: Line = ""
    day: date
    ground: str = Field(default="", max_length=500)


class SignedFindingOut(BaseModel):
    """A signed finding."""

    id: str
    dataset: str
    field: str
    version: int
    level: Level
    basis: Basis
    item: str
    number: str
    issuer: str
    day: date
    ground: str
    by: str
    at: datetime
    signed: dict[str, str]

    @classmethod
    def of(cls, one: Finding) -> "SignedFindingOut":
        """From the inside."""
        said = one.said
        return cls(
            id=one.id, dataset=one.dataset, field=one.field, version=one.version, level=said.level, basis=said.basis,
            item=said.item, number=said.number, issuer=said.issuer, day=said.day, ground=said.ground, by=one.by, at=one.at,
            signed={
                "document": base64.b64encode(one.document).decode(), "key_id": one.key_id,
                "signature": base64.b64encode(one.signature).decode(),
            },
        )  # fmt: skip


class ProfileLineOut(BaseModel):
    """A file that was scanned: what the scan suspects of it and what persons found. ``level``: the highest that the scan suspects."""

    id: str
    name: str
    dataset: str
    at: datetime
    rows: int
    fields: int
    level: Level
    suspected: int = Field(description="Fields that the scan suspects of more than general")
    found: str | None = Field(
        description="What signed findings say: core, important, suspected, general; none where open"
    )
    findings: int

    @classmethod
    def of(cls, edge: Edge, row: ProfileRow) -> "ProfileLineOut":
        """From the inside."""
        tables = row.profile["tables"]
        suspected = [Level(field["level"]) for table in tables for field in table["fields"]]
        kept = findings.about(edge, row)
        return cls(
            id=row.id, name=Path(row.path).name, dataset=row.path, at=row.at, rows=sum(table["rows"] for table in tables),
            fields=len(suspected), level=worst(suspected), suspected=sum(one is not Level.GENERAL for one in suspected),
            found=findings.settled(row.profile, kept), findings=len(kept),
        )  # fmt: skip


class FieldLevelOut(BaseModel):
    """What the scan suspects of one field, and why; never a value, masked or not.

    ``source``: the standard that classes what is personal or suspected.
    """

    table: str
    name: str
    type: str
    type_name: TextOut | None
    source: str | None
    level: Level
    personal: bool
    sensitive: bool
    unread: bool
    reason: TextOut


class EffectOut(BaseModel):
    """What the rules answer for this file alone under one level, without a scenario; ``stands``: it is in force."""

    found: str | None
    stands: bool
    determination: dict[str, Any]


class LevelsOut(ProfileLineOut):
    """A scanned file with all that was suspected, found and follows."""

    lines: list[FieldLevelOut]
    versions: list[SignedFindingOut] = Field(
        description="Every version of every finding about it, oldest first"
    )
    effects: list[EffectOut]


def _levels(edge: Edge, row: ProfileRow) -> LevelsOut:
    line, known = ProfileLineOut.of(edge, row), by_id()
    lines = []
    for table in row.profile["tables"]:
        for field in table["fields"]:
            kind = known.get(field["type"])
            classed = kind is not None and (field["personal"] or field["level"] != Level.GENERAL)
            lines.append(FieldLevelOut(
                table=table["name"], name=field["name"], type=field["type"], type_name=TextOut.of(kind.names) if kind else None,
                source=kind.source if kind and classed else None, level=field["level"], personal=field["personal"],
                sensitive=field["sensitive"], unread=field["state"] == "unread", reason=TextOut(**field["reason"]),
            ))  # fmt: skip
    return LevelsOut(
        **line.model_dump(), lines=lines,
        versions=[SignedFindingOut.of(one) for one in findings.about(edge, row, all_versions=True)],
        effects=[
            EffectOut(found=one.found, stands=one.stands, determination=one.determination.as_dict())
            for one in levels.effects(edge, row.profile, line.found)
        ],
    )  # fmt: skip


def router(edge: Edge) -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/api/v1", tags=["edge"])

    @routes.get("/profiles", operation_id="list_profiles")
    def list_profiles(caller: CallerDep, house: HouseDep) -> list[ProfileLineOut]:
        """The files that were scanned here, each by its newest profile, newest first; a hundred at most."""
        house.access.demand(caller, "edge.read", house.party_id)
        with house.db.read(scope=SCOPE) as tx:
            rows = store.newest_profiles(tx, limit=LISTED)
        return [ProfileLineOut.of(edge, row) for row in rows]

    @routes.get("/profiles/{profile_id}/levels", operation_id="get_levels")
    def get_levels(profile_id: str, caller: CallerDep, house: HouseDep) -> LevelsOut:
        """What the scan suspects of a file's fields, what persons found and signed, and what follows from each level."""
        house.access.demand(caller, "edge.read", house.party_id)
        return _levels(edge, profile_of(edge, profile_id))

    @routes.post("/profiles/{profile_id}/findings", operation_id="sign_finding", status_code=201)
    def sign_finding(
        profile_id: str, body: FindingIn, caller: CallerDep, house: HouseDep
    ) -> SignedFindingOut:
        """Sign a finding of the level of the data of a profile; the earlier one stays as an earlier version."""
        house.access.demand(caller, "finding.sign", house.party_id)
        said = Said(
            level=body.level, basis=body.basis, item=body.item, number=body.number, issuer=body.issuer, day=body.day,
            ground=body.ground,
        )  # fmt: skip
        made = findings.sign(
            edge,
            profile_id=profile_id,
            field=body.field,
            folder=body.folder,
            said=said,
            by=caller.principal_id,
        )
        return SignedFindingOut.of(made)

    @routes.get("/profiles/{profile_id}/findings", operation_id="list_findings")
    def list_findings(profile_id: str, caller: CallerDep, house: HouseDep) -> list[SignedFindingOut]:
        """Every version of every finding about a profile, oldest first."""
        house.access.demand(caller, "edge.read", house.party_id)
        return [
            SignedFindingOut.of(one)
            for one in findings.about(edge, profile_of(edge, profile_id), all_versions=True)
        ]

    return routes
