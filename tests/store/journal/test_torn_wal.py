"""SQLite's write-ahead log torn at any byte, or altered in any frame: what stands is a beginning of what was committed.

A disk that keeps its word loses nothing that was promised, for a promise is given after the flush. Here the tear also
hits what was promised, as on a disk that lies: the events that are left are whole and in order, and the evidence log,
which knows of more, does not go on.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from feiyu.base.clock import FixedClock
from feiyu.base.ids import PartyId
from feiyu.evidence.directory import DirectoryHead, DirectoryTiles
from feiyu.evidence.errors import LogDamaged
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.log import Log
from feiyu.evidence.policy import Policy, simple_policy
from feiyu.registry import journal
from feiyu.registry.journal.audit import audit
from feiyu.registry.journal.head import SqlHead
from feiyu.registry.journal.sequencer import Sequencer
from feiyu.store import Database, Scope, migrate

MINE = Scope.of(PartyId("pty_A"))
ORIGIN = "demo.log.example/torn"
TOGETHER = (1, 3, 1, 70, 1)
"""How many events each change records: alone in a row, sharing one, filling one and going on in the next."""
EVENTS = sum(TOGETHER)
HEADER, FRAME = 32, 24 + 4096


class Killed(NamedTuple):
    """What lay on disk when the process was killed, and where in the write-ahead log each change was promised."""

    folder: Path
    base: bytes
    wal: bytes
    promised: list[int]

    def lay(self, wal: bytes) -> Path:
        """The database with this write-ahead log beside it."""
        path = self.folder / "torn" / "feiyu.db"
        path.parent.mkdir(exist_ok=True)
        for old in path.parent.iterdir():
            old.unlink()
        path.write_bytes(self.base)
        path.with_name("feiyu.db-wal").write_bytes(wal)
        return path

    def events(self, wal: bytes) -> int:
        """How many events SQLite finds, and its own opinion of the file."""
        connection = sqlite3.connect(self.lay(wal))
        try:
            assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
            return int(connection.execute("SELECT coalesce(sum(events), 0) FROM journal_event").fetchone()[0])
        finally:
            connection.close()


@pytest.fixture
def killed(tmp_path: Path, keys: journal.BodyCipher, clock: FixedClock) -> Killed:
    path, wal = tmp_path / "live" / "feiyu.db", tmp_path / "live" / "feiyu.db-wal"
    promised = []
    with Database.open(f"sqlite:///{path}", clock=clock) as db:
        migrate(db, [journal.MIGRATIONS])
        emptied = sqlite3.connect(path)
        emptied.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        emptied.close()
        for count in TOGETHER:
            db.write(
                lambda tx, count=count: journal.record_many(
                    tx, keys=keys, source="torn-source", type="test.made", at=clock.now(), owner=PartyId("pty_A"),
                    refs={}, data=[{"count": n} for n in range(count)],
                ),
                scope=MINE,
            )  # fmt: skip
            promised.append(wal.stat().st_size)
        log = open_log(tmp_path, db)
        sequencer = Sequencer(db, log, policy=Policy.parse(simple_policy([log.verifier], [], needed=0)))
        sequencer.run_once()
        sequencer.stop()
        return Killed(tmp_path, path.read_bytes(), wal.read_bytes(), promised)


def open_log(folder: Path, db: Database) -> Log:
    return Log(DirectoryTiles(folder / "tiles"), SqlHead(db, ORIGIN), ORIGIN, Ed25519Signer(bytes(32)))


def judge(killed: Killed, wal: bytes, keys: journal.BodyCipher, clock: FixedClock) -> bool:
    """Whether the log goes on; the journal must be in order either way."""
    with Database.open(f"sqlite:///{killed.lay(wal)}", clock=clock) as db:
        head = DirectoryHead(killed.folder / "empty head")
        try:
            empty = Log(DirectoryTiles(killed.folder / "empty"), head, ORIGIN, Ed25519Signer(bytes(32)))
            assert audit(db, empty, keys).findings == ()
        finally:
            head.close()
        try:
            log = open_log(killed.folder, db)
        except LogDamaged:
            return False
        assert log.head.size == EVENTS
        assert audit(db, log, keys).findings == ()
        return True


def cuts(killed: Killed) -> Iterator[int]:
    """The ends of all frames, a byte before, and a byte into the next page."""
    size = len(killed.wal)
    for frame in range(HEADER, size + 1, FRAME):
        yield from (
            max(0, at) for at in (frame - 1, frame, frame + 1, frame + 25, frame + 2000) if at <= size
        )


def expected(killed: Killed, cut: int) -> int:
    return sum(count for count, end in zip(TOGETHER, killed.promised, strict=True) if cut >= end)


def test_torn_anywhere_it_is_a_beginning_and_the_log_does_not_go_on(
    killed: Killed, keys: journal.BodyCipher, clock: FixedClock
) -> None:
    assert (len(killed.wal) - HEADER) % FRAME == 0
    for cut in cuts(killed):
        assert killed.events(killed.wal[:cut]) == expected(killed, cut), cut
    for cut in (0, *killed.promised):
        assert not judge(killed, killed.wal[:cut], keys, clock)
    assert judge(killed, killed.wal, keys, clock)


def test_a_flipped_bit_ends_it_there(killed: Killed) -> None:
    """In the page number, the salts, the checksums or the page of each frame, in turn."""
    places = (0, 9, 17, 24, 3000)
    for number, frame in enumerate(range(HEADER, len(killed.wal), FRAME)):
        wal = bytearray(killed.wal)
        wal[frame + places[number % len(places)]] ^= 4
        assert killed.events(bytes(wal)) == expected(killed, frame)


@pytest.fixture
def laid(killed: Killed) -> Iterator[Path]:
    """The database with its write-ahead log in memory, to be torn in place: who only reads it changes neither."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        path = Path(folder) / "feiyu.db"
        path.write_bytes(killed.base)
        path.with_name("feiyu.db-wal").write_bytes(killed.wal)
        yield path
        assert path.read_bytes() == killed.base


def found(path: Path) -> int:
    """How many events SQLite recovers, if it finds the file whole."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        return int(connection.execute("SELECT coalesce(sum(events), 0) FROM journal_event").fetchone()[0])


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_torn_at_every_byte(killed: Killed, laid: Path) -> None:
    wal = laid.with_name("feiyu.db-wal")
    for cut in range(len(killed.wal), -1, -1):
        os.truncate(wal, cut)
        assert found(laid) == expected(killed, cut), cut
    print(f"\ntorn: {len(killed.wal) + 1} places, {EVENTS} events")


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_a_bit_flipped_in_every_byte(killed: Killed, laid: Path) -> None:
    with laid.with_name("feiyu.db-wal").open("r+b", buffering=0) as wal:
        for at, byte in enumerate(killed.wal):
            os.pwrite(wal.fileno(), bytes([byte ^ 1 << at % 8]), at)
            frame = max(0, at - HEADER) // FRAME * FRAME + HEADER if at >= HEADER else 0
            assert found(laid) == expected(killed, frame), at
            os.pwrite(wal.fileno(), bytes([byte]), at)
    print(f"\nflipped: {len(killed.wal)} places, {EVENTS} events")
