"""Canonical JSON: the bytes that are hashed and signed, and what is refused on the way in."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feiyu.base.canonical import MAX_DEPTH, NotCanonical, dumps, dumps_each, loads, loads_object

SAFE = 2**53 - 1
KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-SAFE, SAFE) | KEYS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


def test_names_sort_by_utf16_as_in_the_example_of_the_standard():
    """RFC 8785 section 3.2.3: the emoji (a surrogate pair) sorts before U+FB33, though its code point is higher."""
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    wanted = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(dumps(dict.fromkeys(names, 0)))) == wanted


def test_strings_are_escaped_as_the_standard_says():
    """RFC 8785 section 3.2.2.2: short escapes where they exist, lower-case hex else, everything above as itself."""
    value = '\x00\b\t\n\x0b\f\r\x1f"\\/\x7f\u2028飞鱼\U0001f600'
    assert dumps(value).decode() == '"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\"\\\\/\x7f\u2028飞鱼\U0001f600"'


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ({}, b"{}"),
        ([], b"[]"),
        ((1, 2), b"[1,2]"),
        (None, b"null"),
        (True, b"true"),
        (False, b"false"),
        (-0, b"0"),
        (SAFE, b"9007199254740991"),
        (-SAFE, b"-9007199254740991"),
        ({"b": 1, "a": [{}]}, b'{"a":[{}],"b":1}'),
    ],
)
def test_plain_values(value, wanted):
    assert dumps(value) == wanted


@given(VALUES)
def test_what_is_written_is_read_back_and_written_the_same(value):
    once = dumps(value)
    assert dumps(loads(once)) == once
    assert loads(once) == json.loads(once)


EMPTY = [
    "",
    ["a", "", "b"],
    {"a": "", "b": ["", "", ""]},
    ',"",',
    {"": {"": ""}},
    [""],
    ["", ""],
    {"\U0001f600": ""},
]


@given(st.lists(st.one_of(VALUES, st.sampled_from(EMPTY)), max_size=8))
def test_many_are_written_as_one_by_one(values: list[object]):
    assert dumps_each(values) == [dumps(value) for value in values]


@pytest.mark.parametrize("bad", [1.5, [b"x"], {"a": SAFE + 1}, "\ud800"])
def test_one_bad_value_among_many_is_refused_as_alone(bad: object):
    with pytest.raises((TypeError, NotCanonical)) as alone:
        dumps(bad)
    with pytest.raises(alone.type):
        dumps_each([{"a": 1}, bad])


@given(st.dictionaries(KEYS, VALUES, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_insertion_does_not_matter(value, random):
    items = list(value.items())
    random.shuffle(items)
    assert hashlib.sha256(dumps(dict(items))).digest() == hashlib.sha256(dumps(value)).digest()


@pytest.mark.parametrize("value", [1.5, float("nan"), b"bytes", {1: "x"}, {"x": {2}}, object(), [1.0]])
def test_a_foreign_type_is_a_fault_of_the_caller(value):
    with pytest.raises(TypeError, match="canonical JSON"):
        dumps(value)


@pytest.mark.parametrize("value", [SAFE + 1, -SAFE - 1, "\ud800", {"\udfff": 1}])
def test_what_other_readers_would_read_differently_is_not_written(value):
    with pytest.raises(NotCanonical):
        dumps(value)


def _nested(depth):
    value = []
    for _ in range(depth - 1):
        value = [value]
    return value


def test_depth_has_a_limit_both_ways():
    deepest = _nested(MAX_DEPTH + 1)
    assert loads(dumps(deepest)) == deepest
    with pytest.raises(NotCanonical, match="nesting"):
        dumps(_nested(MAX_DEPTH + 2))
    with pytest.raises(NotCanonical, match="nesting"):
        loads(b"[" * (MAX_DEPTH + 2) + b"]" * (MAX_DEPTH + 2))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"a":1,"a":2}', "twice"),
        (b"1.0", "not an integer"),
        (b"1e3", "not an integer"),
        (b"NaN", "not an integer"),
        (b"-Infinity", "not an integer"),
        (b'{"a":', "Expecting value"),
        (b"\xff", "UTF-8"),
        (b"[1] x", "Extra data"),
        (b'"\\ud800"', "surrogate"),
        (b"9007199254740992", "2\\^53"),
        (b"[" * 100_000, "recursion|nesting"),
        (b"", "Expecting value"),
        (b"\xef\xbb\xbf{}", "BOM"),
        ('{"a":1}'.encode("utf-16-le"), "Expecting|property"),
        (b"9" * 5000, "integer"),
    ],
)
def test_what_two_readers_could_read_differently_is_refused(data, reason):
    with pytest.raises(NotCanonical, match=reason):
        loads(data)


def test_the_size_is_limited_before_anything_is_parsed():
    assert loads(b"[ 1 ]", max_bytes=5) == [1]
    with pytest.raises(NotCanonical, match="6 bytes, over 5"):
        loads(b"[ 1  ]", max_bytes=5)


@pytest.mark.parametrize("data", [b"[]", b"1", b"null", b'"x"'])
def test_an_object_is_demanded_where_one_is_wanted(data):
    assert loads_object(b'{"a":1}') == {"a": 1}
    with pytest.raises(NotCanonical, match="object"):
        loads_object(data)


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail_in_another_way(data):
    try:
        value = loads(data)
    except NotCanonical:
        return
    assert loads(dumps(value)) == value
