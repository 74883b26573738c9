"""One transfer, several keys: a second office abroad, and the exporter's own copy as proof of what was sent."""

import base64
import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from feiyu.port import copy
from feiyu.registry.access import Role
from feiyu.registry.terms import Grant, KeyTerm
from feiyu.seal import RecipientKey, fingerprint
from feiyu.store import Scope
from feiyu_sdk import Fetched, PortClient, Refused, fetch

from .conftest import Json, Story, plain_csv
from .test_swapped_key import _start

pytestmark = pytest.mark.slow


def second_office(story: Story) -> RecipientKey:
    """A further key of the recipient, confirmed at the port; being the newest it leads in new flows."""
    world, key = story.world, RecipientKey.generate("X25519")
    party, public = world.party("recipient"), key.public
    world.as_("recipient").add_key(
        party, use="recipient", algorithm=public.algorithm, public=base64.b64encode(public.raw).decode(),
        key_id=public.key_id,
    )  # fmt: skip
    world.as_("centre1").confirm_key(public.key_id, fingerprint=public.fingerprint)
    return key


def pin(story: Story, key: RecipientKey) -> None:
    story.world.edge_client(Role.OFFICER).pin(
        recipient=story.world.party("recipient"), fingerprint=key.public.fingerprint
    )


def granted(story: Story, path: Path, *also: str) -> Json:
    profile = story.world.edge_client().scan(str(path))
    scenario = story.scenario(profile)
    found = story.determine(profile, scenario)
    story.world.edge_client().file(scenario_id=scenario["id"], determined=found)
    flow = story.world.as_("officer").enter_flow(
        scenario_id=scenario["id"], recipient=story.world.party("recipient"), mode="strip", also_key_ids=list(also)
    )  # fmt: skip
    return story.grant(flow, found)


def fetched(story: Story, transfer_id: str, key: RecipientKey, folder: str) -> Fetched:
    world = story.world
    return fetch(
        world.as_("recipient"), transfer_id, key=key, signer=world.recipient_signer, folder=world.folder / folder,
        trust=world.trust,
    )  # fmt: skip


def events(story: Story, transfer_id: str) -> list[str]:
    return [one["type"] for one in story.world.as_("officer").transfer(transfer_id)["events"]]


@pytest.fixture(scope="module")
def sent(story: Story) -> tuple[str, str, Path, RecipientKey]:
    """A transfer to both keys of the recipient: run, transfer, source, the second key."""
    key = second_office(story)
    pin(story, key)
    path = plain_csv(story.data / "both.csv", 4000)
    grant = granted(story, path, story.world.recipient_key.key_id)
    run = story.send(path, grant, packing="zstd")
    assert run["state"] == "sealed", run
    story.world.port.sequencer.run_once()
    return run["id"], run["transfer_id"], path, key


def test_each_key_opens_what_was_sent_and_says_so(
    story: Story, sent: tuple[str, str, Path, RecipientKey]
) -> None:
    _, transfer_id, path, second = sent
    first = story.world.recipient_key
    for n, key in enumerate((first, second)):
        got = fetched(story, transfer_id, key, f"office{n}")
        assert got.path.read_bytes() == path.read_bytes()
    assert set(got.manifest.key_ids) >= {first.key_id, second.key_id}
    assert events(story, transfer_id)[-3:] == [
        "transfer.released", "transfer.received", "transfer.key_released",
    ]  # fmt: skip
    with pytest.raises(Refused) as refused:
        fetched(story, transfer_id, RecipientKey.generate(), "nobody")
    assert refused.value.code == "PORT-0012"


def test_the_exporter_opens_its_own_copy_and_nothing_crosses(
    story: Story, sent: tuple[str, str, Path, RecipientKey]
) -> None:
    run_id, transfer_id, path, _ = sent
    state = story.world.as_("officer").transfer(transfer_id)["state"]
    got = story.world.edge_client().copy(run_id)
    assert (
        hashlib.sha256(Path(got["path"]).read_bytes()).digest() == hashlib.sha256(path.read_bytes()).digest()
    )
    assert story.world.as_("officer").transfer(transfer_id)["state"] == state
    assert events(story, transfer_id)[-1] == "transfer.copy_released"
    kept = story.world.edge_client().kept_copy(run_id)
    assert (kept["kept"], kept["told"], kept["opened"], kept["destroyed_at"]) == (
        True,
        True,
        got["path"],
        None,
    )
    for account in ("recipient", "officer"):
        with pytest.raises(Refused) as refused:
            story.world.as_(account).release_copy(transfer_id)
        assert refused.value.http_status in {403, 404}


def test_a_port_that_hands_out_another_copy_is_found_out(
    story: Story, sent: tuple[str, str, Path, RecipientKey]
) -> None:
    run_id, transfer_id, path, _ = sent
    edge = story.world.edge.edge
    other = plain_csv(story.data / "other.csv", 50)
    swapped = story.send(other, granted(story, other, story.world.recipient_key.key_id))
    story.world.port.sequencer.run_once()
    genuine = edge.port.release_copy(transfer_id)
    foreign = edge.port.release_copy(swapped["transfer_id"])
    from feiyu.edge.copies import fetch_copy

    for given, code in (
        (foreign, "EDGE-0080"),
        (genuine | {"wrap": foreign["wrap"]}, "SEAL-0004"),
        (foreign | {"manifest": genuine["manifest"], "wrap": genuine["wrap"]}, "WIRE-"),
    ):

        class Port:
            def release_copy(self, _transfer_id: str, given: Json = given) -> Json:
                return given

        with pytest.raises(Exception, match=code):
            fetch_copy(replace(edge, port=Port()), run_id)  # type: ignore[arg-type]
    assert path.exists()


def test_a_port_that_adds_or_swaps_a_further_key_is_refused_at_the_edge(story: Story) -> None:
    unpinned = second_office(story)
    path = plain_csv(story.data / "added.csv", 30)
    genuine = Grant.of_bytes(base64.b64decode(story.exempt(path)["signed"]["document"]))
    pinned = story.world.recipient_key.public
    genuine = replace(genuine, recipient_key_id=pinned.key_id, recipient_key=pinned.raw)
    evil = unpinned.public
    signer = story.world.port.signer
    term = KeyTerm(party=genuine.recipient, key_id=evil.key_id, key=evil.raw)
    another_suite = RecipientKey.generate("P-256").public
    for also, code in (
        (term, "EDGE-0010"),
        (replace(term, key=pinned.raw), "EDGE-0003"),
        (replace(term, party=story.world.party("centre1")), "EDGE-0003"),  # type: ignore[arg-type]
        (replace(term, key_id=another_suite.key_id, key=another_suite.raw), "EDGE-0003"),
    ):
        with pytest.raises(Exception, match=code):
            _start(story, replace(genuine, also=(also,)), signer, path)


def test_keys_of_two_suites_or_of_strangers_make_no_flow(story: Story) -> None:
    path = plain_csv(story.data / "suites.csv", 30)
    with pytest.raises(Refused) as refused:
        granted(story, path, "0" * 64)
    assert refused.value.http_status == 404
    newest = second_office(story)
    with pytest.raises(Refused) as refused:
        granted(story, path, newest.key_id)
    assert refused.value.http_status == 422


def test_a_revoked_key_ends_what_pins_it_and_the_other_goes_on(
    story: Story, sent: tuple[str, str, Path, RecipientKey]
) -> None:
    _, transfer_id, path, second = sent
    world, first = story.world, story.world.recipient_key
    grant = granted(story, path, first.key_id)  # pins the newest confirmed key, and the first
    lead = Grant.of_bytes(base64.b64decode(grant["signed"]["document"])).recipient_key_id
    edge, recipient = world.edge_client(Role.OFFICER), world.party("recipient")
    with pytest.raises(Refused) as refused:
        world.as_("engineer").retire_key(lead, ground="a seat that may not")
    assert refused.value.http_status == 403
    edge.pin(recipient=recipient, fingerprint=fingerprint(lead))
    for key_id in (second.key_id, lead):
        world.as_("recipient").retire_key(key_id, ground="laptop lost / 笔记本遗失")
    run = story.send(path, grant)
    assert (run["state"], "REG-0014" in run["ground"]["en"]) == ("cut", True), run
    for again in (
        lambda: world.as_("recipient").release(transfer_id, key_id=second.key_id),
        lambda: world.as_("centre1").confirm_key(second.key_id, fingerprint=second.public.fingerprint),
        lambda: world.as_("centre1").retire_key(second.key_id, ground="once more"),
        lambda: granted(story, path, second.key_id),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.code == "REG-0014"
    world.as_("recipient").release(transfer_id, key_id=first.key_id)
    told = world.as_("recipient").key_changes(recipient)
    assert [one["type"] for one in told if one["key_id"] == second.key_id] == [
        "key.registered", "key.confirmed", "key.retired",
    ]  # fmt: skip
    assert told[-1]["ground"] == "laptop lost / 笔记本遗失"
    assert all(one["by"] is one["ground"] is None for one in world.as_("officer").key_changes(recipient))


def test_what_is_no_longer_pinned_begins_no_run(story: Story) -> None:
    edge, recipient = story.world.edge_client(Role.OFFICER), story.world.party("recipient")
    path = plain_csv(story.data / "unpinned.csv", 30)
    grant = story.exempt(path)
    spoken = fingerprint(Grant.of_bytes(base64.b64decode(grant["signed"]["document"])).recipient_key_id)
    edge.pin(recipient=recipient, fingerprint=spoken)
    edge.unpin(recipient=recipient, fingerprint=spoken, ground="heard of a break-in / 获悉入侵")
    assert spoken.replace(" ", "") not in {one["fingerprint"] for one in edge.pins()}
    with pytest.raises(Refused) as refused:
        story.world.edge_client().send(path=str(path), grant_id=grant["id"])
    assert refused.value.code == "EDGE-0010"
    assert [one["id"] for one in edge.recipients()] == [recipient]


def test_the_copy_ends_when_its_time_is_over(story: Story, sent: tuple[str, str, Path, RecipientKey]) -> None:
    run_id, transfer_id, *_ = sent
    house = story.world.port.house
    with house.db.read(scope=Scope.all("test")) as tx:
        grant = copy.store.grant_of(
            tx, Scope.all("test"), copy.store.transfer_of(tx, Scope.all("test"), transfer_id).grant_id
        ).grant  # type: ignore[union-attr]
    folder = copy.folder_of(house, transfer_id)
    before, after = (replace(house, clock=_At(grant.retain_until + timedelta(seconds=s))) for s in (-1, 1))
    copy.discard_due(before)
    assert any(folder.iterdir())
    assert copy.discard_due(after) >= 1
    assert not folder.exists()
    shown = story.world.as_("officer").transfer(transfer_id)
    assert shown["events"][-1]["type"] == "transfer.discarded"
    kept = story.world.edge_client().kept_copy(run_id)
    assert (kept["kept"], kept["destroyed_at"]) == (False, shown["discarded_at"])
    assert shown["kept_until"] == kept["until"]
    assert copy.discard_due(after) == 0
    for ask in (
        lambda: story.world.edge_client().copy(run_id),
        lambda: _release(story.world.as_("recipient"), transfer_id),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.code == "PORT-0013"


def _release(client: PortClient, transfer_id: str) -> None:
    client.release(transfer_id)


class _At:
    """One moment."""

    def __init__(self, at: object) -> None:
        self._at = at

    def now(self):
        return self._at
