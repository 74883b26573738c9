"""An official text that may only be filled in: lines of fixed words and named blanks.

The form of a file: ``= `` title, ``~ `` subtitle, ``# `` heading, ``@ `` a line of a form, anything else a paragraph; a blank
is ``{name}`` or ``{name|what is printed there}``.

Rules this module keeps:
 * fixed words are never changed; filling replaces a blank by words, or leaves what is printed there;
 * a blank that nobody filled is set as a blank, with what the official form prints there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from feiyu.papers.model import BLANK, Block, Heading, Paragraph, Run, RunKind, Words, blank, plain, value

_SLOT = re.compile(r"\{([a-z_0-9]+)(?:\|([^{}]*))?\}")
_KINDS = {"= ": "title", "~ ": "subtitle", "# ": "heading", "@ ": "form"}


@dataclass(frozen=True, slots=True)
class Slot:
    """A blank: its name and what the official form prints there."""

    name: str
    printed: str = ""


@dataclass(frozen=True, slots=True)
class OfficialLine:
    """One line: fixed words and blanks in their order."""

    kind: str
    parts: tuple[str | Slot, ...]

    @property
    def bare(self) -> str:
        """The line as printed, blanks as the form prints them."""
        return "".join(part if isinstance(part, str) else part.printed for part in self.parts)


@dataclass(frozen=True, slots=True)
class OfficialText:
    """A whole official text."""

    lines: tuple[OfficialLine, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All blanks."""
        return tuple(part for line in self.lines for part in line.parts if isinstance(part, Slot))


def parse_official(text: str) -> OfficialText:
    """Read an official text."""
    lines = []
    for raw in text.splitlines():
        if raw.strip():
            kind = _KINDS.get(raw[:2], "text")
            lines.append(OfficialLine(kind, _parts(raw if kind == "text" else raw[2:])))
    return OfficialText(tuple(lines))


def _parts(text: str) -> tuple[str | Slot, ...]:
    parts: list[str | Slot] = []
    at = 0
    for found in _SLOT.finditer(text):
        if found.start() > at:
            parts.append(text[at : found.start()])
        parts.append(Slot(found[1], found[2] or ""))
        at = found.end()
    if at < len(text):
        parts.append(text[at:])
    return tuple(parts)


def fill(text: OfficialText, filled: Mapping[str, str]) -> tuple[Block, ...]:
    """The blocks of the text with its blanks filled; title lines are left to the paper's own title."""
    blocks: list[Block] = []
    for line in text.lines:
        words: Words = sum((_words(part, filled) for part in line.parts), ())
        match line.kind:
            case "title":
                continue
            case "subtitle":
                blocks.append(Paragraph(words, indent=False, align="center"))
            case "heading":
                blocks.append(Heading(1, "".join(run.text for run in words)))
            case "form":
                blocks.append(Paragraph(words, indent=False))
            case _:
                blocks += [Paragraph(one) for one in _lines(words)]
    return tuple(blocks)


def _words(part: str | Slot, filled: Mapping[str, str]) -> Words:
    if isinstance(part, str):
        return plain(part)
    if found := filled.get(part.name):
        return value(found)
    return blank(part.printed or BLANK)


def _lines(words: Words) -> list[Words]:
    """A filled blank may hold several lines; each is a paragraph."""
    lines: list[list[Run]] = [[]]
    for run in words:
        for at, part in enumerate(run.text.split("\n")):
            if at:
                lines.append([])
            if part:
                lines[-1].append(Run(part, RunKind(run.kind)))
    return [tuple(line) for line in lines]
