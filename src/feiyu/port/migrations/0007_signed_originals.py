"""What came with a paper of a filing to show that a person signed it."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import protect_rows
from feiyu.store.types import Document, Instant

revision = "port_0007"
down_revision = "port_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signed_original",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("filing_id", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("media", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("paper_sha256", sa.String(length=64), nullable=False),
        sa.Column("signer", Document(), nullable=True),
        sa.Column("added_by", sa.String(length=32), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("seen_by", sa.String(length=32), nullable=True),
        sa.Column("seen_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["filing_id"], ["filing.id"], name=op.f("fk_signed_original_filing_id_filing")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["filing_document.id"],
            name=op.f("fk_signed_original_document_id_filing_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_original")),
    )
    for column in ("owner_party", "filing_id", "document_id"):
        op.create_index(op.f(f"ix_signed_original_{column}"), "signed_original", [column], unique=False)
    protect_rows("signed_original")
