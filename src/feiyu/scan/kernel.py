"""One pass over a column: which detectors and lists its values pass, how many are there, how many differ.

The native lane (``_native/scan_kernel.c``) walks Arrow buffers; without it the reference does the same value by value.

Rules this module keeps:
 * both ways give the same numbers, fuzzed against each other;
 * every value is seen; nothing is sampled;
 * blanks and words for "nothing" (``null``, ``N/A``, 无 …) count as nulls;
 * parts of a column, counted apart and merged in their order, add up to what one pass gives, however the column was cut.
"""

import ctypes
import json
import math
import struct
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from feiyu.scan import native, reference, vocabulary
from feiyu.scan.normalize import normal

COUNT, LISTS, BUCKETS, REGISTERS = native.COUNT, native.LISTS, native.BUCKETS, native.REGISTERS
EXACT = 4096
MASK64 = (1 << 64) - 1


def hash64(data: bytes) -> int:
    """A quick hash for counting distinct values; not keyed, never stored. Folded products, after Wang Yi's wyhash."""
    n, h = len(data), len(data) * _K & MASK64
    if n >= 8:
        for i in range(0, n - 16, 16):
            h = _mix(_number(data[i : i + 8]) ^ _K, _number(data[i + 8 : i + 16]) ^ h)
        a, b = _number(data[max(0, n - 16) :][:8]), _number(data[-8:])
    elif n >= 4:
        a, b = _number(data[:4]), _number(data[-4:])
    else:
        a, b = _number(bytes((data[0], data[n >> 1], data[-1]))), 0
    return _mix(_mix(a ^ _K, b ^ h), 0xC4CEB9FE1A85EC53)


_K = 0x9E3779B97F4A7C15


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _mix(a: int, b: int) -> int:
    x = a * b
    return x & MASK64 ^ x >> 64


class Distinct:
    """Distinct values: exact up to 4,096, an estimate (HyperLogLog, 4,096 registers, about 1.6 %) above."""

    __slots__ = ("registers", "seen")

    def __init__(self) -> None:
        self.seen: set[int] | None = set()
        self.registers = bytearray(REGISTERS)

    def add(self, h: int) -> None:
        """Take one hash."""
        if self.seen is not None:
            self.seen.add(h)
            if len(self.seen) > EXACT:
                self.seen = None
        rest = h >> 12
        rank = 53 - rest.bit_length()
        self.registers[h & 4095] = max(self.registers[h & 4095], rank)

    def merge(self, keys: Sequence[int], registers: bytes) -> None:
        """Take in the hashes of another part, or its registers where it has them."""
        for key in keys:
            self.add(key)
        if registers:
            self.seen = None
            self.registers = bytearray(map(max, self.registers, registers))

    def count(self) -> int:
        """How many."""
        return len(self.seen) if self.seen is not None else estimate(self.registers)


def estimate(registers: bytes | bytearray) -> int:
    """The HyperLogLog estimate with linear counting below its range (Flajolet 2007), used above the exact range only."""
    alpha = 0.7213 / (1 + 1.079 / REGISTERS)
    raw = alpha * REGISTERS * REGISTERS / sum(registers.count(rank) * 2.0**-rank for rank in range(54))
    empty = registers.count(0)
    if raw <= 2.5 * REGISTERS and empty:
        raw = REGISTERS * math.log(REGISTERS / empty)
    return max(EXACT + 1, round(raw))


@dataclass(frozen=True, slots=True)
class Sums:
    """What a part of a column adds up to, as bytes that another process can take in: the same from either kernel.

    ``numbers``: rows, values, nulls and the arrays of ``ColumnStats``, in the order of ``ARRAYS``; ``keys``: the distinct hashes in rising
    order, or, where they were too many, none and ``registers``. All little-endian, eight bytes each but the registers.
    """

    numbers: bytes
    keys: bytes
    registers: bytes


class ColumnStats:
    """What one column's values add up to.

    ``hits[i]`` whole values that pass detector ``i``; ``inside[i]`` values that hold it inside a text; ``listed[i]`` values of list ``i``;
    ``lengths[n]`` values of n bytes (the last bucket: more); ``first`` and ``first_inside`` the row of the first hit, -1 for none.
    """

    __slots__ = (
        "_distinct",
        "first",
        "first_inside",
        "hits",
        "inside",
        "lengths",
        "listed",
        "nulls",
        "rows",
        "values",
    )

    def __init__(self) -> None:
        self.rows = 0
        self.values = 0
        self.nulls = 0
        self.hits: Sequence[int] = [0] * COUNT
        self.inside: Sequence[int] = [0] * COUNT
        self.listed: Sequence[int] = [0] * LISTS
        self.lengths: Sequence[int] = [0] * BUCKETS
        self.first: Sequence[int] = [-1] * COUNT
        self.first_inside: Sequence[int] = [-1] * COUNT
        self._distinct = Distinct()

    def add(self, column: pa.Array) -> None:
        """Take in a column of one batch."""
        scan_values(as_text(column).to_pylist(), self)

    def distinct(self) -> int:
        """How many values differ."""
        return self._distinct.count()

    def sums(self) -> Sums:
        """Everything so far, to be merged elsewhere."""
        counts = (self.rows, self.values, self.nulls, *(n for name in ARRAYS for n in getattr(self, name)))
        keys, registers = self._distinct.seen, bytes(self._distinct.registers)
        return Sums(
            NUMBERS.pack(*counts),
            _packed(keys) if keys is not None else b"",
            registers if keys is None else b"",
        )

    def merge(self, sums: Sums) -> None:
        """Take in a part whose rows stand behind those that are here."""
        counts = NUMBERS.unpack(sums.numbers)
        before, at = self.rows, 3
        self.rows, self.values, self.nulls = (
            mine + more for mine, more in zip((self.rows, self.values, self.nulls), counts, strict=False)
        )
        for name in ARRAYS:
            mine = cast("list[int]", getattr(self, name))
            for i, more in enumerate(counts[at : at + len(mine)]):
                if not name.startswith("first"):
                    mine[i] += more
                elif mine[i] < 0 <= more:
                    mine[i] = before + more
            at += len(mine)
        self._distinct.merge(struct.unpack(f"<{len(sums.keys) // 8}Q", sums.keys), sums.registers)

    def numbers(self) -> dict[str, Any]:
        """Everything as plain values, to compare two kernels."""
        plain = {name: getattr(self, name) for name in ("rows", "values", "nulls")}
        return plain | {name: list(getattr(self, name)) for name in ARRAYS} | {"distinct": self.distinct()}


ARRAYS = ("hits", "inside", "listed", "lengths", "first", "first_inside")
NUMBERS = struct.Struct(f"<{3 + 4 * COUNT + LISTS + BUCKETS}q")


def _packed(keys: Iterable[int]) -> bytes:
    found = sorted(keys)
    return struct.pack(f"<{len(found)}Q", *found)


class NativeStats(ColumnStats):
    """The same, counted by the native lane."""

    __slots__ = ("_estimated", "_lane", "_native")

    def __init__(self, lane: Any, *, memo: bool = True) -> None:
        self._lane = lane
        self._native = native.Column()
        native.check(lane.scan_column_init(ctypes.byref(self._native), int(memo)))
        for name in ARRAYS:
            setattr(self, name, getattr(self._native, name))
        self.rows = self.values = self.nulls = 0
        self._estimated: tuple[int, int] = (0, 0)

    def __del__(self) -> None:
        self._lane.scan_column_free(ctypes.byref(self._native))

    def add(self, column: pa.Array) -> None:
        """Take in a column of one batch."""
        add_batch((self,), (column,))

    def _weighted(self, column: pa.DictionaryArray) -> None:
        """Look at each entry of a dictionary once."""
        text = as_text(column.dictionary)
        if pa.types.is_string_view(text.type):
            text = pc.cast(text, pa.large_string())
        weights = (ctypes.c_uint64 * len(text))()
        rows = (ctypes.c_uint64 * len(text))()
        start = self._native.rows
        order = pa.table({"i": column.indices, "r": _numbers(len(column))})
        for found in order.group_by("i").aggregate([("r", "count"), ("r", "min")]).to_pylist():
            if found["i"] is None:
                self._native.nulls += found["r_count"]
            else:
                weights[found["i"]], rows[found["i"]] = found["r_count"], start + found["r_min"]
        at = native.buffers(text)
        cells = native.Cells(at.offsets, at.data, at.valid, text.offset, at.kind)
        native.check(
            self._lane.scan_weighted(
                ctypes.byref(self._native), ctypes.byref(cells), len(text), weights, rows
            )
        )
        self._native.rows += len(column)
        self._count()

    def _count(self) -> None:
        self.rows, self.values, self.nulls = self._native.rows, self._native.values, self._native.nulls

    def sums(self) -> Sums:
        """Everything so far, to be merged elsewhere."""
        counted = ctypes.string_at(ctypes.addressof(self._native), NUMBERS.size)
        if not self._native.exact:
            return Sums(counted, b"", ctypes.string_at(self._native.registers, REGISTERS))
        keys = (ctypes.c_uint64 * self._native.seen_count)()
        self._lane.scan_column_keys(ctypes.byref(self._native), keys)
        return Sums(counted, _packed(keys), b"")

    def merge(self, sums: Sums) -> None:
        """Take in a part whose rows stand behind those that are here."""
        if len(sums.numbers) != NUMBERS.size or len(sums.registers) not in (0, REGISTERS):
            raise ValueError("a part of another kernel")
        native.check(
            self._lane.scan_column_merge(
                ctypes.byref(self._native),
                sums.numbers,
                sums.keys,
                len(sums.keys) // 8,
                sums.registers or None,
            )
        )
        self._count()

    def distinct(self) -> int:
        """How many values differ."""
        if self._native.exact:
            return int(self._native.seen_count)
        if self._estimated[0] != self.values:  # a decision asks many times
            self._estimated = self.values, estimate(ctypes.string_at(self._native.registers, REGISTERS))
        return self._estimated[1]


def add_batch(stats: Sequence[ColumnStats], columns: Sequence[pa.Array]) -> None:
    """Take in the columns of one batch, natively in one call: values that stand side by side are looked at together."""
    plain: list[tuple[NativeStats, pa.Array, native.Strings]] = []
    for one, column in zip(stats, columns, strict=True):
        if not isinstance(one, NativeStats):
            one.add(column)
        elif pa.types.is_dictionary(column.type) and len(column.dictionary) * 2 < len(column):
            one._weighted(column)  # noqa: SLF001 - its own module
        else:
            text = as_text(column)
            plain.append((one, text, native.buffers(text)))
    if not plain:
        return
    lane, many = plain[0][0]._lane, len(plain)  # noqa: SLF001 - its own module
    into = (ctypes.c_void_p * many)(*(ctypes.addressof(one._native) for one, _, _ in plain))  # noqa: SLF001 - its own module
    cells = (native.Cells * many)(
        *(native.Cells(at.offsets, at.data, at.valid, text.offset, at.kind) for _, text, at in plain)
    )
    native.check(lane.scan_columns(into, cells, many, len(columns[0])))
    for one, _, _ in plain:
        one._count()  # noqa: SLF001 - its own module


def new_stats(*, memo: bool = True) -> ColumnStats:
    """Statistics for one column, counted natively where the lane is there; ``memo`` remembers values that repeat (30 KiB)."""
    lane = native.lane()
    return ColumnStats() if lane is None else NativeStats(lane, memo=memo)


def bits_of(number: int) -> Iterable[int]:
    """The positions of the bits of a number."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


CACHE_SIZE = 20_000
_cache: OrderedDict[str, tuple[str, int, int, int]] = OrderedDict()


def judge(value: str) -> tuple[str, int, int, int]:
    """The normal form of a value, its detectors, the detectors of what stands inside, its lists."""
    known = _cache.get(value)
    if known is not None:
        return known
    plain = normal(value)
    listed = vocabulary.matches(plain)
    if not plain or listed & vocabulary.NULL_BIT:
        out = ("", 0, 0, listed)
    else:
        bits = reference.detect(plain)
        inside = reference.embedded(plain) if reference.searched(plain, bits) else 0
        out = (plain, bits, inside, listed)
    if len(value) <= 64:
        _cache[value] = out
        if len(_cache) > CACHE_SIZE:
            _cache.popitem(last=False)
    return out


def scan_values(values: Iterable[str | None], stats: ColumnStats) -> None:
    """The reference: add values one by one."""
    hits, inside_, listed_, lengths = (
        cast("list[int]", a) for a in (stats.hits, stats.inside, stats.listed, stats.lengths)
    )
    first, first_inside = cast("list[int]", stats.first), cast("list[int]", stats.first_inside)
    for value in values:
        row, stats.rows = stats.rows, stats.rows + 1
        plain, bits, inside, listed = ("", 0, 0, 0) if value is None else judge(value)
        if not plain:
            stats.nulls += 1
            continue
        stats.values += 1
        data = plain.encode("utf-8", "surrogateescape")
        lengths[min(len(data), BUCKETS - 1)] += 1
        stats._distinct.add(hash64(data))  # noqa: SLF001 - the reference fills its own kind
        for i in bits_of(bits):
            hits[i] += 1
            if first[i] < 0:
                first[i] = row
        for i in bits_of(inside):
            inside_[i] += 1
            if first_inside[i] < 0:
                first_inside[i] = row
        for i in bits_of(listed):
            listed_[i] += 1


def as_text(column: pa.Array) -> pa.Array:
    """The column as strings: numbers in plain decimal writing, dictionaries decoded, nested values as JSON."""
    kind = column.type
    if kind.id in native.TEXTS:
        return column
    if pa.types.is_dictionary(kind):
        views = native.unfolded(column)
        return views if views is not None else as_text(column.dictionary_decode())
    if pa.types.is_run_end_encoded(kind):
        return as_text(pc.run_end_decode(column))
    if isinstance(column, pa.ExtensionArray):
        return as_text(column.storage)
    if pa.types.is_interval(kind):
        return strings([None if v is None else str(v) for v in column.to_pylist()])
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return pa.array(
            [None if v is None else v.decode("utf-8", "replace") for v in column.to_pylist()],
            type=pa.large_string(),
        )
    if pa.types.is_floating(kind):
        return strings([None if v is None or math.isnan(v) else plain_float(v) for v in column.to_pylist()])
    if pa.types.is_nested(kind):
        return strings([None if v is None else plain_nested(v) for v in column.to_pylist()])
    if pa.types.is_null(kind):
        return pa.nulls(len(column), pa.string())
    return pc.cast(column, pa.string())


def strings(values: Sequence[str | None]) -> pa.Array:
    """A string column of these values, made without ``pa.array``, which would look for pandas and load it."""
    data, offsets, valid = bytearray(), array("q", [0]), bytearray((len(values) + 7) // 8)
    for i, value in enumerate(values):
        if value is not None:
            valid[i >> 3] |= 1 << (i & 7)
            data += value.encode("utf-8", "surrogatepass")
        offsets.append(len(data))
    return pa.Array.from_buffers(
        pa.large_string(),
        len(values),
        [pa.py_buffer(bytes(valid)), pa.py_buffer(offsets), pa.py_buffer(bytes(data))],
    )


def _numbers(size: int) -> pa.Array:
    """The numbers from nought."""
    return pa.Array.from_buffers(pa.int64(), size, [None, pa.py_buffer(array("q", range(size)))])


def plain_float(value: float) -> str:
    """A float as people write it: whole numbers without a point, as far as a float can tell whole numbers apart."""
    return str(int(value)) if abs(value) < EXACT_FLOAT and value == int(value) else repr(value)


EXACT_FLOAT = 2.0**53
"""From here on a float has lost digits: it stays in scientific notation, which is known for damage."""


def plain_nested(value: object) -> str:
    """Compact JSON of a nested value; floats get six decimals, so that a round coordinate still looks like one."""
    if isinstance(value, float):
        whole, point, part = repr(value).partition(".")
        return f"{whole}.{part.ljust(6, '0')}" if point and part.isdigit() else repr(value)
    if isinstance(value, Mapping):
        return (
            "{"
            + ",".join(
                f"{json.dumps(str(key), ensure_ascii=False)}:{plain_nested(one)}"
                for key, one in value.items()
            )
            + "}"
        )
    if isinstance(value, list | tuple):
        return "[" + ",".join(plain_nested(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False, default=str)
