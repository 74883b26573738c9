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
from feiyu.registry.journal.read import event_of, events_about, newest_events, receipt_of
from feiyu.registry.journal.record import record, record_many

MIGRATIONS = "feiyu.registry.journal.migrations"

__all__ = [
    "MIGRATIONS",
    "BodyCipher",
    "Event",
    "EventId",
    "EventRef",
    "EventType",
    "Kind",
    "event_of",
    "event_type",
    "event_types",
    "events_about",
    "newest_events",
    "receipt_of",
    "record",
    "record_many",
    "register",
]
