"""Who looked: what port staff saw of a party's matters."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import append_only, protect_rows
from feiyu.store.types import Instant

revision = "registry_0004"
down_revision = "registry_0003"
branch_labels = None
depends_on = None

FIXED = (
    "owner_party",
    "thing_id",
    "within_id",
    "how",
    "principal_id",
    "party_id",
    "seats",
    "bucket",
    "first_at",
)


def upgrade() -> None:
    op.create_table(
        "look",
        sa.Column(
            "ordinal",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("thing_id", sa.String(length=64), nullable=False),
        sa.Column("within_id", sa.String(length=32), nullable=True),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("principal_id", sa.String(length=32), nullable=False),
        sa.Column("party_id", sa.String(length=32), nullable=False),
        sa.Column("seats", sa.String(length=80), nullable=False),
        sa.Column("bucket", sa.String(length=13), nullable=False),
        sa.Column("first_at", Instant(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("ordinal", name=op.f("pk_look")),
        sa.UniqueConstraint(
            "owner_party",
            "thing_id",
            "principal_id",
            "seats",
            "how",
            "bucket",
            name=op.f("uq_look_owner_party_thing_id_principal_id_seats_how_bucket"),
        ),
        sqlite_autoincrement=True,
    )
    seen = sa.text("how != 'listed'")
    op.create_index(
        "ix_look_not_listed",
        "look",
        ["owner_party", "ordinal"],
        unique=False,
        sqlite_where=seen,
        postgresql_where=seen,
    )
    op.create_index(op.f("ix_look_owner_party"), "look", ["owner_party"], unique=False)
    op.create_index(op.f("ix_look_within_id"), "look", ["within_id"], unique=False)
    protect_rows("look")
    append_only("look", FIXED, erasable=True)
