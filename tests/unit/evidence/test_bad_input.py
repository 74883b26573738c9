"""Bad input at every door of the evidence: a named refusal, in bounded memory, and nothing changed."""

import json
import re
import threading
import tracemalloc
from datetime import UTC, datetime

import pytest

from feiyu.base import merkle
from feiyu.base.clock import FixedClock
from feiyu.base.errors import FeiyuError
from feiyu.evidence import note as notes
from feiyu.evidence import tiles
from feiyu.evidence.chain import Kind
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.cosignature import Cosigner
from feiyu.evidence.errors import (
    BadCheckpoint,
    BadMisbehaviour,
    BadNote,
    BadPolicy,
    BadProof,
    BadTile,
    LogDamaged,
    UntrustedNote,
)
from feiyu.evidence.keys import Algorithm, Ed25519Signer, SigningKey
from feiyu.evidence.listener import Answer, Listener
from feiyu.evidence.log import Log
from feiyu.evidence.misbehaviour import Misbehaviour
from feiyu.evidence.monitor import Monitor
from feiyu.evidence.policy import Policy, simple_policy
from feiyu.evidence.proof import Proof
from feiyu.evidence.serve import http_get
from feiyu.evidence.verify import BROKEN, TrustError, verify_receipt
from feiyu.evidence.witness import Request, Witness

CLOCK = FixedClock(datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
WITNESS = SigningKey("witness.example/1", Algorithm.COSIGNATURE_ED25519, Ed25519Signer(bytes(range(32, 64))))
MIB = 1 << 20
LINES = 1_000_000


@pytest.fixture(scope="module")
def flood():
    """A true checkpoint's text under a million signature lines, 15 MB."""
    return b"log.feiyu.example/1\n3\n" + b"A" * 43 + b"=\n\n" + "— a AAAAAAA=\n".encode() * LINES


@pytest.fixture
def witness(world, tmp_path):
    made = Witness(Cosigner(WITNESS, CLOCK), tmp_path / "witness", [world.log.verifier])
    yield made
    made.close()


@pytest.fixture
def lean():
    """What a door is given may be kept once and no more: nothing is parsed before it is measured."""
    tracemalloc.start()
    start, _ = tracemalloc.get_traced_memory()

    def within(limit):
        _, peak = tracemalloc.get_traced_memory()
        assert peak - start <= limit
        return True

    yield within
    tracemalloc.stop()


def test_a_million_signature_lines_are_refused_at_every_door(world, witness, flood, lean):
    monitor = Monitor(world.log.verifier, world.tiles.get)
    with pytest.raises(BadNote, match="bytes, over"):
        notes.parse(flood)
    with pytest.raises(BadNote, match="bytes, over"):
        Request.parse(b"old 0\n\n" + flood)
    answer = witness.add_checkpoint(b"old 0\n\n" + flood)
    assert (answer.status, witness.last) == (400, {world.log.origin: None})
    seen = monitor.consider(flood)
    assert [f.kind for f in seen.findings] == [Kind.CHECKPOINT]
    assert monitor.size == 0
    assert lean(2 * len(flood))


def test_and_inside_a_proof_a_receipt_or_an_accusation(flood, lean):
    text = flood.decode()
    with pytest.raises(BadProof, match="longer"):
        Proof.parse("c2sp.org/tlog-proof@v1\nindex 1\n\n" + text)
    with pytest.raises(BadMisbehaviour, match="bytes"):
        Misbehaviour.parse(json.dumps({"older": text}).encode())
    verdict = verify_receipt(json.dumps({"proof": text}).encode(), trust=None)
    assert (verdict.outcome, verdict.where) == (BROKEN, "receipt")
    with pytest.raises(TrustError):
        verify_receipt(b"{}", trust=flood)
    with pytest.raises(BadPolicy):
        Policy.parse(text)
    assert lean(8 * len(flood))


def test_a_flooded_checkpoint_on_the_logs_own_disk_stops_it_by_name(world, flood):
    world.record(3)
    world.publish()
    world.tiles.replace(tiles.CHECKPOINT, flood)
    with pytest.raises(BadNote, match="bytes, over"):
        Log(world.tiles, world.head, world.log.origin, world.side.log.signer)


def test_no_answer_of_a_server_is_read_without_end(lean):
    listener = Listener(("127.0.0.1", 0), lambda *_: Answer(200, bytes(64 * MIB)), max_body=0)
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        data = http_get("http://{}:{}".format(*listener.bound))("tile/entries/000")
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()
    assert len(data) == tiles.MAX_BUNDLE_BYTES + 1
    with pytest.raises(BadTile):
        tiles.decode_bundle(data, 256)
    assert lean(64 * MIB + 3 * tiles.MAX_BUNDLE_BYTES)


@pytest.mark.parametrize("size", ["9" * 5000, str(2**63), "00", "+1", "１", "1_0", " 1", ""])
def test_sizes_that_are_none_are_refused(size):
    for text in (f"o\n{size}\n{'A' * 43}=\n",):
        with pytest.raises(BadCheckpoint):
            Checkpoint.parse(text)
    with pytest.raises((BadProof, BadCheckpoint, BadNote)):
        Request.parse(f"old {size}\n\n".encode())
    with pytest.raises(BadProof):
        Proof.parse(f"c2sp.org/tlog-proof@v1\nindex {size}\n\nx\n")


def signed(world, origin, size, root, key=None):
    return notes.sign(Checkpoint(origin, size, root).text, key or world.log.key)


def test_a_checkpoint_of_another_origin_passes_no_door(world, witness):
    """The log's own key under another name, and another log's key under this name."""
    world.record(3)
    world.publish()
    before = world.log.published
    other = SigningKey("log.feiyu.example/2", Algorithm.ED25519, world.side.log.signer)
    stranger = SigningKey(world.log.origin, Algorithm.ED25519, Ed25519Signer(bytes(32)))
    root = world.log.head.root
    monitor = Monitor(world.log.verifier, world.tiles.get)
    policy = Policy.parse(simple_policy([world.log.verifier], [], needed=0))
    for note, status in (
        (signed(world, "log.feiyu.example/2", 3, root, other), 404),
        (signed(world, "log.feiyu.example/2", 3, root), 404),
        (signed(world, world.log.origin, 3, root, stranger), 403),
        (signed(world, world.log.origin, 3, root, other), 403),
    ):
        assert witness.add_checkpoint(b"old 0\n\n" + note.encode()).status == status
        assert [f.kind for f in monitor.consider(note.encode()).findings] == [Kind.CHECKPOINT]
        with pytest.raises((UntrustedNote, LogDamaged)):
            world.log.publish(note.encode())
        with pytest.raises(FeiyuError, match=re.compile(r"origin|log|key", re.IGNORECASE)):
            policy.check(note)
    assert (witness.last, monitor.size, world.log.published) == ({world.log.origin: None}, 0, before)


def test_stale_and_forked_checkpoints_change_nothing(world, witness):
    world.record(3)
    stale = signed(world, world.log.origin, 3, world.log.head.root)
    world.record(4)
    world.publish()
    now, path = world.log.published, world.log.consistency(3, 7)
    first = Request(0, (), notes.parse(now.note), now.checkpoint).encode()
    assert witness.add_checkpoint(first).status == 200
    remembered = witness.last[world.log.origin]
    forks = [signed(world, world.log.origin, size, bytes(32)) for size in (3, 7, 8)]
    for note, old, steps, status in (
        (stale, 0, (), 409),  # it has cosigned 7 since
        (stale, 7, (), 400),
        (forks[0], 7, (), 400),
        (forks[1], 7, (), 422),
        (forks[2], 7, tuple(path), 422),
    ):
        body = Request(old, steps, note, Checkpoint.parse(note.text)).encode()
        assert witness.add_checkpoint(body).status == status
    for note in (stale, *forks):
        with pytest.raises(LogDamaged):
            world.log.publish(note.encode())
    assert witness.last[world.log.origin] == remembered
    assert world.log.published == now
    assert merkle.verify_consistency(3, 7, Checkpoint.parse(stale.text).root, now.checkpoint.root, path)
