"""Text in two languages."""

import pytest

from feiyu.base.text import Lang, Text, listed, number_of, size_of


@pytest.mark.parametrize(
    ("tag", "lang"),
    [
        ("zh_CN.UTF-8", Lang.ZH),
        ("zh-Hans-CN,zh;q=0.9,en;q=0.8", Lang.ZH),
        (" ZH ", Lang.ZH),
        ("en_GB.UTF-8", Lang.EN),
        ("de-DE,zh;q=0.5", Lang.EN),
        ("C.UTF-8", Lang.EN),
        ("", Lang.EN),
        (None, Lang.EN),
    ],
)
def test_the_language_follows_the_first_tag(tag, lang):
    assert Lang.parse(tag) is lang


@pytest.mark.parametrize(("zh", "en"), [("", "basis"), ("出境依据", ""), ("  ", "basis"), ("出境依据", "\n")])
def test_a_text_that_lacks_a_half_is_refused(zh, en):
    with pytest.raises(ValueError, match="both languages"):
        Text(zh, en)


def test_each_half_is_found_by_language_or_by_its_name():
    text = Text("出境依据", "basis")
    assert text[Lang.ZH] == text["zh"] == "出境依据"
    assert text[Lang.EN] == text["en"] == text["fr"] == "basis"


def test_the_same_values_fill_both_halves():
    text = Text("共 {count} 人", "{count} persons").format(count=99_999)
    assert text == Text("共 99999 人", "99999 persons")


@pytest.mark.parametrize(
    ("count", "shown"), [(1, "1 cell of a.xlsx is wrong"), ("1", "1 cell of a.xlsx is wrong"), (0, "0 cells of a.xlsx are wrong"),
                         (21, "21 cells of a.xlsx are wrong"), ("≥1", "≥1 cells of a.xlsx are wrong")],
)  # fmt: skip
def test_words_fit_their_number(count, shown):
    text = Text("{name} 有 {count} 处有误", "{count} {count?cell:cells} of {name} {count?is:are} wrong")
    assert text.format(count=count, name="a.xlsx") == Text(f"a.xlsx 有 {count} 处有误", shown)


def test_a_number_of_things_is_written_with_the_word_that_fits():
    said = [
        number_of(1, "row"),
        number_of(2_000, "row"),
        number_of(1, "entry", "entries"),
        number_of(0, "entry", "entries"),
    ]
    assert said == ["1 row", "2,000 rows", "1 entry", "0 entries"]


def test_the_wire_form_comes_back_unchanged():
    text = Text("待核", "hold")
    assert Text.of(text.as_dict()) == text
    assert text.as_dict() == {"zh": "待核", "en": "hold"}


def test_a_text_as_a_value_gives_each_half_its_own():
    inner = Text("第 {row} 行缺少 {field}", "row {row} lacks {field}").format(row=3, field="vin")
    outer = Text("输入有误：{reason}", "The input is wrong: {reason}").format(reason=inner)
    assert outer == Text("输入有误：第 3 行缺少 vin", "The input is wrong: row 3 lacks vin")


def test_several_texts_stand_in_one_line():
    assert listed([Text("甲", "a"), Text.same("b")]) == Text("甲；b", "a; b")
    assert str(Text("甲", "a")) == "a"


@pytest.mark.parametrize(("count", "told"), [
    (0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (306_449, "306.4 kB"), (4_683_542, "4.7 MB"), (2 * 1024**3, "2.1 GB"),
    (5 * 10**12, "5.0 TB"), (10**16, "10,000.0 TB"),
])  # fmt: skip
def test_a_size_is_told_in_decimal_units(count, told):
    assert size_of(count) == told
