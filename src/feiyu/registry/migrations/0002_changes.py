"""Changes of scenarios."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import append_only, protect_rows
from feiyu.store.types import Document, Instant

revision = "registry_0002"
down_revision = "registry_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scenario_change",
        sa.Column("scenario_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("changed", Document(), nullable=False),
        sa.Column("before", Document(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scenario_id"], ["scenario.id"], name=op.f("fk_scenario_change_scenario_id_scenario")
        ),
        sa.PrimaryKeyConstraint("scenario_id", "number", name=op.f("pk_scenario_change")),
    )
    op.create_index(op.f("ix_scenario_change_owner_party"), "scenario_change", ["owner_party"], unique=False)
    protect_rows("scenario_change")
    append_only("scenario_change", ["scenario_id", "number", "owner_party", "changed", "before", "by", "at"])
