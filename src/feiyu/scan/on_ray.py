"""The scan on a Ray cluster: the same code over the same files, shared out by table, and a large table by pieces.

Every worker opens the source by its address and scans every n-th table of it, or a piece of one (row groups, batches, a range of bytes);
the parts are put together as a local scan puts its own. So a report is the same to the byte, wherever its parts were made. A table that
does not come apart is scanned by one worker.

Rules this module keeps:
 * addresses are shipped, never files: the workers must reach them (a shared folder, a bucket, a database);
 * what comes back of a piece is counts, keyed digests and the few values of a column that decide its name; the key is drawn for this scan
   and gone with it, and each worker finds a password in its own environment;
 * a refusal comes back as itself.

Trust: who can read the cluster's memory during a scan can read the files it reads, and learns no more by the key.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from feiyu.base.clock import Clock, FixedClock, SystemClock
from feiyu.base.errors import FeiyuError
from feiyu.scan.inspect import Seen
from feiyu.scan.limits import Limits
from feiyu.scan.model import Profile
from feiyu.scan.remote.address import open_address
from feiyu.scan.remote.errors import BadAddress, MissingExtra
from feiyu.scan.split import LEAST_BYTES, Cut, Together, cut, scan_piece
from feiyu.scan.survey import Part, Plan, listed_tables, put_together, some_tables
from feiyu.scan.table import NotApart, Piece, Source, Table

if TYPE_CHECKING:
    from feiyu.scan.own import OwnTypes

HERE = "ray"
"""A Ray of its own on this machine, for this scan."""
_DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is scanned, as every worker is told."""

    address: str
    table: str | None
    query: str | None
    limits: Limits
    own: "OwnTypes | None"
    now: datetime

    def open(self) -> Source:
        return open_address(self.address, table=self.table, query=self.query, limits=self.limits)


def profile_on_ray(
    address: str,
    *,
    on: str = HERE,
    table: str | None = None,
    query: str | None = None,
    own: "OwnTypes | None" = None,
    limits: Limits = _DEFAULT,
    clock: Clock | None = None,
) -> Profile:
    """Scan a source on Ray. ``on``: ``ray`` for this machine, ``ray://host:port`` for a cluster, ``auto`` for the one this machine is part of.

    Raises:
        MissingExtra: Ray is not installed.
        BadInput: as a local scan.
    """
    now = (clock or SystemClock()).now()
    shared = address if "://" in address else str(Path(address).absolute())
    wanted = _Wanted(shared, table, query, limits, own, now)
    with closing(wanted.open()) as source, _joined(on) as ray:
        workers = max(1, int(ray.cluster_resources().get("CPU", 1)))
        whole, large = _shared_out(source, workers, own)
        pieces = [_Pieces(ray, wanted, *one) for one in large]
        apart = {one.place for one in pieces}
        share = ray.remote(num_cpus=1, max_retries=3)(_share)
        waiting = [share.remote(wanted, at, workers, apart) for at in range(workers) if whole]
        parts = listed_tables(source, clock=FixedClock(now))
        again = [one.place for one in pieces if not one.put_into(parts)]
        waiting += [share.remote(wanted, place, 0, set()) for place in again]
        for parts_or_refusal in ray.get(waiting):
            if isinstance(parts_or_refusal, tuple):
                kind, values = parts_or_refusal
                raise kind(**values)
            parts += parts_or_refusal
        return put_together(source, parts)


def _shared_out(
    source: Source, workers: int, own: "OwnTypes | None"
) -> tuple[bool, list[tuple[int, Table, Cut]]]:
    """Whether there are tables to be scanned whole, and those that are cut: large by themselves and among the others."""
    found: list[tuple[int, Table, Cut]] = []
    if source.size_bytes < 2 * LEAST_BYTES:
        return True, found
    whole = False
    try:
        for place, table in enumerate(source.tables()):
            large = table.ceiling * 2 * workers >= source.size_bytes
            made = cut(table, workers, own=own) if large else None
            if made is None:
                whole = True
            else:
                found.append((place, table, made))
    except FeiyuError:  # the worker that comes upon it tells
        whole = True
    return whole, found


class _Pieces:
    """The pieces of one table on their way."""

    def __init__(self, ray: Any, wanted: _Wanted, place: int, table: Table, made: Cut) -> None:
        self._ray, self._wanted, self._table, self._cut = ray, wanted, table, made
        self.place = place
        self._key = secrets.token_bytes(32)
        self._waiting = self._begin(made.plan, look=True)

    def put_into(self, parts: list[Part]) -> bool:
        """Add the table's part; False where it does not come apart."""
        with TemporaryDirectory(prefix="feiyu-") as folder:
            seen, runs = self._taken(Path(folder), "look")
            if seen is None:
                return False
            together = Together(self._table, (one for one in seen if one is not None), own=self._wanted.own)
            if together.plan != self._cut.plan and together.plan.personal:
                self._waiting = self._begin(together.plan, look=False)
                seen, runs = self._taken(Path(folder), "count")
                if seen is None:
                    return False
            parts.append(Part(self.place, together.profile(runs), ()))
            return True

    def _begin(self, plan: Plan, *, look: bool) -> list[Any]:
        task = self._ray.remote(num_cpus=1, max_retries=3)(_piece)
        return [
            task.remote(self._wanted, self.place, one, plan, self._key, look=look) for one in self._cut.pieces
        ]

    def _taken(self, folder: Path, name: str) -> tuple[list[Seen | None] | None, list[Path]]:
        """What the pieces gave, in their order, and their runs; nothing where one is no piece."""
        all_seen: list[Seen | None] = []
        runs: list[Path] = []
        for at, one in enumerate(self._waiting):
            found = self._ray.get(one)
            if found is None:
                for other in self._waiting[at + 1 :]:
                    self._ray.cancel(other)
                return None, []
            seen, run = found
            all_seen.append(seen)
            if run is not None:
                runs.append(folder / f"{name}-{at}")
                runs[-1].write_bytes(run)
        return all_seen, runs


def _share(
    wanted: _Wanted, at: int, share: int, apart: set[int]
) -> list[Part] | tuple[type[FeiyuError], dict[str, object]]:
    """One worker's tables: those whose place is ``at`` when counted round by ``share``, without those ``apart``; the one at ``at`` where ``share`` is nought."""
    clock = FixedClock(wanted.now)
    try:
        with closing(wanted.open()) as source:
            return some_tables(
                source,
                lambda place: place not in apart and (place % share if share else place) == at,
                clock=clock,
                own=wanted.own,
            )
    except FeiyuError as refusal:
        return type(refusal), refusal.values


def _piece(
    wanted: _Wanted, place: int, piece: Piece, plan: Plan, key: bytes, *, look: bool
) -> tuple[Seen | None, bytes | None] | None:
    """One worker's piece of the table at a place: what was seen and the run of its persons; nothing where it does not come apart."""
    clock = FixedClock(wanted.now)
    try:
        with closing(wanted.open()) as source, TemporaryDirectory(prefix="feiyu-") as folder:
            table, run = next(islice(source.tables(), place, None)), Path(folder) / "run"
            seen = scan_piece(table, piece, plan, key=key, clock=clock, run=run, look=look, own=wanted.own)
            return seen, run.read_bytes() if plan.personal else None
    except (NotApart, FeiyuError):
        return None  # the table is scanned whole, and says what is wrong


@contextmanager
def _joined(on: str) -> Iterator[Any]:
    """Ray, joined for this scan; left again if it was not joined before."""
    try:
        import ray
    except ImportError:
        raise MissingExtra(what="Ray", extra="ray") from None
    if ray.is_initialized():
        yield ray
        return
    if on == HERE:
        ray.init(
            num_cpus=os.cpu_count(), include_dashboard=False, log_to_driver=False, configure_logging=False
        )
    elif on == "auto" or on.startswith("ray://"):
        ray.init(address=on, log_to_driver=False, configure_logging=False)
    else:
        raise BadAddress(
            address=on, reason="ray, auto or ray://host:port", reason_zh="应为 ray、auto 或 ray://主机:端口"
        )
    try:
        yield ray
    finally:
        ray.shutdown()
