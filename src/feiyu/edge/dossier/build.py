"""Build a document of a dossier: template and values in, a paper and the trace of every value out.

Rules this module keeps:
 * the order of a document is its template's; headings are numbered 一、（一）1.（1）, in English 1. 1.1 1.1.1 (a);
 * a value that is missing is a visible blank with its question, and is listed as open;
 * the official contract takes words only in its blanks and annexes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from feiyu.base.text import Lang, Text
from feiyu.edge.dossier.grids import table_of
from feiyu.edge.dossier.subject import NAMES, Subject, Value, day_text, same, values_of
from feiyu.edge.dossier.templates import PLACE, Library, Piece, Row, Template, library
from feiyu.papers import (
    Block,
    Fields,
    Heading,
    Layout,
    PageBreak,
    Paper,
    Paragraph,
    RunKind,
    Signature,
    Words,
    blank,
    plain,
    value,
    words_text,
)
from feiyu.papers.official import fill

_DIGITS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Used:
    """One value as one document prints it."""

    template: str
    section: str
    name: str
    value: Value | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A document: the paper, what it used, and the questions it leaves open."""

    template: Template
    paper: Paper
    used: tuple[Used, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """Names of the values that are missing."""
        return tuple(dict.fromkeys(one.name for one in self.used if one.value is None))


def applies(template: Template, subject: Subject) -> bool:
    """Whether a document is wanted; it is while the answer that decides is missing."""
    return template.when is None or subject.condition(template.when) is not False


def build(template: Template, subject: Subject, lang: Lang) -> Built:
    """Build one document in one language."""
    work = _Work(template=template, subject=subject, lang=lang, values=values_of(subject), books=library())
    paper = Paper(
        lang=lang, title=template.title[lang], subtitle=template.subtitle[lang] if template.subtitle else "",
        layout=template.layout, cover=tuple(work.cover(row) for row in template.cover), blocks=tuple(work.blocks()),
        foot="" if template.layout is Layout.CONTRACT else foot_of(subject)[lang], made=day_text(subject.today)[lang],
    )  # fmt: skip
    return Built(template=template, paper=paper, used=tuple(work.used))


def foot_of(subject: Subject) -> Text:
    """The line below each page; the contract has none, for nothing may be added to it."""
    book = subject.determination["determination"]["rulebook"]
    made = day_text(subject.today)
    return Text(
        f"使用飞鱼编制，{made.zh}；不含任何行政决定。规则库 {book}；判定 {subject.determination_id}",
        f"Prepared with Feiyu, {made.en}; no decision. Rulebook {book}; determination {subject.determination_id}",
    )


@dataclass(slots=True, kw_only=True)
class _Work:
    template: Template
    subject: Subject
    lang: Lang
    values: dict[str, Value]
    books: Library
    used: list[Used] = field(default_factory=list)
    counts: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    section: str = ""

    def blocks(self) -> Iterator[Block]:
        if self.template.official:
            yield from self._official()
        yield from self._pieces(self.template.pieces)

    def _official(self) -> Iterator[Block]:
        official = self.books.officials[self.template.official or ""]
        text = official.texts.get(self.lang.value, official.texts["zh"])
        filled = {}
        for slot, template in self.template.fills.items():
            self.section = slot
            if self._optional(template):
                continue
            words = self.words(template)
            if all(run.kind is not RunKind.BLANK for run in words):
                filled[slot] = words_text(words)
        chosen = self.subject.answers.get("arbitration")
        if chosen and self.subject.answers.get("dispute_way") == "1":
            filled[f"arbitration_{chosen}"] = "☑"
        yield from fill(text, filled)

    def _optional(self, text: str) -> bool:
        """Whether nobody answered what need not be answered."""
        names = PLACE.findall(text)
        questions = [self.books.questions.get(name.removeprefix("q.")) for name in names]
        return all(q is not None and q.optional and f"q.{q.id}" not in self.values for q in questions)

    def _pieces(self, pieces: Sequence[Piece]) -> Iterator[Block]:
        for piece in pieces:
            match piece.what:
                case "h1" | "h2" | "h3" | "item":
                    yield self._heading(piece)
                case "p":
                    assert piece.text
                    yield Paragraph(self.words(piece.text[self.lang]))
                case "ask":
                    yield from (Paragraph(words) for words in self._answer(piece.name))
                case "table":
                    yield from self._table(piece.name)
                case "fields":
                    yield Fields(tuple((row.label[self.lang], self._field(row)) for row in piece.rows))
                case "sign":
                    yield Signature(tuple(self.words(row.label[self.lang]) for row in piece.rows))
                case "page":
                    yield PageBreak()
                case "when":
                    if self.subject.condition(piece.name) is not False:
                        yield from self._pieces(piece.inner)

    def _heading(self, piece: Piece) -> Block:
        assert piece.text
        level = {"h1": 0, "h2": 1, "h3": 2, "item": 3}[piece.what]
        self.counts[level] += 1
        self.counts[level + 1 :] = [0] * (3 - level)
        text = piece.text[self.lang]
        if self.template.numbered:
            text = heading_number(self.counts, level, self.lang) + text
        self.section = text
        return Heading(level + 1, text) if level < 3 else Paragraph(plain(text))

    def _answer(self, name: str) -> list[Words]:
        words = self.words(f"{{q.{name}}}")
        found = self.values.get(f"q.{name}")
        if found is None:
            return [words]
        return [value(line) for line in found.text[self.lang].split("\n") if line.strip()]

    def _table(self, name: str) -> Iterator[Block]:
        block, source = table_of(name, self.subject, self.lang)
        self.used.append(Used(self.template.id, self.section, f"table.{name}", source))
        yield block

    def _field(self, row: Row) -> Words:
        return self.words(row.value) if row.value else blank()

    def cover(self, row: Row) -> tuple[str, Words]:
        words = self.words(row.value) if row.value else ()
        return row.label[self.lang], (*words, *plain(row.after[self.lang] if row.after else ""))

    def words(self, text: str) -> Words:
        """Words of a template with its places filled, each remembered with its source."""
        made: list[Words] = []
        at = 0
        for place in PLACE.finditer(text):
            made.append(plain(text[at : place.start()]))
            made.append(self._value(place[1]))
            at = place.end()
        made.append(plain(text[at:]))
        return tuple(run for words in made for run in words)

    def _value(self, name: str) -> Words:
        found = self.values.get(name)
        question = self.books.questions.get(name.removeprefix("q."))
        optional = question is not None and question.optional
        if found is None and optional:
            return value("无" if self.lang is Lang.ZH else "none")
        self.used.append(Used(self.template.id, self.section, name, found))
        if found is None:
            asked = question.text[self.lang] if question else NAMES.get(name, same(name))[self.lang]
            return blank(f"（待填：{asked}）" if self.lang is Lang.ZH else f"[open: {asked}]")
        return value(found.text[self.lang])


def heading_number(counts: Sequence[int], level: int, lang: Lang) -> str:
    """The number of a heading: 一、（一）1.（1）; in English 1. 1.1 1.1.1 (1)."""
    now = counts[level]
    if lang is Lang.ZH:
        return (f"{_chinese(now)}、", f"（{_chinese(now)}）", f"{now}.", f"（{now}）")[level]
    return (
        f"({now}) "
        if level == 3
        else ".".join(str(n) for n in counts[: level + 1]) + (". " if level == 0 else " ")
    )


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number <= 10:
        return _DIGITS[number]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
