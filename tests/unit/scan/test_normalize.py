"""What a value is freed of before anybody looks at it."""

import pytest

from feiyu.scan.normalize import normal


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("\u202d13800138000\u202c", "13800138000"),
        ("138\u20130013\u20138000", "138-0013-8000"),
        ("\u2007沪A12345\u202f", "沪A12345"),
        ("1101\xad0519491231002X", "11010519491231002X"),
        ('="11010519491231002X"', "11010519491231002X"),
        ('=""', '=""'),
        ('="a', '="a'),
        ("'0013800138000", "0013800138000"),
    ],
)
def test_wrappings_go_and_values_stay(value, plain):
    assert normal(value) == plain
