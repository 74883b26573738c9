"""The lifecycle: incidents, feeds, reminders, reports done, days of law, what was determined anew."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import protect_rows
from feiyu.store.types import Document, Instant

revision = "port_0003"
down_revision = "port_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=True),
        sa.Column("discovered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=32), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(op.f("ix_incident_owner_party"), "incident", ["owner_party"], unique=False)
    protect_rows("incident")
    op.create_table(
        "calendar_feed",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("principal_id", sa.String(length=32), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_calendar_feed")),
    )
    op.create_index(op.f("ix_calendar_feed_owner_party"), "calendar_feed", ["owner_party"], unique=False)
    op.create_index(op.f("ix_calendar_feed_principal_id"), "calendar_feed", ["principal_id"], unique=False)
    protect_rows("calendar_feed")
    op.create_table(
        "calendar_done",
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("owner_party", "what", "day", name=op.f("pk_calendar_done")),
    )
    protect_rows("calendar_done")
    op.create_table(
        "reminder",
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("clock_id", sa.String(length=160), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("title", Document(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("owner_party", "clock_id", "stage", name=op.f("pk_reminder")),
    )
    protect_rows("reminder")
    op.create_table(
        "basis_facts",
        sa.Column("basis_id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("route", sa.String(length=24), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("facts", Document(), nullable=False),
        sa.ForeignKeyConstraint(["basis_id"], ["basis.id"], name=op.f("fk_basis_facts_basis_id_basis")),
        sa.PrimaryKeyConstraint("basis_id", name=op.f("pk_basis_facts")),
    )
    op.create_index(op.f("ix_basis_facts_owner_party"), "basis_facts", ["owner_party"], unique=False)
    protect_rows("basis_facts")
    op.create_table(
        "law_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("filings", sa.Integer(), nullable=False),
        sa.Column("grants", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_law_day")),
    )
    op.create_table(
        "redetermination",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("before_route", sa.String(length=24), nullable=False),
        sa.Column("before_rule", sa.String(length=64), nullable=False),
        sa.Column("after_route", sa.String(length=24), nullable=False),
        sa.Column("after_rule", sa.String(length=64), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("day", "kind", "ref", name=op.f("pk_redetermination")),
    )
    op.create_index(op.f("ix_redetermination_owner_party"), "redetermination", ["owner_party"], unique=False)
    protect_rows("redetermination")
