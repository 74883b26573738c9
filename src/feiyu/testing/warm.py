"""Python processes that begin with their libraries loaded: forked from one that imported them once.

A start costs more than most of what the tests start. Nothing of Feiyu is loaded before the fork, so what such a process does is what
it does by itself. Servers are not started so: how they start is part of what the tests look at.

    python -m feiyu.testing.warm FD     takes orders from the socket FD: the words of Python's command line, environment, three files
"""

import contextlib
import gc
import importlib
import json
import os
import random
import runpy
import signal
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from typing import IO, Any

LIBRARIES = (
    "alembic.script", "cryptography.x509", "httpx2", "jinja2", "psycopg", "pyarrow.compute", "pydantic", "rich.markdown", "rich.panel",
    "sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.sqlite", "structlog", "typer.main", "typer._adapters", "yaml",
)  # fmt: skip
_LENGTH = struct.Struct("!i")
KILLED = signal.SIGKILL


class Warm:
    """Where such processes come from, one at a time; ``env`` is what the libraries see when they are loaded."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._line, theirs = socket.socketpair()
        self._line.settimeout(120)
        self._source = subprocess.Popen(
            [sys.executable, "-m", "feiyu.testing.warm", str(theirs.fileno())],
            pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=dict(env),
        )  # fmt: skip
        theirs.close()

    def start(self, words: list[str], env: Mapping[str, str], files: tuple[IO[Any], IO[Any], IO[Any]]) -> int:
        """Start what ``python WORDS`` would, with these as standard input, output and error; its process id."""
        order = json.dumps([words, dict(env)]).encode()
        header = _LENGTH.pack(len(order))
        socket.send_fds(self._line, [header], [file.fileno() for file in files])
        self._line.sendall(order)
        return self._number()

    def wait(self) -> int:
        """How it ended: its exit code, or the signal below zero."""
        return self._number()

    def run(
        self, words: list[str], env: Mapping[str, str], stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run it to its end."""
        with contextlib.ExitStack() as stack:
            given, out, err = (stack.enter_context(tempfile.TemporaryFile()) for _ in range(3))
            given.write(stdin.encode())
            given.seek(0)
            process = self.start(words, env, (given, out, err))
            try:
                code = self.wait()
            except TimeoutError:
                os.kill(process, KILLED)
                raise
            told = []
            for file in (out, err):
                file.seek(0)
                told.append(file.read().decode())
        return subprocess.CompletedProcess(words, code, *told)

    def close(self) -> None:
        """No more are started."""
        self._line.close()
        self._source.wait(timeout=20)

    def _number(self) -> int:
        return int(_LENGTH.unpack(_exactly(self._line, _LENGTH.size))[0])


def _exactly(line: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        part = line.recv(count - len(found))
        if not part:
            raise EOFError
        found += part
    return found


def take_orders(line: socket.socket) -> list[str]:
    """Fork for each order and say how it ended; in the forked process the words come back."""
    while True:
        header, files, _, _ = socket.recv_fds(line, _LENGTH.size, 3)
        if not header:
            os._exit(0)
        words, env = json.loads(_exactly(line, _LENGTH.unpack(header)[0]))
        if process := os.fork():
            for file in files:
                os.close(file)
            line.sendall(_LENGTH.pack(process))
            line.sendall(_LENGTH.pack(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])))
            continue
        line.close()
        for at, file in enumerate(files):
            os.dup2(file, at)
            os.close(file)
        os.environ.clear()
        os.environ.update(env)
        random.seed()
        return list(words)


def become(words: list[str]) -> None:
    """Be what ``python WORDS`` would be: a module with its words, or a script with its words."""
    module = words[0] == "-m"
    sys.argv = words[1:] if module else words
    if module:
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    else:
        sys.path[0] = os.path.dirname(words[0])  # noqa: PTH120 - as Python itself does
        runpy.run_path(words[0], run_name="__main__")


if __name__ == "__main__":
    for library in LIBRARIES:
        importlib.import_module(library)
    gc.collect()
    gc.freeze()  # or each process would look through what the libraries made, and copy it
    orders = socket.socket(fileno=int(sys.argv[1]))
    become(take_orders(orders))
