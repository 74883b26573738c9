"""Headers of other languages word for word in English (``data/glosses.yaml``).

Rules this module keeps:
 * a header is read only where every word of it is known; what only links words is left out;
 * a word is known in its endings too, behind its article, and as a part of one that is written together;
 * in languages that say behind a noun what is said of it, the noun is read last, as English has it.

Sources: dictionaries of the languages named in the data; labels of forms in them.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from typing import Any

import yaml

from feiyu.scan.vocabulary import LOADER

Tokens = tuple[str, ...]
MOST = 4
"""No known phrase has more words."""
STEM, ENDING = 4, 4
"""So many letters at least are common to all forms of a word, and so many at most are its ending."""
PART = 3
"""No shorter word is a part of another."""
ARTICLES = ("ال", "وال", "لل", "بال", "ה", "ב", "ל", "ו")
"""What is written before a noun as one word with it."""
BETWEEN = ("", "s", "n", "en", "e", "es", "er", "i", "o", "a")
"""What stands between the parts of a word written together."""


@cache
def data() -> dict[str, Any]:
    """The file as it stands."""
    text = files("feiyu.scan").joinpath("data/glosses.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader
    return found


FIRST, LAST = 1, 2
Gloss = tuple[str, int]
"""What a word means in English, and where its languages have the noun: first (1), last (2), either (3)."""


@cache
def _known() -> dict[str, Gloss]:
    """Words and phrases."""
    words: dict[str, Gloss] = {}
    for order, part in ((FIRST, "first"), (LAST, "last")):
        for meaning, listed in data()[part].items():
            for word in listed.split(", "):
                before = words.get(word, (meaning, 0))
                if before[0] == meaning:
                    words[word] = (meaning, before[1] | order)
    return {**{_bare(word): gloss for word, gloss in words.items() if DEFINITE in word}, **words}


DEFINITE = "ال"


def _bare(phrase: str) -> str:
    """Arabic words without their articles."""
    return " ".join(word.removeprefix(DEFINITE) for word in phrase.split())


@cache
def _stems() -> dict[str, Gloss | None]:
    """What the beginnings of words mean, None where they may mean several things."""
    stems: dict[str, Gloss | None] = {}
    for word, gloss in _known().items():
        if stem := _begun(word) if " " in word else _stem(word):
            kept = stems.setdefault(stem, gloss)
            if kept is not None:
                stems[stem] = (gloss[0], kept[1] | gloss[1]) if kept[0] == gloss[0] else None
    return stems


def _stem(word: str) -> str:
    """What all forms of a word have in common; nothing of short ones."""
    stem = word[:-1] if word[-1] in VOWELS else word
    return stem if len(stem) >= STEM else ""


VOWELS = "aeiouyаеиоуыьйяюєіїαειουηωέةهी"
"""What the forms of a word change at its end."""


def _begun(phrase: str) -> str:
    """The beginnings of the words of a phrase, which all may have other endings."""
    return " ".join(word[:BEGINNING] for word in phrase.split())


BEGINNING = 5


@cache
def _listed(part: str) -> frozenset[str]:
    return frozenset(data()[part].split(", "))


@cache
def _english() -> frozenset[str]:
    """The words of the meanings."""
    return frozenset(word for meaning, _ in _known().values() for word in meaning.split())


def _formed(word: str) -> Gloss | None:
    """What a word means in one of its forms."""
    words, stems = _known(), _stems()
    if (found := words.get(word)) or word in _listed("english"):
        return found
    for article in ARTICLES:
        if word.startswith(article) and (found := words.get(word.removeprefix(article))):
            return found
    for end in range(len(word), max(STEM + word.isascii(), len(word) - ENDING) - 1, -1):
        found = stems.get(word[:end])
        if found is not None and word[end:] not in words and len(word) - end <= _endings(found[0], end):
            return found
    return None


@cache
def _sorted() -> list[str]:
    return sorted(word for word in _known() if " " not in word)


def _shortened(word: str, english: Collection[str]) -> tuple[Gloss, ...]:
    """What all words mean that begin so, where a word is cut short (``Gesl.``, ``Дата нар.``)."""
    if len(word) < (CUT if word.isascii() else CUT - 1) or word in english:
        return ()
    known, words = _sorted(), _known()
    first = bisect_left(known, word)
    last = bisect_left(known, word + chr(0x10FFFF), first)
    meant = {words[one] for one in known[first:last] if len(one) >= len(word) + LEFT_OUT}
    return (next(iter(meant)),) if len({meaning for meaning, _ in meant}) == 1 else ()


CUT, LEFT_OUT = 4, 2
"""A word that is cut short keeps so many letters, one less beyond ASCII, and lacks so many."""


def _endings(meaning: str, stem: int) -> int:
    """How many letters may follow a stem: fewer behind short ones, but for whose something is, which hardly misleads."""
    return (
        min(ENDING, max(ENDING - 1, stem - 2))
        if meaning in _listed("whose")
        else min(ENDING, max(2, stem - 4))
    )


@lru_cache(maxsize=4096)
def _parted(word: str) -> tuple[Gloss, ...]:
    """What the parts of a word mean that is written together; nothing where letters are left over and what stands behind them says too little."""
    words = _known()
    if found := _formed(word):
        return (found,)
    whatever: tuple[Gloss, ...] = ()
    if len(word) > LONGEST:
        return ()
    for start in range(PART, len(word) - 1):
        noun = words.get(word[start:])
        if (
            noun is None
            or (len(word) - start < PART and noun[0] != "no")
            or not (noun[1] & LAST or _joined(word))
        ):
            continue
        for between in BETWEEN:
            before = word[:start].removesuffix(between) if between else word[:start]
            if len(before) >= PART and word[:start].endswith(between) and (owner := _parted(before)):
                return (*owner, noun if _joined(word) else (noun[0], LAST))
        if noun[1] & LAST and noun[0] in _listed("telling") and len(word) - start >= LONG:
            whatever = whatever or (ANYTHING, (noun[0], noun[1] | LAST))
    return whatever


def _own(phrase: str) -> bool:
    """Whether a word is long enough to be of one language."""
    return len(phrase) > SHORT or not phrase.isascii()


SHORT = 3


def _joined(word: str) -> bool:
    """Whether a word is of a language that has no spaces between words and the noun first: Thai."""
    return "\u0e00" <= word[0] <= "\u0e7f"


ANYTHING: Gloss = ("", FIRST | LAST)
"""What a word means that is not known."""
LONG, LONGEST = 6, 40
"""A part that says enough has so many letters at least; no longer word is taken apart."""
NAMED = {"first name", "last name"}
"""What is a whole name together."""


@lru_cache(maxsize=4096)
def read(head: Tokens, english: Collection[str] = frozenset()) -> tuple[Tokens, ...]:
    """The ways to read a header in English; none where nothing of it is of another language, or its noun is not known."""
    words, stems, links, known = _known(), _stems(), _listed("links"), _english()
    found: list[Gloss] = []
    abroad, i = False, 0
    while i < len(head):
        for j in range(min(len(head), i + MOST), i, -1):
            phrase = " ".join(head[i:j])
            if gloss := (
                words.get(phrase)
                or words.get(_bare(phrase))
                or (stems.get(_begun(phrase)) if j - i > 1 else None)
            ):
                found.append(gloss)
                abroad = abroad or (_own(phrase) and not known.issuperset(head[i:j]))
                i = j
                break
        else:
            if head[i] not in links and not head[i].isdigit():
                parts = () if head[i] in known else _parted(head[i]) or _shortened(head[i], english)
                found += parts or (
                    (head[i], FIRST | LAST)
                    if head[i] in known or (head[i] in english and _own(head[i]))
                    else ANYTHING,
                )
                abroad = abroad or bool(parts)
            i += 1
    if not abroad:
        return ()
    if found[:1] != found[-1:] and {meaning for meaning, _ in found} >= NAMED:
        found = [one for one in found if one[0] not in NAMED] + [("full name", LAST)]
    if ANYTHING not in found:
        return tuple(dict.fromkeys(_ordered(found)))
    for (meaning, order), place in ((found[0], FIRST), (found[-1], LAST)):
        if meaning in _listed("telling") and order & place:
            return (tuple(meaning.split()),)
    return ()


def _ordered(found: list[Gloss]) -> Iterator[Tokens]:
    """The words of a header with the noun last, and before all others whose it is."""
    order = FIRST | LAST
    for _, one in found:
        order &= one
    whose = [meaning for meaning, _ in found if meaning in _listed("whose")]
    said = [meaning for meaning, _ in found if meaning not in whose]
    if not said:
        said, whose = whose, []
    for each in {FIRST: (said[::-1],), LAST: (said,)}.get(order, (said, said[::-1])):
        yield tuple(word for word, _ in groupby(" ".join((*whose, *each)).split()))
