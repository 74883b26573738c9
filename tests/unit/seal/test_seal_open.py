"""Seal and open: what was sealed comes back, and nothing else does."""

import errno
import hashlib
import hmac
import io
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from feiyu.base.content import BLOCK_BYTES, part_root
from feiyu.seal import (
    TAG_BYTES,
    Geometry,
    Opener,
    Sealed,
    SealedChunk,
    Sealer,
    SealingWriter,
    SealJournal,
    TransferSecret,
)
from feiyu.seal.errors import (
    BadChunk,
    BadManifest,
    BadResumeState,
    ContentMismatch,
    DiskFull,
    SourceChanged,
    UnknownSuite,
    WrongKey,
)
from feiyu.seal.suites import suite_of

SMALL = Geometry(chunk_bytes=BLOCK_BYTES, segment_bytes=4 * BLOCK_BYTES)
SECRET = TransferSecret(bytes(range(32)), bytes(range(32, 64)))
CHUNK = SMALL.chunk_bytes
ID = "trf_01"


def sample(size: int) -> bytes:
    return hashlib.shake_128(size.to_bytes(8)).digest(size)


def seal(plain: bytes, *, secret: TransferSecret = SECRET, transfer_id: str = ID) -> tuple[bytes, Sealed]:
    out = io.BytesIO()
    writer = SealingWriter(Sealer(secret, transfer_id=transfer_id, geometry=SMALL), out.write)
    writer.write(plain)
    sealed = writer.finish()
    return out.getvalue(), sealed


def opener(
    cipher: bytes, sealed: Sealed, *, secret: TransferSecret = SECRET, transfer_id: str = ID
) -> Opener:
    return Opener(
        secret,
        transfer_id=transfer_id,
        commitment=sealed.commitment,
        plain_bytes=sealed.plain_bytes,
        trailer=cipher[sealed.plain_bytes :],
        geometry=SMALL,
    )


def open_all(cipher: bytes, sealed: Sealed, opening: Opener | None = None) -> bytes:
    opening = opening or opener(cipher, sealed)
    plain = bytearray()
    for no in range(opening.chunks):
        body = bytearray(cipher[no * CHUNK : no * CHUNK + opening.size_of(no)]) + bytes(TAG_BYTES)
        plain += opening.open(no, body, bytearray(CHUNK))
    opening.finish(sealed.plain_root)
    return bytes(plain)


EDGES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 4 * CHUNK - 64, 4 * CHUNK - 1, 4 * CHUNK, 9 * CHUNK + 5]


@pytest.mark.parametrize("size", EDGES)
def test_comes_back_whole_with_both_roots(size: int) -> None:
    plain = sample(size)
    cipher, sealed = seal(plain)
    assert open_all(cipher, sealed) == plain
    assert sealed.plain_root == part_root(plain, salt=SECRET.salt)
    assert sealed.cipher_root == part_root(cipher)
    assert sealed.cipher_bytes == len(cipher) == SMALL.cipher_bytes(size)


@pytest.mark.parametrize("size", EDGES)
def test_segments_are_subtrees_of_the_ciphertext(size: int) -> None:
    cipher, sealed = seal(sample(size))
    at = 0
    for segment in sealed.segments:
        assert part_root(cipher[at : at + segment.size_bytes]) == segment.root
        at += segment.size_bytes
    assert at == len(cipher)
    assert all(segment.size_bytes == SMALL.segment_bytes for segment in sealed.segments[:-1])


@given(sizes=st.lists(st.integers(0, 2 * CHUNK), max_size=5))
def test_ciphertext_does_not_depend_on_how_it_was_written(sizes: list[int]) -> None:
    plain = sample(sum(sizes))
    out = io.BytesIO()
    writer = SealingWriter(Sealer(SECRET, transfer_id=ID, geometry=SMALL), out.write)
    at = 0
    for size in sizes:
        assert writer.write(plain[at : at + size]) == size
        at += size
    assert writer.finish() == seal(plain)[1]
    assert out.getvalue() == seal(plain)[0]


def test_plaintext_root_says_nothing_without_the_salt() -> None:
    plain = b"110101199003070011"
    assert seal(plain)[1].plain_root != part_root(plain)
    assert seal(plain)[1].plain_root != seal(plain, secret=TransferSecret(bytes(32), bytes(32)))[1].plain_root


@pytest.mark.parametrize("bit", [0, 8 * CHUNK - 1, 8 * CHUNK * 2 + 77])
def test_a_flipped_bit_is_named(bit: int) -> None:
    cipher, sealed = seal(sample(3 * CHUNK))
    bad = bytearray(cipher)
    bad[bit // 8] ^= 1 << bit % 8
    with pytest.raises(BadChunk) as refused:
        open_all(bytes(bad), sealed)
    assert refused.value.values["chunk"] == bit // 8 // CHUNK


def test_a_flipped_bit_in_a_tag_is_named() -> None:
    cipher, sealed = seal(sample(3 * CHUNK))
    bad = bytearray(cipher)
    bad[3 * CHUNK + TAG_BYTES + 3] ^= 1
    with pytest.raises(BadChunk) as refused:
        open_all(bytes(bad), sealed)
    assert refused.value.values["chunk"] == 1


def test_swapped_chunks_do_not_open_even_with_their_tags() -> None:
    cipher, sealed = seal(sample(3 * CHUNK))
    tags = cipher[3 * CHUNK :]
    swapped = cipher[CHUNK : 2 * CHUNK] + cipher[:CHUNK] + cipher[2 * CHUNK : 3 * CHUNK]
    with pytest.raises(BadChunk):
        open_all(swapped + tags[16:32] + tags[:16] + tags[32:], sealed)


def test_a_chunk_replayed_from_another_transfer_does_not_open() -> None:
    plain = sample(2 * CHUNK)
    cipher, sealed = seal(plain)
    other, _ = seal(plain, transfer_id="trf_02")
    mixed = (
        other[:CHUNK]
        + cipher[CHUNK : 2 * CHUNK]
        + other[2 * CHUNK : 2 * CHUNK + 16]
        + cipher[2 * CHUNK + 16 :]
    )
    with pytest.raises(BadChunk):
        open_all(mixed, sealed)


def test_a_shortened_content_does_not_open() -> None:
    """The chunk that stood before the end says that it is not the last."""
    cipher, sealed = seal(sample(3 * CHUNK))
    shorter = cipher[: 2 * CHUNK] + cipher[3 * CHUNK : 3 * CHUNK + 32]
    opening = Opener(
        SECRET, transfer_id=ID, commitment=sealed.commitment, plain_bytes=2 * CHUNK, trailer=shorter[2 * CHUNK :],
        geometry=SMALL,
    )  # fmt: skip
    with pytest.raises(BadChunk) as refused:
        open_all(shorter, sealed, opening)
    assert refused.value.values["chunk"] == 1


def test_an_extended_content_does_not_open() -> None:
    cipher, sealed = seal(sample(2 * CHUNK))
    with pytest.raises(ContentMismatch):
        Opener(
            SECRET, transfer_id=ID, commitment=sealed.commitment, plain_bytes=2 * CHUNK,
            trailer=cipher[2 * CHUNK :] + bytes(16), geometry=SMALL,
        )  # fmt: skip
    opening = opener(cipher, sealed)
    for no in (2, -1):
        with pytest.raises(BadChunk, match="there are 2 chunks"):
            opening.open(no, bytearray(CHUNK + 16), bytearray(CHUNK))
    for size in (CHUNK + 17, CHUNK + 15):
        with pytest.raises(BadChunk, match=f"{size - 16} bytes instead of {CHUNK}"):
            opening.open(0, bytearray(size), bytearray(CHUNK))
    assert opening.missing() == [0, 1]


def test_the_commitment_is_checked_before_any_chunk() -> None:
    cipher, sealed = seal(sample(5))
    with pytest.raises(WrongKey):
        opener(cipher, sealed, secret=TransferSecret(bytes(32), SECRET.salt))
    with pytest.raises(WrongKey):
        opener(cipher, sealed, transfer_id="trf_02")


def test_an_incomplete_or_different_whole_is_not_accepted() -> None:
    cipher, sealed = seal(sample(2 * CHUNK))
    opening = opener(cipher, sealed)
    assert opening.missing() == [0, 1]
    opening.open(0, bytearray(cipher[:CHUNK]) + bytes(16), bytearray(CHUNK))
    with pytest.raises(BadChunk):
        opening.finish(sealed.plain_root)
    opening.open(1, bytearray(cipher[CHUNK : 2 * CHUNK]) + bytes(16), bytearray(CHUNK))
    with pytest.raises(ContentMismatch):
        opening.finish(bytes(32))


def chunks_of(plain: bytes, upto: int) -> tuple[SealedChunk, ...]:
    sealer = Sealer(SECRET, transfer_id=ID, geometry=SMALL)
    last = SMALL.chunks(len(plain)) - 1
    return tuple(
        sealer.seal(no, plain[no * CHUNK : (no + 1) * CHUNK], bytearray(CHUNK + 16), last=no == last)
        for no in range(upto)
    )


def test_resume_seals_the_same_bytes_again() -> None:
    plain = sample(3 * CHUNK + 9)
    cipher, sealed = seal(plain)
    out = io.BytesIO()
    again = Sealer(SECRET, transfer_id=ID, geometry=SMALL, sealed=chunks_of(plain, 2))
    writer = SealingWriter(again, out.write)
    writer.write(plain)
    assert writer.finish() == sealed
    assert out.getvalue() == cipher


@pytest.mark.parametrize(("chunk", "byte"), [(0, 0), (0, CHUNK - 1), (1, 500)])
def test_a_changed_source_never_reuses_a_nonce(chunk: int, byte: int) -> None:
    plain = sample(3 * CHUNK)
    changed = bytearray(plain)
    changed[chunk * CHUNK + byte] ^= 1
    again = Sealer(SECRET, transfer_id=ID, geometry=SMALL, sealed=chunks_of(plain, 2))
    out = io.BytesIO()
    writer = SealingWriter(again, out.write)
    with pytest.raises(SourceChanged) as refused:
        writer.write(changed)
    assert refused.value.values["chunk"] == chunk
    assert out.getvalue() == seal(plain)[0][: chunk * CHUNK]


def test_a_source_that_grew_or_shrank_never_reuses_a_nonce() -> None:
    plain = sample(2 * CHUNK)
    whole = chunks_of(plain, 2)
    out = bytearray(CHUNK + 16)
    grown = Sealer(SECRET, transfer_id=ID, geometry=SMALL, sealed=whole)
    grown.seal(0, plain[:CHUNK], out)
    with pytest.raises(SourceChanged):
        grown.seal(1, plain[CHUNK:], out, last=False)
    shrunk = Sealer(SECRET, transfer_id=ID, geometry=SMALL, sealed=whole)
    with pytest.raises(SourceChanged):
        shrunk.seal(0, plain[:CHUNK], out, last=True)
    ended = Sealer(SECRET, transfer_id=ID, geometry=SMALL, sealed=whole)
    ended.seal(0, plain[:CHUNK], out)
    with pytest.raises(SourceChanged):
        ended.finish()


def test_within_one_run_too_a_number_sees_one_plaintext() -> None:
    sealer = Sealer(SECRET, transfer_id=ID, geometry=SMALL)
    out = bytearray(CHUNK + 16)
    first = sealer.seal(0, sample(CHUNK), out)
    assert sealer.seal(0, sample(CHUNK), out) == first
    with pytest.raises(SourceChanged):
        sealer.seal(0, bytes(CHUNK), out)


@pytest.mark.parametrize(
    ("no", "size", "last"), [(0, CHUNK - 1, False), (0, CHUNK + 1, True), (1, 0, True), (-1, 1, True)]
)
def test_a_chunk_that_does_not_fit_its_place_is_refused(no: int, size: int, last: bool) -> None:
    with pytest.raises(BadChunk):
        Sealer(SECRET, transfer_id=ID, geometry=SMALL).seal(no, bytes(size), bytearray(CHUNK + 32), last=last)


def test_a_gap_or_a_missing_end_is_refused() -> None:
    sealer = Sealer(SECRET, transfer_id=ID, geometry=SMALL)
    sealer.seal(1, bytes(CHUNK), bytearray(CHUNK + 16), last=True)
    with pytest.raises(BadResumeState):
        sealer.finish()
    endless = Sealer(SECRET, transfer_id=ID, geometry=SMALL)
    endless.seal(0, bytes(CHUNK), bytearray(CHUNK + 16))
    with pytest.raises(BadResumeState):
        endless.finish()


def by_hand(plain: bytes) -> tuple[bytes, bytes]:
    """Ciphertext and commitment of a one-chunk content, from HMAC and AES-GCM alone."""
    context = b"intl\n" + ID.encode()
    extracted = hmac.digest(b"feiyu/seal/v1", SECRET.secret, "sha256")
    stream, block = b"", b""
    for n in (1, 2, 3):
        block = hmac.digest(extracted, block + context + bytes([n]), "sha256")
        stream += block
    aad = len(context).to_bytes(4, "big") + context + (0).to_bytes(8, "big") + b"\x01"
    return AESGCM(stream[:32]).encrypt(stream[32:44], plain, aad), stream[44:76]


def test_the_format_is_the_one_written_down() -> None:
    """Should this change, transfers under way could not be resumed, and old ones not be opened."""
    cipher, sealed = seal(b"feiyu")
    assert (cipher, sealed.commitment) == by_hand(b"feiyu")
    assert cipher.hex() == "26917580c22537b649a400e69e796f36a2d28c7a0f"


def test_every_chunk_has_its_own_nonce() -> None:
    keys = Sealer(SECRET, transfer_id=ID, geometry=SMALL).keys
    assert len({keys.nonce(no) for no in range(1000)}) == 1000


@pytest.mark.parametrize(
    ("chunk", "segment"),
    [
        (3 * BLOCK_BYTES, 6 * BLOCK_BYTES),
        (1000, 4000),
        (0, 0),
        (1 << 27, 1 << 28),
        (BLOCK_BYTES, 3 * BLOCK_BYTES),
    ],
)
def test_sizes_that_are_no_subtrees_are_refused(chunk: int, segment: int) -> None:
    with pytest.raises(BadManifest):
        Geometry(chunk_bytes=chunk, segment_bytes=segment)


def test_an_unknown_suite_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownSuite) as refused:
        suite_of("rot13")
    assert "intl" in refused.value.remedy("en")


class TestJournal:
    """The record of sealed chunks on disk."""

    def test_rows_are_durable_before_their_ciphertext_leaves(self, tmp_path: Path) -> None:
        plain = sample(5 * CHUNK + 3)
        path = tmp_path / "journal"
        seen: list[int] = []

        def emit(_: object) -> None:
            with SealJournal(path, transfer_id=ID) as reader:
                seen.append(len(reader.chunks))

        with SealJournal(path, transfer_id=ID) as journal:
            writer = SealingWriter(
                Sealer(SECRET, transfer_id=ID, geometry=SMALL),
                emit,
                journal=journal,
                window_bytes=2 * SMALL.chunk_bytes,
            )
            writer.write(plain)
            writer.finish()
        assert all(rows >= emitted for emitted, rows in enumerate(seen[:-1], start=1))

    def test_what_was_written_is_read_again_and_not_written_twice(self, tmp_path: Path) -> None:
        plain = sample(3 * CHUNK)
        path = tmp_path / "journal"
        for _ in range(2):
            with SealJournal(path, transfer_id=ID) as journal:
                sealer = Sealer(SECRET, transfer_id=ID, geometry=SMALL, sealed=journal.chunks)
                writer = SealingWriter(sealer, lambda _: None, journal=journal)
                writer.write(plain)
                writer.finish()
        with SealJournal(path, transfer_id=ID) as journal:
            assert journal.chunks == chunks_of(plain, 3)

    def test_a_torn_tail_is_cut_off_at_every_byte(self, tmp_path: Path) -> None:
        path = tmp_path / "journal"
        rows = chunks_of(sample(3 * CHUNK), 3)
        with SealJournal(path, transfer_id=ID) as journal:
            empty = path.stat().st_size
            journal.append(*rows)
        whole = path.read_bytes()
        size = (len(whole) - empty) // 3
        for end in range(len(whole)):
            path.write_bytes(whole[:end])
            with SealJournal(path, transfer_id=ID) as journal:
                assert journal.chunks == rows[: max(0, (end - empty) // size)]

    def test_another_transfers_or_a_damaged_journal_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "journal"
        with SealJournal(path, transfer_id=ID) as journal:
            journal.append(*chunks_of(sample(3 * CHUNK), 3))
        with pytest.raises(BadResumeState):
            SealJournal(path, transfer_id="trf_02")
        data = bytearray(path.read_bytes())
        data[60] ^= 1
        path.write_bytes(data)
        with pytest.raises(BadResumeState):
            SealJournal(path, transfer_id=ID)


def test_a_journal_on_a_full_disk_lets_no_ciphertext_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fdatasync(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    out = io.BytesIO()
    with SealJournal(tmp_path / "journal", transfer_id=ID) as journal:
        monkeypatch.setattr(os, "fdatasync", fdatasync)
        writer = SealingWriter(
            Sealer(SECRET, transfer_id=ID, geometry=SMALL),
            out.write,
            journal=journal,
            window_bytes=2 * SMALL.chunk_bytes,
        )
        with pytest.raises(DiskFull):
            writer.write(sample(5 * CHUNK))
    assert out.getvalue() == b""
