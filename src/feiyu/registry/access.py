"""Who may do what: one table of (role, action, reach) and one function that reads it.

Rules this module keeps:
 * what no line of the table allows is refused;
 * reach ``own`` means the record belongs to the principal's party (or names it as a party to it); ``any`` means any;
 * what one may not even know answers 404 in the caller's hands, what one may see but not do answers 403;
 * ``may`` returns a decision with its reason: the explain endpoint shows the same value that the gate used.

Source: DESIGN, Seats.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from feiyu.base import nouns
from feiyu.base.errors import Forbidden, NotFound
from feiyu.base.ids import PartyId, PrincipalId
from feiyu.base.text import Text
from feiyu.store import Scope


class Role(StrEnum):
    """A seat. One principal may hold several, each with an expiry."""

    OWNER = "exporter.owner"
    ENGINEER = "exporter.engineer"
    OFFICER = "exporter.officer"
    SIGNATORY = "exporter.signatory"
    EDGE = "exporter.edge"
    CENTRE = "centre.staff"
    AUTHORITY = "authority.officer"
    OPERATOR = "operator"
    RECIPIENT = "recipient.user"
    AUDITOR = "auditor"


ROLE_NAMES: dict[Role, Text] = {
    Role.OWNER: Text("业务负责人", "Business owner"),
    Role.ENGINEER: Text("数据工程师", "Data engineer"),
    Role.OFFICER: Text("数据安全与个人信息保护负责人", "Protection officer"),
    Role.SIGNATORY: Text("签署人", "Signatory"),
    Role.EDGE: Text("出境侧服务账号", "Edge service account"),
    Role.CENTRE: Text("服务中心人员", "Service centre staff"),
    Role.AUTHORITY: Text("主管部门人员", "Authority officer"),
    Role.OPERATOR: Text("平台运维", "Platform operator"),
    Role.RECIPIENT: Text("境外接收方人员", "Recipient"),
    Role.AUDITOR: Text("审计人员", "Auditor"),
}


class Reach(StrEnum):
    """How far a permission goes."""

    OWN = "own"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table."""

    roles: tuple[Role, ...]
    action: str
    reach: Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A principal who has proven who it is: acting for a party under roles that are valid now."""

    principal_id: PrincipalId
    party_id: PartyId
    name: str
    roles: tuple[Role, ...]

    def scope(self, access: "Access", action: str) -> Scope:
        """How far this caller sees for an action: everything, or its own party's records."""
        if access.reach(self, action) is Reach.ANY:
            return Scope.all(f"{action} by {self.principal_id}")
        return Scope.of(self.party_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """The answer of ``may``: allowed or not, and why."""

    allowed: bool
    action: str
    reason: Text


class Access:
    """The table, gathered from all Parts."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self.actions = frozenset(rule.action for rule in self.rules)

    def reach(self, caller: Caller, action: str) -> Reach | None:
        """The widest reach any of the caller's roles gives for ``action``."""
        found = {
            rule.reach for rule in self.rules if rule.action == action and set(rule.roles) & set(caller.roles)
        }
        return Reach.ANY if Reach.ANY in found else Reach.OWN if found else None

    def may(self, caller: Caller, action: str, *parties: PartyId) -> Permission:
        """Whether ``caller`` may do ``action`` on something that belongs to (or names) ``parties``."""
        reach = self.reach(caller, action)
        if reach is None:
            wanted = sorted({role for rule in self.rules if rule.action == action for role in rule.roles})
            zh = "、".join(ROLE_NAMES[role].zh for role in wanted) or "无"
            en = ", ".join(ROLE_NAMES[role].en for role in wanted) or "none"
            reason = Text(f"该操作限于：{zh}。", f"Only these seats may: {en}.")
            return Permission(allowed=False, action=action, reason=reason)
        if reach is Reach.OWN and parties and caller.party_id not in parties:
            reason = Text("该记录不属于本主体。", "The record belongs to another party.")
            return Permission(allowed=False, action=action, reason=reason)
        roles = [
            role for role in caller.roles if any(role in r.roles and r.action == action for r in self.rules)
        ]
        reason = Text(
            f"以{'、'.join(ROLE_NAMES[role].zh for role in roles)}身份",
            f"As {', '.join(ROLE_NAMES[role].en for role in roles)}",
        )
        return Permission(allowed=True, action=action, reason=reason)

    def demand(self, caller: Caller, action: str, *parties: PartyId) -> None:
        """Raise unless ``may`` allows: another tenant's thing answers 404, a missing seat 403."""
        permission = self.may(caller, action, *parties)
        if permission.allowed:
            return
        if self.reach(caller, action) is not None:
            raise NotFound(what=nouns.RECORD, ident=", ".join(parties))
        raise Forbidden(action=action)
