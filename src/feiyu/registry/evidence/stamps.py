"""Have checkpoints stamped by an RFC 3161 authority, once an hour while the log grows.

Rules this module keeps:
 * a token is kept only after it was checked, with the very checkpoint it is over;
 * the log never waits for the authority; an hour without an answer is a warning, and the next hour's stamp covers it;
 * one process asks.
"""

from datetime import timedelta

import structlog
from cryptography import x509

from feiyu.evidence import timestamp
from feiyu.evidence.log import Log
from feiyu.registry.journal.background import Background
from feiyu.registry.journal.store import stamps
from feiyu.store import Database, Scope
from feiyu.store.lead import leadership

_log = structlog.get_logger("feiyu.stamps")
_SCOPE = Scope.all("time stamps over the log")
APART = timedelta(hours=1)


class Stamping:
    """Asks the authority at ``url``, believed under ``certificate`` (its own, or its issuer's)."""

    def __init__(
        self, db: Database, log: Log, *, url: str, certificate: x509.Certificate, every_s: float = 60
    ) -> None:
        self._db = db
        self._log = log
        self._url = url
        self._certificate = certificate
        self._lead = leadership(db, f"stamps {log.origin}")
        self._background = Background("feiyu-stamps", self._round, every_s=every_s)

    def start(self) -> None:
        """Ask in the background."""
        self._background.start()

    def stop(self) -> None:
        """End."""
        self._background.stop()
        self._lead.release()

    def _round(self) -> bool:
        self.run_once()
        return False

    def run_once(self) -> bool:
        """Have the newest checkpoint stamped if the last stamp is an hour old; whether a stamp was added."""
        published = self._log.published
        if published is None or published.checkpoint.size == 0 or not self._lead.held():
            return False
        now = self._db.clock.now()
        with self._db.read(scope=_SCOPE) as tx:
            last = stamps.last_stamp(tx, self._log.origin)
        seen = published.checkpoint
        if last is not None and (last[0] >= seen.size or now < last[1] + APART):
            return False
        token = timestamp.stamp(self._url, seen.text.encode(), self._certificate)
        self._db.write(
            lambda tx: stamps.add_stamp(
                tx, self._log.origin, seen.size, note=published.note, token=token, at=now
            ),
            scope=_SCOPE,
        )
        return True
