"""JSON of any shape becomes paths and strings, and what is wrong is named by record."""

import json
from pathlib import Path

import pytest

from feiyu.scan import Limits
from feiyu.scan import errors_sources as errors
from feiyu.testing.tables import read, rows_of, table_of

LINES = [
    {"id": 110105194912310021, "name": "张三", "vip": True, "rate": 1.50, "gone": None},
    {"id": 2, "name": "李四", "vip": False, "rate": 2, "city": "上海"},
]


def lines(records: list[dict[str, object]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


@pytest.mark.parametrize(
    "form", ["lines", "list", "pretty list", "pretty values", "crlf", "no last line end"]
)
def test_every_way_to_write_records(tmp_path: Path, form: str) -> None:
    text = {
        "lines": lines(LINES),
        "list": json.dumps(LINES),
        "pretty list": json.dumps(LINES, indent=2),
        "pretty values": "\n".join(json.dumps(record, indent=2) for record in LINES),
        "crlf": lines(LINES).replace("\n", "\r\n"),
        "no last line end": lines(LINES).rstrip("\n"),
    }[form]
    table = table_of(tmp_path / "a.json", text)
    assert table.fields == ("id", "name", "vip", "rate", "gone", "city")
    assert rows_of(table) == [
        ("110105194912310021", "张三", "true", "1.5", None, None),
        ("2", "李四", "false", "2", None, "上海"),
    ]


def test_numbers_keep_their_spelling(tmp_path: Path) -> None:
    text = '{"a": 1.500, "b": 12345678901234567890123, "c": -0.0, "d": 1E+5}\n'
    assert rows_of(table_of(tmp_path / "a.jsonl", text)) == [
        ("1.500", "12345678901234567890123", "-0.0", "1E+5")
    ]


def test_nested_values_become_paths(tmp_path: Path) -> None:
    record = {
        "owner": {"id": "1", "tags": ["a", "b"]},
        "cars": [{"vin": "A", "p": [[1], [2]]}, {"vin": "B"}],
        "e": [],
    }
    table = table_of(tmp_path / "a.jsonl", lines([record, {"owner": {}}]))
    assert table.fields == ("owner.id", "owner.tags[]", "cars[].vin", "cars[].p[][]", "e[]", "owner")
    assert rows_of(table) == [("1", "a\nb", "A\nB", "1\n2", None, None), (None,) * 6]


def test_a_document_with_lists_of_objects_has_a_table_for_each(tmp_path: Path) -> None:
    document = {"code": 0, "data": [{"id": "1"}, {"id": "2"}], "dealers": [{"no": 7}]}
    _, tables = read(tmp_path / "a.json", json.dumps(document))
    assert [(table.name, table.fields, rows_of(table)) for table in tables] == [
        ("data", ("id",), [("1",), ("2",)]),
        ("dealers", ("no",), [("7",)]),
        ("a.json", ("code",), [("0",)]),
    ]


def test_a_late_key_cannot_hide(tmp_path: Path) -> None:
    records: list[dict[str, object]] = [{"id": str(i)} for i in range(6_000)]
    records[5_500]["emergency"] = {"mobile": "13800138000"}
    table = table_of(tmp_path / "a.jsonl", lines(records))
    assert table.fields == ("id", "_other")
    assert [row[1] for row in rows_of(table) if row[1]] == ['{"emergency.mobile":"13800138000"}']


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    records = [{"姓名": "张三", "地址": "上海市浦东新区世纪大道"}]
    data = lines(records).encode(encoding)
    assert rows_of(table_of(tmp_path / "a.jsonl", data)) == [("张三", "上海市浦东新区世纪大道")]


@pytest.mark.slow
def test_a_bad_record_is_named(tmp_path: Path) -> None:
    text = lines([{"id": i} for i in range(70_000)]) + '{"id": 1,, }\n' + lines([{"id": 2}])
    with pytest.raises(errors.BadJson) as caught:
        rows_of(table_of(tmp_path / "a.jsonl", text))
    assert caught.value.values["row"] == 70_001
    assert caught.value.values["column"] == 10


@pytest.mark.parametrize(
    "text", ['{"a": 1}\n{"a": ', '[{"a": 1}, {"a": 2}', '[{"a": 1}]x', '{"a": "open', '{"a": tru}']
)
def test_broken_ends_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(errors.BadJson):
        rows_of(table_of(tmp_path / "a.json", text))


@pytest.mark.slow
def test_bad_bytes_are_named(tmp_path: Path) -> None:
    good = lines([{"name": f"张三{i}"} for i in range(100_000)]).encode()
    with pytest.raises(errors.BadEncoding) as caught:
        rows_of(table_of(tmp_path / "a.jsonl", good + b'{"name": "\xe5\xbc"}\n'))
    assert caught.value.values["row"] == 100_001
    assert caught.value.values["offset"] == len(good) + 10


@pytest.mark.slow
def test_depth_width_and_length_are_limited(tmp_path: Path) -> None:
    with pytest.raises(errors.NestedTooDeep):
        table_of(tmp_path / "a.json", '{"a":' * 70 + "1" + "}" * 70)
    with pytest.raises(errors.NestedTooDeep):
        table_of(tmp_path / "b.json", '{"a":' + "[" * 100_000 + "]" * 100_000 + "}")
    with pytest.raises(errors.TooManyColumns):
        table_of(tmp_path / "c.json", json.dumps({f"k{i}": 1 for i in range(20_001)}))
    with pytest.raises(errors.LineTooLong):
        rows_of(
            table_of(
                tmp_path / "d.json",
                '{"a":1}\n{"a":"' + "x" * (6 << 20) + '"}',
                limits=Limits(line_bytes=4 << 20),
            )
        )
    wide = json.dumps({f"k{i}": i for i in range(20_000)})
    assert rows_of(table_of(tmp_path / "e.json", wide)) == [tuple(str(i) for i in range(20_000))]


def test_large_values_within_the_limit_are_read_in_reasonable_time(tmp_path: Path) -> None:
    records = [{"id": str(i), "track": "121.47,31.23;" * 150_000} for i in range(4)]
    assert rows_of(table_of(tmp_path / "a.json", json.dumps(records))) == [tuple(r.values()) for r in records]


@pytest.mark.slow
def test_a_list_on_one_line_may_be_longer_than_a_line(tmp_path: Path) -> None:
    records = [{"id": str(i), "note": "x" * 100} for i in range(50_000)]
    limits = Limits(line_bytes=1 << 20, document_bytes=1 << 22)
    assert rows_of(table_of(tmp_path / "a.json", json.dumps(records), limits=limits))[-1][0] == "49999"
    with pytest.raises(errors.LineTooLong):
        read(tmp_path / "b.json", json.dumps({"data": records}), limits=limits)
    assert (
        len(rows_of(table_of(tmp_path / "c.json", json.dumps({"data": records[:9_000]}), limits=limits)))
        == 9_000
    )


def test_values_that_are_no_objects_are_one_field(tmp_path: Path) -> None:
    assert rows_of(table_of(tmp_path / "a.json", "[[1, 2], [3]]")) == [("1\n2",), ("3",)]


@pytest.mark.parametrize(
    "text", ['{"a": 1}\n{"a": 1, "b": {"x": 1, "x": 2}}\n', '[{"a": 1}, {"x": 1, "a": 2, "x": 3}]']
)
def test_a_key_that_hides_another_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(errors.BadJson, match="the key x stands twice") as caught:
        read(tmp_path / "a.json", text)
    assert caught.value.values["row"] == 2


@pytest.mark.parametrize(
    "text",
    [
        r'{"a": "x"}\n{"a": "\ud83d"}\n',
        r'[{"a": "x"}, {"a": {"\udc00": 1}}]',
        r'[{"a": "x"}, {"a": ["x", "y\ud800"]}]',
    ],
)
def test_half_a_character_is_refused_with_its_record(tmp_path: Path, text: str) -> None:
    with pytest.raises(errors.BadJson, match=r"record 2 .*: not valid JSON: half a character in a") as caught:
        rows_of(table_of(tmp_path / "a.json", text.replace("\\n", "\n")))
    caught.value.text("zh").encode()
    with pytest.raises(errors.BadJson, match="stands twice") as caught:
        read(tmp_path / "b.json", r'{"\ud800": 1, "\ud800": 2}')
    caught.value.text("zh").encode()


def test_half_a_character_behind_the_sample_is_found_too(tmp_path: Path) -> None:
    text = lines([{"a": "x"}] * 9_000) + r'{"a": "y", "b": "\ud83d"}' + "\n" + lines([{"a": "x"}])
    with pytest.raises(errors.BadJson, match=r"record 9001 .*half a character in b"):
        rows_of(table_of(tmp_path / "a.jsonl", text))


@pytest.mark.parametrize("text", ["[]", "{}", "[{}, {}]", "{}\n{}\n"])
def test_what_holds_no_value_has_no_table(tmp_path: Path, text: str) -> None:
    with pytest.raises(errors.NoTable):
        read(tmp_path / "a.json", text)


@pytest.mark.slow
def test_values_may_lie_across_blocks(tmp_path: Path) -> None:
    numbers = [str(123456789012345 + i) for i in range(90_000)]
    text = "[" + ",".join(f"[{number}]" for number in numbers) + "]"
    assert [row[0] for row in rows_of(table_of(tmp_path / "a.json", text))] == numbers
    assert rows_of(table_of(tmp_path / "b.json", '{"a":1},{"a":2}\n{"a":3}\n')) == [("1",), ("2",), ("3",)]


def test_a_mistake_in_the_middle_is_found_before_the_end(tmp_path: Path) -> None:
    text = '[{"a": 1}, {"a": nope}, ' + ",".join(['{"a": 2}'] * 200_000) + "]"
    with pytest.raises(errors.BadJson) as caught:
        read(tmp_path / "a.json", text)
    assert caught.value.values["row"] == 2


def test_bytes_of_no_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.BadEncoding):
        read(tmp_path / "a.json", b'{"a": "' + bytes(range(0x80, 0x100)) * 4 + b'"}')
