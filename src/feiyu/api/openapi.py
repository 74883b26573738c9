"""Write ``openapi/feiyu.json`` (the port) and ``openapi/feiyu-edge.json``: ``python -m feiyu.api.openapi FOLDER``."""

import json
import sys
import tempfile
from pathlib import Path

from feiyu.api.app import create_app
from feiyu.api.port import port_app
from feiyu.app.edge import build_edge
from feiyu.app.port import build_port
from feiyu.app.settings import Settings
from feiyu.base.clock import SystemClock


def documents() -> dict[str, str]:
    """Both documents, by file name."""
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as folder:
        port = build_port(Settings(data=Path(folder) / "port"), clock=clock)
        edge = build_edge(
            Settings(
                data=Path(folder) / "edge", party="pty_edge", port_url="http://127.0.0.1:1", port_token="-",  # noqa: S106 - nobody is asked

                grant_key="AA==", sources=folder,
            ),
            clock=clock,
        )  # fmt: skip
        found = {
            "feiyu.json": port_app(port).openapi(),
            "feiyu-edge.json": create_app(edge.house, edge.routers, title="Feiyu edge").openapi(),
        }
        port.wire.close()
        port.house.db.close()
        edge.house.db.close()
    return {
        name: json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        for name, made in found.items()
    }


def main() -> None:
    """Write both into the folder given."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
