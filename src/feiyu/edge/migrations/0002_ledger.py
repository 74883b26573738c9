"""What an entry of the person ledger says beyond its numbers."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import append_only

revision = "edge_0002"
down_revision = "edge_0001"
branch_labels = None
depends_on = None

BEFORE = (
    "id", "owner_party", "run_id", "grant_id", "day", "level", "source", "exempt_rule", "file", "persons", "sensitive",
    "reverses", "at",
)  # fmt: skip
ADDED = (
    sa.Column("kind", sa.String(length=16), nullable=False, server_default="transfer"),
    sa.Column("handler", sa.String(length=32), nullable=True),
    sa.Column("branch", sa.String(length=100), nullable=True),
    sa.Column("basis_id", sa.String(length=32), nullable=True),
    sa.Column("title", sa.String(length=200), nullable=True),
    sa.Column("ground", sa.String(length=500), nullable=True),
    sa.Column("by", sa.String(length=32), nullable=True),
    sa.Column("persons_upper", sa.Integer(), nullable=True),
    sa.Column("sensitive_upper", sa.Integer(), nullable=True),
    sa.Column("commitment", sa.String(length=64), nullable=True),
    sa.Column("identifiers", sa.BigInteger(), nullable=True),
    sa.Column("group_file", sa.String(length=200), nullable=True),
)


def upgrade() -> None:
    for column in ADDED:
        op.add_column("edge_ledger", column)
    op.create_index(op.f("ix_edge_ledger_basis_id"), "edge_ledger", ["basis_id"], unique=False)
    on = " ON edge_ledger" if op.get_bind().dialect.name == "postgresql" else ""
    for number in (0, 1):
        op.execute(f"DROP TRIGGER edge_ledger_append_only_{number}{on}")
    quoted = [f'"{name}"' if name == "by" else name for name in (*BEFORE, *(one.name for one in ADDED))]
    append_only("edge_ledger", quoted)
