"""The demonstration leaves nothing running."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def children(of: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{of}/task/{of}/children").read_text(encoding="ascii").split()]


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGHUP])
def test_a_demonstration_that_is_told_to_end_takes_its_servers_along(tmp_path: Path, asked: signal.Signals):
    command = [sys.executable, "-m", "feiyu", "demo", "--rows", "1000", "--folder", str(tmp_path / "demo")]
    with (tmp_path / "out").open("wb") as out:
        demo = subprocess.Popen(command, stdout=out, stderr=out)
    for _ in range(600):
        if len(started := children(demo.pid)) >= 2:
            break
        time.sleep(0.05)
    demo.send_signal(asked)
    assert demo.wait(timeout=30) != 0
    assert len(started) >= 2
    for one in started:
        with pytest.raises(ProcessLookupError):
            os.kill(one, 0)
