"""Databases and object stores that every suite may ask for: both engines, both stores, always real."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feiyu.base.clock import FixedClock
from feiyu.registry import journal
from feiyu.store import Database, DirectoryStore, ObjectStore, migrate
from feiyu.store.objects_s3 import S3Store
from feiyu.testing.postgres import PostgresServer
from feiyu.testing.s3 import BUCKET, S3Server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One PostgreSQL server for the whole run, started when the first test asks."""
    server = PostgresServer().start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """One S3 server for the whole run, started when the first test asks."""
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
    return [journal.MIGRATIONS]


@pytest.fixture(scope="module")
def db(database_url: str, clock: FixedClock, locations: list[str]) -> Iterator[Database]:
    """An open, migrated database for this module."""
    with Database.open(database_url, clock=clock) as database:
        migrate(database, locations)
        yield database


@pytest.fixture(params=["directory", "s3"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    """An empty object store, once of each kind."""
    if request.param == "directory":
        return DirectoryStore(tmp_path / "objects")
    server: S3Server = request.getfixturevalue("s3_server")
    return S3Store(
        BUCKET, endpoint=server.endpoint, access_key=server.access_key, secret_key=server.secret_key,
        prefix=f"test-{tmp_path.name}", allow_http=True,
    )  # fmt: skip
