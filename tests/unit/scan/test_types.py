"""Every semantic type holds what it promises: examples, names, sources."""

import pyarrow as pa
import pytest

from feiyu.scan import Inspector, reference, types, vocabulary
from feiyu.scan.catalogue import GENERIC, by_id, get, parse
from feiyu.scan.errors import BadTypes, UnknownType
from feiyu.scan.model import Level, Strength
from feiyu.scan.normalize import normal

ALL = types()


def passes(one, value):
    plain = normal(value)
    if one.vocabulary is not None:
        return bool(vocabulary.matches(plain) >> one.vocabulary & 1)
    if one.forms is not None and one.forms.pattern.fullmatch(plain):
        return True
    low, high = one.lengths or (0, 1 << 30)
    return low <= len(plain) <= high and bool(reference.detect(plain) & one.bits)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_examples(one):
    assert [v for v in one.positive if not passes(one, v)] == []
    assert [v for v in (*one.negative, *one.near) if passes(one, v)] == []


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_a_column_of_examples_is_named_and_of_near_misses_is_not(one):
    def held(values):
        inspector = Inspector((one.headers[0],))
        inspector.feed(pa.record_batch([pa.array(values)], names=[one.headers[0]]))
        return inspector.fields()[0]

    columns = (
        [list(one.positive) * 10] if one.id not in MIXED else [[value] * 20 for value in one.positive[:1]]
    )
    for values in columns:
        assert one.id in held(values).holds
    for value in (*one.near, *one.negative):
        assert held([value] * 3).type != one.id


MIXED = ("name_part", "biometric_template", "payment_account", "card_secret")
"""Types whose examples are of several kinds, which no one column has."""


def test_there_are_a_hundred_types_with_unique_ids():
    assert len(ALL) >= 100
    assert len({one.id for one in ALL}) == len(ALL)
    assert not {one.id for one in ALL} & set(GENERIC)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_a_type_says_where_it_comes_from_and_what_it_is(one):
    assert one.source
    assert one.category
    assert one.headers
    assert one.strength is Strength.NONE or one.personal
    wire = one.as_dict()
    assert wire["id"] == one.id
    assert set(wire) >= {"names", "strength", "personal", "sensitive", "class", "source"}


def test_the_decisions_of_law():
    assert get("prc_resident_id").sensitive is None
    assert get("id_photo").sensitive
    assert get("trajectory").sensitive == "trajectory"
    assert get("vin").strength is Strength.WEAK
    assert get("bank_card").sensitive == "financial_account"
    assert get("state_secret").level is Level.CORE
    assert not get("uscc").personal
    assert not get("ean").personal


def test_an_unknown_type_is_refused():
    with pytest.raises(UnknownType):
        get("no_such_type")


GOOD = {"id": "badge", "zh": "胸牌号", "en": "Badge", "kind": "shape", "detect": ["code"], "strength": "none", "class": "generic",
        "source": "a test", "headers": ["badge"], "positive": ["B1"], "negative": ["B"], "near": ["-"]}  # fmt: skip


def test_a_good_entry_is_taken():
    assert parse([GOOD])[0].id == "badge"


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "magic"},
        {"detect": ["no_such_detector"]},
        {"detect": []},
        {"strength": "weak"},
        {"sensitive": "very"},
        {"positive": []},
        {"zh": " "},
        {"colour": "red"},
        {"id": "text"},
        {"fold": "nothing"},
        {"vocab": "nothing"},
    ],
    ids=str,
)
def test_a_wrong_entry_is_refused_with_its_name(change):
    with pytest.raises(BadTypes) as caught:
        parse([GOOD | change])
    assert caught.value.values["entry"] == (GOOD | change)["id"]


def test_a_missing_key_and_a_second_entry_are_refused():
    with pytest.raises(BadTypes):
        parse([{k: v for k, v in GOOD.items() if k != "source"}])
    with pytest.raises(BadTypes):
        parse([GOOD, GOOD])


def test_every_identifier_has_a_way_to_its_key():
    from feiyu.scan.identity import RULES, canonical

    for one in ALL:
        if one.strength is not Strength.NONE:
            assert one.canon in RULES, one.id
            assert one.rank > 0
            assert all(canonical(v, by_id()[one.id].canon) for v in one.positive), one.id
