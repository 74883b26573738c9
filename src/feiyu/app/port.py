"""Build a port: its House, its Parts, its log, its data plane."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509

from feiyu.app.keys import body_cipher, open_keystore
from feiyu.app.objects import open_objects, open_tiles
from feiyu.app.settings import BadSetting, Settings
from feiyu.app.signers import trusted_of
from feiyu.base.clock import Clock
from feiyu.base.ids import PartyId
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence.cosignature import Cosigner
from feiyu.evidence.egress import Tolerance
from feiyu.evidence.errors import BadKey
from feiyu.evidence.keys import Algorithm, SigningKey, VerifierKey
from feiyu.evidence.log import Log, TileStore
from feiyu.evidence.policy import Policy, simple_policy
from feiyu.evidence.tree import SHA256, TWIN, tree_of, twin_origin
from feiyu.evidence.twin import Twin
from feiyu.evidence.witness_client import WitnessClient
from feiyu.port import daily
from feiyu.port import store as port_store
from feiyu.port.gate import PortGate
from feiyu.port.part import ACCESS as PORT_ACCESS
from feiyu.port.part import port_part
from feiyu.registry import journal
from feiyu.registry.access import Access
from feiyu.registry.evidence import http as evidence_http
from feiyu.registry.evidence import http_looks as looks_http
from feiyu.registry.evidence import http_watch as watch_http
from feiyu.registry.evidence.stamps import Stamping
from feiyu.registry.evidence.watch import Limits, Watch
from feiyu.registry.house import House
from feiyu.registry.journal.head import SqlHead
from feiyu.registry.journal.jobs import Worker
from feiyu.registry.journal.outbox import Dispatcher
from feiyu.registry.journal.read import receipt_of
from feiyu.registry.journal.sequencer import Sequencer
from feiyu.registry.looks.service import Looks
from feiyu.registry.part import Part
from feiyu.registry.registry_part import ACCESS as REGISTRY_ACCESS
from feiyu.registry.registry_part import registry_part
from feiyu.rules import load
from feiyu.seal import KeyStore, Signer
from feiyu.store import Database, Scope, migrate
from feiyu.wire import WireServer, server_context

PURPOSES = ("log", "grant", "journal")
OPERATOR = PartyId("pty_operator")
SEQUENCER_REST_S = 0.05
"""What happens within it goes into the log together: a proof comes a little later, a flood costs a fraction."""
SYSTEM = Scope.all("receipts of the port's own events")


@dataclass(frozen=True, slots=True, kw_only=True)
class PortSystem:
    """A port that is built; ``start`` makes it run."""

    house: House
    parts: tuple[Part, ...]
    keys: KeyStore
    signer: Signer
    log: Log
    twin: Log | None
    sequencer: Sequencer
    gate: PortGate
    wire: WireServer
    routers: tuple[Callable[[], object], ...]
    dispatcher: Dispatcher
    worker: Worker
    watch: Watch
    stamping: Stamping | None
    looks: Looks

    def start(self) -> None:
        """Feed the log, deliver messages, work, watch, and accept on the data plane."""
        self.sequencer.start()
        self.dispatcher.start()
        daily.ensure(self.house)
        self.worker.start()
        self.watch.start()
        self.looks.start()
        if self.stamping:
            self.stamping.start()
        self.wire.start()

    def stop(self) -> None:
        """End in the order that loses nothing."""
        self.wire.close()
        if self.stamping:
            self.stamping.stop()
        self.watch.stop()
        self.looks.stop()
        self.worker.stop()
        self.dispatcher.stop()
        self.sequencer.stop()
        self.house.db.close()


def build_port(settings: Settings, *, clock: Clock, halls: Sequence[Part] = ()) -> PortSystem:
    """Open everything a port needs and put the Parts together; ``halls`` dock beside the rooms, each as one Part."""
    now = clock.now()
    settings.data.mkdir(parents=True, exist_ok=True)
    keys = open_keystore(settings.data / "keys" / "port.keys", settings.passphrase, PURPOSES, at=now)
    db = Database.open(settings.database or f"sqlite:///{settings.data / 'port.sqlite'}", clock=clock)
    origin = settings.origin or ("demo.feiyu.localhost/log" if settings.demo else "")
    if not origin:
        raise BadSetting(
            name="FEIYU_ORIGIN", reason=Text("须给出存证日志的名称", "a name for the evidence log is wanted")
        )
    if settings.demo and not origin.startswith("demo."):
        raise BadSetting(
            name="FEIYU_ORIGIN", reason=Text("演示模式下须以 demo. 开头", "in demo mode it begins with demo.")
        )
    cipher = body_cipher(keys, at=now)
    signer = keys.signer("grant", at=now)
    head = SqlHead(db, origin)
    of_halls = [hall.migrations for hall in halls if hall.migrations]
    migrate(db, [journal.MIGRATIONS, "feiyu.registry.migrations", "feiyu.port.migrations", *of_halls])
    tiles = open_tiles(settings)
    log = Log(tiles, head, origin, keys.signer("log", at=now))
    twin = open_twin(settings, tiles, db, origin)
    witnesses = _witnesses(settings)
    policy = Policy.parse(simple_policy([log.verifier], [w.key for w in witnesses], needed=len(witnesses)))
    sequencer = Sequencer(
        db,
        log,
        policy=policy,
        witnesses=witnesses,
        also=_further(settings, clock, origin),
        twin=twin,
        rest_s=SEQUENCER_REST_S,
    )

    def receipt(event_id: str) -> bytes | None:
        with db.read(scope=SYSTEM) as tx:
            manifest = port_store.manifest_of_event(tx, event_id)
            return receipt_of(
                tx, cipher, log, event_id, manifest=manifest[0] if manifest else None,
                manifest_signature=manifest[1] if manifest else None, twin=twin.log if twin else None,
            )  # fmt: skip

    rulebooks = load()
    house = House(
        db=db, clock=clock, access=Access((*REGISTRY_ACCESS, *PORT_ACCESS, *(rule for hall in halls for rule in hall.access))), cipher=cipher, objects=open_objects(settings),
        rulebooks=rulebooks, folder=settings.data, party_id=OPERATOR, demo=settings.demo,
    )  # fmt: skip
    gate = PortGate(house)
    tls = (
        server_context(Path(settings.wire_cert), Path(settings.wire_key) if settings.wire_key else None)
        if settings.wire_cert
        else None
    )
    wire = WireServer(gate, host=settings.host, port=settings.wire_port, tls=tls)
    wire_url = settings.wire_url or wire.url
    parts = (
        registry_part(),
        port_part(
            signer=signer,
            gate=gate,
            wire_url=wire_url,
            receipt_of=receipt,
            house=house,
            trusted=trusted_of(settings),
        ),
        *halls,
    )
    for part in parts:
        journal.register(part.events)

    watch = Watch(house, sequencer, _limits(settings))
    looks = Looks(db, clock, OPERATOR)

    def evidence() -> object:
        return evidence_http.router(
            log, tiles, port_store.manifest_of_event, port_store.shared_events, twin=twin
        )

    def completeness() -> object:
        return watch_http.router(watch, sequencer)

    def who_looked() -> object:
        return looks_http.router(looks)

    return PortSystem(
        looks=looks, watch=watch, stamping=_stamping(settings, db, log),
        dispatcher=Dispatcher(db, [each for part in parts for each in part.subscriptions]),
        worker=Worker(db, {kind: handler for part in parts for kind, handler in part.jobs.items()}),
        house=house, parts=parts, keys=keys, signer=signer, log=log, twin=twin.log if twin else None,
        sequencer=sequencer, gate=gate, wire=wire,
        routers=(*(router for part in parts for router in part.routers), evidence, completeness, who_looked),
    )  # fmt: skip


def further_keys(settings: Settings, origin: str) -> list[SigningKey]:
    """The keys that sign beside the log's own, under the log's name."""
    found = _signing_keys(settings.log_signers, "FEIYU_LOG_SIGNERS")
    for key in found:
        if key.name != origin or key.algorithm in {Algorithm.ED25519, Algorithm.COSIGNATURE_ED25519}:
            raise BadSetting(
                name="FEIYU_LOG_SIGNERS",
                reason=Text(
                    f"应为 {origin} 的 ML-DSA-44 或 SM2 密钥",
                    f"an ML-DSA-44 or SM2 key of {origin} is wanted",
                ),
            )
    return found


def twin_keys(settings: Settings, origin: str) -> list[SigningKey]:
    """The keys that sign the log's SM3 twin, an SM2 key first; none when the port keeps no twin."""
    name = twin_origin(origin)
    found = _signing_keys(settings.twin_signers, "FEIYU_TWIN_SIGNERS")
    found.sort(key=lambda key: key.algorithm is not Algorithm.SM2_SM3)
    kinds = [key.algorithm for key in found]
    wanted = [Algorithm.SM2_SM3, Algorithm.ED25519][: len(kinds)]
    if kinds != wanted or any(key.name != name for key in found):
        raise BadSetting(
            name="FEIYU_TWIN_SIGNERS",
            reason=Text(
                f"应为 {name} 的一把 SM2 密钥，以及至多一把 Ed25519 密钥",
                f"one SM2 key of {name}, and at most one Ed25519 key, is wanted",
            ),
        )
    return found


def open_twin(settings: Settings, tiles: TileStore, db: Database, origin: str) -> Twin | None:
    """The log's SM3 twin, where the settings name its keys."""
    if tree_of(origin) is not SHA256:
        raise BadSetting(
            name="FEIYU_ORIGIN",
            reason=Text(f"以 {TWIN} 结尾的名称属于孪生树", f"a name that ends in {TWIN} is that of a twin"),
        )
    keys = twin_keys(settings, origin)
    return Twin(tiles, SqlHead(db, keys[0].name), keys) if keys else None


def _signing_keys(files: str, setting: str) -> list[SigningKey]:
    found = []
    for file in files.split(":") if files else ():
        try:
            found.append(SigningKey.parse(Path(file).read_text(encoding="ascii").strip()))
        except (OSError, ValueError, BadKey) as bad:
            raise BadSetting(name=setting, reason=said(bad, at=file)) from None
    return found


def _further(settings: Settings, clock: Clock, origin: str) -> tuple[Cosigner | SigningKey, ...]:
    keys = further_keys(settings, origin)
    return tuple(key if key.algorithm is Algorithm.SM2_SM3 else Cosigner(key, clock) for key in keys)


def _stamping(settings: Settings, db: Database, log: Log) -> Stamping | None:
    if not settings.tsa_url:
        return None
    try:
        certificate = x509.load_pem_x509_certificate(settings.tsa_certificate.read_bytes())
    except (OSError, ValueError) as bad:
        raise BadSetting(
            name="FEIYU_TSA_CERTIFICATE",
            reason=Text("应为 PEM 格式的证书：{bad}", "a certificate in PEM is wanted: {bad}").format(
                bad=said(bad)
            ),
        ) from None
    return Stamping(db, log, url=settings.tsa_url, certificate=certificate)


def _limits(settings: Settings) -> Limits:
    return Limits(
        receipt_within=timedelta(hours=settings.receipt_hours),
        tolerance=Tolerance(permille=settings.egress_permille),
    )


def _witnesses(settings: Settings) -> tuple[WitnessClient, ...]:
    found = []
    for item in settings.witnesses.split():
        url, _, vkey = item.partition("=")
        if not vkey:
            raise BadSetting(
                name="FEIYU_WITNESSES", reason=Text("应为 url=vkey 的形式", "url=vkey is wanted")
            )
        found.append(WitnessClient(url, VerifierKey.parse(vkey)))
    return tuple(found)
