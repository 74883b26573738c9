"""Strict YAML: what may be misread is refused, with file and line."""

from datetime import date

import pytest

from feiyu.rules.errors import BadRulebook
from feiyu.rules.strict_yaml import MAX_BYTES, parse


def read(text):
    return parse(text.encode(), "x.yaml")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: 1\na: 2\n", "x.yaml:2", "stands twice"),
        ("a:\n\tb: 1\n", "x.yaml:2", "tab"),
        ("a: &x 1\nb: *x\n", "x.yaml:1", "anchors"),
        ("a: !!str 1\n", "x.yaml:1", "anchors"),
        ("a: [1, 2\n", "x.yaml:2", "not YAML"),
        ("a: 1\n---\nb: 2\n", "x.yaml:2", "not YAML"),
        ("", "x.yaml:1", "empty"),
        ("? [a, b]\n: 1\n", "x.yaml:1", "one word"),
        ("[" * 30 + "]" * 30, "x.yaml:1", "nesting"),
        ("- " * 40 + "x", "x.yaml:1", "nesting"),
    ],
)
def test_refused_with_place(text, place, words):
    with pytest.raises(BadRulebook) as refused:
        read(text)
    assert refused.value.values["place"].startswith(place)
    assert words in str(refused.value)
    assert refused.value.text("zh")


def test_bytes_that_are_no_text_and_too_many_bytes_are_refused():
    with pytest.raises(BadRulebook, match="byte 3"):
        parse(b"a: \xff", "x.yaml")
    with pytest.raises(BadRulebook, match="over"):
        parse(b"#" * (MAX_BYTES + 1), "x.yaml")


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "off", "true", "null", "~", "2024-03-22", "10", "1.5", "0x1f", ""]
)
def test_a_text_that_yaml_would_read_otherwise_must_be_quoted(word):
    with pytest.raises(BadRulebook, match=r"x\.yaml:1.*quote it"):
        read(f"a: {word}").mapping()["a"].text()
    assert read(f'a: "{word}"').mapping()["a"].text() == word


@pytest.mark.parametrize("word", ["1.0", "01", "1e3", "ten", "+1", "1_000", "[1]"])
def test_a_number_is_plain_decimal(word):
    with pytest.raises(BadRulebook, match="whole number"):
        read(f"a: {word}").mapping()["a"].integer()


@pytest.mark.parametrize("word", ["2024-2-1", "2023-02-29", "20240322", "tomorrow"])
def test_a_date_is_a_real_day(word):
    with pytest.raises(BadRulebook, match="not a date"):
        read(f"a: {word}").mapping()["a"].day()


def test_values_of_every_kind_are_read():
    part = read("a: 12\nb: 2024-03-22\nc: word\nd: {zh: 中, en: en}\ne: [x, y]\nf: true\n").mapping()
    assert part["a"].integer() == 12
    assert part["b"].day() == date(2024, 3, 22)
    assert part["c"].text() == "word"
    assert part["d"].bilingual()["zh"] == "中"
    assert part["e"].texts() == ("x", "y")
    assert part["f"].flag() is True


def test_keys_must_be_the_known_ones():
    node = read("a: 1\nbb: 2\n")
    with pytest.raises(BadRulebook, match=r"x\.yaml:2.*unknown key 'bb'; known: a, b"):
        node.record("a", optional=("b",))
    with pytest.raises(BadRulebook, match="'c' is missing"):
        node.record("a", "bb", "c")


@pytest.mark.parametrize(
    ("text", "call"), [("a", "items"), ("a", "mapping"), ("[a]", "text"), ("[a]", "mapping")]
)
def test_the_shape_is_checked(text, call):
    with pytest.raises(BadRulebook, match="wanted"):
        getattr(read(text), call)()


def test_a_choice_lists_what_is_allowed():
    with pytest.raises(BadRulebook, match="'z' is not one of: x, y"):
        read("a: z").mapping()["a"].choice("x", "y")


def test_dated_entries_come_in_order():
    node = read("2025-01-01: b\n2024-01-01: a\n")
    assert [value.text() for _, value in node.dated()] == ["a", "b"]
