"""Fetch a sealed transfer as a recipient does: run by test_fetch_faults under strace.

python -m tests.faults.fetch_driver HOST PORT PATH plain|packed
"""

import sys
from pathlib import Path

from feiyu.base.content import BLOCK_BYTES
from feiyu.seal import SUITES, Packer
from feiyu.wire import Endpoint

from .transfer_campaign import PLAIN, fetch, seal

LONG = 3 * PLAIN
"""More chunks than the recipient notes at once."""
HALF = b"".join(
    LONG[at : at + BLOCK_BYTES] + b"some words " * (BLOCK_BYTES // 11)
    for at in range(0, len(LONG), BLOCK_BYTES)
)
"""Between chunks that stay as they are, some that pack well; no less under the seal than ``LONG``."""
CONTENT: dict[str, tuple[bytes, Packer | None]] = {"plain": (LONG, None), "packed": (HALF, Packer())}


def main(host: str, port: str, path: str, way: str) -> None:
    suite = SUITES["intl"]
    plain, packer = CONTENT[way]
    sealed = seal("t", lambda _: None, suite=suite, plain=plain, packer=packer)
    assert bool(sealed.packing) == (way == "packed")
    fetch(Endpoint(host=host, port=int(port)), "t", sealed, Path(path), suite=suite)


if __name__ == "__main__":
    main(*sys.argv[1:])
