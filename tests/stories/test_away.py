"""The port is away: inside a lease the edge goes on and comes home; without one it waits; two persons may break the glass."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from feiyu.cli.demo.stage import Stage
from feiyu.seal import INTL
from feiyu_sdk import Refused
from feiyu_sdk.bundle import open_bundle

from .test_crash import _fetch, _wait, granted, parts_csv

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
SIZE = 6_000_000


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(folder=tmp_path_factory.mktemp("away"), console_port=0)
    made.open()
    yield made
    made.close()


def chain(stage: Stage, *types: str) -> list[str]:
    return [one["type"] for one in reversed(stage.edge().chain()) if one["type"] in types]


def until(stage: Stage, run_id: str, fits: Any) -> dict[str, Any]:
    for _ in range(600):
        run = stage.edge().run(run_id)
        if fits(run):
            return run
        time.sleep(0.05)
    raise AssertionError(run)


def test_inside_a_lease_it_goes_on_and_comes_home_once(stage: Stage) -> None:
    path = parts_csv(stage.data / "leased.csv", SIZE, seed=41)
    grant = granted(stage, path)
    lease = stage.edge().obtain_lease(grant_id=grant["id"], persons=0, size_bytes=10**8, hours=2)
    with pytest.raises(Refused, match="natural persons 1 of at most 0"):
        stage.edge().obtain_lease(grant_id=grant["id"], persons=1, size_bytes=10**8, hours=2)
    stage.kill("port")
    run = stage.edge().send(path=str(path), grant_id=grant["id"], packing="zstd")
    until(stage, run["id"], lambda _: chain(stage, "leave.taken"))
    stage.kill("edge")  # while it seals, or just after: it begins again with the same bytes
    stage.start("edge")
    until(stage, run["id"], lambda _: chain(stage, "leave.sealed"))
    assert stage.edge().run(run["id"])["state"] == "running"
    stage.kill("edge")  # sealed, not yet home
    stage.start("edge")
    stage.start("port")
    ended = _wait(stage, run["id"])
    assert ended["state"] == "sealed", ended["ground"]
    assert ended["transfer_id"] == lease["transfer_id"]
    assert chain(stage, "leave.taken", "leave.sealed", "leave.settled") == [
        "leave.taken", "leave.sealed", "leave.settled",
    ]  # fmt: skip
    assert _fetch(stage, ended["transfer_id"]).path.read_bytes() == path.read_bytes()
    used = stage.as_("officer").grant(grant["id"])["used"]
    assert ended["cipher_bytes"] < used["size_bytes"] == INTL.geometry().cipher_bytes(path.stat().st_size)
    mine = [row for row in stage.edge().ledger_entries() if row["title"] == "leased.csv"]
    assert len(mine) == 1
    (told,) = [one for one in stage.as_("officer").api.get("/api/v1/leases") if one["id"] == lease["id"]]
    assert told["standing"] == "settled"


def test_a_revocation_keeps_what_was_sealed_from_crossing(stage: Stage) -> None:
    path = parts_csv(stage.data / "revoked.csv", SIZE, seed=42)
    grant = granted(stage, path)
    stage.edge().obtain_lease(grant_id=grant["id"], persons=0, size_bytes=10**8, hours=2)
    stage.as_("authority").revoke_grant(grant["id"], ground="an order while the edge was off")
    stage.kill("port")
    run = stage.edge().send(path=str(path), grant_id=grant["id"])
    until(stage, run["id"], lambda _: chain(stage, "leave.sealed") == ["leave.sealed"] * 2)
    stage.start("port")
    ended = _wait(stage, run["id"])
    assert ended["state"] == "cut", ended
    assert "PORT-0011" in ended["ground"]["en"]
    assert not [row for row in stage.edge().ledger_entries() if row["title"] == "revoked.csv"]
    assert not list(stage.folder.glob("edge/runs/*.spool"))


def test_without_a_lease_it_waits_and_two_persons_may_break_the_glass(stage: Stage) -> None:
    path = parts_csv(stage.data / "urgent.csv", 300_000, seed=43)
    grant = granted(stage, path)
    edge_key = stage.edge().status()["edge_key_id"]
    run = stage.edge().send(path=str(path), grant_id=grant["id"])  # so the edge knows the grant
    _wait(stage, run["id"])
    stage.kill("port")
    urgent = stage.edge().send(path=str(path), grant_id=grant["id"], packing="zstd")
    time.sleep(1.0)
    assert stage.edge().run(urgent["id"])["transfer_id"] is None
    officer, owner = stage.edge("officer"), stage.edge("owner")
    with pytest.raises(Refused, match="BASE-0403"):
        stage.edge("engineer").break_glass(
            grant_id=grant["id"], ground="an engineer alone", persons=0, size_bytes=10**7
        )
    asked = officer.break_glass(
        grant_id=grant["id"],
        ground="parts for a hospital's ventilators, the port is away",
        persons=0,
        size_bytes=10**7,
    )
    with pytest.raises(Refused, match="EDGE-0062"):
        officer.confirm_breakglass(asked["id"])
    owner.confirm_breakglass(asked["id"])
    with pytest.raises(Refused, match="EDGE-0064"):
        officer.confirm_breakglass(asked["id"])
    until(stage, urgent["id"], lambda _: chain(stage, "breakglass.handed_out"))
    (glass,) = stage.edge().breakglass()
    assert (glass["asked_by_name"], glass["confirmed_by_name"]) == ("officer", "owner")
    got, manifest = open_bundle(
        Path(glass["bundle"]), key=stage.recipient_key, edge_key_id=edge_key, folder=stage.folder / "urgent"
    )
    assert got.read_bytes() == path.read_bytes()
    assert manifest.transfer_id == asked["transfer_id"]
    assert manifest.packing is not None
    assert len([row for row in stage.edge().ledger_entries() if row["title"] == "urgent.csv"]) == 2
    stage.start("port")
    ended = _wait(stage, urgent["id"])
    assert ended["state"] == "sealed", ended["ground"]
    assert len([row for row in stage.edge().ledger_entries() if row["title"] == "urgent.csv"]) == 2
    todo = stage.as_("authority").api.get("/api/v1/workbench")["todo"]
    assert any(one["path"] == "/breakglass" for one in todo)
    (told,) = stage.as_("authority").breakglass()
    assert told["ground"].startswith("parts for a hospital")
    assert told["asked_by"].startswith("officer (prn_")
    assert told["confirmed_by"].startswith("owner (prn_")
    stage.as_("authority").note_breakglass(told["id"], note="seen, the hospital confirmed")
    todo = stage.as_("authority").api.get("/api/v1/workbench")["todo"]
    assert not any(one["path"] == "/breakglass" for one in todo)
