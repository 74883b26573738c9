"""Typed facts: what a rulebook may be told, and how it is read.

Rules this module keeps:
 * an unknown name or a value outside its type is refused, never ignored;
 * ``None`` and the word ``unknown`` mean *not known* for every fact; leaving a fact out means what ``facts.yaml``
   says under ``absent`` (``ask``: not known; or a stated value, such as "no exemption is claimed");
 * a count is a whole number of natural persons from 0 to 2^52, a percentage is held in hundredths.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NoReturn

from feiyu.base.text import Text
from feiyu.rules.errors import BadFact
from feiyu.rules.model import ENDLESS, Span
from feiyu.rules.strict_yaml import Node

ASSUMED = "assumed"
"""Reserved name: the facts that the caller filled in without a declaration; each becomes a warning."""

MAX_WORD = 200
_TRUTH_WORDS: Mapping[object, object] = {"yes": True, "no": False, "unknown": None}
_PLAIN: Mapping[str, Text] = {
    "yes": Text("是", "yes"), "no": Text("否", "no"), "none": Text("无", "none"), "unknown": Text("不清楚", "not known"),
}  # fmt: skip
KINDS = ("truth", "choice", "word", "count", "hundredths", "date")


class Env(dict[str, Any]):
    """The values that conditions look at. What is computed is computed when first looked at.

    Which type stands behind a name is known from ``facts.yaml`` only at run time, hence ``Any``.
    """

    __slots__ = ("computed",)

    def __init__(self, values: Mapping[str, Any], computed: "Mapping[str, Callable[[Env], object]]") -> None:
        super().__init__(values)
        self.computed = computed

    def __missing__(self, name: str) -> object:
        value = self[name] = self.computed[name](self)
        return value


Reader = Callable[[object], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One typed fact. ``upper`` names the fact that holds the upper end of a count; ``suggest`` are words that rules know."""

    id: str
    kind: str
    question: Text
    values: tuple[str, ...]
    names: Mapping[str, Text]
    suggest: Mapping[str, Text]
    absent: object
    upper: str | None
    place: str

    def reader(self) -> Reader:
        """The function that reads a value of this fact, or refuses it."""
        return _READERS[self.kind](self)

    @property
    def words(self) -> Mapping[str, object]:
        """What texts mean that need no reading: a table in place of a call, for the closed kinds."""
        if self.kind == "truth":
            return {str(word): value for word, value in _TRUTH_WORDS.items()}
        closed = {value: value for value in self.values} if self.kind == "choice" else {}
        return {**closed, "unknown": None}

    def told(self, value: object) -> Text:
        """A value as a person reads it."""
        word = str(as_given(value))
        return self.names.get(word) or self.suggest.get(word) or _PLAIN.get(word) or Text(word, word)

    def refuse(self, value: object, allowed: str | Text) -> NoReturn:
        """Refuse a value."""
        raise BadFact(fact=self.id, value=repr(value)[:80], allowed=allowed)


def _truth(fact: Fact) -> Reader:
    def read(value: object) -> object:
        # The type is asked first: 1 equals True in Python, and a count must not pass for a truth.
        if value.__class__ is str and value in _TRUTH_WORDS:
            return _TRUTH_WORDS[value]
        if value is None or isinstance(value, bool):
            return value
        return fact.refuse(value, "yes, no, unknown")

    return read


def _choice(fact: Fact) -> Reader:
    words: dict[object, object] = {**{value: value for value in fact.values}, "unknown": None, None: None}

    def read(value: object) -> object:
        if (value.__class__ is str or value is None) and value in words:
            return words[value]
        return fact.refuse(value, ", ".join((*fact.values, "unknown")))

    return read


def _word(fact: Fact) -> Reader:
    def read(value: object) -> object:
        if value is None or value == "unknown":
            return None
        if isinstance(value, str) and 0 < len(value) <= MAX_WORD:
            return value
        return fact.refuse(value, Text(f"1 至 {MAX_WORD} 个字符", f"1-{MAX_WORD} characters"))

    return read


def _count(fact: Fact) -> Reader:
    def read(value: object) -> object:
        if value is None or value == "unknown":
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < ENDLESS:
            return (value, value)
        return fact.refuse(value, "0, 1, 2, …, unknown")

    return read


def _date(fact: Fact) -> Reader:
    def read(value: object) -> object:
        if value is None or value == "unknown":
            return None
        if isinstance(value, date):
            return value
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        return fact.refuse(value, "YYYY-MM-DD, unknown")

    return read


_READERS: Mapping[str, Callable[[Fact], Reader]] = {
    "truth": _truth, "choice": _choice, "word": _word, "count": _count, "hundredths": _count, "date": _date,
}  # fmt: skip


def parse_facts(node: Node) -> dict[str, Fact]:
    """Read ``facts.yaml``."""
    found: dict[str, Fact] = {}
    for name, item in node.mapping().items():
        found[name] = _parse_fact(name, item)
    for fact in found.values():
        other = found.get(fact.upper or fact.id)
        if other is None or other.kind != fact.kind:
            node.fail(
                f"{fact.id}: upper {fact.upper!r} is no such count", f"{fact.id}：upper {fact.upper!r} 不存在"
            )
    return found


def _parse_fact(name: str, node: Node) -> Fact:
    part = node.record("kind", "question", optional=("values", "absent", "upper", "suggest"))
    kind = part["kind"].choice(*KINDS)
    names = (
        {key: word.bilingual() for key, word in part["values"].mapping().items()} if "values" in part else {}
    )
    values = tuple(names)
    if (kind == "choice") != bool(values):
        node.fail("values stand with kind choice, and only there", "values 只用于 choice，且必填")
    upper = part["upper"].text() if "upper" in part else None
    blank = Fact(
        id=name, kind=kind, question=part["question"].bilingual(), values=values, names=names, absent=None, upper=upper,
        suggest=_suggested(part.get("suggest"), kind), place=node.place,
    )  # fmt: skip
    if name == ASSUMED:
        node.fail("the name is reserved", "该名称被保留")
    return replace(blank, absent=_parse_absent(blank, part.get("absent")))


def _suggested(node: Node | None, kind: str) -> dict[str, Text]:
    if node is None:
        return {}
    if kind != "word":
        node.fail("words are suggested for kind word only", "suggest 只用于 word")
    return {key: word.bilingual() for key, word in node.mapping().items()}


def _parse_absent(fact: Fact, node: Node | None) -> object:
    if node is None or node.raw == "ask":
        return None
    given: object = node.integer() if fact.kind in {"count", "hundredths"} else node.text()
    try:
        return fact.reader()(given)
    except BadFact as bad:
        node.fail(str(bad), bad.text("zh"))


def as_given(value: object) -> object:
    """A read value in the form in which facts are given and written to JSON."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        low, high = value
        return low if low == high else [low, high]
    if isinstance(value, date):
        return value.isoformat()
    return value


def span(value: object) -> Span:
    """A count as an interval; unknown spans everything."""
    return value if isinstance(value, tuple) else (0, ENDLESS)
