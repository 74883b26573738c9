"""Parties, principals and keys.

Rules this module keeps:
 * a party's key is used only after a second channel confirmed it (DESIGN invariant 6); a new key starts unconfirmed;
 * a principal acts for exactly one party, under roles that each carry an expiry.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from feiyu.base.errors import BadInput
from feiyu.base.ids import PartyId, PrincipalId
from feiyu.base.text import Text
from feiyu.registry.access import Role


class PartyKind(StrEnum):
    """What an organisation is at the port."""

    EXPORTER = "exporter"
    RECIPIENT = "recipient"
    CENTRE = "centre"
    AUTHORITY = "authority"
    OPERATOR = "operator"
    AUDITOR = "auditor"


class KeyUse(StrEnum):
    """What a registered public key is for."""

    EDGE = "edge"
    RECIPIENT = "recipient"
    RECEIPT = "receipt"


class BadUscc(BadInput):
    """A unified social credit code whose check characters do not fit."""

    code = "REG-0001"
    message = Text("统一社会信用代码有误：{value}", "Not a valid unified social credit code: {value}")
    hint = Text("请核对营业执照上的 18 位代码。", "Compare the 18 characters on the business licence.")


_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def check_uscc(value: str) -> str:
    """Return ``value`` if both of its check characters fit; source: GB 32100-2015, GB 11714-1997."""
    if not re.fullmatch(rf"[{_USCC}]{{18}}", value):
        raise BadUscc(value=value)
    outer = (31 - sum(_USCC.index(c) * pow(3, i, 31) for i, c in enumerate(value[:17])) % 31) % 31
    body = (11 - sum("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(c) * w
                     for c, w in zip(value[8:16], _ORG_WEIGHTS, strict=True)) % 11)  # fmt: skip
    inner = {10: "X", 11: "0"}.get(body, str(body))
    if _USCC[outer] != value[17] or inner != value[16]:
        raise BadUscc(value=value)
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation."""

    id: PartyId
    kind: PartyKind
    name: Text
    country: str
    uscc: str | None = None
    lei: str | None = None
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyKey:
    """A party's public key; ``confirmed_at`` is set once a second channel agreed on the fingerprint."""

    id: str
    party_id: PartyId
    use: KeyUse
    algorithm: str
    public: bytes
    created_at: datetime
    confirmed_at: datetime | None = None
    confirmed_by: PrincipalId | None = None
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """A person or a service that acts for a party."""

    id: PrincipalId
    party_id: PartyId
    account: str
    name: str
    roles: tuple[tuple[Role, datetime], ...] = field(default=())

    def roles_at(self, at: datetime) -> tuple[Role, ...]:
        """The roles that have not expired."""
        return tuple(role for role, until in self.roles if at < until)
