"""Rows of several events: of their bodies one may be emptied and the rest kept."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import ABORT

revision = "journal_0004"
down_revision = "journal_0003"
branch_labels = None
depends_on = None


NEVER = ["ordinal", "event_id", "owner_party", "source", "seq", "type", "at", "key_id", "entry", "events"]


def upgrade() -> None:
    op.add_column("journal_event", sa.Column("events", sa.Integer(), nullable=False, server_default="1"))
    postgresql = op.get_bind().dialect.name == "postgresql"
    refuse = "EXECUTE FUNCTION feiyu_append_only()" if postgresql else ABORT
    shorter = "CASE WHEN OLD.events > 1 THEN length(OLD.body) - 1 ELSE 0 END"
    for name, columns, when in (
        ("journal_event_append_only_1", ", ".join(NEVER), ""),
        (
            "journal_event_erase_only",
            "body, salt, signatures",
            f"WHEN (length(NEW.body) > {shorter} OR length(NEW.salt) > 0)",
        ),
    ):
        op.execute(f"DROP TRIGGER {name}" + (" ON journal_event" if postgresql else ""))
        op.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE OF {columns} ON journal_event FOR EACH ROW {when} {refuse}"
        )
