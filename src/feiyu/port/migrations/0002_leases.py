"""Leases, and reports of break-glass."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import append_only, protect_rows
from feiyu.store.types import Instant

revision = "port_0002"
down_revision = "port_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lease",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("grant_id", sa.String(length=32), nullable=False),
        sa.Column("transfer_id", sa.String(length=32), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("sensitive", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("not_after", Instant(), nullable=False),
        sa.Column("settle_until", Instant(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["transfer_grant.id"], name=op.f("fk_lease_grant_id_transfer_grant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lease")),
        sa.UniqueConstraint("transfer_id", name=op.f("uq_lease_transfer_id")),
    )
    op.create_index(op.f("ix_lease_owner_party"), "lease", ["owner_party"], unique=False)
    op.create_index(op.f("ix_lease_grant_id"), "lease", ["grant_id"], unique=False)
    op.create_index(op.f("ix_lease_state"), "lease", ["state"], unique=False)
    protect_rows("lease")
    op.create_table(
        "breakglass",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("grant_id", sa.String(length=32), nullable=False),
        sa.Column("transfer_id", sa.String(length=32), nullable=False),
        sa.Column("ground", sa.String(length=500), nullable=False),
        sa.Column("asked_by", sa.String(length=100), nullable=False),
        sa.Column("confirmed_by", sa.String(length=100), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("sensitive", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("reported_at", Instant(), nullable=False),
        sa.Column("noted_by", sa.String(length=32), nullable=True),
        sa.Column("noted_at", Instant(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breakglass")),
        sa.UniqueConstraint("transfer_id", name=op.f("uq_breakglass_transfer_id")),
    )
    op.create_index(op.f("ix_breakglass_owner_party"), "breakglass", ["owner_party"], unique=False)
    protect_rows("breakglass")
    append_only("lease", ["id", "owner_party", "grant_id", "transfer_id", "document", "key_id", "signature"])
    append_only(
        "breakglass", ["id", "owner_party", "ground", "asked_by", "confirmed_by", "document", "signature"]
    )
