"""Further keys of a flow's recipient."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.types import Document

revision = "registry_0003"
down_revision = "registry_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("flow", sa.Column("also_key_ids", Document(), nullable=True))
