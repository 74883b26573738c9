"""Tables of scenarios and flows."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from feiyu.registry.metadata import metadata
from feiyu.store import Document, Instant, ident, owner

scenario = Table(
    "scenario",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("title", Document, nullable=False),
    Column("purpose", String(200), nullable=False),
    Column("ground", String(64), nullable=False),
    Column("sector", String(32), nullable=False),
    Column("recipients", Document, nullable=False),
    Column("country", String(2), nullable=False),
    Column("items", Document, nullable=False),
    Column("retention_days", Integer, nullable=False),
    Column("direction", String(16), nullable=False),
    Column("origin", String(16), nullable=False),
    Column("tier", String(16), nullable=False),
    Column("outside", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
)

scenario_change = Table(
    "scenario_change",
    metadata,
    Column("scenario_id", ident(), ForeignKey("scenario.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    owner(),
    Column("changed", Document, nullable=False),
    Column("before", Document, nullable=False),
    Column("by", ident(), nullable=False),
    Column("at", Instant, nullable=False),
)

flow = Table(
    "flow",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("scenario_id", ident(), ForeignKey("scenario.id"), nullable=False, index=True),
    Column("recipient", ident(), nullable=False, index=True),
    Column("recipient_key_id", String(64), nullable=False),
    Column("also_key_ids", Document),
    Column("cadence", String(16), nullable=False),
    Column("mode", String(16), nullable=False),
    Column("direction", String(16), nullable=False),
    Column("origin", String(16), nullable=False),
    Column("derived_from", ident(), ForeignKey("flow.id")),
    Column("created_at", Instant, nullable=False),
)
