"""The small-request gateway answers as the application does, only for many at once."""

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import BinaryIO

import httpx2 as httpx
import pytest

from feiyu.api import gateway
from feiyu.registry.journal.audit import audit
from feiyu.testing.world import World

pytestmark = pytest.mark.slow
PATH = "/api/v1/batches"


def body(number: int) -> dict[str, object]:
    return {"kind": "tide", "root": f"{number:064x}", "count": number + 1}


def test_many_at_once_are_all_there_in_order_and_once(api_world: World) -> None:
    headers = {"Authorization": f"Bearer {api_world.seats['edge'].token}"}
    with httpx.Client(base_url=api_world.port_url, headers=headers) as client, ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda n: client.post(PATH, json=body(n)), range(300)))
    assert {answer.status_code for answer in answers} == {201}
    events = [answer.json()["event_id"] for answer in answers]
    assert len(set(events)) == 300
    assert answers[0].headers["x-content-type-options"] == "nosniff"
    assert api_world.port.sequencer.wait_for(events[-1], 30)
    found = audit(api_world.port.house.db, api_world.port.log, api_world.port.house.cipher)
    assert found.findings == ()
    said = api_world.as_("officer").api.get("/api/v1/evidence", query=events[7])[0]["data"]
    assert said == body(7)


def test_what_is_not_plainly_good_is_refused_as_anywhere(api_world: World) -> None:
    edge, officer = api_world.seats["edge"].token, api_world.seats["officer"].token
    with httpx.Client(base_url=api_world.port_url) as client:

        def ask(token: str, **what: object) -> httpx.Response:
            return client.post(PATH, headers={"Authorization": f"Bearer {token}"} if token else {}, **what)

        for token, status in (("", 401), ("fy_wrong", 401), (officer, 403)):
            answer = ask(token, json=body(1))
            assert answer.status_code == status
            assert answer.headers["content-type"] == "application/problem+json"
        for wrong in (
            {}, body(1) | {"root": "x"}, body(1) | {"count": 0}, body(1) | {"kind": "No Word"}, [],
            body(1) | {"root": "0" * 2000},
        ):  # fmt: skip
            answer = ask(edge, json=wrong)
            assert answer.status_code == 422, answer.text
            assert answer.json()["code"] == "BASE-0422"
        assert ask(edge, content=b"{").status_code == 422
        assert ask(edge, json=body(2)).status_code == 201
        assert client.get(PATH).status_code in {404, 405, 403, 401}


def head(token: str, length: int, *more: str) -> bytes:
    lines = [
        f"POST {PATH} HTTP/1.1",
        "Host: x",
        f"Authorization: Bearer {token}",
        "Content-Type: application/json",
    ]
    return "\r\n".join([*lines, f"Content-Length: {length}", *more, "", ""]).encode()


def call(token: str, number: int, *more: str) -> bytes:
    said = json.dumps(body(number)).encode()
    return head(token, len(said), *more) + said


def answers(file: BinaryIO, count: int) -> list[tuple[int, bytes]]:
    """Read that many answers, each with a stated length."""
    found = []
    for _ in range(count):
        status = int(file.readline().split()[1])
        length = 0
        while (line := file.readline()) != b"\r\n":
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        found.append((status, file.read(length)))
    return found


@contextmanager
def line(world: World) -> Iterator[tuple[socket.socket, BinaryIO]]:
    host, port = world.port_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as sock, sock.makefile("rb") as file:
        yield sock, file


def test_one_connection_brings_calls_cut_anywhere_one_behind_the_other_and_then_others(
    api_world: World,
) -> None:
    token = api_world.seats["edge"].token
    with line(api_world) as (sock, file):
        whole = call(token, 1)
        for cut in (1, 5, 40, len(whole) - 60, len(whole) - 1):
            sock.sendall(whole[:cut])
            time.sleep(0.02)
            sock.sendall(whole[cut:])
            assert answers(file, 1)[0][0] == 201
        sock.sendall(b"".join(call(token, n) for n in range(60)))
        found = answers(file, 60)
        assert {status for status, _ in found} == {201}
        assert len({said for _, said in found}) == 60
        # What is no plain call is the application's, behind what was answered and before what follows.
        get = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        sock.sendall(call(token, 2) + get + call(token, 3) + get)
        assert [status for status, _ in answers(file, 4)] == [201, 200, 201, 200]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        (("X-Other: any",), 201),
        (("Connection: close",), 201),
        (("Expect: 100-continue",), 100),
        (("Content-Length: 5",), 400),
        (("Transfer-Encoding: chunked",), 400),
        (("Authorization: Bearer x",), 201),
        (("Content-Type: text/plain",), 201),
        (("X-Bad : space",), 400),
        (("X-Bad: \x01",), 400),
        ((" folded",), 400),
        (("X-Long: " + "a" * 3000,), 201),
    ],
)
def test_a_head_that_is_not_plain_is_read_by_one_reader_only(
    api_world: World, more: tuple[str, ...], status: int
) -> None:
    """The gateway takes none of them but the first; what the status is here, uvicorn and the application decide."""
    token = api_world.seats["edge"].token
    assert (gateway.read_head(head(token, 10, *more)) is not None) == (more == ("X-Other: any",))
    with line(api_world) as (sock, file):
        sock.sendall(call(token, 1, *more))
        assert answers(file, 1)[0][0] == status


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"POST", b"post"), (b"HTTP/1.1", b"HTTP/1.0"), (b"batches ", b"batches? "), (b"Host: x\r\n", b""),
        (b"Host: x\r\n", b"Host: x\n"), (b"application/json", b"text/json"), (b"Length: 10", b"Length: +10"),
        (b"Length: 10", b"Length: 1025"), (b"Length: 10", b"Length:"), (b"Host: x", b"Host: \xff"), (b"Host: x", b"Ho st: x"),
    ],
)  # fmt: skip
def test_other_spellings_are_left_to_the_application(old: bytes, new: bytes) -> None:
    plain = head("t", 10)
    assert gateway.read_head(plain) == gateway.Head(b"Bearer t", 10)
    assert gateway.read_head(plain.replace(old, new)) is None


def test_who_hangs_up_sends_nothing_or_cuts_the_token_harms_nobody(api_world: World) -> None:
    edge = api_world.seats["edge"].token
    with line(api_world) as (sock, _):
        sock.sendall(call(edge, 7)[:-1])
    with line(api_world) as (sock, _):
        sock.sendall(call(edge, 7))  # recorded, and nobody hears of it
    with line(api_world) as (sock, file):
        sock.sendall(b"POST /api/v1/bat" + b"x" * 5000 + b"\r\n\r\n")
        assert answers(file, 1)[0][0] == 405
    with line(api_world) as (sock, file):
        sock.sendall(call(edge[:-1], 7) + call(edge, 7))
        assert [status for status, _ in answers(file, 2)] == [401, 201]
