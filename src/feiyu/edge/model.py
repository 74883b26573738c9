"""What the edge is while it runs: its House, its keys, its way to the port, and one control per running transfer.

Rules this module keeps:
 * keys are separate: the edge key signs, the custody key opens wraps for resume, copy keys open the own copies of what was
   sent, the counting key makes digests; none stands beside the ledger;
 * the port's grant key is pinned here, obtained apart from the port's API.
"""

import threading
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from feiyu.base.clock import monotonic_s
from feiyu.base.errors import FeiyuError
from feiyu.base.text import Text
from feiyu.edge.copy_keys import CopyKeys
from feiyu.edge.counting import Counting
from feiyu.registry.house import House
from feiyu.scan.own import OwnTypes
from feiyu.seal import OpeningKey, Signer
from feiyu.store import Scope
from feiyu.wire import Pace, Road
from feiyu_sdk import PortClient

SCOPE = Scope.all("the edge's own records")


class RunState(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    HELD = "held"
    SEALED = "sealed"
    CUT = "cut"
    FAILED = "failed"


RUN_STATES = {
    RunState.RUNNING: Text("传输中", "Running"),
    RunState.HELD: Text("待核", "Held"),
    RunState.SEALED: Text("已封存", "Sealed"),
    RunState.CUT: Text("已中止", "Cut"),
    RunState.FAILED: Text("失败", "Failed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeKeys:
    """The exporter's keys."""

    signer: Signer
    custody: OpeningKey
    copies: CopyKeys
    counting: Counting = field(repr=False)
    grant_public: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """An exporter's edge. ``sources`` are the folders it may read."""

    house: House
    port: PortClient
    keys: EdgeKeys
    sources: tuple[Path, ...]
    road: Road = field(default_factory=Road, repr=False)
    remotes: tuple[str, ...] = ()
    """Addresses it may take snapshots of; one that ends in a slash stands for all below it."""

    own: OwnTypes | None = None
    """The handler's own semantic types."""

    copying: threading.Lock = field(default_factory=threading.Lock, repr=False)
    """One own copy is fetched at a time."""

    @property
    def copies_folder(self) -> Path:
        """Where opened copies lie until they are deleted."""
        folder = self.house.folder / "copies"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    @property
    def taken_folder(self) -> Path:
        """Where snapshots of remote sources lie."""
        return self.house.folder / "taken"

    @property
    def runs_folder(self) -> Path:
        """Where person runs and seal journals lie, never the keys; for this edge's own account alone."""
        folder = self.house.folder / "runs"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)  # an earlier version let others in
        return folder


STOPPED = Text("出境侧停止了传输", "the edge stopped it")
PORT_AWAY = Text(
    "无法访问数据港。数据港恢复后自动继续，已完成的部分会保留；在此之前没有数据出境。",
    "The port is out of reach. It goes on by itself once the port answers; what was done is kept, and nothing crosses before.",
)
SEALED_AWAY = Text(
    "已按离线租约在本侧封存，等待数据港恢复后送达；接收方在此之前得不到密钥。",
    "Sealed at this edge inside a lease. It goes to the port once that answers; the recipient gets no key before.",
)
HANDED_OUT = Text(
    "紧急放行的密封包已生成，可交给接收方；数据港恢复后自动报告并送达。",
    "The break-glass bundle is made and may be handed to the recipient. It is reported and sent to the port once that answers.",
)
RATE_OVER_S = 20.0


@dataclass(slots=True, kw_only=True)
class Control:
    """What other threads see of, and say to, a running transfer."""

    pace: Pace = field(default_factory=Pace)

    rows: int = 0
    plain_bytes: int = 0
    cipher_bytes: int = 0
    confirmed_bytes: int = 0
    total_bytes: int = 0
    waits_for: Text | None = None
    """What it waits for at the moment, other than its window: the port, or room on the disk."""

    decided: threading.Event = field(default_factory=threading.Event)
    """Set when a held run was decided, so that its row is looked at now."""

    cut_ground: Text | None = None
    """Why ``stop`` was set where it is to end this run."""

    stop: threading.Event = field(default_factory=threading.Event)
    ends: bool = False
    """Whether ``stop`` was set because this process ends: the next one takes the run up. A failed upload sets ``stop`` too."""

    seen: deque[tuple[float, int]] = field(default_factory=deque)
    """When how many bytes were confirmed, of the last seconds."""

    def trouble(self, why: Exception | None) -> None:
        """The data plane is away or does not take anything for the moment; None: it does again."""
        if isinstance(why, FeiyuError):
            told = why.told
            self.waits_for = Text(f"{told.zh}将自动重试。", f"{told.en} It is tried again by itself.")
        else:
            self.waits_for = None if why is None else PORT_AWAY

    def confirm(self, confirmed_bytes: int) -> None:
        """The port has promised so many bytes by now."""
        now = monotonic_s()
        self.confirmed_bytes = confirmed_bytes
        self.seen.append((now, confirmed_bytes))
        while len(self.seen) > 2 and now - self.seen[0][0] > RATE_OVER_S:
            self.seen.popleft()

    def rate(self) -> float:
        """Bytes a second, over the last seconds; 0 while nothing is known."""
        seen = tuple(self.seen)
        if len(seen) < 2 or monotonic_s() - seen[-1][0] > RATE_OVER_S:
            return 0.0
        (first, before), (last, after) = seen[0], seen[-1]
        return (after - before) / (last - first) if last > first else 0.0

    def eta_s(self) -> int | None:
        """Seconds to the end at this rate; None while that cannot be said."""
        rate, left = self.rate(), self.total_bytes - self.confirmed_bytes
        return round(left / rate) if rate > 0 and left > 0 else None
