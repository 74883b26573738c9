"""The evaluator: one rulebook compiled for one span of days, asked many times.

A program is a straight list: read the facts, compute definitions, try the rules in order. The first rule that holds
and has a route ends the search. A rule whose condition is *unknown* is passed over and remembered; at the end it
matters only if it would have led elsewhere.

Rules this module keeps:
 * pure: facts and a date in, a determination out; nothing is kept between calls;
 * unknown never becomes permission: when a remembered rule would lead to another kind of route than the one reached,
   the answer is NEEDS_INFO at that rule, with the facts that would settle it;
 * the three free routes (exempt, general list, off the negative list) count as one kind there: which of them it is
   changes no permission;
 * trace on or off, the answer is the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter

from feiyu.base.calendar import WorkCalendar
from feiyu.base.text import Text
from feiyu.rules.conditions import Condition, Scope, Test, Truth, compile_condition, defined, names
from feiyu.rules.derived import CountForm, DateForm, compile_count, compile_date
from feiyu.rules.errors import BadFact
from feiyu.rules.facts import ASSUMED, Env, Fact, as_given
from feiyu.rules.model import ENDLESS, FREE, Citation, Determination, Mark, Missing, Obligation, Route, Step
from feiyu.rules.reasons import Reasons
from feiyu.rules.rulebook import Branch, Choice, Duty, Rule, Rulebook
from feiyu.rules.sources import SOFT, Cite

Compute = tuple[str, Callable[[Env], object]]
MAX_SHORT = 256
_WORDS = ("sector", "ground", "general_list", "negative_list")
_FORMATTER = Formatter()
_MARKS = ((True, Mark.HIT), (False, Mark.MISS), (None, Mark.UNKNOWN))
_ASSUMED = Text("以下事实未经申明，按“{value}”处理：{question}", "Not declared, taken as {value}: {question}")
_SOFT = Text(
    "该结论仅依据官方答问或指引，并无条文直接规定。",
    "This outcome rests on official guidance or answers alone, not on the text of an article.",
)
_LOW = Text("该规则的依据把握程度：{level}。", "Confidence in the grounds of this rule: {level}.")
_OPEN = Text(
    "部分事实尚未明确，但不影响路径：{facts}。",
    "Some facts are unknown without effect on the route: {facts}.",
)
_LEVEL = {"medium": Text("中", "medium"), "low": Text("低", "low")}
_NO_RULE = Text("事实不足，无法确定适用的规则。", "The facts do not settle which rule applies.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Branch:
    test: Test | None
    route: Route | None
    cites: tuple[Citation, ...]
    why: Text | None
    warn: Text | None
    places: tuple[str, ...]
    oblige: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    rule: Rule
    test: Test
    branches: tuple[_Branch, ...]
    cites: tuple[Citation, ...]
    terminal: bool
    routes: frozenset[Route]
    looks: tuple[str, ...]
    warn: tuple[Text, ...]
    steps: Mapping[Truth, Step]
    needs: tuple[tuple[str, frozenset[object], bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    choice: Choice
    test: Test | None
    cites: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Duty:
    duty: Duty
    test: Test | None
    cites: tuple[Citation, ...]
    ready: Obligation


class Program:
    """A rulebook compiled for the days from ``since`` until the next change of anything in it."""

    def __init__(
        self, book: Rulebook, *, since: date, calendar: WorkCalendar, switches: Mapping[str, str]
    ) -> None:
        self.book = book
        self._since = since
        self._definitions = book.conditions
        self._scope = _scope_at(book, since, switches)
        self._blank = {name: fact.absent for name, fact in book.facts.items()}
        self._readers = {name: fact.reader() for name, fact in book.facts.items()}
        self._uppers = tuple((fact.id, fact.upper) for fact in book.facts.values() if fact.upper)
        self._computed = dict(self._compile_definitions(calendar))
        self._reasons = Reasons(self._scope, book.definitions)
        rules = [rule for rule in book.rules if rule.applies(since)]
        self._rules = tuple(self._compile_rule(rule, rules) for rule in rules)
        self._short: dict[tuple[object, ...], tuple[_Rule, ...]] = {}
        self._options = {route: self._choices(book.options, route) for route in Route}
        self._actions = {route: self._choices(book.actions, route) for route in Route}
        duties = {duty.id: self._compile_duty(duty) for duty in book.duties}
        self._duties = {name: duty for name, duty in duties.items() if duty is not None}
        self._standing = {
            route: tuple(duty for duty in self._duties.values() if route in duty.duty.routes)
            for route in Route
        }

    # Compiling.

    def _compile_definitions(self, calendar: WorkCalendar) -> Iterable[Compute]:
        for item in self.book.definitions:
            form = item.form
            if isinstance(form, Condition):
                yield defined(item.name), compile_condition(form, self._scope)
            elif isinstance(form, CountForm):
                yield item.name, compile_count(form, self._scope)
            else:
                yield item.name, compile_date(form, self._scope, calendar)

    def _cites(self, cites: Iterable[Cite]) -> tuple[Citation, ...]:
        return tuple(cite.citation for cite in cites if cite.in_force(self._since))

    def _compile_rule(self, rule: Rule, rules: list[Rule]) -> _Rule:
        test = self._guarded(rule, rules)
        cites = self._cites(rule.cites)
        looks = names(rule.when, self._definitions)
        if rule.unless:
            looks |= names(rule.unless, self._definitions)
        shown = tuple(sorted(looks))
        return _Rule(
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
        return compile_condition(test, self._scope)

    def _compile_branch(self, branch: Branch) -> _Branch:
        return _Branch(
            test=compile_condition(branch.when, self._scope) if branch.when else None,
            route=branch.route,
            cites=self._cites(branch.cites),
            why=branch.why,
            warn=branch.warn,
            places=_places(branch.why, branch.warn),
            oblige=branch.oblige,
        )

    def _choices(self, choices: tuple[Choice, ...], route: Route) -> tuple[_Choice, ...]:
        return tuple(
            _Choice(
                choice=choice,
                test=compile_condition(choice.when, self._scope) if choice.when else None,
                cites=self._cites(choice.cites),
            )
            for choice in choices
            if route in choice.routes and self._cites(choice.cites)
        )

    def _compile_duty(self, duty: Duty) -> _Duty | None:
        cites = self._cites(duty.cites)
        if not cites:
            return None
        ready = Obligation(
            id=duty.id, label=duty.label, title=duty.title, deadline=duty.deadline, due=None, citations=cites
        )
        test = compile_condition(duty.when, self._scope) if duty.when else None
        return _Duty(duty=duty, test=test, cites=cites, ready=ready)

    # Asking.

    def read(self, facts: Mapping[str, object], at: date) -> Env:
        """Read facts into the values that conditions look at, with everything computed from them."""
        env = Env(self._blank, self._computed)
        readers = self._readers
        for name, value in facts.items():
            reader = readers.get(name)
            if reader is not None:
                env[name] = reader(value)
            elif name != ASSUMED:
                raise BadFact(fact=str(name)[:80], value=repr(value)[:80], allowed=", ".join(readers))
        for name, upper in self._uppers:
            if upper in facts and env[name] is not None and env[upper] is not None:
                env[name] = (env[name][0], max(env[name][1], env[upper][1]))
        env["at"] = at
        return env

    def determine(self, facts: Mapping[str, object], *, at: date, trace: bool = True) -> Determination:
        """Answer for one set of facts at one date."""
        env = self.read(facts, at)
        pending: list[_Rule] = []
        doubted: list[_Rule] = []
        notes: list[tuple[_Rule, _Branch]] = []
        steps: list[Step] = []
        final: _Rule | None = None
        for rule in self._rules if trace else self._shortlist(env):
            answer = rule.test(env)
            if trace:
                steps.append(rule.steps[answer])
            if answer is False:
                continue
            if answer is None:
                (pending if rule.terminal else doubted).append(rule)
                continue
            if rule.terminal:
                final = rule
                break
            branch = self._note(rule, env)
            if branch:
                notes.append((rule, branch))
        return self._conclude(env, facts, final, pending, doubted, notes, tuple(steps))

    def open_facts(self, facts: Mapping[str, object], at: date) -> Iterator[tuple[str, Fact]]:
        """The facts that are not known, rule by rule, as far as the search goes before it ends."""
        env = self.read(facts, at)
        for rule in self._rules:
            answer = rule.test(env)
            if answer is None or (answer and Route.NEEDS_INFO in rule.routes):
                wanted = self._wanting(rule, env)
                yield from ((rule.rule.id, fact) for name, fact in self.book.facts.items() if name in wanted)
            if answer and rule.terminal:
                return

    def _shortlist(self, env: Env) -> tuple[_Rule, ...]:
        """The rules less those that a few words (sector, claimed ground, lists) rule out beforehand."""
        key = tuple(env[name] for name in _WORDS)
        found = self._short.get(key)
        if found is None:
            found = tuple(rule for rule in self._rules if not _ruled_out(rule.needs, env))
            if len(self._short) < MAX_SHORT:
                self._short[key] = found
        return found

    def _note(self, rule: _Rule, env: Env) -> _Branch | None:
        return next((branch for branch in rule.branches if branch.test is None or branch.test(env)), None)

    def _conclude(
        self,
        env: Env,
        facts: Mapping[str, object],
        final: _Rule | None,
        pending: list[_Rule],
        doubted: list[_Rule],
        notes: list[tuple[_Rule, _Branch]],
        steps: tuple[Step, ...],
    ) -> Determination:
        branch, doubtful = _pick(final, env)
        route = branch.route if branch else None
        open_rules = [rule for rule in pending if route is None or not _same_kind(rule.routes, route)]
        if branch is None or route is None or (open_rules and route is not Route.NEEDS_INFO) or doubtful:
            asked = open_rules or pending
            first = asked[0] if asked else final
            assert first is not None, "no rule applies and none is unknown: the rulebook has a gap"
            first = self._earliest(first, doubted, env)
            routes = frozenset().union(*(rule.routes for rule in asked), doubtful, {route} if route else ())
            missing = self._missing(env, [*asked, *([final] if doubtful and final else [])])
            return self._answer(
                env,
                facts,
                first,
                None,
                notes,
                steps,
                route=Route.NEEDS_INFO,
                missing=missing,
                possible=routes,
            )
        assert final is not None
        missing = self._missing(env, [*pending, final]) if route is Route.NEEDS_INFO else ()
        unsettled = () if route is Route.NEEDS_INFO else self._missing(env, pending)
        return self._answer(
            env, facts, final, branch, notes, steps, route=route, missing=missing, unsettled=unsettled
        )

    def _earliest(self, asked: _Rule, doubted: Iterable[_Rule], env: Env) -> _Rule:
        """The first rule that the same open facts leave in doubt: a ground's own rule rather than the sum over grounds."""
        wanted = self._wanting(asked, env)
        for rule in doubted:
            mine = self._wanting(rule, env)
            if rule.rule.order < asked.rule.order and mine and mine <= wanted:
                return rule
        return asked

    def _missing(self, env: Env, rules: Iterable[_Rule]) -> tuple[Missing, ...]:
        """The facts that leave these rules in doubt: unknown, or counts that are not exact."""
        wanted: set[str] = set()
        for rule in rules:
            wanted |= self._wanting(rule, env)
        if not wanted:
            return ()
        facts = self.book.facts
        return tuple(Missing(name, facts[name].question) for name in facts if name in wanted)

    def _wanting(self, rule: _Rule, env: Env) -> set[str]:
        tests = [rule.rule.when, rule.rule.unless, *(branch.when for branch in rule.rule.branches)]
        found = set().union(*(self._reasons.of(test, env) for test in tests if test))
        return {name for name in found if _open(env[name])}

    def _answer(
        self,
        env: Env,
        facts: Mapping[str, object],
        rule: _Rule,
        branch: _Branch | None,
        notes: list[tuple[_Rule, _Branch]],
        steps: tuple[Step, ...],
        *,
        route: Route,
        missing: tuple[Missing, ...],
        possible: frozenset[Route] = frozenset(),
        unsettled: tuple[Missing, ...] = (),
    ) -> Determination:
        # Equal citations are the same object, so they are told apart without comparing them.
        cites = {id(cite): cite for cite in rule.cites}
        warnings = [*_assumed(self.book.facts, facts, env), *rule.warn]
        oblige = list(branch.oblige) if branch else []
        if branch:
            cites.update((id(cite), cite) for cite in branch.cites)
            if branch.warn:
                warnings.append(_fill(branch.warn, branch.places, env))
        for noted, outcome in notes:
            cites.update((id(cite), cite) for cite in (*noted.cites, *outcome.cites))
            oblige += outcome.oblige
            if outcome.warn:
                warnings.append(_fill(outcome.warn, outcome.places, env))
        if unsettled:
            warnings.append(_OPEN.format(facts=", ".join(item.fact for item in unsettled)))
        options = tuple(self._applicable(self._options[route], rule, env))
        action = next(self._applicable(self._actions[route], rule, env), None)
        for item in (*options, *([action] if action else [])):
            cites.update((id(cite), cite) for cite in item.cites)
        why = branch.why if branch and branch.why else _NO_RULE
        return Determination(
            route=route,
            rule=rule.rule.id,
            options=tuple(item.choice.id for item in options),
            option_titles=tuple(item.choice.title for item in options),
            action=_action(action, env),
            action_title=action.choice.title if action else None,
            obligations=self._obligations(route, oblige, env),
            missing=missing,
            citations=tuple(cites.values()),
            trace=steps,
            warnings=tuple(dict.fromkeys(warnings)),
            reason=_fill(why, branch.places, env) if branch else why,
            possible=tuple(item for item in Route if item in possible),
            rulebook=self.book.name,
            at=env["at"],
            facts=dict(facts),
        )

    def _applicable(self, choices: tuple[_Choice, ...], rule: _Rule, env: Env) -> Iterator[_Choice]:
        for item in choices:
            rules = item.choice.rules
            if (not rules or rule.rule.id in rules) and (item.test is None or item.test(env)):
                yield item

    def _obligations(self, route: Route, named: list[str], env: Env) -> tuple[Obligation, ...]:
        # An obligation whose condition is unknown is stated: doing too much breaks no law.
        duties = [duty for duty in self._standing[route] if duty.test is None or duty.test(env) is not False]
        duties += [self._duties[name] for name in dict.fromkeys(named) if name in self._duties]
        return tuple(duty.ready if duty.duty.due is None else _dated(duty, env) for duty in duties)


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


def _needs(
    condition: Condition, definitions: Mapping[str, Condition]
) -> Iterator[tuple[str, frozenset[object], bool]]:
    """What a condition demands of the words of ``_WORDS``: name, values, and whether it must be or not be one of them."""
    if condition.word == "holds":
        yield from _needs(definitions[condition.name], definitions)
    elif condition.word == "all":
        for part in condition.parts:
            yield from _needs(part, definitions)
    else:
        wanted = condition.word != "not"
        leaf = condition if wanted else condition.parts[0]
        if leaf.word in {"is", "in"} and leaf.name in _WORDS:
            values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
            yield leaf.name, frozenset(values), wanted


def _ruled_out(needs: Iterable[tuple[str, frozenset[object], bool]], env: Env) -> bool:
    return any(
        env[name] is not None and (env[name] in values) is not wanted for name, values, wanted in needs
    )


def _standing_warnings(rule: Rule, cites: tuple[Citation, ...]) -> tuple[Text, ...]:
    found = []
    if rule.terminal and cites and all(cite.kind in SOFT for cite in cites):
        found.append(_SOFT)
    if rule.terminal and rule.confidence != "high":
        level = _LEVEL[rule.confidence]
        found.append(Text(_LOW.zh.format(level=level.zh), _LOW.en.format(level=level.en)))
    return tuple(found)


def _tests(form: CountForm) -> list[Condition]:
    return [*form.tests, *(test for part in form.parts for test in _tests(part))]


def _pick(rule: _Rule | None, env: Env) -> tuple[_Branch | None, frozenset[Route]]:
    """The outcome of a rule that hit; and, where conditions before it are unknown, the routes left in doubt."""
    if rule is None:
        return None, frozenset()
    doubtful: set[Route] = set()
    for branch in rule.branches:
        answer = True if branch.test is None else branch.test(env)
        assert branch.route is not None
        if answer is None:
            doubtful.add(branch.route)
        if answer:
            differs = any(not _same_kind(frozenset({route}), branch.route) for route in doubtful)
            return branch, frozenset({*doubtful, branch.route}) if differs else frozenset()
    message = f"{rule.rule.id}: no outcome without condition"
    raise AssertionError(message)


def _same_kind(routes: frozenset[Route], route: Route) -> bool:
    return routes <= FREE if route in FREE else routes == {route}


def _open(value: object) -> bool:
    return value is None or (isinstance(value, tuple) and value[0] != value[1])


def _places(*texts: Text | None) -> tuple[str, ...]:
    halves = [half for text in texts if text for half in (text.zh, text.en)]
    found = {name: None for half in halves for _, name, _, _ in _FORMATTER.parse(half) if name}
    return tuple(found)


def _fill(text: Text, places: tuple[str, ...], env: Env) -> Text:
    return text.format(**{name: _shown(env[name]) for name in places}) if places else text


def _shown(value: object) -> str:
    """A value inside a sentence: thousands apart, a span as from-to."""
    if isinstance(value, tuple):
        low, high = value
        return f"{low:,}" if low == high else f"{low:,}–{high:,}" if high < ENDLESS else f"≥{low:,}"
    return str(as_given(value))


def _assumed(known: Mapping[str, Fact], facts: Mapping[str, object], env: Env) -> list[Text]:
    assumed = facts.get(ASSUMED) or ()
    assert isinstance(assumed, list | tuple)
    found = []
    for name in assumed:
        if name in known:
            value, question = as_given(env[name]), known[name].question
            found.append(
                Text(
                    _ASSUMED.zh.format(value=value, question=question.zh),
                    _ASSUMED.en.format(value=value, question=question.en),
                )
            )
    return found


def _first_day(env: Env, name: str | None) -> date | None:
    found = env[name] if name else None
    return found[0] if isinstance(found, tuple) else None


def _action(item: _Choice | None, env: Env) -> str | None:
    if item is None:
        return None
    day = _first_day(env, item.choice.date)
    return f"{item.choice.id}_{day.isoformat()}" if day else item.choice.id


def _dated(duty: _Duty, env: Env) -> Obligation:
    due = _first_day(env, duty.duty.due)
    if due is None:
        return duty.ready
    ready = duty.ready
    return Obligation(
        id=ready.id,
        label=ready.label,
        title=ready.title,
        deadline=ready.deadline,
        due=due,
        citations=ready.citations,
    )
