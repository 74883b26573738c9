"""Fetch a sealed transfer as a recipient does: run by test_fetch_faults under strace.

python -m tests.faults.fetch_driver HOST PORT PATH
"""

import sys
from pathlib import Path

from feiyu.seal import SUITES
from feiyu.wire import Endpoint

from .transfer_campaign import PLAIN, fetch, seal

LONG = 3 * PLAIN
"""More chunks than the recipient notes at once."""


def main(host: str, port: str, path: str) -> None:
    suite = SUITES["intl"]
    sealed = seal("t", lambda _: None, suite=suite, plain=LONG)
    fetch(Endpoint(host=host, port=int(port)), "t", sealed, Path(path), suite=suite)


if __name__ == "__main__":
    main(*sys.argv[1:])
