"""A paper in one language: a title, a cover, blocks. What sets it as PDF or DOCX knows nothing else.

Rules this module keeps:
 * a run says what it is: printed words, a value that came from somewhere, or a blank that nobody has filled; a blank is
   set visibly and never holds invented words;
 * numbers of headings (一、（一）1.) are words of the paper, so that both formats show the same;
 * a paper is a value: the same paper always sets to the same pages.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from feiyu.base.text import Lang

BLANK = "　　　　　　"
"""What stands where an answer is missing and nothing else is printed there."""


class RunKind(StrEnum):
    """What some words are."""

    PLAIN = "plain"
    VALUE = "value"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of one kind."""

    text: str
    kind: RunKind = RunKind.PLAIN


Words = tuple[Run, ...]


def plain(text: str) -> Words:
    """Printed words."""
    return (Run(text),) if text else ()


def value(text: str) -> Words:
    """Words that came from somewhere."""
    return (Run(text, RunKind.VALUE),)


def blank(hint: str = "") -> Words:
    """A place that nobody has filled."""
    return (Run(hint or BLANK, RunKind.BLANK),)


def words_text(words: Words) -> str:
    """The bare words."""
    return "".join(run.text for run in words)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; level 0 is the title of a part that begins in the middle of the page."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``indent`` is the first line's two characters; ``align``: justify, center, right."""

    words: Words
    indent: bool = True
    align: str = "justify"
    small: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose header row is repeated on each page. ``widths`` are shares of the text width."""

    header: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fields:
    """A form: labels at the left, what was filled in at the right."""

    rows: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Lines for seal, signature and date at the end, on the right."""

    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page."""


Block = Heading | Paragraph | Grid | Fields | Signature | PageBreak


class Layout(StrEnum):
    """How a paper is set: with a cover page, as a plain document, or as the contract (nothing added to its pages)."""

    REPORT = "report"
    PLAIN = "plain"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper in one language."""

    lang: Lang
    title: str
    subtitle: str = ""
    layout: Layout = Layout.PLAIN
    cover: tuple[tuple[str, Words], ...] = ()
    blocks: tuple[Block, ...] = ()
    foot: str = ""
    made: str = field(default="")
    """The day of printing, written out."""
