"""Small tables that people fill in: rows of text out of CSV and XLSX, and an empty XLSX to fill in.

Rules this module keeps:
 * everything is bounded before it is unpacked: bytes, unpacked bytes, sheets, rows, columns, the length of a cell;
 * cells are read as the text that the sheet shows; formulas are never computed;
 * a cell is named as the sheet names it (``C7``), so that a fault can be found.

Sources: ECMA-376 (SpreadsheetML), the smallest workbook that spreadsheet programs open.
"""

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from feiyu.base.errors import TooLarge
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.rules.errors import BadTable

MAX_BYTES = 4 * 1024 * 1024
MAX_UNPACKED = 64 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 64
MAX_CELL = 2_000

Rows = list[list[str]]


def cell_name(row: int, column: int) -> str:
    """The name of a cell; both count from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def read_rows(path: Path) -> Rows:
    """The rows of the first sheet of a workbook, or of a CSV file (UTF-8 or GB 18030)."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise TooLarge(what=Text.same(path.name), size=size, limit=MAX_BYTES)
    data = path.read_bytes()
    rows = _workbook(path.name, data) if data[:2] == b"PK" else _delimited(path.name, data)
    _bound(path.name, rows)
    return rows


def _bound(name: str, rows: Rows) -> None:
    if len(rows) > MAX_ROWS:
        raise TooLarge(what=Text(f"{name} 的行数", f"{name}: rows"), size=len(rows), limit=MAX_ROWS)
    for at, row in enumerate(rows):
        if len(row) > MAX_COLUMNS:
            raise TooLarge(
                what=Text(f"{name} 第 {at + 1} 行的列数", f"{name}: columns of row {at + 1}"),
                size=len(row),
                limit=MAX_COLUMNS,
            )
        for column, cell in enumerate(row):
            if len(cell) > MAX_CELL:
                raise TooLarge(
                    what=Text(f"{name} 的单元格 {cell_name(at, column)}", f"{name}: {cell_name(at, column)}"),
                    size=len(cell),
                    limit=MAX_CELL,
                )


def _delimited(name: str, data: bytes) -> Rows:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise BadTable(name=name, reason=Text("既不是 UTF-8 也不是 GB 18030", "neither UTF-8 nor GB 18030"))
    if "\0" in text:
        raise BadTable(name=name, reason=Text("不是文本", "not a text"))
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error as bad:
        raise BadTable(name=name, reason=said(bad, at="CSV")) from None


def _workbook(name: str, data: bytes) -> Rows:
    import fastexcel

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile as bad:
        raise BadTable(name=name, reason=said(bad, at="ZIP")) from None
    if unpacked > MAX_UNPACKED:
        raise TooLarge(what=Text(f"{name} 解压后", f"{name}, unpacked"), size=unpacked, limit=MAX_UNPACKED)
    try:
        sheet = fastexcel.read_excel(data).load_sheet(0, header_row=None, dtypes="string")
        columns = [column.to_pylist() for column in sheet.to_arrow().columns]
    except fastexcel.FastExcelError as bad:
        reason = str(bad).splitlines()[0][:200]
        raise BadTable(
            name=name, reason=Text(f"工作簿损坏：{reason}", f"the workbook is damaged: {reason}")
        ) from None
    return [[str(cell or "").strip() for cell in row] for row in zip(*columns, strict=True)]


def to_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as CSV that spreadsheet programs open in the right encoding."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName='
    '"/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="rId1" Type="{_NS}/%s" Target="%s"/></Relationships>'
)
_BOOK = (
    '<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    f'xmlns:r="{_NS}"><sheets><sheet name="%s" sheetId="1" r:id="rId1"/></sheets></workbook>'
)

_SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>%s</sheetData></worksheet>"
)


def to_xlsx(rows: Sequence[Sequence[str]], *, sheet: str) -> bytes:
    """The rows as a workbook of one sheet; the same rows give the same bytes."""
    cells = "".join(
        f'<row r="{at + 1}">'
        + "".join(
            f'<c r="{cell_name(at, column)}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
            for column, cell in enumerate(row)
        )
        + "</row>"
        for at, row in enumerate(rows)
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELS % ("officeDocument", "xl/workbook.xml")),
            ("xl/workbook.xml", _BOOK % escape(sheet, {'"': "&quot;"})),
            ("xl/_rels/workbook.xml.rels", _RELS % ("worksheet", "worksheets/sheet1.xml")),
            (
                "xl/worksheets/sheet1.xml",
                _SHEET % cells,
            ),
        ):
            packed.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text)
    return made.getvalue()
