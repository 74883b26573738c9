"""One stage is sealed while the next is read: in order, one at a time, and nothing runs on after an error."""

import threading

import pytest

from feiyu.edge.behind import Behind


def test_stages_go_out_in_order_while_the_next_is_made():
    out, may_go_on = [], threading.Event()

    def emit(part):
        assert may_go_on.wait(10)
        out.append(part)

    with Behind(emit, name="test") as behind:
        behind.take([b"1", b"2"])
        assert out == []  # handed over, and the caller is free
        may_go_on.set()
        behind.take([b"3"])
        assert out[:2] == [b"1", b"2"]  # one stage at a time
        behind.take([])
        behind.take([b"4"])
        behind.wait()
        assert out == [b"1", b"2", b"3", b"4"]


def test_so_many_stages_wait_and_none_behind_one_that_failed():
    out, may_go_on = [], threading.Event()

    def emit(part):
        assert may_go_on.wait(10)
        out.append(part)
        if part == b"2":
            raise ValueError(part)

    with Behind(emit, name="test", most=3) as behind:
        for part in (b"1", b"2", b"3"):
            behind.take([part])
        assert out == []  # three are under way, and the caller is free
        may_go_on.set()
        with pytest.raises(ValueError, match="2"):
            behind.wait()
        behind.wait()
    assert out == [b"1", b"2"]


def test_what_failed_is_raised_to_whoever_hands_over_next():
    def emit(part):
        raise ValueError(part)

    with Behind(emit, name="test") as behind:
        behind.take([b"1", b"2"])
        with pytest.raises(ValueError, match="1"):
            behind.take([b"3"])
        behind.wait()


def test_leaving_by_an_error_stops_at_the_next_part():
    out, reached, may_go_on = [], threading.Event(), threading.Event()

    def emit(part):
        out.append(part)
        reached.set()
        assert may_go_on.wait(10)

    def leave():
        with Behind(emit, name="test") as behind:
            behind.take([b"1", b"2", b"3"])
            assert reached.wait(10)
            threading.Timer(0.1, may_go_on.set).start()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        leave()
    assert out == [b"1"]
