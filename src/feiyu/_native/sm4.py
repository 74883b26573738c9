"""SM4-GCM with the methods of ``cryptography``'s ``AESGCM``: by native lanes where this machine can, else the library.

Rules this module keeps:
 * bytes and tags are the same whichever way they were computed (the lanes are fuzzed against ``Reference``);
 * nothing of a plaintext is written before its tag has verified;
 * the interpreter lock is free while the lanes work.

Trust: no table is read at a secret place and no branch depends on a secret but the verdict over a tag.

Sources: GB/T 32907-2016; NIST SP 800-38D; RFC 8998.
"""

import ctypes
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from feiyu import _native
from feiyu._native.leaves import Bytes, address

KEY_BYTES, NONCE_BYTES, TAG_BYTES = 16, 12, 16
MAX_BYTES = (1 << 36) - 32
KINDS = {"avx2": 1, "vaes": 2, "gfni": 3, "gfni-512": 4}


class Reference:
    """SM4-GCM by the library."""

    def __init__(self, key: bytes) -> None:
        self._cipher = algorithms.SM4(key)

    def encrypt_into(self, nonce: bytes, data: Bytes, associated_data: bytes | None, buf: Bytes) -> int:
        """Encrypt into ``buf``: the ciphertext and, behind it, the tag; how many bytes that are."""
        out, size = memoryview(buf), len(data)
        _sizes(nonce, size, out, size + TAG_BYTES)
        work = Cipher(self._cipher, modes.GCM(nonce)).encryptor()
        work.authenticate_additional_data(associated_data or b"")
        out[:size] = work.update(data)
        work.finalize()
        out[size:] = work.tag
        return size + TAG_BYTES

    def decrypt_into(self, nonce: bytes, data: Bytes, associated_data: bytes | None, buf: Bytes) -> int:
        """Decrypt into ``buf`` what ``encrypt_into`` made; how many bytes that are."""
        view, out, size = memoryview(data), memoryview(buf), _body(data)
        _sizes(nonce, size, out, size)
        work = Cipher(self._cipher, modes.GCM(nonce, bytes(view[size:]))).decryptor()
        work.authenticate_additional_data(associated_data or b"")
        plain = work.update(view[:size])
        work.finalize()
        out[:] = plain
        return size


class Lanes:
    """SM4-GCM by native lanes of one kind."""

    def __init__(self, key: bytes, kind: int) -> None:
        library = _library()
        assert library is not None, "only made where feiyu_sm4_can says so"
        self._lib, self._kind = library, kind
        self._context = ctypes.create_string_buffer(library.feiyu_sm4_context_bytes())
        if not library.feiyu_sm4_prepare(kind, key, self._context):
            message = f"this machine has no lanes of kind {kind}"
            raise ValueError(message)

    def encrypt_into(self, nonce: bytes, data: Bytes, associated_data: bytes | None, buf: Bytes) -> int:
        """Encrypt into ``buf``: the ciphertext and, behind it, the tag; how many bytes that are."""
        size, aad = len(data), associated_data or b""
        out = memoryview(buf)
        _sizes(nonce, size, out, size + TAG_BYTES)
        tag = ctypes.create_string_buffer(TAG_BYTES)
        self._lib.feiyu_sm4_encrypt(
            self._kind, self._context, nonce, aad, len(aad), address(data), size, address(buf), tag
        )
        out[size:] = tag.raw
        return size + TAG_BYTES

    def decrypt_into(self, nonce: bytes, data: Bytes, associated_data: bytes | None, buf: Bytes) -> int:
        """Decrypt into ``buf`` what ``encrypt_into`` made; how many bytes that are."""
        size, aad = _body(data), associated_data or b""
        _sizes(nonce, size, memoryview(buf), size)
        tag = bytes(memoryview(data)[size:])
        if not self._lib.feiyu_sm4_decrypt(
            self._kind, self._context, nonce, aad, len(aad), address(data), size, address(buf), tag
        ):
            raise InvalidTag
        return size

    def __del__(self) -> None:
        """Leave no key behind in memory that is given back."""
        if (kept := getattr(self, "_context", None)) is not None:
            ctypes.memset(kept, 0, len(kept))


def sm4_gcm(key: bytes) -> Reference | Lanes:
    """SM4-GCM under a key of 16 bytes, the fastest way this machine has."""
    if len(key) != KEY_BYTES:
        message = f"SM4 wants a key of {KEY_BYTES} bytes, not {len(key)}"
        raise ValueError(message)
    kind = best()
    return Lanes(key, kind) if kind else Reference(key)


@cache
def _library() -> ctypes.CDLL | None:
    library = _native.load("sm4_gcm")
    if library is not None:
        library.feiyu_sm4_context_bytes.restype = ctypes.c_size_t
        library.feiyu_sm4_prepare.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p)
        for function in (library.feiyu_sm4_encrypt, library.feiyu_sm4_decrypt):
            function.argtypes = (
                ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p,
                ctypes.c_size_t, ctypes.c_void_p, ctypes.c_char_p,
            )  # fmt: skip
    return library


@cache
def best() -> int:
    """The kind of lanes to use on this machine (a value of ``KINDS``); 0 where the library does it."""
    library = _library()
    return 0 if library is None else int(library.feiyu_sm4_kind())


def can(kind: int) -> bool:
    """Whether this machine has lanes of a kind."""
    library = _library()
    return library is not None and bool(library.feiyu_sm4_can(kind))


def _body(data: Bytes) -> int:
    if len(data) < TAG_BYTES:
        raise InvalidTag
    return len(data) - TAG_BYTES


def _sizes(nonce: bytes, size: int, out: memoryview, wanted: int) -> None:
    if len(nonce) != NONCE_BYTES or size > MAX_BYTES or len(out) != wanted or out.readonly:
        message = f"a nonce of {NONCE_BYTES} bytes and a writable buffer of {wanted} are wanted"
        raise ValueError(message)
