"""Words of headers in other languages than Chinese and English (``data/abroad.yaml``).

Rules this module keeps:
 * a word that means one thing everywhere names its type like any word of ``types.yaml``; it stands for no abbreviation and is no part of one;
 * what numbers somebody or something is read with its number, code or id before or behind it;
 * a word that means something else in another language is read only in a table two of whose other headers are in its own.

Sources: headers of forms, registers and exports of the languages named in the data.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from feiyu.scan.vocabulary import LOADER

Tokens = tuple[str, ...]
NUMBER = ("no", "code", "id")
LINKS = ("de", "do", "del", "du", "d")
SHORT = 2
"""What is so short is read with its number only: ``ssid`` numbers nobody."""
NOUN = 4
"""No shorter noun stands apart from the number behind it: ``Reg. Nr.`` is of anything."""
LONG = 5
"""No shorter word names somebody at the end of any header."""
LEAST = 2
"""So many other headers must be in a language before its own words are read."""


@cache
def data() -> dict[str, Any]:
    """The file as it stands."""
    text = files("feiyu.scan").joinpath("data/abroad.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader
    return found


@cache
def after() -> frozenset[str]:
    """What stands behind a noun and says whose it is."""
    return frozenset(map(str, data()["after"]))


@cache
def persons() -> frozenset[str]:
    """Single words in Latin letters that name somebody."""
    return frozenset(
        one
        for one in map(str, data()["words"]["name_latin"])
        if len(one) >= LONG and one.isascii() and one.isalpha()
    )


def words(tokens: Callable[[str], Tokens]) -> Iterator[tuple[str, Tokens]]:
    """Each type with its words."""
    for kind, headers in data()["words"].items():
        for head in map(tokens, map(str, headers)):
            yield kind, head
            before = head[-1].removesuffix("nr") if head else ""
            if len(before) >= NOUN and before != head[-1]:
                yield kind, (*head[:-1], before, "no")  # as it is written with a hyphen
    for kind, nouns in data()["numbered"].items():
        for noun in map(tokens, map(str, nouns)):
            yield from ((kind, one) for one in _numbered(noun))
    for one in data()["made"]:
        for first in one["of"]:
            for second in one["and"]:
                yield one["type"], tokens(f"{first}{second}")


def _numbered(noun: Tokens) -> Iterator[Tokens]:
    for number in NUMBER if len("".join(noun)) > SHORT else NUMBER[:1]:
        yield (*noun, number)
        yield (number, *noun)
        yield from ((number, link, *noun) for link in LINKS)
    for number in ("so", "ma", "ma so"):  # Vietnamese
        yield (*number.split(), *noun)
    if len(noun) == 1 and noun[0].isascii() and len(noun[0]) > 2:
        yield (noun[0] + "nr",)


def hints(tokens: Callable[[str], Tokens]) -> Iterator[tuple[str, Tokens]]:
    """Each type with the words that agree with it."""
    for kind, headers in data()["hints"].items():
        for one in headers:
            yield kind, tokens(str(one))


@cache
def _tongues() -> tuple[dict[str, frozenset[str]], dict[str, dict[str, str]]]:
    found = data()["tongues"]
    tell = {tongue: frozenset(map(str, one["tell"])) for tongue, one in found.items()}
    means = {tongue: {str(k): str(v) for k, v in one["means"].items()} for tongue, one in found.items()}
    return tell, means


@cache
def _shared() -> Counter[str]:
    """In how many languages a word tells: the fewer, the more it says."""
    return Counter(word for words in _tongues()[0].values() for word in words)


def read(headers: Sequence[str], tokens: Callable[[str], Tokens]) -> tuple[str, ...]:
    """The headers of a table, each word of the table's language in words that mean the same everywhere."""
    tell, means = _tongues()
    shared = _shared()
    heads = [tokens(one) for one in headers]
    told: dict[str, list[float]] = {}
    for head in heads:
        for tongue, known in tell.items():
            found = [word for word in (" ".join(head), *head) if word in known]
            if found and " ".join(head) not in means[tongue]:
                told.setdefault(tongue, []).append(max(1 / shared[word] for word in found))
    tongue = max(told, key=lambda one: sum(told[one]), default="")
    if len(told.get(tongue, ())) < LEAST:
        return tuple(headers)
    own = means[tongue]
    return tuple(
        own.get(one.casefold().strip(" .:*")) or own.get(" ".join(head)) or one
        for one, head in zip(headers, heads, strict=True)
    )
