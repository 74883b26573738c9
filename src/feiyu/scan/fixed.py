"""Fixed-width text: columns that stand under each other, divided by spaces in every line.

Positions are those of a display, where a Chinese character takes two, as in the bytes of the systems that write such files; or they
count characters, as programs do that pad strings. A layout of the second kind begins with ``CHARACTERS``.

Rules this module keeps:
 * a layout is only seen where most gaps are two spaces or wider in every line of the sample, or where every line
   has one word in each column; words in prose stand under each other by chance, but not so;
 * a later line with something in a gap is divided at its own wide gaps, or else is left for the reader to refuse.

Sources: Unicode UAX #11 (East Asian Width).
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import east_asian_width

_WIDE_GAP = re.compile(r"\s{2,}")
_LEAST_LINES = 3
CHARACTERS = -1
"""As the first place of a layout: the places count characters."""


def layout(lines: Sequence[str]) -> tuple[int, ...]:
    """The positions at which columns begin; empty where there is no layout."""
    lines = [line.rstrip() for line in lines if line.strip()]
    if len(lines) < _LEAST_LINES or any("\t" in line for line in lines):
        return ()
    display = _layout(lines, wide=2)
    if all(line.isascii() for line in lines):
        return display
    counted = _layout(lines, wide=1)
    return (
        (CHARACTERS, *counted)
        if _filled(lines, (CHARACTERS, *counted)) > _filled(lines, display)
        else display
    )


def _filled(lines: Sequence[str], starts: Sequence[int]) -> int:
    """How many columns have a word in the first line and in one below it: a layout of the other kind shifts them apart."""
    if not starts or starts == (CHARACTERS,):
        return 0
    first, *rest = (split(line, starts) for line in lines)
    return sum(bool(head) and any(len(row) > i and row[i] for row in rest) for i, head in enumerate(first))


def _layout(lines: Sequence[str], *, wide: int) -> tuple[int, ...]:
    taken = bytearray(max(len(line) if wide == 1 else width(line) for line in lines))
    _take(lines[0], taken, wide)
    first = bytes(taken)
    below = bytearray(len(taken))
    for line in lines[1:]:
        _take(line, below, wide)
    taken = bytearray(a | b for a, b in zip(taken, below, strict=True))
    starts = [i for i, one in enumerate(taken) if one and (i == 0 or not taken[i - 1])]
    places = list(pairwise([*starts, len(taken)]))
    headed = [any(first[a:b]) for a, b in places]
    if sum(headed) * 2 >= len(starts):
        # a word behind a single space, without a name of its own or with nothing under it, is a part of what is before it
        filled = [named and any(below[a:b]) for named, (a, b) in zip(headed, places, strict=True)]
        starts = [i for i, own in zip(starts, filled, strict=True) if own or i < 2 or not taken[i - 2]]
    wide_gaps = sum(i > 1 and not taken[i - 2] for i in starts)
    apart = wide_gaps * 2 > len(starts) - 1
    words = any("  " in line for line in lines) and all(len(line.split()) == len(starts) for line in lines)
    return tuple(starts) if len(starts) > 1 and (apart or words) else ()


def _take(line: str, taken: bytearray, wide: int) -> None:
    """Mark where something stands in a line."""
    place = 0
    for char in line:
        step = wide if east_asian_width(char) in "WF" else 1
        if char != " ":
            taken[place : place + step] = b"\x01" * step
        place += step


def split(line: str, starts: Sequence[int]) -> list[str]:
    """The cells of a line, without the spaces that fill them up."""
    line = line.rstrip("\r\n\x1a")
    if not line.strip():
        return []
    counted = starts[0] == CHARACTERS
    if counted:
        starts = starts[1:]
    places = starts if counted or line.isascii() else _characters(line, starts)
    cells = [line[a:b] for a, b in zip(places, [*places[1:], len(line)], strict=True)]
    if all(line[place - 1 : place] in ("", " ") for place in places[1:]):
        return [cell.strip() for cell in cells]
    return _WIDE_GAP.split(line.strip())


def width(line: str) -> int:
    """How many positions of a display a line takes."""
    return len(line) if line.isascii() else sum(2 if east_asian_width(char) in "WF" else 1 for char in line)


def _characters(line: str, starts: Sequence[int]) -> list[int]:
    """Which character stands at each position."""
    places, place, wanted = [], 0, iter(starts)
    goal = next(wanted, None)
    for index, char in enumerate(line):
        while goal is not None and place >= goal:
            places.append(index)
            goal = next(wanted, None)
        place += 2 if east_asian_width(char) in "WF" else 1
    while len(places) < len(starts):
        places.append(len(line))
    return places
