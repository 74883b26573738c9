"""The counting keys: one per handler and year, one per declared group and year.

Rules this module keeps:
 * a year's digests are made under that year's key, so that destroying it makes them meaningless for good;
 * a group's key of the next year follows from this year's by a one-way step: who destroyed an old one cannot make it again;
 * keys lie in the keystore, never beside the ledger; nothing here gives one out but to the counter.

Source: DESIGN invariants 5 and 12.
"""

import hmac
import threading
from dataclasses import dataclass
from datetime import datetime

from feiyu.base.clock import legal_date
from feiyu.edge.errors import GroupKeyTaken
from feiyu.seal import KeyStore
from feiyu.seal.keystore import StoredKey

PURPOSE = "counting"
_GROUP = "group:"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupKey:
    """A declared group's counting key of one year."""

    name: str
    year: int
    secret: bytes


class Counting:
    """The counting keys of this edge. Safe to share between threads."""

    def __init__(self, store: KeyStore) -> None:
        self._store = store
        self._lock = threading.Lock()

    def secret(self, at: datetime) -> bytes:
        """This handler's key of the year in which an instant falls, made when it is first needed."""
        year = legal_date(at).year
        with self._lock:
            for key in self._store.keys(PURPOSE):
                if key_year(key) == year and not key.label.startswith(_GROUP):
                    return key.material
            return self._store.generate(PURPOSE, valid_from=at, label=str(year)).material

    def group(self, at: datetime) -> GroupKey | None:
        """The declared group's key of the year in which an instant falls; None without a group."""
        year = legal_date(at).year
        with self._lock:
            kept = [key for key in self._store.keys(PURPOSE) if key.label.startswith(_GROUP)]
            if not kept:
                return None
            newest = max(kept, key=key_year)
            name, known, secret = newest.label.split(":")[1], key_year(newest), newest.material
            if known > year:
                found = next((key for key in kept if key_year(key) == year), None)
                return GroupKey(name=name, year=year, secret=found.material) if found else None
            while known < year:
                known, secret = known + 1, hmac.digest(secret, b"feiyu/group/next-year", "sha256")
                self._store.keep(PURPOSE, secret, valid_from=at, label=f"{_GROUP}{name}:{known}")
            return GroupKey(name=name, year=year, secret=secret)

    def join(self, name: str, secret: bytes, at: datetime) -> GroupKey:
        """Keep a group's key of this year, which the group handed over apart from the network."""
        there = self.group(at)
        if there is not None and there.secret != secret:
            raise GroupKeyTaken(group=there.name)
        year = legal_date(at).year
        with self._lock:
            self._store.keep(PURPOSE, secret, valid_from=at, label=f"{_GROUP}{name}:{year}")
        return GroupKey(name=name, year=year, secret=secret)

    def old(self, before_year: int) -> tuple[StoredKey, ...]:
        """The keys of years before one."""
        return tuple(key for key in self._store.keys(PURPOSE) if key_year(key) < before_year)

    def destroy(self, key_id: str) -> None:
        """Forget a key for good; the caller logs it."""
        self._store.destroy(key_id)


def key_year(key: StoredKey) -> int:
    """The year whose digests are made under a key; one without a year in its label serves the year it was made in."""
    last = key.label.rpartition(":")[2]
    return int(last) if last.isdigit() else legal_date(key.valid_from).year
