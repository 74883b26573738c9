"""A run that waits for a person: what is decided holds, whatever was killed before and after, and evidence says the same."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from feiyu.cli.demo.stage import Stage
from feiyu.testing.persons import persons
from feiyu_sdk import Refused

from .test_crash import _fetch, _wait, granted, parts_csv

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(folder=tmp_path_factory.mktemp("held"), console_port=0)
    made.open()
    yield made
    made.close()


def held(
    stage: Stage, name: str, *, size_bytes: int = 40_000_000, bytes_per_s: int | None = None
) -> dict[str, Any]:
    """A run of parts, of which much is on its way already when identity numbers stand in the place of some."""
    clean = parts_csv(stage.data / f"{name}-declared.csv", 100_000, seed=7)
    grant = granted(stage, clean, mode="hold")
    path = parts_csv(stage.data / f"{name}.csv", size_bytes, seed=8)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{one.resident_id},1,1.0000,ok\n" for one in persons(50, random.Random(9)))
    sent = stage.edge().send(path=str(path), grant_id=grant["id"], bytes_per_s=bytes_per_s)
    run = _wait(stage, sent["id"])
    assert run["state"] == "held", run
    return run


def feiyu(stage: Stage, *words: str, account: str = "engineer", code: int = 0) -> str:
    """What a command says at this edge."""
    settings = {
        "FEIYU_URL": stage.edge_url,
        "FEIYU_TOKEN": stage.edge_tokens[account],
        "FEIYU_LANG": "en",
        "COLUMNS": "200",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "feiyu", *words], env=os.environ | settings, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert ran.returncode == code, ran.stderr
    return ran.stderr if code else ran.stdout


def again(stage: Stage, side: str) -> None:
    stage.kill(side)
    stage.start(side)


def story(stage: Stage, run: dict[str, Any]) -> list[str]:
    return [one["type"] for one in stage.as_("officer").transfer(run["transfer_id"])["events"]]


def decisions(stage: Stage, run: dict[str, Any]) -> list[tuple[str, str]]:
    told = [one["data"] for one in stage.edge().chain() if one["type"] == "run.decided"]
    return [(one["decision"], one["ground"]) for one in told if one["run"] == run["id"]]


def gone_on(stage: Stage, run: dict[str, Any], source: Path) -> None:
    ended = _wait(stage, run["id"])
    assert ended["state"] == "sealed", ended["ground"]
    assert story(stage, run)[:4] == [
        "transfer.opened", "transfer.held", "transfer.resumed", "transfer.sealed",
    ]  # fmt: skip
    sent = source.read_bytes()
    got = _fetch(stage, run["transfer_id"]).path.read_bytes()
    assert len(got) < len(sent)
    assert got[:39_000_000] == sent[:39_000_000]
    assert got[-13 * 50 :] == b",1,1.0000,ok\n" * 50, got[-200:]


def test_what_is_on_its_way_when_a_run_is_held_waits_with_it(stage: Stage) -> None:
    run = held(stage, "waits", bytes_per_s=6_000_000)
    assert run["confirmed_bytes"] < 30_000_000, "nothing was on its way any more"
    time.sleep(2)  # the wire knocks at the port meanwhile
    assert stage.edge().run(run["id"])["state"] == "held"
    stage.edge("officer").decide(run["id"], cut=False, ground="the column goes out empty")
    gone_on(stage, run, stage.data / "waits.csv")


def test_a_decision_holds_before_the_edge_has_the_run_in_hand_again(stage: Stage) -> None:
    run = held(stage, "restarted")
    again(stage, "edge")
    assert stage.edge().run(run["id"])["state"] == "held"
    stage.edge("officer").decide(run["id"], cut=False, ground="decided at once")
    assert stage.edge().run(run["id"])["state"] != "held"
    with pytest.raises(Refused, match="EDGE-0006"):
        stage.edge("officer").decide(run["id"], cut=False, ground="decided again")
    gone_on(stage, run, stage.data / "restarted.csv")
    assert decisions(stage, run) == [("go_on", "decided at once")]


def test_by_command_a_held_run_is_listed_shown_and_decided_with_the_same_evidence(stage: Stage) -> None:
    run = held(stage, "by-command", size_bytes=2_000_000)
    assert run["id"] in feiyu(stage, "edge", "runs")
    (listed,) = json.loads(feiyu(stage, "edge", "runs", "--state", "held", "--json"))
    assert (listed["id"], listed["name"]) == (run["id"], "by-command.csv")
    told = feiyu(stage, "--lang", "zh", "edge", "run", run["id"])
    assert all(words in told for words in ("待核", "居民身份证号码", f"feiyu edge decide {run['id']}"))
    refused = feiyu(stage, "edge", "decide", run["id"], "cut", "--ground", "no engineer decides", code=1)
    assert "BASE-0403" in refused
    done = feiyu(
        stage, "edge", "decide", run["id"], "cut", "--ground", "not what was declared", account="officer"
    )
    assert done.split("  ")[1:] == [run["id"], "Cut the transfer\n"]
    ended = _wait(stage, run["id"])
    assert (ended["state"], ended["ground"]["en"]) == ("cut", "not what was declared")
    assert decisions(stage, run) == [("cut", "not what was declared")]
    late = ("edge", "decide", run["id"], "go-on", "--ground", "too late for this one")
    assert "EDGE-0006" in feiyu(stage, *late, account="officer", code=1)
    assert json.loads(feiyu(stage, "edge", "runs", "--state", "held", "--json")) == []


def test_a_decision_outlives_a_crash_before_the_port_hears_of_it(stage: Stage) -> None:
    for name, cut in (("goes-on", False), ("is-cut", True)):
        run = held(stage, name)
        stage.kill("port")
        again(stage, "edge")
        stage.edge("officer").decide(run["id"], cut=cut, ground="while the port is away")
        again(stage, "edge")
        stage.start("port")
        if not cut:
            gone_on(stage, run, stage.data / f"{name}.csv")
            continue
        ended = _wait(stage, run["id"])
        assert (ended["state"], ended["ground"]["en"]) == ("cut", "while the port is away")
        assert decisions(stage, run) == [("cut", "while the port is away")]
