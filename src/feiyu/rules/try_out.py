"""Why, why not, what if: questions about one determination (two states of the law: ``diff``).

Rules this module keeps:
 * every answer is a determination made anew, never a guess about one;
 * *why not* looks for the fewest facts that would have to be otherwise, one or two at a time; it asks what would have
   to be true and proposes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from feiyu.base.text import Text
from feiyu.rules.books import Rulebooks
from feiyu.rules.errors import UnknownName
from feiyu.rules.model import FREE, Determination, Mark, Missing, Route
from feiyu.rules.rulebook import Rulebook

Facts = Mapping[str, object]
_FIXED = frozenset({"sector", "recipient_country", "exporter_city", "zone", "general_list", "negative_list"})
_LIMIT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """One set of facts under which the wanted route would be reached."""

    facts: Mapping[str, object]
    rule: str

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {"facts": dict(self.facts), "rule": self.rule}


def what_if(rulebooks: Rulebooks, facts: Facts, change: Facts, *, at: date) -> Determination:
    """Determine with some facts otherwise."""
    return rulebooks.determine({**facts, **change}, at=at)


def why(found: Determination) -> tuple[tuple[str, Text, tuple[str, ...]], ...]:
    """The rules that applied, with the facts they look at, in order."""
    return tuple((step.rule, step.title, step.facts) for step in found.trace if step.mark is Mark.HIT)


def why_not(rulebooks: Rulebooks, facts: Facts, wanted: Route, *, at: date) -> tuple[WhyNot, ...]:
    """The fewest facts, one or two, that would have to be otherwise for a route to be the answer."""
    program = rulebooks.program(at)
    choices = _choices(rulebooks.book(), facts)
    for size in (1, 2):
        found = []
        for names in combinations(choices, size):
            found += _reach(program.determine, facts, {name: choices[name] for name in names}, wanted, at)
            if len(found) >= _LIMIT:
                break
        if found:
            return tuple(found[:_LIMIT])
    return ()


def _choices(book: Rulebook, facts: Facts) -> dict[str, tuple[object, ...]]:
    """The other values that each closed fact could have. Counts, dates and names are left as they are."""
    found: dict[str, tuple[object, ...]] = {}
    for name, fact in book.facts.items():
        if name in _FIXED or fact.kind not in {"truth", "choice"}:
            continue
        values = ("yes", "no") if fact.kind == "truth" else fact.values
        found[name] = tuple(value for value in values if value != facts.get(name))
    return found


def _reach(
    determine: Callable[..., Determination],
    facts: Facts,
    choices: Mapping[str, tuple[object, ...]],
    wanted: Route,
    at: date,
) -> list[WhyNot]:
    sets: list[dict[str, object]] = [{}]
    for name, values in choices.items():
        sets = [{**some, name: value} for some in sets for value in values]
    found = []
    for some in sets:
        answer = determine({**facts, **some}, at=at, trace=False)
        if answer.route is wanted:
            found.append(WhyNot(facts=some, rule=answer.rule))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGround:
    """An exemption that would change the route, if its conditions can be shown."""

    ground: str
    route: Route
    questions: tuple[Missing, ...]

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {
            "ground": self.ground,
            "route": self.route.value,
            "questions": [item.as_dict() for item in self.questions],
        }


_CONDITIONS = {
    "contract": ("contract_individual_party", "contract_necessary", "contract_fields_minimal"),
    "hr": ("hr_employees_only", "hr_labour_rules", "hr_collective_contract", "hr_necessary"),
    "emergency": ("emergency_now", "emergency_necessary"),
    "statutory_duty": ("statutory_duty_prc", "statutory_duty_necessary"),
}


def open_grounds(rulebooks: Rulebooks, facts: Facts, *, at: date) -> tuple[OpenGround, ...]:
    """Exemptions that may fit *if you can show* their conditions: questions of fact, answered by nobody yet."""
    start = rulebooks.determine(facts, at=at, trace=False)
    if start.route in FREE or facts.get("ground", "none") != "none":
        return ()
    book = rulebooks.book()
    found = []
    for ground, conditions in _CONDITIONS.items():
        if any(facts.get(name) == "no" for name in conditions):
            continue
        shown = {"ground": ground, "ground_conditions": "yes", "ground_scope": "all"}
        answer = rulebooks.determine({**facts, **shown}, at=at, trace=False)
        if answer.route in FREE:
            asked = tuple(Missing(name, book.facts[name].question) for name in conditions)
            found.append(OpenGround(ground=ground, route=answer.route, questions=asked))
    return tuple(found)


def route_named(name: str) -> Route:
    """A route by name; the known ones are listed when there is none such."""
    try:
        return Route(name.upper())
    except ValueError:
        raise UnknownName(what=Text("路径", "route"), name=name, allowed=", ".join(Route)) from None
