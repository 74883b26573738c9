"""Counters of network edges against the log: what nobody logged, and what never crossed."""

from datetime import UTC, datetime, timedelta

import pytest

from feiyu.evidence.egress import Counted, Crossing, Tolerance, reconcile, windows

START = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
EXACT = Tolerance(permille=0, slack_bytes=0)


def at(hours):
    return START + hours * HOUR


def count(source, first, last, size, *, final=False):
    return Counted(source=source, start=at(first), end=at(last), size_bytes=size, final=final)


def crossing(size, released, received=None, name="trf_1"):
    return Crossing(
        transfer=name,
        size_bytes=size,
        released=at(released),
        received=at(received) if received is not None else None,
    )


def test_windows_run_between_boundaries_that_all_sources_share():
    found = windows([count("a", 0, 1, 5), count("a", 1, 2, 6), count("b", 0, 2, 7), count("a", 2, 3, 1)])
    assert found == [
        (at(0), at(2), 18)
    ]  # b cannot say what of its 7 fell into the first hour, and nothing of the third
    assert windows([]) == []
    assert windows([count("a", 0, 1, 5), count("b", 0, 1, 2, final=True), count("a", 1, 2, 6)]) == [
        (at(0), at(1), 7), (at(1), at(2), 6),
    ]  # fmt: skip


def test_what_was_logged_explains_what_was_counted():
    counts = [count("a", 0, 1, 0), count("a", 1, 2, 1000), count("a", 2, 3, 0)]
    found = reconcile(counts, [crossing(1000, 1.1, 1.9)], EXACT)
    assert [one.text for one in found] == [None] * 3
    assert [(one.most, one.least) for one in found] == [(0, 0), (1000, 1000), (0, 0)]


def test_bytes_that_nobody_logged_are_an_excess():
    (found,) = reconcile([count("a", 0, 1, 1001)], [crossing(1000, 0.1)], EXACT)
    assert (found.excess, found.shortfall) == (1, 0)
    assert "1,001" in found.text.zh
    assert "1,001" in found.text.en
    (within,) = reconcile(
        [count("a", 0, 1, 1020)], [crossing(1000, 0.1)], Tolerance(permille=20, slack_bytes=0)
    )
    assert within.text is None
    (beyond,) = reconcile(
        [count("a", 0, 1, 1021)], [crossing(1000, 0.1)], Tolerance(permille=20, slack_bytes=0)
    )
    assert beyond.excess == 1


def test_what_the_recipient_signed_for_must_have_been_counted():
    counts = [count("a", 0, 1, 300), count("a", 1, 2, 699)]
    first, second = reconcile(counts, [crossing(1000, 0.5, 1.5)], EXACT)
    assert first.text is None
    assert (second.excess, second.shortfall) == (0, 1)
    assert "signed for" in second.text.en


def test_a_transfer_from_before_the_counters_explains_and_demands_nothing():
    (found,) = reconcile([count("a", 0, 1, 10)], [crossing(1000, -5, 0.5)], EXACT)
    assert found.text is None
    (gone,) = reconcile([count("a", 0, 1, 10)], [crossing(1000, -5, -1)], EXACT)
    assert gone.excess == 10


@pytest.mark.parametrize("size", [0, 1, 999, 1000])
def test_a_transfer_under_way_allows_any_part_of_itself(size):
    (found,) = reconcile([count("a", 0, 1, size)], [crossing(1000, 0.5)], EXACT)
    assert found.text is None


def test_what_crossed_before_a_release_does_not_stand_for_what_was_released():
    """Bytes of an earlier transfer would otherwise hide that this one never came past the counter."""
    counts = [count("a", 0, 1, 1000), count("a", 1, 2, 0)]
    for released in (1, 1.2):  # at the boundary itself, and behind it
        first, second = reconcile(counts, [crossing(1000, 0.1, 0.9), crossing(1000, released, 1.8)], EXACT)
        assert first.text is None
        assert (second.excess, second.shortfall) == (0, 1000)


def test_an_instant_at_a_boundary_belongs_to_the_window_that_begins_there():
    counts = [count("a", n, n + 1, 0) for n in range(3)]
    found = reconcile(counts, [crossing(1000, 0, 1)], EXACT)
    assert [(one.most, one.least) for one in found] == [(1000, 0), (1000, 1000), (0, 0)]
    found = reconcile(counts, [crossing(1000, 1, 1.5)], EXACT)
    assert [(one.most, one.least) for one in found] == [(0, 0), (1000, 1000), (0, 0)]
