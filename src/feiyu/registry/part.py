"""The frame in which a room or a hall docks: one ``Part`` value.

Rules this module keeps:
 * ``feiyu.app`` learns of a room through its Part alone; nothing else lists rooms;
 * a Part owns its tables, its migrations branch, its routes, its actions, its event types, its procedures;
 * Parts hear each other only through outbox subscriptions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feiyu.base.text import Text
from feiyu.registry.journal import EventType

if TYPE_CHECKING:
    from sqlalchemy import MetaData

    from feiyu.registry.access import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the console: its address, its name, and the action that shows it in the menu."""

    path: str
    title: Text
    action: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Work that follows from another room's message; delivered at least once, in order, with a durable cursor."""

    name: str
    topic: str
    handler: Callable[..., None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Everything that a room brings."""

    name: str
    title: Text
    metadata: "MetaData | None" = None
    migrations: str | None = None
    routers: tuple[Callable[[], Any], ...] = ()
    access: "tuple[Rule, ...]" = ()
    events: tuple[EventType, ...] = ()
    procedures: tuple[str, ...] = ()
    jobs: Mapping[str, Callable[..., None]] = field(default_factory=dict)
    subscriptions: tuple[Subscription, ...] = ()
    commands: Mapping[str, Callable[[], Any]] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
