"""What a run wrapped to further keys, the exporter's own copy among them."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.types import Document

revision = "edge_0007"
down_revision = "edge_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("edge_run", sa.Column("also", Document(), nullable=True))
