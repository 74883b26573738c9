"""SM2 public-key encryption by Tongsuo (extra ``sm``): ``cryptography``'s OpenSSL is built without SM2.

Rules this module keeps:
 * the library's arithmetic is used, never our own: it is constant in time, and Python's numbers are not;
 * a ciphertext is the ASN.1 of GM/T 0009 (C1 as two numbers, C3, C2), as GmSSL and Tongsuo write it;
 * without the extra, what needs it is refused by name (``MissingExtra``); a public key can be checked all the same.

``tongsuopy`` 1.0.1 has SM2 keys, but its encryption only as the functions underneath: they are called here, once.

Sources: GB/T 32918.1 (the curve), 32918.4 (encryption), 32918.5 (parameters); GM/T 0009-2012.
"""

import importlib
from typing import Any

from feiyu.base.text import Text
from feiyu.seal.errors import MissingExtra

PRIVATE_BYTES, PUBLIC_BYTES, MAX_CIPHER_BYTES = 32, 65, 1024
_P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
_N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123


def check_point(public: bytes) -> None:
    """``ValueError`` for what is no point of the curve; public bytes only, so that our own arithmetic may do it."""
    x, y = int.from_bytes(public[1:33]), int.from_bytes(public[33:])
    if public[0] != 4 or x >= _P or y >= _P or (y * y - (x * x * x - 3 * x + _B)) % _P:
        message = Text("公钥不是 SM2 曲线上的点", "it is no point of the SM2 curve")
        raise ValueError(message)


def generate() -> bytes:
    """A new private half."""
    ec, _ = _tongsuo()
    value: int = ec.generate_private_key(ec.SM2()).private_numbers().private_value
    return value.to_bytes(PRIVATE_BYTES)


def public_of(private: bytes) -> bytes:
    """The public half of a private one."""
    numbers = _private(private).public_key().public_numbers()
    x, y = int(numbers.x), int(numbers.y)
    return b"\x04" + x.to_bytes(32) + y.to_bytes(32)


def encrypt(public: bytes, plain: bytes) -> bytes:
    """Encrypt a short text."""
    ec, _ = _tongsuo()
    check_point(public)
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SM2(), public)
    return _run(key, "encrypt", plain)


def decrypt(private: bytes, box: bytes) -> bytes:
    """Decrypt; ``ValueError`` when it does not open."""
    return _run(_private(private), "decrypt", box)


def _private(private: bytes) -> Any:
    ec, _ = _tongsuo()
    value = int.from_bytes(private)
    if not 0 < value < _N - 1:
        message = Text("不是 SM2 密钥的私钥部分", "it is no private half of an SM2 key")
        raise ValueError(message)
    return ec.derive_private_key(value, ec.SM2())


def _run(key: Any, what: str, data: bytes) -> bytes:
    """One operation of the library's ``EVP_PKEY`` interface."""
    _, backend = _tongsuo()
    if not 0 < len(data) <= MAX_CIPHER_BYTES:
        message = f"{len(data)} bytes are no short text"
        raise ValueError(message)
    lib, ffi = backend._lib, backend._ffi  # noqa: SLF001 (the encryption has no other door)
    begin, work = getattr(lib, f"EVP_PKEY_{what}_init"), getattr(lib, f"EVP_PKEY_{what}")
    context = ffi.gc(lib.EVP_PKEY_CTX_new(key._evp_pkey, ffi.NULL), lib.EVP_PKEY_CTX_free)  # noqa: SLF001
    out, size = ffi.new("unsigned char[]", 2 * MAX_CIPHER_BYTES), ffi.new("size_t *", 2 * MAX_CIPHER_BYTES)
    if begin(context) <= 0 or work(context, out, size, data, len(data)) <= 0:
        lib.ERR_clear_error()
        message = f"SM2 does not {what} it"
        raise ValueError(message)
    return bytes(ffi.buffer(out, size[0]))


def _tongsuo() -> tuple[Any, Any]:
    try:
        ec = importlib.import_module("tongsuopy.crypto.asymciphers.ec")
        return ec, importlib.import_module("tongsuopy.backends.tongsuo").backend
    except ImportError:
        raise MissingExtra(name="SM2", extra="sm") from None
