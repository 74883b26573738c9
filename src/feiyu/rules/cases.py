"""The adapter for worked cases: facts in the form of ``route-cases.jsonl`` in, one answer line out.

The form groups facts (``exporter.ciio``, ``counts.general_in_shipment`` …) and says ``null`` both for *none* and for
*not known*. Here each is given one meaning.

Rules this module keeps:
 * ``null`` means *none* only where the form uses it so (no claim, no list, no licence, no prior basis, no zone);
   everywhere else it stays unknown;
 * a value this adapter does not know never widens a permission: an unknown mode counts as outbound, an unknown
   claim as no claim, a scope that the counts contradict as covering only the counted part; each is said in a warning;
 * an edition of a list that was not in force on the day is not used, whatever the case says;
 * a case is a worked example, so figures marked ``fixture`` are accepted here and nowhere else.
"""

from collections.abc import Mapping
from datetime import date
from math import isfinite

from feiyu.base.errors import FeiyuError
from feiyu.base.text import Text
from feiyu.rules.books import Rulebooks
from feiyu.rules.case_words import (
    CITIES,
    COUNTRIES,
    COUNTS,
    CURRENT_BOOK,
    GROUNDS,
    IMPORTANT,
    LICENCES,
    MECHANISMS,
    MODES,
    NESTED,
    ORIGINS,
    PATHS,
    SECTORS,
    STATED_UNDER_WAY,
    SWITCHES,
    UNITS,
    WINDOWS,
    ZERO_IF_NULL,
    ZONES,
)
from feiyu.rules.errors import BadFact
from feiyu.rules.model import Determination, Route


def _truth(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    word = str(value).strip().lower() if value is not None else "unknown"
    return {"true": "yes", "false": "no", "": "unknown"}.get(word, word)


def _part(facts: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = facts.get(name)
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise BadFact(fact=name, value=repr(found)[:80], allowed=Text("对象", "an object"))
    return _plain(found)


def _plain(part: Mapping[str, object]) -> dict[str, object]:
    """The part with every value that the form does not nest made a text, so that it is refused as one."""
    return {
        str(name): repr(value)[:80] if isinstance(value, Mapping | list) and name not in NESTED else value
        for name, value in part.items()
    }


class CaseReader:
    """Reads the facts of one case; ``warnings`` says what had to be interpreted."""

    def __init__(self, rulebooks: Rulebooks, case: Mapping[str, object]) -> None:
        self.rulebooks = rulebooks
        if not isinstance(case, Mapping):
            raise BadFact(fact="case", value=repr(case)[:80], allowed=Text("对象", "an object"))
        self.facts = _part(case, "facts") or _plain(case)
        self.title = str(case.get("title") or "").lower()
        self.warnings: list[Text] = []
        self.at = self._date("as_of", self.facts.get("as_of"))

    def _date(self, name: str, value: object) -> date:
        try:
            return date.fromisoformat(str(value)[:10])
        except ValueError:
            raise BadFact(fact=name, value=repr(value)[:80], allowed="YYYY-MM-DD") from None

    def warn(self, zh: str, en: str) -> None:
        """Note what had to be interpreted."""
        if (said := Text(zh, en)) not in self.warnings:
            self.warnings.append(said)

    def read(self) -> dict[str, object]:
        """The rulebook's own facts."""
        facts: dict[str, object] = {
            "contains_pi": _truth(self.facts.get("contains_pi")),
            "important_status": self._important(),
            "origin": self._origin(),
            "state_secret_or_core": self._secret(),
            "mode": self._mode(),
        }
        for read in (self._exporter, self._flags, self._counts, self._ground, self._lists, self._prior):
            facts.update(read())
        return facts

    def _mode(self) -> object:
        mode = str(self.facts.get("mode") or "unknown")
        if mode in MODES or mode == "unknown":
            return mode
        if "direct" in mode and mode.startswith(("overseas", "foreign", "pipl")):
            return "overseas_direct_processing"
        self.warn(
            f"未知的方式“{mode}”，按出境处理。",
            f"The mode {mode} is not known here and is taken as outbound.",
        )
        return "other_outbound"

    def _important(self) -> str:
        said = str(self.facts.get("important_data") or "unknown").strip().lower()
        return IMPORTANT.get(said, said)

    def _secret(self) -> object:
        said = self.facts.get("state_secret_or_core")
        return "yes" if said in {"core", "state_secret"} else _truth(said)

    def _origin(self) -> str:
        origin = str(self.facts.get("data_origin") or "unknown").strip().lower()
        if origin in ORIGINS:
            return origin
        self.warn(
            f"未知的数据来源“{origin}”，按境内处理。",
            f"The origin {origin} is not known here; taken as domestic.",
        )
        return "overseas_plus_prc_pi" if origin.startswith("overseas_plus") else "prc"

    def _exporter(self) -> dict[str, object]:
        exporter, recipient = _part(self.facts, "exporter"), _part(self.facts, "recipient")
        registered, exporting = exporter.get("registered_in_zone"), exporter.get("export_activity_in_zone")
        city = str(exporter.get("city") or recipient.get("exporter_city") or "none").strip().lower()
        city = city.removesuffix(" city").removesuffix("市")
        country = str(recipient.get("country") or "unknown").strip()
        zone = _zone(exporter.get("zone"))
        facts: dict[str, object] = {
            "ciio": _truth(exporter.get("ciio")),
            "sector": _sector(exporter.get("sector")),
            "zone": zone,
            # Where the form says only "not in the zone", the exporter sits in the zone's city.
            "registered_in": _place(registered, zone, otherwise="city"),
            "exports_from": _place(exporting, zone, otherwise="elsewhere" if registered else "city"),
            "recipient_country": COUNTRIES.get(
                country.upper(), country.upper() if country != "unknown" else country
            ),
            "exporter_city": CITIES.get(city, city),
            "recipient_restricted": _truth(recipient.get("on_pipl42_list")),
            "onward_outside_gba": _truth(recipient.get("onward_outside_gba")),
        }
        handles = exporter.get("handles_persons_total")
        if handles is not None:
            facts["handles_persons"] = handles
        return facts

    def _flags(self) -> dict[str, object]:
        flags = _part(self.facts, "flags")
        licence = flags.get("licence_required")
        if licence is None or licence is False:
            need: object = "none"
        elif licence == "unknown":
            need = "unknown"
        else:
            need = LICENCES.get(str(licence).strip().lower().replace(" ", "_").replace("-", "_"), "other")
        return {
            "foreign_judicial_request": _truth(flags.get("foreign_judicial_request")),
            "approval_obtained": _truth(flags.get("approval_obtained")),
            "licence_required": need,
            "licence_obtained": _truth(flags.get("licence_obtained")),
            "splitting_indicated": _truth(flags.get("splitting_indicated") or False),
            "under_way_without_basis": self._under_way(flags),
        }

    def _under_way(self, flags: Mapping[str, object]) -> object:
        # The form has no field for "already exporting without the basis it needs"; such cases say it in their title.
        stated = flags.get("exporting_without_basis")
        if stated is not None:
            return _truth(stated)
        return "yes" if any(words in self.title for words in STATED_UNDER_WAY) else "no"

    def _counts(self) -> dict[str, object]:
        counts = _part(self.facts, "counts")
        facts: dict[str, object] = {}
        # Where the data hold nothing personal, a count left empty says just that.
        nobody = _truth(self.facts.get("contains_pi")) == "no"
        for fact, name in COUNTS.items():
            value = counts.get(name) if self._countable(counts, fact) else None
            if value is None and (nobody or fact in ZERO_IF_NULL):
                value = 0
            facts[fact] = _whole(value) if value is not None else "unknown"
            for upper in (f"{name}_upper", f"{fact}_upper"):
                if counts.get(upper) is not None and f"{fact}_upper" in self.rulebooks.book().facts:
                    facts[f"{fact}_upper"] = _whole(counts[upper])
        return facts

    def _countable(self, counts: Mapping[str, object], fact: str) -> bool:
        """Whether a figure counts natural persons in the window that the law of the day uses."""
        if str(counts.get("unit") or "natural_persons") not in UNITS:
            self.warn("所给数量不是自然人人数。", "The figures do not count natural persons.")
            return False
        window = str(counts.get("window") or "calendar_year")
        if fact.endswith("_before") and self.at >= CURRENT_BOOK and not window.startswith(WINDOWS):
            self.warn(
                "此前数量的统计窗口不是当年1月1日起。", "The figures before are not counted since 1 January."
            )
            return False
        return True

    def _ground(self) -> dict[str, object]:
        exemption, counts = _part(self.facts, "exemption"), _part(self.facts, "counts")
        claim = exemption.get("claim")
        if claim is None or claim in ("none", ""):
            return {"ground": "none"}
        ground = GROUNDS.get(str(claim).strip().lower())
        if ground is None:
            self.warn(
                f"未知的豁免主张“{claim}”，按未主张处理。",
                f"The claim {claim} is not known here and is not used.",
            )
            return {"ground": "none"}
        exempt = [counts.get(COUNTS[f"{kind}_exempt"]) or 0 for kind in ("general", "sensitive")]
        inside = [counts.get(COUNTS[f"{kind}_in"]) for kind in ("general", "sensitive")]
        scope = exemption.get("scope") or (
            "all" if exempt == inside else "part" if any(exempt) else "unknown"
        )
        if scope not in {"all", "none", "unknown"} or (scope == "all" and any(exempt) and exempt != inside):
            scope = "part"
        return {
            "ground": ground,
            "ground_conditions": _truth(exemption.get("conditions_met")),
            "ground_scope": scope,
        }

    def _lists(self) -> dict[str, object]:
        lists = _part(self.facts, "lists")
        return {
            **self._general_list(_part(lists, "general_list")),
            **self._negative(_part(lists, "negative_list")),
        }

    def _general_list(self, found: Mapping[str, object]) -> dict[str, object]:
        if not found:
            return {"general_list": "none"}
        return {
            "general_list": str(found.get("list_id") or "unnamed"),
            "general_list_in_force": _truth(found.get("in_force")),
            "general_list_matches": _truth(found.get("scenario_match")),
            "general_list_conditions": _truth(found.get("conditions_met")),
        }

    def _negative(self, found: Mapping[str, object]) -> dict[str, object]:
        if not found:
            return {"negative_list": "none"}
        name = str(found.get("list_id") or "unnamed")
        base, _, marked = name.partition("(")
        item = _part(found, "item")
        kind = found.get("kind") or found.get("item_kind") or item.get("kind")
        lines = {
            fact: _whole(found[key])
            for fact, key in (
                ("list_assessment_general", "sa_general_from"),
                ("list_assessment_sensitive", "sa_sensitive_from"),
                ("list_contract_general", "scc_general_from"),
                ("list_contract_sensitive", "scc_sensitive_from"),
            )
            if found.get(key) is not None
        }
        said = str(found.get("consequence") or item.get("consequence") or "").upper()
        return {
            "negative_list": name,
            "negative_list_current": "yes" if self._current(base.strip()) else "no",
            "negative_list_borrowed": "yes" if "borrowed" in marked or self._foreign(base) else "no",
            "negative_list_covered": _truth(found.get("covered")),
            "negative_list_on_list": _truth(found.get("on_list")),
            "negative_list_important": "yes" if kind == "important" else "no",
            "negative_list_consequence": said
            if said in {"SA", "SCC_OR_CERT"}
            else "by_quantity"
            if lines
            else "unknown",
            "negative_list_fixture": _truth(found.get("fixture") or False),
            **lines,
        }

    def _current(self, base: str) -> bool:
        """Whether the named edition is in force on the day; an edition that is not registered is taken at its word."""
        source = self.rulebooks.list_source(base)
        if source is None:
            self.warn(
                f"未登记清单“{base}”，其版本和生效日期以案例所述为准，请核对。",
                f"The list {base} is not registered here; its edition and dates are taken as stated. Check them.",
            )
        return source is None or source.in_force(self.at)

    def _foreign(self, base: str) -> bool:
        zone = _zone(_part(self.facts, "exporter").get("zone"))
        return zone != "none" and self.rulebooks.list_source(base) is not None and not base.startswith(zone)

    def _valid(self, prior: Mapping[str, object]) -> object:
        ends = prior.get("valid_to") or prior.get("expires")
        if ends is not None and self._date("prior.valid_to", ends) < self.at:
            return "no"
        return _truth(prior.get("valid"))

    def _prior(self) -> dict[str, object]:
        prior = _part(self.facts, "prior")
        mechanism = str(prior.get("mechanism") or "none").strip().upper()
        if mechanism not in MECHANISMS:
            return {"prior_mechanism": "none"}
        facts: dict[str, object] = {
            "prior_mechanism": mechanism,
            "prior_valid": self._valid(prior),
            "prior_issued": prior.get("issued") or "unknown",
            "prior_effective": prior.get("effective") or "unknown",
            "prior_filed": prior.get("filed") or prior.get("filed_on") or "unknown",
            "prior_unchanged": "no"
            if prior.get("major_incident") is True
            else _truth(prior.get("unchanged")),
        }
        growth = prior.get("growth_pct")
        if isinstance(growth, int | float) and not isinstance(growth, bool) and isfinite(growth):
            facts["prior_growth"] = max(0, round(growth * 100))
        elif growth is not None:
            facts["prior_growth"] = growth  # left for the fact to refuse
        return facts


def _place(inside: object, zone: str, *, otherwise: str) -> object:
    if inside is None or _truth(inside) == "unknown":
        return "unknown" if zone != "none" else otherwise
    return "zone" if _truth(inside) == "yes" else otherwise


def _zone(value: object) -> str:
    zone = str(value or "none").strip().lower().replace(" ", "_").replace("-", "_").removesuffix("_ftz")
    return ZONES.get(zone, zone)


def _sector(value: object) -> str:
    sector = (
        str("unknown" if value is None else value or "general")
        .strip()
        .lower()
        .replace(" ", "_")
        .replace("-", "_")
    )
    return SECTORS.get(sector, sector)


def _whole(value: object) -> object:
    # JSON writers print whole numbers as 100000.0 at times; anything that is not whole is left for the fact to refuse.
    return int(value) if isinstance(value, float) and value.is_integer() else value


def determine_case(
    rulebooks: Rulebooks, case: Mapping[str, object]
) -> tuple[Determination, tuple[Text, ...]]:
    """Determine one case; also what the adapter had to interpret."""
    reader = CaseReader(rulebooks, case)
    facts = reader.read()
    found = rulebooks.determine(facts, at=reader.at, switches=SWITCHES)
    return found, tuple(reader.warnings)


def answer_case(rulebooks: Rulebooks, case: Mapping[str, object]) -> dict[str, object]:
    """The answer line of one case. What cannot be read is answered with NEEDS_INFO and the refusal."""
    ident = case.get("id") if isinstance(case, Mapping) else None
    try:
        found, said = determine_case(rulebooks, case)
    except FeiyuError as refused:
        return _refused(ident, refused)
    return {
        "id": ident,
        "route": found.route.value,
        "rule": found.rule,
        "options": list(found.options),
        "action": found.action,
        "obligations": [item.label for item in found.obligations],
        "missing": list(dict.fromkeys(PATHS.get(item.fact, item.fact) for item in found.missing)),
        "citations": [{"instrument": cite.alias, "article": cite.article} for cite in found.citations],
        "warnings": [text.as_dict() for text in (*said, *found.warnings)],
        "reason": found.reason.as_dict(),
        "rulebook": found.rulebook,
    }


def _refused(ident: object, refused: FeiyuError) -> dict[str, object]:
    return {
        "id": ident,
        "route": Route.NEEDS_INFO.value,
        "rule": None,
        "options": [],
        "action": None,
        "obligations": [],
        "missing": [PATHS.get(str(fact), str(fact))] if (fact := refused.values.get("fact")) else [],
        "citations": [],
        "warnings": [refused.message.format(**refused.values).as_dict()],
        "reason": refused.message.format(**refused.values).as_dict(),
        "error": refused.code,
    }
