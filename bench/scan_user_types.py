"""What fifty user-defined types add to a scan: `python bench/scan_user_types.py [--rows 1000000] [--repeat 5]`.

The file of bench/scan.py (after-sales orders, 15 columns) is scanned without and with fifty own types: twenty shapes, ten word lists of
a thousand words each, twenty regular expressions behind literals, of which some hit columns of the table. CPU seconds of one process and one
thread, median of interleaved rounds in one run; the own types alone are measured on the same batches in memory too.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ONE_THREAD = {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_NUM_THREADS": "1"}


def fifty():
    """Twenty shapes, ten word lists, twenty regular expressions; a few of each meet the table."""
    from feiyu.scan.own import read_types

    shapes = [
        "AS{9:10}",
        "D{9:4}",
        "{A}{9:2}{X:2}",
        "U{9:4}",
        "{A:3}{X:14}",
        "{9:18}",
        "{9:11}",
        "{9:4}-{9:2}-{9:2} {9:2}:{9:2}:{9:2}",
    ]
    shapes += [f"K{i}-{{9:6-9}}" for i in range(6)] + [f"{{汉:2}}{i}{{A:2}}{{9:4}}" for i in range(6)]
    lines = [f'  - {{id: s{i}, zh: 形{i}, en: Shape {i}, shape: "{one}"}}' for i, one in enumerate(shapes)]
    named = ["F5 纯电", "X3 插混", "洗车", "P0700", "D1001"]
    for i in range(10):
        words = [
            *named[i % 5 : i % 5 + 1],
            *(f"项目{i}号{j}" for j in range(500)),
            *(f"ITEM-{i}-{j}" for j in range(500)),
        ]
        lines.append(
            f"  - {{id: w{i}, zh: 词{i}, en: Words {i}, words: {json.dumps(words, ensure_ascii=False)}}}"
        )
    for i in range(20):
        literal, regex = (
            ("更换", "更换.{1,12}"),
            ("滨江服务店", "[一-龥]{2,8}滨江服务店"),
            ("WO-", "WO-[0-9]{4}"),
        )[min(i, 2)]
        literal, regex = (literal, regex) if i < 2 else (f"{literal}{i}", f"{literal}{i}[0-9A-Z]{{2,9}}")
        lines.append(
            f"  - {{id: r{i}, zh: 式{i}, en: Regex {i}, regex: {json.dumps(regex, ensure_ascii=False)}, literal: {literal}, inside: true}}"
        )
    return read_types(("format: feiyu-types/1\ntypes:\n" + "\n".join(lines)).encode(), "fifty.yaml")


def cpu(run) -> float:
    begun = time.process_time()
    run()
    return time.process_time() - begun


def main() -> None:
    if os.environ.get("POLARS_MAX_THREADS") != "1":
        sys.exit(
            subprocess.run([sys.executable, *sys.argv], env=os.environ | ONE_THREAD, check=False).returncode
        )
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=5)
    args = parser.parse_args()
    import pyarrow as pa

    from feiyu.scan import open_source, profile
    from feiyu.scan.own import OwnColumns
    from feiyu.testing.sample import aftersales

    pa.set_cpu_count(1)
    own = fifty()
    with tempfile.TemporaryDirectory(prefix="feiyu-bench-") as folder:
        owners = min(60_000, args.rows // 4)
        csv = aftersales(Path(folder) / "orders.csv", rows=args.rows, owners=owners, tracked=owners // 8)
        size = csv.stat().st_size
        found = profile(csv, key=bytes(32), own=own).tables[0]
        assert found.persons.counted == owners
        seen = {one for field in found.fields for one in field.holds}
        assert {"r0", "r1", "w0", "w3"} <= seen, seen
        peers = {
            "without": lambda: profile(csv, key=bytes(32)),
            "with": lambda: profile(csv, key=bytes(32), own=own),
        }
        spent = {name: [] for name in peers}
        for _ in range(args.repeat):
            for name, run in peers.items():
                spent[name].append(cpu(run))
        batches = [batch for table in open_source(csv).tables() for batch in table.batches()]

        def alone() -> None:
            columns = OwnColumns(own, batches[0].schema.names)
            for batch in batches:
                columns.feed(batch)

        own_s = statistics.median(cpu(alone) for _ in range(args.repeat))
    median = {name: statistics.median(values) for name, values in spent.items()}
    ratio = median["with"] / median["without"]
    values = args.rows * 15
    print(
        f"\n{args.rows:,} rows x 15 columns, {size / 1e6:.0f} MB of CSV; CPU seconds, one thread, median of {args.repeat}\n"
    )
    for name, seconds in median.items():
        print(
            f"  {name:8s} own types {seconds:6.2f} s {size / 1e6 / seconds:7.0f} MB/s  {seconds / median['without']:5.2f} x"
        )
    print(
        f"  fifty own types alone, on Arrow in memory {own_s:6.2f} s, {own_s / values * 1e9:.0f} ns a value\n"
    )
    print(
        json.dumps(
            {"fifty_own_types": {"value": round(ratio, 3), "target": 1.3, "better": "lower", "unit": "x"}}
        )
    )


if __name__ == "__main__":
    main()
