"""What it costs to record who looked: one look, a thing read over HTTP, a list read over HTTP.

    python bench/looks.py [--rows 500] [--reads 400] [--folder DIR] [--postgres]

The peer is the same port in the same run served without recording: what a person of the service centre waits for then. ``first`` reads
a thing that this person had not read in this hour, which is a durable write before the answer; ``again`` one that is known.
"""

import argparse
import itertools
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx2 as httpx
import structlog
from rich.console import Console
from rich.table import Table as Shown

from feiyu.api.app import create_app
from feiyu.api.port import port_app
from feiyu.app.bootstrap import Seat, seat_demo
from feiyu.app.folder import PORT
from feiyu.app.port import PortSystem, build_port
from feiyu.app.settings import Settings
from feiyu.base.clock import SystemClock
from feiyu.base.ids import ScenarioId, new_id
from feiyu.base.text import Text
from feiyu.registry.access import Caller
from feiyu.registry.looks.model import How, Thing
from feiyu.registry.scenarios import store
from feiyu.registry.scenarios.model import Direction, Item, Origin, Scenario, Tier
from feiyu.store import Scope, Tx
from feiyu.testing.world import serve

ALL = Scope.all("bench")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--reads", type=int, default=400)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--postgres", action="store_true")
    wanted = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with tempfile.TemporaryDirectory(dir=wanted.folder) as folder, database(postgres=wanted.postgres) as url:
        port = build_port(Settings(data=Path(folder), database=url), clock=SystemClock())
        seats = seat_demo(port.house)
        port.looks.start()
        found = measure(port, seats, rows=wanted.rows, reads=wanted.reads)
        port.looks.stop()
        port.wire.close()
        port.house.db.close()
    shown = Shown("what", "median", "of ten the slowest but one")
    for name, (middle, slow) in found.items():
        shown.add_row(name, f"{middle * 1e6:,.0f} µs", f"{slow * 1e6:,.0f} µs")
    Console().print(shown)
    print(json.dumps({name: round(middle * 1e6, 1) for name, (middle, _) in found.items()}))


@contextmanager
def database(*, postgres: bool) -> Iterator[str]:
    """SQLite beside the port's data, or a PostgreSQL of this bench."""
    if not postgres:
        yield ""
        return
    from feiyu.testing.postgres import PostgresServer

    server = PostgresServer(durable=True).start()
    try:
        yield server.migrated_database(PORT.migrations)
    finally:
        server.stop()


def measure(
    port: PortSystem, seats: dict[str, Seat], *, rows: int, reads: int
) -> dict[str, tuple[float, float]]:
    """Median and the ninth of ten, in seconds, by name."""
    ids = enter(port, seats, rows)
    centre = seats["centre1"]
    caller = Caller(
        principal_id=new_id("principal", port.house.clock.now()),
        party_id=centre.party.id,
        name="",
        roles=centre.roles,
    )  # type: ignore[arg-type]
    fresh = (f"scn_{number:026d}" for number in itertools.count())
    owner = seats["officer"].party.id

    def look(*things: str) -> None:
        port.looks.record(caller, [(Thing(owner, one), How.OPENED) for one in things])

    found = {
        "a look, first in its bucket": timed(lambda: look(next(fresh)), reads),
        "a look, again": timed(lambda: look(ids[0]), reads),
        f"{rows} looks, first": timed(lambda: look(*itertools.islice(fresh, rows)), max(5, reads // 20)),
        f"{rows} looks, again": timed(lambda: look(*ids), reads),
    }
    plain = serve(create_app(port.house, port.routers))
    watched = serve(port_app(port))
    served = {
        "unrecorded": (plain.url, "centre2"),
        "recorded": (watched.url, "centre2"),
        "its owner": (watched.url, "officer"),
    }
    clients = {
        name: httpx.Client(
            base_url=url, headers={"Authorization": f"Bearer {seats[account].token}"}, timeout=60
        )
        for name, (url, account) in served.items()
    }
    found |= over_http(clients, ids, reads)
    for client in clients.values():
        client.close()
    plain.stop()
    watched.stop()
    return found


def over_http(clients: dict[str, httpx.Client], ids: list[str], reads: int) -> dict[str, tuple[float, float]]:
    """One scenario read for the first time and again, and the list of all; the ways in turn, so that all have the same weather."""
    asked = [
        (f"GET one, {{}}, {way}", times) for way, times in (("first", min(reads, len(ids))), ("again", reads))
    ]
    took: dict[str, list[float]] = {}
    for client in clients.values():
        client.get("/api/v1/scenarios").raise_for_status()
    for what, times in (*asked, (f"GET {len(ids)}, {{}}", max(10, reads // 10))):
        for number in range(times):
            rest = f"/{ids[number if 'first' in what else 0]}" if "one" in what else ""
            for name, client in clients.items():
                began = time.perf_counter()
                client.get(f"/api/v1/scenarios{rest}").raise_for_status()
                took.setdefault(what.format(name), []).append(time.perf_counter() - began)
    return {name: spread(each) for name, each in took.items()}


def timed(act: Callable[[], None], times: int) -> tuple[float, float]:
    """The median and the ninth of ten."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return spread(took)


def spread(took: list[float]) -> tuple[float, float]:
    """The median and the ninth of ten."""
    return statistics.median(took), statistics.quantiles(took, n=10)[-1]


def enter(port: PortSystem, seats: dict[str, Seat], rows: int) -> list[str]:
    """So many scenarios of one exporter."""
    now = port.house.clock.now()
    one = Scenario(
        id=ScenarioId(""), owner_party=seats["officer"].party.id, title=Text("测量", "A measure"), purpose="bench", ground="none",
        sector="general", recipients=(seats["recipient"].party.id,), country="DE",
        items=tuple(Item(name=f"f{n}", type="text", need=Text("所需", "needed")) for n in range(10)), retention_days=365,
        direction=Direction.OUTBOUND, origin=Origin.DOMESTIC, tier=Tier.CENTRE, outside=False, created_at=now,
    )  # fmt: skip
    made = [replace(one, id=ScenarioId(new_id("scenario", now))) for _ in range(rows)]

    def act(tx: Tx) -> None:
        for each in made:
            store.add_scenario(tx, each)

    port.house.db.write(act, scope=ALL)
    return [each.id for each in made]


if __name__ == "__main__":
    main()
