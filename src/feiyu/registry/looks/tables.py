"""The table of looks."""

from sqlalchemy import Column, Index, Integer, String, Table, UniqueConstraint

from feiyu.registry.metadata import metadata
from feiyu.store import Instant, ident, ordinal, owner

look = Table(
    "look",
    metadata,
    ordinal(),
    owner(),
    Column("thing_id", String(64), nullable=False),
    Column("within_id", ident()),
    Column("how", String(16), nullable=False),
    Column("principal_id", ident(), nullable=False),
    Column("party_id", ident(), nullable=False),
    Column("seats", String(80), nullable=False),
    Column("bucket", String(13), nullable=False),
    Column("first_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("times", Integer, nullable=False),
    UniqueConstraint("owner_party", "thing_id", "principal_id", "seats", "how", "bucket"),
    sqlite_autoincrement=True,
)
Index(
    "ix_look_not_listed",
    look.c.owner_party,
    look.c.ordinal,
    sqlite_where=look.c.how != "listed",
    postgresql_where=look.c.how != "listed",
)
Index("ix_look_within_id", look.c.within_id)
