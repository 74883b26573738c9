"""Room on the edge's own disk. A run that finds none is not ended: it waits, says so, and goes on where it was once there is some.

Rules this module keeps:
 * what is full is asked of the system by writing, for quotas and what is kept for root show nowhere else;
 * nothing that was sealed is lost by it: the run is taken up as after a crash, from its journal and from what the port has confirmed.
"""

import os
import tempfile
from pathlib import Path

import structlog

from feiyu.base.text import Text
from feiyu.edge.model import Control, Edge
from feiyu.seal.errors import DiskFull
from feiyu.seal.files import FULL
from feiyu.store.errors import StoreUnreachable

log = structlog.get_logger("feiyu.edge.room")
PROBE_BYTES = 1 << 20
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0


def wanting(edge: Edge, bad: Exception) -> Text | None:
    """For what a run waits that was broken off by ``bad``; None where waiting would not mend it."""
    if isinstance(bad, StoreUnreachable):
        return bad.told
    if isinstance(bad, OSError) and (bad.errno in FULL or not _takes(edge.runs_folder)):
        bad = DiskFull(
            path=bad.filename or edge.runs_folder
        )  # who counts persons in files says no more than that it failed
    if isinstance(bad, DiskFull):
        return Text(
            f"{bad.told.zh}请腾出空间：有空间后自动继续，已完成的部分会保留。",
            f"{bad.told.en} Make some: it goes on by itself once there is room; what was done is kept.",
        )
    return None


def wait(edge: Edge, control: Control, why: Text, *, tries: int) -> None:
    """Until there is room, a while in any case, or until the process ends; ``tries``: how often it was in vain."""
    control.waits_for = why
    log.warning("run waits", why=why.en)
    pause_s = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(tries, 5))
    while not control.stop.wait(pause_s) and control.cut_ground is None and not _takes(edge.runs_folder):
        pass
    control.waits_for = None


def _takes(folder: Path) -> bool:
    """Whether a little more can be written in a folder."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(PROBE_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except OSError as bad:
        return bad.errno not in FULL
    return True
