"""Legal date arithmetic: months with a stated rounding, working days from a dated table.

Rules this module keeps:
 * adding months never guesses: the caller says whether the 31st becomes the last day before or the first day after
   (the lesson of Catala);
 * working days come from a table with a validity; a day outside it is refused, never assumed.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from feiyu.base.errors import BadInput
from feiyu.base.text import Text


class Rounding(StrEnum):
    """What to do when the day does not exist in the month reached."""

    DOWN = "down"
    UP = "up"


class CalendarUnknown(BadInput):
    """The holiday table does not reach that day."""

    code = "BASE-0020"
    message = Text("工作日历未覆盖 {day}。", "The working-day table does not cover {day}.")
    hint = Text("请先更新节假日表。", "Update the holiday table first.")


def add_months(day: date, months: int, *, rounding: Rounding) -> date:
    """The same day ``months`` later, rounded as told when it does not exist."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    if day.day <= last:
        return date(year, month + 1, day.day)
    end = date(year, month + 1, last)
    return end if rounding is Rounding.DOWN else end + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Working days: Monday to Friday, less ``holidays``, plus ``makeup`` days; known for ``covers`` years only."""

    covers: frozenset[int]
    holidays: frozenset[date] = field(default_factory=frozenset)
    makeup: frozenset[date] = field(default_factory=frozenset)

    @classmethod
    def of(cls, years: Iterable[int], holidays: Iterable[date], makeup: Iterable[date]) -> "WorkCalendar":
        """Build one from any iterables."""
        return cls(frozenset(years), frozenset(holidays), frozenset(makeup))

    def is_working(self, day: date) -> bool:
        """Whether ``day`` is a working day."""
        if day.year not in self.covers:
            raise CalendarUnknown(day=day)
        return day in self.makeup or (day.weekday() < 5 and day not in self.holidays)

    def add_working_days(self, day: date, count: int) -> date:
        """The ``count``-th working day after (before, when negative) ``day``; the first day counted is the next one."""
        step = timedelta(days=1 if count >= 0 else -1)
        for _ in range(abs(count)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie after ``first`` up to and including ``last``."""
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(map(self.is_working, days))
