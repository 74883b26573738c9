"""What least data was suggested, and what was taken of it, is kept at the edge and never altered."""

import pytest

from feiyu.testing.sample import aftersales

from .conftest import ANSWERS, Story

pytestmark = pytest.mark.slow


def test_a_suggestion_and_what_was_taken_are_kept(story: Story) -> None:
    path = story.data / "aftersales.csv"
    aftersales(path, rows=400, owners=200, tracked=20)
    edge = story.world.edge_client()
    profile = edge.scan(str(path))
    scenario = story.scenario(profile)
    told = edge.advise(profile_id=profile["id"], scenario_id=scenario["id"], answers=ANSWERS)
    assert "EXEMPT" in {one["route"] for one in told}
    found = story.determine(profile, scenario, drop=["trajectory"])
    suggested, taken = edge.advice(scenario["id"])
    assert (suggested["kind"], suggested["content"]["advice"]) == ("suggested", told)
    assert (taken["kind"], taken["content"]["dropped"]) == ("taken", ["trajectory"])
    assert taken["content"]["route"] == found["determination"]["route"] == "EXEMPT"
