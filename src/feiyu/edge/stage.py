"""A stage: bytes that are written but may not leave yet. Persons and bytes are claimed at the port first, then they go to the seal.

Rules this module keeps:
 * nothing is sealed before the port, or under a lease this edge, granted persons and bytes;
 * what is claimed never shrinks: persons are counted again each time there are four times as many bytes, and exactly at the end; but for
   the first count, stages go on with the last one until it is there;
 * a port that is away is asked again until it answers or the run is stopped.
"""

import io
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from feiyu.base.text import Text
from feiyu.edge import ledger, store
from feiyu.edge.behind import Behind
from feiyu.edge.both import BothKeys
from feiyu.edge.leave import Leave
from feiyu.edge.model import PORT_AWAY, SCOPE, Control, Edge
from feiyu.edge.store import RunRow
from feiyu.scan import PersonCounts
from feiyu.seal import Geometry, PackingWriter, SealingWriter
from feiyu_sdk.errors import Unreachable

T = TypeVar("T")
STAGE_BYTES, MORE = 16 << 20, 4


class Stage(io.RawIOBase):
    """Holds serialised bytes back until the port has reserved them; then lets them go to the seal."""

    def __init__(
        self, edge: Edge, run: RunRow, counter: BothKeys | None, control: Control, sink: SealingWriter, behind: Behind[memoryview],
        geometry: Geometry, leave: Leave | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._leave, self._geometry = leave, geometry
        self._edge, self._run, self._counter, self._control = edge, run, counter, control
        self._sink, self._behind = sink, behind
        self._source_bytes = control.total_bytes
        self._waiting: list[memoryview] = []
        self._size = 0
        self._total = 0
        self._count_at = STAGE_BYTES
        self._persons = (0, 0)
        self._asked: Future[PersonCounts] | None = None

    def writable(self) -> bool:
        """It is a sink."""
        return True

    def write(self, data: Any) -> int:
        """Hold some bytes back: a buffer of Arrow's as it is, for nobody changes it; of all else a copy."""
        import pyarrow as pa

        part = memoryview(data if isinstance(data, pa.Buffer) else bytearray(data))
        self._waiting.append(part)
        self._size += len(part)
        return len(part)

    def flush_if_full(self) -> None:
        """Claim and let go once a stage is full. Persons are counted again each time there are four times as many bytes."""
        if self._size < STAGE_BYTES:
            return
        if self._counter is not None and self._total + self._size >= self._count_at:
            self._asked = self._counter.counts()
            self._count_at = MORE * (self._total + self._size)
        if self._asked is not None and (self._asked.done() or not self._total):
            counts, self._asked = self._asked.result(), None
            earlier = self._earlier()
            self._persons = (
                max(self._persons[0], counts.counted - earlier[0]),
                max(self._persons[1], counts.sensitive.counted - earlier[1]),
            )
        self._let_go(self._persons)

    def finish(self, union: PersonCounts) -> None:
        """Claim the exact figures and let the rest go. ``union``: this run with all earlier ones under the grant."""
        earlier = self._earlier()
        self._let_go((union.counted - earlier[0], union.sensitive.counted - earlier[1]))

    def _earlier(self) -> tuple[int, int]:
        with self._edge.house.db.read(scope=SCOPE) as tx:
            rows = ledger.live(store.ledger_rows(tx, since=ledger.EVER, grant_id=self._run.grant_id))
        found = ledger.union(self._edge.runs_folder, rows)
        return found.counted, found.sensitive.counted

    def _let_go(self, persons: tuple[int, int]) -> None:
        self._total += self._size
        claim = {
            "persons": max(persons[0], self._persons[0]), "sensitive": max(persons[1], self._persons[1]),
            "size_bytes": self._geometry.cipher_bytes(self._total),
        }  # fmt: skip
        transfer_id = self._run.transfer_id
        assert transfer_id is not None
        if self._leave is not None:
            self._leave.demand(self._edge.house.clock.now(), **claim)
        else:
            patient(self._control, lambda: self._edge.port.claim(transfer_id, **claim))
        self._behind.take(self._waiting)
        self._waiting.clear()
        self._size = 0
        self._control.plain_bytes = self._total
        self._control.cipher_bytes = self._sink.sealed_bytes
        if isinstance(self._sink, PackingWriter) and self._sink.taken_bytes:
            self._control.total_bytes = self._source_bytes * self._sink.sealed_bytes // self._sink.taken_bytes


def patient(control: Control, ask: Callable[[], T], why: Text = PORT_AWAY) -> T:
    """Ask the port; while it is out of reach wait and say so, for without a lease nothing may go on."""
    pause_s = 0.2
    try:
        while True:
            try:
                return ask()
            except Unreachable:
                control.waits_for = why
                if control.stop.wait(pause_s):
                    raise
                pause_s = min(10.0, pause_s * 2)
    finally:
        control.waits_for = None
