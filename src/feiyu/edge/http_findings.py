"""Routes of findings."""

import base64
from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from feiyu.edge import findings
from feiyu.edge.findings import Basis, Finding, Said
from feiyu.edge.model import Edge
from feiyu.edge.profiles import profile_of
from feiyu.registry.identity.http import CallerDep, HouseDep
from feiyu.scan.model import Level

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


class FindingOut(BaseModel):
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
    signed: dict[str, str]

    @classmethod
    def of(cls, one: Finding) -> "FindingOut":
        """From the inside."""
        said = one.said
        return cls(
            id=one.id, dataset=one.dataset, field=one.field, version=one.version, level=said.level, basis=said.basis,
            item=said.item, number=said.number, issuer=said.issuer, day=said.day, ground=said.ground, by=one.by,
            signed={
                "document": base64.b64encode(one.document).decode(), "key_id": one.key_id,
                "signature": base64.b64encode(one.signature).decode(),
            },
        )  # fmt: skip


def router(edge: Edge) -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/api/v1", tags=["edge"])

    @routes.post("/profiles/{profile_id}/findings", operation_id="sign_finding", status_code=201)
    def sign_finding(profile_id: str, body: FindingIn, caller: CallerDep, house: HouseDep) -> FindingOut:
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
        return FindingOut.of(made)

    @routes.get("/profiles/{profile_id}/findings", operation_id="list_findings")
    def list_findings(profile_id: str, caller: CallerDep, house: HouseDep) -> list[FindingOut]:
        """Every version of every finding about a profile, oldest first."""
        house.access.demand(caller, "edge.read", house.party_id)
        return [
            FindingOut.of(one)
            for one in findings.about(edge, profile_of(edge, profile_id), all_versions=True)
        ]

    return routes
