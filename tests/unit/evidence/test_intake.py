"""The log's own listener: durable before it answers, bounded, refusing by name."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx2 as httpx
import pytest

from feiyu.base.text import Text
from feiyu.evidence import intake
from feiyu.evidence.ahead import Ahead
from feiyu.evidence.directory import DirectoryHead, DirectoryTiles
from feiyu.evidence.errors import StorageFailed
from feiyu.evidence.fsck import check_tiles
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.log import Log
from feiyu.evidence.wal import Wal

pytestmark = pytest.mark.slow


class Running:
    def __init__(self, folder):
        self.tiles, self.head = DirectoryTiles(folder / "tiles"), DirectoryHead(folder / "head")
        self.log = Log(self.tiles, self.head, "log.example/intake", Ed25519Signer(bytes(32)))
        self.wal = Wal(folder / "head", capacity=2 * 1024 * 1024)
        self.ahead = Ahead(self.log, self.wal)
        bound, told = [], threading.Event()

        def ready(address):
            bound.append(address)
            told.set()

        def publish(log):
            return log.publish(log.checkpoint())

        self.intake = intake.Intake(self.ahead, publish, every_s=0.05)
        self.thread = threading.Thread(target=self.intake.run, args=(("127.0.0.1", 0), ready))
        self.thread.start()
        assert told.wait(10)
        self.address = bound[0]
        self.url = f"http://127.0.0.1:{bound[0][1]}/add"

    def close(self):
        self.intake.stop()
        self.thread.join(10)
        assert not self.thread.is_alive()
        self.wal.close()
        self.head.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    made = Running(tmp_path_factory.mktemp("intake"))
    yield made
    made.close()


def test_what_was_answered_is_in_the_tree_under_that_index(running):
    entries = [f"entry {n} ".encode() * (n % 40) for n in range(500)]
    with httpx.Client() as client, ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda entry: client.post(running.url, content=entry), entries))
    indices = [int(answer.text) for answer in answers]
    assert sorted(indices) == list(range(500))
    assert running.ahead.size == 500
    running.ahead.settle()
    for entry, index in zip(entries, indices, strict=True):
        assert running.log.entry(index) == entry
    report = check_tiles(running.tiles.get, running.log.verifier, head=running.log.head, chains=False)
    assert report.clean


def raw(address, data, *, parts=1):
    with socket.create_connection(address, timeout=5) as sock:
        step = -(-len(data) // parts)
        for at in range(0, len(data), step):
            sock.sendall(data[at : at + step])
        got = b""
        while part := sock.recv(65536):
            got += part
            if b"200 OK" in got and got.endswith(b"\n") and not got.endswith(b"\r\n\r\n"):
                break
        return got


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /add HTTP/1.1\r\n\r\n", b"404"),
        (b"POST /other HTTP/1.1\r\nContent-Length: 1\r\n\r\nx", b"404"),
        (b"POST /add HTTP/1.1\r\nHost: x\r\n\r\n", b"411"),
        (b"POST /add HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", b"411"),
        (b"POST /add HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", b"411"),
        (b"POST /add HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"411"),
        (b"POST /add HTTP/1.1\r\nContent-Length: 65536\r\n\r\n", b"413"),
        (b"POST /add HTTP/1.1\r\nX: " + b"a" * 9000, b"400"),
        (b"\x16\x03\x01" * 4000, b"400"),
    ],
)
def test_what_it_does_not_take_is_refused_by_name(running, request_, status):
    before = running.ahead.size
    assert raw(running.address, request_).startswith(b"HTTP/1.1 " + status)
    assert running.ahead.size == before


def test_requests_may_come_in_pieces_and_close_behind_one_another(running):
    one = b"POST /add HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc"
    assert raw(running.address, one, parts=len(one)).endswith(b"\n")
    with socket.create_connection(running.address, timeout=5) as sock:
        sock.sendall(one * 3)
        got = b""
        while got.count(b"200 OK") < 3:
            got += sock.recv(65536)
        assert sock.fileno() > 0


def test_a_full_entry_fits(running):
    answer = httpx.post(running.url, content=b"z" * 65_535)
    assert running.ahead.settle().size > int(answer.text)
    assert running.log.entry(int(answer.text)) == b"z" * 65_535


def test_after_a_failed_flush_nothing_is_answered(tmp_path, monkeypatch):
    made = Running(tmp_path)
    assert httpx.post(made.url, content=b"a").status_code == 200

    def fail(*_):
        raise StorageFailed(reason=Text("空间不足", "no space"))

    monkeypatch.setattr(made.ahead, "append", fail)
    assert httpx.post(made.url, content=b"b").status_code == 503
    made.thread.join(timeout=10)
    made.wal.close()
    made.head.close()
    assert not made.thread.is_alive()


def test_a_head_that_cannot_be_read_ends_the_intake(tmp_path, monkeypatch):
    made = Running(tmp_path)
    assert httpx.post(made.url, content=b"a").status_code == 200
    real = Path.read_bytes

    def fail(path):
        if path == made.head._path:
            raise OSError(5, "Input/output error")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", fail)
    with suppress(httpx.TransportError):
        httpx.post(made.url, content=b"b")  # something to settle; it may be answered, for it is durable
    made.thread.join(timeout=10)
    assert made.intake.failed
    assert not made.thread.is_alive()
    made.wal.close()
    made.head.close()
