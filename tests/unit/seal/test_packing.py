"""Packed content: comes back whole, is always shorter, tells a reader beforehand what it is, and never shows a nonce two plaintexts."""

import hashlib
import io
import os
import random
import tracemalloc
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feiyu.base.content import BLOCK_BYTES, part_root
from feiyu.base.zstd import ZstdCompressor, compress
from feiyu.seal import (
    GM,
    INTL,
    TAG_BYTES,
    Geometry,
    Opener,
    Packer,
    PackingWriter,
    ReceivedFile,
    Sealed,
    Sealer,
    SealingWriter,
    SealJournal,
    Suite,
    TransferSecret,
)
from feiyu.seal.errors import (
    BadPacking,
    BadResumeState,
    ContentMismatch,
    DiskFull,
    PackerChanged,
    SourceChanged,
)
from feiyu.seal.packing import COUNT, ENTRY, PAGE_BYTES, closing, least_saving, unpacked

SMALL = Geometry(chunk_bytes=BLOCK_BYTES, segment_bytes=4 * BLOCK_BYTES)
CHUNK = SMALL.chunk_bytes
SECRET = TransferSecret(bytes(range(32)), bytes(range(32, 64)))


def noise(size: int, seed: object = "noise") -> bytes:
    return hashlib.shake_128(repr(seed).encode()).digest(size)


@cache
def rows(seed: int) -> bytes:
    rng = random.Random(seed)
    return "".join(
        f"P-{rng.getrandbits(16):05d},{rng.getrandbits(6)},LG-0{seed}\n" for _ in range(9000)
    ).encode()


def table(size: int, seed: int = 1) -> bytes:
    """So many bytes of a table that packs well."""
    return (rows(seed) * (size // len(rows(seed)) + 1))[:size]


MIXED = noise(CHUNK + 9) + table(3 * CHUNK) + noise(2 * CHUNK) + table(CHUNK + 77)


class Level(Packer):
    """A packer of the same name that gives other bytes: what another version of the library would be."""

    def _frame(self, chunk: memoryview) -> bytes:
        return ZstdCompressor(level=9).compress(chunk, ZstdCompressor.FLUSH_FRAME)


def seal(
    plain: bytes, *, packer: Packer | None = None, suite: Suite = INTL, journal: SealJournal | None = None,
    emit: Callable[[bytes], object] | None = None,
) -> tuple[bytes, Sealed]:  # fmt: skip
    out = io.BytesIO()
    sealer = Sealer(
        SECRET, transfer_id="t", suite=suite, geometry=SMALL, sealed=journal.chunks if journal else ()
    )
    writer = PackingWriter(
        sealer, emit or out.write, packer=packer or Packer(), journal=journal, window_bytes=2 * CHUNK
    )
    for at in range(0, len(plain), 50_000):
        writer.write(plain[at : at + 50_000])
    sealed = writer.finish()
    return out.getvalue(), sealed


def opener(cipher: bytes, sealed: Sealed, suite: Suite = INTL) -> Opener:
    held = sealed.packing.size_bytes if sealed.packing else sealed.plain_bytes
    return Opener(
        SECRET, transfer_id="t", commitment=sealed.commitment, plain_bytes=held, trailer=cipher[held:], suite=suite,
        geometry=SMALL, content_bytes=sealed.plain_bytes if sealed.packing else None,
    )  # fmt: skip


def take(file: ReceivedFile, cipher: bytes) -> None:
    for no in file.missing():
        piece = cipher[no * CHUNK : (no + 1) * CHUNK]
        file.take(no * CHUNK, bytearray(piece) + bytes(CHUNK + TAG_BYTES - len(piece)), len(piece))


def receive(path: Path, cipher: bytes, sealed: Sealed, suite: Suite = INTL) -> bytes:
    with ReceivedFile(path, opener(cipher, sealed, suite), commitment=sealed.commitment) as file:
        take(file, cipher)
        return file.finish(sealed.plain_root).read_bytes()


def packed_of(cipher: bytes, sealed: Sealed) -> bytes:
    """What lies under the AEAD."""
    opening = opener(cipher, sealed)
    held = bytearray()
    for no in range(opening.chunks):
        body = bytearray(cipher[no * CHUNK : no * CHUNK + opening.size_of(no)]) + bytes(TAG_BYTES)
        held += opening.open(no, body, bytearray(CHUNK))
    return bytes(held)


PIECES = st.tuples(st.booleans(), st.integers(0, 2 * CHUNK), st.integers(0, 1))


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=5))
def test_any_content_comes_back_and_what_is_packed_is_shorter(pieces: list[tuple[bool, int, int]]) -> None:
    plain = b"".join(table(size, seed) if good else noise(size, seed) for good, size, seed in pieces)
    cipher, sealed = seal(plain)
    assert sealed.plain_root == part_root(plain, salt=SECRET.salt)
    assert sealed.cipher_root == part_root(cipher)
    assert (sealed.plain_bytes, sealed.cipher_bytes) == (len(plain), len(cipher))
    if sealed.packing is None:
        assert len(cipher) == SMALL.cipher_bytes(len(plain))
        return
    held = packed_of(cipher, sealed)
    assert len(held) == sealed.packing.size_bytes < len(plain)
    assert len(held) % PAGE_BYTES == 0
    assert b"".join(_unpacked(held, len(plain))) == plain


def test_the_two_suites_and_a_mix_arrive_as_files(tmp_path: Path) -> None:
    for suite in (INTL, GM):
        cipher, sealed = seal(MIXED, suite=suite)
        assert sealed.packing is not None
        assert receive(tmp_path / suite.id, cipher, sealed, suite) == MIXED
    assert sorted(one.name for one in tmp_path.iterdir()) == ["gm", "intl"]


def test_content_that_does_not_pack_is_sealed_as_if_nobody_had_tried() -> None:
    plain = noise(3 * CHUNK + 5)
    out = io.BytesIO()
    writer = SealingWriter(Sealer(SECRET, transfer_id="t", geometry=SMALL), out.write)
    writer.write(plain)
    sealed = writer.finish()
    assert seal(plain) == (out.getvalue(), sealed)


def test_a_chunk_is_packed_by_its_bytes_alone_and_only_when_it_pays() -> None:
    packer = Packer()
    good, bad = memoryview(table(1 << 20)), memoryview(noise(1 << 20))
    frames = [packer.pack(chunk) for chunk in (good, bad, good, memoryview(table(1 << 20, 2)), good)]
    assert frames[1] is None
    assert frames[0] == frames[2] == frames[4] == Packer().pack(good) == compress(good, level=1)
    for size in (0, 1, 8192, 8300):
        assert packer.pack(memoryview(bytes(size))) is None or size > 8192
    almost = memoryview(noise(CHUNK - least_saving(CHUNK)) + bytes(least_saving(CHUNK)))
    assert packer.pack(almost) is None


# ── the nonce rule ───────────────────────────────────────────────────────────────────────────────────────────────────


class Seen:
    """Watches an AEAD: which plaintext each nonce has seen, over all runs of a transfer."""

    def __init__(self) -> None:
        self.by_nonce: dict[bytes, set[bytes]] = {}

    def watch(self, sealer: Sealer) -> Sealer:
        real = sealer.keys.aead
        seen = self.by_nonce

        class Watched:
            def encrypt_into(self, nonce: bytes, data: bytes, aad: bytes, out: bytearray) -> int:
                seen.setdefault(nonce, set()).add(hashlib.sha256(bytes(data) + aad).digest())
                return real.encrypt_into(nonce, data, aad, out)

        sealer.keys.aead = Watched()  # type: ignore[assignment]
        return sealer


@pytest.mark.parametrize("stop", range(1, 9))
def test_a_killed_run_goes_on_to_the_same_bytes_and_another_packer_to_none(tmp_path: Path, stop: int) -> None:
    """Killed after ``stop`` chunks have left; then a library that packs otherwise; then the one that began it."""
    whole, sealed = seal(MIXED)
    seen = Seen()

    def run(packer: Packer, limit: int = 1 << 30) -> tuple[bytes, Sealed | None]:
        out: list[bytes] = []

        def emit(data: bytes) -> None:
            if len(out) >= limit:
                raise InterruptedError
            out.append(bytes(data))

        try:
            with SealJournal(tmp_path / "seals", transfer_id="t", packer=packer.name) as journal:
                sealer = seen.watch(Sealer(SECRET, transfer_id="t", geometry=SMALL, sealed=journal.chunks))
                writer = PackingWriter(sealer, emit, packer=packer, journal=journal, window_bytes=2 * CHUNK)
                writer.write(MIXED)
                ended = writer.finish()
                return b"".join(out), ended
        except (InterruptedError, SourceChanged):
            return b"".join(out), None

    first, _ = run(Packer(), stop)
    other, ended = run(Level())
    assert whole.startswith(first)
    assert stop <= 2 or (ended is None and whole.startswith(other))
    if ended is None:
        again, ended = run(Packer())
        assert (whole[: len(again)], ended) == (again, sealed)
    assert all(len(plaintexts) == 1 for plaintexts in seen.by_nonce.values())


def test_a_journal_of_another_packer_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    named, plain = tmp_path / "named", tmp_path / "plain"
    with SealJournal(named, transfer_id="t", packer="zstd 1.5.7 level 1") as journal:
        seal(MIXED, journal=journal)
    rows = named.read_bytes()
    for packer in ("none", "zstd 1.5.8 level 1", "zstd 1.5.7 level 19"):
        with pytest.raises(PackerChanged) as refused:
            SealJournal(named, transfer_id="t", packer=packer)
        assert "zstd 1.5.7 level 1" in refused.value.text("zh")
    with pytest.raises(BadResumeState):
        SealJournal(named, transfer_id="u", packer="zstd 1.5.7 level 1")
    assert named.read_bytes() == rows
    with SealJournal(plain, transfer_id="t"):
        pass
    with pytest.raises(PackerChanged):
        SealJournal(plain, transfer_id="t", packer="zstd 1.5.7 level 1")


@pytest.mark.parametrize("at", [0, CHUNK + 20, 3 * CHUNK, 5 * CHUNK, len(MIXED) - 1])
def test_a_changed_source_is_refused_wherever_it_changed(tmp_path: Path, at: int) -> None:
    with SealJournal(tmp_path / "seals", transfer_id="t", packer=Packer.name) as journal:
        whole, _ = seal(MIXED, journal=journal)
    changed = bytearray(MIXED)
    changed[at] ^= 1
    out = io.BytesIO()
    with (
        SealJournal(tmp_path / "seals", transfer_id="t", packer=Packer.name) as journal,
        pytest.raises(SourceChanged),
    ):
        seal(bytes(changed), journal=journal, emit=out.write)
    assert whole.startswith(out.getvalue())


# ── content that lies ────────────────────────────────────────────────────────────────────────────────────────────────

CONTENT = table(CHUNK, 7) + noise(CHUNK) + table(CHUNK + 9000, 8)
FRAMES = [compress(CONTENT[at : at + CHUNK], level=1) for at in (0, 2 * CHUNK)]
RAW = CONTENT[CHUNK : 2 * CHUNK]
REST = CONTENT[3 * CHUNK :]
ENTRIES = [(0, len(FRAMES[0])), (2, len(FRAMES[1]))]


def made(
    bodies: list[bytes] | None = None, entries: list[tuple[int, int]] | None = None, *, count: int | None = None,
    zeros: Callable[[bytes], bytes] = bytes,
) -> bytes:  # fmt: skip
    joined = b"".join([FRAMES[0], RAW, FRAMES[1], REST] if bodies is None else bodies)
    end = closing(
        len(joined), b"".join(ENTRY.pack(*one) for one in (ENTRIES if entries is None else entries))
    )
    if count is not None:
        end = end[: -COUNT.size] + COUNT.pack(count)
    return joined + zeros(end)


def _unpacked(held: bytes, size: int = len(CONTENT)) -> list[bytes]:
    read = lambda length, at: held[at : at + length] if at >= 0 else b""  # noqa: E731
    return list(unpacked(read, packed_bytes=len(held), content_bytes=size, geometry=SMALL))


def lying(frame: bytes, first: int = 0) -> bytes:
    """The content with another body in place of one frame, everything else in order."""
    bodies = [FRAMES[0], RAW, FRAMES[1], REST]
    bodies[first] = frame
    return made(bodies, [(0, len(bodies[0])), (2, len(bodies[2]))])


def wide(frame: bytes) -> bytes:
    """The frame with a window of 128 MiB: its size is no longer that of one segment."""
    assert frame[4] == 0x60
    return frame[:4] + b"\x40" + b"\x88" + frame[5:]


def test_what_is_made_by_hand_is_what_the_writer_makes() -> None:
    assert b"".join(_unpacked(made())) == CONTENT
    cipher, sealed = seal(CONTENT)
    assert packed_of(cipher, sealed) == made()


@pytest.mark.parametrize(
    ("held", "place"),
    [
        (made()[:-PAGE_BYTES], "count"),
        (made()[:-1], "count"),
        (made() + bytes(PAGE_BYTES), "count"),
        (made()[PAGE_BYTES:], "size"),
        (b"", "byte"),
        (bytes(PAGE_BYTES), "count"),
        (made(count=0), "count"),
        (made(count=3), "entries"),
        (made(count=4), "entries"),
        (made(count=5), "count"),
        (made(count=2**64 - 1), "count"),
        (made(entries=[]), "count"),
        (made(entries=ENTRIES[:1]), "size"),
        (made(entries=ENTRIES[::-1]), "entries"),
        (made(entries=[ENTRIES[0], ENTRIES[0]]), "entries"),
        (made(entries=[ENTRIES[0], (4, ENTRIES[1][1])]), "entries"),
        (made(entries=[ENTRIES[0], (2**63, 1)]), "entries"),
        (made(entries=[(0, 0), ENTRIES[1]]), "entries"),
        (made(entries=[(0, CHUNK), ENTRIES[1]]), "entries"),
        (made(entries=[(0, CHUNK - least_saving(CHUNK) + 1), ENTRIES[1]]), "entries"),
        (made(entries=[(0, ENTRIES[0][1] + PAGE_BYTES), ENTRIES[1]]), "size"),
        (made(entries=[(0, ENTRIES[0][1] - 1), ENTRIES[1]]), "zeros"),
        (made(entries=[ENTRIES[0], (1, ENTRIES[1][1])]), "chunk 1"),
        (made(zeros=lambda end: b"\x01" + end[1:]), "zeros"),
        (lying(FRAMES[0][:-1]), "chunk 0"),
        (lying(FRAMES[0] + b"\x00"), "chunk 0"),
        (lying(FRAMES[0][:-9]), "chunk 0"),
        (lying(b"\x00" * 100), "chunk 0"),
        (lying(noise(1000)), "chunk 0"),
        (lying(compress(CONTENT[: CHUNK - 1], level=1)), "chunk 0"),
        (lying(compress(CONTENT[: CHUNK + 1], level=1)), "chunk 0"),
        (lying(compress(b"", level=1)), "chunk 0"),
        (lying(compress(bytes(CHUNK // 2), level=1) * 2), "chunk 0"),
        (lying(FRAMES[0] + compress(b"", level=1)), "chunk 0"),
        (lying(b"\x50\x2a\x4d\x18\x04\x00\x00\x00skip" + FRAMES[0]), "chunk 0"),
        (lying(wide(compress(bytes(CHUNK - 256), level=1))), "chunk 0"),
        (lying(compress(bytes(64 << 20), level=19), 2), "chunk 2"),
    ],
)  # fmt: skip
def test_packed_content_that_lies_is_refused_where_it_lies(held: bytes, place: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(BadPacking) as refused:
            _unpacked(held)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert str(refused.value.values["place"]).startswith(place), refused.value.text("en")
    assert peak < 4 * CHUNK + 3 * len(held)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_packed_content_is_a_fault(data: st.DataObject) -> None:
    """Altered anywhere, it gives chunks of the right sizes or a refusal; never more, never another error."""
    held = bytearray(made())
    for _ in range(data.draw(st.integers(1, 3))):
        tail = data.draw(st.booleans())
        at = data.draw(st.integers(len(held) - 60, len(held) - 1) if tail else st.integers(0, len(held) - 1))
        held[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.sampled_from([0, 0, 0, 1, PAGE_BYTES]))
    try:
        chunks = _unpacked(bytes(held[: len(held) - cut]))
    except BadPacking:
        return
    assert [len(chunk) for chunk in chunks] == [CHUNK, CHUNK, CHUNK, 9000]


# ── where it arrives ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_whole_that_is_another_or_no_packed_content_leaves_nothing(tmp_path: Path) -> None:
    cipher, sealed = seal(MIXED)
    with ReceivedFile(tmp_path / "o", opener(cipher, sealed), commitment=sealed.commitment) as file:
        take(file, cipher)
        with pytest.raises(ContentMismatch):
            file.finish(bytes(32))
    assert list(tmp_path.iterdir()) == []
    opening = opener(cipher, sealed)
    opening.content_bytes = len(MIXED) + CHUNK
    with ReceivedFile(tmp_path / "o", opening, commitment=sealed.commitment) as file:
        take(file, cipher)
        with pytest.raises(BadPacking):
            file.finish(sealed.plain_root)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_or_a_kill_while_unpacking_costs_no_byte_that_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cipher, sealed = seal(MIXED)
    path, real = tmp_path / "o", os.pwrite

    def full(fd: int, data: bytes, at: int) -> int:
        if at >= 3 * CHUNK:
            raise OSError(28, "No space left on device")
        return real(fd, data, at)

    with ReceivedFile(path, opener(cipher, sealed), commitment=sealed.commitment) as file:
        take(file, cipher)
        file._sync()
        with monkeypatch.context() as patch:
            patch.setattr(os, "pwrite", full)
            with pytest.raises(DiskFull):
                file.finish(sealed.plain_root)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["o.part", "o.part.log"]
    (tmp_path / "o.unpacked").write_bytes(b"of a run that was killed")
    with ReceivedFile(path, opener(cipher, sealed), commitment=sealed.commitment) as file:
        assert file.missing() == []
        assert file.finish(sealed.plain_root).read_bytes() == MIXED
    assert [one.name for one in tmp_path.iterdir()] == ["o"]
    assert path.stat().st_mode & 0o077 == 0


def test_who_sees_the_ciphertext_sees_its_size_in_pages_alone() -> None:
    """Contents of one length that differ by a little cross in the same number of bytes."""
    sizes = [seal(table(6 * CHUNK, seed))[1].cipher_bytes for seed in range(6)]
    assert all((a - b) % PAGE_BYTES == 0 for a, b in pairwise(sizes))
    assert len(set(sizes)) <= 2
