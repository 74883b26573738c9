"""Parquet, Arrow and ORC keep their types; lying files are damaged, never walked over."""

import contextlib
import datetime as dt
import io
import random
import struct
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import orc, parquet

from feiyu.scan import Limits, native, open_source, open_writer
from feiyu.scan import errors_sources as errors
from feiyu.scan.kernel import as_text
from feiyu.scan.readers import parquet_pages
from feiyu.scan.readers.avro_values import BadValue
from feiyu.scan.readers.parquet_footer import chunks_of, repeated_text
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
    flips = 5 if form == "orc" else 60  # each reading of ORC is a process
    for place in range(8, len(data), max(1, len(data) // flips)):
        broken = bytearray(data)
        broken[place] ^= 0xFF
        try:
            rows = rows_of(table_of(tmp_path / "flip", bytes(broken)))
        except (errors.Damaged, errors.Unread):
            continue
        assert len(rows) <= 3_000  # the flip hit a value; lengths and offsets were checked


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
        with contextlib.suppress(BadValue, UnicodeDecodeError):
            assert isinstance(repeated_text(chunks_of(io.BytesIO(broken)), 3), list)
        with contextlib.suppress(errors.Damaged, errors.TooManyColumns, errors.NestedTooDeep):
            rows_of(table_of(tmp_path / "flip", bytes(broken)))


def test_the_footer_tells_text_of_few_values(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a",
        "parquet",
        pa.table({"city": ["上海"] * 900, "n": range(900), "id": map(str, range(900))}),
    )
    with path.open("rb") as file:
        assert repeated_text(chunks_of(file), 3) == ["city"]
    for footer in (
        b"",
        b"PAR1",
        b"\xff" * 30 + b"\xff\xff\x00\x00PAR1",
        bytes([0x1C] * 40) + b"\x28\0\0\0PAR1",
    ):
        with pytest.raises(BadValue):
            chunks_of(io.BytesIO(b"PAR1    " + footer))


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


def zeros(count: int) -> bytes:
    return bytes(count)


@pytest.mark.parametrize("form", ["arrow file", "arrow stream"])
def test_a_packed_batch_of_arrow_is_not_unpacked_beyond_the_limit(tmp_path: Path, form: str) -> None:
    schema = pa.schema([("a", pa.binary())])
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    make = pa.ipc.new_file if form == "arrow file" else pa.ipc.new_stream
    with pa.OSFile(str(tmp_path / "a"), "wb") as sink, make(sink, schema, options=options) as writer:
        writer.write_batch(pa.record_batch([[b"small"]], schema=schema))
        writer.write_batch(pa.record_batch([[zeros(8 << 20)]], schema=schema))
    assert (tmp_path / "a").stat().st_size < 1 << 13
    with pytest.raises(errors.TooMuchAtOnce, match="batch 2") as caught:
        rows_of(table_of(tmp_path / "a", limits=Limits(held_bytes=4 << 20)))
    assert "第 2 个批次" in caught.value.text("zh")
    assert len(rows_of(table_of(tmp_path / "a"))) == 2


def test_dictionaries_of_arrow_count_too(tmp_path: Path) -> None:
    column = pa.DictionaryArray.from_arrays(pa.array([0, 0], pa.int8()), ["x" * (1 << 20)])
    write(tmp_path / "a", "arrow stream", pa.table({"a": column}))
    with pytest.raises(errors.TooMuchAtOnce):
        rows_of(table_of(tmp_path / "a", limits=Limits(held_bytes=1 << 19)))


@pytest.mark.parametrize("kind", [pa.null(), pa.binary(0)])
def test_rows_out_of_nothing_are_refused(tmp_path: Path, kind: pa.DataType) -> None:
    column = pa.nulls(1 << 16, kind) if pa.types.is_null(kind) else pa.array([b""] * (1 << 16), kind)
    write(tmp_path / "a", "arrow stream", pa.table({"a": column}))
    with pytest.raises(errors.ExpandsTooMuch, match="8 : 1"):
        rows_of(table_of(tmp_path / "a", limits=Limits(free_cells=1 << 10, cells_per_byte=8)))


def parquet_of(path: Path, table: pa.Table, **options: object) -> bytes:
    parquet.write_table(table, path, compression="zstd", store_schema=False, **options)
    return path.read_bytes()


@pytest.mark.parametrize("column", [["y"] * 8 + ["x" * (1 << 20)], [["y"], ["x" * (1 << 20)]]])
@pytest.mark.parametrize("dictionary", [True, False])
def test_a_page_of_parquet_is_not_unpacked_beyond_the_limit(
    tmp_path: Path, column: list[object], dictionary: bool
) -> None:
    parquet_of(tmp_path / "a", pa.table({"n": range(len(column)), "a": column}), use_dictionary=dictionary)
    with pytest.raises(errors.TooMuchAtOnce, match="row group 1, column 'a") as caught:
        rows_of(table_of(tmp_path / "a", limits=Limits(held_bytes=1 << 19)))
    assert "第 1 个行组“a" in caught.value.text("zh")
    assert len(rows_of(table_of(tmp_path / "a"))) == len(column)


def test_a_page_header_that_lies_is_not_believed(tmp_path: Path) -> None:
    """The first page header says a megabyte for twelve kilobytes: three bytes of a number with seven bits in each."""
    data = parquet_of(tmp_path / "a", pa.table({"a": ["12345678901234567890"] * 500}), use_dictionary=False)
    (chunk,) = chunks_of(io.BytesIO(data))
    told = 2 * (500 * (4 + 20) + 7)  # lengths, values, levels; twice, as signed numbers are written
    written = bytes([told & 0x7F | 0x80, told >> 7 & 0x7F | 0x80, told >> 14])
    assert written in data[chunk.start : chunk.start + 8]
    lie = data.replace(written, b"\xfe\xff\x7f", 1)
    with pytest.raises(errors.TooMuchAtOnce, match="row group 1, column 'a': 1048575 bytes"):
        rows_of(table_of(tmp_path / "b", lie, limits=Limits(held_bytes=1 << 19)))


def test_a_long_value_of_a_dictionary_makes_batches_small(tmp_path: Path) -> None:
    """One value of 64 KiB that twenty thousand rows repeat is 1.3 GB laid out, and some kilobytes in the file."""
    values = ["x" * (1 << 16), *map(str, range(5_000))]
    table = pa.table({"id": map(str, range(20_000)), "a": [values[i % 5_001] for i in range(20_000)]})
    parquet_of(tmp_path / "a", table)
    limits = Limits(held_bytes=1 << 22)
    batches = list(table_of(tmp_path / "a", limits=limits).batches())
    assert max(batch.nbytes for batch in batches) < 1 << 20
    assert pa.Table.from_batches(batches).to_pylist() == table.to_pylist()


def test_chunks_that_overlap_are_damage(tmp_path: Path) -> None:
    data = parquet_of(tmp_path / "a", pa.table({"a": ["1", "2"], "b": ["3", "4"]}))
    first, second = chunks_of(io.BytesIO(data))
    start = len(data) - 8 - int.from_bytes(data[-8:-4], "little")

    def number(value: int) -> bytes:
        return bytes([(2 * value) & 0x7F | 0x80, (2 * value) >> 7]) if value > 63 else bytes([2 * value])

    footer = data[start:].replace(number(second.start), number(first.start + 2).ljust(1, b"\0"))
    assert len(number(second.start)) == 2
    footer = data[start:].replace(number(second.start), number(first.start + 66))
    with pytest.raises(errors.Damaged, match=r"overlap|out of"):
        rows_of(table_of(tmp_path / "b", data[:start] + footer))


@pytest.mark.parametrize("native", [True, False])
def test_the_longest_value_of_a_page(native: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not native:
        monkeypatch.setattr(parquet_pages._native, "load", lambda _: None)
    page = b"".join(len(v).to_bytes(4, "little") + v for v in (b"", b"abc", b"x" * 300, b"y"))
    assert parquet_pages.longest(page) == 300
    assert parquet_pages.longest(b"") == 0
    assert parquet_pages.longest(page[:-1]) == -1
    assert parquet_pages.longest(page + b"\xff\xff") == -1
    assert parquet_pages.longest(b"\xff\xff\xff\xffabc") == -1


@pytest.mark.parametrize("codec", ["snappy", "gzip", "brotli", "zstd", "lz4", "none"])
@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_every_packing_and_page_of_parquet_is_understood(tmp_path: Path, codec: str, version: str) -> None:
    rows = 5_000
    table = pa.table(
        {
            "id": map(str, range(rows)), "city": ["上海", "北京", None, "x" * 500] * (rows // 4), "n": range(rows),
            "list": [["a", "b"], [], None, ["c"]] * (rows // 4), "map": [{"k": "v"}] * rows, "on": [True, None] * (rows // 2),
        }
    )  # fmt: skip
    parquet.write_table(
        table, tmp_path / "a", compression=codec, data_page_version=version, row_group_size=1_200, data_page_size=2_000,
        column_encoding={"id": "DELTA_BYTE_ARRAY"} if version == "2.0" else None, use_dictionary=["city", "list.list.element"],
    )  # fmt: skip
    read_back = pa.Table.from_batches(table_of(tmp_path / "a").batches())
    assert read_back.column("id").to_pylist() == table.column("id").to_pylist()
    assert read_back.column("city").to_pylist() == table.column("city").to_pylist()
    assert read_back.column("list").to_pylist() == table.column("list").to_pylist()


def test_orc_that_repeats_a_long_value_ends_a_process_apart(tmp_path: Path) -> None:
    with orc.ORCWriter(tmp_path / "a", compression="zstd", dictionary_key_size_threshold=1.0) as out:
        for _ in range(4):
            out.write(pa.table({"a": pa.array(["x" * (1 << 20)] * 40)}))
    source = table_of(tmp_path / "a")
    assert sum(batch.num_rows for batch in source.batches()) == 160
    next(iter(source.batches()))  # and one that is left in the middle leaves no process behind


@pytest.mark.slow
@pytest.mark.parametrize("lane", native.lanes())
@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_what_the_lanes_find_sound_arrow_finds_sound(lane, data):
    """Strings with damaged offsets and bytes, sliced; what is sound and has no nulls is found so without Arrow."""
    wide = data.draw(st.booleans())
    words = data.draw(
        st.lists(st.sampled_from(["", "a", "号码", "é" * 40, "𠮷" * 9, "abc" * 30]), min_size=1, max_size=12)
    )
    text = bytearray("".join(words).encode())
    offsets = [0]
    for word in words:
        offsets.append(offsets[-1] + len(word.encode()))
    harm = data.draw(st.sampled_from(["none", "byte", "offset", "beyond"]))
    if harm == "byte" and text:
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(0, 255))
    if harm in ("offset", "beyond"):
        at = data.draw(st.integers(0, len(words)))
        offsets[at] = data.draw(st.integers(-3, len(text) + (40 if harm == "beyond" else 0)))
    kind = pa.large_string() if wide else pa.string()
    packed = struct.pack(f"<{len(offsets)}{'q' if wide else 'i'}", *offsets)
    try:
        whole = pa.Array.from_buffers(
            kind, len(words), [None, pa.py_buffer(packed), pa.py_buffer(bytes(text))]
        )
    except pa.ArrowInvalid:
        return  # Arrow's first look, which comes before, refuses it
    start = data.draw(st.integers(0, len(words)))
    column = whole.slice(start, data.draw(st.integers(0, len(words) - start)))
    with patch.object(native, "lane", lambda: lane):
        found = native.sound(column)
    try:
        column.validate(full=True)
    except (pa.ArrowInvalid, ValueError):
        assert not found
    else:
        assert found or harm in ("offset", "beyond") or not len(column)


def test_a_time_in_a_zone_that_nobody_knows_is_read_as_utc(tmp_path: Path) -> None:
    zone = pa.timestamp("s", "No/Where")
    inner = pa.array([{"at": 0}], pa.struct([("at", zone)]))
    parquet.write_table(pa.table({"at": pa.array([86_400], zone), "o": inner}), tmp_path / "a.parquet")
    (table,) = read(tmp_path / "a.parquet")[1]
    (batch,) = table.batches()
    written = [as_text(column)[0].as_py() for column in batch.columns]
    assert [one[:19] for one in written] == ["1970-01-02 00:00:00", "1970-01-01 00:00:00"]
