"""The listener against raw sockets: limits, malformed requests, two writers, slow clients, a killed process."""

import base64
import hashlib
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feiyu.base.clock import SystemClock
from feiyu.base.content import part_root
from feiyu.base.errors import Unavailable
from feiyu.base.text import Text
from feiyu.testing.wire import TOKEN, FolderGate
from feiyu.wire import (
    Downloader,
    Endpoint,
    Limits,
    Patience,
    SegmentWriter,
    Uploader,
    WantedSegment,
    WireServer,
    promise_of,
)
from feiyu.wire.errors import BadRequest, HeadTooLarge, Stopped, Unreachable
from feiyu.wire.link import Link
from feiyu.wire.message import parse_head

PATH = "/v1/transfers/trf_1/segments/0"
MIB = 1 << 20
AUTH = f"Authorization: Bearer {TOKEN}\r\n"
PARTIAL = "Content-Type: application/partial-upload\r\n"
Raw = Callable[[bytes], tuple[int, dict[str, str], bytes]]


def read_answer(sock: socket.socket, *, body: bool = True) -> tuple[int, dict[str, str], bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        more = sock.recv(65536)
        if not more:
            break
        data += more
    head, _, rest = data.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}
    while body and len(rest) < int(headers.get("content-length", "0")):
        rest += sock.recv(65536)
    return int(lines[0].split()[1]), headers, rest


@pytest.fixture
def raw(server: WireServer) -> Raw:
    def ask(data: bytes) -> tuple[int, dict[str, str], bytes]:
        with socket.create_connection(server.address, timeout=5) as sock:
            sock.sendall(data)
            return read_answer(sock, body=not data.startswith(b"HEAD"))

    return ask


def patch(
    offset: int, body: bytes, *, complete: bool = True, more: str = "", length: int | None = None
) -> bytes:
    size = len(body) if length is None else length
    head = (
        f"PATCH {PATH} HTTP/1.1\r\nHost: x\r\n{AUTH}{PARTIAL}Upload-Offset: {offset}\r\n"
        f"Upload-Complete: ?{int(complete)}\r\nContent-Length: {size}\r\n{more}\r\n"
    )
    return head.encode() + body


def ask_head() -> bytes:
    return f"HEAD {PATH} HTTP/1.1\r\nHost: x\r\n{AUTH}\r\n".encode()


def test_speaks_the_resumable_upload_of_the_ietf(raw: Raw, gate: FolderGate) -> None:
    assert raw(ask_head())[1]["upload-offset"] == "0"
    status, headers, _ = raw(patch(0, b"hello ", complete=False))
    assert (status, headers["upload-offset"], headers["upload-complete"]) == (204, "6", "?0")
    status, headers, _ = raw(patch(6, b"world"))
    assert (status, headers["upload-offset"], headers["upload-complete"]) == (200, "11", "?1")
    assert headers["feiyu-segment-root"] == f":{base64.b64encode(part_root(b'hello world')).decode()}:"
    assert gate.path("trf_1", 0).read_bytes() == b"hello world"
    status, headers, _ = raw(ask_head())
    assert (status, headers["upload-offset"], headers["upload-complete"]) == (204, "11", "?1")


def test_a_wrong_offset_answers_409_with_the_right_one(raw: Raw) -> None:
    raw(patch(0, b"hello", complete=False))
    for wrong in (0, 4, 6, 500):
        status, headers, body = raw(patch(wrong, b"xx"))
        assert (status, headers["upload-offset"]) == (409, "5")
        said = json.loads(body)
        assert said["code"] == "WIRE-0004"
        assert "5" in said["message"]["zh"]
        assert "5" in said["message"]["en"]


def test_a_complete_segment_takes_nothing_more_but_answers_the_same_again(raw: Raw, gate: FolderGate) -> None:
    raw(patch(0, b"hello"))
    status, _, body = raw(patch(5, b"x"))
    assert (status, json.loads(body)["code"]) == (409, "WIRE-0007")
    assert raw(patch(5, b""))[0] == 200
    assert gate.path("trf_1", 0).read_bytes() == b"hello"


def test_an_empty_segment_can_be_completed(raw: Raw) -> None:
    status, headers, _ = raw(patch(0, b""))
    assert (status, headers["upload-complete"]) == (200, "?1")


def test_a_gate_that_missed_the_end_is_told_when_asked_again(raw: Raw, gate: FolderGate) -> None:
    """As after a crash between the last sync and the gate's transaction."""
    path = gate.path("trf_1", 0)
    path.parent.mkdir(parents=True)
    with closing(SegmentWriter(path)) as writer:
        writer.write(memoryview(b"hello"))
        writer.sync(complete=True)
    assert gate.completed == {}
    assert raw(ask_head())[1]["upload-complete"] == "?1"
    assert gate.completed[0].root == part_root(b"hello")


def test_a_gate_that_refuses_the_end_is_asked_again(
    raw: Raw, gate: FolderGate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Unavailable(what=Text("数据库", "database"))

    with monkeypatch.context() as patch_gate:
        patch_gate.setattr(gate, "segment_complete", refuse)
        assert raw(patch(0, b"hello"))[0] == 503
        assert raw(ask_head())[0] == 503
    assert raw(ask_head())[0] == 204
    assert gate.completed[0].size_bytes == 5


def test_a_writer_in_another_process_is_respected(raw: Raw, gate: FolderGate) -> None:
    path = gate.path("trf_1", 0)
    path.parent.mkdir(parents=True)
    with closing(SegmentWriter(path)):
        status, _, body = raw(patch(0, b"hello"))
    assert (status, json.loads(body)["code"]) == (409, "WIRE-0005")
    assert raw(patch(0, b"hello"))[0] == 200


def test_a_known_size_is_exact(raw: Raw, gate: FolderGate) -> None:
    gate.size_bytes = 5
    assert raw(patch(0, b"hell"))[0] == 400
    assert raw(patch(0, b"hello!"))[0] == 413
    assert raw(patch(0, b"hello"))[0] == 200


@pytest.mark.parametrize("right", [True, False])
def test_a_content_digest_is_compared_before_anything_is_promised(
    raw: Raw, gate: FolderGate, right: bool
) -> None:
    body = b"h" * (3 * MIB + 5)
    digest = base64.b64encode(hashlib.sha256(body if right else b"x").digest()).decode()
    status, headers, said = raw(
        patch(0, body, more=f"Content-Digest: sha-512=:AA==:, sha-256=:{digest}:\r\n")
    )
    if right:
        assert (status, headers["upload-complete"]) == (200, "?1")
    else:
        assert (status, json.loads(said)["code"], headers["upload-offset"]) == (422, "WIRE-0008", "0")
        assert promise_of(gate.path("trf_1", 0)).offset == 0
        assert raw(patch(0, b"hello"))[0] == 200
        assert gate.path("trf_1", 0).read_bytes() == b"hello"


def test_expect_100_is_answered(server: WireServer) -> None:
    with socket.create_connection(server.address, timeout=5) as sock:
        request = patch(0, b"hello", more="Expect: 100-continue\r\n")
        sock.sendall(request[:-5])
        assert sock.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(b"hello")
        assert read_answer(sock)[0] == 200


def test_several_requests_go_through_one_connection(server: WireServer) -> None:
    with socket.create_connection(server.address, timeout=5) as sock:
        sock.sendall(patch(0, b"hello", complete=False) + patch(5, b" world") + ask_head())
        assert read_answer(sock)[1]["upload-offset"] == "5"


@pytest.mark.parametrize(
    ("status", "code", "request_bytes"),
    [
        (400, "WIRE-0001", b"nonsense\r\n\r\n"),
        (400, "WIRE-0001", b"GET / HTTP/1.0\r\n\r\n"),
        (400, "WIRE-0001", b"G(T / HTTP/1.1\r\n\r\n"),
        (400, "WIRE-0001", f"GET {PATH} HTTP/1.1\r\nA: 1\nB: 2\r\n\r\n".encode()),
        (400, "WIRE-0001", f"GET {PATH} HTTP/1.1\r\nno colon\r\n\r\n".encode()),
        (400, "WIRE-0001", f"GET {PATH} HTTP/1.1\r\nA : 1\r\n\r\n".encode()),
        (400, "WIRE-0001", f"GET {PATH} HTTP/1.1\r\nA: 1\r\nA: 2\r\n\r\n".encode()),
        (400, "WIRE-0001", f"PATCH {PATH} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n".encode()),
        (400, "WIRE-0001", f"PATCH {PATH} HTTP/1.1\r\n{AUTH}Content-Length: -5\r\n\r\n".encode()),
        (400, "WIRE-0001", f"PATCH {PATH} HTTP/1.1\r\n{AUTH}Content-Length: 5, 5\r\n\r\n".encode()),
        (400, "WIRE-0001", f"PATCH {PATH} HTTP/1.1\r\n{AUTH}Content-Length: 99999999999999999\r\n\r\n".encode()),
        (400, "WIRE-0001", f"PATCH {PATH} HTTP/1.1\r\n{AUTH}Content-Length: 0\r\n\r\n".encode()),
        (400, "WIRE-0001", f"PATCH {PATH} HTTP/1.1\r\n{AUTH}{PARTIAL}Content-Length: 0\r\n\r\n".encode()),
        (400, "WIRE-0001", patch(0, b"").replace(b"Complete: ?1", b"Complete: 1")),
        (400, "WIRE-0001", patch(0, b"", more="Content-Digest: sha-256=:AA==:\r\n")),
        (400, "WIRE-0001", patch(0, b"", more="Content-Digest: sha-256=:\xe9\xe9==:\r\n")),
        (400, "WIRE-0001", f"GET {PATH} HTTP/1.1\r\n{AUTH}Content-Length: 3\r\n\r\nabc".encode()),
        (401, "WIRE-0003", f"GET {PATH} HTTP/1.1\r\n\r\n".encode()),
        (401, "WIRE-0003", f"GET {PATH} HTTP/1.1\r\nAuthorization: Basic abc\r\n\r\n".encode()),
        (401, "BASE-0401", f"GET {PATH} HTTP/1.1\r\nAuthorization: Bearer wrong\r\n\r\n".encode()),
        (404, "BASE-0404", f"GET {PATH} HTTP/1.1\r\n{AUTH}\r\n".encode()),
        (404, "WIRE-0012", f"GET /v1/transfers/../segments/0 HTTP/1.1\r\n{AUTH}\r\n".encode()),
        (404, "WIRE-0012", f"GET /v1/transfers/a%2fb/segments/0 HTTP/1.1\r\n{AUTH}\r\n".encode()),
        (404, "WIRE-0012", f"GET /v1/transfers/t/segments/01 HTTP/1.1\r\n{AUTH}\r\n".encode()),
        (404, "WIRE-0012", f"GET /v1/transfers/t/segments/-1 HTTP/1.1\r\n{AUTH}\r\n".encode()),
        (405, "WIRE-0013", f"DELETE {PATH} HTTP/1.1\r\n{AUTH}\r\n".encode()),
        (431, "WIRE-0002", b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n"),
        (431, "WIRE-0002", b"GET / HTTP/1.1\r\n" + b"".join(b"A%d: x\r\n" % n for n in range(100)) + b"\r\n"),
        (431, "WIRE-0002", b"GET / HTTP/1.1\r\nA: " + b"x" * 1_000_000),
    ],
)  # fmt: skip
def test_bad_requests_are_named_in_both_languages_and_change_nothing(
    raw: Raw, gate: FolderGate, status: int, code: str, request_bytes: bytes
) -> None:
    got, headers, body = raw(request_bytes)
    said = json.loads(body)
    assert (got, said["code"], said["status"]) == (status, code, status)
    assert headers["content-type"] == "application/problem+json"
    assert headers["connection"] == "close"
    assert said["message"]["zh"] != said["message"]["en"]
    assert not gate.folder.exists()


def test_a_transfer_named_like_a_parent_folder_stays_in_the_store(
    raw: Raw, gate: FolderGate, tmp_path: Path
) -> None:
    before = set(tmp_path.rglob("*"))
    status, _, body = raw(f"HEAD /v1/transfers/../segments/0 HTTP/1.1\r\n{AUTH}\r\n".encode())
    assert (status, body) == (404, b"")
    assert set(tmp_path.rglob("*")) == before


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_no_head_crashes_the_parser(limits: Limits, head: bytes) -> None:
    try:
        request = parse_head(b"GET /x HTTP/1.1\r\n" + head, limits)
    except (BadRequest, HeadTooLarge):
        return
    assert request.method == "GET"


def test_a_fault_in_the_gate_answers_500_without_detail(
    raw: Raw, gate: FolderGate, caplog: pytest.LogCaptureFixture
) -> None:
    def fault(*_: object) -> None:
        message = "the secret detail"
        raise ZeroDivisionError(message)

    gate.authorize_upload = fault  # type: ignore[method-assign,assignment]
    status, _, body = raw(patch(0, b"hello"))
    assert (status, body) == (500, b"")
    assert "the secret detail" in caplog.text


class TestTime:
    """Clients that are too slow, and those that have stalled."""

    def test_a_head_that_trickles_in_is_cut_off(self, server: WireServer) -> None:
        with socket.create_connection(server.address, timeout=5) as sock:
            sock.sendall(b"GET / HT")
            status, _, body = read_answer(sock)
        assert (status, json.loads(body)["code"]) == (408, "WIRE-0015")

    def test_one_byte_at_a_time_does_not_renew_the_deadline(self, server: WireServer) -> None:
        with socket.create_connection(server.address, timeout=5) as sock:
            stop = threading.Event()

            def trickle() -> None:
                while not stop.wait(0.02):
                    try:
                        sock.sendall(b"a")
                    except OSError:
                        return

            thread = threading.Thread(target=trickle)
            thread.start()
            status, _, _ = read_answer(sock)
            stop.set()
            thread.join()
        assert status == 408

    def test_a_body_that_stops_is_kept_up_to_there(
        self, server: WireServer, gate: FolderGate, raw: Raw
    ) -> None:
        with socket.create_connection(server.address, timeout=5) as sock:
            sock.sendall(patch(0, b"half", length=100))
            assert sock.recv(10) == b""
        assert raw(ask_head())[1]["upload-offset"] == "4"
        assert promise_of(gate.path("trf_1", 0)).offset == 4

    def test_a_body_that_trickles_in_is_kept_up_to_where_its_time_was_over(
        self, server: WireServer, raw: Raw
    ) -> None:
        with socket.create_connection(server.address, timeout=5) as sock:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.sendall(patch(0, b"", length=20_000))
            with suppress(OSError):
                for _ in range(20_000):
                    sock.sendall(b"a")
                    time.sleep(0.0001)
        assert 0 < int(raw(ask_head())[1]["upload-offset"]) < 20_000

    @pytest.mark.parametrize("first", [b"", ask_head()], ids=["silent", "idle"])
    def test_a_connection_without_requests_is_closed(self, gate: FolderGate, first: bytes) -> None:
        quick = Limits(head_timeout_s=0.1, idle_timeout_s=0.2, linger_s=0.1)
        with (
            WireServer(gate, limits=quick) as server,
            socket.create_connection(server.address, timeout=5) as sock,
        ):
            sock.sendall(first)
            if first:
                assert read_answer(sock)[0] == 204
            assert read_answer(sock)[0] == 408

    def test_two_writers_never_write_at_once(self, server: WireServer, gate: FolderGate, raw: Raw) -> None:
        with socket.create_connection(server.address, timeout=5) as first:
            first.sendall(patch(0, b"a" * 10, length=20))
            _until(lambda: gate.authorized > 0)
            status, _, body = raw(patch(0, b"b" * 20))
            assert (status, json.loads(body)["code"]) == (409, "WIRE-0005")
            first.sendall(b"a" * 10)
            assert read_answer(first)[0] == 200
        assert gate.path("trf_1", 0).read_bytes() == b"a" * 20

    def test_a_stalled_writer_gives_way(self, server: WireServer, gate: FolderGate, raw: Raw) -> None:
        with socket.create_connection(server.address, timeout=5) as stalled:
            stalled.sendall(patch(0, b"a" * 10, length=20))
            _until(lambda: gate.authorized > 0)
            answers = []
            _until(lambda: answers.append(raw(patch(10, b"b" * 10))) or answers[-1][0] == 200)  # type: ignore[func-returns-value]
        assert gate.path("trf_1", 0).read_bytes() == b"a" * 10 + b"b" * 10

    def test_above_the_number_of_connections_the_answer_is_503(
        self, server: WireServer, limits: Limits
    ) -> None:
        with (
            _many(server.address, limits.connections),
            socket.create_connection(server.address, timeout=5) as sock,
        ):
            status, _, body = read_answer(sock)
        assert (status, json.loads(body)["code"]) == (503, "WIRE-0011")


@contextmanager
def _many(address: tuple[str, int], count: int) -> Iterator[None]:
    socks = [socket.create_connection(address, timeout=5) for _ in range(count)]
    try:
        yield
    finally:
        for sock in socks:
            sock.close()


def _until(true: Callable[[], object]) -> None:
    """Wait for something another thread does."""
    pause = threading.Event()
    for _ in range(500):
        if true():
            return
        pause.wait(0.01)
    pytest.fail("it did not happen")


@contextmanager
def process(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The server in its own process."""
    with subprocess.Popen(
        [sys.executable, "-m", "feiyu.testing.wire", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout
        try:
            yield running, int(running.stdout.readline())
        finally:
            if running.poll() is None:
                running.send_signal(signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.parametrize("after", [1 << 16, 9 * MIB, 17 * MIB, 31 * MIB])
def test_kill_9_in_the_middle_of_an_upload_then_resume(
    tmp_path: Path, patience: Patience, after: int
) -> None:
    data = os.urandom(33 * MIB + 17)
    reached = threading.Event()
    with process(tmp_path) as (server, port):
        killed = threading.Thread(target=lambda: (reached.wait(30), server.kill()))
        killed.start()
        with Uploader(
            Endpoint(host="127.0.0.1", port=port), "trf_1", token=TOKEN, segment_bytes=33 * MIB, connections=1,
            patience=patience, progress=lambda now: now.sent_bytes >= after and reached.set(),
        ) as up:  # fmt: skip
            up.write(data[: 33 * MIB])
            with pytest.raises(Unreachable):
                up.finish()
        killed.join()
    promise = promise_of(FolderGate(tmp_path).path("trf_1", 0))
    assert not promise.complete
    with process(tmp_path) as (_, port):
        where = Endpoint(host="127.0.0.1", port=port)
        with Link(where, TOKEN, patience) as link:
            link.ask("HEAD", PATH)
            assert link.answer(body=False).offset() == promise.offset
        with Uploader(where, "trf_1", token=TOKEN, segment_bytes=33 * MIB, patience=patience) as up:
            up.write(data)
            sent = up.finish([part_root(data[: 33 * MIB]), part_root(data[33 * MIB :])])
        down = Downloader(where, "trf_1", token=TOKEN, patience=patience)
        wanted = [WantedSegment(no=s.no, size_bytes=s.size_bytes, root=s.root) for s in sent]
        paths = down.fetch(wanted, tmp_path / "in")
        assert b"".join(path.read_bytes() for path in paths) == data


def test_tls_carries_the_same(gate: FolderGate, limits: Limits, patience: Patience, tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = SystemClock().now()
    cert = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now.replace(year=now.year - 1, day=1)).not_valid_after(now.replace(year=now.year + 1, day=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = tmp_path / "tls.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + cert.public_bytes(serialization.Encoding.PEM)
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(pem)
    asking = ssl.create_default_context(cafile=str(pem))
    data = os.urandom(2 * MIB + 5)
    with WireServer(gate, limits=limits, tls=serving) as server:
        where = Endpoint.of(f"https://localhost:{server.address[1]}", tls=asking)
        with Uploader(where, "trf_1", token=TOKEN, segment_bytes=MIB, patience=patience) as up:
            up.write(data)
            sent = up.finish()
        down = Downloader(where, "trf_1", token=TOKEN, patience=patience)
        assert down.read_range(0, len(data), segment_bytes=MIB) == data
        with closing(socket.create_connection(server.address, timeout=5)) as plain:
            plain.sendall(ask_head())
            with suppress(ConnectionResetError):
                assert b"HTTP" not in plain.recv(100)
    assert len(sent) == 3


def test_a_refusal_of_head_says_why(gate: FolderGate, endpoint: Endpoint, patience: Patience) -> None:
    gate.revoked.set()
    with Link(endpoint, TOKEN, patience) as link:
        link.ask("HEAD", PATH)
        with pytest.raises(Stopped) as stop:
            link.answer(body=False)
    assert stop.value.remote_code == "TEST-0001"
