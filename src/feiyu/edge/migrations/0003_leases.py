"""Leases and break-glass at the edge."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import append_only, protect_rows
from feiyu.store.types import Document, Instant

revision = "edge_0003"
down_revision = "edge_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("edge_run", sa.Column("leave_id", sa.String(length=32), nullable=True))
    op.add_column("edge_run", sa.Column("leave_until", Instant(), nullable=True))
    op.create_table(
        "edge_lease",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("grant_id", sa.String(length=32), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("run_id", sa.String(length=32), nullable=True),
        sa.Column("got_at", Instant(), nullable=False),
        sa.Column("grant", Document(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edge_lease")),
    )
    op.create_index(op.f("ix_edge_lease_owner_party"), "edge_lease", ["owner_party"], unique=False)
    op.create_index(op.f("ix_edge_lease_grant_id"), "edge_lease", ["grant_id"], unique=False)
    protect_rows("edge_lease")
    op.create_table(
        "edge_breakglass",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("grant_id", sa.String(length=32), nullable=False),
        sa.Column("transfer_id", sa.String(length=32), nullable=False),
        sa.Column("ground", sa.String(length=500), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_by", sa.String(length=32), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=32), nullable=True),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("not_after", Instant(), nullable=True),
        sa.Column("run_id", sa.String(length=32), nullable=True),
        sa.Column("bundle", sa.Text(), nullable=True),
        sa.Column("reported_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edge_breakglass")),
    )
    op.create_index(op.f("ix_edge_breakglass_owner_party"), "edge_breakglass", ["owner_party"], unique=False)
    op.create_index(op.f("ix_edge_breakglass_grant_id"), "edge_breakglass", ["grant_id"], unique=False)
    protect_rows("edge_breakglass")
    append_only("edge_lease", ["id", "owner_party", "grant_id", "document", "key_id", "signature", "got_at"])
    append_only("edge_breakglass", ["id", "owner_party", "grant_id", "ground", "asked_by", "asked_at"])
