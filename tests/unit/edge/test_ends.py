"""How a run ends when its end cannot be written down."""

import pytest

from feiyu.base.text import Text
from feiyu.edge.model import Control
from feiyu.edge.transfer import _once_it_can_be_kept
from feiyu.store.errors import StoreUnreachable


@pytest.mark.slow
def test_an_end_that_the_database_does_not_take_is_written_once_it_does():
    left = [StoreUnreachable(reason=Text("磁盘已满", "the disk is full"))]

    def act() -> str:
        if left:
            raise left.pop()
        return "kept"

    assert _once_it_can_be_kept(Control(), act) == "kept"


def test_a_process_that_ends_leaves_it_to_the_next():
    control = Control(ends=True)

    def act() -> None:
        raise StoreUnreachable(reason=Text("磁盘已满", "the disk is full"))

    with pytest.raises(StoreUnreachable):
        _once_it_can_be_kept(control, act)
