"""The server killed, or its disk failing, at every system call that touches a segment; then the upload goes on.

``strace`` stops the n-th call of a kind in a real server process. After a restart: no promise was taken back, every
byte arrives, and what the server computed is the root of what was sent.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from feiyu.base.content import part_root
from feiyu.testing.breaker import Breaker
from feiyu.testing.wire import TOKEN, FolderGate
from feiyu.wire import Endpoint, Patience, Uploader, promise_of
from feiyu.wire.errors import Stopped, Unreachable

SEGMENT = 1 << 20
DATA = hashlib.shake_128(b"crash").digest(SEGMENT + 99_999)
ROOTS = [part_root(DATA[:SEGMENT]), part_root(DATA[SEGMENT:])]
POINTS = {
    "openat": 8, "ftruncate": 5, "pwrite64": 7, "fdatasync": 7, "fsync": 2, "flock": 2, "pread64": 4,
    "mkdir": 2, "newfstatat": 2, "close": 6,
}  # fmt: skip
FAULTS = ["signal=KILL", "error=EIO", "error=ENOSPC"]
PATIENCE = Patience(tries=3, first_pause_s=0.01, longest_pause_s=0.05)


@contextmanager
def server(folder: Path, *wrapper: str) -> Iterator[Endpoint]:
    """The server as a process, under ``wrapper``, with a sync point every 400,000 bytes."""
    command = [*wrapper, sys.executable, "-m", "feiyu.testing.wire", str(folder), "400000"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        assert running.stdout
        try:
            yield Endpoint(host="127.0.0.1", port=int(running.stdout.readline()))
        finally:
            os.killpg(running.pid, signal.SIGKILL)


def upload(endpoint: Endpoint, patience: Patience = PATIENCE) -> int:
    """Send everything, or as much as goes; how many bytes were promised."""
    promised = [0]
    up = Uploader(
        endpoint, "t", token=TOKEN, segment_bytes=SEGMENT, connections=1, patience=patience,
        progress=lambda now: promised.append(now.confirmed_bytes),
    )  # fmt: skip
    try:
        with up:
            up.write(DATA)
            up.finish(ROOTS)
    except (Stopped, Unreachable):
        pass
    return max(promised)


@pytest.mark.campaign
@pytest.mark.timeout(900)
@pytest.mark.parametrize("call", POINTS)
@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_fault_at_every_call_nothing_promised_is_lost(tmp_path: Path, call: str, fault: str) -> None:
    strace = shutil.which("strace")
    assert strace, "this campaign needs strace"
    struck = 0
    for nth in range(1, POINTS[call] + 1):
        folder = tmp_path / f"{nth}"
        paths = [path for no in (0, 1) for path in (FolderGate(folder).path("t", no),)]
        watched = [
            str(path) for each in paths for path in (each, each.with_name(each.name + ".log"), each.parent)
        ]
        log = tmp_path / f"{nth}.strace"
        trace = [strace, "-f", "-qq", "-o", str(log), "-e", f"inject={call}:{fault}:when={nth}"]
        trace += [word for path in dict.fromkeys(watched) for word in ("-P", path)]
        paths[0].parent.mkdir(parents=True)
        with server(folder, *trace) as endpoint:
            promised = upload(endpoint)
        struck += "INJECTED" in log.read_text() or "killed by SIGKILL" in log.read_text()
        kept = sum(promise_of(path).offset for path in paths)
        assert kept >= promised, f"{call} {fault} {nth}: {promised} promised, {kept} kept"
        with server(folder) as endpoint:
            assert upload(endpoint, Patience()) == len(DATA)
        assert b"".join(path.read_bytes() for path in paths) == DATA
        assert [promise_of(path).root for path in paths] == ROOTS
    sys.stderr.write(f"\n{call} {fault}: {struck} places\n")
    assert struck, "the fault never struck: the server makes no such call any more"


@pytest.mark.campaign
@pytest.mark.timeout(900)
def test_a_drop_at_every_percent(tmp_path: Path) -> None:
    with server(tmp_path) as endpoint:
        for percent in range(100):
            breaker = Breaker((endpoint.host, endpoint.port))
            breaker.cuts_up = [len(DATA) * percent // 100 + 1]
            up = Uploader(
                breaker.endpoint, f"t{percent}", token=TOKEN, segment_bytes=SEGMENT, patience=PATIENCE
            )
            with up:
                up.write(DATA)
                up.finish(ROOTS)
            breaker.close()
            stored = [FolderGate(tmp_path).path(f"t{percent}", no).read_bytes() for no in (0, 1)]
            assert b"".join(stored) == DATA
