"""Reference tables beside the pathway: other countries' law, incident clocks, the stress test against trade agreements.

Rules this module keeps:
 * every row cites registered texts; what is uncertain says how far it is trusted;
 * a note explains foreign law to a Chinese exporter; it decides nothing;
 * the stress test is an analysis and says so: a verdict comes with its reason and its articles.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from feiyu.base.text import Text
from feiyu.rules.books import Rulebooks
from feiyu.rules.errors import UnknownName
from feiyu.rules.load import CONFIDENCE, read_one, yaml_files
from feiyu.rules.model import Citation
from feiyu.rules.sources import Cite, Source, parse_cites
from feiyu.rules.strict_yaml import Node, parse

ROLES = ("cii", "central_organ", "bank_insurer", "other")
AGREEMENTS = ("RCEP", "CPTPP", "DEPA")
VERDICTS = {
    "passes": Text("可成立", "passes"),
    "passes_by_exception": Text("依例外条款可成立", "passes by an exception"),
    "exposed": Text("存在被质疑风险", "exposed"),
    "not_litigable": Text("有风险但不适用争端解决", "exposed but outside dispute settlement"),
}


REVERSE = {
    "prohibited": Text("禁止", "prohibited"),
    "restricted": Text("受限，须满足安全要求", "restricted: the security requirements must be met"),
    "below": Text("未达数量", "below the lines"),
    "unknown": Text("数量未明，不能判定", "the numbers are not known, so it cannot be said"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A quantity in another country's law."""

    id: str
    title: Text
    more_than: int
    unit: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reverse:
    """How another country's law limits what flows from there to here. ``countries``: those it reaches.

    ``combined``: of several lines together each has its own number (``each``), or all have the lowest (``lowest``).
    """

    countries: tuple[str, ...]
    window_months: int
    combined: str
    prohibited_deals: tuple[str, ...]
    restricted_deals: tuple[str, ...]
    prohibited_lines: tuple[str, ...]
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseAnswer:
    """``prohibited``, ``restricted``, ``below`` the lines, or ``unknown`` with the lines whose numbers are wanted."""

    verdict: str
    lines: tuple[str, ...]
    citations: tuple[Citation, ...]

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {
            "verdict": self.verdict,
            "name": REVERSE[self.verdict].as_dict(),
            "lines": list(self.lines),
            "citations": [cite.as_dict() for cite in self.citations],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """What an exporter should know of the law at the other end, or of the reverse flow."""

    id: str
    countries: tuple[str, ...]
    title: Text
    notes: tuple[Text, ...]
    lines: tuple[Line, ...]
    reverse: Reverse | None
    since: date
    cites: tuple[Cite, ...]
    confidence: str

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {
            "id": self.id,
            "countries": list(self.countries),
            "title": self.title.as_dict(),
            "notes": [note.as_dict() for note in self.notes],
            "lines": [
                {
                    "id": line.id,
                    "title": line.title.as_dict(),
                    "more_than": line.more_than,
                    "unit": line.unit.as_dict(),
                }
                for line in self.lines
            ],
            "citations": [cite.citation.as_dict() for cite in self.cites],
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentDuty:
    """A duty when something happened, with its clock. ``first_hours`` is ``None`` where the text says *at once*."""

    id: str
    title: Text
    to: Text
    first_hours: int | None
    closing_days: int | None
    roles: tuple[str, ...]
    persons_from: int
    cites: tuple[Cite, ...]
    confidence: str

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {
            "id": self.id,
            "title": self.title.as_dict(),
            "to": self.to.as_dict(),
            "first_hours": self.first_hours,
            "closing_days": self.closing_days,
            "citations": [cite.citation.as_dict() for cite in self.cites],
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a measure stands under one agreement."""

    agreement: str
    verdict: str
    reason: Text
    citations: tuple[Citation, ...]

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {
            "agreement": self.agreement,
            "verdict": self.verdict,
            "name": VERDICTS[self.verdict].as_dict(),
            "reason": self.reason.as_dict(),
            "citations": [cite.as_dict() for cite in self.citations],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Stress:
    """One PRC measure against the agreements."""

    id: str
    measure: Text
    rules: tuple[str, ...]
    restricts_flow: bool
    localises: bool
    objective: Text
    less_restrictive: Text
    discriminates_by_origin: bool
    mitigations: Text
    verdicts: tuple[Verdict, ...]
    cites: tuple[Cite, ...]

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {
            "id": self.id,
            "measure": self.measure.as_dict(),
            "rules": list(self.rules),
            "restricts_flow": self.restricts_flow,
            "localises": self.localises,
            "objective": self.objective.as_dict(),
            "least_restrictive_alternative": self.less_restrictive.as_dict(),
            "discriminates_by_origin": self.discriminates_by_origin,
            "mitigations": self.mitigations.as_dict(),
            "verdicts": [verdict.as_dict() for verdict in self.verdicts],
            "citations": [cite.citation.as_dict() for cite in self.cites],
            "kind": "analysis",
        }


def regimes(rulebooks: Rulebooks) -> tuple[Regime, ...]:
    """All foreign regimes that are described."""
    files = yaml_files(rulebooks.root, "intl")
    return tuple(_regime(parse(data, path), rulebooks.sources) for path, data in files)


def destination_notes(rulebooks: Rulebooks, country: str, at: date) -> tuple[Regime, ...]:
    """What to know of the law of one country (two letters) on a day."""
    return tuple(one for one in regimes(rulebooks) if country.upper() in one.countries and one.since <= at)


def _regime(node: Node, sources: Mapping[str, Source]) -> Regime:
    part = node.record(
        "id", "countries", "title", "since", "notes", "cite", "confidence", optional=("lines", "reverse")
    )
    rows = part["lines"].items() if "lines" in part else []
    return Regime(
        id=part["id"].text(),
        countries=part["countries"].texts(),
        title=part["title"].bilingual(),
        notes=tuple(note.bilingual() for note in part["notes"].items()),
        lines=tuple(_line(row) for row in rows),
        reverse=_reverse(part["reverse"], sources) if "reverse" in part else None,
        since=part["since"].day(),
        cites=parse_cites(part["cite"], sources),
        confidence=part["confidence"].choice(*CONFIDENCE),
    )


def _line(node: Node) -> Line:
    part = node.record("id", "title", "more_than", "unit")
    return Line(
        id=part["id"].text(),
        title=part["title"].bilingual(),
        more_than=part["more_than"].integer(),
        unit=part["unit"].bilingual(),
    )


def _reverse(node: Node, sources: Mapping[str, Source]) -> Reverse:
    part = node.record(
        "countries",
        "window_months",
        "combined",
        "prohibited_deals",
        "restricted_deals",
        "prohibited_lines",
        "cite",
    )
    return Reverse(
        countries=part["countries"].texts(),
        window_months=part["window_months"].integer(),
        combined=part["combined"].choice("each", "lowest"),
        prohibited_deals=part["prohibited_deals"].texts(),
        restricted_deals=part["restricted_deals"].texts(),
        prohibited_lines=part["prohibited_lines"].texts(),
        cites=parse_cites(part["cite"], sources),
    )


def reverse_flow(
    regime: Regime, *, persons: Mapping[str, int | None], deal: str, government: bool = False
) -> ReverseAnswer:
    """What the law at the other end says to data coming from there to China.

    Args:
        regime: one with a ``reverse`` part.
        persons: by line, persons (or devices) of any twelve months, anonymised or encrypted data included; ``None``: not
            known; a line left out: none of it.
        deal: the kind of dealing.
        government: whether data related to that country's government are among them; they count in any volume.
    """
    rule = regime.reverse
    assert rule is not None, "only regimes with a reverse part are asked"
    known = {line.id: line for line in regime.lines}
    deals = (*rule.prohibited_deals, *rule.restricted_deals)
    for what, given, allowed in (
        (Text("交易类型", "deal"), [deal], deals),
        (Text("数据类别", "line"), list(persons), tuple(known)),
    ):
        for word in given:
            if word not in allowed:
                raise UnknownName(what=what, name=word, allowed=", ".join(allowed))
    cites = tuple(cite.citation for cite in rule.cites)
    there = {name: number for name, number in persons.items() if number != 0}
    own = {name: known[name].more_than for name in there}
    lowest = min(own.values(), default=0)
    limits = dict.fromkeys(own, lowest) if rule.combined == "lowest" else own
    by_itself = {name for name, number in there.items() if number is not None and number > own[name]}
    over = tuple(name for name, number in there.items() if number is not None and number > limits[name])
    if (over or government) and (deal in rule.prohibited_deals or by_itself & set(rule.prohibited_lines)):
        return ReverseAnswer(verdict="prohibited", lines=over, citations=cites)
    open_lines = tuple(name for name, number in persons.items() if number is None)
    if open_lines:
        return ReverseAnswer(verdict="unknown", lines=open_lines, citations=cites)
    return ReverseAnswer(verdict="restricted" if over or government else "below", lines=over, citations=cites)


def incident_duties(
    rulebooks: Rulebooks, *, role: str, persons: int | None, at: date
) -> tuple[IncidentDuty, ...]:
    """The duties after an incident, shortest clock first.

    ``role`` is ``cii``, ``central_organ``, ``bank_insurer`` or ``other``; ``persons`` are those whose information leaked,
    and not knowing how many (``None``) is taken as many.
    """
    found = [duty for duty in _all_duties(rulebooks) if role in duty.roles and _bites(duty, persons, at)]
    return tuple(sorted(found, key=lambda duty: -1 if duty.first_hours is None else duty.first_hours))


def _bites(duty: IncidentDuty, persons: int | None, at: date) -> bool:
    return (persons is None or persons >= duty.persons_from) and any(cite.in_force(at) for cite in duty.cites)


def _all_duties(rulebooks: Rulebooks) -> tuple[IncidentDuty, ...]:
    return tuple(
        _duty(item, rulebooks.sources) for item in read_one(rulebooks.root, "incidents/duties.yaml").items()
    )


def _duty(node: Node, sources: Mapping[str, Source]) -> IncidentDuty:
    part = node.record(
        "id",
        "title",
        "to",
        "roles",
        "cite",
        "confidence",
        optional=("first_hours", "closing_days", "persons_from"),
    )
    return IncidentDuty(
        id=part["id"].text(),
        title=part["title"].bilingual(),
        to=part["to"].bilingual(),
        first_hours=part["first_hours"].integer() if "first_hours" in part else None,
        closing_days=part["closing_days"].integer() if "closing_days" in part else None,
        roles=part["roles"].texts(),
        persons_from=part["persons_from"].integer() if "persons_from" in part else 0,
        cites=parse_cites(part["cite"], sources),
        confidence=part["confidence"].choice(*CONFIDENCE),
    )


def stress_test(rulebooks: Rulebooks) -> tuple[Stress, ...]:
    """Every PRC measure of the rulebook against RCEP, CPTPP and DEPA."""
    items = read_one(rulebooks.root, "trade/stress-test.yaml").items()
    return tuple(_stress(item, rulebooks.sources) for item in items)


def _stress(node: Node, sources: Mapping[str, Source]) -> Stress:
    part = node.record(
        "id", "measure", "rules", "cite", "restricts_flow", "localises", "objective", "less_restrictive",
        "discriminates_by_origin", "mitigations", *AGREEMENTS,
    )  # fmt: skip
    return Stress(
        id=part["id"].text(),
        measure=part["measure"].bilingual(),
        rules=part["rules"].texts(),
        restricts_flow=part["restricts_flow"].flag(),
        localises=part["localises"].flag(),
        objective=part["objective"].bilingual(),
        less_restrictive=part["less_restrictive"].bilingual(),
        discriminates_by_origin=part["discriminates_by_origin"].flag(),
        mitigations=part["mitigations"].bilingual(),
        verdicts=tuple(_verdict(name, part[name], sources) for name in AGREEMENTS),
        cites=parse_cites(part["cite"], sources),
    )


def _verdict(agreement: str, node: Node, sources: Mapping[str, Source]) -> Verdict:
    part = node.record("verdict", "reason", "cite")
    return Verdict(
        agreement=agreement,
        verdict=part["verdict"].choice(*VERDICTS),
        reason=part["reason"].bilingual(),
        citations=tuple(cite.citation for cite in parse_cites(part["cite"], sources)),
    )
