"""tlog-proof: the vector, and what must be refused."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feiyu.evidence import note as notes
from feiyu.evidence.errors import BadCheckpoint, BadNote, BadProof
from feiyu.evidence.keys import VerifierKey
from feiyu.evidence.policy import Policy, simple_policy
from feiyu.evidence.proof import Proof

LOG = VerifierKey.parse("feiyu.example/log1+0a706f3e+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")
WITNESS = VerifierKey.parse("feiyu.example/witness1+60ca3bf6+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X")
CHECKPOINT = (
    "feiyu.example/log1\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n\n"
    "— feiyu.example/log1 CnBvPtpAPvKhi/9kEeozerR3bpgCUhWZ7AR8EDCGu74nr0jrADjaQIbOODbm/iuJqmWrywVckmcTkMLvrIg3XJRsAQE=\n"
    "— feiyu.example/witness1 YMo79gAAAABpVbkAdMnecpdwurTzqu0rFVhW7E0CzUUeyhZfuErth5WTkZZrGKmpezQY1yW2IP4NMhSrxqOMZWVnKHPBFaMNYt3RBQ==\n"
)
HASHES = (
    "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=",
    "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=",
    "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
)
TEXT = "c2sp.org/tlog-proof@v1\nindex 5\n" + "".join(f"{h}\n" for h in HASHES) + "\n" + CHECKPOINT
ENTRY = bytes.fromhex("40414243")


def test_the_published_proof_verifies():
    proof = Proof.parse(TEXT)
    assert proof.text == TEXT
    assert proof.check(ENTRY).size == 8
    policy = Policy.parse(simple_policy([LOG], [WITNESS], needed=1))
    assert policy.check(notes.parse(proof.checkpoint)).origin == "feiyu.example/log1"


def test_extra_is_carried_along():
    text = TEXT.replace("index 5", "extra aGk=\nindex 5")
    assert Proof.parse(text).extra == b"hi"
    assert Proof.parse(text).text == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("index 5", "index 4"),
        ("index 5", "index 8"),
        ("index 5", "index 05"),
        ("index 5", "index -5"),
        ("index 5\n", ""),
        ("index 5", f"index {2**63}"),
        ("tlog-proof@v1", "tlog-proof@v2"),
        (HASHES[0] + "\n", ""),
        (HASHES[0], HASHES[1]),
        (HASHES[0], HASHES[0][:-2] + "t="),
        (HASHES[0], base64.b64encode(bytes(31)).decode()),
        (HASHES[2] + "\n", HASHES[2] + "\n" + HASHES[2] + "\n"),
        (HASHES[2] + "\n", (HASHES[2] + "\n") * 64),
        (HASHES[2] + "\n", (HASHES[2] + "\n") * 70_000),
        ("\n\nfeiyu", "\nfeiyu"),
        ("index 5", "extra !\nindex 5"),
        ("log1\n8\n", "log1\n9\n"),
        ("XcnaeacG", "YcnaeacG"),
    ],
)
def test_a_changed_proof_is_refused(old, new):
    assert old in TEXT
    with pytest.raises((BadProof, BadNote, BadCheckpoint)):
        Proof.parse(TEXT.replace(old, new, 1)).check(ENTRY)


def test_another_entry_is_not_proven():
    with pytest.raises(BadProof, match="does not lead"):
        Proof.parse(TEXT).check(b"40414243")


def test_limits():
    with pytest.raises(BadProof, match="longer"):
        Proof.parse("x" * 2_000_000)


@given(st.integers(0, 2**62), st.lists(st.binary(min_size=32, max_size=32), max_size=63))
def test_what_is_written_reads_back(index, path):
    proof = Proof(index, tuple(path), CHECKPOINT.encode())
    assert Proof.parse(proof.text) == proof
