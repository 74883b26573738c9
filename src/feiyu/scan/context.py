"""What a table as a whole says of its fields: rules as data (``data/context.yaml``), applied one after another.

A header or a value often suits a person and a thing alike; what stands beside it in the same table decides. Each rule says of which fields it
speaks, of which tables, and what these fields then are, with the reason that a person reads.

Rules this module keeps:
 * a rule names types and words only; a name that is neither a type nor a set of types stops the loading;
 * what a rule takes back it takes back from whole fields: where a field also holds something else, only that may say what it is;
 * rules stand in the order in which they are applied, and each sees what those before it found.

Sources: GB/T 35273-2020 Annex A (what makes a person identifiable); GB/T 45574-2025 Annex A.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, cast

import yaml

from feiyu.base.text import Text
from feiyu.scan import header, headtext, headwords
from feiyu.scan.catalogue import GENERIC, by_id
from feiyu.scan.detect import finished
from feiyu.scan.errors import BadTypes
from feiyu.scan.look import Look
from feiyu.scan.model import Field, Strength
from feiyu.scan.vocabulary import LOADER


@dataclass(frozen=True, slots=True)
class Words:
    """What a header says; any of these is enough.

    ``some``: one of its words, or two that follow each other; ``whole``: all of them; ``only``: each of them is one of these; ``last``: its last word;
    ``like``: somewhere in the header as it is written.
    """

    some: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()
    like: re.Pattern[str] | None = None

    def fit(self, name: str) -> bool:
        """Whether a header says so."""
        words = headtext.tokens(name)
        if self.like is not None and self.like.search(name):
            return True
        if self.whole and " ".join(words) in self.whole:
            return True
        if self.last and words[-1:] and words[-1] in self.last:
            return True
        if self.only and words and self.only.issuperset(words):
            return True
        return bool(self.some) and any(one in self.some for one in (*words, *map(" ".join, pairwise(words))))


@dataclass(frozen=True, slots=True)
class Table:
    """What a table must be, all of it.

    ``any``, ``also``: it holds one of these types, and one of those; ``none``: none of these; ``single``: one field of this type; ``personal``: nothing
    else that is personal; ``nobody_but``: nothing else that any firm would not have as well; ``headers``: each of them is said by some header;
    ``unsaid``: by none.
    """

    any: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    single: str = ""
    personal: frozenset[str] | None = None
    nobody_but: frozenset[str] | None = None
    headers: tuple[Words, ...] = ()
    unsaid: Words | None = None

    def fit(self, fields: Sequence[Field], held: Collection[str]) -> bool:
        """Whether these fields, which hold these types, are such a table."""
        if any(some and some.isdisjoint(held) for some in (self.any, self.also)) or not self.none.isdisjoint(
            held
        ):
            return False
        if self.single and sum(one.type == self.single for one in fields) != 1:
            return False
        if self.personal is not None and not all(k in self.personal for k in held if identifies(k)):
            return False
        if self.nobody_but is not None and not all(k in self.nobody_but for k in held if of_person(k)):
            return False
        if self.unsaid is not None and any(self.unsaid.fit(one.name) for one in fields):
            return False
        return all(any(words.fit(one.name) for one in fields) for words in self.headers)


@dataclass(frozen=True, slots=True)
class Rule:
    """Of which fields it speaks, in which tables (any of ``when``), and what they are: another type, or the same and nobody's.

    ``types``: of these; ``header``: under such a header; ``unlike``: under no such; ``untold``: whose header does not name their type;
    ``values``: nine in ten of whose sample look so; ``among``: whose sample is of these alone.
    """

    name: str
    types: frozenset[str]
    when: tuple[Table, ...]
    reason: Text
    header: Words | None = None
    unlike: Words | None = None
    untold: bool = False
    values: re.Pattern[str] | None = None
    among: frozenset[str] = frozenset()
    becomes: Mapping[str, str] | None = None
    confidence: int | None = None

    def means(self, field: Field, look: Look | None) -> bool:
        """Whether the rule speaks of this field."""
        if field.type not in self.types or field.also or field.embedded:
            return False
        if self.header is not None and not self.header.fit(field.name):
            return False
        if self.unlike is not None and self.unlike.fit(field.name):
            return False
        if self.untold and header.evidence(field.name)[by_id()[field.type].order] > 0:
            return False
        if self.values is not None and (look is None or look.share(self.values) < MOST):
            return False
        return not self.among or (look is not None and among(look, self.among))

    def of(self, field: Field) -> Field:
        """The field as the rule has it."""
        if self.becomes is None:
            both = Text(f"{field.reason.zh}{self.reason.zh}", f"{field.reason.en} {self.reason.en}")
            return replace(field, personal=False, sensitive=False, reason=both)
        sure = field.confidence if self.confidence is None else self.confidence
        kind = self.becomes[field.type]
        return finished(
            replace(field, type=kind, personal=False, sensitive=False, confidence=sure, reason=self.reason)
        )


MOST = 0.9


def among(look: Look, values: Collection[str]) -> bool:
    """Whether there is a sample, and all of it is of these values, in small letters."""
    seen = {value.lower() for value in look.values}
    return bool(seen) and all(value in values for value in seen)


def of_person(type_id: str) -> bool:
    """Whether a type speaks of a person, and not also of any firm."""
    one = by_id().get(type_id)
    return one is not None and one.personal and type_id not in sets()["of_firms"]


def identifies(type_id: str) -> bool:
    """Whether a type is personal, or counts persons."""
    one = by_id().get(type_id)
    return one is not None and (one.personal or one.strength is not Strength.NONE)


def held_in(fields: Sequence[Field]) -> set[str]:
    """All types that a table holds."""
    return {kind for one in fields for kind in one.holds}


def applied(fields: tuple[Field, ...], looks: Sequence[Look] = ()) -> tuple[Field, ...]:
    """The fields of a table after all rules; ``looks`` are their samples, where there are any."""
    held = held_in(fields)
    for rule in rules():
        if rule.types.isdisjoint(one.type for one in fields) or not any(
            table.fit(fields, held) for table in rule.when
        ):
            continue
        fields = tuple(
            rule.of(one) if rule.means(one, looks[one.index] if looks else None) else one for one in fields
        )
        held = held_in(fields)
    return fields


# --- the data ---
@cache
def _data() -> Mapping[str, Any]:
    text = files("feiyu.scan").joinpath("data/context.yaml").read_text(encoding="utf-8")
    return cast("Mapping[str, Any]", yaml.load(text, Loader=LOADER))  # noqa: S506 - the safe loader, in C where it is there


@cache
def sets() -> Mapping[str, frozenset[str]]:
    """Sets of types by name."""
    out: dict[str, frozenset[str]] = {"generic": frozenset(GENERIC)}
    for name, entries in _data()["types"].items():
        out[name] = _types(entries, name, out)
    return out


@cache
def words(name: str) -> frozenset[str]:
    """A list of words by name."""
    return headwords.listed(name) if name == "weighed" else _as_read(_data()["words"][name])


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in their order."""
    return tuple(_rule(name, dict(entry)) for name, entry in _data()["rules"].items())


def _rule(name: str, entry: dict[str, Any]) -> Rule:
    types, becomes, values = (
        _types(entry.pop("types"), name, sets()),
        entry.pop("becomes", None),
        entry.pop("values", None),
    )
    return Rule(
        name=name,
        types=types,
        when=tuple(_table(name, dict(one)) for one in entry.pop("when", ({},))),
        reason=Text(**entry.pop("reason")),
        header=_words(entry.pop("header", None)),
        unlike=_words(entry.pop("unlike", None)),
        values=None if values is None else re.compile(values, re.ASCII),
        among=frozenset(entry.pop("among", ())),
        becomes=dict.fromkeys(types, becomes) if isinstance(becomes, str) else becomes,
        **entry,
    )


def _table(rule: str, entry: dict[str, Any]) -> Table:
    types: dict[str, Any] = {
        key: _types(entry.pop(key), rule, sets())
        for key in ("any", "and", "none", "personal", "nobody_but")
        if key in entry
    }
    return Table(
        also=types.pop("and", frozenset()),
        headers=tuple(cast("Words", _words(one)) for one in entry.pop("headers", ())),
        unsaid=_words(entry.pop("unsaid", None)),
        **types,
        **entry,
    )


def _as_read(entries: Sequence[str]) -> frozenset[str]:
    """Words as the words of a header are read: in the singular, and in their one writing."""
    return frozenset(" ".join(headtext.tokens(one)) for one in entries)


def _words(entry: Mapping[str, Any] | None) -> Words | None:
    if entry is None:
        return None
    lists = {
        key: words(of) if isinstance(of, str) else _as_read(of) for key, of in entry.items() if key != "like"
    }
    return Words(**lists, like=re.compile(entry["like"]) if "like" in entry else None)


def _types(entries: str | Sequence[str], place: str, known: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset(
        kind
        for one in ([entries] if isinstance(entries, str) else entries)
        for kind in _named(one, place, known)
    )


def _named(one: str, place: str, known: Mapping[str, frozenset[str]]) -> Collection[str]:
    if one in known:
        return known[one]
    if one not in by_id() and one not in GENERIC:
        raise BadTypes(
            entry=place,
            reason=Text(f"“{one}”不是类型，也不是类型集", f"{one} is no type and no set of types"),
        )
    return (one,)
