"""A process of Feiyu's own does without pandas, and Arrow does too."""

import subprocess
import sys

SCRIPT = """
import importlib.util, sys
from feiyu.base.lean import leave_out_pandas
assert importlib.util.find_spec("pandas"), "the tests want it installed"
leave_out_pandas()
leave_out_pandas()
import pyarrow as pa
from pyarrow import compute, dataset
assert compute.fill_null(pa.array(["a", None]), "b").to_pylist() == ["a", "b"]
try:
    import pandas
except ModuleNotFoundError as refused:
    print(refused.name, len([finder for finder in sys.meta_path if finder.__module__ == "feiyu.base.lean"]))
"""


def test_arrow_works_where_pandas_is_left_out():
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT], check=True, capture_output=True, text=True, timeout=60
    )
    assert told.stdout.split() == ["pandas", "1"]
