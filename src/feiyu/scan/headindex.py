"""Where the words of headers belong: an index of all that the data say of them.

Rules this module keeps:
 * the longest word that fits is meant: 客户编号 speaks for the customer number, not for 编号;
 * Latin words match as whole words, never inside others (``id`` does not stand in ``width``);
 * words of other languages are no parts of abbreviations.
"""

from collections.abc import Iterator
from functools import cache

from feiyu.scan import abroad, headwords
from feiyu.scan.catalogue import by_id, types
from feiyu.scan.headtext import written

EXACT, TAIL, PART = 6.0, 5.0, 2.5
"""In log-odds: the whole header, its end, a part of it."""
SUFFIXES = (
    "号码", "号", "编号", "代码", "编码", "码", "信息", "名称", "名", "全称", "简称", "字段", "列", "一", "二", "1", "2",
)  # fmt: skip
"""What stands behind a Chinese header word without changing its sense."""
LONGEST = 16
"""No header word is longer."""
LINKS = frozenset(["de", "del", "du", "des", "di", "da", "do", "dos", "della", "dello", "von", "of"])
"""Before what only says whose it is: ``fecha de nacimiento del titular``."""
Place = tuple[int, int]
"""A type's order, and whether the word speaks for it surely (0), weakly (1) or against it (2)."""
WORDS, HINTS, AGAINST_IT = range(3)


Index = tuple[dict[tuple[str, ...], list[Place]], dict[str, list[Place]]]


@cache
def index() -> Index:
    """Where each header word belongs: by its tokens, and by the word written as one."""
    near_apart, near_joined = near()
    apart = {word: list(places) for word, places in near_apart.items()}
    joined = {word: list(places) for word, places in near_joined.items()}
    for kind, word in abroad.words(written):
        if word:
            short = len(word) == 1 and word[0].isascii() and len(word[0]) < LONG_WORD
            _keep({} if short else apart, joined, word, (by_id()[kind].order, WORDS))
    for kind, word in abroad.hints(written):
        _keep(apart, joined, word, (by_id()[kind].order, HINTS))
    return apart, joined


LONG_WORD = 5
"""Shorter words of other languages are read as whole headers only: a volume is no flight."""


def _keep(
    apart: dict[tuple[str, ...], list[Place]],
    joined: dict[str, list[Place]],
    word: tuple[str, ...],
    place: Place,
) -> None:
    places = apart.setdefault(word, [])
    if place not in places:
        places.append(place)
        joined.setdefault("".join(word), []).append(place)


@cache
def near() -> Index:
    """The same without the words of other languages, which are no parts of abbreviations."""
    apart: dict[tuple[str, ...], list[Place]] = {}
    joined: dict[str, list[Place]] = {}

    for one in types():
        for group, words in enumerate((one.headers, one.hints, one.against)):
            for word in map(written, words):
                _keep(apart, joined, word, (one.order, group))
        for word in map(written, one.exactly):
            joined.setdefault("".join(word), []).append((one.order, WORDS))
    for kind, word in headwords.made(written):
        _keep(apart, joined, word, (by_id()[kind].order, WORDS))
    return apart, joined


@cache
def words() -> frozenset[str]:
    """Every Latin word that stands in a known header, and its abbreviations."""
    apart, _ = near()
    latin = (token for word in apart for token in word if token.isascii() and token.isalpha())
    return frozenset((*latin, *headwords.same()))


@cache
def longer() -> headwords.Longer:
    """The same words by what they may be shortened to."""
    return headwords.longer([word for word in words() if len(word) > 3])


@cache
def kin() -> tuple[tuple[int, ...], ...]:
    """Groups of types whose headers say the same, by their order."""
    return tuple(tuple(by_id()[kind].order for kind in group) for group in headwords.kin())


def found_in(head: tuple[str, ...]) -> Iterator[tuple[float, int, list[Place]]]:
    """Every known word that stands in a header: how it stands, how long it is, where it belongs."""
    apart, joined = index()
    whole = "".join(head)
    if places := joined.get(whole):
        yield EXACT, len(whole), places
    for i in range(len(head)):
        for j in range(i + 1, len(head) + 1):
            part = head[i:j]
            size = sum(map(len, part))
            if part != head and size > 1 and (places := apart.get(part)):
                named = j == len(head) or (i == 0 and j > 1 and head[j] in LINKS)
                yield (TAIL if named else PART), size, places
    for k, token in enumerate(head):
        if not token.isascii():
            yield from _han_words(token, apart, last=k == len(head) - 1)


def _han_words(
    part: str, apart: dict[tuple[str, ...], list[Place]], *, last: bool
) -> Iterator[tuple[float, int, list[Place]]]:
    """Words inside a run of Chinese; at the end, or before what changes no sense, they name the whole."""
    for i in range(len(part)):
        for j in range(i + 2, min(len(part), i + LONGEST) + 1):
            places = apart.get((part[i:j],))
            if places and (i, j) != (0, len(part)):
                yield (TAIL if last and part[j:] in ("", *SUFFIXES) else PART), j - i, places
