"""Databases and object stores that every suite may ask for: both engines, both stores, always real.

What the fixtures need is imported where it is used, so that a suite of pure functions starts at once.
"""

import gc
import os
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feiyu.base.clock import FixedClock

if TYPE_CHECKING:
    from feiyu.store import Database, ObjectStore
    from feiyu.testing.postgres import PostgresServer
    from feiyu.testing.s3 import S3Server

ROOT = Path(__file__).parents[1]
# The tests start hundreds of Python processes, workers too: they share their bytecode, also where the environment wants none written.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(ROOT / ".pytest_cache" / "bytecode")
sys.dont_write_bytecode = False
# A run in the background of a shell ignores Ctrl-C and hands that on; then a server that a test asks to end would have to be killed.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Whole files go to the next free worker in this order: what starts servers, browsers and databases takes longest and goes first, so
# that no long file runs alone at the end.
LONG_FIRST = ("console", "cli", "stories", "api", "store")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the suites with the longest files first."""
    place = {name: number for number, name in enumerate(LONG_FIRST)}
    items.sort(key=lambda item: place.get(item.path.relative_to(ROOT / "tests").parts[0], len(place)))


@pytest.fixture(scope="session")
def postgres_server() -> "Iterator[PostgresServer]":
    """One PostgreSQL server for the whole run, started when the first test asks."""
    from feiyu.testing.postgres import PostgresServer

    server = PostgresServer().start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def s3_server() -> "Iterator[S3Server]":
    """One S3 server for the whole run, started when the first test asks."""
    from feiyu.testing.s3 import S3Server

    server = S3Server().start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def clock() -> FixedClock:
    """A clock that stands at one morning until a test moves it."""
    return FixedClock(datetime(2026, 11, 22, 1, 0, tzinfo=UTC))


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty database for this module, once on each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('db')}/feiyu.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.create_database()
    yield url
    server.drop_database(url)


@pytest.fixture(scope="module")
def locations() -> list[str]:
    """Whose revisions ``db`` has; a room's suite overrides this with its own."""
    from feiyu.registry import journal

    return [journal.MIGRATIONS]


@pytest.fixture(scope="module")
def db(database_url: str, clock: FixedClock, locations: list[str]) -> "Iterator[Database]":
    """An open, migrated database for this module."""
    from feiyu.store import Database, migrate

    with Database.open(database_url, clock=clock) as database:
        migrate(database, locations)
        yield database


@pytest.fixture(params=["directory", "s3"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> "ObjectStore":
    """An empty object store, once of each kind."""
    from feiyu.store import DirectoryStore
    from feiyu.store.objects_s3 import S3Store
    from feiyu.testing.s3 import BUCKET

    if request.param == "directory":
        return DirectoryStore(tmp_path / "objects")
    server: S3Server = request.getfixturevalue("s3_server")
    return S3Store(
        BUCKET, endpoint=server.endpoint, access_key=server.access_key, secret_key=server.secret_key,
        prefix=f"test-{tmp_path.name}", allow_http=True,
    )  # fmt: skip


def pytest_collection_finish() -> None:
    """Let the collector look no more through what the libraries and the collected tests are made of: they stay to the end."""
    gc.collect()
    gc.freeze()
