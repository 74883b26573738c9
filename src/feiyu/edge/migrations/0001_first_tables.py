"""First tables."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import append_only, protect_rows
from feiyu.store.types import Document, Instant

revision = "edge_0001"
down_revision = None
branch_labels = ("edge",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edge_pin",
        sa.Column("recipient", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("recipient", "fingerprint", name=op.f("pk_edge_pin")),
    )
    op.create_index(op.f("ix_edge_pin_owner_party"), "edge_pin", ["owner_party"], unique=False)
    op.create_table(
        "edge_profile",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.Column("dropped", Document(), nullable=False),
        sa.Column("profile", Document(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edge_profile")),
    )
    op.create_index(op.f("ix_edge_profile_owner_party"), "edge_profile", ["owner_party"], unique=False)
    op.create_table(
        "edge_run",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("transfer_id", sa.String(length=32), nullable=True),
        sa.Column("grant", Document(), nullable=False),
        sa.Column("grant_id", sa.String(length=32), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("dropped", Document(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("custody", sa.Text(), nullable=True),
        sa.Column("upload_token", sa.String(length=64), nullable=True),
        sa.Column("wire_url", sa.String(length=200), nullable=True),
        sa.Column("masked_from", Document(), nullable=False),
        sa.Column("held", Document(), nullable=True),
        sa.Column("ground", sa.Text(), nullable=True),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("plain_bytes", sa.BigInteger(), nullable=False),
        sa.Column("cipher_bytes", sa.BigInteger(), nullable=False),
        sa.Column("persons", Document(), nullable=True),
        sa.Column("manifest", sa.LargeBinary(), nullable=True),
        sa.Column("manifest_signature", sa.LargeBinary(), nullable=True),
        sa.Column("wrap", sa.LargeBinary(), nullable=True),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edge_run")),
    )
    op.create_index(op.f("ix_edge_run_grant_id"), "edge_run", ["grant_id"], unique=False)
    op.create_index(op.f("ix_edge_run_owner_party"), "edge_run", ["owner_party"], unique=False)
    op.create_index(op.f("ix_edge_run_state"), "edge_run", ["state"], unique=False)
    op.create_index(op.f("ix_edge_run_transfer_id"), "edge_run", ["transfer_id"], unique=False)
    op.create_table(
        "edge_determination",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("profile_id", sa.String(length=32), nullable=False),
        sa.Column("scenario_id", sa.String(length=32), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["edge_profile.id"], name=op.f("fk_edge_determination_profile_id_edge_profile")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edge_determination")),
    )
    op.create_index(
        op.f("ix_edge_determination_owner_party"), "edge_determination", ["owner_party"], unique=False
    )
    op.create_index(
        op.f("ix_edge_determination_profile_id"), "edge_determination", ["profile_id"], unique=False
    )
    op.create_table(
        "edge_ledger",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("run_id", sa.String(length=32), nullable=True),
        sa.Column("grant_id", sa.String(length=32), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("level", sa.String(length=1), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("exempt_rule", sa.String(length=16), nullable=True),
        sa.Column("file", sa.String(length=200), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("sensitive", sa.Integer(), nullable=False),
        sa.Column("reverses", sa.String(length=32), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reverses"], ["edge_ledger.id"], name=op.f("fk_edge_ledger_reverses_edge_ledger")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["edge_run.id"], name=op.f("fk_edge_ledger_run_id_edge_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edge_ledger")),
    )
    op.create_index(op.f("ix_edge_ledger_day"), "edge_ledger", ["day"], unique=False)
    op.create_index(op.f("ix_edge_ledger_grant_id"), "edge_ledger", ["grant_id"], unique=False)
    op.create_index(op.f("ix_edge_ledger_owner_party"), "edge_ledger", ["owner_party"], unique=False)
    protect_rows("edge_pin")
    protect_rows("edge_profile")
    protect_rows("edge_run")
    protect_rows("edge_determination")
    append_only(
        "edge_ledger",
        [
            "id",
            "owner_party",
            "run_id",
            "grant_id",
            "day",
            "level",
            "source",
            "exempt_rule",
            "file",
            "persons",
            "sensitive",
            "reverses",
            "at",
        ],
    )
    protect_rows("edge_ledger")
