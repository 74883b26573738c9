"""Alarms, egress counters, and erasure: body, salt and signatures of an event may be emptied, and nothing else."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import ABORT, protect_rows
from feiyu.store.types import Instant

revision = "journal_0002"
down_revision = "journal_0001"
branch_labels = None
depends_on = None


NEVER = ["ordinal", "event_id", "owner_party", "source", "seq", "type", "at", "key_id", "entry"]


def upgrade() -> None:
    op.create_table(
        "alarm",
        sa.Column("alarm_id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("reported_by", sa.String(length=80), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_by", sa.String(length=80), nullable=True),
        sa.Column("ground", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("alarm_id", name=op.f("pk_alarm")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_alarm_kind_subject")),
    )
    op.create_index(op.f("ix_alarm_at"), "alarm", ["at"], unique=False)
    op.create_index(op.f("ix_alarm_owner_party"), "alarm", ["owner_party"], unique=False)
    op.create_table(
        "egress_count",
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("start_at", Instant(), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("end_at", Instant(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("source", "start_at", name=op.f("pk_egress_count")),
    )
    op.create_index(op.f("ix_egress_count_end_at"), "egress_count", ["end_at"], unique=False)
    op.create_index(op.f("ix_egress_count_owner_party"), "egress_count", ["owner_party"], unique=False)
    protect_rows("alarm")
    protect_rows("egress_count")
    _let_bodies_be_erased()


def _let_bodies_be_erased() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    refuse = "EXECUTE FUNCTION feiyu_append_only()" if postgresql else ABORT
    op.execute("DROP TRIGGER journal_event_append_only_1" + (" ON journal_event" if postgresql else ""))
    for name, columns, when in (
        ("journal_event_append_only_1", ", ".join(NEVER), ""),
        (
            "journal_event_erase_only",
            "body, salt, signatures",
            "WHEN (length(NEW.body) > 0 OR length(NEW.salt) > 0)",
        ),
    ):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE OF {columns} ON journal_event FOR EACH ROW {when} {refuse}"
        )
