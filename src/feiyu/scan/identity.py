"""From a value to the key of a person: canonical writing, then a keyed one-way digest.

Rules this module keeps:
 * two writings of one identifier give one key: full-width digits, blanks, the signs between the digits of telephones, +86, a small x, 15 and 18 digits, a renewed Home Return Permit;
 * a value that is no valid identifier of its type gives no key: the row then counts by what else it holds;
 * a digest is SipHash-2-4 with 128 bits under a key derived per type from the counting key (HMAC-SHA-256): nobody without the key can
   compute or enumerate it, and different types never meet.

Sources: Aumasson and Bernstein, SipHash (2012), 128-bit variant of the reference code; GB 11643-1999 annex (15 to 18 digits);
DESIGN invariant 5 (PRF-128).
"""

import hmac
import re
from datetime import date

from feiyu.scan import checks, reference
from feiyu.scan.errors import ShortKey
from feiyu.scan.normalize import HIGH, mask_of, normal
from feiyu.scan.reference import ALNUM
from feiyu.scan.vocabulary import NULL_BIT, matches

CANONS = ("raw", "alnum", "prc", "student", "mobile", "email", "nine")
DOCUMENT = re.compile(r"[A-Z]{1,2}[0-9]{6,10}", re.ASCII)
ROUNDED = re.compile(r"[1-9]\.[0-9]{1,17}[eE]\+?1[0-9]", re.ASCII)
"""What a spreadsheet makes of a number of eleven digits and more."""
MAX_KEY = 256
"""Longer identifiers are cut; none in use is that long."""


def canonical(value: str, canon: str) -> bytes:
    """The one writing of an identifier, empty when the value is none."""
    plain = normal(value)
    if not plain or matches(plain) & NULL_BIT:
        return b""
    return RULES[canon](plain).encode()[:MAX_KEY]


def _raw(plain: str) -> str:
    return plain if mask_of(plain) & (ALNUM | HIGH) else ""


def _squeezed(plain: str) -> str:
    """Without blanks and punctuation, in capitals; characters beyond ASCII stay, but for the middle dot."""
    kept = (c for c in plain if (c.isalnum() if c.isascii() else c != "·"))
    return "".join(kept).translate(reference.CAPITALS)


def _alnum(plain: str) -> str:
    if ROUNDED.fullmatch(plain):
        return ""
    tight = _squeezed(plain)
    return tight if len(tight.encode()) >= 4 and any("0" <= c <= "9" for c in tight) else ""


def _prc(plain: str) -> str:
    tight = _squeezed(plain)
    if re.fullmatch(r"[0-9]{17}[0-9X]", tight, re.ASCII):
        return tight if checks.prc18(tight) or checks.prc_hmt(tight) or checks.foreign_pr(tight) else ""
    if re.fullmatch(r"[0-9]{15}", tight, re.ASCII):
        if not checks.prc15(tight):
            return ""
        body = tight[:6] + "19" + tight[6:]
        return body + checks.prc_digit(body)
    return tight if DOCUMENT.fullmatch(tight) else ""


def _student(plain: str) -> str:
    return _prc(plain[1:]) if plain[:1] in ("G", "L", "g", "l") else _prc(plain)


def _mobile(plain: str) -> str:
    digits = "".join(c for c in plain if c in "0123456789")
    if any(c not in "0123456789+-()./ " for c in plain):
        return ""
    for prefix in ("0086", "86"):
        if digits.startswith(prefix) and len(digits) == 11 + len(prefix):
            digits = digits[len(prefix) :]
    return digits if 8 <= len(digits) <= 15 else ""


def _email(plain: str) -> str:
    return reference.small(plain) if reference.email(plain) else ""


def _nine(plain: str) -> str:
    return _alnum(plain)[:9]


RULES = {
    "raw": _raw,
    "alnum": _alnum,
    "prc": _prc,
    "student": _student,
    "mobile": _mobile,
    "email": _email,
    "nine": _nine,
}


_YEARS, _MONTHS, _DAYS = (
    r"(?:周?岁|歳|세|(?i:y|yrs?|years?)(?: old)?)?",
    r"(?:[个個]?月|(?i:m|months?))",
    r"(?:天|日|(?i:d|days?))",
)
AGE = re.compile(rf"[0-9]{{1,4}}(?:\.[0-9]{{1,3}})?\s*(?:{_YEARS}|{_MONTHS}|{_DAYS})")
UNDER_14 = rf"^\s*(?:(?:0?[0-9]|1[0-3])(?:\.[0-9]{{1,3}})?\s*{_YEARS}|[0-9]{{1,2}}\s*{_MONTHS}|[0-9]{{1,3}}\s*{_DAYS})\s*$"
"""Ages below fourteen, in the writing of RE2."""


def damaged(value: str) -> bool:
    """Whether a spreadsheet made a number of the identifier, so that its digits are lost."""
    plain = normal(value)
    return bool(plain) and (
        reference.prc_damaged(plain)
        or reference.mobile_damaged(plain)
        or ROUNDED.fullmatch(plain) is not None
    )


def birth(key: bytes) -> date | None:
    """The birth date inside a canonical resident id."""
    if len(key) != 18 or not key[:17].isdigit():
        return None
    return date(int(key[6:10]), int(key[10:12]), int(key[12:14]))


_MONTH_OR_YEAR = re.compile(
    r"((?:19|20)[0-9]{2})(?:年(?:([0-9]{1,2})月)?|[-/.]([0-9]{1,2}))?|([0-9]{1,2})[-/.]((?:19|20)[0-9]{2})",
    re.ASCII,
)


def days_of(value: str) -> tuple[date, date] | None:
    """The first and the last of the days that a value can mean (a day, a month, a year; a time is passed over), None when it names none."""
    plain = re.split("[T ]", normal(value), maxsplit=1)[0][:10]
    if reference.hyphened_date(plain):
        day = _day(plain)
        return day, day
    found = _MONTH_OR_YEAR.fullmatch(plain)
    if found is None:
        return None
    year, month = int(found[1] or found[5]), found[2] or found[3] or found[4]
    first, final = (int(month), int(month)) if month else (1, 12)
    last = next((day for day in (31, 30, 29, 28) if checks.day(year, final, day)), 0)
    return (date(year, first, 1), date(year, final, last)) if last else None


def day_of(value: str) -> date | None:
    """The day that a value names, None when it names none."""
    found = days_of(value)
    return found[0] if found is not None and found[0] == found[1] else None


def _day(plain: str) -> date:
    found = re.findall(r"[0-9]+", plain)
    if len(found) == 1:
        return date(int(plain[:4]), int(plain[4:6]), int(plain[6:8]))
    if len(found[0]) == 4:
        return date(int(found[0]), int(found[1]), int(found[2]))
    a, b, year = int(found[0]), int(found[1]), int(found[2])
    return date(year, a, b) if checks.day(year, a, b) else date(year, b, a)


def type_key(key: bytes, type_id: str) -> bytes:
    """The digest key of one type of identifier."""
    if len(key) < 16:
        raise ShortKey(size=len(key))
    return hmac.digest(key, b"feiyu/persons/1\n" + type_id.encode(), "sha256")[:16]


def fingerprint(key: bytes) -> bytes:
    """What tells two counting keys apart without giving either away."""
    return type_key(key, "\nfingerprint")


M64 = (1 << 64) - 1


def _round(v0: int, v1: int, v2: int, v3: int) -> tuple[int, int, int, int]:
    v0 = (v0 + v1) & M64
    v2 = (v2 + v3) & M64
    v1 = ((v1 << 13 | v1 >> 51) & M64) ^ v0
    v3 = ((v3 << 16 | v3 >> 48) & M64) ^ v2
    v0 = (v0 << 32 | v0 >> 32) & M64
    v2 = (v2 + v1) & M64
    v0 = (v0 + v3) & M64
    v1 = ((v1 << 17 | v1 >> 47) & M64) ^ v2
    v3 = ((v3 << 21 | v3 >> 43) & M64) ^ v0
    v2 = (v2 << 32 | v2 >> 32) & M64
    return v0, v1, v2, v3


def siphash128(key: bytes, data: bytes) -> bytes:
    """SipHash-2-4 with an output of 128 bits."""
    k0, k1 = int.from_bytes(key[:8], "little"), int.from_bytes(key[8:], "little")
    v0, v1, v2, v3 = (
        0x736F6D6570736575 ^ k0,
        0x646F72616E646F6D ^ k1 ^ 0xEE,
        0x6C7967656E657261 ^ k0,
        0x7465646279746573 ^ k1,
    )
    tail = len(data) & 7
    blocks = [int.from_bytes(data[i : i + 8], "little") for i in range(0, len(data) - tail, 8)]
    blocks.append((len(data) & 0xFF) << 56 | int.from_bytes(data[len(data) - tail :], "little"))
    for m in blocks:
        v3 ^= m
        v0, v1, v2, v3 = _round(*_round(v0, v1, v2, v3))
        v0 ^= m
    v2 ^= 0xEE
    for _ in range(4):
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    first = v0 ^ v1 ^ v2 ^ v3
    v1 ^= 0xDD
    for _ in range(4):
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    return first.to_bytes(8, "little") + (v0 ^ v1 ^ v2 ^ v3).to_bytes(8, "little")
