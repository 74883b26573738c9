"""One column against own types, value by value: the oracle of the native lane, and the slow fallback.

Rules this module keeps:
 * full-width characters are their half-width twins, blanks around a value are nothing; everything else must be as written;
 * words and shapes are compared with whole values; an expression is tried where its literal stands.
"""

from collections.abc import Iterable

from feiyu.scan.own.model import Kind, OwnTypes
from feiyu.scan.own.shapes import fits, forms

FOLD = {0xFF01 + i: 0x21 + i for i in range(94)}
BLANKS = " \t\n\r\v\f\u3000"


def plain(value: str) -> str:
    """The form that is compared."""
    return value.translate(FOLD).strip(BLANKS)


class ReferenceLook:
    """Values, hits and first rows of one column; ``candidates`` are the rows whose value holds a literal."""

    def __init__(self, own: OwnTypes) -> None:
        self._shapes = [[form for shape in one.shapes for form in forms(shape)] for one in own.of(Kind.SHAPE)]
        self._words = [frozenset(one.words) for one in own.of(Kind.WORDS)]
        self._literals = [one.literal for one in own.of(Kind.REGEX)]

    def values(self, column: Iterable[str | None]) -> tuple[int, list[list[int]]]:
        """How many values there are, and for each shape and then each word list the rows that fit."""
        rows: list[list[int]] = [[] for _ in (*self._shapes, *self._words)]
        count = 0
        for row, value in enumerate(column):
            text = plain(value) if value is not None else ""
            if not text:
                continue
            count += 1
            data = text.encode("utf-8", "surrogateescape")
            for i, alike in enumerate(self._shapes):
                if any(fits(form, data) for form in alike):
                    rows[i].append(row)
            for i, words in enumerate(self._words, len(self._shapes)):
                if text in words:
                    rows[i].append(row)
        return count, rows

    def literals(self, column: Iterable[str | None]) -> list[list[int]]:
        """For each expression the rows whose value holds its literal."""
        rows: list[list[int]] = [[] for _ in self._literals]
        for row, value in enumerate(column):
            if value is None:
                continue
            text = value.translate(FOLD)
            for i, literal in enumerate(self._literals):
                if literal in text:
                    rows[i].append(row)
        return rows
