"""Least data 最小必要建议: the smallest changes to the data that change the pathway or an obligation.

Every proposal is determined anew with the counts that a re-count gives. Proposed are changes to the data only: drop a
field, mask it, generalise it, aggregate it, keep it in China and send results, send to fewer recipients.

Rules this module keeps:
 * never proposed: another purpose, entity or date, splitting, or anything else about the handler;
 * a count changes only through ``recount``: dropping an identifier lowers nothing by itself, and pseudonymised or
   masked data stay personal unless the re-count says otherwise;
 * all sets of up to three changes are tried; larger sets are found greedily and marked so. Dropping a field, keeping
   it at home and aggregating it send the same thing, nothing of it, so they are tried once and named together;
 * a set is shown only when no smaller shown set inside it leads to as much;
 * ties are settled by what is lost, then by the order of the fields, so that the same profile gets the same advice.

Source: cn/pipl-2021#6, cn/pipl-2021#19, cn/cac-qa-2025-04#necessity.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from feiyu.base.text import Text
from feiyu.rules.books import Rulebooks
from feiyu.rules.errors import TooManyFields
from feiyu.rules.model import FREE, Determination, Route

MAX_SET = 3
MAX_FIELDS = 80
_COUNTS = ("general_in", "sensitive_in", "general_in_upper", "sensitive_in_upper")
_RECIPIENT = ("recipient_country", "onward_outside_gba", "recipient_restricted")
_RANK = {
    Route.NOT_OUTBOUND: 0, Route.EXEMPT: 1, Route.FTZ_GENERAL_LIST: 1, Route.FTZ_OFF_LIST: 1, Route.SCC_OR_CERT: 2,
    Route.HUMAN_REVIEW: 3, Route.NEEDS_INFO: 4, Route.SA: 5, Route.HOLD: 6, Route.PROHIBITED: 7,
}  # fmt: skip


class Kind(StrEnum):
    """What may be done to a field, from the largest loss to the smallest."""

    DROP = "drop"
    KEEP_HOME = "keep_home"
    AGGREGATE = "aggregate"
    MASK = "mask"
    GENERALISE = "generalise"
    FEWER_RECIPIENTS = "fewer_recipients"


_KIND = {
    Kind.DROP: Text("删除字段 {field}", "drop {field}"),
    Kind.KEEP_HOME: Text("{field} 留在境内，只发送计算结果", "keep {field} in China and send results only"),
    Kind.AGGREGATE: Text("将 {field} 汇总为统计值", "aggregate {field} to statistics"),
    Kind.MASK: Text("遮盖 {field}（遮盖后仍属个人信息）", "mask {field} (still personal information)"),
    Kind.GENERALISE: Text("降低 {field} 的精度", "generalise {field}"),
    Kind.FEWER_RECIPIENTS: Text("减少接收方：{field}", "fewer recipients: {field}"),
}
_REMOVES = frozenset({Kind.DROP, Kind.KEEP_HOME, Kind.AGGREGATE})
_LOSS = {
    Kind.GENERALISE: 1, Kind.MASK: 2, Kind.FEWER_RECIPIENTS: 2, Kind.AGGREGATE: 3, Kind.KEEP_HOME: 4, Kind.DROP: 5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one field (or to the recipients)."""

    kind: Kind
    field: str

    @property
    def text(self) -> Text:
        """What is done, in both languages."""
        return _KIND[self.kind].format(field=self.field)

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {"kind": self.kind.value, "field": self.field, "text": self.text.as_dict()}


@dataclass(frozen=True, slots=True, kw_only=True)
class DataField:
    """A field as the advice sees it.

    ``kinds`` are the changes that make sense for it, the preferred first; fields that the purpose needs have none.
    """

    name: str
    personal: bool
    sensitive: bool
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One set of changes, determined anew.

    ``lost`` are the fields no longer sent in full; ``instead`` are changes that have the same effect as one of the set;
    ``greedy``: found step by step, so a smaller set may exist.
    """

    changes: tuple[Change, ...]
    before: Route
    after: Determination
    counts: Mapping[str, int]
    lost: tuple[str, ...]
    dropped_obligations: tuple[str, ...]
    gained_options: tuple[str, ...]
    greedy: bool
    instead: tuple[Change, ...]

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {
            "changes": [change.as_dict() for change in self.changes],
            "instead": [change.as_dict() for change in self.instead],
            "before": self.before.value,
            "route": self.after.route.value,
            "rule": self.after.rule,
            "options": list(self.after.options),
            "reason": self.after.reason.as_dict(),
            "counts": dict(self.counts),
            "lost": list(self.lost),
            "dropped_obligations": list(self.dropped_obligations),
            "gained_options": list(self.gained_options),
            "greedy": self.greedy,
        }


Recount = Callable[[tuple[Change, ...]], Mapping[str, object]]
"""Given changes, the facts that a re-count of the changed data gives: counts, ``contains_pi`` where it changes, and, with
recipients left out, the facts about those that remain."""


def least_data(
    rulebooks: Rulebooks,
    facts: Mapping[str, object],
    fields: Sequence[DataField],
    *,
    at: date,
    recount: Recount,
    limit: int = 8,
) -> tuple[Advice, ...]:
    """The smallest sets of changes that lead to an easier route or to fewer obligations, best first."""
    changeable = sum(bool(field.kinds) for field in fields)
    if changeable > MAX_FIELDS:
        raise TooManyFields(size=changeable, limit=MAX_FIELDS)
    search = _Search(rulebooks, facts, at=at, recount=recount, fields=fields)
    changes = search.changes()
    found: list[Advice] = []
    for size in range(1, MAX_SET + 1):
        free = [frozenset(advice.changes) for advice in found if advice.after.route in FREE]
        for some in combinations(changes, size):
            if len({change.field for change in some}) < size or any(one <= set(some) for one in free):
                continue
            advice = search.attempt(some, greedy=False)
            if advice and not _worse(advice, found):
                found.append(advice)
    if not any(advice.after.route in FREE for advice in found):
        found += _greedy(search, changes)
    return tuple(sorted(found, key=_order)[:limit])


def _worse(advice: Advice, found: Sequence[Advice]) -> bool:
    """Whether a shown set lies inside this one and leads to as much."""
    return any(
        set(other.changes) < set(advice.changes)
        and _RANK[other.after.route] <= _RANK[advice.after.route]
        and set(advice.dropped_obligations) <= set(other.dropped_obligations)
        for other in found
    )


class _Search:
    """Determines sets of changes, remembering what each re-count gave."""

    def __init__(
        self,
        rulebooks: Rulebooks,
        facts: Mapping[str, object],
        *,
        at: date,
        recount: Recount,
        fields: Sequence[DataField],
    ) -> None:
        self.facts, self.recount, self.at, self.fields = facts, recount, at, fields
        self.program = rulebooks.program(at)
        self.start = self.program.determine(facts, at=at, trace=False)
        self.duties = {duty.id for duty in self.start.obligations}
        self._seen: dict[tuple[tuple[str, object], ...], Determination] = {}

    def changes(self) -> list[Change]:
        """The changes worth trying: one that sends nothing of a field, and those that alter what is sent of it.

        A change that alters a field is tried in sets only when the re-count answers it at all: masked data stay
        personal, so masking mostly alters nothing that the law looks at.
        """
        nothing = self.counted(())
        found = []
        for field in self.fields:
            removing = [kind for kind in field.kinds if kind in _REMOVES]
            if removing:
                found.append(Change(removing[0], field.name))
            for kind in field.kinds:
                change = Change(kind, field.name)
                if kind not in _REMOVES and self.counted((change,)) != nothing:
                    found.append(change)
        return found

    def counted(self, changes: tuple[Change, ...]) -> dict[str, object]:
        """The facts that the re-count gives, reduced to those it may change."""
        given = self.recount(changes)
        # Only leaving out recipients may say something else of the recipients.
        fewer = any(change.kind is Kind.FEWER_RECIPIENTS for change in changes)
        names = (*_COUNTS, "contains_pi", *(_RECIPIENT if fewer else ()))
        return self._within({name: given[name] for name in names if name in given})

    def _within(self, told: dict[str, object]) -> dict[str, object]:
        """With no more persons counted twice or exempt than the re-count leaves in the file."""
        for kind in ("general", "sensitive"):
            now = told.get(f"{kind}_in")
            for part in (f"{kind}_overlap", f"{kind}_exempt"):
                had = self.facts.get(part)
                if isinstance(now, int) and isinstance(had, int) and had > now:
                    told[part] = now
        return told

    def determine(self, told: dict[str, object]) -> Determination:
        """Determine with the re-counted facts; equal facts are determined once."""
        key = tuple(sorted(told.items()))
        found = self._seen.get(key)
        if found is None:
            found = self.program.determine({**self.facts, **told}, at=self.at, trace=False)
            self._seen[key] = found
        return found

    def attempt(self, changes: tuple[Change, ...], *, greedy: bool) -> Advice | None:
        """Advice for a set, when it is easier than the start."""
        told = self.counted(changes)
        found = self.determine(told)
        gone = self.duties - {duty.id for duty in found.obligations}
        easier = _RANK[found.route] < _RANK[self.start.route]
        gained = set(found.options) - set(self.start.options)
        lighter = found.route is self.start.route and (gone or gained)
        if not easier and not lighter:
            return None
        return Advice(
            changes=changes,
            before=self.start.route,
            after=found,
            counts={name: value for name, value in told.items() if isinstance(value, int)},
            lost=tuple(dict.fromkeys(change.field for change in changes)),
            dropped_obligations=tuple(duty.id for duty in self.start.obligations if duty.id in gone),
            gained_options=tuple(option for option in found.options if option in gained),
            greedy=greedy,
            instead=tuple(other for change in changes for other in self._instead(change)),
        )

    def _instead(self, change: Change) -> Iterator[Change]:
        if change.kind not in _REMOVES:
            return
        field = next(one for one in self.fields if one.name == change.field)
        for kind in field.kinds:
            if kind in _REMOVES and kind is not change.kind:
                yield Change(kind, field.name)


def _greedy(search: _Search, changes: Sequence[Change]) -> list[Advice]:
    """Beyond three: add, one by one, the change that lowers sensitive persons most, then all persons."""
    taken: list[Change] = []
    while len(taken) < len({change.field for change in changes}):
        used = {change.field for change in taken}
        rest = [change for change in changes if change.field not in used]
        if not rest:
            return []
        best = min(rest, key=lambda change: (_weight(search, (*taken, change)), _LOSS[change.kind]))
        taken.append(best)
        if len(taken) > MAX_SET:
            advice = search.attempt(tuple(taken), greedy=True)
            if advice:
                return [advice]
    return []


def _weight(search: _Search, changes: tuple[Change, ...]) -> tuple[int, int, int]:
    told = search.counted(changes)
    found = search.determine(told)
    sensitive, general = told.get("sensitive_in"), told.get("general_in")
    return (
        _RANK[found.route],
        sensitive if isinstance(sensitive, int) else 0,
        general if isinstance(general, int) else 0,
    )


def _order(advice: Advice) -> tuple[int, int, int]:
    loss = sum(_LOSS[change.kind] for change in advice.changes)
    return _RANK[advice.after.route], len(advice.changes), loss


def kinds_for(type_id: str, *, personal: bool, sensitive: bool) -> tuple[Kind, ...]:
    """The changes that make sense for a field of a semantic type."""
    if type_id in _PLACES:
        return (Kind.GENERALISE, Kind.KEEP_HOME, Kind.AGGREGATE, Kind.DROP)
    if sensitive:
        return (Kind.KEEP_HOME, Kind.AGGREGATE, Kind.DROP)
    if personal:
        return (Kind.MASK, Kind.KEEP_HOME, Kind.DROP)
    return ()


_PLACES = frozenset(
    {"trajectory", "lonlat", "longitude", "latitude", "birth_date", "age", "income", "timestamp"}
)


def fields_of(
    profile_fields: Iterable[Mapping[str, object]], *, needed: Iterable[str] = ()
) -> tuple[DataField, ...]:
    """The fields of a ``feiyu-profile/1`` for the advice; what the purpose needs is left alone."""
    keep = frozenset(needed)
    found = []
    for field in profile_fields:
        name, personal, sensitive = str(field["name"]), bool(field["personal"]), bool(field["sensitive"])
        kinds = () if name in keep else kinds_for(str(field["type"]), personal=personal, sensitive=sensitive)
        found.append(DataField(name=name, personal=personal, sensitive=sensitive, kinds=kinds))
    return tuple(found)
