"""The seal pipeline against the sum of its parts: how much of what the hardware can do is lost in between.

``python bench/seal.py [--mib 512] [--folder /dev/shm] [--suite intl] [--suite gm] [--speed-hash] [--packing]``

Each suite is measured twice, in processes of their own: with the native lanes off (the libraries: hashlib, and OpenSSL
in ``cryptography``) and on.

Parts, each alone, one thread, 1 MiB: read, both trees' hashes, encryption, write. The pipeline does all of them per
chunk through ``Sealer``. The bound is what the parts would reach one after the other with nothing in between. Figures
are GB per CPU-second, the best of the rounds, so that a busy machine disturbs little; the two-thread ratio is wall time.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

MIB = 1 << 20


class Work:
    """One file in, one file out, and what is done to each chunk on the way."""

    def __init__(self, folder: Path, mib: int) -> None:
        self.chunks = mib
        self.source, self.target = folder / "source", folder / "target"
        block = os.urandom(16 * MIB)
        with self.source.open("wb") as file:
            for _ in range(-(-mib // 16)):
                file.write(block)
        self.target.write_bytes(self.source.read_bytes())
        self.fd_in, self.fd_out = os.open(self.source, os.O_RDONLY), os.open(self.target, os.O_WRONLY)

    def run(
        self, each: Callable[[int, bytearray, bytearray], object], threads: int = 1
    ) -> tuple[float, float]:
        """CPU and wall seconds for ``each(number, plain, out)`` over all chunks."""

        def part(first: int, end: int) -> None:
            plain, out = bytearray(os.urandom(MIB)), bytearray(MIB + 16)
            for no in range(first, end):
                each(no, plain, out)

        cuts = [self.chunks * n // threads for n in range(threads + 1)]
        workers = [threading.Thread(target=part, args=(cuts[n], cuts[n + 1])) for n in range(threads)]
        cpu, wall = time.process_time(), time.perf_counter()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return time.process_time() - cpu, time.perf_counter() - wall


def measure(folder: Path, mib: int, rounds: int, name: str) -> dict[str, float]:
    """GB per CPU-second of each part and of the whole, and the wall rates of one and two threads."""
    from feiyu._native.leaves import lanes
    from feiyu.base.content import part_root
    from feiyu.seal import Sealer, TransferKeys, TransferSecret, suite_of

    work, suite = Work(folder, mib), suite_of(name)
    secret = TransferSecret.generate()
    keys = TransferKeys(secret, transfer_id="trf_bench", suite=suite)

    def sealer() -> Sealer:
        return Sealer(secret, transfer_id="trf_bench", suite=suite)

    def whole(sealer: Sealer) -> Callable[[int, bytearray, bytearray], None]:
        def each(no: int, plain: bytearray, out: bytearray) -> None:
            os.preadv(work.fd_in, [plain], no * MIB)
            sealer.seal(no, plain, out)
            os.pwrite(work.fd_out, memoryview(out)[:MIB], no * MIB)

        return each

    parts: dict[str, Callable[[int, bytearray, bytearray], object]] = {
        "read": lambda no, plain, _: os.preadv(work.fd_in, [plain], no * MIB),
        "plain hash": lambda _, plain, __: part_root(plain, salt=secret.salt, name=suite.hash),
        "encrypt": lambda no, plain, out: keys.aead.encrypt_into(
            keys.nonce(no), plain, keys.aad(no, last=False), out
        ),
        "cipher hash": lambda _, __, out: part_root(memoryview(out)[:MIB], name=suite.hash),
        "write": lambda no, _, out: os.pwrite(work.fd_out, memoryview(out)[:MIB], no * MIB),
    }
    best: dict[str, float] = {"lanes": lanes(suite.hash)}
    size = mib * MIB / 1e9

    def keep(name: str, value: float) -> None:
        best[name] = max(best.get(name, 0.0), value)

    for _ in range(rounds):
        for name, each in parts.items():
            keep(name, size / work.run(each)[0])
        cpu, wall = work.run(whole(sealer()))
        keep("pipeline", size / cpu)
        keep("one thread", size / wall)
        keep("two threads", size / work.run(whole(sealer()), threads=2)[1])
    best["bound"] = 1 / sum(1 / best[name] for name in parts)
    return best


def speed_hash(rounds: int) -> dict[str, float]:
    """GB per CPU-second of the plaintext root that is kept for a resume, and of BLAKE3 in its place (ADR 0128).

    Wants the package ``blake3``, which is no dependency: ``uv pip install blake3``.
    """
    from blake3 import blake3  # type: ignore[import-not-found]

    from feiyu.base.content import SM3, part_root

    plain, salt = bytearray(os.urandom(MIB)), bytes(32)
    kinds: dict[str, Callable[[], object]] = {
        "SHA-256 root": lambda: part_root(plain, salt=salt),
        "SM3 root": lambda: part_root(plain, salt=salt, name=SM3),
        "BLAKE3, keyed": lambda: blake3(plain, key=salt).digest(),
    }
    best = dict.fromkeys(kinds, 0.0)
    for _ in range(rounds):
        for name, each in kinds.items():
            begun = time.thread_time()
            for _ in range(100):
                each()
            best[name] = max(best[name], 100 * MIB / 1e9 / (time.thread_time() - begun))
    return best


def csv_block(size: int) -> bytes:
    """A table of parts, as bytes; no two blocks of it are alike."""
    rng = random.Random(7)
    row = "P{:06d},{},{:.4f},{},LG-{:02d}\n"
    kinds = ("bearing", "gasket", "valve", "sensor")
    rows = (
        row.format(
            rng.randrange(10**6), rng.randrange(900), rng.random(), rng.choice(kinds), rng.randrange(40)
        )
        for _ in range(size // 25)
    )
    return "".join(rows).encode()[:size]


def packing(mib: int, rounds: int) -> dict[str, dict[str, float]]:
    """CPU seconds for each GB of content through the sealing writer, with packing and without, of a table and of noise.

    Each round does both in turn; of each the least over the rounds counts, for what others take of the machine only adds to it.
    """
    from feiyu.seal import Packer, PackingWriter, Sealer, SealingWriter, TransferSecret

    secret = TransferSecret.generate()
    pieces = max(1, mib // 16)
    found: dict[str, dict[str, float]] = {}
    for name, block in (("csv", csv_block(16 * MIB)), ("noise", os.urandom(16 * MIB))):
        costs: dict[str, list[float]] = {"without": [], "with": []}
        held = {"without": 0, "with": 0}
        for _ in range(rounds):
            for kind, spent in costs.items():
                sealer = Sealer(secret, transfer_id="trf_bench")
                writer = (
                    PackingWriter(sealer, len, packer=Packer())
                    if kind == "with"
                    else SealingWriter(sealer, len)
                )
                began = time.process_time()
                for _ in range(pieces):
                    for at in range(0, len(block), MIB):
                        writer.write(memoryview(block)[at : at + MIB])
                held[kind] = writer.finish().cipher_bytes
                spent.append((time.process_time() - began) / (pieces * len(block) / 1e9))
        found[name] = {
            "without": min(costs["without"]),
            "with": min(costs["with"]),
            "times": min(costs["with"]) / min(costs["without"]),
            "shorter": held["without"] / held["with"],
        }
    return found


def report_packing(found: dict[str, dict[str, float]]) -> dict[str, object]:
    print(f"{'':12}{'CPU s/GB without':>18}{'with packing':>14}{'times':>8}{'shorter by':>12}")
    for name, one in found.items():
        print(f"{name:12}{one['without']:18.2f}{one['with']:14.2f}{one['times']:8.3f}{one['shorter']:12.2f}")

    def measure_of(value: float, target: float, better: str) -> dict[str, object]:
        return {"value": round(value, 3), "target": target, "better": better, "unit": "x"}

    return {
        "seal_packing_noise_cost": measure_of(found["noise"]["times"], 1.03, "lower"),
        "seal_packing_csv_ratio": measure_of(found["csv"]["shorter"], 2.5, "higher"),
    }


def measured_apart(native: str, arguments: list[str]) -> dict[str, float]:
    """The same in a process of its own, with the lanes on or off."""
    command = [sys.executable, __file__, "--raw", *arguments]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, "FEIYU_NATIVE": native}
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mib", type=int, default=512)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path("/dev/shm"))
    parser.add_argument("--suite", action="append", choices=["intl", "gm"])
    parser.add_argument(
        "--speed-hash",
        action="store_true",
        help="only compare the hash that is kept for a resume with BLAKE3",
    )
    parser.add_argument(
        "--packing", action="store_true", help="only compare sealing with packing and without"
    )
    parser.add_argument("--raw", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.raw:
        with tempfile.TemporaryDirectory(dir=given.folder, prefix="feiyu-bench-") as folder:
            print(json.dumps(measure(Path(folder), given.mib, given.rounds, given.suite[0])))
        return
    if given.speed_hash:
        for name, rate in speed_hash(given.rounds).items():
            print(f"{name:22}{rate:10.2f} GB per CPU-second")
        return
    if given.packing:
        print(json.dumps(report_packing(packing(given.mib, given.rounds))))
        return
    measures: dict[str, object] = report_packing(packing(max(16, given.mib // 4), given.rounds))
    for suite in given.suite or ["intl", "gm"]:
        mib = (
            given.mib if suite == "intl" else max(16, given.mib // 8)
        )  # without lanes it is ten times as slow
        passed = [
            "--mib",
            str(mib),
            "--rounds",
            str(given.rounds),
            "--folder",
            str(given.folder),
            "--suite",
            suite,
        ]
        measures |= report(suite, measured_apart("0", passed), measured_apart("1", passed))
    print(json.dumps(measures))


def report(suite: str, hashlib_only: dict[str, float], lanes: dict[str, float]) -> dict[str, object]:
    print(f"suite {suite}: GB per CPU-second, 1 MiB chunks; lanes of the hash: {lanes['lanes']:.0f}")
    print(f"{'':22}{'library':>10}{'lanes':>10}")
    for name in ("read", "plain hash", "encrypt", "cipher hash", "write", "bound", "pipeline"):
        print(f"{name:22}{hashlib_only[name]:10.2f}{lanes[name]:10.2f}")
    for name in ("one thread", "two threads"):
        print(f"{name + ', wall GB/s':22}{hashlib_only[name]:10.2f}{lanes[name]:10.2f}")

    def one(value: float, target: float) -> dict[str, object]:
        return {"value": round(value, 3), "target": target, "better": "higher", "unit": "x"}

    name = "seal" if suite == "intl" else f"seal_{suite}"
    measures: dict[str, object] = {
        f"{name}_pipeline_vs_parts": one(hashlib_only["pipeline"] / hashlib_only["bound"], 0.92),
        f"{name}_pipeline_vs_parts_lanes": one(lanes["pipeline"] / lanes["bound"], 0.92),
        f"{name}_two_threads_vs_one": one(lanes["two threads"] / lanes["one thread"], 1.9),
    }
    if lanes["lanes"]:
        target = 1.35 if suite == "intl" else 8.0
        measures[f"{name}_lanes_vs_library"] = one(lanes["pipeline"] / hashlib_only["pipeline"], target)
    return measures


if __name__ == "__main__":
    main()
