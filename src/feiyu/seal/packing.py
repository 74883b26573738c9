"""Pack: chunks of the content as Zstandard frames where that pays, before anything is sealed.

The packed content takes the content's place under the AEAD. Chunks of ciphertext, tags, segments and the wire stay as they are:

    bodies || zeros || entries || count

 * bodies: every chunk of the content in order, as it is, or as one frame where that saves enough;
 * zeros up to a whole number of pages of 4 KiB, so that the size, which everybody sees, says less;
 * entries: of every chunk that was packed its number (8 bytes) and the length of its body (4 bytes), in order;
 * count (8 bytes): how many entries there are. Numbers are big-endian.

Rules this module keeps:
 * what is packed is always shorter than the content: each packed chunk saves two pages at least, and one pays for the end;
 * content of which no chunk was packed is sealed as it is, without a trace of this: trying costs a reader nothing;
 * a reader knows beforehand what each chunk unpacks to, and refuses what does not (``BadPacking``): memory is bounded by a
   chunk, whatever a frame, a length or a count claims; there is one way to write each thing, and no other is read;
 * whether and how a chunk is packed follows from its bytes and the packer's name alone.

The size of packed content depends on what is in it; who may not learn that much sends unpacked (ADR 0150).

Source: RFC 8878 (frames).
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from feiyu.base.content import Bytes
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.base.zstd import DecompressionParameter, ZstdCompressor, ZstdDecompressor, ZstdError, zstd_version
from feiyu.seal.errors import BadPacking
from feiyu.seal.suites import Geometry

NONE, ZSTD = "none", "zstd"
PACKINGS = (NONE, ZSTD)
PAGE_BYTES = 4096
LEVEL = 1
ENTRY = struct.Struct(">QI")
COUNT = struct.Struct(">Q")
_SPOTS, _SPOT_BYTES = 8, 1024
_WHOLE: Final = ZstdCompressor.FLUSH_FRAME
_READ_ENTRIES = 4096
Read = Callable[[int, int], bytes]
"""Reads so many bytes at a place; fewer where there are no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packing:
    """How the content lies under the AEAD, where it does not lie there as it is."""

    method: str
    size_bytes: int


class Packer:
    """Packs chunks, each by itself. For one thread."""

    name = f"{ZSTD} {zstd_version} level {LEVEL}"
    """Another one may give other bytes: a transfer that was begun by another packer is not gone on with."""

    def __init__(self) -> None:
        self._taster = ZstdCompressor(level=LEVEL)

    def pack(self, chunk: memoryview) -> bytes | None:
        """The chunk as a frame; None where that does not pay. A taste of eight KiB tells most of what would not."""
        if len(chunk) > 2 * _SPOTS * _SPOT_BYTES and not self._tastes_good(chunk):
            return None
        frame = self._frame(chunk)
        return frame if len(frame) <= len(chunk) - least_saving(len(chunk)) else None

    def _tastes_good(self, chunk: memoryview) -> bool:
        step = len(chunk) // _SPOTS
        taste = b"".join([chunk[at : at + _SPOT_BYTES] for at in range(0, _SPOTS * step, step)])
        return len(self._taster.compress(taste, _WHOLE)) < len(taste) - (len(taste) >> 4)

    def _frame(self, chunk: memoryview) -> bytes:
        return ZstdCompressor(level=LEVEL).compress(chunk, _WHOLE)


def least_saving(size: int) -> int:
    """What a frame must save of a chunk of that size: a sixteenth, two pages at least."""
    return max(size >> 4, 2 * PAGE_BYTES)


def closing(bodies_bytes: int, entries: Bytes) -> bytes:
    """What follows the bodies."""
    count = COUNT.pack(len(entries) // ENTRY.size)
    return bytes(-(bodies_bytes + len(entries) + len(count)) % PAGE_BYTES) + bytes(entries) + count


def unpacked(read: Read, *, packed_bytes: int, content_bytes: int, geometry: Geometry) -> Iterator[bytes]:
    """The chunks of the content, in order. Constant memory.

    Raises:
        BadPacking: it is not packed content of those sizes.
    """
    index = _Index(read, packed_bytes=packed_bytes, content_bytes=content_bytes, geometry=geometry)
    index.check()
    packed, at = index.entries(), 0
    following, length = next(packed)
    for no in range(index.chunks):
        size = index.size_of(no)
        if no != following:
            yield _all(read, size, at)
            at += size
            continue
        yield _opened(_all(read, length, at), size, no, geometry)
        at += length
        following, length = next(packed, (-1, 0))


def _opened(frame: bytes, size: int, no: int, geometry: Geometry) -> bytes:
    """The one frame's content, which has that size."""
    window_log = geometry.chunk_bytes.bit_length() - 1
    decoder = ZstdDecompressor(options={DecompressionParameter.window_log_max: window_log})
    try:
        plain = decoder.decompress(frame, size + 1)
    except ZstdError as bad:
        raise BadPacking(place=Text(f"第 {no} 个分片", f"chunk {no}"), reason=said(bad)) from None
    if len(plain) != size or not decoder.eof or decoder.unused_data:
        raise BadPacking(
            place=Text(f"第 {no} 个分片", f"chunk {no}"),
            reason=Text(f"不是恰好 {size} 字节的一个压缩帧", f"it is not one frame of {size} bytes"),
        )
    return plain


def _all(read: Read, size: int, at: int) -> bytes:
    data = read(size, at)
    if len(data) != size:
        raise BadPacking(
            place=Text(f"第 {at} 字节", f"byte {at}"), reason=Text("内容提前结束", "it ends early")
        )
    return data


class _Index:
    """The end of packed content, read piece by piece."""

    def __init__(self, read: Read, *, packed_bytes: int, content_bytes: int, geometry: Geometry) -> None:
        self._read, self._packed, self._content = read, packed_bytes, content_bytes
        self._chunk_bytes = geometry.chunk_bytes
        self.chunks = geometry.chunks(content_bytes)
        (self._count,) = COUNT.unpack(_all(read, COUNT.size, packed_bytes - COUNT.size))
        self._first = packed_bytes - COUNT.size - ENTRY.size * self._count
        if not 1 <= self._count <= self.chunks or self._first < 0:
            raise BadPacking(
                place="count",
                reason=Text(
                    f"共 {self.chunks} 个分片，却有 {self._count} 个打包",
                    f"{self._count} packed of {self.chunks} chunks",
                ),
            )

    def size_of(self, no: int) -> int:
        """How many bytes of content chunk ``no`` holds."""
        return min(self._chunk_bytes, self._content - no * self._chunk_bytes)

    def entries(self) -> Iterator[tuple[int, int]]:
        """Number and length of body of each packed chunk."""
        for n in range(0, self._count, _READ_ENTRIES):
            some = min(_READ_ENTRIES, self._count - n)
            yield from ENTRY.iter_unpack(_all(self._read, some * ENTRY.size, self._first + n * ENTRY.size))

    def check(self) -> None:
        """Entries in order, each shorter than its chunk; bodies, zeros and entries fill the size, to the byte."""
        before, bodies = -1, self._content
        for no, length in self.entries():
            if not before < no < self.chunks or not 0 < length <= self.size_of(no) - least_saving(
                self.size_of(no)
            ):
                raise BadPacking(
                    place="entries",
                    reason=Text(f"第 {no} 个分片的长度 {length} 不可能", f"chunk {no} of {length} bytes"),
                )
            before, bodies = no, bodies - self.size_of(no) + length
        zeros = self._first - bodies
        if not 0 <= zeros < PAGE_BYTES or self._packed % PAGE_BYTES:
            raise BadPacking(
                place="size",
                reason=Text(
                    f"各分片合计 {bodies} 字节，打包内容共 {self._packed} 字节",
                    f"the bodies are {bodies} of {self._packed} bytes",
                ),
            )
        if any(_all(self._read, zeros, bodies)):
            raise BadPacking(place="zeros", reason=Text("填充须全为零", "the padding is not zeros"))
