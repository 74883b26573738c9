"""What least data was suggested, and what was taken of it."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import append_only, protect_rows
from feiyu.store.types import Document, Instant

revision = "edge_0006"
down_revision = "edge_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edge_advice",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("profile_id", sa.String(length=32), nullable=False),
        sa.Column("scenario_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("content", Document(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["edge_profile.id"], name=op.f("fk_edge_advice_profile_id_edge_profile")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edge_advice")),
    )
    op.create_index(op.f("ix_edge_advice_owner_party"), "edge_advice", ["owner_party"], unique=False)
    op.create_index(op.f("ix_edge_advice_scenario_id"), "edge_advice", ["scenario_id"], unique=False)
    protect_rows("edge_advice")
    append_only("edge_advice", ("id", "profile_id", "scenario_id", "kind", "content", "at"))
