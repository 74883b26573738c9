"""Watch over completeness from inside: heartbeats, silence, stalls, missing receipts, egress; what is found becomes an alarm.

An outside monitor (``feiyu log monitor``) watches the log itself; this watches what only the port can know.

Rules this module keeps:
 * one process at a time watches;
 * the port says hourly that it is there, so that its silence is visible in the public log;
 * an edge that has once sent a heartbeat is expected to go on;
 * what was found before is not raised again.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from feiyu.base.clock import shown, to_text
from feiyu.base.text import Text, listed
from feiyu.evidence.chain import Finding, Kind
from feiyu.evidence.egress import Tolerance
from feiyu.evidence.errors import LogForked
from feiyu.registry import journal
from feiyu.registry.evidence import alarms, egress
from feiyu.registry.house import House
from feiyu.registry.identity import store as identities
from feiyu.registry.journal.background import Background
from feiyu.registry.journal.sequencer import Sequencer
from feiyu.registry.journal.store import events
from feiyu.store import Scope, Tx
from feiyu.store.lead import leadership

_log = structlog.get_logger("feiyu.watch")
_SCOPE = Scope.all("watching over completeness")
HEARTBEAT, EDGE_HEARTBEAT = "log.heartbeat", "edge.heartbeat"
REMEMBERED = timedelta(days=30)
AT_MOST = 1000


def source_of(origin: str) -> str:
    """Under which name the port itself stands in its log; no secret: it is the log's operator."""
    return f"port-{hashlib.sha256(origin.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What counts as wrong."""

    receipt_within: timedelta = timedelta(hours=72)
    silence: timedelta = timedelta(hours=2)
    stall: timedelta = timedelta(minutes=10)
    tolerance: Tolerance = field(default_factory=Tolerance)


class Watch:
    """Looks everything over, again and again."""

    def __init__(self, house: House, sequencer: Sequencer, limits: Limits, *, every_s: float = 60) -> None:
        self._house = house
        self._sequencer = sequencer
        self.limits = limits
        self.source = source_of(sequencer.log.origin)
        self._lead = leadership(house.db, f"watch {sequencer.log.origin}")
        self._background = Background("feiyu-watch", self._round, every_s=every_s)

    def start(self) -> None:
        """Watch in the background."""
        self._background.start()

    def stop(self) -> None:
        """End, and let another process watch."""
        self._background.stop()
        self._lead.release()

    def _round(self) -> bool:
        self.run_once()
        return False

    def run_once(self) -> tuple[str, ...]:
        """One look; the alarms that are new."""
        if not self._lead.held():
            return ()
        found = self.findings()
        # Asked before the transaction: the log, while it moves its head, may wait for the one writer that SQLite has.
        size = self._sequencer.log.head.size
        raised = self._house.db.write(lambda tx: self._keep(tx, found, size), scope=_SCOPE)
        for alarm_id, finding in raised:
            _log.warning("alarm", alarm=alarm_id, kind=finding.kind.value, where=finding.where)
        return tuple(alarm_id for alarm_id, _ in raised)

    def _keep(self, tx: Tx, found: list[Finding], size: int) -> list[tuple[str, Finding]]:
        self._beat(tx, size)
        raised = []
        for finding in found:
            alarm_id = alarms.raise_alarm(self._house, tx, finding, source=self.source)
            if alarm_id is not None:
                raised.append((alarm_id, finding))
        return raised

    def _beat(self, tx: Tx, size: int) -> None:
        """At most one heartbeat an hour."""
        now = self._house.clock.now()
        last = events.last_of_type(tx, self.source, HEARTBEAT)
        if last is None or last.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1) <= now:
            journal.record(
                tx, keys=self._house.cipher, source=self.source, type=HEARTBEAT, at=now,
                owner=self._house.party_id, refs={}, data={"size": size},
            )  # fmt: skip

    def findings(self) -> list[Finding]:
        """Everything that is wrong now."""
        now = self._house.clock.now()
        with self._house.db.read(scope=_SCOPE) as tx:
            counts = egress.counted(tx, now)
            windows = egress.compare(tx, self._house.cipher, now, self.limits.tolerance)
            return [
                *self._standing(tx, now),
                *self._silent(tx, now),
                *self._unsigned(tx, now),
                *egress.findings(windows, counts, now, self.limits.silence),
            ]

    def _standing(self, tx: Tx, now: datetime) -> Iterator[Finding]:
        """Whether the log is fed and published."""
        broken, published = self._sequencer.broken, self._sequencer.log.published
        size = published.checkpoint.size if published else 0
        if broken is not None:
            kind = Kind.SPLIT_VIEW if isinstance(broken.__cause__, LogForked) else Kind.STALL
            yield Finding(kind=kind, where=f"size {size}", text=broken.told)
            return
        oldest = events.oldest_beyond(tx, size)
        if oldest is not None and oldest < now - self.limits.stall:
            text = Text(
                f"自 {shown(oldest)} 起的事件尚未进入已见证的检查点",
                f"events since {shown(oldest)} are not in a witnessed checkpoint",
            )
            trouble = (
                Text(f"{name}：{bad.told.zh}", f"{name}: {bad.told.en}")
                for name, bad in self._sequencer.trouble
            )
            yield Finding(kind=Kind.STALL, where=f"size {size}", text=listed((text, *trouble)))

    def _silent(self, tx: Tx, now: datetime) -> Iterator[Finding]:
        """Edges that were heard and are not any more."""
        for source, party, at in events.last_by_source(tx, EDGE_HEARTBEAT, since=now - REMEMBERED):
            if at < now - self.limits.silence:
                who = _called(tx, party)
                zh, en = (
                    f"{who.zh}的出境侧自 {shown(at)} 起没有任何记录",
                    f"the edge of {who.en} is silent since {shown(at)}",
                )
                yield Finding(kind=Kind.SILENCE, where=f"{source} {to_text(at)}", text=Text(zh, en))

    def _unsigned(self, tx: Tx, now: datetime) -> Iterator[Finding]:
        """Transfers whose recipient has not signed for them in time."""
        late = events.unanswered(
            tx, "transfer.released", "transfer.received", "transfer", since=now - REMEMBERED,
            before=now - self.limits.receipt_within, limit=AT_MOST,
        )  # fmt: skip
        for transfer, party, at in late:
            who = _called(tx, party)
            zh = f"{who.zh}的传输 {transfer} 于 {shown(at)} 放行密钥，接收方逾期未签收"
            en = f"the key to {transfer} of {who.en} was released at {shown(at)}; the recipient's receipt is overdue"
            yield Finding(kind=Kind.RECEIPT, where=transfer, text=Text(zh, en))


def _called(tx: Tx, party_id: str) -> Text:
    """A party by its name."""
    party = identities.party_of(tx, party_id)
    return party.name if party else Text.same(party_id)
