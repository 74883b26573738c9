"""What a whole scan costs beside reading alone: `python bench/scan.py [--rows 1000000] [--repeat 3]`.

The same CSV (after-sales orders of 60,000 invented owners, 15 columns) is read by Polars, by pyarrow's streaming reader, and scanned by
Feiyu with all types and linked persons; then the same as Parquet. CPU seconds of one process and one thread, median of interleaved rounds,
all peers in one run. The kernel is measured on Arrow in memory, and exact distinct counting on identity numbers.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

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
        for _ in table.batches():
            pass


def feiyu_scan(path: Path) -> None:
    from feiyu.scan import profile

    persons = profile(path, key=bytes(32)).tables[0].persons
    assert (persons.lower, persons.counted, persons.upper) == (60_000, 60_000, 60_000), persons


def cpu(run: Callable[[Path], None], path: Path) -> float:
    begun = time.process_time()
    run(path)
    return time.process_time() - begun


def rounds(peers: dict[str, Callable[[Path], None]], path: Path, repeat: int) -> dict[str, float]:
    """Medians of interleaved rounds; each peer runs once before, so that no import is counted."""
    for run in peers.values():
        run(path)
    found: dict[str, list[float]] = {name: [] for name in peers}
    for _ in range(repeat):
        for name, run in peers.items():
            found[name].append(cpu(run, path))
    return {name: statistics.median(values) for name, values in found.items()}


def kernel_speed(path: Path, repeat: int) -> tuple[float, float]:
    """MB/s of Arrow in memory through the kernel, and nanoseconds for one value."""
    import pyarrow.parquet as pq

    from feiyu.scan import Inspector

    batches = pq.read_table(path).to_batches(max_chunksize=1 << 16)
    size, cells = sum(b.nbytes for b in batches), sum(b.num_rows * b.num_columns for b in batches)

    def once(_: Path) -> None:
        inspector = Inspector(batches[0].schema.names)
        for batch in batches:
            inspector.feed(batch)

    seconds = statistics.median(cpu(once, path) for _ in range(repeat))
    return size / 1e6 / seconds, seconds / cells * 1e9


def persons_speed(count: int) -> float:
    """Nanoseconds for one identity number, drawn from 43 % as many persons, counted exactly."""
    import random

    import pyarrow as pa

    from feiyu.scan import PersonCounter
    from feiyu.scan.checks import prc_digit

    rng = random.Random(1)
    distinct = [
        f"310115{y}{m:02d}{d:02d}{s:03d}"
        for y in range(1950, 2004)
        for m in range(1, 13)
        for d in range(1, 29)
        for s in range(240)
    ]
    distinct = [body + prc_digit(body) for body in rng.sample(distinct, int(count * 0.43))]
    counter = PersonCounter(bytes(32), fields={"id": "prc_resident_id"})
    spent, done = 0.0, 0
    while done < count:
        batch = pa.record_batch({"id": pa.array(rng.choices(distinct, k=1 << 16))})
        begun = time.process_time()
        counter.add(batch)
        spent += time.process_time() - begun
        done += 1 << 16
    return spent / done * 1e9


def main() -> None:
    if os.environ.get("POLARS_MAX_THREADS") != "1":
        sys.exit(
            subprocess.run([sys.executable, *sys.argv], env=os.environ | ONE_THREAD, check=False).returncode
        )
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--ids", type=int, default=2_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()
    import pyarrow as pa

    from feiyu.testing.sample import aftersales

    pa.set_cpu_count(1)
    with tempfile.TemporaryDirectory(prefix="feiyu-bench-") as folder:
        csv = aftersales(Path(folder) / "orders.csv", rows=args.rows)
        parquet = aftersales(Path(folder) / "orders.parquet", rows=args.rows)
        size = csv.stat().st_size / 1e6
        peers = {
            "pyarrow stream": pyarrow_stream,
            "polars.read_csv": polars_csv,
            "feiyu read": feiyu_read,
            "feiyu scan": feiyu_scan,
        }
        one = rounds(peers, csv, args.repeat)
        two = rounds({"pyarrow stream": parquet_stream, "feiyu scan": feiyu_scan}, parquet, args.repeat)
        speed, value = kernel_speed(parquet, args.repeat)
    ids = persons_speed(args.ids)
    print(
        f"\n{args.rows:,} rows x 15 columns, {size:.0f} MB of CSV; CPU seconds, one thread, median of {args.repeat}\n"
    )
    for name, seconds in one.items():
        print(
            f"  CSV      {name:16s} {seconds:6.2f} s {size / seconds:7.0f} MB/s  {seconds / one['pyarrow stream']:5.2f} x pyarrow stream"
        )
    for name, seconds in two.items():
        print(
            f"  Parquet  {name:16s} {seconds:6.2f} s                {seconds / two['pyarrow stream']:5.2f} x pyarrow stream"
        )
    print(
        f"  kernel on Arrow in memory {speed:.0f} MB/s, {value:.0f} ns a value; exact persons {ids:.0f} ns an id\n"
    )
    print(
        json.dumps(
            {
                "csv_vs_pyarrow_stream": _measure(
                    one["feiyu scan"] / one["pyarrow stream"], 1.5, "lower", "x"
                ),
                "csv_vs_polars": _measure(one["feiyu scan"] / one["polars.read_csv"], 1.05, "lower", "x"),
                "parquet_vs_stream": _measure(two["feiyu scan"] / two["pyarrow stream"], 2.3, "lower", "x"),
                "kernel_mb_s": _measure(speed, 500, "higher", "MB/s"),
                "exact_ns_per_id": _measure(ids, 25, "lower", "ns"),
                "whole_scan_s": _measure(one["feiyu scan"], 3, "lower", "CPU s"),
            }
        )
    )


def _measure(value: float, target: float, better: str, unit: str) -> dict[str, object]:
    return {"value": round(value, 3), "target": target, "better": better, "unit": unit}


if __name__ == "__main__":
    main()
