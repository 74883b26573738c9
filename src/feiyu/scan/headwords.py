"""What headers are made of: abbreviations, pinyin, owners and nouns, names of fields in known systems (``data/headers.yaml``).

Rules this module keeps:
 * a name of a field in a known system means the whole header, whatever its letters would say as words;
 * a header that no word of a type fits is read again: with its noun in front, as the first letters of pinyin, as pinyin, as words
   written together;
 * a reading leaves no letter over, and says what the words would that it stands for.

Sources: the public data dictionaries of the systems named in the data; GB/T 16159-2012 (pinyin of words).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import islice, product, takewhile
from typing import Any

import yaml

from feiyu.scan import abroad, spelt
from feiyu.scan.normalize import FOLD
from feiyu.scan.vocabulary import LOADER, words

APART = re.compile(r"[\W_]+")
LONGEST = 40
"""No longer word is read again."""
PIECES = 5
"""Of so many words at most is one made that is written together."""
SHORT = frozenset(
    ["id", "no", "nm", "cd", "ip", "qq", "dt", "tm", "tel", "sex", "dob", "zip", "vin", "nbr", "num", "mob", "mbl", "phn", "adr", "eml", "edu", "occ", "amt", "qty", "loc"]
)  # fmt: skip
"""Words of two and three letters that may stand at the end of such a word; others are endings of words."""
ENDINGS = frozenset(["ship", "ward", "able", "less", "ness", "ment", "ance"])


@cache
def data() -> dict[str, Any]:
    """The file as it stands."""
    text = files("feiyu.scan").joinpath("data/headers.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader
    return found


@cache
def same() -> dict[str, str]:
    """Words written in several ways, brought to one."""
    return {str(word): str(one) for word, one in data()["same"].items()}


@cache
def kin() -> tuple[tuple[str, ...], ...]:
    """Types that a header names together."""
    return tuple(map(tuple, data()["kin"]))


@cache
def roles() -> tuple[str, ...]:
    """Endings of Chinese headers that name somebody."""
    return tuple(data()["roles"])


@cache
def persons() -> frozenset[str]:
    """Words in Latin letters that name somebody."""
    return frozenset(map(str, data()["persons"])) | abroad.persons()


@cache
def whose() -> frozenset[str]:
    """Words for a relative, or somebody else beside the one whom a row is of."""
    return frozenset(map(str, data()["whose"])) | words("kinship")


@cache
def plain_words() -> frozenset[str]:
    """Chinese names of columns of no type."""
    return frozenset(map(str, data()["plain"]))


@cache
def done() -> frozenset[str]:
    """What somebody does to records."""
    return frozenset(data()["done"])


@cache
def things() -> frozenset[str]:
    """Words in Latin letters for what is nobody."""
    return frozenset(data()["things"])


@cache
def english() -> frozenset[str]:
    """Words for things and deeds, which are English."""
    return things() | done()


@cache
def listed(name: str) -> frozenset[str]:
    """A list of words that the file explains: ``weighed``, ``said``, ``sums``, ``counted``, ``pointers``."""
    return frozenset(map(str, data()[name]))


@cache
def vague() -> frozenset[str]:
    """Headers that name a type and also stand above much else."""
    return frozenset(data()["vague"])


Tokens = tuple[str, ...]


def made(tokens: Callable[[str], Tokens]) -> Iterator[tuple[str, Tokens]]:
    """Each type with the headers made for it of an owner and a noun."""
    for one in data()["made"]:
        nouns = [tokens(str(noun)) for noun in one["and"]]
        for owner in map(tokens, map(str, one["of"])):
            for noun in nouns:
                if not owner[-1].isascii() and not noun[0].isascii():
                    yield one["type"], (*owner[:-1], owner[-1] + noun[0], *noun[1:])
                else:
                    yield one["type"], owner + noun


def plain(header: str) -> str:
    """A header in lower case, with one sign between its parts."""
    return APART.sub("_", header.translate(FOLD).casefold()).strip("_")


@cache
def _fields() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for system in data()["systems"]:
        for kind, names in system["fields"].items():
            for name in names:
                found.setdefault(plain(str(name)), set()).add(kind)
    return {name: frozenset(kinds) for name, kinds in found.items()}


QUALIFIED = re.compile(r"[.~>:]|(?<=[A-Z0-9]{4})-(?=[A-Z0-9_]{3,}$)")
"""What stands between the name of a table and that of a field."""


def of_system(header: str) -> frozenset[str]:
    """The types of a field that a known system has under this name, behind the name of its table or without it."""
    fields = _fields()
    if found := fields.get(plain(header)):
        return found
    last = QUALIFIED.split(header.strip())[-1]
    return fields.get(plain(last), frozenset()) if last and last != header else frozenset()


@cache
def _initials() -> tuple[dict[str, str], dict[str, str]]:
    found = data()["initials"]
    return found["owners"], found["nouns"]


def _goes_with(owner: str, noun: str) -> bool:
    """Whether somebody or something has that."""
    things = data()["initials"]["things"]
    return owner not in things["of"] or noun in things["and"]


def _by_initials(word: str) -> str | None:
    """An owner and a noun, each by the first letters of its pinyin; or a noun that is meant whoever owns it."""
    owners, nouns = _initials()
    for i in range(len(word) - 1, 1, -1):
        if (
            (owner := owners.get(word[:i]))
            and (noun := nouns.get(word[i:]))
            and _goes_with(word[:i], word[i:])
        ):
            return owner + noun
    return next(
        (nouns[end] for end in OWNED if word.endswith(end) and _owned(word.removesuffix(end), end)), None
    )


def _owned(owner: str, noun: str) -> bool:
    """Whether letters may be the first ones of somebody who has that; names of persons are also short for projects."""
    return OWNER.fullmatch(owner) is not None and (noun != "xm" or owner[-1] in PERSON)


PERSON = "ryzs"
"""First letters of 人, 员, 者 and 生."""
OWNER = re.compile("[a-hj-tw-z]{2,6}", re.ASCII)
"""First letters of pinyin, among which no i, u and v are."""
OWNED = (
    "xm",
    "sfzh",
    "sfzhm",
    "sfzjh",
    "zjhm",
    "sjh",
    "sjhm",
    "lxdh",
    "csrq",
    "cphm",
    "yhkh",
    "yhzh",
    "jtzz",
    "hjdz",
    "lxr",
    "fzr",
    "dwmc",
    "gsmc",
    "qymc",
)
"""Nouns whose first letters end no other word."""


def _divided(word: str, known: Callable[[str], bool]) -> Tokens:
    """The fewest known words that a word is made of; none where letters are left over."""
    best: list[Tokens | None] = [(), *[None] * len(word)]
    for end in range(2, len(word) + 1):
        for start in range(end - 1):
            before = best[start]
            if before is None or len(before) >= PIECES or not known(word[start:end]):
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or ()):
                best[end] = (*before, word[start:end])
    return best[-1] or ()


@cache
def _after() -> frozenset[str]:
    return frozenset(map(str, data()["after"])) | abroad.after()


def noun(head: Tokens) -> str:
    """The last word of a header that says more than how something is written."""
    kept = len(head)
    while kept > 1 and (head[kept - 1] in _after() or any(head[kept - 1] in words for words, _ in _behind())):
        kept -= 1
    return head[kept - 1]


Reading = tuple[Tokens, frozenset[str] | None]
"""Words, and the types that they may name; None for any."""


@cache
def _behind() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Words behind a noun that say how something is written, and the types of which they say it."""
    return tuple((frozenset(map(str, one["words"])), frozenset(one["types"])) for one in data()["behind"])


def readings(head: Tokens, words: Collection[str]) -> Iterator[Reading]:
    """Other ways to read a header.

    With its noun in front; without what stands behind the noun; each of its words that are known to nobody as pinyin, or as words written
    together.
    """
    if len(head) > 1 and head[0] == "no":
        yield (*head[1:], "no"), None
    kept = len(head)
    while kept > 1 and head[kept - 1] in _after():
        kept -= 1
        yield head[:kept], None
    for behind, kinds in _behind():
        kept = len(head)
        while kept > 1 and (head[kept - 1] in behind or head[kept - 1] in _after()):
            kept -= 1
            yield head[:kept], kinds
        last = head[-1]
        for end in () if last.isascii() else behind:
            if not end.isascii() and last.endswith(end) and len(last) - len(end) > 1:
                yield (*head[:-1], last.removesuffix(end)), kinds
    if len(head) > 1 and all(token in _syllable() for token in head) and (whole := _ending("".join(head))):
        yield (whole,), None
    for read in (_chinese, _apart):
        parts = [read(token, words) if _readable(token, words, read) else (token,) for token in head]
        if all(parts) and (found := tuple(word for part in parts for word in part)) != head:
            yield found, None


def _readable(token: str, words: Collection[str], read: Callable[[str, Collection[str]], Tokens]) -> bool:
    """Whether a word may be read so: one that nobody knows; as pinyin or romaji also one that stands in other headers."""
    if read is _chinese and token in _spoken():
        return True
    lettered = token.isalpha() or (read is _apart and token[:1].isalpha())
    return token not in words and token.isascii() and lettered and 4 <= len(token) <= LONGEST


@cache
def _spoken() -> dict[str, str]:
    """Words of Chinese and Japanese in Latin letters."""
    return {**data()["romaji"], **data()["pinyin"]}


def _chinese(word: str, _: Collection[str]) -> Tokens:
    spoken = _spoken()
    if read := _by_initials(word):
        return (read,)
    if parts := _divided(word, spoken.__contains__):
        return ("".join(spoken[part] for part in parts),)
    return (_ending(word) or word,)


ANY = "某"
"""In front of a noun: of whom or what is not known."""


def _ending(word: str) -> str | None:
    """What a noun in pinyin says behind syllables of whatever else; a word for somebody that names are meant."""
    for start in range(2, len(word) - len("ren") + 1):
        end = word[start:]
        if end == "ren":
            said, least = "人", 2
        elif len(end) >= LONG_END and end in data()["pinyin"]:
            said, least = data()["pinyin"][end], 1
        else:
            continue
        if _syllables(word[:start]) >= least:
            return "姓名" if said.endswith(roles()) else ANY + said
    return None


LONG_END = 5
"""Shorter words of pinyin end words of other languages as well."""


@cache
def _syllable() -> frozenset[str]:
    return frozenset(one for readings in spelt.readings().values() for one in readings)


def _syllables(word: str) -> int:
    """Of how many syllables a word is made at least, nought where of none."""
    return len(_divided(word, _syllable().__contains__))


@cache
def _short() -> dict[str, tuple[str, ...]]:
    """Short words that stand for several, with those."""
    return {str(one): tuple(map(str, words)) for one, words in data()["short"].items()}


VOWELS = re.compile("(?<!^)[aeiouy]")
TWICE = re.compile(r"(.)\1+")
READINGS = 64
"""So many ways at most to read a header of short words."""


def consonants(word: str) -> str:
    """The first letter of a word and the consonants behind it, each once where it stands twice."""
    return TWICE.sub(r"\1", VOWELS.sub("", word))


Longer = tuple[list[str], dict[str, list[tuple[str, str]]]]
"""Words in order; and their consonants, by the first and the last of these."""


def longer(words: Iterable[str]) -> Longer:
    """Words, ready to be asked which of them a word is short for."""
    ends: dict[str, list[tuple[str, str]]] = {}
    for word in words:
        kept = consonants(word)
        ends.setdefault(kept[0] + kept[-1], []).append((kept, word))
    return sorted(words), ends


def short_for(short: str, words: Longer) -> list[str]:
    """The words that begin with one, or that have its consonants up to the last, some of theirs left out; three alone stand for any word, so all of theirs."""
    ordered, ends = words
    start = bisect_left(ordered, short) if len(short) > 3 else len(ordered)
    found = list(takewhile(lambda word: word.startswith(short), ordered[start:]))
    mine = consonants(short)
    if mine == TWICE.sub(r"\1", short):
        found += [
            word
            for kept, word in ends.get(mine[0] + mine[-1], ())
            if len(word) > len(short) and len(mine) <= len(kept) < 2 * len(mine) - 2 and _within(mine, kept)
        ]
    return found


def _lettered(word: str) -> bool:
    return len(word) > 2 and word.isascii() and word.isalpha()


def _within(short: str, kept: str) -> bool:
    rest = iter(kept)
    return all(char in rest for char in short)


def unfolded(head: Tokens, words: Collection[str], by_shape: Longer) -> Iterator[Tokens]:
    """The ways to read a header of two words and more in which some are short for others."""
    if len(head) < 2:
        return
    curated = _short()
    choices = [
        curated.get(token)
        or ((token,) if token in words or not _lettered(token) else short_for(token, by_shape))
        for token in head
    ]
    if all(choices) and any(choice != (token,) for choice, token in zip(choices, head, strict=True)):
        yield from islice(product(*choices), READINGS)


@cache
def made_of(token: str, words: Collection[str]) -> Tokens:
    """What a word that nobody knows is made of, or itself."""
    for read in (_chinese, _apart):
        if _readable(token, words, read) and (found := read(token, words)) != (token,):
            return found
    return (token,)


NUMBERED = re.compile("([a-z]+[0-9]+)([a-z]{2,})", re.ASCII)
"""A word with its number, and another behind it: ``icd10cd``."""


def _apart(word: str, words: Collection[str]) -> Tokens:
    def known(part: str) -> bool:
        return part in words and (len(part) > 2 or part in SHORT)

    one_way = same()
    if numbered := NUMBERED.fullmatch(word):
        return numbered[1], one_way.get(numbered[2], numbered[2])
    for whole in (word, word[1:]) if word[0] == "f" else (word,):
        parts = _divided(whole, known)
        if sum(len(part) == 3 and part not in SHORT for part in parts) > 1:
            continue  # three letters stand in any word
        if len(parts) > 1 and (parts[-1] in SHORT or len(parts[-1]) > 3) and parts[-1] not in ENDINGS:
            return tuple(one_way.get(part, part) for part in parts)
    return (word,)
