"""Scenarios and flows.

A scenario 出境场景 is one purpose with one ground, its data items, recipients and retention: the unit of the authorities'
forms and lists. A flow 传输链路 is a standing link under it. All scenarios and flows of a handler, also those outside
Feiyu, are its register 数据出境台账.

Rules this module keeps:
 * direction and origin are stated, never guessed;
 * what a scenario discloses to whom is a tier on the scenario (DESIGN invariant 8).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from feiyu.base.ids import FlowId, PartyId, ScenarioId
from feiyu.base.text import Text


class Direction(StrEnum):
    """Which way data go."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"
    TRANSIT = "transit"
    ZONE = "zone"


class Origin(StrEnum):
    """Where data were collected or produced."""

    DOMESTIC = "domestic"
    OVERSEAS = "overseas"
    MIXED = "mixed"


class Tier(StrEnum):
    """Who may see an item beyond its owner."""

    EXPORTER = "exporter"
    AUTHORITY = "authority"
    CENTRE = "centre"
    STATISTICS = "statistics"


class Mode(StrEnum):
    """What the edge does with content that its grant does not cover."""

    OBSERVE = "observe"
    STRIP = "strip"
    HOLD = "hold"
    CUT = "cut"


class Cadence(StrEnum):
    """How a flow runs."""

    BATCH = "batch"
    FEED = "feed"
    REMOTE_ACCESS = "remote_access"
    DIRECT_ENTRY = "direct_entry"


MODE_NAMES = {
    Mode.OBSERVE: Text("观察", "Observe"),
    Mode.STRIP: Text("剥离", "Strip"),
    Mode.HOLD: Text("待核", "Hold"),
    Mode.CUT: Text("中止", "Cut"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One data item of a scenario: a field, what it holds, why it is needed."""

    name: str
    type: str
    need: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One purpose, one ground, its items, recipients and retention."""

    id: ScenarioId
    owner_party: PartyId
    title: Text
    purpose: str
    ground: str
    sector: str
    recipients: tuple[PartyId, ...]
    country: str
    items: tuple[Item, ...]
    retention_days: int
    direction: Direction
    origin: Origin
    tier: Tier
    outside: bool
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A standing link of a scenario to one recipient and its pinned key; ``also_key_ids`` are further keys of it."""

    id: FlowId
    owner_party: PartyId
    scenario_id: ScenarioId
    recipient: PartyId
    recipient_key_id: str
    cadence: Cadence
    mode: Mode
    direction: Direction
    origin: Origin
    derived_from: FlowId | None
    created_at: datetime
    also_key_ids: tuple[str, ...] = ()
