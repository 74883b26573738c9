"""What a lease reserves, and what becomes of it; on both engines."""

import base64
from pathlib import Path
from typing import Any

import pytest

from feiyu.registry.leases import LEASE_SIGNED, Lease
from feiyu.seal import keys
from feiyu_sdk import Refused

from .conftest import Story, owners_csv

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def grant(story: Story) -> dict[str, Any]:
    path = owners_csv(story.data / "leases.csv", 60, seed=51)
    profile = story.world.edge_client().scan(str(path))
    scenario = story.scenario(profile)
    found = story.determine(profile, scenario)
    if found["determination"]["route"] == "EXEMPT":
        story.world.edge_client().file(scenario_id=scenario["id"], determined=found)
    else:
        story.basis(scenario, found)
    return story.grant(story.flow(scenario), found, bytes_max=10_000_000)


def ask(story: Story, grant: dict[str, Any], **more: int) -> dict[str, Any]:
    terms = {"persons": 20, "sensitive": 0, "size_bytes": 1_000_000, "hours": 1, **more}
    return story.world.as_("edge").ask_lease(grant_id=grant["id"], **terms)


def test_a_lease_is_signed_by_the_grant_key_and_reserves_until_it_is_given_back(
    story: Story, grant: dict[str, Any]
) -> None:
    port = story.world.as_("edge")
    first, second = ask(story, grant), ask(story, grant, persons=40)
    document = base64.b64decode(first["signed"]["document"])
    keys.verify(
        story.world.port.signer.public,
        LEASE_SIGNED + document,
        base64.b64decode(first["signed"]["signature"]),
        what="l",
    )
    assert Lease.of_bytes(document).transfer_id == first["transfer_id"]
    with pytest.raises(Refused, match="natural persons 61 of at most 60"):
        ask(story, grant, persons=1, sensitive=0)
    assert port.return_lease(second["id"])["standing"] == "returned"
    again = ask(story, grant, persons=40)
    for one in (first, again):
        port.return_lease(one["id"])


def test_settling_opens_the_named_transfer_once_and_only_inside_the_lease(
    story: Story, grant: dict[str, Any]
) -> None:
    port = story.world.as_("edge")
    lease = ask(story, grant)
    terms = {"title": "away.csv", "fields": grant["fields"], "stripped": []}
    with pytest.raises(Refused, match="beyond the lease"):
        port.settle_lease(lease["id"], usage={"persons": 21, "sensitive": 0, "size_bytes": 10}, **terms)
    usage = {"persons": 15, "sensitive": 0, "size_bytes": 900_000}
    opened = port.settle_lease(lease["id"], usage=usage, **terms)
    assert opened["transfer"]["id"] == lease["transfer_id"]
    assert (opened["transfer"]["persons"], opened["transfer"]["size_bytes"]) == (15, 900_000)
    again = port.settle_lease(lease["id"], usage=usage, **terms)
    assert again["transfer"]["id"] == lease["transfer_id"]
    assert again["upload_token"] != opened["upload_token"]
    used = port.grant(grant["id"])["used"]
    assert (used["persons"], used["size_bytes"]) == (15, 900_000)
    port.cut(lease["transfer_id"], ground="the end of this test")
    assert port.grant(grant["id"])["used"]["persons"] == 0


def test_others_see_no_lease_and_an_impossible_one_is_refused(story: Story, grant: dict[str, Any]) -> None:
    lease = ask(story, grant)
    with pytest.raises(Refused) as hidden:
        story.world.as_("recipient").lease(lease["id"])
    assert hidden.value.http_status in {403, 404}
    for more in ({"hours": 73}, {"size_bytes": 0}, {"persons": -1}):
        with pytest.raises(Refused) as refused:
            ask(story, grant, **more)
        assert refused.value.http_status == 422
    with pytest.raises(Refused, match="fewer than"):
        ask(story, grant, persons=1, sensitive=2)
    story.world.as_("authority").revoke_grant(grant["id"], ground="the end of this test")
    assert story.world.as_("edge").lease(lease["id"])["standing"] == "revoked"
    with pytest.raises(Refused, match="PORT-0011"):
        story.world.as_("edge").settle_lease(
            lease["id"], title="x.csv", fields=grant["fields"], stripped=[],
            usage={"persons": 1, "sensitive": 0, "size_bytes": 1},
        )  # fmt: skip


def test_a_bundle_of_another_edge_is_not_opened(tmp_path: Path) -> None:
    from feiyu.seal import RecipientKey
    from feiyu_sdk.bundle import open_bundle
    from feiyu_sdk.errors import NotVerified

    (tmp_path / "release.json").write_bytes(b'{"format":"other"}')
    with pytest.raises(NotVerified):
        open_bundle(tmp_path, key=RecipientKey.generate(), edge_key_id="x", folder=tmp_path)
