"""A morning at the port, for looking at: one transfer received, one held, one filing under way, one basis to be checked."""

import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from feiyu.registry.access import Role
from feiyu.testing import sample
from feiyu.testing.world import World
from feiyu_sdk import EdgeClient, Fetched, Refused, fetch

Json = dict[str, Any]
ANSWERS = {"important_finding": "none", "ciio": "no"}
NEED = {"zh": "质量分析与召回判定所需", "en": "Needed for quality analysis and recalls"}
MATERIALS = ("contract", "pia", "undertaking", "authority")


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """What came of it."""

    filing: str
    draft: str
    basis: str
    unchecked: str
    received: str
    held: str
    fetched: Fetched


def live(world: World, *, rows: int) -> Morning:
    """Let the morning happen."""
    data, edge = world.folder / "data", world.edge_client(Role.ENGINEER)
    path = sample.aftersales(data / "aftersales.csv", rows=rows, owners=min(rows // 2, 40_000), tracked=min(rows // 10, 6_000),
                             extra="emergency_contact_mobile")  # fmt: skip
    profile = edge.scan(str(path), drop=["emergency_contact_mobile"])
    scenario = scenario_of(world, profile, "海外售后质量分析", "After-sales quality analysis abroad")
    found = edge.determine(profile_id=profile["id"], scenario_id=scenario["id"], answers=ANSWERS)
    filing = edge.file(scenario_id=scenario["id"], determined=found, procedure="pi-standard-contract")["id"]
    _issue(world, filing)
    basis = _basis(world, scenario, found, number="DEMO-SCC-0001", filing_id=filing)
    world.as_("centre2").check_basis(
        basis, method="与备案回执原件逐项核对 / compared with the original, item by item"
    )
    grant = _grant(world, scenario, found, mode="strip")
    received = _until(edge, edge.send(path=str(path), grant_id=grant)["id"], {"sealed"})["transfer_id"]
    fetched = _fetch(world, received)
    second = scenario_of(world, profile, "海外召回支持", "Support of recalls abroad")
    again = edge.determine(profile_id=profile["id"], scenario_id=second["id"], answers=ANSWERS)
    draft = edge.file(scenario_id=second["id"], determined=again, procedure="pi-certification")["id"]
    unchecked = _basis(world, second, again, number="DEMO-SCC-0002", filing_id=None)
    return Morning(
        filing=filing, draft=draft, basis=basis, unchecked=unchecked, received=received, fetched=fetched,
        held=_held(world, edge),
    )  # fmt: skip


def _held(world: World, edge: EdgeClient) -> str:
    """A file whose content is not what its grant was issued for."""
    path = sample.mislabelled(world.folder / "data" / "parts.csv", rows=4_000, clean_rows=2_000)
    clean = path.with_name("parts-sample.csv")
    clean.write_text(
        "".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:1_500]), encoding="utf-8"
    )
    profile = edge.scan(str(clean))
    scenario = scenario_of(world, profile, "零部件主数据同步", "Parts master data")
    found = edge.determine(profile_id=profile["id"], scenario_id=scenario["id"], answers=ANSWERS)
    edge.file(scenario_id=scenario["id"], determined=found)
    grant = _grant(world, scenario, found, mode="hold")
    return str(_until(edge, edge.send(path=str(path), grant_id=grant)["id"], {"held"})["transfer_id"])


def scenario_of(world: World, profile: Json, zh: str, en: str) -> Json:
    """A scenario for every field of a profile."""
    return world.as_("officer").enter_scenario(
        title={"zh": zh, "en": en}, purpose="after-sales quality", ground="none", recipients=[world.party("recipient")],
        country="DE", retention_days=730,
        items=[{"name": f["name"], "type": f["type"], "need": NEED} for f in profile["profile"]["tables"][0]["fields"]],
    )  # fmt: skip


def _issue(world: World, filing: str) -> None:
    officer, centre = world.as_("officer"), world.as_("centre1")
    for material in MATERIALS:
        officer.add_document(filing, material=material, name=f"{material}.txt", content=b"fictional document")
    officer.move_filing(filing, "submit")
    for step in ("accept", "forward", "record_issued"):
        centre.move_filing(filing, step)


def _basis(world: World, scenario: Json, found: Json, *, number: str, filing_id: str | None) -> str:
    today, counts = world.clock.now().date(), found["counts"]
    entered = world.as_("centre1").enter_basis(
        scenario_id=scenario["id"], filing_id=filing_id, kind="standard_contract", issuer="省级网信部门（演示虚构）",
        number=number, issued_on=today.isoformat(), valid_until=(today + timedelta(days=700)).isoformat(),
        fields=found["fields"], persons_max=2 * counts["persons"]["counted"],
        sensitive_max=2 * counts["sensitive"]["counted"], recipients=[world.party("recipient")], country="DE",
        proof_sha256="5f" * 32, fictional=True,
    )  # fmt: skip
    return str(entered["id"])


def _grant(world: World, scenario: Json, found: Json, *, mode: str) -> str:
    officer, counts = world.as_("officer"), found["counts"]
    flow = officer.enter_flow(scenario_id=scenario["id"], recipient=world.party("recipient"), mode=mode)
    granted = officer.issue_grant(
        flow_id=flow["id"], fields=found["fields"], persons_max=counts["persons"]["counted"],
        sensitive_max=counts["sensitive"]["counted"], bytes_max=2 * 1024**3, not_after=world.clock.now() + timedelta(days=7),
    )  # fmt: skip
    return str(granted["id"])


def _until(edge: EdgeClient, run_id: str, states: set[str]) -> Json:
    for _ in range(1200):
        run = edge.run(run_id)
        if run["state"] in states:
            return run
        time.sleep(0.05)
    raise AssertionError(run)


def _fetch(world: World, transfer_id: str) -> Fetched:
    """As soon as the sealing stands in a witnessed checkpoint."""
    for _ in range(300):
        try:
            return fetch(
                world.as_("recipient"), transfer_id, key=world.recipient_key, signer=world.recipient_signer,
                folder=Path(world.folder / "abroad"), trust=world.trust,
            )  # fmt: skip
        except Refused as refusal:
            if refusal.code != "PORT-0009":
                raise
            time.sleep(0.1)
    raise AssertionError("no witnessed checkpoint within 30 s")
