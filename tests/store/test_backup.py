"""A copy taken while others write."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from feiyu.base.clock import SystemClock
from feiyu.store import Database, Scope
from feiyu.store.backup import backup
from feiyu.store.errors import ObjectExists, StoreUnreachable, UseOwnTools

pytestmark = pytest.mark.slow
ALL = Scope.all("test")


def test_a_copy_is_one_snapshot_and_opens(tmp_path: Path):
    stop = threading.Event()

    def pair(tx) -> None:
        """Two rows that belong together."""
        tx.execute(text("INSERT INTO one DEFAULT VALUES"))
        tx.execute(text("INSERT INTO two DEFAULT VALUES"))

    def work() -> None:
        while not stop.is_set():
            db.write(pair, scope=ALL)

    with Database.open(f"sqlite:///{tmp_path}/live.db", clock=SystemClock()) as db:
        for name in ("one", "two"):
            create = text(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY)")
            db.write(lambda tx, create=create: tx.execute(create), scope=ALL)
        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        sizes = [backup(db, tmp_path / f"copy-{n}.db") for n in range(4)]
        stop.set()
        for thread in threads:
            thread.join()
        files = [*tmp_path.glob("live.db*"), *tmp_path.glob("copy-*")]
        assert len(files) >= 7  # with WAL and its index
        assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    for n, size in enumerate(sizes):
        assert size == (tmp_path / f"copy-{n}.db").stat().st_size
        with (
            Database.open(f"sqlite:///{tmp_path}/copy-{n}.db", clock=SystemClock()) as copy,
            copy.read(scope=ALL) as tx,
        ):
            counts = [
                tx.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in ("one", "two")
            ]
            assert counts[0] == counts[1]
    assert not list(tmp_path.glob(".*"))


def test_what_stands_in_the_way_is_not_overwritten(tmp_path: Path):
    with Database.open(f"sqlite:///{tmp_path}/live.db", clock=SystemClock()) as db:
        (tmp_path / "there").write_text("kept")
        with pytest.raises(ObjectExists):
            backup(db, tmp_path / "there")
        assert (tmp_path / "there").read_text() == "kept"
        with pytest.raises(StoreUnreachable):
            backup(db, tmp_path / "no" / "such" / "folder")
    assert not list(tmp_path.glob(".*"))


def test_postgresql_is_copied_with_its_own_tools(postgres_server, tmp_path: Path):
    url = postgres_server.create_database()
    with Database.open(url, clock=SystemClock()) as db, pytest.raises(UseOwnTools):
        backup(db, tmp_path / "copy")
    postgres_server.drop_database(url)
