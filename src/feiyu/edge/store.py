"""Rows of the edge."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from feiyu.base.ids import PartyId
from feiyu.edge.tables import advice, determination, ledger, pin, profile, run
from feiyu.store import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """A scan that was made, of a file as it was then."""

    id: str
    owner_party: PartyId
    path: str
    size_bytes: int
    modified_ns: int
    dropped: list[str]
    profile: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """A transfer as the edge runs it; enough to go on after a crash."""

    id: str
    owner_party: PartyId
    transfer_id: str | None
    grant: dict[str, str]
    grant_id: str
    path: str
    dropped: list[str]
    state: str
    custody: str | None
    upload_token: str | None
    wire_url: str | None
    masked_from: dict[str, int]
    held: dict[str, Any] | None
    ground: dict[str, str] | None
    rows: int
    plain_bytes: int
    cipher_bytes: int
    persons: dict[str, Any] | None
    manifest: bytes | None
    manifest_signature: bytes | None
    wrap: bytes | None
    started_at: datetime
    changed_at: datetime
    leave_id: str | None = None
    leave_until: datetime | None = None
    pace: dict[str, Any] | None = None
    packing: str | None = None
    also: list[str] | None = None
    """The wraps to further keys in base64, until the port has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One entry of the person ledger. ``level``: D declared, L logs, M metered, S sealed.

    ``kind``: transfer, opening, outside, reversal. ``handler``: for whom this edge carried it as an entrusted operator.
    """

    id: str
    owner_party: PartyId
    run_id: str | None
    grant_id: str | None
    day: date
    level: str
    source: str
    exempt_rule: str | None
    file: str | None
    persons: int
    sensitive: int
    reverses: str | None
    at: datetime
    kind: str = "transfer"
    handler: str | None = None
    branch: str | None = None
    basis_id: str | None = None
    title: str | None = None
    ground: str | None = None
    by: str | None = None
    persons_upper: int | None = None
    sensitive_upper: int | None = None
    commitment: str | None = None
    identifiers: int | None = None
    group_file: str | None = None


def _values(row: ProfileRow | RunRow | LedgerRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).__slots__}


def add_profile(tx: Tx, new: ProfileRow) -> None:
    """Insert a profile."""
    tx.execute(insert(profile).values(**_values(new)))


def profile_of(tx: Tx, profile_id: str) -> ProfileRow | None:
    """One profile."""
    row = tx.execute(select(profile).where(profile.c.id == profile_id)).mappings().first()
    return ProfileRow(**row) if row else None


def profiles_of_path(tx: Tx, path: str) -> list[ProfileRow]:
    """The profiles of one file, newest first."""
    query = select(profile).where(profile.c.path == path).order_by(profile.c.id.desc()).limit(20)
    return [ProfileRow(**row) for row in tx.execute(query).mappings()]


def newest_profiles(tx: Tx, *, limit: int) -> list[ProfileRow]:
    """The newest profile of each file, newest first."""
    newest = select(func.max(profile.c.id)).group_by(profile.c.path)
    query = select(profile).where(profile.c.id.in_(newest)).order_by(profile.c.id.desc()).limit(limit)
    return [ProfileRow(**row) for row in tx.execute(query).mappings()]


def add_determination(tx: Tx, **values: Any) -> None:
    """Insert a signed determination."""
    tx.execute(insert(determination).values(**values))


def add_advice(tx: Tx, **values: Any) -> None:
    """Keep a suggestion, or what was taken."""
    tx.execute(insert(advice).values(**values))


def advice_rows(tx: Tx, *, scenario_id: str) -> list[dict[str, Any]]:
    """What was suggested and taken for a scenario, oldest first."""
    found = tx.execute(
        select(advice).where(advice.c.scenario_id == scenario_id).order_by(advice.c.at, advice.c.id)
    )
    return [dict(row) for row in found.mappings()]


def add_pin(tx: Tx, *, owner: PartyId, recipient: str, fingerprint: str, by: str, at: datetime) -> bool:
    """Remember a recipient's key fingerprint; whether it is new."""
    where = (pin.c.recipient == recipient, pin.c.fingerprint == fingerprint)
    if tx.execute(select(pin.c.at).where(*where)).first() is None:
        values = {
            "recipient": recipient,
            "fingerprint": fingerprint,
            "owner_party": owner,
            "by": by,
            "at": at,
        }
        tx.execute(insert(pin).values(**values))
        return True
    return False


def remove_pin(tx: Tx, *, recipient: str, fingerprint: str) -> bool:
    """Forget a fingerprint; whether it was pinned."""
    where = (pin.c.recipient == recipient, pin.c.fingerprint == fingerprint)
    return bool(tx.execute(delete(pin).where(*where)).rowcount)


def pins(tx: Tx, recipient: str) -> set[str]:
    """The fingerprints pinned for a recipient."""
    return set(tx.execute(select(pin.c.fingerprint).where(pin.c.recipient == recipient)).scalars())


def all_pins(tx: Tx) -> list[dict[str, Any]]:
    """Every pin, newest first: recipient, fingerprint, by, at."""
    query = select(pin.c.recipient, pin.c.fingerprint, pin.c.by, pin.c.at).order_by(pin.c.at.desc())
    return [dict(row) for row in tx.execute(query.limit(1000)).mappings()]


def add_run(tx: Tx, new: RunRow) -> None:
    """Insert a run."""
    tx.execute(insert(run).values(**_values(new)))


def set_run(tx: Tx, run_id: str, **values: Any) -> None:
    """Change columns of a run."""
    tx.execute(update(run).where(run.c.id == run_id).values(**values))


def run_of(tx: Tx, run_id: str) -> RunRow | None:
    """One run."""
    row = tx.execute(select(run).where(run.c.id == run_id)).mappings().first()
    return RunRow(**row) if row else None


def runs(tx: Tx, *states: str) -> list[RunRow]:
    """The runs (in some states), newest first."""
    query = select(run).order_by(run.c.id.desc()).limit(200)
    if states:
        query = query.where(run.c.state.in_(states))
    return [RunRow(**row) for row in tx.execute(query).mappings()]


def untold_ends(tx: Tx) -> list[tuple[str, str]]:
    """Runs that were cut and of whose end the port does not know, each with its transfer."""
    query = select(run.c.id, run.c.transfer_id).where(
        run.c.state == "cut", run.c.upload_token.is_not(None), run.c.transfer_id.is_not(None)
    )
    return [(row.id, row.transfer_id) for row in tx.execute(query)]


def add_ledger(tx: Tx, new: LedgerRow) -> None:
    """Append an entry to the person ledger."""
    tx.execute(insert(ledger).values(**_values(new)))


def ledger_rows(tx: Tx, *, since: date, grant_id: str | None = None) -> list[LedgerRow]:
    """The ledger's entries from a day on, oldest first."""
    query = select(ledger).where(ledger.c.day >= since).order_by(ledger.c.id)
    if grant_id is not None:
        query = query.where(ledger.c.grant_id == grant_id)
    return [LedgerRow(**row) for row in tx.execute(query).mappings()]


def ledger_entry(tx: Tx, entry_id: str) -> LedgerRow | None:
    """One entry."""
    row = tx.execute(select(ledger).where(ledger.c.id == entry_id)).mappings().first()
    return LedgerRow(**row) if row else None


def ledger_of_run(tx: Tx, run_id: str) -> LedgerRow | None:
    """The entry of a transfer, once it is closed."""
    row = tx.execute(select(ledger).where(ledger.c.run_id == run_id)).mappings().first()
    return LedgerRow(**row) if row else None
