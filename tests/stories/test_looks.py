"""What port staff look at is visible to its owner: every route, both engines; and what cannot be recorded is not shown."""

import json
import re
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any, get_args

import httpx2 as httpx
import pytest
from fastapi.routing import APIRoute
from pydantic import BaseModel
from sqlalchemy import insert, text
from structlog.testing import capture_logs

from feiyu.api.port import port_app
from feiyu.base.clock import legal_date
from feiyu.edge.spots import Spots
from feiyu.port.tables import breakglass, redetermination
from feiyu.registry.access import Role
from feiyu.registry.identity import service, store
from feiyu.registry.looks.http import LookedRoute
from feiyu.store import Scope
from feiyu.testing import sample
from feiyu_sdk import PortClient, Refused
from tests.cli.conftest import feiyu

from .conftest import Story

Json = dict[str, Any]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
ALL = Scope.all("test")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
STAFF = ("centre1", "authority", "operator", "auditor")

NO_LOOK = {
    "/api/v1/log": "public",
    "/log/{path}": "public: commitments only",
    "/api/v1/types": "public",
    "/api/v1/rulebook": "public: law",
    "/api/v1/demo/accounts": "the seats of a demonstration",
    "/verify": "public",
    "/verify/offline": "public",
    "/guide": "public: law",
    "/pages/{name}": "public: a stylesheet",
    "/api/v1/session": "oneself",
    "/api/v1/may": "oneself",
    "/api/v1/reminders": "one's own party's",
    "/api/v1/looks": "one's own party's",
    "/api/v1/parties": "the directory, open to every party",
    "/api/v1/parties/{party_id}/keys": "the directory, open to every party",
    "/api/v1/scenario-templates": "nobody's",
    "/api/v1/scenario-templates/{name}/guide": "nobody's",
    "/api/v1/workbench": "numbers over all owners",
    "/api/v1/alarms": "the port's own log",
    "/api/v1/alarms/{alarm_id}/proof": "the port's own log",
    "/api/v1/egress": "the port's own counters",
    "/api/v1/transfers/{transfer_id}/age": "its recipient's alone",
    "/api/v1/live": "a stream: its own test below",
    "/api/v1/calendar.ics": "asked with a token of its own: its own test below",
}
"""Routes that read and show staff nothing of an owner's, each with the reason. A new route leaves a look, or is named here."""

TOLD_NOTHING = {
    ("/api/v1/parties/{party_id}/keys/changes", "operator"),
    ("/api/v1/parties/{party_id}/keys/changes", "auditor"),
}
"""Seats that a route shows no more than it shows everybody: neither who acted nor why."""


@pytest.fixture(scope="module")
def staff(story: Story) -> Iterator[dict[str, PortClient]]:
    """The seats of the port; the demonstration has no auditor, so one is added."""
    world = story.world

    def act(tx: Any) -> str:
        party = world.seats["authority"].party.id
        until = world.clock.now() + timedelta(days=1)
        made = service.add_principal(
            world.port.house,
            tx,
            party=party,
            account="auditor",
            name="AD-1",
            roles=(Role.AUDITOR,),
            until=until,
        )
        return service.issue_token(world.port.house, tx, made, label="test", days=1).secret

    token = world.port.house.db.write(act, scope=ALL)
    made = {name: world.as_(name) for name in STAFF if name in world.seats}
    auditor = PortClient(world.port_url, token=token)
    yield made | {"auditor": auditor}
    auditor.api.close()


@pytest.fixture(scope="module")
def matters(story: Story) -> dict[str, str]:
    """One thing of every kind that an exporter has at the port: the ids that stand in addresses."""
    world, officer, edge = story.world, story.world.as_("officer"), story.world.edge_client()
    path = sample.aftersales(story.data / "looks.csv", rows=1000, owners=500, tracked=100)
    profile = edge.scan(str(path))
    scenario = story.scenario(profile)
    found = story.determine(profile, scenario)
    counts = {kind: {"counted": 2 * count["counted"]} for kind, count in found["counts"].items()}
    wider = found | {"counts": counts}
    basis = story.basis(scenario, wider)
    filing = edge.file(scenario_id=scenario["id"], determined=found, procedure="pi-standard-contract")
    grant = story.grant(story.flow(scenario), wider, bytes_max=10**9)
    run = story.send(path, grant)
    transfer = officer.transfer(run["transfer_id"])
    lease = world.as_("edge").ask_lease(
        grant_id=grant["id"], persons=1, sensitive=0, size_bytes=1000, hours=1
    )
    paper = officer.add_document(filing["id"], material="undertaking", name="u.txt", content=b"paper")
    original = officer.add_original(filing["id"], paper["id"], kind="scan", name="u.png", content=PNG)
    now = world.clock.now()
    officer.api.post(
        "/api/v1/incidents",
        {"title": "a lost laptop", "role": "other", "persons": 10, "discovered_at": now.isoformat()},
    )
    kept = {
        name: value for name, value in scenario.items() if name not in {"id", "owner_party", "created_at"}
    }
    officer.api.post(f"/api/v1/scenarios/{scenario['id']}/changes", kept | {"purpose": "another purpose"})
    today = legal_date(now).isoformat()
    world.edge_client(Role.OFFICER).enter_persons(
        {"kind": "outside", "day": today, "source": "a test", "level": "L"}, path=str(path)
    )
    Spots(world.edge.edge).hand_in()
    world.as_("authority").draw_spot_check(officer.counts()[0]["id"], places=3, ground="by lot")
    owner = world.party("officer")
    world.port.house.db.write(lambda tx: _more(tx, owner, filing, grant, now), scope=ALL)
    key = next(one["id"] for one in officer.keys(owner) if one["use"] == "edge")
    return {
        "scenario_id": scenario["id"], "filing_id": filing["id"], "document_id": paper["id"], "original_id": original["id"], "basis_id": basis["id"],
        "grant_id": grant["id"], "lease_id": lease["id"], "transfer_id": transfer["id"], "party_id": owner,
        "event_id": transfer["sealed_event"], "key": key,
    }  # fmt: skip


def _more(tx: Any, owner: str, filing: Json, grant: Json, now: Any) -> None:
    """A report of a break-glass and a new determination, as rows: their own stories make them properly."""
    tx.execute(insert(breakglass).values(
        id="brk_looks", owner_party=owner, grant_id=grant["id"], transfer_id="trf_looks", ground="an emergency", asked_by="a",
        confirmed_by="b", persons=1, sensitive=0, size_bytes=1, at=now, reported_at=now, document=b"", key_id="k", signature=b"",
    ))  # fmt: skip
    tx.execute(insert(redetermination).values(
        day=now.date(), kind="filing", ref=filing["id"], owner_party=owner, before_route="A", before_rule="r", after_route="B",
        after_rule="s", changed=True, at=now,
    ))  # fmt: skip


def looks(story: Story, account: str = "officer", **query: Any) -> list[Json]:
    """All pages of what the owner sees."""
    api, found, before = story.world.as_(account).api, [], None
    while True:
        more = {"before": before} if before else {}
        page = api.get("/api/v1/looks", **(query | more))
        found += page["looks"]
        if (before := page["next"]) is None:
            return found


def times(story: Story) -> int:
    return sum(one["times"] for one in looks(story, lists="true", limit=200))


def reads(story: Story) -> list[str]:
    """The address of every route that reads, also of those that the API's document does not name."""
    routes = (route for router in _routers(story) for route in router.routes)
    return sorted(
        route.path.replace(":path}", "}")
        for route in routes
        if isinstance(route, APIRoute) and "GET" in route.methods
    )


def test_every_route_that_shows_an_owners_thing_to_staff_leaves_a_look(
    story: Story, matters: dict[str, str], staff: dict[str, PortClient]
) -> None:
    story.fetch(matters["transfer_id"])  # from then on its receipt is there
    told: dict[str, set[str]] = {}
    for path in reads(story):
        if path in NO_LOOK:
            continue
        for name, client in staff.items():
            before = times(story)
            if (path, name) not in TOLD_NOTHING and _status(client, path.format(**matters)) == 200:
                assert times(story) > before, f"{name} read {path} and its owner cannot see it"
                told.setdefault(path, set()).add(name)
    assert set(told) == {path for path in reads(story) if path not in NO_LOOK}, "no seat reads these"
    kinds = {one["kind"] for one in looks(story, lists="true")}
    assert kinds == {
        "scenario", "flow", "filing", "document", "original", "basis", "grant", "transfer", "lease", "breakglass", "counts", "challenge",
        "incident", "event", "principal", "key",
    }  # fmt: skip
    assert {one["seats"][0]["id"] for one in looks(story, lists="true")} == {
        "centre.staff", "authority.officer", "operator", "auditor",
    }  # fmt: skip


def test_what_is_named_as_no_look_leaves_none_and_still_exists(
    story: Story, matters: dict[str, str], staff: dict[str, PortClient]
) -> None:
    assert set(reads(story)) >= set(NO_LOOK)
    before = times(story)
    for path in sorted(set(NO_LOOK) - {"/api/v1/live", "/api/v1/calendar.ics", "/log/{path}"}):
        for client in staff.values():
            assert _status(client, path.format(**matters, name="none", alarm_id="alm_none")) < 500, path
    assert times(story) == before


def _status(client: PortClient, path: str) -> int:
    try:
        client.api.get_bytes(path)
    except Refused as refusal:
        return refusal.http_status
    return 200


def _routers(story: Story) -> list[Any]:
    from feiyu.api.demo import demo_router
    from feiyu.api.live import live_router
    from feiyu.api.pages import router as pages

    port = story.world.port
    more = [live_router(port.gate), demo_router(), pages(port.log, port.twin)]
    return [*(make() for make in port.routers), *more]


def test_every_model_that_names_an_owner_says_what_it_shows(story: Story) -> None:
    """A new wire model with an owner has ``owner_party`` and ``id``, or says by ``looked`` what it shows."""
    assert port_app(story.world.port)
    for router in _routers(story):
        for route in router.routes:
            assert isinstance(route, LookedRoute), route
            for model in _models(route.response_model):
                fields = set(model.model_fields)
                named = fields & {"owner_party", "exporter"}
                if named and not hasattr(model, "looked"):
                    assert {"owner_party", "id"} <= fields, (route.path, model)


@cache
def _models(kind: Any) -> frozenset[type[BaseModel]]:
    """The models inside a type."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        inner = (_models(field.annotation) for field in kind.model_fields.values())
        return frozenset({kind}).union(*inner)
    return frozenset().union(*(_models(one) for one in get_args(kind)))


def test_a_look_says_who_what_how_and_when_and_repeats_are_counted(
    story: Story, matters: dict[str, str]
) -> None:
    centre, world, grant = story.world.as_("centre2"), story.world, matters["grant_id"]
    start = world.clock.now() - timedelta(seconds=1)
    for _ in range(3):
        centre.grant(grant)
    seen = [one for one in looks(story, thing=grant) if one["by"] == _principal(story, "centre2")]
    assert sum(one["times"] for one in seen) == 3
    assert len(seen) <= 2  # one an hour
    one = seen[0]
    assert (one["how"], one["kind"], one["thing"]) == ("opened", "grant", grant)
    assert one["by_party"] == world.party("centre2")
    assert one["by_party_name"]["zh"] == "数据跨境服务中心（演示）"
    assert one["seats"] == [
        {"id": "centre.staff", "name": {"zh": "服务中心人员", "en": "Service centre staff"}}
    ]
    assert start.isoformat() <= one["first_at"] <= one["last_at"]
    assert "SC-2" not in json.dumps(
        looks(story)
    )  # a person is named by id, as in every record that others see


def test_a_paper_is_found_with_its_filing_and_a_receipt_with_its_transfer(
    story: Story, matters: dict[str, str]
) -> None:
    world = story.world
    path = f"/api/v1/filings/{matters['filing_id']}/originals/{matters['original_id']}"
    assert world.as_("centre1").api.get_bytes(path) == PNG
    assert world.as_("centre1").api.get_bytes(
        f"/api/v1/filings/{matters['filing_id']}/documents/{matters['document_id']}"
    )
    found = {(one["thing"], one["how"]) for one in looks(story, thing=matters["filing_id"]) if one["within"]}
    assert found == {(matters["original_id"], "downloaded"), (matters["document_id"], "downloaded")}
    world.as_("authority").receipt(matters["event_id"])
    receipts = [one for one in looks(story, thing=matters["transfer_id"]) if one["within"]]
    assert (matters["event_id"], "downloaded") in {(one["thing"], one["how"]) for one in receipts}


def test_an_act_of_staff_that_answers_with_the_thing_is_a_look_too(
    story: Story, matters: dict[str, str]
) -> None:
    path = f"/api/v1/bases/{matters['basis_id']}/revoke"
    before = sum(one["times"] for one in looks(story, thing=matters["basis_id"]))
    with pytest.raises(Refused):
        story.world.as_("centre1").api.post(path, {"ground": "x"})
    assert sum(one["times"] for one in looks(story, thing=matters["basis_id"])) == before
    note = story.world.as_("authority").note_breakglass("brk_looks", note="seen and understood")
    assert note["id"] in {one["thing"] for one in looks(story)}


def test_the_owner_and_the_recipient_leave_none_and_each_sees_its_own(
    story: Story, matters: dict[str, str]
) -> None:
    before = times(story)
    for account in ("officer", "owner", "engineer", "edge", "recipient"):
        story.world.as_(account).transfer(matters["transfer_id"])
    assert times(story) == before
    theirs = {one["thing"] for one in looks(story, "recipient", lists="true")}
    assert theirs
    assert not theirs & {one["thing"] for one in looks(story, lists="true")}
    for account in ("centre1", "authority", "operator"):
        with pytest.raises(Refused) as refused:
            looks(story, account)
        assert refused.value.http_status == 403
    assert looks(story, "recipient", thing=matters["transfer_id"], lists="true") == []


def test_pages_follow_one_another_without_gap(story: Story, matters: dict[str, str]) -> None:
    whole = looks(story, lists="true", limit=200)
    assert looks(story, lists="true", limit=7) == whole
    assert [one for one in whole if one["how"] != "listed"] == looks(story, limit=3)


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ["传输授权", "打开", "服务中心人员"]), ("en", ["grant", "Opened", "Service centre staff"])]
)  # fmt: skip
def test_the_command_line_lists_them(
    story: Story, matters: dict[str, str], lang: str, words: list[str]
) -> None:
    world, grant = story.world, matters["grant_id"]
    for account in ("centre1", "centre2"):
        world.as_(account).grant(grant)
    env = {"FEIYU_URL": world.port_url, "FEIYU_TOKEN": world.seats["officer"].token, "FEIYU_LANG": lang}
    told = feiyu("looks", grant, "--limit", 1, env=env)
    assert all(word in told.stdout for word in words)
    assert grant in told.stdout
    (before,) = re.findall(r"--before (\d+)", told.stderr)
    after = json.loads(feiyu("looks", grant, "--before", before, "--json", env=env).stdout)
    assert len(after["looks"]) >= 1
    assert after["next"] is None


def test_a_private_feed_of_staff_is_a_look(story: Story, matters: dict[str, str]) -> None:
    path = story.world.as_("centre1").api.post("/api/v1/calendar/feed")["path"]
    before = times(story)
    assert httpx.get(story.world.port_url + path).text.count("BEGIN:VEVENT")
    assert times(story) > before


def test_what_is_told_live_is_a_look(story: Story, matters: dict[str, str]) -> None:
    """A transfer that is cut while a person of the authority has the console open."""
    world, grant = story.world, matters["grant_id"]
    heard = threading.Event()
    headers = {"Authorization": f"Bearer {world.seats['authority'].token}"}
    opened: Json = {}

    def listen() -> None:
        with httpx.stream("GET", f"{world.port_url}/api/v1/live", headers=headers, timeout=30) as stream:
            for line in stream.iter_lines():
                if opened and opened["id"] in line:
                    heard.set()
                    return

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    time.sleep(1.5)
    fields = world.as_("officer").grant(grant)["fields"]
    opened |= world.as_("edge").open_transfer(grant_id=grant, title="live", fields=fields, stripped=[])[
        "transfer"
    ]
    assert heard.wait(20)
    thread.join(5)
    assert [one["how"] for one in looks(story, thing=opened["id"], lists="true")] == ["listed"]
    world.as_("officer").cut(opened["id"], ground="the end of this test")


def test_what_cannot_be_recorded_is_not_shown(story: Story, matters: dict[str, str]) -> None:
    """The table out of reach: a person who was not recorded in this hour gets nothing, its owner gets its answer."""
    world, db = story.world, story.world.port.house.db
    token = db.write(lambda tx: _newcomer(story, tx), scope=ALL)
    path, headers = f"/api/v1/transfers/{matters['transfer_id']}", {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=world.port_url, headers=headers, timeout=60) as newcomer:
        db.alone(lambda tx: tx.execute(text("ALTER TABLE look RENAME TO look_away")), scope=ALL)
        try:
            with capture_logs() as told:
                refused = newcomer.get(path)
            owners = world.as_("officer").transfer(matters["transfer_id"])
        finally:
            db.alone(lambda tx: tx.execute(text("ALTER TABLE look_away RENAME TO look")), scope=ALL)
        assert refused.status_code == 500
        assert matters["transfer_id"] not in refused.text
        assert "look" in str(told[0]["exc_info"])
        assert owners["id"] == newcomer.get(path).json()["id"] == matters["transfer_id"]


def _newcomer(story: Story, tx: Any) -> str:
    world = story.world
    until = world.clock.now() + timedelta(days=1)
    made = service.add_principal(
        world.port.house, tx, party=world.party("centre1"), account="centre-new", name="SC-9", roles=(Role.CENTRE,),
        until=until,
    )  # fmt: skip
    return service.issue_token(world.port.house, tx, made, label="test", days=1).secret


def _principal(story: Story, account: str) -> str:
    with story.world.port.house.db.read(scope=ALL) as tx:
        row = store.sign_in_row(tx, account)
    assert row
    return row[0].id
