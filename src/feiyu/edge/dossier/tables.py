"""Tables of the dossiers: the draft, its versions, what was attached to it."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from feiyu.edge.tables import metadata
from feiyu.store import Document, Instant, ident, owner

dossier = Table(
    "edge_dossier",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("scenario_id", ident(), nullable=False, index=True),
    Column("determination_id", ident(), ForeignKey("edge_determination.id"), nullable=False),
    Column("procedure", String(64), nullable=False),
    Column("exporter", Document, nullable=False),
    Column("recipients", Document, nullable=False),
    Column("scenario", Document, nullable=False),
    Column("answers", Document, nullable=False),
    Column("capability", Document, nullable=False),
    Column("filing_id", ident()),
    Column("made_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

version = Table(
    "edge_dossier_version",
    metadata,
    Column("dossier_id", ident(), ForeignKey("edge_dossier.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    owner(),
    Column("content", Document, nullable=False),
    Column("findings", Document, nullable=False),
    Column("papers", Document, nullable=False),
    Column("by", ident(), nullable=False),
    Column("at", Instant, nullable=False),
)

attachment = Table(
    "edge_dossier_attachment",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("dossier_id", ident(), ForeignKey("edge_dossier.id"), nullable=False, index=True),
    Column("material", String(32), nullable=False),
    Column("name", String(200), nullable=False),
    Column("object_key", String(200), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)
