"""First tables."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import append_only, protect_rows
from feiyu.store.types import Document, Instant

revision = "journal_0001"
down_revision = None
branch_labels = ("journal",)
depends_on = None

EVENT_COLUMNS = [
    "ordinal", "event_id", "owner_party", "source", "seq", "type", "at", "key_id", "body", "salt", "signatures",
    "entry",
]  # fmt: skip
METER_COLUMNS = ["ordinal", "meter_id", "owner_party", "unit", "quantity", "event_id", "reverses", "at"]


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("job_id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("payload", Document(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("run_at", Instant(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_by", sa.String(length=80), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_owner_party"), "job", ["owner_party"], unique=False)
    op.create_index("ix_job_state_run_at", "job", ["state", "run_at"], unique=False)
    op.create_table(
        "journal_event",
        sa.Column(
            "ordinal",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("signatures", Document(), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("ordinal", name=op.f("pk_journal_event")),
        sa.UniqueConstraint("event_id", name=op.f("uq_journal_event_event_id")),
        sa.UniqueConstraint("log_index", name=op.f("uq_journal_event_log_index")),
        sa.UniqueConstraint("source", "seq", name=op.f("uq_journal_event_source_seq")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_journal_event_owner_party"), "journal_event", ["owner_party"], unique=False)
    op.create_index(op.f("ix_journal_event_type"), "journal_event", ["type"], unique=False)
    op.create_index(
        "ix_journal_event_waiting",
        "journal_event",
        ["ordinal"],
        unique=False,
        sqlite_where=sa.text("log_index IS NULL"),
        postgresql_where=sa.text("log_index IS NULL"),
    )
    op.create_table(
        "journal_ref",
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("event_id", "kind", name=op.f("pk_journal_ref")),
    )
    op.create_index("ix_journal_ref_kind_value", "journal_ref", ["kind", "value"], unique=False)
    op.create_index(op.f("ix_journal_ref_owner_party"), "journal_ref", ["owner_party"], unique=False)
    op.create_table(
        "journal_source",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("next_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_journal_source")),
    )
    op.create_table(
        "log_head",
        sa.Column("origin", sa.String(length=255), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_log_head")),
    )
    op.create_table(
        "meter_record",
        sa.Column(
            "ordinal",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("meter_id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("reverses", sa.String(length=32), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("ordinal", name=op.f("pk_meter_record")),
        sa.UniqueConstraint("meter_id", name=op.f("uq_meter_record_meter_id")),
        sa.UniqueConstraint("reverses", name=op.f("uq_meter_record_reverses")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_meter_record_event_id"), "meter_record", ["event_id"], unique=False)
    op.create_index(op.f("ix_meter_record_owner_party"), "meter_record", ["owner_party"], unique=False)
    op.create_index("ix_meter_record_owner_party_at", "meter_record", ["owner_party", "at"], unique=False)
    op.create_table(
        "outbox_cursor",
        sa.Column("subscriber", sa.String(length=80), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("retry_at", Instant(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("subscriber", name=op.f("pk_outbox_cursor")),
    )
    op.create_table(
        "outbox_message",
        sa.Column(
            "ordinal",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("message_id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("payload", Document(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("ordinal", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_message_id")),
        sa.UniqueConstraint("position", name=op.f("uq_outbox_message_position")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_outbox_message_owner_party"), "outbox_message", ["owner_party"], unique=False)
    op.create_index("ix_outbox_message_topic_position", "outbox_message", ["topic", "position"], unique=False)
    op.create_table(
        "reply",
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("request", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("owner_party", "key", name=op.f("pk_reply")),
    )
    op.create_index(op.f("ix_reply_at"), "reply", ["at"], unique=False)
    append_only("journal_event", EVENT_COLUMNS, once=["log_index"])
    append_only("journal_ref", ["event_id", "kind", "value", "owner_party"])
    append_only("meter_record", METER_COLUMNS)
    protect_rows("job")
    protect_rows("journal_event")
    protect_rows("journal_ref")
    protect_rows("meter_record")
    protect_rows("outbox_message")
    protect_rows("reply")
