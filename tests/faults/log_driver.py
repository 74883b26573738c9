"""Grow a log as the sequencer does, and say aloud what was promised: run by test_log_faults under strace.

Prints ``durable SIZE`` after an append, ``published BASE64`` after a publication. Entry n is always the same bytes, as
in a journal.
"""

import base64
import sys
from pathlib import Path

from feiyu.evidence.directory import DirectoryHead, DirectoryTiles
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.log import Log

SIZES = (3, 260, 300, 520)


def entry(number: int) -> bytes:
    return f"entry {number}".encode() * (number % 3)


def main(root: Path) -> None:
    head = DirectoryHead(root / "head")
    log = Log(DirectoryTiles(root / "tiles"), head, "log.example/1", Ed25519Signer(bytes(range(32))))
    for size in SIZES:
        if log.head.size < size:
            first = log.head.size
            log.append([entry(n) for n in range(first, size)], first)
            say(f"durable {size}")
        note = log.checkpoint()
        log.publish(note)
        say(f"published {base64.b64encode(note).decode()}")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
