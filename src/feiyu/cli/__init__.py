"""The command line: each command one file, each turns its words into one call and prints the answer.

``scan protect assess verify types sample rules`` run locally; ``port up``, ``edge up``, ``log`` open the store; all others go
through ``feiyu_sdk`` over HTTP.
"""

import sys

from feiyu.base.errors import FeiyuError
from feiyu.base.lean import leave_out_pandas
from feiyu.base.said import said


def main() -> None:
    """Run a command; a refusal, or a file that is not there, becomes its message, its hint and exit code 1."""
    from feiyu.cli.app import build
    from feiyu.cli.lang import without_lang
    from feiyu.cli.show import refusal

    leave_out_pandas()
    sys.argv[1:] = without_lang(sys.argv[1:])
    try:
        build(*sys.argv[1:2])()
    except FeiyuError as error:
        refusal(error)
        sys.exit(1)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError) as bad:
        from feiyu.cli.client import BadFile

        refusal(BadFile(path=bad.filename, reason=said(bad)))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
