"""Whether a run may pack what it seals."""

import sqlalchemy as sa
from alembic import op

revision = "edge_0009"
down_revision = "edge_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("edge_run", sa.Column("packing", sa.String(16), nullable=True))
