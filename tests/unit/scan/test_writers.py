"""What is written is what was read, byte for byte the same each time."""

import datetime as dt
import decimal
import io
import itertools
import json
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feiyu.scan import errors_sources as errors
from feiyu.scan import native, open_writer, written_as
from feiyu.testing.sample import aftersales
from feiyu.testing.tables import read, rows_of, table_of

cells = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=6
) | st.sampled_from(
    ["", '"', ",", "\n", "\r\n", "007", "null", " x ", "张三", '"a,"', "=1+1", "\\", "\ufeff"]
)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.tuples(*[cells] * width), min_size=1, max_size=9)
)


def written(format_: str, schema: pa.Schema, batches: list[pa.RecordBatch]) -> bytes:
    sink = io.BytesIO()
    writer = open_writer(format_, schema, sink)
    for batch in batches:
        writer.write(batch)
    writer.close()
    assert not sink.closed
    return sink.getvalue()


@pytest.mark.slow
@settings(max_examples=120, deadline=None)
@given(rows=tables, format_=st.sampled_from(["csv", "jsonl", "parquet", "arrow"]), cut=st.integers(1, 5))
def test_strings_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], format_: str, cut: int
) -> None:
    names = ["alpha name", "beta name", "gamma name", "delta name"][: len(rows[0])]
    rows = [
        *rows,
        *[tuple(f"{i}{j}" for j in range(len(names))) for i in range(8)],
    ]  # so that the dialect shows
    schema = pa.schema([(name, pa.string()) for name in names])
    batch = pa.RecordBatch.from_arrays(
        [pa.array(c, pa.string()) for c in zip(*rows, strict=True)], schema=schema
    )
    batches = [batch.slice(start, cut) for start in range(0, len(rows), cut)]
    data = written(format_, schema, batches)
    assert data == written(format_, schema, batches)
    if format_ in ("csv", "jsonl"):
        assert data == written(format_, schema, [batch])
    path = tmp_path_factory.mktemp("w") / "a"
    if format_ == "csv":
        assert list(_csv_rows(data)) == [tuple(names), *rows]
    else:
        table = table_of(path, data)
        assert table.fields == tuple(names)
        assert rows_of(table) == rows


def _csv_rows(data: bytes) -> list[tuple[str, ...]]:
    import csv

    return [tuple(row) for row in csv.reader(io.StringIO(data.decode(), newline=""))]


@pytest.mark.parametrize("format_", ["csv", "jsonl", "parquet", "arrow"])
def test_a_sample_survives_every_format(tmp_path: Path, format_: str) -> None:
    path = aftersales(tmp_path / "a.csv", rows=2_000, owners=300, tracked=40)
    table = table_of(path)
    data = written(format_, table.schema, list(table.batches()))
    if format_ == "csv":
        assert data == path.read_bytes()
    again = table_of(tmp_path / "b", data)
    assert again.fields == table.fields
    assert rows_of(again) == rows_of(table)


def test_numbers_of_json_stay_numbers(tmp_path: Path) -> None:
    text = (
        '{"id":110105194912310021,"rate":1.50,"ok":true,"no":"007","t":"true"}\n{"id":2,"no":"8","t":"x"}\n'
    )
    table = table_of(tmp_path / "a.jsonl", text)
    assert written("jsonl", table.schema, list(table.batches())).decode() == text


def test_types_have_one_spelling(tmp_path: Path) -> None:
    table = pa.table(
        {
            "day": pa.array([dt.date(2026, 1, 2), None]),
            "at": pa.array([1_767_323_045, None], pa.timestamp("s")),
            "sum": pa.array([decimal.Decimal("1.50"), None]),
            "n": pa.array([1, None]),
            "ok": pa.array([True, None]),
            "tags": pa.array([["张", "b"], None]),
            "raw": pa.array([b"\x01\xff", None]),
            "kind": pa.array(["x", None]).dictionary_encode(),
        }
    )
    lines = written("csv", table.schema, table.to_batches()).decode().splitlines()
    assert lines[1] == '2026-01-02,2026-01-02 03:04:05,1.50,1,true,"[""张"",""b""]","""01ff""",x'
    assert lines[2] == ",,,,,,,"
    one, two = map(json.loads, written("jsonl", table.schema, table.to_batches()).decode().splitlines())
    assert one == {
        "day": "2026-01-02", "at": "2026-01-02 03:04:05", "sum": "1.50", "n": 1, "ok": True, "tags": ["张", "b"],
        "raw": "01ff", "kind": "x",
    }  # fmt: skip
    assert two == {}


def test_row_groups_do_not_depend_on_the_batches(tmp_path: Path) -> None:
    batch = pa.RecordBatch.from_pydict({"n": [str(i) for i in range(150_000)]})
    small = [batch.slice(start, 7_001) for start in range(0, 150_000, 7_001)]
    data = written("parquet", batch.schema, [batch])
    assert data == written("parquet", batch.schema, small)
    source, (table,) = read(tmp_path / "a", data)
    assert len(rows_of(table)) == 150_000
    assert source.format == "parquet"


def test_a_table_without_rows_keeps_its_fields(tmp_path: Path) -> None:
    schema = pa.schema([("姓名", pa.string()), ("手机", pa.string())])
    empty = pa.RecordBatch.from_arrays([pa.array([], pa.string())] * 2, schema=schema)
    for format_, batches in itertools.product(("csv", "parquet", "arrow"), ([], [empty])):
        table = table_of(tmp_path / "a", written(format_, schema, batches))
        assert table.fields == ("姓名", "手机")
        assert rows_of(table) == []


def test_formats_are_named() -> None:
    assert [written_as(name) for name in ("xlsx", "text", "json", "orc", "arrow")] == [
        "csv", "csv", "jsonl", "parquet", "arrow",
    ]  # fmt: skip
    with pytest.raises(errors.UnknownFormat, match="allowed: arrow, avro, csv"):
        open_writer("docx", pa.schema([]), io.BytesIO())


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("a,b\n1,x\n2,号\n", True),
        ("a,b\n1,x\n2,号", False),
        ("a,b\r\n1,x\r\n2,y\r\n", False),
        ('a,b\n1,"x"\n2,y\n', False),
        ("a,b\n1,x\n\n2,y\n", False),
        ("a;b\n1;x,\n2;y\n", False),
        ("a\n1\n2\n", False),
    ],
)
def test_plain_text_is_passed_on_as_it_stands_and_nothing_else(tmp_path, text, passes):
    table = table_of(tmp_path / "a.csv", text)
    batches = list(table.views())
    passed, written = io.BytesIO(), io.BytesIO()
    one, other = open_writer("csv", table.schema, passed), open_writer("csv", table.schema, written)
    assert all(one.pass_on(batch) for batch in batches) is passes
    for batch in batches:
        other.write(batch)
        if len(table.fields) > 1:
            assert not one.pass_on(batch.select(table.fields[:1]))
    assert not passes or passed.getvalue() == written.getvalue() == text.encode()


@pytest.mark.parametrize("lane", native.lanes())
def test_the_lanes_tell_unquoted_text_as_python_does(lane):
    seeded = Random(20261129)
    for _ in range(2000):
        size = seeded.randrange(1, 150)
        rare = seeded.choice(["", "", '"', "\r"])
        text = "".join(
            seeded.choice("ab号,\n" + (rare if seeded.random() < 0.02 else "")) for _ in range(size)
        ).encode()
        lines, commas = text.count(b"\n"), text.count(b",")
        off = seeded.choice([0, 0, 1])
        held = pa.py_buffer(text)
        plain = off == 0 and not set(text) & set(b'"\r')
        assert bool(lane.scan_unquoted(held.address, held.size, lines, commas + off)) is plain
