"""What a whole scan costs beside reading alone: `python bench/scan.py [--rows 1000000] [--repeat 5] [--ids 10000000] [--stream-gb 20]`.

The same CSV (invented customers, ten columns of which seven identify: ``bench/customers.py``) is read by Polars, by pyarrow's streaming
reader, and scanned by Feiyu with all types and linked persons; then the same as Parquet. CPU seconds of one process on one core, median of
interleaved rounds, all peers in one run. The kernel is measured on Arrow in memory, on one thread and on two, beside two
processes that share nothing, which say what two cores of this machine can give; exact distinct counting on
identity numbers; Presidio's pattern recognizers on a sample of the same values. ``--stream-gb`` scans a generated stream of that size and
prints the memory it took; it does nothing else.
"""

import argparse
import gc
import io
import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from customers import BLOCK, FIELDS, NEW, Customers

ALL = sorted(os.sched_getaffinity(0))
ONE_THREAD = {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_NUM_THREADS": "1"}


def pyarrow_stream(path: Path) -> None:
    import pyarrow as pa
    import pyarrow.csv as pc

    names = pc.open_csv(path).schema.names
    reader = pc.open_csv(
        path,
        read_options=pc.ReadOptions(use_threads=False, block_size=1 << 20),
        convert_options=pc.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )
    for _ in reader:
        pass


def parquet_stream(path: Path) -> None:
    import pyarrow.parquet as pq

    for _ in pq.ParquetFile(path).iter_batches(batch_size=1 << 16, use_threads=False):
        pass


def polars_csv(path: Path) -> None:
    import polars as pl

    pl.read_csv(path, infer_schema=False)


def feiyu_read(path: Path) -> None:
    from feiyu.scan import open_source

    for table in open_source(path).tables():
        for _ in table.views():
            pass


def feiyu_scan(path: Path) -> None:
    from feiyu.scan import profile

    persons = profile(path, key=bytes(32)).tables[0].persons
    counted = NEW * (persons.by["prc_resident_id"] // NEW)
    assert (persons.counted, persons.exact) == (counted, True), persons


def cpu(run: Callable[[Any], None], path: Any) -> float:
    begun = time.process_time()
    run(path)
    return time.process_time() - begun


def rounds(peers: dict[str, Callable[[Path], None]], path: Path, repeat: int) -> dict[str, float]:
    """Medians of interleaved rounds; each peer runs once before, so that no import is counted."""
    for run in peers.values():
        run(path)
    gc.freeze()  # as the command line and a server do once they have loaded what they need
    found: dict[str, list[float]] = {name: [] for name in peers}
    for _ in range(repeat):
        for name, run in peers.items():
            found[name].append(cpu(run, path))
    return {name: statistics.median(values) for name, values in found.items()}


def kernel_speed(path: Path, repeat: int) -> tuple[float, float, float, float]:
    """MB/s of Arrow in memory through the kernel, nanoseconds for one value, how much quicker two threads are, and two processes."""
    import pyarrow.parquet as pq

    from feiyu.scan import Inspector

    whole = pq.read_table(path).to_batches(max_chunksize=1 << 14)
    batches = [batch for batch in whole if batch.num_rows]
    size, cells = sum(b.nbytes for b in batches), sum(b.num_rows * b.num_columns for b in batches)

    def once(some: list[Any]) -> None:
        inspector = Inspector(batches[0].schema.names)
        for batch in some:
            inspector.feed(batch)

    def wall(threads: int) -> float:
        with ThreadPoolExecutor(threads) as pool:
            begun = time.perf_counter()
            list(pool.map(once, [batches[i::threads] for i in range(threads)]))
            return time.perf_counter() - begun

    def apart(processes: int) -> float:
        begun = time.perf_counter()
        children = []
        for i in range(processes):
            child = os.fork()
            if not child:
                once(batches[i::processes])
                os._exit(0)
            children.append(child)
        assert not any(os.waitpid(child, 0)[1] for child in children)
        return time.perf_counter() - begun

    once(batches)
    seconds = statistics.median(cpu(once, batches) for _ in range(repeat))
    found = [(wall(1) / wall(2), apart(1) / apart(2)) for _ in range(repeat)]
    twice, ceiling = (statistics.median(some) for some in zip(*found, strict=True))
    return size / 1e6 / seconds, seconds / cells * 1e9, twice, ceiling


def persons_speed(count: int, share: float) -> float:
    """Nanoseconds for one identity number, drawn from a share of as many persons, read, checked, hashed and counted exactly; of one person alone, all but the last."""
    import numpy as np
    import pyarrow as pa

    from feiyu.scan import PersonCounter

    rng = np.random.default_rng(1)
    ids = Customers().resident_ids(np.arange(max(1, int(count * share))))
    counter = PersonCounter(bytes(32), fields={"id": "prc_resident_id"}, memory_bytes=1 << 40)
    rows = 1 << 16
    offsets = pa.py_buffer(np.arange(rows + 1, dtype=np.int32) * 18)
    spent, done = 0.0, 0
    while done < count:
        data = pa.py_buffer(np.ascontiguousarray(ids[rng.integers(len(ids), size=rows)]))
        batch = pa.record_batch({"id": pa.Array.from_buffers(pa.string(), rows, [None, offsets, data])})
        begun = time.process_time()
        counter.add(batch)
        spent += time.process_time() - begun
        done += rows
    begun = time.process_time()
    counter.counts()
    return (spent + time.process_time() - begun) / done * 1e9


def presidio_speed(path: Path, values: int = 1500) -> float | None:
    """Nanoseconds of Presidio's pattern recognizers for one value of the same table; None where it is not installed."""
    try:
        from presidio_analyzer import PatternRecognizer, RecognizerRegistry
    except ModuleNotFoundError:
        return None
    logging.disable(
        logging.CRITICAL
    )  # it looks for a list of domains on the network, and goes on with its own
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    patterns = [one for one in registry.recognizers if isinstance(one, PatternRecognizer)]
    with path.open(encoding="utf-8") as file:
        lines = [line.rstrip("\n") for _, line in zip(range(values // 10 + 1), file, strict=False)][1:]
    cells = [cell for line in lines for cell in line.split(",")]
    patterns[0].analyze(cells[0], patterns[0].supported_entities, None)
    begun = time.process_time()
    for cell in cells:
        for one in patterns:
            one.analyze(cell, one.supported_entities, None)
    return (time.process_time() - begun) / len(cells) * 1e9


def stream(gigabytes: float, *, alone: bool) -> None:
    """Scan a stream that another process makes, and say how much memory it took on the way; ``alone``: one identifier, so that nothing is linked."""
    import resource

    from feiyu.scan import profile
    from feiyu.scan.table import Input

    sample = Customers()
    per_row = len(sample.block(0)) / BLOCK
    rows = round(gigabytes * 1e9 / per_row / BLOCK) * BLOCK

    class Generated(Input):
        name = "customers.csv"
        size_bytes = round(rows * per_row)

        def open(self, meter: Any) -> Any:
            made = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("customers.py")), str(rows)], stdout=subprocess.PIPE
            )  # fmt: skip

            class Stream(io.RawIOBase):
                def readinto(self, room: Any) -> int:
                    size = made.stdout.readinto(room) or 0
                    meter.bytes += size
                    return size

                def readable(self) -> bool:
                    return True

                def close(self) -> None:
                    made.kill()
                    made.stdout.close()
                    made.wait()
                    super().close()

            return Stream()

    told = [0]

    def progress(now: Any) -> None:
        if now.bytes_read >= told[0]:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"  {now.bytes_read / 1e9:6.2f} GB  {now.rows:11,} rows  peak {peak:5.0f} MiB", flush=True)
            told[0] += int(max(0.25, gigabytes / 20) * 1e9)

    begun, used = time.perf_counter(), time.process_time()
    dropped = [name for name in FIELDS if alone and name != "resident_id"]
    persons = profile(Generated(), key=bytes(32), progress=progress, drop=dropped).tables[0].persons
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"  counted {persons.counted:,} of {rows // BLOCK * NEW:,} persons, {sum(persons.by.values()):,} identifiers; {time.perf_counter() - begun:.0f} s, "
        f"{time.process_time() - used:.0f} CPU s; peak {peak:.0f} MiB"
    )
    name, most = ("stream_alone_peak_mib", 572) if alone else ("stream_linked_peak_mib", 953)
    print(json.dumps({name: _measure(peak, most, "lower", "MiB")}))
    assert persons.counted == rows // BLOCK * NEW


def main() -> None:
    if os.environ.get("POLARS_MAX_THREADS") != "1":
        sys.exit(
            subprocess.run([sys.executable, *sys.argv], env=os.environ | ONE_THREAD, check=False).returncode
        )
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--ids", type=int, default=10_000_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--stream-gb", type=float, help="scan a generated stream of that size instead")
    parser.add_argument(
        "--alone",
        action="store_true",
        help="of the stream scan one identifier alone, so that nothing is linked",
    )
    args = parser.parse_args()
    if args.stream_gb:
        stream(args.stream_gb, alone=args.alone)
        return
    import pyarrow as pa
    import pyarrow.csv as pc
    from pyarrow import parquet as pq

    pa.set_cpu_count(1)
    with tempfile.TemporaryDirectory(prefix="feiyu-bench-") as folder:
        csv, parquet = Path(folder) / "customers.csv", Path(folder) / "customers.parquet"
        with csv.open("wb") as file:
            for block in Customers().blocks(args.rows):
                file.write(block)
        text = pc.ConvertOptions(column_types=dict.fromkeys(FIELDS, pa.string()))
        pq.write_table(pc.read_csv(csv, convert_options=text), parquet, compression="zstd")
        size = csv.stat().st_size / 1e6
        peers = {
            "pyarrow stream": pyarrow_stream,
            "polars.read_csv": polars_csv,
            "feiyu read": feiyu_read,
            "feiyu scan": feiyu_scan,
        }
        os.sched_setaffinity(
            0, ALL[:1]
        )  # one core for every peer: whatever starts threads of its own shares it among them
        one = rounds(peers, csv, args.repeat)
        two = rounds({"pyarrow stream": parquet_stream, "feiyu scan": feiyu_scan}, parquet, args.repeat)
        os.sched_setaffinity(0, ALL)
        speed, value, twice, ceiling = kernel_speed(parquet, args.repeat)
        presidio = presidio_speed(csv)
    alike, ids = (persons_speed(args.ids, share) for share in (0.0, 0.43))
    print(
        f"\n{args.rows:,} rows x {len(FIELDS)} columns, {size:.0f} MB of CSV; CPU seconds, one thread, median of {args.repeat}\n"
    )
    for kind, found in (("CSV", one), ("Parquet", two)):
        for name, seconds in found.items():
            rate = f"{size / seconds:7.0f} MB/s" if kind == "CSV" else " " * 12
            print(
                f"  {kind:8s} {name:16s} {seconds:6.2f} s {rate}  {seconds / found['pyarrow stream']:5.2f} x pyarrow stream"
            )
    print(
        f"  kernel on Arrow in memory {speed:.0f} MB/s, {value:.0f} ns a value; two threads {twice:.2f} x (two processes {ceiling:.2f} x); exact persons {ids:.0f} ns an id, {ids - alike:.0f} of them to find the distinct ones"
    )
    if presidio is not None:
        print(
            f"  Presidio, pattern recognizers only: {presidio / 1000:.0f} us a value, {presidio / value:,.0f} x the kernel"
        )
    ratios = {
        "csv_vs_pyarrow_stream": _measure(one["feiyu scan"] / one["pyarrow stream"], 1.5, "lower", "x"),
        "csv_vs_polars": _measure(one["feiyu scan"] / one["polars.read_csv"], 1.05, "lower", "x"),
        "parquet_vs_stream": _measure(two["feiyu scan"] / two["pyarrow stream"], 2.3, "lower", "x"),
        "kernel_mb_s": _measure(speed, 500, "higher", "MB/s"),
        "kernel_two_threads": _measure(twice, 1.8, "higher", "x"),
        "two_threads_vs_two_processes": _measure(twice / ceiling, 0.95, "higher", "x"),
        "exact_ns_per_id": _measure(ids, 25, "lower", "ns"),
        "distinct_ns_per_digest": _measure(ids - alike, 25, "lower", "ns"),
        "whole_scan_s": _measure(one["feiyu scan"], 3, "lower", "CPU s"),
    }
    if presidio is not None:
        ratios["presidio"] = _measure(presidio / value, 5000, "higher", "x")
    print("\n" + json.dumps(ratios))


def _measure(value: float, target: float, better: str, unit: str) -> dict[str, object]:
    return {"value": round(value, 3), "target": target, "better": better, "unit": unit}


if __name__ == "__main__":
    main()
