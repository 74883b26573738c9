"""Whatever bytes arrive, a reader answers or refuses by name; nothing else ever escapes."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feiyu.base.errors import FeiyuError
from feiyu.evidence import note as notes
from feiyu.evidence import tiles
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.entry import Body, Entry
from feiyu.evidence.keys import SigningKey, VerifierKey
from feiyu.evidence.misbehaviour import Misbehaviour
from feiyu.evidence.policy import Policy
from feiyu.evidence.proof import Proof
from feiyu.evidence.verify import TrustError, report, verify_receipt
from feiyu.evidence.witness import Request

pytestmark = pytest.mark.slow
EASY = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=150,
    derandomize=True,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)


@pytest.fixture(scope="module")
def samples(shared_world):
    """One valid specimen of everything that is read."""
    world = shared_world
    receipt = world.sealed(before=20, after=3)
    trust = world.trust()
    proof = world.log.prove(5)
    note = notes.parse(proof.checkpoint)
    request = Request(3, tuple(world.log.consistency(3, 24)), note, Checkpoint.parse(note.text))
    return {
        "receipt": receipt,
        "trust": trust,
        "note": proof.checkpoint,
        "proof": proof.text.encode(),
        "request": request.encode(),
        "policy": json.loads(trust)["policy"].encode(),
        "entry": world.events[5][0],
        "body": world.events[5][2],
        "bundle": tiles.encode_bundle([e for e, _, _ in world.events[:9]]),
        "vkey": world.log.verifier.text.encode(),
        "misbehaviour": Misbehaviour(
            older=proof.checkpoint, newer=proof.checkpoint, prefix_root=bytes(32)
        ).encode(),
    }


def text(data):
    return data.decode("utf-8", "replace")


READERS = {
    "note": notes.parse,
    "proof": lambda data: Proof.parse(text(data)).check(b"x"),
    "request": Request.parse,
    "policy": lambda data: Policy.parse(text(data)),
    "entry": Entry.parse,
    "body": Body.parse,
    "bundle": lambda data: tiles.decode_bundle(data, 9),
    "vkey": lambda data: VerifierKey.parse(text(data)),
    "skey": lambda data: SigningKey.parse(text(data)),
    "path": lambda data: tiles.parse_path(text(data)),
    "misbehaviour": lambda data: Misbehaviour.parse(data).check(VerifierKey.parse("x+y+z")),
    "checkpoint": lambda data: Checkpoint.parse(text(data)),
}


def spoiled(data, sample):
    """The sample with a piece cut out, put twice, or replaced."""
    at = data.draw(st.integers(0, len(sample)))
    end = data.draw(st.integers(at, min(len(sample), at + 40)))
    return sample[:at] + data.draw(st.binary(max_size=12) | st.just(sample[at:end] * 2)) + sample[end:]


@EASY
@given(data=st.data(), name=st.sampled_from(sorted(READERS)))
def test_readers_answer_or_refuse_by_name(samples, data, name):
    sample = samples.get(name, samples["note"])
    attempt = spoiled(data, sample) if data.draw(st.booleans()) else data.draw(st.binary(max_size=200))
    refusal = refused(FeiyuError, lambda: READERS[name](attempt))
    if refusal is not None:
        assert refusal.text("zh")
        assert refusal.text("en")
        assert refusal.remedy("zh")


def refused(error, call):
    """The refusal of the kind expected, if there was one; anything else escapes and fails the test."""
    try:
        call()
    except error as refusal:
        return refusal
    return None


@EASY
@given(data=st.data())
def test_a_receipt_is_always_answered(samples, data):
    verdict = verify_receipt(spoiled(data, samples["receipt"]), trust=samples["trust"])
    assert report(verdict, "zh")
    assert json.dumps(verdict.as_dict())


@EASY
@given(data=st.data(), value=JSON)
def test_a_receipt_of_any_shape_is_always_answered(samples, data, value):
    whole = json.loads(samples["receipt"])
    name = data.draw(st.sampled_from(sorted(whole)))
    verdict = verify_receipt(json.dumps(whole | {name: value}).encode(), trust=samples["trust"])
    left_out = (name, value) == ("signatures", [])  # a poorer receipt, and it says so
    assert verdict.outcome != "trusted" or whole[name] == value or left_out
    assert not left_out or verdict.steps[5].state == "skipped"
    assert json.dumps(verdict.as_dict())


@EASY
@given(data=st.data(), value=JSON)
def test_a_trust_file_is_used_or_refused(samples, data, value):
    whole = json.loads(samples["trust"])
    name = data.draw(st.sampled_from(sorted(whole)))
    for trust in (json.dumps(whole | {name: value}).encode(), spoiled(data, samples["trust"])):
        refusal = refused(TrustError, lambda t=trust: verify_receipt(samples["receipt"], trust=t))
        assert refusal is None or str(refusal)
