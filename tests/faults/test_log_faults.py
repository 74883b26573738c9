"""The log under fire: killed, and lied to by the disk, at every system call that touches its files.

Needs strace; run with ``-m campaign``. A place is the n-th call of one kind on one file of a clean run. For each the same
run is repeated with SIGKILL, EIO or (where a full disk can answer so) ENOSPC injected there, then once more without fault.
Afterwards every promise must hold: entries reported durable are there, every published checkpoint is a beginning of
the log, fsck is clean; and what stopped was stopped by a named error. So with the log's SM3 twin, at the files of the twin alone.
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
from feiyu.evidence.fsck import check_tiles, check_twin
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.log import Log
from feiyu.evidence.tree import SM3
from feiyu.evidence.wal import Wal

from .log_driver import ORIGIN, TWIN_KEY

pytestmark = [pytest.mark.campaign, pytest.mark.timeout(3600)]

DRIVER = Path(__file__).parent / "log_driver.py"
GROWING = ("openat", "mkdir", "write", "pwrite64", "fsync", "fdatasync", "rename")
OTHER = (
    "rmdir", "unlinkat", "close", "read", "pread64", "lseek", "flock", "newfstatat", "getdents64", "fcntl", "ioctl",
)  # fmt: skip
FAULTS = [(call, fault) for call in GROWING + OTHER for fault in ("signal=KILL", "error=EIO")]
FAULTS += [(call, "error=ENOSPC") for call in GROWING]
LAST = 520
CAPACITY = 128 * 1024


def entry(number):
    return f"entry {number}".encode() * (number % 3)


LEAVES = [merkle.leaf_hash(entry(n)) for n in range(LAST)]
TWIN_LEAVES = [merkle.leaf_hash(entry(n), hasher=SM3.hash) for n in range(LAST)]
OF_TWIN = ("tiles/sm3", "twin")


def drive(root, way, *strace):
    command = [*strace, sys.executable, str(DRIVER), str(root), way]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module", params=["straight", "ahead", "twin"])
def clean(request, tmp_path_factory):
    """The way, the folder of its log, and at which calls on which file a clean run touches it."""
    way, root = request.param, tmp_path_factory.mktemp("log") / "root"
    trace = root.with_name("trace")
    done = drive(
        root, way, "strace", "-f", "-y", "-e", f"trace={','.join(GROWING + OTHER)}", "-o", str(trace)
    )
    assert done.returncode == 0, done.stderr
    counts = Counter()
    for line in trace.read_text().splitlines():
        found = re.match(rf'(\d+) +(\w+)\(.*?({re.escape(str(root))}[^">]*)', line)
        if found:
            thread, call, path = found.groups()
            if way != "twin" or path.removeprefix(f"{root}/").startswith(OF_TWIN):
                counts[call, path, thread] += 1
    places = {(call, path): 0 for call, path, _ in counts}
    for (call, path, _), count in counts.items():
        places[call, path] = max(count, places[call, path])
    assert sum(places.values()) == sum(counts.values()), "two threads make the same call on one file"
    shutil.rmtree(root)
    return way, root, [(*place, number + 1) for place, count in places.items() for number in range(count)]


def durable(root, way):
    """How many entries are durable, before anything is repaired by going on."""
    head = DirectoryHead(root / "head")
    try:
        if way != "ahead":
            stored = head.load()
            return stored.size if stored else 0
        wal = Wal(root / "head", capacity=CAPACITY)
        log = Log(DirectoryTiles(root / "tiles"), head, ORIGIN, Ed25519Signer(bytes(range(32))))
        found = Ahead(log, wal).head
        wal.close()
        assert found.root == merkle.root(LEAVES[: found.size])
        return found.size
    finally:
        head.close()


def judge(root, way, said):
    """Everything that was ever promised holds."""
    head = DirectoryHead(root / "head")
    try:
        log = Log(DirectoryTiles(root / "tiles"), head, ORIGIN, Ed25519Signer(bytes(range(32))))
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
        elif word == "twin":
            assert twin_of(what).root == merkle.root(TWIN_LEAVES[: twin_of(what).size], hasher=SM3.hash)
    report = check_tiles(DirectoryTiles(root / "tiles").get, log_key, head=stored, chains=False)
    assert report.clean, report.findings
    if way == "twin":
        stored = twin_head(root)
        assert (stored.size, stored.root) == (LAST, merkle.root(TWIN_LEAVES, hasher=SM3.hash))
        found = check_twin(DirectoryTiles(root / "tiles").get, TWIN_KEY.verifier, report, head=stored)
        assert found.clean, found.findings
        assert found.size == LAST


def twin_of(published):
    """The twin's checkpoint that was published."""
    note = notes.parse(base64.b64decode(published))
    notes.verify(note, [TWIN_KEY.verifier])
    return Checkpoint.parse(note.text)


def twin_head(root):
    head = DirectoryHead(root / "twin")
    try:
        return head.load()
    finally:
        head.close()


@pytest.mark.parametrize(("call", "fault"), FAULTS)
def test_no_promise_is_broken(clean, call, fault):
    assert shutil.which("strace"), "the campaign needs strace"
    way, root, places = clean
    trace = root.with_name("faults")
    shutil.rmtree(root, ignore_errors=True)  # of a test that failed
    tried, stopped = 0, Counter()
    for _, path, number in [place for place in places if place[0] == call]:
        inject = f"inject={call}:{fault}:when={number}"
        only = ("-e", f"trace={call}", "-e", inject, "-P", path)
        first = drive(root, way, "strace", "-f", "-qq", "-o", str(trace), *only)
        assert "INJECTED" in trace.read_text() or first.returncode == -9, (
            f"no {call} number {number} on {path}"
        )
        tried += 1
        said = first.stdout.splitlines()
        if fault == "signal=KILL":
            assert first.returncode == -9
            if said and not first.stdout.endswith("\n"):
                said.pop()
        else:
            assert first.returncode in {0, 3}, first.stderr
            stopped[said[-1] if first.returncode else "went on"] += 1
        # What was promised before the fault holds already, before anything is repaired by going on.
        promised = max((int(line.split()[1]) for line in said if line.startswith("durable")), default=0)
        assert not promised or durable(root, way) >= promised
        shown = max((twin_of(line.split()[1]).size for line in said if line.startswith("twin")), default=0)
        assert not shown or twin_head(root).size >= shown
        again = drive(root, way)
        assert again.returncode == 0, again.stderr
        judge(root, way, said + again.stdout.splitlines())
        shutil.rmtree(root)
    assert tried or call == "pread64", f"{way} makes no {call} any more"
    named = ", ".join(f"{name} {count}" for name, count in sorted(stopped.items()))
    sys.stderr.write(f"\n{way} {call} {fault}: {tried} places; {named}\n")
