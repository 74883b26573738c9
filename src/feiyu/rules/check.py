"""What must hold across the files of a rulebook; one fault refuses the whole.

Rules this module keeps:
 * entries of one rule id never overlap in time;
 * two rules of equal order that exist on a common day must be seen to exclude each other;
 * ``overrides`` names rules that exist, points from the earlier to the later, and makes no cycle;
 * on every day of a rule at least one of its cited texts is in force, and every parameter it uses has a value;
 * every obligation named by a rule exists.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from feiyu.rules.conditions import Condition, ParameterRef, exclusive
from feiyu.rules.rulebook import Branch, Rule, Rulebook
from feiyu.rules.sources import Cite, change_days
from feiyu.rules.strict_yaml import refuse


def check_rulebook(book: Rulebook) -> None:
    """Refuse a rulebook that breaks a law of the format."""
    _check_entries(book.rules)
    _check_order(book.rules)
    _check_overrides(book.rules)
    duties = {duty.id for duty in book.duties}
    for rule in book.rules:
        _check_cites(rule)
        _check_parameters(rule, book)
        _check_oblige(rule, duties)
    _check_unique(book)


def _check_entries(rules: Iterable[Rule]) -> None:
    entries: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        for other in entries[rule.id]:
            if _common_day(rule, other):
                refuse(
                    rule.place,
                    f"{rule.id} overlaps {other.place} in time",
                    f"{rule.id} 与 {other.place} 时间重叠",
                )
        entries[rule.id].append(rule)


def _common_day(one: Rule, two: Rule) -> bool:
    end_one, end_two = one.until or date.max, two.until or date.max
    return max(one.since, two.since) < min(end_one, end_two)


def _check_order(rules: tuple[Rule, ...]) -> None:
    for one, two in _pairs(rules):
        if one.order != two.order or not _common_day(one, two) or exclusive(one.when, two.when):
            continue
        refuse(
            two.place,
            f"{two.id} and {one.id} ({one.place}) have order {one.order} and may both apply",
            f"{two.id} 与 {one.id}（{one.place}）次序同为 {one.order}，且可能同时适用",
        )


def _pairs(rules: tuple[Rule, ...]) -> Iterator[tuple[Rule, Rule]]:
    for index, two in enumerate(rules):
        for one in rules[:index]:
            yield one, two


def _check_overrides(rules: tuple[Rule, ...]) -> None:
    known = {rule.id: rule for rule in rules}
    for rule in rules:
        for name in rule.overrides:
            if name not in known:
                refuse(rule.place, f"overrides unknown rule {name!r}", f"overrides 指向不存在的规则 {name!r}")
            if _reaches(known, name, rule.id, set()):
                refuse(
                    rule.place, f"overrides make a cycle through {name!r}", f"overrides 经 {name!r} 构成循环"
                )


def _reaches(known: Mapping[str, Rule], start: str, goal: str, seen: set[str]) -> bool:
    if start == goal:
        return True
    if start in seen or start not in known:
        return False
    seen.add(start)
    return any(_reaches(known, name, goal, seen) for name in known[start].overrides)


def _check_cites(rule: Rule) -> None:
    end = rule.until or date.max
    for day in sorted({rule.since} | {day for day in change_days(rule.cites) if rule.since < day < end}):
        if not any(cite.in_force(day) for cite in rule.cites):
            refuse(
                rule.place,
                f"{rule.id}: on {day} none of its texts is in force",
                f"{rule.id}：{day} 所引文本均未生效",
            )
    for cite in all_cites(rule):
        ended = cite.source.effective_to or date.max
        if cite.source.effective_from >= end or ended < rule.since:
            refuse(
                rule.place,
                f"{rule.id}: {cite.citation.ref} is never in force while the rule exists",
                f"{rule.id}：规则存续期间 {cite.citation.ref} 从未生效",
            )


def all_cites(rule: Rule) -> tuple[Cite, ...]:
    """Every citation of a rule, those of its outcomes too."""
    return (*rule.cites, *(cite for branch in rule.branches for cite in branch.cites))


def _check_parameters(rule: Rule, book: Rulebook) -> None:
    for name in sorted(parameter_names(rule, book.conditions)):
        if book.parameters[name].at(rule.since) is None:
            refuse(
                rule.place,
                f"{rule.id}: parameter {name} has no value on {rule.since}",
                f"{rule.id}：参数 {name} 在 {rule.since} 没有取值",
            )


def parameter_names(rule: Rule, definitions: Mapping[str, Condition]) -> set[str]:
    """The parameters that a rule's conditions compare with."""
    found: set[str] = set()
    tests = [rule.when, rule.unless, *(branch.when for branch in rule.branches)]
    for test in tests:
        if test is not None:
            _collect(test, definitions, found)
    return found


def _collect(test: Condition, definitions: Mapping[str, Condition], found: set[str]) -> None:
    if isinstance(test.value, ParameterRef):
        found.add(test.value.name)
    if test.word == "holds":
        _collect(definitions[test.name], definitions, found)
    for part in test.parts:
        _collect(part, definitions, found)


def _check_oblige(rule: Rule, duties: set[str]) -> None:
    for branch in rule.branches:
        for name in branch.oblige:
            if name not in duties:
                refuse(rule.place, f"{rule.id}: no obligation {name!r}", f"{rule.id}：没有义务 {name!r}")
    _check_ends(rule, rule.branches)


def _check_ends(rule: Rule, branches: tuple[Branch, ...]) -> None:
    # A rule either decides in every outcome or in none; otherwise "this rule hit" would not say whether it ended.
    routed = [branch.route is not None for branch in branches]
    if any(routed) and not all(routed):
        refuse(rule.place, f"{rule.id}: some outcomes have a route, some not", f"{rule.id}：部分结果缺少路径")
    if any(routed) and branches[-1].when is not None:
        refuse(
            rule.place,
            f"{rule.id}: the last outcome needs to stand without condition",
            f"{rule.id}：末项不得带条件",
        )


def _check_unique(book: Rulebook) -> None:
    for items in (book.options, book.duties):
        seen: dict[str, str] = {}
        for item in items:
            if item.id in seen:
                refuse(
                    item.place,
                    f"{item.id} stands twice ({seen[item.id]})",
                    f"{item.id} 重复（{seen[item.id]}）",
                )
            seen[item.id] = item.place
