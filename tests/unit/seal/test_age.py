"""The age format: vectors, every alteration refused, and the suite of it through sealer, journal and wrap.

The headers of ``age_vectors.json`` follow from seeds (SHAKE-256 of ``feiyu age vector …``) and were opened by the stock tool;
``stock`` was written by it. ``tests/interop/test_age.py`` does both again, with fresh keys.
"""

import base64
import hashlib
import io
import json
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from feiyu.seal import (
    RecipientKey,
    RecipientPublic,
    Sealed,
    SealingWriter,
    SealJournal,
    TransferSecret,
    age,
    part_root,
    sealer_of,
    unwrap,
    wrap,
)
from feiyu.seal.derive import AgeKeys
from feiyu.seal.errors import BadKey, BadManifest, SourceChanged, WrongKey
from feiyu.seal.keys import said_fingerprint
from feiyu.seal.suites import AGE, StreamGeometry
from feiyu.seal.wrap import unwrap_file_key

VECTORS = json.loads((Path(__file__).parent / "age_vectors.json").read_text("ascii"))
PRIVATE = bytes.fromhex(VECTORS["private"])
KEY = RecipientKey("age-X25519", PRIVATE)
SECRET, ID = TransferSecret(bytes(range(32)), bytes(range(32, 64))), "trf_1"
CHUNK = age.CHUNK_BYTES


def content(size: int) -> bytes:
    return hashlib.shake_128(b"age").digest(size)


def sealed(plain: bytes, journal: SealJournal | None = None) -> tuple[bytes, Sealed]:
    out = io.BytesIO()
    sealer = sealer_of(SECRET, transfer_id=ID, suite=AGE, sealed=journal.chunks if journal else ())
    writer = SealingWriter(sealer, out.write, journal=journal)
    writer.write(plain)
    made = writer.finish()
    return out.getvalue(), made


def opened(payload: bytes, file_key: bytes) -> bytes:
    return b"".join(age.opened(io.BytesIO(payload), file_key))


@pytest.mark.parametrize("vector", VECTORS["files"], ids=lambda vector: str(vector["size"]))
def test_vectors(vector: dict[str, str]) -> None:
    file_key, nonce = bytes.fromhex(vector["file_key"]), bytes.fromhex(vector["nonce"])
    header = age.header(file_key, KEY.public.raw, ephemeral=bytes.fromhex(vector["ephemeral"]))
    assert header.decode() == vector["header"]
    assert age.open_header(header, PRIVATE) == (file_key, len(header))
    keys, plain = AgeKeys(file_key, nonce), content(int(vector["size"]))
    chunks = [plain[at : at + CHUNK] for at in range(0, max(1, len(plain)), CHUNK)]
    payload = nonce + b"".join(
        _encrypted(keys, no, chunk, last=no == len(chunks) - 1) for no, chunk in enumerate(chunks)
    )
    assert hashlib.sha256(payload).hexdigest() == vector["payload_sha256"]
    assert opened(payload, file_key) == plain


def _encrypted(keys: AgeKeys, no: int, chunk: bytes, *, last: bool) -> bytes:
    out = bytearray(len(chunk) + 16)
    keys.aead.encrypt_into(keys.nonce(no, last=last), chunk, None, out)
    return bytes(out)


def test_a_file_of_the_stock_tool() -> None:
    file = base64.b64decode(VECTORS["stock"]["file"])
    file_key, at = age.open_header(file, PRIVATE)
    assert opened(file[at:], file_key).decode() == VECTORS["stock"]["plain"]


def test_keys_as_people_hand_them_on() -> None:
    line = VECTORS["recipient"]
    public = RecipientPublic.decode(line)
    assert (public.raw, public.encode()) == (KEY.public.raw, line)
    assert age.identity_text(PRIVATE) == VECTORS["identity"]
    assert said_fingerprint(line) == public.fingerprint.replace(" ", "")
    wrong = [line[:at] + ("q" if line[at] != "q" else "p") + line[at + 1 :] for at in range(4, len(line))]
    for text in (
        *wrong,
        line[:-1],
        line + "q",
        line.upper(),
        "age1",
        "age1" + "b" * 58,
        VECTORS["identity"].lower(),
    ):
        with pytest.raises(BadKey):
            RecipientPublic.decode(text)


def test_every_flipped_byte_of_a_header_is_refused() -> None:
    header = VECTORS["files"][1]["header"].encode()
    for at in range(len(header)):
        with pytest.raises((InvalidTag, ValueError)):
            age.open_header(header[:at] + bytes([header[at] ^ 1]) + header[at + 1 :], PRIVATE)
    for at in range(len(header)):
        with pytest.raises((InvalidTag, ValueError)):
            age.open_header(header[:at], PRIVATE)
    with pytest.raises(InvalidTag):
        age.open_header(header, bytes(range(32)))


@pytest.mark.parametrize("data", [
    b"age-encryption.org/v1\n" + b"-> X25519 a\n" * 4,
    b"age-encryption.org/v1\n" + b"-> grease " + b"x" * (1 << 17),
    b"age-encryption.org/v1\n--- AAAA\n",
    b"age-encryption.org/v1\n->\n\n--- AAAA\n",
    b"age-encryption.org/v1\n-> a\n" + b"A" * 65 + b"\n--- AAAA\n",
    b"age-encryption.org/v2\n",
    b"",
])  # fmt: skip
def test_what_is_no_header_is_refused_within_its_limit(data: bytes) -> None:
    with pytest.raises((InvalidTag, ValueError)):
        age.open_header(data, PRIVATE)


def test_stanzas_of_other_kinds_are_passed_over() -> None:
    file_key = bytes(range(16))
    ours = age.header(file_key, KEY.public.raw).split(b"\n")
    grease = [b"-> grease-1 x y", base64.b64encode(bytes(48)).rstrip(b"="), b""]
    covered = b"\n".join([ours[0], *grease, ours[1], ours[2], b"---"])
    mac = base64.b64encode(age._mac(file_key, covered)).rstrip(b"=")
    assert age.open_header(covered + b" " + mac + b"\n", PRIVATE)[0] == file_key


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_the_suite_seals_a_payload_that_age_opens(size: int, tmp_path: Path) -> None:
    plain = content(size)
    payload, made = sealed(plain)
    keys = AgeKeys.of(SECRET, transfer_id=ID)
    assert opened(payload, keys.file_key) == plain
    assert (made.cipher_bytes, made.cipher_root) == (len(payload), part_root(payload))
    assert made.plain_root == part_root(plain, salt=SECRET.salt)
    assert made.commitment == AgeKeys(keys.file_key, payload[:16]).commitment
    wrapped = wrap(SECRET, KEY.public, transfer_id=ID, pinned_key_id=KEY.key_id)
    assert unwrap_file_key(wrapped, KEY, transfer_id=ID) == keys.file_key
    with SealJournal(tmp_path / "j", transfer_id=ID) as journal:
        assert sealed(plain, journal)[0] == payload
    with SealJournal(tmp_path / "j", transfer_id=ID) as journal:
        assert sealed(plain, journal) == (payload, made)


def test_a_source_that_changed_is_refused_before_a_nonce_serves_twice(tmp_path: Path) -> None:
    with SealJournal(tmp_path / "j", transfer_id=ID) as journal:
        sealed(content(3 * CHUNK), journal)
    for changed in (content(2 * CHUNK), content(3 * CHUNK)[:-1] + b"x", content(3 * CHUNK + 1)):
        with SealJournal(tmp_path / "j", transfer_id=ID) as journal, pytest.raises(SourceChanged):
            sealed(changed, journal)


def test_a_payload_that_is_altered_cut_longer_or_swapped_does_not_open() -> None:
    payload, _ = sealed(content(2 * CHUNK + 100))
    file_key, step = AgeKeys.of(SECRET, transfer_id=ID).file_key, CHUNK + 16
    cuts = (0, 15, 16, 16 + step, 16 + 2 * step, len(payload) - 1)
    swapped = (
        payload[:16] + payload[16 + step : 16 + 2 * step] + payload[16 : 16 + step] + payload[16 + 2 * step :]
    )
    flipped = [
        payload[:at] + bytes([payload[at] ^ 1]) + payload[at + 1 :] for at in (0, 16, step, len(payload) - 1)
    ]
    for wrong in (
        *(payload[:cut] for cut in cuts),
        payload + b"\0",
        payload + payload[16:],
        swapped,
        *flipped,
    ):
        with pytest.raises((InvalidTag, ValueError)):
            opened(wrong, file_key)
    other = AgeKeys.of(SECRET, transfer_id="trf_2").file_key
    with pytest.raises(InvalidTag):
        opened(payload, other)


def test_an_empty_last_chunk_is_refused_though_its_tag_is_right() -> None:
    keys = AgeKeys.of(SECRET, transfer_id=ID)
    payload = (
        keys.head + _encrypted(keys, 0, content(CHUNK), last=False) + _encrypted(keys, 1, b"", last=True)
    )
    with pytest.raises(ValueError, match="empty"):
        opened(payload, keys.file_key)


def test_wraps_of_both_kinds_stay_apart() -> None:
    copy = RecipientKey.generate("X25519")
    for_age = wrap(SECRET, KEY.public, transfer_id=ID, pinned_key_id=KEY.key_id)
    own = wrap(
        SECRET, copy.public, transfer_id=ID, pinned_key_id=copy.key_id, plain_root=bytes(32), suite=AGE
    )
    assert unwrap(own, copy, transfer_id=ID).secret == SECRET
    for refused in (
        lambda: unwrap(for_age, KEY, transfer_id=ID),
        lambda: unwrap_file_key(own, copy, transfer_id=ID),
        lambda: unwrap_file_key(for_age, RecipientKey.generate("age-X25519"), transfer_id=ID),
        lambda: unwrap_file_key(for_age, KEY, transfer_id="trf_2"),
    ):
        with pytest.raises(WrongKey):
            refused()


def test_the_format_has_one_size_of_chunks() -> None:
    with pytest.raises(BadManifest):
        StreamGeometry(chunk_bytes=2 * CHUNK)
