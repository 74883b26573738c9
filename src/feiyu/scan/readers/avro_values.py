"""Avro values: a decoder for each schema, made once, as nested functions.

Rules this module keeps:
 * every length is checked against what is left of its block before anything is made of it;
 * records become fields by their path, null unions nullable fields; other unions are written as JSON text;
 * a record inside a list or a map keeps its shape; depth and width are limited.

Sources: Apache Avro 1.12 specification: binary encoding, logical types.
"""

import decimal
import json
import struct
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.scan.dialect import unique_names
from feiyu.scan.errors_sources import Damaged, NestedTooDeep, TooManyColumns
from feiyu.scan.limits import Limits
from feiyu.scan.table import Input

_PRIMITIVES = {
    "null": pa.null(), "boolean": pa.bool_(), "int": pa.int32(), "long": pa.int64(), "float": pa.float32(),
    "double": pa.float64(), "bytes": pa.binary(), "string": pa.string(),
}  # fmt: skip
_LOGICAL = {
    ("int", "date"): pa.date32(),
    ("int", "time-millis"): pa.time32("ms"),
    ("long", "time-micros"): pa.time64("us"),
    ("long", "timestamp-millis"): pa.timestamp("ms", "UTC"),
    ("long", "timestamp-micros"): pa.timestamp("us", "UTC"),
    ("long", "local-timestamp-millis"): pa.timestamp("ms"),
    ("long", "local-timestamp-micros"): pa.timestamp("us"),
}

Decode = Callable[["Bytes"], Any]


class BadValue(Exception):
    """The bytes do not fit the schema."""


class Bytes:
    """The bytes of one block and how far they were read."""

    __slots__ = ("data", "place")

    def __init__(self, data: bytes) -> None:
        self.data, self.place = data, 0

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes."""
        end = self.place + count
        if count < 0 or end > len(self.data):
            raise BadValue(Text("有长度超出其数据块", "a length points out of its block"))
        part = self.data[self.place : end]
        self.place = end
        return part

    def byte(self) -> int:
        """The next byte."""
        if self.place >= len(self.data):
            raise BadValue("a length points out of its block")
        self.place += 1
        return self.data[self.place - 1]

    def long(self) -> int:
        """A variable-length, zig-zag coded integer."""
        shift = value = 0
        for _ in range(10):
            if self.place == len(self.data):
                break
            byte = self.data[self.place]
            self.place += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return (value >> 1) ^ -(value & 1)
            shift += 7
        raise BadValue(Text("有整数没有结束", "an integer does not end"))


class Schema:
    """Fields by path, and the decoder of one record into a row of them."""

    def __init__(self, source: Input, text: bytes, limits: Limits) -> None:
        self._source, self._limits = source, limits
        self._named: dict[str, Any] = {}
        self._names: list[str] = []
        self._types: list[pa.DataType] = []
        try:
            top = json.loads(text)
            if not isinstance(top, dict) or top.get("type") != "record":
                top = {"type": "record", "name": "value", "fields": [{"name": "value", "type": top}]}
            self._steps = self._fields(top, "", 1)
            "".join(self._names).encode()  # JSON can write half a character, a name cannot
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Damaged(
                name=source.name,
                reason=Text("结构描述：{error}", "schema: {error}").format(error=said(error)),
            ) from error
        if len(self._names) > limits.columns:
            raise TooManyColumns(name=source.name, columns=len(self._names), limit=limits.columns)
        names = unique_names(self._names, len(self._names))
        self.schema = pa.schema(list(zip(names, self._types, strict=True)))

    def decode(self, reader: Bytes) -> list[Any]:
        """One record as a row."""
        row: list[Any] = []
        self._steps(reader, row)
        return row

    def batch(self, rows: list[list[Any]]) -> pa.RecordBatch:
        """Rows as a record batch."""
        try:
            columns = [
                pa.array(column, kind)
                for column, kind in zip(zip(*rows, strict=True), self._types, strict=True)
            ]
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError, ValueError) as error:
            raise Damaged(name=self._source.name, reason=said(error)) from error
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def _fields(self, record: dict[str, Any], path: str, depth: int) -> Callable[[Bytes, list[Any]], None]:
        """Make the decoder that appends a record's cells to a row."""
        if depth > self._limits.nesting:
            raise NestedTooDeep(name=self._source.name, row=0, limit=self._limits.nesting)
        self._define(record)
        steps = [self._step(one["type"], f"{path}{one['name']}", depth) for one in record["fields"]]

        def run(reader: Bytes, row: list[Any]) -> None:
            for step in steps:
                step(reader, row)

        return run

    def _step(self, kind: Any, path: str, depth: int) -> Callable[[Bytes, list[Any]], None]:
        kind = self._resolve(kind)
        if isinstance(kind, dict) and kind["type"] == "record":
            return self._fields(kind, f"{path}.", depth + 1)
        null, inner = _nullable(kind)
        inner = self._resolve(inner)
        if null is not None and isinstance(inner, dict) and inner["type"] == "record":
            before = len(self._names)
            fields = self._fields(inner, f"{path}.", depth + 1)
            empty = [None] * (len(self._names) - before)
            return _optional(null, fields, empty)
        decode, arrow = self._value(kind, depth)
        self._names.append(path)
        self._types.append(arrow)
        return lambda reader, row: row.append(decode(reader))

    def _resolve(self, kind: Any) -> Any:
        """The definition behind a name, and ``{"type": {…}}`` without its wrapping."""
        while isinstance(kind, dict) and isinstance(kind["type"], (dict, list)):
            kind = kind["type"]
        if isinstance(kind, str) and kind not in _PRIMITIVES:
            return self._named[kind.rpartition(".")[2]]
        return kind

    def _define(self, kind: dict[str, Any]) -> None:
        """Remember a named type, without its namespace."""
        self._named[kind["name"].rpartition(".")[2]] = kind

    def _value(self, kind: Any, depth: int) -> tuple[Decode, pa.DataType]:
        """The decoder of one value and its Arrow type."""
        if depth > self._limits.nesting:
            raise NestedTooDeep(name=self._source.name, row=0, limit=self._limits.nesting)
        kind = self._resolve(kind)
        if isinstance(kind, list):
            return self._union(kind, depth)
        name = kind if isinstance(kind, str) else kind["type"]
        if isinstance(kind, dict):
            if name in ("record", "error"):
                return self._record_value(kind, depth)
            if name == "array":
                return _repeated(*self._value(kind["items"], depth + 1))
            if name == "map":
                return _mapped(*self._value(kind["values"], depth + 1))
            if name == "enum":
                self._define(kind)
                return _enum(tuple(kind["symbols"])), pa.string()
            if name == "fixed":
                self._define(kind)
            if kind.get("logicalType") == "decimal" and name in ("bytes", "fixed"):
                return _decimal(kind, name)
            if name == "fixed":
                size = int(kind["size"])
                return (lambda reader: reader.take(size)), pa.binary()
            return _DECODERS[name], _LOGICAL.get((name, kind.get("logicalType", "")), _PRIMITIVES[name])
        return _DECODERS[name], _PRIMITIVES[name]

    def _record_value(self, kind: dict[str, Any], depth: int) -> tuple[Decode, pa.DataType]:
        """A record inside a list or a map keeps its shape."""
        self._define(kind)
        parts = [(one["name"], *self._value(one["type"], depth + 1)) for one in kind["fields"]]
        arrow = pa.struct([(name, type_) for name, _, type_ in parts])
        return (lambda reader: {name: decode(reader) for name, decode, _ in parts}), arrow

    def _union(self, kinds: list[Any], depth: int) -> tuple[Decode, pa.DataType]:
        null, inner = _nullable(kinds)
        if null is not None:
            decode, arrow = self._value(inner, depth)
            return (lambda reader: None if _branch(reader, 2) == null else decode(reader)), arrow
        choices = [self._value(kind, depth + 1)[0] for kind in kinds]

        def mixed(reader: Bytes) -> str | None:
            value = choices[_branch(reader, len(choices))](reader)
            return (
                value
                if value is None or isinstance(value, str)
                else json.dumps(value, ensure_ascii=False, default=str)
            )

        return mixed, pa.string()


def _nullable(kind: Any) -> tuple[int | None, Any]:
    """For a union of null and one type: which branch is null, and the type."""
    if isinstance(kind, list) and len(kind) == 2 and "null" in kind:
        null = kind.index("null")
        return null, kind[1 - null]
    return None, kind


def _optional(
    null: int, fields: Callable[[Bytes, list[Any]], None], empty: list[None]
) -> Callable[[Bytes, list[Any]], None]:
    def run(reader: Bytes, row: list[Any]) -> None:
        if _branch(reader, 2) == null:
            row.extend(empty)
        else:
            fields(reader, row)

    return run


def _branch(reader: Bytes, count: int) -> int:
    branch = reader.long()
    if not 0 <= branch < count:
        raise BadValue(Text("联合类型没有这一分支", "a union has no such branch"))
    return branch


def _boolean(reader: Bytes) -> bool:
    return reader.take(1) != b"\x00"


def _float(reader: Bytes) -> float:
    return float(struct.unpack("<f", reader.take(4))[0])


def _double(reader: Bytes) -> float:
    return float(struct.unpack("<d", reader.take(8))[0])


def blob(reader: Bytes) -> bytes:
    """Bytes behind their length."""
    return reader.take(reader.long())


def string(reader: Bytes) -> str:
    """Text behind its length."""
    return reader.take(reader.long()).decode("utf-8")


_DECODERS: dict[str, Decode] = {
    "null": lambda _: None, "boolean": _boolean, "int": Bytes.long, "long": Bytes.long, "float": _float,
    "double": _double, "bytes": blob, "string": string,
}  # fmt: skip


def _enum(symbols: tuple[str, ...]) -> Decode:
    return lambda reader: symbols[_branch(reader, len(symbols))]


def _decimal(kind: dict[str, Any], name: str) -> tuple[Decode, pa.DataType]:
    precision, scale = int(kind["precision"]), int(kind.get("scale", 0))
    take: Decode = blob if name == "bytes" else lambda reader: reader.take(int(kind["size"]))

    def decode(reader: Bytes) -> decimal.Decimal:
        return decimal.Decimal(int.from_bytes(take(reader), "big", signed=True)).scaleb(-scale)

    return decode, pa.decimal128(precision, scale) if precision <= 38 else pa.decimal256(precision, scale)


def items(reader: Bytes) -> Iterator[None]:
    """Once for each item of an array or map, which come in counted blocks."""
    while count := reader.long():
        if count < 0:
            count = -count
            reader.long()
        if count > len(reader.data):
            raise BadValue(Text("有列表长于其数据块", "a list is longer than its block"))
        for _ in range(count):
            yield


def _repeated(decode: Decode, arrow: pa.DataType) -> tuple[Decode, pa.DataType]:
    return (lambda reader: [decode(reader) for _ in items(reader)]), pa.list_(arrow)


def _mapped(decode: Decode, arrow: pa.DataType) -> tuple[Decode, pa.DataType]:
    return (lambda reader: [(string(reader), decode(reader)) for _ in items(reader)]), pa.map_(
        pa.string(), arrow
    )
