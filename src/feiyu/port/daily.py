"""What the port does once a day, as durable jobs: reminders, the days of law that have come, old bytes, signatures anew.

Rules this module keeps:
 * each run first asks for the next one, unless it waits already, so that the chain goes on whatever becomes of this day's work, and a run
   that is repeated doubles nothing; at start one is asked for when none waits;
 * a reminder is made once for a clock and a stage, and waits on the workbench until it is seen.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta

from feiyu.base.clock import SHANGHAI, legal_date
from feiyu.base.ids import PartyId
from feiyu.evidence.paper import Trusted
from feiyu.port import life_store
from feiyu.port.calendar import Clock, clocks
from feiyu.port.copy import discard_due
from feiyu.port.law_change import due_days, work_through
from feiyu.port.life_store import Reminder
from feiyu.port.recheck import recheck
from feiyu.registry.house import House
from feiyu.registry.journal import jobs
from feiyu.registry.journal.jobs import Job
from feiyu.store import Scope, Tx

DAILY = "port.daily"
NOBODY = Trusted()
STAGES = ((0, "today"), (1, "day"), (7, "week"), (30, "month"))
AT = time(7, 0)
LOOK_BACK = timedelta(days=30)
SCOPE = Scope.all("the port's daily round")


def handlers(house_of: Callable[[], House], trusted: Trusted = NOBODY) -> Mapping[str, Callable[[Job], None]]:
    """The job's handler; signatures hold under those of ``trusted``."""
    return {DAILY: lambda _job: run(house_of(), trusted)}


def run(house: House, trusted: Trusted = NOBODY) -> None:
    """One day's work, behind the request for the next one."""
    house.db.write(lambda tx: _next(tx, house), scope=SCOPE)
    discard_due(house)

    def act(tx: Tx) -> None:
        remind(house, tx)
        today = legal_date(house.clock.now())
        for day in due_days(house, tx, today, since=today - LOOK_BACK):
            work_through(house, tx, day)

    house.db.write(act, scope=SCOPE)
    recheck(house, trusted)


def _next(tx: Tx, house: House) -> None:
    now = house.clock.now()
    jobs.forget(tx, before=now - LOOK_BACK)
    if not jobs.counts(tx).get((DAILY, "waiting"), 0):
        jobs.enqueue(tx, DAILY, {}, next_time(now), house.party_id)


def ensure(house: House) -> None:
    """Ask for a first run when none waits."""

    def act(tx: Tx) -> None:
        waiting = jobs.counts(tx)
        if not waiting.get((DAILY, "waiting"), 0) and not waiting.get((DAILY, "running"), 0):
            jobs.enqueue(tx, DAILY, {}, None, house.party_id)

    house.db.write(act, scope=SCOPE)


def next_time(now: datetime) -> datetime:
    """Seven in the morning of the next day in Asia/Shanghai."""
    day = legal_date(now) + timedelta(days=1)
    return datetime.combine(day, AT, tzinfo=SHANGHAI).astimezone(UTC)


def remind(house: House, tx: Tx) -> int:
    """Make the reminders that are due; how many are new."""
    now = house.clock.now()
    made = 0
    for one in clocks(house, tx, SCOPE, viewer=None):
        stage = stage_of(one, now)
        if stage is not None:
            made += life_store.add_reminder(tx, Reminder(
                owner_party=PartyId(one.owner), clock_id=one.id[:160], stage=stage, title=one.title.as_dict(), day=one.day,
                path=one.path, made_at=now, seen_at=None,
            ))  # fmt: skip
    return made


def stage_of(clock: Clock, now: datetime) -> str | None:
    """At which stage a clock stands: overdue, today, within a day, a week, a month; None: too early, or it has opened."""
    left = (clock.day - legal_date(now)).days
    if clock.opens:
        return "open" if left <= 0 else None
    if left < 0 or (clock.at is not None and clock.at < now):
        return "overdue"
    return next((name for days, name in STAGES if left <= days), None)
