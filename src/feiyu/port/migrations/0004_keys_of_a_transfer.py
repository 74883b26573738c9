"""Every key a transfer was wrapped to, with its own way to the bytes; and when the bytes were destroyed."""

import base64

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import protect_rows
from feiyu.store.types import Document, Instant

revision = "port_0004"
down_revision = "port_0003"
branch_labels = None
depends_on = None

_TRANSFER = sa.table(
    "transfer", sa.column("id", sa.String()), sa.column("owner_party", sa.String()), sa.column("recipient", sa.String()),
    sa.column("state", sa.String()), sa.column("changed_at", Instant()), sa.column("wrapped", Document()),
    sa.column("download_digest", sa.LargeBinary()),
)  # fmt: skip


def upgrade() -> None:
    made = op.create_table(
        "transfer_key",
        sa.Column("transfer_id", sa.String(length=32), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("party", sa.String(length=32), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("download_digest", sa.LargeBinary(), nullable=True),
        sa.Column("released_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfer.id"], name=op.f("fk_transfer_key_transfer_id_transfer")
        ),
        sa.PrimaryKeyConstraint("transfer_id", "key_id", name=op.f("pk_transfer_key")),
    )
    op.create_index(op.f("ix_transfer_key_owner_party"), "transfer_key", ["owner_party"], unique=False)
    rows = op.get_bind().execute(sa.select(_TRANSFER).where(_TRANSFER.c.wrapped.is_not(None))).mappings()
    kept = [
        {
            "transfer_id": row["id"], "key_id": key_id, "owner_party": row["owner_party"], "party": row["recipient"],
            "wrapped": base64.b64decode(wrapped), "download_digest": row["download_digest"],
            "released_at": row["changed_at"] if row["state"] in {"released", "received"} else None,
        }
        for row in rows
        for key_id, wrapped in row["wrapped"].items()
    ]  # fmt: skip
    if kept:
        op.bulk_insert(made, kept)
    protect_rows("transfer_key")
    op.drop_column("transfer", "wrapped")
    op.drop_column("transfer", "download_digest")
    op.add_column("transfer", sa.Column("discarded_at", Instant(), nullable=True))
