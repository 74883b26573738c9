"""A folder of files scanned on a real Ray of two nodes against a local scan: `python bench/scan_ray.py [--files 8] [--rows 100000]`.

Two cores in all: the local scan reads and counts on one thread and looks at values on another; each Ray node has one processor. Wall seconds,
start-up of Ray apart, median of interleaved rounds; the two reports are compared to the byte.
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()
    import ray
    from ray.cluster_utils import Cluster

    from feiyu.base.clock import FixedClock, SystemClock
    from feiyu.scan import profile
    from feiyu.scan.on_ray import profile_on_ray
    from feiyu.scan.remote.address import open_address
    from feiyu.testing.sample import aftersales

    begun = time.perf_counter()
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    cluster.add_node(num_cpus=1)
    ray.init(address=cluster.address, log_to_driver=False)
    cluster.wait_for_nodes()
    started = time.perf_counter() - begun
    clock = FixedClock(SystemClock().now())
    with tempfile.TemporaryDirectory(prefix="feiyu-bench-") as folder:
        for i in range(args.files):
            aftersales(
                Path(folder) / f"part-{i:03d}.csv",
                rows=args.rows,
                owners=args.rows // 10,
                tracked=args.rows // 100,
                seed=i,
            )
        size = sum(one.stat().st_size for one in Path(folder).iterdir()) / 1e6
        runs = {
            "local": lambda: profile(open_address(folder), clock=clock),
            "two-node Ray": lambda: profile_on_ray(folder, clock=clock),
        }
        assert json.dumps(runs["local"]().as_dict()) == json.dumps(runs["two-node Ray"]().as_dict())
        spent: dict[str, list[float]] = {name: [] for name in runs}
        for _ in range(args.repeat):
            for name, run in runs.items():
                begun = time.perf_counter()
                run()
                spent[name].append(time.perf_counter() - begun)
    ray.shutdown()
    cluster.shutdown()
    median = {name: statistics.median(values) for name, values in spent.items()}
    print(
        f"\n{args.files} files x {args.rows:,} rows, {size:.0f} MB of CSV; wall seconds, median of {args.repeat}; Ray's start {started:.1f} s apart\n"
    )
    for name, seconds in median.items():
        print(f"  {name:14s} {seconds:6.2f} s {size / seconds:7.0f} MB/s  {seconds / median['local']:5.2f} x")
    ratio = median["two-node Ray"] / median["local"]
    print()
    print(
        json.dumps(
            {"ray_vs_local": {"value": round(ratio, 3), "target": 1.3, "better": "lower", "unit": "x"}}
        )
    )


if __name__ == "__main__":
    main()
