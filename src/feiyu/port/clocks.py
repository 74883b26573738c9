"""Working days of a filing: how many a stage took, and by when the next step is due.

Rules this module keeps:
 * days are legal dates (Asia/Shanghai), working days those of the dated holiday table;
 * the day on which a stage begins does not count;
 * where the table does not reach, the answer is None: a day is never guessed.
"""

from datetime import date, datetime

from feiyu.base.calendar import CalendarUnknown, WorkCalendar
from feiyu.base.clock import legal_date


def used(calendar: WorkCalendar, start: datetime, end: datetime) -> int | None:
    """The working days from ``start`` to ``end``."""
    try:
        return calendar.working_days_between(legal_date(start), legal_date(end))
    except CalendarUnknown:
        return None


def due(calendar: WorkCalendar, start: datetime, days: int) -> date | None:
    """The last day of a limit of ``days`` working days."""
    try:
        return calendar.add_working_days(legal_date(start), days)
    except CalendarUnknown:
        return None
