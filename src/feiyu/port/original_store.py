"""Rows of signed originals: what came with a paper of a filing to show that a person signed it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, func, insert, select, update

from feiyu.base.ids import PartyId, PrincipalId
from feiyu.port.tables import filing_document, signed_original
from feiyu.store import Scope, Tx, owned


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOriginal:
    """One original; ``signer`` is what a signature's certificate says, None where no machine checked anything."""

    id: str
    owner_party: PartyId
    filing_id: str
    document_id: str
    kind: str
    media: str
    name: str
    object_key: str
    size_bytes: int
    sha256: str
    paper_sha256: str
    signer: dict[str, str] | None
    added_by: PrincipalId
    added_at: datetime
    seen_by: PrincipalId | None = None
    seen_at: datetime | None = None

    @property
    def fails(self) -> str | None:
        """The code for which it would be refused today, as it was asked last; None where it holds."""
        return (self.signer or {}).get("fails_code")


def add(tx: Tx, new: SignedOriginal) -> None:
    """Insert an original."""
    tx.execute(insert(signed_original).values(**{n: getattr(new, n) for n in SignedOriginal.__slots__}))


def _of(row: RowMapping) -> SignedOriginal:
    return SignedOriginal(**row)


def of_filing(tx: Tx, scope: Scope, filing_id: str) -> list[SignedOriginal]:
    """The originals of a filing's papers, in the order they came."""
    where = (signed_original.c.filing_id == filing_id, owned(scope, signed_original))
    query = select(signed_original).where(*where).order_by(signed_original.c.id)
    return [_of(row) for row in tx.execute(query).mappings()]


def of_kinds(tx: Tx, scope: Scope, kinds: Collection[str]) -> list[SignedOriginal]:
    """All originals of some kinds, in the order they came."""
    where = (signed_original.c.kind.in_(sorted(kinds)), owned(scope, signed_original))
    query = select(signed_original).where(*where).order_by(signed_original.c.id)
    return [_of(row) for row in tx.execute(query).mappings()]


def failing(tx: Tx, scope: Scope, kinds: Collection[str]) -> list[str]:
    """The filings with an original that no longer holds."""
    return sorted({one.filing_id for one in of_kinds(tx, scope, kinds) if one.fails})


def set_signer(tx: Tx, original_id: str, signer: dict[str, str]) -> None:
    """Keep what is known of the signer now."""
    tx.execute(update(signed_original).where(signed_original.c.id == original_id).values(signer=signer))


def original_of(tx: Tx, scope: Scope, filing_id: str, original_id: str) -> SignedOriginal | None:
    """One original of a filing."""
    return next((one for one in of_filing(tx, scope, filing_id) if one.id == original_id), None)


def count_of(tx: Tx, document_id: str) -> int:
    """How many originals a paper has."""
    query = select(func.count()).where(signed_original.c.document_id == document_id)
    return int(tx.execute(query).scalar_one())


def paper_of(tx: Tx, scope: Scope, filing_id: str, document_id: str) -> tuple[str, str, str] | None:
    """Where a paper of a filing lies, its SHA-256 and its material."""
    columns = (filing_document.c.object_key, filing_document.c.sha256, filing_document.c.material)
    where = (filing_document.c.id == document_id, filing_document.c.filing_id == filing_id)
    row = tx.execute(select(*columns).where(*where, owned(scope, filing_document))).first()
    return (row[0], row[1], row[2]) if row else None


def set_seen(tx: Tx, original_id: str, *, by: PrincipalId, at: datetime) -> None:
    """Note that a person looked at it."""
    done = update(signed_original).where(signed_original.c.id == original_id)
    tx.execute(done.values(seen_by=by, seen_at=at))
