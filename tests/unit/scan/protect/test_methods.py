"""How one value changes."""

import pyarrow as pa
import pytest

from feiyu.scan.protect import generalise as g
from feiyu.scan.protect.keyed import FormatKept, Pseudonym
from feiyu.scan.protect.methods import Changes
from feiyu.scan.protect.plan import parse_plan

KEY = bytes(range(32))
ID = "11010519491231002X"


def pseudonym(purpose="a", field="id", type_id="prc_resident_id"):
    return Pseudonym(KEY, purpose=purpose, field=field, type_id=type_id)


def test_spellings_of_one_identifier_give_one_pseudonym():
    make = pseudonym()
    assert make(ID) == make("１１０１０５１９４９１２３１００２Ｘ") == make("11010519491231002x")
    assert make("130503670401001") == make("130503196704010016")
    assert make("+86 131 2345 6789") != make(ID)


def test_pseudonyms_match_within_a_purpose_and_never_across():
    assert pseudonym()(ID) == pseudonym(field="证件号")(ID)
    assert pseudonym()(ID) != pseudonym(purpose="b")(ID)
    assert pseudonym()(ID) != pseudonym(type_id="passport_cn")(ID)
    assert pseudonym()(ID).startswith("ps1")
    assert pseudonym()(" ") is None


def test_an_invalid_identifier_has_a_pseudonym_too_and_meets_no_valid_one():
    assert pseudonym()("110105194912310021") not in {pseudonym()(ID), None}


@pytest.mark.parametrize(
    "value", ["13123456789", "SF1234567890123", "021-58123456", "ABCDEFG", "AbC-123456-xYz"]
)
def test_a_kept_format_keeps_the_format_and_reads_back(value):
    kept = FormatKept(KEY, purpose="a", field="no", type_id=None)
    found = kept(value)
    assert found != value
    assert [(c.isdigit(), c.isupper(), c.islower()) for c in found] == [
        (c.isdigit(), c.isupper(), c.islower()) for c in value
    ]
    assert kept.back(found) == value


@pytest.mark.parametrize("value", ["12345", "AB12345", "王伟123456", "", "a-1"])
def test_what_is_too_short_to_hide_is_emptied(value):
    assert FormatKept(KEY, purpose="a", field="no", type_id=None)(value) is None


@pytest.mark.parametrize(
    ("change", "value", "wanted"),
    [
        (g.mask(3, 4), "13123456789", "131****6789"),
        (g.mask(3, 4), "1312345", "*******"),
        (g.mask(1, 0), "欧阳娜", "欧**"),
        (g.date_to("year"), "1949-12-31", "1949"),
        (g.date_to("quarter"), "19491231", "1949-Q4"),
        (g.date_to("month"), "1949/12/31 08:00:00", "1949-12"),
        (g.date_to("decade"), "2001-02-03", "2000s"),
        (g.date_to("year"), "soon", None),
        (g.date_to("year"), "2015-03", "2015"),
        (g.date_to("quarter"), "2015年3月", "2015-Q1"),
        (g.date_to("month"), "2015", None),
        (g.date_to("day"), "2015/3/1 0:00", "2015-03-01"),
        (g.area_to("city"), "310115", "310100"),
        (g.area_to("province"), "310115000000", "310000000000"),
        (g.area_to("city"), "广东省深圳市南山区科技路1号", "广东省深圳市"),
        (g.area_to("district"), "广东省深圳市南山区科技路1号", "广东省深圳市南山区"),
        (g.area_to("city"), "上海市浦东新区正茂路1号", "上海市"),
        (g.area_to("district"), "上海浦东新区正茂路1号", "上海浦东新区"),
        (g.area_to("province"), "新疆维吾尔自治区伊犁州", "新疆维吾尔自治区"),
        (g.area_to("city"), "1 Main Street", None),
        (g.digits_kept(2), "200120", "20****"),
        (g.digits_kept(2), "2A0120", None),
        (g.grid("0.1"), "121.8987", "121.85"),
        (g.grid("0.1"), "-0.01", "-0.05"),
        (g.grid("0.1"), "121.12599999999999", "121.15"),
        (g.grid("0.1"), "0.12000000000000001234, 30.000000000000004", "0.15,30.05"),
        (g.grid("0.1"), "121.8987,30.9023", "121.85,30.95"),
        (g.grid("0.1"), "here", None),
        (g.range_of("10", ()), "27", "[20, 30)"),
        (g.range_of("10", ()), "-1", "[-10, 0)"),
        (g.range_of("", ("0", "1000", "5000")), "1,000", "[1000, 5000)"),
        (g.range_of("", ("0", "1000")), "-3", "< 0"),
        (g.range_of("", ("0", "1000")), "1e9", ">= 1000"),
        (g.range_of("10", ()), "nan", None),
    ],
)
def test_coarser_values(change, value, wanted):
    assert change(value) == wanted


def test_a_batch_is_changed_with_its_numbers():
    plan = parse_plan(
        b"""
format: feiyu-protect/1
purpose: x
others: drop
fields:
  born: {do: date, to: year}
  n: {do: keep}
""",
        "plan.yaml",
    )
    batch = pa.record_batch(
        {"born": ["1949-12-31", "1949-12-31", "?", " 无", None], "n": [1, 2, 3, 4, 5], "secret": ["a"] * 5}
    )
    changes = Changes(batch.schema, plan, None)
    made = changes.apply(batch)
    assert made.to_pydict() == {"born": ["1949", "1949", None, None, None], "n": [1, 2, 3, 4, 5]}
    effect = changes.changers["born"].effect
    assert (effect.values, effect.changed, effect.lost) == (3, 3, 1)
