"""A real installation, set up by commands alone: a port with its witness, an edge, a recipient; no demonstration mode."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from feiyu.evidence.keys import Algorithm, SigningKey, generate_skey
from feiyu.testing.warm import Warm

READY_S = 60
ORIGIN = "port.example.org/log"
WITNESS = "witness.example.net"
PASSPHRASE = "a long passphrase of a test"


@cache
def warm() -> Warm:
    """Where the commands' processes come from."""
    return Warm(plain())


@pytest.fixture(scope="session", autouse=True)
def _let_go() -> Iterator[None]:
    """End what ``warm`` began."""
    yield
    if warm.cache_info().currsize:
        warm().close()


def feiyu(
    *words: object, env: Mapping[str, str] | None = None, stdin: str = "", code: int | None = 0
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, as a person would, with nothing of this process's settings."""
    ran = warm().run(["-m", "feiyu", *map(str, words)], plain(FEIYU_LANG="en") | dict(env or {}), stdin)
    assert code is None or ran.returncode == code, (words, ran.returncode, ran.stdout, ran.stderr)
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran


def plain(**more: str) -> dict[str, str]:
    """An environment without settings, colours or a terminal of its own."""
    left_out = {"FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS", "LC_ALL", "LC_MESSAGES", "LANG", "LINES"}
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("FEIYU_") and name not in left_out
    }
    settled = {"COLUMNS": "200", "TERM": "xterm", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    return kept | settled | more


def many(*commands: list[str], lang: str, columns: int = 200) -> list[dict[str, Any]]:
    """Run commands one after another in one process; code, out and err of each."""
    ran = subprocess.run(
        [sys.executable, Path(__file__).with_name("many.py")], input=json.dumps(commands), capture_output=True,
        text=True, check=True, env=plain(FEIYU_LANG=lang, COLUMNS=str(columns)), timeout=100,
    )  # fmt: skip
    answers: list[dict[str, Any]] = json.loads(ran.stdout)
    return answers


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return int(sock.getsockname()[1])


@dataclass
class Installation:
    """What the commands made, and who may do what."""

    folder: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    port_env: dict[str, str] = field(default_factory=dict)
    edge_env: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    parties: dict[str, str] = field(default_factory=dict)
    port_url: str = ""
    edge_url: str = ""
    log_vkey: str = ""
    twin_vkeys: list[str] = field(default_factory=list)
    witness_vkey: str = ""

    @property
    def sources(self) -> Path:
        return self.folder / "exports"

    @property
    def trust(self) -> Path:
        return self.folder / "trust.json"

    @property
    def recipient_keys(self) -> Path:
        return self.folder / "recipient.keys"

    def port(self, *words: object, who: str = "operator", **more: Any) -> subprocess.CompletedProcess[str]:
        """A client command at the port."""
        env = {"FEIYU_URL": self.port_url, "FEIYU_TOKEN": self.tokens[who], "FEIYU_PASSPHRASE": PASSPHRASE}
        return feiyu(*words, env=env, **more)

    def edge(self, *words: object, who: str = "engineer", **more: Any) -> subprocess.CompletedProcess[str]:
        """A client command at the edge."""
        return feiyu(*words, env={"FEIYU_URL": self.edge_url, "FEIYU_TOKEN": self.tokens[who]}, **more)

    def start(self, name: str, *words: object, env: Mapping[str, str], ready: Path | None = None) -> str:
        """Start a service; its address, once it says so."""
        out = self.folder / f"{name}.out"
        more = ["--ready", str(ready)] if ready else []
        with out.open("wb") as file:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "feiyu", *map(str, words), *more],
                env=plain() | dict(env),
                stdout=file,
                stderr=file,
            )
        told = ready or out
        for _ in range(READY_S * 20):
            if told.exists() and (text := told.read_text()).endswith(("}", "\n")):
                return str(json.loads(text)["url"]) if ready else text.split()[-1]
            assert self.processes[name].poll() is None, out.read_text()
            time.sleep(0.05)
        raise AssertionError(out.read_text())

    def stop(self, name: str) -> None:
        process = self.processes.pop(name)
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def close(self) -> None:
        for name in reversed(list(self.processes)):
            self.stop(name)


def _found_port(made: Installation) -> None:
    made.port_env = {
        "FEIYU_DATA": str(made.folder / "port"), "FEIYU_ORIGIN": ORIGIN, "FEIYU_PASSPHRASE": PASSPHRASE,
        "FEIYU_PORT": str(free_port()),
    }  # fmt: skip
    files = []
    for kind in (Algorithm.ED25519, Algorithm.SM2_SM3):
        files.append(made.folder / f"twin-{kind.name}.key")
        files[-1].write_text(skey := generate_skey(f"{ORIGIN}/sm3", kind))
        made.twin_vkeys.append(SigningKey.parse(skey).verifier.text)
    made.port_env["FEIYU_TWIN_SIGNERS"] = ":".join(map(str, files))
    ran = feiyu(
        "port", "init", "operator", "--password-stdin", env=made.port_env, stdin="a password of a test\n"
    )
    made.tokens["operator"] = ran.stdout.strip()
    keys = json.loads(feiyu("port", "keys", "--json", env=made.port_env).stdout)
    made.log_vkey = keys["log_vkey"]
    made.edge_env["FEIYU_GRANT_KEY"] = keys["grant_key"]


def _witness(made: Installation) -> None:
    key = made.folder / "witness.key"
    made.witness_vkey = feiyu("log", "witness", "--key", key, "--new-key", WITNESS).stdout.strip()
    url = made.start(
        "witness", "log", "witness", "--key", key, "--state", made.folder / "witness", "--log", made.log_vkey,
        "--listen", "127.0.0.1:0", env={},
    )  # fmt: skip
    made.port_env["FEIYU_WITNESSES"] = f"{url}={made.witness_vkey}"


def _seats(made: Installation) -> None:
    """The organisations and who acts for them."""
    for kind, zh, en, country in (
        ("exporter", "示例零件公司", "Example Parts Co.", "CN"),
        ("recipient", "示例零件欧洲公司", "Example Parts Europe GmbH", "DE"),
        ("centre", "示例服务中心", "Example Centre", "CN"),
    ):
        ran = made.port("port", "party", "add", kind, "--zh", zh, "--en", en, "--country", country)
        made.parties[kind] = ran.stdout.strip()
    for account, kind, role in (
        ("edge", "exporter", "exporter.edge"),
        ("officer", "exporter", "exporter.officer"),
        ("recipient", "recipient", "recipient.user"),
        ("centre", "centre", "centre.staff"),
    ):
        ran = made.port(
            "port",
            "principal",
            "add",
            account,
            "--party",
            made.parties[kind],
            "--role",
            role,
            "--token-days",
            30,
        )
        made.tokens[f"{account}@port"] = ran.stdout.split()[-1]


def _edge(made: Installation) -> None:
    made.edge_env |= {
        "FEIYU_DATA": str(made.folder / "edge"), "FEIYU_PASSPHRASE": PASSPHRASE, "FEIYU_PARTY": made.parties["exporter"],
        "FEIYU_PORT_URL": made.port_url, "FEIYU_PORT_TOKEN": made.tokens["edge@port"], "FEIYU_PORT": str(free_port()),
        "FEIYU_SOURCES": str(made.sources),
    }  # fmt: skip
    made.sources.mkdir()
    feiyu("edge", "register", env=made.edge_env)
    for role in ("engineer", "officer"):
        made.tokens[role] = feiyu("edge", "token", role, "--role", role, env=made.edge_env).stdout.strip()
    made.edge_url = made.start("edge", "edge", "up", env=made.edge_env, ready=made.folder / "edge.json")


def _second_channel(made: Installation) -> None:
    """The recipient's keys; every fingerprint compared by the centre; the recipient's pinned at the edge."""
    secret = {"FEIYU_PASSPHRASE": PASSPHRASE}
    told = feiyu("keys", "new", made.recipient_keys, env=secret).stdout
    assert told == feiyu("keys", "show", made.recipient_keys, env=secret).stdout
    made.port("keys", "register", made.recipient_keys, who="recipient@port")
    for kind, shown in (("recipient", told), ("exporter", feiyu("edge", "keys", env=made.edge_env).stdout)):
        prints = [line.strip().removeprefix("print ") for line in shown.splitlines()]
        for key in _registered(made, kind):
            assert key["fingerprint"] in prints
            made.port("keys", "confirm", key["id"], "--fingerprint", key["fingerprint"], who="centre@port")
            if key["use"] == "recipient":
                made.edge("edge", "pin", "--recipient", made.parties[kind], "--fingerprint", key["fingerprint"],
                          who="officer")  # fmt: skip


def _registered(made: Installation, kind: str) -> list[dict[str, Any]]:
    from feiyu_sdk import PortClient

    port = PortClient(made.port_url, token=made.tokens["centre@port"])
    try:
        return port.keys(made.parties[kind])
    finally:
        port.api.close()


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A running installation, set up as docs/…/run-a-port-and-an-edge.md says."""
    made = Installation(tmp_path_factory.mktemp("installation"))
    try:
        _found_port(made)
        _witness(made)
        made.port_url = made.start("port", "port", "up", env=made.port_env, ready=made.folder / "port.json")
        _seats(made)
        _edge(made)
        _second_channel(made)
        made.trust.write_text(feiyu("port", "trust", env=made.port_env).stdout, encoding="utf-8")
        yield made
    finally:
        made.close()
