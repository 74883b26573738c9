"""Rows of the port. Plain functions that take a transaction and a scope."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, func, insert, or_, select, update

from feiyu.base.ids import GrantId, PartyId, PrincipalId
from feiyu.port import lease_store
from feiyu.port.model import Basis, BasisKind, BasisState, Cover, Transfer, TransferKey, TransferState
from feiyu.port.tables import (
    basis,
    filing,
    filing_document,
    grant,
    transfer,
    transfer_event,
    transfer_key,
    transfer_segment,
)
from feiyu.registry.terms import FieldTerm, Grant, Signed, Usage
from feiyu.store import Scope, Tx, clock_of, owned


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A determination that was handed in, with the package that grows around it; its state is its case's."""

    id: str
    owner_party: PartyId
    scenario_id: str
    route: str
    determination: dict[str, Any]
    facts: dict[str, Any]
    counts: dict[str, Any]
    digest: str
    signature: dict[str, Any]
    filed_by: PrincipalId
    filed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingDocument:
    """One paper of a filing."""

    id: str
    owner_party: PartyId
    filing_id: str
    material: str
    name: str
    object_key: str
    size_bytes: int
    sha256: str
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRow:
    """A grant as issued: its signed document, and whether it was revoked."""

    grant: Grant
    signed: Signed
    issued_at: datetime
    revoked_at: datetime | None
    revoked_ground: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferEvent:
    """One event of a transfer, as its parties see it."""

    event_id: str
    transfer_id: str
    type: str
    at: datetime
    detail: dict[str, Any]


def add_filing(tx: Tx, new: Filing) -> None:
    """Insert a filing."""
    tx.execute(insert(filing).values(**{name: getattr(new, name) for name in Filing.__slots__}))


def filing_of(tx: Tx, scope: Scope, filing_id: str) -> Filing | None:
    """One filing inside the scope."""
    row = tx.execute(select(filing).where(filing.c.id == filing_id, owned(scope, filing))).mappings().first()
    return Filing(**row) if row else None


def filing_by_digest(tx: Tx, digest: str) -> str | None:
    """The id of the filing that carries the same determination."""
    return tx.execute(select(filing.c.id).where(filing.c.digest == digest)).scalar()


def filings(tx: Tx, scope: Scope) -> list[Filing]:
    """The filings inside the scope, newest first."""
    query = select(filing).where(owned(scope, filing)).order_by(filing.c.id.desc()).limit(500)
    return [Filing(**row) for row in tx.execute(query).mappings()]


def add_document(tx: Tx, new: FilingDocument) -> None:
    """Insert a paper of a filing."""
    tx.execute(
        insert(filing_document).values(**{name: getattr(new, name) for name in FilingDocument.__slots__})
    )


def documents_of(tx: Tx, scope: Scope, filing_id: str) -> list[FilingDocument]:
    """The papers of a filing, in the order they came."""
    where = (filing_document.c.filing_id == filing_id, owned(scope, filing_document))
    rows = tx.execute(select(filing_document).where(*where).order_by(filing_document.c.id)).mappings()
    return [FilingDocument(**row) for row in rows]


def _basis(row: RowMapping) -> Basis:
    cover = row["cover"]
    return Basis(**{
        **row, "kind": BasisKind(row["kind"]), "state": BasisState(row["state"]),
        "cover": Cover(
            fields=tuple(FieldTerm(**term) for term in cover["fields"]), persons_max=cover["persons_max"],
            sensitive_max=cover["sensitive_max"], recipients=tuple(cover["recipients"]), country=cover["country"],
        ),
    })  # fmt: skip


def cover_dict(cover: Cover) -> dict[str, Any]:
    """The wire form of a cover."""
    return {
        "fields": [{"name": term.name, "type": term.type} for term in cover.fields],
        "persons_max": cover.persons_max, "sensitive_max": cover.sensitive_max,
        "recipients": list(cover.recipients), "country": cover.country,
    }  # fmt: skip


def add_basis(tx: Tx, new: Basis) -> None:
    """Insert a basis."""
    values = {name: getattr(new, name) for name in Basis.__slots__} | {"cover": cover_dict(new.cover)}
    tx.execute(insert(basis).values(**values))


def basis_of(tx: Tx, scope: Scope, basis_id: str) -> Basis | None:
    """One basis inside the scope."""
    row = tx.execute(select(basis).where(basis.c.id == basis_id, owned(scope, basis))).mappings().first()
    return _basis(row) if row else None


def bases(tx: Tx, scope: Scope, *, scenario_id: str | None = None) -> list[Basis]:
    """The bases inside the scope, newest first."""
    query = select(basis).where(owned(scope, basis)).order_by(basis.c.id.desc()).limit(500)
    if scenario_id is not None:
        query = query.where(basis.c.scenario_id == scenario_id)
    return [_basis(row) for row in tx.execute(query).mappings()]


def set_basis(tx: Tx, basis_id: str, **values: object) -> None:
    """Change the state columns of a basis."""
    tx.execute(update(basis).where(basis.c.id == basis_id).values(**values))


def _grant(row: RowMapping) -> GrantRow:
    return GrantRow(
        grant=Grant.of_bytes(row["document"]),
        signed=Signed(document=row["document"], key_id=row["key_id"], signature=row["signature"]),
        issued_at=row["issued_at"], revoked_at=row["revoked_at"], revoked_ground=row["revoked_ground"],
    )  # fmt: skip


def add_grant(tx: Tx, new: Grant, signed: Signed, *, at: datetime) -> None:
    """Insert a grant with the bytes that were signed."""
    tx.execute(insert(grant).values(
        id=new.id, owner_party=new.exporter, basis_id=new.basis_id, flow_id=new.flow_id, recipient=new.recipient,
        agreement_id=new.agreement_id, document=signed.document, key_id=signed.key_id, signature=signed.signature,
        issued_at=at,
    ))  # fmt: skip


def _grant_seen(scope: Scope) -> ColumnElement[bool]:
    return or_(owned(scope, grant), grant.c.recipient == (scope.party or ""))


def grant_of(tx: Tx, scope: Scope, grant_id: str) -> GrantRow | None:
    """One grant inside the scope; its recipient sees it too."""
    row = tx.execute(select(grant).where(grant.c.id == grant_id, _grant_seen(scope))).mappings().first()
    return _grant(row) if row else None


def grants(tx: Tx, scope: Scope, *, basis_id: str | None = None) -> list[GrantRow]:
    """The grants inside the scope, newest first."""
    query = select(grant).where(_grant_seen(scope)).order_by(grant.c.id.desc()).limit(500)
    if basis_id is not None:
        query = query.where(grant.c.basis_id == basis_id)
    return [_grant(row) for row in tx.execute(query).mappings()]


def revoke_grant(tx: Tx, grant_id: str, *, at: datetime, ground: str) -> None:
    """Mark a grant as revoked."""
    tx.execute(update(grant).where(grant.c.id == grant_id).values(revoked_at=at, revoked_ground=ground))


def usage_of(tx: Tx, grant_id: GrantId, *, but: str | None = None, leases: bool = True) -> Usage:
    """What transfers have reserved or used under a grant; a transfer cut before its sealing counts nothing.

    With ``leases``, what open leases reserve counts too.
    """
    sums = [func.coalesce(func.sum(transfer.c[name]), 0) for name in ("persons", "sensitive", "size_bytes")]
    unsealed_cut = (transfer.c.state == TransferState.CUT) & transfer.c.sealed_event.is_(None)
    query = select(*sums).where(transfer.c.grant_id == grant_id, ~unsealed_cut)
    if but is not None:
        query = query.where(transfer.c.id != but)
    persons, sensitive, size_bytes = tx.execute(query).one()
    held = lease_store.reserved(tx, grant_id, after=clock_of(tx).now()) if leases else Usage()
    return Usage(
        persons=int(persons) + held.persons, sensitive=int(sensitive) + held.sensitive,
        size_bytes=int(size_bytes) + held.size_bytes,
    )  # fmt: skip


_HIDDEN = {"upload_digest", "manifest", "manifest_signature"}
_SHOWN = [column for column in transfer.c if column.name not in _HIDDEN]


def _transfer(row: RowMapping) -> Transfer:
    return Transfer(**{**row, "state": TransferState(row["state"]), "stripped": tuple(row["stripped"])})


def add_transfer(tx: Tx, new: Transfer, *, upload_digest: bytes) -> None:
    """Insert a transfer."""
    values = {name: getattr(new, name) for name in Transfer.__slots__} | {"stripped": list(new.stripped)}
    tx.execute(insert(transfer).values(**values, upload_digest=upload_digest))


def _transfer_seen(scope: Scope) -> ColumnElement[bool]:
    return or_(owned(scope, transfer), transfer.c.recipient == (scope.party or ""))


def transfer_of(tx: Tx, scope: Scope, transfer_id: str) -> Transfer | None:
    """One transfer inside the scope; its recipient sees it too."""
    query = select(*_SHOWN).where(transfer.c.id == transfer_id, _transfer_seen(scope))
    row = tx.execute(query).mappings().first()
    return _transfer(row) if row else None


def transfers(tx: Tx, scope: Scope, *, limit: int = 200) -> list[Transfer]:
    """The transfers inside the scope, newest first."""
    query = select(*_SHOWN).where(_transfer_seen(scope)).order_by(transfer.c.id.desc()).limit(limit)
    return [_transfer(row) for row in tx.execute(query).mappings()]


def set_transfer(tx: Tx, transfer_id: str, **values: object) -> None:
    """Change columns of a transfer."""
    tx.execute(update(transfer).where(transfer.c.id == transfer_id).values(**values))


def sealed_parts(tx: Tx, transfer_id: str) -> tuple[bytes, bytes] | None:
    """The manifest and its signature of a sealed transfer."""
    columns = (transfer.c.manifest, transfer.c.manifest_signature)
    row = tx.execute(select(*columns).where(transfer.c.id == transfer_id)).first()
    return (row[0], row[1]) if row and row[0] is not None else None


def add_key(tx: Tx, new: TransferKey) -> None:
    """Insert a key that a transfer is wrapped to."""
    tx.execute(insert(transfer_key).values(**{name: getattr(new, name) for name in TransferKey.__slots__}))


def keys_of(tx: Tx, transfer_id: str) -> list[TransferKey]:
    """The keys a transfer is wrapped to."""
    query = select(transfer_key).where(transfer_key.c.transfer_id == transfer_id)
    return [TransferKey(**row) for row in tx.execute(query.order_by(transfer_key.c.key_id)).mappings()]


def set_key(tx: Tx, of: TransferKey, **values: object) -> None:
    """Change columns of a key."""
    where = (transfer_key.c.transfer_id == of.transfer_id, transfer_key.c.key_id == of.key_id)
    tx.execute(update(transfer_key).where(*where).values(**values))


def forget_keys(tx: Tx, transfer_id: str) -> None:
    """Destroy the wraps of a transfer, and the ways to its bytes."""
    query = update(transfer_key).where(transfer_key.c.transfer_id == transfer_id)
    tx.execute(query.values(wrapped=None, download_digest=None))


def kept_transfers(tx: Tx) -> list[tuple[str, str, TransferState, datetime]]:
    """The transfers whose bytes are still here: id, grant, state, when it last changed."""
    columns = (transfer.c.id, transfer.c.grant_id, transfer.c.state, transfer.c.changed_at)
    rows = tx.execute(select(*columns).where(transfer.c.discarded_at.is_(None)).order_by(transfer.c.id))
    return [(row[0], row[1], TransferState(row[2]), row[3]) for row in rows]


def manifest_of_event(tx: Tx, event_id: str) -> tuple[bytes, bytes] | None:
    """The manifest and its signature that a sealing event recorded; None for other events."""
    columns = (transfer.c.manifest, transfer.c.manifest_signature)
    row = tx.execute(select(*columns).where(transfer.c.sealed_event == event_id)).first()
    return (row[0], row[1]) if row else None


def upload_digest(tx: Tx, transfer_id: str) -> bytes | None:
    """The digest of the upload token."""
    query = select(transfer.c.upload_digest).where(transfer.c.id == transfer_id)
    found: bytes | None = tx.execute(query).scalar()
    return found


def put_segment(tx: Tx, of: Transfer, number: int, *, size_bytes: int, root: bytes, at: datetime) -> None:
    """Remember a segment that arrived whole; told twice, it must be the same."""
    key = (transfer_segment.c.transfer_id == of.id, transfer_segment.c.number == number)
    if tx.execute(select(transfer_segment.c.root).where(*key)).scalar() == root:
        return
    tx.execute(insert(transfer_segment).values(
        transfer_id=of.id, number=number, owner_party=of.owner_party, size_bytes=size_bytes, root=root, arrived_at=at,
    ))  # fmt: skip
    total = select(func.sum(transfer_segment.c.size_bytes)).where(transfer_segment.c.transfer_id == of.id)
    tx.execute(update(transfer).where(transfer.c.id == of.id).values(arrived_bytes=total.scalar_subquery()))


def segments_of(tx: Tx, transfer_id: str) -> list[tuple[int, int, bytes]]:
    """The segments that arrived: number, size, root of the subtree; in order."""
    columns = (transfer_segment.c.number, transfer_segment.c.size_bytes, transfer_segment.c.root)
    query = (
        select(*columns)
        .where(transfer_segment.c.transfer_id == transfer_id)
        .order_by(transfer_segment.c.number)
    )
    return [(row[0], row[1], row[2]) for row in tx.execute(query)]


def add_event(tx: Tx, event: TransferEvent, of: Transfer) -> None:
    """Remember which event of the log belongs to which transfer."""
    tx.execute(insert(transfer_event).values(
        event_id=event.event_id, owner_party=of.owner_party, transfer_id=of.id, recipient=of.recipient,
        type=event.type, at=event.at, detail=event.detail,
    ))  # fmt: skip


def events_of(tx: Tx, scope: Scope, transfer_id: str) -> list[TransferEvent]:
    """The events of a transfer in order."""
    seen = or_(owned(scope, transfer_event), transfer_event.c.recipient == (scope.party or ""))
    query = select(transfer_event).where(transfer_event.c.transfer_id == transfer_id, seen)
    rows = tx.execute(query.order_by(transfer_event.c.at, transfer_event.c.event_id)).mappings()
    return [
        TransferEvent(
            event_id=r["event_id"],
            transfer_id=r["transfer_id"],
            type=r["type"],
            at=r["at"],
            detail=r["detail"],
        )
        for r in rows
    ]


def shared_events(tx: Tx, scope: Scope, ident: str) -> list[str]:
    """The events of a transfer (or the one event) that a scope may see as the transfer's recipient."""
    seen = transfer_event.c.recipient == (scope.party or "")
    about = (transfer_event.c.event_id == ident) | (transfer_event.c.transfer_id == ident)
    query = select(transfer_event.c.event_id).where(seen, about)
    return list(tx.execute(query.order_by(transfer_event.c.at, transfer_event.c.event_id)).scalars())


def numbers(tx: Tx, scope: Scope) -> dict[str, int]:
    """Counts for the workbench, each with a list behind it."""

    def count(table: Any, *where: Any) -> int:
        return int(tx.execute(select(func.count()).select_from(table).where(*where)).scalar_one())

    return {
        "filings": count(filing, owned(scope, filing)),
        "bases_to_check": count(basis, owned(scope, basis), basis.c.state == BasisState.ENTERED),
        "bases_effective": count(basis, owned(scope, basis), basis.c.state == BasisState.EFFECTIVE),
        "grants": count(grant, _grant_seen(scope), grant.c.revoked_at.is_(None)),
        "transfers_open": count(transfer, _transfer_seen(scope), transfer.c.state == TransferState.OPEN),
        "transfers_held": count(transfer, _transfer_seen(scope), transfer.c.state == TransferState.HELD),
        "transfers_to_fetch": count(
            transfer,
            _transfer_seen(scope),
            transfer.c.state.in_([TransferState.SEALED, TransferState.RELEASED]),
        ),
        "transfers": count(transfer, _transfer_seen(scope)),
    }


def bases_due(tx: Tx, scope: Scope, before: date) -> list[Basis]:
    """The effective bases that end before a day."""
    where = (owned(scope, basis), basis.c.state == BasisState.EFFECTIVE, basis.c.valid_until < before)
    return [_basis(row) for row in tx.execute(select(basis).where(*where)).mappings()]
