"""Two states of the law beside each other: what changed, and whose filings and grants change with it.

A state is a version of the rulebooks and a day. Between two versions rules and values are added, removed or altered;
between two days of one version texts take effect and end.

Rules this module keeps:
 * a value is shown with what it was and what it becomes;
 * whom a change concerns is found by determining real sets of facts (filings, grants, cases) under both states, never by
   guessing from the rules that changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from feiyu.base.text import Text
from feiyu.rules.books import Rulebooks
from feiyu.rules.model import Determination
from feiyu.rules.rulebook import Parameter, Rule, Rulebook
from feiyu.rules.sources import Source

Facts = Mapping[str, object]
_THINGS = {
    "rule": Text("规则", "rule"), "parameter": Text("数值", "value"), "switch": Text("解释开关", "switch"),
    "fact": Text("事实", "fact"), "obligation": Text("义务", "obligation"), "text": Text("法规", "text"),
}  # fmt: skip
_HOW = {
    "added": Text("新增", "added"), "removed": Text("移除", "removed"), "altered": Text("改动", "altered"),
    "begins": Text("开始适用", "begins"), "ends": Text("不再适用", "ends"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that differs. ``detail`` says what it is, or from what to what a value goes."""

    thing: str
    how: str
    name: str
    detail: Text | None = None

    @property
    def title(self) -> Text:
        """Thing and manner in words."""
        thing, how = _THINGS[self.thing], _HOW[self.how]
        return Text(f"{thing.zh}{how.zh}", f"{thing.en} {how.en}")

    @property
    def kind(self) -> str:
        """Thing and manner as a name."""
        return f"{self.thing} {self.how}"

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {
            "kind": self.kind,
            "name": self.name,
            "detail": self.detail.as_dict() if self.detail else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A filing, grant or case whose determination differs between two states of the law."""

    id: str
    before: Determination
    after: Determination

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {"id": self.id, "before": _short(self.before), "after": _short(self.after)}


def _short(found: Determination) -> dict[str, object]:
    return {
        "route": found.route.value, "rule": found.rule, "options": list(found.options), "action": found.action,
        "obligations": [duty.label for duty in found.obligations], "rulebook": found.rulebook,
        "at": found.at.isoformat(),
    }  # fmt: skip


def shifts(
    old: Rulebooks, new: Rulebooks, cases: Iterable[tuple[str, Facts]], *, at: date, then: date | None = None
) -> tuple[Shift, ...]:
    """The cases whose answer changes from ``old`` at ``at`` to ``new`` at ``then`` (``at`` unless given)."""
    found = []
    for ident, facts in cases:
        before = old.determine(facts, at=at, trace=False)
        after = new.determine(facts, at=then or at, trace=False)
        if _gist(before) != _gist(after):
            found.append(Shift(id=ident, before=before, after=after))
    return tuple(found)


def _gist(found: Determination) -> tuple[object, ...]:
    duties = frozenset(duty.id for duty in found.obligations)
    return found.route, found.options, found.action, duties


def compare(old: Rulebook, new: Rulebook) -> tuple[Change, ...]:
    """Rules, parameters, switches, facts and obligations that were added, removed or altered between two versions."""
    pairs: tuple[tuple[str, Mapping[Any, Any], Mapping[Any, Any]], ...] = (
        ("rule", _rules(old), _rules(new)),
        ("parameter", old.parameters, new.parameters),
        ("switch", old.switches, new.switches),
        ("fact", old.facts, new.facts),
        ("obligation", {duty.id: duty for duty in old.duties}, {duty.id: duty for duty in new.duties}),
    )
    return tuple(change for thing, one, two in pairs for change in _compare(thing, one, two))


def _rules(book: Rulebook) -> dict[str, Rule]:
    return {f"{rule.id}@{rule.since}": rule for rule in book.rules}


def _compare(thing: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        if before is None or after is None:
            yield Change(
                thing=thing,
                how="removed" if after is None else "added",
                name=name,
                detail=_title(before or after),
            )
        elif thing == "parameter":
            yield from _values(before, after)
        elif before != after:
            yield Change(thing=thing, how="altered", name=name, detail=_title(after))


def _title(item: Any) -> Text | None:
    title = getattr(item, "title", None)
    return title if isinstance(title, Text) else getattr(item, "question", None)


def _values(old: Parameter, new: Parameter) -> Iterator[Change]:
    before, after = ({value.since: value.value for value in one.values} for one in (old, new))
    for day in sorted({*before, *after}):
        if before.get(day) != after.get(day):
            detail = _from_to(before.get(day), after.get(day), new)
            how = "added" if day not in before else "removed" if day not in after else "altered"
            yield Change(thing="parameter", how=how, name=f"{new.name}@{day}", detail=detail)


def _from_to(before: int | None, after: int | None, parameter: Parameter) -> Text:
    one, two = (f"{value:,}" if value is not None else "—" for value in (before, after))
    return Text(f"{parameter.title.zh}：{one} → {two}", f"{parameter.title.en}: {one} → {two}")


def changes_between(
    book: Rulebook, first: date, last: date, *, sources: Mapping[str, Source] | None = None
) -> tuple[Change, ...]:
    """What begins and ends after ``first`` up to and including ``last``: the law's own diff between two days."""
    found: list[tuple[date, Change]] = []
    for rule in book.rules:
        name = f"{rule.id}@{rule.since}"
        if first < rule.since <= last:
            found.append((rule.since, Change(thing="rule", how="begins", name=name, detail=rule.title)))
        if rule.until and first < rule.until <= last:
            name = f"{rule.id}@{rule.until}"
            found.append((rule.until, Change(thing="rule", how="ends", name=name, detail=rule.title)))
    for parameter in book.parameters.values():
        earlier: int | None = None
        for value in sorted(parameter.values, key=lambda value: value.since):
            if first < value.since <= last and value.value != earlier:
                detail = _from_to(earlier, value.value, parameter)
                name = f"{parameter.name}@{value.since}"
                found.append((value.since, Change(thing="parameter", how="begins", name=name, detail=detail)))
            earlier = value.value
    for source in (sources or {}).values():
        found += _text(source, first, last)
    return tuple(change for _, change in sorted(found, key=lambda one: one[0]))


def _text(source: Source, first: date, last: date) -> Iterator[tuple[date, Change]]:
    if first < source.effective_from <= last:
        name = f"{source.id}@{source.effective_from}"
        yield source.effective_from, Change(thing="text", how="begins", name=name, detail=source.title)
    if source.effective_to and first <= source.effective_to < last:
        name = f"{source.id}@{source.effective_to}"
        yield source.effective_to, Change(thing="text", how="ends", name=name, detail=source.title)
