"""A rulebook as read: parameters, switches, definitions, rules, options, actions, obligations (see ``load``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from feiyu.base.text import Text
from feiyu.rules.conditions import Condition
from feiyu.rules.derived import CountForm, DateForm
from feiyu.rules.facts import Fact
from feiyu.rules.model import Route
from feiyu.rules.sources import Cite


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A parameter's value from a day on."""

    since: date
    value: int
    cites: tuple[Cite, ...]
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A dated value."""

    id: str
    name: str
    title: Text
    unit: str
    values: tuple[Value, ...]
    verified_on: date
    place: str

    def at(self, day: date) -> Value | None:
        """The value in force on a day."""
        found = [value for value in self.values if value.since <= day]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """An open reading of the law: positions, the default, and what is said when it mattered."""

    id: str
    title: Text
    positions: Mapping[str, Text]
    default: str
    confidence: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One outcome of a rule."""

    when: Condition | None
    route: Route | None
    cites: tuple[Cite, ...]
    why: Text | None
    warn: Text | None
    oblige: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule from ``since`` until the day before ``until``. Without a route it only notes, warns and obliges."""

    id: str
    order: int
    title: Text
    since: date
    until: date | None
    when: Condition
    unless: Condition | None
    overrides: tuple[str, ...]
    branches: tuple[Branch, ...]
    cites: tuple[Cite, ...]
    confidence: str
    place: str

    def applies(self, at: date) -> bool:
        """Whether the rule exists on a day."""
        return self.since <= at and (self.until is None or at < self.until)

    @property
    def terminal(self) -> bool:
        """Whether a hit ends the search."""
        return any(branch.route for branch in self.branches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An option or an action: named, conditional, cited."""

    id: str
    title: Text
    routes: tuple[Route, ...]
    rules: tuple[str, ...]
    when: Condition | None
    date: str | None
    cites: tuple[Cite, ...]
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """An obligation: attached by routes and condition, or named by a rule (then ``routes`` is empty)."""

    id: str
    label: str
    title: Text
    deadline: Text | None
    due: str | None
    routes: tuple[Route, ...]
    when: Condition | None
    cites: tuple[Cite, ...]
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A named condition, count or date."""

    name: str
    form: Condition | CountForm | DateForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """One rulebook, whole."""

    id: str
    version: str
    title: Text
    formalised_from: date
    facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    switches: Mapping[str, Switch]
    definitions: tuple[Definition, ...]
    rules: tuple[Rule, ...]
    options: tuple[Choice, ...]
    actions: tuple[Choice, ...]
    duties: tuple[Duty, ...]

    @property
    def conditions(self) -> dict[str, Condition]:
        """The named conditions."""
        return {item.name: item.form for item in self.definitions if isinstance(item.form, Condition)}

    @property
    def name(self) -> str:
        """``id@version``."""
        return f"{self.id}@{self.version}"
