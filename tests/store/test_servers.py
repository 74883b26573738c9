"""The servers that tests start: reachable by whoever runs them, and gone with whoever started them."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from feiyu.testing import postgres
from feiyu.testing.postgres import PostgresServer, find_binaries
from feiyu.testing.watched import DidNotStart, Watched, free_ports

pytestmark = pytest.mark.slow
STARTERS = {
    "postgres": "from feiyu.testing.postgres import PostgresServer as S; s = S().start(); port = s._port",
    "s3": "from feiyu.testing.s3 import S3Server as S; s = S().start(); port = s.endpoint.rpartition(':')[2]",
}


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def soon(condition) -> bool:
    for _ in range(400):
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("server", STARTERS)
def test_a_server_ends_with_the_process_that_started_it(server: str):
    program = f"{STARTERS[server]}; folder = s._server._folder; print(port, folder, flush=True); input()"
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        port, folder = child.stdout.readline().decode().split()
        assert listens(int(port))
        child.kill()
    assert soon(lambda: not listens(int(port)))
    assert soon(lambda: not Path(folder).exists())


def test_binaries_that_the_server_user_cannot_reach_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    install = find_binaries().parent
    hidden = tmp_path / "only-mine"
    for part in install.parent.parent.glob(f"{install.parent.name}*"):
        if part == install.parent:
            shutil.copytree(install, hidden / part.name / install.name, symlinks=True)
        elif part.suffix == ".libs":
            shutil.copytree(part, hidden / part.name, symlinks=True)
    hidden.chmod(0o700)
    monkeypatch.setattr(
        postgres, "find_binaries", lambda: hidden / install.parent.name / install.name / "bin"
    )
    server = PostgresServer().start()
    copied = (server._folder / "install").exists()
    assert copied == (os.getuid() == 0)  # as anybody else we are the server's user
    url = server.create_database().replace("+psycopg", "")
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("feiyu",)
    server.stop()
    server.stop()
    assert not server._folder.exists()


def test_a_server_that_ends_at_once_is_noticed(tmp_path: Path):
    folder = tmp_path / "server"
    folder.mkdir()
    server = Watched(["/bin/sh", "-c", "exit 3"], folder, signal="INT", as_user={})
    with pytest.raises(DidNotStart):
        server.wait_until(lambda: False)
    assert not folder.exists()


def test_free_ports_are_free_and_different():
    ports = free_ports(20)
    assert len(set(ports)) == 20
    assert not any(map(listens, ports))
