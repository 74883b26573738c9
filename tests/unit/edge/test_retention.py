"""Digests that were never sent go after thirty days, a year's counting key after three more; to the day."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from feiyu.base.clock import FixedClock
from feiyu.base.ids import PartyId
from feiyu.edge import retention
from feiyu.edge.counting import Counting
from feiyu.edge.model import Edge
from feiyu.edge.part import ACCESS
from feiyu.edge.trail import EVENTS
from feiyu.registry import journal
from feiyu.registry.access import Access
from feiyu.seal import KeyStore, Signer
from feiyu.store import Database, Scope, migrate

from .test_ledger import write

START = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.slow


@dataclass
class Place:
    edge: Edge
    clock: FixedClock
    folder: Path
    db: Database

    def told(self) -> list[str]:
        with self.db.read(scope=Scope.all("test")) as tx:
            return [one.type for one in journal.newest_events(tx, self.edge.house.cipher)]


@pytest.fixture
def place(tmp_path: Path) -> Any:
    clock = FixedClock(START)
    journal.register(EVENTS)
    with Database.open(f"sqlite:///{tmp_path}/edge.sqlite", clock=clock) as db:
        migrate(db, [journal.MIGRATIONS, "feiyu.registry.migrations", "feiyu.edge.migrations"])
        store = KeyStore.create(tmp_path / "keys", b"p", scrypt_n=1 << 10)
        house = SimpleNamespace(
            db=db, clock=clock, access=Access(ACCESS), cipher=journal.BodyCipher({"jrn-1": bytes(range(32))}, "jrn-1"),
            folder=tmp_path, party_id=PartyId("pty_00000000000000000000000001"),
        )  # fmt: skip
        keys = SimpleNamespace(signer=Signer.generate(), counting=Counting(store))
        folder = tmp_path / "runs"
        folder.mkdir()
        edge = cast("Edge", SimpleNamespace(house=house, keys=keys, runs_folder=folder))
        yield Place(edge, clock, folder, db)


def aged(path: Path, at: datetime) -> Path:
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def test_what_was_scanned_and_never_sent_goes_after_thirty_days(place: Place) -> None:
    run = aged(place.folder / write(place.folder, "prf_1.persons", 3), START)
    keystore = place.folder / "kept.seals"
    keystore.write_bytes(b"x")
    place.clock.at = START + timedelta(days=retention.SCANNED_DAYS)
    assert retention.delete_unsent(place.edge) == 0
    assert run.exists()
    place.clock.advance(timedelta(seconds=1))
    assert retention.delete_unsent(place.edge) == 1
    assert not run.exists()
    assert keystore.exists()
    assert place.told() == ["digests.deleted"]


def test_a_counting_key_goes_with_its_runs_on_new_years_day(place: Place) -> None:
    key = place.edge.keys.counting.secret(START)
    run = place.folder / write(place.folder, "led_1.persons", 3, key=key)
    other = place.folder / write(place.folder, "led_2.persons", 3, key=b"z" * 32)
    place.clock.at = datetime(2029, 12, 31, 15, 59, tzinfo=UTC)
    assert retention.destroy_old_keys(place.edge) == 0
    place.clock.at = datetime(2029, 12, 31, 16, 0, tzinfo=UTC)  # 1 January 2030 in Shanghai
    assert retention.destroy_old_keys(place.edge) == 1
    assert not run.exists()
    assert other.exists()
    assert place.told() == ["counting_key.destroyed"]
    assert retention.destroy_old_keys(place.edge) == 0
