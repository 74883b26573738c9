"""Ids: what they name, that they sort by time, that they do not repeat."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feiyu.base.ids import PREFIXES, RUN, new_id, new_ids, place_in_run, run_of

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.mark.parametrize("kind", sorted(PREFIXES))
def test_an_id_says_what_it_names(kind):
    assert re.fullmatch(rf"{PREFIXES[kind]}_[{CROCKFORD}]{{26}}", new_id(kind, AT))


def test_prefixes_do_not_repeat():
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_an_unknown_kind_is_a_fault():
    with pytest.raises(KeyError):
        new_id("shipment", AT)


@given(
    st.datetimes(datetime(1970, 1, 2), datetime(2400, 1, 1)),  # noqa: DTZ001 - hypothesis wants naive bounds
    st.timedeltas(timedelta(milliseconds=1), timedelta(days=3650)),
)
def test_ids_sort_by_time(first, later):
    before = first.replace(tzinfo=UTC)
    assert new_id("transfer", before) < new_id("transfer", before + later)


def test_a_millisecond_is_never_rounded_away():
    """Seconds as a float lose it: 2248-01-01T00:00:00.001 was stamped as the millisecond before."""
    first = datetime(2248, 1, 1, tzinfo=UTC)
    assert new_id("transfer", first)[:14] < new_id("transfer", first + timedelta(milliseconds=1))[:14]


def test_the_time_stands_in_the_first_ten_characters():
    number = 0
    for character in new_id("event", AT).removeprefix("evt_")[:10]:
        number = number * 32 + CROCKFORD.index(character)
    assert number == int(AT.timestamp() * 1000)


def test_things_made_together_count_on_from_the_first_and_tell_their_place():
    run = new_ids("event", AT, RUN)
    assert sorted(set(run)) == run
    assert [place_in_run(ident) for ident in run] == [(run[0], place) for place in range(RUN)]
    assert run_of(run[0], 3) == run[:3]
    assert len({ident[:-2] for _ in range(100) for ident in new_ids("event", AT, 2)}) == 100
    (alone,) = new_ids("event", AT, 1)
    assert re.fullmatch(rf"evt_[{CROCKFORD}]{{26}}", alone)
    for nobodys in ("", "x", "evt_", run[0][:-2] + "0I", run[0][:-2] + "é0"):
        assert place_in_run(nobodys) == (nobodys, 0)


def test_a_thousand_ids_of_one_instant_differ():
    assert len({new_id("event", AT) for _ in range(1000)}) == 1000
