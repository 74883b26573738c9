"""The client against servers that lie, stammer or break off: a named error, never a wrong number."""

import base64
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress

import pytest

from feiyu.base.errors import BadInput
from feiyu.base.text import Lang
from feiyu.testing.wire import TOKEN, FolderGate
from feiyu.wire import Downloader, Endpoint, Patience, SegmentWriter, Uploader, WireServer
from feiyu.wire.errors import BadAnswer, Cancelled, OffsetMismatch, Stopped, Unreachable
from feiyu.wire.link import Link
from feiyu.wire.retry import Throttle, problem

MIB = 1 << 20
ONCE = Patience(tries=1, answer_timeout_s=5, connect_timeout_s=2)
OK = b"HTTP/1.1 204 No Content\r\n"


@contextmanager
def scripted(*answers: bytes) -> Iterator[Endpoint]:
    """A server that reads one request's head and says the next answer, whatever was asked."""
    listener = socket.create_server(("127.0.0.1", 0))
    left = list(answers)

    def serve() -> None:
        with suppress(OSError):
            while True:
                sock, _ = listener.accept()
                with sock, suppress(OSError):
                    while left:
                        head = b""
                        while b"\r\n\r\n" not in head:
                            got = sock.recv(65536)
                            if not got:
                                break
                            head += got
                        if not head:
                            break
                        answer = left.pop(0)
                        sock.sendall(answer)
                        if b"\r\n\r\n" not in answer:
                            break

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield Endpoint(host="127.0.0.1", port=listener.getsockname()[1])
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def send(endpoint: Endpoint, data: bytes = b"hello", patience: Patience = ONCE) -> None:
    with Uploader(endpoint, "t", token=TOKEN, segment_bytes=MIB, connections=1, patience=patience) as up:
        up.write(data)
        up.finish()


HELD = b"Upload-Offset: 5\r\nUpload-Complete: ?1\r\n"
ROOT = b"Feiyu-Segment-Root: :" + base64.b64encode(bytes(32)) + b":\r\n"


@pytest.mark.parametrize(
    "answers",
    [
        [b"SSH-2.0-OpenSSH_9.2\r\n\r\n"],
        [b"HTTP/1.0 200 OK\r\n\r\n"],
        [OK + b"no colon\r\n\r\n"],
        [OK + b"A: 1\r\nA: 2\r\n\r\n"],
        [OK + b"\r\n"],
        [OK + b"Upload-Offset: -1\r\n\r\n"],
        [OK + b"Upload-Offset: 1e3\r\n\r\n"],
        [OK + "Upload-Offset: ٣\r\n\r\n".encode()],
        [OK + b"Upload-Offset: 9999999999999999\r\n\r\n"],
        [OK + HELD + b"Feiyu-Segment-Root: :*:\r\n\r\n"],
        [OK + HELD + b"Feiyu-Segment-Root: :\xe9\xe9==:\r\n\r\n"],
        [OK + HELD + b"\r\n"],
        [OK + b"A: " + b"x" * 40_000],
        [OK + b"Upload-Offset: 50\r\nUpload-Complete: ?0\r\n\r\n"],
        [
            OK + b"Upload-Offset: 4\r\nUpload-Complete: ?0\r\n\r\n",
            OK + b"Upload-Offset: 2\r\nUpload-Complete: ?0\r\n\r\n",
        ],
    ],
)
def test_an_answer_of_another_protocol_is_named(answers: list[bytes]) -> None:
    with scripted(*answers) as endpoint, pytest.raises(BadAnswer):
        send(endpoint)


@pytest.mark.parametrize("cut", range(1, len(OK + HELD + ROOT) + 2, 5))
def test_a_head_cut_anywhere_is_a_break(cut: int) -> None:
    with scripted((OK + HELD + ROOT + b"\r\n")[:cut]) as endpoint, pytest.raises(Unreachable):
        send(endpoint)


def test_a_whole_answer_is_believed() -> None:
    with scripted(OK + HELD + ROOT + b"\r\n") as endpoint:
        send(endpoint)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nnope", "HTTP-403"),
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\n[]", "HTTP-403"),
        (b'HTTP/1.1 410 Gone\r\nContent-Length: 28\r\n\r\n{"code":"X-1","message":"no"}', "HTTP-410"),
        (b'HTTP/1.1 410 Gone\r\nContent-Length: 14\r\n\r\n{"code":"X-1"}', "X-1"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://elsewhere/\r\nContent-Length: 0\r\n\r\n", "HTTP-302"),
        (b"HTTP/1.1 101 Switching\r\nContent-Length: 0\r\n\r\n", "HTTP-101"),
    ],
)
def test_a_refusal_without_a_proper_body_is_still_a_refusal(answer: bytes, code: str) -> None:
    with scripted(answer) as endpoint, pytest.raises(Stopped) as stop:
        Downloader(endpoint, "t", token=TOKEN, patience=ONCE).read_segment(0, 10, lambda _, __: None)
    assert stop.value.remote_code == code
    assert stop.value.text(Lang.ZH)
    assert stop.value.remedy(Lang.EN)


def test_the_servers_texts_come_through_in_both_languages() -> None:
    said = OffsetMismatch(offset=5, given=3)
    refusal = problem(409, json.dumps(said.problem("en")).encode())
    assert (refusal.remote_code, refusal.remote_status) == ("WIRE-0004", 409)
    for lang in ("zh", "en"):
        assert said.text(lang) in refusal.text(lang)
        assert refusal.remedy(lang) == said.remedy(lang)


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
        b"HTTP/1.1 206 Partial Content\r\nContent-Length: 10\r\nContent-Range: bytes 3-12/20\r\n\r\n",
        b"HTTP/1.1 206 Partial Content\r\n\r\n",
    ],
)
def test_another_range_than_asked_for_is_not_taken(head: bytes) -> None:
    with scripted(head + b"0123456789") as endpoint, pytest.raises(BadAnswer):
        Downloader(endpoint, "t", token=TOKEN, patience=ONCE).read_segment(0, 10, lambda _, __: None)


def test_a_server_that_never_gets_further_is_given_up() -> None:
    busy = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
    quick = Patience(tries=3, first_pause_s=0.001)
    with scripted(*[busy] * 3) as endpoint, pytest.raises(Stopped) as stop:
        Downloader(endpoint, "t", token=TOKEN, patience=quick).read_segment(0, 10, lambda _, __: None)
    assert stop.value.remote_status == 503


def test_cancelling_ends_the_waiting_between_tries() -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        Throttle(None).take(1, cancel)
    nobody = Endpoint(host="127.0.0.1", port=1)
    slow = Patience(tries=9, first_pause_s=30)
    waiting = threading.Event()
    with Uploader(nobody, "t", token=TOKEN, segment_bytes=MIB, patience=slow, cancel=waiting) as up:
        up.write(b"x")
        waiting.set()
        with pytest.raises(Cancelled):
            up.finish()


@pytest.mark.parametrize("token", ["a b", "a\r\nX: y", "ключ", "\x00"])
def test_a_token_that_would_break_the_head_is_refused(token: str) -> None:
    with pytest.raises(BadInput):
        Link(Endpoint(host="127.0.0.1", port=1), token, ONCE)


@pytest.mark.parametrize(
    "url", ["ftp://host/", "host:80", "http://", "", "http://[bad/", "http://host:x", "http://host:99999"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(BadInput):
        Endpoint.of(url)


def test_addresses_are_read_with_their_defaults() -> None:
    plain, secure = Endpoint.of("http://host:81/base/"), Endpoint.of("https://host")
    assert (plain.host, plain.port, plain.prefix, plain.tls) == ("host", 81, "/base", None)
    assert secure.port == 443
    assert secure.tls is not None


def test_an_ipv6_address_is_written_in_brackets() -> None:
    assert str(Endpoint.of("http://[::1]:81")) == "[::1]:81"


def test_the_token_is_not_in_errors_or_representations(server: WireServer, gate: FolderGate) -> None:
    gate.revoked.set()
    with pytest.raises(Stopped) as stop:
        send(Endpoint.of(server.url))
    assert TOKEN not in repr(stop.value)
    assert TOKEN not in str(stop.value.values)


class TestRanges:
    """What the server serves of a segment."""

    @pytest.fixture
    def ask(self, server: WireServer, gate: FolderGate) -> Callable[[str], tuple[int, dict[str, str], bytes]]:
        path = gate.path("t", 0)
        path.parent.mkdir(parents=True)
        with closing(SegmentWriter(path)) as writer:
            writer.write(memoryview(b"0123456789"))
            writer.sync(complete=True)

        def run(line: str) -> tuple[int, dict[str, str], bytes]:
            with socket.create_connection(server.address, timeout=5) as sock:
                request = (
                    f"GET /v1/transfers/t/segments/0 HTTP/1.1\r\nAuthorization: Bearer {TOKEN}\r\n{line}"
                )
                sock.sendall(request.encode() + b"Connection: close\r\n\r\n")
                data = b""
                while got := sock.recv(65536):
                    data += got
            head, _, body = data.partition(b"\r\n\r\n")
            lines = head.decode().split("\r\n")
            return int(lines[0].split()[1]), dict(line.lower().split(": ", 1) for line in lines[1:]), body

        return run

    @pytest.mark.parametrize(
        ("line", "status", "body", "range_"),
        [
            ("", 200, b"0123456789", None),
            ("Range: bytes=0-\r\n", 206, b"0123456789", None),
            ("Range: bytes=3-5\r\n", 206, b"345", "bytes 3-5/10"),
            ("Range: bytes=7-\r\n", 206, b"789", "bytes 7-9/10"),
            ("Range: bytes=9-500\r\n", 206, b"9", "bytes 9-9/10"),
            ("Range: bytes=-3\r\n", 200, b"0123456789", None),
            ("Range: bytes=1-2,4-5\r\n", 200, b"0123456789", None),
            ("Range: lines=1-2\r\n", 200, b"0123456789", None),
        ],
    )
    def test_one_range_or_the_whole(
        self, ask: Callable[[str], tuple[int, dict[str, str], bytes]], line: str, status: int, body: bytes,
        range_: str | None,
    ) -> None:  # fmt: skip
        got, headers, said = ask(line)
        assert (got, said, headers.get("content-range")) == (status, body, range_)
        assert headers["cache-control"] == "no-store"

    @pytest.mark.parametrize(
        "line", ["Range: bytes=10-\r\n", "Range: bytes=5-4\r\n", "Range: bytes=99-100\r\n"]
    )
    def test_a_range_outside_is_refused(
        self, ask: Callable[[str], tuple[int, dict[str, str], bytes]], line: str
    ) -> None:
        status, _, body = ask(line)
        assert (status, json.loads(body)["code"]) == (416, "WIRE-0014")

    def test_a_segment_that_vanished_or_shrank_is_an_error(
        self, ask: Callable[[str], tuple[int, dict[str, str], bytes]], gate: FolderGate
    ) -> None:
        gate.path("t", 0).write_bytes(b"012")
        assert json.loads(ask("")[2])["code"] == "WIRE-0010"
        gate.path("t", 0).unlink()
        assert json.loads(ask("")[2])["code"] == "WIRE-0010"
