"""Chinese words in Latin letters: in pinyin (``kehubianhao``) and by the first letters of it (``khbh``), from ``data/pinyin.yaml``.

Rules this module keeps:
 * a word is spelt in every reading of its characters;
 * ü is written v, u or yu, as keyboards and passports have it.

Sources: GB/T 16159-2012; GB/T 28039-2011 (ü in names).
"""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import islice, product

import yaml

from feiyu.scan.vocabulary import LOADER

MOST = 8
"""So many spellings of one word at most."""
LONGEST = 10
"""No longer word is spelt."""


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """The syllables of each character."""
    text = files("feiyu.scan").joinpath("data/pinyin.yaml").read_text(encoding="utf-8")
    out: dict[str, tuple[str, ...]] = {}
    for syllable, characters in yaml.load(text, Loader=LOADER).items():  # noqa: S506 - a safe loader
        for one in characters:
            out[one] = (*out.get(one, ()), syllable)
    return out


def spellings(word: str) -> set[str]:
    """A word in pinyin, and by its first letters; nothing where a character is not known."""
    known = readings()
    if not 2 <= len(word) <= LONGEST or not all(one in known for one in word):
        return set()
    out = set()
    for syllables in islice(product(*(known[one] for one in word)), MOST):
        whole = "".join(syllables)
        out |= {whole, "".join(one[0] for one in syllables)}
        if "v" in whole:
            out |= {whole.replace("v", "u"), whole.replace("v", "yu")}
    return out


def by_spelling(words: Iterable[str]) -> dict[str, list[str]]:
    """Each spelling with the words that may be meant by it."""
    out: dict[str, list[str]] = {}
    for word in words:
        for spelling in spellings(word):
            out.setdefault(spelling, []).append(word)
    return out
