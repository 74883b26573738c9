"""How a clock stands on the day before, on and after; when it reminds."""

from datetime import UTC, date, datetime, timedelta

import pytest

from feiyu.base.text import Text
from feiyu.port.calendar import Clock
from feiyu.port.daily import next_time, stage_of

DAY = date(2026, 12, 15)


def clock(**more):
    given = {
        "id": "x",
        "kind": "yearly",
        "title": Text("一", "one"),
        "day": DAY,
        "path": "/",
        "owner": "pty_a",
    }
    return Clock(**given | more)


def noon(days):
    """Noon in Shanghai, some days from the clock's."""
    return datetime(2026, 12, 15, 4, 0, tzinfo=UTC) + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "state", "stage"),
    [
        (-31, "later", None), (-30, "later", "month"), (-15, "later", "month"), (-14, "due", "month"),
        (-8, "due", "month"), (-7, "due", "week"), (-2, "due", "week"), (-1, "due", "day"), (0, "due", "today"),
        (1, "overdue", "overdue"),
    ],
)  # fmt: skip
def test_a_deadline(days, state, stage):
    assert clock().state(noon(days)) == state
    assert stage_of(clock(), noon(days)) == stage


def test_a_deadline_is_of_its_day_in_shanghai():
    last = datetime(2026, 12, 15, 15, 59, 59, tzinfo=UTC)
    assert clock().state(last) == "due"
    assert clock().state(last + timedelta(seconds=1)) == "overdue"


def test_an_hour_of_the_law_is_kept_to_the_second():
    at = datetime(2026, 12, 15, 4, 0, tzinfo=UTC)
    one = clock(at=at)
    assert [one.state(at + timedelta(seconds=s)) for s in (-1, 0, 1)] == ["due", "due", "overdue"]


def test_what_opens_is_open_from_its_day_on_and_never_overdue():
    one = clock(opens=True)
    assert [one.state(noon(d)) for d in (-1, 0, 400)] == ["later", "open", "open"]
    assert [stage_of(one, noon(d)) for d in (-1, 0, 1)] == [None, "open", "open"]


def test_the_next_round_is_at_seven_in_shanghai():
    assert next_time(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == datetime(2027, 1, 1, 23, 0, tzinfo=UTC)
    assert next_time(datetime(2026, 12, 31, 15, 0, tzinfo=UTC)) == datetime(2026, 12, 31, 23, 0, tzinfo=UTC)
