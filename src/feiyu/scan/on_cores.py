"""The scan on all cores of this machine: processes beside each other, among which it is shared out (``shared_out``).

Rules this module keeps:
 * each process is made anew, so that none inherits what another holds; runs of persons pass through a folder, not through pipes;
 * each takes the memory of a scan of its own: a few hundred megabytes, whatever the size of the source;
 * a process that ends before its work is done ends the scan by name.
"""

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from feiyu.scan.errors import UnknownWorkers, WorkerLost
from feiyu.scan.survey import cores

HERE = "cores"
MOST = 256


@contextmanager
def joined(on: str, name: str) -> Iterator["_Processes"]:
    """``cores`` for all that this process may use, ``cores:4`` for so many processes; ``name`` is that of the source."""
    count = processes(on)
    made = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=made, initializer=_end_quietly) as pool:
        try:
            yield _Processes(pool, count)
        except BrokenProcessPool:
            raise WorkerLost(name=name) from None
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
        with _interrupt_later():  # the first call makes the processes, which inherit this
            return self._pool.submit(work, *arguments, **named)

    def result(self, ticket: Future[Any]) -> Any:
        return ticket.result()

    def drop(self, ticket: Future[Any]) -> None:
        ticket.cancel()


@contextmanager
def _interrupt_later() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_quietly() -> None:
    """Let an interrupt, also one that came while this process loaded, end it without a trace: whoever asked is told of theirs."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
