"""Keyed methods: pseudonyms, and encryption that keeps the format.

Rules this module keeps:
 * keys are derived (HMAC-SHA-256) per purpose and per kind of value: pseudonyms of two purposes never match, and those of one
   purpose match in every file that was made under the same key;
 * spellings of one identifier give one pseudonym (``identity.canonical``: full-width digits, 15 and 18 digits, +86 …);
 * of an identifier that a spreadsheet rounded nothing is made: many persons would share it;
 * a value too short to hide is emptied, never passed on; an empty value stays empty;
 * whoever has the key can tell the persons apart (pseudonyms) or read the values back (formats): both stay personal information.

Sources: FIPS 198-1 (HMAC); NIST SP 800-38G (FF1); GB/T 42460-2023 and PIPL article 73 (去标识化 is not 匿名化).
"""

import base64
import hmac

from feiyu.scan.catalogue import by_id
from feiyu.scan.identity import canonical, damaged
from feiyu.scan.normalize import normal
from feiyu.scan.protect.ff1 import Ff1

MARK = "ps1"
"""What every pseudonym begins with: the version of the rule."""
NOBODYS = "ps0"
"""What it begins with where the value is no identifier of the type that is told (a wrong check digit): it counts for nobody."""
TOKEN_BYTES = 15
DIGITS = "0123456789"
SMALL = "abcdefghijklmnopqrstuvwxyz"
MAX_VALUE = 1024


def _derived(master: bytes, use: str, purpose: str, domain: str) -> bytes:
    assert len(master) >= 16
    return hmac.digest(master, f"feiyu/{use}/1\n{purpose}\n{domain}".encode(), "sha256")


def domain_of(field: str, type_id: str | None) -> str:
    """Whose pseudonyms match: those of one kind of identifier, or of one field name where no type is told."""
    return f"type {by_id()[type_id].fold}" if type_id else f"field {field}"


class Pseudonym:
    """A value becomes ``ps1`` and 24 letters or digits that stand for it and say nothing about it."""

    def __init__(self, master: bytes, *, purpose: str, field: str, type_id: str | None) -> None:
        self._key = _derived(master, "pseudonym", purpose, domain_of(field, type_id))
        self._canon = by_id()[type_id].canon if type_id else ""

    def __call__(self, value: str) -> str | None:
        """The pseudonym of a value."""
        plain = normal(value)
        if not plain:
            return None
        known = canonical(value, self._canon) if self._canon else b""
        if self._canon and not known and damaged(value):
            return None
        mark = NOBODYS if self._canon and not known else MARK
        said = b"1" + known if known else b"0" + plain.encode("utf-8", "surrogatepass")
        token = hmac.digest(self._key, said, "sha256")[:TOKEN_BYTES]
        return mark + base64.b32encode(token).decode().lower()


class FormatKept:
    """Digits become other digits, letters other letters (small and large as they were); all else stays in its place.

    Digits are enciphered together when there are six or more, letters when there are five or more; of a value that has neither
    nothing is passed on. Fewer letters beside enough digits (a prefix such as ``SF``) stay as they are.
    """

    def __init__(self, master: bytes, *, purpose: str, field: str, type_id: str | None) -> None:
        domain = domain_of(field, type_id)
        key = _derived(master, "ff1", purpose, domain)
        self._canon = by_id()[type_id].canon if type_id else ""
        self._tweak = domain.encode()[:64]
        self._digits, self._letters = Ff1(key, 10), Ff1(key, 26)

    def __call__(self, value: str) -> str | None:
        """The value in its format, enciphered."""
        if self._canon and not canonical(value, self._canon) and damaged(value):
            return None
        return self._changed(value, back=False)

    def back(self, value: str) -> str | None:
        """What was enciphered."""
        return self._changed(value, back=True)

    def _changed(self, value: str, *, back: bool) -> str | None:
        plain = normal(value)
        if not plain or len(plain) > MAX_VALUE:
            return None
        chars = list(plain)
        digits = [i for i, c in enumerate(chars) if c in DIGITS]
        letters = [i for i, c in enumerate(chars) if c.lower() in SMALL and c.isascii()]
        if any(not c.isascii() for c in chars):
            return None  # characters without an alphabet of their own would pass in clear
        some = len(digits) >= self._digits.least, len(letters) >= self._letters.least
        if not any(some) or (digits and not some[0]):
            return None
        if some[0]:
            work = self._digits.decrypt if back else self._digits.encrypt
            for at, numeral in zip(digits, work([int(chars[i]) for i in digits], self._tweak), strict=True):
                chars[at] = DIGITS[numeral]
        if some[1]:
            work = self._letters.decrypt if back else self._letters.encrypt
            numerals = work([SMALL.index(chars[i].lower()) for i in letters], self._tweak)
            for at, numeral in zip(letters, numerals, strict=True):
                chars[at] = SMALL[numeral].upper() if chars[at].isupper() else SMALL[numeral]
        return "".join(chars)
