"""Bring a value into the form that detectors know, and remember what was done.

Rules this module keeps:
 * nothing is invented: full-width characters become their half-width twins, blanks around, a spreadsheet's leading apostrophe
   and its ``="…"`` around a text go, a trailing ``.0`` of a long whole number goes; everything else stays;
 * an identifier in scientific notation is not repaired: its lost digits cannot be known.

Sources: Unicode 15 block FF00 (half-width and full-width forms); ECMA-376 (general number format keeps 15 digits).
"""

import re

WIDTHLESS = (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
HYPHENS = (*range(0x2010, 0x2014), 0x2212)
FOLD = (
    {0xFF01 + i: 0x21 + i for i in range(94)}
    | dict.fromkeys((*range(0x2000, 0x200B), 0x202F, 0x3000, 0xA0), 0x20)
    | dict.fromkeys(HYPHENS, 0x2D)
    | dict.fromkeys(WIDTHLESS, None)
)
"""Full-width ASCII, blanks of other widths, hyphens, and marks without width (contacts copied from a telephone carry those of direction)."""

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
    if len(value) > 3 and value.startswith('="') and value[-1] == '"':
        value = value[2:-1]
    whole = POINT_ZERO.fullmatch(value) if value.endswith((".0", ".00")) else None
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
