"""Building receipts and trust files: parts that do not fit are refused before anybody gets them."""

import json
from datetime import UTC, datetime

import pytest

from feiyu.evidence.errors import BadEntry, BadReceipt, BadTrust
from feiyu.evidence.keys import Algorithm, Ed25519Signer, SigningKey
from feiyu.evidence.receipt import build_receipt
from feiyu.evidence.trust import NoteKey, PartyKey, Trust, Validity

AT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def parts(world):
    world.record(3)
    world.publish()
    entry, salt, body = world.events[1]
    return {"entry": entry, "salt": salt, "body": body, "proof": world.log.prove(1)}


def test_fitting_parts_make_a_receipt(parts):
    found = json.loads(build_receipt(**parts))
    assert sorted(found) == ["body", "demo", "entry", "format", "proof", "salt", "signatures"]
    assert found["demo"] is False


def test_parts_of_different_events_do_not(world, parts):
    entry, salt, body = world.events[2]
    for wrong in ({"entry": entry}, {"salt": salt}, {"body": body}, {"proof": world.log.prove(2)}):
        with pytest.raises(BadReceipt):
            build_receipt(**(parts | wrong))


def test_an_hour_that_is_not_the_bodys_does_not(world, parts):
    entry = parts["entry"].replace(b"T09Z", b"T10Z")
    with pytest.raises(BadReceipt, match="hour"):
        build_receipt(**(parts | {"entry": entry}))
    with pytest.raises(BadEntry):
        build_receipt(**(parts | {"entry": entry[:-1]}))


def test_a_signature_without_manifest_does_not(parts):
    with pytest.raises(BadReceipt, match="manifest"):
        build_receipt(**parts, manifest_signature=bytes(64))
    with pytest.raises(BadReceipt, match="more than"):
        build_receipt(**parts, signatures=[{}] * 101)


def note_key(name, algorithm=Algorithm.ED25519):
    return NoteKey(key=SigningKey(name, algorithm, Ed25519Signer(bytes(32))).verifier)


def test_a_trust_file_lists_keys_with_their_validity():
    edge = PartyKey(
        id="k1",
        role="edge",
        party="pty_1",
        public=bytes(32),
        validity=Validity(valid_from=AT, compromised_at=AT),
    )
    witness = note_key("w", Algorithm.COSIGNATURE_ED25519)
    found = json.loads(
        Trust(logs=[note_key("l")], witnesses=[witness], keys=[edge], name="test", issued_at=AT).encode()
    )
    assert found["keys"][0]["valid_from"] == "2026-11-22T00:00:00.000Z"
    assert "valid_to" not in found["keys"][0]
    assert found["policy"].endswith("group witnesses 1 w1\nquorum witnesses\n")
    assert (found["name"], found["issued_at"]) == ("test", "2026-11-22T00:00:00.000Z")
    assert json.loads(Trust(logs=[note_key("l")]).encode())["policy"].endswith("quorum none\n")


def test_what_cannot_be_trusted_is_not_written():
    key = PartyKey(id="k1", role="edge", party="p", public=bytes(32))
    with pytest.raises(BadTrust, match="twice"):
        Trust(logs=[note_key("l")], keys=[key, key]).encode()
    with pytest.raises(BadTrust, match="role"):
        Trust(logs=[note_key("l")], keys=[PartyKey(id="k", role="god", party="p", public=bytes(32))]).encode()
    with pytest.raises(BadTrust, match="32 bytes"):
        Trust(logs=[note_key("l")], keys=[PartyKey(id="k", role="edge", party="p", public=b"")]).encode()
    with pytest.raises(BadTrust, match="not listed"):
        Trust(logs=[note_key("l")], policy=f"log {note_key('m').key.text}\nquorum none\n").encode()
