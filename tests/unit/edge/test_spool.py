"""What waits at the edge for the port: whole, in order, for its owner alone; a full disk is named."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from feiyu.base.text import Lang
from feiyu.edge.spool import Spool, blocks
from feiyu.seal.errors import CannotStore, DiskFull


@contextmanager
def files_up_to(size_bytes: int) -> Iterator[None]:
    """The system refuses to let a file of this process grow beyond."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_was_written_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "spool"
    parts = [b"a" * 70_000, bytearray(b"b" * 3), memoryview(b"c" * 1_500_000), b""]
    with Spool(path) as spool:
        assert [spool.write(part) for part in parts] == [len(part) for part in parts]
        spool.finish()
    assert b"".join(blocks(path)) == b"".join(parts)
    assert path.stat().st_mode & 0o777 == 0o600
    with Spool(path) as spool:
        spool.write(b"anew")
        spool.finish()
    assert path.read_bytes() == b"anew"


def test_a_full_disk_is_named_and_stays_the_refusal(tmp_path: Path) -> None:
    def fill() -> None:
        with Spool(tmp_path / "spool") as spool:
            for _ in range(3):
                spool.write(bytes(40_000))

    with files_up_to(100_000), pytest.raises(DiskFull) as refused:
        fill()
    assert str(tmp_path / "spool") in refused.value.text(Lang.EN)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotStore):
        Spool(tmp_path / "nowhere" / "spool")
