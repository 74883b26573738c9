"""A scan shared out among workers: by table, and a large table by pieces. The workers are processes of this machine (``on_cores``) or of a cluster (``on_ray``).

Every worker opens the source by its address and scans every n-th table of it, or a piece of one (row groups, batches, a range of bytes);
the parts are put together as a scan in one process puts its own. So a report is the same to the byte, wherever its parts were made. A table
that does not come apart is scanned by one worker.

Rules this module keeps:
 * addresses are shipped, never files;
 * what comes back of a piece is counts, keyed digests and the few values of a column that decide its name; the key is drawn for this scan
   and gone with it;
 * a refusal comes back as itself.

Sources: ADR 0168, 0165.
"""

import secrets
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol

from feiyu.base.clock import Clock, FixedClock, SystemClock
from feiyu.base.errors import FeiyuError
from feiyu.scan import on_cores, on_ray
from feiyu.scan.inspect import Seen
from feiyu.scan.limits import Limits
from feiyu.scan.model import Profile
from feiyu.scan.remote.address import open_address
from feiyu.scan.split import LEAST_BYTES, Cut, Together, cut, scan_piece
from feiyu.scan.survey import Part, Plan, listed_tables, put_together, some_tables
from feiyu.scan.table import NotApart, Piece, Source, Table

if TYPE_CHECKING:
    from feiyu.scan.own import OwnTypes

_DEFAULT = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is scanned, as every worker is told. ``now`` is the moment of the scan, for who is under 14."""

    address: str
    table: str | None
    query: str | None
    limits: Limits
    own: "OwnTypes | None"
    now: datetime

    def open(self) -> Source:
        """The source, opened anew."""
        return open_address(self.address, table=self.table, query=self.query, limits=self.limits)


class Workers(Protocol):
    """Those who do the work. ``one_disk``: they see the files of whoever asked, and leave runs there instead of sending them."""

    count: int
    one_disk: bool

    def begin(self, work: Callable[..., Any], *arguments: object, **named: object) -> Any:
        """Have a call made, some time; answers with a ticket."""

    def result(self, ticket: Any) -> Any:
        """What the call gave."""

    def drop(self, ticket: Any) -> None:
        """Its result is of no use any more."""


def profile_on(
    address: str,
    *,
    on: str,
    table: str | None = None,
    query: str | None = None,
    own: "OwnTypes | None" = None,
    limits: Limits = _DEFAULT,
    clock: Clock | None = None,
) -> Profile:
    """Scan a source on many workers. ``on``: ``cores`` or ``cores:N`` (``on_cores``), ``ray``, ``auto`` or ``ray://host:port`` (``on_ray``).

    Call it under ``if __name__ == "__main__":`` in a program of your own, for processes load its main module.

    Raises:
        UnknownWorkers: ``on`` is none of these.
        MissingExtra: Ray is not installed.
        WorkerLost: a process was killed, or ran out of memory.
        BadInput: as a scan in one process.
    """
    seen_from_everywhere = address if "://" in address else str(Path(address).absolute())
    now = (clock or SystemClock()).now()
    wanted = Wanted(address=seen_from_everywhere, table=table, query=query, limits=limits, own=own, now=now)
    with (
        closing(wanted.open()) as source,
        on_cores.joined(on, source.name) if on.startswith(on_cores.HERE) else on_ray.joined(on) as workers,
    ):
        return _profile(source, wanted, workers)


def _profile(source: Source, wanted: Wanted, workers: Workers) -> Profile:
    with TemporaryDirectory(prefix="feiyu-") as folder:
        whole, large = _shared_out(source, workers.count, wanted.own)
        pieces = [_Pieces(workers, wanted, Path(folder), *one) for one in large]
        apart = {one.place for one in pieces}
        waiting = [
            workers.begin(_share, wanted, at, workers.count, apart) for at in range(workers.count) if whole
        ]
        parts = listed_tables(source, clock=FixedClock(wanted.now))
        again = [one.place for one in pieces if not one.put_into(parts)]
        waiting += [workers.begin(_share, wanted, place, 0, set()) for place in again]
        for ticket in waiting:
            parts_or_refusal = workers.result(ticket)
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
    """The pieces of one table on their way; their runs lie in a folder."""

    def __init__(
        self, workers: Workers, wanted: Wanted, folder: Path, place: int, table: Table, made: Cut
    ) -> None:
        self._workers, self._wanted, self._folder, self._table, self._cut = (
            workers,
            wanted,
            folder,
            table,
            made,
        )
        self.place = place
        self._key = secrets.token_bytes(32)
        self._waiting = self._begin(made.plan, look=True)

    def put_into(self, parts: list[Part]) -> bool:
        """Add the table's part; False where it does not come apart."""
        seen, runs = self._taken(look=True)
        if seen is None:
            return False
        together = Together(self._table, (one for one in seen if one is not None), own=self._wanted.own)
        if together.plan != self._cut.plan and together.plan.personal:
            self._waiting = self._begin(together.plan, look=False)
            seen, runs = self._taken(look=False)
            if seen is None:
                return False
        parts.append(Part(self.place, together.profile(runs), ()))
        return True

    def _run(self, at: int, *, look: bool) -> Path:
        return self._folder / f"{self.place}-{'look' if look else 'count'}-{at}"

    def _begin(self, plan: Plan, *, look: bool) -> list[Any]:
        return [
            self._workers.begin(
                _piece, self._wanted, self.place, one, plan, self._key, look=look,
                run=self._run(at, look=look) if self._workers.one_disk else None,
            )
            for at, one in enumerate(self._cut.pieces)
        ]  # fmt: skip

    def _taken(self, *, look: bool) -> tuple[list[Seen | None] | None, list[Path]]:
        """What the pieces gave, in their order, and their runs; nothing where one is no piece."""
        all_seen: list[Seen | None] = []
        runs: list[Path] = []
        for at, ticket in enumerate(self._waiting):
            found = self._workers.result(ticket)
            if found is None:
                for other in self._waiting[at + 1 :]:
                    self._workers.drop(other)
                return None, []
            seen, sent = found
            all_seen.append(seen)
            run = self._run(at, look=look)
            if sent is not None:
                run.write_bytes(sent)
            if run.exists():
                runs.append(run)
        return all_seen, runs


def _share(
    wanted: Wanted, at: int, share: int, apart: set[int]
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
    wanted: Wanted, place: int, piece: Piece, plan: Plan, key: bytes, *, look: bool, run: Path | None
) -> tuple[Seen | None, bytes | None] | None:
    """One worker's piece of the table at a place: what was seen, and the run of its persons unless it was left at ``run``; nothing where it does not come apart."""
    clock = FixedClock(wanted.now)
    try:
        with closing(wanted.open()) as source, TemporaryDirectory(prefix="feiyu-") as folder:
            table, made = next(islice(source.tables(), place, None)), run or Path(folder) / "run"
            seen = scan_piece(table, piece, plan, key=key, clock=clock, run=made, look=look, own=wanted.own)
            return seen, made.read_bytes() if plan.personal and run is None else None
    except (NotApart, FeiyuError):
        return None  # the table is scanned whole, and says what is wrong
