"""A limit of bandwidth, a window of the day, a rank: who waits, how long, and who does not."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from feiyu.base.clock import SHANGHAI, FixedClock
from feiyu.wire import Pace, Road, Window, Wish, pace
from feiyu.wire.errors import BadPace, Cancelled

MIB = 1 << 20


def at(hour, minute=0):
    return datetime(2026, 11, 22, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


class Waits(threading.Event):
    """Remembers how long it was asked to wait, and moves a clock instead of waiting."""

    def __init__(self, clock=None):
        super().__init__()
        self.asked, self.clock = [], clock

    def wait(self, timeout=None):
        self.asked.append(timeout)
        if self.clock:
            self.clock.advance(timedelta(seconds=timeout))
        return self.is_set()


@pytest.mark.parametrize(
    ("text", "now", "hours"),
    [
        ("22:00-06:00", at(23), 0), ("22:00-06:00", at(5, 59), 0), ("22:00-06:00", at(6), 16), ("22:00-06:00", at(22), 0),
        ("09:00-17:00", at(8), 1), ("09:00-17:00", at(9), 0), ("09:00-17:00", at(17), 16), ("09:00-17:00", at(23), 10),
    ],
)  # fmt: skip
def test_a_window_is_of_the_day_in_china(text, now, hours):
    assert Window.of(text).opens_in(now) == timedelta(hours=hours)
    assert str(Window.of(text)) == text


@pytest.mark.parametrize(
    "text", ["", "22-6", "24:00-06:00", "22:00-22:00", "22:60-06:00", "22:00-06:00 daily", "x" * 50]
)
def test_a_window_that_is_none_is_refused(text):
    with pytest.raises(BadPace):
        Window.of(text)


@pytest.mark.parametrize("wrong", [{"bytes_per_s": 0}, {"bytes_per_s": 1023}, {"rank": 10}, {"rank": -1}])
def test_a_wish_has_limits(wrong):
    with pytest.raises(BadPace):
        Wish.of(**wrong)


def test_a_wish_is_kept_and_read_again():
    wish = Wish.of(bytes_per_s=5000, window="22:00-06:00", rank=9)
    assert Wish.of(**wish.as_dict()) == wish
    assert Wish.of(**Wish().as_dict()) == Wish()


def test_a_transfer_waits_for_its_window_and_says_so():
    clock = FixedClock(at(21, 59))
    own, cancel = Pace(Wish.of(window="22:00-06:00"), clock=clock), Waits(clock)
    assert own.waits()
    own.wait_for_window(cancel)
    assert clock.now() >= at(22)
    assert not own.waits()
    assert own.waits_until is None
    assert all(one <= 30.01 for one in cancel.asked)


def test_who_waits_can_be_cancelled():
    cancel = Waits()
    cancel.set()
    own = Pace(Wish.of(window="22:00-06:00"), clock=FixedClock(at(12)))
    with pytest.raises(Cancelled):
        own.wait_for_window(cancel)
    assert own.waits_until == at(22)
    with pytest.raises(Cancelled):
        own.take(1, cancel)


def test_a_lower_rank_gives_way_and_is_not_cut_off(monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(pace, "monotonic_s", lambda: clock[0])

    class Passing(Waits):
        def wait(self, timeout=None):
            clock[0] += timeout
            road.take(MIB, 9, Waits())  # the other goes on sending all the while
            return super().wait(timeout)

    road = Road()
    road.take(MIB, 9, Waits())
    cancel = Passing()
    road.take(MIB, 1, cancel)
    assert pace.TRICKLE_S <= clock[0] - 100 < pace.TRICKLE_S + 0.1
    clock[0] += pace.ACTIVE_S
    idle = Waits()
    road.take(MIB, 1, idle)
    assert idle.asked == []


def test_equals_do_not_wait_for_each_other():
    road, cancel = Road(), Waits()
    for _ in range(5):
        road.take(MIB, 5, cancel)
    road.take(MIB, 6, cancel)
    assert cancel.asked == []


def test_the_road_has_one_limit_for_all(monkeypatch):
    monkeypatch.setattr("feiyu.wire.retry.monotonic_s", lambda: 100.0)
    road, cancel = Road(4 * MIB), Waits()
    for rank in (5, 5, 9):
        Pace(Wish(rank=rank), road=road).take(MIB, cancel)
    assert cancel.asked == [0.0, 0.25, 0.5]
