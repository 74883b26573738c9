"""A whole port, an edge and a recipient on loopback, for stories and benches: real servers, real sockets, real keys.

``World`` is what a test asks for: everything is made in one folder and torn down at the end.
"""

import asyncio
import base64
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
import uvicorn

from feiyu.api import create_app
from feiyu.api.port import port_http
from feiyu.app.bootstrap import Seat, edge_token, seat_demo
from feiyu.app.edge import EdgeSystem, build_edge
from feiyu.app.keys import open_keystore
from feiyu.app.port import PortSystem, build_port
from feiyu.app.settings import Settings
from feiyu.app.trust import trust_of
from feiyu.base.clock import Clock, SystemClock
from feiyu.evidence.keys import Algorithm, SigningKey, generate_skey
from feiyu.evidence.tree import twin_origin
from feiyu.evidence.witness_server import listen
from feiyu.registry.access import Role
from feiyu.registry.part import Part
from feiyu.seal import RecipientKey, Signer, fingerprint
from feiyu.seal.keys import ED25519
from feiyu_sdk import EdgeClient, PortClient


@dataclass(slots=True)
class Server:
    """Uvicorn on a thread."""

    url: str
    _server: uvicorn.Server = field(repr=False)
    _thread: threading.Thread = field(repr=False)
    _sock: socket.socket = field(repr=False)

    def stop(self) -> None:
        """End it."""
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._sock.close()


def serve(app: Any, protocol: type[asyncio.Protocol] | None = None) -> Server:
    """Serve an application on a free loopback port; ``protocol`` in the place of uvicorn's own."""
    sock = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, http=protocol or "auto", log_level="warning", lifespan="on", timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: server.run(sockets=[sock]), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    return Server(f"http://127.0.0.1:{sock.getsockname()[1]}", server, thread, sock)


@dataclass(kw_only=True)
class World:
    """A running port with its seats, one edge, one recipient with keys, and a witness."""

    folder: Path
    clock: Clock
    port: PortSystem
    edge: EdgeSystem
    seats: dict[str, Seat]
    port_url: str
    edge_url: str
    recipient_key: RecipientKey
    recipient_signer: Signer
    trust: bytes
    witness_key: SigningKey
    _clients: dict[str, PortClient | EdgeClient] = field(default_factory=dict, repr=False)

    def as_(self, account: str) -> PortClient:
        """The port's API as one of the seats."""
        made = self._clients.setdefault(account, PortClient(self.port_url, token=self.seats[account].token))
        assert isinstance(made, PortClient)
        return made

    def edge_client(self, role: Role = Role.ENGINEER) -> EdgeClient:
        """The edge's API as somebody of the exporter."""
        if role not in self._clients:
            token = edge_token(self.edge.house, roles=(role,), account=f"test-{role.name.lower()}")
            self._clients[role] = EdgeClient(self.edge_url, token=token)
        made = self._clients[role]
        assert isinstance(made, EdgeClient)
        return made

    def close(self) -> None:
        """Let go of the clients' connections."""
        for client in self._clients.values():
            client.api.close()

    def party(self, account: str) -> str:
        """The party id of a seat."""
        return self.seats[account].party.id


@contextmanager
def world(
    folder: Path,
    *,
    clock: Clock | None = None,
    database: Callable[[str], str] | None = None,
    halls: Sequence[Part] = (),
    authorities: Path = Path(),
    lists: Path = Path(),
    twin: bool = False,
) -> Iterator[World]:
    """Make a world. ``database`` gives the database address for ``port`` and ``edge``; SQLite files by default.

    ``authorities`` are those under which signatures over papers hold, ``lists`` the folder of lists of revoked certificates.
    With ``twin`` the log has an SM3 twin, signed with SM2.
    """
    clock = clock or SystemClock()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    url_of = database or (lambda name: f"sqlite:///{folder / name / name}.sqlite")
    witness_key = SigningKey("demo.feiyu.localhost/witness", Algorithm.COSIGNATURE_ED25519, Signer.generate())
    stops: list[Callable[[], object]] = []
    try:
        settings = Settings(data=folder / "port", database=url_of("port"))
        keys = open_keystore(folder / "port" / "keys" / "port.keys", "", ("log",), at=clock.now())
        log_key = SigningKey(
            "demo.feiyu.localhost/log", Algorithm.ED25519, keys.signer("log", at=clock.now())
        )
        witness = listen(("127.0.0.1", 0), folder / "witness", witness_key, [log_key.verifier], clock=clock)
        threading.Thread(target=witness.serve_forever, args=(0.02,), daemon=True).start()
        stops += [witness.server_close, witness.shutdown]
        host, number = witness.bound
        twin_key = folder / "twin.skey"
        if twin:
            twin_key.write_text(generate_skey(twin_origin(log_key.name), Algorithm.SM2_SM3), encoding="ascii")
        settings = Settings(
            data=folder / "port", database=url_of("port"), twin_signers=str(twin_key) if twin else "",
            witnesses=f"http://{host}:{number}={witness_key.verifier.text}", signing_authorities=authorities, signing_lists=lists,
        )  # fmt: skip
        port = build_port(settings, clock=clock, halls=halls)
        seats = seat_demo(port.house)
        port.start()
        stops.append(port.stop)
        port_server = serve(*port_http(port))
        stops.append(port_server.stop)
        (folder / "data").mkdir()
        edge = build_edge(Settings(
            data=folder / "edge", database=url_of("edge"), party=seats["edge"].party.id, port_url=port_server.url,
            port_token=seats["edge"].token, grant_key=base64.b64encode(port.signer.public).decode(),
            sources=str(folder / "data"),
        ), clock=clock)  # fmt: skip
        edge.start()
        stops.append(edge.stop)
        edge_server = serve(create_app(edge.house, edge.routers, title="Feiyu edge"))
        stops.append(edge_server.stop)
        made = World(
            folder=folder, clock=clock, port=port, edge=edge, seats=seats, port_url=port_server.url,
            edge_url=edge_server.url, recipient_key=RecipientKey.generate(), recipient_signer=Signer.generate(),
            trust=b"", witness_key=witness_key,
        )  # fmt: skip
        stops.append(made.close)
        exchange_keys(made)
        made.trust = trust_of(
            port, witnesses=[witness_key.verifier], edges={seats["edge"].party.id: edge.edge.keys.signer.public},
            recipients={seats["recipient"].party.id: made.recipient_signer.public},
        )  # fmt: skip
        yield made
    finally:
        for stop in reversed(stops):
            stop()


def exchange_keys(made: World) -> None:
    """Register the edge's and the recipient's keys and confirm them over a second channel."""
    centre = made.as_("centre1")
    public = made.recipient_key.public
    signer, edge_signer = made.recipient_signer, made.edge.edge.keys.signer
    for account, use, algorithm, raw, key_id in (
        ("recipient", "recipient", public.algorithm, public.raw, public.key_id),
        ("recipient", "receipt", ED25519, signer.public, signer.key_id),
        ("edge", "edge", ED25519, edge_signer.public, edge_signer.key_id),
    ):
        party = made.party(account)
        made.as_(account).add_key(
            party, use=use, algorithm=algorithm, public=base64.b64encode(raw).decode(), key_id=key_id
        )
        centre.confirm_key(key_id, fingerprint=fingerprint(key_id))
    made.edge_client(Role.OFFICER).pin(
        recipient=made.party("recipient"), fingerprint=fingerprint(public.key_id)
    )
