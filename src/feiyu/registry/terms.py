"""The words in which edge and port agree: what a grant says, what a claim asks, and one function that compares them.

Edge and port never import each other; what both must read alike stands here.

Rules this module keeps:
 * a signed document is bytes kept verbatim, with the signer's key id and signature beside them;
 * ``authorize`` is pure: the flow's grant, the request and the moment in, a ``Decision`` with its trace out; the gate
   before each chunk, the claim before each segment and a data-space front ask the same function;
 * every test that fails is in the trace, not only the first; anything unknown, expired or revoked is a no.

Sources: DESIGN invariants 1, 2, 5; ODRL 2.2 for the shape of a policy check (action, constraint, duty).
"""

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from feiyu.base import canonical
from feiyu.base.clock import from_text, to_text
from feiyu.base.ids import BasisId, FlowId, GrantId, PartyId, ScenarioId, TransferId
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.registry.scenarios.model import Mode

GRANT_FORMAT = "feiyu-grant/1"
GRANT_SIGNED = b"feiyu/grant/v1\n"
"""What stands before a grant when it is signed, so that a signature of one kind never passes as another. Determinations
and the recipient's statement are signed as statements of the evidence room (``STATEMENT_PREFIX``): their receipts carry
the signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTerm:
    """One field that may cross, by name and by what it holds."""

    name: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTerm:
    """One further key that the content may be opened with, and whose it is."""

    party: PartyId
    key_id: str
    key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What may cross under a basis, in terms that a machine checks. Persons and bytes are totals over the grant's life."""

    id: GrantId
    basis_id: BasisId
    agreement_id: str | None
    scenario_id: ScenarioId
    flow_id: FlowId
    exporter: PartyId
    recipient: PartyId
    recipient_key_id: str
    recipient_key: bytes
    country: str
    fields: tuple[FieldTerm, ...]
    persons_max: int
    sensitive_max: int
    bytes_max: int
    not_before: datetime
    not_after: datetime
    retain_until: datetime
    mode: Mode
    demo: bool
    also: tuple[KeyTerm, ...] = ()
    """Further keys of the recipient, pinned as the first is. The exporter's own copy needs none here: its key is its own."""

    @property
    def key_ids(self) -> tuple[str, ...]:
        """Every key of the recipient that it pins."""
        return (self.recipient_key_id, *(one.key_id for one in self.also))

    def to_bytes(self) -> bytes:
        """The canonical bytes that the port's grant key signs."""
        raw = asdict(self) | {
            "format": GRANT_FORMAT,
            "recipient_key": base64.b64encode(self.recipient_key).decode(),
            "not_before": to_text(self.not_before),
            "not_after": to_text(self.not_after),
            "retain_until": to_text(self.retain_until),
            "also": [asdict(one) | {"key": base64.b64encode(one.key).decode()} for one in self.also],
        }
        if not self.also:
            del raw["also"]  # one form of bytes, that of the grants before there was one
        return canonical.dumps(raw)

    @classmethod
    def of_bytes(cls, data: bytes) -> "Grant":
        """Read a grant document strictly."""
        raw: dict[str, Any] = canonical.loads_object(data)
        if raw.pop("format", None) != GRANT_FORMAT:
            raise canonical.NotCanonical(
                reason=Text(f"不是 {GRANT_FORMAT} 文件", f"not a {GRANT_FORMAT} document")
            )
        try:
            return cls(**raw | {
                "recipient_key": base64.b64decode(raw["recipient_key"], validate=True),
                "fields": tuple(FieldTerm(**term) for term in raw["fields"]),
                "not_before": from_text(raw["not_before"]),
                "not_after": from_text(raw["not_after"]),
                "retain_until": from_text(raw["retain_until"]),
                "mode": Mode(raw["mode"]),
                "also": tuple(
                    KeyTerm(**one | {"key": base64.b64decode(one["key"], validate=True)}) for one in raw.get("also", ())
                ),
            })  # fmt: skip
        except (KeyError, TypeError, ValueError) as bad:
            raise canonical.NotCanonical(
                reason=Text("授权：{bad}", "grant: {bad}").format(bad=said(bad))
            ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A document exactly as it was signed."""

    document: bytes
    key_id: str
    signature: bytes

    def as_dict(self) -> dict[str, str]:
        """The wire form."""
        return {
            "document": base64.b64encode(self.document).decode(),
            "key_id": self.key_id,
            "signature": base64.b64encode(self.signature).decode(),
        }

    @classmethod
    def of(cls, raw: Mapping[str, str]) -> "Signed":
        """Read the wire form."""
        return cls(
            document=base64.b64decode(raw["document"], validate=True),
            key_id=raw["key_id"],
            signature=base64.b64decode(raw["signature"], validate=True),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What has been reserved or has crossed under a grant so far."""

    persons: int = 0
    sensitive: int = 0
    size_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a transfer asks to release next: totals *after* it, over the whole grant, and what it concerns."""

    transfer_id: TransferId
    exporter: PartyId
    recipient: PartyId
    recipient_key_id: str
    country: str
    fields: tuple[FieldTerm, ...]
    usage_after: Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of a decision's trace."""

    name: str
    passed: bool
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A yes or no with every test that was made. A value: recorded, shown, appealed; never an exception."""

    allowed: bool
    trace: tuple[Check, ...]

    @property
    def reasons(self) -> tuple[Check, ...]:
        """The tests that failed."""
        return tuple(check for check in self.trace if not check.passed)

    def as_dict(self) -> dict[str, Any]:
        """The wire form."""
        trace = [{"name": c.name, "passed": c.passed, "text": c.text.as_dict()} for c in self.trace]
        return {"allowed": self.allowed, "trace": trace}

    @classmethod
    def of(cls, trace: "list[Check]") -> "Decision":
        """Allowed when every test passed."""
        return cls(allowed=all(check.passed for check in trace), trace=tuple(trace))


def authorize(grant: Grant, request: Request, now: datetime, *, revoked: bool) -> Decision:
    """Whether ``request`` may go ahead under ``grant`` at ``now``."""
    granted = {(term.name, term.type) for term in grant.fields}
    undeclared = [term.name for term in request.fields if (term.name, term.type) not in granted]
    usage = request.usage_after

    def within(what_zh: str, what_en: str, asked: int, limit: int) -> Text:
        return Text(f"{what_zh} {asked:,}，上限 {limit:,}", f"{what_en} {asked:,} of at most {limit:,}")

    return Decision.of([
        Check(name="not_revoked", passed=not revoked,
              text=Text("授权未被撤销" if not revoked else "授权已被撤销",
                        "the grant is not revoked" if not revoked else "the grant has been revoked")),
        Check(name="window", passed=grant.not_before <= now < grant.not_after,
              text=Text(f"有效期 {to_text(grant.not_before)} 至 {to_text(grant.not_after)}",
                        f"valid from {to_text(grant.not_before)} to {to_text(grant.not_after)}")),
        Check(name="exporter", passed=request.exporter == grant.exporter,
              text=Text("数据处理者与授权一致", "the exporter is the one named in the grant")),
        Check(name="recipient", passed=request.recipient == grant.recipient and request.country == grant.country,
              text=Text(f"境外接收方 {grant.recipient}（{grant.country}）", f"recipient {grant.recipient} ({grant.country})")),
        Check(name="recipient_key", passed=request.recipient_key_id == grant.recipient_key_id,
              text=Text(f"接收方密钥 {grant.recipient_key_id}", f"recipient key {grant.recipient_key_id}")),
        Check(name="fields", passed=not undeclared,
              text=Text(f"未授权字段：{'、'.join(undeclared)}" if undeclared else "字段均在授权内",
                        f"fields outside the grant: {', '.join(undeclared)}" if undeclared else "all fields are granted")),
        Check(name="persons", passed=usage.persons <= grant.persons_max,
              text=within("自然人", "natural persons", usage.persons, grant.persons_max)),
        Check(name="sensitive", passed=usage.sensitive <= grant.sensitive_max,
              text=within("涉敏感个人信息的自然人", "persons with sensitive information", usage.sensitive, grant.sensitive_max)),
        Check(name="bytes", passed=usage.size_bytes <= grant.bytes_max,
              text=within("字节", "bytes", usage.size_bytes, grant.bytes_max)),
    ])  # fmt: skip
