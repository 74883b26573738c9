"""Every suite keeps the same rules: what was sealed comes back, nothing else does, and no nonce sees two plaintexts."""

import hashlib
import io
import sys

import gmalg
import gmssl_pyx
import pytest
from cryptography.exceptions import InvalidTag

from feiyu._native import leaves, sm4
from feiyu.base.content import BLOCK_BYTES, ContentTree, part_root
from feiyu.seal import (
    SUITES,
    TAG_BYTES,
    Geometry,
    Opener,
    RecipientKey,
    RecipientPublic,
    Sealer,
    SealingWriter,
    SealJournal,
    TransferSecret,
    Wrap,
    algorithm_of,
    sm2,
    suite_for,
    unwrap,
    wrap,
)
from feiyu.seal.derive import AgeKeys
from feiyu.seal.errors import (
    BadChunk,
    BadKey,
    ContentMismatch,
    MissingExtra,
    SourceChanged,
    UnknownSuite,
    WrongKey,
)
from feiyu.seal.kems import AGE, KEMS, P256, RSA, SM2
from feiyu.seal.wrap import unwrap_file_key

SMALL = Geometry(chunk_bytes=BLOCK_BYTES, segment_bytes=4 * BLOCK_BYTES)
SECRET = TransferSecret(bytes(range(32)), bytes(range(32, 64)))
PLAIN = hashlib.shake_128(b"suites").digest(5 * BLOCK_BYTES + 999)
KEYS = {name: RecipientKey.generate(name) for name in KEMS}


@pytest.fixture(params=SUITES.values(), ids=lambda suite: suite.id)
def suite(request):
    return request.param


@pytest.fixture(params=KEYS.values(), ids=lambda key: key.algorithm)
def key(request):
    return request.param


def sealed(suite, plain=PLAIN, journal=None):
    out = io.BytesIO()
    sealer = Sealer(
        SECRET, transfer_id="t", suite=suite, geometry=SMALL, sealed=journal.chunks if journal else ()
    )
    writer = SealingWriter(sealer, out.write, journal=journal)
    writer.write(plain)
    return out.getvalue() if plain is None else (writer.finish(), out.getvalue())


def opened(suite, made, cipher):
    end = made.plain_bytes
    opener = Opener(
        SECRET, transfer_id="t", commitment=made.commitment, plain_bytes=end, trailer=cipher[end:], suite=suite,
        geometry=SMALL,
    )  # fmt: skip
    plain = b""
    for no in range(opener.chunks):
        size, at = opener.size_of(no), no * BLOCK_BYTES
        body = bytearray(cipher[at : at + size]) + bytes(TAG_BYTES)
        plain += bytes(opener.open(no, body, bytearray(size)))
    opener.finish(made.plain_root)
    return plain


def test_what_was_sealed_comes_back(suite):
    made, cipher = sealed(suite)
    assert opened(suite, made, cipher) == PLAIN
    tree = ContentTree(name=suite.hash)
    tree.update(cipher)
    assert tree.root() == made.cipher_root
    for segment in made.segments:
        at = segment.no * SMALL.segment_bytes
        assert part_root(cipher[at : at + segment.size_bytes], name=suite.hash) == segment.root


def test_how_the_plaintext_comes_changes_nothing(suite):
    """In a writable buffer, of which whole chunks are sealed where they lie, or in pieces of any size."""
    for plain in (PLAIN, PLAIN[: 3 * BLOCK_BYTES], PLAIN[: BLOCK_BYTES + 1], b""):
        whole = sealed(suite, plain)
        assert sealed(suite, bytearray(plain)) == whole
        for size in (BLOCK_BYTES, 2 * BLOCK_BYTES + 7, 100_000):
            out = io.BytesIO()
            writer = SealingWriter(Sealer(SECRET, transfer_id="t", suite=suite, geometry=SMALL), out.write)
            for at in range(0, len(plain), size):
                writer.write(bytearray(plain[at : at + size]))
            assert (writer.finish(), out.getvalue()) == whole


def test_a_tree_is_that_of_the_suites_hash(suite):
    """By hand, and only with the hash of that name."""
    made, cipher = sealed(suite, b"abc")

    def digest(data):
        return leaves.begin(suite.hash, data).digest()

    assert made.plain_root == digest(b"\x00" + SECRET.salt + b"abc")
    assert made.cipher_root == digest(b"\x00" + cipher)
    assert len(cipher) == 3 + TAG_BYTES


def test_a_flipped_byte_opens_nothing(suite):
    made, cipher = sealed(suite)
    for at in (0, len(PLAIN) - 1, len(cipher) - 1):
        altered = bytearray(cipher)
        altered[at] ^= 1
        with pytest.raises(BadChunk):
            opened(suite, made, bytes(altered))
    with pytest.raises(ContentMismatch):
        opened(suite, made, cipher[:-1])


def test_no_nonce_sees_two_plaintexts(suite, tmp_path):
    with SealJournal(tmp_path / "seals", transfer_id="t") as journal:
        made, cipher = sealed(suite, journal=journal)
    with SealJournal(tmp_path / "seals", transfer_id="t") as journal:
        again, same = sealed(suite, journal=journal)
        assert (again, same) == (made, cipher)
    changed = PLAIN[:70_000] + b"?" + PLAIN[70_001:]
    with SealJournal(tmp_path / "seals", transfer_id="t") as journal, pytest.raises(SourceChanged):
        sealed(suite, changed, journal=journal)


def test_suites_do_not_share_keys():
    kinds = {suite.id: sealed(suite, b"x" * 100) for suite in SUITES.values()}
    assert len({made.commitment for made, _ in kinds.values()}) == len(kinds)
    assert len({cipher for _, cipher in kinds.values()}) == len(kinds)


def test_every_key_opens_its_own_wrap_alone(key):
    suite = suite_for(key.algorithm)
    made = wrap(
        SECRET, key.public, transfer_id="t", pinned_key_id=key.key_id, plain_root=bytes(32), suite=suite
    )
    read = Wrap.from_bytes(made.to_bytes())
    if key.algorithm == AGE:  # an age header has room for a file key only
        opened = unwrap_file_key
        assert opened(read, key, transfer_id="t") == AgeKeys.of(SECRET, transfer_id="t").file_key
    else:
        opened = unwrap
        found = opened(read, key, transfer_id="t")
        assert (found.secret, found.plain_root) == (SECRET, bytes(32))
    other = RecipientKey.generate(key.algorithm) if key.algorithm != RSA else KEYS[P256]
    with pytest.raises(WrongKey):
        opened(read, other, transfer_id="t")
    with pytest.raises(WrongKey):
        opened(read, key, transfer_id="another")
    for at in (0, 40, len(made.box) // 2, len(made.box) - 1):
        box = bytearray(made.box)
        box[at] ^= 1
        altered = Wrap(**{name: getattr(made, name) for name in ("transfer_id", "suite", "recipient_key_id", "algorithm")},
                       box=bytes(box))  # fmt: skip
        with pytest.raises(WrongKey):
            opened(altered, key, transfer_id="t")


@pytest.mark.parametrize(
    "algorithm", [name for name in KEMS if name != AGE]
)  # an age header has no room for it
def test_a_box_belongs_to_its_info(algorithm):
    key = KEYS[algorithm]
    box = key.public.encrypt(b"secret", info=b"one")
    assert key.decrypt(box, info=b"one") == b"secret"
    with pytest.raises((InvalidTag, ValueError)):
        key.decrypt(box, info=b"two")


def test_a_keys_id_tells_its_algorithm(key):
    public = key.public
    assert algorithm_of(public.raw, public.key_id) == key.algorithm
    assert RecipientPublic.decode(public.encode()) == public
    for wrong in (b"", public.raw[:-1], public.raw + b"\0"):
        with pytest.raises(BadKey):
            RecipientPublic(key.algorithm, wrong)
    with pytest.raises(BadKey):
        algorithm_of(public.raw, "0" * 64)
    with pytest.raises(BadKey):
        RecipientKey(key.algorithm, b"short")


def test_a_key_has_one_suite():
    assert {name: suite_for(name).id for name in KEMS} == {
        "MLKEM768-X25519": "intl", "X25519": "intl", "P-256": "kms", "RSA-OAEP-256": "kms", "SM2": "gm",
        "age-X25519": "age",
    }  # fmt: skip
    with pytest.raises(UnknownSuite):
        suite_for("ROT13")


@pytest.mark.parametrize("algorithm", [P256, SM2])
def test_a_point_off_its_curve_is_refused(algorithm):
    raw = bytearray(KEYS[algorithm].public.raw)
    raw[-1] ^= 1
    with pytest.raises(BadKey):
        RecipientPublic(algorithm, bytes(raw))


def test_sm2_is_that_of_the_standard():
    """GB/T 32918.5-2017, appendix C: the ciphertext of the text “encryption standard”."""
    private = bytes.fromhex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")
    assert sm2.public_of(private).hex() == (
        "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
    )
    box = bytes.fromhex(
        "307c"
        "022004ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73"
        "022100e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0"
        "042059983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766"
        "041321886ca989ca9c7d58087307ca93092d651efa"
    )
    assert sm2.decrypt(private, box) == b"encryption standard"


def test_sm2_agrees_with_gmssl_both_ways():
    public, private = gmssl_pyx.sm2_key_generate()
    point = b"\x04" + bytes(public)
    assert sm2.public_of(bytes(private)) == point
    assert sm2.decrypt(bytes(private), gmssl_pyx.sm2_encrypt(public, b"from GmSSL")) == b"from GmSSL"
    assert gmssl_pyx.sm2_decrypt(private, sm2.encrypt(point, b"from Tongsuo")) == b"from Tongsuo"


def test_sm3_and_sm4_agree_with_an_independent_program():
    data = PLAIN[:1000]
    hashed = gmalg.SM3()
    hashed.update(data)
    assert leaves.Sm3(data).digest() == hashed.value()
    block, key = PLAIN[:16], PLAIN[16:32]
    out = bytearray(32)
    sm4.sm4_gcm(key).encrypt_into(PLAIN[32:44], bytes(16), b"", out)
    counter = PLAIN[32:44] + (2).to_bytes(4)
    assert bytes(out) != bytes(32)
    assert bytes(out[:16]) == gmalg.SM4(key).encrypt(counter)
    sm4.sm4_gcm(key).encrypt_into(PLAIN[32:44], block, b"", out)
    assert bytes(out[:16]) == bytes(
        a ^ b for a, b in zip(block, gmalg.SM4(key).encrypt(counter), strict=True)
    )


@pytest.mark.parametrize("box", [b"", b"\x00\x00", b"\xff\xff" + bytes(50), bytes(2000)])
def test_an_sm2_box_that_is_none_does_not_open(box):
    with pytest.raises((InvalidTag, ValueError)):
        KEYS[SM2].decrypt(box, info=b"")


def test_without_the_extra_its_name_is_told(monkeypatch):
    public = KEYS[SM2].public
    monkeypatch.setitem(sys.modules, "tongsuopy.crypto.asymciphers.ec", None)
    for ask in (lambda: RecipientKey.generate(SM2), lambda: public.encrypt(b"x", info=b"")):
        with pytest.raises(MissingExtra) as refused:
            ask()
        assert "sm" in refused.value.remedy("en")
    assert RecipientPublic(SM2, public.raw) == public
