"""Months with a stated rounding; working days of a dated table."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feiyu.base.calendar import CalendarUnknown, Rounding, WorkCalendar, add_months

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "down", "up"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28), date(2026, 3, 1)),
        (date(2024, 1, 31), 1, date(2024, 2, 29), date(2024, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28), date(2025, 3, 1)),
        (date(2026, 3, 31), -1, date(2026, 2, 28), date(2026, 3, 1)),
        (date(2025, 11, 30), 3, date(2026, 2, 28), date(2026, 3, 1)),
        (date(2026, 5, 15), 24, date(2028, 5, 15), date(2028, 5, 15)),
        (date(2026, 1, 1), -1, date(2025, 12, 1), date(2025, 12, 1)),
        (date(2026, 12, 31), 0, date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_a_day_that_does_not_exist_goes_where_the_caller_says(day, months, down, up):
    assert add_months(day, months, rounding=Rounding.DOWN) == down
    assert add_months(day, months, rounding=Rounding.UP) == up


@given(DAYS, st.integers(-600, 600))
def test_rounding_differs_by_a_day_at_most_and_never_leaves_the_month_downward(day, months):
    down, up = (add_months(day, months, rounding=way) for way in (Rounding.DOWN, Rounding.UP))
    assert up - down in (timedelta(0), timedelta(days=1))
    assert (down.year * 12 + down.month) - (day.year * 12 + day.month) == months
    assert down.day <= day.day


@pytest.fixture
def calendar():
    """October 2026: the holiday of 1 to 7, with Saturday the 10th worked instead."""
    return WorkCalendar.of([2026], [date(2026, 10, n) for n in range(1, 8)], [date(2026, 10, 10)])


@pytest.mark.parametrize(
    ("day", "working"),
    [(9, True), (10, True), (11, False), (1, False), (17, False), (12, True)],
)
def test_holidays_weekends_and_makeup_days(calendar, day, working):
    assert calendar.is_working(date(2026, 10, day)) is working


def test_the_first_day_counted_is_the_next_working_day(calendar):
    assert calendar.add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert calendar.add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert calendar.add_working_days(date(2026, 9, 30), 4) == date(2026, 10, 12)
    assert calendar.add_working_days(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert calendar.add_working_days(date(2026, 10, 3), 0) == date(2026, 10, 3)


def test_days_between_exclude_the_first_and_include_the_last(calendar):
    assert calendar.working_days_between(date(2026, 9, 30), date(2026, 10, 8)) == 1
    assert calendar.working_days_between(date(2026, 10, 8), date(2026, 10, 10)) == 2
    assert calendar.working_days_between(date(2026, 10, 8), date(2026, 10, 8)) == 0


def test_a_year_outside_the_table_is_refused_not_assumed(calendar):
    with pytest.raises(CalendarUnknown) as caught:
        calendar.add_working_days(date(2026, 12, 31), 1)
    assert caught.value.text("en") == "The working-day table does not cover 2027-01-01."
    assert caught.value.remedy("zh") == "请先更新节假日表。"


@given(st.dates(date(2026, 2, 1), date(2026, 10, 31)), st.integers(1, 30))
def test_counting_and_adding_agree(day, count):
    calendar = WorkCalendar.of([2026], [], [])
    assert calendar.working_days_between(day, calendar.add_working_days(day, count)) == count
