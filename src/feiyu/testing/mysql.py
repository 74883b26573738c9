"""A real MariaDB server for tests, started here on a free port, without a container.

Rules this module keeps:
 * the binaries are Debian's (``mariadb-server-core``, ``mariadb-client-core``);
   ``scripts/test-system.sh`` installs them, for no wheel carries a server;
 * MariaDB refuses root, so root runs it as an unprivileged user;
 * it ends with the process that started it (``feiyu.testing.watched``).
"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pymysql

from feiyu.testing.postgres import _unprivileged
from feiyu.testing.watched import DidNotStart, Watched, free_ports

_TRIES = 3


class NoMysql(RuntimeError):
    """There are no MariaDB binaries here."""


class MysqlServer:
    """One server in a temporary folder."""

    def __init__(self) -> None:
        self._user = _unprivileged()
        self._folder = Path()
        self._server: Watched | None = None
        self.user = "reader"
        self.password = secrets.token_urlsafe(18)
        self.port = 0

    def start(self) -> "MysqlServer":
        """Make the data folder and wait until it answers."""
        for left in reversed(range(_TRIES)):
            try:
                self._begin()
                break
            except DidNotStart:
                if left == 0:
                    raise
        with self.admin() as admin, admin.cursor() as cursor:
            cursor.execute("CREATE USER %s@'127.0.0.1' IDENTIFIED BY %s", (self.user, self.password))
        return self

    def stop(self) -> None:
        """End the server and remove its folder."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def create_database(self, *statements: str) -> str:
        """A database that the reader may read, filled by the statements; gives its address, without the password."""
        name = f"feiyu_{secrets.token_hex(6)}"
        with self.admin() as admin, admin.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
            cursor.execute(f"GRANT SELECT ON {name}.* TO %s@'127.0.0.1'", (self.user,))
            cursor.execute(f"USE {name}")
            for statement in statements:
                cursor.execute(statement)
            admin.commit()
        return f"mysql://{self.user}@127.0.0.1:{self.port}/{name}"

    def admin(self) -> "pymysql.connections.Connection[Any]":
        """A connection that may do everything."""
        return pymysql.connect(
            unix_socket=str(self._folder / "socket"), user="root", charset="utf8mb4", connect_timeout=10
        )

    def _begin(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="feiyu-mysql-"))
        if self._user is not None:
            os.chown(self._folder, self._user.pw_uid, self._user.pw_gid)
        data = self._folder / "data"
        made = [_program("mariadb-install-db"), "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal",
                "--skip-test-db"]  # fmt: skip
        done = subprocess.run(made, cwd=self._folder, capture_output=True, check=False, **self._as_user())
        if done.returncode:
            raise NoMysql((done.stderr + done.stdout).decode(errors="replace")[-2000:])
        (self.port,) = free_ports(1)
        command = [_program("mariadbd"), "--no-defaults", f"--datadir={data}", f"--port={self.port}", "--bind-address=127.0.0.1",
                   f"--socket={self._folder / 'socket'}", f"--pid-file={self._folder / 'pid'}", "--innodb-flush-log-at-trx-commit=0",
                   "--innodb-buffer-pool-size=32M", "--skip-name-resolve"]  # fmt: skip
        self._server = Watched(command, self._folder, signal="TERM", as_user=self._as_user())
        self._server.wait_until(self._answers)

    def _answers(self) -> bool:
        try:
            # asked first without the driver, which leaves a refused socket open
            socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
            self.admin().close()
        except (pymysql.Error, OSError):
            return False
        return True

    def _as_user(self) -> dict[str, Any]:
        return {} if self._user is None else {
            "user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": [],
            "env": {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": str(self._folder), "LC_ALL": "C"},
        }  # fmt: skip


def _program(name: str) -> str:
    """Where Debian puts it."""
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/bin:/usr/local/sbin")
    if found is None:
        raise NoMysql(
            "run scripts/test-system.sh (Debian: apt-get install mariadb-server-core mariadb-client-core)"
        )
    return found
