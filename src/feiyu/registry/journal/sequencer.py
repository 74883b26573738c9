"""Feed the evidence log from the journal.

What one round does, in this order:

1. number: recorded events without a place get the next places in the log, oldest first (a transaction of the
   database; on SQLite, where one change is made after the other, an event is recorded with its place);
2. append: entries from the log's head on are written as tiles, flushed, and the head is moved (the log);
3. publish: the head is signed, taken to the witnesses, and the checkpoint replaced (the log);
4. follow: where the port keeps an SM3 twin, it takes what is published now, by the same steps (``feiyu.evidence.twin``).

A crash between any two steps, or inside one, leaves work that the next round repeats with the same bytes:
places are given once, the log skips what it holds and compares it, the checkpoint is signed again over the
same head.

Rules this module keeps:
 * one process at a time feeds a log (``feiyu.store.lead``), and the head moves only by compare-and-swap;
 * every other process follows: it takes in each new checkpoint, so that any of them hands out fresh receipts, and
   whichever leads next begins from the stored head, not from what it remembers;
 * a receipt exists only for what a published checkpoint covers;
 * when journal and log contradict each other, or a witness has seen another history, the feeding stops until
   a person has looked; recording goes on.

Trust and durability: the journal is the truth until a checkpoint covers an entry; from then on the log is,
and an altered journal is found out by ``feiyu.registry.journal.audit``.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from feiyu.base.clock import monotonic_s
from feiyu.base.text import Text
from feiyu.evidence.cosignature import Cosigner
from feiyu.evidence.errors import BadEntry, EntryChanged, EntryGap, HeadMoved, LogDamaged, LogForked
from feiyu.evidence.keys import SigningKey
from feiyu.evidence.log import Log
from feiyu.evidence.policy import Policy
from feiyu.evidence.publication import Trouble, publish
from feiyu.evidence.twin import Twin
from feiyu.evidence.witness_client import WitnessClient
from feiyu.registry.journal.background import Background
from feiyu.registry.journal.errors import JournalBroken
from feiyu.registry.journal.model import EventId
from feiyu.registry.journal.record import TOPIC
from feiyu.registry.journal.store import events
from feiyu.store import Database, Scope
from feiyu.store.lead import leadership

_log = structlog.get_logger("feiyu.sequencer")
_SCOPE = Scope.all("feeding the evidence log")
AT_ONCE = 16_384
FOLLOW_S = 0.2
"""How often a waiting process that does not lead looks for a new checkpoint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far the log is, for the operator's page: events ``waiting``, entries ``logged`` and ``published``."""

    waiting: int
    logged: int
    published: int
    broken: JournalBroken | None
    trouble: tuple[Trouble, ...]


class Sequencer:
    """Feeds one log from one journal."""

    def __init__(
        self,
        db: Database,
        log: Log,
        *,
        policy: Policy,
        witnesses: Sequence[WitnessClient] = (),
        also: Sequence[Cosigner | SigningKey] = (),
        twin: Twin | None = None,
        every_s: float = 1.0,
        rest_s: float = 0.0,
    ) -> None:
        self._db = db
        self.log = log
        self._policy = policy
        self._witnesses = tuple(witnesses)
        self._also = tuple(also)
        self.twin = twin
        self._lead = leadership(db, f"sequencer {log.origin}")
        self._progress = threading.Condition()
        self._round = threading.Lock()
        self.broken: JournalBroken | None = None
        self.trouble: tuple[Trouble, ...] = ()
        self._background = Background("feiyu-sequencer", self.run_once, every_s=every_s, rest_s=rest_s)
        db.listen(TOPIC, self._background.wake)

    def start(self) -> None:
        """Feed in the background, woken by each commit that recorded an event."""
        self._background.start()

    def stop(self) -> None:
        """Finish the round at hand, end, and let another process lead."""
        self._background.stop()
        self._lead.release()

    def run_once(self) -> bool:
        """One round; whether more waits already. Does nothing while another process leads."""
        with self._round:
            if self.broken is not None:
                raise self.broken
            leads = self._lead.held()
            try:
                if self._refresh():
                    self._tell()
                return self._feed() if leads else False
            except HeadMoved as moved:
                # Our connection was lost in the middle and another process leads: nothing of ours was signed.
                _log.warning("another process has moved the head", reason=str(moved))
                self._lead.release()
                return False
            except (LogDamaged, LogForked, EntryChanged, EntryGap, BadEntry) as damage:
                why = damage.told
                told = Text(f"{damage.code} {why.zh}", f"{damage.code} {why.en}")
                raise self._break(JournalBroken(reason=told)) from damage
            except JournalBroken as gap:
                raise self._break(gap) from None

    def _feed(self) -> bool:
        self._number()
        more = self._append()
        self._publish()
        return self._follow() or more

    def _refresh(self) -> bool:
        """Take in what another process stored and published; whether that is anything new."""
        moved = self.log.refresh()
        return (self.twin is not None and self.twin.log.refresh()) or moved

    def wait_for(self, event_id: EventId, timeout_s: float) -> bool:
        """Wait until a published checkpoint covers an event; whether it does."""
        until = monotonic_s() + timeout_s
        self._background.wake()
        with self._progress:
            while not self.covers(event_id):
                left = until - monotonic_s()
                if left <= 0:
                    return False
                self._progress.wait(min(left, FOLLOW_S))
        return True

    def covers(self, event_id: EventId) -> bool:
        """Whether a published checkpoint covers an event, also one that another process published just now."""
        with self._db.read(scope=_SCOPE) as tx:
            index = events.place_of(tx, event_id)
        if index is None:
            return False
        return self._reaches(index) or (self.log.refresh() and self._reaches(index))

    def _reaches(self, index: int) -> bool:
        published = self.log.published
        return published is not None and index < published.checkpoint.size

    def standing(self) -> Standing:
        """How far the log is and what stands in its way."""
        logged = self.log.head.size
        with self._db.read(scope=_SCOPE) as tx:
            waiting = events.count_waiting(tx) + max(0, events.next_index(tx) - logged)
        published = self.log.published
        return Standing(
            waiting=waiting, logged=logged, published=published.checkpoint.size if published else 0,
            broken=self.broken, trouble=self.trouble,
        )  # fmt: skip

    def _number(self) -> None:
        with self._db.read(scope=_SCOPE) as tx:
            waiting = events.has_waiting(tx)
        if waiting:
            self._db.write(lambda tx: events.number_waiting(tx, AT_ONCE), scope=_SCOPE)

    def _append(self) -> bool:
        """Take one batch in, so that who records without a pause does not put publishing off; whether more waits."""
        first = self.log.head.size
        with self._db.read(scope=_SCOPE) as tx:
            if first > events.next_index(tx):
                raise JournalBroken(
                    reason=Text(
                        f"日志有 {first} 条，日记账不足此数",
                        f"the log has {first} entries, the journal fewer",
                    )
                )
            entries = events.placed_entries(tx, first, AT_ONCE)
        if entries:
            self.log.append(entries, first)
        return len(entries) == AT_ONCE

    def _publish(self) -> None:
        published = self.log.published
        if self.log.head.size == (published.checkpoint.size if published else 0):
            return
        _, self.trouble = publish(self.log, self._witnesses, self._policy, also=self._also)
        for witness, refusal in self.trouble:
            _log.warning("a witness did not cosign", witness=witness, reason=str(refusal))
        self._tell()

    def _follow(self) -> bool:
        """Let the twin take what is published, a bounded part a round; whether more waits for it."""
        if self.twin is None:
            return False
        return self.twin.follow(self.log, self._take, at_once=AT_ONCE)

    def _take(self, first: int, count: int) -> Sequence[bytes]:
        with self._db.read(scope=_SCOPE) as tx:
            return events.placed_entries(tx, first, count)

    def _tell(self) -> None:
        with self._progress:
            self._progress.notify_all()

    def _break(self, broken: JournalBroken) -> JournalBroken:
        self.broken = broken
        _log.critical("the evidence log is not fed any more", reason=str(broken))
        return broken
