"""Avro container files, block by block.

There is no Avro reader in Arrow for Python, and the format is small.

Rules this module keeps:
 * the size of a block is limited, packed and unpacked; a block whose marker does not follow is damaged;
 * a record that does not fit the schema is named by its number.

Sources: Apache Avro 1.12 specification: object container files.
"""

import bz2
import decimal
import lzma
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, BinaryIO

import pyarrow as pa

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.base.zstd import ZstdDecompressor, ZstdError
from feiyu.scan.errors_sources import Damaged, ExpandsTooMuch, Unread
from feiyu.scan.limits import Limits
from feiyu.scan.readers.avro_values import BadValue, Bytes, Schema, blob, items, string
from feiyu.scan.table import Input, Meter, Table

_SYNC_BYTES = 16
_BATCH_ROWS = 8_192


def avro_table(source: Input, limits: Limits) -> Table:
    """The table of an Avro container file."""
    with closing(source.open(Meter())) as file:
        meta, _ = _header(source, file, limits)
    codec = meta.get("avro.codec", b"null").decode("ascii", "replace")
    if codec not in _CODECS:
        raise Unread(
            name=source.name,
            looks=Text(f"Avro 文件（{codec} 压缩）", f"an Avro file packed by {codec}"),
        )
    shape = Schema(source, meta.get("avro.schema", b""), limits)

    def draw(meter: Meter, _warnings: list[Text]) -> Iterator[pa.RecordBatch]:
        held: list[list[Any]] = []
        done = 0
        with closing(source.open(meter)) as file:
            _, sync = _header(source, file, limits)
            for count, data in _blocks(source, file, sync, _CODECS[codec], limits):
                reader = Bytes(data)
                for _ in range(count):
                    try:
                        held.append(shape.decode(reader))
                    except (BadValue, UnicodeDecodeError, struct.error, decimal.DecimalException) as error:
                        raise Damaged(
                            name=source.name,
                            reason=Text("第 {row} 条记录：{error}", "record {row}: {error}").format(
                                row=done + 1, error=said(error)
                            ),
                        ) from error
                    done += 1
                    if len(held) == _BATCH_ROWS:
                        yield shape.batch(held)
                        held = []
        if held:
            yield shape.batch(held)

    return Table(name=source.name, schema=shape.schema, draw=draw, ceiling=source.size_bytes)


def _header(source: Input, file: BinaryIO, limits: Limits) -> tuple[dict[str, bytes], bytes]:
    """Metadata and marker; the file stands at the first block afterwards."""
    size = 1 << 16
    while True:
        file.seek(0)
        data = file.read(size)
        reader = Bytes(data)
        try:
            reader.take(4)
            meta = {string(reader): blob(reader) for _ in items(reader)}
            sync = reader.take(_SYNC_BYTES)
        except (BadValue, UnicodeDecodeError) as error:
            if len(data) < size or size > limits.document_bytes:
                raise Damaged(
                    name=source.name,
                    reason=Text("文件头：{error}", "header: {error}").format(error=said(error)),
                ) from error
            size *= 4
        else:
            file.seek(reader.place)
            return meta, sync


def _blocks(
    source: Input, file: BinaryIO, sync: bytes, unpack: Callable[[bytes, int], bytes], limits: Limits
) -> Iterator[tuple[int, bytes]]:
    """Number of records and bytes of each block."""
    while first := file.read(1):
        count, size = _file_long(source, file, first), _file_long(source, file, file.read(1))
        if not 0 <= size <= limits.document_bytes or count < 0:
            raise Damaged(name=source.name, reason=Text("有数据块的大小不可能", "a block of impossible size"))
        data = file.read(size)
        if len(data) < size or file.read(_SYNC_BYTES) != sync:
            raise Damaged(
                name=source.name,
                reason=Text(
                    "有数据块提前结束，或其后不是同步标记",
                    "a block ends too early, or its marker does not follow",
                ),
            )
        try:
            data = unpack(data, limits.document_bytes)
        except (OSError, ValueError, EOFError, zlib.error, lzma.LZMAError, ZstdError) as error:
            raise Damaged(name=source.name, reason=said(error)) from error
        if len(data) > limits.document_bytes:
            raise ExpandsTooMuch(name=source.name, limit=f"{limits.document_bytes} B")
        if count > max(len(data), 1 << 20):
            raise Damaged(
                name=source.name,
                reason=Text("有数据块的记录数多于字节数", "a block has more records than bytes"),
            )
        yield count, data


def _file_long(source: Input, file: BinaryIO, data: bytes) -> int:
    while data and data[-1] & 0x80 and len(data) < 10:
        more = file.read(1)
        if not more:
            break
        data += more
    try:
        return Bytes(data).long()
    except BadValue as error:
        raise Damaged(name=source.name, reason=said(error)) from error


def _snappy(data: bytes, most: int) -> bytes:
    """Snappy with a checksum behind it; the size stands in front, in seven bits a byte."""
    size = sum((byte & 0x7F) << (7 * i) for i, byte in enumerate(data[:5]) if all(b & 0x80 for b in data[:i]))
    if size > most:
        return bytes(most + 1)
    body: bytes = pa.decompress(data[:-4], size, codec="snappy", asbytes=True)
    if zlib.crc32(body) != int.from_bytes(data[-4:], "big"):
        raise ValueError(Text("有数据块的校验和不符", "the checksum of a block does not fit"))
    return body


_CODECS: dict[str, Callable[[bytes, int], bytes]] = {
    "null": lambda data, _: data,
    "deflate": lambda data, most: zlib.decompressobj(-15).decompress(data, most + 1),
    "bzip2": lambda data, most: bz2.BZ2Decompressor().decompress(data, most + 1),
    "xz": lambda data, most: lzma.LZMADecompressor(memlimit=1 << 28).decompress(data, most + 1),
    "zstandard": lambda data, most: ZstdDecompressor().decompress(data, most + 1),
    "snappy": _snappy,
}
