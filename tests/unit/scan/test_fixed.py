"""Columns that stand under each other are found, in display positions, and nowhere else."""

from pathlib import Path

import pytest

from feiyu.scan import errors_sources as errors
from feiyu.scan.fixed import layout, split, width
from feiyu.testing.tables import read, rows_of, table_of

TEXT = """\
编号  姓名    手机         城市
1     张三    13800138000  上海
2     李四    13900139000  北京
33    欧阳娜  13700137000  西安
"""
ROWS = [
    ("1", "张三", "13800138000", "上海"),
    ("2", "李四", "13900139000", "北京"),
    ("33", "欧阳娜", "13700137000", "西安"),
]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_columns_are_found_by_display_width(tmp_path: Path, encoding: str) -> None:
    source, (table,) = read(tmp_path / "a.txt", TEXT.encode(encoding))
    assert source.format == "fixed"
    assert table.fields == ("编号", "姓名", "手机", "城市")
    assert rows_of(table) == ROWS


def test_cells_may_hold_single_spaces_and_be_empty() -> None:
    lines = ["ID    NAME      CITY", "1     Li Si     Xi an", "2               Rome", "", "3     Zhang"]
    assert layout(lines) == (0, 6, 16)
    assert [split(line, (0, 6, 16)) for line in lines] == [
        ["ID", "NAME", "CITY"], ["1", "Li Si", "Xi an"], ["2", "", "Rome"], [], ["3", "Zhang", ""],
    ]  # fmt: skip


def test_narrow_columns_of_single_words_are_found() -> None:
    assert layout(["a   b   c", "1   2   3", "10  20  30", "100 200 300"]) == (0, 4, 8)


@pytest.mark.parametrize(
    "text",
    [
        "the cat sat down\nthe dog ran off\nwe all went home\nand that was it\n",
        "今天天气很好  我们去公园\n他住在上海浦东新区  很远\n再见  明天\n",
        "2026-01-01 12:00:00 INFO login ok\n2026-01-01 12:00:01 WARN 13800138000 failed\n2026-01-01 12:00:02 INFO x\n",
    ],
)
def test_prose_and_logs_are_no_tables(tmp_path: Path, text: str) -> None:
    source, (table,) = read(tmp_path / "a.txt", text)
    assert source.format == "text"
    assert [row[0] for row in rows_of(table)] == text.splitlines()


def test_a_line_that_leaves_the_layout_is_divided_at_its_gaps_or_refused(tmp_path: Path) -> None:
    # beyond the sample, so that the layout is that of the first lines
    body = "".join(f"{i:<6}{'张三':<6}{13800138000 + i}\n" for i in range(5_000))
    head = "编号  姓名    手机\n"
    long = "9999  阿依古丽·买买提  13800138000\n"
    assert rows_of(table_of(tmp_path / "a.txt", head + body + long))[-1] == (
        "9999",
        "阿依古丽·买买提",
        "13800138000",
    )
    with pytest.raises(errors.RaggedRow) as caught:
        rows_of(table_of(tmp_path / "a.txt", head + body + "9  x  y  阿依古丽  买买提\n"))
    assert caught.value.values == {"name": "a.txt", "row": 5_002, "expected": 3, "found": 5}


def test_width_counts_positions_of_a_display() -> None:
    assert [width(text) for text in ("abc", "张三", "ａb")] == [3, 4, 3]


def test_words_of_a_long_header_without_anything_under_them_are_part_of_it() -> None:
    lines = [
        "No.   Date and place of birth   Nature and No. of document",
        "1     03/06/2000 NINGBO         EJ1256109",
        "2     19/06/1989 CEBU           ED5748468",
    ]
    assert layout(lines) == (0, 6, 32)
