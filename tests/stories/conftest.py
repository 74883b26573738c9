"""A whole world for each story, on both engines, and the few steps that every story takes."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from feiyu.app.folder import EDGE, PORT
from feiyu.cli.demo.story import this_year
from feiyu.testing.persons import persons
from feiyu.testing.world import World, world
from feiyu_sdk import Fetched, Refused, fetch

Json = dict[str, Any]
ANSWERS = {"important_finding": "none", "ciio": "no"}
NEED = {"zh": "业务所需", "en": "needed"}


@dataclass
class Story:
    """A world, and the line in short steps."""

    world: World

    @property
    def data(self) -> Path:
        return self.world.folder / "data"

    def scenario(self, profile: Json, *, without: set[str] = frozenset()) -> Json:  # type: ignore[assignment]
        fields = [f for f in profile["profile"]["tables"][0]["fields"] if f["name"] not in without]
        return self.world.as_("officer").enter_scenario(
            title={"zh": "测试场景", "en": "A scenario of a test"},
            purpose="quality analysis",
            ground="none",
            recipients=[self.world.party("recipient")],
            country="DE",
            retention_days=365,
            items=[{"name": f["name"], "type": f["type"], "need": NEED} for f in fields],
        )

    def determine(
        self, profile: Json, scenario: Json, *, drop: list[str] | None = None, answers: Json = ANSWERS
    ) -> Json:
        return self.world.edge_client().determine(
            profile_id=profile["id"], scenario_id=scenario["id"], answers=answers, drop=drop
        )

    def flow(self, scenario: Json, mode: str = "strip") -> Json:
        return self.world.as_("officer").enter_flow(
            scenario_id=scenario["id"], recipient=self.world.party("recipient"), mode=mode
        )

    def grant(self, flow: Json, found: Json, **more: int) -> Json:
        terms: dict[str, Any] = {
            "persons_max": found["counts"]["persons"]["counted"],
            "sensitive_max": found["counts"]["sensitive"]["counted"],
            "bytes_max": 10**10,
        } | more
        return self.world.as_("officer").issue_grant(
            flow_id=flow["id"],
            fields=found["fields"],
            not_after=this_year(self.world.clock.now() + timedelta(days=7)),
            **terms,
        )

    def exempt(self, path: Path, *, mode: str = "strip", drop: list[str] | None = None) -> Json:
        """Scan, determine, self-record, grant: everything before the bytes."""
        profile = self.world.edge_client().scan(str(path), drop=drop)
        scenario = self.scenario(profile)
        found = self.determine(profile, scenario)
        assert found["determination"]["route"] == "EXEMPT", found["determination"]
        self.world.edge_client().file(scenario_id=scenario["id"], determined=found)
        return self.grant(self.flow(scenario, mode), found)

    def basis(self, scenario: Json, found: Json) -> Json:
        """A fictional contract, entered by one person and checked by another."""
        today = self.world.clock.now().date()
        entered = self.world.as_("centre1").enter_basis(
            scenario_id=scenario["id"],
            kind="standard_contract",
            issuer="fictional body",
            number="TEST-1",
            issued_on=today.isoformat(),
            valid_until=(today + timedelta(days=700)).isoformat(),
            fields=found["fields"],
            persons_max=found["counts"]["persons"]["counted"],
            sensitive_max=found["counts"]["sensitive"]["counted"],
            recipients=[self.world.party("recipient")],
            country="DE",
            proof_sha256="0" * 64,
            fictional=True,
        )
        return self.world.as_("centre2").check_basis(entered["id"], method="compared with the original")

    def send(self, path: Path, grant: Json, *, packing: str = "none") -> Json:
        edge = self.world.edge_client()
        return self.wait(edge.send(path=str(path), grant_id=grant["id"], packing=packing)["id"], {"running"})

    def wait(self, run_id: str, states: set[str], timeout_s: float = 60) -> Json:
        edge = self.world.edge_client()
        until = time.monotonic() + timeout_s
        while (run := edge.run(run_id))["state"] in states:
            assert time.monotonic() < until, run
            time.sleep(0.05)
        return run

    def fetch(self, transfer_id: str, folder: str = "abroad") -> Fetched:
        """Fetch once the sealing is in a witnessed checkpoint."""
        until = time.monotonic() + 30
        while True:
            try:
                return fetch(
                    self.world.as_("recipient"),
                    transfer_id,
                    key=self.world.recipient_key,
                    signer=self.world.recipient_signer,
                    folder=self.world.folder / folder,
                    trust=self.world.trust,
                )
            except Refused as refusal:
                if refusal.code != "PORT-0009" or time.monotonic() > until:
                    raise
                time.sleep(0.1)


def plain_csv(path: Path, rows: int = 500) -> Path:
    """A table with nobody in it."""
    lines = ["part_no,quantity,price_cny,warehouse"]
    lines += [f"P-{n:05d},{n % 97},{n % 89}.{n % 10}0,LG-0{n % 3}" for n in range(rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def owners_csv(path: Path, count: int = 300, *, seed: int = 5) -> Path:
    """A table of invented owners with ids and mobiles."""
    import random

    lines = ["order_no,resident_id,mobile,city"]
    for n, person in enumerate(persons(count, random.Random(seed))):
        lines.append(f"SO-2026-{n:06d},{person.resident_id},{person.mobile},Shanghai")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """A running world, once on each engine."""
    folder = tmp_path_factory.mktemp("world")
    server = request.getfixturevalue("postgres_server") if request.param == "postgres" else None
    sides = {side.name: side for side in (PORT, EDGE)}
    database = cache(lambda name: server.migrated_database(sides[name].migrations))
    with world(folder, database=database if server else None) as made:
        yield Story(made)
