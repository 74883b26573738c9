"""What is handed in as a public key and is none: of another curve, too small, cut off, of small order, or private."""

import base64
import json

import pytest
from cryptography.hazmat.primitives import serialization as forms
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from feiyu.seal import RecipientKey, Signer
from feiyu.seal.errors import BadKey, PrivateKeyGiven
from feiyu.seal.kems import AGE, HYBRID, KEMS, P256, PLAIN, RSA, SM2
from feiyu.seal.keys import ED25519, check_public

DER, PEM, OPEN = forms.Encoding.DER, forms.Encoding.PEM, forms.NoEncryption()
KEYS = {name: RecipientKey.generate(name) for name in KEMS if name != RSA}
BIG = rsa.generate_private_key(65537, 2048)
SECOND = ec.generate_private_key(ec.SECP256R1())
SM2_PKCS8 = bytes.fromhex(
    "308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420"
    "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20a144034200"
) + KEYS[SM2].public.raw  # fmt: skip


def spki(key):
    return key.public_key().public_bytes(DER, forms.PublicFormat.SubjectPublicKeyInfo)


def point(curve):
    return (
        ec.generate_private_key(curve)
        .public_key()
        .public_bytes(forms.Encoding.X962, forms.PublicFormat.UncompressedPoint)
    )


UNFIT = {
    "P-256 on another curve of its size": (P256, point(ec.SECP256K1())),
    "P-256 on P-384": (P256, point(ec.SECP384R1())),
    "P-256 that is SM2": (P256, KEYS[SM2].public.raw),
    "P-256 compressed": (P256, SECOND.public_key().public_bytes(forms.Encoding.X962, forms.PublicFormat.CompressedPoint)),
    "P-256 cut off": (P256, KEYS[P256].public.raw[:-1]),
    "P-256 as DER": (P256, spki(SECOND)),
    "SM2 that is P-256": (SM2, KEYS[P256].public.raw),
    "SM2 cut off": (SM2, KEYS[SM2].public.raw[:-1]),
    "SM2 off the curve": (SM2, KEYS[SM2].public.raw[:-1] + bytes([KEYS[SM2].public.raw[-1] ^ 1])),
    "RSA too small": (RSA, spki(rsa.generate_private_key(65537, 1024))),
    "RSA cut off": (RSA, spki(BIG)[:-1]),
    "RSA with more behind": (RSA, spki(BIG) + b"\0"),
    "RSA that is an elliptic curve": (RSA, spki(SECOND)),
    "X25519 cut off": (PLAIN, KEYS[PLAIN].public.raw[:-1]),
    "X25519 of order one": (PLAIN, bytes(32)),
    "X25519 of order four": (PLAIN, b"\x01" + bytes(31)),
    "age of order one": (AGE, bytes(32)),
    "hybrid cut off": (HYBRID, KEYS[HYBRID].public.raw[:-1]),
    "hybrid that is no lattice": (HYBRID, b"\xff" * 1184 + KEYS[PLAIN].public.raw),
    "hybrid with a small X25519": (HYBRID, KEYS[HYBRID].public.raw[:1184] + bytes(32)),
    "hybrid that is X25519": (HYBRID, KEYS[PLAIN].public.raw),
    "Ed25519 cut off": (ED25519, Signer.generate().public[:-1]),
    "Ed25519 of order one": (ED25519, b"\x01" + bytes(31)),
    "Ed25519 of order four": (ED25519, bytes(32)),
    "Ed25519 of order eight": (ED25519, bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")),
    "Ed25519 not reduced": (ED25519, b"\xff" * 31 + b"\x7f"),
    "Ed25519 off the curve": (ED25519, b"\x02" + bytes(31)),
    "unknown": ("ROT13", bytes(32)),
    "nothing": (P256, b""),
}  # fmt: skip
PRIVATE = {
    "bare hybrid": (HYBRID, KEYS[HYBRID].private),
    "bare P-256": (P256, KEYS[P256].private),
    "bare SM2": (SM2, KEYS[SM2].private),
    "RSA PKCS#8": (RSA, BIG.private_bytes(DER, forms.PrivateFormat.PKCS8, OPEN)),
    "RSA PKCS#1": (RSA, BIG.private_bytes(DER, forms.PrivateFormat.TraditionalOpenSSL, OPEN)),
    "RSA PKCS#8 encrypted": (
        RSA, BIG.private_bytes(DER, forms.PrivateFormat.PKCS8, forms.BestAvailableEncryption(b"weak")),
    ),
    "RSA PEM": (RSA, BIG.private_bytes(PEM, forms.PrivateFormat.PKCS8, OPEN)),
    "P-256 SEC 1": (P256, SECOND.private_bytes(DER, forms.PrivateFormat.TraditionalOpenSSL, OPEN)),
    "P-256 PEM": (P256, SECOND.private_bytes(PEM, forms.PrivateFormat.TraditionalOpenSSL, OPEN)),
    "SM2 PKCS#8": (SM2, SM2_PKCS8),
    "OpenSSH": (PLAIN, Signer.generate()._native().private_bytes(PEM, forms.PrivateFormat.OpenSSH, OPEN)),
    "age identity": (AGE, b"# created: today\nage-secret-key-1" + b"q" * 58),
    "JWK": (P256, json.dumps({"kty": "EC", "d": base64.b64encode(bytes(32)).decode()}).encode()),
}  # fmt: skip


@pytest.mark.parametrize(("algorithm", "public"), UNFIT.values(), ids=UNFIT)
def test_what_does_not_fit_its_algorithm_is_refused(algorithm, public):
    with pytest.raises(BadKey):
        check_public(algorithm, public)


@pytest.mark.parametrize(("algorithm", "private"), PRIVATE.values(), ids=PRIVATE)
def test_a_private_key_is_named_as_one_and_not_repeated(algorithm, private):
    with pytest.raises(PrivateKeyGiven) as refused:
        check_public(algorithm, private)
    assert not refused.value.values


def test_what_fits_passes():
    for key in KEYS.values():
        check_public(key.algorithm, key.public.raw)
    check_public(RSA, spki(BIG))
    for _ in range(50):
        check_public(ED25519, Signer.generate().public)
