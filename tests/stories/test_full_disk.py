"""No room on the edge's own disk: a run waits for it, says so with the remedy, and goes on where it was."""

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from feiyu.cli.demo.stage import Stage

from .test_away import chain, until
from .test_crash import _fetch, _progress, _wait, granted, parts_csv

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(folder=tmp_path_factory.mktemp("full"), console_port=0)
    made.open()
    yield made
    made.close()


@contextmanager
def full(stage: Stage, *, size_bytes: int) -> Iterator[None]:
    """No file of the edge grows beyond a size: what it is told then is what a full disk tells."""
    pid, most = stage.processes["edge"].pid, resource.RLIM_INFINITY
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size_bytes, most))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))


def waiting(run: dict[str, Any]) -> bool:
    return run["waits_for"] is not None


def test_a_run_waits_while_nothing_can_be_written(stage: Stage) -> None:
    path = parts_csv(stage.data / "big.csv", 40_000_000, seed=3)
    run = stage.edge().send(path=str(path), grant_id=granted(stage, path)["id"], bytes_per_s=10_000_000)
    _progress(stage, run["id"], by=3_000_000)
    with full(stage, size_bytes=1024):
        assert until(stage, run["id"], waiting)["state"] == "running"
        time.sleep(3)  # it tries again meanwhile
        assert stage.edge().run(run["id"])["state"] == "running"
    ended = _wait(stage, run["id"])
    assert (ended["state"], ended["waits_for"]) == ("sealed", None), ended["ground"]
    assert _fetch(stage, ended["transfer_id"]).path.read_bytes() == path.read_bytes()
    types = [one["type"] for one in stage.as_("officer").transfer(ended["transfer_id"])["events"]]
    assert types[:2] == ["transfer.opened", "transfer.sealed"]


def test_what_is_spooled_while_the_port_is_away_waits_for_room_too(stage: Stage) -> None:
    path = parts_csv(stage.data / "spooled.csv", 40_000_000, seed=4)
    grant = granted(stage, path)
    stage.edge().obtain_lease(grant_id=grant["id"], persons=0, size_bytes=10**8, hours=2)
    stage.kill("port")
    with full(stage, size_bytes=12_000_000):
        run = stage.edge().send(path=str(path), grant_id=grant["id"])
        now = until(stage, run["id"], waiting)
        assert now["state"] == "running"
        assert now["waits_for"] == {
            "zh": f"存储空间不足：{spool(stage, run)}。请腾出空间：有空间后自动继续，已完成的部分会保留。",
            "en": f"There is no space left for {spool(stage, run)}. Make some: it goes on by itself once there is room; what was done is kept.",
        }  # fmt: skip
    until(stage, run["id"], lambda _: "leave.sealed" in chain(stage, "leave.sealed"))
    stage.start("port")
    ended = _wait(stage, run["id"])
    assert ended["state"] == "sealed", ended["ground"]
    assert _fetch(stage, ended["transfer_id"]).path.read_bytes() == path.read_bytes()
    assert not os.path.lexists(spool(stage, run))


def spool(stage: Stage, run: dict[str, Any]) -> Path:
    return stage.folder / "edge" / "runs" / f"{run['id']}.spool"
