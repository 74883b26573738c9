"""ZIP containers: what is inside, checked before anything is opened.

A workbook is a ZIP; so is a document, and so is an archive of tables. The central directory may lie about sizes: the
parts of a workbook are unpacked once into nothing while their bytes are counted, the files of an archive are counted
while they are read.

Rules this module keeps:
 * nothing is opened whose entries together unpack to more than the limit, by their directory or in truth;
 * an XML part that declares entities or a document type is refused: nobody needs them, bombs do;
 * encrypted entries are unread.

Sources: APPNOTE.TXT 6.3.10 (ZIP); ECMA-376 (parts of a workbook); XML 1.0 §4.1 (entities).
"""

import contextlib
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from typing import Any, BinaryIO, cast

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.scan.errors_sources import Damaged, ExpandsTooMuch, HostileContent, TooManyMembers, Unread
from feiyu.scan.limits import Limits
from feiyu.scan.table import BLOCK_BYTES, Input, Meter, printable

_DECLARATION = re.compile(rb"<!(ENTITY|DOCTYPE)", re.IGNORECASE)
_WIDE_DECLARATION = re.compile(rb"<\x00?!\x00?(E\x00?N\x00?T\x00?I|D\x00?O\x00?C\x00?T)", re.IGNORECASE)
_PIECE = 1 << 18
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL = re.compile(rb"""\sr=["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError)
_DOCUMENTS = {
    "AndroidManifest.xml": ("安卓应用", "an Android application"),
    "META-INF/MANIFEST.MF": ("Java 程序包", "a Java archive"),
    "META-INF/container.xml": ("电子书", "an e-book"),
    "OFD.xml": ("OFD 版式文档", "an OFD document"),
}
_UNREAD_PARTS = re.compile(
    r"(^|/)(media|embeddings|activeX)/|vbaProject|/comments|threadedComments|customXml/item\d"
)


def members(source: Input, limits: Limits) -> list[zipfile.ZipInfo]:
    """The entries of the central directory, if their number and sizes are within the limits."""
    with closing(source.open(Meter())) as file, opened(source, file) as archive:
        entries = archive.infolist()
    if len(entries) > limits.members:
        raise TooManyMembers(name=source.name, limit=limits.members)
    return entries


def document_flavour(source: Input, entries: list[zipfile.ZipInfo]) -> str | None:
    """``docx``, ``pptx`` or ``odt`` for a text document, else None."""
    names = {entry.filename for entry in entries}
    if "word/document.xml" in names:
        return "docx"
    if "ppt/presentation.xml" in names:
        return "pptx"
    if "content.xml" in names and "mimetype" in names:
        with closing(source.open(Meter())) as file, opened(source, file) as archive:
            kind = _start(source, archive, "mimetype")
        if kind.startswith(b"application/vnd.oasis.opendocument.text"):
            return "odt"
    return None


def workbook_flavour(source: Input, entries: list[zipfile.ZipInfo]) -> str | None:
    """``xlsx``, ``xlsb`` or ``ods`` for a workbook, None for a plain archive; other documents are unread."""
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    for part, (zh, en) in _DOCUMENTS.items():
        if part in names:
            raise Unread(name=source.name, looks=Text(zh, en))
    if "content.xml" in names and "mimetype" in names:
        with closing(source.open(Meter())) as file, opened(source, file) as archive:
            kind = _start(source, archive, "mimetype")
        if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return "ods"
        raise Unread(name=source.name, looks=Text("OpenDocument 文档", "an OpenDocument document"))
    return None


def check_workbook(source: Input, entries: list[zipfile.ZipInfo], limits: Limits) -> tuple[str, ...]:
    """Unpack every part into nothing, within the limits; the parts no reader understands."""
    claimed = sum(entry.file_size for entry in entries)
    if claimed > limits.workbook_bytes:
        raise ExpandsTooMuch(name=source.name, limit=f"{limits.workbook_bytes} B")
    left = limits.workbook_bytes
    with closing(source.open(Meter())) as file, opened(source, file) as archive:
        for entry in entries:
            left -= _walk(source, archive, entry, left, limits)
    return tuple(entry.filename for entry in entries if _UNREAD_PARTS.search(entry.filename))


def is_small(source: Input, entries: list[zipfile.ZipInfo], cells: int) -> bool:
    """Whether every sheet's cells stand within a rectangle of so many: two cells in far corners are read as all between them."""
    with closing(source.open(Meter())) as file, opened(source, file) as archive:
        for entry in entries:
            if not _SHEET.fullmatch(entry.filename):
                continue
            columns, rows, tail = 0, 0, b""
            with archive.open(entry) as part:
                while data := part.read(_PIECE):
                    found = set(_CELL.findall(tail + data))
                    columns = max(columns, *(_column(column) for column, _ in found), 0)
                    rows = max(rows, *(int(row) for _, row in found), 0)
                    tail = data[-32:]
            if columns * rows > cells:
                return False
    return True


def _column(letters: bytes) -> int:
    number = 0
    for one in letters.upper():
        number = number * 26 + one - 64
    return number


def _walk(source: Input, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, limits: Limits) -> int:
    """Unpack one entry into nothing, looking for declarations; how many bytes it really has."""
    if entry.flag_bits & 1:
        raise Unread(name=source.name, looks=Text("加密的压缩包", "an encrypted archive"))
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    count, tail = 0, b""
    try:
        with archive.open(entry) as part:
            while data := part.read(_PIECE):
                count += len(data)
                if count > left:
                    raise ExpandsTooMuch(name=source.name, limit=f"{limits.workbook_bytes} B")
                if is_xml and (_DECLARATION.search(tail + data) or _WIDE_DECLARATION.search(tail + data)):
                    raise HostileContent(
                        name=source.name, part=entry.filename, what=Text.same("<!DOCTYPE / <!ENTITY")
                    )
                tail = data[-32:]
    except ZIP_ERRORS as error:
        raise Damaged(
            name=source.name,
            reason=said(error, at=entry.filename),
        ) from error
    return count


def member_inputs(source: Input, entries: list[zipfile.ZipInfo], limits: Limits) -> Iterator[Input]:
    """The files of an archive, in their order, to be read one after the other."""
    for entry in entries:
        if not entry.is_dir():
            yield MemberInput(source, entry, limits)


class MemberInput(Input):
    """One file of an archive, unpacked as it is read; its size is that of the packed bytes."""

    nested = True

    def __init__(self, outer: Input, entry: zipfile.ZipInfo, limits: Limits) -> None:
        self.outer, self.entry, self.limits = outer, entry, limits
        self.member = printable(_readable_name(entry))
        self.name = f"{outer.name}/{self.member}"
        self.size_bytes = min(entry.compress_size, outer.size_bytes) if entry.file_size else 0

    def open(self, meter: Meter) -> BinaryIO:
        """Unpack from the start."""
        if self.entry.flag_bits & 1:
            raise Unread(name=self.name, looks=Text("加密的压缩包", "an encrypted archive"), kind="encrypted")
        return cast("BinaryIO", io.BufferedReader(_Member(self, meter), BLOCK_BYTES))


class _Member(io.RawIOBase):
    """A raw stream of one file's unpacked bytes; checks sum, sizes and expansion."""

    def __init__(self, member: MemberInput, meter: Meter) -> None:
        self._of, self._meter, self._out = member, meter, 0
        self._file = member.outer.open(meter)
        try:
            self._part = opened(member.outer, self._file).open(member.entry)
        except ZIP_ERRORS as error:
            self._file.close()
            raise Damaged(name=member.name, reason=said(error)) from error

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        if not self.closed:
            self._part.close()
            self._file.close()
        super().close()

    def readinto(self, buffer: Any, /) -> int:
        try:
            data = self._part.read(min(len(buffer), BLOCK_BYTES))
        except ZIP_ERRORS as error:
            raise Damaged(name=self._of.name, reason=said(error)) from error
        self._out += len(data)
        self._of.limits.check_expansion(self._of.name, self._out, self._meter.bytes)
        buffer[: len(data)] = data
        return len(data)


def _readable_name(entry: zipfile.ZipInfo) -> str:
    """The name as it was meant: archives made on Chinese Windows carry GBK without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return entry.filename


def _start(source: Input, archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(80)
    except ZIP_ERRORS as error:
        raise Damaged(
            name=source.name,
            reason=said(error, at=name),
        ) from error


def opened(source: Input, file: BinaryIO) -> zipfile.ZipFile:
    """The archive behind an open file; a damaged one is refused."""
    try:
        return zipfile.ZipFile(file)
    except ZIP_ERRORS as error:
        raise Damaged(name=source.name, reason=said(error)) from error
