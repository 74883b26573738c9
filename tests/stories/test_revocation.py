"""A revocation in the middle of a transfer stops the next chunk."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from feiyu.testing.world import world
from feiyu.wire import PIECE_BYTES

from .conftest import Story
from .test_crash import parts_csv

pytestmark = pytest.mark.slow
IN_FLIGHT = 2 * PIECE_BYTES
"""One piece on each of the edge's connections may have passed the gate when the revocation commits."""


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Story]:
    with world(tmp_path) as made:
        yield Story(made)


def test_the_next_chunk_is_refused(alone: Story) -> None:
    path = parts_csv(alone.data / "long.csv", 60_000_000, seed=4)
    grant = alone.exempt(path)
    edge, gate = alone.world.edge_client(), alone.world.port.gate
    run = edge.send(path=str(path), grant_id=grant["id"])
    authority = alone.world.as_("authority")
    for _ in range(4000):
        transfer_id = edge.run(run["id"])["transfer_id"]
        if transfer_id and gate.live.get(transfer_id, 0) > 4 * PIECE_BYTES:
            break
        time.sleep(0.002)
    authority.revoke_grant(grant["id"], ground="an order in the middle of a transfer")
    arrived = gate.live[transfer_id]
    run = alone.wait(run["id"], {"running"})
    assert run["state"] == "cut", run
    assert "PORT-0011" in run["ground"]["zh"]
    assert gate.live[transfer_id] <= arrived + IN_FLIGHT
    assert gate.live[transfer_id] < path.stat().st_size
    assert authority.transfer(transfer_id)["state"] == "cut"
