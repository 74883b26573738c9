"""Sound small files of every format, and what can be done to them.

A cell of the table is a format and a doing; ``docs/en/reference/bad-input.md`` is the same table for readers.
"""

import gzip
import io
import json
import random
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyarrow as pa
from pyarrow import orc, parquet

from feiyu.base import zstd
from feiyu.testing.persons import persons

PEOPLE = persons(60, random.Random(3))
NAMES = ("id_no", "name", "mobile")
ROWS = [(one.resident_id, one.name, one.mobile) for one in PEOPLE]
TABLE = pa.table([list(column) for column in zip(*ROWS, strict=True)], names=list(NAMES))


def _csv() -> bytes:
    return "\n".join(",".join(row) for row in [NAMES, *ROWS]).encode() + b"\n"


def _fixed() -> bytes:
    return "".join(f"{i:<8}{one.resident_id:<20}{one.mobile:<13}\n" for i, one in enumerate(PEOPLE)).encode()


def _jsonl() -> bytes:
    return "".join(json.dumps(dict(zip(NAMES, row, strict=True))) + "\n" for row in ROWS).encode()


def _json() -> bytes:
    return json.dumps([dict(zip(NAMES, row, strict=True)) for row in ROWS]).encode()


def _parquet() -> bytes:
    sink = io.BytesIO()
    parquet.write_table(TABLE, sink, compression="zstd")
    return sink.getvalue()


def _arrow(make: Callable[..., pa.ipc.RecordBatchStreamWriter]) -> bytes:
    sink = io.BytesIO()
    with make(sink, TABLE.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(TABLE)
    return sink.getvalue()


def _orc() -> bytes:
    sink = io.BytesIO()
    orc.write_table(TABLE, sink, compression="zstd")
    return sink.getvalue()


def _avro() -> bytes:
    def long(value: int) -> bytes:
        value, out = value << 1, b""
        while value > 0x7F:
            out, value = out + bytes([value & 0x7F | 0x80]), value >> 7
        return out + bytes([value])

    def text(value: str) -> bytes:
        return long(len(value.encode())) + value.encode()

    fields = [{"name": name, "type": "string"} for name in NAMES]
    schema = json.dumps({"type": "record", "name": "r", "fields": fields})
    head = (
        b"Obj\x01" + long(2) + text("avro.schema") + text(schema) + text("avro.codec") + text("null") + b"\0"
    )
    body, sync = b"".join(text(value) for row in ROWS for value in row), bytes(range(16))
    return head + sync + long(len(ROWS)) + long(len(body)) + body + sync


def _xlsx() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in [NAMES, *ROWS]:
        book.active.append(list(row))
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def _sqlite() -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE t (id_no TEXT, name TEXT, mobile TEXT)")
        database.executemany("INSERT INTO t VALUES (?, ?, ?)", ROWS)
        database.commit()
        return database.serialize()


def _duckdb(folder: Path) -> bytes:
    import duckdb

    path = folder / "made.duckdb"
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE TABLE t (id_no VARCHAR, name VARCHAR, mobile VARCHAR)")
        database.executemany("INSERT INTO t VALUES (?, ?, ?)", ROWS)
    data = path.read_bytes()
    path.unlink()
    return data


def zipped(**parts: bytes) -> bytes:
    """An archive; ``_dot_`` and ``__`` in a name stand for ``.`` and ``/``."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return sink.getvalue()


def _docx(inside: str = "") -> bytes:
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    lines = "".join(f"<w:p><w:r><w:t>{' '.join(row)}</w:t></w:r></w:p>" for row in ROWS)
    body = f"<w:document {word}><w:body>{lines}{inside}</w:body></w:document>".encode()
    return zipped(word__document_dot_xml=body)


def _pdf() -> bytes:
    from test_documents import pdf

    return pdf([f"{row[0]} {row[2]}" for row in ROWS])  # type: ignore[no-untyped-call,no-any-return]


def sound(folder: Path) -> dict[str, bytes]:
    """A sound file of each format."""
    return {
        "csv": _csv(), "fixed-width": _fixed(), "json": _json(), "jsonl": _jsonl(), "parquet": _parquet(),
        "arrow file": _arrow(pa.ipc.new_file), "arrow stream": _arrow(pa.ipc.new_stream), "orc": _orc(), "avro": _avro(), "xlsx": _xlsx(),
        "sqlite": _sqlite(), "duckdb": _duckdb(folder), "gz": gzip.compress(_csv(), mtime=0), "zst": zstd.compress(_csv()),
        "zip": zipped(a_dot_csv=_csv()), "docx": _docx(), "pdf": _pdf(),
    }  # fmt: skip


def flipped(data: bytes, seed: int, count: int) -> bytes:
    """Some bits turned over, half of them in the first or the last part, where lengths stand."""
    chance, out = random.Random(seed), bytearray(data)
    for i in range(count):
        ends = [chance.randrange(min(300, len(out))), len(out) - 1 - chance.randrange(min(300, len(out)))]
        place = chance.choice(ends) if i % 2 else chance.randrange(len(out))
        out[place] ^= 1 << chance.randrange(8)
    return bytes(out)


def swollen(data: bytes, seed: int) -> bytes:
    """A few bytes, somewhere, that as a length are huge."""
    chance, out = random.Random(seed), bytearray(data)
    place = chance.randrange(8, max(9, len(out) - 8))
    out[place : place + 4] = chance.choice(
        [b"\xff\xff\xff\x7f", b"\xff\xff\xff\xff", b"\x00\x00\x00\x70", b"\xfe\xff\xff\x0f"]
    )
    return bytes(out)


def doings(data: bytes, *, seeds: range, parts: tuple[int, ...]) -> dict[str, bytes]:
    """What can be done to any file."""
    noise = random.Random(len(data)).randbytes(3_000)
    found = {"sound": data, "empty": b"", "random tail": data[: len(data) // 2] + noise}
    for part in parts:
        found[f"truncated at {part} %"] = data[: max(1, len(data) * part // 100)]
    for seed in seeds:
        found[f"flipped {seed}"] = flipped(data, seed, 1 + seed % 4)
        found[f"swollen {seed}"] = swollen(data, seed)
    return found


def bombs() -> dict[str, bytes]:
    """Small files that would be large, deep or wide; what only a small limit shows is tested beside each reader."""
    deep, wide = 100_000, 20_001
    lines = b"a,b\n" + (b"1," + b"x" * 1_000 + b"\n") * 75_000
    entities = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return {
        "csv/wide": b",".join(b"c%d" % i for i in range(wide)) + b"\n",
        "json/deep": b"[" * deep + b"]" * deep,
        "jsonl/deep": b'{"a":' * deep + b"1" + b"}" * deep + b"\n",
        "gz/bomb": gzip.compress(lines, 9, mtime=0), "zst/bomb": zstd.compress(lines), "zip/bomb": zipped(a_dot_csv=lines),
        "zip/way out": zipped(**{"..__..__etc__passwd_dot_csv": b"a,b\n1,2\n"}),
        "docx/entities": zipped(word__document_dot_xml=(entities + "<w>&b;</w>").encode()), "docx/deep": _docx("<w:x>" * deep),
        "arrow stream/wide": _of(pa.table({f"c{i}": ["1"] for i in range(wide)})),
    }  # fmt: skip


def _of(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()
