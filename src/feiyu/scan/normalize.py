"""Bring a value into the form that detectors know, and remember what was done.

Rules this module keeps:
 * nothing is invented: full-width characters become their half-width twins, blanks around and a spreadsheet's leading apostrophe
   go, a trailing ``.0`` of a long whole number goes; everything else stays;
 * an identifier in scientific notation is not repaired: its lost digits cannot be known.

Sources: Unicode 15 block FF00 (half-width and full-width forms); ECMA-376 (general number format keeps 15 digits).
"""

import re

FOLD = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0xA0: 0x20, 0xFEFF: None, 0x200B: None}
"""Full-width ASCII, wide blanks, and marks without width."""

BLANKS = " \t\n\r\v\f"
POINT_ZERO = re.compile(r"([0-9]{9,20})\.0{1,2}", re.ASCII)
MASK = "*"

D, U, L, HYPHEN, DOT, AT, COLON, SLASH, SPACE, UNDER, PLUS, HIGH, OTHER = (1 << i for i in range(13))
CLASS = {ord("-"): HYPHEN, ord("."): DOT, ord("@"): AT, ord(":"): COLON, ord("/"): SLASH, ord(" "): SPACE, ord("_"): UNDER,
         ord("+"): PLUS}  # fmt: skip


def class_of(code: int) -> int:
    """The character class of a code point; everything beyond ASCII is ``HIGH``."""
    if code >= 128:
        return HIGH
    if 48 <= code <= 57:
        return D
    if 65 <= code <= 90:
        return U
    if 97 <= code <= 122:
        return L
    return CLASS.get(code, OTHER)


CLASSES = tuple(class_of(i) for i in range(128))


def mask_of(text: str) -> int:
    """The classes that occur in a text, joined."""
    mask = 0
    for char in text:
        code = ord(char)
        mask |= CLASSES[code] if code < 128 else HIGH
    return mask


def normal(value: str) -> str:
    """The form that detectors know."""
    if not value.isascii():
        value = value.translate(FOLD)
    value = value.strip(BLANKS).lstrip("'").strip(BLANKS)
    whole = POINT_ZERO.fullmatch(value)
    return whole[1] if whole else value


def masked(value: str, *, keep: int = 3) -> str:
    """A value made safe to show: the first characters, stars, and at most two at the end; a long one is cut."""
    value = "".join(c if c.isprintable() else " " for c in value[:32].strip(BLANKS))
    if len(value) > 24:
        value = value[:24] + "…"
    size = len(value)
    if size <= 1:
        return MASK * size
    if size <= 4:
        return value[0] + MASK * (size - 1)
    head, tail = min(keep, size // 4), 2 if size >= 11 else 1 if size >= 8 else 0
    return (
        value[:head] + MASK * (size - head - tail) + value[size - tail :]
        if tail
        else value[:head] + MASK * (size - head)
    )
