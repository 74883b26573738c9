"""Signed human findings of the level of data."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import append_only, protect_rows
from feiyu.store.types import Instant

revision = "edge_0008"
down_revision = "edge_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edge_finding",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("dataset", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edge_finding")),
        sa.UniqueConstraint(
            "dataset", "field", "version", name=op.f("uq_edge_finding_dataset_field_version")
        ),
    )
    op.create_index(op.f("ix_edge_finding_owner_party"), "edge_finding", ["owner_party"], unique=False)
    protect_rows("edge_finding")
    append_only(
        "edge_finding", ("id", "dataset", "field", "version", "document", "key_id", "signature", "at")
    )
