"""A log served over HTTP, followed by a monitor that has nothing but the address and the key."""

import threading
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

import feiyu.evidence
from feiyu.evidence.listener import Listener
from feiyu.evidence.monitor import Monitor
from feiyu.evidence.serve import answer, http_get


@pytest.fixture
def address(world):
    listener = Listener(
        ("127.0.0.1", 0), lambda method, path, _: answer(world.tiles, method, path), max_body=0
    )
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield "http://{}:{}".format(*listener.bound)
    listener.shutdown()
    thread.join()
    listener.server_close()


def test_a_monitor_follows_it(world, address):
    monitor = Monitor(world.log.verifier, http_get(address))
    assert not monitor.look().clean
    world.record(300)
    world.publish()
    assert monitor.look().clean
    assert monitor.size == 300


def test_tiles_are_immutable_and_the_checkpoint_is_not(world, address):
    world.record(1)
    world.publish()
    with urlopen(f"{address}/tile/0/000.p/1") as reply:
        assert reply.headers["Content-Type"] == "application/octet-stream"
        assert "immutable" in reply.headers["Cache-Control"]
    with urlopen(f"{address}/checkpoint") as reply:
        assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert reply.read() == world.log.published.note


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/head/head", 404),
        ("GET", "/tile/0/../../../head/head", 404),
        ("GET", "/tile/0/%2e%2e", 404),
        ("GET", "/tile/0/0", 404),
        ("GET", "/checkpoint", 404),
        ("GET", "/tile/0/000", 404),
        ("POST", "/checkpoint", 405),
    ],
)
def test_nothing_else_is_handed_out(address, method, path, status):
    with pytest.raises(HTTPError) as caught:
        urlopen(Request(address + path, method=method, data=b"" if method == "POST" else None))
    assert caught.value.code == status
    caught.value.close()


def test_the_room_offers_what_it_names():
    for name in feiyu.evidence.__all__:
        assert getattr(feiyu.evidence, name).__name__.endswith(name)
    with pytest.raises(AttributeError):
        feiyu.evidence.nothing  # noqa: B018
