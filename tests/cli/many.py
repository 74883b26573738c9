"""Run many commands in one process: argument lists as JSON on standard input, what each answered as JSON on standard output.

A process costs more than most commands; what is run here is what ``feiyu`` runs.
"""

import contextlib
import io
import json
import sys
import traceback

from feiyu.cli import main


def run(words: list[str]) -> dict[str, object]:
    """One command."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    sys.argv = ["feiyu", *words]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except Exception:  # noqa: BLE001 - a fault is what the test looks for
            traceback.print_exc()
            code = 99
    return {"code": code, "out": out.getvalue(), "err": err.getvalue()}


if __name__ == "__main__":
    json.dump([run(words) for words in json.load(sys.stdin)], sys.stdout)
