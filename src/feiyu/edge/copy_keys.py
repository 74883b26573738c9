"""The keys that open this exporter's own copies of what it sent: one per cipher suite, made when first needed.

Rules this module keeps:
 * a copy is wrapped by an algorithm of the transfer's own suite, so that whoever is obliged to commercial cryptography is so for
   the copy too;
 * the private half never leaves the keystore or the device it lies in (``feiyu keys adopt … copy``).

Source: DESIGN invariants 6 and 12.
"""

import threading
from datetime import datetime

from feiyu.seal import KeyStore, OpeningKey, Suite
from feiyu.seal.errors import NoKey
from feiyu.seal.kems import HYBRID

PURPOSE = "copy"


class CopyKeys:
    """The copy keys of this edge. Safe to share between threads."""

    def __init__(self, store: KeyStore) -> None:
        self._store = store
        self._lock = threading.Lock()

    def current(self, suite: Suite, at: datetime) -> OpeningKey:
        """The newest valid key for a suite, made when there is none."""
        with self._lock:
            fit = [
                key for key in self._store.keys(PURPOSE) if key.algorithm in suite.kems and key.is_valid(at)
            ]
            newest = max(fit, key=lambda key: key.valid_from, default=None)
            if newest is None:
                first = None if HYBRID in suite.kems else suite.kems[0]  # None: hybrid where the library can
                newest = self._store.generate(PURPOSE, valid_from=at, algorithm=first)
            return newest.recipient()

    def of(self, key_id: str) -> OpeningKey:
        """The key of that id, also one that is no longer used for new copies."""
        for key in self._store.keys(PURPOSE):
            if key.key_id == key_id:
                return key.recipient()
        raise NoKey(ident=key_id, purpose=PURPOSE)
