"""Whoever asks another server gets an answer or a named refusal, within the time that it gives to the whole."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import pytest

from feiyu.evidence import note as notes
from feiyu.evidence.crl_fetch import fetch
from feiyu.evidence.errors import ListRefused, LogUnreachable, StampRefused, WitnessUnreachable
from feiyu.evidence.keys import Algorithm, Ed25519Signer, SigningKey
from feiyu.evidence.serve import http_get
from feiyu.evidence.timestamp import new_authority, stamp
from feiyu.evidence.witness_client import WitnessClient

WITNESS = SigningKey("witness.example/1", Algorithm.COSIGNATURE_ED25519, Ed25519Signer(bytes(32)))
NOTE = notes.Note("log.example/1\n1\n" + "A" * 43 + "=\n")


def ask_witness(url: str, timeout_s: float) -> object:
    return WitnessClient(url, WITNESS.verifier, timeout_s=timeout_s).cosign(NOTE, lambda *_: ())


def ask_authority(url: str, timeout_s: float) -> object:
    _, certificate = new_authority("stamps.example", at=datetime(2026, 11, 22, tzinfo=UTC))
    return stamp(url, b"text", certificate, timeout_s=timeout_s)


ASKERS = {
    "a log": (lambda url, timeout_s: http_get(url, timeout_s=timeout_s)("checkpoint"), LogUnreachable),
    "a witness": (ask_witness, WitnessUnreachable),
    "an authority": (ask_authority, StampRefused),
    "a list": (lambda url, timeout_s: fetch(url, timeout_s=timeout_s), ListRefused),
}


@contextmanager
def serving(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server of one connection that knows no HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                connection.recv(65536)
                answer(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        yield "http://{}:{}".format(*server.getsockname())
        thread.join()


@pytest.fixture(params=ASKERS)
def asker(request):
    return ASKERS[request.param]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"junk\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nab",
    ],
)
def test_an_answer_that_is_none_or_ends_early_is_named(asker, answer):
    ask, refusal = asker
    with serving(lambda connection: connection.sendall(answer)) as url, pytest.raises(refusal):
        ask(url, 5)


@pytest.mark.parametrize("place", ["http://[bad/", "http://a b/"])
def test_a_log_that_sends_on_to_no_address_is_named(place):
    answer = f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode()
    with (
        serving(lambda connection: connection.sendall(answer)) as url,
        pytest.raises(LogUnreachable),
    ):
        http_get(url)("checkpoint")
    with pytest.raises(LogUnreachable):
        http_get(place)("checkpoint")


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n"]
)
def test_who_answers_byte_by_byte_is_not_waited_for(asker, head):
    """A byte always comes within the time; the whole does not."""
    ask, refusal = asker

    def trickle(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(400):
            connection.sendall(b"y")
            time.sleep(0.01)
        connection.sendall(b"\r\nContent-Length: 0\r\n\r\n")

    with serving(trickle) as url, pytest.raises(refusal, match="timed out"):
        ask(url, 0.5)
