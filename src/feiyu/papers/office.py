"""The words of DOCX and XLSX, read as archives of XML within limits; runs in the reading process only.

Rules this module keeps:
 * parts, their unpacked sizes, their ratio and their sum are limited before anything is parsed;
 * a document type declaration in any part is refused, so no entity is ever expanded; depth is limited;
 * deleted text of tracked changes and hidden text are not words of the paper; that there are some is a warning;
 * a formula is not computed: its cell is refused by name where its value would be needed.

Sources: ECMA-376 part 1.
"""

import io
import re
import zipfile
from collections.abc import Callable
from xml.parsers import expat

Row = tuple[str, int, int, str]
PARTS_MAX = 2_000
PART_MAX = 48 << 20
SUM_MAX = 128 << 20
RATIO_MAX = 250
RATIO_FROM = 1 << 20
DEPTH_MAX = 256
TEXT_MAX = 2_000_000
LINES_MAX = 100_000
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "


class Refused(Exception):
    """The reading process's refusal; the parent makes the error of it."""

    def __init__(self, kind: str, place: str, zh: str, en: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.place, self.zh, self.en = place, zh, en


def read_office(content: bytes) -> tuple[str, list[Row], list[tuple[str, str]]]:
    """Kind, lines and warnings of a DOCX or XLSX."""
    archive = _archive(content)
    names = set(archive.namelist())
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("unread", "vbaProject.bin", "含宏", "it holds macros")
    if "word/document.xml" in names:
        return "docx", *_docx(archive)
    if "xl/workbook.xml" in names:
        return "xlsx", *_xlsx(archive, names)
    raise Refused("unread", "-", "不是 DOCX 或 XLSX", "it is neither DOCX nor XLSX")


def _archive(content: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refused("unread", "-", "压缩结构损坏", "its archive is damaged") from None
    if len(parts) > PARTS_MAX:
        raise Refused("large", "-", f"超过{PARTS_MAX}个部件", f"over {PARTS_MAX} parts")
    for part in parts:
        place = part.filename[:80]
        if part.flag_bits & 1:
            raise Refused("unread", place, "已加密", "it is encrypted")
        ratio = part.file_size / max(1, part.compress_size)
        if part.file_size > PART_MAX or (part.file_size > RATIO_FROM and ratio > RATIO_MAX):
            raise Refused(
                "large", place, "解压后过大，疑似压缩炸弹", "it unpacks to too much, like a zip bomb"
            )
    if sum(part.file_size for part in parts) > SUM_MAX:
        raise Refused("large", "-", "解压总量过大", "it unpacks to too much in all")
    return archive


def _parse(archive: zipfile.ZipFile, name: str, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None],
           words: Callable[[str], None]) -> None:  # fmt: skip
    depth = 0

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH_MAX:
            raise Refused("large", name, f"嵌套超过{DEPTH_MAX}层", f"nesting over {DEPTH_MAX}")
        start(tag, attributes)

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag)

    def declared(*_: object) -> None:
        raise Refused(
            "unread",
            name,
            "含文档类型声明（可能用于实体扩展）",
            "it declares a document type, as entity bombs do",
        )

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opened, closed, words
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
    parser.buffer_text = True
    try:
        with archive.open(name) as file:
            left = PART_MAX
            while chunk := file.read(1 << 16):
                left -= len(chunk)
                if left < 0:
                    raise Refused("large", name, "部件比声明的更大", "the part is longer than it says")
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except expat.ExpatError as bad:
        raise Refused("unread", f"{name}:{bad.lineno}", "XML 损坏", "its XML is damaged") from None
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, KeyError):
        raise Refused("unread", name, "部件损坏", "the part is damaged") from None


def _docx(archive: zipfile.ZipFile) -> tuple[list[Row], list[tuple[str, str]]]:
    reader = _Docx()
    _parse(archive, "word/document.xml", reader.start, reader.end, reader.words)
    warnings = []
    if reader.changes:
        warnings.append(
            (
                "文件带有未接受的修订，比对按接受全部修订后的文字进行。",
                "There are tracked changes; the text is compared as if all were accepted.",
            )
        )
    if reader.hidden:
        warnings.append(
            (
                "文件含有隐藏文字，未计入正文。",
                "There is hidden text; it was not taken as words of the paper.",
            )
        )
    return reader.rows, warnings


class _Docx:
    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.page = 1
        self.paragraph = 0
        self.length = 0
        self.changes = self.hidden = False
        self._text: list[list[str]] = []
        self._taking = False
        self._vanish = False
        self._deleted = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.removeprefix(_W)
        match name:
            case "p":
                self._text.append([])
            case "r":
                self._vanish = False
            case "vanish":
                self._vanish = self.hidden = True
            case "t":
                self._taking = True
            case "tab" | "cr":
                self._add(" ")
            case "br":
                if attributes.get(f"{_W}type") == "page":
                    self.page += 1
                self._add("\n")
            case "lastRenderedPageBreak":
                self.page += 1
            case "del" | "moveFrom":
                self._deleted += 1
                self.changes = True
            case "ins" | "moveTo":
                self.changes = True

    def end(self, tag: str) -> None:
        match tag.removeprefix(_W):
            case "t":
                self._taking = False
            case "del" | "moveFrom":
                self._deleted -= 1
            case "p":
                self.paragraph += 1
                text = "".join(self._text.pop())
                if text.strip():
                    self.rows.append((text, self.page, self.paragraph, ""))
                if len(self.rows) > LINES_MAX:
                    raise Refused(
                        "large", f"第{self.paragraph}段", f"超过{LINES_MAX}段", f"over {LINES_MAX} paragraphs"
                    )

    def words(self, text: str) -> None:
        if self._taking and not self._vanish and not self._deleted:
            self._add(text)

    def _add(self, text: str) -> None:
        self.length += len(text)
        if self.length > TEXT_MAX:
            raise Refused(
                "large", f"第{self.paragraph}段", f"文字超过{TEXT_MAX}字", f"over {TEXT_MAX} characters"
            )
        if self._text:
            self._text[-1].append(text)


_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def _xlsx(archive: zipfile.ZipFile, names: set[str]) -> tuple[list[Row], list[tuple[str, str]]]:
    shared = _Shared()
    if "xl/sharedStrings.xml" in names:
        _parse(archive, "xl/sharedStrings.xml", shared.start, shared.end, shared.words)
    rows: list[Row] = []
    sheets = sorted(
        (name for name in names if re.fullmatch(r"xl/worksheets/sheet\d{1,4}\.xml", name)),
        key=lambda n: int(re.sub(r"\D", "", n)),
    )
    for at, name in enumerate(sheets, 1):
        sheet = _Sheet(f"S{at}", shared.strings, rows)
        _parse(archive, name, sheet.start, sheet.end, sheet.words)
    return rows, []


class _Shared:
    def __init__(self) -> None:
        self.strings: list[str] = []
        self.length = 0
        self._taking = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        del attributes
        match tag.removeprefix(_S):
            case "si":
                self.strings.append("")
            case "t":
                self._taking = True

    def end(self, tag: str) -> None:
        if tag == f"{_S}t":
            self._taking = False

    def words(self, text: str) -> None:
        if self._taking and self.strings:
            self.length += len(text)
            if self.length > TEXT_MAX:
                raise Refused(
                    "large", "sharedStrings", f"文字超过{TEXT_MAX}字", f"over {TEXT_MAX} characters"
                )
            self.strings[-1] += text


class _Sheet:
    def __init__(self, label: str, shared: list[str], rows: list[Row]) -> None:
        self.label, self.shared, self.rows = label, shared, rows
        self._cell = self._kind = self._value = ""
        self._taking = self._formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.removeprefix(_S):
            case "c":
                self._cell, self._kind, self._value = attributes.get("r", ""), attributes.get("t", ""), ""
                self._formula = False
            case "f":
                self._formula = True
            case "v" | "t":
                self._taking = True

    def end(self, tag: str) -> None:
        name = tag.removeprefix(_S)
        if name in {"v", "t"}:
            self._taking = False
        elif name == "c" and (self._value or self._formula):
            self._keep()

    def words(self, text: str) -> None:
        if self._taking:
            self._value += text

    def _keep(self) -> None:
        found = _CELL.fullmatch(self._cell)
        place = f"{self.label}!{self._cell[:12]}"
        if not found:
            raise Refused("unread", place, "单元格没有位置", "a cell has no place")
        if self._formula:
            raise Refused(
                "unread", place, "单元格含公式，请粘贴为数值", "the cell holds a formula; paste it as a value"
            )
        text = self._value
        if self._kind == "s":
            if not text.isdigit() or int(text) >= len(self.shared):
                raise Refused(
                    "unread", place, "单元格引用了不存在的文字", "the cell names a text that is not there"
                )
            text = self.shared[int(text)]
        if text.strip():
            self.rows.append((text, 0, int(found[2]), place))
        if len(self.rows) > LINES_MAX:
            raise Refused("large", place, f"超过{LINES_MAX}个单元格", f"over {LINES_MAX} cells")
