"""Checkpoints and cosignatures: the vectors of the two algorithms, and what must not verify."""

import hashlib
from datetime import UTC, datetime

import pytest

from feiyu.base.clock import FixedClock
from feiyu.evidence import cosignature
from feiyu.evidence import note as notes
from feiyu.evidence.checkpoint import Checkpoint, parse_size
from feiyu.evidence.errors import BadCheckpoint, BadKey, UntrustedNote
from feiyu.evidence.keys import Algorithm, Ed25519Signer, MlDsa44Signer, SigningKey, VerifierKey

LOG_SEED, WITNESS_SEED = bytes(range(32)), bytes(range(32, 64))
LOG = "feiyu.example/log1+0a706f3e+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
WITNESS = "feiyu.example/witness1+60ca3bf6+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X"
TEXT = "feiyu.example/log1\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"
LOG_LINE = "CnBvPtpAPvKhi/9kEeozerR3bpgCUhWZ7AR8EDCGu74nr0jrADjaQIbOODbm/iuJqmWrywVckmcTkMLvrIg3XJRsAQE="
WITNESS_LINE = (
    "YMo79gAAAABpVbkAdMnecpdwurTzqu0rFVhW7E0CzUUeyhZfuErth5WTkZZrGKmpezQY1yW2IP4NMhSrxqOMZWVnKHPBFaMNYt3RBQ=="
)
SECONDS = 1767225600
CLOCK = FixedClock(datetime.fromtimestamp(SECONDS, UTC))
MLDSA_MESSAGE = (
    "737562747265652f76310a001666656979752e6578616d706c652f7769746e65737331000000006955b9001266656979752e6578616d"
    "706c652f6c6f6731000000000000000000000000000000085dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
)


def log_key():
    return SigningKey("feiyu.example/log1", Algorithm.ED25519, Ed25519Signer(LOG_SEED))


def witness_key(algorithm=Algorithm.COSIGNATURE_ED25519):
    signer = (
        MlDsa44Signer(LOG_SEED) if algorithm is Algorithm.COSIGNATURE_MLDSA44 else Ed25519Signer(WITNESS_SEED)
    )
    return SigningKey("feiyu.example/witness1", algorithm, signer)


def test_checkpoint_text_is_the_published_one():
    seen = Checkpoint.parse(TEXT)
    assert (seen.origin, seen.size) == ("feiyu.example/log1", 8)
    assert seen.root.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert seen.text == TEXT


def test_log_and_witness_sign_the_published_bytes():
    assert log_key().verifier.text == LOG
    assert witness_key().verifier.text == WITNESS
    note = notes.sign(TEXT, log_key()).add([cosignature.Cosigner(witness_key(), CLOCK).line(TEXT)])
    lines = f"— feiyu.example/log1 {LOG_LINE}\n— feiyu.example/witness1 {WITNESS_LINE}\n"
    assert note.encode() == f"{TEXT}\n{lines}".encode()
    good = notes.verify(notes.parse(note.encode()), [VerifierKey.parse(LOG), VerifierKey.parse(WITNESS)])
    assert [s.key.name for s in good] == ["feiyu.example/log1", "feiyu.example/witness1"]
    assert cosignature.cosigned_at(good[1].blob) == CLOCK.now()


def test_post_quantum_key_and_message_are_the_published_ones():
    key = witness_key(Algorithm.COSIGNATURE_MLDSA44)
    assert hashlib.sha256(key.signer.public).hexdigest() == (
        "9f107644c1084526af3bc8098680b05499a2325a644e388fb4f970e058d19d46"
    )
    assert key.verifier.id.hex() == "66cb4284"
    assert cosignature.message(key.name, key.algorithm, TEXT, SECONDS).hex() == MLDSA_MESSAGE


def test_post_quantum_cosignature_verifies_and_is_randomised():
    key = witness_key(Algorithm.COSIGNATURE_MLDSA44)
    first, second = (cosignature.Cosigner(key, CLOCK).line(TEXT) for _ in range(2))
    assert first != second
    assert len(first.blob) == 2428
    for line in (first, second):
        assert notes.verify(notes.Note(TEXT, (line,)), [key.verifier])


@pytest.mark.parametrize("algorithm", [Algorithm.COSIGNATURE_ED25519, Algorithm.COSIGNATURE_MLDSA44])
@pytest.mark.parametrize("change", ["text", "time", "signature", "length", "name"])
def test_a_changed_cosignature_fails(algorithm, change):
    key = witness_key(algorithm)
    text, blob, verifier = TEXT, cosignature.Cosigner(key, CLOCK).line(TEXT).blob, key.verifier
    match change:
        case "text":
            text = TEXT.replace("\n8\n", "\n9\n")
        case "time":
            blob = (SECONDS - 1).to_bytes(8, "big") + blob[8:]
        case "signature":
            blob = blob[:-1] + bytes([blob[-1] ^ 1])
        case "length":
            blob += b"\0"
        case "name":
            verifier = VerifierKey("feiyu.example/witness2", algorithm, key.signer.public)
    same = change == "name" and algorithm is Algorithm.COSIGNATURE_ED25519
    assert cosignature.check(verifier, text, blob) is same  # only the post-quantum message names the cosigner


def test_a_time_beyond_reason_is_refused():
    key = witness_key()
    for seconds in (0, 2**63):
        blob = seconds.to_bytes(8, "big") + key.signer.sign(
            cosignature.message(key.name, key.algorithm, TEXT, seconds)
        )
        assert not cosignature.check(key.verifier, TEXT, blob)


def test_a_log_key_cosigns_nothing():
    with pytest.raises(BadKey, match="cosignatures"):
        cosignature.Cosigner(log_key(), CLOCK)


def test_a_post_quantum_cosignature_needs_a_checkpoint():
    key = witness_key(Algorithm.COSIGNATURE_MLDSA44)
    with pytest.raises(BadCheckpoint):
        cosignature.Cosigner(key, CLOCK).line("no checkpoint\n")
    long = "o" * 256 + TEXT.removeprefix("feiyu.example/log1")
    with pytest.raises(BadKey, match="255"):
        cosignature.Cosigner(key, CLOCK).line(long)


def test_an_earlier_cosignature_that_is_corrupt_spoils_the_note():
    line = cosignature.Cosigner(witness_key(), CLOCK).line(TEXT)
    note = notes.sign(TEXT, log_key()).add([line])
    moved = note.text.replace("\n8\n", "\n7\n")
    with pytest.raises(UntrustedNote):
        notes.verify(notes.Note(moved, note.signatures), [VerifierKey.parse(WITNESS)])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n8\n",
        TEXT + "extension\n",
        TEXT[:-1],
        TEXT.replace("feiyu.example/log1", ""),
        TEXT.replace("\n8\n", "\n08\n"),
        TEXT.replace("\n8\n", "\n-8\n"),
        TEXT.replace("\n8\n", "\n٨\n"),
        TEXT.replace("\n8\n", "\n \n"),
        TEXT.replace("\n8\n", "\n\n"),
        TEXT.replace("\n8\n", f"\n{2**63}\n"),
        TEXT.replace("Qyg=", "Qyh="),
        TEXT.replace("XcnaeacG", ""),
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(BadCheckpoint):
        Checkpoint.parse(text)


def test_sizes_up_to_the_limit_are_read():
    assert parse_size("0") == 0
    assert parse_size(str(2**63 - 1)) == 2**63 - 1
