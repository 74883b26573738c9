"""gzip, zstd, bzip2 and xz around another format, unpacked as a stream.

Rules this module keeps:
 * no more than a block is unpacked at a time, whatever the packed bytes claim;
 * unpacking stops at the total limit and, once it is past the size of a document, at the ratio limit;
 * a stream that ends early, or is followed by something else, is damaged: nothing is silently cut off.

Sources: RFC 1952 (gzip, several members), RFC 8878 (zstd, several frames).
"""

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.base.zstd import DecompressionParameter, ZstdDecompressor, ZstdError
from feiyu.scan.errors_sources import Damaged
from feiyu.scan.limits import Limits
from feiyu.scan.table import BLOCK_BYTES, Input, Meter

_READ_BYTES = 1 << 16
_ZSTD_WINDOW_LOG = 27


class PackedInput(Input):
    """The bytes inside a packed input. ``size_bytes`` stays that of the packed one, for progress."""

    def __init__(self, outer: Input, packing: str, limits: Limits) -> None:
        self.outer, self.packing, self.limits = outer, packing, limits
        self.name = outer.name
        self.inner_name = PurePath(outer.name).stem
        self.size_bytes = outer.size_bytes

    def open(self, meter: Meter) -> BinaryIO:
        """Unpack from the start."""
        raw = _Unpacker(self.outer, meter, self.packing, self.limits)
        return cast("BinaryIO", io.BufferedReader(raw, BLOCK_BYTES))


class _Unpacker(io.RawIOBase):
    """A raw stream of unpacked bytes."""

    def __init__(self, outer: Input, meter: Meter, packing: str, limits: Limits) -> None:
        self.name, self._packing, self._limits, self._meter = outer.name, packing, limits, meter
        self._source = outer.open(meter)
        self._make = _DECODERS[packing]
        self._decoder: Any = self._make()
        self._input = b""
        self._out = 0
        self._fresh = True  # nothing was fed to this member yet

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._source.close()
        super().close()

    def readinto(self, buffer: Any, /) -> int:
        while True:
            data = self._step(min(len(buffer), BLOCK_BYTES))
            if data is None:
                return 0
            if data:
                buffer[: len(data)] = data
                self._count(len(data))
                return len(data)

    def _step(self, size: int) -> bytes | None:
        """At most ``size`` more bytes; None at the end of the last member."""
        if self._decoder.eof:
            self._input = self._decoder.unused_data or self._input
            self._decoder, self._fresh = self._make(), True
        if not self._input and self._decoder.needs_input:
            self._input = self._source.read(_READ_BYTES)
            if not self._input:
                if self._fresh:
                    return None
                raise Damaged(
                    name=self.name,
                    reason=Text(f"{self._packing} 内容提前结束", f"{self._packing}: ends too early"),
                )
        if self._fresh and not self._input.strip(b"\x00"):  # padding after the last member
            self._input = b""
            return b""
        self._fresh = False
        data, self._input = self._input, b""
        try:
            return cast("bytes", self._decoder.decompress(data, size))
        except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, ZstdError) as error:
            raise Damaged(
                name=self.name,
                reason=said(error, at=self._packing),
            ) from error

    def _count(self, more: int) -> None:
        self._out += more
        self._limits.check_expansion(self.name, self._out, self._meter.bytes)


class _Gzip:
    """zlib's decompressor with the manners of the standard library's newer ones."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)
        self.eof = False
        self.needs_input = True
        self.unused_data = b""

    def decompress(self, data: bytes, size: int) -> bytes:
        out = self._inner.decompress(self._inner.unconsumed_tail + data, size)
        self.eof = self._inner.eof
        self.unused_data = self._inner.unused_data
        self.needs_input = not self._inner.unconsumed_tail and not self.eof and len(out) < size
        return out


_DECODERS: dict[str, Callable[[], Any]] = {
    "gzip": _Gzip,
    "zstd": lambda: ZstdDecompressor(options={DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG}),
    "bzip2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(memlimit=1 << 28),
}
