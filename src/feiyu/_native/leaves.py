"""Leaf hashes of 64 KiB blocks: sixteen (AVX-512) or eight (AVX2) at once where that is faster, else hashlib.

Rules this module keeps:
 * the bytes are the same whichever way they were computed (the lanes are fuzzed against the reference below);
 * a leaf is ``SHA-256(prefix || block)``; the caller's prefix carries the 0x00 of RFC 6962 and the salt;
 * the interpreter lock is free while the lanes work.

Trust: no secret decides a branch or an address in the lanes; the prefix may hold a salt.

Sources: RFC 6962 section 2.1; FIPS 180-4.
"""

import ctypes
import hashlib
from functools import cache

from feiyu import _native

BLOCK_BYTES = 64 * 1024
DIGEST_BYTES = 32
MAX_PREFIX_BYTES = 63
Bytes = bytes | bytearray | memoryview


def reference(data: Bytes, prefix: bytes, *, block_bytes: int = BLOCK_BYTES) -> bytes:
    """The leaf hashes of the blocks of ``data``, one after the other, 32 bytes each; the last block may be short."""
    start = hashlib.sha256(prefix)
    view = memoryview(data)
    found = bytearray()
    for at in range(0, len(view), block_bytes):
        leaf = start.copy()
        leaf.update(view[at : at + block_bytes])
        found += leaf.digest()
    return bytes(found)


@cache
def _library() -> tuple[ctypes.CDLL | None, int]:
    """The compiled lanes and how many this machine has; (None, 0) where hashlib is the better way."""
    library = _native.load("hash_lanes")
    if library is None:
        return None, 0
    library.feiyu_hash_lanes.restype = ctypes.c_int
    library.feiyu_hash_blocks.restype = ctypes.c_size_t
    library.feiyu_hash_blocks.argtypes = (
        ctypes.c_int,
        ctypes.c_void_p,
        ctypes.c_size_t,
        ctypes.c_size_t,
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_void_p,
    )
    return library, library.feiyu_hash_lanes()


def lanes() -> int:
    """How many blocks this machine hashes at once: 16, 8, or 0 for one after the other."""
    return _library()[1]


def can(width: int) -> bool:
    """Whether this machine can run so many lanes, be they faster or not."""
    library, _ = _library()
    return library is not None and bool(library.feiyu_hash_can(width))


def leaf_hashes(
    data: Bytes, prefix: bytes, *, block_bytes: int = BLOCK_BYTES, width: int | None = None
) -> bytes:
    """As ``reference``, by the fastest way this machine has; ``width`` asks for a number of lanes, for tests."""
    library, found = _library()
    count = found if width is None else width * can(width)
    blocks = len(data) // block_bytes
    if library is None or not count or blocks <= count // 2 or len(prefix) > MAX_PREFIX_BYTES:
        return reference(data, prefix, block_bytes=block_bytes)
    out = ctypes.create_string_buffer(blocks * DIGEST_BYTES)
    done = library.feiyu_hash_blocks(count, _address(data), blocks, block_bytes, prefix, len(prefix), out)
    hashed = out.raw[: done * DIGEST_BYTES]
    if done * block_bytes == len(data):
        return hashed
    return hashed + reference(memoryview(data)[done * block_bytes :], prefix, block_bytes=block_bytes)


def _address(data: Bytes) -> object:
    """What ctypes takes for the place of the bytes, without copying them (but for a read-only view of something)."""
    if isinstance(data, bytes):
        return data
    if memoryview(data).readonly:
        return bytes(data)
    return ctypes.byref(ctypes.c_char.from_buffer(data))
