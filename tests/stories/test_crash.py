"""``kill -9`` of edge and port while a transfer is under way: state and evidence agree, nothing is lost, nothing doubled."""

import os
import random
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from feiyu.base.clock import SystemClock
from feiyu.cli.demo.stage import Stage
from feiyu.cli.demo.story import this_year
from feiyu_sdk import Refused, fetch

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
ANSWERS = {"important_finding": "none", "ciio": "no"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(folder=tmp_path_factory.mktemp("crash"), console_port=0)
    made.open()
    yield made
    made.close()


def parts_csv(path: Path, size_bytes: int, *, seed: int) -> Path:
    """Incompressible enough, nobody in it: some rows over and over, never twice in one order."""
    rng = random.Random(seed)
    few = [f"P{rng.randrange(10**6):06d},{rng.randrange(900)},{rng.random():.4f},ok\n" for _ in range(20_000)]
    with path.open("w", encoding="utf-8") as file:
        file.write("part,quantity,price,note\n")
        written = 0
        while written < size_bytes:
            rows = "".join(rng.choices(few, k=2000))
            file.write(rows)
            written += len(rows)
    return path


def granted(stage: Stage, path: Path, *, mode: str = "strip") -> dict[str, Any]:
    edge, officer = stage.edge(), stage.as_("officer")
    profile = edge.scan(str(path))
    fields = profile["profile"]["tables"][0]["fields"]
    need = {"zh": "测试", "en": "test"}
    scenario = officer.enter_scenario(
        title={"zh": "断电测试", "en": "Crash test"}, purpose="crash test", ground="none",
        recipients=[stage.party("recipient")], country="DE", retention_days=30,
        items=[{"name": f["name"], "type": f["type"], "need": need} for f in fields],
    )  # fmt: skip
    found = edge.determine(profile_id=profile["id"], scenario_id=scenario["id"], answers=ANSWERS)
    edge.file(scenario_id=scenario["id"], determined=found)
    flow = officer.enter_flow(scenario_id=scenario["id"], recipient=stage.party("recipient"), mode=mode)
    return officer.issue_grant(
        flow_id=flow["id"], fields=found["fields"], persons_max=0, sensitive_max=0, bytes_max=10**10,
        not_after=this_year(SystemClock().now() + timedelta(days=1)),
    )  # fmt: skip


def test_a_killed_edge_and_a_killed_port_change_nothing(stage: Stage) -> None:
    path = parts_csv(stage.data / "big.csv", 40_000_000, seed=1)
    run = stage.edge().send(path=str(path), grant_id=granted(stage, path)["id"])
    kills = []
    for side in ("edge", "port", "edge", "port"):
        _progress(stage, run["id"], by=3_000_000)
        if stage.edge().run(run["id"])["state"] == "sealed":
            break
        stage.kill(side)
        kills.append(side)
        stage.start(side)
    assert kills, "the transfer ended before anything could be killed"
    ended = _wait(stage, run["id"])
    assert ended["state"] == "sealed", ended["ground"]
    got = _fetch(stage, ended["transfer_id"])
    assert got.path.read_bytes() == path.read_bytes()
    types = [e["type"] for e in stage.as_("officer").transfer(ended["transfer_id"])["events"]]
    assert types == ["transfer.opened", "transfer.sealed", "transfer.released", "transfer.received"]
    totals = stage.as_("officer").grant(ended["grant_id"])["used"]
    assert totals["size_bytes"] == ended["cipher_bytes"]


def test_a_source_that_changed_across_a_crash_is_not_sealed_under_the_same_key(stage: Stage) -> None:
    path = parts_csv(stage.data / "changed.csv", 40_000_000, seed=2)
    run = stage.edge().send(path=str(path), grant_id=granted(stage, path)["id"])
    _progress(stage, run["id"], by=8_000_000)
    stage.kill("edge")
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"999999")
    stage.start("edge")
    ended = _wait(stage, run["id"])
    assert ended["state"] == "cut", ended
    assert "SEAL" in ended["ground"]["en"]
    told = stage.as_("officer").transfer(ended["transfer_id"])["ground"]
    assert re.fullmatch(r"出境侧中止，代码 (SEAL-\d{4}) / the edge ended it, code \1", told), told
    assert stage.as_("officer").transfer(ended["transfer_id"])["state"] == "cut"


def test_a_killed_port_tells_the_same_story_afterwards(stage: Stage) -> None:
    """Everything that was answered before is answered again."""
    path = parts_csv(stage.data / "small.csv", 200_000, seed=3)
    run = _wait(stage, stage.edge().send(path=str(path), grant_id=granted(stage, path)["id"])["id"])
    _fetch(stage, run["transfer_id"])
    before = _proven(stage, run["transfer_id"])
    stage.kill("port")
    stage.start("port")
    after = stage.as_("officer").transfer(run["transfer_id"])
    assert after == before


def _progress(stage: Stage, run_id: str, *, by: int) -> None:
    start = stage.edge().run(run_id)["confirmed_bytes"]
    for _ in range(2000):
        run = stage.edge().run(run_id)
        if run["confirmed_bytes"] - start >= by or run["state"] != "running":
            return
        time.sleep(0.005)


def _wait(stage: Stage, run_id: str) -> dict[str, Any]:
    for _ in range(1200):
        run = stage.edge().run(run_id)
        if run["state"] != "running":
            return run
        time.sleep(0.1)
    raise AssertionError(run)


def _proven(stage: Stage, transfer_id: str) -> dict[str, Any]:
    """The transfer once a witnessed checkpoint holds its last event: from then on nothing of it changes."""
    for _ in range(200):
        found = stage.as_("officer").transfer(transfer_id)
        if all(event["proven"] for event in found["events"]):
            return found
        time.sleep(0.1)
    raise AssertionError(found)


def _fetch(stage: Stage, transfer_id: str) -> Any:
    for _ in range(200):
        try:
            return fetch(
                stage.as_("recipient"), transfer_id, key=stage.recipient_key, signer=stage.recipient_signer,
                folder=stage.abroad / os.urandom(4).hex(), trust=stage.trust.read_bytes(),
            )  # fmt: skip
        except Refused as refusal:
            if refusal.code != "PORT-0009":
                raise
            time.sleep(0.1)
    raise AssertionError("not proven")
