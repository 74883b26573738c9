"""Least-data advice for a scanned file, with honest re-counts.

Rules this module keeps:
 * dropping an identifier lowers no count while anything personal remains of the row: pseudonymised data stay personal;
 * with everything personal dropped, nobody is left, unless a field that nobody understood remains; with everything
   sensitive dropped, nobody is sensitive, and those who were count as general persons;
 * with some of several sensitive fields dropped, the rows are counted again without them;
 * masking changes no count; generalising changes one only when a scan of the changed table no longer calls the field
   sensitive, and never lowers the number of persons;
 * leaving out recipients changes what is said of the recipients, and nothing else.

Source: cn/pipl-2021#4, cn/pipl-2021#28; DESIGN, least data.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from feiyu.edge.assess import personal_facts, persons_facts, recipient_facts
from feiyu.edge.coarse import COARSER, still_sensitive
from feiyu.rules import Rulebooks
from feiyu.rules.least import Advice, Change, DataField, Kind, fields_of, least_data
from feiyu.scan import profile
from feiyu.scan.own import OwnTypes

_REMOVES = {Kind.DROP, Kind.KEEP_HOME, Kind.AGGREGATE}
_COUNTS = ("general_in", "general_in_upper", "sensitive_in", "sensitive_in_upper")


def advise(
    rulebooks: Rulebooks, facts: Mapping[str, object], found: Mapping[str, Any], path: Path, *, at: date,
    key: bytes | None = None, needed: Sequence[str] = (), recipients: Sequence[str] = (), own: OwnTypes | None = None,
) -> tuple[Advice, ...]:  # fmt: skip
    """The smallest changes to the data that ease the pathway.

    ``needed`` fields are never touched. ``recipients`` are the countries of several recipients; leaving out all but one
    kind of them may open a way.
    """
    fields = _personal_fields(found)
    if not fields:
        return ()
    made = [
        *fields_of(fields.values(), needed=needed),
        *(
            DataField(name=country, personal=False, sensitive=False, kinds=(Kind.FEWER_RECIPIENTS,))
            for country in dict.fromkeys(recipients)
            if len(set(recipients)) > 1
        ),
    ]
    recount = _Recount(facts, found, path, key=key, recipients=recipients, own=own)
    return least_data(rulebooks, facts, made, at=at, recount=recount)


def _personal_fields(found: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Every personal or sensitive field of any table, by name: dropping a name drops it in every table."""
    fields: dict[str, Mapping[str, Any]] = {}
    for table in found["tables"]:
        for one in table["fields"]:
            if one["personal"] or one["sensitive"]:
                held = fields.get(one["name"], one)
                fields[one["name"]] = {
                    "name": one["name"], "type": one["type"],
                    "personal": held["personal"] or one["personal"],
                    "sensitive": held["sensitive"] or one["sensitive"],
                }  # fmt: skip
    return fields


class _Recount:
    """Counts after a change; what was counted once is remembered."""

    def __init__(
        self, facts: Mapping[str, object], found: Mapping[str, Any], path: Path, *, key: bytes | None,
        recipients: Sequence[str], own: OwnTypes | None,
    ) -> None:  # fmt: skip
        fields = _personal_fields(found)
        self.types = {name: str(one["type"]) for name, one in fields.items()}
        self.personal = frozenset(fields)
        self.sensitive = frozenset(name for name, one in fields.items() if one["sensitive"])
        self.facts, self.found, self.path, self.key, self.own = facts, found, path, key, own
        self.recipients = tuple(dict.fromkeys(recipients))
        self._seen: dict[frozenset[str], dict[str, object]] = {}
        self._coarse: dict[str, bool] = {}

    def __call__(self, changes: tuple[Change, ...]) -> Mapping[str, object]:
        """The facts that change."""
        gone = frozenset(change.field for change in changes if change.kind in _REMOVES)
        softer = frozenset(
            change.field
            for change in changes
            if change.kind is Kind.GENERALISE and self._softens(change.field)
        )
        left_out = {change.field for change in changes if change.kind is Kind.FEWER_RECIPIENTS}
        return self._counts(gone, softer) | self._recipients(left_out)

    def _counts(self, gone: frozenset[str], softer: frozenset[str]) -> dict[str, object]:
        if gone >= self.personal:
            return dict.fromkeys(_COUNTS, 0) | self._nobody(gone)
        lost = (gone | softer) & self.sensitive
        if lost not in self._seen:
            self._seen[lost] = self._without(lost)
        return self._seen[lost]

    def _nobody(self, gone: frozenset[str]) -> dict[str, object]:
        """Whether what is left holds anything personal: a field nobody understood keeps the question open."""
        tables = [
            {
                "persons": {"upper": 0},
                "fields": [one for one in table["fields"] if one["name"] not in gone],
            }
            for table in self.found["tables"]
        ]
        return personal_facts({"tables": tables, "partial": self.found.get("partial")}, {})

    def _recipients(self, left_out: set[str]) -> dict[str, object]:
        rest = [country for country in self.recipients if country not in left_out]
        return recipient_facts(rest) if left_out and rest else {}

    def _softens(self, field: str) -> bool:
        if field not in self._coarse:
            type_id = self.types[field]
            self._coarse[field] = (
                field in self.sensitive and type_id in COARSER
                and not still_sensitive(self.path, field, type_id, key=self.key)
            )  # fmt: skip
        return self._coarse[field]

    def _without(self, lost: frozenset[str]) -> dict[str, object]:
        now = {name: self.facts[name] for name in _COUNTS if name in self.facts}
        if not lost or not all(isinstance(value, int) for value in now.values()):
            return now
        if lost < self.sensitive:
            return persons_facts(profile(self.path, key=self.key, drop=lost, own=self.own).as_dict())
        general, sensitive = int(str(now["general_in"])), int(str(now["sensitive_in"]))
        upper = int(str(now.get("general_in_upper", general)))
        return {
            "general_in": general + sensitive, "general_in_upper": max(upper, general + sensitive),
            "sensitive_in": 0, "sensitive_in_upper": 0,
        }  # fmt: skip
