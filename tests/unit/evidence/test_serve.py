"""A log served over HTTP, followed by a monitor that has nothing but the address and the key."""

import queue
import socket
import threading
from contextlib import suppress
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

import feiyu.evidence
from feiyu.evidence import listener
from feiyu.evidence.errors import BadLogAddress, LogUnreachable
from feiyu.evidence.listener import Answer, Listener
from feiyu.evidence.monitor import Monitor
from feiyu.evidence.serve import answer, http_get, log_at, serve_log


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


def test_a_log_is_served_at_the_address_it_names(world):
    world.record(3)
    world.publish()
    bound = queue.Queue()

    def serve():
        serve_log(("127.0.0.1", 0), world.tiles, ready=bound.put)

    threading.Thread(target=serve, daemon=True).start()
    host, port = bound.get(timeout=5)
    assert http_get(f"http://{host}:{port}/")("checkpoint") == world.log.published.note


def test_a_log_is_found_at_its_own_address_and_at_that_of_its_port(world, address):
    def port(method: str, path: str, body: bytes) -> Answer:
        if path.startswith("/log/"):
            return answer(world.tiles, method, path.removeprefix("/log"))
        return Answer(
            200, b"<!doctype html>", "text/html"
        )  # a port answers any address of its console with a page

    world.log.publish(world.log.checkpoint())
    whole = world.tiles.get("checkpoint")
    with Listener(("127.0.0.1", 0), port, max_body=0) as listener:
        threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        url = "http://{}:{}".format(*listener.bound)
        assert [log_at(one)("checkpoint") for one in (address, url, f"{url}/", f"{url}/log")] == [whole] * 4
        with pytest.raises(LogUnreachable, match="nor at that address with /log behind it"):
            log_at(f"{url}/api")
        listener.shutdown()


def test_what_cannot_be_fetched_is_not_taken_for_absent(address):
    with pytest.raises(BadLogAddress, match="no address of a log"):
        http_get("file:///etc")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(LogUnreachable):
        http_get(f"http://127.0.0.1:{port}")("checkpoint")
    broken = Listener(("127.0.0.1", 0), lambda *_: Answer.refusal(503, "later"), max_body=0)
    thread = threading.Thread(target=broken.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    with pytest.raises(LogUnreachable, match="503"):
        http_get("http://{}:{}".format(*broken.bound))("checkpoint")
    broken.shutdown()
    thread.join()
    broken.server_close()


def test_a_connection_that_trickles_is_ended(monkeypatch):
    monkeypatch.setattr(listener, "CONNECTION_TIMEOUT_S", 0.05)
    patient = Listener(("127.0.0.1", 0), lambda *_: Answer(200, b"ok"), max_body=100)
    thread = threading.Thread(target=patient.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        with socket.create_connection(patient.bound, timeout=5) as slow:
            slow.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1234")
            received = b""
            with suppress(ConnectionResetError):
                while part := slow.recv(1000):
                    received += part
        assert b"ok" not in received
    finally:
        patient.shutdown()
        thread.join()
        patient.server_close()


@pytest.mark.slow
def test_more_connections_than_places_are_closed(monkeypatch):
    monkeypatch.setattr(listener, "MAX_CONNECTIONS", 2)
    small = Listener(("127.0.0.1", 0), lambda *_: Answer(200, b"ok"), max_body=0)
    thread = threading.Thread(target=small.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        idle = [socket.create_connection(small.bound) for _ in range(2)]
        with socket.create_connection(small.bound, timeout=5) as late:
            late.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            with suppress(ConnectionResetError):
                assert late.recv(100) == b""
        for connection in idle:
            connection.close()
    finally:
        small.shutdown()
        thread.join()
        small.server_close()


def test_the_room_offers_what_it_names():
    for name in feiyu.evidence.__all__:
        assert getattr(feiyu.evidence, name).__name__.endswith(name)
    with pytest.raises(AttributeError):
        feiyu.evidence.nothing  # noqa: B018
