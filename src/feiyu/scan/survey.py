"""The scan of a whole source: what each field holds, how many natural persons it is about.

Fields are decided and persons counted in one pass: the first rows say which fields identify, and if later rows say otherwise the persons
of that table are counted once more, so that the answer never rests on a guess.

Rules this module keeps:
 * every row is read; what a reader could not read makes the profile partial and stands in its warnings, never silently general;
 * without a key a random one is drawn: the counts are the same, the digests are of no use to anybody;
 * no clear value leaves this module.

Sources: DESIGN, invariants 5, 6 and 9.
"""

import os
import secrets
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Self

import pyarrow as pa

from feiyu.base.clock import Clock, monotonic_s
from feiyu.base.errors import BadInput, TooLarge
from feiyu.base.text import Text
from feiyu.scan import named
from feiyu.scan.catalogue import GENERIC, by_id
from feiyu.scan.inspect import Inspector
from feiyu.scan.limits import Limits
from feiyu.scan.model import Field, PersonCounts, Profile, Progress, SourceInfo, State, TableProfile
from feiyu.scan.own import OwnTypes
from feiyu.scan.persons import MEMORY_BYTES, PersonCounter, orders
from feiyu.scan.source import open_source
from feiyu.scan.table import Input, Source, Table, without

_DEFAULT = Limits()
WAITING = 4
SEVERAL = ("folder", "zip")
AHEAD_ROWS = 32_768
AHEAD_BYTES = 64 << 20
"""So many rows, or so many bytes of them, are looked at before persons are counted along."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a count of persons rests on: which field identifies as what, and which fields are sensitive."""

    fields: tuple[tuple[str, str], ...]
    inside: tuple[tuple[str, tuple[str, ...]], ...]
    sensitive: tuple[str, ...]
    told: tuple[str, ...]
    personal: bool

    @classmethod
    def of(cls, fields: Iterable[Field]) -> "Plan":
        """The plan for decided fields."""
        kept = tuple(fields)
        return cls(
            fields=tuple(
                (one.name, one.counts_as or one.type)
                for one in kept
                if ((one.counts_as or one.type) in orders() and one.personal and not named.shared(one))
                or one.type in ("birth_date", "age")
            ),
            inside=tuple(
                (one.name, held)
                for one in kept
                if (one.counts_as or one.type) not in orders()
                and (held := tuple(t for t in (*one.also, *one.embedded) if t in orders()))
            ),
            sensitive=tuple(one.name for one in kept if one.sensitive),
            told=tuple(
                one.name
                for one in kept
                if (
                    by_id()[one.type].personal
                    if one.type in by_id()
                    else one.personal and one.type not in GENERIC
                )
            ),
            personal=any(one.personal for one in kept),
        )

    def counter(
        self,
        key: bytes,
        *,
        spill: Path | None = None,
        memory_bytes: int = MEMORY_BYTES,
        clock: Clock | None = None,
    ) -> PersonCounter:
        """A counter that follows the plan; ``spill`` and ``memory_bytes`` as for ``PersonCounter``."""
        return PersonCounter(
            key,
            fields=dict(self.fields),
            inside=dict(self.inside),
            sensitive=self.sensitive,
            told=self.told,
            spill=spill,
            memory_bytes=memory_bytes,
            clock=clock,
        )


def profile(
    path: str | os.PathLike[str] | Input | Source,
    *,
    key: bytes | None = None,
    limits: Limits = _DEFAULT,
    progress: Callable[[Progress], None] | None = None,
    spill: Path | None = None,
    clock: Clock | None = None,
    drop: Collection[str] = (),
    run: Path | None = None,
    own: OwnTypes | None = None,
) -> Profile:
    """Scan a source (a path, an input, or one that is open); fields named in ``drop`` are left out as if they were not there.

    ``run``: where to write the digests of the first table's persons, for a union with what was sent before. ``own``: a user's own types.

    Raises:
        BadInput: the source is missing, unreadable, hostile or beyond a limit; the message names the place.
    """
    source = path if isinstance(path, Source) else open_source(path, limits=limits, look=True)
    scan = _Scan(source, key or secrets.token_bytes(32), progress, spill, clock, run, own)
    return put_together(source, [*scan.tables(drop), *scan.listed()])


@dataclass(frozen=True, slots=True)
class Part:
    """What the scan of one table of a source gave; no table where it broke off. ``place`` is the table's in the source."""

    place: int
    table: TableProfile | None
    warnings: tuple[Text, ...]


LISTED = 1 << 40
"""The place of what is only listed, behind all tables."""


def some_tables(
    source: Source, mine: Callable[[int], bool], *, clock: Clock | None = None, own: OwnTypes | None = None
) -> list[Part]:
    """Scan the tables whose place is ``mine``: one of several workers that share a source out among themselves."""
    return list(_Scan(source, secrets.token_bytes(32), None, None, clock, None, own).tables((), mine))


def listed_tables(source: Source, *, clock: Clock | None = None) -> list[Part]:
    """What of a source is only listed, not read."""
    return list(_Scan(source, secrets.token_bytes(32), None, None, clock, None, None).listed())


def put_together(source: Source, parts: Iterable[Part]) -> Profile:
    """The profile of a source from the parts of its scan, in whatever order they came."""
    ordered = sorted(parts, key=lambda part: part.place)
    unread = tuple(_unread(name) for name in source.unread)
    return Profile(
        source=SourceInfo(name=source.name, format=source.format, size_bytes=source.size_bytes),
        tables=tuple(part.table for part in ordered if part.table is not None),
        partial=bool(unread) or any(part.table is None for part in ordered),
        warnings=(*source.warnings, *(one for part in ordered for one in part.warnings), *unread),
    )


def _unread(name: str) -> Text:
    return Text(
        f"{name} 没有读取器能够理解，状态为未读。", f"{name} is understood by no reader: its state is unread."
    )


class _Beside:
    """A second thread that looks at batches while the first reads and counts; in order, a few at most waiting.

    The native lane lets go of the interpreter, so both run at once. Where this process has one core there is nothing to gain, and
    everything happens in one thread.
    """

    def __init__(self, work: Callable[[pa.RecordBatch], None]) -> None:
        self._work = work
        self._pool = ThreadPoolExecutor(1, "scan") if cores() > 1 else None
        self._waiting: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=kind is not None)
        if kind is None:
            self.settle()

    def give(self, batch: pa.RecordBatch) -> None:
        """Hand over one batch; what an earlier one raised is raised here."""
        if self._pool is None:
            self._work(batch)
            return
        self._waiting.append(self._pool.submit(self._work, batch))
        if len(self._waiting) > WAITING:
            self._waiting.popleft().result()

    def settle(self) -> None:
        """Wait until everything given was looked at."""
        while self._waiting:
            self._waiting.popleft().result()


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Scan:
    """One run over the tables of a source."""

    def __init__(
        self,
        source: Source,
        key: bytes,
        progress: Callable[[Progress], None] | None,
        spill: Path | None,
        clock: Clock | None,
        run: Path | None,
        own: OwnTypes | None,
    ) -> None:
        self.own = own
        self.source, self.key, self.spill, self.clock = source, key, spill, clock
        self.run = run
        self.progress = progress
        self.begun = monotonic_s()

    def tables(self, drop: Collection[str], mine: Callable[[int], bool] = lambda _: True) -> Iterator[Part]:
        """Scan each table (that is ``mine``); among several files one that breaks off is told, and the others go on."""
        several = self.source.format in SEVERAL
        found = self.source.tables()
        for place in count():
            try:
                table = next(found, None)
                if table is None:
                    return
                if mine(place):
                    kept = without(table, drop)
                    done = self.table(kept)
                    yield Part(place, done, tuple(kept.warnings))
            except (BadInput, TooLarge) as error:
                if not several:
                    raise
                if mine(place):
                    yield Part(place, None, (error.message.format(**error.values),))

    def listed(self) -> Iterator[Part]:
        """What is only listed."""
        for place, table in enumerate(self.source.listed(), LISTED):
            yield Part(place, self.table(table), tuple(table.warnings))

    def table(self, table: Table) -> TableProfile:
        """Scan one table."""
        inspector = Inspector(table.fields, own=self.own)
        ahead: list[pa.RecordBatch] = []
        plan: Plan | None = None
        counter: PersonCounter | None = None
        rows = held = 0
        with _Beside(inspector.feed) as feed:
            for batch in table.views():
                feed.give(batch)
                rows += batch.num_rows
                if plan is None:
                    ahead.append(batch)
                    held += batch.nbytes
                    if rows >= AHEAD_ROWS or held >= AHEAD_BYTES:
                        feed.settle()
                        plan = Plan.of(inspector.fields())
                        counter = self._counter(plan, ahead)
                        ahead = []
                elif counter is not None:
                    counter.add(batch)
                self._tell(table, rows)
        fields = inspector.fields()
        final = Plan.of(fields)
        if plan is None:
            counter = self._counter(final, ahead)
        elif final != plan:
            counter = self._counter(final, table.views())
        persons = PersonCounts()
        if counter is not None and self.run is not None:
            persons, self.run = counter.write_run(self.run), None
        elif counter is not None:
            persons = counter.counts()
        return TableProfile(
            name=table.name, rows=inspector.rows, fields=unread_fields(fields, table), persons=persons
        )

    def _counter(self, plan: Plan, batches: Iterable[pa.RecordBatch]) -> PersonCounter | None:
        if not plan.personal:
            return None
        counter = plan.counter(self.key, spill=self.spill, clock=self.clock)
        for batch in batches:
            counter.add(batch)
        return counter

    def _tell(self, table: Table, rows: int) -> None:
        if self.progress is not None:
            self.progress(
                Progress(
                    table=table.name,
                    rows=rows,
                    bytes_read=table.bytes_read,
                    total_bytes=self.source.size_bytes,
                    seconds=monotonic_s() - self.begun,
                )
            )


def unread_fields(fields: tuple[Field, ...], table: Table) -> tuple[Field, ...]:
    """Fields whose content is bytes that nobody understands are unread, never general."""
    binary = {
        one.name for one in table.schema if pa.types.is_binary(one.type) or pa.types.is_large_binary(one.type)
    }
    return tuple(
        replace(
            one,
            type="unknown",
            state=State.UNREAD,
            samples=(),
            reason=Text("二进制内容，没有读取器能够理解。", "Binary content that no reader understands."),
        )
        if one.name in binary
        and one.type in ("text", "category", "empty")
        and one.nulls < one.distinct + one.nulls
        else one
        for one in fields
    )
