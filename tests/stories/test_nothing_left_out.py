"""Nothing is left out unnoticed, in the users' words: keys only on a proof, counters, alarms on the workbench, state replayed."""

import json
from datetime import timedelta

import pytest

from feiyu.base.clock import from_text
from feiyu.evidence.batch import Batch
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.verify import verify_receipt
from feiyu.port import replay
from feiyu.registry.journal.read import every_event
from feiyu_sdk import Refused

from .conftest import Story, plain_csv

pytestmark = pytest.mark.slow


def test_the_key_is_released_only_on_a_witnessed_proof(story: Story) -> None:
    path = plain_csv(story.data / "proof.csv", rows=1500)
    sequencer, recipient = story.world.port.sequencer, story.world.as_("recipient")
    grant = story.exempt(path)
    sequencer._background.stop()
    policy, witnesses = sequencer._policy, sequencer._witnesses
    try:
        run = story.send(path, grant, packing="zstd")
        assert run["state"] == "sealed"
        with pytest.raises(Refused) as refused:
            recipient.release(run["transfer_id"])
        assert refused.value.code == "PORT-0009"
        sequencer._witnesses = ()  # the log goes on, its witnesses do not: no quorum, no checkpoint, no key
        with pytest.raises(Exception, match="LOG-"):
            sequencer.run_once()
        with pytest.raises(Refused) as refused:
            recipient.release(run["transfer_id"])
        assert refused.value.code == "PORT-0009"
        assert recipient.transfer(run["transfer_id"])["state"] == "sealed"
    finally:
        sequencer._policy, sequencer._witnesses = policy, witnesses
        sequencer._background.start()
    assert story.fetch(run["transfer_id"]).path.read_bytes() == path.read_bytes()


def test_what_the_network_edge_counted_and_nobody_logged_reaches_the_workbench(story: Story) -> None:
    operator, authority = story.world.as_("operator"), story.world.as_("authority")
    now = story.world.clock.now()
    operator.report_egress(
        source="gw-1", start=now - timedelta(hours=2), end=now - timedelta(hours=1), size_bytes=0
    )
    far = 10**12
    operator.report_egress(source="gw-1", start=now - timedelta(hours=1), end=now, size_bytes=far)
    (fits, odd) = authority.egress()[-2:]
    assert fits["finding"] is None
    assert odd["counted"] == far
    assert "explain at most" in odd["finding"]["en"]
    story.world.port.watch.run_once()
    (alarm,) = [one for one in authority.alarms() if one["kind"] == "egress-mismatch"]
    todo = {item["path"]: item["count"] for item in authority.api.get("/api/v1/workbench")["todo"]}
    assert todo["/alarms"] >= 1
    with pytest.raises(Refused):
        operator.close_alarm(alarm["alarm_id"], ground="it is nothing")
    closed = authority.close_alarm(alarm["alarm_id"], ground="backup traffic of the port itself")
    assert closed["closed_by"]
    assert alarm["alarm_id"] not in [one["alarm_id"] for one in authority.alarms()]
    assert alarm["alarm_id"] in [one["alarm_id"] for one in authority.alarms(closed=True)]


def test_a_monitors_report_is_kept_with_its_proof_only_if_the_proof_stands(story: Story) -> None:
    authority = story.world.as_("authority")
    text = {"zh": "两种历史", "en": "two histories"}
    other = Ed25519Signer(bytes(32))
    assert other.public != story.world.port.log.verifier.public
    with pytest.raises(Refused) as refused:
        authority.report_alarm(kind="split-view", subject="sizes 1, 2", text=text, proof='{"format":"x"}')
    assert refused.value.code == "REG-0152"
    kept = authority.report_alarm(kind="gap", subject="entry 7", text=text)
    assert kept is not None
    assert kept["reported_by"] != "watch"
    assert authority.report_alarm(kind="gap", subject="entry 7", text=text) is None


def test_one_event_for_many_is_proven_one_by_one(story: Story) -> None:
    edge, officer = story.world.as_("edge"), story.world.as_("officer")
    batch = Batch([f"reading {n}".encode() for n in range(100)])
    event = edge.record_batch(kind="tide", root=batch.root, count=100)["event_id"]
    assert story.world.port.sequencer.wait_for(event, 30)
    verdict = verify_receipt(batch.attach(officer.receipt(event), 42), trust=story.world.trust)
    assert verdict.outcome == "trusted"
    assert any("number 42 of the 100" in said.en for said in verdict.proves)


def test_an_edge_says_that_it_is_there(story: Story) -> None:
    found = story.world.as_("edge").heartbeat(runs=2)
    assert story.world.port.sequencer.wait_for(found["event_id"], 30)
    told = json.loads(story.world.as_("officer").receipt(found["event_id"]))
    assert told["demo"] is True


def test_state_follows_from_the_bodies_of_events(story: Story) -> None:
    port = story.world.port.house
    with port.db.read(scope=replay.SCOPE) as tx:
        assert replay.replay(tx, every_event(tx, port.cipher)) == ()
        (first, *_) = [one for one in every_event(tx, port.cipher) if one.type == "transfer.sealed"]
        less = [one for one in every_event(tx, port.cipher) if one.event_id != first.event_id]
        assert any(
            first.refs["transfer"] in told
            for told in replay.replay(
                tx, [one for one in less if one.refs.get("transfer") != first.refs["transfer"]]
            )
        )


def test_a_key_is_valid_from_the_whole_second_in_which_it_was_made(story: Story) -> None:
    """Cosignatures count whole seconds: one of a port's very first second would else be by a key that is not valid yet."""
    said = json.loads(story.world.trust)
    begun = [one["valid_from"] for one in (*said["logs"], *said["witnesses"])]
    assert begun
    assert all(from_text(one).microsecond == 0 for one in begun)
