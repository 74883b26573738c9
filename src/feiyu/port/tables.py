"""Tables of the port."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from feiyu.store import Document, Instant, ident, metadata_convention, owner

metadata = MetaData(naming_convention=metadata_convention)

filing = Table(
    "filing",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("scenario_id", ident(), nullable=False, index=True),
    Column("route", String(24), nullable=False),
    Column("determination", Document, nullable=False),
    Column("facts", Document, nullable=False),
    Column("counts", Document, nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("signature", Document, nullable=False),
    Column("filed_by", ident(), nullable=False),
    Column("filed_at", Instant, nullable=False),
)

filing_document = Table(
    "filing_document",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("filing_id", ident(), ForeignKey("filing.id"), nullable=False, index=True),
    Column("material", String(32), nullable=False),
    Column("name", String(200), nullable=False),
    Column("object_key", String(200), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("added_at", Instant, nullable=False),
)

signed_original = Table(
    "signed_original",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("filing_id", ident(), ForeignKey("filing.id"), nullable=False, index=True),
    Column("document_id", ident(), ForeignKey("filing_document.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("media", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("object_key", String(200), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("paper_sha256", String(64), nullable=False),
    Column("signer", Document),
    Column("added_by", ident(), nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("seen_by", ident()),
    Column("seen_at", Instant),
)

basis = Table(
    "basis",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("scenario_id", ident(), nullable=False, index=True),
    Column("filing_id", ident(), ForeignKey("filing.id")),
    Column("kind", String(24), nullable=False),
    Column("issuer", String(200), nullable=False),
    Column("number", String(100), nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("cover", Document, nullable=False),
    Column("proof_sha256", String(64), nullable=False),
    Column("check_method", Text),
    Column("fictional", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("entered_by", ident(), nullable=False),
    Column("entered_at", Instant, nullable=False),
    Column("checked_by", ident()),
    Column("checked_at", Instant),
    Column("revoked_ground", Text),
)

grant = Table(
    "transfer_grant",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("basis_id", ident(), ForeignKey("basis.id"), nullable=False, index=True),
    Column("flow_id", ident(), nullable=False, index=True),
    Column("recipient", ident(), nullable=False, index=True),
    Column("agreement_id", ident()),
    Column("document", LargeBinary, nullable=False),
    Column("key_id", String(64), nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("revoked_ground", Text),
)

transfer = Table(
    "transfer",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("grant_id", ident(), ForeignKey("transfer_grant.id"), nullable=False, index=True),
    Column("basis_id", ident(), nullable=False, index=True),
    Column("flow_id", ident(), nullable=False, index=True),
    Column("scenario_id", ident(), nullable=False, index=True),
    Column("recipient", ident(), nullable=False, index=True),
    Column("agreement_id", ident()),
    Column("subject", String(32), nullable=False),
    Column("direction", String(16), nullable=False),
    Column("origin", String(16), nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("persons", Integer, nullable=False),
    Column("sensitive", Integer, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("arrived_bytes", BigInteger, nullable=False),
    Column("title", String(200), nullable=False),
    Column("stripped", Document, nullable=False),
    Column("upload_digest", LargeBinary, nullable=False),
    Column("manifest", LargeBinary),
    Column("manifest_signature", LargeBinary),
    Column("manifest_sha256", String(64)),
    Column("opened_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("ground", Text),
    Column("sealed_event", ident()),
    Column("discarded_at", Instant),
    Column("expected_bytes", BigInteger),
)

transfer_key = Table(
    "transfer_key",
    metadata,
    Column("transfer_id", ident(), ForeignKey("transfer.id"), primary_key=True),
    Column("key_id", String(64), primary_key=True),
    owner(),
    Column("party", ident(), nullable=False),
    Column("wrapped", LargeBinary),
    Column("download_digest", LargeBinary),
    Column("released_at", Instant),
)

transfer_segment = Table(
    "transfer_segment",
    metadata,
    Column("transfer_id", ident(), ForeignKey("transfer.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    owner(),
    Column("size_bytes", BigInteger, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("arrived_at", Instant, nullable=False),
)

transfer_event = Table(
    "transfer_event",
    metadata,
    Column("event_id", ident(), primary_key=True),
    owner(),
    Column("transfer_id", ident(), ForeignKey("transfer.id"), nullable=False, index=True),
    Column("recipient", ident(), nullable=False, index=True),
    Column("type", String(40), nullable=False),
    Column("at", Instant, nullable=False),
    Column("detail", Document, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("grant_id", ident(), ForeignKey("transfer_grant.id"), nullable=False, index=True),
    Column("transfer_id", ident(), nullable=False, unique=True),
    Column("document", LargeBinary, nullable=False),
    Column("key_id", String(64), nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("persons", Integer, nullable=False),
    Column("sensitive", Integer, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("not_after", Instant, nullable=False),
    Column("settle_until", Instant, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("issued_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

breakglass = Table(
    "breakglass",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("grant_id", ident(), nullable=False),
    Column("transfer_id", ident(), nullable=False, unique=True),
    Column("ground", String(500), nullable=False),
    Column("asked_by", String(100), nullable=False),
    Column("confirmed_by", String(100), nullable=False),
    Column("persons", Integer, nullable=False),
    Column("sensitive", Integer, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("reported_at", Instant, nullable=False),
    Column("noted_by", ident()),
    Column("noted_at", Instant),
    Column("note", Text),
    Column("document", LargeBinary, nullable=False),
    Column("key_id", String(64), nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

counts = Table(
    "counts",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("entry_id", ident(), nullable=False),
    Column("transfer_id", ident(), index=True),
    Column("day", Date, nullable=False),
    Column("level", String(1), nullable=False),
    Column("persons", Integer, nullable=False),
    Column("sensitive", Integer, nullable=False),
    Column("commitment", String(64), nullable=False),
    Column("identifiers", Integer, nullable=False),
    Column("handed_in_at", Instant, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("key_id", String(64), nullable=False),
    Column("signature", LargeBinary, nullable=False),
    UniqueConstraint("owner_party", "entry_id"),
)

challenge = Table(
    "challenge",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("counts_id", ident(), ForeignKey("counts.id"), nullable=False, index=True),
    Column("entry_id", ident(), nullable=False),
    Column("places", Integer, nullable=False),
    Column("ground", String(500), nullable=False),
    Column("drawn_by", ident(), nullable=False),
    Column("drawn_at", Instant, nullable=False),
    Column("answer_by", Instant, nullable=False),
    Column("event_id", ident(), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("key_id", String(64), nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("answered_at", Instant),
    Column("answer_sha256", String(64)),
    Column("reason", String(500)),
)

incident = Table(
    "incident",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("title", String(200), nullable=False),
    Column("role", String(16), nullable=False),
    Column("persons", Integer),
    Column("discovered_at", Instant, nullable=False),
    Column("entered_by", ident(), nullable=False),
    Column("entered_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("closed_note", Text),
)

calendar_feed = Table(
    "calendar_feed",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    owner(),
    Column("principal_id", ident(), nullable=False, index=True),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

calendar_done = Table(
    "calendar_done",
    metadata,
    Column("owner_party", ident(), primary_key=True),
    Column("what", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("by", ident(), nullable=False),
    Column("at", Instant, nullable=False),
)

reminder = Table(
    "reminder",
    metadata,
    Column("owner_party", ident(), primary_key=True),
    Column("clock_id", String(160), primary_key=True),
    Column("stage", String(16), primary_key=True),
    Column("title", Document, nullable=False),
    Column("day", Date, nullable=False),
    Column("path", String(200), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("seen_at", Instant),
)

# What an exemption rests on; a filing keeps its own facts.
basis_facts = Table(
    "basis_facts",
    metadata,
    Column("basis_id", ident(), ForeignKey("basis.id"), primary_key=True),
    owner(),
    Column("route", String(24), nullable=False),
    Column("rule", String(64), nullable=False),
    Column("facts", Document, nullable=False),
)

# The days on which a text took effect, once everything open was determined anew. No party's rows.
law_day = Table(
    "law_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("filings", Integer, nullable=False),
    Column("grants", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)

redetermination = Table(
    "redetermination",
    metadata,
    Column("day", Date, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("ref", ident(), primary_key=True),
    owner(),
    Column("before_route", String(24), nullable=False),
    Column("before_rule", String(64), nullable=False),
    Column("after_route", String(24), nullable=False),
    Column("after_rule", String(64), nullable=False),
    Column("changed", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("seen_at", Instant),
)
