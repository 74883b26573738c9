"""Bases, filings and transfers, and the one comparison of a grant with its basis.

Rules this module keeps:
 * a basis names its issuer, number, dates, scope and proof, and who checked it; the port never calls its own act an approval;
 * a grant lies wholly inside its basis: fields, persons, sensitive persons, recipients, country, dates.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from feiyu.base.ids import BasisId, FlowId, GrantId, PartyId, PrincipalId, ScenarioId, TransferId
from feiyu.base.text import Text
from feiyu.registry.terms import Check, Decision, FieldTerm


class BasisKind(StrEnum):
    """What the competent body issued, or the handler's own exemption record."""

    SECURITY_ASSESSMENT = "security_assessment"
    STANDARD_CONTRACT = "standard_contract"
    GBA_CONTRACT = "gba_contract"
    CERTIFICATE = "certificate"
    LIST_FILING = "list_filing"
    EXEMPTION = "exemption"


BASIS_NAMES = {
    BasisKind.SECURITY_ASSESSMENT: Text("数据出境安全评估结果", "Security assessment result"),
    BasisKind.STANDARD_CONTRACT: Text("个人信息出境标准合同备案", "Standard contract filing"),
    BasisKind.GBA_CONTRACT: Text("粤港澳大湾区标准合同备案", "Greater Bay Area contract filing"),
    BasisKind.CERTIFICATE: Text("个人信息出境认证", "Personal-information export certificate"),
    BasisKind.LIST_FILING: Text("自由贸易试验区清单备案", "Free-trade-zone list filing"),
    BasisKind.EXEMPTION: Text("免予申报的自行记录", "Self-recorded exemption"),
}


class BasisState(StrEnum):
    """Where a basis stands."""

    ENTERED = "entered"
    EFFECTIVE = "effective"
    REVOKED = "revoked"


BASIS_STATES = {
    BasisState.ENTERED: Text("待第二人复核", "Awaiting second check"),
    BasisState.EFFECTIVE: Text("生效", "Effective"),
    BasisState.REVOKED: Text("已撤销", "Revoked"),
}


class TransferState(StrEnum):
    """Where a transfer stands."""

    OPEN = "open"
    HELD = "held"
    SEALED = "sealed"
    RELEASED = "released"
    RECEIVED = "received"
    CUT = "cut"


TRANSFER_STATES = {
    TransferState.OPEN: Text("传输中", "Crossing"),
    TransferState.HELD: Text("待核", "Held"),
    TransferState.SEALED: Text("已封存，待接收方取回", "Sealed, to be fetched"),
    TransferState.RELEASED: Text("已放行，待签收", "Released, awaiting receipt"),
    TransferState.RECEIVED: Text("接收方已签收", "Received"),
    TransferState.CUT: Text("已中止", "Cut"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What a basis covers. Persons are natural persons over its life."""

    fields: tuple[FieldTerm, ...]
    persons_max: int
    sensitive_max: int
    recipients: tuple[PartyId, ...]
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A legal basis 出境依据 as entered here."""

    id: BasisId
    owner_party: PartyId
    scenario_id: ScenarioId
    filing_id: str | None
    kind: BasisKind
    issuer: str
    number: str
    issued_on: date
    valid_until: date
    cover: Cover
    proof_sha256: str
    check_method: str | None
    fictional: bool
    state: BasisState
    entered_by: PrincipalId
    entered_at: datetime
    checked_by: PrincipalId | None
    checked_at: datetime | None
    revoked_ground: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a grant should allow."""

    flow_id: FlowId
    fields: tuple[FieldTerm, ...]
    persons_max: int
    sensitive_max: int
    bytes_max: int
    not_after: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One run of a flow 传输批次 as the port sees it."""

    id: TransferId
    owner_party: PartyId
    grant_id: GrantId
    basis_id: BasisId
    flow_id: FlowId
    scenario_id: ScenarioId
    recipient: PartyId
    agreement_id: str | None
    subject: str
    direction: str
    origin: str
    state: TransferState
    persons: int
    sensitive: int
    size_bytes: int
    arrived_bytes: int
    title: str
    stripped: tuple[str, ...]
    opened_at: datetime
    changed_at: datetime
    ground: str | None
    sealed_event: str | None
    manifest_sha256: str | None
    discarded_at: datetime | None = None
    expected_bytes: int | None = None
    """What the edge expected to send when it opened: shown, never relied upon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferKey:
    """A key that a transfer's secret was wrapped to, and what was done with it. ``wrapped`` goes with the bytes."""

    transfer_id: TransferId
    key_id: str
    owner_party: PartyId
    party: PartyId
    wrapped: bytes | None = field(repr=False)
    download_digest: bytes | None = field(default=None, repr=False)
    released_at: datetime | None = None


def covers(
    basis: Basis, wish: Wish, *, recipient: PartyId, country: str, today: date, until: date
) -> Decision:
    """Whether a grant as wished lies wholly inside a basis, with every comparison in the trace."""
    covered = {(term.name, term.type) for term in basis.cover.fields}
    outside = [term.name for term in wish.fields if (term.name, term.type) not in covered]
    effective = basis.state is BasisState.EFFECTIVE
    return Decision.of([
        Check(name="effective", passed=effective,
              text=Text("依据已复核生效" if effective else f"依据状态为 {basis.state}",
                        "the basis is checked and effective" if effective else f"the basis is {basis.state}")),
        Check(name="dates", passed=basis.issued_on <= today and until <= basis.valid_until,
              text=Text(f"依据有效期 {basis.issued_on} 至 {basis.valid_until}",
                        f"the basis is valid from {basis.issued_on} to {basis.valid_until}")),
        Check(name="fields", passed=not outside,
              text=Text(f"依据未覆盖字段：{'、'.join(outside)}" if outside else "字段均在依据内",
                        f"fields the basis does not cover: {', '.join(outside)}" if outside else "all fields are covered")),
        Check(name="persons", passed=wish.persons_max <= basis.cover.persons_max,
              text=Text(f"自然人 {wish.persons_max:,}，依据 {basis.cover.persons_max:,}",
                        f"natural persons {wish.persons_max:,}, basis {basis.cover.persons_max:,}")),
        Check(name="sensitive", passed=wish.sensitive_max <= basis.cover.sensitive_max,
              text=Text(f"敏感个人信息 {wish.sensitive_max:,} 人，依据 {basis.cover.sensitive_max:,} 人",
                        f"persons with sensitive information {wish.sensitive_max:,}, basis {basis.cover.sensitive_max:,}")),
        Check(name="recipient", passed=recipient in basis.cover.recipients and country == basis.cover.country,
              text=Text(f"境外接收方 {recipient}（{country}）", f"recipient {recipient} ({country})")),
    ])  # fmt: skip
