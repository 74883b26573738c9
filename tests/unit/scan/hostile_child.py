"""Scans files one after the other, each in a fork with bounded memory and time, and tells how each ended.

python hostile_child.py FOLDER    one line of JSON for each file
"""

import json
import os
import resource
import signal
import sys
from pathlib import Path

import duckdb  # noqa: F401 - what every fork needs is loaded once
import fastexcel  # noqa: F401
import pyarrow.dataset
import pyarrow.orc
import pyarrow.parquet  # noqa: F401

from feiyu.base.errors import FeiyuError
from feiyu.scan import native, profile, types

MEMORY, SECONDS = 3 << 30, 60


def one(path: Path) -> dict[str, object]:
    """Scan one file here."""
    if (
        "ASAN_OPTIONS" not in os.environ
    ):  # a sanitizer's shadow takes terabytes of addresses, and its time is not ours
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.alarm(SECONDS)
    try:
        found = profile(path)
    except FeiyuError as error:
        return {"end": "refused", "code": error.code, "zh": error.text("zh"), "en": error.text("en")}
    return {
        "end": "read",
        "partial": found.partial,
        "tables": [[t.rows, len(t.fields)] for t in found.tables],
    }


def main(folder: Path) -> None:
    """Scan all."""
    types()
    native.lane()
    for path in sorted(folder.iterdir()):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            with os.fdopen(write, "w") as told:
                json.dump(one(path), told)
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as told:
            said = told.read()
        _, status = os.waitpid(child, 0)
        answer = json.loads(said) if said else {"end": "crash", "status": status}
        sys.stdout.write(json.dumps({"file": path.name, **answer}, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
