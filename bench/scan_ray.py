"""One big file scanned on a real Ray of two nodes against a local scan: `python bench/scan_ray.py [--rows 2000000] [--files 8] [--repeat 3]`.

Two cores in all: the local scan reads and counts on one thread and looks at values on another; each Ray node has one processor, so the file
goes to them in pieces. Then the same rows in as many files. And the file of bench/scan.py, in which seven of ten columns identify and
every second row is about a new person: the runs of its pieces are the most that ever has to be put together. Wall seconds, start-up of
Ray apart, median of interleaved rounds; the reports are compared to the byte.
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

from customers import BLOCK, Customers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()
    import ray
    from ray.cluster_utils import Cluster

    from feiyu.base.clock import FixedClock, SystemClock
    from feiyu.scan import profile
    from feiyu.scan.remote.address import open_address
    from feiyu.scan.shared_out import profile_on
    from feiyu.testing.sample import aftersales

    begun = time.perf_counter()
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    cluster.add_node(num_cpus=1)
    ray.init(address=cluster.address, log_to_driver=False)
    cluster.wait_for_nodes()
    started = time.perf_counter() - begun
    clock = FixedClock(SystemClock().now())
    ratios: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="feiyu-bench-") as name:
        folder = Path(name)
        one, several, many = folder / "orders.csv", folder / "orders", folder / "customers.csv"
        aftersales(one, rows=args.rows, owners=args.rows // 10, tracked=args.rows // 100)
        several.mkdir()
        for i in range(args.files):
            rows = args.rows // args.files
            aftersales(several / f"{i:03d}.csv", rows=rows, owners=rows // 10, tracked=rows // 100, seed=i)
        with many.open("wb") as file:
            for block in Customers().blocks(max(BLOCK, args.rows // 2)):
                file.write(block)
        print(f"\nwall seconds, median of {args.repeat}; Ray's start {started:.1f} s apart\n")
        for label, path in (("one file", one), (f"{args.files} files", several), ("many persons", many)):
            size = sum(f.stat().st_size for f in ([path] if path.is_file() else path.iterdir())) / 1e6
            runs = {
                "local": lambda path=path: profile(open_address(str(path)), clock=clock),
                "two-node Ray": lambda path=path: profile_on(str(path), on="ray", clock=clock),
            }
            assert json.dumps(runs["local"]().as_dict()) == json.dumps(runs["two-node Ray"]().as_dict())
            spent: dict[str, list[float]] = {how: [] for how in runs}
            for _ in range(args.repeat):
                for how, run in runs.items():
                    begun = time.perf_counter()
                    run()
                    spent[how].append(time.perf_counter() - begun)
            median = {how: statistics.median(values) for how, values in spent.items()}
            ratios[label] = median["two-node Ray"] / median["local"]
            for how, seconds in median.items():
                print(
                    f"  {label:13s} {size:5.0f} MB {how:13s} {seconds:6.2f} s {size / seconds:6.0f} MB/s  {seconds / median['local']:5.2f} x"
                )
    ray.shutdown()
    cluster.shutdown()
    print()
    print(
        json.dumps(
            {
                name: {"value": round(ratios[label], 3), "target": 1.3, "better": "lower", "unit": "x"}
                for name, label in (
                    ("ray_one_file", "one file"),
                    ("ray_vs_local", f"{args.files} files"),
                    ("ray_many_persons", "many persons"),
                )
            }
        )
    )


if __name__ == "__main__":
    main()
