"""Passwords and one-time codes.

Rules this module keeps:
 * a password is kept as scrypt (N=2^15, r=8, p=1) with its own salt; comparing takes the same time for a wrong account;
 * a one-time code is used once: the caller stores the last step accepted.

Sources: RFC 7914; RFC 6238 (30 s, six digits, SHA-1, one step of drift).
"""

import hashlib
import hmac
import secrets
from datetime import datetime

_N, _R, _P = 2**15, 8, 1
_MAX = 64 * 1024 * 1024


def hash_password(password: str) -> bytes:
    """A record of 16 bytes of salt and 32 of scrypt."""
    salt = secrets.token_bytes(16)
    return salt + _scrypt(password, salt)


def password_fits(password: str, record: bytes | None) -> bool:
    """Whether the password fits; works as long for no record as for a wrong one."""
    salt = record[:16] if record else b"\x00" * 16
    return hmac.compare_digest(_scrypt(password, salt), record[16:] if record else b"\xff" * 32)


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=_N, r=_R, p=_P, maxmem=_MAX, dklen=32)


def totp_step(code: str, secret: bytes, at: datetime) -> int | None:
    """The 30-second step that ``code`` belongs to, within one step of ``at``; None when it fits none."""
    now = int(at.timestamp()) // 30
    fits = [step for step in (now - 1, now, now + 1) if hmac.compare_digest(totp(secret, step), code)]
    return fits[0] if fits else None


def totp(secret: bytes, step: int) -> str:
    """The code of one step."""
    mac = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    offset = mac[-1] & 15
    return f"{(int.from_bytes(mac[offset : offset + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"
