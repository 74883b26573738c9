"""Documents as data: the templates, the questions and the official texts under ``rulebooks/documents``.

Rules this module keeps:
 * a file is read strictly, with file and line in each refusal; an unknown block, condition, table or question is refused;
 * a text stands in both languages and names the same values in both;
 * what is uncertain about a template is told in its ``confidence`` and ``note``.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from feiyu.base.text import Text
from feiyu.papers.model import Layout
from feiyu.papers.official import OfficialText, parse_official
from feiyu.rules.load import packaged, read_one, yaml_files
from feiyu.rules.strict_yaml import Node, parse

CONDITIONS = ("personal", "sensitive", "under14", "consent", "important", "automotive")
TABLES = (
    "items", "persons", "forecast", "recipients", "capability", "capability_management", "capability_technical",
)  # fmt: skip
KINDS = ("line", "text", "date", "number", "choice")
GROUPS = {
    "exporter": Text("数据处理者", "Data handler"), "people": Text("人员", "People"), "data": Text("拟出境数据", "Data to go out"),
    "link": Text("出境链路", "Link"), "recipient": Text("境外接收方", "Recipient"), "contract": Text("法律文件", "Legal document"),
    "assessment": Text("自评估", "Self-assessment"), "notice": Text("告知与同意", "Notice and consent"),
    "annual": Text("年度报告", "Annual report"),
}  # fmt: skip
TIERS = ("exporter", "authority", "centre", "statistics")
PLACE = re.compile(r"\{([a-z_0-9]+(?:\.[a-z_0-9]+)?)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What only people can answer."""

    id: str
    group: str
    kind: str
    text: Text
    when: str | None
    optional: bool
    secret: bool
    options: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of a template. ``what`` is its kind; ``rows`` are labelled values, ``inner`` the blocks of a condition."""

    what: str
    text: Text | None = None
    name: str = ""
    rows: "tuple[Row, ...]" = ()
    inner: "tuple[Piece, ...]" = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled value of a form, a cover or a signature."""

    label: Text
    value: str = ""
    after: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One document."""

    id: str
    order: int
    title: Text
    subtitle: Text | None
    layout: Layout
    numbered: bool
    tier: str
    materials: Mapping[str, str]
    when: str | None
    cite: tuple[str, ...]
    confidence: str
    note: Text | None
    cover: tuple[Row, ...]
    pieces: tuple[Piece, ...]
    official: str | None
    fills: Mapping[str, str]
    annual: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """An official text with what is known of it."""

    id: str
    title: Text
    source: str
    verified: bool
    confidence: str
    read_from: Text
    sha256: str
    texts: Mapping[str, OfficialText]


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Everything under ``rulebooks/documents``."""

    questions: Mapping[str, Question]
    templates: Mapping[str, Template]
    officials: Mapping[str, Official]


@cache
def library() -> Library:
    """The packaged documents."""
    root = packaged()
    questions = {
        name: _question(name, node)
        for name, node in read_one(root, "documents/questions.yaml").mapping().items()
    }
    officials = {}
    for name, node in read_one(root, "documents/officials.yaml").mapping().items():
        officials[name] = _official(name, node)
    templates = {}
    for path, data in yaml_files(root, "documents/papers"):
        made = _template(parse(data, path), questions, officials)
        templates[made.id] = made
    ordered = dict(sorted(templates.items(), key=lambda item: item[1].order))
    return Library(questions=questions, templates=ordered, officials=officials)


def _question(name: str, node: Node) -> Question:
    part = node.record("group", "kind", "zh", "en", optional=("when", "optional", "secret", "options"))
    options = (
        {key: one.bilingual() for key, one in part["options"].mapping().items()} if "options" in part else {}
    )
    kind = part["kind"].choice(*KINDS)
    if (kind == "choice") != bool(options):
        node.fail("a choice has options, nothing else has", "选择题须有选项，其他题型不得有")
    return Question(
        id=name, group=part["group"].choice(*GROUPS), kind=kind, text=Text(part["zh"].text(), part["en"].text()),
        when=part["when"].choice(*CONDITIONS) if "when" in part else None,
        optional="optional" in part and part["optional"].flag(), secret="secret" in part and part["secret"].flag(),
        options=options,
    )  # fmt: skip


def _official(name: str, node: Node) -> Official:
    part = node.record("title", "source", "verified", "confidence", "read_from", "sha256", "files")
    texts = {}
    for lang, file in part["files"].mapping().items():
        data = (packaged() / "documents" / file.text()).read_bytes()
        if lang == "zh" and hashlib.sha256(data).hexdigest() != part["sha256"].text():
            file.fail("the text is not the one whose hash stands here", "文本与所记哈希不符")
        texts[lang] = parse_official(data.decode())
    if len({len(text.lines) for text in texts.values()}) != 1:
        node.fail("the languages have different lines", "两种语言的行数不同")
    return Official(
        id=name, title=part["title"].bilingual(), source=part["source"].text(), verified=part["verified"].flag(),
        confidence=part["confidence"].choice("high", "medium", "low"), read_from=part["read_from"].bilingual(),
        sha256=part["sha256"].text(), texts=texts,
    )  # fmt: skip


def _template(node: Node, questions: Mapping[str, Question], officials: Mapping[str, Official]) -> Template:
    part = node.record(
        "id", "order", "title", "layout", "tier", "materials", "cite", "confidence",
        optional=("subtitle", "numbered", "when", "note", "cover", "blocks", "official", "fills", "annual"),
    )  # fmt: skip
    read = _Reader(questions)
    official = part["official"].choice(*officials) if "official" in part else None
    fills = {key: read.valued(one) for key, one in part["fills"].mapping().items()} if "fills" in part else {}
    if official:
        known = {slot.name for slot in officials[official].texts["zh"].slots}
        if unknown := set(fills) - known:
            part["fills"].fail(
                f"no such blank: {', '.join(sorted(unknown))}",
                f"官方文本没有这些空格：{'、'.join(sorted(unknown))}",
            )
    annual = part["annual"].record("month", "day") if "annual" in part else None
    return Template(
        id=part["id"].text(), order=part["order"].integer(), title=part["title"].bilingual(),
        subtitle=part["subtitle"].bilingual() if "subtitle" in part else None, layout=Layout(part["layout"].choice(*Layout)),
        numbered="numbered" not in part or part["numbered"].flag(), tier=part["tier"].choice(*TIERS),
        materials={key: one.text() for key, one in part["materials"].mapping().items()},
        when=part["when"].choice(*CONDITIONS) if "when" in part else None, cite=part["cite"].texts(),
        confidence=part["confidence"].choice("high", "medium", "low"), note=part["note"].bilingual() if "note" in part else None,
        cover=tuple(read.row(one) for one in part["cover"].items()) if "cover" in part else (),
        pieces=tuple(read.piece(one) for one in part["blocks"].items()) if "blocks" in part else (),
        official=official, fills=fills,
        annual=(annual["month"].integer(), annual["day"].integer()) if annual else None,
    )  # fmt: skip


class _Reader:
    def __init__(self, questions: Mapping[str, Question]) -> None:
        self.questions = questions

    def piece(self, node: Node) -> Piece:
        part = node.mapping()
        if "when" in part:
            part = node.record("when", "blocks")
            inner = tuple(self.piece(one) for one in part["blocks"].items())
            return Piece("when", name=part["when"].choice(*CONDITIONS), inner=inner)
        if len(part) != 1:
            node.fail("a block is one thing", "一个块只能有一项内容")
        what, body = next(iter(part.items()))
        match what:
            case "h1" | "h2" | "h3" | "item" | "p":
                return Piece(what, text=self.texts(body))
            case "ask":
                return Piece(what, name=body.choice(*self.questions))
            case "table":
                return Piece(what, name=body.choice(*TABLES))
            case "fields" | "sign":
                return Piece(what, rows=tuple(self.row(one) for one in body.items()))
            case "page":
                return Piece(what)
        return body.fail(f"no such block: {what}", f"没有这种块：{what}")

    def row(self, node: Node) -> Row:
        part = node.record("zh", "en", optional=("value", "after"))
        label = self._checked(node, Text(part["zh"].text(), part["en"].text()))
        return Row(
            label,
            self.valued(part["value"]) if "value" in part else "",
            part["after"].bilingual() if "after" in part else None,
        )

    def texts(self, node: Node) -> Text:
        return self._checked(node, node.bilingual())

    def valued(self, node: Node) -> str:
        text = node.text()
        self._known(node, text)
        return text

    def _checked(self, node: Node, text: Text) -> Text:
        if set(PLACE.findall(text.zh)) != set(PLACE.findall(text.en)):
            node.fail("the two languages name different values", "两种语言引用的值不同")
        self._known(node, text.zh)
        return text

    def _known(self, node: Node, text: str) -> None:
        for place in PLACE.findall(text):
            if place.startswith("q.") and place[2:] not in self.questions:
                node.fail(f"no such question: {place[2:]}", f"没有这个问题：{place[2:]}")
