"""Write ``openapi/`` anew from the routes, or compare it with them.

python scripts/openapi.py           write
python scripts/openapi.py --check   show the difference, and fail where there is one
"""

import difflib
import sys
from pathlib import Path

from feiyu.api.openapi import documents

FOLDER = Path(__file__).resolve().parents[1] / "openapi"


def main(arguments: list[str]) -> int:
    """Write or compare; the number of documents that are behind."""
    behind = 0
    for name, text in documents().items():
        path = FOLDER / name
        old = path.read_text() if path.exists() else ""
        if old == text:
            continue
        behind += 1
        if arguments:
            lines = difflib.unified_diff(
                old.splitlines(), text.splitlines(), f"openapi/{name}", "the routes", lineterm=""
            )
            print("\n".join(list(lines)[:60]))
        else:
            path.write_text(text)
            print(f"openapi/{name} written: read the difference before you commit it")
    if behind and arguments:
        print("The API and openapi/ differ: run make openapi, and commit the difference if it is meant.")
    return behind if arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
