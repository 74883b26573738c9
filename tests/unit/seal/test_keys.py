"""Keys, their fingerprints, wraps, and the keystore file."""

import dataclasses
import json
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import UnsupportedAlgorithm

from feiyu.base import canonical, nouns
from feiyu.seal import (
    INTL,
    KeyStore,
    RecipientKey,
    RecipientPublic,
    Signer,
    TransferSecret,
    Wrap,
    kems,
    unwrap,
    verify,
    wrap,
)
from feiyu.seal.errors import (
    BadKey,
    BadSignature,
    CannotStore,
    KeyNotPinned,
    KeystoreExists,
    KeystoreExposed,
    KeystoreLocked,
    KeystoreMalformed,
    KeystoreMissing,
    NoKey,
    WrongKey,
)
from feiyu.seal.keys import HYBRID, PLAIN
from feiyu.seal.keystore import OPENING, PURPOSES, SECRETS, SIGNING
from feiyu.seal.wrap import FORMAT, unwrap_file_key

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SECRET = TransferSecret(bytes(range(32)), bytes(range(32, 64)))
FAST = 1 << 4


@pytest.mark.parametrize("algorithm", [HYBRID, PLAIN])
class TestRecipientKeys:
    def test_a_wrap_opens_with_its_key_and_no_other(self, algorithm: str) -> None:
        key, other = RecipientKey.generate(algorithm), RecipientKey.generate(algorithm)
        made = wrap(SECRET, key.public, transfer_id="t", pinned_key_id=key.key_id, plain_root=bytes(32))
        again = Wrap.from_bytes(made.to_bytes())
        assert unwrap(again, key, transfer_id="t").secret == SECRET
        assert unwrap(again, key, transfer_id="t").plain_root == bytes(32)
        with pytest.raises(WrongKey, match=f"wrapped to key {key.key_id}, not to {other.key_id}"):
            unwrap(again, other, transfer_id="t")
        with pytest.raises(WrongKey, match="it does not open"):
            unwrap(dataclasses.replace(again, recipient_key_id=other.key_id), other, transfer_id="t")

    def test_a_custody_wrap_carries_no_root(self, algorithm: str) -> None:
        key = RecipientKey.generate(algorithm)
        made = wrap(SECRET, key.public, transfer_id="t", pinned_key_id=key.key_id)
        assert unwrap(made, key, transfer_id="t").plain_root is None

    def test_a_wrap_moved_to_another_transfer_does_not_open(self, algorithm: str) -> None:
        key = RecipientKey.generate(algorithm)
        made = wrap(SECRET, key.public, transfer_id="t", pinned_key_id=key.key_id)
        with pytest.raises(WrongKey):
            unwrap(made, key, transfer_id="u")
        with pytest.raises(WrongKey):
            unwrap(dataclasses.replace(made, transfer_id="u"), key, transfer_id="u")

    def test_a_swapped_key_is_refused_before_anything_is_encrypted(self, algorithm: str) -> None:
        pinned, swapped = RecipientKey.generate(algorithm), RecipientKey.generate(algorithm)
        with pytest.raises(KeyNotPinned):
            wrap(SECRET, swapped.public, transfer_id="t", pinned_key_id=pinned.key_id)

    @pytest.mark.parametrize("at", [0, 40, -1])
    def test_an_altered_wrap_does_not_open(self, algorithm: str, at: int) -> None:
        key = RecipientKey.generate(algorithm)
        made = wrap(SECRET, key.public, transfer_id="t", pinned_key_id=key.key_id)
        box = bytearray(made.box)
        box[at] ^= 1
        with pytest.raises(WrongKey):
            unwrap(dataclasses.replace(made, box=bytes(box)), key, transfer_id="t")
        with pytest.raises(WrongKey):
            unwrap(dataclasses.replace(made, box=made.box[:20]), key, transfer_id="t")

    def test_the_text_form_is_read_again(self, algorithm: str) -> None:
        public = RecipientKey.generate(algorithm).public
        assert RecipientPublic.decode(public.encode() + "\n") == public

    def test_the_private_half_is_not_shown(self, algorithm: str) -> None:
        key = RecipientKey.generate(algorithm)
        assert key.private.hex() not in repr(key)
        assert repr(key.private) not in repr(key)


def test_the_fingerprint_is_twelve_groups_that_depend_on_every_bit() -> None:
    key = RecipientPublic(PLAIN, b"\x09" + bytes(31))
    other = RecipientPublic(PLAIN, b"\x09" + bytes(30) + b"\x01")
    assert [len(group) for group in key.fingerprint.split()] == [5] * 12
    assert key.fingerprint != other.fingerprint
    assert key.fingerprint == RecipientPublic(PLAIN, b"\x09" + bytes(31)).fingerprint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "feiyu-key:X25519:",
        "feiyu-key:X25519:!!!",
        "feiyu-key:RSA:AAAA",
        "other:X25519:AAAA",
        "feiyu-key:X25519:" + "A" * 5000,
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        RecipientPublic.decode(text)


@pytest.mark.parametrize(
    "make",
    [lambda: RecipientKey("Ed25519", bytes(32)), lambda: RecipientKey(PLAIN, bytes(31)), lambda: Signer(b"")],
)
def test_material_of_another_kind_or_size_is_refused(make: object) -> None:
    with pytest.raises(BadKey):
        make()  # type: ignore[operator]


@pytest.mark.parametrize(
    "change",
    [{"format": "feiyu-wrap/2"}, {"box": "*"}, {"suite": 1}, {"more": "x"}, {"transfer_id": None}],
)
def test_a_malformed_wrap_is_refused(change: dict[str, object]) -> None:
    key = RecipientKey.generate(PLAIN)
    read = json.loads(wrap(SECRET, key.public, transfer_id="t", pinned_key_id=key.key_id).to_bytes())
    with pytest.raises(BadKey):
        Wrap.from_bytes(json.dumps({**read, **change}).encode())


def test_signatures_verify_only_what_was_signed() -> None:
    signer = Signer.generate()
    signature = signer.sign(b"message")
    verify(signer.public, b"message", signature, what=nouns.RECORD)
    for public, message, given in (
        (signer.public, b"messagf", signature),
        (Signer.generate().public, b"message", signature),
        (signer.public, b"message", signature[:-1]),
    ):
        with pytest.raises(BadSignature):
            verify(public, message, given, what=nouns.RECORD)


def test_a_wrap_whose_content_is_no_secret_is_refused() -> None:
    """Whoever has the public key can encrypt anything to it."""
    key = RecipientKey.generate(PLAIN)
    info = f"feiyu/wrap/v1\nintl\nt\n{key.key_id}".encode()
    for payload in (b"", b"\x03" + bytes(64), b"\x02" + bytes(64), b"\x01" + bytes(63)):
        box = key.public.encrypt(payload, info=info)
        forged = Wrap(transfer_id="t", suite="intl", recipient_key_id=key.key_id, algorithm=PLAIN, box=box)
        with pytest.raises(WrongKey):
            unwrap(forged, key, transfer_id="t")


def test_a_wrap_with_a_name_too_few_or_too_many_is_refused() -> None:
    key = RecipientKey.generate(PLAIN)
    read = json.loads(wrap(SECRET, key.public, transfer_id="t", pinned_key_id=key.key_id).to_bytes())
    for other in (
        {**read, "more": "x"},
        {name: read[name] for name in read if name != "box"},
        {**read, "box": 1},
    ):
        with pytest.raises(BadKey, match=f"not a {FORMAT}"):
            Wrap.from_bytes(canonical.dumps(other))


def test_an_age_header_and_a_wrap_are_not_taken_for_each_other() -> None:
    key, old = RecipientKey.generate(PLAIN), RecipientKey.generate("age-X25519")
    made = wrap(SECRET, key.public, transfer_id="t", pinned_key_id=key.key_id)
    header = wrap(SECRET, old.public, transfer_id="t", pinned_key_id=old.key_id)
    with pytest.raises(WrongKey):
        unwrap_file_key(made, key, transfer_id="t")
    with pytest.raises(WrongKey, match="a file key only"):
        unwrap(header, old, transfer_id="t")
    by_hand = key.public.encrypt(bytes(16), info=b"")  # a box that opens, and is still no age header
    with pytest.raises(WrongKey, match="it is no age header"):
        unwrap_file_key(dataclasses.replace(made, box=by_hand), key, transfer_id="t")


def test_a_suite_wraps_only_to_its_own_kinds_of_key() -> None:
    key = RecipientKey.generate(PLAIN)
    strict = dataclasses.replace(INTL, kems=(HYBRID,))
    with pytest.raises(BadKey):
        wrap(SECRET, key.public, transfer_id="t", pinned_key_id=key.key_id, suite=strict)


def test_without_the_lattice_the_plain_key_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    hybrid = RecipientKey.generate(HYBRID)

    def absent(*_: object) -> None:
        raise UnsupportedAlgorithm("ML-KEM")

    class Absent:
        generate = from_seed_bytes = staticmethod(absent)

    monkeypatch.setattr(kems.mlkem, "MLKEM768PrivateKey", Absent)
    assert RecipientKey.generate().algorithm == PLAIN
    with pytest.raises(BadKey):
        RecipientKey.generate(HYBRID)
    with pytest.raises(BadKey):
        hybrid.public  # noqa: B018 (asked for its refusal)


def test_bytes_that_are_no_lattice_key_are_refused() -> None:
    with pytest.raises(BadKey):
        RecipientPublic(HYBRID, b"\xff" * (1184 + 32)).encrypt(b"x", info=b"")


@pytest.mark.parametrize(("secret", "salt"), [(b"", bytes(32)), (bytes(32), bytes(31))])
def test_a_secret_of_another_size_is_refused(secret: bytes, salt: bytes) -> None:
    with pytest.raises(WrongKey):
        TransferSecret(secret, salt)


def test_secrets_differ_and_are_not_shown() -> None:
    one, two = TransferSecret.generate(), TransferSecret.generate()
    assert len({one.secret, one.salt, two.secret, two.salt}) == 4
    assert repr(one) == "TransferSecret()"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def store(path: Path) -> KeyStore:
    return KeyStore.create(path, b"correct horse", scrypt_n=FAST)


class TestKeyStore:
    @pytest.mark.parametrize("purpose", PURPOSES)
    def test_a_key_of_every_purpose_is_kept(self, store: KeyStore, path: Path, purpose: str) -> None:
        made = store.generate(purpose, valid_from=NOW, label="a")
        again = KeyStore.open(path, b"correct horse")
        assert again.get(made.key_id) == made
        assert again.current(purpose, at=NOW, label="a") == made
        with pytest.raises(NoKey):
            again.current(purpose, at=NOW)
        if purpose in SIGNING:
            assert again.signer(purpose, at=NOW, label="a").key_id == made.key_id
        if purpose in SECRETS:
            assert len(again.secret(purpose, at=NOW, label="a")) == 32
        else:
            with pytest.raises(NoKey):
                again.secret(purpose, at=NOW, label="a")
        if purpose in OPENING:
            assert made.recipient().key_id == made.key_id

    def test_purposes_are_apart(self, store: KeyStore) -> None:
        store.generate("log", valid_from=NOW)
        with pytest.raises(NoKey):
            store.signer("grant", at=NOW)
        with pytest.raises(ValueError, match="purpose"):
            store.generate("everything", valid_from=NOW)

    def test_validity_and_rotation(self, store: KeyStore, path: Path) -> None:
        first = store.generate("edge", valid_from=NOW)
        second = store.rotate("edge", at=NOW + DAY)
        again = KeyStore.open(path, b"correct horse")
        assert again.current("edge", at=NOW).key_id == first.key_id
        assert again.current("edge", at=NOW + DAY).key_id == second.key_id
        assert again.get(first.key_id).valid_to == NOW + DAY
        with pytest.raises(NoKey):
            again.current("edge", at=NOW - DAY)

    def test_a_destroyed_key_is_gone(self, store: KeyStore, path: Path) -> None:
        made = store.generate("custody", valid_from=NOW)
        store.destroy(made.key_id)
        with pytest.raises(NoKey):
            store.destroy(made.key_id)
        with pytest.raises(NoKey):
            KeyStore.open(path, b"correct horse").get(made.key_id)

    def test_nothing_secret_is_readable_in_the_file(self, store: KeyStore, path: Path) -> None:
        made = store.generate("log", valid_from=NOW)
        assert made.key_id.encode() not in path.read_bytes()
        assert made.material.hex() not in repr(made)

    def test_a_wrong_passphrase_or_an_altered_file_is_refused(self, store: KeyStore, path: Path) -> None:
        store.generate("log", valid_from=NOW)
        with pytest.raises(KeystoreLocked):
            KeyStore.open(path, b"wrong")
        read = json.loads(path.read_bytes())
        read["kdf"]["r"] = 4
        path.write_text(json.dumps(read))
        with pytest.raises(KeystoreLocked):
            KeyStore.open(path, b"correct horse")

    def test_others_may_not_read_it(self, store: KeyStore) -> None:
        path = store.path
        assert path.stat().st_mode & 0o777 == 0o600
        path.chmod(0o640)
        with pytest.raises(KeystoreExposed) as refused:
            KeyStore.open(path, b"correct horse")
        assert "chmod 600" in refused.value.remedy("en")

    def test_an_existing_one_is_never_overwritten(self, store: KeyStore) -> None:
        path = store.path
        before = path.read_bytes()
        with pytest.raises(KeystoreExists):
            KeyStore.create(path, b"x", scrypt_n=FAST)
        assert path.read_bytes() == before

    @pytest.mark.parametrize(
        "data",
        [b"", b"{}", b"[]", b"\xff", b'{"format":"x","nonce":"AAAA","box":""}',
         b'{"format":"feiyu-keystore/1","nonce":"AAAAAAAAAAAAAAAA","box":"","kdf":{"name":"scrypt","n":1099511627776,"r":8,"p":1,"salt":""}}',
         b'{"format":"feiyu-keystore/1","nonce":"AAAAAAAAAAAAAAAA","box":"","kdf":{"name":"md5"}}',
         b'{"format":"feiyu-keystore/1","nonce":"AAAAAAAAAAAAAAAA","box":"","kdf":{"name":"scrypt"}}'],
    )  # fmt: skip
    def test_what_is_no_keystore_is_refused(self, path: Path, data: bytes) -> None:
        path.write_bytes(data)
        path.chmod(0o600)
        with pytest.raises(KeystoreMalformed):
            KeyStore.open(path, b"x")

    def test_a_missing_file_and_a_link_are_refused(self, store: KeyStore) -> None:
        path = store.path
        with pytest.raises(KeystoreMissing):
            KeyStore.open(path.with_name("none"), b"x")
        link = path.with_name("link")
        link.symlink_to(path)
        with pytest.raises(KeystoreMalformed):
            KeyStore.open(link, b"correct horse")

    def test_two_writers_do_not_lose_each_others_keys(self, store: KeyStore) -> None:
        path = store.path
        stores = [KeyStore.open(path, b"correct horse") for _ in range(4)]
        threads = [
            threading.Thread(
                target=each.generate, args=("journal",), kwargs={"valid_from": NOW, "label": str(n)}
            )
            for n, each in enumerate(stores)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {key.label for key in KeyStore.open(path, b"correct horse").keys("journal")} == {
            "0",
            "1",
            "2",
            "3",
        }

    def test_a_crash_before_the_rename_leaves_the_old_file(
        self, store: KeyStore, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = store.generate("log", valid_from=NOW)

        def crash(_: int) -> None:
            raise OSError(5, "injected")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", crash)
            with pytest.raises(CannotStore):
                store.generate("log", valid_from=NOW)
        assert KeyStore.open(path, b"correct horse").keys() == (made,)
