"""Workbooks (xlsx, xlsm, xlsb, xls, ods), every sheet a table of strings.

Rules this module keeps:
 * a ZIP workbook was unpacked within limits and searched for hostile parts before calamine sees it;
 * every sheet is read, hidden ones too; title rows above the header are found as in delimited text;
 * cells are read as text as the sheet shows them; a number of more than fifteen digits was already damaged by
   whoever stored it as a number, and the scan says so;
 * one sheet is in memory at a time; unless its cells are known to stand close together, the workbook is parsed in a process of its own that
   may not swell (``excel_book``).

Sources: ECMA-376; [MS-XLS]; calamine through fastexcel.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pyarrow as pa
import pyarrow.compute as pc

from feiyu.base.said import said
from feiyu.base.text import Text, number_of
from feiyu.scan.dialect import header, heading, unique_names
from feiyu.scan.errors_sources import Damaged, ExpandsTooMuch, TooManyColumns, Unread
from feiyu.scan.limits import Limits
from feiyu.scan.readers.excel_book import Apart, BadBook, Book, Here
from feiyu.scan.table import Input, Meter, Table, sliced

_SAMPLE_ROWS = 200
_BATCH_ROWS = 1 << 14
SMALL_CELLS = 4 << 20
"""Cells of a sheet that this process parses itself."""


def workbook_tables(source: Input, limits: Limits, *, small: bool = False) -> Iterator[Table]:
    """A table for each sheet that holds a cell; ``small``: its cells were seen to stand close together."""
    book: Book = _open(source, limits, small=small)
    names = book.sheet_names
    for index, sheet_name in enumerate(names):
        table = _sheet(source, book, index, sheet_name, limits, share=source.size_bytes // len(names))
        if table is not None:
            yield table


def _open(source: Input, limits: Limits, *, small: bool) -> Book:
    if source.size_bytes > limits.workbook_bytes:
        raise ExpandsTooMuch(name=source.name, limit=f"{limits.workbook_bytes} B")
    with closing(source.open(Meter())) as file:
        data = file.read()
    with _honest(source.name):
        return Here(data) if small else Apart(data)


@contextmanager
def _honest(name: str) -> Iterator[None]:
    """Turn what the library raises on a bad file into a refusal."""
    try:
        yield
    except BadBook as error:
        reason = str(error)
        if "password" in reason.lower() or "encrypt" in reason.lower():
            raise Unread(name=name, looks=Text("加密的工作簿", "an encrypted workbook")) from error
        raise Damaged(name=name, reason=said(error)) from error


def _sheet(source: Input, book: Book, index: int, name: str, limits: Limits, *, share: int) -> Table | None:
    full = f"{source.name} [{name}]"
    sample = _load(full, book, index, _SAMPLE_ROWS)
    if sample is None or not sample.num_columns or not sample.num_rows:
        return None
    if sample.num_columns > limits.columns:
        raise TooManyColumns(name=full, columns=sample.num_columns, limit=limits.columns)
    columns = [[cell or "" for cell in column.to_pylist()] for column in sample.columns]
    rows = [list(row) for row in zip(*columns, strict=True)]
    blank = next((i for i, row in enumerate(rows) if any(row)), 0)
    titles, has_header = header(rows[blank:])
    skip = blank + titles + has_header
    names = unique_names(heading(rows, blank + titles) if has_header else [], sample.num_columns)
    schema = pa.schema([(field, pa.string()) for field in names])

    def draw(meter: Meter, warnings: list[Text]) -> Iterator[pa.RecordBatch]:
        batch = _load(full, book, index, None)
        if batch is None:
            return
        body = pa.RecordBatch.from_arrays([_strings(column) for column in batch.columns], schema=schema)
        body = body.slice(skip)
        warnings += _damaged_numbers(body)
        for part in sliced(body, _BATCH_ROWS):
            meter.bytes += share * part.num_rows // max(1, body.num_rows)
            yield part

    return Table(name=name, schema=schema, draw=draw, first_row=skip + 1, ceiling=share)


def _load(name: str, book: Book, index: int, rows: int | None) -> pa.RecordBatch | None:
    with _honest(name):
        return book.load(index, rows)


def _strings(column: pa.Array) -> pa.Array:
    """Text as the other text formats have it: an empty cell is an empty string."""
    return column.cast(pa.string()).fill_null("")


def _damaged_numbers(body: pa.RecordBatch) -> Iterator[Text]:
    """The columns whose long numbers are all such as a float can hold: beyond fifteen digits that is no accident."""
    for field, column in zip(body.schema.names, body.columns, strict=True):
        long = column.filter(pc.match_substring_regex(column, r"^([1-9]\d{15,17}|[1-8]\d{18})$"))
        through_float = pc.cast(pc.cast(long, pa.float64()), pa.int64(), safe=False)
        exact = pc.equal(pc.cast(long, pa.int64()), through_float)
        # sixteen digits fit into a float, but a spreadsheet keeps fifteen and writes a zero
        lost = pc.if_else(pc.equal(pc.utf8_length(long), 16), pc.ends_with(long, "0"), exact)
        count = pc.sum(lost).as_py() or 0
        if count and count * 10 >= len(long) * 9:
            yield Text(
                f"“{field}”列有 {count} 个超过 15 位的号码是按数字保存的，末尾几位已丢失，无法据此准确计数。",
                f"Column {field!r}: {number_of(count, 'number')} of more than 15 digits stored as numbers; "
                "the last digits are lost, and nothing can be counted exactly by them.",
            )


_OLE_KINDS = (
    ("EncryptedPackage", "加密的工作簿", "an encrypted workbook"),
    ("WordDocument", "Word 文档", "a Word document"),
    ("PowerPoint Document", "PowerPoint 演示文稿", "a PowerPoint presentation"),
    ("__substg1.0", "邮件", "a mail message"),
)


def check_ole(source: Input) -> None:
    """Refuse what is no workbook among the old Office files; their streams are named in a directory in UTF-16."""
    with closing(source.open(Meter())) as file:
        data = file.read(8 << 20)
    for stream, zh, en in _OLE_KINDS:
        if stream.encode("utf-16-le") in data:
            raise Unread(name=source.name, looks=Text(zh, en))
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise Unread(name=source.name, looks=Text("旧版 Office 文件", "an old Office file"))
