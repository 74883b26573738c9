"""What the evidence room adds to the registry's Part: who may, which events, which page."""

from feiyu.base.text import Text
from feiyu.registry.access import Reach, Role, Rule
from feiyu.registry.journal import EventType, Kind

R = Role

ACCESS = (
    Rule((R.CENTRE, R.AUTHORITY, R.AUDITOR), "alarm.read", Reach.ANY),
    Rule((R.AUTHORITY, R.AUDITOR), "alarm.report", Reach.ANY),
    Rule((R.AUTHORITY,), "alarm.close", Reach.ANY),
    Rule((R.OPERATOR,), "egress.write", Reach.ANY),
    Rule((R.AUTHORITY, R.AUDITOR), "egress.read", Reach.ANY),
    Rule((R.EDGE,), "heartbeat.write", Reach.OWN),
    Rule((R.EDGE,), "batch.write", Reach.OWN),
    Rule((R.OFFICER,), "event.erase", Reach.OWN),
)

EVENTS = tuple(
    EventType(name=name, title=Text(zh, en), refs=frozenset(refs), data=data)
    for name, zh, en, refs, data in (
        ("log.heartbeat", "日志在运行", "The log is alive", (), {"size": Kind.COUNT}),
        ("edge.heartbeat", "出境侧在运行", "The edge is alive", ("party",), {"runs": Kind.COUNT}),
        ("egress.counted", "网络边界计量", "Egress counted", (),
         {"source": Kind.WORD, "start": Kind.INSTANT, "end": Kind.INSTANT, "bytes": Kind.COUNT, "final": Kind.FLAG}),
        ("alarm.raised", "发出告警", "Alarm raised", ("alarm",),
         {"kind": Kind.WORD, "subject": Kind.TITLE, "by": Kind.WORD}),
        ("alarm.closed", "关闭告警", "Alarm closed", ("alarm",), {"ground": Kind.TITLE, "by": Kind.WORD}),
        ("event.erased", "销毁事件正文", "Event body erased", ("event",),
         {"entry_sha256": Kind.DIGEST, "commitment": Kind.DIGEST, "ground": Kind.TITLE, "by": Kind.WORD}),
        ("batch.recorded", "登记批次根", "Batch root recorded", ("party",),
         {"kind": Kind.WORD, "root": Kind.DIGEST, "count": Kind.COUNT}),
    )
)  # fmt: skip
