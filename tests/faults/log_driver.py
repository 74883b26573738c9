"""Grow a log, and say aloud what was promised: run by test_log_faults under strace.

``log_driver.py FOLDER straight`` appends as the sequencer does; ``ahead`` as the log's own listener, which settles behind.
Prints ``durable SIZE`` after an append, ``published BASE64`` after a publication, ``refused CODE`` when it gives up with a
named error (status 3). Entry n is always the same bytes, as in a journal.
"""

import base64
import sys
from pathlib import Path

from feiyu.base.errors import FeiyuError
from feiyu.evidence import directory
from feiyu.evidence.ahead import Ahead
from feiyu.evidence.directory import DirectoryHead, DirectoryTiles
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.log import Log
from feiyu.evidence.wal import Wal

SIZES = (3, 260, 300, 520)
CAPACITY = 128 * 1024


def entry(number: int) -> bytes:
    return f"entry {number}".encode() * (number % 3)


def main(root: Path, way: str) -> None:
    # One thread flushes, so that the n-th call on a file is the same one in every run.
    directory._FLUSHES_AT_ONCE = 1
    head = DirectoryHead(root / "head")
    log = Log(DirectoryTiles(root / "tiles"), head, "log.example/1", Ed25519Signer(bytes(range(32))))
    ahead = Ahead(log, Wal(root / "head", capacity=CAPACITY)) if way == "ahead" else None
    for number, size in enumerate(SIZES):
        first = ahead.size if ahead else log.head.size
        if first < size:
            entries = [entry(n) for n in range(first, size)]
            ahead.append(entries) if ahead else log.append(entries, first)
            say(f"durable {size}")
        if ahead and number == 1:
            continue  # two records are replayed, or settled, together
        if ahead:
            ahead.settle()
        note = log.checkpoint()
        log.publish(note)
        say(f"published {base64.b64encode(note).decode()}")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2])
    except FeiyuError as refusal:
        say(f"refused {refusal.code}")
        sys.exit(3)
