"""Why a run ended, in both languages."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.types import Document

revision = "edge_0010"
down_revision = "edge_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A ground of before was one line, whoever said it; it stands in both halves as it was."""
    text = sa.table("edge_run", sa.column("id", sa.String()), sa.column("ground", sa.Text()))
    both = sa.table("edge_run", sa.column("id", sa.String()), sa.column("ground", Document()))
    bind = op.get_bind()
    for ident, ground in bind.execute(
        sa.select(text.c.id, text.c.ground).where(text.c.ground.is_not(None))
    ).all():
        known = {"zh": ground or "-", "en": ground or "-"}
        bind.execute(sa.update(both).where(both.c.id == ident).values(ground=known))
