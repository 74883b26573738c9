"""Compare a paper with an official text word for word: only the blanks may hold other words.

Spaces, line breaks, page numbers and the width of punctuation do not count; every other sign does.

Rules this module keeps:
 * a difference names the article, the official words, the words found, and the page and paragraph;
 * words in a blank are what the parties filled in, and are given back by the blank's name;
 * what follows the last blank belongs to it: the annex of further terms is the parties' own;
 * a passage is compared where it stands; a clause that is missing, moved or said twice is a difference.

Source: cn/scc-measures-2023#6.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from feiyu.papers.official import OfficialText
from feiyu.papers.script import Line, Script

ANCHOR_MIN = 8
PASSAGE_MAX = 4_000
_SLOT = "\ue000"
_QUOTES = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "‟": '"',
        "‘": "'",
        "’": "'",
        "—": "-",
        "－": "-",
        "–": "-",
        "☑": "□",
        "☒": "□",
        "■": "□",
        "√": "□",
    }
)
_DROPPED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_FILLER = re.compile(r"[_＿﹍·.…\s-]*")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the paper is not the official text. ``kind``: changed, missing, added."""

    kind: str
    article: str
    official: str
    found: str
    line: Line


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences, what was filled in, and how much of the official text stands in the paper."""

    differences: tuple[Difference, ...]
    fills: dict[str, str]
    fixed: int
    kept: int


def normal(text: str) -> str:
    """Text as it is compared: without spaces, in one width."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text.translate(_QUOTES))).translate(_QUOTES)


@dataclass(frozen=True, slots=True)
class _Part:
    """A fixed passage, or a blank (``name``)."""

    text: str
    article: str
    name: str = ""


def compare(official: OfficialText, script: Script) -> Comparison:
    """Compare word for word."""
    parts = _parts(official)
    paper = _Paper(script.body())
    return _Walk(parts, paper).walk()


def _parts(official: OfficialText) -> list[_Part]:
    parts: list[_Part] = []
    article = ""
    for line in official.lines:
        if line.kind in {"title", "heading"}:
            article = line.bare
        for part in line.parts:
            if isinstance(part, str):
                text = normal(part)
                if (
                    text
                    and parts
                    and not parts[-1].name
                    and parts[-1].article == article
                    and len(parts[-1].text) < ANCHOR_MIN
                ):
                    parts[-1] = _Part(parts[-1].text + text, article)
                elif text:
                    parts.append(_Part(text, article))
            else:
                parts.append(_Part(normal(part.printed), article, part.name))
    return parts


def _between(pending: Sequence[_Part], found: str) -> list[tuple[_Part, str]] | None:
    """The words in each blank, if the fixed passages stand around them in order; each search goes forward only."""
    taken: list[tuple[_Part, str]] = []
    at = 0
    waiting: _Part | None = None
    for number, part in enumerate(pending):
        if part.name:
            if waiting is not None:
                taken.append((waiting, ""))
            waiting = part
            continue
        last = number == len(pending) - 1
        place = found.rfind(part.text, at) if last else found.find(part.text, at)
        if place < 0 or (waiting is None and place != at) or (last and place + len(part.text) != len(found)):
            return None
        if waiting is not None:
            taken.append((waiting, found[at:place]))
        waiting, at = None, place + len(part.text)
    if waiting is not None:
        taken.append((waiting, found[at:]))
    elif at != len(found):
        return None
    return taken


class _Paper:
    """The paper as one text, and the line of each of its signs."""

    def __init__(self, lines: Sequence[Line]) -> None:
        pieces = [normal(line.text) for line in lines]
        self.text = "".join(pieces)
        self.lines = list(lines) or [Line("", 1)]
        self._starts: list[int] = []
        at = 0
        for piece in pieces:
            self._starts.append(at)
            at += len(piece)

    def line_at(self, index: int) -> Line:
        """The line in which a sign stands."""
        return self.lines[max(0, bisect_right(self._starts, index) - 1)]


class _Walk:
    def __init__(self, parts: Sequence[_Part], paper: _Paper) -> None:
        self.parts, self.paper = parts, paper
        self.differences: list[Difference] = []
        self.fills: dict[str, str] = {}
        self.kept = 0

    def walk(self) -> Comparison:
        """Go through the official text; between two anchors what is pending is settled against what stands there."""
        at = 0
        pending: list[_Part] = []
        for part in self.parts:
            found = self._anchor(part, pending, at)
            if found < 0:
                pending.append(part)
                continue
            self._settle(pending, at, found)
            pending = []
            self.kept += len(part.text)
            at = found + len(part.text)
        self._settle(pending, at, len(self.paper.text))
        fixed = sum(len(part.text) for part in self.parts if not part.name)
        return Comparison(tuple(self.differences), self.fills, fixed, self.kept)

    def _anchor(self, part: _Part, pending: Sequence[_Part], at: int) -> int:
        if part.name or len(part.text) < ANCHOR_MIN:
            return -1
        waiting = sum(len(one.text) for one in pending if not one.name)
        room = (PASSAGE_MAX if any(one.name for one in pending) else 300) + 2 * waiting
        return self.paper.text.find(part.text, at, at + room + len(part.text))

    def _settle(self, pending: Sequence[_Part], start: int, end: int) -> None:
        found = self.paper.text[start:end]
        if not pending:
            if not _FILLER.fullmatch(found):
                self._differ("added", self.parts[0].article if start == 0 else "", "", found, start)
            return
        if self._filled(pending, found):
            return
        self._passage(pending, found, start)

    def _filled(self, pending: Sequence[_Part], found: str) -> bool:
        """Whether the passage is the official words with something in the blanks."""
        taken = _between(pending, found)
        if taken is None:
            return False
        for part, words in taken:
            self._fill(part.name, part.text, words)
        self.kept += sum(len(part.text) for part in pending if not part.name)
        return True

    def _fill(self, name: str, printed: str, words: str) -> None:
        told = words.replace(printed, "") if printed and printed != "□" else words
        if told and told != "□" and not _FILLER.fullmatch(told):
            self.fills[name] = told.strip("_＿")

    def _passage(self, pending: Sequence[_Part], found: str, start: int) -> None:
        wanted = "".join(_SLOT if part.name else part.text for part in pending)
        article = next((part.article for part in pending if not part.name), pending[0].article)
        if not found:
            self._differ("missing", article, wanted.replace(_SLOT, "____"), "", start)
            return
        if len(found) > PASSAGE_MAX or len(wanted) > PASSAGE_MAX:
            self._differ("changed", article, wanted[:400].replace(_SLOT, "____"), found[:400], start)
            return
        for kind, a, b, c, d in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
            if kind == "equal":
                self.kept += b - a
                continue
            official, words = wanted[a:b].replace(_SLOT, ""), found[c:d]
            beside = _SLOT in wanted[max(0, a - 1) : b + 1]
            if (beside and not official) or (not official and _FILLER.fullmatch(words)):
                continue
            name = "changed" if official and words else "missing" if official else "added"
            context = (
                wanted[max(0, a - 12) : a].replace(_SLOT, "____"),
                wanted[b : b + 12].replace(_SLOT, "____"),
            )
            self._differ(name, article, f"{context[0]}[{official}]{context[1]}", words, start + c)

    def _differ(self, kind: str, article: str, official: str, found: str, at: int) -> None:
        if len(self.differences) < 500:
            self.differences.append(
                Difference(
                    kind, article or self._article_at(at), official, found[:600], self.paper.line_at(at)
                )
            )

    def _article_at(self, at: int) -> str:
        heads = re.findall(r"第[一二三四五六七八九十]+条|附录[一二]", self.paper.text[:at])
        return heads[-1] if heads else ""
