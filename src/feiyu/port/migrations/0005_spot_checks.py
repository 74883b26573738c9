"""Counts that edges vouch for, and spot checks on them."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import append_only, protect_rows
from feiyu.store.types import Instant

revision = "port_0005"
down_revision = "port_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("entry_id", sa.String(length=32), nullable=False),
        sa.Column("transfer_id", sa.String(length=32), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("level", sa.String(length=1), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("sensitive", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("identifiers", sa.Integer(), nullable=False),
        sa.Column("handed_in_at", Instant(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counts")),
        sa.UniqueConstraint("owner_party", "entry_id", name=op.f("uq_counts_owner_party_entry_id")),
    )
    op.create_index(op.f("ix_counts_owner_party"), "counts", ["owner_party"], unique=False)
    op.create_index(op.f("ix_counts_transfer_id"), "counts", ["transfer_id"], unique=False)
    protect_rows("counts")
    op.create_table(
        "challenge",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("counts_id", sa.String(length=32), nullable=False),
        sa.Column("entry_id", sa.String(length=32), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=500), nullable=False),
        sa.Column("drawn_by", sa.String(length=32), nullable=False),
        sa.Column("drawn_at", Instant(), nullable=False),
        sa.Column("answer_by", Instant(), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answer_sha256", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["counts_id"], ["counts.id"], name=op.f("fk_challenge_counts_id_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
    )
    for column in ("owner_party", "counts_id", "state"):
        op.create_index(op.f(f"ix_challenge_{column}"), "challenge", [column], unique=False)
    protect_rows("challenge")
    append_only(
        "counts",
        ["id", "owner_party", "entry_id", "persons", "commitment", "identifiers", "document", "signature"],
    )
    append_only(
        "challenge",
        ["id", "owner_party", "counts_id", "entry_id", "places", "document", "key_id", "signature"],
    )
