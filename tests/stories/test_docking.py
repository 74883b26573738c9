"""A hall docks as one Part: its table, route, right, event, subscription; nothing of the rooms is touched."""

import sys
import time
from pathlib import Path

import httpx2 as httpx
import pytest

from feiyu.registry import journal
from feiyu.testing.world import world

from .conftest import Story, plain_csv

pytestmark = pytest.mark.slow


def test_a_tiny_hall_hears_of_a_sealed_transfer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1]))
    from guestbook_hall.part import guestbook

    with world(tmp_path, halls=[guestbook("guestbook_hall.migrations")]) as made:
        story = Story(made)
        path = plain_csv(story.data / "guests.csv", 20)
        run = story.send(path, story.exempt(path))
        assert run["state"] == "sealed"
        seats = made.seats
        for account, wanted in (("officer", 200), ("recipient", 403), ("centre1", 403)):
            headers = {"Authorization": f"Bearer {seats[account].token}"}
            answer = httpx.get(f"{made.port_url}/api/v1/guests", headers=headers)
            assert answer.status_code == wanted
        for _ in range(100):
            headers = {"Authorization": f"Bearer {seats['officer'].token}"}
            heard = httpx.get(f"{made.port_url}/api/v1/guests", headers=headers).json()
            if heard:
                break
            time.sleep(0.05)
        assert heard == ["transfer.sealed"]
        assert journal.event_type("guest.written").title["zh"] == "登记"
    sys.modules.pop("guestbook_hall.part", None)
