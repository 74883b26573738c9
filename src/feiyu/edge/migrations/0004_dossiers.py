"""Dossiers."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import append_only, protect_rows
from feiyu.store.types import Document, Instant

revision = "edge_0004"
down_revision = "edge_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edge_dossier",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("scenario_id", sa.String(length=32), nullable=False),
        sa.Column("determination_id", sa.String(length=32), nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("exporter", Document(), nullable=False),
        sa.Column("recipients", Document(), nullable=False),
        sa.Column("scenario", Document(), nullable=False),
        sa.Column("answers", Document(), nullable=False),
        sa.Column("capability", Document(), nullable=False),
        sa.Column("filing_id", sa.String(length=32), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["determination_id"],
            ["edge_determination.id"],
            name=op.f("fk_edge_dossier_determination_id_edge_determination"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edge_dossier")),
    )
    op.create_index(op.f("ix_edge_dossier_owner_party"), "edge_dossier", ["owner_party"], unique=False)
    op.create_index(op.f("ix_edge_dossier_scenario_id"), "edge_dossier", ["scenario_id"], unique=False)
    op.create_table(
        "edge_dossier_attachment",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("dossier_id", sa.String(length=32), nullable=False),
        sa.Column("material", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["edge_dossier.id"],
            name=op.f("fk_edge_dossier_attachment_dossier_id_edge_dossier"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edge_dossier_attachment")),
    )
    op.create_index(
        op.f("ix_edge_dossier_attachment_dossier_id"), "edge_dossier_attachment", ["dossier_id"], unique=False
    )
    op.create_index(
        op.f("ix_edge_dossier_attachment_owner_party"),
        "edge_dossier_attachment",
        ["owner_party"],
        unique=False,
    )
    op.create_table(
        "edge_dossier_version",
        sa.Column("dossier_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("content", Document(), nullable=False),
        sa.Column("findings", Document(), nullable=False),
        sa.Column("papers", Document(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["edge_dossier.id"], name=op.f("fk_edge_dossier_version_dossier_id_edge_dossier")
        ),
        sa.PrimaryKeyConstraint("dossier_id", "number", name=op.f("pk_edge_dossier_version")),
    )
    op.create_index(
        op.f("ix_edge_dossier_version_owner_party"), "edge_dossier_version", ["owner_party"], unique=False
    )
    protect_rows("edge_dossier")
    protect_rows("edge_dossier_attachment")
    protect_rows("edge_dossier_version")
    append_only("edge_dossier_version", ("dossier_id", "number", "content", "findings", "papers", "by", "at"))
