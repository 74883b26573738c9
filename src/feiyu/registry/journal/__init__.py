"""What happened, written beside each change: events, the log they feed, messages, jobs, meters, remembered replies."""

from feiyu.registry.journal.cipher import BodyCipher
from feiyu.registry.journal.model import (
    Event,
    EventId,
    EventRef,
    EventType,
    Kind,
    event_type,
    event_types,
    register,
)
from feiyu.registry.journal.record import record

MIGRATIONS = "feiyu.registry.journal.migrations"

__all__ = [
    "MIGRATIONS",
    "BodyCipher",
    "Event",
    "EventId",
    "EventRef",
    "EventType",
    "Kind",
    "event_type",
    "event_types",
    "record",
    "register",
]
