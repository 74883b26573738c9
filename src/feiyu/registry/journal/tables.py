"""Tables of the journal: events, the log's head, outbox, jobs, meter, remembered replies, alarms, egress counters."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from feiyu.store import Document, Instant, ident, metadata_convention, ordinal, owner

metadata = MetaData(naming_convention=metadata_convention)

# The end of each source's chain. Belongs to nobody: it holds a pseudonym, a number and a hash.
journal_source = Table(
    "journal_source",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("next_seq", BigInteger, nullable=False),
    Column("last_hash", LargeBinary, nullable=False),
)

# A row holds as many events as ``events`` says, see ``block``. ``body`` and ``salt`` are encrypted; ``entry`` is public.
# ``log_index`` is set once; ``body``, ``salt`` and ``signatures`` can be emptied (erasure) and never be changed to anything
# else, but that the body of several events can become a shorter one.
journal_event = Table(
    "journal_event",
    metadata,
    ordinal(),
    Column("event_id", ident(), nullable=False, unique=True),
    owner(),
    Column("source", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("type", String(80), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("key_id", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("signatures", Document, nullable=False),
    Column("entry", LargeBinary, nullable=False),
    Column("log_index", BigInteger, unique=True),
    Column("events", Integer, nullable=False, server_default="1"),
    UniqueConstraint("source", "seq"),
    sqlite_autoincrement=True,
)
Index(
    "ix_journal_event_waiting",
    journal_event.c.ordinal,
    sqlite_where=journal_event.c.log_index.is_(None),
    postgresql_where=journal_event.c.log_index.is_(None),
)

# What the events of a row speak of, so that those of a transfer or a basis are found without opening bodies.
journal_ref = Table(
    "journal_ref",
    metadata,
    Column("event_id", ident(), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
    owner(),
    Index("ix_journal_ref_kind_value", "kind", "value"),
)

log_head = Table(
    "log_head",
    metadata,
    Column("origin", String(255), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("root", LargeBinary, nullable=False),
)

# ``position`` is given after the commit, in order; the sequence number of PostgreSQL is drawn before it and
# may lie.
outbox_message = Table(
    "outbox_message",
    metadata,
    ordinal(),
    Column("message_id", ident(), nullable=False, unique=True),
    owner(),
    Column("topic", String(80), nullable=False),
    Column("payload", Document, nullable=False),
    Column("at", Instant, nullable=False),
    Column("position", BigInteger, unique=True),
    Index("ix_outbox_message_topic_position", "topic", "position"),
    sqlite_autoincrement=True,
)

outbox_cursor = Table(
    "outbox_cursor",
    metadata,
    Column("subscriber", String(80), primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("retry_at", Instant),
    Column("last_error", Text),
)

job = Table(
    "job",
    metadata,
    Column("job_id", ident(), primary_key=True),
    owner(),
    Column("kind", String(80), nullable=False),
    Column("payload", Document, nullable=False),
    Column("state", String(10), nullable=False),
    Column("run_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("leased_by", String(80)),
    Column("lease_until", Instant),
    Column("last_error", Text),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index("ix_job_state_run_at", "state", "run_at"),
)

meter_record = Table(
    "meter_record",
    metadata,
    ordinal(),
    Column("meter_id", ident(), nullable=False, unique=True),
    owner(),
    Column("unit", String(40), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("event_id", ident(), nullable=False, index=True),
    Column("reverses", ident(), unique=True),
    Column("at", Instant, nullable=False),
    Index("ix_meter_record_owner_party_at", "owner_party", "at"),
    sqlite_autoincrement=True,
)

reply = Table(
    "reply",
    metadata,
    Column("owner_party", ident(), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("request", LargeBinary, nullable=False),
    Column("status", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)

# What a watch or a monitor found wrong. Kind and subject are met once: an alarm that a person closed does not come again.
alarm = Table(
    "alarm",
    metadata,
    Column("alarm_id", ident(), primary_key=True),
    owner(),
    Column("kind", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("text_zh", Text, nullable=False),
    Column("text_en", Text, nullable=False),
    Column("reported_by", String(80), nullable=False),
    Column("proof", LargeBinary),
    Column("at", Instant, nullable=False, index=True),
    Column("event_id", ident(), nullable=False),
    Column("closed_at", Instant),
    Column("closed_by", String(80)),
    Column("ground", Text),
    UniqueConstraint("kind", "subject"),
)

# What a network edge counted on its way abroad, interval after interval without gap.
egress_count = Table(
    "egress_count",
    metadata,
    Column("source", String(80), primary_key=True),
    Column("start_at", Instant, primary_key=True),
    owner(),
    Column("end_at", Instant, nullable=False, index=True),
    Column("size_bytes", BigInteger, nullable=False),
    Column("final", Boolean, nullable=False),
    Column("event_id", ident(), nullable=False),
)

# Checkpoints over which a time-stamp authority gave a token; a receipt of an older entry leads to one of these.
log_stamp = Table(
    "log_stamp",
    metadata,
    Column("origin", String(255), primary_key=True),
    Column("size", BigInteger, primary_key=True),
    Column("note", LargeBinary, nullable=False),
    Column("token", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)
