"""For what a run waits, and for what it does not."""

import errno
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from feiyu.base.text import Text
from feiyu.edge import room
from feiyu.edge.errors import NoCount
from feiyu.edge.model import Control
from feiyu.seal.errors import DiskFull
from feiyu.store.errors import StoreUnreachable


@contextmanager
def files_of_at_most(size_bytes: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def edge(tmp_path: Path) -> Any:
    return SimpleNamespace(runs_folder=tmp_path)


def test_a_full_disk_is_waited_for_with_the_remedy(edge):
    for bad in (DiskFull(path="a.seals"), OSError(errno.ENOSPC, "full", "a.seals")):
        told = room.wanting(edge, bad)
        assert told is not None
        assert told.zh.startswith("存储空间不足：a.seals。请腾出空间")
        assert told.en.startswith("There is no space left for a.seals. Make some:")


def test_a_failure_of_the_disk_is_waited_for_only_where_it_is_full(edge):
    bad = OSError(errno.EIO, "the scan's file for persons cannot be written or read")
    assert room.wanting(edge, bad) is None
    with files_of_at_most(1024):
        assert room.wanting(edge, bad) is not None
    assert list(edge.runs_folder.iterdir()) == []


def test_a_database_that_is_away_is_waited_for_and_a_refusal_is_not(edge):
    assert room.wanting(edge, StoreUnreachable(reason=Text("已断开", "it is gone"))) is not None
    assert room.wanting(edge, NoCount(fields="resident_id")) is None
    assert room.wanting(edge, FileNotFoundError(errno.ENOENT, "gone")) is None


@pytest.mark.slow
def test_the_wait_ends_when_there_is_room_and_says_nothing_then(edge):
    control = Control()
    with files_of_at_most(1024):
        control.stop.set()
        room.wait(edge, control, Text("满", "full"), tries=0)  # whoever ends the process is not kept
    control.stop.clear()
    room.wait(edge, control, Text("满", "full"), tries=0)
    assert control.waits_for is None
