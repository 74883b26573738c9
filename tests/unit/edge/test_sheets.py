"""Workbooks within bounds: what a hostile or damaged one gets is a refusal that names the place."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from feiyu.base.errors import TooLarge
from feiyu.edge import sheets
from feiyu.edge.sheets import BadWorkbook


def book(*rows: list[object]) -> bytes:
    made = Workbook()
    for row in rows:
        assert made.active is not None
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, content)
    return out.getvalue()


def test_what_is_written_is_read_again_and_a_text_stays_a_text() -> None:
    data = sheets.write(["a", "b"], [["=1+1", 3], ["中文", None]], title="t", notes=["n"])
    assert sheets.read(data, name="x") == [["a", "b"], ["=1+1", 3], ["中文"]]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no workbook", book(["a"])[:-40], book(["a"])[:300]])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(BadWorkbook):
        sheets.read(data, name="x.xlsx")


def test_bounds() -> None:
    with pytest.raises(TooLarge):
        sheets.read(b"x" * (sheets.FILE_MAX + 1), name="x")
    with pytest.raises(BadWorkbook, match="unpacked"):
        sheets.read(repacked(book(["a"]), "xl/huge.xml", b"0" * (sheets.UNPACKED_MAX + 1)), name="x")
    with pytest.raises(BadWorkbook, match="columns"):
        sheets.read(book([1] * 65), name="x")
    with pytest.raises(BadWorkbook, match="B2: over"):
        sheets.read(book(["a"], ["b", "c" * 2001]), name="x")


def test_what_could_run_or_expand_is_refused_by_name() -> None:
    with pytest.raises(BadWorkbook, match="B1: a formula"):
        sheets.read(book(["a", "=SUM(1)"]), name="x")
    with pytest.raises(BadWorkbook, match="runs"):
        sheets.read(repacked(book(["a"]), "xl/vbaProject.bin", b"x"), name="x")
    laughs = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><worksheet/>'
    with pytest.raises(BadWorkbook, match="document type"):
        sheets.read(repacked(book(["a"]), "xl/worksheets/sheet1.xml", laughs), name="x")
    with pytest.raises(BadWorkbook):
        sheets.read(
            repacked(book(["a"]), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"), name="x"
        )
