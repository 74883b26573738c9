"""Avro container files, written here by the specification."""

import datetime as dt
import decimal
import json
import struct
import zlib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from feiyu.scan import Limits
from feiyu.scan import errors_sources as errors
from feiyu.testing.tables import read, rows_of, table_of

SYNC = bytes(range(16))


def number(value: int) -> bytes:
    value = (value << 1) ^ (value >> 63)
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def text(value: str | bytes) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return number(len(data)) + data


def record(*fields: tuple[str, Any]) -> dict[str, Any]:
    return {
        "type": "record",
        "name": "x.Row",
        "fields": [{"name": name, "type": kind} for name, kind in fields],
    }


def deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def container(schema: Any, *blocks: tuple[int, bytes], codec: str = "null") -> bytes:
    meta = text("avro.schema") + text(json.dumps(schema)) + text("avro.codec") + text(codec)
    out = b"Obj\x01" + number(2) + meta + number(0) + SYNC
    for count, data in blocks:
        out += number(count) + number(len(data)) + data + SYNC
    return out


PEOPLE = record(("id", "string"), ("age", ["null", "long"]))
ROWS = [("张三", 41), ("李四", None)]
BODY = text("张三") + number(1) + number(41) + text("李四") + number(0)


@pytest.mark.parametrize("codec", ["null", "deflate", "zstandard", "snappy", "bzip2", "xz"])
def test_every_codec(tmp_path: Path, codec: str) -> None:
    import bz2
    import lzma

    from feiyu.base import zstd

    body = BODY * 300
    pack = {
        "null": lambda: body,
        "deflate": lambda: deflate(body),
        "zstandard": lambda: zstd.compress(body),
        "snappy": lambda: (
            pa.compress(body, codec="snappy", asbytes=True) + zlib.crc32(body).to_bytes(4, "big")
        ),
        "bzip2": lambda: bz2.compress(body),
        "xz": lambda: lzma.compress(body),
    }[codec]()
    source, (table,) = read(tmp_path / "a.avro", container(PEOPLE, (600, pack), (600, pack), codec=codec))
    assert source.format == "avro"
    assert table.fields == ("id", "age")
    assert rows_of(table) == ROWS * 600
    with pytest.raises(errors.Damaged):
        rows_of(table_of(tmp_path / "b.avro", container(PEOPLE, (600, pack[: len(pack) // 2]), codec=codec)))


def test_every_type(tmp_path: Path) -> None:
    car = {"type": "record", "name": "Car", "fields": [{"name": "vin", "type": "string"}]}
    schema = record(
        ("ok", "boolean"),
        ("f", "float"),
        ("d", "double"),
        ("raw", "bytes"),
        ("day", {"type": "int", "logicalType": "date"}),
        ("sum", {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}),
        ("kind", {"type": "enum", "name": "Kind", "symbols": ["A", "B"]}),
        ("hash", {"type": "fixed", "name": "x.Hash", "size": 2}),
        ("car", ["null", car]),
        ("cars", {"type": "array", "items": "x.Car"}),
        ("marks", {"type": "map", "values": "Kind"}),
        ("any", ["null", "string", "int"]),
        ("nothing", "null"),
    )
    one = b"".join(
        [
            b"\x01", struct.pack("<f", 1.5), struct.pack("<d", -2.5), text(b"\xff"), number(-1),
            text((-1250).to_bytes(2, "big", signed=True)), number(1), b"ab", number(1), text("VIN1"),
            number(-1), number(5), text("VIN2"), number(0), number(1), text("k"), number(0), number(0),
            number(2), number(7),
        ]
    )  # fmt: skip
    two = one[:-2] + number(1) + text("t")
    table = table_of(tmp_path / "a.avro", container(schema, (2, one + two)))
    assert table.fields[8:10] == ("car.vin", "cars")
    expected = (
        True, 1.5, -2.5, b"\xff", dt.date(1969, 12, 31), decimal.Decimal("-12.50"), "B", b"ab", "VIN1",
        [{"vin": "VIN2"}], [("k", "A")], "7", None,
    )  # fmt: skip
    assert rows_of(table) == [expected, (*expected[:-2], "t", None)]


def test_a_null_record_leaves_its_fields_null(tmp_path: Path) -> None:
    inner = {
        "type": "record",
        "name": "I",
        "fields": [{"name": "a", "type": "int"}, {"name": "b", "type": "int"}],
    }
    data = container(
        record(("i", [inner, "null"]), ("z", "int")), (2, number(1) + number(3) + number(0) * 3 + number(4))
    )
    assert rows_of(table_of(tmp_path / "a.avro", data)) == [(None, None, 3), (0, 0, 4)]


@pytest.mark.parametrize(
    "body",
    [number(1 << 40), text("x") + number(9), text("x") + b"\xff" * 12, text(b"\xff"), b""],
    ids=["length", "branch", "endless number", "text", "missing"],
)
def test_values_that_do_not_fit_are_damage(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(errors.Damaged, match="record 3"):
        rows_of(table_of(tmp_path / "a.avro", container(PEOPLE, (3, BODY + body))))


def test_lying_blocks_are_refused(tmp_path: Path) -> None:
    sound = container(PEOPLE, (2, BODY))
    for broken in (
        sound[:-3],
        sound[:-1] + b"\x00",
        sound + number(1) + number(1 << 40),
        sound + number(1) + b"\xff",
    ):
        with pytest.raises(errors.Damaged):
            rows_of(table_of(tmp_path / "a.avro", broken))
    endless = record(("tags", {"type": "array", "items": "null"}))
    with pytest.raises(errors.Damaged, match="longer than its block"):
        rows_of(table_of(tmp_path / "b.avro", container(endless, (1, number(1 << 50) + number(0)))))
    with pytest.raises(errors.Damaged, match="more records than bytes"):
        rows_of(table_of(tmp_path / "c.avro", container(record(("n", "null")), (1 << 50, b""))))


@pytest.mark.parametrize("codec", ["deflate", "zstandard"])
def test_a_bomb_in_a_block_is_refused(tmp_path: Path, codec: str) -> None:
    from feiyu.base import zstd

    bomb = {"deflate": deflate, "zstandard": zstd.compress}[codec](bytes(9 << 20))
    with pytest.raises(errors.ExpandsTooMuch):
        rows_of(
            table_of(
                tmp_path / "a",
                container(PEOPLE, (1, bomb), codec=codec),
                limits=Limits(document_bytes=8 << 20),
            )
        )


def test_bad_schemas_and_unknown_codecs(tmp_path: Path) -> None:
    for schema in ("nonsense", {"type": "record", "name": "R"}, record(("a", "Missing")), 7):
        with pytest.raises(errors.Damaged, match="schema"):
            read(tmp_path / "a.avro", container(schema))
    endless = record(("next", "Row"))
    with pytest.raises(errors.NestedTooDeep):
        read(tmp_path / "b.avro", container(endless))
    with pytest.raises(errors.Unread, match="lzo"):
        read(tmp_path / "c.avro", container(PEOPLE, codec="lzo"))
    with pytest.raises(errors.TooManyColumns):
        read(tmp_path / "d.avro", container(PEOPLE), limits=Limits(columns=1))
    with pytest.raises(errors.Damaged, match="header"):
        read(tmp_path / "e.avro", container(PEOPLE)[:30])


def test_a_schema_that_is_no_record_is_one_field(tmp_path: Path) -> None:
    assert rows_of(table_of(tmp_path / "a.avro", container("long", (2, number(5) + number(-6))))) == [
        (5,),
        (-6,),
    ]


def test_many_records_long_headers_and_wrapped_types(tmp_path: Path) -> None:
    schema = {**record(("id", {"type": {"type": "string"}})), "doc": "x" * 100_000}
    blocks = [(5_000, text("张三") * 5_000)] * 4
    table = table_of(tmp_path / "a.avro", container(schema, *blocks))
    assert [batch.num_rows for batch in table.batches()] == [8_192, 8_192, 3_616]


def test_values_beyond_their_type_and_wrong_checksums_are_damage(tmp_path: Path) -> None:
    with pytest.raises(errors.Damaged):
        rows_of(table_of(tmp_path / "a.avro", container(record(("n", "int")), (1, number(1 << 40)))))
    packed = pa.compress(BODY, codec="snappy", asbytes=True)
    with pytest.raises(errors.Damaged, match="checksum"):
        rows_of(table_of(tmp_path / "b.avro", container(PEOPLE, (2, packed + bytes(4)), codec="snappy")))
    with pytest.raises(errors.ExpandsTooMuch):
        rows_of(
            table_of(
                tmp_path / "c.avro", container(PEOPLE, (2, b"\xff\xff\xff\xff\x0f" + packed), codec="snappy")
            )
        )
    deep: Any = "int"
    for _ in range(70):
        deep = {"type": "array", "items": deep}
    with pytest.raises(errors.NestedTooDeep):
        read(tmp_path / "d.avro", container(record(("n", deep))))


def test_half_a_character_in_a_name_is_damage(tmp_path: Path) -> None:
    with pytest.raises(errors.Damaged, match=r"a\.avro"):
        read(tmp_path / "a.avro", container(record(("\ud83d", "string")), (1, text("x"))))
