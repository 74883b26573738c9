"""Build an exporter's edge: its House, its keys, its way to the port, its runner."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from feiyu.app.keys import body_cipher, open_keystore
from feiyu.app.objects import open_objects
from feiyu.app.settings import BadSetting, Settings
from feiyu.base.clock import Clock
from feiyu.base.ids import PartyId
from feiyu.base.text import Text
from feiyu.edge.copy_keys import CopyKeys
from feiyu.edge.counting import Counting
from feiyu.edge.model import Edge, EdgeKeys
from feiyu.edge.part import ACCESS as EDGE_ACCESS
from feiyu.edge.part import edge_part
from feiyu.edge.service import Runner
from feiyu.registry import journal
from feiyu.registry.access import Access
from feiyu.registry.house import House
from feiyu.registry.journal.background import Background
from feiyu.registry.part import Part
from feiyu.registry.registry_part import ACCESS as REGISTRY_ACCESS
from feiyu.registry.registry_part import registry_part
from feiyu.rules import load
from feiyu.scan.own import load_types
from feiyu.seal import KeyStore
from feiyu.store import Database, migrate
from feiyu.wire import Road
from feiyu_sdk import PortClient

PURPOSES = ("edge", "custody", "counting", "journal")
KEYSTORE = Path("keys") / "edge.keys"
HEARTBEAT_S = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeSystem:
    """An edge that is built; ``start`` takes up what a crash left."""

    house: House
    parts: tuple[Part, ...]
    keys: KeyStore
    edge: Edge
    runner: Runner
    heart: Background
    routers: tuple[Callable[[], object], ...]

    def start(self) -> None:
        """Go on with unfinished runs, and say hourly that this edge is there."""
        self.runner.take_up()
        self.heart.start()

    def stop(self) -> None:
        """End; unfinished runs are taken up at the next start."""
        self.heart.stop()
        self.runner.stop()
        self.edge.port.api.close()
        self.house.db.close()


def build_edge(settings: Settings, *, clock: Clock) -> EdgeSystem:
    """Open everything an edge needs and put the Parts together."""
    for name in ("party", "port_url", "port_token", "grant_key", "sources"):
        if not getattr(settings, name):
            raise BadSetting(name=f"FEIYU_{name.upper()}", reason=Text("出境侧必须设置", "an edge needs it"))
    now = clock.now()
    keys = open_keystore(settings.data / KEYSTORE, settings.passphrase, PURPOSES, at=now)
    db = Database.open(settings.database or f"sqlite:///{settings.data / 'edge.sqlite'}", clock=clock)
    migrate(db, [journal.MIGRATIONS, "feiyu.registry.migrations", "feiyu.edge.migrations"])
    house = House(
        db=db, clock=clock, access=Access((*REGISTRY_ACCESS, *EDGE_ACCESS)), cipher=body_cipher(keys, at=now),
        objects=open_objects(settings), rulebooks=load(), folder=settings.data, party_id=PartyId(settings.party),
        demo=settings.demo,
    )  # fmt: skip
    edge = Edge(
        house=house,
        port=PortClient(settings.port_url, token=settings.port_token),
        keys=EdgeKeys(
            signer=keys.signer("edge", at=now), custody=keys.current("custody", at=now).recipient(),
            copies=CopyKeys(keys), counting=Counting(keys), grant_public=base64.b64decode(settings.grant_key),
        ),
        sources=(*(Path(folder) for folder in settings.sources.split(":")), settings.data / "taken"),
        remotes=tuple(settings.remotes.split()),
        road=Road(settings.bandwidth or None),
        own=load_types(Path(settings.types)) if settings.types else None,
    )  # fmt: skip
    runner = Runner(edge)
    parts = (registry_part(), edge_part(runner))
    for part in parts:
        journal.register(part.events)
    return EdgeSystem(
        house=house, parts=parts, keys=keys, edge=edge, runner=runner, heart=_heart(edge, runner),
        routers=tuple(router for part in parts for router in part.routers),
    )  # fmt: skip


def _heart(edge: Edge, runner: Runner) -> Background:
    """One entry an hour in the port's log: an edge that falls silent, or is kept silent, shows."""

    def beat() -> bool:
        edge.port.heartbeat(runs=len(runner.controls))
        return False

    return Background("feiyu-heart", beat, every_s=HEARTBEAT_S)
