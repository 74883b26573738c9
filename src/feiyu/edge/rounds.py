"""What the edge does by itself, again and again: watch its leases, answer spot checks, send counts, keep retention.

Rules this module keeps:
 * a lease whose grant was revoked stops its run as soon as the port can be asked;
 * of a run that ended while the port was away, the port is told as soon as it can be asked, and what it had reserved is free again;
 * nothing here fails a run or the service: what could not be done is done at the next round.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from feiyu.base.text import Text
from feiyu.edge import homecoming, retention, store
from feiyu.edge.leave import LEASE
from feiyu.edge.model import SCOPE, Control, Edge, RunState
from feiyu.edge.spots import Spots
from feiyu.registry.journal.background import Background
from feiyu_sdk.errors import Refused, Unreachable

log = structlog.get_logger("feiyu.edge.rounds")
EVERY_S = 2.0
HOURLY = timedelta(hours=1)
SPOTS_EVERY = timedelta(seconds=10)
ENDED_AWAY = "出境侧在无法访问数据港期间结束了传输 / the edge ended it while the port was out of reach"
STOPPED = {"revoked": Text("已撤销", "was revoked"), "returned": Text("已退回", "was returned")}


class Rounds:
    """The edge's own rounds, on one thread."""

    def __init__(self, edge: Edge, controls: dict[str, Control]) -> None:
        self._edge = edge
        self._controls = controls
        self._kept: datetime | None = None
        self._spots, self._spotted = Spots(edge), datetime.min.replace(tzinfo=UTC)
        self._thread = Background("feiyu-edge-rounds", self.once, every_s=EVERY_S)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._thread.stop()

    def once(self) -> bool:
        """One round."""
        self.watch()
        now = self._edge.house.clock.now()
        if self._kept is None or now - self._kept >= HOURLY:
            retention.keep(self._edge)
            self._kept = now
        if now - self._spotted >= SPOTS_EVERY:
            self._spotted = now
            self.tell_ends()
            with suppress(Unreachable, Refused):
                self._spots.once()
        return False

    def tell_ends(self) -> None:
        """Tell the port which runs ended while it was away."""
        with self._edge.house.db.read(scope=SCOPE) as tx:
            untold = store.untold_ends(tx)
        for run_id, transfer_id in untold:
            try:
                homecoming.tell_end(self._edge, transfer_id, ENDED_AWAY)
            except Unreachable:
                return
            self._edge.house.db.write(partial(store.set_run, run_id=run_id, upload_token=None), scope=SCOPE)

    def watch(self) -> None:
        """Stop what seals under a lease that was revoked."""
        with self._edge.house.db.read(scope=SCOPE) as tx:
            running = store.runs(tx, RunState.RUNNING, RunState.HELD)
        for run in running:
            control = self._controls.get(run.id)
            if control is None or run.manifest is not None or not (run.leave_id or "").startswith(LEASE):
                continue
            try:
                standing = self._edge.port.lease(str(run.leave_id))["standing"]
            except (Unreachable, Refused):
                return
            if (words := STOPPED.get(standing)) is not None:
                control.cut_ground = Text(
                    f"租约 {run.leave_id} {words.zh}", f"lease {run.leave_id} {words.en}"
                )
                control.stop.set()
