"""Worked examples of a rulebook: facts at a date, and what must come out. Read by people, and run as tests.

Rules this module keeps:
 * an example names its facts by the rulebook's own names and cites registered articles;
 * ``base`` holds what the examples of a file share; ``given`` wins over it, and ``unknown`` takes a fact away.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from feiyu.base.text import Text
from feiyu.rules.books import PATHWAY, Rulebooks
from feiyu.rules.load import yaml_files
from feiyu.rules.model import Determination
from feiyu.rules.rulebook import Rulebook
from feiyu.rules.sources import Cite, parse_cites
from feiyu.rules.strict_yaml import Node, parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """One example. ``also`` are labels of obligations that must be among the answer's."""

    id: str
    title: Text
    at: date
    facts: Mapping[str, object]
    switches: Mapping[str, str]
    route: str
    rule: str
    options: tuple[str, ...]
    action: str | None
    also: tuple[str, ...]
    missing: tuple[str, ...]
    cites: tuple[Cite, ...]
    confidence: str
    place: str

    def differs(self, found: Determination) -> str | None:
        """What of the answer is not as the example says; ``None`` when all is."""
        labels = {duty.label for duty in found.obligations}
        facts = {item.fact for item in found.missing}
        pairs: tuple[tuple[str, object, object], ...] = (
            ("route", self.route, found.route.value),
            ("rule", self.rule, found.rule),
            ("options", self.options, found.options),
            ("action", self.action, found.action),
            ("also", set(self.also) - labels, set()),
            ("missing", set(self.missing) - facts, set()),
        )
        wrong = [f"{name}: wanted {want}, found {have}" for name, want, have in pairs if want != have]
        return f"{self.place} {self.id}: " + "; ".join(wrong) if wrong else None


def worked_cases(rulebooks: Rulebooks, name: str = PATHWAY) -> Iterator[Worked]:
    """All examples of a rulebook."""
    book = rulebooks.book(name)
    for path, data in yaml_files(rulebooks.root, f"{name}/cases"):
        part = parse(data, path).record("base", "cases")
        base = _facts(part["base"], book)
        for item in part["cases"].items():
            yield _case(item, base, book, rulebooks)


def _facts(node: Node, book: Rulebook) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, item in node.mapping().items():
        fact = book.facts.get(name)
        if fact is None:
            item.fail(f"no fact {name!r}", f"没有事实 {name!r}")
        if item.raw == "unknown":
            found[name] = "unknown"
        elif fact.kind in {"count", "hundredths"}:
            found[name] = item.integer()
        elif fact.kind == "date":
            found[name] = item.day()
        else:
            found[name] = item.text()
    return found


def _case(node: Node, base: Mapping[str, object], book: Rulebook, rulebooks: Rulebooks) -> Worked:
    part = node.record("id", "title", "at", "given", "expect", "cite", "confidence", optional=("switches",))
    expect = part["expect"].record("route", "rule", optional=("options", "action", "also", "missing"))
    switches = part["switches"].mapping() if "switches" in part else {}
    return Worked(
        id=part["id"].text(),
        title=part["title"].bilingual(),
        at=part["at"].day(),
        facts={**base, **_facts(part["given"], book)},
        switches={key: value.text() for key, value in switches.items()},
        route=expect["route"].text(),
        rule=expect["rule"].text(),
        options=expect["options"].texts() if "options" in expect else (),
        action=expect["action"].text() if "action" in expect else None,
        also=expect["also"].texts() if "also" in expect else (),
        missing=expect["missing"].texts() if "missing" in expect else (),
        cites=parse_cites(part["cite"], rulebooks.sources),
        confidence=part["confidence"].choice("high", "medium", "low"),
        place=node.place,
    )
