"""The nouns of the rules engine: routes, facts, rules, citations, and the determination they lead to.

Rules this module keeps:
 * a determination is a value; it holds everything that explains it (rule, citations, trace, date, rulebook version);
 * a truth is ``True``, ``False`` or ``None``; ``None`` (unknown) is never read as a permission;
 * a count is an interval ``(low, high)``: *counted* and *upper* of DESIGN's invariant 5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from feiyu.base.text import Lang, Text

Span = tuple[int, int]
"""A count between two numbers, both included."""

ENDLESS = 1 << 52
"""The upper end of a count of which nothing is known."""


class Route(StrEnum):
    """What a determination answers."""

    NOT_OUTBOUND = "NOT_OUTBOUND"
    PROHIBITED = "PROHIBITED"
    HOLD = "HOLD"
    NEEDS_INFO = "NEEDS_INFO"
    HUMAN_REVIEW = "HUMAN_REVIEW"
    EXEMPT = "EXEMPT"
    FTZ_GENERAL_LIST = "FTZ_GENERAL_LIST"
    FTZ_OFF_LIST = "FTZ_OFF_LIST"
    SCC_OR_CERT = "SCC_OR_CERT"
    SA = "SA"


FREE = frozenset({Route.EXEMPT, Route.FTZ_GENERAL_LIST, Route.FTZ_OFF_LIST})
"""Routes that ask for no assessment, contract or certificate."""

ROUTE_NAMES: Mapping[Route, Text] = {
    Route.NOT_OUTBOUND: Text("不属于数据出境", "not an outbound transfer"),
    Route.PROHIBITED: Text("禁止出境", "may not leave"),
    Route.HOLD: Text("待取得其他许可", "wait for another licence"),
    Route.NEEDS_INFO: Text("需补充事实", "needs information"),
    Route.HUMAN_REVIEW: Text("需人工研判", "needs a person's judgement"),
    Route.EXEMPT: Text("免予申报、备案、认证", "exempt from assessment, contract and certificate"),
    Route.FTZ_GENERAL_LIST: Text("适用自贸区一般数据清单", "zone's general list"),
    Route.FTZ_OFF_LIST: Text("自贸区负面清单外", "outside the zone's negative list"),
    Route.SCC_OR_CERT: Text("订立标准合同备案或通过认证", "standard contract or certification"),
    Route.SA: Text("申报数据出境安全评估", "security assessment"),
}


class Mark(StrEnum):
    """How a rule fared."""

    HIT = "hit"
    MISS = "miss"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a registered text."""

    source: str
    article: str
    alias: str
    title: Text
    kind: str

    def __hash__(self) -> int:
        return hash((self.source, self.article))

    @property
    def ref(self) -> str:
        """``source#article``."""
        return f"{self.source}#{self.article}"

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {
            "ref": self.ref,
            "instrument": self.alias,
            "article": self.article,
            "title": self.title.as_dict(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """Something that must be done, with its article and its deadline."""

    id: str
    label: str
    title: Text
    deadline: Text | None
    due: date | None
    citations: tuple[Citation, ...]

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {
            "id": self.id,
            "label": self.label,
            "title": self.title.as_dict(),
            "deadline": self.deadline.as_dict() if self.deadline else None,
            "due": self.due.isoformat() if self.due else None,
            "citations": [cite.as_dict() for cite in self.citations],
        }


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that decides and is not known, with the question to ask."""

    fact: str
    question: Text

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {"fact": self.fact, "question": self.question.as_dict()}


@dataclass(frozen=True, slots=True)
class Step:
    """One rule of the trace."""

    rule: str
    mark: Mark
    title: Text
    facts: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {
            "rule": self.rule,
            "mark": self.mark,
            "title": self.title.as_dict(),
            "facts": list(self.facts),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination:
    """路径判定: what the rules answer, with reasons.

    ``possible``: the routes that remain open while facts are missing. ``facts``: the facts as they were told.
    """

    route: Route
    rule: str
    options: tuple[str, ...]
    option_titles: tuple[Text, ...]
    action: str | None
    action_title: Text | None
    obligations: tuple[Obligation, ...]
    missing: tuple[Missing, ...]
    citations: tuple[Citation, ...]
    trace: tuple[Step, ...]
    warnings: tuple[Text, ...]
    reason: Text
    possible: tuple[Route, ...]
    rulebook: str
    at: date
    facts: Mapping[str, object]

    def as_dict(self) -> dict[str, object]:
        """Wire form; canonical JSON can be made of it."""
        return {
            "route": self.route.value,
            "rule": self.rule,
            "options": list(self.options),
            "option_titles": [title.as_dict() for title in self.option_titles],
            "action": self.action,
            "action_title": self.action_title.as_dict() if self.action_title else None,
            "obligations": [item.as_dict() for item in self.obligations],
            "missing": [item.as_dict() for item in self.missing],
            "citations": [item.as_dict() for item in self.citations],
            "trace": [item.as_dict() for item in self.trace],
            "warnings": [item.as_dict() for item in self.warnings],
            "reason": self.reason.as_dict(),
            "possible": [item.value for item in self.possible],
            "rulebook": self.rulebook,
            "at": self.at.isoformat(),
            "facts": {name: _told(value) for name, value in self.facts.items()},
        }

    def explain(self, lang: Lang | str) -> list[str]:
        """The determination in plain sentences of one language."""
        from feiyu.rules.explain import explain

        return explain(self, Lang(lang))


def _told(value: object) -> object:
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, list | tuple) else value
