"""Closed lists of values: gender, ethnicity, diseases, surnames, place names.

Rules this module keeps:
 * lists are data (``data/vocabularies.yaml``); a list is read once;
 * Latin entries are compared in lower case, except codes, which the file writes in capitals and which match as written.

Sources: the standards named beside the types in ``data/types.yaml``.
"""

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
