"""Least-data advice for a scanned file, with honest re-counts.

Rules this module keeps:
 * dropping an identifier lowers no count while anything personal remains of the row: pseudonymised data stay personal;
 * with everything personal dropped, nobody is left; with everything sensitive dropped, nobody is sensitive;
 * with some of several sensitive fields dropped, the rows are counted again without them;
 * masking and generalising change no count, except coarse places: a track cut to whole degrees is no precise location,
   which only a scan of the changed data may say, so it is not assumed here.

Source: cn/pipl-2021#4, cn/pipl-2021#28; DESIGN, least data.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from feiyu.rules import Rulebooks
from feiyu.rules.least import Advice, Change, DataField, Kind, least_data
from feiyu.scan import profile

_REMOVES = {Kind.DROP, Kind.KEEP_HOME, Kind.AGGREGATE}


def advise(
    rulebooks: Rulebooks, facts: Mapping[str, object], found: Mapping[str, Any], path: Path, *, at: date,
    key: bytes | None = None, needed: Sequence[str] = (),
) -> tuple[Advice, ...]:  # fmt: skip
    """The smallest changes to the data that ease the pathway. ``needed`` fields are never touched."""
    table = found["tables"][0]
    fields = [one for one in table["fields"] if one["personal"] or one["sensitive"]]
    if not fields:
        return ()
    made = [
        DataField(
            name=one["name"], personal=one["personal"], sensitive=one["sensitive"],
            kinds=() if one["name"] in needed else (Kind.DROP, Kind.KEEP_HOME, Kind.AGGREGATE),
        )
        for one in fields
    ]  # fmt: skip
    recount = _Recount(facts, fields, path, key)
    return least_data(rulebooks, facts, made, at=at, recount=recount)


class _Recount:
    """Counts after a change; what was counted once is remembered."""

    def __init__(
        self, facts: Mapping[str, object], fields: Sequence[Mapping[str, Any]], path: Path, key: bytes | None
    ) -> None:
        self.personal = frozenset(one["name"] for one in fields)
        self.sensitive = frozenset(one["name"] for one in fields if one["sensitive"])
        self.facts, self.path, self.key = facts, path, key
        self._seen: dict[frozenset[str], dict[str, object]] = {}

    def __call__(self, changes: tuple[Change, ...]) -> Mapping[str, object]:
        """The facts that change."""
        gone = frozenset(change.field for change in changes if change.kind in _REMOVES)
        if gone >= self.personal:
            nobody: dict[str, object] = {"contains_pi": "no"}
            return nobody | dict.fromkeys(
                ("general_in", "general_in_upper", "sensitive_in", "sensitive_in_upper"), 0
            )
        lost = gone & self.sensitive
        if lost not in self._seen:
            self._seen[lost] = self._without(lost)
        return self._seen[lost]

    def _without(self, lost: frozenset[str]) -> dict[str, object]:
        names = ("general_in", "general_in_upper", "sensitive_in", "sensitive_in_upper")
        now = {name: self.facts[name] for name in names if name in self.facts}
        if not lost or not all(isinstance(value, int) for value in now.values()):
            return now
        if lost < self.sensitive:
            return self._counted_again(lost)
        general, sensitive = int(str(now["general_in"])), int(str(now["sensitive_in"]))
        upper = int(str(now.get("general_in_upper", general)))
        return {
            "general_in": general + sensitive, "general_in_upper": max(upper, general + sensitive),
            "sensitive_in": 0, "sensitive_in_upper": 0,
        }  # fmt: skip

    def _counted_again(self, lost: frozenset[str]) -> dict[str, object]:
        persons = profile(self.path, key=self.key, drop=lost).tables[0].persons
        sensitive = persons.sensitive
        return {
            "general_in": max(0, persons.counted - sensitive.counted),
            "general_in_upper": max(0, persons.upper - sensitive.counted),
            "sensitive_in": sensitive.counted, "sensitive_in_upper": sensitive.upper,
        }  # fmt: skip
