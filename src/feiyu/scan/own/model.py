"""What a user's own type is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from feiyu.base.text import Text
from feiyu.scan.model import Level, Strength

EACH = 64
"""So many types of each kind at most: one bit of a machine word each."""


class Kind(StrEnum):
    """How values are recognised."""

    SHAPE = "shape"
    WORDS = "words"
    REGEX = "regex"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnType:
    """One type. ``share``: of a hundred values so many must fit; ``counts_as``: the built-in identifier in whose place it counts persons.

    ``inside``: the expression may stand anywhere in a text. ``alone``: the form is so much its own that no header is wanted.
    """

    id: str
    names: Text
    kind: Kind
    shapes: tuple[str, ...] = ()
    words: tuple[str, ...] = field(default=(), repr=False)
    regex: str = ""
    literal: str = ""
    inside: bool = False
    alone: bool = False
    share: int = 90
    headers: tuple[str, ...] = ()
    category: str = "other"
    level: Level = Level.GENERAL
    personal: bool = False
    sensitive: bool = False
    strength: Strength = Strength.NONE
    counts_as: str | None = None
    source: str = ""

    def as_dict(self) -> dict[str, object]:
        """The wire form, like that of a built-in type."""
        return {
            "id": self.id, "names": self.names.as_dict(), "strength": self.strength.value, "personal": self.personal,
            "sensitive": "other" if self.sensitive else None, "class": self.category, "level": self.level.value,
            "source": self.source, "own": True,
        }  # fmt: skip


@dataclass(frozen=True)
class OwnTypes:
    """All types of a file, and by kind in the order of their bits."""

    types: tuple[OwnType, ...]

    def of(self, kind: Kind) -> tuple[OwnType, ...]:
        """The types of one kind."""
        return tuple(one for one in self.types if one.kind is kind)

    @cached_property
    def by_id(self) -> Mapping[str, OwnType]:
        """The types by id."""
        return {one.id: one for one in self.types}

    def __reduce__(self) -> tuple[type["OwnTypes"], tuple[tuple[OwnType, ...]]]:
        return OwnTypes, (self.types,)
