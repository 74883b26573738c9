"""How fast, when and after whom a run may send."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.types import Document

revision = "edge_0005"
down_revision = "edge_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("edge_run", sa.Column("pace", Document(), nullable=True))
