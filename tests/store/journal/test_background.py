"""The thread behind sequencer, dispatcher and worker."""

import threading

import pytest

from feiyu.base.errors import Conflict
from feiyu.base.text import Text
from feiyu.registry.journal.background import Background

pytestmark = pytest.mark.slow


class Work:
    """Does as many pieces as it was given, and counts how often it was asked."""

    def __init__(self, pieces: int = 0, failures: tuple[Exception, ...] = ()) -> None:
        self.pieces, self.failures, self.asked = pieces, list(failures), 0
        self.changed = threading.Condition()

    def __call__(self) -> bool:
        with self.changed:
            self.asked += 1
            self.changed.notify_all()
            if self.failures:
                raise self.failures.pop(0)
            self.pieces -= 1
            return self.pieces > 0

    def asked_until(self, count: int) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self.asked >= count, 20)


def test_it_goes_on_while_there_is_work_and_then_sleeps():
    work = Work(pieces=5)
    thread = Background("test", work, every_s=3600)
    thread.start()
    assert work.asked_until(5)
    thread.stop()
    assert work.asked == 5


def test_it_is_woken():
    work = Work()
    thread = Background("test", work, every_s=3600)
    thread.start()
    for n in range(2, 6):
        assert work.asked_until(n - 1)
        thread.wake()
        assert work.asked_until(n)
    thread.stop()


def test_it_looks_by_itself_now_and_then():
    work = Work()
    thread = Background("test", work, every_s=0.01)
    thread.start()
    assert work.asked_until(4)
    thread.stop()


def test_failures_do_not_end_it():
    work = Work(failures=(Conflict(reason=Text("拒绝", "a refusal")), KeyError("a fault")))
    thread = Background("test", work, every_s=0.01)
    thread.start()
    assert work.asked_until(4)
    thread.stop()


def test_a_failing_work_is_not_hurried_by_being_woken():
    work = Work(failures=tuple(KeyError(n) for n in range(50)))
    thread = Background("test", work, every_s=3600)
    thread.start()
    assert work.asked_until(1)
    for _ in range(20):
        thread.wake()
    thread.stop()
    assert work.asked == 1


def test_it_may_start_again_and_stop_twice():
    work = Work()
    thread = Background("test", work, every_s=3600)
    thread.start()
    with pytest.raises(AssertionError):
        thread.start()
    assert work.asked_until(1)
    thread.stop()
    thread.stop()
    thread.start()
    assert work.asked_until(2)
    thread.stop()
