"""Parquet, Arrow and ORC keep their types; lying files are damaged, never walked over."""

import contextlib
import datetime as dt
import io
import random
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import orc, parquet

from feiyu.scan import Limits, open_source, open_writer
from feiyu.scan import errors_sources as errors
from feiyu.scan.readers.parquet_footer import repeated_text
from feiyu.testing.tables import read, rows_of, table_of

TABLE = pa.table(
    {
        "id": pa.array(["11010519491231002X", None, "440524188001010014"]),
        "day": pa.array([dt.date(2026, 1, 1), None, dt.date(2026, 1, 3)]),
        "amount": pa.array([1.5, 2.0, None]),
        "owner": pa.array([{"name": "张三", "car": {"vin": "A"}}, None, {"name": "李四", "car": None}]),
        "tags": pa.array([["a", "b"], [], None]),
    }
)
FIELDS = ("id", "day", "amount", "owner.name", "owner.car.vin", "tags")
ROWS = [
    ("11010519491231002X", dt.date(2026, 1, 1), 1.5, "张三", "A", ["a", "b"]),
    (None, None, 2.0, None, None, []),
    ("440524188001010014", dt.date(2026, 1, 3), None, "李四", None, None),
]


def write(path: Path, form: str, table: pa.Table = TABLE) -> Path:
    if form == "parquet":
        parquet.write_table(table, path)
    elif form == "orc":
        orc.write_table(table, path)
    elif form == "arrow file":
        with pa.ipc.new_file(path, table.schema) as writer:
            writer.write_table(table)
    else:
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
    return path


FORMS = ["parquet", "orc", "arrow file", "arrow stream"]


@pytest.mark.parametrize("form", FORMS)
def test_structs_are_laid_flat_and_types_kept(tmp_path: Path, form: str) -> None:
    source, (table,) = read(write(tmp_path / "data", form))
    assert source.format == form.split(maxsplit=1)[0]
    assert table.fields == FIELDS
    assert rows_of(table) == ROWS
    assert table.schema.field("day").type == pa.date32()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("keep", [0.3, 0.6, 0.98])
def test_a_truncated_file_is_damaged(tmp_path: Path, form: str, keep: float) -> None:
    big = pa.table({"id": [str(i * 7919) for i in range(20_000)], "n": list(range(20_000))})
    data = write(tmp_path / "data", form, big).read_bytes()
    with pytest.raises(errors.Damaged, match=r"SCAN-0105: cut\.csv"):
        rows_of(table_of(tmp_path / "cut.csv", data[: int(len(data) * keep)]))


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_a_flipped_byte_never_crashes(tmp_path: Path, form: str) -> None:
    big = pa.table({"id": [str(i * 7919) for i in range(3_000)], "l": [["x", "yy"]] * 3_000})
    data = write(tmp_path / "data", form, big).read_bytes()
    for place in range(8, len(data), max(1, len(data) // 60)):
        broken = bytearray(data)
        broken[place] ^= 0xFF
        try:
            rows = rows_of(table_of(tmp_path / "flip", bytes(broken)))
        except (errors.Damaged, errors.Unread):
            continue
        assert len(rows) <= 3_000  # the flip hit a value; lengths and offsets were checked


@pytest.mark.slow
@pytest.mark.slow
def test_a_footer_that_lies_is_damaged_and_never_ends_the_process(tmp_path: Path) -> None:
    table = pa.table(
        {"id": [str(i) for i in range(300)], "city": ["上海", "北京"] * 150, "o": [{"x": "1"}] * 300}
    )
    data = write(tmp_path / "data", "parquet", table).read_bytes()
    start = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    chance = random.Random(4)
    for _ in range(150):
        broken = bytearray(data)
        for _ in range(chance.choice((1, 3))):
            broken[chance.randrange(start, len(data) - 8)] = chance.randrange(256)
        assert isinstance(repeated_text(io.BytesIO(broken), 3), list)
        with contextlib.suppress(errors.Damaged, errors.TooManyColumns, errors.NestedTooDeep):
            rows_of(table_of(tmp_path / "flip", bytes(broken)))


def test_the_footer_tells_text_of_few_values(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a",
        "parquet",
        pa.table({"city": ["上海"] * 900, "n": range(900), "id": map(str, range(900))}),
    )
    with path.open("rb") as file:
        assert repeated_text(file, 3) == ["city"]
    for footer in (
        b"",
        b"PAR1",
        b"\xff" * 30 + b"\xff\xff\x00\x00PAR1",
        bytes([0x1C] * 40) + b"\x28\0\0\0PAR1",
    ):
        assert repeated_text(io.BytesIO(b"PAR1    " + footer), 3) == []


def test_a_name_that_is_no_text_is_damage(tmp_path: Path) -> None:
    data = write(tmp_path / "a", "arrow file", pa.table({"nameXYZ": ["1"]})).read_bytes()
    with pytest.raises(errors.Damaged):
        read(tmp_path / "b", data.replace(b"nameXYZ", b"name\xff\xfe\xff"))


def test_a_length_beyond_the_file_takes_no_memory(tmp_path: Path) -> None:
    data = write(tmp_path / "a", "arrow stream", pa.table({"a": ["1"] * 1_000})).read_bytes()
    stated = max(n for n in range(4_000, 8_000, 8) if n.to_bytes(8, "little") in data).to_bytes(8, "little")
    with pytest.raises(errors.Damaged):
        rows_of(table_of(tmp_path / "b", data.replace(stated, (1 << 45).to_bytes(8, "little"))))


def test_batches_stay_small_whatever_the_row_group(tmp_path: Path) -> None:
    table = pa.table({"t": ["x" * 1_000] * 50_000})
    parquet.write_table(table, tmp_path / "a.parquet", row_group_size=50_000, use_dictionary=False)
    sizes = [batch.nbytes for batch in table_of(tmp_path / "a.parquet").batches()]
    assert len(sizes) > 8
    assert max(sizes) < 6 << 20
    write(tmp_path / "a.arrow", "arrow file", pa.table({"n": range(200_000)}))
    assert [b.num_rows for b in table_of(tmp_path / "a.arrow").batches()] == [65_536, 65_536, 65_536, 3_392]


@pytest.mark.slow
def test_text_of_few_values_comes_as_a_dictionary(tmp_path: Path) -> None:
    rows = [(["上海", "北京", None][i % 3], str(i)) for i in range(40_000)]
    city, number = zip(*rows, strict=True)
    owner = [{"city": one} for one in city]
    table = pa.table({"city": city, "number": number, "owner": owner, "tags": [["x"]] * len(rows)})
    parquet.write_table(table, tmp_path / "a.parquet", row_group_size=15_000)
    read_back = table_of(tmp_path / "a.parquet")
    assert [pa.types.is_dictionary(kind) for kind in read_back.schema.types] == [True, False, False, False]
    assert rows_of(read_back) == [(one, n, one, ["x"]) for one, n in rows]


@pytest.mark.parametrize("format_", ["csv", "jsonl", "parquet", "arrow"])
def test_dictionaries_are_written_as_their_values(tmp_path: Path, format_: str) -> None:
    table = pa.table({"city": ["上海", "北京"] * 5_000, "n": [str(i) for i in range(10_000)]})
    parquet.write_table(table, tmp_path / "a.parquet", row_group_size=3_000)
    source = table_of(tmp_path / "a.parquet")
    with (tmp_path / "b").open("wb") as sink:
        writer = open_writer(format_, source.schema, sink)
        for batch in source.batches():
            writer.write(batch)
        writer.close()
    assert [row[:2] for row in rows_of(table_of(tmp_path / "b"))] == rows_of(source)


def test_progress_ends_at_the_size_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", "parquet", pa.table({"n": [str(i) for i in range(300_000)]}))
    table = table_of(path)
    seen = [table.bytes_read for _ in table.batches()]
    assert seen == sorted(seen)
    assert table.bytes_read == path.stat().st_size


@pytest.mark.parametrize("form", FORMS)
def test_width_is_limited(tmp_path: Path, form: str) -> None:
    wide = pa.table({f"f{i}": ["1"] for i in range(30)})
    write(tmp_path / "a", form, wide)
    assert rows_of(table_of(tmp_path / "a", limits=Limits(columns=30))) == [("1",) * 30]
    with pytest.raises(errors.TooManyColumns):
        read(tmp_path / "a", limits=Limits(columns=29))


@pytest.mark.slow
def test_twenty_thousand_columns_of_parquet_work(tmp_path: Path) -> None:
    parquet.write_table(pa.table({f"f{i}": ["1"] for i in range(20_000)}), tmp_path / "a.parquet")
    assert rows_of(table_of(tmp_path / "a.parquet")) == [("1",) * 20_000]


def test_twin_names_are_told_apart(tmp_path: Path) -> None:
    twins = pa.Table.from_arrays([pa.array(["1"]), pa.array(["2"])], names=["a", "a"])
    assert table_of(write(tmp_path / "a", "arrow file", twins)).fields == ("a", "a_2")


def test_text_that_is_not_utf8_is_damaged(tmp_path: Path) -> None:
    column = pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xff\xfe"], pa.binary()).buffers())
    write(tmp_path / "a.arrow", "arrow file", pa.table({"a": column}))
    with pytest.raises(errors.Damaged, match="UTF"):
        rows_of(table_of(tmp_path / "a.arrow"))


def test_an_empty_table_has_fields_and_no_rows(tmp_path: Path) -> None:
    table = table_of(write(tmp_path / "a.parquet", "parquet", TABLE.slice(0, 0)))
    assert table.fields == FIELDS
    assert rows_of(table) == []
    assert open_source(tmp_path / "a.parquet").format == "parquet"


def test_deep_structs_are_refused(tmp_path: Path) -> None:
    deep = pa.array(["x"])
    for _ in range(5):
        deep = pa.StructArray.from_arrays([deep], ["a"])
    write(tmp_path / "a", "arrow file", pa.table({"a": deep}))
    assert table_of(tmp_path / "a").fields == ("a.a.a.a.a.a",)
    with pytest.raises(errors.NestedTooDeep):
        read(tmp_path / "a", limits=Limits(nesting=4))


@pytest.mark.slow
def test_a_stripe_of_gigabytes_is_read_a_few_rows_at_a_time(tmp_path: Path) -> None:
    """Three million repeated values fill 600 MB when they are laid out, and some kilobytes in the file."""
    path = tmp_path / "a.orc"
    batch = pa.table({"a": ["x" * 200] * 100_000})
    with orc.ORCWriter(
        path, stripe_size=1 << 40, compression="zstd", dictionary_key_size_threshold=1.0
    ) as out:
        for _ in range(30):
            out.write(batch)
    assert path.stat().st_size < 1 << 16
    program = (
        "import sys; from pathlib import Path\nfrom feiyu.scan import open_source\n"
        "print(sum(b.num_rows for t in open_source(Path(sys.argv[1])).tables() for b in t.batches()))\n"
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    rows, peak_kib = done.stdout.split()
    assert int(rows) == 3_000_000
    assert int(peak_kib) < 300 << 10
