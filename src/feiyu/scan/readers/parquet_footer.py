"""The footer of a Parquet file, as far as the reader must know it before it opens the file.

pyarrow ends the whole process when it is asked about the columns of certain damaged footers (their statistics do not fit the
schema), so that the question is answered here, from the bytes.

Rules this module keeps:
 * every length is checked against what is left; depth and the number of values are limited;
 * what cannot be understood gives no answer, never a wrong one: the file itself is read by pyarrow, with its own checks.

Sources: Apache Thrift compact protocol; Apache Parquet format, ``parquet.thrift`` (FileMetaData, ColumnMetaData).
"""

import os
from typing import Any, BinaryIO, TypeVar

from feiyu.scan.readers.avro_values import BadValue, Bytes

_TAIL_BYTES = 8
_MOST_FOOTER_BYTES = 16 << 20
_MOST_CHUNKS = 20_000
_DEPTH = 16
T = TypeVar("T")
_BYTE_ARRAY = 6
_REPEATED = 2


def repeated_text(file: BinaryIO, index_bytes: int) -> list[str]:
    """The text columns outside of structs and lists that take at most ``index_bytes`` for a value.

    So little can only hold the numbers of dictionary entries.
    """
    try:
        return _few(_footer(file), index_bytes)
    except (BadValue, UnicodeDecodeError):
        return []


def _few(footer: dict[int, Any], index_bytes: int) -> list[str]:
    plain = set()
    for element in _get(footer, 2, list)[1:]:
        kind, repetition = _get(element, 1, int, 0), _get(element, 3, int, 0)
        if kind == _BYTE_ARRAY and repetition != _REPEATED:
            plain.add(_get(element, 4, bytes))
    sizes: dict[bytes, int] = {}
    values: dict[bytes, int] = {}
    for group in _get(footer, 4, list):
        for chunk in _get(group, 1, list):
            meta = _get(chunk, 3, dict)
            path = _get(meta, 3, list)
            if len(path) == 1 and path[0] in plain:
                size = _get(meta, 6, int) if 11 in meta else 1 << 60  # 11: there is a dictionary page
                sizes[path[0]] = sizes.get(path[0], 0) + size
                values[path[0]] = values.get(path[0], 0) + _get(meta, 5, int)
    return [path.decode() for path, size in sizes.items() if 0 < size <= index_bytes * values[path]]


def _get(fields: object, number: int, kind: type[T], default: T | None = None) -> T:
    """A field of a struct, if it is of the kind it must be."""
    value = fields.get(number, default) if isinstance(fields, dict) else None
    if not isinstance(value, kind):
        raise BadValue("a field of another type")
    return value


def _footer(file: BinaryIO) -> dict[int, Any]:
    file.seek(-_TAIL_BYTES, os.SEEK_END)
    tail = file.read(_TAIL_BYTES)
    size = int.from_bytes(tail[:4], "little")
    if tail[4:] != b"PAR1" or size > _MOST_FOOTER_BYTES or size + _TAIL_BYTES > file.tell():
        raise BadValue("no footer")
    file.seek(-_TAIL_BYTES - size, os.SEEK_END)
    return _struct(_Budget(file.read(size)), 0)


class _Budget(Bytes):
    """The bytes of a footer, and how many more structs may be made of them."""

    __slots__ = ("left",)

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.left = 8 * _MOST_CHUNKS

    def count(self) -> int:
        """An unsigned integer of variable length that can be a number of bytes or values here."""
        shift = value = 0
        while shift < 64:
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
            shift += 7
        if value > len(self.data):
            raise BadValue("a length points out of the footer")
        return value


def _struct(reader: _Budget, depth: int) -> dict[int, Any]:
    reader.left -= 1
    if depth > _DEPTH or reader.left < 0:
        raise BadValue("too deep or too many")
    fields: dict[int, Any] = {}
    number = 0
    while head := reader.take(1)[0]:
        step = head >> 4
        number = number + step if step else reader.long()
        kind = head & 0x0F
        fields[number] = kind == 1 if kind in (1, 2) else _value(reader, kind, depth)
    return fields


def _value(reader: _Budget, kind: int, depth: int) -> Any:
    """One value by its type in the compact protocol."""
    if kind in (1, 2):  # a truth value inside a list
        return reader.take(1) == b"\x01"
    if kind == 3:
        return reader.take(1)[0]
    if kind in (4, 5, 6):
        return reader.long()
    if kind == 7:
        return reader.take(8)
    if kind == 8:
        return reader.take(reader.count())
    if kind in (9, 10):
        head = reader.take(1)[0]
        size = head >> 4 if head >> 4 < 15 else reader.count()
        return [_value(reader, head & 0x0F, depth + 1) for _ in range(size)]
    if kind == 11:
        raise BadValue("a map, which no footer has")
    if kind == 12:
        return _struct(reader, depth + 1)
    raise BadValue("an unknown type")
