"""Rows of the identity room. Plain functions that take a transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, insert, select, update

from feiyu.base.clock import from_text, to_text
from feiyu.base.ids import PartyId, PrincipalId
from feiyu.base.text import Text
from feiyu.registry.access import Role
from feiyu.registry.identity.model import KeyUse, Party, PartyKey, PartyKind, Principal
from feiyu.registry.identity.tables import credential, party, party_key, principal, sign_in_attempt
from feiyu.store import Tx


def _party(row: RowMapping) -> Party:
    return Party(
        id=PartyId(row["id"]), kind=PartyKind(row["kind"]), name=Text(row["name_zh"], row["name_en"]),
        country=row["country"], uscc=row["uscc"], lei=row["lei"], demo=row["demo"],
    )  # fmt: skip


def add_party(tx: Tx, new: Party, *, pseudonym: str, at: datetime) -> None:
    """Insert a party."""
    tx.execute(insert(party).values(
        id=new.id, owner_party=new.id, kind=new.kind, name_zh=new.name.zh, name_en=new.name.en, country=new.country,
        uscc=new.uscc, lei=new.lei, pseudonym=pseudonym, demo=new.demo, created_at=at,
    ))  # fmt: skip


def party_of(tx: Tx, party_id: str) -> Party | None:
    """One party."""
    row = tx.execute(select(party).where(party.c.id == party_id)).mappings().first()
    return _party(row) if row else None


def party_by_uscc(tx: Tx, uscc: str) -> Party | None:
    """The party with that unified social credit code."""
    row = tx.execute(select(party).where(party.c.uscc == uscc)).mappings().first()
    return _party(row) if row else None


def parties(tx: Tx) -> list[Party]:
    """All parties, by name."""
    return [_party(row) for row in tx.execute(select(party).order_by(party.c.name_en)).mappings()]


def pseudonym_of(tx: Tx, party_id: str) -> str | None:
    """The name under which a party's events stand in the public log."""
    return tx.execute(select(party.c.pseudonym).where(party.c.id == party_id)).scalar()


def _key(row: RowMapping) -> PartyKey:
    return PartyKey(
        id=row["id"], party_id=PartyId(row["owner_party"]), use=KeyUse(row["use"]), algorithm=row["algorithm"],
        public=row["public"], created_at=row["created_at"], confirmed_at=row["confirmed_at"],
        confirmed_by=row["confirmed_by"], retired_at=row["retired_at"],
    )  # fmt: skip


def add_key(tx: Tx, key: PartyKey) -> None:
    """Insert a public key."""
    tx.execute(insert(party_key).values(
        id=key.id, owner_party=key.party_id, use=key.use, algorithm=key.algorithm, public=key.public,
        created_at=key.created_at,
    ))  # fmt: skip


def key_of(tx: Tx, key_id: str) -> PartyKey | None:
    """One key."""
    row = tx.execute(select(party_key).where(party_key.c.id == key_id)).mappings().first()
    return _key(row) if row else None


def keys_of(tx: Tx, party_id: str) -> list[PartyKey]:
    """All keys of a party, newest first."""
    query = (
        select(party_key).where(party_key.c.owner_party == party_id).order_by(party_key.c.created_at.desc())
    )
    return [_key(row) for row in tx.execute(query).mappings()]


def confirm_key(tx: Tx, key_id: str, *, by: PrincipalId, at: datetime) -> None:
    """Mark a key as confirmed over a second channel."""
    tx.execute(update(party_key).where(party_key.c.id == key_id).values(confirmed_at=at, confirmed_by=by))


def retire_key(tx: Tx, key_id: str, *, at: datetime) -> None:
    """Mark a key as no longer used."""
    tx.execute(update(party_key).where(party_key.c.id == key_id).values(retired_at=at))


def _principal(row: RowMapping) -> Principal:
    roles = tuple((Role(role), from_text(until)) for role, until in row["roles"])
    return Principal(
        id=PrincipalId(row["id"]), party_id=PartyId(row["owner_party"]), account=row["account"], name=row["name"],
        roles=roles,
    )  # fmt: skip


def add_principal(tx: Tx, new: Principal, *, password: bytes | None, at: datetime) -> None:
    """Insert a principal; ``password`` is its scrypt record."""
    roles = [[role.value, to_text(until)] for role, until in new.roles]
    tx.execute(insert(principal).values(
        id=new.id, owner_party=new.party_id, account=new.account, name=new.name, roles=roles, password=password,
        created_at=at,
    ))  # fmt: skip


def principal_of(tx: Tx, principal_id: str) -> Principal | None:
    """One principal."""
    row = tx.execute(select(principal).where(principal.c.id == principal_id)).mappings().first()
    return _principal(row) if row else None


def principals(tx: Tx, party_id: str | None = None) -> list[Principal]:
    """The principals of a party, or all."""
    query = select(principal).order_by(principal.c.account)
    if party_id is not None:
        query = query.where(principal.c.owner_party == party_id)
    return [_principal(row) for row in tx.execute(query).mappings()]


def sign_in_row(tx: Tx, account: str) -> tuple[Principal, bytes | None, bytes | None, str | None] | None:
    """A principal with its password record, TOTP secret and last used code, by account; not if disabled."""
    query = select(principal).where(principal.c.account == account, principal.c.disabled_at.is_(None))
    row = tx.execute(query).mappings().first()
    return (_principal(row), row["password"], row["totp_secret"], row["totp_last"]) if row else None


def set_totp(tx: Tx, principal_id: str, *, secret: bytes | None, last: str | None) -> None:
    """Set the TOTP secret and the last code used."""
    tx.execute(
        update(principal).where(principal.c.id == principal_id).values(totp_secret=secret, totp_last=last)
    )


def add_credential(
    tx: Tx, *, digest: bytes, owner: PartyId, principal_id: PrincipalId, kind: str, label: str,
    at: datetime, expires_at: datetime,
) -> None:  # fmt: skip
    """Insert a session or token by its digest; the secret itself is never stored."""
    tx.execute(insert(credential).values(
        digest=digest, owner_party=owner, principal_id=principal_id, kind=kind, label=label, created_at=at,
        expires_at=expires_at,
    ))  # fmt: skip


def credential_of(tx: Tx, digest: bytes) -> tuple[Principal, datetime, datetime | None] | None:
    """Whose credential this is, when it expires and when it was revoked."""
    query = (
        select(principal, credential.c.expires_at, credential.c.revoked_at)
        .join(principal, principal.c.id == credential.c.principal_id)
        .where(credential.c.digest == digest, principal.c.disabled_at.is_(None))
    )
    row = tx.execute(query).mappings().first()
    return (_principal(row), row["expires_at"], row["revoked_at"]) if row else None


def revoke_credential(tx: Tx, digest: bytes, *, at: datetime) -> None:
    """End a session or token."""
    tx.execute(update(credential).where(credential.c.digest == digest).values(revoked_at=at))


def attempts(tx: Tx, account: str) -> tuple[int, datetime | None]:
    """Failed sign-ins in a row, and until when the account is paused."""
    row = tx.execute(select(sign_in_attempt).where(sign_in_attempt.c.account == account)).mappings().first()
    return (row["failures"], row["blocked_until"]) if row else (0, None)


def set_attempts(tx: Tx, account: str, failures: int, blocked_until: datetime | None) -> None:
    """Remember failed sign-ins."""
    values: dict[str, Any] = {"failures": failures, "blocked_until": blocked_until}
    found: Sequence[Any] = tx.execute(
        update(sign_in_attempt).where(sign_in_attempt.c.account == account).values(**values)
        .returning(sign_in_attempt.c.account)
    ).all()  # fmt: skip
    if not found:
        tx.execute(insert(sign_in_attempt).values(account=account, **values))
