"""The log under fire: killed, and lied to by the disk, at every system call that touches its files.

Needs strace; run with ``-m campaign``. For each call of a clean run (openat, mkdir, write, pwrite64, fsync, fdatasync,
rename and all others) the same run is repeated with SIGKILL, EIO and ENOSPC injected there, then once more without fault.
Afterwards every promise must hold: entries reported durable are there, every published checkpoint is a beginning of
the log, fsck is clean.
"""

import base64
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from feiyu.base import merkle
from feiyu.evidence import note as notes
from feiyu.evidence.ahead import Ahead
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.directory import DirectoryHead, DirectoryTiles
from feiyu.evidence.fsck import check_tiles
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.log import Log
from feiyu.evidence.wal import Wal

pytestmark = [pytest.mark.campaign, pytest.mark.timeout(3600)]

DRIVER = Path(__file__).parent / "log_driver.py"
CALLS = (
    "openat", "mkdir", "write", "pwrite64", "fsync", "fdatasync", "rename", "rmdir", "unlinkat", "close",
    "read", "flock", "newfstatat", "getdents64",
)  # fmt: skip
FAULTS = ("signal=KILL", "error=EIO", "error=ENOSPC")
LAST = 520
CAPACITY = 128 * 1024


def entry(number):
    return f"entry {number}".encode() * (number % 3)


LEAVES = [merkle.leaf_hash(entry(n)) for n in range(LAST)]


def drive(root, way, *strace):
    command = [*strace, sys.executable, str(DRIVER), str(root), way]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def places(tmp_path, way, call):
    """At which calls of each thread a clean run touches the log's own files."""
    root, trace = tmp_path / "clean", tmp_path / "trace"
    shutil.rmtree(root, ignore_errors=True)
    done = drive(root, way, "strace", "-f", "-y", "-e", f"trace={call}", "-o", str(trace))
    assert done.returncode == 0, done.stderr
    counts, found = Counter(), set()
    for line in trace.read_text().splitlines():
        thread, _, rest = line.partition(" ")
        if not re.match(rf"\s*{call}\(", rest):
            continue
        counts[thread] += 1
        if str(root) in rest:
            found.add(counts[thread])
    return sorted(found)


def durable(root, way):
    """How many entries are durable, before anything is repaired by going on."""
    head = DirectoryHead(root / "head")
    try:
        if way == "straight":
            stored = head.load()
            return stored.size if stored else 0
        wal = Wal(root / "head", capacity=CAPACITY)
        log = Log(DirectoryTiles(root / "tiles"), head, "log.example/1", Ed25519Signer(bytes(range(32))))
        found = Ahead(log, wal).head
        wal.close()
        assert found.root == merkle.root(LEAVES[: found.size])
        return found.size
    finally:
        head.close()


def judge(root, said):
    """Everything that was ever promised holds."""
    log_key = None
    head = DirectoryHead(root / "head")
    try:
        log = Log(DirectoryTiles(root / "tiles"), head, "log.example/1", Ed25519Signer(bytes(range(32))))
        log_key, stored = log.verifier, log.head
    finally:
        head.close()
    assert stored.size == LAST
    assert stored.root == merkle.root(LEAVES)
    for line in said:
        word, _, what = line.partition(" ")
        if word == "durable":
            assert int(what) <= stored.size
        elif word == "published":
            note = notes.parse(base64.b64decode(what))
            notes.verify(note, [log_key])
            seen = Checkpoint.parse(note.text)
            assert seen.root == merkle.root(LEAVES[: seen.size])
    report = check_tiles(DirectoryTiles(root / "tiles").get, log_key, head=stored, chains=False)
    assert report.clean, report.findings


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("way", ["straight", "ahead"])
def test_no_promise_is_broken(tmp_path, way, call, fault):
    assert shutil.which("strace"), "the campaign needs strace"
    found = places(tmp_path, way, call)
    hit = 0
    for number in found:
        root = tmp_path / f"{number}"
        trace = str(tmp_path / "faults")
        inject = f"inject={call}:{fault}:when={number}"
        first = drive(root, way, "strace", "-f", "-o", trace, "-e", f"trace={call}", "-e", inject)
        hit += first.returncode != 0
        said = first.stdout.splitlines()
        if said and not first.stdout.endswith("\n"):
            said.pop()
        # What was promised before the fault holds already, before anything is repaired by going on.
        promised = max((int(line.split()[1]) for line in said if line.startswith("durable")), default=0)
        assert not promised or durable(root, way) >= promised
        again = drive(root, way)
        assert again.returncode == 0, again.stderr
        judge(root, said + again.stdout.splitlines())
        shutil.rmtree(root)
    assert found or call in {"rmdir", "unlinkat", "mkdir"}
    sys.stderr.write(f"\n{way} {call} {fault}: {len(found)} places, {hit} runs failed and recovered\n")
