"""Lists of pilot free trade zones and cities: what is known of each, and the loader for official annexes.

Every list has the shape *sector, scenario, item, quantity, consequence*. Of most lists only dates, scope and size are
public to us; their items come from the official annex, imported by whoever uses the list. Until then the list answers
nothing.

Rules this module keeps:
 * a figure stands only where a text gave it; a list without its annex has no items and its question stays open;
 * a fixture (made for demonstration) is refused in real use;
 * an imported annex names its source text, and is read by the same strict reader as the rulebooks.

Source: cn/flow-provisions-2024#6; cn/cac-qa-2025-04#cross-use.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from feiyu.base import nouns
from feiyu.base.errors import TooLarge
from feiyu.base.text import Text
from feiyu.rules.books import Rulebooks
from feiyu.rules.errors import FixtureRefused, TwoReaders, UnknownName
from feiyu.rules.load import yaml_files
from feiyu.rules.sources import Source
from feiyu.rules.strict_yaml import MAX_BYTES, Node, parse

READERS = 2
CONSEQUENCES = ("SA", "SCC_OR_CERT", "by_quantity")
LINES = ("assessment_general", "assessment_sensitive", "contract_general", "contract_sensitive")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """One data item of a scenario. ``lines`` are the quantities that the list gives, by name of ``LINES``."""

    id: str
    title: Text
    important: bool
    consequence: str
    lines: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListScenario:
    """One scenario of a sector."""

    id: str
    sector: str
    title: Text
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneList:
    """One edition of a zone's list. ``complete``: the items are those of the official annex."""

    id: str
    zone: str
    kind: str
    source: Source
    issued: date
    posted: date | None
    city_wide: bool
    excludes_ciio: bool
    sectors: tuple[tuple[str, Text], ...]
    size: Text
    complete: bool
    fixture: bool
    scenarios: tuple[ListScenario, ...]
    provenance: Mapping[str, object] | None
    place: str

    @property
    def readers(self) -> tuple[str, ...]:
        """Who read the items against the official annex."""
        told = self.provenance["readers"] if self.provenance else ()
        return tuple(str(name) for name in told) if isinstance(told, list) else ()

    def in_force(self, at: date) -> bool:
        """Whether this edition is in force on a day."""
        return self.source.in_force(at)

    def covers(self, sector: str) -> bool | None:
        """Whether the list covers a sector; ``None`` while its annex is not loaded and the sector is not named."""
        if any(sector == name for name, _ in self.sectors):
            return True if self.complete else None
        return False if self.sectors else None

    def facts(
        self,
        *,
        sector: str,
        scenario: str | None,
        item: str | None,
        real: bool = True,
        at: date | None = None,
    ) -> dict[str, object]:
        """The facts about a negative list for one data item; ``item=None``: the data are not on the list.

        Args:
            sector: the exporter's sector.
            scenario: id of a scenario of the list; ``None`` when none fits.
            item: id of the item, or ``None`` when the data are not listed in that scenario.
            real: refuse fixtures, and lists that two people have not read against the annex.
            at: the day of the export; an edition not in force then is not used.
        """
        if self.fixture and real:
            raise FixtureRefused(name=self.id)
        if self.complete and real and len(set(self.readers)) < READERS:
            raise TwoReaders(list=self.id, readers=", ".join(self.readers) or "-")
        facts: dict[str, object] = {
            "negative_list": self.id,
            "negative_list_current": "yes" if at is None or self.in_force(at) else "no",
            "negative_list_fixture": "yes" if self.fixture else "no",
        }
        if not self.complete and not self.fixture:
            return {**facts, "negative_list_covered": "unknown", "negative_list_on_list": "unknown"}
        if scenario is None:
            return {**facts, "negative_list_covered": "no" if not self.covers(sector) else "unknown"}
        chosen = self._item(scenario, item)
        facts |= {"negative_list_covered": "yes", "negative_list_on_list": "yes" if chosen else "no"}
        if chosen:
            facts["negative_list_consequence"] = chosen.consequence
            facts["negative_list_important"] = "yes" if chosen.important else "no"
            facts |= {f"list_{name}": value for name, value in chosen.lines.items()}
        return facts

    def _item(self, scenario: str, item: str | None) -> ListItem | None:
        found = {one.id: one for one in self.scenarios}
        if scenario not in found:
            raise UnknownName(what=nouns.SCENARIO, name=scenario, allowed=", ".join(found))
        if item is None:
            return None
        items = {one.id: one for one in found[scenario].items}
        if item not in items:
            raise UnknownName(what=Text("数据项", "item"), name=item, allowed=", ".join(items))
        return items[item]

    def as_dict(self) -> dict[str, object]:
        """Wire form, without the items."""
        return {
            "id": self.id, "zone": self.zone, "kind": self.kind, "title": self.source.title.as_dict(),
            "issued": self.issued.isoformat(), "posted": self.posted.isoformat() if self.posted else None,
            "city_wide": self.city_wide, "excludes_ciio": self.excludes_ciio, "size": self.size.as_dict(),
            "sectors": [{"id": name, "title": title.as_dict()} for name, title in self.sectors],
            "complete": self.complete, "fixture": self.fixture, "confidence": self.source.confidence,
            "readers": list(self.readers), "in_force_from": self.source.effective_from.isoformat(),
            "in_force_to": self.source.effective_to.isoformat() if self.source.effective_to else None,
        }  # fmt: skip


def zone_lists(rulebooks: Rulebooks) -> Iterator[ZoneList]:
    """The lists shipped with Feiyu."""
    for path, data in yaml_files(rulebooks.root, "zones"):
        yield read_list(parse(data, path), rulebooks)


def lists_for(rulebooks: Rulebooks, zone: str, at: date) -> tuple[ZoneList, ...]:
    """The lists of one zone in force on a day."""
    return tuple(one for one in zone_lists(rulebooks) if one.zone == zone and one.in_force(at))


def import_list(rulebooks: Rulebooks, path: Path) -> ZoneList:
    """Read an official annex that somebody typed in, in the form of the shipped lists."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise TooLarge(what=Text.same(path.name), size=size, limit=MAX_BYTES)
    return read_list(parse(path.read_bytes(), path.name), rulebooks)


def read_list(node: Node, rulebooks: Rulebooks) -> ZoneList:
    """Read and check one list."""
    part = node.record(
        "id", "zone", "kind", "source", "issued", "city_wide", "excludes_ciio", "sectors", "size", "complete", "fixture",
        optional=("posted", "scenarios", "provenance"),
    )  # fmt: skip
    source = rulebooks.sources.get(part["source"].text())
    if source is None:
        part["source"].fail("no such registered text", "未登记的法规文本")
    scenarios = tuple(_scenario(item) for item in part["scenarios"].items()) if "scenarios" in part else ()
    complete, fixture = part["complete"].flag(), part["fixture"].flag()
    if (complete or fixture) != bool(scenarios):
        node.fail(
            "scenarios stand exactly in a complete list or a fixture",
            "完整清单或样例必须有场景，其他清单不得有场景",
        )
    return ZoneList(
        id=part["id"].text(),
        zone=part["zone"].text(),
        kind=part["kind"].choice("negative", "general"),
        source=source,
        issued=part["issued"].day(),
        posted=part["posted"].day() if "posted" in part else None,
        city_wide=part["city_wide"].flag(),
        excludes_ciio=part["excludes_ciio"].flag(),
        sectors=tuple((name, title.bilingual()) for name, title in part["sectors"].mapping().items()),
        size=part["size"].bilingual(),
        complete=complete,
        fixture=fixture,
        scenarios=scenarios,
        provenance=_provenance(part["provenance"]) if "provenance" in part else None,
        place=node.place,
    )


def _provenance(node: Node) -> dict[str, object]:
    part = node.record("table_sha256", "annex_sha256", "readers", "imported_on")
    return {
        "table_sha256": part["table_sha256"].text(),
        "annex_sha256": part["annex_sha256"].text(),
        "readers": list(part["readers"].texts()),
        "imported_on": part["imported_on"].day(),
    }


def _scenario(node: Node) -> ListScenario:
    part = node.record("id", "sector", "title", "items")
    items = tuple(_item(item) for item in part["items"].items())
    if len({item.id for item in items}) != len(items):
        part["items"].fail("an item id stands twice", "数据项 id 重复")
    return ListScenario(
        id=part["id"].text(), sector=part["sector"].text(), title=part["title"].bilingual(), items=items
    )


def _item(node: Node) -> ListItem:
    part = node.record("id", "title", "important", "consequence", optional=("lines",))
    consequence = part["consequence"].choice(*CONSEQUENCES)
    lines = part["lines"].record(optional=LINES) if "lines" in part else {}
    if (consequence == "by_quantity") != bool(lines):
        node.fail("quantities stand with by_quantity, and only there", "数量只用于 by_quantity，且必填")
    return ListItem(
        id=part["id"].text(),
        title=part["title"].bilingual(),
        important=part["important"].flag(),
        consequence=consequence,
        lines={name: value.integer() for name, value in lines.items()},
    )
