"""The scan on all cores of this machine: processes beside each other, among which it is shared out (``shared_out``).

Rules this module keeps:
 * each process is made anew, so that none inherits what another holds; runs of persons pass through a folder, not through pipes;
 * each takes the memory of a scan of its own: a few hundred megabytes, whatever the size of the source;
 * a process that ends before its work is done ends the scan by name.
"""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from typing import TYPE_CHECKING, Any

from feiyu.base.clock import Clock, SystemClock
from feiyu.scan.errors import UnknownWorkers, WorkerLost
from feiyu.scan.limits import Limits
from feiyu.scan.model import Profile
from feiyu.scan.shared_out import Wanted, profile_shared_out, shared_address
from feiyu.scan.survey import cores

if TYPE_CHECKING:
    from feiyu.scan.own import OwnTypes

HERE = "cores"
MOST = 256
_DEFAULT = Limits()


def profile_on_cores(
    address: str,
    *,
    on: str = HERE,
    table: str | None = None,
    query: str | None = None,
    own: "OwnTypes | None" = None,
    limits: Limits = _DEFAULT,
    clock: Clock | None = None,
) -> Profile:
    """Scan a source on the cores of this machine. ``on``: ``cores`` for all that this process may use, ``cores:4`` for so many processes.

    Call it under ``if __name__ == "__main__":`` in a program of your own, for the processes load its main module.

    Raises:
        UnknownWorkers: ``on`` is none of these.
        WorkerLost: a process was killed, or ran out of memory.
        BadInput: as a scan in one process.
    """
    count, now = processes(on), (clock or SystemClock()).now()
    wanted = Wanted(
        address=shared_address(address), table=table, query=query, limits=limits, own=own, now=now
    )
    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            return profile_shared_out(wanted, _Processes(pool, count))
        except BrokenProcessPool:
            with closing(wanted.open()) as source:
                raise WorkerLost(name=source.name) from None
        finally:
            pool.shutdown(cancel_futures=True)


def processes(on: str) -> int:
    """How many processes ``cores`` or ``cores:N`` asks for."""
    name, _, number = on.partition(":")
    if name == HERE and number.isascii() and number.isdigit() and 1 <= int(number) <= MOST:
        return int(number)
    if on == HERE:
        return cores()
    raise UnknownWorkers(on=on)


class _Processes:
    """The processes of a pool."""

    one_disk = True

    def __init__(self, pool: ProcessPoolExecutor, count: int) -> None:
        self._pool, self.count = pool, count

    def begin(self, work: Callable[..., Any], *arguments: object, **named: object) -> Future[Any]:
        return self._pool.submit(work, *arguments, **named)

    def result(self, ticket: Future[Any]) -> Any:
        return ticket.result()

    def drop(self, ticket: Future[Any]) -> None:
        ticket.cancel()
