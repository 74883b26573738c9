"""A thread that works whenever it is woken, and now and then by itself.

Rules this module keeps:
 * a failure never ends it: what failed is logged with its trace and tried again, later each time, and no sooner for
   being woken;
 * ``stop`` returns when the piece of work at hand is finished.
"""

import threading
from collections.abc import Callable

import structlog

from feiyu.base.errors import FeiyuError

_log = structlog.get_logger("feiyu.background")
LONGEST_S = 60.0


class Background:
    """Calls ``work`` until it says there is nothing to do, then sleeps."""

    def __init__(self, name: str, work: Callable[[], bool], *, every_s: float, rest_s: float = 0) -> None:
        """``rest_s`` is how long to rest between two pieces of work, so that what comes meanwhile is done together."""
        self._name = name
        self._work = work
        self._every_s = every_s
        self._rest_s = rest_s
        self._failures = 0
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        assert self._thread is None, f"{self._name} runs already"
        self._stopping.clear()
        self._thread = threading.Thread(target=self._loop, name=self._name, daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There is work."""
        self._woken.set()

    def stop(self) -> None:
        """Finish the work at hand and end."""
        self._stopping.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _loop(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            if self._once():
                continue
            if self._failures:
                self._stopping.wait(min(LONGEST_S, self._every_s * 2**self._failures))
            elif not self._stopping.is_set():
                self._woken.wait(self._every_s)
                if self._rest_s:
                    self._stopping.wait(self._rest_s)

    def _once(self) -> bool:
        """Work once; whether to go on at once."""
        try:
            more = self._work()
        except FeiyuError as refusal:
            _log.warning("background work refused", work=self._name, code=refusal.code, reason=str(refusal))
        except Exception:  # noqa: BLE001 - logged with its trace, and the work is tried again
            _log.exception("background work failed", work=self._name)
        else:
            self._failures = 0
            return more
        self._failures = min(self._failures + 1, 10)
        return False
