"""Tables of the edge: profiles, findings, determinations, runs, the person ledger."""

from sqlalchemy import (
    BigInteger,
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

profile = Table(
    "edge_profile",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("path", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("modified_ns", BigInteger, nullable=False),
    Column("dropped", Document, nullable=False),
    Column("profile", Document, nullable=False),
    Column("at", Instant, nullable=False),
)

determination = Table(
    "edge_determination",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("profile_id", ident(), ForeignKey("edge_profile.id"), nullable=False, index=True),
    Column("scenario_id", ident(), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("key_id", String(64), nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)

# What least data was suggested, and what was taken of it: append-only, at the edge alone.
advice = Table(
    "edge_advice",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("profile_id", ident(), ForeignKey("edge_profile.id"), nullable=False),
    Column("scenario_id", ident(), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("content", Document, nullable=False),
    Column("at", Instant, nullable=False),
)

# A person's signed finding of the level of a data set or a field ("" for all of it): append-only, the newest version stands.
finding = Table(
    "edge_finding",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("dataset", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("key_id", String(64), nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("dataset", "field", "version"),
)

# What this exporter itself heard over a second channel; the port has no say in it.
pin = Table(
    "edge_pin",
    metadata,
    Column("recipient", ident(), primary_key=True),
    Column("fingerprint", String(80), primary_key=True),
    owner(),
    Column("by", ident(), nullable=False),
    Column("at", Instant, nullable=False),
)

run = Table(
    "edge_run",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("transfer_id", ident(), index=True),
    Column("grant", Document, nullable=False),
    Column("grant_id", ident(), nullable=False, index=True),
    Column("path", Text, nullable=False),
    Column("dropped", Document, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("custody", Text),
    Column("upload_token", String(64)),
    Column("wire_url", String(200)),
    Column("masked_from", Document, nullable=False),
    Column("held", Document),
    Column("ground", Document),
    Column("rows", BigInteger, nullable=False),
    Column("plain_bytes", BigInteger, nullable=False),
    Column("cipher_bytes", BigInteger, nullable=False),
    Column("persons", Document),
    Column("manifest", LargeBinary),
    Column("manifest_signature", LargeBinary),
    Column("wrap", LargeBinary),
    Column("started_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("leave_id", ident()),
    Column("leave_until", Instant),
    Column("pace", Document),
    Column("packing", String(16)),
    Column("also", Document),
)

ledger = Table(
    "edge_ledger",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("run_id", ident(), ForeignKey("edge_run.id")),
    Column("grant_id", ident(), index=True),
    Column("day", Date, nullable=False, index=True),
    Column("level", String(1), nullable=False),
    Column("source", String(200), nullable=False),
    Column("exempt_rule", String(16)),
    Column("file", String(200)),
    Column("persons", Integer, nullable=False),
    Column("sensitive", Integer, nullable=False),
    Column("reverses", ident(), ForeignKey("edge_ledger.id")),
    Column("at", Instant, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("handler", ident()),
    Column("branch", String(100)),
    Column("basis_id", ident(), index=True),
    Column("title", String(200)),
    Column("ground", String(500)),
    Column("by", ident()),
    Column("persons_upper", Integer),
    Column("sensitive_upper", Integer),
    Column("commitment", String(64)),
    Column("identifiers", BigInteger),
    Column("group_file", String(200)),
)

# The port's signed leave to seal one transfer while it is away; a row is used by one run.
lease = Table(
    "edge_lease",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("grant_id", ident(), nullable=False, index=True),
    Column("document", LargeBinary, nullable=False),
    Column("key_id", String(64), nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("state", String(16), nullable=False),
    Column("run_id", ident()),
    Column("got_at", Instant, nullable=False),
    Column("grant", Document, nullable=False),
)

# Two persons of this exporter let one transfer go without the port.
breakglass = Table(
    "edge_breakglass",
    metadata,
    Column("id", ident(), primary_key=True),
    owner(),
    Column("grant_id", ident(), nullable=False, index=True),
    Column("transfer_id", ident(), nullable=False),
    Column("ground", String(500), nullable=False),
    Column("persons", Integer, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("asked_by", ident(), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("confirmed_by", ident()),
    Column("confirmed_at", Instant),
    Column("not_after", Instant),
    Column("run_id", ident()),
    Column("bundle", Text),
    Column("reported_at", Instant),
)
