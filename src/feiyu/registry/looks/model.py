"""What a look is: somebody of the port's staff was shown a thing that belongs to a party.

Rules this module keeps:
 * what left the port in an answer was looked at, whether or not a person read it;
 * one row stands for everything of the same person, seat, thing and kind in one bucket of time: an hour where a thing was
   opened or taken as a file, a day where it stood in a list, since lists ask themselves again every few seconds;
 * a look names ids and no content; its person is named as whoever acts is named to other parties: by id, seat and organisation.

Source: DESIGN.md, what must always hold, 8.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from feiyu.base import nouns
from feiyu.base.clock import SHANGHAI
from feiyu.base.ids import PREFIXES
from feiyu.base.text import Text
from feiyu.registry.access import Role

STAFF = (Role.CENTRE, Role.AUTHORITY, Role.OPERATOR, Role.AUDITOR)
"""The seats of the port whose looks are kept. A recipient is party to what it sees and is none of them."""


class How(StrEnum):
    """In which form it was shown."""

    LISTED = "listed"
    OPENED = "opened"
    DOWNLOADED = "downloaded"


HOW_NAMES = {
    How.LISTED: Text("列表中出现", "In a list"),
    How.OPENED: Text("打开", "Opened"),
    How.DOWNLOADED: Text("下载", "Downloaded"),
}
KIND_NAMES = {
    "scenario": nouns.SCENARIO,
    "flow": nouns.FLOW,
    "filing": nouns.FILING,
    "document": nouns.DOCUMENT,
    "original": nouns.ORIGINAL,
    "basis": nouns.BASIS,
    "grant": nouns.GRANT,
    "transfer": nouns.TRANSFER,
    "lease": nouns.LEASE,
    "breakglass": nouns.BREAK_GLASS,
    "counts": nouns.COUNT,
    "challenge": nouns.SPOT_CHECK,
    "incident": nouns.INCIDENT,
    "event": Text("存证事件", "evidence event"),
    "principal": Text("经办人或服务账号", "principal"),
    "party": nouns.PARTY,
    "key": nouns.KEY,
}
_TOLD_OF = ("transfer", "filing", "grant", "basis", "scenario")
"""What an event may refer to, the nearest first."""
_KINDS = {prefix: kind for kind, prefix in PREFIXES.items()}


@dataclass(frozen=True, slots=True)
class Thing:
    """What was shown: whose it is, its id, the thing it is part of (a filing's original), and how where that is not plain."""

    owner: str
    id: str
    within: str | None = None
    how: How | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One row: who was shown a thing, how, from when to when, and how many times."""

    ordinal: int
    owner_party: str
    thing_id: str
    within_id: str | None
    how: How
    principal_id: str
    party_id: str
    seats: tuple[Role, ...]
    first_at: datetime
    last_at: datetime
    times: int


def event_thing(owner: str, event_id: str, refs: Mapping[str, str]) -> Thing:
    """An event of the evidence, as part of what it tells of."""
    return Thing(owner, event_id, within=next((refs[kind] for kind in _TOLD_OF if kind in refs), None))


def kind_of(thing_id: str) -> str:
    """The word for a thing, by its id; ids that do not say it are those of keys."""
    return _KINDS.get(thing_id[:3], "key") if thing_id[3:4] == "_" else "key"


def bucket_of(how: How, at: datetime) -> str:
    """The hour or the day, in Shanghai, that counts as one."""
    local = at.astimezone(SHANGHAI)
    return f"{local:%Y-%m-%d}" if how is How.LISTED else f"{local:%Y-%m-%dT%H}"
