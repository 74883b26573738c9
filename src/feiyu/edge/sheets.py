"""Read and write small XLSX tables, within bounds, with the cell named where something is wrong.

Rules this module keeps:
 * a workbook is looked at as an archive first: parts, their unpacked sizes and the ratio are limited, macros are refused;
 * no formula is computed: a cell with one is refused by name, since its value could have been anything;
 * rows, columns and the length of a text are limited; a document type declaration in any part is refused.

Sources: ECMA-376 part 1 (SpreadsheetML); ADR 0110.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from feiyu.base.errors import BadInput, TooLarge
from feiyu.base.text import Text

FILE_MAX = 8 << 20
UNPACKED_MAX = 64 << 20
PARTS_MAX = 400
ROWS_MAX = 5_000
COLUMNS_MAX = 64
TEXT_MAX = 2_000
_BROKEN = (
    KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, EOFError, SyntaxError, NotImplementedError,
)  # fmt: skip
Cell = str | int | float | bool | date | datetime | None


class BadWorkbook(BadInput):
    """A file is no workbook that can be read within the limits."""

    code = "EDGE-0056"
    message = Text("工作簿 {name} 无法读取：{reason}", "The workbook {name} cannot be read: {reason}")
    hint = Text(
        "请使用导出的模板填写，并另存为 .xlsx（不含宏与公式）。",
        "Fill the exported template and save it as .xlsx, without macros and formulas.",
    )


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that is wrong, and why."""

    cell: str
    reason: Text

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {"cell": self.cell, "reason": self.reason.as_dict()}


def read(data: bytes, *, name: str, sheet: str | None = None) -> list[list[Cell]]:
    """The rows of one sheet (the first by default), blanks at the end left out."""
    _bounded(data, name)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        chosen = book[sheet] if sheet and sheet in book.sheetnames else book.worksheets[0]
        chosen.reset_dimensions()
        return _rows(chosen, name)
    except (*_BROKEN, zipfile.BadZipFile, InvalidFileException):
        raise BadWorkbook(
            name=name, reason=Text("工作簿已损坏，无法读取", "the workbook is damaged")
        ) from None


def write(
    head: Sequence[Text | str], rows: Iterable[Sequence[Cell]], *, title: str, notes: Sequence[str] = ()
) -> bytes:
    """A workbook with one sheet: a bold head, frozen, and the rows; a second sheet explains."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    page = book.active
    assert page is not None
    page.title = title
    page.append([one if isinstance(one, str) else f"{one.zh}\n{one.en}" for one in head])
    for at, cell in enumerate(page[1], start=1):
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.fill = PatternFill("solid", fgColor="E8EEF7")
        page.column_dimensions[get_column_letter(at)].width = 22
    page.row_dimensions[1].height = 36
    page.freeze_panes = "A2"
    for row in rows:
        page.append([_plain(cell) for cell in row])
    if notes:
        more = book.create_sheet("说明 Notes")
        more.column_dimensions["A"].width = 110
        for note in notes:
            more.append([note])
            more.cell(more.max_row, 1).alignment = Alignment(wrap_text=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def place(row: int, column: int) -> str:
    """The name of a cell, both counted from 1: ``C7``."""
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column)}{row}"


def _plain(cell: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula is written as text."""
    if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@"}:
        return f"'{cell}"
    return cell


def _bounded(data: bytes, name: str) -> None:
    if len(data) > FILE_MAX:
        raise TooLarge(what=Text.same(name), size=len(data), limit=FILE_MAX)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            parts = box.infolist()
            if len(parts) > PARTS_MAX or sum(part.file_size for part in parts) > UNPACKED_MAX:
                raise BadWorkbook(
                    name=name,
                    reason=Text(
                        f"部件超过 {PARTS_MAX} 个，或解压后超过 {UNPACKED_MAX >> 20} MiB",
                        f"over {PARTS_MAX} parts or {UNPACKED_MAX >> 20} MiB unpacked",
                    ),
                )
            for part in parts:
                if part.filename.lower().endswith((".bin", ".exe", ".dll")) or "vba" in part.filename.lower():
                    raise BadWorkbook(
                        name=name,
                        reason=Text(
                            f"含有可执行的部件：{part.filename[:80]}",
                            f"a part that runs: {part.filename[:80]}",
                        ),
                    )
                if part.filename.endswith((".xml", ".rels")):
                    _no_dtd(box, part, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise BadWorkbook(
            name=name, reason=Text("不是 XLSX 工作簿，或已损坏", "it is no XLSX workbook, or damaged")
        ) from None


def _no_dtd(box: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    """A part must unpack to the size it states, and begin without a document type."""
    unpacked = 0
    with box.open(part) as stream:
        head = stream.read(4096)
        if re.search(rb"<!(DOCTYPE|ENTITY)", head.replace(b"\x00", b"")):
            raise BadWorkbook(
                name=name,
                reason=Text(
                    f"{part.filename[:80]} 中含有文档类型声明", f"a document type in {part.filename[:80]}"
                ),
            )
        unpacked = len(head)
        while block := stream.read(1 << 16):
            unpacked += len(block)
            if unpacked > part.file_size or unpacked > UNPACKED_MAX:
                raise BadWorkbook(
                    name=name,
                    reason=Text(
                        f"{part.filename[:80]} 比其声明的更长", f"{part.filename[:80]} is longer than it says"
                    ),
                )


def _rows(page: Any, name: str) -> list[list[Cell]]:
    found: list[list[Cell]] = []
    last = 0
    for number, row in enumerate(page.iter_rows(max_col=COLUMNS_MAX + 1), start=1):
        if number > ROWS_MAX:
            raise BadWorkbook(name=name, reason=Text(f"超过 {ROWS_MAX} 行", f"more than {ROWS_MAX} rows"))
        values: list[Cell] = [_cell(cell, number, at, name) for at, cell in enumerate(row, start=1)]
        if len(values) > COLUMNS_MAX and any(one is not None for one in values[COLUMNS_MAX:]):
            raise BadWorkbook(
                name=name, reason=Text(f"超过 {COLUMNS_MAX} 列", f"more than {COLUMNS_MAX} columns")
            )
        if any(one not in (None, "") for one in values):
            last = number
        while values and values[-1] in (None, ""):
            values.pop()
        found.append(values)
    return found[:last]


def _cell(cell: Any, row: int, column: int, name: str) -> Cell:
    value: Cell = cell.value
    if getattr(cell, "data_type", "") == "f" or (isinstance(value, str) and value.startswith("=")):
        raise BadWorkbook(
            name=name,
            reason=Text(
                f"单元格 {place(row, column)} 是公式，请改为数值", f"{place(row, column)}: a formula"
            ),
        )
    if isinstance(value, str):
        if len(value) > TEXT_MAX:
            raise BadWorkbook(
                name=name,
                reason=Text(
                    f"单元格 {place(row, column)} 超过 {TEXT_MAX} 个字符",
                    f"{place(row, column)}: over {TEXT_MAX} characters",
                ),
            )
        if "\x00" in value:
            raise BadWorkbook(
                name=name,
                reason=Text(
                    f"单元格 {place(row, column)} 含有空字符（NUL）", f"{place(row, column)}: a NUL character"
                ),
            )
        return value.removeprefix("'") if value[1:2] in {"=", "+", "-", "@"} else value
    return value
