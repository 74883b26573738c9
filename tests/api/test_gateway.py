"""The small-request gateway answers as the application does, only for many at once."""

from concurrent.futures import ThreadPoolExecutor

import httpx2 as httpx
import pytest

from feiyu.registry.journal.audit import audit
from feiyu.testing.world import World

pytestmark = pytest.mark.slow
PATH = "/api/v1/batches"


def body(number: int) -> dict[str, object]:
    return {"kind": "tide", "root": f"{number:064x}", "count": number + 1}


def test_many_at_once_are_all_there_in_order_and_once(api_world: World) -> None:
    headers = {"Authorization": f"Bearer {api_world.seats['edge'].token}"}
    with httpx.Client(base_url=api_world.port_url, headers=headers) as client, ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda n: client.post(PATH, json=body(n)), range(300)))
    assert {answer.status_code for answer in answers} == {201}
    events = [answer.json()["event_id"] for answer in answers]
    assert len(set(events)) == 300
    assert answers[0].headers["x-content-type-options"] == "nosniff"
    assert api_world.port.sequencer.wait_for(events[-1], 30)
    found = audit(api_world.port.house.db, api_world.port.log, api_world.port.house.cipher)
    assert found.findings == ()
    said = api_world.as_("officer").api.get("/api/v1/evidence", query=events[7])[0]["data"]
    assert said == body(7)


def test_what_is_not_plainly_good_is_refused_as_anywhere(api_world: World) -> None:
    edge, officer = api_world.seats["edge"].token, api_world.seats["officer"].token
    with httpx.Client(base_url=api_world.port_url) as client:

        def ask(token: str, **what: object) -> httpx.Response:
            return client.post(PATH, headers={"Authorization": f"Bearer {token}"} if token else {}, **what)

        for token, status in (("", 401), ("fy_wrong", 401), (officer, 403)):
            answer = ask(token, json=body(1))
            assert answer.status_code == status
            assert answer.headers["content-type"] == "application/problem+json"
        for wrong in (
            {}, body(1) | {"root": "x"}, body(1) | {"count": 0}, body(1) | {"kind": "No Word"}, [],
            body(1) | {"root": "0" * 2000},
        ):  # fmt: skip
            answer = ask(edge, json=wrong)
            assert answer.status_code == 422, answer.text
            assert answer.json()["code"] == "BASE-0422"
        assert ask(edge, content=b"{").status_code == 422
        assert ask(edge, json=body(2)).status_code == 201
        assert client.get(PATH).status_code in {404, 405, 403, 401}
