"""The registry of legal texts: every citation resolves here.

Rules this module keeps:
 * a text has a kind, titles in both languages, and the days between which it is in force;
 * a citation names an article that the registry lists;
 * what rests on interpretation or guidance alone can be told apart from what rests on law.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from feiyu.base.text import Text
from feiyu.rules.model import Citation
from feiyu.rules.strict_yaml import Node

KINDS = (
    "statute", "regulation", "rule", "normative", "standard", "guidance", "interpretation", "list", "agreement",
    "foreign", "notice",
)  # fmt: skip
SOFT = frozenset({"guidance", "interpretation"})
"""Kinds that explain law without being law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One legal text. ``effective_to`` is its last day in force; ``archived`` the hash of the archived text."""

    id: str
    alias: str
    kind: str
    title: Text
    issuer: Text
    number: str | None
    promulgated: date | None
    effective_from: date
    effective_to: date | None
    url: str | None
    archived: str | None
    confidence: str
    articles: Mapping[str, Text]
    place: str
    _citations: dict[str, Citation] = field(default_factory=dict, compare=False, repr=False)

    def in_force(self, at: date) -> bool:
        """Whether the text is in force on a day."""
        return self.effective_from <= at and (self.effective_to is None or at <= self.effective_to)

    def citation(self, article: str) -> Citation:
        """The citation of one article; the same object for the same article."""
        found = self._citations.get(article)
        if found is None:
            found = self._citations[article] = Citation(self.id, article, self.alias, self.title, self.kind)
        return found


def parse_source(node: Node) -> Source:
    """Read one file of ``sources/``."""
    part = node.record(
        "id", "alias", "kind", "title", "issuer", "effective_from", "url", "archived", "articles",
        optional=("number", "promulgated", "effective_to", "confidence"),
    )  # fmt: skip
    started = part["effective_from"].day()
    ended = part["effective_to"].day() if "effective_to" in part else None
    if ended and ended < started:
        part["effective_to"].fail("it ends before it begins", "失效日早于生效日")
    return Source(
        id=part["id"].text(),
        alias=part["alias"].text(),
        kind=part["kind"].choice(*KINDS),
        title=part["title"].bilingual(),
        issuer=part["issuer"].bilingual(),
        number=part["number"].text() if "number" in part else None,
        promulgated=part["promulgated"].day() if "promulgated" in part else None,
        effective_from=started,
        effective_to=ended,
        url=_text_or_null(part["url"]),
        archived=_text_or_null(part["archived"]),
        confidence=part["confidence"].choice("high", "medium", "low") if "confidence" in part else "high",
        articles={name: text.bilingual() for name, text in part["articles"].mapping().items()},
        place=node.place,
    )


def _text_or_null(node: Node) -> str | None:
    return None if node.raw == "null" else node.text()


@dataclass(frozen=True, slots=True)
class Cite:
    """A resolved citation with the days on which its text is in force."""

    citation: Citation
    source: Source

    def in_force(self, at: date) -> bool:
        """Whether the cited text is in force on a day."""
        return self.source.in_force(at)


def parse_cites(node: Node, sources: Mapping[str, Source]) -> tuple[Cite, ...]:
    """Read a list of citations ``source#article``; at least one."""
    items = node.items()
    if not items:
        node.fail("a citation is missing", "缺少引用")
    return tuple(_parse_cite(item, sources) for item in items)


def _parse_cite(node: Node, sources: Mapping[str, Source]) -> Cite:
    ref = node.text()
    name, _, article = ref.partition("#")
    source = sources.get(name)
    if source is None:
        node.fail(f"no registered text {name!r}", f"未登记的法规文本 {name!r}")
    if article not in source.articles:
        known = ", ".join(source.articles)
        node.fail(f"{name} lists no article {article!r}: {known}", f"{name} 未登记条款 {article!r}：{known}")
    return Cite(source.citation(article), source)


def change_days(cites: tuple[Cite, ...]) -> set[date]:
    """The days on which the set of citations in force changes."""
    days = {cite.source.effective_from for cite in cites}
    ended = {cite.source.effective_to for cite in cites}
    return days | {date.fromordinal(day.toordinal() + 1) for day in ended if day}
