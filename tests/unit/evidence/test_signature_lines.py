"""Further signature lines of the log: ML-DSA-44 and SM2 beside Ed25519, in notes, policies and receipts."""

import hashlib
import importlib.util
import json
import shutil
import subprocess

import pytest

from feiyu.evidence import note as notes
from feiyu.evidence import sm2
from feiyu.evidence import verify as v
from feiyu.evidence.cosignature import Cosigner
from feiyu.evidence.errors import BadKey, SmMissing, UntrustedNote
from feiyu.evidence.keys import Algorithm, SigningKey, VerifierKey, generate_skey, verify_raw
from feiyu.evidence.policy import Policy, simple_policy
from feiyu.evidence.trust import NoteKey, Trust
from feiyu.evidence.verify import BROKEN, NOT_TRUSTED, TRUSTED, verify_receipt

ORIGIN = "log.feiyu.example/1"


def key(algorithm, seed=7, name=ORIGIN):
    return SigningKey.parse(generate_skey(name, algorithm, seed=bytes([seed]) * 32))


PQ, SM = key(Algorithm.COSIGNATURE_MLDSA44), key(Algorithm.SM2_SM3)


def publish(world, *further):
    """Publish as the sequencer does, with further lines; the receipt of the last event."""
    note = notes.parse(world.log.checkpoint())
    clock = world.clock
    for one in further:
        line = (
            notes.sign(note.text, one).signatures[0]
            if one.algorithm is Algorithm.SM2_SM3
            else Cosigner(one, clock).line(note.text)
        )
        note = note.add([line])
    note = note.add(Cosigner(world.side.witnesses[n], clock).line(note.text) for n in (0, 1))
    world.log.publish(note.encode())
    from feiyu.evidence.receipt import build_receipt

    entry, salt, body = world.events[-1]
    return build_receipt(entry=entry, salt=salt, body=body, proof=world.log.prove(len(world.events) - 1))


def trust(world, *further):
    logs = [NoteKey(key=world.log.verifier), *(NoteKey(key=one.verifier) for one in further)]
    witnesses = [NoteKey(key=one.verifier) for one in world.side.witnesses[:2]]
    return Trust(logs=logs, witnesses=witnesses).encode()


@pytest.fixture
def receipt(world):
    world.record(5)
    return publish(world, PQ, SM)


def test_keys_are_written_and_read(world):
    for one in (PQ, SM):
        assert VerifierKey.parse(one.verifier.text) == one.verifier
        start = bytes([one.algorithm]) + (b"feiyu/sm2-with-sm3-note-signature/v1\n" if one is SM else b"")
        digest = hashlib.sha256(ORIGIN.encode() + b"\n" + start + one.signer.public).digest()
        assert one.verifier.id == digest[:4]
    with pytest.raises(BadKey):
        VerifierKey.parse(SM.verifier.text.replace("log.feiyu", "lag.feiyu"))


def test_every_listed_kind_must_have_signed(world, receipt):
    verdict = verify_receipt(receipt, trust=trust(world, PQ, SM))
    assert verdict.outcome == TRUSTED, verdict.reasons
    assert (
        verify_receipt(receipt, trust=trust(world)).outcome == TRUSTED
    )  # lines of unknown keys are nobody's affair
    for missing, kind in ((PQ, "ML-DSA-44"), (SM, "SM2")):
        less = publish(world, *({PQ, SM} - {missing}))
        verdict = verify_receipt(less, trust=trust(world, PQ, SM))
        assert verdict.outcome == NOT_TRUSTED
        assert any(kind in reason.en for reason in verdict.reasons)


@pytest.mark.parametrize("which", [PQ, SM], ids=["ml-dsa-44", "sm2"])
def test_an_altered_further_line_breaks_the_receipt(world, receipt, which):
    found = json.loads(receipt)
    (line,) = [
        one for one in notes.parse(world.log.published.note).signatures if one.key_id == which.verifier.id
    ]
    for at in (9, len(line.blob) // 2, -1):
        blob = bytearray(line.blob)
        blob[at] ^= 1
        altered = found["proof"].replace(line.text, type(line)(line.name, line.key_id, bytes(blob)).text)
        assert altered != found["proof"]
        verdict = verify_receipt(json.dumps(found | {"proof": altered}).encode(), trust=trust(world, PQ, SM))
        assert (verdict.outcome, verdict.where) == (BROKEN, "proof.checkpoint.signatures")


def test_the_policy_wants_every_kind_too(world, receipt):
    note = notes.parse(world.log.published.note)
    keys = [world.log.verifier, PQ.verifier, SM.verifier]
    policy = Policy.parse(simple_policy(keys, [], needed=0))
    assert policy.check(note).origin == ORIGIN
    for missing in (PQ, SM):
        less = notes.Note(note.text, tuple(s for s in note.signatures if s.key_id != missing.verifier.id))
        with pytest.raises(UntrustedNote, match="has not signed"):
            policy.check(less)


def test_without_the_library_sm2_is_told_as_unchecked_and_never_taken_for_good(world, receipt, monkeypatch):
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *a: None if name == "tongsuopy" else real(name, *a)
    )
    verdict = verify_receipt(receipt, trust=trust(world, SM))
    assert verdict.outcome == TRUSTED
    assert any("SM2 signature was not checked" in said.en for said in verdict.not_proven)
    only = json.loads(trust(world, SM))
    only["policy"] = "\n".join(
        line for line in only["policy"].split("\n") if world.log.verifier.text not in line
    )
    assert verify_receipt(receipt, trust=json.dumps(only).encode()).outcome == NOT_TRUSTED

    def missing():
        raise SmMissing

    monkeypatch.setattr(sm2, "_tongsuo", missing)
    note = notes.parse(world.log.published.note)
    assert notes.verify(
        note, [world.log.verifier, SM.verifier]
    )  # the line counts for nothing, and harms nothing
    with pytest.raises(UntrustedNote):
        notes.verify(note, [SM.verifier])
    with pytest.raises(SmMissing):
        key(Algorithm.SM2_SM3)


def der(r, s):
    """Two numbers as GM/T 0009 writes a signature."""
    parts = [b"\x02" + bytes([len(n)]) + n for n in (b"\0" * (number[0] >> 7) + number for number in (r, s))]
    return b"\x30" + bytes([sum(map(len, parts))]) + b"".join(parts)


def test_the_published_sm2_signature_verifies_bit_for_bit():
    """GB/T 32918.5-2017, appendix A, under the identity 1234567812345678."""
    public = bytes.fromhex(
        "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
    )
    r = bytes.fromhex("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3")
    s = bytes.fromhex("b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa")
    for verifies in (sm2.verifies, v._verifies_sm2):
        assert verifies(public, b"message digest", der(r, s))
        assert not verifies(public, b"message digesT", der(r, s))
        assert not verifies(public, b"message digest", der(s, r))
    seed = int("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8", 16) - 1
    assert sm2.Sm2Signer(seed.to_bytes(32)).public == public


SPKI_SM2 = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")


@pytest.mark.slow
def test_openssl_believes_our_sm2_line(tmp_path, world, receipt):
    assert shutil.which("openssl")
    note = notes.parse(world.log.published.note)
    (line,) = [one for one in note.signatures if one.key_id == SM.verifier.id]
    for name, data in (
        ("text", note.text.encode()),
        ("sig", line.blob),
        ("key", SPKI_SM2 + SM.signer.public),
    ):
        (tmp_path / name).write_bytes(data)
    command = ["openssl", "dgst", "-sm3", "-keyform", "DER", "-verify", str(tmp_path / "key"), "-sigopt",
               "distid:1234567812345678", "-signature", str(tmp_path / "sig"), str(tmp_path / "text")]  # fmt: skip
    assert subprocess.run(command, check=True, capture_output=True).stdout == b"Verified OK\n"
    assert not verify_raw(Algorithm.SM2_SM3, SM.signer.public, b"other", line.blob)
    assert not v._verifies_sm2(SM.signer.public, b"other", line.blob)
