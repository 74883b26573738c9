"""Closed lists of values: gender, ethnicity, diseases, surnames, place names.

Rules this module keeps:
 * lists are data (``data/vocabularies.yaml``); a list is read once;
 * the lists of other languages (``data/vocabularies_abroad.yaml``) are compared with a sample only, and read only when one may be in them: the
   kernel's table stays small;
 * Latin entries are compared in lower case, except codes, which the file writes in capitals and which match as written.

Sources: the standards named beside the types in ``data/types.yaml``.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def lists() -> dict[str, frozenset[str]]:
    """All lists by name."""
    text = files("feiyu.scan").joinpath("data/vocabularies.yaml").read_text(encoding="utf-8")
    found = yaml.load(text, Loader=LOADER)  # noqa: S506 - the safe loader, in C where it is there
    return {name: frozenset(str(word) for word in entries) for name, entries in found.items()}


@cache
def words(name: str) -> frozenset[str]:
    """One list."""
    return lists()[name]


CODES = ("country", "currency")
"""Lists whose short Latin entries match as written only."""
MATCHED = (
    "gender", "ethnicity", "religion", "marital", "political", "education", "occupation", "kinship", "blood", "disability", "criminal",
    "disease", "currency", "province", "country", "boolean", "null",
)  # fmt: skip
"""Lists that whole values are compared with; the position is the bit."""


@cache
def table() -> dict[str, int]:
    """Every entry with the bits of its lists."""
    out: dict[str, int] = {}
    for i, name in enumerate(MATCHED):
        for word in words(name):
            for written in {word} if word.isascii() else {word, *_in_capitals(word)}:
                out[written] = out.get(written, 0) | 1 << i
    return out


def _in_capitals(word: str) -> tuple[str, str]:
    """How a word with letters beyond ASCII is compared when it, or its beginning, is written in capitals."""
    return word.upper().translate(SMALL), (word[0].upper() + word[1:]).translate(SMALL)


LONGEST_WORD = 48
SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
"""Capitals of ASCII; others stay, for the lanes know no others."""


def matches(value: str) -> int:
    """The bits of the lists that hold a normalised value."""
    if len(value) > LONGEST_WORD:
        return 0
    found = table().get(value, 0)
    low = value.lower() if value.isascii() else value.translate(SMALL)
    return found if low == value else found | table().get(low, 0)


NULL_BIT = 1 << MATCHED.index("null")


MARKS = re.compile("[\u0300-\u036f\u05b0-\u05c7\u064b-\u0655]")
STROKES = tuple(zip("łđøı", "ldoi", strict=True))
"""Marks over and in letters, and letters that are written without their stroke or dot where a system knows no others."""
LEAST_PLAIN = 5
"""A shorter word without its marks is another word."""
UNMARKED = frozenset(["en", "bg", "ru", "sr", "uk", "fa", "hi", "th", "id", "ms", "ja", "ko", "zh"])
"""Languages without such marks, or where they make another letter."""
LONGEST_KNOWN = 60
BOTH = re.compile(r"([^\W\d_][^/()]{2,40}?) ?(?:/ ?-?|\(-?|[·:*])([^\W\d_][^/()]{0,40}?)\)?")
ENDING = 4
"""Both genders in one writing: the second as a word, or as an ending of so many letters."""
_CODE = r"(?:[0-9]{1,2} ?[-.、:] ?)"
AGAIN = re.compile(rf"{_CODE}?([^\W\d_]+)(?: ?[/|-] ?|\(| )([^\W\d_]+)\)?|{_CODE}([^\W\d_]+)")
"""A word and the same in another language, ``男/M``, or a word behind its code, ``1-男``."""


def known(value: str) -> int:
    """The bits of the lists, those of other languages too, that hold a normalised value, both of the genders in it, or its word said twice or behind a code."""
    if len(value) > LONGEST_KNOWN:
        return 0
    found = matches(value) | _known(value.lower())
    if not found and (both := BOTH.fullmatch(value)) is not None:
        one, other = both[1], both[2]
        found = _either(one)
        if len(other) > ENDING:
            found &= _either(other)
    if not found and (again := AGAIN.fullmatch(value)) is not None:
        one, other, alone = again.groups()
        if alone or one.isascii() != other.isascii():
            found = _either(alone) if alone else _either(one) & _either(other)
    return found


def _either(word: str) -> int:
    return matches(word) | _known(word.lower())


def _known(low: str) -> int:
    low = low.replace("i\u0307", "i")  # what a Turkish capital becomes
    found = _abroad().get(low, 0)
    return found if found or low.isascii() or len(low) < LEAST_PLAIN else _abroad().get(_plain(low), 0)


def _plain(text: str) -> str:
    """Without marks."""
    text = MARKS.sub("", unicodedata.normalize("NFD", text))
    for letter, plain in STROKES:
        text = text.replace(letter, plain)
    return text


@cache
def _abroad() -> dict[str, int]:
    """The words of other languages with the bits of their lists."""
    text = files("feiyu.scan").joinpath("data/vocabularies_abroad.yaml").read_text(encoding="utf-8").lower()
    out: dict[str, int] = {}
    for name, tongues in yaml.load(text, Loader=LOADER).items():  # noqa: S506 - the safe loader
        bit = 1 << MATCHED.index(name)
        for tongue, entries in tongues.items():
            written = entries.replace("~", "; ")
            plain = written if tongue in UNMARKED else _plain(written)
            for word, marked in zip(plain.split("; "), written.split("; "), strict=True):
                key = word if len(word) >= LEAST_PLAIN else marked
                out[key] = out.get(key, 0) | bit
    return out
