"""The closed vocabulary of conditions, as data (compiled in ``closures``).

============  ==============================================================================================
word          true when
============  ==============================================================================================
all, any      every part is, some part is
not           the part is not
is, in        a fact has this value, one of these values
at_least      a count reaches a number or a parameter
more_than     a count exceeds it
less_than     a count stays under it
reaches       one count is as great as another, or greater
exceeds       one count is greater than another (in every reading of the two; never itself unknown)
known         the fact is known
shown         the fact is known to be ``yes``; unknown is *not shown*, so this word is never itself unknown
holds         a named condition of ``definitions.yaml`` is true
setting       an interpretive switch stands at this position
since         the date asked about is this day or later
reached       the date asked about is this (computed) date or later
past          the date asked about is later than this (computed) date
later         a date fact is later than a computed date
before        a date fact is earlier than a fixed day
============  ==============================================================================================

Rules this module keeps:
 * no expressions in strings; no word beyond these; every name is checked against the facts, with file and line;
 * unknown is a third truth (Kleene): ``all`` with a false part is false, ``any`` with a true part is true;
 * a count that straddles a line compares as unknown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from feiyu.rules.facts import Env, Fact
from feiyu.rules.strict_yaml import Node

Truth = bool | None
Test = Callable[[Env], Truth]
WORDS = (
    "all", "any", "not", "is", "in", "at_least", "more_than", "less_than", "reaches", "exceeds", "known", "shown",
    "holds", "setting", "since", "reached", "past", "later", "before",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: inner conditions, a fact or other name, and what it is held against."""

    word: str
    place: str
    parts: "tuple[Condition, ...]" = ()
    name: str = ""
    value: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the names in a condition mean: for reading (names only) and for compiling (values at a date)."""

    facts: Mapping[str, Fact]
    counts: frozenset[str]
    dates: frozenset[str]
    parameters: Mapping[str, int]
    definitions: Mapping[str, Condition]
    switches: Mapping[str, str]
    since: date = date.min


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """A number that stands in ``parameters/``."""

    name: str


def parse_condition(node: Node, scope: Scope) -> Condition:
    """Read a condition and check every name in it."""
    part = node.mapping()
    if len(part) != 1:
        node.fail("a condition has exactly one word", "一个条件只能有一个词")
    word, inner = next(iter(part.items()))
    if word not in WORDS:
        known = ", ".join(WORDS)
        node.fail(f"unknown word {word!r}; known: {known}", f"未知的条件词 {word!r}；可用：{known}")
    return _PARSERS[word](word, inner, scope)


def _parse_many(word: str, node: Node, scope: Scope) -> Condition:
    parts = tuple(parse_condition(item, scope) for item in node.items())
    if not parts:
        node.fail("the list is empty", "列表为空")
    return Condition(word, node.place, parts)


def _parse_not(word: str, node: Node, scope: Scope) -> Condition:
    return Condition(word, node.place, (parse_condition(node, scope),))


def _pair(node: Node) -> tuple[str, Node]:
    part = node.mapping()
    if len(part) != 1:
        node.fail("exactly one name is wanted here", "此处只能有一个名称")
    return next(iter(part.items()))


def _fact(node: Node, name: str, scope: Scope, *kinds: str) -> Fact:
    fact = scope.facts.get(name)
    if fact is None:
        node.fail(f"no fact {name!r} in facts.yaml", f"facts.yaml 中没有事实 {name!r}")
    if kinds and fact.kind not in kinds:
        node.fail(f"{name} is of kind {fact.kind}, not {kinds}", f"{name} 的类型是 {fact.kind}，不是 {kinds}")
    return fact


def _value(fact: Fact, node: Node) -> object:
    word = node.text()
    if fact.kind == "truth":
        if word not in {"yes", "no"}:
            node.fail(f"{word!r} is not yes or no", f"{word!r} 不是 yes 或 no")
        return word == "yes"
    if fact.kind == "choice" and word not in fact.values:
        known = ", ".join(fact.values)
        node.fail(f"{word!r} is no value of {fact.id}: {known}", f"{word!r} 不是 {fact.id} 的取值：{known}")
    return word


def _parse_is(word: str, node: Node, scope: Scope) -> Condition:
    name, inner = _pair(node)
    fact = _fact(node, name, scope, "truth", "choice", "word")
    return Condition(word, node.place, (), name, _value(fact, inner))


def _parse_in(word: str, node: Node, scope: Scope) -> Condition:
    name, inner = _pair(node)
    fact = _fact(node, name, scope, "choice", "word")
    return Condition(word, node.place, (), name, tuple(_value(fact, item) for item in inner.items()))


def _count_name(node: Node, name: str, scope: Scope) -> str:
    if name not in scope.counts:
        node.fail(f"no count {name!r}", f"没有计数 {name!r}")
    return name


def _parse_line(word: str, node: Node, scope: Scope) -> Condition:
    name, inner = _pair(node)
    _count_name(node, name, scope)
    if isinstance(inner.raw, dict):
        parameter = inner.record("parameter")["parameter"].text()
        if parameter not in scope.parameters:
            inner.fail(f"no parameter {parameter!r}", f"没有参数 {parameter!r}")
        return Condition(word, node.place, (), name, ParameterRef(parameter))
    return Condition(word, node.place, (), name, inner.integer())


def _parse_two(word: str, node: Node, scope: Scope) -> Condition:
    name, inner = _pair(node)
    return Condition(
        word, node.place, (), _count_name(node, name, scope), _count_name(inner, inner.text(), scope)
    )


def _parse_fact(word: str, node: Node, scope: Scope) -> Condition:
    kinds = ("truth",) if word == "shown" else ()
    return Condition(word, node.place, (), _fact(node, node.text(), scope, *kinds).id)


def _parse_holds(word: str, node: Node, scope: Scope) -> Condition:
    name = node.text()
    if name not in scope.definitions:
        node.fail(f"no definition {name!r} (above this place)", f"（在此之前）没有定义 {name!r}")
    return Condition(word, node.place, (), name)


def _parse_setting(word: str, node: Node, scope: Scope) -> Condition:
    name, inner = _pair(node)
    if name not in scope.switches:
        node.fail(f"no switch {name!r}", f"没有开关 {name!r}")
    return Condition(word, node.place, (), name, inner.text())


def _parse_since(word: str, node: Node, _scope: Scope) -> Condition:
    return Condition(word, node.place, (), "", node.day())


def _parse_date(word: str, node: Node, scope: Scope) -> Condition:
    name = node.text()
    if name not in scope.dates:
        node.fail(f"no date {name!r}", f"没有日期 {name!r}")
    return Condition(word, node.place, (), name)


def _parse_later(word: str, node: Node, scope: Scope) -> Condition:
    name, inner = _pair(node)
    fact = _fact(node, name, scope, "date")
    if inner.text() not in scope.dates:
        inner.fail(f"no date {inner.raw!r}", f"没有日期 {inner.raw!r}")
    return Condition(word, node.place, (), fact.id, inner.text())


def _parse_before(word: str, node: Node, scope: Scope) -> Condition:
    name, inner = _pair(node)
    return Condition(word, node.place, (), _fact(node, name, scope, "date").id, inner.day())


_PARSERS: Mapping[str, Callable[[str, Node, Scope], Condition]] = {
    "all": _parse_many, "any": _parse_many, "not": _parse_not, "is": _parse_is, "in": _parse_in,
    "at_least": _parse_line, "more_than": _parse_line, "less_than": _parse_line,
    "reaches": _parse_two, "exceeds": _parse_two,
    "known": _parse_fact, "shown": _parse_fact, "holds": _parse_holds, "setting": _parse_setting,
    "since": _parse_since, "reached": _parse_date, "past": _parse_date,
    "later": _parse_later, "before": _parse_before,
}  # fmt: skip


def names(condition: Condition, definitions: Mapping[str, Condition]) -> frozenset[str]:
    """The facts, counts and dates that a condition looks at, through named conditions too."""
    found: set[str] = set()
    _collect(condition, definitions, found)
    return frozenset(found)


def _collect(condition: Condition, definitions: Mapping[str, Condition], found: set[str]) -> None:
    if condition.word == "holds":
        _collect(definitions[condition.name], definitions, found)
    elif condition.word in {"exceeds", "reaches", "later"}:
        found.update((condition.name, str(condition.value)))
    elif condition.name and condition.word != "setting":
        found.add(condition.name)
    for part in condition.parts:
        _collect(part, definitions, found)


def days_in(condition: Condition) -> frozenset[date]:
    """The days on which a condition may change its answer by itself."""
    found = {condition.value} if condition.word == "since" and isinstance(condition.value, date) else set()
    for part in condition.parts:
        found |= days_in(part)
    return frozenset(found)


def exclusive(first: Condition, second: Condition) -> bool:
    """Whether the two can be seen, from their necessary parts alone, never to be true together."""
    return any(_contradict(one, two) for one in _needed(first) for two in _needed(second))


def _needed(condition: Condition) -> list[Condition]:
    if condition.word == "all":
        return [leaf for part in condition.parts for leaf in _needed(part)]
    return [condition]


def _contradict(one: Condition, two: Condition) -> bool:
    if one.word == "not":
        return one.parts[0] == two or _same(one.parts[0], two)
    if two.word == "not":
        return _same(two.parts[0], one)
    if one.name != two.name or one.word not in {"is", "in"} or two.word not in {"is", "in"}:
        return False
    return not set(_values(one)) & set(_values(two))


def _same(one: Condition, two: Condition) -> bool:
    return (one.word, one.name, one.value, one.parts) == (two.word, two.name, two.value, two.parts)


def _values(condition: Condition) -> tuple[object, ...]:
    return condition.value if isinstance(condition.value, tuple) else (condition.value,)
