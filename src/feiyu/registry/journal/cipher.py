"""Event bodies at rest.

Rules this module keeps:
 * body and salt are encrypted with AES-256-GCM under a journal key before they reach the database; the salt
   is what keeps the public commitment from being guessed, so it is as secret as the body;
 * salts and bodies of the events of a row are one ciphertext (of events recorded earlier: two), bound to the row, so that
   two rows cannot be swapped;
 * old keys stay readable as long as the keystore has them; new events use the current one.

Source: NIST SP 800-38D (random 96-bit nonces: a key is to be rotated long before 2^32 events).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from feiyu.base.text import Text
from feiyu.registry.journal.errors import BodyUnreadable

NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class BodyCipher:
    """Journal keys by id, and the id of the one in use."""

    keys: Mapping[str, bytes] = field(repr=False)
    current: str
    _ciphers: Mapping[str, AESGCM] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse keys of another size."""
        assert self.current in self.keys, "the current journal key is not among the keys"
        assert all(len(key) == 32 for key in self.keys.values()), "a journal key has 32 bytes"
        object.__setattr__(self, "_ciphers", {name: AESGCM(key) for name, key in self.keys.items()})

    def seal(self, plain: bytes, *, event_id: str, part: str, key_id: str = "") -> bytes:
        """Encrypt one part of something under the current key, or again under the one that it was under."""
        nonce = os.urandom(NONCE_BYTES)
        sealing = self._cipher(key_id or self.current, event_id)
        return nonce + sealing.encrypt(nonce, plain, _bound(event_id, part))

    def open(self, sealed: bytes, *, key_id: str, event_id: str, part: str) -> bytes:
        """Decrypt one part of something."""
        opening = self._cipher(key_id, event_id)
        try:
            return opening.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound(event_id, part))
        except (InvalidTag, ValueError):  # the latter of what is too short to hold a nonce
            raise BodyUnreadable(
                event=event_id,
                key=key_id,
                reason=Text("该行或密钥已被改动", "the row or the key was altered"),
            ) from None

    def _cipher(self, key_id: str, event_id: str) -> AESGCM:
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise BodyUnreadable(
                event=event_id,
                key=key_id,
                reason=Text("密钥库中没有其密钥", "the key is not in the keystore"),
            )
        return cipher


def _bound(event_id: str, part: str) -> bytes:
    return f"feiyu/journal/v1\n{event_id}\n{part}".encode()
