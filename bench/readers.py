"""The readers against the libraries under them, on the same files in the same run.

``python bench/readers.py [ROWS]``; CPU seconds, medians of five, one thread.
"""

import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
from pyarrow import csv as pacsv
from pyarrow import parquet

from feiyu.scan import open_source, open_writer
from feiyu.testing.sample import AFTERSALES_FIELDS, aftersales

ROUNDS = 5


def ours(path: Path) -> int:
    return sum(batch.num_rows for table in open_source(path).tables() for batch in table.batches())


def arrow_csv(path: Path) -> int:
    convert = pacsv.ConvertOptions(
        column_types=dict.fromkeys(AFTERSALES_FIELDS, pa.string()), strings_can_be_null=False, null_values=[]
    )
    read = pacsv.ReadOptions(use_threads=False, block_size=1 << 20)
    parse = pacsv.ParseOptions(newlines_in_values=True)
    with pacsv.open_csv(path, read_options=read, parse_options=parse, convert_options=convert) as reader:
        return sum(batch.num_rows for batch in reader)


def arrow_parquet(path: Path) -> int:
    file = parquet.ParquetFile(path, pre_buffer=False, buffer_size=1 << 18)
    return sum(batch.num_rows for batch in file.iter_batches(16_384, use_threads=False))


def plain_json(path: Path) -> int:
    with path.open("rb") as file:
        return sum(len(json.loads(line)) > 0 for line in file)


def written(path: Path, format_: str, target: Path) -> Path:
    table = next(open_source(path).tables())
    with target.open("wb") as sink:
        writer = open_writer(format_, table.schema, sink)
        for batch in table.batches():
            writer.write(batch)
        writer.close()
    return target


def medians(*tasks: Callable[[], object]) -> list[float]:
    """CPU seconds of each task, taken in turn so that a busy machine is busy for all."""
    taken: list[list[float]] = [[] for _ in tasks]
    for _ in range(ROUNDS):
        for task, times in zip(tasks, taken, strict=True):
            begun = time.process_time()
            task()
            times.append(time.process_time() - begun)
    return [statistics.median(times) for times in taken]


def peak_mib(path: Path) -> float:
    """Peak memory of a process that only reads ``path``."""
    program = (
        "import sys; from pathlib import Path; from feiyu.scan import open_source\n"
        "[None for t in open_source(Path(sys.argv[1])).tables() for b in t.batches()]\n"
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    return int(done.stdout) / 1024


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        table = aftersales(home / "a.csv", rows=rows, owners=max(1, rows // 17), tracked=rows // 130)
        columnar = written(table, "parquet", home / "a.parquet")
        few = aftersales(home / "b.csv", rows=rows // 10, owners=max(1, rows // 170), tracked=rows // 1_300)
        lines = written(few, "jsonl", home / "b.jsonl")
        size = table.stat().st_size / 1e6
        csv_peer, csv_ours, parquet_peer, parquet_ours = medians(
            lambda: arrow_csv(table),
            lambda: ours(table),
            lambda: arrow_parquet(columnar),
            lambda: ours(columnar),
        )
        json_peer, json_ours = medians(lambda: plain_json(lines), lambda: ours(lines))
        again = io.BytesIO()
        begun = time.process_time()
        source = next(open_source(table).tables())
        writer = open_writer("csv", source.schema, again)
        for batch in source.batches():
            writer.write(batch)
        copied = time.process_time() - begun
        assert again.getvalue() == table.read_bytes()
        memory = peak_mib(table)
    print(f"{rows:,} rows, {size:.0f} MB of CSV; CPU seconds")
    for name, peer, own in (
        ("CSV, against pyarrow's stream", csv_peer, csv_ours),
        ("Parquet, against pyarrow's stream", parquet_peer, parquet_ours),
        ("JSON lines, against json.loads alone", json_peer, json_ours),
    ):
        print(f"  {name:40} {peer:7.3f} {own:7.3f}  x {own / peer:.2f}")
    print(f"  {'CSV read and written again, MB/s':40} {size / copied:7.0f}")
    print(f"  {'peak memory while reading CSV, MiB':40} {memory:7.0f}")
    measures = {
        "csv_read_ratio": (csv_ours / csv_peer, 1.15, "lower", "x pyarrow stream"),
        "parquet_read_ratio": (parquet_ours / parquet_peer, 1.15, "lower", "x pyarrow stream"),
        "jsonl_read_ratio": (json_ours / json_peer, 2.5, "lower", "x json.loads"),
        "csv_copy_speed": (size / copied, 120, "higher", "MB/s"),
        "csv_read_memory": (memory, 200, "lower", "MiB"),
    }
    print(
        json.dumps(
            {
                name: {"value": round(value, 3), "target": target, "better": better, "unit": unit}
                for name, (value, target, better, unit) in measures.items()
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
