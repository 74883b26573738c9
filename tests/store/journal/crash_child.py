"""The process that test_crash kills: it changes, records and feeds the log as fast as it can, and says what was answered.

    python crash_child.py DATABASE TILES POINT

TILES is a directory, or ``s3 ENDPOINT KEY SECRET PREFIX``.

POINT ``random`` works until it is killed; any other kills itself there with SIGKILL, as the machine would.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from feiyu.base.clock import SystemClock
from feiyu.base.ids import PartyId
from feiyu.base.text import Text
from feiyu.evidence.directory import DirectoryTiles
from feiyu.evidence.keys import Algorithm, Ed25519Signer, SigningKey, generate_skey
from feiyu.evidence.log import Log, TileStore
from feiyu.evidence.policy import Policy, simple_policy
from feiyu.evidence.twin import Twin
from feiyu.registry import journal
from feiyu.registry.journal import outbox
from feiyu.registry.journal.head import SqlHead
from feiyu.registry.journal.sequencer import Sequencer
from feiyu.registry.journal.tiles import ObjectTiles
from feiyu.store import Database, Scope, Tx, after_commit

ORIGIN = "demo.log.example/crash"
KEYS = journal.BodyCipher({"jrn-1": bytes(32)}, "jrn-1")
A = PartyId("pty_A")
journal.register(
    [journal.EventType(name="crash.made", title=Text("变更", "A change"), data={"count": journal.Kind.COUNT})]
)


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killing(original: Callable, *, before: bool) -> Callable:
    def call(*given: object) -> None:
        if not before:
            original(*given)
        die()

    return call


def arm(point: str, log: Log, sequencer: Sequencer) -> None:
    """Die at the first passage of a point."""
    twin = sequencer.twin
    assert twin is not None
    places = {
        "numbered": (sequencer, "_append", True),
        "tiles": (log._store, "put", False),
        "head": (log._heads, "swap", False),
        "published": (log._store, "replace", False),
        "twin tiles": (twin.log._store, "put", False),
        "twin head": (twin.log._heads, "swap", False),
        "twin published": (twin.log._store, "replace", False),
    }
    if point in places:
        owner, name, before = places[point]
        setattr(owner, name, killing(getattr(owner, name), before=before))


def events_of(number: int) -> int:
    """How many events the change of that number records: one, some that share a row, or more than a row holds."""
    return 70 if number % 40 == 7 else (1, 3)[number % 2]


def change(db: Database, worker: int, number: int, point: str) -> str:
    """One change with its events and its message; the id of the last event once it was answered."""

    def fn(tx: Tx) -> str:
        tx.execute(text("INSERT INTO change (worker, number) VALUES (:w, :n)"), {"w": worker, "n": number})
        if point == "changed":
            die()
        *_, last = journal.record_many(
            tx, keys=KEYS, source=f"crash-source-{worker}", type="crash.made", at=db.clock.now(), owner=A, refs={},
            data=[{"count": number}] * events_of(number),
        )  # fmt: skip
        if point == "recorded":
            die()
        outbox.publish(tx, "crash", {"event": last.event_id}, A)
        if point == "committed":
            after_commit(tx, die)
        return last.event_id

    return db.write(fn, scope=Scope.of(A))


def work(db: Database, worker: int, first: int, point: str) -> None:
    for number in range(first, first + 100_000):
        sys.stdout.write(f"{change(db, worker, number, point)}\n")
        sys.stdout.flush()


def open_tiles(place: str) -> TileStore:
    """A directory, or a real S3 store."""
    if not place.startswith("s3 "):
        return DirectoryTiles(Path(place))
    from feiyu.store.objects_s3 import S3Store
    from feiyu.testing.s3 import BUCKET

    endpoint, key, secret, prefix = place.split(" ")[1:]
    return ObjectTiles(
        S3Store(BUCKET, endpoint=endpoint, access_key=key, secret_key=secret, prefix=prefix, allow_http=True)
    )


def open_twin(db: Database, place: str) -> Twin:
    """The log's SM3 twin, in the same tiles."""
    seed = bytes(range(32))
    kinds = (Algorithm.SM2_SM3, Algorithm.ED25519)
    keys = [SigningKey.parse(generate_skey(f"{ORIGIN}/sm3", kind, seed=seed)) for kind in kinds]
    return Twin(open_tiles(place), SqlHead(db, keys[0].name), keys)


def main() -> None:
    url, folder, point = sys.argv[1:]
    db = Database.open(url, clock=SystemClock())
    log = Log(open_tiles(folder), SqlHead(db, ORIGIN), ORIGIN, Ed25519Signer(bytes(32)))
    sequencer = Sequencer(
        db, log, policy=Policy.parse(simple_policy([log.verifier], [], needed=0)), every_s=0.01,
        twin=open_twin(db, folder),
    )  # fmt: skip
    arm(point, log, sequencer)
    sequencer.start()
    with db.read(scope=Scope.all("crash test")) as tx:
        first = tx.execute(text("SELECT coalesce(max(number), 0) + 1 FROM change")).scalar_one()
    threads = [threading.Thread(target=work, args=(db, worker, first, point)) for worker in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
