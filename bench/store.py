"""What group commit brings: one change at a time against many waiting ones, on this machine's disk.

    python bench/store.py [--seconds 2] [--folder DIR] [--postgres]

The peer is the same file written through ``sqlite3`` alone, one commit for each row and one for each 256. The ratio that
counts is that of the store with many callers to the store with one.
"""

import argparse
import json
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table as Shown
from sqlalchemy import Column, Integer, MetaData, String, Table, insert

from feiyu.base.clock import SystemClock
from feiyu.base.ids import PartyId
from feiyu.base.text import Text
from feiyu.evidence.directory import DirectoryTiles
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.log import Log
from feiyu.evidence.policy import Policy, simple_policy
from feiyu.registry import journal
from feiyu.registry.journal.head import SqlHead
from feiyu.registry.journal.sequencer import Sequencer
from feiyu.store import Database, Scope, Tx, migrate, owner

A = PartyId("pty_A")
MINE, ALL = Scope.of(A), Scope.all("bench")
KEYS = journal.BodyCipher({"jrn-1": bytes(32)}, "jrn-1")
metadata = MetaData()
row = Table("row", metadata, Column("id", Integer, primary_key=True), owner(), Column("what", String(80)))
ADD = insert(row)
VALUES = {"owner_party": A, "what": "x" * 80}
journal.register(
    [
        journal.EventType(
            name="bench.made", title=Text("测量", "A measure"), data={"count": journal.Kind.COUNT}
        )
    ]
)


def sqlite_alone(folder: Path, *, rows_per_commit: int, seconds: float) -> float:
    """Rows a second through the driver alone, durable as the store is."""
    db = sqlite3.connect(folder / f"alone-{rows_per_commit}.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, owner_party TEXT, what TEXT)")
    done, end = 0, time.perf_counter() + seconds
    began = time.perf_counter()
    while time.perf_counter() < end:
        db.execute("BEGIN IMMEDIATE")
        for _ in range(rows_per_commit):
            db.execute("INSERT INTO row (owner_party, what) VALUES (?, ?)", tuple(VALUES.values()))
        db.execute("COMMIT")
        done += rows_per_commit
    rate = done / (time.perf_counter() - began)
    db.close()
    return rate


def add_row(tx: Tx) -> None:
    tx.execute(ADD, VALUES)


def add_rows(tx: Tx) -> None:
    for _ in range(256):
        tx.execute(ADD, VALUES)


def record(source: str, db: Database) -> Callable[[Tx], journal.EventRef]:
    return lambda tx: journal.record(
        tx,
        keys=KEYS,
        source=source,
        type="bench.made",
        at=db.clock.now(),
        owner=A,
        refs={},
        data={"count": 1},
    )


def through_the_store(
    db: Database, make: Callable[[int], Callable[[Tx], object]], *, callers: int, seconds: float
) -> float:
    """Answered writes a second with so many callers waiting at once."""
    counts = [0] * callers
    gate = threading.Barrier(callers + 1)
    end = [0.0]

    def call(n: int) -> None:
        fn = make(n)
        gate.wait()
        while time.perf_counter() < end[0]:
            db.write(fn, scope=MINE)
            counts[n] += 1

    threads = [threading.Thread(target=call, args=(n,)) for n in range(callers)]
    for thread in threads:
        thread.start()
    began = time.perf_counter()
    end[0] = began + seconds
    gate.wait()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)


def feeding(db: Database, folder: Path) -> tuple[int, float]:
    """How many recorded events wait, and how many a second the log takes in."""
    log = Log(
        DirectoryTiles(folder / "tiles"), SqlHead(db, "demo.bench"), "demo.bench", Ed25519Signer(bytes(32))
    )
    sequencer = Sequencer(db, log, policy=Policy.parse(simple_policy([log.verifier], [], needed=0)))
    began = time.perf_counter()
    while sequencer.run_once():
        pass
    taken = time.perf_counter() - began
    sequencer.stop()
    return log.head.size, log.head.size / taken


def measure(url: str, folder: Path, seconds: float) -> dict[str, float]:
    with Database.open(url, clock=SystemClock(), pool_size=32) as db:
        migrate(db, [journal.MIGRATIONS])
        db.alone(metadata.create_all, scope=ALL)
        found = {
            f"rows, {n} callers": through_the_store(db, lambda _: add_row, callers=n, seconds=seconds)
            for n in (1, 16, 64)
        }
        many = through_the_store(db, lambda _: add_rows, callers=1, seconds=seconds)
        found["rows, 1 caller, 256 in a write"] = many * 256
        for n in (1, 32):
            sources = [f"bench-source-{n}-{k}" for k in range(n)]
            found[f"events, {n} callers"] = through_the_store(
                db, lambda k, s=sources: record(s[k], db), callers=n, seconds=seconds
            )
        found["events waiting"], found["events fed to the log"] = feeding(db, folder)
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--folder", type=Path, help="where to write; the disk is what is measured")
    parser.add_argument("--postgres", action="store_true", help="PostgreSQL beside it, with its flushes on")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder, prefix="feiyu-bench-") as name:
        folder = Path(name)
        alone = {n: sqlite_alone(folder, rows_per_commit=n, seconds=arguments.seconds) for n in (1, 16, 256)}
        engines = {"SQLite": measure(f"sqlite:///{folder}/store.db", folder, arguments.seconds)}
        if arguments.postgres:
            from feiyu.testing.postgres import PostgresServer

            server = PostgresServer(durable=True).start()
            engines["PostgreSQL"] = measure(server.create_database(), folder / "postgres", arguments.seconds)
            server.stop()
    show(alone, engines)
    store = engines["SQLite"]
    many = statistics.fmean([store["rows, 16 callers"], store["rows, 64 callers"]])
    result = {
        "group_commit_gain": one(many / store["rows, 1 callers"], 3.0, "higher", "times"),
        "rows_64_callers": one(store["rows, 64 callers"], 10_000, "higher", "rows/s"),
        "events_32_callers": one(store["events, 32 callers"], 1_500, "higher", "events/s"),
        "log_feeding": one(store["events fed to the log"], 10_000, "higher", "events/s"),
        "of_sqlite_alone_1": one(store["rows, 1 callers"] / alone[1], 0.3, "higher", "ratio"),
    }
    Console().print_json(json.dumps(result), indent=None)


def one(value: float, target: float, better: str, unit: str) -> dict[str, object]:
    return {"value": round(value, 2), "target": target, "better": better, "unit": unit}


def show(alone: dict[int, float], engines: dict[str, dict[str, float]]) -> None:
    table = Shown("durable writes a second", "SQLite driver alone", *engines, title="store")
    for n, rate in alone.items():
        table.add_row(f"rows, {n} per commit", f"{rate:,.0f}", *("" for _ in engines))
    for name in next(iter(engines.values())):
        table.add_row(name, "", *(f"{found[name]:,.0f}" for found in engines.values()))
    Console().print(table)


if __name__ == "__main__":
    main()
