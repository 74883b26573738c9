"""A real server over a folder, impatient enough for tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from feiyu.testing.breaker import Breaker
from feiyu.testing.wire import FolderGate
from feiyu.wire import Endpoint, Limits, Patience, WireServer

QUICK = Limits(
    head_timeout_s=0.4, idle_timeout_s=2.0, piece_timeout_s=1.0, stall_s=0.3, linger_s=0.3, connections=8
)
PATIENCE = Patience(tries=6, first_pause_s=0.01, longest_pause_s=0.1, answer_timeout_s=5, connect_timeout_s=2)


@pytest.fixture
def patience() -> Patience:
    return PATIENCE


@pytest.fixture
def limits() -> Limits:
    return QUICK


@pytest.fixture
def gate(tmp_path: Path) -> FolderGate:
    return FolderGate(tmp_path / "store")


@pytest.fixture
def server(gate: FolderGate) -> Iterator[WireServer]:
    with WireServer(gate, limits=QUICK) as running:
        yield running


@pytest.fixture
def endpoint(server: WireServer) -> Endpoint:
    return Endpoint.of(server.url)


@pytest.fixture
def breaker(server: WireServer) -> Iterator[Breaker]:
    proxy = Breaker(server.address)
    yield proxy
    proxy.close()
