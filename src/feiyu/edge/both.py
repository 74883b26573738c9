"""Count the same rows under two keys at once: the handler's own, and its declared group's.

Rules this module keeps:
 * what decides is the handler's own count; the group's digests are written beside it and used for the union alone.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feiyu.scan import PersonCounter, PersonCounts


@dataclass(frozen=True, slots=True)
class BothKeys:
    """Two counters that answer as the first one."""

    own: PersonCounter
    group: PersonCounter | None

    def add(self, batch: Any) -> None:
        """Take in the rows of one batch."""
        self.own.add(batch)
        if self.group is not None:
            self.group.add(batch)

    def counts(self) -> PersonCounts:
        """The count under the handler's own key."""
        return self.own.counts()

    def write_run(self, path: Path) -> None:
        """Write the run, and the group's beside it."""
        self.own.write_run(path)
        if self.group is not None:
            self.group.write_run(path.with_suffix(".group"))
