"""Mondrian: every group has k rows, nothing is lost that need not be, and the numbers are those of the definition."""

from collections import Counter

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feiyu.scan.protect.anonymity import Groups
from feiyu.scan.protect.errors import TooFewRows
from feiyu.scan.protect.plan import Anonymity


def grouped(rows, k, **more):
    schema = pa.schema({"age": pa.large_string(), "sex": pa.large_string(), "x": pa.int64()})
    columns = [[a for a, _ in rows], [s for _, s in rows], list(range(len(rows)))]
    batch = pa.record_batch(columns, schema=schema)
    groups = Groups(Anonymity(k=k, quasi=("age", "sex"), **more), "t")
    groups.feed(batch)
    loss = groups.cut()
    return groups.rewrite(batch), loss


VALUE = st.one_of(st.none(), st.sampled_from(["12", "17", "23", "31", "31.5", "44", "58", "90"]))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(VALUE, st.sampled_from(["男", "女", None])), min_size=4, max_size=60),
    st.integers(2, 4),
)
def test_every_group_has_k_rows_or_is_left_out(rows, k):
    made, loss = grouped(rows, k)
    sizes = Counter(zip(made["age"].to_pylist(), made["sex"].to_pylist(), strict=True))
    assert all(size >= k for size in sizes.values())
    assert made.num_rows + loss.suppressed == loss.rows == len(rows)
    assert 0 <= loss.ncp <= 1


def test_equal_rows_lose_nothing():
    made, loss = grouped([("30", "男")] * 5 + [("40", "女")] * 5, 5)
    assert (loss.ncp, loss.suppressed, loss.groups, loss.discernibility) == (0.0, 0, 2, 50)
    assert set(made["age"].to_pylist()) == {"30", "40"}


def test_a_cut_goes_through_the_median_of_the_widest():
    made, loss = grouped([(str(20 + i), "男") for i in range(8)], 2)
    assert Counter(made["age"].to_pylist()) == {"[20, 21]": 2, "[22, 23]": 2, "[24, 25]": 2, "[26, 27]": 2}
    assert loss.by_field == (("age", pytest.approx(1 / 7)), ("sex", 0.0))


def test_rows_with_an_empty_field_are_grouped_apart_or_left_out():
    made, loss = grouped([("30", "男")] * 3 + [(None, "男")] * 3 + [(None, None)], 3)
    assert loss.suppressed == 1
    assert Counter(made["age"].to_pylist()) == {"30": 3, None: 3}


def test_an_outlier_may_be_left_out_within_the_plans_share():
    rows = [("30", "男")] * 97 + [("31", "女"), ("95", "女"), ("96", "女")]
    assert grouped(rows, 2)[1].suppressed == 0
    made, loss = grouped(rows, 2, suppress_percent=5)
    assert loss.suppressed == 3
    assert loss.ncp == 0.0
    assert set(made["age"].to_pylist()) == {"30"}


def test_fewer_rows_than_k_are_refused():
    with pytest.raises(TooFewRows):
        grouped([("30", "男")] * 3, 4)
