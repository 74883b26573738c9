"""JSON: lines, one array, one document; any depth laid flat to paths, as strings.

``{"owner": {"id": 1}, "cars": [{"vin": "A"}, {"vin": "B"}]}`` has the fields ``owner.id`` and ``cars[].vin``; a field
below a list holds all its values of the record, one per line.

Rules this module keeps:
 * numbers keep their spelling: nothing is turned into a float on the way;
 * fields are those of the first records; what a later record has beside them stands as JSON text in ``_other``, so
   that nothing can hide behind a late key; a file that fits into the sample has no ``_other``;
 * a field whose values are all numbers or truth values in the sample carries the mark ``json: literal`` for the writer;
 * a piece of the text is cut behind a line end, and is one only if each of its lines is a value;
 * a key that stands twice in an object is refused: one value would hide the other; so is half a character (a lone surrogate);
 * depth, width and the length of one record are limited; a bad record is named by its number and character.

Sources: RFC 8259; JSON Lines.
"""

import codecs
import json
import re
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from typing import Any, Final

import pyarrow as pa

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.scan.dialect import unique_names
from feiyu.scan.encoding import detect
from feiyu.scan.errors_sources import (
    BadEncoding,
    BadJson,
    LineTooLong,
    NestedTooDeep,
    NoTable,
    TooManyColumns,
)
from feiyu.scan.limits import Limits
from feiyu.scan.sniff import HEAD_BYTES
from feiyu.scan.table import BLOCK_BYTES, Input, Meter, NotApart, Piece, Pieces, Table, blocks_of, cut_lines

OTHER: Final = "_other"
LITERAL: Final = {b"json": b"literal"}
_SAMPLE_RECORDS: Final = 4_096
_BATCH_RECORDS: Final = 8_192
_SPACE: Final = re.compile(r"[ \t\r\n,]*")
_HALF: Final = re.compile("[\ud800-\udfff]")
_LITERAL: Final = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?|true|false")


class _Literal(str):
    """A number or truth value as it was spelt."""

    __slots__ = ()


_SIMPLE: Final = frozenset((str, _Literal, type(None)))
_TRUE, _FALSE = _Literal("true"), _Literal("false")


class _TwinKey(ValueError):
    """A key stands twice in one object, and one of its values would be hidden behind the other."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise _TwinKey(twice)
    return made


_DECODER: Final = json.JSONDecoder(
    parse_int=_Literal, parse_float=_Literal, parse_constant=_Literal, object_pairs_hook=_object
)


def looks_like_json(text: str) -> bool:
    """Whether the beginning of a text is JSON: an object, or a list of objects or lists."""
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        return re.match(r"\{\s*(\"|\})", start) is not None
    return re.match(r"\[\s*([\[{\]])", start) is not None


def json_tables(source: Input, limits: Limits) -> Iterator[Table]:
    """The tables of a JSON text: one for records, one for each list of objects in a single document."""
    sample = []
    whole = True
    for record in _records(source, limits, Meter()):
        sample.append(record)
        if len(sample) == _SAMPLE_RECORDS:
            whole = False
            break
    if not sample:
        raise NoTable(name=source.name)
    lists = _lists_of_objects(sample[0]) if whole and len(sample) == 1 else {}
    if not lists:
        yield _table(source, source.name, sample, limits, whole=whole)
        return
    for key, records in lists.items():
        yield _table(source, key, records, limits, whole=True, fixed=records)
    rest = {key: value for key, value in sample[0].items() if key not in lists}
    if rest:
        yield _table(source, source.name, [rest], limits, whole=True, fixed=[rest])


def _lists_of_objects(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The lists of objects directly below a document, which are its tables."""
    return {
        key: value
        for key, value in document.items()
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value)
    }


def _table(
    source: Input,
    name: str,
    sample: list[dict[str, Any]],
    limits: Limits,
    *,
    whole: bool,
    fixed: list[dict[str, Any]] | None = None,
) -> Table:
    flat = [_flat(record, source.name, row, limits) for row, record in enumerate(sample, 1)]
    paths: dict[str, bool] = {}
    for record in flat:
        for path, value in record.items():
            paths[path] = paths.get(path, True) and (value is None or type(value) is _Literal)
        if len(paths) > limits.columns:
            raise TooManyColumns(name=source.name, columns=len(paths), limit=limits.columns)
    if not paths:
        raise NoTable(name=source.name)
    _check_whole(flat, paths, source.name)
    present = {path for record in flat for path, value in record.items() if value is not None}
    names = unique_names(list(paths), len(paths))
    fields = [
        pa.field(field, pa.string(), metadata=LITERAL if literal and path in present else None)
        for field, (path, literal) in zip(names, paths.items(), strict=True)
    ]
    if not whole:
        fields.append(pa.field(OTHER if OTHER not in paths else "_other_keys", pa.string()))
    schema = pa.schema(fields)
    known = list(paths)

    def draw(meter: Meter, _warnings: list[Text]) -> Iterator[pa.RecordBatch]:
        if fixed is not None:
            meter.bytes = source.size_bytes
        records = iter(fixed) if fixed is not None else _records(source, limits, meter)
        yield from _batches(records, source.name, known, schema, limits, other=not whole)

    def draw_piece(piece: Piece, meter: Meter) -> Iterator[pa.RecordBatch]:
        records = _records_of(source, limits, piece, meter)
        yield from _batches(records, source.name, known, schema, limits, other=True)

    pieces = None
    if not whole and source.seekable:
        pieces = Pieces(lambda size: _cut(source, size, limits), draw_piece)
    return Table(name=name, schema=schema, draw=draw, ceiling=source.size_bytes, pieces=pieces)


def _cut(source: Input, size: int, limits: Limits) -> list[Piece]:
    """Pieces of lines; none where the text is not in UTF-8, or a list."""
    head = source.head(HEAD_BYTES)
    encoding, mark = detect(head, whole=len(head) < HEAD_BYTES, wanted=limits.encoding) or ("", 0)
    if encoding != "utf-8" or not head[mark:].lstrip().startswith(b"{"):
        return []
    return cut_lines(source, mark, size, limits.line_bytes)


def _records_of(source: Input, limits: Limits, piece: Piece, meter: Meter) -> Iterator[dict[str, Any]]:
    """The objects of a piece, one a line."""
    decoder, parser = codecs.getincrementaldecoder("utf-8")("strict"), _Parser(source.name, limits)
    try:
        with closing(source.open(meter)) as stream:
            for block in blocks_of(stream, piece, BLOCK_BYTES):
                yield from parser.lines(decoder.decode(block))
            yield from parser.lines(decoder.decode(b"", final=True), final=True)
    except UnicodeDecodeError:
        raise NotApart from None


def _batches(
    records: Iterator[dict[str, Any]],
    name: str,
    known: list[str],
    schema: pa.Schema,
    limits: Limits,
    *,
    other: bool,
) -> Iterator[pa.RecordBatch]:
    most = max(1, min(_BATCH_RECORDS, 2_000_000 // len(schema)))
    held: list[dict[str, Any]] = []
    for row, record in enumerate(records, 1):
        held.append(_flat(record, name, row, limits))
        if len(held) == most:
            yield _batch(held, known, schema, name, row, other=other)
            held = []
    if held:
        yield _batch(held, known, schema, name, row, other=other)


def _batch(
    held: list[dict[str, Any]], known: list[str], schema: pa.Schema, name: str, last: int, *, other: bool
) -> pa.RecordBatch:
    columns: list[list[str | None]] = [[record.get(path) for record in held] for path in known]
    if other:
        names = set(known)
        columns.append([None if names.issuperset(record) else _rest(record, names) for record in held])
    try:
        return pa.RecordBatch.from_arrays(
            [pa.array(column, pa.string()) for column in columns], schema=schema
        )
    except UnicodeEncodeError:
        _check_whole(held, (text for one in held for text in (*one, *one.values())), name, last)
        raise


def _check_whole(
    held: list[dict[str, Any]], texts: Iterable[str | None], name: str, last: int | None = None
) -> None:
    """Refuse half a character (a lone surrogate), which JSON can write but no text can hold; ``last`` is the row of the last record."""
    if not any(text and _HALF.search(text) for text in texts):
        return
    first = 1 if last is None else last - len(held) + 1
    for row, record in enumerate(held, first):
        for path, value in record.items():
            if _HALF.search(path) or (value and _HALF.search(value)):
                shown = _HALF.sub("\ufffd", path)
                reason = Text(
                    f"{shown} 中有半个字符（不成对的代理字符）",
                    f"half a character in {shown} (a lone surrogate)",
                )
                raise BadJson(name=name, row=row, column=1, reason=reason)


def _rest(record: dict[str, Any], known: set[str]) -> str:
    """What a record has beside the known paths, as JSON."""
    rest = {path: value for path, value in record.items() if path not in known}
    return json.dumps(rest, ensure_ascii=False, separators=(",", ":"))


def _flat(record: dict[str, Any], name: str, row: int, limits: Limits) -> dict[str, Any]:
    """The record with one entry for each path; most records are flat already and cost one look at each value."""
    if _SIMPLE.issuperset(map(type, record.values())):
        return record
    out: dict[str, Any] = {}
    for key, value in record.items():
        kind = type(value)
        if kind is str or kind is _Literal or value is None:
            out[key] = value
        else:
            _lay(value, key, out, name, row, limits, 1)
    return out


def _lay(value: Any, path: str, out: dict[str, Any], name: str, row: int, limits: Limits, depth: int) -> None:
    if depth > limits.nesting:
        raise NestedTooDeep(name=name, row=row, limit=limits.nesting)
    if isinstance(value, dict):
        if not value:
            _put(out, path, None)
        for key, inner in value.items():
            _lay(inner, f"{path}.{key}", out, name, row, limits, depth + 1)
    elif isinstance(value, list):
        if not value:
            _put(out, f"{path}[]", None)
        for inner in value:
            _lay(inner, f"{path}[]", out, name, row, limits, depth + 1)
    elif value is True or value is False:
        _put(out, path, _TRUE if value else _FALSE)
    else:
        _put(out, path, value)


def _put(out: dict[str, Any], path: str, value: str | None) -> None:
    """Values of one path stand one per line, whatever lists they came from."""
    before = out.get(path)
    out[path] = value if before is None else before if value is None else f"{before}\n{value}"


def _records(source: Input, limits: Limits, meter: Meter) -> Iterator[dict[str, Any]]:
    """The objects of the text, in order; a value that is no object becomes ``{"value": …}``."""
    head = source.head(HEAD_BYTES)
    found = detect(head, whole=len(head) < HEAD_BYTES, wanted=limits.encoding)
    if found is None:
        raise BadEncoding(name=source.name, row=1, offset=0, encoding="UTF-8, UTF-16, GB18030, Big5")
    encoding, mark = found
    with closing(source.open(meter)) as stream:
        stream.read(mark)
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        parser = _Parser(source.name, limits)
        offset = mark
        while True:
            block = stream.read(BLOCK_BYTES)
            pending = len(decoder.getstate()[0])
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                yield from parser.feed(error.object[: error.start].decode(encoding, "ignore"), final=False)
                place = offset - pending + error.start
                raise BadEncoding(
                    name=source.name, row=parser.row + 1, offset=place, encoding=encoding.upper()
                ) from error
            offset += len(block)
            yield from parser.feed(text, final=not block)
            if not block:
                return


class _Parser:
    """Objects out of a growing text: lines in one go where it can, value by value where it must."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self.row = 0
        self._rest = ""
        self._wait = 0  # do not look again before the text is this long
        self._in_list: bool | None = None

    def feed(self, text: str, *, final: bool) -> Iterator[dict[str, Any]]:
        """Take more text; the records that are complete now."""
        self._rest += text
        if self._in_list is None and self._rest.strip():
            self._rest = self._rest.lstrip()
            self._in_list = self._rest[0] == "["
            if self._in_list:
                self._rest = self._rest[1:]
        if not final and len(self._rest) < self._wait:
            self._check_rest()
            return
        if not self._in_list and (yield from self._lines(final=final)):
            return
        yield from self._values(final=final)

    def lines(self, text: str, *, final: bool = False) -> Iterator[dict[str, Any]]:
        """Take more text whose lines are values."""
        self._rest += text
        if (final or "\n" in self._rest) and not (yield from self._lines(final=final)):
            raise NotApart
        self._check_rest()

    def _lines(self, *, final: bool) -> Generator[dict[str, Any], None, bool]:
        """One object a line: parse all complete lines at once. False when the text is not written so."""
        cut = len(self._rest) if final else self._rest.rfind("\n") + 1
        lines = [line for line in self._rest[:cut].split("\n") if line and not line.isspace()]
        if not lines:
            return not self._rest.strip()
        try:
            values = _DECODER.decode("[" + ",".join(lines) + "]")
        except (ValueError, RecursionError):
            return False
        if len(values) != len(lines):
            return False
        self._rest = self._rest[cut:]
        self._check_rest()
        for value in values:
            self.row += 1
            yield _as_record(value)
        return True

    def _values(self, *, final: bool) -> Iterator[dict[str, Any]]:
        """Value by value, with whatever white space and commas lie between them."""
        text, place = self._rest, 0
        while True:
            place = _SPACE.match(text, place).end()  # type: ignore[union-attr]  # it matches the empty string
            if place == len(text):
                break
            if self._in_list and text[place] == "]":
                if text[place + 1 :].strip():
                    raise self._bad(Text("列表结束之后还有内容", "text after the end of the list"), place)
                place = len(text)
                self._in_list = False
                break
            try:
                value, end = _DECODER.raw_decode(text, place)
            except RecursionError:
                raise NestedTooDeep(name=self.name, row=self.row + 1, limit=self.limits.nesting) from None
            except _TwinKey as error:
                key = _HALF.sub("\ufffd", error.args[0])
                raise self._bad(Text(f"键 {key} 重复出现", f"the key {key} stands twice"), 0) from error
            except json.JSONDecodeError as error:
                if final or not self._may_grow(text, place, error):
                    raise self._bad(said(error.msg), error.pos - place) from error
                break
            if end == len(text) and not final and type(value) is _Literal:
                break  # a number may go on in the next block
            self.row += 1
            place = end
            yield _as_record(value)
        self._rest = text[place:]
        self._check_rest()
        if final and self._in_list:
            raise self._bad(Text("列表没有结束", "the list is not closed"), len(self._rest))

    def _may_grow(self, text: str, place: int, error: json.JSONDecodeError) -> bool:
        """Whether the value may only lack its end: the parser came to the end, or stands in an open string."""
        reached = len(text) - error.pos
        if reached <= 16 or error.msg.startswith("Unterminated string"):
            self._wait = 2 * (len(text) - place)
            return True
        return False

    def _check_rest(self) -> None:
        alone = self.row == 0 and not self._in_list  # it may be one document, and no record yet
        limit = self.limits.document_bytes if alone else self.limits.line_bytes
        if len(self._rest) > limit:
            raise LineTooLong(name=self.name, row=self.row + 1, limit=limit)
        if not self._rest:
            self._wait = 0

    def _bad(self, reason: Text, place: int) -> BadJson:
        return BadJson(name=self.name, row=self.row + 1, column=place + 1, reason=reason)


def _as_record(value: Any) -> dict[str, Any]:
    return value if type(value) is dict else {"value": value}


def is_literal(value: str) -> bool:
    """Whether a string can stand in JSON without quotation marks and mean the same."""
    return _LITERAL.fullmatch(value) is not None
