"""A server as a child that cannot outlive us.

Rules this module keeps:
 * a shell holds a pipe to this process; when the pipe closes, however this process ends, the shell stops the server and
   removes its folder;
 * a server that ends by itself is noticed at once.
"""

import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from feiyu.base.clock import monotonic_s

START_S = 60
_WATCH = """
folder=$1; signal=$2; shift 2
exec 3<&0
"$@" </dev/null 3<&- & server=$!
(read -r _ <&3; kill -"$signal" "$server") 2>/dev/null & watcher=$!
wait "$server"
kill "$watcher" 2>/dev/null
cd / && rm -rf "$folder"
"""


class DidNotStart(RuntimeError):
    """The server ended or did not answer; the message holds the end of its log."""


class Watched:
    """One running server."""

    def __init__(self, command: list[str], folder: Path, *, signal: str, as_user: dict[str, Any]) -> None:
        self._folder = folder
        self._log = folder / "log"
        with self._log.open("wb") as log:
            self._shell = subprocess.Popen(
                ["/bin/sh", "-c", _WATCH, "sh", str(folder), signal, *command],
                stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=folder, start_new_session=True, **as_user,
            )  # fmt: skip

    def wait_until(self, answers: Callable[[], bool]) -> None:
        """Wait until the server answers; stop it when it does not."""
        until = monotonic_s() + START_S
        while not answers():
            if self._shell.poll() is not None or monotonic_s() > until:
                told = self._log.read_text(errors="replace")[-2000:] if self._log.exists() else ""
                self.stop()
                raise DidNotStart(told)
            time.sleep(0.05)

    def stop(self) -> None:
        """End it; the folder is gone afterwards."""
        assert self._shell.stdin is not None
        self._shell.stdin.close()
        self._shell.wait(timeout=START_S)
        shutil.rmtree(self._folder, ignore_errors=True)


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on just now; somebody may take one before it is bound, so starting is tried again."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
