"""Text documents (docx, pptx, odt): their tables as tables, everything else as lines of text.

Rules this module keeps:
 * every part was unpacked within the limits and searched for entities and document types before XML is parsed (``archive``);
 * headers, footers, notes and comments are read like the body; a picture, a recording or an embedded file is unread and listed;
 * a paragraph is one value, so that what a person wrote in one piece is looked at in one piece;
 * at most ``document_bytes`` of XML are parsed of one part, streaming: a deep or endless part ends in a refusal.

Sources: ECMA-376 parts 1 (WordprocessingML, PresentationML, DrawingML); OASIS OpenDocument 1.3 part 3.
"""

import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from xml.etree.ElementTree import ParseError, XMLPullParser

import pyarrow as pa

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.scan.dialect import header, heading, unique_names
from feiyu.scan.errors_sources import Damaged, ExpandsTooMuch, NestedTooDeep, TooManyColumns
from feiyu.scan.limits import Limits
from feiyu.scan.readers.archive import ZIP_ERRORS, opened
from feiyu.scan.table import Input, Meter, Table, sliced

_PIECE = 1 << 16
_DEPTH = 256
_PARTS = {
    "docx": re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"),
    "pptx": re.compile(r"ppt/(slides/slide|notesSlides/notesSlide|comments/comment)\d+\.xml"),
    "odt": re.compile(r"(content|styles)\.xml"),
}
_UNREAD = re.compile(
    r"(^|/)(media|embeddings|Pictures|ObjectReplacements|activeX)/[^/]|vbaProject|\.bin$|^Object \d+/"
)
_ROW, _CELL, _TABLE, _PARAGRAPH = {"tr", "table-row"}, {"tc", "table-cell"}, {"tbl", "table"}, {"p", "h"}
_BREAKS = {"br", "cr", "tab", "line-break", "s"}


def document_tables(
    source: Input, flavour: str, entries: list[zipfile.ZipInfo], limits: Limits
) -> Iterator[Table]:
    """The lines of a document as one table with ``part`` and ``text``, then each of its tables."""
    found = _Found(limits)
    with closing(source.open(Meter())) as file, opened(source, file) as archive:
        for entry in entries:
            if _PARTS[flavour].fullmatch(entry.filename):
                _read(source, archive, entry, found, limits)
    if found.lines:
        yield _lines(source, found.lines)
    for number, rows in enumerate(found.tables, 1):
        table = _table(source, number, rows, limits)
        if table is not None:
            yield table


def unread_parts(entries: list[zipfile.ZipInfo]) -> tuple[str, ...]:
    """The parts of a document that no reader understands."""
    return tuple(one.filename for one in entries if not one.is_dir() and _UNREAD.search(one.filename))


class _Found:
    """What the parts of one document hold."""

    def __init__(self, limits: Limits) -> None:
        self.lines: list[tuple[str, str]] = []
        self.tables: list[list[list[str]]] = []
        self.left = limits.document_bytes

    def keep(self, text: str) -> None:
        """Count what is held in memory."""
        self.left -= len(text)


def _read(
    source: Input, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, found: _Found, limits: Limits
) -> None:
    place = f"{source.name}/{entry.filename}"
    walk = _Walk(entry.filename, found)
    parser: Any = XMLPullParser(events=("start", "end"))
    drawn = 0
    try:
        with archive.open(entry) as part:
            while data := part.read(_PIECE):
                drawn += len(data)
                if drawn > limits.document_bytes or found.left < 0:
                    raise ExpandsTooMuch(name=place, limit=f"{limits.document_bytes} B")
                parser.feed(data)
                walk.take(parser, place)
        parser.close()
        walk.take(parser, place)
    except (ParseError, *ZIP_ERRORS) as error:
        raise Damaged(name=place, reason=said(error)) from error


class _Walk:
    """One pass over the elements of a part: paragraphs outside tables are lines, the others cells."""

    def __init__(self, part: str, found: _Found) -> None:
        self.part, self.found = part, found
        self.stack: list[Any] = []
        self.text: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.cells: list[list[str]] = []

    def take(self, parser: Any, place: str) -> None:
        """Handle what was parsed so far; a finished element is let go, and so is its parent's hold on it."""
        for event, element in parser.read_events():
            name = element.tag.rsplit("}", 1)[-1]
            if event == "start":
                self.stack.append(element)
                if len(self.stack) > _DEPTH:
                    raise NestedTooDeep(name=place, row=1, limit=_DEPTH)
                self._start(name)
                continue
            self.stack.pop()
            self._end(name, element)
            if self.stack:
                self.stack[-1].remove(element)
            element.clear()

    def _start(self, name: str) -> None:
        if name in _TABLE:
            self.tables.append([])
        elif name in _ROW and self.tables:
            self.tables[-1].append([])
        elif name in _CELL and self.tables and self.tables[-1]:
            self.cells.append([])

    def _end(self, name: str, element: Any) -> None:
        if name in ("t", "instrText", "delText") or (element.text and name in (*_PARAGRAPH, "span", "a")):
            self.text.insert(0, element.text or "") if name in _PARAGRAPH else self.text.append(
                element.text or ""
            )
        elif name in _BREAKS:
            self.text.append(" ")
        if element.tail and not element.tail.isspace() and name in ("span", "a", *_BREAKS):
            self.text.append(element.tail)
        if name in _PARAGRAPH:
            self._paragraph("".join(self.text).strip())
            self.text.clear()
        elif name in _CELL and self.cells:
            self.tables[-1][-1].append("\n".join(self.cells.pop()))
        elif name in _TABLE and self.tables:
            self.found.tables.append(self.tables.pop())

    def _paragraph(self, text: str) -> None:
        if not text:
            return
        self.found.keep(text)
        if self.cells:
            self.cells[-1].append(text)
        else:
            self.found.lines.append((self.part, text))


def _lines(source: Input, lines: list[tuple[str, str]]) -> Table:
    schema = pa.schema([("part", pa.string()), ("text", pa.string())])

    def draw(meter: Meter, _: list[Text]) -> Iterator[pa.RecordBatch]:
        meter.bytes = source.size_bytes
        columns = [pa.array(list(one), pa.string()) for one in zip(*lines, strict=True)]
        yield from sliced(pa.RecordBatch.from_arrays(columns, schema=schema))

    return Table(name=source.name, schema=schema, draw=draw, ceiling=source.size_bytes)


def _table(source: Input, number: int, rows: list[list[str]], limits: Limits) -> Table | None:
    rows = [row for row in rows if any(row)]
    if not rows:
        return None
    width = max(map(len, rows))
    name = f"table {number}"
    if width > limits.columns:
        raise TooManyColumns(name=f"{source.name} [{name}]", columns=width, limit=limits.columns)
    titles, has_header = header(rows)
    names = unique_names(heading(rows, titles) if has_header else [], width)
    body = [row + [""] * (width - len(row)) for row in rows[titles + has_header :]]
    schema = pa.schema([(field, pa.string()) for field in names])

    def draw(meter: Meter, _: list[Text]) -> Iterator[pa.RecordBatch]:
        meter.bytes = source.size_bytes
        columns = [pa.array([row[i] for row in body], pa.string()) for i in range(width)]
        yield from sliced(pa.RecordBatch.from_arrays(columns, schema=schema))

    return Table(
        name=name, schema=schema, draw=draw, first_row=titles + has_header + 1, ceiling=source.size_bytes
    )
