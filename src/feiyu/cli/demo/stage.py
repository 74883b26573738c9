"""The stage: a port, an edge, a witness, each its own process with its own folder and keys; and the recipient's folder.

What is exchanged apart from the API (trust file, port's grant key, fingerprints) is exchanged here, before the doors open.
"""

import base64
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from feiyu.app.bootstrap import DEMO_PASSWORD, Seat, edge_token, seat_demo
from feiyu.app.edge import build_edge
from feiyu.app.port import build_port
from feiyu.app.settings import Settings
from feiyu.app.trust import trust_of
from feiyu.base.clock import SystemClock
from feiyu.base.errors import Unavailable
from feiyu.base.text import Text
from feiyu.cli.lang import LANG
from feiyu.evidence.keys import Algorithm, SigningKey, generate_skey
from feiyu.registry.access import Role
from feiyu.seal import KeyStore, OpeningKey, RecipientKey, Signer, fingerprint
from feiyu.seal.keys import ED25519
from feiyu_sdk import EdgeClient, PortClient

WITNESS = "demo.feiyu.localhost/witness"
READY_S = 60
PASSPHRASE = b"demo"


class NotReady(Unavailable):
    """A process of the demonstration did not come up."""

    code = "CLI-0004"
    message = Text("演示进程“{name}”未能启动。", "The demonstration's process {name} did not come up.")
    hint = Text("请查看 {log}。", "Look into {log}.")


@dataclass(kw_only=True)
class Stage:
    """Everything that runs, and how to speak to it."""

    folder: Path
    console_port: int
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    settings: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    seats: dict[str, Seat] = field(default_factory=dict)
    edge_tokens: dict[str, str] = field(default_factory=dict)
    _clients: dict[str, PortClient | EdgeClient] = field(default_factory=dict, repr=False)
    port_url: str = ""
    edge_url: str = ""
    recipient_key: OpeningKey = field(default_factory=RecipientKey.generate)
    recipient_signer: Signer = field(default_factory=Signer.generate)

    @property
    def data(self) -> Path:
        """The exporter's files."""
        return self.folder / "exporter-files"

    @property
    def trust(self) -> Path:
        """The trust file, handed over apart from the API."""
        return self.folder / "handed-over" / "trust.json"

    @property
    def abroad(self) -> Path:
        """The recipient's folder."""
        return self.folder / "recipient"

    def as_(self, account: str) -> PortClient:
        """The port's API as one of the seats."""
        if account not in self._clients:
            self._clients[account] = PortClient(self.port_url, token=self.seats[account].token, lang=LANG)
        made = self._clients[account]
        assert isinstance(made, PortClient)
        return made

    def edge(self, account: str = "engineer") -> EdgeClient:
        """The edge's API as somebody of the exporter."""
        name = f"edge {account}"
        if name not in self._clients:
            self._clients[name] = EdgeClient(self.edge_url, token=self.edge_tokens[account], lang=LANG)
        made = self._clients[name]
        assert isinstance(made, EdgeClient)
        return made

    def party(self, account: str) -> str:
        """A seat's party."""
        return self.seats[account].party.id

    def open(self) -> None:
        """Make keys and seats, hand over what is handed over apart, start the processes."""
        for folder in (self.data, self.trust.parent, self.abroad):
            folder.mkdir(parents=True)
        clock = SystemClock()
        port_folder, edge_folder = self.folder / "port", self.folder / "edge"
        self._recipient_keystore(clock)
        port = build_port(Settings(data=port_folder), clock=clock)
        self.seats = seat_demo(port.house)
        witness_skey = generate_skey(WITNESS, Algorithm.COSIGNATURE_ED25519)
        witness_key = SigningKey.parse(witness_skey)
        grant_key = base64.b64encode(port.signer.public).decode()
        edge_environment = {
            "FEIYU_PARTY": self.party("edge"), "FEIYU_PORT_TOKEN": self.seats["edge"].token,
            "FEIYU_GRANT_KEY": grant_key, "FEIYU_SOURCES": str(self.data),
        }  # fmt: skip
        edge = build_edge(
            Settings.from_environment(edge_environment, data=edge_folder, port_url="http://127.0.0.1:1"),
            clock=clock,
        )
        for account, role in (("engineer", Role.ENGINEER), ("officer", Role.OFFICER), ("owner", Role.OWNER)):
            self.edge_tokens[account] = edge_token(
                edge.house, roles=(role,), account=account, password=DEMO_PASSWORD
            )
        edge_signer = edge.edge.keys.signer
        self.trust.write_bytes(trust_of(
            port, witnesses=[witness_key.verifier], edges={self.party("edge"): edge_signer.public},
            recipients={self.party("recipient"): self.recipient_signer.public},
        ))  # fmt: skip
        log_vkey = port.log.verifier.text
        edge.stop()
        port.wire.close()
        port.house.db.close()
        witness_url = self._witness(witness_skey, log_vkey)
        self.settings["port"] = {
            "FEIYU_WITNESSES": f"{witness_url}={witness_key.verifier.text}",
            "FEIYU_PORT": str(self.console_port or free_port()), "FEIYU_WIRE_PORT": str(free_port()),
        }  # fmt: skip
        self.port_url = self.start("port")
        self.settings["edge"] = edge_environment | {
            "FEIYU_PORT_URL": self.port_url,
            "FEIYU_PORT": str(free_port()),
        }
        self.edge_url = self.start("edge")
        self._exchange(edge_signer)

    def _recipient_keystore(self, clock: SystemClock) -> None:
        store = KeyStore.create(self.abroad / "recipient.keys", PASSPHRASE)
        now = clock.now()
        self.recipient_key = store.generate("recipient", valid_from=now).recipient()
        self.recipient_signer = store.generate("edge", valid_from=now, label="receipt").signer()

    def _witness(self, skey: str, log_vkey: str) -> str:
        folder = self.folder / "witness"
        folder.mkdir()
        key = folder / "witness.key"
        key.touch(mode=0o600)
        key.write_text(skey + "\n", encoding="ascii")
        with (folder / "out").open("wb") as out:
            self.processes["witness"] = subprocess.Popen(
                [sys.executable, "-m", "feiyu.evidence.witness_server", "--listen", "127.0.0.1:0", "--state",
                 str(folder / "state"), "--key", str(key), "--log", log_vkey],
                stdout=out, stderr=out,
            )  # fmt: skip
        return self._wait("witness", folder / "out", "http").split()[-1]

    def start(self, side: str) -> str:
        """Start ``port`` or ``edge`` with the settings it had; its address."""
        ready, log = self.folder / f"{side}.ready", self.folder / f"{side}.log"
        ready.unlink(missing_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FEIYU_")}
        with log.open("ab") as out:
            self.processes[side] = subprocess.Popen(
                [sys.executable, "-m", "feiyu", side, "up", "--data", str(self.folder / side), "--ready", str(ready)],
                env=kept | self.settings[side], stdout=out, stderr=out,
            )  # fmt: skip
        return str(json.loads(self._wait(side, ready, "}", log=log))["url"])

    def kill(self, side: str) -> None:
        """``kill -9``: nothing is finished, nothing is said."""
        self.processes[side].kill()
        self.processes[side].wait()

    def _wait(self, name: str, path: Path, word: str, *, log: Path | None = None) -> str:
        for _ in range(READY_S * 20):
            if path.exists() and word in (text := path.read_text(encoding="utf-8").strip()):
                return text
            if self.processes[name].poll() is not None:
                break
            time.sleep(0.05)
        raise NotReady(name=name, log=log or path)

    def _exchange(self, edge_signer: Signer) -> None:
        """Register public keys, and confirm each by its fingerprint over a second channel."""
        public, signer = self.recipient_key.public, self.recipient_signer
        for account, use, algorithm, raw, key_id in (
            ("recipient", "recipient", public.algorithm, public.raw, public.key_id),
            ("recipient", "receipt", ED25519, signer.public, signer.key_id),
            ("edge", "edge", ED25519, edge_signer.public, edge_signer.key_id),
        ):
            self.as_(account).add_key(
                self.party(account),
                use=use,
                algorithm=algorithm,
                public=base64.b64encode(raw).decode(),
                key_id=key_id,
            )
            self.as_("centre1").confirm_key(key_id, fingerprint=fingerprint(key_id))
        self.edge("officer").pin(recipient=self.party("recipient"), fingerprint=fingerprint(public.key_id))

    def close(self) -> None:
        """End all processes."""
        for client in self._clients.values():
            client.api.close()
        for process in reversed(self.processes.values()):
            process.terminate()
        for process in self.processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            if process.poll() is None:
                process.kill()
                process.wait()


def free_port() -> int:
    """A port that is free now; kept for a process that will come back under the same address."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        number: int = sock.getsockname()[1]
        return number
