"""The age file format, version 1: what people open who have nothing but ``age``.

An age file is a header, which holds a 16-byte file key wrapped to each recipient, and a payload under that key. The two are made
apart here: the payload is a transfer's ciphertext, the header is its wrap, and one behind the other they are a file that the
stock tool opens (``suites.AGE``).

Rules this module keeps:
 * only native X25519 recipients are written; when reading, stanzas of other kinds are passed over, as the format says;
 * a header is read strictly and up to a limit; its MAC is checked before anything is opened;
 * a chunk is handed out only after its tag has verified; the last one is marked, so that a cut or a longer file does not pass.

Source: C2SP age (https://c2sp.org/age@v1.1.0); BIP 173 (Bech32); RFC 5869; RFC 8439.
"""

import base64
import hmac
import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from feiyu.base.text import Text

CHUNK_BYTES, TAG_BYTES = 64 * 1024, 16
FILE_KEY_BYTES, NONCE_BYTES = 16, 16
MAX_HEADER_BYTES = 64 * 1024
_VERSION = b"age-encryption.org/v1"
_X25519 = b"age-encryption.org/v1/X25519"
_HRP, _SECRET_HRP = "age", "age-secret-key-"
_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_POLYMOD = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _hkdf(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=salt or None, info=info).derive(secret)


def payload_key(file_key: bytes, nonce: bytes) -> bytes:
    """The key of the chunks."""
    return _hkdf(file_key, salt=nonce, info=b"payload")


def chunk_nonce(no: int, *, last: bool) -> bytes:
    """The nonce of a chunk: eleven bytes of counter, then whether it is the last."""
    return no.to_bytes(11) + (b"\x01" if last else b"\x00")


def header(file_key: bytes, *recipients: bytes, ephemeral: bytes | None = None) -> bytes:
    """The header that wraps a file key to X25519 public keys of 32 bytes. ``ephemeral`` is for vectors alone."""
    lines = [_VERSION]
    for public in recipients:
        secret = X25519PrivateKey.from_private_bytes(ephemeral or os.urandom(32))
        share = secret.public_key().public_bytes_raw()
        shared = secret.exchange(X25519PublicKey.from_public_bytes(public))
        key = _hkdf(shared, salt=share + public, info=_X25519)
        lines.append(b"-> X25519 " + _b64(share))
        lines.append(_b64(ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)))
    covered = b"\n".join([*lines, b"---"])
    return covered + b" " + _b64(_mac(file_key, covered)) + b"\n"


def open_header(data: bytes, private: bytes) -> tuple[bytes, int]:
    """The file key that a header wraps to an X25519 private key, and where the payload begins.

    Raises:
        ValueError: this is no age header.
        InvalidTag: it is not for this key, or was altered.
    """
    stanzas, covered, mac, size = _read(data)
    secret = X25519PrivateKey.from_private_bytes(private)
    public = secret.public_key().public_bytes_raw()
    for arguments, body in stanzas:
        if arguments[0] != b"X25519":
            continue
        if len(arguments) != 2 or len(body) != FILE_KEY_BYTES + TAG_BYTES:
            raise ValueError(Text("X25519 段格式不符", "a malformed X25519 stanza"))
        share = _unb64(arguments[1])
        shared = secret.exchange(X25519PublicKey.from_public_bytes(share))
        key = _hkdf(shared, salt=share + public, info=_X25519)
        try:
            file_key = ChaCha20Poly1305(key).decrypt(bytes(12), body, None)
        except InvalidTag:
            continue
        if not hmac.compare_digest(_mac(file_key, covered), mac):
            raise InvalidTag
        return file_key, size
    raise InvalidTag


def opened(payload: BinaryIO, file_key: bytes) -> Iterator[bytes]:
    """The plaintext of a payload, chunk by chunk.

    Raises:
        ValueError: it ends within its nonce, or with an empty chunk that is not its only one.
        InvalidTag: it was altered, cut or made longer.
    """
    nonce = payload.read(NONCE_BYTES)
    if len(nonce) < NONCE_BYTES:
        raise ValueError(Text("内容在随机数之内结束", "the payload ends within its nonce"))
    aead = ChaCha20Poly1305(payload_key(file_key, nonce))
    chunk, no = payload.read(CHUNK_BYTES + TAG_BYTES), 0
    while True:
        following = payload.read(CHUNK_BYTES + TAG_BYTES)
        plain = aead.decrypt(chunk_nonce(no, last=not following), chunk, None)
        if not following and not plain and no:
            raise ValueError(Text("最后一个分片为空", "the last chunk is empty"))
        yield plain
        if not following:
            return
        chunk, no = following, no + 1


def _mac(file_key: bytes, covered: bytes) -> bytes:
    return hmac.digest(_hkdf(file_key, salt=b"", info=b"header"), covered, "sha256")


def _read(data: bytes) -> tuple[list[tuple[list[bytes], bytes]], bytes, bytes, int]:
    """The stanzas, the bytes that the MAC covers, the MAC, and the header's length."""
    at = 0

    def line() -> bytes:
        nonlocal at
        end = data.find(b"\n", at, MAX_HEADER_BYTES)
        if end < 0:
            raise ValueError(Text("文件头没有结束", "the header does not end"))
        found, at = data[at:end], end + 1
        return found

    if line() != _VERSION:
        raise ValueError(Text("不是第 1 版的 age 文件", "not an age file of version 1"))
    stanzas: list[tuple[list[bytes], bytes]] = []
    while True:
        start, first = at, line()
        if first.startswith(b"--- ") and stanzas:
            return stanzas, data[: start + 3], _unb64(first[4:]), at
        arguments = first.split(b" ")
        if arguments[0] != b"->" or len(arguments) < 2 or not all(map(_is_printable, arguments[1:])):
            raise ValueError(Text("段的格式不符", "a malformed stanza"))
        wrapped: list[bytes] = []
        while not wrapped or len(wrapped[-1]) == 64:
            wrapped.append(line())
            if len(wrapped[-1]) > 64:
                raise ValueError(Text("段的行过长", "a stanza's line is too long"))
        stanzas.append((arguments[1:], _unb64(b"".join(wrapped))))


def _is_printable(argument: bytes) -> bool:
    return bool(argument) and all(33 <= byte <= 126 for byte in argument)


def _b64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _unb64(text: bytes) -> bytes:
    """Base64 without padding, in its one form."""
    data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    if _b64(data) != text:
        raise ValueError(Text("base64 不是规范写法", "base64 that is not in its one form"))
    return data


def recipient_text(public: bytes) -> str:
    """``age1…``, as people hand it on."""
    return _bech32(_HRP, public)


def recipient_bytes(text: str) -> bytes:
    """The 32 bytes of ``age1…``; ``ValueError`` for anything else."""
    return _unbech32(_HRP, text)


def identity_text(private: bytes) -> str:
    """``AGE-SECRET-KEY-1…``, as the stock tool keeps it."""
    return _bech32(_SECRET_HRP, private).upper()


def _checksum(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, factor in enumerate(_POLYMOD):
            check ^= factor if top >> bit & 1 else 0
    return check


def _expanded(hrp: str) -> list[int]:
    return [ord(c) >> 5 for c in hrp] + [0] + [ord(c) & 31 for c in hrp]


def _bech32(hrp: str, data: bytes) -> str:
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    check = _checksum([*_expanded(hrp), *values, 0, 0, 0, 0, 0, 0]) ^ 1
    return f"{hrp}1" + "".join(
        _ALPHABET[value] for value in (*values, *(check >> 5 * (5 - n) & 31 for n in range(6)))
    )


def _unbech32(hrp: str, text: str) -> bytes:
    found, _, rest = text.strip().rpartition("1")
    if text.strip().lower() != text.strip() or found != hrp or len(rest) != 58 or set(rest) - set(_ALPHABET):
        raise ValueError(
            Text(
                f"应为 {hrp}1 加 58 个小写字母与数字",
                f"{hrp}1 and 58 lower-case letters and digits are wanted",
            )
        )
    values = [_ALPHABET.index(c) for c in rest]
    if _checksum([*_expanded(hrp), *values]) != 1:
        raise ValueError(Text("校验和不符，有字母写错", "the checksum does not fit: a letter is wrong"))
    bits = "".join(f"{value:05b}" for value in values[:-6])
    if "1" in bits[256:]:
        raise ValueError(Text("密钥之后还有多余的位", "bits are set behind the key"))
    return int(bits[:256], 2).to_bytes(32)
