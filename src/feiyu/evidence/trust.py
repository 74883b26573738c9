"""The trust file: whose keys a verifier believes, since when, until when, and who must have cosigned.

It is obtained apart from the receipts it judges. ``verify`` reads it and shares no code with this module.

Rules this module keeps:
 * every key that the policy names is listed, with its validity;
 * a compromised key gets a cut-off instead of disappearing: what sound witnesses saw before it stays good.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feiyu.base.clock import to_text
from feiyu.base.text import Text
from feiyu.evidence.errors import BadTrust
from feiyu.evidence.keys import VerifierKey, to_base64
from feiyu.evidence.policy import Policy, simple_policy

FORMAT = "feiyu-trust/1"
ROLES = ("edge", "port", "recipient", "grant")


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """When a key may be believed; None is open."""

    valid_from: datetime | None = None
    valid_to: datetime | None = None
    compromised_at: datetime | None = None

    def as_dict(self) -> dict[str, object]:
        """The wire form; what is open is left out."""
        times = {
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "compromised_at": self.compromised_at,
        }
        return {name: to_text(at) for name, at in times.items() if at is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteKey:
    """A log's or witness's key."""

    key: VerifierKey
    validity: Validity = field(default_factory=Validity)
    party: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The wire form."""
        party = {"party": self.party} if self.party else {}
        return {"vkey": self.key.text, **party, **self.validity.as_dict()}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyKey:
    """The Ed25519 key of an edge, the port, a recipient or a grant office, under its key id."""

    id: str
    role: str
    party: str
    public: bytes
    validity: Validity = field(default_factory=Validity)

    def as_dict(self) -> dict[str, object]:
        """The wire form."""
        if self.role not in ROLES:
            raise BadTrust(
                reason=Text(
                    f"角色 {self.role[:40]!r} 不在 {', '.join(ROLES)} 之列",
                    f"the role {self.role[:40]!r} is none of {', '.join(ROLES)}",
                )
            )
        if len(self.public) != 32:
            raise BadTrust(
                reason=Text(f"密钥 {self.id[:40]} 不是 32 字节", f"the key {self.id[:40]} has not 32 bytes")
            )
        return {
            "id": self.id,
            "role": self.role,
            "party": self.party,
            "algorithm": "Ed25519",
            "public": to_base64(self.public),
            **self.validity.as_dict(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamper:
    """A time-stamp authority: the certificate (DER) that signs its tokens, or the one that issued that."""

    name: str
    certificate: bytes
    licensed: bool
    validity: Validity = field(default_factory=Validity)

    def as_dict(self) -> dict[str, object]:
        """The wire form."""
        return {
            "name": self.name, "certificate": to_base64(self.certificate), "licensed": self.licensed,
            **self.validity.as_dict(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What goes into a trust file; ``policy`` is tlog-policy text, by default "all listed witnesses"."""

    logs: Sequence[NoteKey]
    witnesses: Sequence[NoteKey] = ()
    keys: Sequence[PartyKey] = ()
    stampers: Sequence[Stamper] = ()
    policy: str | None = None
    demo: bool = False
    name: str | None = None
    issued_at: datetime | None = None

    def encode(self) -> bytes:
        """The file."""
        logs, witnesses = [k.key for k in self.logs], [k.key for k in self.witnesses]
        policy = self.policy or simple_policy(logs, witnesses, needed=len(witnesses))
        read = Policy.parse(policy)
        if unlisted := [
            k.name for k in (*read.logs, *read.witnesses.values()) if k not in (*logs, *witnesses)
        ]:
            raise BadTrust(
                reason=Text(
                    f"策略提到未列出的密钥：{', '.join(unlisted)}",
                    f"the policy names keys that are not listed: {', '.join(unlisted)}",
                )
            )
        if len({key.id for key in self.keys}) != len(self.keys):
            raise BadTrust(reason=Text("密钥编号重复出现", "a key id stands twice"))
        found: dict[str, object] = {"format": FORMAT, "demo": self.demo}
        found |= {"name": self.name} if self.name else {}
        found |= {"issued_at": to_text(self.issued_at)} if self.issued_at else {}
        found |= {
            "logs": [key.as_dict() for key in self.logs],
            "witnesses": [key.as_dict() for key in self.witnesses],
            "policy": policy,
            "keys": [key.as_dict() for key in self.keys],
        }
        found |= {"time_stamps": [one.as_dict() for one in self.stampers]} if self.stampers else {}
        return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"
