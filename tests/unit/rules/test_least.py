"""Least data: the demo's table, three identifiers that must go together, greedy beyond three, nothing but data."""

from datetime import date

import pytest

from feiyu.rules import Route
from feiyu.rules.errors import TooManyFields
from feiyu.rules.least import Advice, Change, DataField, Kind, fields_of, least_data

DAY = date(2026, 11, 22)
REMOVING = (Kind.KEEP_HOME, Kind.AGGREGATE, Kind.DROP)


def after_sales(plain):
    return {**plain, "general_in": 52_000, "sensitive_in": 8_000}


def demo_recount(changes):
    gone = {change.field for change in changes if change.kind is not Kind.MASK}
    sensitive = 0 if "track" in gone else 8_000
    if {"vin", "mobile", "id_number"} <= gone and "track" in gone:
        return {"general_in": 0, "sensitive_in": 0, "contains_pi": "no"}
    return {"general_in": 60_000 - sensitive, "sensitive_in": sensitive}


FIELDS = (
    DataField(name="vin", personal=True, sensitive=False, kinds=(Kind.MASK, *REMOVING)),
    DataField(name="mobile", personal=True, sensitive=False, kinds=(Kind.MASK, *REMOVING)),
    DataField(name="id_number", personal=True, sensitive=False, kinds=(Kind.MASK, *REMOVING)),
    DataField(name="track", personal=True, sensitive=True, kinds=(Kind.GENERALISE, *REMOVING)),
    DataField(name="part_no", personal=False, sensitive=False, kinds=()),
)


def test_without_the_trajectory_the_table_is_exempt(books, plain):
    advice = least_data(books, after_sales(plain), FIELDS, at=DAY, recount=demo_recount)
    best = advice[0]
    assert [change.field for change in best.changes] == ["track"]
    assert (best.before, best.after.route, best.after.rule) == (Route.SCC_OR_CERT, Route.EXEMPT, "R53")
    assert best.counts == {"general_in": 60_000, "sensitive_in": 0}
    assert best.lost == ("track",)
    assert "scc_filing" in best.dropped_obligations
    assert not best.greedy


def test_the_gentlest_change_stands_first_and_the_others_beside_it(books, plain):
    advice = least_data(books, after_sales(plain), FIELDS, at=DAY, recount=demo_recount)
    kinds = [one.changes[0].kind for one in advice if len(one.changes) == 1]
    assert kinds == [Kind.GENERALISE, Kind.KEEP_HOME]
    assert set(advice[1].instead) == {Change(Kind.DROP, "track"), Change(Kind.AGGREGATE, "track")}


def test_a_larger_set_is_not_shown_when_a_part_of_it_does_as_much(books, plain):
    advice = least_data(books, after_sales(plain), FIELDS, at=DAY, recount=demo_recount)
    assert all(len(one.changes) == 1 for one in advice)


def test_masking_alone_changes_no_count(books, plain):
    masks = tuple(
        DataField(name=field.name, personal=True, sensitive=field.sensitive, kinds=(Kind.MASK,))
        for field in FIELDS[:4]
    )
    assert least_data(books, after_sales(plain), masks, at=DAY, recount=demo_recount) == ()


def test_identifiers_help_only_together(books, plain):
    facts = {**plain, "general_in": 250_000}

    def recount(changes):
        gone = {change.field for change in changes}
        left = 0 if {"vin", "mobile", "id_number"} <= gone else 250_000
        return {"general_in": left, "sensitive_in": 0, "contains_pi": "yes" if left else "no"}

    advice = least_data(books, facts, FIELDS[:3], at=DAY, recount=recount)
    assert [(sorted(one.lost), one.after.rule) for one in advice] == [(["id_number", "mobile", "vin"], "R20")]


def test_more_than_three_are_found_step_by_step_and_marked(books, plain):
    facts = {**plain, "sensitive_in": 9_000, "general_in": 0}
    fields = tuple(DataField(name=f"f{n}", personal=True, sensitive=True, kinds=REMOVING) for n in range(5))

    def recount(changes):
        gone = len({change.field for change in changes})
        return {"general_in": 0, "sensitive_in": 9_000 - 1_800 * gone}

    advice = least_data(books, facts, fields, at=DAY, recount=recount)
    assert [(len(one.changes), one.greedy, one.after.route) for one in advice] == [(5, True, Route.EXEMPT)]


def test_only_data_change(books, plain):
    def recount(changes):
        return {**demo_recount(changes), "ciio": "no", "sector": "retail", "ground": "contract"}

    facts = {**after_sales(plain), "ciio": "yes"}
    advice = least_data(books, facts, FIELDS, at=DAY, recount=recount)
    # An operator of critical infrastructure is helped only by sending no personal information at all.
    assert all(one.after.rule == "R20" for one in advice)


def test_a_lighter_duty_on_the_same_route_is_advice_too(books, plain):
    def recount(changes):
        return {"general_in": 0, "sensitive_in": 0, "contains_pi": "no" if changes else "yes"}

    facts = {**plain, "general_in": 10}
    advice = least_data(books, facts, FIELDS[:1], at=DAY, recount=recount)
    assert advice[0].after.route is Route.EXEMPT
    assert "notice" in advice[0].dropped_obligations


def test_too_many_fields_are_refused(books, plain):
    fields = tuple(DataField(name=f"f{n}", personal=True, sensitive=False, kinds=REMOVING) for n in range(81))
    with pytest.raises(TooManyFields) as refused:
        least_data(books, plain, fields, at=DAY, recount=lambda _: {})
    assert refused.value.values == {"size": 81, "limit": 80}


def test_forty_fields_take_less_than_a_second_of_work(books, plain):
    fields = tuple(
        DataField(name=f"f{n}", personal=True, sensitive=n % 4 == 0, kinds=(Kind.MASK, *REMOVING))
        for n in range(40)
    )

    def recount(changes):
        return {"general_in": 500_000 - len(changes), "sensitive_in": 5_000}

    calls = 0

    def counting(changes):
        nonlocal calls
        calls += 1
        return recount(changes)

    least_data(
        books, {**plain, "general_in": 500_000, "sensitive_in": 5_000}, fields, at=DAY, recount=counting
    )
    assert calls > 40 * 39 * 38 / 6


def test_the_wire_form_is_bilingual(books, plain):
    advice = least_data(books, after_sales(plain), FIELDS, at=DAY, recount=demo_recount)[0]
    assert isinstance(advice, Advice)
    wire = advice.as_dict()
    assert wire["route"] == "EXEMPT"
    assert wire["changes"][0]["text"] == {"zh": "降低 track 的精度", "en": "generalise track"}


def test_fields_of_a_profile_keep_what_the_purpose_needs():
    rows = [
        {"name": "vin", "type": "vin", "personal": True, "sensitive": False},
        {"name": "track", "type": "trajectory", "personal": True, "sensitive": True},
        {"name": "note", "type": "text", "personal": False, "sensitive": False},
        {"name": "disease", "type": "diagnosis", "personal": True, "sensitive": True},
    ]
    vin, track, note, disease = fields_of(rows, needed=["vin"])
    assert vin.kinds == ()
    assert Kind.GENERALISE in track.kinds
    assert note.kinds == ()
    assert disease.kinds == (Kind.KEEP_HOME, Kind.AGGREGATE, Kind.DROP)
