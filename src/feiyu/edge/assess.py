"""From a profile, a scenario, the year so far and the exporter's answers to the facts of the law.

Two questions are answered: *this file alone*, and *with everything else this handler sends this year*.

Rules this module keeps:
 * persons come from the profile's three numbers: *counted* is the count, *upper* its upper end; several tables may
   speak of the same people, so they count between the largest table and the sum of all;
 * the scan only suspects: important data become ``none``, suspected or important by a signed human finding alone (``findings``), which
   an answer may make stricter and never milder;
 * a field nobody understood, or a profile that was cut short, never counts as "no personal information";
 * what the exporter did not say is unknown; the few special circumstances that are taken as absent (a request of a
   foreign court, a restricted recipient, another licence) are listed under ``assumed`` and become warnings;
 * facts are JSON: texts and whole numbers, so that the port can replay them from the signed document.

Sources: DESIGN invariants 5 and 7; cn/flow-provisions-2024#2.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from feiyu.rules import Determination, Rulebooks, project
from feiyu.rules.lifecycle import Crossing

Facts = dict[str, object]
_MODES = {
    "batch": "transfer", "feed": "transfer", "remote_access": "remote_access_from_abroad",
    "direct_entry": "store_abroad",
}  # fmt: skip
_ORIGINS = {"domestic": "prc", "overseas": "overseas_only", "mixed": "overseas_plus_prc_pi"}
_GROUNDS = frozenset({"contract", "hr", "emergency", "statutory_duty", "auto_guide"})
NOTHING: Mapping[str, Any] = {"general_before": 0, "sensitive_before": 0}
_BAY = frozenset({"HK", "MO"})
_SPECIAL = {
    "foreign_judicial_request": "no",
    "recipient_restricted": "no",
    "licence_required": "none",
}
_LICENSED_SECTORS = frozenset({"health", "pharma", "biomedicine", "mapping"})
_LICENSED_TYPES = frozenset({"gene_sequence", "genetic_variant", "plane_coordinate"})
_CORE = "state_secret_or_core"
_OF_SCENARIO = (
    "mode", "sector", "ground", "ground_conditions", "ground_scope", "foreign_judicial_request",
    "approval_obtained", "recipient_restricted", "licence_required", "licence_obtained", "general_list",
    "general_list_in_force", "general_list_matches", "general_list_conditions", "negative_list",
    "negative_list_covered", "negative_list_on_list", "negative_list_important", "negative_list_consequence",
    "onward_outside_gba", "prior_mechanism", "prior_valid", "prior_issued", "prior_effective", "prior_filed",
    "prior_unchanged", "prior_growth", "state_secret_or_core",
)  # fmt: skip
_STRICTER = ("unknown", "none", "self_suspected", "notified_or_published")
FINDINGS = {
    "none": "none", "general": "none", "no": "none", "suspected": "self_suspected",
    "self_suspected": "self_suspected", "important": "notified_or_published",
    "notified_or_published": "notified_or_published",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Both answers, the facts of each, and when this year's persons will cross a line at the pace so far."""

    alone: Determination
    year: Determination
    facts_alone: Facts
    facts: Facts
    crossings: tuple[Crossing, ...]


def facts_for(
    profile: Mapping[str, Any],
    scenario: Mapping[str, Any],
    totals: Mapping[str, Any] | None,
    exporter: Mapping[str, Any],
    finding: str | None = None,
) -> Facts:
    """The facts of one export.

    Args:
        profile: a ``feiyu-profile/1``.
        scenario: purpose, ground, sector, country or countries, mode or cadence, origin; and any fact it states.
        totals: persons already sent this year, exempt persons left out: ``persons`` and ``sensitive``, each a number
            or ``{"lower", "counted", "upper"}``; or the four facts ``general_before`` … by name. ``None``: not known.
            ``after``, of the same form, is the exact union with this file; what it lacks was counted before.
        exporter: the answers only people can give, by the names of ``facts.yaml``; ``important_finding`` is the
            signed human finding (``none``, ``suspected``, ``important``) where none is kept.
        finding: what the kept findings say (``findings.settled``).
    """
    facts: Facts = {"mode": "transfer", "origin": "prc", "ground": "none"}
    facts |= _scenario_facts(scenario)
    facts |= persons_facts(profile)
    facts |= _before(totals)
    facts |= _overlap(facts, totals)
    answers = dict(exporter)
    answered = answers.pop("important_finding", None)
    facts |= answers
    facts |= _important(facts, answered, finding)
    facts |= personal_facts(profile, facts)
    assumed = _assume(profile, facts)
    if assumed:
        facts["assumed"] = assumed
    return facts


def assess(
    rulebooks: Rulebooks,
    profile: Mapping[str, Any],
    *,
    scenario: Mapping[str, Any],
    totals: Mapping[str, Any] | None,
    exporter: Mapping[str, Any],
    at: date,
    switches: Mapping[str, str] | None = None,
) -> Assessment:
    """Determine this file alone, and with everything else sent this year."""
    alone = facts_for(profile, scenario, NOTHING, exporter)
    facts = facts_for(profile, scenario, totals, exporter)
    return Assessment(
        alone=rulebooks.determine(alone, at=at, switches=switches),
        year=rulebooks.determine(facts, at=at, switches=switches),
        facts_alone=alone,
        facts=facts,
        crossings=crossings(rulebooks, facts, at=at),
    )


def assess_alone(
    rulebooks: Rulebooks,
    profile: Mapping[str, Any],
    *,
    scenario: Mapping[str, Any],
    exporter: Mapping[str, Any],
    at: date,
) -> Determination:
    """Determine this file as if nothing else were sent this year."""
    return rulebooks.determine(facts_for(profile, scenario, NOTHING, exporter), at=at)


def crossings(rulebooks: Rulebooks, facts: Mapping[str, object], *, at: date) -> tuple[Crossing, ...]:
    """When this year's persons, with this file, reach each line at the pace so far; nothing while they are not known."""
    totals = {}
    for kind in ("general", "sensitive"):
        parts = [facts.get(f"{kind}_{name}", 0) for name in ("before", "in", "overlap", "exempt")]
        if not all(isinstance(part, int) for part in parts):
            return ()
        before, now, overlap, exempt = (int(str(part)) for part in parts)
        totals[kind] = before + max(0, now - overlap - exempt)
    return project(rulebooks, totals, at=at)


def _scenario_facts(scenario: Mapping[str, Any]) -> Facts:
    facts: Facts = {name: scenario[name] for name in _OF_SCENARIO if scenario.get(name) is not None}
    if facts.get("ground") not in _GROUNDS:
        facts["ground"] = "none"
    if scenario.get("cadence") in _MODES:
        facts["mode"] = _MODES[scenario["cadence"]]
    if scenario.get("mode") in {"observe", "strip", "hold", "cut"}:
        facts["mode"] = "transfer"
    origin = scenario.get("origin")
    if origin is not None:
        facts["origin"] = _ORIGINS.get(origin, origin)
    several = scenario.get("countries") or ()
    country = scenario.get("recipient_country") or scenario.get("country")
    if country is not None:
        several = (country, *several)
    return facts | recipient_facts(several) if several else facts


def recipient_facts(countries: Sequence[str]) -> Facts:
    """The facts of one or several recipients: one outside the Greater Bay Area speaks for all of them."""
    outside = [country for country in countries if country not in _BAY]
    if not outside or len(set(countries)) == 1:
        return {"recipient_country": countries[0]}
    return {"recipient_country": outside[0]}


def persons_facts(profile: Mapping[str, Any]) -> Facts:
    """Persons of the profile: general and sensitive apart, each from *counted* up to *upper*."""
    tables = [table["persons"] for table in profile["tables"]]
    if profile.get("partial"):
        return {"general_in": "unknown", "sensitive_in": "unknown"}
    general = [max(0, one["counted"] - one["sensitive"]["counted"]) for one in tables]
    general_upper = sum(max(0, one["upper"] - one["sensitive"]["counted"]) for one in tables)
    sensitive = [one["sensitive"]["counted"] for one in tables]
    sensitive_upper = sum(one["sensitive"]["upper"] for one in tables)
    return {
        "general_in": max(general, default=0),
        "general_in_upper": max(general_upper, *general, 0),
        "sensitive_in": max(sensitive, default=0),
        "sensitive_in_upper": max(sensitive_upper, *sensitive, 0),
    }


def _three(value: Any) -> tuple[int, int]:
    if isinstance(value, Mapping):
        return value["counted"], value["upper"]
    return value, value


def _before(totals: Mapping[str, Any] | None) -> Facts:
    """Persons already sent this year."""
    if totals is None:
        return {"general_before": "unknown", "sensitive_before": "unknown"}
    if "persons" not in totals:
        return {name: totals[name] for name in totals if name.startswith(("general_", "sensitive_"))}
    persons, persons_upper = _three(totals["persons"])
    sensitive, sensitive_upper = _three(totals.get("sensitive", 0))
    return {
        "general_before": max(0, persons - sensitive),
        "general_before_upper": max(0, persons_upper - sensitive, persons - sensitive),
        "sensitive_before": sensitive,
        "sensitive_before_upper": sensitive_upper,
    }


def _overlap(facts: Facts, totals: Mapping[str, Any] | None) -> Facts:
    """Persons of this file who were counted before, from the exact union of the year with it."""
    after = (totals or {}).get("after")
    if after is None:
        return {}
    persons, _ = _three(after["persons"])
    sensitive, _ = _three(after.get("sensitive", 0))
    found: Facts = {}
    for kind, union in (("general", max(0, persons - sensitive)), ("sensitive", sensitive)):
        before, now = facts[f"{kind}_before"], facts[f"{kind}_in"]
        if isinstance(before, int) and isinstance(now, int):
            found[f"{kind}_overlap"] = max(0, min(before + now - union, before, now))
    return found


def _fields(profile: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [field for table in profile["tables"] for field in table["fields"]]


def _important(facts: Facts, answered: object, kept: str | None) -> Facts:
    """What human findings say, the strictest of them; the scan alone settles nothing."""
    if isinstance(answered, Mapping):
        answered = answered.get("level") or answered.get("finding")
    if answered is None and "important_status" in facts:
        answered = facts["important_status"]
    said = (FINDINGS.get(str(one), "unknown") for one in (answered, kept))
    status = max(said, key=_STRICTER.index)
    found: Facts = {"important_status": status}
    if kept == "core":
        found[_CORE] = "yes"
    elif _CORE not in facts:
        # A signed finding on the level speaks of core data too; without one the question stays open.
        found[_CORE] = "yes" if answered == "core" else "unknown" if status == "unknown" else "no"
    return found


def personal_facts(profile: Mapping[str, Any], facts: Mapping[str, object]) -> Facts:
    """Whether there is personal information; a person's answer counts only where the scan cannot tell."""
    tables = profile["tables"]
    if any(table["persons"]["upper"] for table in tables) or any(
        field["personal"] for field in _fields(profile)
    ):
        return {"contains_pi": "yes"}
    unclear = profile.get("partial") or any(
        field["state"] == "unread" or field["type"] == "unknown" for field in _fields(profile)
    )
    if unclear:
        return {"contains_pi": facts.get("contains_pi", "unknown")}
    return {"contains_pi": "no"}


def _assume(profile: Mapping[str, Any], facts: Facts) -> list[str]:
    """Take special circumstances as absent where nothing points at them; each is told in a warning."""
    holds = {
        name for field in _fields(profile) for name in (field["type"], *field["also"], *field["embedded"])
    }
    assumed = []
    for name, value in _SPECIAL.items():
        licensed = facts.get("sector") in _LICENSED_SECTORS or bool(holds & _LICENSED_TYPES)
        if name not in facts and not (name == "licence_required" and licensed):
            facts[name] = value
            assumed.append(name)
    return assumed
