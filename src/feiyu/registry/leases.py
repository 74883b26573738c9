"""The words of leases and break-glass in which edge and port agree.

A lease 离线租约 is the port's signed leave to seal one transfer while the port is out of reach: bound to a grant, limited in persons,
bytes and time, with the id of the transfer it will be. A break-glass record 紧急放行 is the exporter's own, by two of its people.

Rules this module keeps:
 * both are bytes kept verbatim, each under a prefix of its own before it is signed;
 * a lease says what its grant says of exporter and recipient by naming the grant; it never widens it.

Source: DESIGN invariant 1; ADR 0112.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from feiyu.base import canonical
from feiyu.base.clock import from_text, to_text
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.registry.terms import Usage

LEASE_FORMAT, GLASS_FORMAT = "feiyu-lease/1", "feiyu-breakglass/1"
LEASE_SIGNED = b"feiyu/lease/v1\n"
"""What stands before a lease when the grant key signs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Leave to seal one transfer while the port is away. Numbers are limits of that transfer alone."""

    id: str
    grant_id: str
    transfer_id: str
    exporter: str
    persons: int
    sensitive: int
    size_bytes: int
    not_before: datetime
    not_after: datetime

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed."""
        raw = asdict(self) | {"not_before": to_text(self.not_before), "not_after": to_text(self.not_after)}
        return canonical.dumps({"format": LEASE_FORMAT, **raw})

    @classmethod
    def of_bytes(cls, data: bytes) -> Self:
        """Read a lease document strictly."""
        raw: dict[str, Any] = canonical.loads_object(data, max_bytes=65536)
        if raw.pop("format", None) != LEASE_FORMAT:
            raise canonical.NotCanonical(
                reason=Text(f"不是 {LEASE_FORMAT} 文件", f"not a {LEASE_FORMAT} document")
            )
        try:
            return cls(**raw | {name: from_text(raw[name]) for name in ("not_before", "not_after")})
        except (KeyError, TypeError, ValueError) as bad:
            raise canonical.NotCanonical(
                reason=Text("租约：{bad}", "lease: {bad}").format(bad=said(bad))
            ) from None

    def covers(self, usage: Usage) -> bool:
        """Whether a transfer of this size lies inside it."""
        return (
            usage.persons <= self.persons
            and usage.sensitive <= self.sensitive
            and usage.size_bytes <= self.size_bytes
        )
