"""Open the folder of a port or an edge as it is, to look into it: nothing is made, nothing is migrated.

Rules this module keeps:
 * a database, keystore or log that is not there is named, never created;
 * it may be opened while the service runs: readers of the same database, no lock of their own.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from feiyu.app.keys import DEMO_PASSPHRASE, body_cipher
from feiyu.app.objects import open_tiles
from feiyu.app.settings import BadSetting, Settings
from feiyu.base.clock import Clock
from feiyu.base.errors import NotFound
from feiyu.base.text import Text
from feiyu.evidence.log import Log, TileStore
from feiyu.registry import journal
from feiyu.registry.journal import BodyCipher
from feiyu.registry.journal.head import SqlHead
from feiyu.seal import KeyStore
from feiyu.store import Database
from feiyu.store.migrate import check_migrated

DEMO_ORIGIN = "demo.feiyu.localhost/log"


class NoInstallation(NotFound):
    """The folder holds neither a port nor an edge."""

    code = "CLI-0006"
    message = Text("{folder} 中没有数据港或出境侧的数据。", "{folder} holds neither a port nor an edge.")
    hint = Text(
        "请用 --data 指明数据目录；新安装请先运行 feiyu port init 或 feiyu edge token。",
        "Name the data folder with --data; for a new one begin with feiyu port init or feiyu edge token.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What the folder of one side holds."""

    name: str
    title: Text
    purposes: tuple[str, ...]
    migrations: tuple[str, ...]

    def keystore(self, data: Path) -> Path:
        """Where its keys are."""
        return data / "keys" / f"{self.name}.keys"

    def database(self, settings: Settings) -> str:
        """Its database's address."""
        return settings.database or f"sqlite:///{settings.data / f'{self.name}.sqlite'}"


PORT = Side(
    name="port", title=Text("数据港", "Port"), purposes=("log", "grant", "journal"),
    migrations=(journal.MIGRATIONS, "feiyu.registry.migrations", "feiyu.port.migrations"),
)  # fmt: skip
EDGE = Side(
    name="edge", title=Text("出境侧", "Edge"), purposes=("edge", "custody", "counting", "journal"),
    migrations=(journal.MIGRATIONS, "feiyu.registry.migrations", "feiyu.edge.migrations"),
)  # fmt: skip


def side_of(data: Path) -> Side:
    """Whose folder it is, told by its keystore."""
    for side in (PORT, EDGE):
        if side.keystore(data).exists():
            return side
    raise NoInstallation(folder=data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """An opened folder: its keys and its records."""

    side: Side
    settings: Settings
    keys: KeyStore
    db: Database
    cipher: BodyCipher

    @classmethod
    def open(cls, settings: Settings, *, clock: Clock) -> Self:
        """Open what is there; the tables must be this program's."""
        side = side_of(settings.data)
        keys = open_keys(side, settings)
        db = open_records(side, settings, clock=clock)
        return cls(side=side, settings=settings, keys=keys, db=db, cipher=body_cipher(keys, at=clock.now()))

    def log(self, *, clock: Clock) -> Log:
        """A port's evidence log, to read."""
        tiles = log_tiles(self.settings)
        origin = origin_of(self.settings)
        return Log(tiles, SqlHead(self.db, origin), origin, self.keys.signer("log", at=clock.now()))

    def close(self) -> None:
        """Let go of the database."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_keys(side: Side, settings: Settings) -> KeyStore:
    """The keystore, which must exist."""
    return KeyStore.open(side.keystore(settings.data), settings.passphrase.encode() or DEMO_PASSPHRASE)


def open_records(side: Side, settings: Settings, *, clock: Clock) -> Database:
    """The database, which must exist and be of this program's version."""
    url = side.database(settings)
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).is_file():
        raise NoInstallation(folder=url.removeprefix("sqlite:///"))
    db = Database.open(url, clock=clock)
    try:
        check_migrated(db, side.migrations)
    except BaseException:
        db.close()
        raise
    return db


def log_tiles(settings: Settings) -> TileStore:
    """Where a port's log lies; a folder must exist."""
    if not settings.log_tiles and not (settings.data / "log").is_dir():
        raise NoInstallation(folder=settings.data / "log")
    return open_tiles(settings)


def origin_of(settings: Settings) -> str:
    """The log's name, as the port's settings say."""
    origin = settings.origin or (DEMO_ORIGIN if settings.demo else "")
    if not origin:
        raise BadSetting(
            name="FEIYU_ORIGIN", reason=Text("须给出存证日志的名称", "a name for the evidence log is wanted")
        )
    return origin
