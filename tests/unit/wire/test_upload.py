"""Uploads: resumable at any point, one writer, stopped by the gate, promised only when durable."""

import errno
import hashlib
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feiyu.base.clock import FixedClock
from feiyu.base.content import BLOCK_BYTES, part_root
from feiyu.seal import SUITES, Packer, PackingWriter, SealingWriter, SealJournal, TransferSecret, sealer_of
from feiyu.testing.breaker import Breaker
from feiyu.testing.wire import TOKEN, FolderGate
from feiyu.wire import Endpoint, Limits, Patience, Progress, SentSegment, Uploader, WireServer, promise_of
from feiyu.wire.errors import Cancelled, DigestMismatch, Stopped, Unreachable
from feiyu.wire.pace import Pace, Wish
from feiyu.wire.retry import Throttle

SEGMENT = 1 << 20
MIB = 1 << 20
Send = Callable[..., tuple[SentSegment, ...]]


def sample(size: int) -> bytes:
    return hashlib.shake_128(size.to_bytes(8)).digest(size)


DATA = sample(3 * SEGMENT + 12345)
ROOTS = [part_root(DATA[at : at + SEGMENT]) for at in range(0, len(DATA), SEGMENT)]


@pytest.fixture
def send(patience: Patience) -> Send:
    def run(endpoint: Endpoint, data: bytes = DATA, **options: object) -> tuple[SentSegment, ...]:
        given: dict[str, object] = {
            "token": TOKEN, "segment_bytes": SEGMENT, "patience": patience, **options
        }  # fmt: skip
        with Uploader(endpoint, "trf_1", **given) as up:  # type: ignore[arg-type]
            for at in range(0, len(data), 300_000):
                up.write(data[at : at + 300_000])
            return up.finish()

    return run


def stored(gate: FolderGate, data: bytes = DATA) -> bytes:
    return b"".join(gate.path("trf_1", no).read_bytes() for no in range(-(-len(data) // SEGMENT)))


def test_arrives_whole_with_the_roots_of_its_segments(
    gate: FolderGate, endpoint: Endpoint, send: Send
) -> None:
    sent = send(endpoint)
    assert stored(gate) == DATA
    assert [segment.root for segment in sent] == ROOTS == [gate.completed[no].root for no in range(4)]
    assert [segment.size_bytes for segment in sent] == [SEGMENT] * 3 + [12345]


def test_the_gate_is_asked_for_every_piece(gate: FolderGate, endpoint: Endpoint, send: Send) -> None:
    send(endpoint, connections=1)
    assert sum(length for *_, length in gate.accepted) == len(DATA)
    assert max(length for *_, length in gate.accepted) <= MIB


def test_nothing_to_send_sends_nothing(gate: FolderGate, endpoint: Endpoint, send: Send) -> None:
    assert send(endpoint, b"") == ()
    assert not gate.folder.exists()


@pytest.mark.parametrize("percent", [0, 1, 2, 5, 10, 25, 33, 50, 75, 90, 99])
def test_a_drop_at_any_point_resumes(gate: FolderGate, breaker: Breaker, send: Send, percent: int) -> None:
    cut = 600 + len(DATA) * percent // 100
    breaker.cuts_up = [cut, cut // 2, 1000]
    send(breaker.endpoint, connections=1)
    assert stored(gate) == DATA


def test_an_answer_lost_on_the_way_back_does_no_harm(gate: FolderGate, breaker: Breaker, send: Send) -> None:
    breaker.cuts_down = [1, 90, 200, 250, 300]
    send(breaker.endpoint, connections=1)
    assert stored(gate) == DATA


def test_promised_bytes_are_not_sent_again(gate: FolderGate, breaker: Breaker, send: Send) -> None:
    data = sample(SEGMENT)
    breaker.cuts_up = [SEGMENT // 2]
    send(breaker.endpoint, data, connections=1)
    assert stored(gate, data) == data
    assert breaker.up_bytes < SEGMENT + 8192


def test_a_second_run_sends_only_what_is_missing(gate: FolderGate, breaker: Breaker, send: Send) -> None:
    send(breaker.endpoint, DATA[: 2 * SEGMENT])
    before = breaker.up_bytes
    sent = send(breaker.endpoint)
    assert [segment.root for segment in sent] == ROOTS
    assert breaker.up_bytes - before < len(DATA) - 2 * SEGMENT + 8192


def test_another_content_under_the_same_transfer_is_found_out(
    endpoint: Endpoint, patience: Patience, send: Send
) -> None:
    send(endpoint, DATA[:SEGMENT])
    other = sample(SEGMENT + 1)[:SEGMENT]
    with Uploader(endpoint, "trf_1", token=TOKEN, segment_bytes=SEGMENT, patience=patience) as up:
        up.write(other)
        with pytest.raises(DigestMismatch):
            up.finish([part_root(other)])


def test_too_few_segments_for_the_sealers_roots_are_found_out(endpoint: Endpoint, patience: Patience) -> None:
    with Uploader(endpoint, "trf_1", token=TOKEN, segment_bytes=SEGMENT, patience=patience) as up:
        up.write(DATA[:SEGMENT])
        with pytest.raises(DigestMismatch):
            up.finish(ROOTS[:2])


def test_a_segment_that_grew_behind_our_back_is_found_out(endpoint: Endpoint, send: Send) -> None:
    send(endpoint, DATA[:5000])
    with pytest.raises(DigestMismatch):
        send(endpoint, DATA[:4000])


def test_a_revocation_stops_within_one_piece_and_says_so(
    gate: FolderGate, endpoint: Endpoint, send: Send
) -> None:
    gate.revoke_after_bytes = SEGMENT + 1
    with pytest.raises(Stopped) as stop:
        send(endpoint, connections=1)
    assert stop.value.remote_code == "TEST-0001"
    assert stop.value.remote_status == 409
    assert "授权已撤销" in stop.value.text("zh")
    assert sum(length for *_, length in gate.accepted) <= SEGMENT + MIB


def test_a_revocation_in_the_middle_of_a_piece_of_work_keeps_what_was_accepted(
    gate: FolderGate, endpoint: Endpoint, patience: Patience
) -> None:
    gate.revoke_after_bytes = 3 * MIB
    with Uploader(
        endpoint, "trf_1", token=TOKEN, segment_bytes=8 * MIB, connections=1, patience=patience
    ) as up:
        up.write(sample(8 * MIB))
        with pytest.raises(Stopped):
            up.finish()
    assert promise_of(gate.path("trf_1", 0)).offset == 3 * MIB


def test_a_wrong_token_stops_at_once(gate: FolderGate, endpoint: Endpoint, send: Send) -> None:
    with pytest.raises(Stopped) as stop:
        send(endpoint, token="other")
    assert (stop.value.remote_code, stop.value.remote_status) == ("BASE-0401", 401)
    assert not gate.folder.exists()


def test_a_segment_over_its_limit_is_refused(gate: FolderGate, endpoint: Endpoint, send: Send) -> None:
    gate.max_bytes = SEGMENT - 1
    with pytest.raises(Stopped) as stop:
        send(endpoint, DATA[:SEGMENT])
    assert stop.value.remote_code == "WIRE-0006"


def test_a_refusal_reaches_the_writer_before_its_segment_is_full(
    gate: FolderGate, endpoint: Endpoint, patience: Patience
) -> None:
    with Uploader(endpoint, "trf_1", token=TOKEN, segment_bytes=64 * MIB, patience=patience) as up:
        up.write(b"some")
        gate.revoked.set()
        up.cancel.wait(10)
        with pytest.raises(Stopped):
            up.write(b"more")


def test_what_a_slow_source_gave_is_not_held_back(
    gate: FolderGate, endpoint: Endpoint, patience: Patience, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feiyu.wire.uploader.FLUSH_S", 0.01)
    promised = threading.Event()

    def progress(now: Progress) -> None:
        if now.confirmed_bytes == 4:
            promised.set()

    with Uploader(
        endpoint, "trf_1", token=TOKEN, segment_bytes=MIB, patience=patience, progress=progress
    ) as up:
        up.write(b"some")
        assert promised.wait(10)
        up.write(b"more")
        up.finish([part_root(b"somemore")])


def test_progress_rises_to_the_whole(endpoint: Endpoint, send: Send) -> None:
    seen: list[Progress] = []
    send(endpoint, progress=seen.append)
    assert max(each.confirmed_bytes for each in seen) == len(DATA)
    assert max(each.sent_bytes for each in seen) == len(DATA)


def test_cancelling_stops_the_writer(endpoint: Endpoint, patience: Patience) -> None:
    cancel = threading.Event()
    up = Uploader(
        endpoint,
        "trf_1",
        token=TOKEN,
        segment_bytes=SEGMENT,
        patience=patience,
        pace=Pace(Wish.of(bytes_per_s=MIB)),
        cancel=cancel,
    )
    with up:
        up.write(DATA[:SEGMENT])
        cancel.set()
        with pytest.raises(Cancelled):
            up.write(DATA)


def test_a_bandwidth_limit_is_shared_by_the_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feiyu.wire.retry.monotonic_s", lambda: 100.0)

    class Recorder(threading.Event):
        waited: list[float] = []  # noqa: RUF012 (one test, one list)

        def wait(self, timeout: float | None = None) -> bool:
            self.waited.append(timeout or 0.0)
            return False

    throttle, cancel = Throttle(4 * MIB), Recorder()
    for _ in range(3):
        throttle.take(MIB, cancel)
    assert cancel.waited == [0.0, 0.25, 0.5]


def test_an_unreachable_server_is_named_after_all_tries(
    server: WireServer, endpoint: Endpoint, send: Send
) -> None:
    server.close()
    with pytest.raises(Unreachable) as failed:
        send(endpoint, DATA[:10], patience=Patience(tries=2, first_pause_s=0.01))
    assert str(endpoint.port) in failed.value.text("en")


def test_a_full_disk_is_said_and_waited_for(
    gate: FolderGate, endpoint: Endpoint, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The third write meets a full disk, with half a piece written; then there is space again."""
    real, calls = os.pwrite, []

    def pwrite(fd: int, data: memoryview, offset: int) -> int:
        calls.append(offset)
        if len(calls) == 3:
            return real(fd, data[: len(data) // 2], offset)
        if len(calls) == 4:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(fd, data, offset)

    monkeypatch.setattr(os, "pwrite", pwrite)
    send(endpoint, connections=1)
    assert stored(gate) == DATA


def test_a_disk_that_stays_full_ends_with_507(
    endpoint: Endpoint, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pwrite(_fd: int, _data: memoryview, _offset: int) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", pwrite)
    with pytest.raises(Stopped) as stop:
        send(endpoint, DATA[:10])
    assert (stop.value.remote_code, stop.value.remote_status) == ("WIRE-0009", 507)


def test_a_failed_sync_promises_nothing(
    gate: FolderGate, endpoint: Endpoint, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fdatasync(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", fdatasync)
        with pytest.raises(Stopped) as stop:
            send(endpoint, DATA[:5000])
    assert stop.value.remote_code == "WIRE-0010"
    assert promise_of(gate.path("trf_1", 0)).offset == 0
    assert 0 not in gate.completed
    send(endpoint, DATA[:5000])
    assert stored(gate, DATA[:5000]) == DATA[:5000]


def test_no_offset_is_promised_before_fdatasync(
    gate: FolderGate, endpoint: Endpoint, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, order = os.fdatasync, []

    def fdatasync(fd: int) -> None:
        order.append(Path(f"/proc/self/fd/{fd}").readlink().suffix)
        real(fd)

    monkeypatch.setattr(os, "fdatasync", fdatasync)
    told: list[list[str]] = []
    monkeypatch.setattr(gate, "segment_complete", lambda *_: told.append(list(order)))
    send(endpoint, DATA[:5000])
    assert told == [[".seg", ".log"]]


def test_a_server_that_was_closed_in_the_middle_keeps_what_it_had(
    tmp_path: Path, patience: Patience, limits: Limits
) -> None:
    gate = FolderGate(tmp_path)
    first = WireServer(gate, limits=limits).start()
    started = threading.Event()
    up = Uploader(
        Endpoint.of(first.url), "trf_1", token=TOKEN, segment_bytes=SEGMENT, connections=1, patience=patience,
        pace=Pace(Wish.of(bytes_per_s=20 * MIB)), progress=lambda _: started.set(),
    )  # fmt: skip
    with up:
        up.write(DATA[: 2 * SEGMENT])
        started.wait(5)
        first.close()
        with WireServer(gate, port=first.address[1], limits=limits):
            up.write(DATA[2 * SEGMENT :])
            sent = up.finish(ROOTS)
    assert len(sent) == 4
    assert stored(gate) == DATA


def test_outside_its_window_a_transfer_holds_no_connection(
    server: WireServer, endpoint: Endpoint, send: Send
) -> None:
    """The window opens after a moment: not a byte before, all of them after."""
    clock, started = FixedClock(datetime(2026, 11, 22, 13, 59, 59, tzinfo=UTC)), threading.Event()

    class Night(Pace):
        def wait_for_window(self, cancel: threading.Event) -> None:
            assert not server._open
            started.set()
            clock.advance(timedelta(seconds=2))
            super().wait_for_window(cancel)

    pace = Night(Wish.of(window="22:00-06:00"), clock=clock)
    sent = send(endpoint, DATA, pace=pace, connections=1)
    assert started.is_set()
    assert sum(segment.size_bytes for segment in sent) == len(DATA)


@pytest.mark.parametrize("journalled", [False, True])
@pytest.mark.parametrize("chunks", [0, 1, 3.5, 4, 9, 16.25])
@pytest.mark.parametrize("kind", ["intl", "gm", "age", "packed"])
def test_chunks_are_sealed_where_they_are_sent_from(
    gate: FolderGate, endpoint: Endpoint, patience: Patience, tmp_path: Path, kind: str, chunks: float, journalled: bool
) -> None:  # fmt: skip
    suite = SUITES.get(kind, SUITES["intl"])
    geometry = suite.geometry(chunk_bytes=BLOCK_BYTES, segment_bytes=4 * BLOCK_BYTES)
    plain = sample(BLOCK_BYTES) * int(chunks) + sample(int(chunks % 1 * BLOCK_BYTES))
    secret = TransferSecret.generate()

    def seal(emit: Callable[..., object], **options: object) -> bytes:
        sealer = sealer_of(secret, transfer_id="trf_1", suite=suite, geometry=geometry)
        if kind == "packed":
            options["packer"] = Packer()
        made = (PackingWriter if kind == "packed" else SealingWriter)(sealer, emit, **options)  # type: ignore[arg-type]
        made.write(bytearray(plain))
        return made.finish().cipher_root

    whole = bytearray()
    expected = seal(whole.extend, journal=None)
    with (
        Uploader(endpoint, "trf_1", token=TOKEN, segment_bytes=4 * BLOCK_BYTES, tree=suite.hash, patience=patience) as up,
        SealJournal(
            tmp_path / "journal", transfer_id="trf_1", packer=Packer().name if kind == "packed" else "none"
        ) as journal,
    ):  # fmt: skip
        root = seal(
            up.write, room=up.room, journal=journal if journalled else None, window_bytes=3 * BLOCK_BYTES
        )
        sent = up.finish()
    assert root == expected
    assert b"".join(gate.path("trf_1", part.no).read_bytes() for part in sent) == whole


def test_a_place_is_one_of_what_is_still_to_come(
    gate: FolderGate, endpoint: Endpoint, patience: Patience
) -> None:
    with Uploader(endpoint, "trf_1", token=TOKEN, segment_bytes=SEGMENT, patience=patience) as up:
        up.write(b"begun")
        place = up.room(3, 4)
        assert place is not None
        assert up.room(3, SEGMENT - 8) is not None
        assert up.room(3, SEGMENT - 7) is None
        place[:] = b"last"
        up.write(b"and")
        up.write(place)
        up.write(memoryview(b"!"))
        up.finish()
    assert gate.path("trf_1", 0).read_bytes() == b"begunandlast!"


def test_what_is_broken_off_before_its_first_byte_leaves_no_segment(
    gate: FolderGate, endpoint: Endpoint, patience: Patience
) -> None:
    def break_off() -> None:
        with Uploader(endpoint, "trf_1", token=TOKEN, segment_bytes=SEGMENT, patience=patience) as up:
            assert up.room(0, 16) is not None
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert not promise_of(gate.path("trf_1", 0)).complete
    assert gate.completed == {}
