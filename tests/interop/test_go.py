"""Evidence formats held against Go: sumdb note and tlog, transparency-dev cosignatures, Tessera's fsck and appender.

Needs Go and its module proxy; run with ``-m campaign``.
"""

import base64
import json
import random
import shutil
import subprocess
import threading
from collections import Counter
from pathlib import Path

import pytest

from feiyu.base import merkle
from feiyu.base.clock import SystemClock
from feiyu.evidence import note as notes
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.cosignature import Cosigner
from feiyu.evidence.directory import DirectoryHead, DirectoryTiles
from feiyu.evidence.fsck import check_tiles
from feiyu.evidence.keys import Algorithm, SigningKey, VerifierKey, generate_skey
from feiyu.evidence.log import Log
from feiyu.evidence.monitor import Monitor
from feiyu.evidence.witness_server import listen
from tests.unit.base.merkle_probes import Consistency, Inclusion, consistencies, inclusions

pytestmark = [pytest.mark.campaign, pytest.mark.timeout(900)]


GO = Path(__file__).parent / "go"


def key(name, algorithm=Algorithm.ED25519):
    return SigningKey.parse(generate_skey(name, algorithm))


@pytest.fixture(scope="session")
def go(tmp_path_factory):
    """Run the built Go program; its standard output."""
    assert shutil.which("go"), "interop needs Go"
    program = tmp_path_factory.mktemp("go") / "interop"
    subprocess.run(["go", "build", "-o", str(program), "."], cwd=GO, check=True)

    def run(*arguments, given=None):
        done = subprocess.run(
            [str(program), *map(str, arguments)],
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def log(tmp_path):
    head = DirectoryHead(tmp_path / "head")
    signing = key("feiyu.example/log")
    yield Log(DirectoryTiles(tmp_path / "tiles"), head, signing.name, signing.signer)
    head.close()


def b64(data):
    return base64.b64encode(data).decode()


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 70_000])
def test_go_believes_our_log(go, log, tmp_path, size):
    witness = key("witness.example/1", Algorithm.COSIGNATURE_ED25519)
    post_quantum = key("pq.example/1", Algorithm.COSIGNATURE_MLDSA44)
    entries = [f"entry {n}".encode() * (n % 3) for n in range(size)]
    for first in range(0, size, 30_000):
        log.append(entries[first : first + 30_000], first)
    note = notes.parse(log.checkpoint())
    note = note.add(Cosigner(k, SystemClock()).line(note.text) for k in (witness, post_quantum))
    log.publish(note.encode())
    step = max(1, size // 200)
    world = {
        "Log": log.verifier.text,
        "Witness": witness.verifier.text,
        "PostQuantum": post_quantum.verifier.text,
        "Note": note.encode().decode(),
        "Size": size,
        "Root": b64(log.head.root),
        "Entries": [b64(entry) for entry in entries],
        "Inclusion": [
            {"Index": n, "Path": [b64(step) for step in log.prove(n).path]} for n in range(0, size, step)
        ],
        "Consistency": [
            {
                "Old": old,
                "OldRoot": b64(log._reader.root(old)),
                "Path": [b64(step) for step in log.consistency(old, size)],
            }
            for old in range(1, size + 1, step)
        ],
    }
    go("check", tmp_path / "tiles", given=json.dumps(world))
    go("fsck", log.origin, log.verifier.text, tmp_path / "tiles")


def test_we_believe_a_log_made_by_go(go):
    world = json.loads(go("make"))
    keys = [VerifierKey.parse(world[name]) for name in ("Log", "Witness", "PostQuantum")]
    note = notes.parse(world["Note"].encode())
    assert len(notes.verify(note, keys)) == 3
    seen, root = Checkpoint.parse(note.text), base64.b64decode(world["Root"])
    leaves = [merkle.leaf_hash(base64.b64decode(entry or "")) for entry in world["Entries"]]
    assert (seen.size, seen.root) == (len(leaves), root)
    assert merkle.root(leaves) == root
    for proof in world["Inclusion"]:
        path = [base64.b64decode(step) for step in proof["Path"]]
        assert merkle.root_from_inclusion(leaves[proof["Index"]], proof["Index"], seen.size, path) == root
        assert path == merkle.inclusion_path(leaves, proof["Index"])
    for proof in world["Consistency"]:
        path = [base64.b64decode(step) for step in proof["Path"] or []]
        old_root = base64.b64decode(proof["OldRoot"])
        assert merkle.verify_consistency(proof["Old"], seen.size, old_root, root, path)


def mutated(rng, path):
    """The path, or one of the ways to spoil it."""
    spoiled = list(path)
    at = rng.randrange(len(path)) if path else 0
    match rng.randrange(6):
        case 0 if path:
            spoiled[at] = bytes([path[at][0] ^ 1]) + path[at][1:]
        case 1 if path:
            del spoiled[at]
        case 2:
            spoiled.insert(at, rng.randbytes(32))
        case 3:
            spoiled.reverse()
        case 4:
            spoiled = []
    return spoiled


def test_both_verifiers_judge_alike(go):
    """Ten thousand claims, true and spoiled in path, place, size or root: the same verdict on each."""
    rng = random.Random(20261122)
    leaves = [merkle.leaf_hash(n.to_bytes(2, "big")) for n in range(70)]
    claims, ours = [], []
    for _ in range(5000):
        size = rng.randrange(1, 71)
        index, first = rng.randrange(size), rng.randrange(1, size + 1)
        root = merkle.root(leaves[:size])
        path = mutated(rng, merkle.inclusion_path(leaves[:size], index))
        said_index, said_size = index + rng.choice((0, 0, 0, 1)), size + rng.choice((0, 0, 0, 1))
        claim = {"Leaf": leaves[index], "Index": said_index, "Size": said_size, "Root": root, "Path": path}
        ours.append(merkle.root_from_inclusion(leaves[index], said_index, said_size, path) == root)
        claims.append(claim)
        path = mutated(rng, merkle.consistency_path(leaves[:size], first))
        said = first + rng.choice((0, 0, 0, 1))
        first_root = merkle.root(leaves[:first])
        claims.append({"First": said, "FirstRoot": first_root, "Size": size, "Root": root, "Path": path})
        ours.append(merkle.verify_consistency(said, size, first_root, root, path))
    given = json.dumps([{k: encoded(v) for k, v in claim.items()} for claim in claims])
    assert json.loads(go("judge", given=given)) == ours
    assert 0.1 < sum(ours) / len(ours) < 0.9


def probes(kind):
    """The files of transparency-dev/merkle, from the Go module as go.sum holds it."""
    command = ["go", "list", "-m", "-f", "{{.Dir}}", "github.com/transparency-dev/merkle"]
    found = subprocess.run(command, cwd=GO, capture_output=True, text=True, check=True).stdout.strip()
    for path in (Path(found) / "testdata" / kind).rglob("*.json"):
        read = json.loads(path.read_text())
        yield [[base64.b64decode(step) for step in v or ()] if k == "proof" else v for k, v in read.items()]


def test_our_probes_are_those_of_transparency_dev(go):
    """The same 196 cases, bit for bit, with the same verdicts; the unit tests hold both verifiers to them."""
    theirs = Counter(
        Inclusion(index, size, base64.b64decode(root), base64.b64decode(leaf), tuple(path), not wrong)
        for index, size, root, leaf, path, _, wrong in probes("inclusion")
    )
    assert theirs == Counter(inclusions())
    theirs = Counter(
        Consistency(first, second, base64.b64decode(old), base64.b64decode(new), tuple(path), not wrong)
        for first, second, old, new, path, _, wrong in probes("consistency")
    )
    assert theirs == Counter(consistencies())


def encoded(value):
    if isinstance(value, list):
        return [b64(step) for step in value]
    return b64(value) if isinstance(value, bytes) else value


def test_tessera_is_cosigned_by_our_witness_and_checked_by_our_fsck(go, tmp_path):
    skey = generate_skey("tessera.example/log", Algorithm.ED25519)
    verifier = SigningKey.parse(skey).verifier
    witness = key("witness.example/1", Algorithm.COSIGNATURE_ED25519)
    listener = listen(("127.0.0.1", 0), tmp_path / "witness", witness, [verifier], clock=SystemClock())
    thread = threading.Thread(target=listener.serve_forever)
    thread.start()
    folder = tmp_path / "tessera"
    try:
        go("append", folder, skey, witness.verifier.text, "http://{}:{}".format(*listener.bound))
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()
    tiles = DirectoryTiles(folder)
    report = check_tiles(tiles.get, verifier, chains=False)
    assert report.clean
    assert report.size == 300
    note = notes.parse(tiles.get("checkpoint"))
    assert len(notes.verify(note, [verifier, witness.verifier])) == 2
    monitor = Monitor(verifier, tiles.get)
    monitor.look()
    assert monitor.size == 300
