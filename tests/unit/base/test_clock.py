"""The clock and legal dates."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feiyu.base.clock import SHANGHAI, FixedClock, SystemClock, from_text, legal_date, monotonic_s, to_text


def test_the_machines_clock_is_aware_and_utc():
    first, second = SystemClock().now(), SystemClock().now()
    assert first.tzinfo is UTC
    assert first <= second


def test_a_fixed_clock_moves_only_by_hand():
    clock = FixedClock(datetime(2026, 3, 1, 8, tzinfo=SHANGHAI))
    assert clock.now() == datetime(2026, 3, 1, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
    clock.advance(timedelta(hours=1))
    assert clock.now() == datetime(2026, 3, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 16, 0, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=9))), date(2026, 12, 31)),
    ],
)
def test_the_legal_day_turns_at_midnight_in_shanghai(instant, day):
    assert legal_date(instant) == day


def test_an_instant_is_written_with_milliseconds_and_z():
    assert to_text(datetime(2026, 1, 2, 11, 4, 5, 678_999, tzinfo=SHANGHAI)) == "2026-01-02T03:04:05.678Z"


@given(st.datetimes(datetime(1900, 1, 1), datetime(2999, 1, 1)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_writing_and_reading_keeps_the_millisecond_and_the_order(naive):
    at = naive.replace(tzinfo=UTC)
    kept = at - timedelta(microseconds=at.microsecond % 1000)
    assert from_text(to_text(at)) == kept
    assert (to_text(at) < to_text(at + timedelta(seconds=1))) is True


def test_an_instant_in_another_zone_is_read_as_utc():
    assert from_text("2026-01-02T08:00:00+08:00") == datetime(2026, 1, 2, tzinfo=UTC)


def test_an_instant_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        from_text("2026-01-02T08:00:00")


def test_the_monotonic_clock_does_not_go_back():
    assert monotonic_s() <= monotonic_s()
