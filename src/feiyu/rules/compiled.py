"""One rulebook compiled for one span of days: closures, citations in force, everything that can be settled before a fact.

Rules this module keeps:
 * a citation is kept only when its text is in force on these days;
 * a rule's condition is compiled less its ``unless`` and less every rule that overrides it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter

from feiyu.base.calendar import WorkCalendar
from feiyu.base.text import Text
from feiyu.rules.closures import compile_condition, defined
from feiyu.rules.conditions import Condition, Scope, Test, Truth, names
from feiyu.rules.derived import CountForm, DateForm, compile_count, compile_date
from feiyu.rules.facts import Env
from feiyu.rules.model import Citation, Mark, Obligation, Route, Step
from feiyu.rules.rulebook import Branch, Choice, Duty, Rule, Rulebook
from feiyu.rules.sources import SOFT, Cite

Compute = tuple[str, Callable[[Env], object]]
Need = tuple[str, frozenset[object], bool]
WORDS_TOLD = ("sector", "ground", "general_list", "negative_list")
"""Facts that rule out many rules at once (see ``needs``)."""

_FORMATTER = Formatter()
_MARKS = ((True, Mark.HIT), (False, Mark.MISS), (None, Mark.UNKNOWN))
_SOFT = Text(
    "该结论仅依据官方答问或指引，并无条文直接规定。",
    "This outcome rests on official guidance or answers alone, not on the text of an article.",
)
_LOW = Text("该规则的依据把握程度：{level}。", "Confidence in the grounds of this rule: {level}.")
_LEVEL = {"medium": Text("中", "medium"), "low": Text("低", "low")}


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveBranch:
    """One outcome. ``places`` are the names that its texts fill in."""

    test: Test | None
    route: Route | None
    cites: tuple[Citation, ...]
    why: Text | None
    warn: Text | None
    places: tuple[str, ...]
    oblige: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRule:
    """One rule. ``looks`` are the names it looks at, ``needs`` what it demands of ``WORDS_TOLD``."""

    rule: Rule
    test: Test
    branches: tuple[LiveBranch, ...]
    cites: tuple[Citation, ...]
    terminal: bool
    routes: frozenset[Route]
    looks: tuple[str, ...]
    warn: tuple[Text, ...]
    steps: Mapping[Truth, Step]
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveChoice:
    """An option or an action."""

    choice: Choice
    test: Test | None
    cites: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveDuty:
    """An obligation, ``ready`` as it is when it has no date of its own."""

    duty: Duty
    test: Test | None
    cites: tuple[Citation, ...]
    ready: Obligation


class Compiler:
    """Compiles the parts of one rulebook for the days from ``since`` on."""

    def __init__(self, book: Rulebook, *, since: date, switches: Mapping[str, str]) -> None:
        self.book = book
        self._since = since
        self._definitions = book.conditions
        self.scope = _scope_at(book, since, switches)

    def definitions(self, calendar: WorkCalendar) -> Iterable[Compute]:
        """What is computed when first looked at, by name."""
        for item in self.book.definitions:
            form = item.form
            if isinstance(form, Condition):
                yield defined(item.name), compile_condition(form, self.scope)
            elif isinstance(form, CountForm):
                yield item.name, compile_count(form, self.scope)
            else:
                yield item.name, compile_date(form, self.scope, calendar)

    def _cites(self, cites: Iterable[Cite]) -> tuple[Citation, ...]:
        return tuple(cite.citation for cite in cites if cite.in_force(self._since))

    def rules(self) -> tuple[LiveRule, ...]:
        """The rules that exist on these days, in order."""
        rules = [rule for rule in self.book.rules if rule.applies(self._since)]
        return tuple(self._compile_rule(rule, rules) for rule in rules)

    def duties(self) -> dict[str, LiveDuty]:
        """The obligations with a text in force."""
        duties = {duty.id: self._compile_duty(duty) for duty in self.book.duties}
        return {name: duty for name, duty in duties.items() if duty is not None}

    def _compile_rule(self, rule: Rule, rules: list[Rule]) -> LiveRule:
        test = self._guarded(rule, rules)
        cites = self._cites(rule.cites)
        looks = names(rule.when, self._definitions)
        if rule.unless:
            looks |= names(rule.unless, self._definitions)
        shown = tuple(sorted(looks))
        return LiveRule(
            rule=rule,
            test=test,
            branches=tuple(self._compile_branch(branch) for branch in rule.branches),
            cites=cites,
            terminal=rule.terminal,
            routes=frozenset(branch.route for branch in rule.branches if branch.route),
            looks=shown,
            warn=_standing_warnings(rule, cites),
            steps={truth: Step(rule.id, mark, rule.title, shown) for truth, mark in _MARKS},
            needs=tuple(_needs(rule.when, self._definitions)),
        )

    def _guarded(self, rule: Rule, rules: list[Rule]) -> Test:
        """The rule's condition, less its ``unless`` and less every rule that overrides it."""
        blocks = [rule.unless] if rule.unless else []
        blocks += [_less_unless(other) for other in rules if rule.id in other.overrides]
        test = rule.when
        if blocks:
            denied = tuple(Condition("not", rule.place, (block,)) for block in blocks)
            test = Condition("all", rule.place, (rule.when, *denied))
        return compile_condition(test, self.scope)

    def _compile_branch(self, branch: Branch) -> LiveBranch:
        return LiveBranch(
            test=compile_condition(branch.when, self.scope) if branch.when else None,
            route=branch.route,
            cites=self._cites(branch.cites),
            why=branch.why,
            warn=branch.warn,
            places=_places(branch.why, branch.warn),
            oblige=branch.oblige,
        )

    def choices(self, choices: tuple[Choice, ...], route: Route) -> tuple[LiveChoice, ...]:
        """The options or actions of one route with a text in force."""
        return tuple(
            LiveChoice(
                choice=choice,
                test=compile_condition(choice.when, self.scope) if choice.when else None,
                cites=self._cites(choice.cites),
            )
            for choice in choices
            if route in choice.routes and self._cites(choice.cites)
        )

    def _compile_duty(self, duty: Duty) -> LiveDuty | None:
        cites = self._cites(duty.cites)
        if not cites:
            return None
        ready = Obligation(
            id=duty.id, label=duty.label, title=duty.title, deadline=duty.deadline, due=None, citations=cites
        )
        test = compile_condition(duty.when, self.scope) if duty.when else None
        return LiveDuty(duty=duty, test=test, cites=cites, ready=ready)


def _scope_at(book: Rulebook, since: date, switches: Mapping[str, str]) -> Scope:
    values = {name: parameter.at(since) for name, parameter in book.parameters.items()}
    counts = {fact.id for fact in book.facts.values() if fact.kind in {"count", "hundredths"}}
    counts |= {item.name for item in book.definitions if isinstance(item.form, CountForm)}
    return Scope(
        facts=book.facts,
        counts=frozenset(counts),
        dates=frozenset(item.name for item in book.definitions if isinstance(item.form, DateForm)),
        # A parameter without a value yet is used by no rule of this day (see check); elsewhere it answers unknown.
        parameters={name: value.value for name, value in values.items() if value},
        definitions=book.conditions,
        switches={name: switches.get(name, switch.default) for name, switch in book.switches.items()},
        since=since,
    )


def _less_unless(rule: Rule) -> Condition:
    if rule.unless is None:
        return rule.when
    return Condition("all", rule.place, (rule.when, Condition("not", rule.place, (rule.unless,))))


def _needs(condition: Condition, definitions: Mapping[str, Condition]) -> Iterator[Need]:
    """What a condition demands of the words of ``WORDS_TOLD``: name, values, and whether it must be or not be one of them."""
    if condition.word == "holds":
        yield from _needs(definitions[condition.name], definitions)
    elif condition.word == "all":
        for part in condition.parts:
            yield from _needs(part, definitions)
    else:
        wanted = condition.word != "not"
        leaf = condition if wanted else condition.parts[0]
        if leaf.word in {"is", "in"} and leaf.name in WORDS_TOLD:
            values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
            yield leaf.name, frozenset(values), wanted


def _standing_warnings(rule: Rule, cites: tuple[Citation, ...]) -> tuple[Text, ...]:
    found = []
    if rule.terminal and cites and all(cite.kind in SOFT for cite in cites):
        found.append(_SOFT)
    if rule.terminal and rule.confidence != "high":
        level = _LEVEL[rule.confidence]
        found.append(Text(_LOW.zh.format(level=level.zh), _LOW.en.format(level=level.en)))
    return tuple(found)


def _places(*texts: Text | None) -> tuple[str, ...]:
    halves = [half for text in texts if text for half in (text.zh, text.en)]
    found = {
        name.partition("?")[0]: None for half in halves for _, name, _, _ in _FORMATTER.parse(half) if name
    }
    return tuple(found)
