"""A person's signed finding sets the level, over what the scan suspects and over any answer; it is kept, versioned and in the log."""

import base64
import json

import pytest

from feiyu.base import nouns
from feiyu.evidence.entry import STATEMENT_PREFIX
from feiyu.registry.access import Role
from feiyu.seal.keys import verify
from feiyu_sdk import Refused

from .conftest import ANSWERS, Story

pytestmark = pytest.mark.slow
NOTICE = {
    "basis": "notified",
    "item": "汽车 3.2",
    "number": "沪网信〔2026〕9号",
    "issuer": "上海市网信办",
    "day": "2026-03-01",
}


def test_a_signed_finding_sets_the_level(story: Story) -> None:
    path = story.data / "sites.csv"
    path.write_text("site,power_kw\n" + "".join(f"S{n},{n}\n" for n in range(200)), encoding="utf-8")
    edge, officer = story.world.edge_client(), story.world.edge_client(Role.OFFICER)
    profile = edge.scan(str(path))
    assert (profile["found"], profile["findings"]) == (None, [])
    scenario = story.scenario(profile)
    with pytest.raises(Refused):  # an engineer's or a machine's word is none
        edge.sign_finding(profile["id"], level="important", **NOTICE)

    own = officer.sign_finding(
        profile["id"], level="important", basis="own", day="2026-02-01", ground="充电桩分布", field="site"
    )
    milder = {**ANSWERS, "important_finding": "none"}
    assert _facts(story.determine(profile, scenario, answers=milder))["important_status"] == "self_suspected"

    made = officer.sign_finding(profile["id"], level="important", field="site", **NOTICE)
    assert (own["version"], made["version"], made["by"]) == (1, 2, own["by"])
    found = story.determine(profile, scenario, answers=milder)
    assert _facts(found)["important_status"] == "notified_or_published"
    assert found["determination"]["route"] == "SA"
    assert json.loads(base64.b64decode(found["signed"]["document"]))["findings"] == [made["id"]]

    document, signature = (base64.b64decode(made["signed"][name]) for name in ("document", "signature"))
    verify(
        story.world.edge.edge.keys.signer.public, STATEMENT_PREFIX + document, signature, what=nouns.FINDING
    )
    assert [one["version"] for one in edge.findings(profile["id"])] == [1, 2]
    shown = edge.profile(profile["id"])
    assert (shown["found"], [one["id"] for one in shown["findings"]]) == ("important", [made["id"]])

    levels = edge.levels(profile["id"])
    assert [(one["name"], one["level"], one["source"]) for one in levels["lines"]][1] == (
        "power_kw",
        "general",
        None,
    )
    assert "samples" not in json.dumps(levels)
    assert [one["version"] for one in levels["versions"]] == [1, 2]
    routes = {one["found"]: (one["determination"]["route"], one["stands"]) for one in levels["effects"]}
    assert (routes["important"], routes["core"]) == (("SA", True), ("PROHIBITED", False))
    assert "SA" in levels["effects"][0]["determination"]["possible"]
    kept = edge.scan(str(path), drop=["site"])  # without the field the finding says nothing
    assert (kept["found"], kept["findings"]) == (None, [])
    shown = [one for one in edge.profiles() if one["dataset"] == str(path)]
    assert [(one["id"], one["found"], one["rows"]) for one in shown] == [(kept["id"], None, 200)]
    with pytest.raises(Refused, match="EDGE-0090"):
        officer.sign_finding(profile["id"], level="core", basis="published", day="2026-02-01")


def _facts(found: dict) -> dict:  # type: ignore[type-arg]
    facts = json.loads(base64.b64decode(found["signed"]["document"]))["facts"]
    assert isinstance(facts, dict)
    return facts
