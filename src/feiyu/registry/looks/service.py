"""Write down looks: the first in its bucket before the answer leaves, those after it within half a minute.

Rules this module keeps:
 * the first look of a person at a thing in a bucket is durable before ``record`` returns; where it cannot be written, ``record``
   raises and the answer does not leave;
 * one that repeats it in the same bucket is counted in memory, and written with its time by the next ``flush``;
 * what belongs to the looker's own party, or to the port itself, is no look.

Trust and durability: a crash loses how often a look was repeated, and until when, of the last ``FLUSH_S`` at most; never who looked
at what, how, and from when. Several processes write to the same rows: each adds what it counted.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feiyu.base.clock import Clock
from feiyu.base.ids import PartyId
from feiyu.registry.access import Caller
from feiyu.registry.journal.background import Background
from feiyu.registry.looks import store
from feiyu.registry.looks.model import STAFF, How, Thing, bucket_of
from feiyu.store import Database, Scope

FLUSH_S = 30.0
KNOWN_MAX = 100_000
EVERYTHING = Scope.all("looks of port staff")
_Key = tuple[str, str, str, str, How, str]


@dataclass(slots=True)
class _Kept:
    """A row that is written, and what came to it since."""

    party_id: str
    within: str | None
    first_at: datetime
    last_at: datetime
    times: int = 0


class Looks:
    """The looks of one running port."""

    def __init__(self, db: Database, clock: Clock, house_party: PartyId) -> None:
        self._db = db
        self._clock = clock
        self._house_party = house_party
        self._lock = threading.Lock()
        self._known: dict[_Key, _Kept] = {}
        self._background = Background("feiyu-looks", self._work, every_s=FLUSH_S)

    def start(self) -> None:
        """Write now and then what was counted."""
        self._background.start()

    def stop(self) -> None:
        """Write what was counted, and end."""
        self._background.stop()
        self.flush()

    @staticmethod
    def of_staff(caller: Caller) -> bool:
        """Whether what ``caller`` is shown of others is a look."""
        return any(role in STAFF for role in caller.roles)

    def record(self, caller: Caller, things: Iterable[tuple[Thing, How]]) -> None:
        """Record that ``caller`` is about to be shown ``things``; nothing where no seat of the port does the looking."""
        seats = ",".join(role.value for role in STAFF if role in caller.roles)
        if not seats:
            return
        now, own = self._clock.now(), (caller.party_id, self._house_party)
        buckets = {how: bucket_of(how, now) for how in How}
        seen = {
            (thing.owner, thing.id, caller.principal_id, seats, how, buckets[how]): thing
            for thing, how in things
            if thing.owner not in own
        }
        fresh: dict[_Key, _Kept] = {}
        with self._lock:
            for key, thing in seen.items():
                kept = self._known.get(key)
                if kept is None:
                    fresh[key] = _Kept(caller.party_id, thing.within, now, now, times=1)
                    continue
                if not kept.times:
                    kept.first_at = now
                kept.times += 1
                kept.last_at = now
        if fresh:
            rows = [_row(*one) for one in fresh.items()]
            self._db.write(lambda tx: store.add(tx, rows), scope=EVERYTHING)
            self._remember(fresh)

    def flush(self) -> None:
        """Write the repeats that were counted since the last time."""
        with self._lock:
            counted = {key: kept for key, kept in self._known.items() if kept.times}
            rows = [_row(*one) for one in counted.items()]
            for kept in counted.values():
                kept.times = 0
        if not rows:
            return
        try:
            self._db.write(lambda tx: store.add(tx, rows), scope=EVERYTHING)
        except BaseException:
            with self._lock:
                for (key, kept), row in zip(counted.items(), rows, strict=True):
                    kept.times += row["times"]
                    self._known.setdefault(key, kept)
            raise

    def _remember(self, written: dict[_Key, _Kept]) -> None:
        for kept in written.values():
            kept.times = 0
        with self._lock:
            for key, kept in written.items():
                self._known.setdefault(key, kept)

    def __len__(self) -> int:
        """Of how many rows it knows that they are written."""
        return len(self._known)

    def tidy(self) -> None:
        """Write what was counted, and forget rows of buckets that are over, or all where they are too many."""
        self.flush()
        now = self._clock.now()
        buckets = {how: bucket_of(how, now) for how in How}
        with self._lock:
            full = len(self._known) > KNOWN_MAX
            over = [
                key
                for key, kept in self._known.items()
                if not kept.times and (full or key[5] != buckets[key[4]])
            ]
            for key in over:
                del self._known[key]

    def _work(self) -> bool:
        self.tidy()
        return False


def _row(key: _Key, kept: _Kept) -> dict[str, Any]:
    owner, thing, principal, seats, how, bucket = key
    return {
        "owner_party": owner, "thing_id": thing, "within_id": kept.within, "how": how.value, "principal_id": principal,
        "party_id": kept.party_id, "seats": seats, "bucket": bucket, "first_at": kept.first_at, "last_at": kept.last_at,
        "times": kept.times,
    }  # fmt: skip
