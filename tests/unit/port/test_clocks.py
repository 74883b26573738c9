"""Working days of a filing."""

from datetime import UTC, date, datetime

from feiyu.base.calendar import WorkCalendar
from feiyu.port.clocks import due, used

NATIONAL_DAY = [date(2026, 10, day) for day in range(1, 8)]
CALENDAR = WorkCalendar.of([2026], holidays=NATIONAL_DAY, makeup=[date(2026, 9, 20), date(2026, 10, 10)])


def at(day, hour=2):
    return datetime(2026, *day, hour, tzinfo=UTC)


def test_the_day_of_beginning_does_not_count():
    assert used(CALENDAR, at((9, 1)), at((9, 1), 9)) == 0
    assert used(CALENDAR, at((9, 1)), at((9, 2))) == 1


def test_a_weekend_and_a_holiday_do_not_count_but_a_made_up_saturday_does():
    assert used(CALENDAR, at((9, 30)), at((10, 12))) == 4  # 8, 9, 10 (made up) and 12 October


def test_days_are_those_of_shanghai():
    late = datetime(2026, 9, 1, 17, tzinfo=UTC)  # already 2 September in Shanghai
    assert used(CALENDAR, at((9, 1)), late) == 1


def test_a_limit_ends_on_a_working_day():
    assert due(CALENDAR, at((9, 30)), 5) == date(2026, 10, 13)


def test_beyond_the_table_nothing_is_guessed():
    assert due(CALENDAR, at((12, 31)), 5) is None
    assert used(CALENDAR, at((12, 30)), datetime(2027, 1, 4, 2, tzinfo=UTC)) is None
