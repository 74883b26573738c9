"""Witness policy: reading it, and who satisfies it."""

import pytest

from feiyu.base.clock import SystemClock
from feiyu.evidence import note as notes
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.cosignature import Cosigner
from feiyu.evidence.errors import BadPolicy, QuorumMissing, UntrustedNote
from feiyu.evidence.keys import Algorithm, Ed25519Signer, MlDsa44Signer, SigningKey
from feiyu.evidence.line import SignatureLine
from feiyu.evidence.policy import Policy, simple_policy

LOG = SigningKey("log.example", Algorithm.ED25519, Ed25519Signer(bytes(32)))
NAMES = ("sender", "recipient", "regulator", "notary")
WITNESSES = {
    name: SigningKey(f"{name}.example", Algorithm.COSIGNATURE_ED25519, Ed25519Signer(bytes([n + 1] * 32)))
    for n, name in enumerate(NAMES)
}
POLICY = f"""# who must have cosigned
log {LOG.verifier.text} https://log.example/
""" + "".join(f"witness {n} {k.verifier.text}\n" for n, k in WITNESSES.items()) + """
group parties all sender recipient
group public any regulator notary
\tgroup q all parties public
quorum q
"""  # fmt: skip
TEXT = Checkpoint("log.example", 8, bytes(32)).text


def signed(*names, text=TEXT):
    note = notes.sign(text, LOG)
    return note.add(Cosigner(WITNESSES[n], SystemClock()).line(text) for n in names)


@pytest.mark.parametrize(
    ("names", "enough"),
    [
        ((), False),
        (("sender", "recipient"), False),
        (("regulator", "notary"), False),
        (("sender", "recipient", "notary"), True),
        (("sender", "recipient", "regulator"), True),
        (("sender", "regulator", "notary"), False),
        (NAMES, True),
    ],
)
def test_nested_groups(names, enough):
    policy = Policy.parse(POLICY)
    assert policy.satisfied(names) is enough
    note = signed(*names)
    assert set(policy.cosigned(note)) == set(names)
    if enough:
        assert policy.check(note).size == 8
    else:
        with pytest.raises(QuorumMissing) as missing:
            policy.check(note)
        assert missing.value.values["have"] == (", ".join(names) or "-")


def test_urls_and_keys_are_kept():
    line = f"witness notary {WITNESSES['notary'].verifier.text}"
    policy = Policy.parse(POLICY.replace(line, f"{line} https://notary.example/"))
    assert policy.urls == {"log.example": "https://log.example/", "notary": "https://notary.example/"}
    assert policy.logs == (LOG.verifier,)
    assert set(policy.witnesses) == set(NAMES)


def test_a_quorum_of_none_needs_the_log_alone():
    policy = Policy.parse(f"log {LOG.verifier.text}\nquorum none\n")
    assert policy.check(signed()).size == 8
    with pytest.raises(UntrustedNote):
        policy.check(notes.Note(TEXT, ()))


def test_another_logs_checkpoint_is_unknown():
    policy = Policy.parse(POLICY)
    with pytest.raises(UntrustedNote, match="knows no log"):
        policy.check(signed(*NAMES, text=TEXT.replace("log.example", "other.example")))


def test_a_known_cosignature_that_fails_spoils_the_checkpoint():
    bad = SignatureLine("notary.example", WITNESSES["notary"].verifier.id, bytes(72))
    with pytest.raises(UntrustedNote, match="notary"):
        Policy.parse(POLICY).check(signed("sender", "recipient", "regulator").add([bad]))


def test_the_witness_alone_is_not_enough():
    policy = Policy.parse(POLICY)
    full = signed(*NAMES)
    without_log = notes.Note(full.text, full.signatures[1:])
    with pytest.raises(UntrustedNote, match="no known key"):
        policy.check(without_log)


def test_post_quantum_witnesses_count():
    key = SigningKey("pq.example", Algorithm.COSIGNATURE_MLDSA44, MlDsa44Signer(bytes(32)))
    policy = Policy.parse(simple_policy([LOG.verifier], [key.verifier], needed=1))
    note = signed().add([Cosigner(key, SystemClock()).line(TEXT)])
    assert policy.check(note).size == 8


def test_simple_policies():
    keys = [k.verifier for k in WITNESSES.values()]
    policy = Policy.parse(simple_policy([LOG.verifier], keys, needed=3))
    assert not policy.satisfied(["w1", "w2"])
    assert policy.satisfied(["w1", "w2", "w4"])
    assert Policy.parse(simple_policy([LOG.verifier], keys, needed=0)).satisfied([])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("quorum q\n", ""),
        ("quorum q\n", "quorum q\nquorum q\n"),
        ("quorum q\n", "quorum nobody\n"),
        ("group q all parties public", "group q 3 parties public"),
        ("group q all parties public", "group q 0 parties public"),
        ("group q all parties public", "group q -1 parties public"),
        ("group q all parties public", "group q 02 parties public"),
        ("group q all parties public", "group q ２ parties public"),
        ("group q all parties public", f"group q {'9' * 5000} parties public"),
        ("group q all parties public", "group q some parties public"),
        ("group q all parties public", "group q all"),
        ("group q all parties public", "group q all parties later"),
        ("group q all parties public", "group q all parties parties"),
        ("group q all parties public", "group q all parties sender"),
        ("group q all parties public", "group parties all public"),
        ("group q all parties public", "group none all parties public"),
        ("group q all parties public", "group q all parties public q"),
        ("witness notary", "witness sender"),
        ("witness notary", "witness none"),
        ("witness notary", "guard notary"),
        (WITNESSES["notary"].verifier.text, WITNESSES["sender"].verifier.text),
        (WITNESSES["notary"].verifier.text, LOG.verifier.text),
        (WITNESSES["notary"].verifier.text, "notary.example+00000000+AAAA"),
        (f"log {LOG.verifier.text}", f"log {WITNESSES['notary'].verifier.text}"),
        ("\nwitness sender", f"\nlog {LOG.verifier.text}\nwitness sender"),
        ("https://log.example/", "https://log.example/ more"),
        (f"{WITNESSES['notary'].verifier.text}\n", f"{WITNESSES['notary'].verifier.text} a b\n"),
    ],
)
def test_a_wrong_line_is_refused_with_its_number(old, new):
    assert old in POLICY
    with pytest.raises(BadPolicy) as caught:
        Policy.parse(POLICY.replace(old, new, 1))
    assert caught.value.values["line"] > 1 or "log" in old


def test_limits():
    with pytest.raises(BadPolicy, match="larger"):
        Policy.parse("#" * 300_000)
    crowd = "".join(f"group g{n} any {'sender' if n == 0 else f'g{n - 1}'}\n" for n in range(300))
    with pytest.raises(BadPolicy, match="256 names"):
        Policy.parse(POLICY.split("group")[0] + crowd + "quorum g1\n")
    many = "".join(f"group g{n} any sender\n" for n in range(3))
    with pytest.raises(BadPolicy, match="two groups"):
        Policy.parse(POLICY.replace("group parties", many + "group parties"))
