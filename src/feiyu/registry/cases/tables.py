"""Tables of cases and their steps."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from feiyu.registry.metadata import metadata
from feiyu.store import Instant, ident, owner

case = Table(
    "filing_case",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("procedure", String(64), nullable=False),
    Column("version", String(16), nullable=False),
    Column("state", String(32), nullable=False, index=True),
    Column("opened_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

case_step = Table(
    "case_step",
    metadata,
    Column("case_id", ident(), ForeignKey("filing_case.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    owner(),
    Column("transition", String(32), nullable=False),
    Column("from_state", String(32), nullable=False),
    Column("to_state", String(32), nullable=False),
    Column("by", ident(), nullable=False),
    Column("at", Instant, nullable=False),
    Column("note", Text, nullable=False),
)
