"""Keys that live in a PKCS#11 device (extra ``hsm``): P-256 to open wraps, Ed25519 to sign.

Rules this module keeps:
 * the private half never leaves the device: it is asked for one Diffie-Hellman or one signature at a time;
 * what is kept of such a key is where it lies (module, token, object) and the PIN, inside the encrypted keystore;
 * a device that is gone, locked or refuses is an error that names it (``DeviceRefused``), never a key that is skipped.

The rest of HPKE's opening is computed here from the device's Diffie-Hellman; the tests compare it with the library's.

Sources: PKCS#11 (OASIS) 2.40 and 3.0; RFC 9180 sections 4.1, 5.1 and 7.1.3.
"""

import hashlib
import hmac
import importlib
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from feiyu.base import canonical
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.seal.errors import BadKey, DeviceRefused, MissingExtra
from feiyu.seal.kems import P256, kem_of
from feiyu.seal.keys import ED25519, RecipientPublic, Signer, key_id

T = TypeVar("T")
POINT_BYTES = 65
_EDWARDS25519 = b"\x13\x0cedwards25519"  # the curve's name as the device wants it, in DER
_KEM, _HPKE = b"KEM\x00\x10", b"HPKE\x00\x10\x00\x01\x00\x02"
_turn = threading.Lock()
"""A session belongs to one thread at a time, and few devices do two things at once."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key lies: the device's library, the token's label, the object's label, and what opens the token."""

    module: str
    token: str
    label: str
    pin: str = field(repr=False)

    def to_bytes(self) -> bytes:
        """What a keystore keeps, encrypted, in place of the private half."""
        return canonical.dumps(
            {"module": self.module, "token": self.token, "label": self.label, "pin": self.pin}
        )

    @classmethod
    def of_bytes(cls, data: bytes) -> "Place":
        """Read it again."""
        read = canonical.loads_object(data, max_bytes=4096)
        return cls(**{name: str(read[name]) for name in ("module", "token", "label", "pin")})

    def __str__(self) -> str:
        return f"{self.token}/{self.label}"


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A recipient's (or the edge's custody) key in the device; fills the place of ``RecipientKey``."""

    place: Place
    raw_public: bytes

    algorithm = P256

    @property
    def public(self) -> RecipientPublic:
        """The half that may be shown."""
        return RecipientPublic(P256, self.raw_public)

    @property
    def key_id(self) -> str:
        """The id of the public half."""
        return self.public.key_id

    def decrypt(self, box: bytes, *, info: bytes) -> bytes:
        """Open what was encrypted to the public half; ``InvalidTag`` or ``ValueError`` when it does not open."""
        sender, sealed = box[:POINT_BYTES], box[POINT_BYTES:]
        kem_of(P256).check_public(sender)  # a point off the curve would tell about the key
        return open_hpke(_in(self.place, _exchange(sender)), sender, self.raw_public, info, sealed)


@dataclass(frozen=True, slots=True)
class TokenSigner(Signer):
    """An Ed25519 key in the device; fills the place of ``Signer``, with nothing in ``private``."""

    place: Place
    raw_public: bytes

    def __post_init__(self) -> None:
        """There is no private half to check."""

    @property
    def public(self) -> bytes:
        """The 32 bytes that verify."""
        return self.raw_public

    @property
    def key_id(self) -> str:
        """The id of the public half."""
        return key_id(ED25519, self.raw_public)

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature, made in the device."""

        def sign(p: Any, session: Any, label: str) -> bytes:
            return bytes(_private(p, session, label).sign(message, mechanism=p.Mechanism.EDDSA))

        return _in(self.place, sign)


def open_hpke(shared: bytes, sender: bytes, public: bytes, info: bytes, sealed: bytes) -> bytes:
    """The receiving half of HPKE with DHKEM(P-256), HKDF-SHA256 and AES-256-GCM, after the Diffie-Hellman."""
    zeros = bytes(32)

    def extract(suite: bytes, salt: bytes, label: bytes, secret: bytes) -> bytes:
        return hmac.digest(salt or zeros, b"HPKE-v1" + suite + label + secret, hashlib.sha256)

    def expand(suite: bytes, key: bytes, label: bytes, about: bytes, size: int) -> bytes:
        labelled = size.to_bytes(2) + b"HPKE-v1" + suite + label + about
        return hmac.digest(key, labelled + b"\x01", hashlib.sha256)[:size]

    first = extract(_KEM, b"", b"eae_prk", shared)
    secret = expand(_KEM, first, b"shared_secret", sender + public, 32)
    context = b"\x00" + extract(_HPKE, b"", b"psk_id_hash", b"") + extract(_HPKE, b"", b"info_hash", info)
    scheduled = extract(_HPKE, secret, b"secret", b"")
    key = expand(_HPKE, scheduled, b"key", context, 32)
    return AESGCM(key).decrypt(expand(_HPKE, scheduled, b"base_nonce", context, 12), sealed, b"")


def make_opening(module: str, token: str, label: str, pin: str) -> TokenKey:
    """Make a P-256 key in the device."""
    place = Place(module, token, label, pin)

    def make(p: Any, session: Any, label: str) -> None:
        curve = importlib.import_module("pkcs11.util.ec").encode_named_curve_parameters("secp256r1")
        a = p.Attribute
        stays = {a.SENSITIVE: True, a.EXTRACTABLE: False, a.DERIVE: True, a.ID: os.urandom(8)}
        _absent(p, session, label)
        kind = session.create_domain_parameters(p.KeyType.EC, {a.EC_PARAMS: curve}, local=True)
        kind.generate_keypair(store=True, label=label, private_template=stays)

    _in(place, make, write=True)
    return opening(place)


def make_signing(module: str, token: str, label: str, pin: str) -> TokenSigner:
    """Make an Ed25519 key in the device."""
    place = Place(module, token, label, pin)

    def make(p: Any, session: Any, label: str) -> None:
        a = p.Attribute
        stays = {a.SENSITIVE: True, a.EXTRACTABLE: False, a.ID: os.urandom(8)}
        _absent(p, session, label)
        kind = session.create_domain_parameters(
            p.KeyType.EC_EDWARDS, {a.EC_PARAMS: _EDWARDS25519}, local=True
        )
        kind.generate_keypair(
            mechanism=p.Mechanism.EC_EDWARDS_KEY_PAIR_GEN, store=True, label=label, private_template=stays
        )

    _in(place, make, write=True)
    return signing(place)


def opening(place: Place) -> TokenKey:
    """The key to open wraps that lies there."""
    return TokenKey(place, _in(place, _point)[-POINT_BYTES:])


def signing(place: Place) -> TokenSigner:
    """The signing key that lies there."""
    return TokenSigner(b"", place, _in(place, _point)[-32:])


def _point(p: Any, session: Any, label: str) -> bytes:
    key = session.get_key(object_class=p.ObjectClass.PUBLIC_KEY, label=label)
    return bytes(key[p.Attribute.EC_POINT])


def _private(p: Any, session: Any, label: str) -> Any:
    return session.get_key(object_class=p.ObjectClass.PRIVATE_KEY, label=label)


def _absent(p: Any, session: Any, label: str) -> None:
    if any(True for _ in session.get_objects({p.Attribute.LABEL: label})):
        raise BadKey(
            reason=Text(
                f"密码设备中已有对象 {label[:80]!r}", f"the token holds an object {label[:80]!r} already"
            )
        )


def _exchange(sender: bytes) -> "Callable[[Any, Any, str], bytes]":
    def exchange(p: Any, session: Any, label: str) -> bytes:
        a = p.Attribute
        shown = {a.SENSITIVE: False, a.EXTRACTABLE: True, a.TOKEN: False}
        derived = _private(p, session, label).derive_key(
            p.KeyType.GENERIC_SECRET, 256, mechanism_param=(p.KDF.NULL, None, sender), template=shown
        )
        return bytes(derived[a.VALUE])

    return exchange


def _in(place: Place, work: Callable[[Any, Any, str], T], *, write: bool = False) -> T:
    """Do something in a session of the place's token."""
    with _session(place, write=write) as (p, session):
        return work(p, session, place.label)


@contextmanager
def _session(place: Place, *, write: bool) -> Iterator[tuple[Any, Any]]:
    try:
        p = importlib.import_module("pkcs11")
    except ImportError:
        raise MissingExtra(name="PKCS#11", extra="hsm") from None
    refusals = importlib.import_module("pkcs11.exceptions")
    with _turn:
        try:
            token = _module(place.module).get_token(token_label=place.token)
            with token.open(rw=write, user_pin=place.pin) as session:
                yield p, session
        except (refusals.PKCS11Error, RuntimeError) as bad:
            raise DeviceRefused(place=place, reason=said(bad)) from None


@cache
def _module(path: str) -> Any:
    return importlib.import_module("pkcs11").lib(path)
