"""A sealed transfer under every fault that a line, a disk, a peer or a liar can make; counts what was lost, doubled, believed.

    python -m tests.faults.transfer_campaign [en|zh]        prints the table that stands in the docs

Each attempt is a whole transfer of its own: seal, send, store, fetch, open, compare. Small sizes, so that every place is
tried: 3 segments of 4 chunks of 64 KiB.
"""

import hashlib
import json
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from feiyu.base.content import BLOCK_BYTES, ContentTree
from feiyu.base.errors import FeiyuError
from feiyu.base.persons import Three
from feiyu.base.text import Text
from feiyu.seal import (
    SUITES,
    TAG_BYTES,
    Geometry,
    Manifest,
    Opener,
    Packer,
    PackingWriter,
    Persons,
    ReceivedFile,
    RecipientKey,
    Sealed,
    SealingWriter,
    SealJournal,
    Suite,
    TransferSecret,
    Wrap,
    sealer_of,
    wrap,
)
from feiyu.seal.age import NONCE_BYTES
from feiyu.testing.breaker import Breaker
from feiyu.testing.wire import TOKEN, FolderGate
from feiyu.wire import Downloader, Endpoint, Limits, Patience, Uploader, WantedSegment, WireServer
from feiyu.wire.errors import DigestMismatch
from feiyu_sdk.age_file import fetch_age, open_age

CUT = Geometry(chunk_bytes=BLOCK_BYTES, segment_bytes=4 * BLOCK_BYTES)
AGE_KEY = RecipientKey.generate("age-X25519")
SECRET = TransferSecret(bytes(range(32)), bytes(range(32, 64)))
PLAIN = hashlib.shake_128(b"campaign").digest(9 * BLOCK_BYTES + 12_345)
PACKABLE = b"".join(
    PLAIN[at : at + BLOCK_BYTES] + b"some words " * (BLOCK_BYTES // 11)
    for at in range(0, len(PLAIN), BLOCK_BYTES)
)
"""Between chunks that stay as they are, some that pack well."""
QUICK = Limits(stall_s=0.3, settle_s=0.3, linger_s=0.2, piece_timeout_s=2.0)
A_RESTART = Patience(
    tries=600, first_pause_s=0.02, longest_pause_s=0.1, answer_timeout_s=30, connect_timeout_s=5
)
PATIENCE = Patience(
    tries=8, first_pause_s=0.005, longest_pause_s=0.05, answer_timeout_s=5, connect_timeout_s=2
)


@dataclass
class Row:
    """One kind of fault: how often it was tried, what refusals were met, and what must be zero."""

    name: Text
    tried: int = 0
    named: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    doubled: int = 0
    believed: int = 0

    @property
    def clean(self) -> bool:
        """Nothing lost, nothing doubled, nothing false believed."""
        return self.tried > 0 and not (self.lost or self.doubled or self.believed)


def cut(suite: Suite) -> Geometry:
    """How a suite's transfers are cut here."""
    return suite.geometry(chunk_bytes=CUT.chunk_bytes, segment_bytes=CUT.segment_bytes)


def manifest_of(sealed: Sealed, suite: Suite, transfer_id: str) -> Manifest:
    """What the edge would state of it."""
    none = Three(lower=0, counted=0, upper=0)
    said = dict.fromkeys(
        ("grant_id", "basis_id", "flow_id", "exporter", "recipient", "recipient_key_id", "edge_key_id"), "x"
    )
    return Manifest.of_sealed(
        sealed, geometry=cut(suite), transfer_id=transfer_id, **said, suite=suite.id, fields=(("a", "text"),), stripped=(),
        rows=1, persons=Persons(lower=0, counted=0, upper=0, sensitive=none), evidence_level="S", content_format="csv",
        created_at="2026-11-22T09:00:00.000Z",
    )  # fmt: skip


def age_wrap(transfer_id: str) -> Wrap:
    """The secret as an age header."""
    return wrap(
        SECRET, AGE_KEY.public, transfer_id=transfer_id, pinned_key_id=AGE_KEY.key_id, suite=SUITES["age"]
    )


def seal(
    transfer_id: str,
    emit: Callable[[bytes], object],
    *,
    suite: Suite,
    plain: bytes = PLAIN,
    journal: SealJournal | None = None,
    packer: Packer | None = None,
    room: Callable[[int, int], memoryview | None] | None = None,
) -> Sealed:
    known = journal.chunks if journal else ()
    sealer = sealer_of(SECRET, transfer_id=transfer_id, suite=suite, geometry=cut(suite), sealed=known)
    writer = (
        PackingWriter(sealer, emit, packer=packer, journal=journal, room=room)
        if packer
        else SealingWriter(sealer, emit, journal=journal, room=room)
    )
    writer.write(plain)
    return writer.finish()


def send(
    endpoint: Endpoint, transfer_id: str, *, suite: Suite, connections: int = 2, patience: Patience = PATIENCE,
    plain: bytes = PLAIN, packer: Packer | None = None,
) -> Sealed:  # fmt: skip
    with Uploader(
        endpoint, transfer_id, token=TOKEN, segment_bytes=CUT.segment_bytes, connections=connections, patience=patience,
        tree=suite.hash,
    ) as up:  # fmt: skip
        sealed = seal(transfer_id, up.write, suite=suite, plain=plain, packer=packer, room=up.room)
        up.finish([segment.root for segment in sealed.segments])
    return sealed


def fetch(
    endpoint: Endpoint, transfer_id: str, sealed: Sealed, path: Path, *, suite: Suite, row: Row | None = None
) -> bytes:
    """As a recipient does; every byte that comes to the sink is counted once."""
    down = Downloader(endpoint, transfer_id, token=TOKEN, patience=PATIENCE)
    if suite.id == "age":
        made = manifest_of(sealed, suite, transfer_id)
        return fetch_age(down, made, age_wrap(transfer_id), AGE_KEY, path).read_bytes()
    lies = sealed.packing.size_bytes if sealed.packing else sealed.plain_bytes
    trailer = down.read_range(lies, sealed.cipher_bytes, segment_bytes=CUT.segment_bytes)
    opener = Opener(
        SECRET, transfer_id=transfer_id, commitment=sealed.commitment, plain_bytes=lies, trailer=trailer,
        suite=suite, geometry=CUT, content_bytes=sealed.plain_bytes if sealed.packing else None,
    )  # fmt: skip
    with ReceivedFile(path, opener, commitment=sealed.commitment) as file:
        missing = {no * CUT.chunk_bytes // CUT.segment_bytes for no in file.missing()}

        def work(segment: WantedSegment) -> None:
            tree, seen = ContentTree(name=suite.hash), 0
            held = bytearray()

            def sink(at: int, view: memoryview) -> None:
                nonlocal seen
                if at != seen and row is not None:
                    row.doubled += 1
                seen += len(view)
                held.extend(view)
                tree.update(view)

            down.read_segment(segment.no, segment.size_bytes, sink)
            if tree.root() != segment.root:
                raise DigestMismatch(segment=segment.no)
            for at in range(0, len(held), CUT.chunk_bytes):
                piece = held[at : at + CUT.chunk_bytes]
                file.take(
                    segment.no * CUT.segment_bytes + at, bytearray(piece) + bytearray(TAG_BYTES), len(piece)
                )

        wanted = [
            WantedSegment(no=s.no, size_bytes=s.size_bytes, root=s.root, tree=suite.hash)
            for s in sealed.segments if s.no in missing
        ]  # fmt: skip
        down.each(wanted, work)
        return file.finish(sealed.plain_root).read_bytes()


def places(size: int, step: int) -> list[int]:
    """Every percent (or n-th), and around every edge of a segment."""
    percents = [size * percent // 100 for percent in range(0, 100, step)]
    edges = [at + by for at in range(0, size, CUT.segment_bytes) for by in (-1, 0, 1)]
    return sorted({max(1, at) for at in (*percents, *edges, size - 1)})


@contextmanager
def port(folder: Path) -> Iterator[WireServer]:
    with WireServer(FolderGate(folder), limits=QUICK) as server:
        yield server


def told(suite: Suite, *, packed: bool) -> Text:
    """What a row is of."""
    return Text(f"{suite.id}，打包" if packed else suite.id, f"{suite.id}, packed" if packed else suite.id)


def content(*, packed: bool) -> tuple[bytes, Packer | None]:
    """What is sent, and what packs it."""
    return (PACKABLE, Packer()) if packed else (PLAIN, None)


def drops(folder: Path, suite: Suite, step: int, *, packed: bool = False) -> Iterator[Row]:
    """The line breaks on the way to the port, and on the way from it."""
    of, (plain, packer) = told(suite, packed=packed), content(packed=packed)
    up = Row(Text(f"连接在上传途中断开（{of.zh}）", f"the line drops while sending ({of.en})"))
    down = Row(Text(f"连接在取回途中断开（{of.zh}）", f"the line drops while fetching ({of.en})"))
    size = seal("size", lambda _: None, suite=suite, plain=plain, packer=packer).cipher_bytes
    with port(folder / "store") as server:
        for n, at in enumerate(places(size, step)):
            breaker, ident = Breaker(server.address), f"u{n}"
            breaker.cuts_up = [at, at // 2 + 1]
            sealed = send(breaker.endpoint, ident, suite=suite, connections=1, plain=plain, packer=packer)
            breaker.close()
            up.tried += 1
            up.lost += fetch(Endpoint.of(server.url), ident, sealed, folder / ident, suite=suite) != plain
            stored = sum(path.stat().st_size for path in (folder / "store" / ident).glob("*.seg"))
            up.doubled += stored != size
            breaker = Breaker(server.address)
            breaker.cuts_down = [size + 10_000, at, at // 2 + 1]
            down.lost += (
                fetch(breaker.endpoint, ident, sealed, folder / f"d{n}", suite=suite, row=down) != plain
            )
            breaker.close()
            down.tried += 1
            (folder / ident).unlink()
            (folder / f"d{n}").unlink()
            shutil.rmtree(folder / "store" / ident)
    yield up
    yield down


def restarts(folder: Path, suite: Suite, step: int) -> Iterator[Row]:
    """The port's process is killed in the middle and comes back at the same address."""
    row = Row(Text("数据港进程在途中被强制终止后重启", "the port is killed in the middle and comes back"))
    size = CUT.cipher_bytes(len(PLAIN))
    for n, percent in enumerate(range(5, 100, step)):
        store, ident = folder / "killed", f"k{n}"
        with process(store) as (first, address):
            reached = threading.Event()
            breaker = Breaker(address)
            sealed: list[Sealed] = []
            sender = threading.Thread(
                target=lambda e=breaker.endpoint, i=ident, s=sealed: s.append(
                    send(e, i, suite=suite, patience=A_RESTART)
                ),
                daemon=True,
            )
            sender.start()
            while breaker.up_bytes < size * percent // 100 and sender.is_alive():
                reached.wait(0.0005)
            first.send_signal(signal.SIGKILL)
            first.wait()
            with process(store) as (_, again):
                breaker.to = again
                sender.join(90)
                row.tried += 1
                row.lost += (
                    not sealed
                    or fetch(breaker.endpoint, ident, sealed[0], folder / ident, suite=suite) != PLAIN
                )
            breaker.close()
    yield row


@contextmanager
def process(
    folder: Path, *, limit_bytes: int | None = None
) -> Iterator[tuple[subprocess.Popen[str], tuple[str, int]]]:
    """The port as a process of its own; ``limit_bytes``: no file of it may grow beyond, as on a full disk."""

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes or 0, resource.RLIM_INFINITY))

    command = [sys.executable, "-m", "feiyu.testing.wire", str(folder), "65536"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        preexec_fn=full if limit_bytes is not None else None,  # noqa: PLW1509 (one thread at this moment)
    ) as running:  # fmt: skip
        assert running.stdout
        try:
            yield running, ("127.0.0.1", int(running.stdout.readline()))
        finally:
            running.kill()


def full_disks(folder: Path, suite: Suite, step: int) -> Iterator[Row]:
    """No space at the port, then none at the recipient; each time there is space again later."""
    at_port = Row(Text("数据港磁盘已满，腾出空间后续传", "the port's disk is full, later it has space again"))
    for n, kib in enumerate(range(1, 256, 5 * step)):
        ident = f"f{n}"
        with process(folder / "full", limit_bytes=kib << 10) as (_, address):
            at_port.tried += 1
            try:
                send(Endpoint(host=address[0], port=address[1]), ident, suite=suite)
                at_port.believed += 1
            except FeiyuError as refusal:
                at_port.named[getattr(refusal, "remote_code", "") or refusal.code] += 1
        with process(folder / "full") as (_, address):
            endpoint = Endpoint(host=address[0], port=address[1])
            sealed = send(endpoint, ident, suite=suite)
            at_port.lost += fetch(endpoint, ident, sealed, folder / ident, suite=suite) != PLAIN
    yield at_port
    at_home = Row(
        Text("接收方磁盘已满，腾出空间后续取", "the recipient's disk is full, later it has space again")
    )
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with port(folder / "store2") as server:
        endpoint = Endpoint.of(server.url)
        sealed = send(endpoint, "h", suite=suite)
        for n, kib in enumerate(range(1, len(PLAIN) >> 10, 20 * step)):
            path = folder / f"h{n}"
            at_home.tried += 1
            resource.setrlimit(resource.RLIMIT_FSIZE, (kib << 10, old[1]))
            try:
                fetch(endpoint, "h", sealed, path, suite=suite)
                at_home.believed += 1
            except FeiyuError as refusal:
                at_home.named[refusal.code] += 1
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, old)
            at_home.believed += path.exists()
            at_home.lost += fetch(endpoint, "h", sealed, path, suite=suite) != PLAIN
    signal.signal(signal.SIGXFSZ, before)
    yield at_home


def writers(folder: Path, suite: Suite) -> Iterator[Row]:
    """Two senders at one upload: of the same content (a restart that overlaps), and of another."""
    row = Row(Text("同一上传有两个写入方", "two writers on one upload"))
    with port(folder / "store3") as server:
        for n in range(10):
            ident, ends = f"w{n}", list[Sealed | FeiyuError]()

            def one(ident: str = ident, ends: list[Sealed | FeiyuError] = ends) -> None:
                try:
                    ends.append(send(Endpoint.of(server.url), ident, suite=suite))
                except FeiyuError as refusal:
                    ends.append(refusal)

            both = [threading.Thread(target=one) for _ in range(2)]
            for each in both:
                each.start()
            for each in both:
                each.join()
            row.tried += 1
            done = [end for end in ends if isinstance(end, Sealed)]
            row.named.update(
                getattr(end, "remote_code", "") or end.code for end in ends if isinstance(end, FeiyuError)
            )
            row.lost += (
                not done
                or fetch(Endpoint.of(server.url), ident, done[0], folder / ident, suite=suite) != PLAIN
            )
    yield row


def changed_sources(folder: Path, suite: Suite) -> Iterator[Row]:
    """The source is another one after a crash; nothing of it may leave."""
    row = Row(Text("续传前数据源已改变", "the source changed before the resume"))
    for at in range(0, len(PLAIN), len(PLAIN) // 40):
        path, left = folder / f"journal{at}", list[bytes]()
        with SealJournal(path, transfer_id="c") as journal:
            seal("c", lambda _: None, suite=suite, journal=journal)
        other = PLAIN[:at] + bytes([PLAIN[at] ^ 1]) + PLAIN[at + 1 :]
        row.tried += 1
        with SealJournal(path, transfer_id="c") as journal:
            try:
                seal(
                    "c",
                    lambda data, left=left: left.append(bytes(data)),
                    suite=suite,
                    plain=other,
                    journal=journal,
                )
                row.believed += 1
            except FeiyuError as refusal:
                row.named[refusal.code] += 1
        honest = list[bytes]()
        seal("c", lambda data, honest=honest: honest.append(bytes(data)), suite=suite)
        row.believed += not b"".join(honest).startswith(b"".join(left))
        path.unlink()
    yield row


def altered_chunks(folder: Path, suite: Suite, *, packed: bool = False) -> Iterator[Row]:
    """Ciphertext that somebody with write access to the port's disk has exchanged, behind a manifest that is right."""
    of, (plain, packer) = told(suite, packed=packed), content(packed=packed)
    row = Row(Text(f"分片被改动、调换、截断、续长或取自其他批次（{of.zh}）",
                   f"chunks altered, swapped, truncated, extended, or from another transfer ({of.en})"))  # fmt: skip
    whole, other = bytearray(), bytearray()
    sealed = seal("a", whole.extend, suite=suite, plain=plain, packer=packer)
    seal("b", other.extend, suite=suite, plain=plain, packer=packer)
    assert bool(sealed.packing) == packed
    begin, step = (NONCE_BYTES, CUT.chunk_bytes + TAG_BYTES) if suite.id == "age" else (0, CUT.chunk_bytes)
    n, chunks = len(whole), len(whole) // step
    cut_off = bytes(whole[: begin + chunks * step])
    false = [
        bytes(other),
        bytes(whole[:-1]),
        bytes(whole + b"\0"),
        bytes(whole[step:] + whole[:step]),
        cut_off,
    ]
    false += [bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]) for at in range(0, n, n // 60)]
    for no in range(chunks - 1):
        a, b = begin + no * step, begin + (no + 1) * step
        false.append(bytes(whole[:a] + whole[b : b + step] + whole[a:b] + whole[b + step :]))
        false.append(bytes(whole[:a] + other[a:b] + whole[b:]))
    for n_, one in enumerate(false):
        row.tried += 1
        path = folder / f"altered-{suite.id}-{packed}-{n_}"
        try:
            open_all(one, sealed, path, suite=suite)
            row.believed += 1
        except FeiyuError as refusal:
            row.named[refusal.code] += 1
        row.believed += path.exists() or (suite.id == "age" and path.with_name(f"{path.name}.part").exists())
    yield row


def open_all(held: bytes, sealed: Sealed, path: Path, *, suite: Suite) -> None:
    """Open without the segments' roots: the tags and the plaintext's root (with age, its size) alone must do."""
    if suite.id == "age":
        segment = path.with_suffix(".segment")
        segment.write_bytes(held)
        open_age([segment], manifest_of(sealed, suite, "a"), age_wrap("a"), AGE_KEY, path)
        return
    lies = sealed.packing.size_bytes if sealed.packing else sealed.plain_bytes
    opener = Opener(
        SECRET, transfer_id="a", commitment=sealed.commitment, plain_bytes=lies, trailer=held[lies:], suite=suite,
        geometry=CUT, content_bytes=sealed.plain_bytes if sealed.packing else None,
    )  # fmt: skip
    with ReceivedFile(path, opener, commitment=sealed.commitment) as file:
        for at in range(0, lies, CUT.chunk_bytes):
            piece = held[at : min(at + CUT.chunk_bytes, lies)]
            file.take(at, bytearray(piece) + bytearray(TAG_BYTES), len(piece))
        file.finish(sealed.plain_root)


def lying_manifests(suite: Suite) -> Iterator[Row]:
    """Every number, root and list of a manifest, told otherwise."""
    row = Row(Text("清单谎报大小、分片、分段或根", "a manifest lies about sizes, chunks, segments or roots"))
    sealed = seal("a", lambda _: None, suite=suite)
    true = manifest_of(sealed, suite, "x")
    read = json.loads(true.to_bytes())
    lies: list[dict[str, object]] = [
        {name: value}
        for name in ("plain_size", "cipher_size", "chunk_size", "segment_size", "block_size")
        for value in (0, 1, read[name] - 1, read[name] + 1, read[name] * 2, 1 << 49, -1, "1", None, 1.5)
    ]
    parts = read["segments"]
    lies += [{"segments": other} for other in (
        [], parts[:-1], [*parts, parts[-1]], parts[::-1], [{**parts[0], "no": 1}, *parts[1:]],
        [{**parts[0], "size": parts[0]["size"] + 1}, *parts[1:]], [{**parts[0], "root": parts[1]["root"]}, *parts[1:]],
        "all", None,
    )]  # fmt: skip
    lies += [
        {"cipher_root": read["key_commitment"]},
        {"suite": "rot13"},
        {"key_commitment": "AA=="},
        {"more": 1},
    ]
    for lie in lies:
        row.tried += 1
        try:
            Manifest.from_bytes(json.dumps({**read, **lie}, separators=(",", ":"), sort_keys=True).encode())
            row.believed += 1
        except FeiyuError as refusal:
            row.named[refusal.code] += 1
    assert Manifest.from_bytes(true.to_bytes()) == replace(true)
    yield row


def campaign(folder: Path, *, step: int = 1) -> list[Row]:
    """Everything; ``step`` thins it out."""
    intl = SUITES["intl"]
    rows: list[Row] = []
    for suite in (SUITES["intl"], SUITES["gm"], SUITES["age"]):
        rows += drops(folder, suite, step)
    rows += drops(folder, intl, step, packed=True)
    rows += restarts(folder, intl, 5 * step)
    rows += full_disks(folder, intl, step)
    rows += writers(folder, intl)
    rows += changed_sources(folder, intl)
    for suite in (SUITES["intl"], SUITES["gm"], SUITES["age"]):
        rows += altered_chunks(folder, suite)
    rows += altered_chunks(folder, intl, packed=True)
    rows += lying_manifests(intl)
    return rows


def table(rows: list[Row], lang: str) -> str:
    """The table of the docs."""
    heads = {
        "en": ("fault", "tried", "named as", "lost", "doubled", "silently accepted"),
        "zh": ("故障", "次数", "报错代码", "丢失", "重复", "被误认"),
    }[lang]
    lines = ["| " + " | ".join(heads) + " |", "|---|---:|---|---:|---:|---:|"]
    for row in rows:
        named = ", ".join(f"`{code}` {count}" for code, count in sorted(row.named.items())) or "—"
        lines.append(
            f"| {row.name[lang]} | {row.tried} | {named} | {row.lost} | {row.doubled} | {row.believed} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        found = campaign(Path(made))
    for wanted in sys.argv[1:] or ["en"]:
        print(table(found, wanted))
    sys.exit(not all(row.clean for row in found))
