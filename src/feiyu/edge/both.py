"""Count the same rows under two keys at once, behind the inspection: the handler's own key, and its declared group's.

Rules this module keeps:
 * what decides is the handler's own count; the group's digests are written beside it and used for the union alone;
 * a count is of all rows handed over before it was asked for.
"""

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from feiyu.edge.behind import Behind
from feiyu.scan import PersonCounter, PersonCounts


class BothKeys:
    """Two counters that answer as the first one, on a thread of their own; leave it as a context."""

    def __init__(self, own: PersonCounter, group: PersonCounter | None) -> None:
        self._own, self._group = own, group
        self._behind = Behind(self._add, name="count-behind", most=2)

    def take(self, batches: Sequence[Any]) -> None:
        """Hand over the rows of some batches; raises what went wrong with those before."""
        self._behind.take(batches)

    def counts(self) -> Future[PersonCounts]:
        """The count under the handler's own key, of the rows handed over so far."""
        return self._behind.then(self._own.counts)

    def write_run(self, path: Path) -> PersonCounts:
        """Write the run, and the group's beside it; the count under the handler's own key."""
        self._behind.wait()
        counted = self._own.write_run(path)
        if self._group is not None:
            self._group.write_run(path.with_suffix(".group"))
        return counted

    def _add(self, batch: Any) -> None:
        self._own.add(batch)
        if self._group is not None:
            self._group.add(batch)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._behind.__exit__(kind, error, trace)
