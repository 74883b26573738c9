"""The native lane of own types: tables made once, one call for a column.

Rules this module keeps:
 * buffers are borrowed for one call; tables are made once for a set of types and never changed;
 * where there is no lane, ``ReferenceLook`` answers the same.
"""

import ctypes
import struct
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from feiyu import _native
from feiyu.scan.kernel import bits_of
from feiyu.scan.native import Cells, buffers
from feiyu.scan.own.model import EACH, Kind, OwnTypes
from feiyu.scan.own.shapes import LONGEST, Form, forms

NO_MEMORY = -3


class _Scratch(ctypes.Structure):
    """The twin of ``Scratch``."""

    _fields_ = (
        ("bytes", ctypes.c_void_p),
        ("to", ctypes.c_void_p),
        ("bytes_size", ctypes.c_uint64),
        ("to_size", ctypes.c_uint64),
    )


class _Own(ctypes.Structure):
    """The twin of ``Own`` in ``own_types.c``."""

    _fields_ = tuple(
        (name, ctypes.c_uint64 if name in ("class_count", "slot_mask", "window", "mark_mask") else ctypes.c_void_p)
        for name in (
            "classes", "at", "table", "types", "class_count", "lengths", "slots", "slot_mask", "text", "shift", "heads", "next",
            "literals", "literal_at", "literal_size", "window",
            "nibbles", "buckets", "range_at", "ranges", "marks", "mark_mask",
        )
    )  # fmt: skip


class Found(ctypes.Structure):
    """The twin of ``Found``: hits and first rows of shapes (0) and words (1)."""

    _fields_ = (
        ("values", ctypes.c_uint64),
        ("hits", ctypes.c_uint64 * EACH * 2),
        ("first", ctypes.c_int64 * EACH * 2),
        ("seen", ctypes.c_uint64),
        ("copied", ctypes.c_uint64),
    )


@cache
def library() -> Any:
    """The loaded lane, or None where there is none."""
    lib = _native.load("own_types")
    if lib is None:
        return None
    pointer, i64 = ctypes.c_void_p, ctypes.c_int64
    lib.own_hash.restype, lib.own_hash.argtypes = ctypes.c_uint64, [ctypes.c_char_p, ctypes.c_uint64]
    lib.own_column.restype = i64
    lib.own_column.argtypes = [pointer, pointer, pointer, i64, i64, pointer, pointer, pointer, i64]
    lib.own_views.argtypes = [pointer, pointer, ctypes.c_int, i64]
    lib.own_free.restype, lib.own_free.argtypes = None, [pointer]
    return lib


class LaneLook:
    """The columns of one table against own types, by the lane; as ``ReferenceLook`` does one column."""

    def __init__(self, own: OwnTypes, columns: int) -> None:
        self._tables = _tables(own)
        self._scratch = (_Scratch * columns)()
        self._call = library().own_column
        self._make_room(1 << 14)

    def batch(
        self, texts: Sequence[pa.Array], row: int, found: Sequence[Found]
    ) -> Iterator[tuple[int, pa.Array, dict[int, pa.Array]]]:
        """Count the columns of a batch into ``found``; its first row has the number ``row``.

        For each column in which the literal of an expression occurs: its place, its values as they were searched, half-width and borrowed
        until the next call, and for each such expression the rows.
        """
        at = [buffers(text) for text in texts]
        cells = (Cells * len(at))(
            *(
                Cells(one.offsets, one.data, one.valid, text.offset, one.kind)
                for one, text in zip(at, texts, strict=True)
            )
        )
        if texts and library().own_views(self._scratch, cells, len(at), len(texts[0])):
            raise MemoryError
        for i, text in enumerate(texts):
            rows = self._column(i, cells[i], len(text), row, found[i])
            if rows:
                yield i, self._searched(i, text, found[i]), rows

    def _column(self, i: int, cells: Cells, size: int, row: int, found: Found) -> dict[int, pa.Array]:
        while True:
            count = self._call(
                ctypes.byref(self._tables.own), ctypes.byref(self._scratch[i]), ctypes.byref(cells), size, row, ctypes.byref(found),
                self._rows.address, self._which.address, self._room,
            )  # fmt: skip
            if count >= 0:
                return self._by_literal(count, found.seen) if count else {}
            if count == NO_MEMORY:
                raise MemoryError
            self._make_room(self._room * 4)

    def _searched(self, i: int, text: pa.Array, found: Found) -> pa.Array:
        if not found.copied:
            return text
        held = self._scratch[i]
        to = pa.foreign_buffer(held.to, 8 * (len(text) + 1), self)
        size = ctypes.c_int64.from_address(held.to + 8 * len(text)).value
        data = pa.foreign_buffer(held.bytes, size, self)
        return pa.Array.from_buffers(pa.large_string(), len(text), [None, to, data])

    def __del__(self) -> None:
        for one in self._scratch:
            library().own_free(ctypes.byref(one))

    def _make_room(self, room: int) -> None:
        self._room = room
        self._rows, self._which = pa.allocate_buffer(4 * room), pa.allocate_buffer(room)

    def _by_literal(self, count: int, seen: int) -> dict[int, pa.Array]:
        rows = pa.Array.from_buffers(pa.int32(), count, [None, self._rows])
        if seen & (seen - 1) == 0:
            return {seen.bit_length() - 1: rows}
        which = pa.Array.from_buffers(pa.uint8(), count, [None, self._which])
        return {k: rows.filter(pc.equal(which, k)) for k in bits_of(seen)}


class _Tables:
    """The tables of a set of own types."""

    def __init__(self, own: OwnTypes) -> None:
        self._keep: list[Any] = []
        self.own = _Own()
        self._shapes([[form for shape in one.shapes for form in forms(shape)] for one in own.of(Kind.SHAPE)])
        self._words([[word.encode() for word in one.words] for one in own.of(Kind.WORDS)])
        self._literals([one.literal.encode() for one in own.of(Kind.REGEX)])

    def _put(self, name: str, data: bytes) -> None:
        held = ctypes.create_string_buffer(data, max(1, len(data)))
        self._keep.append(held)
        setattr(self.own, name, ctypes.addressof(held))

    def _shapes(self, types: list[list[Form]]) -> None:
        every = [form for alike in types for form in alike]
        sets = sorted({one for form in every for one in form}, key=sorted)
        kinds: dict[tuple[bool, ...], int] = {}
        classes = bytes(
            kinds.setdefault(tuple(byte in one for one in sets), len(kinds)) for byte in range(256)
        )
        byte_of = [classes.index(i) for i in range(len(kinds))]
        at, table, owners = [-1] * (LONGEST + 1), bytearray(), bytearray((LONGEST + 1) * 64)
        range_at, ranges = [0] * (LONGEST + 1), bytearray()
        for length in range(1, LONGEST + 1):
            alike = [
                (form, owner) for owner, found in enumerate(types) for form in found if len(form) == length
            ]
            if not alike:
                continue
            at[length], range_at[length] = len(table) // 8, len(ranges) // 256
            ranges += b"".join(_ranges(form) for form, _ in alike)
            for place in range(length):
                for byte in byte_of:
                    table += struct.pack(
                        "<Q", sum(1 << i for i, (form, _) in enumerate(alike) if byte in form[place])
                    )
            for i, (_, owner) in enumerate(alike):
                owners[length * 64 + i] = owner
        self._put("classes", classes)
        self._put("at", struct.pack(f"<{LONGEST + 1}i", *at))
        self._put("table", bytes(table))
        self._put("types", bytes(owners))
        self._put("range_at", struct.pack(f"<{LONGEST + 1}i", *range_at))
        self._put("ranges", bytes(ranges))
        self.own.class_count = len(kinds)

    def _words(self, types: list[list[bytes]]) -> None:
        bits: dict[bytes, int] = {}
        for owner, words in enumerate(types):
            for word in words:
                bits[word] = bits.get(word, 0) | 1 << owner
        size = 1 << max(1, len(bits) * 2 - 1).bit_length()
        slots, text, lengths = bytearray(24 * size), bytearray(), [0] * 256
        many = max(64, 8 * size)
        marks = bytearray(many // 8)
        for word, owners in bits.items():
            lengths[word[0]] |= 1 << min(len(word), 63)
            h = library().own_hash(word, len(word))
            marks[(h >> 32 & many - 1) >> 3] |= 1 << (h >> 32 & 7)
            at = h & (size - 1)
            while any(slots[24 * at + 16 : 24 * at + 24]):
                at = (at + 1) & (size - 1)
            slots[24 * at : 24 * at + 24] = struct.pack("<3Q", h, len(text) << 16 | len(word), owners)
            text += word
        self._put("lengths", struct.pack("<256Q", *lengths))
        self._put("slots", bytes(slots))
        self._put("text", bytes(text))
        self._put("marks", bytes(marks))
        self.own.slot_mask, self.own.mark_mask = size - 1, many - 1

    def _literals(self, literals: list[bytes]) -> None:
        window = min(map(len, literals), default=0)
        shift, heads = bytearray([max(0, window - 1)]) * 65536, [-1] * 65536
        following, starts, text = [-1] * max(1, len(literals)), [], bytearray()
        for k, word in enumerate(literals):
            for i in range(1, window):
                pair = word[i - 1] << 8 | word[i]
                shift[pair] = min(shift[pair], window - 1 - i)
            end = word[window - 2] << 8 | word[window - 1]
            following[k], heads[end] = heads[end], k
            starts.append(len(text))
            text += word
        self._put("shift", bytes(shift))
        self._put("heads", struct.pack("<65536h", *heads))
        self._put("next", struct.pack(f"<{len(following)}h", *following))
        self._put("literals", bytes(text))
        self._put("literal_at", struct.pack(f"<{len(starts)}H", *starts))
        self._put("literal_size", struct.pack(f"<{len(literals)}H", *map(len, literals)))
        self.own.window = window
        self._buckets(literals)

    def _buckets(self, literals: list[bytes]) -> None:
        """Literals that begin alike share one of eight buckets."""
        order = sorted(range(len(literals)), key=lambda k: literals[k][:3])
        buckets, nibbles = [0] * 8, bytearray(96)
        for place, k in enumerate(order):
            bucket = place * 8 // len(order)
            buckets[bucket] |= 1 << k
            for i, byte in enumerate(literals[k][:3]):
                nibbles[32 * i + (byte & 15)] |= 1 << bucket
                nibbles[32 * i + 16 + (byte >> 4)] |= 1 << bucket
        self._put("nibbles", bytes(nibbles))
        self._put("buckets", struct.pack("<8Q", *buckets))


@lru_cache(maxsize=4)
def _tables(own: OwnTypes) -> _Tables:
    """Made once: ten thousand words take some 50 ms."""
    return _Tables(own)


def _ranges(form: Form) -> bytes:
    """From where to where the bytes of each place reach, in two ranges; places behind the form take any byte."""
    ends = bytearray(bytes(64) + b"\xff" * 64) * 2
    for place, wanted in enumerate(form):
        low = min(wanted)
        gap = next(byte for byte in range(low, 257) if byte not in wanted)
        rest = wanted - frozenset(range(low, gap)) or wanted
        for i, byte in enumerate((low, gap - 1, min(rest), max(rest))):
            ends[64 * i + place] = byte
    return bytes(ends)
