"""Tables of parties, keys, principals and credentials."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table

from feiyu.registry.metadata import metadata
from feiyu.store import Document, Instant, ident, owner

party = Table(
    "party",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("kind", String(16), nullable=False),
    Column("name_zh", String(200), nullable=False),
    Column("name_en", String(200), nullable=False),
    Column("country", String(2), nullable=False),
    Column("uscc", String(18), unique=True),
    Column("lei", String(20), unique=True),
    Column("pseudonym", String(32), nullable=False, unique=True),
    Column("demo", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
)

party_key = Table(
    "party_key",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("owner_party", ident(), ForeignKey("party.id"), nullable=False, index=True),
    Column("use", String(16), nullable=False),
    Column("algorithm", String(32), nullable=False),
    Column("public", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("confirmed_by", ident()),
    Column("retired_at", Instant),
)

principal = Table(
    "principal",
    metadata,
    Column("id", ident(), primary_key=True),
    Column("owner_party", ident(), ForeignKey("party.id"), nullable=False, index=True),
    Column("account", String(64), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("roles", Document, nullable=False),
    Column("password", LargeBinary),
    Column("totp_secret", LargeBinary),
    Column("totp_last", String(16)),
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
)

credential = Table(
    "credential",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    owner(),
    Column("principal_id", ident(), ForeignKey("principal.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("label", String(100), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("blocked_until", Instant),
)
