"""Open anything that may hold tables.

Rules this module keeps:
 * the content decides what a source is; a name that says otherwise gets a warning, never belief;
 * what no reader understands is refused as *unread*, with what it looks like; a table reader never returns garbage;
 * nothing but regular files is opened, and opening one changes nothing.

Sources: DESIGN invariants 1, 6 and 9.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipInfo

from feiyu.base.errors import BadInput, FeiyuError, TooLarge
from feiyu.base.text import Text
from feiyu.scan import sniff
from feiyu.scan.encoding import detect
from feiyu.scan.errors_sources import (
    EmptySource,
    ExpandsTooMuch,
    MayNotRead,
    NoSuchSource,
    NoTable,
    NotAFile,
    Unread,
)
from feiyu.scan.limits import Limits
from feiyu.scan.table import BytesInput, FileInput, Input, Meter, Source, Table, name_of, printable

_DEFAULT = Limits()
_ALL = "**/*"
_WIDE = {"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"}


def open_source(
    path: str | os.PathLike[str] | Input, *, limits: Limits = _DEFAULT, look: bool = False
) -> Source:
    """Find out what ``path`` is and open it for reading.

    ``look``: what no reader understands is not refused but opened as an inventory of itself, with its content unread. For a scan, not for sending.

    Raises:
        NoSuchSource, NotAFile, EmptySource: there is nothing to read.
        Unread: no reader understands it; the values say what it looks like.
        BadInput: it is damaged, hostile or beyond a limit; the values name the place.
    """
    source = path if isinstance(path, Input) else FileInput(_regular(Path(path)))
    if source.size_bytes == 0:
        raise EmptySource(name=source.name)
    try:
        return _open(source, limits, packing=None)
    except Unread as refusal:
        if not look:
            raise
        from feiyu.scan.inventory import inventory_source

        return inventory_source(source, refusal)


def _regular(path: Path) -> Path:
    name = name_of(path)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise NoSuchSource(name=name, ident=name) from None
    except PermissionError:
        raise MayNotRead(name=name) from None
    if stat.S_ISDIR(mode):
        raise NotAFile(name=name, kind=Text("文件夹", "a folder"))
    if not stat.S_ISREG(mode):
        raise NotAFile(name=name, kind=Text("设备或管道", "a device or a pipe"))
    if not os.access(path, os.R_OK):
        raise MayNotRead(name=name)
    return path


def _open(source: Input, limits: Limits, *, packing: str | None) -> Source:
    head = source.head(sniff.HEAD_BYTES)
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise (
            EmptySource(name=source.name)
            if not head.strip(b" \t\r\n\xef\xbb\xbf")
            else _unread(source, sniff.BINARY)
        )
    kind = sniff.kind_of(head)
    if kind is None:
        return _open_text(source, head, limits, packing)
    if kind.role == "packed":
        return _open_packed(source, kind, limits, packing)
    if kind.role == "unread":
        raise _unread(source, kind)
    if not source.seekable:
        source = _in_memory(source, limits)
    return _open_binary(source, kind, limits, packing)


def _open_text(source: Input, head: bytes, limits: Limits, packing: str | None) -> Source:
    from feiyu.scan.readers.delimited import delimited_table
    from feiyu.scan.readers.jsontext import json_tables, looks_like_json
    from feiyu.scan.readers.logs import form_of, log_table

    found = detect(head, wanted=limits.encoding)
    if found is None or found[0] not in _WIDE:
        other = sniff.text_kind(head)
        if other is not None:
            raise _unread(source, other)
    encoding, mark = found or ("utf-8", 0)
    told = _told(source.name, encoding, limits)
    if looks_like_json(head[mark:].decode(encoding, "replace")):
        return _source(source, sniff.JSON, packing, lambda: json_tables(source, limits), told=told)
    log = form_of(_first_lines(head[mark:].decode(encoding, "replace")))
    if log is not None and encoding not in _WIDE:
        return _single(source, sniff.LOG, packing, log_table(source, log, encoding, mark, limits), told)
    table, format_ = delimited_table(source, limits)
    kind = {"csv": sniff.CSV, "fixed": sniff.FIXED, "text": sniff.TEXT}[format_]
    return _single(source, kind, packing, table, told)


def _first_lines(text: str) -> list[str]:
    """The whole lines of a beginning."""
    return text[: text.rfind("\n") + 1].splitlines() or [text]


def _told(name: str, encoding: str, limits: Limits) -> tuple[Text, ...]:
    """In which encoding a text is read, where that is the user's word or rests on what the text looks like."""
    if limits.encoding:
        return (
            Text(
                f"{name} 按指定的编码 {encoding.upper()} 读取。",
                f"{name} is read as {encoding.upper()}, as it was asked for.",
            ),
        )
    if not encoding.startswith(("cp", "koi8")) or encoding in ("cp950", "cp949"):
        return ()
    called = encoding.upper().replace("_", "-")
    return (
        Text(
            f"{name} 没有标明编码，从字母的排列看是 {called}；如不是，请用 --encoding 指明。号码都是 ASCII 字符，不受影响。",
            f"{name} does not say its encoding; by how its letters stand it is {called}. If not, name it with --encoding. Numbers are ASCII and are not affected.",
        ),
    )


def _single(
    source: Input, kind: sniff.Kind, packing: str | None, table: Table, told: tuple[Text, ...] = ()
) -> Source:
    return _source(source, kind, packing, lambda: iter((table,)), told=told)


def _open_packed(source: Input, kind: sniff.Kind, limits: Limits, packing: str | None) -> Source:
    from feiyu.scan.readers.packed import PackedInput

    if packing is not None:
        raise Unread(name=source.name, looks=Text("多层压缩的文件", "a packed file inside a packed file"))
    return _open(PackedInput(source, kind.id, limits), limits, packing=kind.id)


def _in_memory(source: Input, limits: Limits) -> Input:
    """A packed document that needs seeking, unpacked, if it is small."""
    with closing(source.open(Meter())) as stream:
        data = stream.read(limits.document_bytes + 1)
    if len(data) > limits.document_bytes:
        raise ExpandsTooMuch(name=source.name, limit=f"{limits.document_bytes} B")
    inner = BytesInput(source.name, data)
    inner.nested = source.nested
    return inner


def _open_binary(source: Input, kind: sniff.Kind, limits: Limits, packing: str | None) -> Source:
    from feiyu.scan.readers import archive, columnar, excel

    if kind is sniff.SQLITE:
        from feiyu.scan.readers.sqlite import sqlite_tables, sqlite_unread

        unread = sqlite_unread(source)
        return _source(source, kind, packing, lambda: _some(source, sqlite_tables(source, limits)), unread)
    if kind is sniff.DUCKDB:
        from feiyu.scan.readers.duck import duck_tables, duck_unread

        return _source(
            source, kind, packing, lambda: _some(source, duck_tables(source, limits)), duck_unread(source)
        )
    if kind is sniff.AVRO:
        from feiyu.scan.readers.avro import avro_table

        return _single(source, kind, packing, avro_table(source, limits))
    if kind is sniff.PDF:
        return _open_pdf(source, limits, packing)
    if kind.id in columnar.READERS:
        return _single(source, kind, packing, columnar.READERS[kind.id](source, limits))
    if kind is sniff.OLE:
        excel.check_ole(source)
        return _source(
            source,
            sniff.Kind("xls", sniff.XLSX.looks),
            packing,
            lambda: _some(source, excel.workbook_tables(source, limits)),
        )
    if kind is sniff.ZIP:
        entries = archive.members(source, limits)
        document = archive.document_flavour(source, entries)
        if document is not None:
            return _open_document(source, document, entries, limits, packing)
        flavour = archive.workbook_flavour(source, entries)
        if flavour is None and not source.nested:
            return _several(source, kind, archive.member_inputs(source, entries, limits), limits)
        if flavour is not None:
            unread = archive.check_workbook(source, entries, limits)
            small = flavour == "xlsx" and archive.is_small(source, entries, excel.SMALL_CELLS)
            return _source(
                source,
                sniff.Kind(flavour, sniff.XLSX.looks),
                packing,
                lambda: _some(source, excel.workbook_tables(source, limits, small=small)),
                unread,
            )
    raise _unread(source, kind)


def _open_document(
    source: Input, flavour: str, entries: list[ZipInfo], limits: Limits, packing: str | None
) -> Source:
    from feiyu.scan.readers import archive, office

    archive.check_workbook(source, entries, limits)
    kind = sniff.DOCUMENTS[flavour]
    return _source(
        source,
        kind,
        packing,
        lambda: _some(source, office.document_tables(source, flavour, entries, limits)),
        office.unread_parts(entries),
    )


def _open_pdf(source: Input, limits: Limits, packing: str | None) -> Source:
    from feiyu.scan.readers.pdf import pdf_read, pdf_tables

    read = pdf_read(source, limits)
    unread = tuple(f"{source.name}/page {page}" for page in read.pictures)
    if not read.lines:
        looks = Text("没有文字的 PDF（扫描件）", "a PDF without text (scanned pages)")
        raise _unread(source, sniff.Kind("pdf", looks))
    return _source(source, sniff.PDF, packing, lambda: pdf_tables(source, read), unread)


def open_folder(
    path: str | os.PathLike[str], pattern: str = _ALL, *, limits: Limits = _DEFAULT, look: bool = False
) -> Source:
    """Open every file of a folder that fits ``pattern`` as one source, in the order of their names.

    Raises:
        NoSuchSource: there is no such folder, or nothing in it that fits.
        LeavesFolder: a link among them points out of the folder.
    """
    from feiyu.scan.readers.folder import file_inputs

    path = Path(path)
    if not path.is_dir():
        raise NoSuchSource(name=name_of(path), ident=name_of(path))
    inputs = file_inputs(path, pattern, limits)
    if not inputs and pattern != _ALL:
        raise NoSuchSource(name=printable(pattern), ident=printable(pattern))
    kind = sniff.Kind("folder", Text("文件夹", "a folder"), "archive")
    size = sum(one.size_bytes for one in inputs)
    return _several(BytesInput(name_of(path), b""), kind, iter(inputs), limits, size_bytes=size, look=look)


def open_inputs(name: str, inputs: list[Input], *, limits: Limits = _DEFAULT) -> Source:
    """Open several inputs, such as the objects below a prefix, as one source; names begin with ``name``."""
    kind = sniff.Kind("folder", Text("一组对象", "a group of objects"), "archive")
    size = sum(one.size_bytes for one in inputs)
    return _several(BytesInput(name, b""), kind, iter(inputs), limits, size_bytes=size)


def _several(
    outer: Input,
    kind: sniff.Kind,
    inputs: Iterator[Input],
    limits: Limits,
    *,
    size_bytes: int | None = None,
    look: bool = False,
) -> Source:
    """The tables of many inputs as one source; what cannot be read among them is listed."""
    unread: list[tuple[Input, Unread]] = []
    parts: list[str] = []
    warnings: list[Text] = []
    readable: list[Input] = []
    broken: FeiyuError | None = None
    for one in inputs:
        try:
            inner = open_source(one, limits=limits)
        except EmptySource as error:
            warnings.append(error.message.format(**error.values))
        except Unread as refusal:
            unread.append((one, refusal))
        except (BadInput, TooLarge) as error:
            warnings.append(error.message.format(**error.values))
            parts.append(one.name)
            broken = broken or error
        else:
            readable.append(one)
            parts += [f"{one.name}/{part}" for part in inner.unread]
            warnings += inner.warnings
    if not readable and not (look and unread):
        raise broken or (_unread(outer, kind) if unread else EmptySource(name=outer.name))

    def find() -> Iterator[Table]:
        for one in readable:
            for table in open_source(one, limits=limits).tables():
                label = one.name.removeprefix(f"{outer.name}/")
                table.name = label if table.name == one.name else f"{label} [{table.name}]"
                yield table

    def listed() -> Iterator[Table]:
        from feiyu.scan.inventory import inventory_table, item_of

        if unread:
            yield inventory_table("unread", [item_of(one, refusal) for one, refusal in unread])

    return Source(
        name=outer.name,
        format=kind.id,
        size_bytes=outer.size_bytes if size_bytes is None else size_bytes,
        unread=(*(one.name for one, _ in unread), *parts),
        warnings=tuple(warnings),
        find=find,
        listed=listed,
    )


def _some(source: Input, tables: Iterator[Table]) -> Iterator[Table]:
    """The tables, of which there must be one."""
    empty = True
    for table in tables:
        empty = False
        yield table
    if empty:
        raise NoTable(name=source.name)


def _unread(source: Input, kind: sniff.Kind) -> Unread:
    return Unread(name=source.name, looks=kind.looks, kind=kind.id)


def _source(
    source: Input,
    kind: sniff.Kind,
    packing: str | None,
    find: Callable[[], Iterator[Table]],
    unread: tuple[str, ...] = (),
    *,
    told: tuple[Text, ...] = (),
) -> Source:
    name = getattr(source, "inner_name", source.name) if packing else source.name
    warnings = list(told)
    if sniff.lies(name, kind):
        warnings.append(
            Text(
                f"{source.name} 的扩展名与内容不符：内容是{kind.looks.zh}，已按内容读取。",
                f"The extension of {source.name} does not fit: it is {kind.looks.en} and was read as that.",
            )
        )
    return Source(
        name=source.name,
        format=kind.id,
        size_bytes=source.size_bytes,
        packing=packing,
        unread=unread,
        warnings=tuple(warnings),
        find=find,
    )
