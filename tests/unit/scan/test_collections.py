"""Archives, folders and databases: many tables in one source, and what stays unread is told."""

import gzip
import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

from feiyu.scan import Limits, open_folder
from feiyu.scan import errors_sources as errors
from feiyu.testing.tables import read, rows_of, table_of

CSV = "姓名,手机\n张三,13800138000\n"
ROWS = [("张三", "13800138000")]
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def archive(path: Path, files: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return path


def parquet_bytes() -> bytes:
    out = io.BytesIO()
    parquet.write_table(pa.table({"id": ["1"]}), out)
    return out.getvalue()


def workbook_bytes() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["编号", "名称"])
    book.active.append([1, "x"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_tables_of_an_archive_are_read_and_the_rest_is_told(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.zip",
        {
            "客户/a.csv": CSV,
            "b.parquet": parquet_bytes(),
            "c.xlsx": workbook_bytes(),
            "d.csv.gz": gzip.compress(CSV.encode()),
            "e.png": PICTURE,
            "f.txt": "",
            "g.zip": b"PK\x05\x06" + bytes(18),
        },
    )
    source, tables = read(path)
    assert source.format == "zip"
    assert [table.name for table in tables] == ["客户/a.csv", "b.parquet", "c.xlsx [Sheet]", "d.csv.gz"]
    assert [rows_of(table) for table in tables] == [ROWS, [("1",)], [("1", "x")], ROWS]
    assert source.unread == ("a.zip/e.png", "a.zip/g.zip")
    assert [("f.txt" in text.zh, "f.txt" in text.en) for text in source.warnings] == [(True, True)]


def test_an_archive_of_pictures_is_unread(tmp_path: Path) -> None:
    with pytest.raises(errors.Unread):
        read(archive(tmp_path / "a.zip", {"a.png": PICTURE}))
    with pytest.raises(errors.EmptySource):
        read(archive(tmp_path / "b.zip", {}))


def test_names_of_chinese_windows_are_readable(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("XXXXXXXX.csv", CSV)
    data = out.getvalue().replace(b"XXXXXXXX", "客户名单".encode("gbk"))
    source, (table,) = read(tmp_path / "a.zip", data)
    assert table.name == "客户名单.csv"
    assert source.unread == ()


def test_an_encrypted_entry_is_unread(tmp_path: Path) -> None:
    data = bytearray(archive(tmp_path / "a.zip", {"a.csv": CSV, "b.csv": CSV}).read_bytes())
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    data[6] |= 1
    source, tables = read(tmp_path / "b.zip", bytes(data))
    assert source.unread == ("b.zip/a.csv",)
    assert [table.name for table in tables] == ["b.csv"]


@pytest.mark.slow
def test_a_bomb_in_an_archive_is_not_unpacked(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.csv": "a,b\n" + "1,2\n" * (6 << 20)})
    with pytest.raises(errors.ExpandsTooMuch, match=r"a\.zip/a\.csv"):
        [rows_of(table) for table in read(path, limits=Limits(document_bytes=1 << 20))[1]]
    with pytest.raises(errors.TooManyMembers):
        read(archive(tmp_path / "b.zip", {f"{i}.csv": CSV for i in range(9)}), limits=Limits(members=8))


def test_a_damaged_entry_is_named(tmp_path: Path) -> None:
    data = bytearray(archive(tmp_path / "a.zip", {"a.csv": CSV * 50}).read_bytes())
    data[60] ^= 0xFF
    with pytest.raises(errors.Damaged, match=r"b\.zip/a\.csv"):
        read(tmp_path / "b.zip", bytes(data))


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    home = tmp_path / "data"
    (home / "2026").mkdir(parents=True)
    (home / "b.csv").write_text(CSV)
    (home / "2026" / "a.csv").write_text(CSV)
    (home / "x.png").write_bytes(PICTURE)
    (home / "link.csv").symlink_to(home / "b.csv")
    source = open_folder(home)
    assert [table.name for table in source.tables()] == ["b.csv", "link.csv", "2026/a.csv"]
    assert source.unread == ("data/x.png",)
    assert [table.name for table in open_folder(home, "2026/*.csv").tables()] == ["2026/a.csv"]
    for missing, pattern in ((home, "*.parquet"), (tmp_path / "missing", "*")):
        with pytest.raises(errors.NoSuchSource):
            open_folder(missing, pattern)
    with pytest.raises(errors.TooManyMembers):
        open_folder(home, limits=Limits(members=2))


@pytest.mark.parametrize("target", ["file", "folder", "nothing"])
def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, target: str) -> None:
    home = tmp_path / "data"
    home.mkdir()
    (home / "a.csv").write_text(CSV)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text(CSV)
    goal = {"file": outside / "secret.csv", "folder": outside, "nothing": tmp_path / "gone"}[target]
    (home / "z").symlink_to(goal)
    with pytest.raises(errors.LeavesFolder) as caught:
        open_folder(home)
    assert caught.value.values == {"name": "z"}


def database(path: Path) -> Path:
    with sqlite3.connect(path) as base:
        base.execute('CREATE TABLE "客 户" (id INTEGER, 姓名 TEXT, x REAL, photo BLOB, any)')
        base.execute(
            'INSERT INTO "客 户" VALUES (110105194912310021, ?, 1.5, ?, ?)', ("张三", b"\x01", b"\xff")
        )
        base.execute('INSERT INTO "客 户" VALUES (NULL, ?, 2.0, NULL, ?)', ("", "007"))
        base.execute("CREATE TABLE leer (a TEXT)")
        base.execute("CREATE VIEW v AS SELECT 1 AS one")
    base.close()
    return path


def test_the_tables_of_a_database_are_text(tmp_path: Path) -> None:
    source, tables = read(database(tmp_path / "a.db"))
    assert source.format == "sqlite"
    assert source.unread == ("v",)
    assert [table.name for table in tables] == ["客 户", "leer"]
    assert rows_of(tables[0]) == [
        ("110105194912310021", "张三", "1.5", b"\x01", "ff"),
        (None, "", "2.0", None, "007"),
    ]
    assert tables[0].bytes_read == source.size_bytes // 2
    assert rows_of(tables[1]) == []
    packed = gzip.compress((tmp_path / "a.db").read_bytes())
    assert rows_of(read(tmp_path / "a.db.gz", packed)[1][0])[1] == (None, "", "2.0", None, "007")


def test_text_in_a_column_of_blobs_is_bytes(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as base:
        base.execute("CREATE TABLE t (a BLOB)")
        base.executemany("INSERT INTO t VALUES (?)", [("张三",), (7,), (None,)])
    base.close()
    assert rows_of(read(tmp_path / "a.db")[1][0]) == [("张三".encode(),), (b"7",), (None,)]


def test_a_log_beside_a_database_is_told(tmp_path: Path) -> None:
    database(tmp_path / "a.db")
    (tmp_path / "a.db-wal").write_bytes(b"pages that were not folded in")
    assert read(tmp_path / "a.db")[0].unread == ("v", "a.db-wal")


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    data = bytearray(database(tmp_path / "a.db").read_bytes())
    with pytest.raises(errors.Damaged, match=r"b\.db"):
        [rows_of(table) for table in read(tmp_path / "b.db", bytes(data[: len(data) // 2]))[1]]
    data[100:140] = bytes(range(200, 240))
    with pytest.raises(errors.Damaged, match=r"c\.db"):
        read(tmp_path / "c.db", bytes(data))


def test_bad_text_in_a_database_is_named(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as base:
        base.execute("CREATE TABLE t (a TEXT)")
        base.execute("INSERT INTO t VALUES ('ok')")
        base.execute("INSERT INTO t VALUES (CAST(x'61ff' AS TEXT))")
    base.close()
    with pytest.raises(errors.BadEncoding) as caught:
        rows_of(read(tmp_path / "a.db")[1][0])
    assert caught.value.values == {"name": "a.db [t], a", "row": 2, "offset": 1, "encoding": "UTF-8"}


def test_a_wide_database_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.TooManyColumns):
        read(database(tmp_path / "a.db"), limits=Limits(columns=4))
    with pytest.raises(errors.TooManyMembers):
        read(tmp_path / "a.db", limits=Limits(members=1))


def test_rows_of_a_database_are_weighed(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as database:
        database.execute("CREATE TABLE t (n, long TEXT, raw BLOB)")
        for size in (10, 3_000_000, 3_000_000, 3_000_000, 3_000_000, 10):
            database.execute("INSERT INTO t VALUES (1, ?, zeroblob(?))", ("x" * size, size))
        database.executemany("INSERT INTO t VALUES (1, 'x', NULL)", [()] * 100)
        database.execute("INSERT INTO t VALUES (1, ?, NULL)", ("x" * 5_000_000,))
        database.commit()
    table = table_of(tmp_path / "a.db")
    sizes = [(batch.num_rows, batch.nbytes) for batch in table.batches()]
    assert len(sizes) > 1
    assert sum(rows for rows, _ in sizes) == 107
    assert sizes[0][0] <= 8
    with pytest.raises(errors.LineTooLong, match=r"a\.db \[t\], row 107"):
        rows_of(table_of(tmp_path / "a.db", limits=Limits(line_bytes=4_000_000)))
