"""The command line: each command one file, each turns its words into one call and prints the answer.

``scan protect assess verify types sample rules`` run locally; ``port up``, ``edge up``, ``log`` open the store; all others go
through ``feiyu_sdk`` over HTTP.
"""

import sys


def main() -> None:
    """Run a command; whoever interrupts it, also while it loads, is shown no trace of it: so nothing is imported before."""
    try:
        _run()
    except KeyboardInterrupt:
        sys.exit(130)


def _run() -> None:
    """Run a command; a refusal, or what the system refuses (a file that is not there, a full disk), becomes its message, its hint and exit code 1."""
    from feiyu.base.errors import FeiyuError
    from feiyu.base.lean import leave_out_pandas
    from feiyu.cli.app import build
    from feiyu.cli.lang import asked, demand_known, is_one, without_lang
    from feiyu.cli.show import refusal

    leave_out_pandas()
    tag = asked(sys.argv[1:])
    sys.argv[1:] = without_lang(sys.argv[1:])
    if tag is not None and not is_one(tag):
        sys.argv[1:1] = ["--lang", tag]  # refused there, as any wrong option
    try:
        if tag is None:
            demand_known()
        build(*sys.argv[1:2])()
    except FeiyuError as error:
        refusal(error)
        sys.exit(1)
    except OSError as bad:
        from feiyu.cli.client import unusable

        if bad.errno is None:
            raise
        refusal(unusable(bad))
        sys.exit(1)
