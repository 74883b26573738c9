"""Delimited text: every dialect is read as it is, and what stops the reader is named."""

import csv
import io
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feiyu.base.errors import FeiyuError
from feiyu.base.text import Lang
from feiyu.scan import Limits, native
from feiyu.scan import errors_sources as errors
from feiyu.scan.dialect import Dialect
from feiyu.scan.readers import delimited
from feiyu.testing.persons import persons
from feiyu.testing.tables import read, rows_of, table_of

PEOPLE = [("张三", "11010519491231002X", "13800138000"), ("李四", "440524188001010014", "13900139000")]
HEADER = ("姓名", "身份证号", "手机号")


def people_text(delimiter: str = ",", end: str = "\n") -> str:
    return "".join(delimiter.join(row) + end for row in [HEADER, *PEOPLE])


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "\x01", "^", "~"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end(tmp_path: Path, delimiter: str, end: str) -> None:
    table = table_of(tmp_path / "a.csv", people_text(delimiter, end))
    assert table.fields == HEADER
    assert rows_of(table) == PEOPLE
    assert table.first_row == 2


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_every_encoding(tmp_path: Path, encoding: str) -> None:
    table = table_of(tmp_path / "a.csv", people_text().encode(encoding))
    assert table.fields == HEADER
    assert rows_of(table) == PEOPLE


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("big5", "姓名,地址\n陳大文,臺北市中山區民權東路一段二號\n林美玲,高雄市前金區中正四路\n"),
        ("shift_jis", "氏名,住所\nやまだ たろう,とうきょうと ちよだく\nすずき はなこ,おおさかし きたく\n"),
        ("cp1252", "name,straße\nJörg Müller,Königsallee 7\nBjörn Weiß,Schönhauser Allee 3\n"),
        ("gb18030", "name,addr\n王建国,浙江省杭州市西湖区文三路\n李㐂,北京市\n"),
    ],
)
def test_older_encodings_are_told_apart(tmp_path: Path, encoding: str, text: str) -> None:
    table = table_of(tmp_path / "a.csv", text.encode(encoding))
    rows = [tuple(line.split(",")) for line in text.splitlines()]
    assert [table.fields, *rows_of(table)] == rows


def test_a_mere_list_of_names_is_enough_to_tell_gb18030(tmp_path: Path) -> None:
    rows = [(person.name, person.mobile) for person in persons(12, random.Random(3))]
    text = "".join(",".join(row) + "\n" for row in rows)
    assert rows_of(table_of(tmp_path / "a.csv", text.encode("gbk"))) == rows
    rare = [("仝芮", "1"), ("郗羿", "2"), ("邬岑", "3"), ("靳汲", "4"), ("邴糜", "5")]
    text = "".join(",".join(row) + "\n" for row in rare)
    assert rows_of(table_of(tmp_path / "b.csv", text.encode("gb18030"))) == rare


@pytest.mark.parametrize("head", ["姓名,号\n", "name,no\n" + "x,1\n" * 20_000])
def test_what_is_appended_in_another_encoding_is_named_and_turns_nothing_over(
    tmp_path: Path, head: str
) -> None:
    rows = "".join(f"张三,{i}\n" for i in range(20_000))
    data = (head + rows).encode() + "张三,9\n".encode("gb18030") * 10
    with pytest.raises(errors.BadEncoding) as caught:
        rows_of(table_of(tmp_path / "a.csv", data))
    assert caught.value.values["encoding"] == "UTF-8"
    assert caught.value.values["row"] == head.count("\n") + 20_001


def test_quotes_breaks_and_escapes(tmp_path: Path) -> None:
    table = table_of(tmp_path / "a.csv", 'id,note,city\n1,"a, ""b""\nc",上海\n2,x"y,北京\n3,"",\n')
    assert rows_of(table) == [("1", 'a, "b"\nc', "上海"), ("2", 'x"y', "北京"), ("3", "", "")]
    table = table_of(tmp_path / "b.csv", "id;note;city\n1;'a; b';上海\n2;'c';北京\n")
    assert rows_of(table) == [("1", "a; b", "上海"), ("2", "c", "北京")]
    table = table_of(tmp_path / "c.csv", 'id,note\n1,"a \\"b\\", c"\n2,"d"\n3,"e"\n')
    assert rows_of(table) == [("1", 'a "b", c'), ("2", "d"), ("3", "e")]
    table = table_of(tmp_path / "d.csv", 'id,note\n1,"a \\"b\\""\n2,""\n3,"e"\n')
    assert rows_of(table) == [("1", 'a "b"'), ("2", ""), ("3", "e")]
    table = table_of(tmp_path / "e.csv", 'id,folder,note\n1,"C:\\work\\","x"\n2,"D:\\","y, z"\n3,"","w"\n')
    assert rows_of(table) == [("1", "C:\\work\\", "x"), ("2", "D:\\", "y, z"), ("3", "", "w")]


def test_values_are_never_guessed(tmp_path: Path) -> None:
    cells = ("007", "1e5", "NULL", "true", "2024-01-02", " 12 ", "123456789012345678901234", "NaN", "-")
    names = [f"列{chr(65 + i)}" for i in range(len(cells))]
    table = table_of(tmp_path / "a.csv", ",".join(names) + "\n" + ",".join(cells) + "\n")
    assert rows_of(table) == [cells]


@pytest.mark.parametrize(
    ("text", "fields", "first_row"),
    [
        ("2026年客户名册\n\n姓名,手机\n张三,13800138000\n李四,13900139000\n", ("姓名", "手机"), 3),
        (
            "名册,,\n导出时间：2026-01-01,,\n姓名,手机,城市\n张三,13800138000,上海\n",
            ("姓名", "手机", "城市"),
            4,
        ),
        (
            "员工名册\n制表日期,2024-01-01\n\n姓名,手机,城市\n张三,13800138000,上海\n李四,13900139000,北京\n",
            ("姓名", "手机", "城市"),
            4,
        ),
        (
            "制表人,王五,,\n单位：,某公司,日期：,\n序号,姓名,手机,城市\n1,张三,13800138000,上海\n2,李四,13900139000,北京\n",
            ("序号", "姓名", "手机", "城市"),
            4,
        ),
        (",city,name\n1,Paris,Bob\n2,Rome,Al\n3,Bern,Cy\n", ("column_1", "city", "name"), 2),
        ("id,name,\n1,Bob,note\n2,Al,type\n", ("id", "name", "column_3"), 2),
        ("张三,13800138000\n李四,13900139000\n", ("column_1", "column_2"), 1),
        ("region,2019,2020,2021\n华东,1.5,2.5,3.5\n华南,4,5,6\n", ("region", "2019", "2020", "2021"), 2),
        ("name,,name\n张三,1,a\n李四,2,b\n", ("name", "column_2", "name_2"), 2),
        ("姓名\n张三\n李四\n", ("姓名",), 2),
        ("13800138000\n13900139000\n", ("column_1",), 1),
        ("name,city\nAlice,Paris\nBob,Rome\n", ("name", "city"), 2),
        (
            "phone1,Q1,2024年销售额,address_line_2\n1,2,3,x\n",
            ("phone1", "Q1", "2024年销售额", "address_line_2"),
            2,
        ),
        ("a,b\n", ("a", "b"), 2),
        ("姓名,手机", ("姓名", "手机"), 2),
        ("张三,13800138000", ("column_1", "column_2"), 1),
        ("A01,2024-01-01,x\nA02,2024-01-02,y\n", ("column_1", "column_2", "column_3"), 1),
    ],
)
def test_titles_and_headers(tmp_path: Path, text: str, fields: tuple[str, ...], first_row: int) -> None:
    table = table_of(tmp_path / "a.csv", text)
    assert table.fields == fields
    assert table.first_row == first_row


def test_plain_text_is_one_column_of_lines(tmp_path: Path) -> None:
    lines = [f"第{i}日 用户1380013800{i}登录自app" + ", 重试" * (i % 3) for i in range(1, 8)]
    source, (table,) = read(tmp_path / "notes.txt", "\n".join(lines))
    assert source.format == "text"
    assert [row[0] for row in rows_of(table)] == lines


def test_short_rows_are_filled_and_named(tmp_path: Path) -> None:
    table = table_of(tmp_path / "a.csv", "a,b,c\n1,2,3\n4,5\n6,7,8\n合计\n")
    assert rows_of(table) == [("1", "2", "3"), ("4", "5", ""), ("6", "7", "8"), ("合计", "", "")]
    assert [("3" in text.zh and "Row 3" in text.en) for text in table.warnings] == [True, False]
    with pytest.raises(errors.RaggedRow) as caught:
        rows_of(table_of(tmp_path / "a.csv", limits=Limits(pad_short_rows=False)))
    assert caught.value.values == {"name": "a.csv", "row": 3, "expected": 3, "found": 2}


@pytest.mark.slow
def test_a_row_that_is_too_long_is_refused_by_number(tmp_path: Path) -> None:
    good = "".join(f"{i},x,y\n" for i in range(200_000))
    table = table_of(tmp_path / "a.csv", f"a,b,c\n{good}1,2,3,4\n")
    with pytest.raises(errors.RaggedRow) as caught:
        rows_of(table)
    assert caught.value.values == {"name": "a.csv", "row": 200_002, "expected": 3, "found": 4}
    assert "第 200002 行" in caught.value.text(Lang.ZH)
    assert "row 200002" in caught.value.text(Lang.EN)


def test_empty_cells_behind_the_header_are_dropped(tmp_path: Path) -> None:
    assert rows_of(table_of(tmp_path / "a.csv", "a,b\n1,2\n3,4,\n5,6,,\n")) == [
        ("1", "2"),
        ("3", "4"),
        ("5", "6"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("before", [10, 300_000])
def test_invalid_utf8_is_named_by_row_and_byte(tmp_path: Path, before: int) -> None:
    head = "姓名,手机\n" + "".join(f"张三{i},1380013{i:07d}\n" for i in range(before))
    data = head.encode() + "李".encode()[:2] + b",139\n" + "王五,1\n".encode()
    with pytest.raises(errors.BadEncoding) as caught:
        rows_of(table_of(tmp_path / "a.csv", data))
    assert caught.value.values["row"] == before + 2
    assert caught.value.values["offset"] == len(head.encode())


@pytest.mark.slow
def test_invalid_gb18030_far_down_is_named(tmp_path: Path) -> None:
    head = ("姓名,地址\n" + "".join(f"张三{i},上海市浦东新区\n" for i in range(60_000))).encode("gb18030")
    with pytest.raises(errors.BadEncoding) as caught:
        rows_of(table_of(tmp_path / "a.csv", head + b"\x81\x30\x20\x20,x\n"))
    assert caught.value.values["row"] == 60_002
    assert caught.value.values["offset"] == len(head)
    assert caught.value.values["encoding"] == "GB18030"


@pytest.mark.slow
def test_text_that_turns_chinese_late_keeps_its_encoding(tmp_path: Path) -> None:
    rows = [(f"{i}", "plain remark") for i in range(30_000)]
    rows += [(f"{i}", f"客户地址：上海市浦东新区世纪大道{i}号") for i in range(30_000, 90_000)]
    text = "id,remark\n" + "".join(",".join(row) + "\n" for row in rows)
    for encoding in ("utf-8", "gb18030"):
        assert rows_of(table_of(tmp_path / "a.csv", text.encode(encoding))) == rows


def test_an_encoding_that_cannot_be_told_is_refused(tmp_path: Path) -> None:
    noise = bytes(range(0x80, 0x100)) * 3
    with pytest.raises(errors.BadEncoding):
        table_of(tmp_path / "a.csv", b"id,x\n1," + noise + b"\n2,abc\n")


def test_a_quote_that_is_never_closed_is_named(tmp_path: Path) -> None:
    with pytest.raises(errors.OpenQuote) as caught:
        rows_of(table_of(tmp_path / "a.csv", 'a,b\n1,2\n3,"4\n5,6\n'))
    assert caught.value.values["row"] == 3


@pytest.mark.slow
def test_twenty_thousand_columns_work_and_one_more_is_refused(tmp_path: Path) -> None:
    def wide(count: int) -> str:
        return ",".join(f"f{i}" for i in range(count)) + "\n" + ",".join("1" for _ in range(count)) + "\n"

    table = table_of(tmp_path / "a.csv", wide(20_000))
    assert len(table.fields) == 20_000
    assert rows_of(table) == [("1",) * 20_000]
    with pytest.raises(errors.TooManyColumns) as caught:
        table_of(tmp_path / "a.csv", wide(20_001))
    assert caught.value.values == {"name": "a.csv", "columns": 20_001, "limit": 20_000}


def test_long_cells_within_the_limit_are_read(tmp_path: Path) -> None:
    long = "坐标 " * 600_000
    rows = [("1", long), ("2", "x"), ("3", long)]
    text = "id,track\n" + "".join(",".join(row) + "\n" for row in rows)
    assert rows_of(table_of(tmp_path / "a.csv", text)) == rows


@pytest.mark.slow
@pytest.mark.parametrize("start", [b"a,b\n1,2\n3,", b'a,b\n1,2\n3,"', b""])
def test_a_line_beyond_the_limit_is_refused(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(start)
        for _ in range(12):
            file.write(b"x" * (1 << 20))
    with pytest.raises(errors.LineTooLong) as caught:
        rows_of(table_of(path, limits=Limits(line_bytes=4 << 20)))
    assert caught.value.values["row"] == (3 if start else 1)
    assert caught.value.http_status == 413


def test_words_divided_by_single_spaces_are_a_table_when_they_hold_values(tmp_path: Path) -> None:
    table = table_of(tmp_path / "a.txt", "id name phone\n1 张三 13800138000\n2 李四 13900139000\n")
    assert table.fields == ("id", "name", "phone")
    assert rows_of(table)[1] == ("2", "李四", "13900139000")


def test_blank_rows_and_an_old_end_mark_are_no_rows(tmp_path: Path) -> None:
    assert rows_of(table_of(tmp_path / "a.csv", "a,b\n1,2\n   \n\n3,4\n\x1a")) == [("1", "2"), ("3", "4")]


@pytest.mark.slow
def test_long_cells_in_the_first_rows_are_read_by_a_fresh_process(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,shape,city\n" + f'1,"{"121.4 31.2," * 40_000}",上海\n' * 3)
    program = (
        "import sys; from pathlib import Path; from feiyu.testing.tables import rows_of, table_of\n"
        "rows = rows_of(table_of(Path(sys.argv[1])))\nprint(len(rows), {len(row) for row in rows})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a.csv")], capture_output=True, text=True, check=True
    )
    assert done.stdout == "3 {3}\n"


def test_many_short_rows_are_counted(tmp_path: Path) -> None:
    table = table_of(tmp_path / "a.csv", "a,b,c\n" + "1,2,3\n" * 90 + "4,5\n" * 30)
    assert len(rows_of(table)) == 120
    assert len(table.warnings) == 21
    assert "30 rows in all" in table.warnings[-1].en
    assert "共有 30 行" in table.warnings[-1].zh


@pytest.mark.slow
def test_a_huge_line_costs_neither_memory_nor_time(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(b"a,b\n1,2\n3,")
        file.seek(1 << 30)
        file.write(b"x\n")
    assert _outcome(path) == "SCAN-0104"  # zeros are no text
    with path.open("wb") as file:
        file.write(b"a,b\n1,2\n3,")
        for _ in range(130):
            file.write(b"x" * (1 << 20))
    assert _outcome(path) == "SCAN-0107"


def _outcome(path: Path) -> str:
    """The refusal of a source, read by a process of its own that may not grow beyond 400 MiB."""
    program = (
        "import sys; from pathlib import Path; from feiyu.base.errors import FeiyuError\n"
        "from feiyu.scan import open_source\n"
        "try:\n    [b for t in open_source(Path(sys.argv[1])).tables() for b in t.batches()]\n"
        "except FeiyuError as error:\n    print(error.code)\n"
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    code, peak_kib = done.stdout.split()
    assert int(peak_kib) < 400 << 10
    return code


def test_progress_rises_to_the_size_of_the_file(tmp_path: Path) -> None:
    table = table_of(tmp_path / "a.csv", "a,b\n" + "".join(f"{i},{i}\n" for i in range(400_000)))
    seen = [table.bytes_read for _ in table.batches()]
    assert len(seen) > 3
    assert seen == sorted(seen)
    assert seen[0] < seen[-1] == (tmp_path / "a.csv").stat().st_size
    assert all(batch.num_rows <= 1 << 16 for batch in table.batches())


cells = st.text(st.sampled_from("ab1,;\"'\n\r\t \\ é号"), max_size=5)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.tuples(*[cells] * width), min_size=1, max_size=12)
)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(
    rows=tables,
    # with a bare line feed as line end, csv leaves a carriage return outside quotation marks
    style=st.sampled_from([("\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_MINIMAL)]),
)
def test_what_the_standard_library_writes_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], style: tuple[str, Any]
) -> None:
    names = ["alpha id", "beta id", "gamma id", "delta id"][: len(rows[0])]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=style[0], quoting=style[1]).writerows([names, *rows])
    path = tmp_path_factory.mktemp("t") / "a.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    known = Dialect(delimiter=",", quote='"', skip=1, names=tuple(names))
    fast = _run(path, known, blocks=1 << 20)
    slow = _run(path, known, blocks=7)
    seen = [_run(path, known, blocks=blocks, views=True) for blocks in (1 << 20, 7, 64)]
    assert fast == slow == seen[0] == seen[1] == seen[2] == rows


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(
    text=st.lists(
        st.sampled_from(["a", "1", ",", ",", "\n", "\n", "\r\n", '"', '""', "\r", "号", "\x00", " "]),
        max_size=60,
    ).map("".join),
    blocks=st.sampled_from([1 << 20, 5, 16, 64]),
    quote=st.sampled_from(['"', "'", None]),
)
def test_views_show_what_the_reader_reads_or_fail_as_it_does(
    tmp_path_factory: pytest.TempPathFactory, text: str, blocks: int, quote: str | None
) -> None:
    path = tmp_path_factory.mktemp("t") / "a.csv"
    path.write_text(text * 3, encoding="utf-8", newline="")
    known = Dialect(delimiter=",", quote=quote, skip=0, names=("x", "y"))
    outcome = []
    for views in (False, True):
        try:
            outcome.append(_run(path, known, blocks=blocks, views=views))
        except FeiyuError as refusal:
            outcome.append((refusal.code, sorted(refusal.values.items())))
    assert outcome[0] == outcome[1]


@pytest.mark.slow
def test_the_lane_knows_bytes_that_are_no_utf_8() -> None:
    lane, rng = native.lane(), random.Random(8)
    assert lane is not None
    pieces = [
        b"a" * 31,
        b"\xe5\x8f\xb7",
        b"\xf0\x9f\x98\x80",
        b"\xc3\xa9",
        b"\xed\xa0\x80",
        b"\xc0\x80",
        b"\xf4\x90\x80\x80",
        b"\x80",
        b"\xe0\x9f\x80",
    ]
    for _ in range(3000):
        data = b"".join(rng.choices(pieces, [4, 9, 4, 4, *[0.2] * 5], k=rng.randrange(1, 40)))[
            : rng.randrange(1, 200)
        ]
        try:
            data.decode()
        except UnicodeDecodeError:
            good = 0
        else:
            good = 1
        assert [bool(lane.scan_utf8(data, len(data), plainly)) for plainly in (0, 1)] == [bool(good)] * 2, (
            data
        )


def _run(path: Path, dialect: Dialect, *, blocks: int, views: bool = False) -> list[tuple[str, ...]]:
    schema = pa.schema([(name, pa.string()) for name in dialect.names])
    run = delimited._Run("a.csv", dialect, schema, Limits(), [], views=views)
    run.block_bytes = blocks
    start = delimited._skip_bytes(path.read_bytes().decode(), dialect)
    with path.open("rb") as stream:
        return [
            row
            for batch in run.batches(stream, "utf-8", 0, start)
            for row in zip(*[c.to_pylist() for c in batch.columns], strict=True)
        ]
