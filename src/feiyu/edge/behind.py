"""Work behind the scan: stages are sealed and sent, and groups of rows counted, while the next is read and inspected.

Rules this module keeps:
 * parts are worked on in the order they came, by one thread; so many stages at most are under way, and memory is one more;
 * what failed there is raised to whoever hands over a later stage, or waits; nothing behind it is worked on;
 * whoever leaves by an error leaves nothing running: the stage under way stops at its next part.
"""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")
A = TypeVar("A")


class Behind(Generic[T]):
    """Works on stages, part by part, on a thread of its own."""

    def __init__(self, work: Callable[[T], object], *, name: str, most: int = 1) -> None:
        self._work, self._most = work, most
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._under_way: deque[Future[None]] = deque()
        self._over = False

    def take(self, parts: Sequence[T]) -> None:
        """Hand over a stage, once there is room for it."""
        self._wait(self._most - 1)
        self._under_way.append(self._pool.submit(self._each, tuple(parts)))

    def then(self, ask: Callable[[], A]) -> Future[A]:
        """What is answered once everything handed over so far is done."""
        return self._pool.submit(ask)

    def wait(self) -> None:
        """Until everything handed over is done; raises what went wrong."""
        self._wait(0)

    def _wait(self, left: int) -> None:
        while len(self._under_way) > left:
            self._under_way.popleft().result()

    def _each(self, parts: tuple[T, ...]) -> None:
        try:
            for part in parts:
                if self._over:
                    return
                self._work(part)
        except BaseException:
            self._over = True
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over = self._over or error is not None
        self._pool.shutdown(wait=True)
