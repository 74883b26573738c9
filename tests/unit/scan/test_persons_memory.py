"""Writing and uniting runs of millions of identifiers takes no more memory than its bound."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from pathlib import Path
import pyarrow as pa, pyarrow.compute as pc
from feiyu.scan import PersonCounter, count_runs

def peak():
    return int(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1]) >> 10

def run(path, first, rows):
    one = PersonCounter(bytes(32), fields=fields, spill=path.parent, memory_bytes=48 << 20)
    for at in range(first, first + rows, 100_000):
        n = pa.array(range(at, at + 100_000), pa.int64())
        no = pc.binary_join_element_wise("CUST", pc.cast(n, pa.string()), "")
        one.add(pa.record_batch({"no": no, "phone": pc.cast(pc.add(n, 13800000000), pa.string())}))
    one.write_run(path)

folder, rows = Path(sys.argv[1]), int(sys.argv[2])
fields = {"no": "customer_no", "phone": "mobile_cn"} if sys.argv[3] == "linked" else {"no": "customer_no"}
run(folder / "warm", 0, 100_000)
count_runs([folder / "warm"])
before = peak()
run(folder / "a", 0, rows)
run(folder / "b", rows // 2, rows)
found = count_runs([folder / "a", folder / "b", folder / "warm"], spill=folder, memory_bytes=48 << 20)
assert found.counted == found.linked == rows * 3 // 2, found
assert found.by == dict.fromkeys(fields.values(), rows * 3 // 2), found
print(peak() - before, (folder / "a").stat().st_size >> 20)
"""


def grown_by(folder: Path, rows: int, how: str) -> tuple[int, int]:
    """By how many MiB the process grew, and how large its run was."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), str(rows), how],
        capture_output=True,
        text=True,
        check=True,
    )
    grown, run = (int(one) for one in done.stdout.split())
    return grown, run


@pytest.mark.campaign
def test_runs_of_millions_stay_within_the_bound(tmp_path: Path) -> None:
    grown_mib, run_mib = grown_by(tmp_path, 4_000_000, "linked")
    assert run_mib > 200  # heads and ties of 32 bytes
    assert grown_mib < 200


def test_rows_of_one_identifier_that_wait_are_within_the_bound(tmp_path: Path) -> None:
    """What waits becomes heads, twice as large as it was: all before they are put down, or it is beyond the bound."""
    grown_mib, run_mib = grown_by(tmp_path, 2_000_000, "alone")
    assert run_mib > 60
    assert grown_mib < 60
