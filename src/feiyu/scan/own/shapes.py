"""The notation of forms: ``HT-{9:8}`` is HT, a hyphen and eight digits.

Outside braces a character stands for itself. Inside: ``9`` a digit, ``A`` a capital letter, ``a`` a small one, ``X`` a capital letter or
digit, ``x`` a small letter or digit, ``汉`` a Chinese character; behind a colon how many (``{A:2}``) or from to (``{9:6-8}``).

Rules this module keeps:
 * a shape becomes a bounded number of byte forms, each of one length, so matching takes one step a byte, whatever the shape.
"""

import re
from itertools import product

from feiyu.base.text import Text
from feiyu.scan.own.errors import BadOwnTypes

LONGEST = 64
"""Bytes."""
MAX_FORMS = 64
_PART = re.compile(r"\{([9AaXx汉])(?::([0-9]{1,2})(?:-([0-9]{1,2}))?)?\}")
_DIGITS, _CAPITALS, _SMALL = range(48, 58), range(65, 91), range(97, 123)
_BYTES = {
    "9": frozenset(_DIGITS), "A": frozenset(_CAPITALS), "a": frozenset(_SMALL), "X": frozenset((*_DIGITS, *_CAPITALS)),
    "x": frozenset((*_DIGITS, *_SMALL)),
}  # fmt: skip
_TAIL = frozenset(range(0x80, 0xC0))
_HAN = (frozenset(range(0xE4, 0xEA)), _TAIL, _TAIL)
"""U+4000 to U+9FFF in UTF-8."""

Form = tuple[frozenset[int], ...]


def forms(shape: str) -> tuple[Form, ...]:
    """The byte forms of a shape."""
    parts: list[list[Form]] = []
    at = 0
    while at < len(shape):
        found = _PART.match(shape, at)
        if found:
            low = int(found[2] or 1)
            high = int(found[3] or low)
            one: Form = _HAN if found[1] == "汉" else (_BYTES[found[1]],)
            if not 0 <= low <= high or high == 0:
                raise ValueError(found[0])
            parts.append([one * count for count in range(low, high + 1)])
            at = found.end()
        elif shape[at] in "{}":
            raise ValueError(shape[at:])
        else:
            parts.append([tuple(frozenset((byte,)) for byte in shape[at].encode())])
            at += 1
    count = 1
    for part in parts:
        count *= len(part)
        if count > MAX_FORMS:
            raise ValueError(f"> {MAX_FORMS}")
    made = {tuple(byte for part in choice for byte in part) for choice in product(*parts)}
    if not made or any(not 1 <= len(form) <= LONGEST for form in made):
        raise ValueError(f"1..{LONGEST} B")
    return tuple(sorted(made, key=lambda form: (len(form), [sorted(one) for one in form])))


def fits(form: Form, value: bytes) -> bool:
    """Whether a value has a form."""
    return len(value) == len(form) and all(byte in one for byte, one in zip(value, form, strict=True))


def refuse_shape(place: str, shape: str, cause: ValueError) -> BadOwnTypes:
    """The refusal of a wrong shape."""
    return BadOwnTypes(
        place=place,
        reason=Text(
            f"形式 {shape!r} 在 {cause} 处无法读取", f"the shape {shape!r} cannot be read at {cause}"
        ),
    )
