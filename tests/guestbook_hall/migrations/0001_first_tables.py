"""first tables."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import protect_rows
from feiyu.store.types import Instant

revision = "guestbook_0001"
down_revision = None
branch_labels = ("guestbook",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guest",
        sa.Column("message_id", sa.String(32), nullable=False),
        sa.Column("owner_party", sa.String(32), nullable=False),
        sa.Column("topic", sa.String(80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_guest")),
    )
    protect_rows("guest")
