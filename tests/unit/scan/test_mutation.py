"""Samples of every format, damaged at random: each is read or refused by name, and nothing else happens."""

import gzip
import io
import json
import random
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import orc, parquet

from feiyu.base import zstd
from feiyu.base.errors import FeiyuError
from feiyu.base.text import Lang
from feiyu.scan import Limits, open_source

TEXT = "姓名,身份证,备注\n" + "".join(f'张三{i},11010519491231{i:04d},"a, ""b""\n{i}"\n' for i in range(200))
RECORDS = [{"a": i, "b": {"c": [1, "张"]}} for i in range(150)]
TABLE = pa.table(
    {"id": [str(i) for i in range(400)], "o": [{"x": "1"}] * 400, "l": [["a"]] * 400, "c": ["x", "y"] * 200}
)


def arrow_bytes(new: Callable[..., pa.ipc.RecordBatchStreamWriter]) -> bytes:
    out = io.BytesIO()
    with new(out, TABLE.schema) as writer:
        writer.write_table(TABLE)
    return out.getvalue()


def table_bytes(write: Callable[[pa.Table, io.BytesIO], None]) -> bytes:
    out = io.BytesIO()
    write(TABLE, out)
    return out.getvalue()


def workbook_bytes() -> bytes:
    book = openpyxl.Workbook()
    for i in range(40):
        book.active.append([f"名{i}", i, f"11010519491231{i:04d}"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zip_bytes() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.csv", TEXT)
        file.writestr("b.json", json.dumps(RECORDS))
    return out.getvalue()


def database_bytes() -> bytes:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE t (a TEXT, b BLOB)")
    base.executemany("INSERT INTO t VALUES (?, ?)", [(f"名{i}", bytes([i])) for i in range(200)])
    base.commit()
    data = base.serialize()
    base.close()
    return data


SEEDS: dict[str, Callable[[], bytes]] = {
    "csv": TEXT.encode,
    "gb18030": lambda: TEXT.encode("gb18030"),
    "utf-16": lambda: TEXT.encode("utf-16"),
    "gzip": lambda: gzip.compress(TEXT.encode()),
    "zstd": lambda: zstd.compress(TEXT.encode()),
    "json": lambda: json.dumps(RECORDS).encode(),
    "jsonl": lambda: "\n".join(map(json.dumps, RECORDS)).encode(),
    "parquet": lambda: table_bytes(parquet.write_table),
    "orc": lambda: table_bytes(orc.write_table),
    "arrow file": lambda: arrow_bytes(pa.ipc.new_file),
    "arrow stream": lambda: arrow_bytes(pa.ipc.new_stream),
    "workbook": workbook_bytes,
    "zip": zip_bytes,
    "sqlite": database_bytes,
}


def damage(data: bytes, chance: random.Random) -> bytes:
    """Change, insert, remove, cut or repeat a little."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        place = chance.randrange(len(out))
        match chance.randrange(5):
            case 0:
                out[place] = chance.randrange(256)
            case 1:
                out[place:place] = chance.randbytes(chance.randrange(1, 20))
            case 2:
                del out[place : place + chance.randrange(1, 200)]
            case 3:
                del out[max(1, place) :]
            case _:
                start = chance.randrange(len(out))
                out[place:place] = out[start : start + chance.randrange(300)]
        out = out or bytearray(b"x")
    return bytes(out)


TIMES = [
    *(pytest.param(form, 10 if form == "orc" else 60, id=form) for form in SEEDS),
    *(
        pytest.param(form, 600, id=f"{form}, long", marks=[pytest.mark.campaign, pytest.mark.timeout(1800)])
        for form in SEEDS
    ),
]
"""How often each format is damaged; each reading of ORC is a process."""


@pytest.mark.slow
@pytest.mark.parametrize(("form", "times"), TIMES)
def test_damage_ends_in_rows_or_in_a_refusal(tmp_path: Path, form: str, times: int) -> None:
    seed, chance = SEEDS[form](), random.Random(f"damage of {form}")
    path = tmp_path / "data.csv"
    refusals: list[FeiyuError] = []
    for _ in range(times):
        path.write_bytes(damage(seed, chance))
        try:
            for table in open_source(path, limits=Limits(document_bytes=1 << 22)).tables():
                for batch in table.batches():
                    batch.validate(full=True)
                    assert tuple(batch.schema.names) == table.fields
        except FeiyuError as error:
            refusals.append(error)
    assert refusals
    assert all("data.csv" in error.text(lang) for error in refusals for lang in Lang)
