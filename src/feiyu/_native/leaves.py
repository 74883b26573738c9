"""Hashes of blocks of one length, many at once where this machine can: SHA-256 and SM3.

Leaves of a content tree (64 KiB blocks), entries of a log, and the nodes above both (64 bytes: two hashes).

Lanes: sixteen blocks with AVX-512, eight with AVX2, and for SHA-256 four through the SHA instructions, whichever is the
fastest on this processor; else the library.

Rules this module keeps:
 * the bytes are the same whichever way they were computed (the lanes are fuzzed against the reference below);
 * a leaf is ``H(prefix || block)``; the caller's prefix carries the 0x00 or 0x01 of RFC 6962 and the salt;
 * the interpreter lock is free while the lanes work, but for what is done in less time than it takes to get it back.

Trust: no secret decides a branch or an address in the lanes; the prefix may hold a salt.

Sources: RFC 6962 section 2.1; FIPS 180-4; GB/T 32905-2016.
"""

import ctypes
import hashlib
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol, Self

from feiyu import _native

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hashes import Hash

BLOCK_BYTES = 64 * 1024
HELD_BYTES = 128 * 1024
"""Up to here the interpreter lock is kept: some fifty microseconds, where another thread may keep it for five thousand."""
DIGEST_BYTES = 32
MAX_PREFIX_BYTES = 63
MIN_BYTES = 64
"""The lanes take no shorter block."""
_BASE64 = 44
_PAYS = 24  # blocks of one length, from so many on
SHA256, SM3 = "SHA-256", "SM3"
_NUMBER = {SHA256: 0, SM3: 1}
Bytes = bytes | bytearray | memoryview


class Hashing(Protocol):
    """A hash under way, as ``hashlib`` has it."""

    def update(self, data: Bytes, /) -> None:
        """Take bytes."""
        ...

    def copy(self) -> Self:
        """The same, to go on apart."""
        ...

    def digest(self) -> bytes:
        """The 32 bytes."""
        ...


class Sm3:
    """SM3 with the methods of ``hashlib``: its own ``sm3`` depends on the OpenSSL that Python was built with."""

    __slots__ = ("_state",)

    def __init__(self, data: Bytes = b"", *, state: "Hash | None" = None) -> None:
        from cryptography.hazmat.primitives import hashes

        self._state = state or hashes.Hash(hashes.SM3())
        self._state.update(data)

    def update(self, data: Bytes, /) -> None:
        """Take bytes."""
        self._state.update(data)

    def copy(self) -> "Sm3":
        """The same, to go on apart."""
        return Sm3(state=self._state.copy())

    def digest(self) -> bytes:
        """The 32 bytes; more may follow."""
        return self._state.copy().finalize()


def begin(name: str, data: Bytes = b"") -> Hashing:
    """A hash of that name over some bytes."""
    return Sm3(data) if name == SM3 else hashlib.sha256(data)


def reference(data: Bytes, prefix: bytes, *, block_bytes: int = BLOCK_BYTES, name: str = SHA256) -> bytes:
    """The leaf hashes of the blocks of ``data``, one after the other, 32 bytes each; the last block may be short."""
    start = begin(name, prefix)
    view = memoryview(data)
    found = bytearray()
    for at in range(0, len(view), block_bytes):
        leaf = start.copy()
        leaf.update(view[at : at + block_bytes])
        found += leaf.digest()
    return bytes(found)


@cache
def _library(*, held: bool = False) -> ctypes.CDLL | None:
    """The compiled lanes; ``held`` keeps the interpreter lock through a call."""
    library = _native.load("hash_lanes", held=held)
    if library is not None:
        library.feiyu_hash_blocks.restype = ctypes.c_size_t
        library.feiyu_hash_blocks.argtypes = (
            ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_char_p,
            ctypes.c_size_t, ctypes.c_void_p,
        )  # fmt: skip
        library.feiyu_hash_root.restype = ctypes.c_int
        library.feiyu_hash_root.argtypes = library.feiyu_hash_blocks.argtypes
        library.feiyu_hash_chain.restype = ctypes.c_size_t
        library.feiyu_hash_chain.argtypes = (
            ctypes.c_char_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t,
            ctypes.c_char_p, ctypes.c_uint64, ctypes.c_void_p, ctypes.c_void_p,
        )  # fmt: skip
    return library


@cache
def lanes(name: str = SHA256) -> int:
    """How many blocks this machine hashes at once: 16, 8, 4, or 0 for one after the other."""
    library = _library()
    return 0 if library is None else int(library.feiyu_hash_lanes(_NUMBER[name]))


def can(width: int, name: str = SHA256) -> bool:
    """Whether this machine can run so many lanes, be they faster or not."""
    library = _library()
    return library is not None and bool(library.feiyu_hash_can(_NUMBER[name], width))


def leaf_hashes(
    data: Bytes,
    prefix: bytes,
    *,
    block_bytes: int = BLOCK_BYTES,
    width: int | None = None,
    name: str = SHA256,
) -> bytes:
    """As ``reference``, by the fastest way this machine has; ``width`` asks for a number of lanes, for tests."""
    library = _library(held=len(data) <= HELD_BYTES)
    count = lanes(name) if width is None else width * can(width, name)
    blocks = len(data) // block_bytes
    if library is None or not count or blocks < 2 or len(prefix) > MAX_PREFIX_BYTES:
        return reference(data, prefix, block_bytes=block_bytes, name=name)
    out = ctypes.create_string_buffer(blocks * DIGEST_BYTES)
    done = library.feiyu_hash_blocks(
        _NUMBER[name], count, address(data), blocks, block_bytes, prefix, len(prefix), out
    )
    hashed = out.raw[: done * DIGEST_BYTES]
    if done * block_bytes == len(data):
        return hashed
    rest = memoryview(data)[done * block_bytes :]
    return hashed + reference(rest, prefix, block_bytes=block_bytes, name=name)


def hash_each(blocks: Sequence[bytes], prefix: bytes, *, name: str = SHA256) -> bytes:
    """The hash of ``prefix || block`` for each of many blocks, one after the other; those of one length go to the lanes together."""
    lengths = set(map(len, blocks))
    if len(lengths) == 1 or len(blocks) < _PAYS:
        return _hash_like(blocks, prefix, name)
    places: dict[int, list[int]] = {length: [] for length in lengths}
    for place, block in enumerate(blocks):
        places[len(block)].append(place)
    found = [b""] * len(blocks)
    for same in places.values():
        hashed = _hash_like([blocks[place] for place in same], prefix, name)
        for number, place in enumerate(same):
            found[place] = hashed[number * DIGEST_BYTES : (number + 1) * DIGEST_BYTES]
    return b"".join(found)


def _hash_like(blocks: Sequence[bytes], prefix: bytes, name: str) -> bytes:
    """As ``hash_each``; many blocks are of one length."""
    if len(blocks) >= _PAYS and len(blocks[0]) >= MIN_BYTES:
        return leaf_hashes(b"".join(blocks), prefix, block_bytes=len(blocks[0]), name=name)
    new = Sm3 if name == SM3 else hashlib.sha256
    return b"".join([new(prefix + block).digest() for block in blocks])


def subtree_root(data: Bytes, prefix: bytes, *, width: int | None = None, name: str = SHA256) -> bytes | None:
    """The root over whole blocks that are a subtree, leaves and nodes in one call; None where lanes do not do it."""
    library = _library(held=len(data) <= HELD_BYTES)
    count = lanes(name) if width is None else width * can(width, name)
    blocks, rest = divmod(len(data), BLOCK_BYTES)
    if library is None or not count or rest or len(prefix) > MAX_PREFIX_BYTES:
        return None
    out = ctypes.create_string_buffer(DIGEST_BYTES)
    done = library.feiyu_hash_root(
        _NUMBER[name], count, address(data), blocks, BLOCK_BYTES, prefix, len(prefix), out
    )
    return out.raw if done else None


def chain(
    lengths: bytes, bodies: bytes, prefix: bytes, line: Sequence[bytes], number: int, previous: bytes
) -> tuple[bytes, bytes] | None:
    """The lines of a chain, all lengths first, and the hash of the last; None where lanes do not do it.

    Between the four pieces of a ``line`` come the SHA-256 of ``prefix || body``, that of the line before, and its number;
    hashes in base64. ``lengths`` are those of the bodies, four bytes each, big endian.
    """
    library, count = _library(held=len(bodies) <= HELD_BYTES), len(lengths) // 4
    if library is None:
        return None
    room = count * (4 + sum(map(len, line)) + 2 * _BASE64 + len(str(number + count)))
    last, out = ctypes.create_string_buffer(previous, DIGEST_BYTES), ctypes.create_string_buffer(room)
    ended = b"\0".join((*line, b""))
    done = library.feiyu_hash_chain(
        lengths, bodies, len(bodies), count, prefix, len(prefix), ended, number, last, out
    )
    return (ctypes.string_at(out, done), last.raw) if done else None


def address(data: Bytes) -> object:
    """What ctypes takes for the place of the bytes, without copying them (but for a read-only view of something)."""
    if not len(data):
        return None
    if isinstance(data, bytes):
        return data
    if memoryview(data).readonly:
        return bytes(data)
    return ctypes.byref(ctypes.c_char.from_buffer(data))
