"""Every clock in one list: a changed scenario, an incident, a yearly report, a text that takes effect; on both engines."""

from datetime import date, timedelta
from typing import Any

import httpx2 as httpx
import pytest

from feiyu.base.clock import legal_date
from feiyu.port import daily, law_change, life_store
from feiyu.registry.journal import jobs
from feiyu.registry.journal.tables import job
from feiyu.store import Scope
from feiyu.testing import sample
from feiyu_sdk import Refused

from .conftest import NEED, Story, owners_csv, plain_csv

pytestmark = pytest.mark.slow
ALL = Scope.all("test")


def clocks(story: Story, account: str = "officer") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = story.world.as_(account).api.get("/api/v1/calendar")["clocks"]
    return found


def kinds(story: Story) -> set[str]:
    return {one["kind"] for one in clocks(story)}


@pytest.fixture(scope="module")
def exempted(story: Story) -> dict[str, Any]:
    path = plain_csv(story.data / "calendar.csv")
    grant = story.exempt(path)
    return story.world.as_("officer").scenario(grant["scenario_id"])


def changed(scenario: dict[str, Any], **more: Any) -> dict[str, Any]:
    kept = {
        name: value for name, value in scenario.items() if name not in {"id", "owner_party", "created_at"}
    }
    return kept | more


def test_a_change_of_the_register_asks_for_a_new_determination(
    story: Story, exempted: dict[str, Any]
) -> None:
    api = story.world.as_("officer").api
    path = f"/api/v1/scenarios/{exempted['id']}/changes"
    assert "validity" in kinds(story)
    assert "change" not in kinds(story)
    with pytest.raises(Refused, match="nothing changed"):
        api.post(path, changed(exempted))
    made = api.post(path, changed(exempted, retention_days=exempted["retention_days"] - 1))
    assert made["changed"] == []
    assert "change" not in kinds(story)
    made = api.post(path, changed(exempted, purpose="another purpose", retention_days=1, items=[
        *exempted["items"], {"name": "more", "type": "text", "need": NEED},
    ]))  # fmt: skip
    assert made["changed"] == ["purpose", "items_added"]
    (asked,) = [one for one in clocks(story) if one["kind"] == "change"]
    assert "determine anew" in asked["title"]["en"]
    assert asked["citations"][0]["ref"].startswith("cn/flow-provisions-2024")
    assert [one["number"] for one in api.get(path)] == [1, 2]
    with pytest.raises(Refused):
        story.world.as_("recipient").api.post(path, changed(exempted, purpose="not mine"))


def test_an_incident_starts_the_clocks_of_the_law_and_closing_stops_them(story: Story) -> None:
    api, now = story.world.as_("officer").api, story.world.clock.now()
    body = {
        "title": "a lost laptop",
        "role": "other",
        "persons": 2_000_000,
        "discovered_at": (now - timedelta(hours=5)).isoformat(),
    }
    made = api.post("/api/v1/incidents", body)
    by_id = {one["id"].partition(":")[2]: one for one in made["clocks"]}
    assert by_id["incident-other"]["state"] == "overdue"  # four hours have passed
    assert by_id["incident-other:closing"]["state"] == "later"
    assert any(one["path"] == "/calendar?state=overdue" for one in api.get("/api/v1/workbench")["todo"])
    few = api.post("/api/v1/incidents", body | {"persons": 10})
    assert "incident-other" not in {one["id"].partition(":")[2] for one in few["clocks"]}
    for one in (made, few):
        assert api.post(f"/api/v1/incidents/{one['id']}/close", {"note": "all done"})["clocks"] == []
    assert "incident" not in kinds(story)
    with pytest.raises(Refused, match="future"):
        api.post("/api/v1/incidents", body | {"discovered_at": (now + timedelta(hours=1)).isoformat()})


def test_the_automotive_report_stands_until_it_was_made(story: Story, exempted: dict[str, Any]) -> None:
    api, today = story.world.as_("officer").api, legal_date(story.world.clock.now())
    api.post(f"/api/v1/scenarios/{exempted['id']}/changes", changed(exempted, sector="auto"))
    (due,) = [one for one in clocks(story) if one["kind"] == "yearly"]
    assert date.fromisoformat(due["day"]) >= today or (today - date.fromisoformat(due["day"])).days <= 60
    assert due["day"].endswith("-12-15")
    api.post("/api/v1/calendar/done", {"report": "auto-annual", "day": due["day"]})
    (after,) = [one for one in clocks(story) if one["kind"] == "yearly"]
    assert after["day"] > due["day"]
    with pytest.raises(Refused):
        api.post("/api/v1/calendar/done", {"report": "auto-annual", "day": "2026-12-16"})


def test_the_private_feed_shows_what_its_maker_sees_and_an_old_address_ends(story: Story) -> None:
    api, url = story.world.as_("officer").api, story.world.port_url
    first, second = (api.post("/api/v1/calendar/feed")["path"] for _ in range(2))
    text = httpx.get(url + second).text
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == len(clocks(story))
    assert httpx.get(url + first).status_code == 401
    assert httpx.get(f"{url}/api/v1/calendar.ics?token=guessed").status_code == 401
    assert httpx.get(f"{url}/api/v1/calendar.ics").status_code == 401


def test_a_reminder_is_made_once_a_stage_and_waits_until_seen(story: Story) -> None:
    api, house = story.world.as_("officer").api, story.world.port.house
    body = {
        "title": "a test",
        "role": "other",
        "persons": 1,
        "discovered_at": story.world.clock.now().isoformat(),
    }
    made = api.post("/api/v1/incidents", body)
    new = house.db.write(lambda tx: daily.remind(house, tx), scope=ALL)
    assert new > 0
    assert house.db.write(lambda tx: daily.remind(house, tx), scope=ALL) == 0
    rows = [one for one in api.get("/api/v1/reminders") if one["clock_id"].startswith(made["id"])]
    assert rows
    assert any(one["path"] == "/calendar#reminders" for one in api.get("/api/v1/workbench")["todo"])
    api.post("/api/v1/reminders/seen")
    assert not any(one["path"] == "/calendar#reminders" for one in api.get("/api/v1/workbench")["todo"])
    api.post(f"/api/v1/incidents/{made['id']}/close", {"note": "the end of this test"})


def test_a_day_whose_work_fails_has_asked_for_the_next_one(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = story.world.port.house

    def waiting() -> int:
        with house.db.read(scope=ALL) as tx:
            return jobs.counts(tx).get((daily.DAILY, "waiting"), 0)

    house.db.write(lambda tx: tx.execute(job.delete().where(job.c.kind == daily.DAILY)), scope=ALL)
    with monkeypatch.context() as patched:
        patched.setattr(daily, "discard_due", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            daily.run(house)
    assert waiting() == 1
    daily.run(house)  # again, as its worker does it
    assert waiting() == 1


def test_when_a_text_takes_effect_what_is_open_is_determined_anew_once(story: Story) -> None:
    path = owners_csv(story.data / "law.csv", 120, seed=61)
    profile = story.world.edge_client().scan(str(path))
    scenario = story.scenario(profile)
    found = story.determine(profile, scenario)
    assert found["determination"]["route"] == "EXEMPT"
    story.world.edge_client().file(scenario_id=scenario["id"], determined=found)
    grant = story.grant(story.flow(scenario), found)
    house, day = (
        story.world.port.house,
        date(2023, 6, 1),
    )  # under the rules of 2022 the same facts lead elsewhere
    assert house.db.write(lambda tx: law_change.work_through(house, tx, day), scope=ALL) > 0
    assert house.db.write(lambda tx: law_change.work_through(house, tx, day), scope=ALL) == 0
    rows = story.world.as_("officer").api.get("/api/v1/law/redetermined")
    (mine,) = [one for one in rows if one["ref"] == grant["id"]]
    assert (mine["before_route"], mine["changed"]) == ("EXEMPT", True)
    assert mine["after_route"] != "EXEMPT"
    with house.db.read(scope=ALL) as tx:
        assert day in life_store.law_days(tx)
        days = law_change.due_days(house, tx, date(2024, 3, 22), since=date(2024, 3, 21))
    assert days == [date(2024, 3, 22)]


def test_a_scenario_is_shown_to_those_its_tier_names(story: Story, exempted: dict[str, Any]) -> None:
    officer, api = story.world.as_("officer").api, story.world.as_("authority").api
    path, changes = f"/api/v1/scenarios/{exempted['id']}", f"/api/v1/scenarios/{exempted['id']}/changes"
    name = {"zh": "独此一项", "en": "The only one of its name"}

    def seen() -> tuple[bool, bool]:
        listed = exempted["id"] in {one["id"] for one in api.get("/api/v1/scenarios")}
        return listed, any(name["en"] in one["title"]["en"] for one in clocks(story, "authority"))

    def told(**more: Any) -> None:
        officer.post(changes, changed(officer.get(path), **more))

    told(title=name)
    assert seen() == (True, True)
    for tier in ("exporter", "statistics"):
        told(tier=tier)
        assert seen() == (False, False)
        for hidden in (path, changes):
            with pytest.raises(Refused, match="No such scenario"):
                api.get(hidden)
        assert officer.get(path)["tier"] == tier
        assert any(name["en"] in one["title"]["en"] for one in clocks(story))
    told(tier="authority")
    assert seen() == (True, True)


def test_nothing_is_handed_in_for_what_the_centre_may_not_know_of(story: Story) -> None:
    path = sample.aftersales(story.data / "undisclosed.csv", rows=600, owners=200, tracked=40)
    edge = story.world.edge_client()
    profile = edge.scan(str(path))
    scenario = story.scenario(profile)
    found = story.determine(profile, scenario)
    api, changes = story.world.as_("officer").api, f"/api/v1/scenarios/{scenario['id']}/changes"
    api.post(changes, changed(scenario, tier="authority"))
    asked = {"scenario_id": scenario["id"], "determined": found, "procedure": "pi-standard-contract"}
    with pytest.raises(Refused) as refused:
        edge.file(**asked)
    assert refused.value.code == "PORT-0015"
    api.post(changes, changed(scenario, tier="centre"))
    filing = edge.file(**asked)["id"]
    assert api.get(f"/api/v1/filings/{filing}")["scenario_id"] == scenario["id"]
