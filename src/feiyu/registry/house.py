"""What every service function of a room needs, built once by ``feiyu.app``.

A service function receives the House and an open transaction; it has no other way to the world.
"""

from dataclasses import dataclass
from pathlib import Path

from feiyu.base.clock import Clock
from feiyu.base.ids import PartyId
from feiyu.registry.access import Access
from feiyu.registry.journal import BodyCipher
from feiyu.rules import Rulebooks
from feiyu.store import Database, ObjectStore


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The running system as a room sees it. ``party_id`` is whoever operates this process: a port, or one exporter.

    ``folder`` is its working directory on this machine.
    """

    db: Database
    clock: Clock
    access: Access
    cipher: BodyCipher
    objects: ObjectStore
    rulebooks: Rulebooks
    folder: Path
    party_id: PartyId
    demo: bool
