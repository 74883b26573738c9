"""The native lane of the scan, as Python sees it.

Rules this module keeps:
 * a lane whose detectors are not exactly those of ``reference`` is not used;
 * buffers are borrowed for one call; Arrow owns them;
 * no memory and over-long values are refusals of the machine, not wrong answers.
"""

import codecs
import ctypes
import errno
import struct
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa

from feiyu import _native
from feiyu.scan import checks, reference, vocabulary

COUNT = len(reference.NAMES)
LISTS = len(vocabulary.MATCHED)
BUCKETS = 66
REGISTERS = 4096
PLANS = 16
SECTIONS = 3 * 256
"""Nodes, ties and mates of each part of a graph in a file."""
EXTRA = {"surname": 20, "surname_two": 21, "name_stop": 22, "latin_name": 23, "province": 24, "null": 25}
"""Bits of word lists that the lane uses itself, above those of ``vocabulary.MATCHED``."""


class Column(ctypes.Structure):
    """The twin of ``Column`` in ``scan_kernel.c``."""

    _fields_ = (
        ("rows", ctypes.c_uint64),
        ("values", ctypes.c_uint64),
        ("nulls", ctypes.c_uint64),
        ("hits", ctypes.c_uint64 * COUNT),
        ("inside", ctypes.c_uint64 * COUNT),
        ("listed", ctypes.c_uint64 * LISTS),
        ("lengths", ctypes.c_uint64 * BUCKETS),
        ("first", ctypes.c_int64 * COUNT),
        ("first_inside", ctypes.c_int64 * COUNT),
        ("seen_count", ctypes.c_uint64),
        ("seen_size", ctypes.c_uint64),
        ("exact", ctypes.c_uint64),
        ("seen", ctypes.c_void_p),
        ("registers", ctypes.c_void_p),
        ("scratch", ctypes.c_void_p),
        ("scratch_size", ctypes.c_uint64),
        ("known", ctypes.c_void_p),
        ("memo", ctypes.c_uint64),
        ("tries", ctypes.c_uint64),
        ("luck", ctypes.c_uint64),
        ("patterns", ctypes.c_void_p),
        ("plans", ctypes.c_void_p * PLANS),
        ("lately", ctypes.c_uint64 * PLANS),
        ("alike", ctypes.c_uint64),
    )


class Cells(ctypes.Structure):
    """The twin of ``Cells`` in ``scan_kernel.c``: where the strings of a column stand."""

    _fields_ = (
        ("offsets", ctypes.c_void_p),
        ("data", ctypes.c_void_p),
        ("valid", ctypes.c_void_p),
        ("offset", ctypes.c_int64),
        ("kind", ctypes.c_int64),
    )


class Source(ctypes.Structure):
    """The twin of ``Source`` in ``scan_persons.h``: a column that identifies."""

    _fields_ = (
        ("offsets", ctypes.c_void_p),
        ("data", ctypes.c_void_p),
        ("valid", ctypes.c_void_p),
        ("offset", ctypes.c_int64),
        ("wide", ctypes.c_int32),
        ("order", ctypes.c_int32),
        ("canon", ctypes.c_int32),
        ("pad", ctypes.c_int32),
        ("k0", ctypes.c_uint64),
        ("k1", ctypes.c_uint64),
        ("damaged", ctypes.c_uint64),
    )


class Spill(ctypes.Structure):
    """The twin of ``Spill`` in ``scan_spill.h``: where the parts of a graph stand in a file."""

    _fields_ = (
        ("fd", ctypes.c_int32),
        ("order_count", ctypes.c_uint32),
        ("start", ctypes.c_uint64),
        ("orders", ctypes.c_void_p),
        ("at", ctypes.c_uint64 * (SECTIONS + 1)),
    )


class Insides(ctypes.Structure):
    """The twin of ``Insides`` in ``scan_persons.h``: identifiers found inside the texts of a column."""

    _fields_ = (
        ("found", ctypes.c_void_p),
        ("bytes", ctypes.c_void_p),
        ("count", ctypes.c_uint64),
        ("room", ctypes.c_uint64),
        ("size", ctypes.c_uint64),
        ("byte_room", ctypes.c_uint64),
        ("over", ctypes.c_uint64),
        ("width", ctypes.c_uint64),
    )


@cache
def lane() -> Any:
    """The loaded and initialised lane, or None where there is none."""
    return lanes()[-1] if lanes() else None


@cache
def lanes() -> tuple[Any, ...]:
    """Every lane that runs on this processor, the quickest last."""
    lib = _opened(_native.load("scan_kernel"))
    if lib is None:
        return ()
    faster = (_opened(_native.load(f"scan_kernel_v{3 + i}")) for i in range(lib.scan_fast()))
    return (lib, *(one for one in faster if one is not None))


def _opened(lib: Any) -> Any:
    """The lane with its tables, None where it is not there or does not fit."""
    if lib is None:
        return None
    lib.scan_name.restype = ctypes.c_char_p
    lib.scan_column_size.restype = ctypes.c_uint64
    named = tuple(lib.scan_name(i) for i in range(COUNT + 1))
    if named != (
        *(name.encode() for name in reference.NAMES),
        None,
    ) or lib.scan_column_size() != ctypes.sizeof(Column):
        return None
    entries, text = _words()
    sets = struct.pack("<4Q", *_halves(reference.EMBEDDED), *_halves(reference.WHOLE))
    if lib.scan_init(
        entries,
        len(entries) // 12,
        text,
        ctypes.c_uint64(len(text)),
        sets,
        "".join(sorted(checks.ISO2)).encode(),
    ):
        return None
    _declare(lib)
    return lib


def _declare(lib: Any) -> None:
    pointer, i64 = ctypes.c_void_p, ctypes.c_int64
    lib.scan_columns.argtypes = [pointer, pointer, ctypes.c_int, i64]
    lib.scan_weighted.argtypes = [pointer, pointer, i64, pointer, pointer]
    lib.scan_csv.argtypes = [
        pointer, i64, ctypes.c_int, ctypes.c_int, ctypes.c_int, pointer, i64, i64, ctypes.c_int, pointer,
    ]  # fmt: skip
    lib.scan_strings.argtypes = [pointer, ctypes.c_int, i64, pointer, i64]
    lib.scan_unquoted.argtypes = [pointer, i64, i64, i64]
    lib.scan_column_merge.argtypes = [
        pointer,
        ctypes.c_char_p,
        ctypes.c_char_p,
        ctypes.c_uint64,
        ctypes.c_char_p,
    ]
    lib.scan_column_keys.argtypes = [pointer, pointer]
    lib.scan_utf8.argtypes = [pointer, i64, ctypes.c_int]
    lib.scan_unfold.argtypes = [pointer, pointer, i64, pointer, ctypes.c_int, i64, pointer, i64, pointer]
    lib.persons_new.restype = pointer
    lib.persons_memory.restype = ctypes.c_uint64
    for name in ("memory", "held", "empty", "free"):
        getattr(lib, f"persons_{name}").argtypes = [pointer]
    lib.persons_flags.argtypes = [pointer, i64, ctypes.c_int, ctypes.c_int, pointer]
    lib.persons_flags.restype = i64
    lib.persons_inside.argtypes = [pointer, i64, pointer, pointer]
    lib.insides_column.argtypes = [pointer, ctypes.c_uint32, i64, pointer, pointer]
    lib.insides_free.argtypes = [pointer]
    lib.persons_add.argtypes = [
        pointer,
        pointer,
        ctypes.c_int,
        pointer,
        pointer,
        ctypes.c_int,
        i64,
        ctypes.c_int,
    ]
    lib.persons_write.argtypes = [pointer, ctypes.c_int, ctypes.c_uint64, pointer]
    lib.bound_new.restype = pointer
    lib.bound_delete.argtypes = [pointer]
    lib.bound_count.argtypes = [
        pointer, pointer, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_uint64, pointer,
    ]  # fmt: skip
    lib.bound_take.argtypes = [pointer, pointer]
    lib.bound_resolve.argtypes = [pointer, pointer, ctypes.c_int, pointer, ctypes.c_int, pointer]
    lib.persons_take_in.argtypes = [pointer, pointer]
    lib.persons_loose.argtypes = lib.persons_add_loose.argtypes = [pointer, pointer]
    lib.persons_counts.argtypes = [pointer, ctypes.c_int, pointer]


def _halves(bits: int) -> tuple[int, int]:
    return bits & (1 << 64) - 1, bits >> 64


def _words() -> tuple[bytes, bytes]:
    """All words with their bits: (offset, size, bits) triples, and the text they stand in."""
    bits: dict[bytes, int] = {word.encode(): listed for word, listed in vocabulary.table().items()}
    for name, bit in EXTRA.items():
        for word in vocabulary.words(name):
            data = word.encode()
            bits[data] = bits.get(data, 0) | 1 << bit
    entries, text = bytearray(), bytearray()
    for data, value in sorted(bits.items()):
        entries += struct.pack("<3I", len(text), len(data), value)
        text += data
    return bytes(entries), bytes(text)


_VIEW_BYTES = 16
VIEWS = 2
"""The third kind of strings, beside offsets of four bytes (0) and of eight (1)."""
TEXTS = {pa.string().id: 0, pa.large_string().id: 1, pa.string_view().id: VIEWS}
"""The kinds of strings by Arrow's numbers of types."""


@dataclass(frozen=True, slots=True)
class Strings:
    """Where a string column stands in memory, as long as both it and this are held."""

    offsets: int
    data: int
    valid: int | None
    kind: int
    keep: object


def buffers(column: pa.Array) -> Strings:
    """Addresses of a string column."""
    valid, offsets, *data = (one.address if one else None for one in column.buffers())
    kind = TEXTS[column.type.id]
    if kind == VIEWS:
        texts = (ctypes.c_void_p * max(1, len(data)))(*data)
        return Strings(offsets or 0, ctypes.addressof(texts), valid, VIEWS, texts)
    return Strings(offsets or 0, data[0] or 0, valid, kind, None)


def unfolded(column: pa.Array) -> pa.Array | None:
    """The texts of a dictionary column as string views over its dictionary, so that none is copied; None where there is no lane, or another kind of dictionary."""
    found, coded, texts = lane(), column.indices, column.dictionary
    wide = pa.types.is_large_string(texts.type)
    if found is None or not pa.types.is_int32(coded.type) or not (wide or pa.types.is_string(texts.type)):
        return None
    valid, numbers = coded.buffers()
    _, offsets, data = texts.buffers()
    if texts.null_count or not len(texts) or data is None or data.size >= 1 << 31:
        return None
    if valid is not None and coded.offset:
        return None
    views = pa.allocate_buffer(len(coded) * _VIEW_BYTES)
    sound = found.scan_unfold(
        numbers.address + 4 * coded.offset, valid.address if valid else None, len(coded),
        offsets.address + texts.offset * (8 if wide else 4), int(wide), len(texts), data.address, data.size,
        views.address,
    )  # fmt: skip
    return pa.Array.from_buffers(pa.string_view(), len(coded), [valid, views, data]) if sound else None


def utf8(data: bytes | memoryview) -> bool:
    """Whether the lane finds a block to be UTF-8, of which the last character may go on behind it; where it does not, or there is no lane, others must look."""
    found = lane()
    if found is None:
        return False
    last = len(data) - 1
    while last > max(0, len(data) - 4) and data[last] & 0xC0 == 0x80:
        last -= 1
    try:
        codecs.getincrementaldecoder("utf-8")().decode(bytes(data[last:]))
    except UnicodeDecodeError:
        return False
    text = pa.py_buffer(data[:last])
    return bool(found.scan_utf8(text.address, text.size, 0))


def sound(column: pa.Array) -> bool:
    """Whether the lane finds a string column sound, its offsets and its UTF-8; where it does not, or there is no lane, others must look.

    The column's buffers are as long as it says (Arrow's ``validate``).
    """
    found = lane()
    wide = pa.types.is_large_string(column.type)
    if found is None or not (wide or pa.types.is_string(column.type)):
        return False
    _, offsets, data = column.buffers()
    if not len(column) or offsets is None or data is None:
        return False
    begin = offsets.address + column.offset * (8 if wide else 4)
    return bool(found.scan_strings(begin, int(wide), len(column), data.address, data.size))


def check(code: int) -> None:
    """Turn the lane's answer into a refusal of the machine."""
    if code == 1:
        raise MemoryError
    if code == 5:
        raise OSError(errno.EIO, "the scan's file for persons cannot be written or read")
    if code:
        raise ValueError(f"scan lane answered {code}")
