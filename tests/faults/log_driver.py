"""Grow a log, and say aloud what was promised: run by test_log_faults under strace.

``log_driver.py FOLDER straight`` appends as the sequencer does; ``twin`` so too, with an SM3 twin that follows; ``ahead`` as
the log's own listener, which settles behind. Prints ``durable SIZE`` after an append, ``published BASE64`` after a
publication, ``twin BASE64`` after the twin's, ``refused CODE`` when it gives up with a named error (status 3). Entry n is
always the same bytes, as in a journal.
"""

import base64
import sys
from pathlib import Path

from feiyu.base.errors import FeiyuError
from feiyu.evidence import directory
from feiyu.evidence.ahead import Ahead
from feiyu.evidence.directory import DirectoryHead, DirectoryTiles
from feiyu.evidence.keys import Algorithm, Ed25519Signer, SigningKey
from feiyu.evidence.log import Log
from feiyu.evidence.tree import twin_origin
from feiyu.evidence.twin import Twin
from feiyu.evidence.wal import Wal

ORIGIN = "log.example/1"
TWIN_KEY = SigningKey(twin_origin(ORIGIN), Algorithm.ED25519, Ed25519Signer(bytes(range(1, 33))))
SIZES = (3, 260, 300, 520)
CAPACITY = 128 * 1024


def entry(number: int) -> bytes:
    return f"entry {number}".encode() * (number % 3)


def main(root: Path, way: str) -> None:
    # One thread flushes, so that the n-th call on a file is the same one in every run.
    directory._FLUSHES_AT_ONCE = 1
    head = DirectoryHead(root / "head")
    log = Log(DirectoryTiles(root / "tiles"), head, ORIGIN, Ed25519Signer(bytes(range(32))))
    twin = open_twin(root) if way == "twin" else None
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
        if twin and number != 2:  # else a single file is flushed by another thread than several
            follow(twin, log)


def open_twin(root: Path) -> Twin:
    """The log's twin, with a head of its own."""
    return Twin(DirectoryTiles(root / "tiles"), DirectoryHead(root / "twin"), [TWIN_KEY])


def follow(twin: Twin, log: Log) -> None:
    """Let the twin take what the log has published."""
    twin.follow(log, lambda first, count: [entry(n) for n in range(first, first + count)], at_once=4096)
    assert twin.log.published
    say(f"twin {base64.b64encode(twin.log.published.note).decode()}")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2])
    except FeiyuError as refusal:
        say(f"refused {refusal.code}")
        sys.exit(3)
