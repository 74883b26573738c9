"""Workbooks: every sheet is read as text, and hostile ones are refused before they are opened."""

import datetime as dt
import io
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from feiyu.scan import Limits
from feiyu.scan import errors_sources as errors
from feiyu.scan.readers import excel, excel_book
from feiyu.testing.tables import read, rows_of


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "车主"
    sheet.append(["2026年车主名册"])
    sheet.append([])
    sheet.append(["姓名", "身份证号", "手机号", "登记日期", "金额"])
    sheet.append(["张三", "11010519491231002X", 13800138000, dt.date(2026, 1, 2), 12.5])
    sheet.append(["李四", "440524188001010014", "13900139000", None, 12])
    hidden = book.create_sheet("存档")
    hidden.sheet_state = "hidden"
    hidden.append(["编号", "车架号"])
    hidden.append(["007", "LSVAA49J132047371"])
    book.create_sheet("空白")
    book.save(path)
    return path


def rewrite(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The archive with each part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
    path.write_bytes(out.getvalue())
    return path


def test_every_sheet_is_a_table_of_text(tmp_path: Path) -> None:
    source, tables = read(workbook(tmp_path / "a.xlsx"))
    assert source.format == "xlsx"
    assert [table.name for table in tables] == ["车主", "存档"]
    assert tables[0].fields == ("姓名", "身份证号", "手机号", "登记日期", "金额")
    assert tables[0].first_row == 4
    assert rows_of(tables[0]) == [
        ("张三", "11010519491231002X", "13800138000", "2026-01-02 00:00:00", "12.5"),
        ("李四", "440524188001010014", "13900139000", "", "12"),
    ]
    assert rows_of(tables[1]) == [("007", "LSVAA49J132047371")]


def test_numbers_that_lost_their_last_digits_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["身份证号", "订单号", "卡号"])
    for i in range(9):
        book.active.append(
            [110105194912310021 + i * 7, f"20260101000000{i:04d}", "6222021234567890000" if i else ""]
        )
    book.save(tmp_path / "a.xlsx")
    (table,) = read(tmp_path / "a.xlsx")[1]
    rows = rows_of(table)
    assert all(row[0].startswith("110105194912310") for row in rows)
    assert ["身份证号" in text.zh and "'身份证号'" in text.en for text in table.warnings] == [True]
    assert "9 numbers" in table.warnings[0].en


def test_a_workbook_is_known_under_any_name(tmp_path: Path) -> None:
    source, tables = read(workbook(tmp_path / "a.csv"))
    assert source.format == "xlsx"
    assert source.warnings
    assert len(tables) == 2


def test_a_workbook_without_a_cell_has_no_table(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(errors.NoTable):
        read(tmp_path / "a.xlsx")


def test_pictures_and_remarks_in_a_workbook_are_told_as_unread(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    book.active["A1"].comment = openpyxl.comments.Comment("见身份证复印件", "李四")
    book.save(tmp_path / "a.xlsx")
    source, _ = read(tmp_path / "a.xlsx")
    assert [part for part in source.unread if "comment" in part]


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    ],
)
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_billion_laughs_are_refused(tmp_path: Path, declaration: bytes, part: str) -> None:
    def poison(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        head, mark, rest = data.partition(b"?>")
        return head + mark + declaration + rest if mark else declaration + data

    with pytest.raises(errors.HostileContent) as caught:
        read(rewrite(workbook(tmp_path / "a.xlsx"), poison))
    assert caught.value.values["part"] == part


def test_a_declaration_in_utf16_is_found_too(tmp_path: Path) -> None:
    def poison(name: str, data: bytes) -> bytes:
        if name != "xl/styles.xml":
            return data
        return '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><styleSheet/>'.encode("utf-16")

    with pytest.raises(errors.HostileContent):
        read(rewrite(workbook(tmp_path / "a.xlsx"), poison))


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    def swell(name: str, data: bytes) -> bytes:
        return data + b" " * (30 << 20) if name == "xl/worksheets/sheet1.xml" else data

    path = rewrite(workbook(tmp_path / "a.xlsx"), swell)
    assert path.stat().st_size < 100_000
    with pytest.raises(errors.ExpandsTooMuch) as caught:
        read(path, limits=Limits(workbook_bytes=20 << 20))
    assert caught.value.http_status == 413


def test_a_directory_that_lies_about_sizes_does_not_help_a_bomb(tmp_path: Path) -> None:
    def swell(name: str, data: bytes) -> bytes:
        return data + b" " * (30 << 20) if name == "xl/worksheets/sheet1.xml" else data

    path = rewrite(workbook(tmp_path / "a.xlsx"), swell)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lie = data.replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    with pytest.raises((errors.ExpandsTooMuch, errors.Damaged)):
        read(path, bytes(lie), limits=Limits(workbook_bytes=20 << 20))


def test_an_open_document_sheet_is_read(tmp_path: Path) -> None:
    kind = "application/vnd.oasis.opendocument."
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in (("姓名", "手机"), ("张三", "13800138000"))
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{space}office:1.0" xmlns:table="{space}table:1.0" '
        f'xmlns:text="{space}text:1.0"><office:body><office:spreadsheet><table:table table:name="车主">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    for flavour in ("spreadsheet", "graphics"):
        with zipfile.ZipFile(tmp_path / f"{flavour}.ods", "w") as out:
            out.writestr("mimetype", kind + flavour)
            out.writestr("content.xml", content)
            out.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{space}manifest:1.0"/>')
    source, (table,) = read(tmp_path / "spreadsheet.ods")
    assert source.format == "ods"
    assert table.fields == ("姓名", "手机")
    assert rows_of(table) == [("张三", "13800138000")]
    with pytest.raises(errors.Unread, match="OpenDocument"):
        read(tmp_path / "graphics.ods")


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_a_truncated_workbook_is_damaged(tmp_path: Path, keep: float) -> None:
    data = workbook(tmp_path / "a.xlsx").read_bytes()
    with pytest.raises(errors.Damaged):
        read(tmp_path / "b.xlsx", data[: int(len(data) * keep)])


def test_a_sheet_of_garbage_is_damaged(tmp_path: Path) -> None:
    def spoil(name: str, data: bytes) -> bytes:
        return b"<worksheet><sheetData><row><c t='s'><v>99999" if name == "xl/worksheets/sheet1.xml" else data

    with pytest.raises(errors.Damaged, match=r"a\.xlsx"):
        read(rewrite(workbook(tmp_path / "a.xlsx"), spoil))


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.TooManyMembers):
        read(workbook(tmp_path / "a.xlsx"), limits=Limits(members=3))


def test_other_office_files_are_unread(tmp_path: Path) -> None:
    for name, looks in (("AndroidManifest.xml", "Android"), ("OFD.xml", "OFD")):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr(name, "<x/>")
        with pytest.raises(errors.Unread, match=looks):
            read(tmp_path / "a.zip")


def test_old_and_encrypted_office_files_are_unread(tmp_path: Path) -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    for stream, looks in (
        ("EncryptedPackage", "encrypted workbook"),
        ("WordDocument", "Word"),
        ("Other", "old Office"),
    ):
        with pytest.raises(errors.Unread, match=looks):
            read(tmp_path / "a.xls", head + stream.encode("utf-16-le") + bytes(512))
    with pytest.raises(errors.Damaged):
        read(tmp_path / "a.xls", head + "Workbook".encode("utf-16-le") + bytes(512))


def test_a_wide_sheet_is_limited(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([f"f{i}" for i in range(12)])
    book.active.append(list(range(12)))
    book.save(tmp_path / "a.xlsx")
    assert len(read(tmp_path / "a.xlsx", limits=Limits(columns=12))[1][0].fields) == 12
    with pytest.raises(errors.TooManyColumns):
        read(tmp_path / "a.xlsx", limits=Limits(columns=11))


def test_two_cells_in_far_corners_do_not_end_the_process(tmp_path: Path) -> None:
    """A sheet is laid out as the rectangle around its cells: here seventeen thousand million of them."""
    path = workbook(tmp_path / "a.xlsx")

    def far(name: str, data: bytes) -> bytes:
        corner = b'<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
        return data.replace(b"</sheetData>", corner) if name.endswith("sheet1.xml") else data

    with pytest.raises(errors.Damaged, match="its cells do not fit"):
        read(rewrite(path, far))


def test_an_old_workbook_whose_directory_goes_round_takes_bounded_memory(tmp_path: Path) -> None:
    end = 2**32 - 2
    head = struct.pack(
        "<8s16x5H6x9I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        1,
        0,
        4096,
        end,
        0,
        end,
        0,
    )
    head += struct.pack("<I", 0)
    chains = struct.pack("<2I", 2**32 - 3, 1).ljust(
        512, b"\xff"
    )  # the directory's sector is followed by itself
    entry = "Workbook".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", 18, 5, 1)
    data = head.ljust(512, b"\xff") + chains + entry.ljust(512, b"\0")
    with pytest.raises(errors.Damaged, match=r"a\.xls"):
        read(tmp_path / "a.xls", data)
    # Started by a small process: what a large one starts is said to have taken its memory too.
    starts = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [
        sys.executable,
        "-I",
        "-c",
        starts,
        sys.executable,
        "-I",
        "-m",
        "feiyu.scan.readers.excel_book",
    ]
    question = io.BytesIO()
    excel_book._put(question, data)
    done = subprocess.run(command, input=question.getvalue(), capture_output=True, check=True)
    assert 1 << 10 < int(done.stdout) < 1 << 20  # KiB


def test_a_workbook_read_apart_reads_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "a.xlsx")
    here = [rows_of(table) for table in read(path)[1]]
    monkeypatch.setattr(excel, "SMALL_CELLS", 0)
    assert [rows_of(table) for table in read(path)[1]] == here
    with pytest.raises(excel_book.BadBook):
        excel_book.Apart(b"PK not a workbook")
