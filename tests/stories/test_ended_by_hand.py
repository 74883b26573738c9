"""A run that waits says for what, and a person may end it: nothing waits for ever."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from feiyu.cli.demo.stage import Stage
from feiyu_sdk import Refused

from .test_away import SIZE, chain, until
from .test_crash import _progress, _wait, granted, parts_csv
from .test_full_disk import full, waiting
from .test_held import feiyu

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
AWAY = "The port is out of reach."


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(folder=tmp_path_factory.mktemp("ended"), console_port=0)
    made.open()
    yield made
    made.close()


def sent(stage: Stage, name: str, **how: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    path = parts_csv(stage.data / name, 40_000_000, seed=len(name))
    grant = granted(stage, path)
    return grant, stage.edge().send(path=str(path), grant_id=grant["id"], **how)


def cut(stage: Stage, run: dict[str, Any], ground: str) -> dict[str, Any]:
    stage.edge("officer").decide(run["id"], cut=True, ground=ground)
    ended = until(stage, run["id"], lambda one: one["state"] == "cut")
    assert (ended["ground"]["en"], ended["waits_for"]) == (ground, None)
    return ended


def test_a_run_that_finds_no_port_says_so_and_can_be_cut(stage: Stage) -> None:
    path = parts_csv(stage.data / "never.csv", SIZE, seed=2)
    grant = granted(stage, path)
    _wait(stage, stage.edge().send(path=str(path), grant_id=grant["id"])["id"])  # so the edge knows the grant
    stage.kill("port")
    try:
        run = stage.edge().send(path=str(path), grant_id=grant["id"])
        assert AWAY in until(stage, run["id"], waiting)["waits_for"]["en"]
        assert AWAY in feiyu(stage, "edge", "run", run["id"])
        assert "Waits" in feiyu(stage, "edge", "runs")
        with pytest.raises(Refused, match="EDGE-0006"):
            stage.edge("officer").decide(run["id"], cut=False, ground="there is nothing to empty")
        with pytest.raises(Refused, match="BASE-0403"):
            stage.edge().decide(run["id"], cut=True, ground="an engineer alone")
        assert cut(stage, run, "no longer needed")["transfer_id"] is None
        with pytest.raises(Refused, match="EDGE-0006"):
            stage.edge("officer").decide(run["id"], cut=True, ground="once more")
        told = [one["data"] for one in stage.edge().chain() if one["type"] == "run.decided"]
        assert [(one["run"], one["decision"]) for one in told] == [(run["id"], "cut")]
    finally:
        stage.start("port")


def test_what_was_on_its_way_when_it_was_cut_is_free_again_once_the_port_is_back(stage: Stage) -> None:
    grant, run = sent(stage, "half-way.csv", bytes_per_s=2_000_000)
    _progress(stage, run["id"], by=1_000_000)
    stage.kill("port")
    try:
        assert AWAY in until(stage, run["id"], waiting)["waits_for"]["en"]
        ended = cut(stage, run, "it is the wrong file")
    finally:
        stage.start("port")
    officer = stage.as_("officer")
    for _ in range(300):
        if officer.transfer(ended["transfer_id"])["state"] == "cut":
            break
        time.sleep(0.1)
    told = officer.transfer(ended["transfer_id"])
    assert (told["state"], "out of reach" in told["ground"]) == ("cut", True)
    assert officer.grant(grant["id"])["used"]["size_bytes"] == 0


def test_a_run_under_way_is_cut_at_the_port_too(stage: Stage) -> None:
    _, run = sent(stage, "under-way.csv", bytes_per_s=2_000_000)
    _progress(stage, run["id"], by=1_000_000)
    ended = cut(stage, run, "the purpose fell away")
    told = stage.as_("officer").transfer(ended["transfer_id"])
    assert (told["state"], told["ground"]) == ("cut", "the purpose fell away")


def test_what_waits_for_room_can_be_cut(stage: Stage) -> None:
    path = parts_csv(stage.data / "spooled.csv", 40_000_000, seed=4)
    grant = granted(stage, path)
    stage.edge().obtain_lease(grant_id=grant["id"], persons=0, size_bytes=10**8, hours=2)
    stage.kill("port")
    try:
        with full(stage, size_bytes=12_000_000):
            run = stage.edge().send(path=str(path), grant_id=grant["id"])
            assert "no space left" in until(stage, run["id"], waiting)["waits_for"]["en"]
            cut(stage, run, "there will be no room")
        assert not list(Path(stage.folder).glob(f"edge/runs/{run['id']}.*"))
    finally:
        stage.start("port")


def test_what_was_sealed_away_says_so_and_is_cut_until_it_was_handed_out(stage: Stage) -> None:
    path = parts_csv(stage.data / "away.csv", SIZE, seed=5)
    leased, urgent = granted(stage, path), granted(stage, path)
    _wait(stage, stage.edge().send(path=str(path), grant_id=urgent["id"])["id"])
    stage.edge().obtain_lease(grant_id=leased["id"], persons=0, size_bytes=10**8, hours=2)
    stage.kill("port")
    try:
        run = stage.edge().send(path=str(path), grant_id=leased["id"])
        told = until(stage, run["id"], lambda one: waiting(one) and one["plain_bytes"])
        assert told["waits_for"]["en"].startswith("Sealed at this edge inside a lease.")
        cut(stage, run, "it is not needed after all")
        glass = stage.edge("officer").break_glass(
            grant_id=urgent["id"], ground="parts for a ventilator", persons=0, size_bytes=10**8
        )
        stage.edge("owner").confirm_breakglass(glass["id"])
        run = stage.edge().send(path=str(path), grant_id=urgent["id"])
        until(stage, run["id"], lambda _: chain(stage, "breakglass.handed_out"))
        assert until(stage, run["id"], waiting)["waits_for"]["en"].startswith(
            "The break-glass bundle is made"
        )
        with pytest.raises(Refused, match="EDGE-0013"):
            stage.edge("officer").decide(run["id"], cut=True, ground="too late for that")
    finally:
        stage.start("port")
    assert _wait(stage, run["id"])["state"] == "sealed"
