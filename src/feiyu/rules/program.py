"""The evaluator: one rulebook compiled for one span of days, asked many times.

A program is a straight list: read the facts, compute definitions, try the rules in order. The first rule that holds
and has a route ends the search. A rule whose condition is *unknown* is passed over and remembered; at the end it
matters only if it would have led elsewhere.

Rules this module keeps:
 * pure: facts and a date in, a determination out; between calls nothing of the facts is kept, only which parts of the
   rulebook go together;
 * unknown never becomes permission: when a remembered rule would lead to another kind of route than the one reached,
   the answer is NEEDS_INFO at that rule, with the facts that would settle it;
 * the three free routes (exempt, general list, off the negative list) count as one kind there: which of them it is
   changes no permission;
 * trace on or off, the answer is the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from feiyu.base.calendar import WorkCalendar
from feiyu.base.text import Text
from feiyu.rules.compiled import WORDS_TOLD, Compiler, LiveBranch, LiveChoice, LiveDuty, LiveRule, Need
from feiyu.rules.errors import BadFact
from feiyu.rules.facts import ASSUMED, Env, Fact, as_given
from feiyu.rules.model import ENDLESS, FREE, Citation, Determination, Missing, Obligation, Route, Step
from feiyu.rules.reasons import Reasons
from feiyu.rules.rulebook import Rulebook

MAX_SHORT = 256
MAX_PARTS = 4_096
_ASSUMED = Text("以下事实未经申明，按“{value}”处理：{question}", "Not declared, taken as {value}: {question}")
_OPEN = Text(
    "部分事实尚未明确，但不影响路径：{facts}。",
    "Some facts are unknown without effect on the route: {facts}.",
)
_NO_RULE = Text("事实不足，无法确定适用的规则。", "The facts do not settle which rule applies.")


class _Search:
    """What one search has met: rules that are unknown (ending or noting), rules that noted, the rule that ended it."""

    __slots__ = ("doubted", "env", "facts", "final", "notes", "pending", "steps")

    def __init__(self, facts: Mapping[str, object], env: Env) -> None:
        self.facts, self.env = facts, env
        self.final: LiveRule | None = None
        self.pending: list[LiveRule] = []
        self.doubted: list[LiveRule] = []
        self.notes: list[tuple[LiveRule, LiveBranch]] = []
        self.steps: list[Step] = []


class Program:
    """A rulebook compiled for the days from ``since`` until the next change of anything in it."""

    def __init__(
        self, book: Rulebook, *, since: date, calendar: WorkCalendar, switches: Mapping[str, str]
    ) -> None:
        compiler = Compiler(book, since=since, switches=switches)
        self.book = book
        self._name = book.name
        self._blank = {name: fact.absent for name, fact in book.facts.items()}
        self._readers = {name: fact.reader() for name, fact in book.facts.items()}
        self._counts = frozenset(
            name for name, fact in book.facts.items() if fact.kind in {"count", "hundredths"}
        )
        self._words = {name: fact.words for name, fact in book.facts.items()}
        self._uppers = tuple((fact.id, fact.upper) for fact in book.facts.values() if fact.upper)
        self._computed = dict(compiler.definitions(calendar))
        self._reasons = Reasons(compiler.scope, book.definitions)
        self._rules = compiler.rules()
        self._short: dict[tuple[object, ...], tuple[LiveRule, ...]] = {}
        self._parts: dict[tuple[int, ...], tuple[tuple[Citation, ...], tuple[str, ...]]] = {}
        self._options = {route: compiler.choices(book.options, route) for route in Route}
        self._actions = {route: compiler.choices(book.actions, route) for route in Route}
        self._duties = compiler.duties()
        self._standing = {
            route: tuple(duty for duty in self._duties.values() if route in duty.duty.routes)
            for route in Route
        }

    def read(self, facts: Mapping[str, object], at: date) -> Env:
        """Read facts into the values that conditions look at, with everything computed from them."""
        env = Env(self._blank, self._computed)
        readers, words, counts = self._readers, self._words, self._counts
        for name, value in facts.items():
            if value.__class__ is str and name in words and value in words[name]:
                env[name] = words[name][value]
                continue
            if value.__class__ is int and name in counts and 0 <= value < ENDLESS:
                env[name] = (value, value)
                continue
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
        search = _Search(facts, env)
        for rule in self._rules if trace else self._shortlist(env):
            answer = rule.test(env)
            if trace:
                search.steps.append(rule.steps[answer])
            if answer is None:
                (search.pending if rule.terminal else search.doubted).append(rule)
            elif answer and rule.terminal:
                search.final = rule
                break
            elif answer:
                for branch in rule.branches:
                    if branch.test is None or branch.test(env):
                        search.notes.append((rule, branch))
                        break
        return self._conclude(search)

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

    def _shortlist(self, env: Env) -> tuple[LiveRule, ...]:
        """The rules less those that a few words (sector, claimed ground, lists) rule out beforehand."""
        key = tuple(env[name] for name in WORDS_TOLD)
        found = self._short.get(key)
        if found is None:
            found = tuple(rule for rule in self._rules if not _ruled_out(rule.needs, env))
            if len(self._short) < MAX_SHORT:
                self._short[key] = found
        return found

    def _conclude(self, search: _Search) -> Determination:
        final, pending = search.final, search.pending
        branch, doubtful = _pick(final, search.env)
        route = branch.route if branch else None
        if final and branch and route is Route.NEEDS_INFO:
            missing = self._missing(search.env, [*pending, final])
            beyond = self._beyond(search, final) if missing else frozenset()
            return self._answer(search, final, branch, route, missing=missing, possible=beyond)
        elsewhere = [rule for rule in pending if route is None or not _same_kind(rule.routes, route)]
        if final and branch and route and not elsewhere and not doubtful:
            unsettled = self._missing(search.env, pending) if pending else ()
            return self._answer(search, final, branch, route, unsettled=unsettled)
        asked = elsewhere or pending
        first = asked[0] if asked else final
        assert first is not None, "no rule applies and none is unknown: the rulebook has a gap"
        wanting = [*asked, final] if doubtful and final else asked
        return self._answer(
            search,
            self._earliest(first, search),
            None,
            Route.NEEDS_INFO,
            missing=self._missing(search.env, wanting),
            possible=frozenset().union(
                *(rule.routes for rule in pending), doubtful, {route} if route else ()
            ),
        )

    def _beyond(self, search: _Search, final: LiveRule) -> frozenset[Route]:
        """The routes that stay open when a rule asks: those of unknown rules, up to the next rule that holds."""
        found: set[Route] = set().union(*(rule.routes for rule in search.pending))
        for rule in self._rules[self._rules.index(final) + 1 :]:
            answer = rule.test(search.env) if rule.terminal else False
            if answer is not False:
                found |= rule.routes - {Route.NEEDS_INFO}
            if answer and rule.routes != {Route.NEEDS_INFO}:
                break
        return frozenset(found)

    def _earliest(self, asked: LiveRule, search: _Search) -> LiveRule:
        """The first rule that the same open facts leave in doubt: a ground's own rule rather than the sum over grounds."""
        wanted = self._wanting(asked, search.env)
        for rule in search.doubted:
            mine = self._wanting(rule, search.env)
            if rule.rule.order < asked.rule.order and mine and mine <= wanted:
                return rule
        return asked

    def _missing(self, env: Env, rules: Iterable[LiveRule]) -> tuple[Missing, ...]:
        """The facts that leave these rules in doubt: unknown, or counts that are not exact."""
        wanted: set[str] = set()
        for rule in rules:
            wanted |= self._wanting(rule, env)
        if not wanted:
            return ()
        facts = self.book.facts
        return tuple(Missing(name, facts[name].question) for name in facts if name in wanted)

    def _wanting(self, rule: LiveRule, env: Env) -> set[str]:
        tests = [rule.rule.when, rule.rule.unless, *(branch.when for branch in rule.rule.branches)]
        found = set().union(*(self._reasons.of(test, env) for test in tests if test))
        return {name for name in found if _open(env[name])}

    def _answer(
        self,
        search: _Search,
        rule: LiveRule,
        branch: LiveBranch | None,
        route: Route,
        *,
        missing: tuple[Missing, ...] = (),
        possible: frozenset[Route] = frozenset(),
        unsettled: tuple[Missing, ...] = (),
    ) -> Determination:
        env = search.env
        warnings = [*_assumed(self.book.facts, search.facts, env), *rule.warn]
        if branch and branch.warn:
            warnings.append(_fill(branch.warn, branch.places, env))
        for _, outcome in search.notes:
            if outcome.warn:
                warnings.append(_fill(outcome.warn, outcome.places, env))
        if unsettled:
            warnings.append(_OPEN.format(facts=", ".join(item.fact for item in unsettled)))
        options = tuple(self._applicable(self._options[route], rule, env))
        action = next(self._applicable(self._actions[route], rule, env), None)
        cites, oblige = self._gathered(rule, branch, search.notes, (*options, *([action] if action else [])))
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
            citations=cites,
            trace=tuple(search.steps),
            warnings=tuple(dict.fromkeys(warnings)) if len(warnings) > 1 else tuple(warnings),
            reason=_fill(why, branch.places, env) if branch else why,
            possible=tuple(item for item in Route if item in possible) if possible else (),
            rulebook=self._name,
            at=env["at"],
            facts=dict(search.facts),
        )

    def _gathered(
        self,
        rule: LiveRule,
        branch: LiveBranch | None,
        notes: list[tuple[LiveRule, LiveBranch]],
        chosen: tuple[LiveChoice, ...],
    ) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
        """Citations and named obligations of everything that took part; the same parts give the same ones."""
        key = (
            id(rule),
            id(branch),
            *(id(outcome) for _, outcome in notes),
            0,
            *(id(item) for item in chosen),
        )
        found = self._parts.get(key)
        if found is None:
            # Equal citations are the same object, so they are told apart without comparing them.
            cites = {id(cite): cite for cite in (*rule.cites, *(branch.cites if branch else ()))}
            oblige = list(branch.oblige) if branch else []
            for noted, outcome in notes:
                cites.update((id(cite), cite) for cite in (*noted.cites, *outcome.cites))
                oblige += outcome.oblige
            for item in chosen:
                cites.update((id(cite), cite) for cite in item.cites)
            found = tuple(cites.values()), tuple(dict.fromkeys(oblige))
            if len(self._parts) < MAX_PARTS:
                self._parts[key] = found
        return found

    def _applicable(self, choices: tuple[LiveChoice, ...], rule: LiveRule, env: Env) -> Iterator[LiveChoice]:
        for item in choices:
            rules = item.choice.rules
            if (not rules or rule.rule.id in rules) and (item.test is None or item.test(env)):
                yield item

    def _obligations(self, route: Route, named: tuple[str, ...], env: Env) -> tuple[Obligation, ...]:
        # An obligation whose condition is unknown is stated: doing too much breaks no law.
        duties = [duty for duty in self._standing[route] if duty.test is None or duty.test(env) is not False]
        duties += [self._duties[name] for name in named if name in self._duties]
        return tuple(duty.ready if duty.duty.due is None else _dated(duty, env) for duty in duties)


def _ruled_out(needs: Iterable[Need], env: Env) -> bool:
    return any(
        env[name] is not None and (env[name] in values) is not wanted for name, values, wanted in needs
    )


def _pick(rule: LiveRule | None, env: Env) -> tuple[LiveBranch | None, frozenset[Route]]:
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


def _fill(text: Text, places: tuple[str, ...], env: Env) -> Text:
    return text.format(**{name: _shown(env[name]) for name in places}) if places else text


def _shown(value: object) -> str:
    """A value inside a sentence: thousands apart, a span as from-to."""
    if isinstance(value, tuple):
        low, high = value
        return f"{low:,}" if low == high else f"{low:,}–{high:,}" if high < ENDLESS else f"≥{low:,}"
    return str(as_given(value))


def _assumed(known: Mapping[str, Fact], facts: Mapping[str, object], env: Env) -> list[Text]:
    assumed = facts.get(ASSUMED)
    if not assumed:
        return []
    if not isinstance(assumed, list | tuple) or not all(isinstance(name, str) for name in assumed):
        raise BadFact(
            fact=ASSUMED, value=repr(assumed)[:80], allowed=Text("事实名称的列表", "a list of names of facts")
        )
    found = []
    for name in assumed:
        if name in known:
            value, question = known[name].told(env[name]), known[name].question
            found.append(
                Text(
                    _ASSUMED.zh.format(value=value.zh, question=question.zh),
                    _ASSUMED.en.format(value=value.en, question=question.en),
                )
            )
    return found


def _first_day(env: Env, name: str | None) -> date | None:
    found = env[name] if name else None
    return found[0] if isinstance(found, tuple) else None


def _action(item: LiveChoice | None, env: Env) -> str | None:
    if item is None:
        return None
    day = _first_day(env, item.choice.date)
    return f"{item.choice.id}_{day.isoformat()}" if day else item.choice.id


def _dated(duty: LiveDuty, env: Env) -> Obligation:
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
