"""Validity, windows, deadlines, projection, calendar file."""

from datetime import date

import pytest

from feiyu.rules.errors import UnknownName
from feiyu.rules.lifecycle import project, reminders, to_ics


def days(books, mechanism, issued):
    return [(one.id, one.day, one.provisional) for one in reminders(books, mechanism, issued)]


def test_an_assessment_lasts_three_years_and_its_window_is_sixty_working_days(books):
    found = days(books, "SA", date(2023, 6, 1))
    assert found == [("extend", date(2026, 3, 4), False), ("ends", date(2026, 6, 1), False)]


def test_a_window_that_needs_an_unpublished_table_is_provisional(books):
    (extend, ends) = days(books, "SA", date(2024, 1, 15))
    assert ends == ("ends", date(2027, 1, 15), False)
    assert extend[2] is True
    assert extend[1] <= date(2026, 11, 5)


def test_results_issued_on_29_february(books):
    assert days(books, "SA", date(2024, 2, 29))[1] == ("ends", date(2027, 2, 28), False)


def test_a_certificate(books):
    assert days(books, "CERT", date(2026, 3, 1)) == [
        ("renew", date(2028, 9, 1), False), ("ends", date(2029, 3, 1), False),
    ]  # fmt: skip


@pytest.mark.parametrize("mechanism", ["SCC", "GBA_SCC"])
def test_a_contract_is_filed_in_ten_working_days(books, mechanism):
    assert days(books, mechanism, date(2026, 11, 2)) == [("file", date(2026, 11, 16), False)]
    # The national holiday and the make-up days of 20 September and 10 October are counted as published.
    assert days(books, mechanism, date(2026, 9, 18)) == [("file", date(2026, 10, 9), False)]
    assert days(books, mechanism, date(2026, 9, 30)) == [("file", date(2026, 10, 20), False)]


def test_a_deadline_in_an_unpublished_year_is_the_earliest_possible(books):
    ((_, day, provisional),) = days(books, "SCC", date(2026, 12, 28))
    assert provisional is True
    assert day == date(2027, 1, 7)


def test_another_mechanism_is_refused(books):
    with pytest.raises(UnknownName, match="SA, SCC, GBA_SCC, CERT"):
        reminders(books, "BCR", date(2026, 1, 1))


def test_projection_names_every_line(books):
    found = project(books, {"general": 60_000, "sensitive": 100}, at=date(2026, 7, 1))
    assert [(one.line, one.persons) for one in found] == [
        ("contract_general", 100_000), ("assessment_general", 1_000_000), ("contract_sensitive", 1),
        ("assessment_sensitive", 10_000),
    ]  # fmt: skip
    assert found[2].day == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("general", "at", "day"),
    [
        (100_000, date(2026, 3, 1), date(2026, 3, 1)), (99_999, date(2026, 12, 31), None),
        (50_000, date(2026, 1, 10), date(2026, 1, 20)), (1, date(2026, 6, 1), None), (0, date(2026, 6, 1), None),
    ],
)  # fmt: skip
def test_the_day_a_line_is_reached(books, general, at, day):
    found = project(books, {"general": general, "sensitive": 0}, at=at)
    assert found[0].line == "contract_general"
    assert found[0].day == day
    assert found[0].as_dict()["so_far"] == general


def test_the_calendar_file_is_folded_and_escaped(books):
    text = to_ics(reminders(books, "SA", date(2024, 1, 15)), uid="bas_1", stamp="20261122T000000Z")
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2] == "END:VCALENDAR"
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "DTSTART;VALUE=DATE:20270115" in lines
    assert text.count("BEGIN:VEVENT") == 2
