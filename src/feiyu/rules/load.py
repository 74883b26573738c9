"""The loader: files to a checked rulebook.

Rules this module keeps:
 * every law of the format is enforced here, with file and line in the refusal (STYLE section 7);
 * a citation resolves to a registered article, and on every day of a rule at least one of its texts is in force;
 * a parameter has a value on every day of the rulebook on which a rule needs it;
 * nothing is half loaded: one fault refuses the whole.

Sources: STYLE section 7; the layout is described in ``rulebooks/README.en.md``.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from string import Formatter

from feiyu.base.calendar import WorkCalendar
from feiyu.base.text import Text
from feiyu.rules.check import check_rulebook
from feiyu.rules.conditions import Condition, Scope, parse_condition
from feiyu.rules.derived import parse_count, parse_date
from feiyu.rules.facts import Fact, parse_facts
from feiyu.rules.model import Route
from feiyu.rules.rulebook import Branch, Choice, Definition, Duty, Parameter, Rule, Rulebook, Switch, Value
from feiyu.rules.sources import Source, parse_cites, parse_source
from feiyu.rules.strict_yaml import Node, parse, refuse

CONFIDENCE = ("high", "medium", "low")
_FORMATTER = Formatter()
_ROUTES = tuple(route.value for route in Route)


def packaged() -> Traversable:
    """The rulebooks shipped with Feiyu."""
    return resources.files("feiyu").joinpath("rulebooks")


def yaml_files(root: Traversable, folder: str) -> Iterator[tuple[str, bytes]]:
    """The YAML files below ``folder`` in the order of their names, with their path below ``root``."""
    found = root
    for step in folder.split("/"):
        found = found.joinpath(step)
    if not found.is_dir():
        return
    for entry in sorted(found.iterdir(), key=lambda item: item.name):
        path = f"{folder}/{entry.name}"
        if entry.is_dir():
            yield from yaml_files(root, path)
        elif entry.name.endswith(".yaml"):
            yield path, entry.read_bytes()


def read_one(root: Traversable, path: str) -> Node:
    """Read one file that must exist."""
    found = root
    for step in path.split("/"):
        found = found.joinpath(step)
    if not found.is_file():
        refuse(path, "the file is missing", "文件不存在")
    return parse(found.read_bytes(), path)


def load_sources(root: Traversable) -> dict[str, Source]:
    """Read the registry of legal texts."""
    found: dict[str, Source] = {}
    aliases: dict[str, str] = {}
    for path, data in yaml_files(root, "sources"):
        source = parse_source(parse(data, path))
        expected = path.removeprefix("sources/").removesuffix(".yaml")
        if source.id != expected:
            refuse(source.place, f"the id must be {expected!r}", f"id 应为 {expected!r}")
        if source.alias in aliases:
            other = aliases[source.alias]
            refuse(
                source.place,
                f"alias {source.alias} is taken by {other}",
                f"别名 {source.alias} 已被 {other} 使用",
            )
        aliases[source.alias] = source.id
        found[source.id] = source
    return found


def load_calendar(root: Traversable, sources: Mapping[str, Source]) -> WorkCalendar:
    """Read the holiday tables; years without a published table stay unknown."""
    years: list[int] = []
    holidays: list[date] = []
    makeup: list[date] = []
    for path, data in yaml_files(root, "calendar/cn"):
        part = parse(data, path).record("year", "cite", "holidays", "makeup", "verified_on")
        parse_cites(part["cite"], sources)
        part["verified_on"].day()
        years.append(part["year"].integer())
        holidays += [day.day() for day in part["holidays"].items()]
        makeup += [day.day() for day in part["makeup"].items()]
    return WorkCalendar.of(years, holidays, makeup)


def load_rulebook(root: Traversable, name: str, sources: Mapping[str, Source]) -> Rulebook:
    """Read and check one rulebook."""
    head = read_one(root, f"{name}/rulebook.yaml")
    part = head.record(
        "id",
        "version",
        "title",
        "owner",
        "texts_formalised_from",
        "verified_on",
        optional=("switches", "note"),
    )
    if part["id"].text() != name:
        part["id"].fail(f"the id must be {name!r}", f"id 应为 {name!r}")
    part["owner"].text()
    part["verified_on"].day()
    reader = _Reader(root, name, sources)
    reader.switches = _parse_switches(part["switches"]) if "switches" in part else {}
    book = Rulebook(
        id=name,
        version=part["version"].text(),
        title=part["title"].bilingual(),
        formalised_from=part["texts_formalised_from"].day(),
        facts=reader.read_facts(),
        parameters=reader.read_parameters(),
        switches=reader.switches,
        definitions=reader.read_definitions(),
        rules=reader.read_rules(),
        options=reader.read_choices("options.yaml"),
        actions=reader.read_choices("actions.yaml"),
        duties=reader.read_duties(),
    )
    check_rulebook(book)
    return book


def _parse_switches(node: Node) -> dict[str, Switch]:
    found: dict[str, Switch] = {}
    for name, item in node.mapping().items():
        part = item.record("title", "positions", "default", "confidence")
        positions = {key: value.bilingual() for key, value in part["positions"].mapping().items()}
        found[name] = Switch(
            id=name,
            title=part["title"].bilingual(),
            positions=positions,
            default=part["default"].choice(*positions),
            confidence=part["confidence"].choice(*CONFIDENCE),
            place=item.place,
        )
    return found


class _Reader:
    """Reads the files of one rulebook; names become known in the order facts, parameters, definitions, rules."""

    def __init__(self, root: Traversable, name: str, sources: Mapping[str, Source]) -> None:
        self.root, self.name, self.sources = root, name, sources
        self.switches: dict[str, Switch] = {}
        self.facts: dict[str, Fact] = {}
        self.parameters: dict[str, Parameter] = {}
        self.counts: set[str] = set()
        self.dates: set[str] = set()
        self.conditions: dict[str, Condition] = {}

    @property
    def scope(self) -> Scope:
        """What may be named so far."""
        return Scope(
            facts=self.facts,
            counts=frozenset(self.counts),
            dates=frozenset(self.dates),
            parameters=dict.fromkeys(self.parameters, 0),
            definitions=self.conditions,
            switches={name: switch.default for name, switch in self.switches.items()},
        )

    def read_facts(self) -> dict[str, Fact]:
        self.facts = parse_facts(read_one(self.root, f"{self.name}/facts.yaml"))
        self.counts = {fact.id for fact in self.facts.values() if fact.kind in {"count", "hundredths"}}
        return self.facts

    def read_parameters(self) -> dict[str, Parameter]:
        for path, data in yaml_files(self.root, f"{self.name}/parameters"):
            node = parse(data, path)
            parameter = self._parameter(node)
            expected = path.rpartition("/")[2].removesuffix(".yaml")
            if parameter.name != expected:
                node.fail(f"the id must end in {expected!r}", f"id 应以 {expected!r} 结尾")
            self.parameters[parameter.name] = parameter
        return self.parameters

    def _parameter(self, node: Node) -> Parameter:
        part = node.record("id", "title", "unit", "values", "verified_on")
        full = part["id"].text()
        values = tuple(self._value(since, item) for since, item in part["values"].dated())
        if not values:
            part["values"].fail("a value is missing", "缺少取值")
        return Parameter(
            id=full,
            name=full.removeprefix(f"{self.name}/"),
            title=part["title"].bilingual(),
            unit=part["unit"].text(),
            values=values,
            verified_on=part["verified_on"].day(),
            place=node.place,
        )

    def _value(self, since: date, node: Node) -> Value:
        part = node.record("value", "cite", "published", "read_by", optional=("confidence",))
        cites = parse_cites(part["cite"], self.sources)
        if not any(cite.in_force(since) for cite in cites):
            part["cite"].fail(f"no cited text is in force on {since}", f"{since} 没有所引文本生效")
        part["published"].day()
        part["read_by"].texts()
        return Value(
            since=since,
            value=part["value"].integer(),
            cites=cites,
            confidence=_confidence(part.get("confidence")),
        )

    def read_definitions(self) -> tuple[Definition, ...]:
        items = read_one(self.root, f"{self.name}/definitions.yaml").items()
        return tuple(self._definition(item) for item in items)

    def _definition(self, node: Node) -> Definition:
        kind = next((word for word in ("condition", "count", "date") if word in node.mapping()), "condition")
        part = node.record(kind, "is")
        name = part[kind].text()
        if name in {*self.conditions, *self.counts, *self.dates, *self.facts}:
            part[kind].fail(f"the name {name!r} is taken", f"名称 {name!r} 已被使用")
        if kind == "condition":
            test = parse_condition(part["is"], self.scope)
            self.conditions[name] = test
            return Definition(name=name, form=test)
        if kind == "count":
            count = parse_count(part["is"], self.scope)
            self.counts.add(name)
            return Definition(name=name, form=count)
        day = parse_date(part["is"], self.scope)
        self.dates.add(name)
        return Definition(name=name, form=day)

    def read_rules(self) -> tuple[Rule, ...]:
        rules = [self._rule(parse(data, path)) for path, data in yaml_files(self.root, f"{self.name}/rules")]
        return tuple(sorted(rules, key=lambda rule: (rule.order, rule.since)))

    def _rule(self, node: Node) -> Rule:
        part = node.record(
            "id", "order", "title", "since", "when", "then", "cite",
            optional=("until", "unless", "overrides", "confidence", "note"),
        )  # fmt: skip
        cites = parse_cites(part["cite"], self.sources)
        since = part["since"].day()
        until = part["until"].day() if "until" in part else None
        if until and until <= since:
            part["until"].fail("the rule ends before it begins", "规则止于其生效之前")
        if "note" in part:
            part["note"].bilingual()
        scope = self.scope
        return Rule(
            id=part["id"].text(),
            order=part["order"].integer(),
            title=part["title"].bilingual(),
            since=since,
            until=until,
            when=parse_condition(part["when"], scope),
            unless=parse_condition(part["unless"], scope) if "unless" in part else None,
            overrides=part["overrides"].texts() if "overrides" in part else (),
            branches=self._branches(part["then"]),
            cites=cites,
            confidence=_confidence(part.get("confidence")),
            place=node.place,
        )

    def _branches(self, node: Node) -> tuple[Branch, ...]:
        rows = node.items() if isinstance(node.raw, list) else [node]
        found = tuple(self._branch(row) for row in rows)
        if any(branch.when is None for branch in found[:-1]):
            node.fail("only the last outcome may stand without a condition", "只有最后一个结果可以不带条件")
        return found

    def _branch(self, node: Node) -> Branch:
        part = node.record(optional=("when", "route", "cite", "why", "warn", "oblige"))
        if not part:
            node.fail("the outcome is empty", "结果为空")
        route = Route(part["route"].choice(*_ROUTES)) if "route" in part else None
        if route and "why" not in part:
            node.fail("a route needs a why in both languages", "给出路径时必须写明中英文理由")
        return Branch(
            when=parse_condition(part["when"], self.scope) if "when" in part else None,
            route=route,
            cites=parse_cites(part["cite"], self.sources) if "cite" in part else (),
            why=self._template(part.get("why")),
            warn=self._template(part.get("warn")),
            oblige=part["oblige"].texts() if "oblige" in part else (),
        )

    def _template(self, node: Node | None) -> Text | None:
        if node is None:
            return None
        text = node.bilingual()
        known = {*self.facts, *self.counts, *self.dates}
        for half in (text.zh, text.en):
            for _, place, _, _ in _FORMATTER.parse(half):
                name = place.partition("?")[0] if place is not None else None  # {n?person:persons} is about n
                if name is not None and name not in known:
                    node.fail(f"no fact or count {name!r} to fill in", f"没有可填入的事实或计数 {name!r}")
        return text

    def read_choices(self, file: str) -> tuple[Choice, ...]:
        return tuple(self._choice(item) for item in read_one(self.root, f"{self.name}/{file}").items())

    def _choice(self, node: Node) -> Choice:
        part = node.record("id", "title", "cite", optional=("routes", "rules", "when", "date"))
        name = part["date"].text() if "date" in part else None
        if name is not None and name not in self.dates:
            part["date"].fail(f"no date {name!r}", f"没有日期 {name!r}")
        return Choice(
            id=part["id"].text(),
            title=part["title"].bilingual(),
            routes=_routes(part.get("routes")),
            rules=part["rules"].texts() if "rules" in part else (),
            when=parse_condition(part["when"], self.scope) if "when" in part else None,
            date=name,
            cites=parse_cites(part["cite"], self.sources),
            place=node.place,
        )

    def read_duties(self) -> tuple[Duty, ...]:
        return tuple(
            self._duty(item) for item in read_one(self.root, f"{self.name}/obligations.yaml").items()
        )

    def _duty(self, node: Node) -> Duty:
        part = node.record("id", "title", "cite", optional=("label", "deadline", "due", "routes", "when"))
        due = part["due"].text() if "due" in part else None
        if due is not None and due not in self.dates:
            part["due"].fail(f"no date {due!r}", f"没有日期 {due!r}")
        return Duty(
            id=part["id"].text(),
            label=(part["label"] if "label" in part else part["id"]).text(),
            title=part["title"].bilingual(),
            deadline=part["deadline"].bilingual() if "deadline" in part else None,
            due=due,
            routes=_routes(part.get("routes")),
            when=parse_condition(part["when"], self.scope) if "when" in part else None,
            cites=parse_cites(part["cite"], self.sources),
            place=node.place,
        )


def _routes(node: Node | None) -> tuple[Route, ...]:
    return tuple(Route(item.choice(*_ROUTES)) for item in node.items()) if node else ()


def _confidence(node: Node | None) -> str:
    return node.choice(*CONFIDENCE) if node else "high"
