"""Extension, triggers, yearly reports: each day the day before, on and after; each growth at the line and one beyond."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feiyu.rules import load
from feiyu.rules.derived import working_days_after
from feiyu.rules.lasting import CHANGES, all_triggers, extension, growth, triggers, yearly

BOOKS = load()
ENDS = date(2026, 6, 1)


def test_the_window_opens_sixty_working_days_before_and_closes_with_the_validity():
    def inside(today):
        found = extension(
            BOOKS, ends=ENDS, today=today, persons=(100, 100), volume=None, important=False, unchanged=True
        )
        return found.in_window

    opens = date(2026, 3, 4)  # counted in the published tables, Spring Festival and make-up days included
    assert [inside(opens + timedelta(days=d)) for d in (-1, 0, 1)] == [False, True, True]
    assert [inside(ENDS + timedelta(days=d)) for d in (-1, 0, 1)] == [True, True, False]


def test_a_window_over_an_unpublished_year_is_unknown_between_its_two_days():
    ends = date(2027, 1, 15)
    first, last = working_days_after(BOOKS.calendar, ends, -60)
    assert first < last
    for today, wanted in (
        (first - timedelta(days=1), False),
        (first, None),
        (last - timedelta(days=1), None),
        (last, True),
    ):
        found = extension(
            BOOKS, ends=ends, today=today, persons=(1, 1), volume=None, important=False, unchanged=True
        )
        assert found.in_window is wanted
        assert found.possible is wanted


@pytest.mark.parametrize(
    ("after", "possible"), [(119_999, True), (120_000, True), (120_001, False), (50_000, True)]
)
def test_growth_of_twenty_percent_passes_and_one_person_more_does_not(after, possible):
    found = extension(
        BOOKS, ends=ENDS, today=ENDS, persons=(100_000, after), volume=None, important=False, unchanged=True
    )
    assert found.possible is possible


def test_important_data_needs_the_volume_too_and_a_change_ends_it():
    common = {"ends": ENDS, "today": ENDS, "persons": (10, 12)}
    assert extension(BOOKS, **common, volume=None, important=True, unchanged=True).possible is None
    assert extension(BOOKS, **common, volume=(10, 12), important=True, unchanged=True).possible is True
    assert extension(BOOKS, **common, volume=(10, 13), important=True, unchanged=True).possible is False
    assert extension(BOOKS, **common, volume=(10, 12), important=True, unchanged=False).possible is False


@settings(deadline=None)
@given(st.integers(1, 10**9), st.integers(0, 10**10))
def test_growth_is_never_rounded_down(before, after):
    assert (growth(before, after) <= 2000) == (after * 10_000 <= before * 12_000)


def test_every_change_asks_something_of_an_assessment_but_the_sector():
    today = date(2026, 11, 22)
    for change in CHANGES:
        assert bool(triggers(BOOKS, "SA", [change], today)) == (change != "sector")
    assert triggers(BOOKS, "SA", [], today) == ()
    assert {one.asks for one in triggers(BOOKS, "SCC", ["retention_longer"], today)} == {"refile"}


def test_a_trigger_speaks_only_while_its_text_is_in_force():
    (only,) = [one for one in all_triggers(BOOKS) if one.id == "contract-content"]
    since = max(cite.source.effective_from for cite in only.cites)
    day = timedelta(days=1)
    told = [bool(triggers(BOOKS, "SCC", ["purpose"], at)) for at in (since - day, since, since + day)]
    assert told == [False, True, True]


def test_the_automotive_report_is_due_on_15_december_and_the_other_names_no_day():
    today = date(2026, 11, 22)
    (auto,) = yearly(BOOKS, sectors=["auto"], important=False, at=today)
    assert (auto.due(2026), auto.stated) == (date(2026, 12, 15), True)
    (important,) = yearly(BOOKS, sectors=["health"], important=True, at=today)
    assert important.stated is False
    assert yearly(BOOKS, sectors=["health"], important=False, at=today) == ()
    assert yearly(BOOKS, sectors=["auto"], important=False, at=date(2021, 9, 30)) == ()
