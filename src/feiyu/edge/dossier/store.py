"""Rows of the dossiers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from feiyu.base.ids import PartyId
from feiyu.edge.dossier.tables import attachment, dossier, version
from feiyu.edge.tables import determination
from feiyu.store import Tx

SUBJECTS_MAX = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRow:
    """A dossier as it is drafted now."""

    id: str
    owner_party: PartyId
    scenario_id: str
    determination_id: str
    procedure: str
    exporter: dict[str, Any]
    recipients: list[dict[str, Any]]
    scenario: dict[str, Any]
    answers: dict[str, str]
    capability: dict[str, str]
    filing_id: str | None
    made_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A dossier as it was made into papers once."""

    dossier_id: str
    number: int
    owner_party: PartyId
    content: dict[str, Any]
    findings: list[dict[str, Any]]
    papers: dict[str, str]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRow:
    """A file that lies with a dossier."""

    id: str
    owner_party: PartyId
    dossier_id: str
    material: str
    name: str
    object_key: str
    size_bytes: int
    sha256: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeterminationRow:
    """A signed determination."""

    id: str
    owner_party: PartyId
    profile_id: str
    scenario_id: str
    document: bytes
    key_id: str
    signature: bytes
    at: datetime


def _values(row: DossierRow | VersionRow | AttachmentRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).__slots__}


def add_dossier(tx: Tx, new: DossierRow) -> None:
    """Insert a dossier."""
    tx.execute(insert(dossier).values(**_values(new)))


def set_dossier(tx: Tx, dossier_id: str, **values: Any) -> None:
    """Change columns of a dossier."""
    tx.execute(update(dossier).where(dossier.c.id == dossier_id).values(**values))


def dossier_of(tx: Tx, dossier_id: str) -> DossierRow | None:
    """One dossier."""
    row = tx.execute(select(dossier).where(dossier.c.id == dossier_id)).mappings().first()
    return DossierRow(**row) if row else None


def dossiers(tx: Tx) -> list[DossierRow]:
    """All dossiers, newest first."""
    return [
        DossierRow(**row)
        for row in tx.execute(select(dossier).order_by(dossier.c.id.desc()).limit(500)).mappings()
    ]


def add_version(tx: Tx, new: VersionRow) -> None:
    """Insert a version."""
    tx.execute(insert(version).values(**_values(new)))


def versions(tx: Tx, dossier_id: str) -> list[VersionRow]:
    """The versions of a dossier, oldest first."""
    query = select(version).where(version.c.dossier_id == dossier_id).order_by(version.c.number)
    return [VersionRow(**row) for row in tx.execute(query).mappings()]


def add_attachment(tx: Tx, new: AttachmentRow) -> None:
    """Insert an attachment; it takes the place of an earlier one for the same material."""
    where = (attachment.c.dossier_id == new.dossier_id, attachment.c.material == new.material)
    tx.execute(delete(attachment).where(*where))
    tx.execute(insert(attachment).values(**_values(new)))


def attachments(tx: Tx, dossier_id: str) -> list[AttachmentRow]:
    """What lies with a dossier."""
    query = select(attachment).where(attachment.c.dossier_id == dossier_id).order_by(attachment.c.id)
    return [AttachmentRow(**row) for row in tx.execute(query).mappings()]


def determination_of(tx: Tx, determination_id: str) -> DeterminationRow | None:
    """One signed determination."""
    row = tx.execute(select(determination).where(determination.c.id == determination_id)).mappings().first()
    return DeterminationRow(**row) if row else None


def determined_scenarios(tx: Tx) -> list[str]:
    """The scenarios that have a signed determination, the one determined last first."""
    newest = func.max(determination.c.id)
    query = select(determination.c.scenario_id).group_by(determination.c.scenario_id).order_by(newest.desc())
    return [row[0] for row in tx.execute(query.limit(SUBJECTS_MAX))]


def latest_determination(tx: Tx, scenario_id: str) -> DeterminationRow | None:
    """The newest signed determination of a scenario."""
    query = (
        select(determination)
        .where(determination.c.scenario_id == scenario_id)
        .order_by(determination.c.id.desc())
        .limit(1)
    )
    row = tx.execute(query).mappings().first()
    return DeterminationRow(**row) if row else None
