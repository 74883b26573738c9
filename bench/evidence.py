"""Evidence log: appends against the disk's own rate, over HTTP beside Tessera, proofs, a receipt verified from cold start.

``python bench/evidence.py [--quick] [--dir FOLDER]``. Everything is measured in one run on one disk; append rates are
ratios to the bare rate of 4 KiB writes each followed by fdatasync, measured before and after each. The HTTP rows use one
Go client for every server, 64 connections, a new request when the answer to the last one is there; they want Go
(``bench/tessera``) and are left out, and said to be, where it is missing.
"""

import argparse
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from feiyu.base import merkle
from feiyu.base.clock import FixedClock
from feiyu.evidence import note as notes
from feiyu.evidence.ahead import Ahead
from feiyu.evidence.cosignature import Cosigner
from feiyu.evidence.directory import DirectoryHead, DirectoryTiles
from feiyu.evidence.entry import FIRST_PREVIOUS, Entry, commitment, event_body, hour_of
from feiyu.evidence.fsck import check_tiles
from feiyu.evidence.keys import Algorithm, Ed25519Signer, SigningKey, generate_skey
from feiyu.evidence.log import Log
from feiyu.evidence.receipt import build_receipt
from feiyu.evidence.trust import NoteKey, Trust
from feiyu.evidence.twin import Twin
from feiyu.evidence.wal import Wal

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
WITNESS = SigningKey("witness.example/1", Algorithm.COSIGNATURE_ED25519, Ed25519Signer(bytes(range(32, 64))))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a tenth of the entries")
    parser.add_argument("--dir", type=Path, help="where to write (default: the system's temporary directory)")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--http", action="store_true", help="only the rows over HTTP")
    given = parser.parse_args()
    if given.serve or given.port:
        serve(given.serve) if given.serve else serve_port(given.port)
        return
    if given.http:
        rows, measures = [], {}
        with tempfile.TemporaryDirectory(dir=given.dir) as folder:
            over_http(Path(folder), rows, measures, 3)
        report(rows, measures)
        return
    entries = 100_000 if given.quick else 1_000_000
    seconds = 1.0 if given.quick else 3.0
    with tempfile.TemporaryDirectory(dir=given.dir) as folder:
        run(Path(folder), entries, seconds)


def run(folder, entries, seconds):
    rows, measures = [], {}
    bare = [fdatasync_rate(folder, seconds / 2)]
    for name, opening in (("straight to tiles", opened_straight), ("by the write-ahead log", opened_ahead)):
        for batch in (1, 64, 256, 1024, 4096):
            rate = append_rate(opening, folder / f"{opening.__name__}{batch}", batch, seconds)
            bare.append(fdatasync_rate(folder, seconds / 2))
            ratio = rate / statistics.mean(bare[-2:])  # the disk as it was just before and just after
            rows.append(
                (
                    f"append {name}, head, signed checkpoint; batch {batch}",
                    f"{rate:,.0f} /s",
                    f"{ratio:.1f} x bare",
                )
            )
            if batch == 256:
                measures[f"{opening.__name__[7:]}_256_vs_fdatasync"] = (ratio, 20, "higher", "ratio")
    shown = f"{min(bare):,.0f} - {max(bare):,.0f} /s"
    rows.insert(0, ("bare 4 KiB write + fdatasync, before and after each", shown, ""))
    twin(folder, rows, 20 if seconds < 2 else 60)
    outbox(folder, rows, measures, seconds)
    over_http(folder, rows, measures, max(2, round(seconds)))
    log, head = build(folder / "big", entries)
    rows.append(("entries in the log for proofs", f"{entries:,}", ""))
    recent, anywhere, verified = proof_rates(log, entries)
    rows.append(("proof of one of the newest 64 Ki entries, built", f"{recent:,.0f} /s", "a core"))
    rows.append(("proof of any entry, built (whole log cached)", f"{anywhere:,.0f} /s", "a core"))
    rows.append(("proof verified, checkpoint known", f"{verified:,.0f} /s", "a core"))
    measures["proof_build"] = (anywhere, 20_000, "higher", "1/s")
    measures["proof_verify"] = (verified, 60_000, "higher", "1/s")
    started = time.perf_counter()
    assert check_tiles(DirectoryTiles(folder / "big/tiles").get, log.verifier, head=log.head).size == entries
    rows.append(
        ("fsck: rebuilt and compared", f"{entries / (time.perf_counter() - started):,.0f} entries/s", "")
    )
    head.close()
    cold, usual, warm = verify_times(folder / "receipt")
    rows.append(
        (
            "receipt verified from cold start, best of 15",
            f"{cold * 1000:.0f} ms",
            f"median {usual * 1000:.0f} ms",
        )
    )
    rows.append(("receipt verified in a running process", f"{warm * 1000:.2f} ms", ""))
    measures["verify_cold_start"] = (cold * 1000, 150, "lower", "ms")
    report(rows, measures)


def fdatasync_rate(folder, seconds):
    block, count = os.urandom(4096), 0
    handle = os.open(folder / "bare", os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    started = time.perf_counter()
    while time.perf_counter() - started < seconds:
        os.write(handle, block)
        os.fdatasync(handle)
        count += 1
    took = time.perf_counter() - started
    os.close(handle)
    return count / took


def an_entry(number):
    """The size and shape of a real entry, without the cost of making one."""
    digest = hashlib.sha256(number.to_bytes(8, "big")).digest()
    return Entry(
        source="edge-0a1b2c3d", seq=number + 1, previous=digest, hour="2026-11-22T09Z", commitment=digest
    ).encode()


def opened_straight(folder):
    """As the port's sequencer appends: an append returns when tiles and head are flushed."""
    log, head = opened(folder)
    return log, lambda entries: log.append(entries, log.head.size), lambda: None, head.close


def opened_ahead(folder):
    """As the log's own listener appends: it returns when the write-ahead log is flushed; tiles and head follow behind."""
    log, head = opened(folder)
    ahead = Ahead(log, Wal(folder / "head"))
    return log, ahead.append, ahead.settle, head.close


def append_rate(opening, folder, batch, seconds):
    """Entries in durable tiles, under a stored head and a published checkpoint; one thread appends, one publishes."""
    log, append, settle, close = opening(folder)
    entry, over = an_entry(0), threading.Event()

    def publish():
        while not over.is_set():
            settle()
            log.publish(log.checkpoint())

    publisher = threading.Thread(target=publish)
    started = time.perf_counter()
    publisher.start()
    while time.perf_counter() - started < seconds:
        append([entry] * batch)
    over.set()
    publisher.join()
    settle()
    size = log.publish(log.checkpoint()).checkpoint.size
    took = time.perf_counter() - started
    close()
    return size / took


def twin(folder, rows, rounds):
    """What an SM3 twin adds to a round of the sequencer (append, sign, publish, follow): processor time an entry."""
    from feiyu.evidence import sm2

    if not sm2.available():
        rows.append(("SM3 twin", "left out", "the extra sm is not installed"))
        return
    for batch in (64, 256, 4096):
        alone, both = (
            round_cost(folder / f"{name}{batch}", batch, rounds, keep=name == "twin") * 1e6
            for name in ("alone", "twin")
        )
        rows.append(
            (
                f"a round of {batch} entries, processor time an entry; with SM3 twin and SM2",
                f"{alone:.1f} µs",
                f"{both:.1f} µs",
            )
        )


def round_cost(folder, batch, rounds, *, keep):
    """Seconds of processor time an entry; entries are of one length within a batch, as most of a port's are."""
    log, head = opened(folder)
    name = f"{log.origin}/sm3"
    key = SigningKey.parse(generate_skey(name, Algorithm.SM2_SM3, seed=bytes(32)))
    other = DirectoryHead(folder / "twin-head")
    kept = Twin(DirectoryTiles(folder / "tiles"), other, [key]) if keep else None
    entries = [an_entry(10**6 + n) for n in range(batch * rounds)]
    started = time.process_time()
    for first in range(0, len(entries), batch):
        log.append(entries[first : first + batch], first)
        log.publish(log.checkpoint())
        if kept:
            kept.follow(log, lambda first, count: entries[first : first + count], at_once=4096)
    took = time.process_time() - started
    other.close()
    head.close()
    return took / len(entries)


def outbox(folder, rows, measures, seconds):
    """From what an outbox has committed to the signed checkpoint that covers it: a backlog alone, then beside many who record.

    The first is the log's own part of the way. In the second the recording of each event (its body written and encrypted, its commitment, its row)
    is in the time as well, in the same process and under the same interpreter lock.
    """
    for name, rate_of, key in (
        ("outbox commit to signed checkpoint, SQLite", backlog_rate, "outbox_to_checkpoint_vs_fdatasync"),
        ("the same beside 8 threads that record", live_rate, "recorded_to_checkpoint_vs_fdatasync"),
    ):
        before = fdatasync_rate(folder, seconds / 4)
        rate = rate_of(folder / key, seconds)
        ratio = rate / statistics.mean([before, fdatasync_rate(folder, seconds / 4)])
        rows.append((name, f"{rate:,.0f} /s", f"{ratio:.1f} x bare"))
        measures[key] = (ratio, 20, "higher", "ratio")


def backlog_rate(folder, seconds, *, at_once=64):
    """Everything is committed before the sequencer begins, as when a port takes up work again; rounds as the port's, each signed."""
    with outboxed(folder) as (record, sequencer):
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            last = record(0, at_once)
        started = time.perf_counter()
        sequencer.start()
        assert sequencer.wait_for(last.event_id, 60)
        return sequencer.log.published.checkpoint.size / (time.perf_counter() - started)


def live_rate(folder, seconds, *, writers=8, at_once=64):
    """Each transaction of a writer records ``at_once`` events, as a batch of changes does; fed as the port feeds its log."""
    over, lasts = threading.Event(), []
    with outboxed(folder) as (record, sequencer):

        def write(number):
            while not over.is_set():
                last = record(number, at_once)
            lasts.append(last)

        threads = [threading.Thread(target=write, args=(n,)) for n in range(writers)]
        sequencer.start()
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        over.set()
        for thread in threads:
            thread.join()
        assert all(sequencer.wait_for(last.event_id, 60) for last in lasts)
        return sequencer.log.published.checkpoint.size / (time.perf_counter() - started)


@contextmanager
def outboxed(folder):
    """A port's journal and the sequencer that feeds its log; ``record(source, n)`` commits ``n`` events, flushed, and gives the last."""
    from feiyu.app.port import SEQUENCER_REST_S
    from feiyu.base.clock import SystemClock
    from feiyu.base.ids import PartyId
    from feiyu.base.text import Text
    from feiyu.evidence.policy import Policy, simple_policy
    from feiyu.registry import journal
    from feiyu.registry.journal.head import SqlHead
    from feiyu.registry.journal.sequencer import Sequencer
    from feiyu.store import Database, Scope, migrate

    folder.mkdir(parents=True)
    kind = journal.EventType(
        name="bench.made", title=Text("测试", "Made"), data={"count": journal.Kind.COUNT}
    )
    journal.register([kind])
    keys = journal.BodyCipher({"k": bytes(32)}, "k")
    db = Database.open(f"sqlite:///{folder / 'port.sqlite'}", clock=SystemClock())
    migrate(db, [journal.MIGRATIONS])
    origin = "demo.bench.example/log"
    log = Log(DirectoryTiles(folder / "tiles"), SqlHead(db, origin), origin, Ed25519Signer(bytes(32)))
    policy = Policy.parse(simple_policy([log.verifier], [], needed=0))
    sequencer = Sequencer(db, log, policy=policy, rest_s=SEQUENCER_REST_S)

    def record(source, count):
        def change(tx):
            return journal.record_many(
                tx, keys=keys, source=f"bench-source-{source}", type="bench.made", at=db.clock.now(),
                owner=PartyId("pty_A"), refs={}, data=[{"count": n} for n in range(count)],
            )[-1]  # fmt: skip

        return db.write(change, scope=Scope.all("bench"))

    try:
        yield record, sequencer
    finally:
        sequencer.stop()
        db.close()


def over_http(folder, rows, measures, seconds):
    """Our listener, Tessera, and the port's authenticated API, one after another, twice, the better run of each."""
    tool = build_tool(folder)
    if tool is None:
        rows.append(("over HTTP, beside Tessera", "left out", "Go is not installed"))
        return
    ours = peer = None
    for turn in range(2):
        with serving([sys.executable, __file__, "--serve", str(folder / f"intake{turn}")]) as url:
            ours = better(ours, load(tool, f"{url}/add", seconds, "entry"))
        for batch, age in ((64, 5), (256, 10)):
            place = folder / f"tessera{turn}-{batch}"
            with serving([str(tool), "serve", str(place), str(batch), str(age)]) as url:
                peer = better(peer, load(tool, f"{url}/add", seconds, "entry"))
    rows.append(("log's own listener, 64 connections, durable and in the tree", *told(ours)))
    rows.append(("Tessera 1.0 (POSIX), same client, disk and promise", *told(peer)))
    measures["listener"] = (ours["rate"], 8000, "higher", "1/s")
    measures["listener_vs_tessera"] = (ours["rate"] / peer["rate"], 1, "higher", "ratio")
    api = None
    with port(folder / "port") as (url, token):
        for _ in range(2):
            api = better(api, load(tool, f"{url}/api/v1/batches", seconds, "batch", f"Bearer {token}"))
    rows.append(("authenticated API, one event a request, 64 connections", *told(api)))
    measures["api"] = (api["rate"], 4000, "higher", "1/s")


def build_tool(folder):
    go = shutil.which("go")
    if go is None:
        return None
    tool = folder / "tessera"
    subprocess.run([go, "build", "-o", str(tool), "."], cwd=Path(__file__).parent / "tessera", check=True)
    return tool


@contextmanager
def serving(command):
    """A server that prints its address first."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        try:
            yield child.stdout.readline().strip()
        finally:
            child.terminate()


@contextmanager
def port(folder):
    """A port in a process of its own, and an edge's token for it."""
    command = [sys.executable, __file__, "--port", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        try:
            yield child.stdout.readline().split()
        finally:
            child.terminate()


def load(tool, url, seconds, kind, authorization=""):
    command = [str(tool), "load", url, "64", str(seconds), kind, authorization]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def better(one, other):
    assert other["failed"] == 0, other
    return other if one is None or other["rate"] > one["rate"] else one


def told(found):
    return f"{found['rate']:,.0f} /s", f"p50 {found['p50_ms']:.1f} ms, p99 {found['p99_ms']:.1f} ms"


def serve(folder):
    from feiyu.evidence.intake import serve_intake

    log, _ = opened(folder)
    serve_intake(
        ("127.0.0.1", 0), Ahead(log, Wal(folder / "head")), lambda one: one.publish(one.checkpoint()),
        ready=lambda bound: print(f"http://{bound[0]}:{bound[1]}", flush=True),
    )  # fmt: skip


def serve_port(folder):
    from feiyu.api.port import port_http
    from feiyu.app.bootstrap import seat_demo
    from feiyu.app.port import build_port
    from feiyu.app.settings import Settings
    from feiyu.base.clock import SystemClock
    from feiyu.cli.up import bind, quiet, run

    quiet()
    built = build_port(Settings(data=folder), clock=SystemClock())
    token = seat_demo(built.house)["edge"].token
    sock = bind("127.0.0.1", 0)
    built.start()
    print(f"http://127.0.0.1:{sock.getsockname()[1]} {token}", flush=True)
    app, protocol = port_http(built)
    run(app, sock, protocol=protocol)


def opened(folder, **kw):
    head = DirectoryHead(folder / "head")
    return Log(
        DirectoryTiles(folder / "tiles"), head, "log.feiyu.example/1", Ed25519Signer(bytes(range(32))), **kw
    ), head


def build(folder, entries):
    log, head = opened(folder, cache_tiles=8192)
    for first in range(0, entries, 65_536):
        log.append([an_entry(n) for n in range(first, min(first + 65_536, entries))], first)
    log.publish(log.checkpoint())
    return log, head


def proof_rates(log, entries):
    """Rates a core: by the processor's time, since one thread does it all."""
    step = max(1, 65_536 // 20_000)
    newest = range(max(0, entries - 65_536), entries, step)
    stride = 7919
    anywhere = [n * stride % entries for n in range(20_000)]
    for index in range(0, entries, 256):
        log.prove(index)
    started = time.process_time()
    for index in newest:
        log.prove(index)
    recent = len(newest) / (time.process_time() - started)
    started = time.process_time()
    proofs = [log.prove(index) for index in anywhere]
    spread = len(proofs) / (time.process_time() - started)
    root, leaves = log.head.root, [merkle.leaf_hash(log.entry(index)) for index in anywhere[:2000]]
    work = [(leaf, proof.index, proof.path) for leaf, proof in zip(leaves, proofs[:2000], strict=True)] * 10
    started = time.process_time()
    good = sum(merkle.root_from_inclusion(leaf, index, entries, path) == root for leaf, index, path in work)
    verified = len(work) / (time.process_time() - started)
    assert good == len(work)
    return recent, spread, verified


def verify_times(folder):
    log, head = opened(folder)
    body = event_body(type="transfer.sealed", at=NOW, party="pty_1", refs={"basis": "bas_1"}, data={})
    entry = Entry(
        source="edge-0a1b2c3d",
        seq=0,
        previous=FIRST_PREVIOUS,
        hour=hour_of(NOW),
        commitment=commitment(bytes(32), body),
    ).encode()
    log.append([entry, *[an_entry(n) for n in range(999)]], 0)
    note = notes.parse(log.checkpoint())
    log.publish(note.add([Cosigner(WITNESS, FixedClock(NOW)).line(note.text)]).encode())
    receipt, trust = folder / "receipt.json", folder / "trust.json"
    receipt.write_bytes(build_receipt(entry=entry, salt=bytes(32), body=body, proof=log.prove(0)))
    trust.write_bytes(
        Trust(logs=[NoteKey(key=log.verifier)], witnesses=[NoteKey(key=WITNESS.verifier)]).encode()
    )
    head.close()
    command = [sys.executable, "-m", "feiyu.evidence.verify", str(receipt), "--trust", str(trust)]
    times = []
    for _ in range(16):
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - started)
    from feiyu.evidence.verify import verify_receipt

    started = time.perf_counter()
    for _ in range(200):
        assert verify_receipt(receipt.read_bytes(), trust=trust.read_bytes()).exit_code == 0
    return min(times[1:]), statistics.median(times[1:]), (time.perf_counter() - started) / 200


def report(rows, measures):
    width = max(len(name) for name, _, _ in rows)
    for name, value, note in rows:
        print(f"{name:<{width}}  {value:>18}  {note}")
    names = ("value", "target", "better", "unit")
    found = {n: dict(zip(names, (round(m[0], 2), *m[1:]), strict=True)) for n, m in measures.items()}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
