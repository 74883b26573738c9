"""How many bytes the edge expects to send, for the time left."""

import sqlalchemy as sa
from alembic import op

revision = "port_0006"
down_revision = "port_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("transfer", sa.Column("expected_bytes", sa.BigInteger(), nullable=True))
