"""Work behind the scan: one stage is sealed and sent, and one group of rows counted, while the next is read and inspected.

Rules this module keeps:
 * parts are worked on in the order they came, by one thread; one stage at a time, so memory is two stages;
 * what failed there is raised to whoever hands over the next stage, or waits;
 * whoever leaves by an error leaves nothing running: the stage under way stops at its next part.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")


class Behind(Generic[T]):
    """Works on stages, part by part, on a thread of its own."""

    def __init__(self, work: Callable[[T], object], *, name: str) -> None:
        self._work = work
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._under_way: Future[None] | None = None
        self._over = False

    def take(self, parts: Sequence[T]) -> None:
        """Hand over a stage, once the one before it is done."""
        self.wait()
        self._under_way = self._pool.submit(self._each, tuple(parts))

    def wait(self) -> None:
        """Until everything handed over is done; raises what went wrong."""
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            under_way.result()

    def _each(self, parts: tuple[T, ...]) -> None:
        for part in parts:
            if self._over:
                return
            self._work(part)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over = error is not None
        self._pool.shutdown(wait=True)
