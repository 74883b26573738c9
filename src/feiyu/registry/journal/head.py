"""The log's head in the business database: the lock that keeps a second writer from signing.

Rules this module keeps:
 * the head moves only from the value the writer believes in; a second process, or a copy restored from an old
   backup beside a newer database, is refused;
 * it lies in the same database as the journal, so a backup of one is a backup of both.
"""

from feiyu.evidence.errors import HeadMoved
from feiyu.evidence.log import Head
from feiyu.registry.journal.store import head
from feiyu.store import Database, Scope

_SCOPE = Scope.all("head of the evidence log")


class SqlHead:
    """A ``HeadStore`` in the table ``log_head``."""

    def __init__(self, db: Database, origin: str) -> None:
        self._db = db
        self._origin = origin

    def load(self) -> Head | None:
        """The stored head; None before the first entry."""
        with self._db.read(scope=_SCOPE) as tx:
            row = head.head_row(tx, self._origin)
        return Head(*row) if row else None

    def swap(self, old: Head | None, new: Head, /) -> None:
        """Store ``new`` durably if ``old`` is what is stored; raise ``HeadMoved`` otherwise."""
        before = (old.size, old.root) if old else None
        after = (new.size, new.root)
        if not self._db.write(lambda tx: head.swap_head(tx, self._origin, before, after), scope=_SCOPE):
            raise HeadMoved(expected=_told(old), found=_told(self.load()))


def _told(head: Head | None) -> str:
    return f"{head.size} {head.root.hex()[:16]}" if head else "-"
