"""The footer of a Parquet file, as far as the reader must know it before it opens the file.

pyarrow ends the whole process when it is asked about the columns of certain damaged footers (their statistics do not fit the
schema), so that the question is answered here, from the bytes.

Rules this module keeps:
 * every length is checked against what is left; depth and the number of values are limited;
 * what cannot be understood is refused, and so are chunks that overlap: ``parquet_pages`` must know what pyarrow will read.

Sources: Apache Thrift compact protocol; Apache Parquet format, ``parquet.thrift`` (FileMetaData, ColumnMetaData).
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, BinaryIO, TypeVar

from feiyu.base.text import Text
from feiyu.scan.readers.avro_values import BadValue, Bytes

_TAIL_BYTES = 8
_MOST_FOOTER_BYTES = 16 << 20
_MOST_STRUCTS = 1 << 20
_MOST_DEPTH = 256
_DEPTH = 16
T = TypeVar("T")
BYTE_ARRAY = 6
_REPEATED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Where one column of one row group stands, and what its values are."""

    group: int
    column: int
    name: str
    start: int
    end: int
    values: int
    plain_bytes: int
    has_dictionary: bool
    codec: int
    kind: int
    width: int
    listed: bool
    """Inside a list or a map: a row may hold any number of values."""
    nested: bool


def chunks_of(file: BinaryIO) -> list[Chunk]:
    """Every column chunk, in the order of their places.

    Raises:
        BadValue: the footer cannot be understood, or chunks overlap.
    """
    footer = _footer(file)
    leaves = list(_leaves(_get(footer, 2, list)))
    found = []
    for number, group in enumerate(_get(footer, 4, list)):
        chunks = _get(group, 1, list)
        if len(chunks) != len(leaves):
            raise BadValue(Text("有行组的列与结构描述不符", "a row group has not the columns of the schema"))
        found += [_chunk(number, column, chunk, leaves[column]) for column, chunk in enumerate(chunks)]
    found.sort(key=lambda one: (one.start, one.end))
    found = [one for one in found if one.end > one.start and one.values]  # no page of the others is read
    for before, after in pairwise(found):
        if after.start < before.end:
            raise BadValue(
                Text(
                    f"列块重叠：{before.name}、{after.name}",
                    f"column chunks overlap: {before.name}, {after.name}",
                )
            )
    return found


def _leaves(schema: list[Any]) -> Iterator[tuple[str, dict[int, Any], bool, bool]]:
    """The columns of a schema, which lists its nodes depth first: path, node, whether inside a list, whether inside anything."""
    above = [(len(schema), "", False)]  # how many children are still to come, path, inside a list
    for node in schema[1:]:
        while above and above[-1][0] == 0:
            above.pop()
        if not above:
            raise BadValue(Text("结构描述中有根之外的节点", "a schema with nodes outside its root"))
        left, path, listed = above[-1]
        above[-1] = (left - 1, path, listed)
        name = (f"{path}." if path else "") + _get(node, 4, bytes).decode()
        listed = listed or _get(node, 3, int, 0) == _REPEATED
        children = _get(node, 5, int, 0)
        if children:
            above.append((children, name, listed))
            if len(above) > _MOST_DEPTH:
                raise BadValue(Text("结构描述嵌套过深", "a schema too deep"))
        else:
            yield name, node, listed, bool(path)


def _chunk(group: int, column: int, chunk: Any, leaf: tuple[str, dict[int, Any], bool, bool]) -> Chunk:
    name, node, listed, nested = leaf
    meta = _get(chunk, 3, dict)
    data, first, size = _get(meta, 9, int), _get(meta, 11, int, 0), _get(meta, 7, int)
    start = first if 0 < first < data else data
    if start < 0 or size < 0:
        raise BadValue(Text("有列块的大小不可能", "a column chunk of impossible size"))
    return Chunk(
        group=group, column=column, name=name, start=start, end=start + size, values=_get(meta, 5, int), plain_bytes=_get(meta, 6, int),
        has_dictionary=11 in meta, codec=_get(meta, 4, int), kind=_get(node, 1, int), width=_get(node, 2, int, 0), listed=listed, nested=nested,
    )  # fmt: skip


def repeated_text(chunks: Iterable[Chunk], index_bytes: int) -> list[str]:
    """The text columns outside of structs and lists that take at most ``index_bytes`` for a value.

    So little can only hold the numbers of dictionary entries.
    """
    sizes: dict[str, int] = {}
    values: dict[str, int] = {}
    for one in chunks:
        if one.kind == BYTE_ARRAY and not one.nested and not one.listed:
            size = one.plain_bytes if one.has_dictionary else 1 << 60
            sizes[one.name] = sizes.get(one.name, 0) + size
            values[one.name] = values.get(one.name, 0) + one.values
    return [name for name, size in sizes.items() if 0 < size <= index_bytes * values[name]]


def _get(fields: object, number: int, kind: type[T], default: T | None = None) -> T:
    """A field of a struct, if it is of the kind it must be."""
    value = fields.get(number, default) if isinstance(fields, dict) else None
    if not isinstance(value, kind):
        raise BadValue(Text("有字段的类型不符", "a field of another type"))
    return value


def _footer(file: BinaryIO) -> dict[int, Any]:
    file.seek(-_TAIL_BYTES, os.SEEK_END)
    tail = file.read(_TAIL_BYTES)
    size = int.from_bytes(tail[:4], "little")
    if tail[4:] != b"PAR1" or size > _MOST_FOOTER_BYTES or size + _TAIL_BYTES > file.tell():
        raise BadValue(Text("没有文件尾", "no footer"))
    file.seek(-_TAIL_BYTES - size, os.SEEK_END)
    data = b""
    while len(data) < size and (more := file.read(size - len(data))):
        data += more
    return struct(Compact(data))


class Compact(Bytes):
    """Bytes in Thrift's compact protocol, and how many more structs may be made of them."""

    __slots__ = ("left",)

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.left = _MOST_STRUCTS

    def count(self) -> int:
        """An unsigned integer of variable length that can be a number of bytes or values here."""
        shift = value = 0
        while shift < 64:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
            shift += 7
        if value > len(self.data):
            raise BadValue(Text("有长度超出文件尾", "a length points out of the footer"))
        return value


def struct(reader: Compact, depth: int = 0) -> dict[int, Any]:
    """One struct, its fields by number."""
    reader.left -= 1
    if depth > _DEPTH or reader.left < 0:
        raise BadValue(Text("嵌套过深或项目过多", "too deep or too many"))
    fields: dict[int, Any] = {}
    number = 0
    while head := reader.byte():
        step = head >> 4
        number = number + step if step else reader.long()
        kind = head & 0x0F
        fields[number] = kind == 1 if kind in (1, 2) else _value(reader, kind, depth)
    return fields


def _value(reader: Compact, kind: int, depth: int) -> Any:
    """One value by its type in the compact protocol."""
    if kind in (1, 2):  # a truth value inside a list
        return reader.take(1) == b"\x01"
    if kind == 3:
        return reader.byte()
    if kind in (4, 5, 6):
        return reader.long()
    if kind == 7:
        return reader.take(8)
    if kind == 8:
        return reader.take(reader.count())
    if kind in (9, 10):
        head = reader.byte()
        size = head >> 4 if head >> 4 < 15 else reader.count()
        return [_value(reader, head & 0x0F, depth + 1) for _ in range(size)]
    if kind == 11:
        raise BadValue(Text("文件尾中不应有映射", "a map, which no footer has"))
    if kind == 12:
        return struct(reader, depth + 1)
    raise BadValue(Text("未知的类型", "an unknown type"))
