"""The registry as a Part: identity, scenarios, cases and the journal."""

from feiyu.base.text import Text
from feiyu.registry.access import Reach, Role, Rule
from feiyu.registry.evidence import part as evidence
from feiyu.registry.journal import EventType, Kind
from feiyu.registry.metadata import metadata
from feiyu.registry.part import Page, Part

R = Role
EXPORTER = (R.OWNER, R.ENGINEER, R.OFFICER, R.SIGNATORY, R.EDGE)
EVERYONE = tuple(Role)

ACCESS = (
    Rule((R.OPERATOR,), "party.write", Reach.ANY),
    Rule((R.OFFICER, R.ENGINEER, R.EDGE, R.RECIPIENT), "key.write", Reach.OWN),
    Rule((R.CENTRE,), "key.confirm", Reach.ANY),
    Rule((R.OFFICER, R.RECIPIENT), "key.retire", Reach.OWN),
    Rule((R.CENTRE, R.AUTHORITY), "key.retire", Reach.ANY),
    Rule((R.OPERATOR,), "principal.read", Reach.ANY),
    Rule((R.OFFICER, R.OWNER), "principal.read", Reach.OWN),
    Rule((R.OPERATOR,), "principal.write", Reach.ANY),
    Rule((R.OFFICER,), "principal.write", Reach.OWN),
    Rule(EXPORTER, "scenario.read", Reach.OWN),
    Rule((R.CENTRE, R.AUTHORITY), "scenario.read", Reach.ANY),
    Rule((R.OWNER, R.OFFICER, R.EDGE), "scenario.write", Reach.OWN),
    Rule((*EXPORTER, R.RECIPIENT), "flow.read", Reach.OWN),
    Rule((R.CENTRE, R.AUTHORITY), "flow.read", Reach.ANY),
    Rule((*EXPORTER, R.RECIPIENT), "evidence.read", Reach.OWN),
    Rule((R.AUTHORITY, R.AUDITOR), "evidence.read", Reach.ANY),
    Rule((*EXPORTER, R.RECIPIENT), "look.read", Reach.OWN),
    *evidence.ACCESS,
)

_KEYS = tuple(
    EventType(
        name=name, title=Text(zh, en), refs=frozenset({"party"}),
        data={"key_id": Kind.WORD, "use": Kind.WORD, "algorithm": Kind.WORD, **more}, optional=optional,
    )
    for name, zh, en, more, optional in (
        ("key.registered", "登记密钥", "Key registered", {}, frozenset()),
        ("key.confirmed", "第二渠道核对密钥", "Key confirmed over a second channel", {"by": Kind.WORD}, frozenset({"by"})),
        ("key.retired", "停用密钥", "Key revoked", {"by": Kind.WORD, "ground": Kind.TITLE}, frozenset()),
    )
)  # fmt: skip
EVENTS = (
    *_KEYS,
    *evidence.EVENTS,
    EventType(
        name="scenario.changed", title=Text("变更出境场景", "Scenario changed"), refs=frozenset({"scenario"}),
        data={"changed": Kind.WORDS, "by": Kind.WORD},
    ),
)  # fmt: skip


def registry_part() -> Part:
    """The registry."""
    from feiyu.registry.cases.procedure import PROCEDURES
    from feiyu.registry.identity import http as identity
    from feiyu.registry.scenarios import http as scenarios

    return Part(
        name="registry",
        title=Text("登记", "Registry"),
        metadata=metadata,
        migrations="feiyu.registry.migrations",
        routers=(identity.router, scenarios.router),
        access=ACCESS,
        events=EVENTS,
        procedures=PROCEDURES,
        pages=(
            Page(path="/register", title=Text("出境台账", "Register"), action="scenario.read"),
            Page(path="/looks", title=Text("谁看过", "Who looked"), action="look.read"),
            Page(path="/alarms", title=Text("告警", "Alarms"), action="alarm.read"),
            Page(path="/parties", title=Text("主体与密钥", "Parties and keys")),
        ),
    )
