"""What an event is, and which events there are.

Rules this module keeps:
 * an event type names every reference and every datum that its events may hold, and of which kind each is;
   nothing else gets in;
 * data are identifiers, digests, counts, closed words and instants; free text and personal data have no kind
   to be recorded as;
 * two rooms cannot give one name two meanings.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, NewType

from feiyu.base.clock import from_text
from feiyu.base.ids import PartyId
from feiyu.base.text import Text
from feiyu.registry.journal.errors import BadEvent, EventTypeTaken, UnknownEvent

EventId = NewType("EventId", str)


class Kind(StrEnum):
    """What a datum may be."""

    WORD = "word"
    """A code, an id, a file format, a rule name: up to 200 of ``A-Za-z0-9`` and ``._:/@+-#``."""
    DIGEST = "digest"
    """A hash in hex or base64."""
    INSTANT = "instant"
    """RFC 3339."""
    DAY = "day"
    """``2026-11-22``."""
    COUNT = "count"
    """A non-negative integer."""
    INTEGER = "integer"
    FLAG = "flag"
    WORDS = "words"
    """Up to 1,000 words."""
    COUNTS = "counts"
    """A map of words to counts."""
    TITLE = "title"
    """A name or reason that a person wrote, up to 500 characters; it stays in the encrypted body."""


Words = Callable[[str], Text | None]
"""What a code means, where that is known."""
DEMO = "demo"
"""Every event may say that it is one of a demonstration; its receipt then says so too."""
_WORD = re.compile(r"[A-Za-z0-9._:/@+#-]{1,200}")
_DIGEST = re.compile(r"[0-9a-f]{32,128}|[A-Za-z0-9+/_-]{22,172}={0,2}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One kind of event: its name (``transfer.opened``), its title, and all that its events may hold.

    ``refs`` are the kinds of things it may refer to (``transfer``, ``grant`` …); ``data`` are its data with
    their kinds; those in ``optional`` may be absent; ``words`` say what the codes among them mean.
    """

    name: str
    title: Text
    refs: frozenset[str] = frozenset()
    data: Mapping[str, Kind] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    words: Mapping[str, Words] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        """Refuse a name that is none."""
        assert _NAME.fullmatch(self.name), f"not a name of an event type: {self.name}"
        assert self.optional <= set(self.data), f"{self.name}: optional names what data does not have"

    def check_refs(self, refs: Mapping[str, str]) -> None:
        """Refuse references that this type does not allow."""
        for name, ident in refs.items():
            if name not in self.refs:
                raise BadEvent(
                    type=self.name,
                    reason=Text(f"未声明引用 {name}", f"a reference to {name} is not declared"),
                )
            if not _WORD.fullmatch(ident):
                raise BadEvent(
                    type=self.name, reason=Text(f"引用 {name} 不是编号", f"the reference {name} is not an id")
                )

    def check_data(self, data: Mapping[str, object]) -> None:
        """Refuse data that this type does not allow, or that lack what it needs."""
        for name, value in data.items():
            if name not in self.data and not (name == DEMO and value is True):
                raise BadEvent(type=self.name, reason=Text(f"未声明 {name}", f"{name} is not declared"))
        for name, kind in self.data.items():
            if name in data:
                if not _FITS[kind](data[name]):
                    raise BadEvent(
                        type=self.name, reason=Text(f"{name} 的类型不是 {kind}", f"{name} is not a {kind}")
                    )
            elif name not in self.optional:
                raise BadEvent(type=self.name, reason=Text(f"缺少 {name}", f"{name} is missing"))


def _fits(kind: Kind, value: object) -> bool:
    return _FITS[kind](value)


def _all(kind: Kind, values: Iterable[object]) -> bool:
    return all(_fits(kind, each) for each in values)


def _is_instant(value: str) -> bool:
    try:
        from_text(value)
    except ValueError:
        return False
    return True


def _matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


_FITS: Mapping[Kind, Callable[[object], bool]] = {
    Kind.WORD: _matches(_WORD),
    Kind.DIGEST: _matches(_DIGEST),
    Kind.DAY: _matches(_DAY),
    Kind.INSTANT: lambda value: isinstance(value, str) and _is_instant(value),
    Kind.COUNT: lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    Kind.INTEGER: lambda value: isinstance(value, int) and not isinstance(value, bool),
    Kind.FLAG: lambda value: isinstance(value, bool),
    Kind.TITLE: lambda value: isinstance(value, str) and len(value) <= 500,
    Kind.WORDS: lambda value: (
        isinstance(value, list | tuple) and len(value) <= 1000 and _all(Kind.WORD, value)
    ),
    Kind.COUNTS: lambda value: (
        isinstance(value, dict) and _all(Kind.WORD, value) and _all(Kind.COUNT, value.values())
    ),
}
assert set(_FITS) == set(Kind)

_TYPES: dict[str, EventType] = {}


def register(types: Iterable[EventType]) -> None:
    """Make event types known; the same one twice is nothing, another one of the same name is refused."""
    for each in types:
        if _TYPES.setdefault(each.name, each) != each:
            raise EventTypeTaken(type=each.name)


def event_type(name: str) -> EventType:
    """A registered event type."""
    try:
        return _TYPES[name]
    except KeyError:
        raise UnknownEvent(type=name[:80]) from None


def event_types() -> tuple[EventType, ...]:
    """All registered event types, by name; for the reference."""
    return tuple(_TYPES[name] for name in sorted(_TYPES))


class EventRef(NamedTuple):
    """What ``record`` gives back: enough to ask for the receipt later."""

    event_id: EventId
    source: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event as it stands in the journal, decrypted. ``log_index`` is None until the log has it."""

    event_id: EventId
    owner_party: PartyId
    source: str
    seq: int
    type: str
    at: datetime
    refs: Mapping[str, str]
    data: Mapping[str, object]
    signatures: tuple[dict[str, object], ...]
    entry: bytes
    body: bytes
    salt: bytes
    log_index: int | None
    ordinal: int

    @property
    def erased(self) -> bool:
        """Whether body and salt were destroyed; then nothing is known of what it said."""
        return not self.body
