"""Keys in a PKCS#11 device, a real one in software: SoftHSM."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from feiyu.base import nouns
from feiyu.seal import (
    KeyStore,
    RecipientKey,
    RecipientPublic,
    Signer,
    TransferSecret,
    hsm,
    unwrap,
    verify,
    wrap,
)
from feiyu.seal.errors import BadKey, BadSignature, DeviceRefused, MissingExtra, WrongKey

MODULE = os.environ.get("SOFTHSM2_MODULE", "/usr/lib/softhsm/libsofthsm2.so")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SECRET = TransferSecret(bytes(range(32)), bytes(range(32, 64)))
PIN = "1234"


@pytest.fixture(scope="module")
def token(tmp_path_factory):
    """A fresh token; the library reads its settings once per process."""
    assert Path(MODULE).exists(), "SoftHSM is needed: scripts/test-system.sh installs it"
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(
        f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    os.environ["SOFTHSM2_CONF"] = str(settings)
    command = ["softhsm2-util", "--module", MODULE, "--init-token", "--free", "--label", "feiyu"]
    subprocess.run([*command, "--pin", PIN, "--so-pin", "5678"], check=True, capture_output=True)
    yield "feiyu"
    del os.environ["SOFTHSM2_CONF"]


@pytest.fixture(scope="module")
def key(token):
    return hsm.make_opening(MODULE, token, "recipient", PIN)


@pytest.fixture(scope="module")
def signer(token):
    return hsm.make_signing(MODULE, token, "receipt", PIN)


def test_a_wrap_to_the_devices_key_opens_in_the_device(key):
    made = wrap(SECRET, key.public, transfer_id="t", pinned_key_id=key.key_id, plain_root=bytes(32))
    assert made.suite == "kms"
    assert unwrap(made, key, transfer_id="t").secret == SECRET
    with pytest.raises(WrongKey):
        unwrap(made, key, transfer_id="another")


def test_our_half_of_hpke_is_the_librarys():
    """The same box, opened by the library and by ``open_hpke`` after a Diffie-Hellman in software."""
    from cryptography.hazmat.primitives.asymmetric import ec

    own = RecipientKey.generate("P-256")
    box = own.public.encrypt(b"what is sealed", info=b"about")
    private = ec.derive_private_key(int.from_bytes(own.private), ec.SECP256R1())
    sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), box[:65])
    shared = private.exchange(ec.ECDH(), sender)
    opened = hsm.open_hpke(shared, box[:65], own.public.raw, b"about", box[65:])
    assert opened == own.decrypt(box, info=b"about") == b"what is sealed"
    with pytest.raises(InvalidTag):
        hsm.open_hpke(shared, box[:65], own.public.raw, b"other", box[65:])


def test_the_device_signs_as_a_signer(signer):
    assert isinstance(signer, Signer)
    verify(signer.public, b"message", signer.sign(b"message"), what=nouns.RECORD)
    with pytest.raises(BadSignature):
        verify(signer.public, b"another", signer.sign(b"message"), what=nouns.RECORD)


def test_a_keystore_finds_keys_of_the_device_like_any_other(tmp_path, key, signer):
    store = KeyStore.create(tmp_path / "keys", b"phrase", scrypt_n=2)
    store.adopt("recipient", key, valid_from=NOW)
    store.adopt("edge", signer, valid_from=NOW, label="receipt")
    assert PIN.encode() not in (tmp_path / "keys").read_bytes()
    again = KeyStore.open(tmp_path / "keys", b"phrase")
    found = again.current("recipient", at=NOW).recipient()
    made = wrap(SECRET, found.public, transfer_id="t", pinned_key_id=key.key_id)
    assert unwrap(made, found, transfer_id="t").secret == SECRET
    signed = again.signer("edge", at=NOW, label="receipt").sign(b"x")
    verify(signer.public, b"x", signed, what=nouns.RECORD)
    assert again.current("recipient", at=NOW).key_id == key.key_id
    for purpose, wrong in (("log", key), ("recipient", signer), ("session", key)):
        with pytest.raises(BadKey):
            again.adopt(purpose, wrong, valid_from=NOW)


def test_the_private_half_does_not_come_out(key):
    def take(p, session, label):
        return hsm._private(p, session, label)[p.Attribute.VALUE]

    with pytest.raises(DeviceRefused, match="AttributeSensitive"):
        hsm._in(key.place, take)


def test_what_the_device_refuses_is_named(token, key):
    for place in (
        hsm.Place(MODULE, token, "recipient", "wrong"),
        hsm.Place(MODULE, "no such token", "recipient", PIN),
        hsm.Place(MODULE, token, "no such object", PIN),
        hsm.Place("/nowhere.so", token, "recipient", PIN),
    ):
        with pytest.raises(DeviceRefused) as refused:
            hsm.opening(place)
        assert PIN not in str(refused.value)
        assert "wrong" not in repr(place)
    with pytest.raises(BadKey, match="already"):
        hsm.make_opening(MODULE, token, "recipient", PIN)


def test_a_point_off_the_curve_never_reaches_the_device(key):
    box = bytearray(key.public.encrypt(b"x", info=b""))
    box[64] ^= 1
    with pytest.raises(ValueError, match="Invalid EC key"):
        key.decrypt(bytes(box), info=b"")
    made = wrap(SECRET, key.public, transfer_id="t", pinned_key_id=key.key_id)
    assert RecipientPublic("P-256", key.raw_public).key_id == made.recipient_key_id


def test_without_the_extra_its_name_is_told(monkeypatch, token):
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(MissingExtra, match="hsm"):
        hsm.opening(hsm.Place(MODULE, token, "recipient", PIN))
