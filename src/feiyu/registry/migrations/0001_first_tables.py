"""First tables."""

import sqlalchemy as sa
from alembic import op

from feiyu.store.migrate import append_only, protect_rows
from feiyu.store.types import Document, Instant

revision = "registry_0001"
down_revision = None
branch_labels = ("registry",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "filing_case",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing_case")),
    )
    op.create_index(op.f("ix_filing_case_owner_party"), "filing_case", ["owner_party"], unique=False)
    op.create_index(op.f("ix_filing_case_state"), "filing_case", ["state"], unique=False)
    op.create_table(
        "party",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("lei", sa.String(length=20), nullable=True),
        sa.Column("pseudonym", sa.String(length=32), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("lei", name=op.f("uq_party_lei")),
        sa.UniqueConstraint("pseudonym", name=op.f("uq_party_pseudonym")),
        sa.UniqueConstraint("uscc", name=op.f("uq_party_uscc")),
    )
    op.create_index(op.f("ix_party_owner_party"), "party", ["owner_party"], unique=False)
    op.create_table(
        "scenario",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("title", Document(), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("ground", sa.String(length=64), nullable=False),
        sa.Column("sector", sa.String(length=32), nullable=False),
        sa.Column("recipients", Document(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("items", Document(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=16), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("tier", sa.String(length=16), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
    )
    op.create_index(op.f("ix_scenario_owner_party"), "scenario", ["owner_party"], unique=False)
    op.create_table(
        "sign_in_attempt",
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("blocked_until", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_sign_in_attempt")),
    )
    op.create_table(
        "case_step",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("transition", sa.String(length=32), nullable=False),
        sa.Column("from_state", sa.String(length=32), nullable=False),
        sa.Column("to_state", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["filing_case.id"], name=op.f("fk_case_step_case_id_filing_case")
        ),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_case_step")),
    )
    op.create_index(op.f("ix_case_step_owner_party"), "case_step", ["owner_party"], unique=False)
    op.create_table(
        "flow",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("scenario_id", sa.String(length=32), nullable=False),
        sa.Column("recipient", sa.String(length=32), nullable=False),
        sa.Column("recipient_key_id", sa.String(length=64), nullable=False),
        sa.Column("cadence", sa.String(length=16), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("direction", sa.String(length=16), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("derived_from", sa.String(length=32), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["derived_from"], ["flow.id"], name=op.f("fk_flow_derived_from_flow")),
        sa.ForeignKeyConstraint(["scenario_id"], ["scenario.id"], name=op.f("fk_flow_scenario_id_scenario")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flow")),
    )
    op.create_index(op.f("ix_flow_owner_party"), "flow", ["owner_party"], unique=False)
    op.create_index(op.f("ix_flow_recipient"), "flow", ["recipient"], unique=False)
    op.create_index(op.f("ix_flow_scenario_id"), "flow", ["scenario_id"], unique=False)
    op.create_table(
        "party_key",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("use", sa.String(length=16), nullable=False),
        sa.Column("algorithm", sa.String(length=32), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=32), nullable=True),
        sa.Column("retired_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["owner_party"], ["party.id"], name=op.f("fk_party_key_owner_party_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_key")),
    )
    op.create_index(op.f("ix_party_key_owner_party"), "party_key", ["owner_party"], unique=False)
    op.create_table(
        "principal",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("roles", Document(), nullable=False),
        sa.Column("password", sa.LargeBinary(), nullable=True),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("totp_last", sa.String(length=16), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("disabled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["owner_party"], ["party.id"], name=op.f("fk_principal_owner_party_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_principal")),
        sa.UniqueConstraint("account", name=op.f("uq_principal_account")),
    )
    op.create_index(op.f("ix_principal_owner_party"), "principal", ["owner_party"], unique=False)
    op.create_table(
        "credential",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("owner_party", sa.String(length=32), nullable=False),
        sa.Column("principal_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["principal_id"], ["principal.id"], name=op.f("fk_credential_principal_id_principal")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_credential")),
    )
    op.create_index(op.f("ix_credential_owner_party"), "credential", ["owner_party"], unique=False)
    op.create_index(op.f("ix_credential_principal_id"), "credential", ["principal_id"], unique=False)
    protect_rows("filing_case")
    protect_rows("party", directory=True)
    protect_rows("scenario")
    append_only(
        "case_step",
        ["case_id", "number", "owner_party", "transition", "from_state", "to_state", "by", "at", "note"],
    )
    protect_rows("case_step")
    protect_rows("flow", counterparty="recipient")
    protect_rows("party_key", directory=True)
    protect_rows("principal")
    protect_rows("credential")
