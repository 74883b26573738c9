"""First tables."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import protect_rows
from feiyu.store.types import Document, Instant

revision = "port_0001"
down_revision = None
branch_labels = ("port",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "filing",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("scenario_id", sa.String(length=32), nullable=False),
        sa.Column("route", sa.String(length=24), nullable=False),
        sa.Column("determination", Document(), nullable=False),
        sa.Column("facts", Document(), nullable=False),
        sa.Column("counts", Document(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("signature", Document(), nullable=False),
        sa.Column("filed_by", sa.String(length=32), nullable=False),
        sa.Column("filed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing")),
        sa.UniqueConstraint("digest", name=op.f("uq_filing_digest")),
    )
    op.create_index(op.f("ix_filing_owner_party"), "filing", ["owner_party"], unique=False)
    op.create_index(op.f("ix_filing_scenario_id"), "filing", ["scenario_id"], unique=False)
    op.create_table(
        "basis",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("scenario_id", sa.String(length=32), nullable=False),
        sa.Column("filing_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("cover", Document(), nullable=False),
        sa.Column("proof_sha256", sa.String(length=64), nullable=False),
        sa.Column("check_method", sa.Text(), nullable=True),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("entered_by", sa.String(length=32), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("checked_by", sa.String(length=32), nullable=True),
        sa.Column("checked_at", Instant(), nullable=True),
        sa.Column("revoked_ground", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["filing_id"], ["filing.id"], name=op.f("fk_basis_filing_id_filing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_basis")),
    )
    op.create_index(op.f("ix_basis_owner_party"), "basis", ["owner_party"], unique=False)
    op.create_index(op.f("ix_basis_scenario_id"), "basis", ["scenario_id"], unique=False)
    op.create_table(
        "filing_document",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("filing_id", sa.String(length=32), nullable=False),
        sa.Column("material", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["filing_id"], ["filing.id"], name=op.f("fk_filing_document_filing_id_filing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing_document")),
    )
    op.create_index(op.f("ix_filing_document_filing_id"), "filing_document", ["filing_id"], unique=False)
    op.create_index(op.f("ix_filing_document_owner_party"), "filing_document", ["owner_party"], unique=False)
    op.create_table(
        "transfer_grant",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("basis_id", sa.String(length=32), nullable=False),
        sa.Column("flow_id", sa.String(length=32), nullable=False),
        sa.Column("recipient", sa.String(length=32), nullable=False),
        sa.Column("agreement_id", sa.String(length=32), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("revoked_ground", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["basis_id"], ["basis.id"], name=op.f("fk_transfer_grant_basis_id_basis")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_grant")),
    )
    op.create_index(op.f("ix_transfer_grant_basis_id"), "transfer_grant", ["basis_id"], unique=False)
    op.create_index(op.f("ix_transfer_grant_flow_id"), "transfer_grant", ["flow_id"], unique=False)
    op.create_index(op.f("ix_transfer_grant_owner_party"), "transfer_grant", ["owner_party"], unique=False)
    op.create_index(op.f("ix_transfer_grant_recipient"), "transfer_grant", ["recipient"], unique=False)
    op.create_table(
        "transfer",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("grant_id", sa.String(length=32), nullable=False),
        sa.Column("basis_id", sa.String(length=32), nullable=False),
        sa.Column("flow_id", sa.String(length=32), nullable=False),
        sa.Column("scenario_id", sa.String(length=32), nullable=False),
        sa.Column("recipient", sa.String(length=32), nullable=False),
        sa.Column("agreement_id", sa.String(length=32), nullable=True),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("direction", sa.String(length=16), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("sensitive", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("arrived_bytes", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("stripped", Document(), nullable=False),
        sa.Column("upload_digest", sa.LargeBinary(), nullable=False),
        sa.Column("download_digest", sa.LargeBinary(), nullable=True),
        sa.Column("manifest", sa.LargeBinary(), nullable=True),
        sa.Column("manifest_signature", sa.LargeBinary(), nullable=True),
        sa.Column("manifest_sha256", sa.String(length=64), nullable=True),
        sa.Column("wrapped", Document(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=True),
        sa.Column("sealed_event", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["transfer_grant.id"], name=op.f("fk_transfer_grant_id_transfer_grant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
    )
    op.create_index(op.f("ix_transfer_basis_id"), "transfer", ["basis_id"], unique=False)
    op.create_index(op.f("ix_transfer_flow_id"), "transfer", ["flow_id"], unique=False)
    op.create_index(op.f("ix_transfer_grant_id"), "transfer", ["grant_id"], unique=False)
    op.create_index(op.f("ix_transfer_owner_party"), "transfer", ["owner_party"], unique=False)
    op.create_index(op.f("ix_transfer_recipient"), "transfer", ["recipient"], unique=False)
    op.create_index(op.f("ix_transfer_scenario_id"), "transfer", ["scenario_id"], unique=False)
    op.create_index(op.f("ix_transfer_state"), "transfer", ["state"], unique=False)
    op.create_table(
        "transfer_event",
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("transfer_id", sa.String(length=32), nullable=False),
        sa.Column("recipient", sa.String(length=32), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("detail", Document(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfer.id"], name=op.f("fk_transfer_event_transfer_id_transfer")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_transfer_event")),
    )
    op.create_index(op.f("ix_transfer_event_owner_party"), "transfer_event", ["owner_party"], unique=False)
    op.create_index(op.f("ix_transfer_event_recipient"), "transfer_event", ["recipient"], unique=False)
    op.create_index(op.f("ix_transfer_event_transfer_id"), "transfer_event", ["transfer_id"], unique=False)
    op.create_table(
        "transfer_segment",
        sa.Column("transfer_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("arrived_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfer.id"], name=op.f("fk_transfer_segment_transfer_id_transfer")
        ),
        sa.PrimaryKeyConstraint("transfer_id", "number", name=op.f("pk_transfer_segment")),
    )
    op.create_index(
        op.f("ix_transfer_segment_owner_party"), "transfer_segment", ["owner_party"], unique=False
    )
    protect_rows("filing")
    protect_rows("basis")
    protect_rows("filing_document")
    protect_rows("transfer_grant", counterparty="recipient")
    protect_rows("transfer", counterparty="recipient")
    protect_rows("transfer_event", counterparty="recipient")
    protect_rows("transfer_segment")
